"""A language code -> its names of months, days of the week and halves of the day, and its forms of dates."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sitrep.base.folding import ascii_digits, fold, folded
from sitrep.base.languages.locales import locale_of, locales_of
from sitrep.base.shipped import shipped_rows

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_TYPED = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
"""How people write them beside CLDR's one way; of months there is a table."""


@functools.cache
def month_names(lang: str) -> Mapping[str, int]:
    """Folded names and abbreviations of the months in that language, to 1 for January .. 12.

    Wide and abbreviated, as they stand in a date and alone, of all regions where those differ. A name that
    could be two months is left out. Look up ``fold(word)``; a form that kept its dotless i or its
    apostrophe is there as well. An unknown language has the English names.
    """
    locales = locales_of(lang)
    if not locales:
        english = zip(MONTHS + MONTHS_SHORT, (*range(1, 13), *range(1, 13)), strict=True)
        own = _months_typed(lang.partition("-")[0])
        return MappingProxyType({**_table(english, _months_typed("en")), **own})
    named = (
        (name, number)
        for locale in locales
        for context in locale.months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    )
    return _table((*_months_typed(locales[0].language).items(), *named))


def _months_typed(lang: str) -> Mapping[str, int]:
    rows = shipped_rows("base/languages/months_typed.tsv")
    typed = ((name, int(number)) for of, number, names in rows if of == lang for name in names.split(", "))
    return _table(typed)


@functools.cache
def weekday_names(lang: str) -> Mapping[str, int]:
    """Folded names and abbreviations of the days of the week, to 0 for Monday .. 6, as ``month_names``."""
    locales = locales_of(lang)
    if not locales:
        return _table(zip(WEEKDAYS + _DAYS_SHORT, (*range(7), *range(7)), strict=True), _DAYS_TYPED)
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
    locale = locale_of(lang)
    first = locale.first_week_day if locale else 0
    names = locale.days["stand-alone"]["narrow"] if locale else dict(enumerate("MTWTFSS"))
    return first, tuple(names[(first + day) % 7] for day in range(7))


@functools.cache
def date_forms(lang: str) -> tuple[str, ...]:
    """The patterns (UTS 35) by which the language's dates are written: full, long, medium, without year.

    None for English and for an unknown language.
    """
    locale = locale_of(lang)
    if locale is None:
        return ()
    forms = [locale.date_formats[width].pattern for width in ("full", "long", "medium")]
    skeleton = locale.datetime_skeletons.get("MMMd")
    return tuple(dict.fromkeys((*forms, skeleton.pattern) if skeleton else forms))


@functools.cache
def day_halves(lang: str) -> Mapping[str, bool]:
    """Folded words for the halves of the day in that language, to True for the later; English has none."""
    locale = locale_of(lang)
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
