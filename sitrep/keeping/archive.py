"""The archive: an SQLite index of everything published, cheap to query, free to delete.

It holds each update as the ledger has stamped it, which fronts it reports on, the sources it came
from, and a digest of every artifact of output/. Nothing in it cannot be made again from feeds/ and
ledger/. Positions (``2024-12-06-0002``) order updates by date, then by the ordinal of the key.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from sitrep.errors import ArchiveError
from sitrep.keeping import claimindex, pictureindex
from sitrep.keeping.codec import Damaged, decoder, encode
from sitrep.keeping.weights import ITEMS, OPINION, UPDATES, shares
from sitrep.model import Change, Problem, Report, Severity, Update, changes_of

SCHEMA_VERSION = "6"

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, stat TEXT, digest TEXT, state TEXT, receipt BLOB,
                      until TEXT) WITHOUT ROWID;
CREATE INDEX sources_state ON sources (state);
CREATE INDEX sources_until ON sources (until) WHERE until > '';
CREATE TABLE spares (day TEXT, path TEXT, PRIMARY KEY (day, path)) WITHOUT ROWID;
CREATE INDEX spares_path ON spares (path);
CREATE TABLE updates (key TEXT PRIMARY KEY, position TEXT UNIQUE, month TEXT, source TEXT, live INTEGER,
                      digest BLOB, body BLOB, out TEXT);
CREATE INDEX updates_out ON updates (out) WHERE live;
CREATE INDEX updates_live ON updates (position) WHERE live;
CREATE INDEX updates_month ON updates (month, position) WHERE live;
CREATE INDEX updates_source ON updates (source);
CREATE TABLE reports (front TEXT, position TEXT, month TEXT, key TEXT, items INTEGER,
                      size INTEGER, updated INTEGER, PRIMARY KEY (front, position)) WITHOUT ROWID;
CREATE INDEX reports_month ON reports (front, month, position);
CREATE INDEX reports_key ON reports (key);
CREATE TABLE changes (at TEXT, key TEXT, number INTEGER, month TEXT, body BLOB);
CREATE INDEX changes_at ON changes (at);
CREATE INDEX changes_month ON changes (month, at);
CREATE INDEX changes_key ON changes (key);
CREATE TABLE gone (feed TEXT, at TEXT, key TEXT, number INTEGER,
                   PRIMARY KEY (feed, at, key, number)) WITHOUT ROWID;
CREATE INDEX gone_key ON gone (key);
CREATE TABLE artifacts (path TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
CREATE TABLE fragments (name TEXT PRIMARY KEY, stamp BLOB, body BLOB) WITHOUT ROWID;
CREATE TABLE months (month TEXT PRIMARY KEY, live INTEGER) WITHOUT ROWID;
CREATE TRIGGER month_more AFTER INSERT ON updates WHEN new.live BEGIN
  INSERT INTO months VALUES (new.month, 1) ON CONFLICT DO UPDATE SET live = live + 1; END;
CREATE TRIGGER month_less AFTER DELETE ON updates WHEN old.live BEGIN
  UPDATE months SET live = live - 1 WHERE month = old.month;
  DELETE FROM months WHERE month = old.month AND live = 0; END;
"""

_update = decoder(Update)
_change = decoder(Change)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """What the archive knows of one file of feeds/."""

    path: str
    stat: str
    """Size, mtime, inode and ctime at the last look, joined; only ever compared."""
    digest: str
    state: str
    problems: tuple[Problem, ...] = ()
    until: str = ""
    """When a held text comes out (RFC 3339, UTC); empty if nothing in it waits."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What an update has for a feed, without its words."""

    key: str
    source: str
    digest: bytes
    """Changes with anything in the update."""
    items: int
    size: int
    """Bytes of its texts in the feed, at most."""
    updated: int
    """Seconds since 1970 (UTC)."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What a feed no longer shows, and since when (UTC)."""

    at: dt.datetime
    key: str
    number: int
    """Of the item; 0 for a whole update or report."""


_problems = decoder(tuple[Problem, ...])


def _source_record(path: str, stat: str, digest: str, state: str, receipt: bytes, until: str) -> SourceRecord:
    return SourceRecord(
        path=path, stat=stat, digest=digest, state=state, problems=_problems(receipt), until=until
    )


_INSIDE = re.compile(r"(?!\.|/)(?!.*/\.)[^\\\0]+", re.DOTALL).fullmatch

