"""Dates of other calendars become ISO dates where a text's language uses them: Persian, Ethiopian, Buddhist,
and the years of East Asia, of an emperor or the republic, or in characters (令和六年十二月六日). So do a
month in Roman numerals (6.XII.2024), a day of a week by ISO 8601 (2024-W49-5) and a date-time group of
armies and shipping (061830Z DEC 24), in every language.

Days of the Islamic calendar, whose months begin when the moon of each country is seen, and of the Hebrew,
whose days begin at dusk, are passed over: they stand beside the common one. Arithmetic after Reingold and
Dershowitz, *Calendrical Calculations*.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from sitrep.base.folding import folded
from sitrep.base.languages.month_names import month_names
from sitrep.base.patterns import lazy_pattern
from sitrep.reading.dates.forms import alternatives
from sitrep.reading.words import words_of

_SAID = words_of("calendars")
_PERSIAN: Sequence[str] = _SAID["persian"]
"""As Iran, Afghanistan and the Kurds call the same twelve months."""
_ETHIOPIAN: Sequence[str] = _SAID["ethiopian"]
_ERAS: Mapping[str, int] = _SAID["eras"]
"""The years before the first of each."""
NUMERALS = "〇零○一二三四五六七八九十廿卅"
_VALUES = dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SEP = r"\s?[-./]\s?"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_MONTHS = {sign: month for month, sign in enumerate(_ROMAN, 1)}
_ROMAN_FORM = (
    r"(?<![\w.])(?P<d>\d{1,2})(?:(?P<s>[-./])\s?|\s(?=\w\w))(?P<m>[ivx]{1,4})(?(s)(?P=s)\s?|\s)"
    r"(?P<y>(?:19|20)\d\d)(?!\w)"
)
_WEEK_FORM = r"(?<!\w)(?P<y>(?:19|20)\d\d)-?w(?P<w>\d\d)-?(?P<d>[1-7])(?!\w)"
_GROUP_FORM = (
    r"(?<!\d)(?P<d>\d\d)\s?(?P<clock>\d{4})\s?z?\s?(?P<month>[a-z]{3})[a-z]*\s?(?P<y>(?:20)?\d\d)(?!\w)"
)
_BASIC_FORM = r"(?<!\w)(?P<date>(?:19|20)\d{6})t(?P<clock>\d{4})(?:\d\d)?(?P<z>z?)(?!\w)"
_VIETNAMESE_FORM = r"(?:ngay\s)?(?<!\d)(?P<d>\d{1,2})\sthang\s(?P<m>\d{1,2}),?\snam\s(?P<y>\d{4})"
ISLAMIC = "|".join(_SAID["islamic"])
"""What the months of the Islamic calendar are called, as a pattern for folded text."""
_ISLAMIC_FORM = (
    rf"(?<!\d)\d{{1,2}}\s(?:{ISLAMIC})[\s,،]{{0,2}}1[34]\d\d\s?(?:ه\w*|a?h)?(?!\w)"
    r"|(?<!\d)(?:\d{1,2}[-/]\d{1,2}[-/]1[34]\d\d|1[34]\d\d[-/]\d{1,2}[-/]\d{1,2})\s?(?:ه\w*|a?h)(?!\w)"
)
_HEBREW = _SAID["hebrew"]


def in_common_calendar(text: str, languages: tuple[str, ...], year: int | None) -> str:
    """The folded text, digits from 0 to 9, with such dates as ISO dates; ``year``, of the common calendar,
    stands in where one names none. A day that its calendar does not have stays as it is."""
    for pattern, day_of in _calendars(frozenset(lang.partition("-")[0] for lang in languages)):
        text = pattern.sub(lambda m, day_of=day_of: day_of(m, year) or m[0], text)  # type: ignore[misc]
    return text


def persian(year: int, month: int, day: int) -> dt.date:
    """The day of the Persian calendar, of Iran and Afghanistan, right from 1178 to 1633 (1799 to 2255).
    Raises ValueError if the calendar has no such day."""
    length = 31 if month < 7 else 30 if month < 12 or (_new_year(year + 1) - _new_year(year) == 366) else 29
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no day of the Persian calendar: {year}-{month}-{day}")
    first = dt.date(2024, 3, 20).toordinal() + _new_year(year) - _new_year(1403)
    return dt.date.fromordinal(first + 31 * (month - 1) - max(0, month - 7) + day - 1)


def common_or_persian(year: int, month: int, day: int) -> dt.date:
    """The day of the common calendar, or of the Persian one where the year is one of its near years: programs
    number both. Raises ValueError where there is no such day."""
    return (
        persian(year, month, day) if 1350 <= year <= 1430 else dt.date(year if year > 1900 else 0, month, day)
    )


def ethiopian(year: int, month: int, day: int) -> dt.date:
    """The day of the Ethiopian calendar. Raises ValueError if the calendar has no such day."""
    length = 30 if month < 13 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= length):
        raise ValueError(f"no day of the Ethiopian calendar: {year}-{month}-{day}")
    years = 365 * (year - 2017) + year // 4 - 2017 // 4
    return dt.date.fromordinal(dt.date(2024, 9, 11).toordinal() + years + 30 * (month - 1) + day - 1)


def ethiopian_day_in(day: dt.date) -> dt.date | None:
    """The same day of the Ethiopian calendar in the common year that has the number of its Ethiopian one:
    5 Tahsas 2024 is 15 December 2031, and in December 2024 it is the 14th. None where there is none."""
    year = day.year - 8 + (day >= ethiopian(day.year - 7, 1, 1))
    since = day - ethiopian(year, 1, 1)
    days = (ethiopian(each, 1, 1) + since for each in (year - 7, year - 8))
    return next((found for found in days if found.year == year), None)


def _new_year(year: int) -> int:
    """Days up to the first of the Persian year, from an epoch of no meaning."""
    since = year + 1595
    return 365 * since + since // 33 * 8 + (since % 33 + 3) // 4


_Reckoned = Callable[[re.Match[str], int | None], str | None]


def _named(names: Mapping[str, int], reckon: Callable[[int, int, int], dt.date], offset: int) -> _Reckoned:
    def day_of(m: re.Match[str], year: int | None) -> str | None:
        groups = m.groupdict()
        month = names[groups["month"]] if groups.get("month") else int(groups["m"])
        year = int(groups["common"]) if groups.get("common") else year
        near = () if year is None else (year - offset, year - offset - 1)
        for each in (int(groups["y"]),) if groups["y"] else near:
            try:
                found = reckon(each, month, int(groups["d"]))
            except ValueError:
                continue
            if groups["y"] or found.year == year:
                return found.isoformat()
        return None

    return day_of


def _table(months: Sequence[str]) -> dict[str, int]:
    return {folded(name): number for number, names in enumerate(months, 1) for name in names.split()}


@cache
def _calendars(languages: frozenset[str]) -> tuple[tuple[re.Pattern[str], _Reckoned], ...]:
    found: list[tuple[Iterable[str], _Reckoned]] = [
        ((_ROMAN_FORM,), lambda m, _: _iso(dt.date, m["y"], _ROMAN_MONTHS.get(m["m"], 0), m["d"])),
        ((_WEEK_FORM,), lambda m, _: _iso(dt.date.fromisocalendar, m["y"], m["w"], m["d"])),
        ((_BASIC_FORM,), lambda m, _: f"{m['date']} {m['clock'][:2]}:{m['clock'][2:]}{m['z']}"),
        ((_GROUP_FORM,), _of_group),
        ((_ISLAMIC_FORM,), lambda _, __: " "),
    ]
    if languages & {"fa", "prs", "ps", "ckb", "ku"}:
        names = _table(_PERSIAN)
        found.append((_persian_forms("|".join(names)), _named(names, persian, 621)))
    if "am" in languages:
        names = _table(_ETHIOPIAN)
        found.append((_ethiopian_forms("|".join(names)), _named(names, ethiopian, 7)))
    if languages & {"ja", "zh", "ko", "yue"}:
        found.append((_east_asian_forms(), _east_asian))
    if languages & {"he", "yi"}:
        found.append(((_hebrew_form(),), lambda _, __: " "))
    if "th" in languages:
        found.append((_thai_forms(), _buddhist))
    if "my" in languages:
        months = month_names("my")
        found.append(((_burmese_form(),), lambda m, _: _iso(dt.date, m["y"], months[m["month"]], m["d"])))
    if "vi" in languages:
        found.append(((_VIETNAMESE_FORM,), lambda m, _: _iso(dt.date, m["y"], m["m"], m["d"])))
    return tuple((lazy_pattern(pattern), day_of) for patterns, day_of in found for pattern in patterns)


def _thai_forms() -> tuple[str, ...]:
    """A year of the Buddhist era, of two digits where they stand in a date and are of no near common year."""
    months = alternatives(month_names("th"))
    return (
        r"(?:พ\.?ศ\.?\s?)?(?<!\d)(?P<y>2[45]\d\d)(?!\d)",
        rf"(?P<before>(?<!\d)\d{{1,2}}(?:\s?(?:{months})\.?\s?|(?P<s>[-./])\d{{1,2}}(?P=s)))(?P<y>[5-9]\d)(?![\d:.])",
    )


def _burmese_form() -> str:
    return (
        rf"(?<!\d)(?P<y>20\d\d)\s?ခု{folded('နှစ်')}?[\s၊,]*(?P<month>{alternatives(month_names('my'))})\s?လ?[\s၊,]*"
        rf"(?P<d>\d{{1,2}})(?!\d)(?:\s?{folded('ရက်')})?"
    )


def _of_group(m: re.Match[str], _: int | None) -> str | None:
    month = month_names("en").get(m["month"])
    return f"{m['d']} {m['month']} {m['y']} {m['clock']}z" if month else None


def _iso(day_of: Callable[..., dt.date], *parts: str | int) -> str | None:
    try:
        return f"{day_of(*map(int, parts)).isoformat()} "
    except ValueError:
        return None


def _hebrew_form() -> str:
    """A day of the Hebrew calendar, in letters or digits: ה' בכסלו תשפ"ה, 5 בכסלו 5785."""
    day, sign = r"(?:[א-ת]{1,2}|\d{1,2})", "['׳\"״]?"
    year = rf"(?:{sign}ה?{sign}תש[א-ת]?{sign}[א-ת]?|5[78]\d\d)"
    return rf"(?<!\w)[א-ת]?{sign}{day}{sign}\s[בל]?(?:{_HEBREW})(?:\s{year})?(?!\w)[,\s]*"


