"""The file of the archive: opened, asked, written to; its faults told so that a person can mend them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from sitrep.archive.notes import Note
from sitrep.archive.schema import SCHEMA, SCHEMA_VERSION
from sitrep.base.disk import is_blocked
from sitrep.base.errors import ArchiveError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Damaged

Cursor = sqlite3.Cursor
"""What an answer is read from."""

_INSIDE = lazy_pattern(r"(?!\.|/)(?!.*/\.)[^\\\0]+", re.DOTALL)

_CACHE, _ROOMY = 2_048, 6_144
"""KiB of the file in memory; with less than the second, what a first build touches again and again is written
to the disk in between."""
_DAMAGE = lazy_pattern(r"malformed|not a database|another version|no such (?:table|column)|file format")
_REMEDIES = (
    (r"full", "make room on the disk; nothing is lost, and the next publish goes on from here"),
    (r"readonly|unable to open|I/O|permission", "let this program read and write in the .sitrep folder"),
    (r"locked", "close the other program that has the archive open, and try again"),
    (r"", "it is only an index: delete the .sitrep folder, it is made again from feeds/"),
)


def is_damaged(fault: ArchiveError) -> bool:
    """True if the archive's file itself is broken or of another kind; not if only the disk is full."""
    return bool(_DAMAGE.search(str(fault)))


def salvaged(path: Path) -> tuple[tuple[str, bytes], ...]:
    """Places and digests of artifacts, as far as an archive that cannot be used any more still tells them."""
    try:
        if is_blocked(path):
            return ()
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return ()
    try:
        rows = db.execute("SELECT path, digest FROM artifacts").fetchall()
        return tuple(row for row in rows if isinstance(row[0], str) and _INSIDE.fullmatch(row[0]))
    except sqlite3.Error:
        return ()
    finally:
        db.close()


def _lay_out(db: sqlite3.Connection) -> None:
    db.executescript(f"BEGIN;{SCHEMA}COMMIT;")
    db.execute("INSERT INTO meta VALUES (?, ?)", (Note.SCHEMA, SCHEMA_VERSION.encode()))


@cache
def _blank() -> bytes:
    """An archive that holds nothing: each changed text is shown in one of its own, which is laid out once."""
    with closing(sqlite3.connect(":memory:")) as db:
        _lay_out(db)
        db.commit()
        return db.serialize()


class Database:
    """One SQLite file, held open.

    Raises ArchiveError from any method if the file is damaged or no archive of this version.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open or make the archive at ``path``; None keeps it in memory."""
        self._path = path
        try:
            if path and is_blocked(path):
                raise sqlite3.DatabaseError("file is not a database")
            if read_only and path is not None:
                self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            else:
                self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
                if path is None:
                    self._db.deserialize(_blank())
                else:
                    self._prepare()
        except sqlite3.Error as fault:
            raise self._error(fault) from fault

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
        if not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            _lay_out(self._db)
        elif self.meta(Note.SCHEMA) != SCHEMA_VERSION.encode():
            raise self._error("it was made by another version of the program")

    def _error(self, fault: object) -> ArchiveError:
        return ArchiveError(
            Problem(
                path=str(self._path.name if self._path else "archive"),
                fact=f"the archive cannot be used: {fault}",
                remedy=next(remedy for sign, remedy in _REMEDIES if re.search(sign, str(fault))),
            )
        )

    def close(self) -> None:
        """Close the file; the archive cannot be used afterwards."""
        self._db.close()

    @contextmanager
    def roomy(self, *, much: bool) -> Iterator[None]:
        """Hold more of the file in memory while ``much`` is written, and let go of it afterwards."""
        self._run(f"PRAGMA cache_size = -{_ROOMY if much else _CACHE}")
        try:
            yield
        finally:
            with suppress(ArchiveError):
                self._run(f"PRAGMA cache_size = -{_CACHE}")
                self._run("PRAGMA shrink_memory")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the writes inside it all or nothing; inside another one, together with that one's."""
        if self._db.in_transaction:
            yield
            return
        with self.provisional() as keep:
            yield
            keep()

    @contextmanager
    def provisional(self) -> Iterator[Callable[[], None]]:
        """Undo the writes inside it, unless the function that it gives has been called after them."""

        def keep() -> None:
            self._run("COMMIT")

        self._run("BEGIN IMMEDIATE")
        try:
            yield keep
        finally:
            # SQLite may have rolled back by itself, for example on a full disk.
            with suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def copy_to(self, path: Path) -> None:
        """Write a copy of the archive, as it stands, to a file."""
        with self.trouble(), closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)

    def take_back(self, path: Path) -> None:
        """Become again what ``copy_to`` has written to a file."""
        with self.trouble(), closing(sqlite3.connect(path)) as copy:
            copy.backup(self._db)

    def _run(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as fault:
            raise self._error(fault) from fault

    def _run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            self._db.executemany(sql, rows)
        except sqlite3.Error as fault:
            raise self._error(fault) from fault

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Inside it, damage that only shows between two rows or in a body is an ArchiveError as well."""
        try:
            yield
        except sqlite3.Error as fault:
            raise self._error(fault) from fault
        except Damaged as fault:
            raise self._error(f"malformed: {fault}") from fault

    def meta(self, name: str) -> bytes | None:
        """A note of the program to itself."""
        row = self._run("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: bytes) -> None:
        """Replace a note of the program to itself."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