_DAMAGE = re.compile(r"malformed|not a database|another version|no such (?:table|column)|file format")
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
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return ()
    try:
        rows = db.execute("SELECT path, digest FROM artifacts").fetchall()
        return tuple(row for row in rows if isinstance(row[0], str) and _INSIDE(row[0]))
    except sqlite3.Error:
        return ()
    finally:
        db.close()


def _instant(instant: dt.datetime | None) -> str:
    """RFC 3339 in UTC, sortable as text."""
    return instant.astimezone(dt.UTC).isoformat() if instant else ""


def position_of(key: str) -> str:
    """Sortable form of an update's key: ``2024-12-06-2`` -> ``2024-12-06-0002``."""
    return f"{key[:10]}-{int(key[11:] or 1):04d}"


def _gone(update: Update) -> Iterator[tuple[str, dt.datetime, int]]:
    """Feed, instant and number (0: the whole) of everything of an update that was taken back."""
    last = {gone.front: gone.at for gone in sorted(update.withdrawn_items, key=lambda gone: gone.at)}
    yield from ((ITEMS, gone.at, gone.number) for gone in update.withdrawn_items)
    if update.withdrawn is None:
        yield from ((front, at, 0) for front, at in last.items() if front not in update.fronts)
        views = [gone.at for gone in update.withdrawn_items if gone.opinion]
        if views and not any(item.opinion for item in update.items):
            yield OPINION, max(views), 0
        return
    at = update.withdrawn.at
    whole = {UPDATES, *update.fronts, *last}
    own = [item for item in update.items if item.opinion]
    whole |= {OPINION} if own or any(gone.opinion for gone in update.withdrawn_items) else set()
    yield from ((feed, at, 0) for feed in sorted(whole))
    yield from ((ITEMS, at, item.number) for item in update.items)


