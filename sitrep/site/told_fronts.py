"""Configuration and archive -> the fronts that readers have something of, and what they had of the ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from sitrep.archive.archive import Archive
from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config
from sitrep.ledger.standing import EndedFront

_MONTH_PAGE = lazy_pattern(r"([^/]+)/(\d{4}-\d\d)/index\.html")


def told_fronts(archive: Archive, config: Config, known: Collection[str] = ()) -> Iterator[str]:
    """Every id of each front that has, or had, a report; those that are ``known`` all are not looked for."""
    for front in config.fronts:
        if not set(front.names) <= set(known) and archive.reports(front.id, 1):
            yield from front.names


def ends_of(
    archive: Archive, config: Config, known: Collection[str], ended: Iterable[EndedFront], now: dt.datetime
) -> tuple[EndedFront, ...]:
    """The fronts that are given up and were published; one that was not known to have ended ends ``now``.

    The pages of its months are those that stand now. ``known``, ``ended``: what the ledger keeps.
    """
    kept = {front.id: front for front in ended}
    fresh = [name for name in config.ended if name in known and name not in kept]
    stand = sorted(archive.artifacts()) if fresh else ()
    months = [found.groups() for found in map(_MONTH_PAGE.fullmatch, stand) if found]
    at = now.astimezone(dt.UTC).replace(microsecond=0)
    kept |= {name: EndedFront(name, at, tuple(m for front, m in months if front == name)) for name in fresh}
    return tuple(kept[name] for name in config.ended if name in kept)
