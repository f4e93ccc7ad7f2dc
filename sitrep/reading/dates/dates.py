"""Finds the dates and times in a short text: folded words in, days of the calendar out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sitrep.base.folding import ascii_digits, folded
from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.reading.dates.calendars import in_common_calendar
from sitrep.reading.dates.clocks import clock
from sitrep.reading.dates.forms import alternatives, form_patterns
from sitrep.reading.dates.ordinals import with_digits

Order = Literal["dmy", "mdy", "ymd"]
"""How a date of three numbers goes; ``ymd`` where languages put the year of two digits first, and one of four
where they do not, behind day and month."""

DATE, TIME = "\x01", "\x02"
"""Marks that stand in ``Dated.rest`` for a date and a time."""
_YEAR_FIRST = frozenset(("ja", "ko", "zh", "yue", "hu", "mn"))
_Y = r"(?:19|20)\d\d"
_TH = r"(?:st|nd|rd|th|er|[oa°])?"
_NTH = r"(?:°|(?!am|pm|h|z|u)[-:.']?[^\W\d_]{1,3}(?=[\s.,]))?"
"""What is written onto the number of a day before its month: 6th, 1er, 1º, 6:e, 6-го, 6η."""
_SEP = r"[-./_‐‑]"
UNTIL = """
    - – — ~ 〜 / & to until till through thru and bis au al hasta do до по إلى تا na на 至 到 から 부터
"""
_TO = f"(?:{'|'.join(re.escape(folded(word)) for word in UNTIL.split())})"


class FoundDate(NamedTuple):
    """A date as written; ``year`` is None where the text gives none."""

    year: int | None
    month: int
    day: int
    text: str
    doubtful: bool = False
    """Day and month could change places."""
    weekday: int | None = None
    """0 for Monday, where the form names it."""


class Impossible(NamedTuple):
    """Digits that look like a date and are none."""

    text: str
    year: int | None
    month: int
    day: int


class Dated(Struct, frozen=True, kw_only=True):
    """What a short text says about time, and what is left of it without that."""

    date: dt.date | None
    impossible: Impossible | None
    yearless: bool
    """There is a day and a month, and no year is known."""
    full: bool
    """The date gives its own year."""
    time: dt.time | None
    zone: str | None
    weekday: int | None
    """0 for Monday, where the text names one."""
    doubtful: bool
    """The digits of the date are a day in either order."""
    span: bool
    """There are two days, from the one to the other."""
    rest: str
    """The text folded, each date as ``\\x01``, each time as ``\\x02``."""


@cache
def _names(languages: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int]]:
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for lang in languages:
        for name, number in month_names(lang).items():
            months.setdefault(name, number)
        for name, number in weekday_names(lang).items():
            days.setdefault(name, number)
    return months, days


@lru_cache(maxsize=16)
def _patterns(
    languages: tuple[str, ...], order: Order
) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What finds a date, and the languages whose names of months it reads; the most certain first."""
    months, _ = _names(languages)
    # A month that is called by its number (12月) is read by the forms of its language alone.
    names = alternatives(name for name in months if not any(map(str.isdecimal, name)))
    twice = rf"(?:\s?[/(]\s?(?:{names})\s?\)?)?" if len(languages) > 1 else ""
    month = rf"(?<![^\W\d_])(?P<month>{names})(?![^\W\d_])\.?{twice}"
    # A sign for the year may be written onto it: 2024г, 2024م.
    year = rf"(?P<y>{_Y}(?!\d|(?!r\b)[a-z_])|['’]?\d\d(?![\d\w]|\s?[:.h]\s?\d))"
    gap = r"(?:[\s.,،၊/|]{0,3}|-)"
    of = r"(?:(?:of|de|del)\s)?"
    generic = tuple(
        lazy_pattern(p)
        for p in (
            rf"(?<!\d)(?P<y>{_Y})(?P<s>\s?{_SEP}\s?)(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)",
            rf"(?<!\d)(?P<y>{_Y}){gap}{month}{gap}(?P<d>\d{{1,2}}){_TH}(?![\d\w])",
            rf"(?<![\w.])(?P<y>{_Y})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![^\W_])",
            rf"(?<![\d./])(?:\d{{1,2}}\.?\s?[-–]\s?(?=\d{{1,2}}[./])|\d{{1,2}}\.?/(?=\d{{1,2}}[-.]))?"
            rf"(?P<a>\d{{1,2}})(?:(?P<s>\s?{_SEP}\s?)(?P<b>\d{{1,2}})(?P=s)|\s?(?P<t>[./])\s?(?P<b2>\d{{1,2}})\s?(?P=t)\s?)"
            rf"(?P<y>{_Y}|['’]?\d\d(?!\s?[:h]\s?\d))(?![\d]|[./]\d)",
            rf"{month}\s?\d{{1,2}}{_TH}\s?{_TO}\s?(?P<d>\d{{1,2}}){_TH}(?!\d)(?:[\s,]{{1,2}}{year})?(?!\d|[a-z_])",
            rf"(?<!\d)(?P<d>\d{{1,2}}){_NTH}{gap}{of}{month}{gap}{of}{year}",
            rf"(?<!\d)(?P<d>\d{{1,2}}){_NTH}{gap}{of}{month}(?!{gap}\d{{1,2}}{_TH},?\s{_Y})",
            rf"{month}{gap}(?:the\s)?(?P<d>\d{{1,2}}){_TH}(?:(?:\s?[,،၊]\s?|\s|-|/){year})?(?!\d|[a-z_])",
            rf"(?<!\d)(?<!\d[.,:/ ])(?P<a>\d{{1,2}})(?P<s>\s)(?P<b>\d{{2}})\s(?P<t>)(?P<b2>)"
            rf"(?P<y>{_Y})(?![\d\w])",
        )
    )
    # What a language's own form says goes before what words of other languages might mean.
    own = [(pattern, (lang,)) for lang in languages for pattern in form_patterns(lang)]
    if order == "ymd":
        generic = (_YEAR_FIRST_FORM, *generic)
    return (*own, *((pattern, languages) for pattern in generic))