class Archive:
    """The index of one site. All ``months`` are ``YYYY-MM``; "newest" means by position.

    Raises ArchiveError from any method if the file is damaged or no archive of this version.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open or make the archive at ``path``; None keeps it in memory."""
        self._path = path
        self._changes = 0
        self.claims = claimindex.ClaimIndex(self._run)
        self.pictures = pictureindex.PictureIndex(self._run)
        try:
            if read_only and path is not None:
                self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            else:
                self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
                self._prepare()
        except sqlite3.Error as fault:
            raise self._error(fault) from fault

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._db.executescript(f"BEGIN;{_SCHEMA}{claimindex.SCHEMA}{pictureindex.SCHEMA}COMMIT;")
            self.set_meta("schema", SCHEMA_VERSION.encode())
        elif self.meta("schema") != SCHEMA_VERSION.encode():
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
    def transaction(self) -> Iterator[None]:
        """Make the writes inside it all or nothing."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself, for example on a full disk.
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

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

    def scrub(self) -> None:
        """Write the file anew, so that no word of what was deleted is left in it or beside it.

        Finished entries, and notes on files that may quote others, are let go as well.
        """
        for source in self.sources().values():
            kept = tuple(one for one in source.problems if one.severity is Severity.ERROR)
            if kept != source.problems:
                self.put_source(replace(source, problems=kept))
        self._run("DELETE FROM fragments")
        self._run("PRAGMA secure_delete = ON")
        self._run("VACUUM")
        self._run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- what rendering asks --------------------------------------------------------------------

    def update(self, key: str) -> Update | None:
        """The update of that key, withdrawn or not."""
        return next(self._updates("WHERE key = ?", key), None)

    def latest(self, limit: int, *, before: str | None = None) -> tuple[Update, ...]:
        """The newest live updates, newest first; ``before`` (a key) leaves out it and all later ones."""
        position = position_of(before) if before else "~"
        return tuple(
            self._updates("WHERE live AND position < ? ORDER BY position DESC LIMIT ?", position, limit)
        )

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """Keys of the next older and the next newer live update."""
        position = position_of(key)
        older = self._run(
            "SELECT key FROM updates WHERE live AND position < ? ORDER BY position DESC LIMIT 1", (position,)
        ).fetchone()
        newer = self._run(
            "SELECT key FROM updates WHERE live AND position > ? ORDER BY position LIMIT 1", (position,)
        ).fetchone()
        return older and older[0], newer and newer[0]

    def month(self, month: str) -> tuple[Update, ...]:
        """The live updates of a month, newest first."""
        return tuple(self._updates("WHERE live AND month = ? ORDER BY position DESC", month))

    def years(self) -> tuple[str, ...]:
        """Years with live updates, oldest first."""
        return self._skip("SELECT min(month) FROM months WHERE month > ?")

    def months(self, year: str) -> tuple[tuple[str, int], ...]:
        """Months of a year that have live updates and how many each has, oldest first."""
        sql = "SELECT month, live FROM months WHERE month BETWEEN ? AND ? ORDER BY month"
        return tuple(self._run(sql, (year, year + "~")).fetchall())

    def month_neighbours(self, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month with live updates."""
        older = self._run("SELECT max(month) FROM months WHERE month < ?", (month,)).fetchone()[0]
        newer = self._run("SELECT min(month) FROM months WHERE month > ?", (month,)).fetchone()[0]
        return older, newer

    def reports(self, front: str, limit: int) -> tuple[Report, ...]:
        """The newest reports of a front, newest first."""
        return self._reports(front, "r.front = ? ORDER BY r.position DESC LIMIT ?", front, limit)

    def front_month(self, front: str, month: str) -> tuple[Report, ...]:
        """A front's reports of a month, newest first."""
        where = "r.front = ? AND r.month = ? ORDER BY r.position DESC"
        return self._reports(front, where, front, month, by="INDEXED BY reports_month")

    def front_years(self, front: str) -> tuple[str, ...]:
        """Years in which a front has reports, oldest first."""
        return self._skip("SELECT min(month) FROM reports WHERE front = ?2 AND month > ?1", front)

    def front_months(self, front: str, year: str) -> tuple[tuple[str, int], ...]:
        """Months of a year in which a front has reports and its items in each, oldest first."""
        rows = self._run(
            "SELECT month, sum(items) FROM reports WHERE front = ? AND month BETWEEN ? AND ? GROUP BY month",
            (front, year, year + "~"),
        )
        return tuple(rows.fetchall())

    def front_month_neighbours(self, front: str, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month in which a front has reports."""
        older, newer = (
            self._run(f"SELECT {end}(month) FROM reports WHERE front = ? AND month {sign} ?", (front, month))
            for end, sign in (("max", "<"), ("min", ">"))
        )
        return older.fetchone()[0], newer.fetchone()[0]

    def has_month(self, month: str) -> bool:
        """True if a month has live updates."""
        return bool(self._run("SELECT 1 FROM months WHERE month = ?", (month,)).fetchone())

    def has_front_month(self, front: str, month: str) -> bool:
        """True if a front has reports in a month."""
        sql = "SELECT 1 FROM reports WHERE front = ? AND month = ? LIMIT 1"
        return bool(self._run(sql, (front, month)).fetchone())

    def has_change_month(self, month: str) -> bool:
        """True if something was corrected, withdrawn or settled in a month (UTC)."""
        return bool(self._run("SELECT 1 FROM changes WHERE month = ? LIMIT 1", (month,)).fetchone())

    def change_months(self) -> tuple[str, ...]:
        """Months (UTC) in which something was corrected, withdrawn or settled, oldest first."""
        rows = self._run("SELECT DISTINCT month FROM changes ORDER BY month")
        return tuple(month for (month,) in rows)

    def change_month_neighbours(self, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month with changes."""
        older = self._run("SELECT max(month) FROM changes WHERE month < ?", (month,)).fetchone()[0]
        newer = self._run("SELECT min(month) FROM changes WHERE month > ?", (month,)).fetchone()[0]
        return older, newer

    def _skip(self, sql: str, *values: object) -> tuple[str, ...]:
        """Distinct years, one index look-up each instead of a scan of every update."""
        years: list[str] = []
        while found := self._run(sql, (f"{years[-1]}~" if years else "", *values)).fetchone()[0]:
            years.append(found[:4])
        return tuple(years)

    def changes(self, limit: int) -> tuple[Change, ...]:
        """The newest corrections, withdrawals and outcomes, newest first."""
        rows = self._run("SELECT body FROM changes ORDER BY at DESC, key, number LIMIT ?", (limit,))
        return tuple(_change(body) for (body,) in rows)

    def changes_month(self, month: str) -> tuple[Change, ...]:
        """Changes made in a month (UTC), newest first."""
        rows = self._run("SELECT body FROM changes WHERE month = ? ORDER BY at DESC, key, number", (month,))
        return tuple(_change(body) for (body,) in rows)

    def changes_since(self, instant: dt.datetime, limit: int) -> tuple[Change, ...]:
        """What was corrected, withdrawn or settled from an instant on, oldest first."""
        sql = "SELECT body FROM changes WHERE at >= ? ORDER BY at, key, number LIMIT ?"
        return tuple(_change(body) for (body,) in self._run(sql, (_instant(instant), limit)))

    # -- what came out when ---------------------------------------------------------------------

    def newest_out(self, limit: int) -> tuple[Update, ...]:
        """The live updates that came out last, newest first, whatever day they are about."""
        return tuple(self._updates("WHERE live ORDER BY out DESC, position DESC LIMIT ?", limit))

    def out_since(self, instant: dt.datetime, limit: int) -> tuple[Update, ...]:
        """The live updates that came out from an instant on, oldest first."""
        return tuple(
            self._updates("WHERE live AND out >= ? ORDER BY out, position LIMIT ?", _instant(instant), limit)
        )

    def out_in(self, month: str) -> tuple[Update, ...]:
        """The live updates that came out in a month (UTC), newest first."""
        where = "WHERE live AND out >= ? AND out < ? ORDER BY out DESC, position DESC"
        return tuple(self._updates(where, month, month + "~"))

    def has_news_month(self, month: str) -> bool:
        """True if anything came out or was changed in a month (UTC)."""
        sql = "SELECT 1 FROM updates WHERE live AND out >= ? AND out < ? LIMIT 1"
        return self.has_change_month(month) or bool(self._run(sql, (month, month + "~")).fetchone())

    def news_month_neighbours(self, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month (UTC) in which anything came out or was changed."""
        older, newer = self.change_month_neighbours(month)
        last = self._run("SELECT max(out) FROM updates WHERE live AND out < ?", (month,)).fetchone()[0]
        end = f"{month}~" if month else ""
        first = self._run("SELECT min(out) FROM updates WHERE live AND out > ?", (end,)).fetchone()[0]
        return (
            max(filter(None, (older, last and last[:7])), default=None),
            min(filter(None, (newer, first and first[:7])), default=None),
        )

    def news_months(self) -> Iterator[str]:
        """Months (UTC) in which anything came out or was changed, oldest first."""
        month = self.news_month_neighbours("")[1]
        while month:
            yield month
            month = self.news_month_neighbours(month)[1]

    def outline(self, front: str, month: str) -> tuple[Outline, ...]:
        """What a month has for a front, or for one of the feeds named in ``weights``, oldest first."""
        rows = self._run(
            "SELECT u.key, u.source, u.digest, r.items, r.size, r.updated"
            " FROM reports r INDEXED BY reports_month JOIN updates u ON u.key = r.key"
            " WHERE r.front = ? AND r.month = ? ORDER BY r.position",
            (front, month),
        )
        return tuple(Outline(*row) for row in rows)

    def revision(self) -> tuple[int, int]:
        """Changes whenever an update may have changed, also through another connection."""
        return self._changes, self._run("PRAGMA data_version").fetchone()[0]

    def withdrawn(self, feed: str, limit: int) -> tuple[Gone, ...]:
        """What was last taken back from a front, or from UPDATES, ITEMS or OPINION, newest first."""
        rows = self._run(
            "SELECT at, key, number FROM gone WHERE feed = ? ORDER BY at DESC, key, number LIMIT ?",
            (feed, limit),
        )
        return tuple(Gone(dt.datetime.fromisoformat(at), key, number) for at, key, number in rows)

    def _updates(self, where: str, *values: object) -> Iterator[Update]:
        for (body,) in self._run(f"SELECT body FROM updates {where}", values):
            yield _update(body)

    def _reports(self, front: str, where: str, *values: object, by: str = "") -> tuple[Report, ...]:
        rows = self._run(
            f"SELECT u.body FROM reports r {by} JOIN updates u ON u.key = r.key WHERE {where}", values
        )
        return tuple(Report(update=_update(body), front=front) for (body,) in rows)

    # -- what publishing writes -----------------------------------------------------------------

    def put_update(self, update: Update) -> None:
        """Record an update under its key, in place of an earlier state of it."""
        self.drop_update(update.key)
        position, live, body = position_of(update.key), update.withdrawn is None, encode(update)
        digest = blake2b(body, digest_size=16).digest()
        self._run(
            "INSERT INTO updates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                update.key,
                position,
                update.month,
                update.source,
                live,
                digest,
                body,
                _instant(update.published),
            ),
        )
        if live:
            self._run_many(
                "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (one.feed, position, update.month, update.key, one.items, one.size, one.updated)
                    for one in shares(update)
                ],
            )
        self._run_many(
            "INSERT OR IGNORE INTO gone VALUES (?, ?, ?, ?)",
            ((feed, at.isoformat(), update.key, number) for feed, at, number in _gone(update)),
        )
        for change in changes_of(update):
            at = change.at.isoformat()
            self._run(
                "INSERT INTO changes VALUES (?, ?, ?, ?, ?)",
                (at, update.key, change.item or 0, at[:7], encode(change)),
            )
        if live:
            self.pictures.put_update(update)

    def drop_update(self, key: str) -> None:
        """Forget what the archive holds under a key."""
        self._changes += 1
        for table in ("updates", "reports", "changes", "gone"):
            self._run(f"DELETE FROM {table} WHERE key = ?", (key,))
        self.pictures.drop_update(key)

    def updates_of(self, source: str) -> tuple[Update, ...]:
        """Live updates that came from a source, in order of position."""
        return tuple(self._updates("WHERE live AND source = ? ORDER BY position", source))

    def keys_of(self, source: str) -> tuple[str, ...]:
        """Keys of the live updates that came from a source, in order of position."""
        rows = self._run("SELECT key FROM updates WHERE live AND source = ? ORDER BY position", (source,))
        return tuple(key for (key,) in rows)

    def holders(self) -> int:
        """How many files of feeds/ hold live updates."""
        count: int = self._run("SELECT count(DISTINCT source) FROM updates WHERE live").fetchone()[0]
        return count

    def updates_on(self, day: str) -> tuple[Update, ...]:
        """All updates of a date (``2024-12-06``), withdrawn ones too, in order of position."""
        return tuple(self._updates("WHERE position BETWEEN ? AND ? ORDER BY position", day, day + "~"))

    def live(self) -> int:
        """How many updates are out and not withdrawn."""
        count: int = self._run("SELECT coalesce(sum(live), 0) FROM months").fetchone()[0]
        return count

    def keys_by_source(self) -> dict[str, tuple[str, ...]]:
        """Keys of the live updates by the file they came from, oldest first."""
        found: dict[str, tuple[str, ...]] = {}
        for source, key in self._run("SELECT source, key FROM updates WHERE live ORDER BY position"):
            found[source] = (*found.get(source, ()), key)
        return found

    def update_keys(self) -> tuple[str, ...]:
        """Keys of all updates, withdrawn ones too, oldest first."""
        return tuple(key for (key,) in self._run("SELECT key FROM updates ORDER BY position"))

    def sources(self) -> dict[str, SourceRecord]:
        """Every known file of feeds/ by path."""
        rows = self._run("SELECT path, stat, digest, state, receipt, until FROM sources")
        return {row[0]: _source_record(*row) for row in rows}

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

    def drop_source(self, path: str) -> None:
        """Forget a file."""
        self._run("DELETE FROM sources WHERE path = ?", (path,))
        self._run("DELETE FROM spares WHERE path = ?", (path,))
        self.pictures.set_named(path, ())

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

    def artifact(self, path: str) -> bytes | None:
        """Digest of an artifact as last written, or None."""
        row = self._run("SELECT digest FROM artifacts WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def artifacts(self) -> dict[str, bytes]:
        """Digest of every artifact by path."""
        return dict(self._run("SELECT path, digest FROM artifacts").fetchall())

    def put_artifacts(self, digests: Iterable[tuple[str, bytes]]) -> None:
        """Record digests of artifacts just written."""
        self._run_many("INSERT OR REPLACE INTO artifacts VALUES (?, ?)", digests)

    def drop_artifact(self, path: str) -> None:
        """Forget an artifact that was removed."""
        self._run("DELETE FROM artifacts WHERE path = ?", (path,))

    def fragment(self, name: str, stamp: bytes) -> bytes | None:
        """A finished piece of a feed, if one was kept under that name for that stamp."""
        row = self._run("SELECT body FROM fragments WHERE name = ? AND stamp = ?", (name, stamp)).fetchone()
        return row[0] if row else None

    def put_fragments(self, fragments: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep finished pieces of feeds: name, stamp and bytes of each."""
        self._run_many("INSERT OR REPLACE INTO fragments VALUES (?, ?, ?)", fragments)

    def meta(self, name: str) -> bytes | None:
        """A note of the program to itself."""
        row = self._run("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: bytes) -> None:
        """Replace a note of the program to itself."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
