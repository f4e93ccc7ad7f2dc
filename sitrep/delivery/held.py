"""What each target holds, and how it went the last time: ``.sitrep/deploy/held.sqlite``.

A delivery that was cut off goes on from here. Who loses the file has everything sent once more, which
changes nothing at the target; what was removed from the site in between then stays there.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitrep.base.values import Struct, replace
from sitrep.delivery.records import lay_out

_SCHEMA = """\
CREATE TABLE IF NOT EXISTS targets (name TEXT PRIMARY KEY, address TEXT NOT NULL DEFAULT '',
    done REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, next REAL NOT NULL DEFAULT 0,
    fault TEXT NOT NULL DEFAULT '', waiting INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS held (name TEXT, place TEXT, digest BLOB NOT NULL, PRIMARY KEY (name, place))
    WITHOUT ROWID;
"""
_PATIENCE = 30.0


def folder_of(work: Path) -> Path:
    """Where deliveries keep what they need between runs; disposable like all of ``.sitrep/``."""
    return work / "deploy"


def scrub(work: Path) -> None:
    """Let go of everything that still holds published words: copies of repositories, files half sent."""
    for kept in folder_of(work).glob("*"):
        if kept.suffix in (".git", ".files"):
            shutil.rmtree(kept, ignore_errors=True)


class TargetState(Struct, frozen=True, kw_only=True):
    """How one target stands. Times in seconds since 1970, 0 for never."""

    name: str
    done: float = 0.0
    """When it last held all there was."""
    tries: int = 0
    """How often it has failed since."""
    next_try: float = 0.0
    fault: str = ""
    waiting: int = 0
    """Files that it does not hold as they are."""


class Held:
    """The record of one site. Every call has a connection of its own: threads may share the object.

    Raises sqlite3.Error from any method if the disk does not take it.
    """

    def __init__(self, work: Path) -> None:
        """``work``: the site's ``.sitrep/``."""
        self._file = folder_of(work) / "held.sqlite"
        lay_out(self._file, _SCHEMA)

    def _connection(self) -> _Closing:
        return _Closing(self._file)

    def places(self, name: str, address: str) -> dict[str, bytes]:
        """Digests by place of what a target of that name and address holds; another address holds nothing."""
        with self._connection() as connection:
            known = connection.execute("SELECT address FROM targets WHERE name = ?", (name,)).fetchone()
            if known is None or known[0] != address:
                connection.execute("DELETE FROM held WHERE name = ?", (name,))
                connection.execute(
                    "INSERT INTO targets (name, address) VALUES (?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET address = excluded.address, done = 0",
                    (name, address),
                )
                return {}
            return dict(connection.execute("SELECT place, digest FROM held WHERE name = ?", (name,)))

    def put(self, name: str, digests: Mapping[str, bytes]) -> None:
        """Record that these are there."""
        with self._connection() as connection:
            rows = [(name, place, digest) for place, digest in digests.items()]
            connection.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)

    def drop(self, name: str, places: Iterable[str]) -> None:
        """Record that these are gone."""
        with self._connection() as connection:
            connection.executemany(
                "DELETE FROM held WHERE name = ? AND place = ?", [(name, place) for place in places]
            )

    def state(self, name: str) -> TargetState:
        """How a target stands."""
        with self._connection() as connection:
            sql = "SELECT done, tries, next, fault, waiting FROM targets WHERE name = ?"
            row = connection.execute(sql, (name,)).fetchone()
        if row is None:
            return TargetState(name=name)
        done, tries, later, fault, waiting = row
        return TargetState(name=name, done=done, tries=tries, next_try=later, fault=fault, waiting=waiting)

    def set_state(self, state: TargetState) -> None:
        """Record how a target stands."""
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO targets (name, done, tries, next, fault, waiting) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET done = excluded.done, tries = excluded.tries,"
                " next = excluded.next, fault = excluded.fault, waiting = excluded.waiting",
                (state.name, state.done, state.tries, state.next_try, state.fault, state.waiting),
            )

    def succeeded(self, name: str, now: float) -> None:
        """Record that a target holds everything."""
        self.set_state(TargetState(name=name, done=now))

    def failed(self, name: str, fault: str, next_try: float, waiting: int) -> TargetState:
        """Record that a target did not take everything; returns how it stands now."""
        before = self.state(name)
        after = replace(before, tries=before.tries + 1, fault=fault, next_try=next_try, waiting=waiting)
        self.set_state(after)
        return after


class _Closing:
    """A connection that commits (or rolls back) and closes at the end of its block."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=_PATIENCE)

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._connection.commit()
        finally:
            self._connection.close()
