"""Why no date was found in a text that tells its day in a way that is not reckoned, and what to write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import islice

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import fold
from sitrep.reading.dates.calendars import ISLAMIC
from sitrep.reading.words import words_of

_LOOKED_AT = 3
_SAID = words_of("missing_dates")
_WEEK = lazy_pattern(
    rf"\b(?:{_SAID['week']})\.?\s?(?:no\.?\s?)?(?P<week>\d{{1,2}})\b(?:\D{{1,9}}(?P<year>20\d\d))?"
)
_RELATIVE = lazy_pattern(rf"\b(?:{_SAID['relative']})\b")
_ISLAMIC = lazy_pattern(rf"\b(?:{ISLAMIC})\b.*\b1[34]\d\d")
_HEBREW = lazy_pattern(rf"\b(?:{_SAID['hebrew']})\b.*\b57\d\d\b|תש[א-ת]?[\"״']?[א-ת]")
_EXAMPLE = "write one as the first line, for example: Update 07-12-2024"


def why_undated(lines: Sequence[str]) -> tuple[str, str]:
    """Fact and remedy for a text without a date."""
    for line in islice((fold(line) for line in lines if line.strip()), _LOOKED_AT):
        if (found := _WEEK.search(line)) and (days := _days_of(found)):
            return f"no date found: week {found['week']} is {days}", f"{_EXAMPLE}, with the day that is meant"
        if _ISLAMIC.search(line):
            return "no date found: the Islamic calendar is not reckoned here", f"beside that day, {_EXAMPLE}"
        if _HEBREW.search(line):
            return "no date found: the Hebrew calendar is not reckoned here", f"beside that day, {_EXAMPLE}"
        if len(line) < 80 and (found := _RELATIVE.search(line)):
            return f'no date found: "{found[0]}" is another day for every reader', _EXAMPLE
    return "no date found", _EXAMPLE


def _days_of(found: re.Match[str]) -> str:
    """From when to when a week goes (ISO 8601); empty where there is no such week."""
    if not found["year"]:
        return "no day"
    try:
        monday = dt.date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    except ValueError:
        return ""
    return f"{monday.isoformat()} to {(monday + dt.timedelta(days=6)).isoformat()}"
