"""A language code -> CLDR's locale of it, how it counts, and what it calls countries.

English, the most frequent language, needs none: what it says stands in small tables beside, so that a program
that only meets English never loads Babel. A language nobody knows is treated as English; nothing here depends
on the machine's locale or time zone.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

# One language, several sets of month names: Levant and Iraq, Morocco, Algeria and Tunisia, Mauritania.
_VARIANTS = {"ar": ("ar_SY", "ar_IQ", "ar_MA", "ar_DZ", "ar_MR")}


@functools.cache
def locale_of(lang: str) -> Locale | None:
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


def locales_of(lang: str) -> tuple[Locale, ...]:
    """The language's locale and its regional variants; empty where the English table serves."""
    own = locale_of(lang)
    if own is None:
        return ()
    variants = (locale_of(code) for code in _VARIANTS.get(own.language, ()))
    return (own, *(v for v in variants if v is not None))


def plural_category(n: int, lang: str) -> str:
    """CLDR's name for how ``n`` things are counted: one, two, few, many or other."""
    locale = locale_of(lang)
    if locale is None:
        return "one" if n == 1 else "other"
    return str(locale.plural_form(n))


@functools.cache
def territory_names(lang: str) -> Mapping[str, str]:
    """Names of countries and territories in that language, by ISO 3166 code; none for an unknown one."""
    from babel import Locale

    locale = locale_of(lang) or (Locale.parse("en") if lang.partition("-")[0] == "en" else None)
    named = locale.territories.items() if locale else ()
    return MappingProxyType({code: name for code, name in named if len(code) == 2 and code.isalpha()})


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
