"""What came out, was changed or was taken back, in the order in which it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sitrep.archive.updates import UpdateIndex
from sitrep.base.changes import Change
from sitrep.base.nouns import Update
from sitrep.base.values import Struct, decoder

_change = decoder(Change)


class Gone(Struct, frozen=True):
    """What a feed no longer shows, and since when (UTC)."""

    at: dt.datetime
    key: str
    number: int
    """Of the item; 0 for a whole update or report."""


def instant_text(instant: dt.datetime | None) -> str:
    """RFC 3339 in UTC, sortable as text."""
    return instant.astimezone(dt.UTC).isoformat() if instant else ""


class NewsIndex(UpdateIndex):
    """Queries by the instant (UTC) of what happened, whatever day it is about."""

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

    def changes(self, limit: int) -> tuple[Change, ...]:
        """The newest corrections, withdrawals and outcomes, newest first."""
        rows = self._run("SELECT body FROM changes ORDER BY at DESC, key, number LIMIT ?", (limit,))
        return tuple(_change(body) for (body,) in rows)

    def changes_month(self, month: str, start: int = 0, limit: int = -1) -> tuple[Change, ...]:
        """Changes made in a month (UTC), oldest first: from one on, and so many at most."""
        rows = self._run(
            "SELECT body FROM changes WHERE month = ? ORDER BY at, key, number, rowid LIMIT ? OFFSET ?",
            (month, limit, start),
        )
        return tuple(_change(body) for (body,) in rows)

    def count_changes(self, month: str, before: str = "~") -> int:
        """How many changes a month (UTC) has, made before an instant."""
        return int(
            self._run("SELECT count(*) FROM changes WHERE month = ? AND at < ?", (month, before)).fetchone()[
                0
            ]
        )

    def changes_since(self, instant: dt.datetime, limit: int) -> tuple[Change, ...]:
        """What was corrected, withdrawn or settled from an instant on, oldest first."""
        sql = "SELECT body FROM changes WHERE at >= ? ORDER BY at, key, number LIMIT ?"
        return tuple(_change(body) for (body,) in self._run(sql, (instant_text(instant), limit)))

    # -- what came out when ---------------------------------------------------------------------

    def newest_out(self, limit: int) -> tuple[Update, ...]:
        """The live updates that came out last, newest first, whatever day they are about."""
        return tuple(self._updates("WHERE live ORDER BY out DESC, position DESC LIMIT ?", limit))

    def out_since(self, instant: dt.datetime, limit: int) -> tuple[Update, ...]:
        """The live updates that came out from an instant on, oldest first."""
        return tuple(
            self._updates(
                "WHERE live AND out >= ? ORDER BY out, position LIMIT ?", instant_text(instant), limit
            )
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

    def withdrawn(self, feed: str, since: dt.datetime, limit: int) -> tuple[Gone, ...]:
        """What was taken back since then from a front, or from UPDATES, ITEMS or OPINION, newest first."""
        rows = self._run(
            "SELECT at, key, number FROM gone WHERE feed = ? AND at >= ?"
            " ORDER BY at DESC, key, number LIMIT ?",
            (feed, since.isoformat(), limit),
        )
        return tuple(Gone(dt.datetime.fromisoformat(at), key, number) for at, key, number in rows)

    def last_withdrawn(self, feed: str) -> dt.datetime | None:
        """When something was last taken back from a feed."""
        at = self._run("SELECT max(at) FROM gone WHERE feed = ?", (feed,)).fetchone()[0]
        return dt.datetime.fromisoformat(at) if at else None
