"""Configuration and archive -> the ids of the fronts that readers have something of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitrep.archive.archive import Archive
from sitrep.config.values import Config


def told_fronts(archive: Archive, config: Config, known: Collection[str] = ()) -> Iterator[str]:
    """Every id of each front that has, or had, a report; those that are ``known`` all are not looked for."""
    for front in config.fronts:
        if not set(front.names) <= set(known) and archive.reports(front.id, 1):
            yield from front.names
