"""Tells whether a short line dates what follows it: a line in, a dateline or nothing out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from sitrep.base.languages.month_names import month_names
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, replace
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.dates.calendars import NUMERALS
from sitrep.reading.dates.dates import (
    Dated,
    Impossible,
    Order,
    dated,
    full_year,
    is_doubtful,
)
from sitrep.reading.dates.words_beside import PARTED, Weighed
from sitrep.reading.rows import ends_sentence, is_capital

LONGEST = 120
_LONGEST_HEAD = 70
_DIGIT = lazy_pattern(rf"\d|[{NUMERALS}]\s?[年月日号號]")
_COMMON = lazy_pattern(
    r"(?:(updates?) )?(?=[0-9]{1,2}\D|(?:19|20)[0-9]{2}\D)([0-9]{1,4})([-./])([0-9]{1,2})\3"
    r"((?:19|20)[0-9]{2}|[0-9]{1,2})",
    re.IGNORECASE,
)
_MESSAGE = lazy_pattern(r"[^\[\]]{1,60},\s\[([^\[\]]+)\]:?")
"""The head of a message copied from a chat: "Channel, [06.12.2024 14:30]"."""
_ENDS_DATED = lazy_pattern(r"\d[\W_]*$")
_LONGEST_LABELLED = 50
"""A longer line that ends in a date is a sentence, though it has a word such as "update" in it."""
# Numbers of programs, of which some are days of a calendar: "Bpm 1.2.11 to 1.2.12", "Version 1.2.8".
_AMERICAN = lazy_pattern(r"(?:[^\d]{0,30}\s)?[1-9]\d?/[1-9]\d?/(?:20)?\d\d,?\s\d{1,2}:\d\d(?::\d\d)?\s[AP]M")
"""As programs write day and hour in the United States; elsewhere the halves of the day are written small."""
_VERSION = lazy_pattern(
    r"(?i)(?<![\d.])(\d+\.\d+)\.\d+(?!\d)[^.]*(?<![\d.])\1\.\d+(?!\d)"
    r"|\b(?:v|versi[oó]ns?|versions?|версия|версії|версія)\.? ?\d+\.\d+\.\d"
    r"|(?<![\d.])\d+\.0\.\d|(?<![\d.])0\.\d+\.\d"
    # A year has two figures, or four: 1.36.12 to 1.37.1.
    r"|(?<![\d.])\d{1,3}\.\d{1,3}\.(?:\d|\d{3})(?![\d.]*\d)"
)
_NUMBERED = lazy_pattern(r"[1-9]\d?\.[1-9]\d?\.[1-9]\d")
_AMID = lazy_pattern(r"[^\W\d].*\s[1-9]\d?\.[1-9]\d?\.[1-9]\d[\s,]+[^\W\d]")
"""Words on both sides of such a number: "Upgrade to 10.4.22 finished"."""
_LINKED = lazy_pattern(r"\]\(|https?:|www\.|@(?!\d)")


class Dateline(Struct, frozen=True, kw_only=True):
    """What a line says about the update below it."""

    date: dt.date | None
    """None where only a time is given: another update of the day before it in the file."""
    time: dt.time | None = None
    zone: str | None = None
    title: str | None = None
    """A headline on the same line, in the author's words."""
    body: str | None = None
    """Text of the update that begins on the same line."""
    stamp: bool = False
    """It dates the document ("Published 6 December 2024"); below another date it opens nothing."""
    has_word: bool = False
    """It says "update" or the like."""
    weekday: int | None = None
    """The day of the week it names, 0 for Monday."""
    full: bool = True
    """It gives its own year."""
    unknown: frozenset[str] = frozenset()
    """Folded words in it that are not known beside a date."""
    doubtful: bool = False
    """Its digits are a day in either order, and nothing in the line says which."""
    span: bool = False
    """It names two days, and its date is the later one: what it covers, if another line gives the day."""
    month_first: bool = False
    """It was read so because of how it tells the hour, whatever the config says."""


class Misdated(NamedTuple):
    """A line that is meant as a dateline and gives no day of the calendar."""

    fact: str
    remedy: str


Place = Literal["plain", "early", "heading", "first"]


def read_dateline(
    text: str,
    place: Place,
    vocabulary: Vocabulary,
    order: Order,
    year: int | None = None,
    words: frozenset[str] = frozenset(),
) -> Dateline | Misdated | None:
    """What a line's text says, if it is short and a date, or a time after an update word, rules it.
    ``place``: ``heading`` for a line marked as one, ``first`` for the first line of the file, ``early`` for
    one with no date above it; there more words may stand beside the date. ``year`` is known from elsewhere
    and completes a date without one; ``words`` (folded) stood beside earlier dates of the same file."""
    if len(text) > LONGEST:
        return _glued(text, vocabulary, order, year)
    if not _DIGIT.search(text) or _LINKED.search(text) or _VERSION.search(text):
        return None
    if common := _common(text, order):
        return common
    if american := order == "dmy" and _AMERICAN.fullmatch(text) is not None:
        order = "mdy"
    if message := _MESSAGE.fullmatch(text):
        text = message[1]
    folded = fold(text)
    languages = vocabulary.date_languages(folded)
    if languages is None:
        return None
    when = dated(folded, order=order, languages=languages, year=year)
    weighed = Weighed.of(text, when, vocabulary, words)
    if when.date is None and when.impossible is None and not when.yearless:
        return _time_only(when, weighed)
    if not _rules(text, weighed, place):
        return None
    if when.impossible or when.date is None:
        return _misdated(when, weighed, place, order)
    line = _dateline(text, when, weighed)
    return replace(line, month_first=True) if american else line


