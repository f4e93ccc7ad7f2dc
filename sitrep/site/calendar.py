"""Months and closed parts of feeds around changed updates, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Protocol

from sitrep.archive.archive import Archive
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.site.before_and_after import Touch
from sitrep.site.place_lists import place_lists


class Parts(Protocol):
    """Tells the closed archive parts of feeds (RFC 5005)."""

    def edition(self, lang: str) -> Parts:
        """The same for a language's edition; for the original (empty), itself."""
        ...

    def parts(self, archive: Archive, feed: at.Feed, month: str) -> tuple[str, ...]:
        """Names of the parts of a feed's month, oldest first."""
        ...

    def parts_from(self, archive: Archive, feed: at.Feed, month: str, key: str) -> tuple[str, ...]:
        """Those of them that an update of that month can bear on."""
        ...


class Calendar(Struct, frozen=True):
    """Which months and parts there are around the touched ones.

    Taken before and after a change, two of them show what came and went.
    """

    months: frozenset[str]
    front_months: frozenset[tuple[str, str]]
    parts: frozenset[tuple[str, str]]
    """Closed archive parts of feeds: feed id and part."""
    touched: frozenset[tuple[str, str]]
    """Those of them whose entries may not be what they were."""
    changes: Mapping[str, int] = {}
    """Months (UTC) in which something was put right, taken back or settled: how many changes each has."""
    news_months: frozenset[str] = frozenset()
    """Months (UTC) in which anything came out or was changed."""
    place_lists: int = 1
    """Parts of the list of places."""


def calendar(archive: Archive, touches: Iterable[Touch], config: Config, parts: Parts) -> Calendar:
    """Look up what ``plan`` compares, for the months of these touches and the months beside them."""
    touches = tuple(touches)
    months = {touch.month for touch in touches}
    front_months = {(front, touch.month) for touch in touches for front in touch.fronts}
    around = {
        (feed, month)
        for touch in touches
        for feed in touched_feeds(touch, config)
        for touched in touch.months(feed)
        for month in _months_around(archive, feed, touched)
    }
    return Calendar(
        months=frozenset(month for month in months if archive.has_month(month)),
        front_months=frozenset(pair for pair in front_months if archive.has_front_month(*pair)),
        parts=frozenset(
            (feed.id, part) for feed, month in around for part in parts.parts(archive, feed, month)
        ),
        touched=frozenset(
            (feed.id, part)
            for touch in touches
            for feed in touched_feeds(touch, config)
            for month in touch.months(feed)
            for part in parts.parts_from(archive, feed, month, touch.key)
        ),
        changes={
            month: count
            for month in {month for touch in touches for month in touch.change_months}
            if (count := archive.count_changes(month))
        },
        news_months=frozenset(
            month for touch in touches for month in touch.news_months if archive.has_news_month(month)
        ),
        place_lists=len(place_lists(archive.places())) if any(touch.places for touch in touches) else 1,
    )


def _months_around(archive: Archive, feed: at.Feed, month: str) -> set[str]:
    """A month and two to each side.

    The first update of a month closes the part that was open in the month before it, and that part's
    name stands in the part before that one.
    """
    beside = set(_months_beside(archive, feed, month))
    return {month, *beside, *(far for near in beside for far in _months_beside(archive, feed, near))}


def _months_beside(archive: Archive, feed: at.Feed, month: str) -> Iterator[str]:
    if feed.id == "changes":
        beside = archive.change_month_neighbours(month)
    else:
        beside = months_beside(archive, feed, month)
    return (found for found in beside if found)


def months_beside(archive: Archive, feed: at.Feed, month: str) -> tuple[str | None, str | None]:
    """The next older and the next newer month in which a feed has entries; not for that of changes."""
    older, newer = archive.feed_month_neighbours(feed.share, month)
    if not feed.also:
        return older, newer
    before, after = archive.feed_month_neighbours(feed.also, month)
    return max(filter(None, (older, before)), default=None), min(filter(None, (newer, after)), default=None)


def touched_feeds(touch: Touch, config: Config) -> Iterator[at.Feed]:
    """The feeds that a changed update stands in, or stood in."""
    also = {"updates", "items", *touch.fronts}
    also |= {"opinion"} if touch.opinion else set()
    also |= {"changes"} if touch.change_months else set()
    return (feed for feed in at.feeds_of(config) if feed.id in also or (feed.also and touch.news))


def relinked(before: Calendar, after: Calendar) -> frozenset[tuple[str, str]]:
    """Parts that came or went, and those after them, whose links name them (RFC 5005)."""
    moved = before.parts ^ after.parts
    ordered = sorted(before.parts | after.parts, key=_part_order)
    return moved.union(newer for older, newer in pairwise(ordered) if newer[0] == older[0] and older in moved)


def _part_order(part: tuple[str, str]) -> tuple[str, str, int]:
    feed, name = part
    return feed, name[:7], int(name[8:] or 1)


def feed_months(archive: Archive, feed: at.Feed) -> Iterator[str]:
    """Months in which a feed has entries, oldest first."""
    if feed.id == "changes":
        yield from archive.change_months()
        return
    month = months_beside(archive, feed, "")[1]
    while month:
        yield month
        month = months_beside(archive, feed, month)[1]
