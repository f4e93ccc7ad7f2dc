"""A language code becomes its names of months and days, its dates and times as text, and its direction.

The one door to Babel (CLDR). English, the most frequent language, is a small table here, so that a program
that only meets English never loads Babel. A language nobody knows is treated as English; nothing here
depends on the machine's locale or time zone.
"""

from __future__ import annotations

import copy
import datetime as dt
import difflib
import functools
import html
import re
import unicodedata
import zoneinfo
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from babel import Locale

DateForm = Literal["full", "weekday", "long", "day", "month"]
"""full: Friday 6 December 2024, weekday: Friday 6 December, long: 6 December 2024, day: 6 Dec,
month: December 2024."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# How people write them beside CLDR's one way.
_MONTHS_TYPED: Mapping[str, Mapping[str, int]] = {
    "en": {"sep": 9},
    "ku": {
        "çile": 1, "çileya": 1, "sibat": 2, "sibata": 2, "adar": 3, "adara": 3, "nîsan": 4, "nîsana": 4,
        "gulan": 5, "gulana": 5, "hezîran": 6, "hezîrana": 6, "tîrmeh": 7, "tîrmeha": 7, "tebax": 8,
        "tebaxa": 8, "îlon": 9, "îlona": 9, "cotmeh": 10, "cotmeha": 10, "çiriya pêşîn": 10, "mijdar": 11,
        "mijdara": 11, "çiriya paşîn": 11, "kanûn": 12, "kanûna": 12, "kanûna pêşîn": 12, "kanûna yekem": 12,
    },
    "hi": {"जनवरी": 1, "फ़रवरी": 2, "सितम्बर": 9, "अक्टूबर": 10, "अक्तूबर": 10, "नवम्बर": 11, "दिसम्बर": 12},
    "ckb": {"کانوونی یەکەم": 12, "کانوونی دووەم": 1},
}  # fmt: skip
_DAYS_TYPED = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

# One language, several sets of month names: Levant and Iraq, Morocco, Algeria and Tunisia, Mauritania.
_VARIANTS = {"ar": ("ar_SY", "ar_IQ", "ar_MA", "ar_DZ", "ar_MR")}

_SKELETONS: Mapping[str, str] = {"weekday": "MMMMEEEEd", "day": "MMMd", "month": "yMMMM"}

_RTL_LANGUAGES = frozenset((
    "apc", "ar", "arc", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb",
    "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
))  # fmt: skip
_RTL_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))

# IANA keeps old spellings as names of zones.
_CITIES = {
    "Calcutta": "Kolkata", "Dacca": "Dhaka", "Katmandu": "Kathmandu", "Kiev": "Kyiv", "Rangoon": "Yangon",
    "Saigon": "Ho Chi Minh City",
}  # fmt: skip


_SIGNS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"))
_ACCENTS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Accents and vowel signs of alphabets that go without them, and signs that nobody sees. Vowels of Indic
scripts and the Japanese voicing are letters."""
_strip = re.compile(_ACCENTS).sub