def _persian_forms(names: str) -> tuple[str, ...]:
    day, number, year = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>1[34]\d\d)"
    month = rf"(?<![^\W\d_])(?P<month>{names})(?:ی|ماه)?(?![^\W\d_])"
    return (
        rf"(?<!\d){day}(?:م|ام|ی)?\s?{month}(?:\s?(?:ماه|سال|ی|[,،]))*\s?(?:{year}(?!\d)|(?P<common>20\d\d)(?!\d))?",
        rf"(?<!\d){year}(?P<s>{_SEP}){number}(?P=s){day}(?!\d)",
        rf"(?<!\d){day}(?P<s>{_SEP}){number}(?P=s){year}(?!\d)",
    )


def _ethiopian_forms(names: str) -> tuple[str, ...]:
    month = rf"(?<!\w)(?P<month>{names})(?!\w)"
    year = r"(?:(?P<y>(?:19|20)\d\d)(?!\d)(?:\s?ዓ\.?\s?ም\.?)?)"
    return (
        rf"{month}\s?(?P<d>\d{{1,2}})(?!\d)(?:\s?ቀን)?[\s,]*{year}?",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s?{month}\s?{year}?",
    )


def _east_asian_forms() -> tuple[str, ...]:
    number = rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})"
    era = rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<of>元|\d{{1,3}}|[{NUMERALS}百]{{1,5}})"
    begun = rf"(?:{number}\s?[日号號]?\s?(?:[-~〜至到]|から)\s?)?"
    day = rf"(?P<m>{number})\s?月\s?{begun}(?P<d>{number})\s?[日号號]"
    return (
        rf"{day}\s?\(?(?P<y>\d{{4}})\s?年\)?",
        r"(?<!\w)(?P<era>r)(?P<of>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)",
        rf"(?:{era}|(?P<y>(?<!\d)\d{{4}}|[{NUMERALS}]{{4}}))\s?年\s?{day}",
        rf"(?<![\d{NUMERALS}])(?P<m>[{NUMERALS}]{{1,3}})\s?月\s?(?P<d>[{NUMERALS}]{{1,3}})\s?[日号號]",
    )


def _east_asian(m: re.Match[str], year: int | None) -> str | None:
    groups = m.groupdict()
    month, day = _value(groups["m"]), _value(groups["d"])
    if groups.get("era"):
        year = _ERAS[groups["era"]] + (1 if groups["of"] == "元" else _value(groups["of"]))
    elif groups.get("y"):
        year = _value(groups["y"])
    else:
        return f"{month}月{day}日"
    return _iso(dt.date, year, month, day)


def _value(number: str) -> int:
    """The value of a number in digits or in characters: 二〇二四, 十二, 二十三, 百十三."""
    if number.isdecimal():
        return int(number)
    number = number.replace("廿", "二十").replace("卅", "三十")
    if not set(number) & set("十百"):
        return int("".join(str(_VALUES[char]) for char in number))
    hundreds, mark, rest = number.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = (_VALUES[hundreds] if hundreds else 1) * 100 if mark else 0
    value += (_VALUES.get(tens, 1) if tens else 1) * 10 if ten else 0
    return value + (_VALUES.get(ones, 0) if ones else 0)


def _buddhist(m: re.Match[str], year: int | None) -> str:
    since = int(m["y"]) - 543
    return f"{m.groupdict().get('before') or ''}{since if since > 0 else since + 2500}"
