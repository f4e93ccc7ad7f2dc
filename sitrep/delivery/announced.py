"""Which updates were announced, and what is still to be told to whom: ``.sitrep/announced.sqlite``.

An update is told once to each service. Who loses the file has nothing told again: what is online when it is
made anew counts as told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sitrep.base.values import Struct
from sitrep.delivery.records import lay_out

_SCHEMA = """\
CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS due (service TEXT, keys TEXT, tries INTEGER NOT NULL DEFAULT 0,
    next REAL NOT NULL DEFAULT 0, sending INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (service, keys))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_PATIENCE = 30.0


class Due(Struct, frozen=True, kw_only=True):
    """One notice that one service is to be given."""

    service: str
    keys: tuple[str, ...]
    """The updates it speaks of."""
    tries: int = 0
    next_try: float = 0.0
    """Not before this time (seconds since 1970)."""


class Announced:
    """The record of one site. Threads may share it. Raises sqlite3.Error if the disk does not take it."""

    def __init__(self, work: Path) -> None:
        """``work``: the site's ``.sitrep/``. What a killed program was about to send is not sent again."""
        self._file = work / "announced.sqlite"
        self.fresh = lay_out(self._file, _SCHEMA)
        """True if nothing is known: what is online now was not announced by this record, and is not to be."""
        self._run(("DELETE FROM due WHERE sending", ()))

    def _run(self, *statements: tuple[str, tuple[object, ...]]) -> list[Any]:
        """All of these or none; the rows of the last."""
        rows: list[Any] = []
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE)) as connection, connection:
            for sql, values in statements:
                rows = connection.execute(sql, values).fetchall()
        return rows

    def know(self, keys: Iterable[str]) -> None:
        """Count these as told."""
        self._run(*(("INSERT OR IGNORE INTO known VALUES (?)", (key,)) for key in keys))
        self.fresh = False

    def unknown(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the updates that nobody was told of yet, in the order given."""
        sql = "SELECT 1 FROM known WHERE key = ?"
        return tuple(key for key in keys if not self._run((sql, (key,))))

    def queue(self, services: Iterable[str], keys: tuple[str, ...]) -> None:
        """Have each service told of these updates in one notice; from now on they count as told."""
        told = [("INSERT OR IGNORE INTO known VALUES (?)", (key,)) for key in keys]
        sql = "INSERT OR IGNORE INTO due (service, keys) VALUES (?, ?)"
        due = [(sql, (service, " ".join(keys))) for service in services]
        self._run(*told, *due)

    def due(self) -> tuple[Due, ...]:
        """What is to be told, that which has failed least first."""
        sql = "SELECT service, keys, tries, next FROM due WHERE NOT sending ORDER BY tries, keys, service"
        return tuple(
            Due(service=service, keys=tuple(keys.split()), tries=tries, next_try=later)
            for service, keys, tries, later in self._run((sql, ()))
        )

    def sending(self, due: Due) -> None:
        """It is about to be sent: if the program ends now, nobody knows whether it was."""
        self._run(("UPDATE due SET sending = 1 WHERE service = ? AND keys = ?", _key(due)))

    def sent(self, due: Due) -> None:
        """It was sent, or needs not be sent any more."""
        self._run(("DELETE FROM due WHERE service = ? AND keys = ?", _key(due)))

    def failed(self, due: Due, next_try: float) -> None:
        """The service did not take it; later again."""
        sql = "UPDATE due SET sending = 0, tries = tries + 1, next = ? WHERE service = ? AND keys = ?"
        self._run((sql, (next_try, *_key(due))))


def _key(due: Due) -> tuple[str, str]:
    return due.service, " ".join(due.keys)
