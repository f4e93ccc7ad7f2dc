"""Values -> the short texts that stand for them in files and messages: instants, counts, lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from sitrep.base.patterns import lazy_pattern


def instant_text(instant: dt.datetime) -> str:
    """RFC 3339 in UTC, whole seconds: sortable as text."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=256)
def rfc3339(instant: dt.datetime) -> str:
    """``2024-12-06T20:40:00+00:00``, as feedgen writes it."""
    return instant.isoformat()


def listed(names: Sequence[str], most: int) -> str:
    """``a, b and 3 more``: so many of them by name."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=256)
def rfc822(instant: dt.datetime) -> str:
    """``Fri, 06 Dec 2024 20:40:00 +0000`` (RFC 822 with the year in full, as RSS 2.0 asks)."""
    day, month = _DAYS[instant.weekday()], _MONTHS[instant.month - 1]
    return f"{day}, {instant.day:02d} {month} {instant.year:04d} {instant:%H:%M:%S} +0000"


def whole_second(instant: dt.datetime) -> dt.datetime:
    """The instant in UTC without its fraction of a second."""
    if instant.tzinfo is dt.UTC and not instant.microsecond:
        return instant
    return instant.astimezone(dt.UTC).replace(microsecond=0)


_CONTROLS = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNS = lazy_pattern("[\u202a-\u202e\u2066-\u2069]")


def without_controls(text: str) -> str:
    """The text with U+FFFD for what no parser takes and what a terminal obeys, and without the signs that
    turn the direction of what follows (Unicode Annex 9); tabs and new lines stay."""
    return text if text.isprintable() else _CONTROLS.sub("\ufffd", _TURNS.sub("", text))


_UNPRINTABLE = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Text on one line that cannot steer a terminal or turn its neighbours round: such signs written out."""
    return _UNPRINTABLE.sub(lambda sign: repr(sign[0])[1:-1], text)
