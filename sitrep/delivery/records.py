"""A SQLite file that may be lost -> one with its tables, made anew if it is damaged or no ordinary file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sitrep.base.disk import is_blocked


def lay_out(file: Path, schema: str) -> bool:
    """Make the tables that are missing; true if nothing of what was known is left.

    Raises sqlite3.Error or OSError if the disk does not take it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = is_blocked(file) or not file.exists()
    if not fresh:
        try:
            _make_tables(file, schema)
        except sqlite3.OperationalError:  # The disk is full, or somebody else is writing.
            raise
        except sqlite3.DatabaseError:
            fresh = True
    if fresh:
        _clear(file)
        _make_tables(file, schema)
    return fresh


def _make_tables(file: Path, schema: str) -> None:
    with closing(sqlite3.connect(file, timeout=30.0)) as connection, connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        connection.executescript(schema)


def _clear(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path = file.with_name(file.name + ending)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
