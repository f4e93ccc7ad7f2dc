"""An update -> its share in every feed: how many items, how many bytes at most, when last changed.

Kept with the update, so that the windows of feeds can be cut without looking at a single text. Bytes
are an upper bound that holds for Atom, RSS and JSON whatever the text, and is close for plain prose.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from sitrep.base.nouns import PLACE, Certainty, Item, Update
from sitrep.base.patterns import lazy_pattern

UPDATES = "~updates"
FIRM = "~firm"
"""Updates that say something besides the authors' own view."""
ITEMS = "~items"
OPINION = "~opinion"
"""Updates that hold the authors' own view."""
OUTCOMES = "~outcomes"
"""Updates that say what became of rumors. These five stand for a front in the archive's queries."""

ENTRY = 64_000
"""Bytes of markup that an entry, or an item in it, says at most: the rest stands on its page."""
ENTRY_SIZE = 2 * ENTRY
"""So many are they in any format, at most: JSON writes quotes and ends of lines with two."""

_SAID = Certainty.SAID
_GROWTH = {
    b"&": 20, b"<": 16, b">": 40, b'"': 4, b"\\": 6, b"\n": 40, b"\r": 8,
    b"[": 70, b"*": 16, b"_": 16, b"`": 20, b"~": 16,
}  # fmt: skip
"""Bytes that a character may come to mean in content, title and summary together, besides its own."""
_CONTROLS = bytes((*range(0x20), 0x7F))
_CONTROL_GROWTH = 8
_PLAIN = bytes(sorted(set(range(256)) - set(_CONTROLS) - set(b"".join(_GROWTH))))
"""Bytes that stay as they are; no byte of a longer character is among the others."""
_LABEL, _PLACE, _NOTE, _PICTURE = 150, 50, 260, 1_500
_ENDS = 1_200
"""Bytes by which title and summary may exceed their characters."""


class Share(NamedTuple):
    """What an update takes of a feed."""

    feed: str
    """A front, or one of the names above."""
    items: int
    size: int
    """Bytes of all texts in any format, at most, without what every entry and item has in common."""
    updated: int
    """Seconds since 1970 (UTC)."""
    packed: int = 0
    """About so many bytes of it are left by gzip among other updates."""
    prints: bytes = b""
    """Digests (4 bytes each) of some of its phrases: how much of it others have said is told by them."""


class _Group(NamedTuple):
    """Items of one front that are of one kind, weighed together."""

    items: int
    size: int
    updated: int
    words: int
    """Bytes of their texts as they are."""
    prints: bytes


def shares(update: Update) -> Iterator[Share]:
    """An update's share in each feed that has it."""
    packing = _packing([item.text for item in update.items])
    # What is not words, labels and markup, comes again in every entry.
    return (
        share._replace(packed=round(packing * share.packed + _AGAIN * max(0, share.size - share.packed)))
        for share in _shares(update)
    )


def _packing(texts: Sequence[str]) -> float:
    """The part that gzip leaves of these texts, if nobody has said them before.

    Reckoned from their words, because every zlib packs otherwise: measured on prose of twenty languages, of
    which 0.2 (Burmese) to 0.5 (Chinese) is left, and mostly within a tenth.
    """
    words = " ".join(texts).split()
    total = _plain(words) + len(words)
    known = set(words)
    # A word that comes again costs a little, but what comes again all the time comes in whole sentences.
    left = _cost("".join(known)) + _AGAIN_WORD * min(len(words), 4 * len(known))
    return min(1.0, _PROSE * left / total) if total else 0.0


def _cost(signs: str) -> float:
    """Bytes that are left of words when they come for the first time: more in scripts of many signs."""
    cost = _LATIN * len(signs)
    if not signs.isascii():
        cost += sum(more * len(script.sub("", signs)) for script, more in _SCRIPTS)
    return cost


_LATIN = 0.6
_SCRIPTS = (
    (lazy_pattern("[^\u0370-\u08ff]+"), 0.18),
    (lazy_pattern("[^\u0900-\u2e7f]+"), 0.4),
    (lazy_pattern("[\x00-\u2e7f]+"), 0.9),
)
"""All but other alphabets, syllables, Chinese and its neighbours; how much more a sign of these leaves."""
_AGAIN_WORD, _PROSE, _AGAIN = 0.7, 0.87, 0.05


def _shares(update: Update) -> Iterator[Share]:
    first = _seconds(update.published)
    parts: defaultdict[tuple[str, bool], list[Item]] = defaultdict(list)
    for item in update.items:
        parts[item.front, item.opinion].append(item)
    groups = {key: _weighed(items, first) for key, items in parts.items()}
    whole, frame, told = groups.values(), _frame(update), _plain(_frame_texts(update))
    latest = max(first, _seconds(update.updated), *(group.updated for group in whole))
    yield _share(UPDATES, whole, frame, told, latest)
    firm = [group for key, group in groups.items() if not key[1]]
    if firm or not groups:
        yield _share(FIRM, firm, frame, told, latest)
    gone: dict[str, int] = {}
    for withdrawn_item in update.withdrawn_items:
        for name in (withdrawn_item.front, OPINION) if withdrawn_item.opinion else (withdrawn_item.front,):
            gone[name] = max(gone.get(name, first), _seconds(withdrawn_item.at))
    for name, keys in _by_feed(groups).items():
        here = [groups[key] for key in keys]
        latest = max(*(group.updated for group in here), gone.get(name, 0))
        yield _share(name, here, frame if name in gone else 0, 0, latest)
    yield from _outcomes(update)
    named = Counter(place for item in update.items for place in dict.fromkeys(item.places))
    yield from (Share(f"{PLACE}{place}", items, 0, latest) for place, items in named.items())


