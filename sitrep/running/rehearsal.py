"""A file -> what publishing it would make, without making it: for ``check`` and ``explain``."""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from sitrep.config import Config
from sitrep.keeping.identity import settle
from sitrep.keeping.keys import assign_keys
from sitrep.keeping.ledger import Ledger
from sitrep.model import Problem, Reading, Update
from sitrep.reading.decode import decode
from sitrep.reading.read import read
from sitrep.reading.scheme import compile_scheme
from sitrep.running.gathering import tells_oldest_first
from sitrep.running.intake import Found, Sort, read_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What one file would become. ``updates`` are those of ``reading``, with key, numbers and stamps."""

    path: str
    reading: Reading
    updates: tuple[Update, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the writer would be told."""
        return self.reading.problems


def rehearse(path: Path, config: Config, ledger: Path, now: dt.datetime) -> Rehearsal:
    """Read one file as a publish would, with the ids it would get; nothing is written."""
    shown = os.fspath(path)
    content = read_bytes(path.parent, Found(path.name, Sort.TEXT, ""), config.limits.source_bytes)
    if isinstance(content, Problem):
        return _refused(shown, replace(content, path=shown))
    decoded = decode(shown, content, limit=config.limits.source_bytes)
    if isinstance(decoded, Problem):
        return _refused(shown, decoded)
    today = now.astimezone(ZoneInfo(config.site.timezone)).date()
    arrival = today if config.dates.undated == "arrival" else None
    reading = read(decoded.source, compile_scheme(config), arrival=arrival)
    reading = replace(reading, problems=(*decoded.problems, *reading.problems))
    return Rehearsal(path=shown, reading=reading, updates=_settled(reading.updates, config, ledger, now))


def _refused(path: str, problem: Problem) -> Rehearsal:
    return Rehearsal(path=path, reading=Reading(problems=(problem,)))


def _settled(
    updates: tuple[Update, ...], config: Config, folder: Path, now: dt.datetime
) -> tuple[Update, ...]:
    ledger, zone = Ledger(folder), ZoneInfo(config.site.timezone)
    grace = dt.timedelta(minutes=config.corrections.grace_minutes)
    places: defaultdict[dt.date, list[int]] = defaultdict(list)
    for place, update in enumerate(updates):
        places[update.date].append(place)
    settled = list(updates)
    for day, here in places.items():
        history = ledger.history(day.isoformat()[:7])
        known = [kept for kept in history.values() if kept.date == day]
        candidates = [updates[place] for place in here]
        keys = assign_keys(day, known, candidates, oldest_first=_oldest_first(updates)).keys
        for place, key in zip(here, keys, strict=True):
            if key is not None:
                done = settle(history.get(key), updates[place], key=key, now=now, zone=zone, grace=grace)
                settled[place] = done.update
    return tuple(settled)


def _oldest_first(updates: tuple[Update, ...]) -> frozenset[str]:
    return frozenset(update.source for update in updates if tells_oldest_first(updates))
