"""The updates and reports of the archive: one, the newest, or those of a day, a month, a file or a front."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sitrep.archive.database import Database
from sitrep.base.nouns import PLACE, Report, Update
from sitrep.base.remember import LatestNamed
from sitrep.base.say import instant_text
from sitrep.base.values import Struct, decoder

_decode = decoder(Update)
_KNOWN = LatestNamed[bytes, Update](128)
"""By their digests: a dozen pages and feeds ask for the same update one after the other, those of a month or
the newest; one drop asks fourteen hundred times for sixty."""
_LARGE, _LARGE_KNOWN = 100_000, LatestNamed[bytes, Update](2)
"""Bytes from which on few are known: of one that was edited very often each edit makes another large one."""


def _remembered(digest: bytes) -> Update | None:
    return _KNOWN.get(digest) or _LARGE_KNOWN.get(digest)


def _read(digest: bytes, body: bytes) -> Update:
    update = _decode(body)
    (_KNOWN if len(body) < _LARGE else _LARGE_KNOWN).put(digest, update)
    return update


class UpdateOutline(Struct, frozen=True):
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
    log: str
    """When it came out, as ``log_of`` has it."""
    packed: int
    """About so many bytes of its texts are left by gzip."""
    prints: bytes = b""
    """Digests of some of its phrases."""


def position_of(key: str) -> str:
    """Sortable form of an update's key: ``2024-12-06-2`` -> ``2024-12-06-0002``."""
    return f"{key[:10]}-{int(key[11:] or 1):04d}"


def log_of(update: Update) -> str:
    """Sortable form of when an update came out, and of its key among those of one moment.

    Feeds stand in this order: what comes late comes last, whatever day it is about.
    """
    out = instant_text(update.published or dt.datetime.combine(update.date, dt.time(12), dt.UTC))
    return f"{out} {position_of(update.key)}"


def _within(span: str) -> tuple[str, str]:
    """Between which positions all updates of a day, a month or a year stand."""
    return span, span + "~"


