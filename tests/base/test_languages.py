"""Names of months and days, dates, times and direction by language."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import zoneinfo

import pytest
from babel import Locale, localedata
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.folding import fold
from sitrep.base.languages.direction import direction
from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.base.languages.written_dates import format_date, format_instant
from tests.lanes import one_fast

DAY = dt.date(2024, 12, 6)
EVENING = dt.datetime(2024, 12, 6, 20, 40, tzinfo=dt.UTC)


def test_english_needs_no_babel() -> None:
    """A program that meets only English, or a right-to-left question, never loads Babel."""
    code = (
        "import sys, datetime as dt\n"
        "from sitrep.base.languages.direction import direction\n"
        "from sitrep.base.languages.month_names import *\n"
        "from sitrep.base.languages.written_dates import *\n"
        "month_names('en'); weekday_names('en-GB'); direction('ar')\n"
        "format_date(dt.date(2024, 12, 6), 'en', 'full')\n"
        "format_instant(dt.datetime(2024, 12, 6, tzinfo=dt.UTC), 'Asia/Damascus', 'en')\n"
        "sys.exit('babel' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def cldr_names(code: str, kind: str) -> dict[str, int]:
    contexts = getattr(Locale.parse(code), kind).values()
    return {fold(n): k for c in contexts for w in ("wide", "abbreviated") for k, n in c[w].items()}


def test_english_names_are_those_of_cldr() -> None:
    """The built-in table knows every English name that CLDR has, and means the same by it."""
    for code in ("en_GB", "en"):
        assert cldr_names(code, "months").items() <= month_names("en").items()
        assert cldr_names(code, "days").items() <= weekday_names("en").items()
    assert set(month_names("en")) == set(cldr_names("en_GB", "months")) | {"sep"}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_english_dates_are_those_of_cldr(day: dt.date) -> None:
    """Every English form equals CLDR's en_GB, save for the comma after the weekday."""
    from babel.dates import format_date as cldr
    from babel.dates import format_skeleton

    assert format_date(day, "en", "full") == cldr(day, "full", locale="en_GB").replace(",", "")
    assert format_date(day, "en", "long") == cldr(day, "long", locale="en_GB")
    assert format_date(day, "en", "day") == format_skeleton(
        "MMMd", dt.datetime(*day.timetuple()[:3]), locale="en_GB"
    )
    assert format_date(day, "en", "month") == cldr(day, "MMMM y", locale="en_GB")


@pytest.mark.parametrize(
    ("lang", "word", "month"),
    [
        ("en", "Dec", 12), ("en", "Sep.", 9), ("en", "SEPTEMBER", 9), ("de", "März", 3), ("de", "Dez.", 12),
        ("fr", "décembre", 12), ("fr", "Aout", 8), ("ru", "декабря", 12), ("ru", "Декабрь", 12),
        ("uk", "грудня", 12), ("tr", "ARALIK", 12), ("tr", "Aralık", 12), ("ar", "ديسمبر", 12),
        ("ar", "كانون الأول", 12), ("ar", "تشرين  الثاني", 11), ("ar-SY", "آذار", 3), ("es", "dic", 12),
        ("ckb", "کانونی یەکەم", 12), ("ku", "berfanbar", 12),
    ],
)  # fmt: skip
def test_months_are_understood(lang: str, word: str, month: int) -> None:
    """Months are known wide and short, in each grammatical form and region, in any case."""
    assert month_names(lang)[fold(word)] == month


def test_words_folded_less_are_understood() -> None:
    """A word that kept its dotless i or its apostrophe is found like one that lost it."""
    assert month_names("tr")["aralık"] == month_names("tr")["aralik"] == 12
    assert weekday_names("uk")["п'ятниця"] == weekday_names("uk")["пятниця"] == 4


@pytest.mark.parametrize(
    ("lang", "word", "day"),
    [("en", "Fri", 4), ("de", "Freitag", 4), ("ru", "пятница", 4), ("uk", "п'ятниця", 4)],
)
def test_days_are_understood(lang: str, word: str, day: int) -> None:
    """Days of the week are known by name, Monday being 0."""
    assert weekday_names(lang)[fold(word)] == day


def test_no_name_is_a_number_or_doubtful() -> None:
    """In no language does a bare number or an ambiguous word stand for a month."""
    for lang in ("zh", "ja", "lt", "cs", "ar", "he", "fa", "ckb", "hi", "cv"):
        names = month_names(lang)
        assert all(any(c.isalpha() for c in name) for name in names), lang
        assert set(names.values()) == set(range(1, 13)), lang
        assert set(weekday_names(lang).values()) == set(range(7)), lang