def folded(text: str) -> str:
    """The form in which phrases are compared: no case, accents or typographic signs, single spaces."""
    if not text.isascii():
        for sign, plain in _SIGNS:
            text = text.replace(sign, plain)
        if not text.isascii():
            text = _strip("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(text.lower().split())


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def fold(text: str) -> str:
    """The form in which names are compared: no case, accents, full stops or apostrophes, single spaces."""
    return _bare(text).replace("ı", "i").replace("'", "")


def _bare(text: str) -> str:
    """As ``fold``, but with the Turkish dotless i and with apostrophes, which become straight."""
    return " ".join(folded(text).replace(".", "").split())


@functools.cache
def month_names(lang: str) -> Mapping[str, int]:
    """Folded names and abbreviations of the months in that language, to 1 for January .. 12.

    Wide and abbreviated, as they stand in a date and alone, of all regions where those differ. A name that
    could be two months is left out. Look up ``fold(word)``; a form that kept its dotless i or its
    apostrophe is there as well. An unknown language has the English names.
    """
    locales = _locales(lang)
    if not locales:
        return _table(
            zip(_MONTHS + _MONTHS_SHORT, (*range(1, 13), *range(1, 13)), strict=True), _MONTHS_TYPED["en"]
        )
    named = (
        (name, number)
        for locale in locales
        for context in locale.months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    )
    return _table((*_MONTHS_TYPED.get(locales[0].language, {}).items(), *named))


@functools.cache
def weekday_names(lang: str) -> Mapping[str, int]:
    """Folded names and abbreviations of the days of the week, to 0 for Monday .. 6, as ``month_names``."""
    locales = _locales(lang)
    if not locales:
        return _table(zip(_DAYS + _DAYS_SHORT, (*range(7), *range(7)), strict=True), _DAYS_TYPED)
    return _table(
        (name, number)
        for locale in locales
        for context in locale.days.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    )


@functools.cache
def week(lang: str) -> tuple[int, tuple[str, ...]]:
    """The day a week begins with (0 for Monday), and the shortest names of its days from there on."""
    locale = _locale(lang)
    first = locale.first_week_day if locale else 0
    names = locale.days["stand-alone"]["narrow"] if locale else dict(enumerate("MTWTFSS"))
    return first, tuple(names[(first + day) % 7] for day in range(7))


def language_name(lang: str) -> str:
    """What the language is called in English; the code itself where CLDR knows no name."""
    locale = _locale(lang)
    name = locale.english_name if locale else ("English" if lang.partition("-")[0] == "en" else lang)
    return str(name or lang)


def own_name(lang: str) -> str:
    """What the language calls itself; the code where CLDR knows no name."""
    if lang.partition("-")[0] == "en":
        return "English"
    locale = _locale(lang)
    return str((locale and locale.get_display_name()) or lang)


@functools.cache
def date_forms(lang: str) -> tuple[str, ...]:
    """The patterns (UTS 35) by which the language's dates are written: full, long, medium, without year.

    None for English and for an unknown language.
    """
    locale = _locale(lang)
    if locale is None:
        return ()
    forms = [locale.date_formats[width].pattern for width in ("full", "long", "medium")]
    skeleton = locale.datetime_skeletons.get(_SKELETONS["day"])
    return tuple(dict.fromkeys((*forms, skeleton.pattern) if skeleton else forms))


@functools.cache
def day_halves(lang: str) -> Mapping[str, bool]:
    """Folded words for the halves of the day in that language, to True for the later; English has none."""
    locale = _locale(lang)
    if locale is None:
        return {}
    words = {
        folded(name): half == "pm"
        for context in locale.day_periods.values()
        for width in ("wide", "abbreviated")
        for half, name in context.get(width, {}).items()
        if half in ("am", "pm")
    }
    return MappingProxyType({word: late for word, late in words.items() if any(map(str.isalpha, word))})


def format_date(d: dt.date, lang: str, form: DateForm) -> str:
    """The date as the language writes it: ``full`` with weekday and year, ``weekday`` without the year,
    ``long``, ``day`` without year, ``month``.

    English is British without the comma: Friday 6 December 2024, 6 December 2024, 6 Dec, December 2024.
    """
    locale = _locale(lang)
    if locale is None:
        return _english_date(d, form)
    import babel.dates

    if form in _SKELETONS:
        return babel.dates.format_skeleton(
            _SKELETONS[form], dt.datetime(d.year, d.month, d.day), locale=locale
        )
    return babel.dates.format_date(d, "full" if form == "full" else "long", locale=locale)


def format_instant(instant: dt.datetime, zone: str, lang: str) -> str:
    """The time of day at that place and whose time it is: ``23:40 Damascus time``, ``20:40 UTC``.

    ``zone`` is an IANA name; one that does not exist, and one that names no place, gives UTC. Other
    languages than English put the place in parentheses. Raises ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    clock, city = _at(instant, zone)
    if not city:
        return f"{clock} UTC"
    locale = _locale(lang)
    if locale is None:
        return f"{clock} {_CITIES.get(city, city)} time"
    import babel.dates

    # Babel's own phrase ("Damascus Time") says "summer time" all year in some languages, Russian among them.
    return f"{clock} ({babel.dates.get_timezone_location(zone, locale=locale, return_city=True)})"


def plural_category(n: int, lang: str) -> str:
    """CLDR's name for how ``n`` things are counted: one, two, few, many or other."""
    locale = _locale(lang)
    if locale is None:
        return "one" if n == 1 else "other"
    return str(locale.plural_form(n))


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written; a script in the code (``ku-Arab``) decides before the language."""
    first, *rest = lang.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"


def attributes(lang: str, around: str) -> str:
    """`` lang="ar" dir="rtl"`` for what stands in another language than what is around it; else nothing."""
    if lang == around:
        return ""
    return f' lang="{html.escape(lang)}" dir="{direction(lang)}"'


def _at(instant: dt.datetime, zone: str) -> tuple[str, str]:
    """Time of day, and the zone's city; the city is empty where the time is UTC."""
    area, _, city = zone.rpartition("/")
    if area and area != "Etc":
        try:
            return f"{instant.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}", city.replace("_", " ")
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return f"{instant.astimezone(dt.UTC):%H:%M}", ""


def _english_date(d: dt.date, form: DateForm) -> str:
    if form == "month":
        return f"{_MONTHS[d.month - 1]} {d.year}"
    if form == "day":
        return f"{d.day} {_MONTHS_SHORT[d.month - 1]}"
    if form == "weekday":
        return f"{_DAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}"
    long = f"{d.day} {_MONTHS[d.month - 1]} {d.year}"
    return f"{_DAYS[d.weekday()]} {long}" if form == "full" else long


def _table(names: Iterable[tuple[str, int]], typed: Mapping[str, int] | None = None) -> Mapping[str, int]:
    table: dict[str, int] = dict(typed or {})
    doubtful: set[str] = set()
    for name, number in names:
        plain = ascii_digits(folded(name))
        for word in {plain.rstrip("."), plain.replace(".", ""), ascii_digits(fold(name))}:
            # Some languages abbreviate a month to its bare number.
            if any(c.isalpha() for c in word) and table.setdefault(word, number) != number:
                doubtful.add(word)
    return MappingProxyType({word: number for word, number in table.items() if word not in doubtful})


def _locales(lang: str) -> tuple[Locale, ...]:
    """The language's locale and its regional variants; empty where the English table serves."""
    own = _locale(lang)
    if own is None:
        return ()
    variants = (_locale(code) for code in _VARIANTS.get(own.language, ()))
    return (own, *(v for v in variants if v is not None))


@functools.cache
def _locale(lang: str) -> Locale | None:
    """CLDR's locale of that code, or of its language alone; None for English and the unknown."""
    code = lang.replace("-", "_")
    base = code.partition("_")[0]
    if base.lower() == "en" or not base.isalpha() or not base.isascii():
        return None
    from babel import Locale, UnknownLocaleError

    for candidate in (code, base):
        try:
            return _apart(Locale.parse(candidate))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _apart(locale: Locale) -> Locale:
    """The locale with names of its own.

    Babel 2.18 writes what a reference in them stands for into data that languages share: after Swahili the
    days of others were Swahili, so that what came out depended on which language was asked for first.
    """
    from babel import localedata

    names = ("months", "days", "quarters", "eras")
    data: dict[str | int | None, Any] = {
        key: copy.deepcopy(part) if key in names else part
        for key, part in localedata.load(str(locale)).items()
    }
    vars(locale)["_Locale__data"] = localedata.LocaleDataDict(data)
    return locale


@functools.cache
def territory_names(lang: str) -> Mapping[str, str]:
    """Names of countries and territories in that language, by ISO 3166 code; none for an unknown one."""
    from babel import Locale

    locale = _locale(lang) or (Locale.parse("en") if lang.partition("-")[0] == "en" else None)
    named = locale.territories.items() if locale else ()
    return MappingProxyType({code: name for code, name in named if len(code) == 2 and code.isalpha()})


def city_of_zone(zone: str, lang: str) -> tuple[str, str | None]:
    """The city that an IANA zone is named after, in English, and what the language calls it: Moscou.

    None where CLDR has no other name for it.
    """
    locale = _locale(lang)
    city = zone.rpartition("/")[2].replace("_", " ")
    named = locale.time_zones.get(zone, {}).get("city") if locale else None
    return _CITIES.get(city, city), named


def language_named(text: str) -> str | None:
    """The code of a language given by code or by name, in English or its own; None if there is none such."""
    first, *rest = text.strip().replace("_", "-").split("-")
    if first.lower() in _languages():
        return "-".join((first.lower(), *rest))
    return _languages_by_name().get(fold(text))


def nearest_languages(text: str) -> tuple[str, ...]:
    """Up to three languages with names or codes spelled like ``text``, as ``uk (Ukrainian)``."""
    known = _languages_by_name()
    near = difflib.get_close_matches(fold(text), known, n=6, cutoff=0.7)
    codes = dict.fromkeys(known[name] for name in near)
    return tuple(f"{code} ({_english_languages()[code]})" for code in codes if code in _english_languages())[
        :3
    ]


@functools.cache
def _english_languages() -> Mapping[str, str]:
    from babel import Locale

    return MappingProxyType(dict(Locale.parse("en").languages))


@functools.cache
def _languages() -> frozenset[str]:
    """Codes of the languages that CLDR has data for."""
    from babel.localedata import locale_identifiers

    return frozenset(name.partition("_")[0] for name in locale_identifiers())


@functools.cache
def _languages_by_name() -> Mapping[str, str]:
    """Codes of the languages by their folded names. Opens the data of every language: a second or two."""
    from babel import Locale

    known: dict[str, str] = {}
    for code in sorted(_languages()):
        own = Locale.parse(code).languages.get(code, "")
        for name in (own, _english_languages().get(code, ""), code):
            if name:
                known.setdefault(fold(name), code)
    return MappingProxyType(known)
