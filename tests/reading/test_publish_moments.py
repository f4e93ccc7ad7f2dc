"""``publish:`` is understood whole, or refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Reading, Severity
from sitrep.lexicon.waiting.keys import clock_words
from sitrep.lexicon.waiting.plain import plain
from tests.reading.dialect import read
from tests.reading.holding import BODY, DATE

ZONES = ["UTC", "Z", "+03:00", "CET", "New York", "Asia/Damascus", "Europe/Berlin"]
TIMES = {
    "2330": (23, 30),
    "23:30": (23, 30),
    "11:30 pm": (23, 30),
    "noon": (12, 0),
    "at 6am": (6, 0),
    "": (0, 0),
    "18 Uhr": (18, 0),
    "à 6h30": (6, 30),
    "um 06:30 Uhr": (6, 30),
}


@pytest.mark.parametrize("time", TIMES)
def test_a_moment_is_understood_however_the_clock_is_written(time: str) -> None:
    """Hours as people write them are the hours that they mean, in the site's zone."""
    reading = read(f"---\npublish: 2030-01-05 {time}\n---\n{DATE}\n\n{BODY}")
    hour, minute = TIMES[time]
    local = dt.datetime(2030, 1, 5, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert [update.publish_at for update in reading.updates] == [local]


@pytest.mark.parametrize(("zone", "hour"), [("UTC", 8), ("New York", 13), ("Europe/Berlin", 7), ("CET", 7)])
def test_a_zone_may_be_a_city(zone: str, hour: int) -> None:
    """A zone is taken by its name, and by its city where only one zone has it."""
    reading = read(f"---\npublish: 2030-01-05 08:00 {zone}\n---\n{DATE}\n\n{BODY}")
    assert [update.publish_at for update in reading.updates] == [dt.datetime(2030, 1, 5, hour, tzinfo=dt.UTC)]


def test_the_end_of_a_day_is_the_start_of_the_next() -> None:
    """24:00 is not a minute early."""
    reading = read(f"---\npublish: 2030-01-05 24:00\n---\n{DATE}\n\n{BODY}")
    assert [update.publish_at for update in reading.updates] == [dt.datetime(2030, 1, 5, 21, tzinfo=dt.UTC)]


LEFT = [
    "evening",
    "25:00",
    "2500",
    "Springfield",
    "or later",
    "UTC+25",
    "XST",
    "24:30",
    "8",
    "?",
    "(Anna decides)",
    "tomorrow",
    "before noon",
    "06:00 Atlantis",
    "and 2031-01-01",
    "18:00 am",
    "morning",
    "06:00 07:00",
]


@given(
    st.sampled_from(LEFT) | st.from_regex(r"[b-df-hj-np-tv-z]{5,9}", fullmatch=True),
    st.sampled_from(["", "08:00 "]),
)
def test_a_moment_with_anything_left_over_is_refused(left: str, time: str) -> None:
    """A word, number or zone that is not understood beside the date is no reason to publish at midnight."""
    reading = read(f"---\npublish: 2024-01-05 {time}{left}\n---\n{DATE}\n\n{BODY}")
    assert reading.refused or not lexicon_leaves(left, reading), left


def lexicon_leaves(left: str, reading: Reading) -> bool:
    """True if a word that was drawn at random is no word of the clock, and so must be refused."""
    return plain(left) not in clock_words() and reading.updates[0].publish_at is not None


@given(
    st.sampled_from(
        ["", "tomorrow", "?", "soon", "later", "2024-02-30", "31.04.2024", "18:00", "Friday", "2030"]
    )
)
def test_a_moment_that_is_none_is_refused(value: str) -> None:
    """Nothing, a day that does not exist, and a time without a day are refused with the line."""
    reading = read(f"---\npublish: {value}\n---\n{DATE}\n\n{BODY}")
    assert reading.refused
    assert [p.line for p in reading.problems if p.severity is Severity.ERROR] == [2]
