"""The archive -> what came out and what was changed since a day, in the order in which it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change, ChangeKind
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import instant_text
from sitrep.base.values import Struct, asdict
from sitrep.config.values import Config
from sitrep.text.summaries import headline, one_line, shortened

_DAY = dt.timedelta(days=1)
_MOST = 1_000
"""Updates and changes each, at most."""
_NEWEST = 30
"""Told where no day is given."""
_TEXT = 160


class ReportedChange(Struct, frozen=True, kw_only=True):
    """One thing that came out or was changed."""

    at: dt.datetime
    """UTC."""
    kind: str
    """``published``, ``correction``, ``withdrawal``, or the state that a claim came to."""
    update: str
    item: int | None = None
    claim: str | None = None
    before: str = ""
    after: str = ""
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """With the names that scripts rely on."""
        return asdict(self) | {"at": instant_text(self.at)}


def since_of(text: str, zone: ZoneInfo) -> dt.datetime:
    """A day (its beginning in the site's zone) or an instant, as RFC 3339. Raises SiteError."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as fault:
        remedy = "write a day: --since 2024-12-06, or an instant: --since 2024-12-06T18:00+03:00"
        raise SiteError(Problem(path="--since", fact=f'"{text}" is no date', remedy=remedy)) from fault
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=zone).astimezone(dt.UTC)


def day_of(text: str | None, now: dt.datetime, timezone: str) -> dt.date:
    """That day, or without one the day before ``now`` in the zone. Raises SiteError."""
    try:
        return dt.date.fromisoformat(text) if text else now.astimezone(ZoneInfo(timezone)).date() - _DAY
    except ValueError as fault:
        problem = Problem(path="digest", fact=f'"{text}" is no date', remedy="write a day: 2024-12-06")
        raise SiteError(problem) from fault


def changes(archive: Archive, config: Config, since: dt.datetime | None) -> tuple[ReportedChange, ...]:
    """Everything since an instant, oldest first; without one, what is newest."""
    if since is None:
        updates, found = archive.newest_out(_NEWEST), archive.changes(_NEWEST)
    else:
        updates, found = archive.out_since(since, _MOST), archive.changes_since(since, _MOST)
    news = [*(_of_update(update, config) for update in updates), *map(_of_change, found)]
    news.sort(key=lambda change: (change.at, change.update, change.item or 0))
    return tuple(news if since else news[-_NEWEST:])


def _of_update(update: Update, config: Config) -> ReportedChange:
    assert update.published is not None
    return ReportedChange(
        at=update.published, kind="published", update=update.key, after=headline(update, config)
    )


def _of_change(change: Change) -> ReportedChange:
    outcome = change.kind is ChangeKind.OUTCOME and change.state
    return ReportedChange(
        at=change.at,
        kind=change.state.value if outcome and change.state else change.kind.value,
        update=change.update,
        item=change.item,
        claim=change.claim,
        before=one_line(change.before),
        after=one_line(change.after),
        reason=one_line(change.reason) if change.reason else None,
    )


def tell_changes(news: tuple[ReportedChange, ...], zone: ZoneInfo) -> Iterator[str]:
    """One line for each, with its words below."""
    for change in news:
        place = f"/{change.update}/" + (f"#i{change.item}" if change.item else "")
        about = f"  {change.claim}" if change.claim else ""
        yield f"  {change.at.astimezone(zone):%Y-%m-%d %H:%M}  {change.kind:<14} {place}{about}"
        for label, text in (("was: ", change.before), ("now: " if change.before else "", change.after)):
            if text:
                yield f"      {label}{shortened(text, _TEXT)}"
        if change.reason:
            yield f"      why: {shortened(change.reason, _TEXT)}"
    if not news:
        yield "  nothing came out or was changed"