_YEAR_FIRST_FORM = lazy_pattern(
    rf"(?<![\d./])['’]?(?P<a>\d\d)(?P<s>\s?{_SEP}\s?)(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{1,2}})(?!\d)"
)
_SHORT = lazy_pattern(
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./])(?P<b>\d{1,2})\.?(?![\d./-]|\s?(?:gmt|utc|am|pm))"
)
_SHORT_PERSIAN = lazy_pattern(r"(?<![۰-۹/])[۰-۹]{2}/[۰-۹]{1,2}/[۰-۹]{2}(?![۰-۹/])")
"""۰۳/۰۹/۱۶: year or day first, of this calendar or that; no day is made of it."""
_ISO_TIME = lazy_pattern(rf"(?<={DATE})t(?=\d)")
_BEFORE = lazy_pattern(rf"\d{{1,2}}(?:[./]\d{{1,2}})?\.?{_TH}\s?{_TO}\s?(?={DATE})")
_WITHIN_MONTH = lazy_pattern(rf"[^\W\d_]\W*\d{{1,2}}(?:{_TH}|[日号號])\s?{_TO}\s?\d{{1,2}}{_TH}(?!\d)")
"""March 3-9: the days of a range behind the name of their month."""
_BETWEEN = lazy_pattern(rf"\s*{_TO}\s*$")
_FULL_WIDTH = "\u2e80"
"""Before it a letter alone may have lost its signs, and is no word."""
_WORD = lazy_pattern(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_VERSION = lazy_pattern(r"\s*0\.")
"""A lone nought before a full stop: 0.10.36 is a program's version, no day of any order."""


def _numbers(m: re.Match[str], order: Order, months: dict[str, int], days: dict[str, int]) -> FoundDate:
    groups = m.groupdict()
    year = (groups.get("y") or "").lstrip("'’") or None
    if "a" in groups:
        first, second = int(groups["a"]), int(groups["b"] or groups["b2"])
        if order == "ymd" and len(year or "") < 3:
            return FoundDate(full_year(groups["a"]), second, int(year or 0), m[0])
        day, month = (second, first) if order == "mdy" else (first, second)
        doubtful = is_doubtful(first, second, groups["s"] or groups["t"], order)
        return FoundDate(full_year(year) if year else None, month, day, m[0], doubtful)
    day = int(groups["d"])
    month = months[groups["month"]] if "month" in groups else int(groups["m"])
    weekday = days.get(groups.get("weekday") or "")
    return FoundDate(None if year is None else full_year(year), month, day, m[0], weekday=weekday)


def is_doubtful(first: int, second: int, sign: str, order: Order) -> bool:
    """True if two numbers are a day of the calendar in either order, and not the same one. Where days come
    first anyway, full stops between them are no doubt: nobody writes months first with them."""
    if first == second or (order != "mdy" and "." in sign):
        return False
    return 1 <= first <= 12 and 1 <= second <= 12


def order_in(lang: str, order: Order) -> Order:
    """The order of dates of two digits each in a text of that language, where the site's is ``order``."""
    return "ymd" if lang.partition("-")[0] in _YEAR_FIRST else order


def full_year(digits: str) -> int:
    """Two digits are a year from 1970 to 2069, as in POSIX."""
    year = int(digits.lstrip("'’"))
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _take(text: str, order: Order, languages: tuple[str, ...]) -> tuple[str, list[FoundDate]]:
    """The text with each date replaced by a mark, and the dates in the order in which they stand."""
    found: dict[int, FoundDate] = {}
    for pattern, langs in _patterns(languages, order):
        months, days = _names(langs)
        for m in pattern.finditer(text):
            found[m.start()] = _numbers(m, order, months, days)
        if found:
            text = pattern.sub(lambda m: DATE + "\x03" * (len(m[0]) - 1), text)
    return text, [found[position] for position in sorted(found)]


def _resolve(found: FoundDate, year: int | None) -> dt.date | Impossible | None:
    known = found.year if found.year is not None else year
    try:
        day = dt.date(known or 2000, found.month, found.day)
    except ValueError:
        return Impossible(found.text.strip(), found.year, found.month, found.day)
    return day if known else None


def _without_clock(text: str, languages: tuple[str, ...]) -> tuple[str, dt.time | None, str | None]:
    found = clock(text, languages)
    if found is None:
        return text, None, None
    return text[: found.start] + TIME + text[found.end :], found.time, found.zone


def dated(text: str, *, order: Order, languages: Sequence[str] = ("en",), year: int | None = None) -> Dated:
    """What a short folded text says about day and time. ISO dates are read as such whatever the order.
    ``year`` stands in where the text gives none. A range counts as its later end. Month and weekday names are
    those of the languages."""
    langs = tuple(languages)
    text = _SHORT_PERSIAN.sub(" ", text)
    rest, all_found = _take(in_common_calendar(ascii_digits(with_digits(text)), langs, year), order, langs)
    if not all_found and year is not None and order == "mdy" and (m := _SHORT.search(rest)):
        all_found = [_numbers(m, order, {}, {})]
        rest = rest[: m.start()] + DATE + rest[m.end() :]
    all_found = [found for found in all_found if not _VERSION.match(found.text)]
    rest, begun = _BEFORE.subn("", rest.replace("\x03", ""))
    rest = _ISO_TIME.sub(" ", rest)
    rest, time, zone = _without_clock(rest, langs)
    is_range = _is_range(all_found, rest)
    date, impossible, yearless = _choose(all_found, is_range, year)
    _, days = _names(langs)
    weekday = next((found_date.weekday for found_date in all_found if found_date.weekday is not None), None)
    if weekday is None:
        weekday = next(
            (days[w] for w in _WORD.findall(rest) if w in days and (len(w) > 1 or w > _FULL_WIDTH)), None
        )
    return Dated(
        date=date,
        impossible=impossible,
        yearless=yearless,
        full=any(found_date.year is not None for found_date in all_found),
        time=time,
        zone=zone,
        weekday=weekday,
        doubtful=len(all_found) == 1 and all_found[0].doubtful,
        span=is_range or begun > 0 or any(_WITHIN_MONTH.search(found.text) for found in all_found),
        rest=rest,
    )


def _is_range(found: list[FoundDate], rest: str) -> bool:
    gaps = rest.split(DATE)
    return len(found) > 1 and len(gaps) > 2 and bool(_BETWEEN.match(gaps[1]))


def _choose(
    found: list[FoundDate], is_range: bool, year: int | None
) -> tuple[dt.date | None, Impossible | None, bool]:
    """The date meant: the later end of a range, else the first one."""
    if not found:
        return None, None, False
    if is_range and found[0].year is None and found[1].year is not None:
        found = found[1:]
    days: list[dt.date] = []
    for found_date in found[: 2 if is_range else 1]:
        day = _resolve(found_date, days[0].year if days else year)
        if isinstance(day, Impossible):
            return None, day, False
        if day is not None and days and day < days[0] and found_date.year is None:
            day = _resolve(found_date, day.year + 1)
        if isinstance(day, dt.date):
            days.append(day)
    return (max(days), None, False) if days else (None, None, True)
