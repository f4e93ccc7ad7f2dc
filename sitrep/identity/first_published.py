"""An update seen for the first time and the moment -> the instant it counts as published.

All instants are UTC in whole seconds.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sitrep.base.nouns import Problem, Severity, Update
from sitrep.identity.remarks import remark
from sitrep.reading.dates.zones import tzinfo_of

_NOON = dt.time(12)


class Stamp(NamedTuple):
    """When an update came out, and when this site first saw it."""

    published: dt.datetime
    at: dt.datetime
    exact: bool
    problems: tuple[Problem, ...] = ()


LATE_AT_ONCE = 5
"""So many older updates that come to a living site at once are late news; more are an import."""
AT_ONCE = dt.timedelta(minutes=10)
"""So long after one another texts come at once, where a watcher publishes each as it comes."""


def is_recent(day: dt.date, now: dt.datetime, zone: ZoneInfo) -> bool:
    """True of the site's own day, the day before it, and days to come."""
    return now.astimezone(zone).date() <= day + dt.timedelta(days=1)


def first_stamp(update: Update, key: str, now: dt.datetime, zone: ZoneInfo, *, late: bool = False) -> Stamp:
    """The stamps of an update that the ledger does not know.

    A time given in the text wins, but never lies ahead. Without one, an update first seen on its date
    or the day after (in the site's zone) came out now, and so did an older one that is ``late`` news; any
    other older one at noon of its date, a minute later for each further update of that day, so that an
    import gives the same stamps at any time.
    """
    stated = stated_instant(update, zone)
    if late or is_recent(update.date, now, zone):
        if stated is None or stated <= now:
            return Stamp(published=stated or now, at=now, exact=True)
        fact = f"the time it gives, {stated:%Y-%m-%d %H:%M} UTC, has not come yet; it is stamped with now"
        remedy = f"check the time and its zone; without one the site's zone counts: {zone.key}"
        problem = remark(update, fact, remedy, Severity.WARNING)
        return Stamp(published=now, at=now, exact=True, problems=(problem,))
    if stated is not None:
        return Stamp(published=stated, at=stated, exact=True)
    later = dt.timedelta(minutes=int(key[11:] or 1) - 1)
    noon = (dt.datetime.combine(update.date, _NOON, tzinfo=zone) + later).astimezone(dt.UTC)
    return Stamp(published=noon, at=noon, exact=False)


def stated_instant(update: Update, zone: ZoneInfo) -> dt.datetime | None:
    """The instant the author gave (UTC): the time of the text, not before the end of an embargo."""
    if update.time is None:
        return update.publish_at and update.publish_at.astimezone(dt.UTC).replace(microsecond=0)
    place = _zone_named(update.zone) or zone
    given = dt.datetime.combine(update.date, update.time.replace(microsecond=0), tzinfo=place)
    given = given.astimezone(dt.UTC)
    return max(given, update.publish_at.astimezone(dt.UTC)) if update.publish_at else given


def _zone_named(name: str | None) -> dt.tzinfo | None:
    """The zone an author named, None if there is no such."""
    try:
        return tzinfo_of(name) if name else None
    except ValueError:
        return None
