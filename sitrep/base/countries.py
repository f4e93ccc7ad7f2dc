"""The countries of the world: a code or a name as people write it -> one of them, or the nearest.

The table beside this module is made by ``tools/make_countries.py``; other languages' names are CLDR's.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from typing import NamedTuple

from sitrep.base.folding import fold
from sitrep.base.languages.locales import territory_names
from sitrep.base.shipped import shipped_rows

UNDRAWN = frozenset(("BQ", "BV", "CC", "CX", "GF", "GP", "MQ", "RE", "SJ", "TK", "YT"))
"""Territories that the outlines draw as parts of other countries, or not at all."""


class Country(NamedTuple):
    """A country or territory of ISO 3166, with its English names."""

    code: str
    """Two capital letters."""
    code3: str
    number: str
    name: str
    also: tuple[str, ...]
    """Other names in use: Burma, Ivory Coast."""
    people: tuple[str, ...]
    """What its people and their things are called: Ukrainian."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its English names, the usual one first."""
        return (self.name, *self.also)


@functools.cache
def countries() -> tuple[Country, ...]:
    """All countries, by code."""
    return tuple(
        Country(code, code3, number, name, _listed(also), _listed(people))
        for code, code3, number, name, also, people in shipped_rows("base/countries.tsv")
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def country_named(text: str, *langs: str) -> Country | None:
    """The country of that code of two or three letters, or of that name, in English or in ``langs``."""
    wanted = fold(text.strip())
    return _by_name(()).get(wanted) or (_by_name(langs).get(wanted) if langs else None)


def country_names(lang: str) -> Mapping[str, str]:
    """Names of countries by code, in that language where CLDR has them, else in English."""
    english = {country.code: country.name for country in countries()}
    return english if lang.partition("-")[0] == "en" else {**english, **territory_names(lang)}


_NEAR = 0.7
"""How alike a country's name is to what was meant for it: Atlantis is not near to Albania."""


_SHARED = {"congo": ("CD", "CG"), "korea": ("KP", "KR")}
"""Names that are no one country's, and whose they may be."""


def sharing(text: str) -> tuple[Country, ...]:
    """The countries that a name may mean, where it is that of several: Congo, Korea."""
    codes = _SHARED.get(fold(text.strip()), ())
    return tuple(country for country in countries() if country.code in codes)


def nearest_countries(text: str, *langs: str) -> tuple[str, ...]:
    """Up to three names of countries that are spelled most like ``text``, the likeliest first."""
    known, wanted = _by_name(langs), fold(text)
    long = [name for name in known if len(name) > 3]
    # Letters that changed places come first: Lybia is rather Libya than Liberia.
    near = [name for name in long if sorted(name) == sorted(wanted)]
    near += difflib.get_close_matches(wanted, long, n=9, cutoff=_NEAR)
    return tuple(dict.fromkeys(known[name].name for name in near))[:3]


@functools.cache
def _by_name(langs: tuple[str, ...]) -> Mapping[str, Country]:
    by_code = {country.code: country for country in countries()}
    known = {fold(name): country for country in countries() for name in reversed(country.names)}
    for lang in langs:
        known |= {fold(n): by_code[code] for code, n in territory_names(lang).items() if code in by_code}
    return known | {fold(c): country for country in countries() for c in (country.code, country.code3)}
