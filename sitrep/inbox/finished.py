"""What was seen of each file, and when -> which files are finished, and which are believed to be gone.

Nothing here touches the disk or knows the time: sightings come in with their instant, in seconds of one
steady clock.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from sitrep.base.values import Struct, field
from sitrep.inbox.file_names import QUIET, Sort, sort_of
from sitrep.inbox.scan import GONE, PATIENCE, Found, hidden_by
from sitrep.inbox.write_leases import Writing

READ = frozenset({Sort.TEXT, Sort.DRAFT, Sort.PICTURE})

Ask = Callable[[Found], Writing]


class Pace(Struct, frozen=True, kw_only=True):
    """How long to wait for what. Seconds."""

    settle: float = 2.0
    """Silence after which a file counts as finished where nobody can tell."""
    rescan: float = 30.0
    grace: float = 20.0
    """Silence after the last deletion before all of them are believed, together."""
    tick: float = 1.0
    patience: float = PATIENCE
    """Silence after which a file is read although a program still has it open."""


class _Unfinished(Struct):
    found: Found
    since: float
    due: float = 0.0


class Waiting(Struct):
    """What has been handed on, what may not be yet, and what is missing."""

    pace: Pace
    ask: Ask
    handed: dict[str, str] = field(default_factory=dict)
    """Path and stat of every file as it was handed on last."""
    unfinished: dict[str, _Unfinished] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    missed: float = 0.0
    """When the last of the missing was found to be so."""

    def remember(self, known: Mapping[str, str]) -> None:
        """Take over what an earlier run has dealt with: path and stat of each file."""
        self.handed = {path: stat for path, stat in known.items() if sort_of(path) not in QUIET}

    def see(self, found: Found, now: float) -> None:
        """A file is there and looks like this."""
        if found.sort in QUIET or found.stat == GONE:
            return
        path = found.path
        self.missing.discard(path)
        if self.handed.get(path) == found.stat:
            self.unfinished.pop(path, None)
            return
        known = self.unfinished.get(path)
        if known is None or known.found.stat != found.stat:
            self.unfinished[path] = _Unfinished(found, now)
        else:
            known.due = 0.0

    def miss(self, path: str, now: float) -> None:
        """A file is not there."""
        self.unfinished.pop(path, None)
        if path in self.handed and path not in self.missing:
            self.missing.add(path)
            self.missed = now

    def see_all(self, found: Iterable[Found], now: float) -> None:
        """These files are there, and no others."""
        found = tuple(found)
        seen, hidden = {file.path for file in found}, hidden_by(found)
        for file in found:
            self.see(file, now)
        for path in [path for path in (*self.handed, *self.unfinished) if path not in seen]:
            if not hidden(path):
                self.miss(path, now)

    def take(self, now: float) -> tuple[list[Found], set[str]]:
        """Files that are finished, and paths that are believed to be gone; both count as handed on."""
        ready = []
        for file in list(self.unfinished.values()):
            if file.due <= now:
                file.due = self._due(file, now)
            if file.due <= now:
                ready.append(file.found)
        gone = self._gone(ready, now)
        for found in ready:
            del self.unfinished[found.path]
            self.handed[found.path] = found.stat
        for path in gone:
            del self.handed[path]
        self.missing -= gone
        return ready, gone

    def believe(self) -> None:
        """The missing are gone for good: somebody said so."""
        self.missed = -math.inf

    def hand_all(self, found: Iterable[Found]) -> None:
        """Everything that is there and finished has been handed on."""
        for file in found:
            if file.sort not in QUIET and file.path not in self.unfinished:
                self.handed[file.path] = file.stat

    def overdue(self, now: float) -> list[Found]:
        """Files that would be handed on now, to be looked at once more before that."""
        return [file.found for file in self.unfinished.values() if 0.0 < file.due <= now]

    def next(self) -> float | None:
        """When ``take`` may have something to give though nothing new is seen; None: never."""
        instants = [file.due for file in self.unfinished.values()]
        if self.missing:
            instants.append(self.missed + self.pace.grace)
        return min(instants, default=None)

    @property
    def undecided(self) -> frozenset[str]:
        """Paths about which nothing may be concluded now."""
        return frozenset((*self.unfinished, *self.missing))

    def _due(self, file: _Unfinished, now: float) -> float:
        """When a file is to be handed on, or asked about again."""
        if file.found.sort not in READ or not file.found.regular:
            return now
        if file.found.size == 0:
            return file.since + self.pace.settle
        answer = self.ask(file.found)
        if answer is Writing.NO:
            return now
        if answer is Writing.UNKNOWN:
            return file.since + self.pace.settle
        over = file.since + self.pace.patience
        return over if over <= now else min(over, now + self.pace.tick)

    def _gone(self, ready: Iterable[Found], now: float) -> set[str]:
        """The missing, once no more join them; one that was only renamed is gone as its new name arrives."""
        if not self.missing:
            return set()
        if now - self.missed >= self.pace.grace:
            return set(self.missing)
        arrived = {_identity(found.stat) for found in ready}
        return {path for path in self.missing if _identity(self.handed[path]) in arrived}


def _identity(stat: str) -> str:
    """What a rename leaves as it is: size, mtime and inode."""
    return stat.rpartition(" ")[0]
