"""A long update -> the parts its page is cut into: each is a light page, and an item stands in exactly one.

Cut by the words alone, so that pages, plan and links agree without a page being made. What begins an update
is on its first page, whose address is that of all its items for ever: it leads on to those it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Item, Update
from sitrep.site import addresses as at
from sitrep.text.gzip_weight import Packed, at_most, weigh, words_of

WHOLE = 5_050
"""Bytes, compressed, that an update's page may hold of what varies: under 14,000 with the rest of it."""
_NEXT = 7_200
"""The same of a further page, which has items and little else."""
_WAY, _SPOT, _SECTION, _ENTRY = 4, 25, 25, 60
"""Bytes by which the first page leads on to an item, of a place on its map, of a section's heading and the
ways to it, and of what search engines are told of an item: most of its words stand on the page."""


@lru_cache(maxsize=64)
def parts(update: Update) -> tuple[tuple[Item, ...], ...]:
    """The items of each page of an update in the author's order; of most updates there is one page."""
    items = update.items
    if _at_most(update) <= WHOLE:
        return (items,)
    said, whole = _weights(update)
    if said + whole <= WHOLE:
        return (items,)
    made: list[list[Item]] = [[]]
    room, packed = WHOLE - said - _WAY * len(items), Packed()
    for item in items:
        weight = packed.item(item)
        if made[-1] and weight > room:
            made.append([])
            room, packed = _NEXT, Packed()
            weight = packed.item(item)
        made[-1].append(item)
        room -= weight
    return tuple(map(tuple, made))


def has_room_for_search_engines(update: Update) -> bool:
    """True if its page can hold an entry for each item besides, as data for search engines."""
    entries = _ENTRY * len(update.items)
    return _at_most(update) + entries <= WHOLE or sum(_weights(update)) + entries <= WHOLE


def _at_most(update: Update) -> float:
    """More than all of it weighs: nearly every update is light."""
    said = at_most(" ".join(map(words_of, update.items))) + at_most(" ".join(_texts_beside(update)))
    places = sum(len(item.places) for item in update.items)
    marks = 20 * len(update.items) + (_SPOT + 6) * places + _SECTION * len(update.sections)
    return said + marks


@lru_cache(maxsize=8)
def _weights(update: Update) -> tuple[float, float]:
    """The weight of what the first page shows besides items, and that of all items together."""
    named = {place for item in update.items for place in item.places}
    beside = _SPOT * len(named) + _SECTION * len(update.sections) + weigh(_texts_beside(update))
    return beside, Packed().items(update.items)


def _texts_beside(update: Update) -> Iterator[str]:
    yield from (passage.text for passage in update.passages)
    yield from update.key_points
    yield from (section.heading or "" for section in update.sections)
    yield from (gone.reason or "" for gone in update.withdrawn_items)
    yield from (f"{fix.before} {fix.reason}" for item in update.items for fix in item.latest_corrections)
    yield from (update.title or "", update.summary or "", update.correction or "")


def places(update: Update) -> dict[int, str]:
    """Where each item stands that is not on the update's first page, by its number."""
    return {
        item.number: f"{at.update_part(update.key, part)}#{at.anchor(item.number)}"
        for part, items in enumerate(parts(update)[1:], 2)
        for item in items
    }


def in_parts(archive: Archive) -> dict[str, int]:
    """How many pages each update has that has several, by its key."""
    long = (archive.update(key) for key in archive.heavier(WHOLE))
    counted = {update.key: len(parts(update)) for update in long if update}
    return {key: count for key, count in counted.items() if count > 1}