def _share(feed: str, groups: Collection[_Group], frame: int, told: int, latest: int) -> Share:
    """``told``: bytes of words beside the items. What is packed is worked out by ``shares``."""
    return Share(
        feed,
        items=sum(group.items for group in groups),
        size=frame + sum(group.size for group in groups),
        updated=latest,
        packed=told + sum(group.words for group in groups),
        prints=b"".join(group.prints for group in groups),
    )


def _prints(texts: Sequence[str]) -> bytes:
    """Digests of phrases of three words, of one in thirty or so: the same ones of the same text anywhere."""
    coded = _coded(" ".join(" ".join(texts).split())).split(b" ")
    anchors = {word for word in {*coded} if not crc32(word) & 15 and len(_typed(word)) > _SHORT}
    places = [at for at, word in enumerate(coded) if word in anchors]
    return b"".join([crc32(b" ".join(coded[at : at + 3])).to_bytes(4, "big") for at in places])


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _typed(coded: bytes) -> str:
    return coded.decode("utf-8", "surrogatepass")


_SHORT = 3


def _plain(texts: Iterable[str]) -> int:
    return len(_coded("".join(texts)))


def _outcomes(update: Update) -> Iterator[Share]:
    """What items of an update that settle rumors, or tell settled ones again, take as news of their own."""
    news = [(item, item.followed) for item in update.items if item.followed and item.followed.news]
    if news:
        texts = [text for item, part in news for text in (item.text, part.title)]
        latest = max(max(_seconds(part.at), _seconds(item.updated)) for item, part in news)
        yield Share(OUTCOMES, len(news), size_of(texts) + _NOTE * len(news), latest, _plain(texts))


def _by_feed(groups: Iterable[tuple[str, bool]]) -> dict[str, list[tuple[str, bool]]]:
    found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for key in groups:
        found[key[0]].append(key)
        found[ITEMS].append(key)
        if key[1]:
            found[OPINION].append(key)
    return found


def _weighed(items: Sequence[Item], first: int) -> _Group:
    """Items that stand in the same feeds. ``first``: when their update came out (seconds since 1970, UTC)."""
    texts = [item.text for item in items]
    words, own = _plain(texts), len(texts)
    size = _LABEL * sum([item.certainty is not _SAID for item in items])
    size += _NOTE * sum([bool(item.untranslated or item.outdated) for item in items])
    instants = {at for item in items for at in (item.published, item.updated)}
    fates = [fate for item in items if item.followed for fate in item.followed.fates]
    texts += [fate.text for fate in fates]
    size += _NOTE * len(fates)
    instants.update([fate.at for fate in fates])
    for item in items:
        if item.by or item.places or item.pictures or item.revisions:
            # The label and the alt text stand in the content and again beside it.
            texts += (item.by or "", item.by or "", *item.places)
            size += _PLACE * len(item.places)
            if item.revisions or item.pictures:
                texts += [revision.reason or "" for revision in item.revisions]
                texts += [picture.alt for picture in item.pictures for _ in range(2)]
                size += _NOTE * len(item.revisions) + _PICTURE * len(item.pictures)
    whole = size_of(texts)
    if whole > ENTRY_SIZE:
        whole = sum(min(size_of((text,)), ENTRY_SIZE) for text in texts)
    return _Group(len(items), whole + size, max(first, *map(_seconds, instants)), words, _prints(texts[:own]))


def _frame(update: Update) -> int:
    """Bytes of what an update says besides its items."""
    texts = _frame_texts(update)
    return size_of(texts) + _NOTE * (len(update.withdrawn_items) + bool(update.correction)) + 40 * len(texts)


def _frame_texts(update: Update) -> list[str]:
    texts = [passage.text for passage in update.passages]
    texts += (section.heading for section in update.sections if section.heading)
    texts += (item.reason or "" for item in update.withdrawn_items)
    texts += (update.title or "", update.author or "", update.summary or "", update.correction or "")
    return [*texts, *update.key_points]


def size_of(texts: Sequence[str]) -> int:
    """Bytes of these texts as content, at most, with what they add to title and summary."""
    text = "\x1f".join(texts)
    coded = text.encode("utf-8", "surrogatepass")
    size = len(coded) + min(_ENDS * len(texts), len(coded) - len(text))
    signs = coded.translate(None, _PLAIN)
    joins = len(texts) - 1
    if len(signs) > joins:
        size += sum(signs.count(sign) * growth for sign, growth in _GROWTH.items())
        size += _CONTROL_GROWTH * (len(signs) - len(signs.translate(None, _CONTROLS)) - joins)
    if "://" in text or "@" in text:
        addresses = [word for word in text.split() if "://" in word or "@" in word]
        size += 5 * len(_coded("".join(addresses))) + 90 * len(addresses)
    if "|" in text or "]:" in text or "[^" in text:
        size += sum(map(_multiplied, texts))
    return size


def _multiplied(text: str) -> int:
    """Bytes of what Markdown writes more than once: cells of tables, targets of references, notes."""
    size = 0
    lines = text.split("\n")
    if "|" in text:
        size += 16 * (len(lines) + 2) * (max(line.count("|") for line in lines) + 2)
    if "]:" in text:
        size += 6 * text.count("[") * max(len(line) for line in lines if "]:" in line)
    return size + 700 * text.count("[^")


def _seconds(instant: dt.datetime | None) -> int:
    return int(instant.timestamp()) if instant else 0