class UpdateIndex(Database):
    """Queries about updates and reports. All ``months`` are ``YYYY-MM``; "newest" means by position."""

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
        return tuple(
            self._updates("WHERE live AND position BETWEEN ? AND ? ORDER BY position DESC", *_within(month))
        )

    def keys(self, span: str) -> tuple[str, ...]:
        """Keys of the live updates of a month or year, newest first."""
        sql = "SELECT key FROM updates WHERE live AND position BETWEEN ? AND ? ORDER BY position DESC"
        return tuple(key for (key,) in self._run(sql, _within(span)))

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

    def goes_on(self, month: str) -> bool:
        """True if no month after this one has live updates, so that more may come."""
        return self.month_neighbours(month)[1] is None

    def has_month(self, month: str) -> bool:
        """True if a month has live updates."""
        return bool(self._run("SELECT 1 FROM months WHERE month = ?", (month,)).fetchone())

    def _skip(self, sql: str, *values: object) -> tuple[str, ...]:
        """Distinct years, one index look-up each instead of a scan of every update."""
        years: list[str] = []
        while found := self._run(sql, (f"{years[-1]}~" if years else "", *values)).fetchone()[0]:
            years.append(found[:4])
        return tuple(years)

    def _updates(self, where: str, *values: object) -> Iterator[Update]:
        return self._known(f"FROM updates u {where}", values)

    def _known(self, said: str, values: tuple[object, ...]) -> Iterator[Update]:
        """The updates that a query finds. They are read only where one of them is not known, and then all in
        one look: another process may put others in their places at any moment."""
        digests = [digest for (digest,) in self._run(f"SELECT u.digest {said}", values)]
        known = [update for digest in digests if (update := _remembered(digest))]
        if len(known) == len(digests):
            yield from known
            return
        for digest, body in self._run(f"SELECT u.digest, u.body {said}", values):
            yield _remembered(digest) or _read(digest, body)

    # -- by front -------------------------------------------------------------------------------

    def reports(self, front: str, limit: int) -> tuple[Report, ...]:
        """The newest reports of a front, newest first."""
        return self._reports(front, "r.front = ? ORDER BY r.position DESC LIMIT ?", front, limit)

    def front_month(self, front: str, month: str) -> tuple[Report, ...]:
        """A front's reports of a month, newest first."""
        where = "r.front = ? AND r.position BETWEEN ? AND ? ORDER BY r.position DESC"
        return self._reports(front, where, front, *_within(month))

    def front_years(self, front: str) -> tuple[str, ...]:
        """Years in which a front has reports, oldest first."""
        return self._skip("SELECT min(position) FROM reports WHERE front = ?2 AND position > ?1", front)

    def front_months(self, front: str, year: str) -> tuple[tuple[str, int], ...]:
        """Months of a year in which a front has reports and its items in each, oldest first."""
        rows = self._run(
            "SELECT substr(position, 1, 7), sum(items) FROM reports"
            " WHERE front = ? AND position BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
            (front, *_within(year)),
        )
        return tuple(rows.fetchall())

    def front_counts(self, front: str, since: dt.date) -> tuple[int, int]:
        """Items a front has in updates dated that day or later, and on how many days."""
        items, days = self._run(
            "SELECT sum(items), count(DISTINCT substr(position, 1, 10)) FROM reports"
            " WHERE front = ? AND position >= ?",
            (front, since.isoformat()),
        ).fetchone()
        return items or 0, days

    def front_month_neighbours(self, front: str, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month in which a front has reports."""
        begin, end = _within(month)
        older = self._run(
            "SELECT max(position) FROM reports WHERE front = ? AND position < ?", (front, begin)
        )
        newer = self._run("SELECT min(position) FROM reports WHERE front = ? AND position > ?", (front, end))
        last, first = older.fetchone()[0], newer.fetchone()[0]
        return last and last[:7], first and first[:7]

    def places(self) -> tuple[str, ...]:
        """Places that live updates name, in order of their letters."""
        found = [PLACE]
        while place := self._run(
            "SELECT min(front) FROM reports WHERE front > ? AND front < ?", (found[-1], chr(ord(PLACE) + 1))
        ).fetchone()[0]:
            found.append(place)
        return tuple(place[len(PLACE) :] for place in found[1:])

    def has_front_month(self, front: str, month: str) -> bool:
        """True if a front has reports in a month."""
        sql = "SELECT 1 FROM reports WHERE front = ? AND position BETWEEN ? AND ? LIMIT 1"
        return bool(self._run(sql, (front, *_within(month))).fetchone())

    # -- by feed, in the order in which things came out ------------------------------------------

    def outline(self, feed: str, month: str) -> tuple[UpdateOutline, ...]:
        """What came out in a month (UTC) for a front, or a feed named in ``feed_shares``, oldest first."""
        rows = self._run(
            "SELECT u.key, u.source, u.digest, r.items, r.size, r.updated, r.log, r.packed, r.prints"
            " FROM reports r CROSS JOIN updates u ON u.key = r.key"
            " WHERE r.front = ? AND r.log BETWEEN ? AND ? ORDER BY r.log",
            (feed, *_within(month)),
        )
        return tuple(UpdateOutline(*row) for row in rows)

    def feed_month_neighbours(self, feed: str, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month (UTC) in which anything came out for a feed.

        An empty ``month`` stands before all.
        """
        begin, end = _within(month) if month else ("", "")
        older = self._run("SELECT max(log) FROM reports WHERE front = ? AND log < ?", (feed, begin))
        newer = self._run("SELECT min(log) FROM reports WHERE front = ? AND log > ?", (feed, end))
        last, first = older.fetchone()[0], newer.fetchone()[0]
        return last and last[:7], first and first[:7]

    def _reports(self, front: str, where: str, *values: object) -> tuple[Report, ...]:
        # A cross join, so that the front's own rows are gone through, and not all updates.
        said = f"FROM reports r CROSS JOIN updates u ON u.key = r.key WHERE {where}"
        return tuple(Report(update=update, front=front) for update in self._known(said, values))

    # -- by file and by day ---------------------------------------------------------------------

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

    def updates_on(self, span: str) -> tuple[Update, ...]:
        """All updates of a date (``2024-12-06``) or a month, withdrawn ones too, in order of position."""
        return tuple(self._updates("WHERE position BETWEEN ? AND ? ORDER BY position", *_within(span)))

    def holds(self, month: str) -> bool:
        """True if there are updates of a month, be they withdrawn."""
        sql = "SELECT 1 FROM updates WHERE position BETWEEN ? AND ? LIMIT 1"
        return bool(self._run(sql, _within(month)).fetchone())

    def live(self) -> int:
        """How many updates are out and not withdrawn."""
        count: int = self._run("SELECT live FROM total").fetchone()[0]
        return count

    def keys_by_source(self) -> dict[str, tuple[str, ...]]:
        """Keys of the live updates by the file they came from, oldest first."""
        found: dict[str, tuple[str, ...]] = {}
        for source, key in self._run("SELECT source, key FROM updates WHERE live ORDER BY position"):
            found[source] = (*found.get(source, ()), key)
        return found

    def heavier(self, least: int) -> tuple[str, ...]:
        """Keys of the live updates that take more than so many bytes here."""
        rows = self._run("SELECT key FROM updates WHERE live AND length(body) > ?", (least,))
        return tuple(key for (key,) in rows)

    def update_keys(self) -> tuple[str, ...]:
        """Keys of all updates, withdrawn ones too, oldest first."""
        return tuple(key for (key,) in self._run("SELECT key FROM updates ORDER BY position"))
