"""The files of feeds/ in the archive: what became of each, when it is due, and which hold an update twice."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from sitrep.archive.database import Database
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct, decoder, encode


class SourceRecord(Struct, frozen=True, kw_only=True):
    """What the archive knows of one file of feeds/."""

    path: str
    stat: str
    """Size, mtime, inode and ctime at the last look, joined; only ever compared."""
    digest: str
    state: str
    problems: tuple[Problem, ...] = ()
    until: str = ""
    """When a held text comes out (RFC 3339, UTC); empty if nothing in it waits."""


_problems = decoder(tuple[Problem, ...])


def _source_record(path: str, stat: str, digest: str, state: str, receipt: bytes, until: str) -> SourceRecord:
    return SourceRecord(
        path=path, stat=stat, digest=digest, state=state, problems=_problems(receipt), until=until
    )


class SourceIndex(Database):
    """Queries about the files of feeds/."""

    def sources(self) -> dict[str, SourceRecord]:
        """Every known file of feeds/ by path."""
        rows = self._run("SELECT path, stat, digest, state, receipt, until FROM sources")
        return {row[0]: _source_record(*row) for row in rows}

    def marks(self) -> dict[str, str]:
        """What every known file of feeds/ looked like at the last look (``SourceRecord.stat``), by path."""
        return dict(self._run("SELECT path, stat FROM sources").fetchall())

    def sources_at(self, paths: Iterable[str]) -> dict[str, SourceRecord]:
        """What is known of these files of feeds/, as far as they are known."""
        sql = "SELECT path, stat, digest, state, receipt, until FROM sources WHERE path = ?"
        rows = (self._run(sql, (path,)).fetchone() for path in paths)
        return {row[0]: _source_record(*row) for row in rows if row}

    def sources_in(self, states: Iterable[str]) -> tuple[SourceRecord, ...]:
        """Files of feeds/ in any of these states, in order of path."""
        sql = "SELECT path, stat, digest, state, receipt, until FROM sources WHERE state = ?"
        rows = [row for state in states for row in self._run(sql, (state,))]
        return tuple(_source_record(*row) for row in sorted(rows))

    def last_written(self, limit: int) -> tuple[tuple[str, str, float, str], ...]:
        """Files, those last written to first: path, state, seconds since 1970, and until when held."""
        time = "CAST(substr(stat, instr(stat, ' ') + 1) AS INTEGER) / 1e9"
        sql = f"SELECT path, state, {time} AS at, until FROM sources ORDER BY at DESC, path LIMIT ?"
        return tuple(self._run(sql, (limit,)).fetchall())

    def source_counts(self) -> dict[str, int]:
        """How many files of feeds/ are in each state."""
        return dict(self._run("SELECT state, count(*) FROM sources GROUP BY state").fetchall())

    def sources_due(self, instant: str) -> tuple[str, ...]:
        """Paths of files in which something waits until this instant (RFC 3339, UTC) or an earlier one."""
        rows = self._run("SELECT path FROM sources WHERE until > '' AND until <= ?", (instant,))
        return tuple(path for (path,) in rows)

    def next_due(self) -> str | None:
        """When the next held text comes out (RFC 3339, UTC), or None."""
        due: str | None = self._run("SELECT min(until) FROM sources WHERE until > ''").fetchone()[0]
        return due

    def put_source(self, source: SourceRecord) -> None:
        """Record what became of a file."""
        self._run(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
            (source.path, source.stat, source.digest, source.state, encode(source.problems), source.until),
        )
        self._run("DELETE FROM told WHERE path = ?", (source.path,))
        topics = [topic for problem in source.problems for topic in problem.topics]
        self._run_many(
            "INSERT OR IGNORE INTO told VALUES (?, ?, ?)",
            ((posixpath.dirname(source.path), topic, source.path) for topic in topics),
        )

    def told(self, folder: str) -> dict[str, str]:
        """What the writers of a folder were told once for all of its texts, and at which of them."""
        return dict(self._run("SELECT topic, path FROM told WHERE folder = ?", (folder,)).fetchall())

    def spares(self, days: Iterable[str]) -> frozenset[str]:
        """Files that hold an update of one of these dates which is out from another file."""
        rows = (self._run("SELECT path FROM spares WHERE day = ?", (day,)) for day in days)
        return frozenset(path for found in rows for (path,) in found)

    def spare_days(self, path: str) -> tuple[str, ...]:
        """Dates of the updates that a file holds and that are out from another file."""
        rows = self._run("SELECT day FROM spares WHERE path = ? ORDER BY day", (path,))
        return tuple(day for (day,) in rows)

    def set_spares(self, day: str, paths: Iterable[str]) -> None:
        """Record which files hold an update of a date that is out from another file."""
        self._run("DELETE FROM spares WHERE day = ?", (day,))
        self._run_many("INSERT INTO spares VALUES (?, ?)", ((day, path) for path in paths))