def read_day(text: str, vocabulary: Vocabulary, order: Order, year: int | None = None) -> dt.date | None:
    """The day that a short line gives, whatever else it says; ``year`` stands in where it gives none."""
    folded = fold(text)
    languages = vocabulary.date_languages(folded) if len(text) <= LONGEST else None
    return dated(folded, order=order, languages=languages, year=year).date if languages else None


def _dateline(text: str, when: Dated, weighed: Weighed) -> Dateline:
    title = _title(text, weighed)
    is_text = title is not None and title == weighed.parted and title[-1] in ".。"
    return Dateline(
        date=when.date,
        time=when.time,
        zone=when.zone,
        title=None if is_text else title,
        body=title if is_text else None,
        stamp=weighed.stamp and not weighed.has_word,
        has_word=weighed.has_word,
        weekday=when.weekday,
        full=when.full,
        unknown=frozenset(weighed.unknown),
        doubtful=when.doubtful and when.weekday is None,
        span=when.span,
    )


def _glued(text: str, vocabulary: Vocabulary, order: Order, year: int | None) -> Dateline | None:
    """A long line that begins like a dateline with an update word, and goes on after a colon or dash."""
    parted = PARTED.search(text, 0, _LONGEST_HEAD)
    if parted is None or not _DIGIT.search(text, 0, parted.start()):
        return None
    head = read_dateline(text[: parted.start()], "plain", vocabulary, order, year)
    if not isinstance(head, Dateline) or head.date is None or not head.has_word or head.unknown:
        return None
    return replace(head, body=text[parted.end() :])


def _common(text: str, order: Order) -> Dateline | None:
    """The most frequent forms without further ado: "Update 06-12-24", "2024-12-06"."""
    found = _COMMON.fullmatch(text)
    if found is None:
        return None
    a, b, c = int(found[2]), int(found[4]), int(found[5])
    try:
        if len(found[2]) == 4:
            date = dt.date(a, b, c)
        elif order == "ymd" and len(found[5]) < 4:
            date = dt.date(full_year(found[2]), b, c)
        elif len(found[5]) == 1 or "50" <= found[5] <= "69":
            return None  # The year of another calendar, if it is one.
        else:
            day, month = (b, a) if order == "mdy" else (a, b)
            date = dt.date(full_year(found[5]), month, day)
    except ValueError:
        return None
    doubtful = len(found[2]) < 4 and order != "ymd" and is_doubtful(a, b, found[3], order)
    return Dateline(date=date, has_word=found[1] is not None, doubtful=doubtful)


def _rules(text: str, weighed: Weighed, place: Place) -> bool:
    """True if the date and known words rule the line."""
    if weighed.elsewhere:
        return False
    if not weighed.unknown:
        return True
    if not weighed.has_word and _AMID.match(text):
        return False
    if weighed.parted and (weighed.has_word or place not in ("plain", "early")):
        return True
    if ends_sentence(text) and place != "heading" and not weighed.ends_dated:
        return False
    count = len(weighed.unknown)
    if place == "first":
        return count <= (12 if weighed.has_word else 5)
    if place == "heading":
        return count <= (6 if weighed.has_word else 2)
    if place == "early" and not weighed.has_word and count <= 2 and text[-1].isdigit() and _titled(text):
        return True
    if not weighed.has_word:
        return False
    if count <= 4 and (weighed.head or _titled(text)):
        return True
    return count <= 2 and bool(_ENDS_DATED.search(text)) and len(text) <= _LONGEST_LABELLED


def _titled(text: str) -> bool:
    """True if the words are written like a title: "Syria Situation Update 06-12-24"."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return all(is_capital(w[0]) for w in words)


def _time_only(when: Dated, weighed: Weighed) -> Dateline | None:
    if when.time is None or not weighed.has_word or weighed.unknown or weighed.elsewhere:
        return None
    return Dateline(date=None, time=when.time, zone=when.zone, has_word=True, weekday=when.weekday)


def _title(text: str, weighed: Weighed) -> str | None:
    if weighed.parted:
        return weighed.parted
    return text if len(weighed.unknown) >= 2 else None


def _misdated(when: Dated, weighed: Weighed, place: Place, order: Order) -> Misdated | None:
    if when.impossible:
        sure = weighed.has_word or place not in ("plain", "early") or when.impossible.year is not None
        # "Release 10.13.22" is the number of a program.
        sure = sure and (
            weighed.has_word or not weighed.unknown or not _NUMBERED.fullmatch(when.impossible.text)
        )
        return impossible_date(when.impossible, order) if sure else None
    if not weighed.has_word or weighed.unknown:
        return None
    return Misdated("the date has no year", "write day, month and year, for example: Update 07-12-2024")


def impossible_date(found: Impossible, order: Order) -> Misdated:
    """Why digits are no day of the calendar, and what to write."""
    written = found.text.upper() if found.text.isalpha() else found.text
    if found.month > 12 and found.day <= 12:
        other = "dmy" if order == "mdy" else "mdy"
        words = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
        return Misdated(
            f"{written} is no date in the order {words[order]}",
            f"write it as {_example(found.year, found.day, found.month)}, or set dates: order: {other} in "
            "config.yaml if all dates are written so",
        )
    if 1 <= found.month <= 12 and 1 <= found.day <= 31:
        month = next(n for n, number in month_names("en").items() if number == found.month).capitalize()
        return Misdated(
            f"{written} is not a day of the calendar", f"{month} has no day {found.day}: write the right date"
        )
    return Misdated(
        f"{written} is not a day of the calendar", "write day, month and year, for example: Update 07-12-2024"
    )


def _example(year: int | None, month: int, day: int) -> str:
    try:
        return dt.date(year or 2024, month, day).isoformat()
    except ValueError:
        return "2024-12-07"
