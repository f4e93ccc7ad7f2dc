"""When an update first came out: a live one, an import, a time given in its text."""

from __future__ import annotations

import datetime as dt

import pytest

from sitrep.base.nouns import Severity
from tests.identity.samples import DAY, HOUR, NOW, settled, update

MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2024, 12, 6, 9, tzinfo=dt.UTC)
"""Noon in Damascus."""


@pytest.mark.parametrize("day", [DAY, DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)])
def test_a_live_update_is_stamped_with_now(day: dt.date) -> None:
    """First seen on its date, the day after or before it: published at that very second."""
    shown = settled(
        None, update("a", date=day), NOW + dt.timedelta(microseconds=7), key=day.isoformat()
    ).update
    assert (shown.published, shown.updated, shown.exact) == (NOW, NOW, True)
    assert shown.items[0].published == shown.items[0].updated == NOW


@pytest.mark.parametrize(("key", "minute"), [("2024-12-06", 0), ("2024-12-06-2", 1), ("2024-12-06-75", 74)])
def test_an_import_gets_noon_of_its_date(key: str, minute: int) -> None:
    """Older texts get noon of their date in the site's zone, a minute later for each one that day."""
    late = NOW + 40 * 24 * HOUR
    one = settled(None, update("a"), late, key=key)
    assert one.update.published == NOON + minute * MINUTE
    assert not one.update.exact
    assert one.events == settled(None, update("a"), late + 900 * HOUR, key=key).events


def test_the_day_of_the_site_counts() -> None:
    """At 22:30 UTC it is already tomorrow in Damascus, so the day before yesterday there is an import."""
    text = update("a", date=dt.date(2024, 12, 5))
    assert settled(None, text, NOW.replace(hour=20), key="2024-12-05").update.exact
    assert not settled(None, text, NOW.replace(hour=22), key="2024-12-05").update.exact


@pytest.mark.parametrize("now", [NOW, NOW + 4000 * HOUR])
@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        (None, 12),
        ("Europe/Berlin", 14),
        ("+05:30", 9),
        ("-03:00", 18),
        ("UTC", 15),
        ("../etc", 12),
        ("No", 12),
    ],
)
def test_a_time_in_the_text_wins(now: dt.datetime, zone: str | None, hour: int) -> None:
    """A time the author gave is when it was published, in the author's zone or else in the site's."""
    text = update("a", time=dt.time(15), zone=zone)
    shown = settled(None, text, now).update
    assert shown.published is not None
    assert shown.published.replace(minute=0) == NOW.replace(hour=hour, minute=0, second=0)
    assert shown.exact


def test_a_time_ahead_is_not_believed() -> None:
    """No live update is stamped in the future; the writer is told."""
    one = settled(None, update("a", time=dt.time(23, 59)))
    assert one.update.published == NOW
    assert [p.severity for p in one.problems] == [Severity.WARNING]


def test_an_embargoed_import_is_not_older_than_its_embargo() -> None:
    """Without a ledger, the end of an embargo stands for the moment it came out."""
    until = dt.datetime(2024, 12, 6, 16, tzinfo=dt.UTC)
    assert settled(None, update("a", publish_at=until), NOW + 9000 * HOUR).update.published == until
