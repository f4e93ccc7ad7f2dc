"""What one publish came to, as values that the terminal, the receipts and ``status`` show."""

from __future__ import annotations

import datetime as dt

from sitrep.base.nouns import Problem
from sitrep.base.values import Struct
from sitrep.inbox.survey import State


class FileOutcome(Struct, frozen=True, kw_only=True):
    """What became of one file of feeds/."""

    path: str
    state: State
    updates: tuple[str, ...] = ()
    """Keys of the updates it holds, oldest first."""
    problems: tuple[Problem, ...] = ()
    until: str = ""
    """When a held text comes out (RFC 3339, UTC)."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What one publish did."""

    at: dt.datetime | None = None
    """When it was (UTC, whole seconds)."""
    whole: bool = True
    """All of feeds/ was looked at, not only what a watcher had seen."""
    files: tuple[FileOutcome, ...] = ()
    """Files that are new or changed, in order of path."""
    standing: tuple[FileOutcome, ...] = ()
    """Files that nobody touched but which still are not out: refused, held, in conflict."""
    receipts: tuple[str, ...] = ()
    """Receipts and previews that lie in feeds/, if ``whole``."""
    requests: tuple[str, ...] = ()
    """Files that ask for something to be forgotten."""
    published: tuple[str, ...] = ()
    """Keys of updates that are new or changed."""
    withdrawn: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    """Updates that no file holds any more, but whose deletion nobody has confirmed."""
    updates: int = 0
    """Live updates of the site now."""
    written: int = 0
    removed: int = 0
    bytes: int = 0
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every message of every file, standing ones included."""
        return tuple(problem for one in (*self.files, *self.standing) for problem in one.problems)

    @property
    def exit_code(self) -> int:
        """0 published, 1 published with problems, 2 nothing published."""
        refused = any(one.state in (State.REFUSED, State.CONFLICT) for one in (*self.files, *self.standing))
        if refused and not self.updates:
            return 2
        return 1 if refused or self.kept_back else 0