@pytest.mark.parametrize(
    ("lang", "full", "month"),
    [
        ("en-US", "Friday 6 December 2024", "December 2024"),
        ("de", "Freitag, 6. Dezember 2024", "Dezember 2024"),
        ("ar", "الجمعة، 6 ديسمبر 2024", "ديسمبر 2024"),
        ("tr", "6 Aralık 2024 Cuma", "Aralık 2024"),
        ("es", "viernes, 6 de diciembre de 2024", "diciembre de 2024"),
    ],
)
def test_dates_follow_the_language(lang: str, full: str, month: str) -> None:
    """A date is written in the order and with the words of its language."""
    assert format_date(DAY, lang, "full") == full
    assert format_date(DAY, lang, "month") == month


@pytest.mark.parametrize(
    ("zone", "lang", "text"),
    [
        ("Asia/Damascus", "en", "23:40 Damascus time"),
        ("America/Argentina/Buenos_Aires", "en", "17:40 Buenos Aires time"),
        ("Europe/Kiev", "en", "22:40 Kyiv time"),
        ("UTC", "en", "20:40 UTC"),
        ("Etc/UTC", "ar", "20:40 UTC"),
        ("Etc/GMT-3", "en", "20:40 UTC"),
        ("Nowhere/Land", "en", "20:40 UTC"),
        ("../../etc/passwd", "en", "20:40 UTC"),
        ("Asia/Damascus", "ar", "23:40 (دمشق)"),
        ("Asia/Damascus", "de", "23:40 (Damaskus)"),
    ],
)
def test_a_time_says_whose_it_is(zone: str, lang: str, text: str) -> None:
    """A time is given at the zone's place and names it; without a place it is UTC."""
    assert format_instant(EVENING, zone, lang) == text


def test_an_instant_needs_a_zone() -> None:
    """A naive time would be read in the machine's zone, so it is refused."""
    with pytest.raises(ValueError, match="zone"):
        format_instant(dt.datetime(2024, 12, 6), "UTC", "en")


def test_every_zone_has_a_time() -> None:
    """No zone that exists fails."""
    for zone in zoneinfo.available_timezones():
        assert format_instant(EVENING, zone, "en")[2] == ":"


@pytest.mark.parametrize(
    "codes", one_fast(["ar", "ckb", "he", "pa_Arab", "uk", "tr_TR"], localedata.locale_identifiers()), ids=len
)
def test_direction_is_that_of_cldr(codes: list[str]) -> None:
    """Every locale of CLDR that is written from the right is known to be, and no other."""
    for code in codes:
        from_right = Locale.parse(code).text_direction == "rtl"
        assert (direction(code.replace("_", "-")) == "rtl") is from_right, code


@pytest.mark.parametrize(
    "lang", ["xx", "", "zz-ZZ", "-", "e", "toolong-code", "ar_", "../x", "ß", "12", "klingon", "a b"]
)
def test_an_unknown_language_is_english(lang: str) -> None:
    """A code nobody knows has the English names and never fails."""
    assert month_names(lang) == month_names("en") or lang.startswith("ar")
    assert format_date(DAY, lang, "long")
    assert format_instant(EVENING, "Asia/Damascus", lang)
    assert direction(lang) in ("ltr", "rtl")


@given(st.text(max_size=12))
def test_any_code_is_survived(lang: str) -> None:
    """Whatever stands where a language code should, there is a date."""
    assert format_date(DAY, lang, "full")
    assert direction(lang) in ("ltr", "rtl")


def test_what_a_language_is_does_not_depend_on_those_asked_for_before() -> None:
    """Names of days and months are the same whichever language came first (law 2)."""
    said = (
        "import sys; from sitrep.base.languages.month_names import *\n"
        "def names(lang):\n"
        "    return sorted(weekday_names(lang).items()), sorted(month_names(lang).items()), week(lang)\n"
        "for lang in sys.argv[1:]: names(lang)\n"
        "print([ascii(names(lang)) for lang in ('pl', 'lv', 'sw', 'am', 'ku')])"
    )
    alone, after = (
        subprocess.run([sys.executable, "-c", said, *first], capture_output=True, check=True).stdout
        for first in ((), ("sw", "ar", "my"))
    )
    assert alone == after
