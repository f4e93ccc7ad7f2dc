"""A town or a country becomes a place as config.yaml lists it, with its names in the languages of a site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from sitrep.base.countries import Country
from sitrep.base.folding import fold
from sitrep.base.languages.locales import territory_names
from sitrep.base.languages.written_dates import city_of_zone
from sitrep.gazetteer.regions import part_words
from sitrep.gazetteer.spellings import name_in, spellings_in
from sitrep.gazetteer.towns import Town, plain_words

_ARTICLES = frozenset(["the", "la", "le", "les", "el", "los", "las", "il"])

_CITY_PARTS = ("raion", "rayon", "район", "district", "ward", " quarter")
_SIDES = ("Upper ", "Lower ")
"""Parts of one valley that news call by its name alone."""
_DISTRICT = 10_000
"""People of a district, at least."""
_LONGEST = 4
"""Words of the name of a village; longer ones are numbers in words, as colonies along a canal have them."""


class Listed(NamedTuple):
    """A place as config.yaml has it."""

    name: str
    aliases: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    people: int = 0
    """How many live there; of two places with one name the larger is meant."""
    capital: bool = False


def town_place(town: Town, langs: Sequence[str], *, capital: bool) -> Listed:
    """A town as a place, with its names in the languages."""
    city, called = city_of_zone(town.zone, langs[0])
    if called is None or city != town.name:
        called = name_in(langs[0], town.name, town.spellings)
    spelt = (s for s in spellings_in(langs, called, (town.name, *town.spellings)) if not _is_part_word(s))
    others = (town.name, *spelt)
    return Listed(called, other_names(called, others), town.at, town.people, capital)


def seat_of(names: Collection[str], towns: Sequence[Town], plain: Callable[[str], str]) -> Town | None:
    """The town a region of these ``names`` is called after, both in the form that ``plain`` makes; the
    largest one also in another spelling, or as their beginning: Kursk of Kursk vilayəti."""
    for town in towns:
        if plain(town.name) in names:
            return town
    for town in towns[:1]:
        spelt = [plain(name) for name in (town.name, *town.spellings)]
        if any(name in names for name in spelt) or any(name.startswith(f"{spelt[0]} ") for name in names):
            return town
    return None


def country_place(country: Country, langs: Sequence[str]) -> Listed:
    """A country as a place, with its names in the languages."""
    names = [name for lang in langs if (name := territory_names(lang).get(country.code))]
    every = [part.strip(" )") for name in (*names, *country.names) for part in name.split("(")]
    return Listed(every[0], other_names(every[0], every[1:]))


def district_place(name: str, people: int = 0) -> Listed:
    """A second-level region as a place; how many live there is an equal share of its region's people."""
    valley = tuple(name.partition(side)[2] for side in _SIDES if side in name)
    return Listed(name, valley, people=max(people, _DISTRICT))


def is_part(town: Town) -> bool:
    """It is a quarter of a city, named after what lies elsewhere as often as not, or no name at all."""
    return len(town.name.split()) > _LONGEST or any(
        part in name.lower() for name in (town.name, *town.spellings) for part in _CITY_PARTS
    )


def _is_part_word(name: str) -> bool:
    """It is one word, an article left out, that many towns have in their names and hardly one alone: Nova."""
    words = [word for word in plain_words(name) if word not in _ARTICLES]
    return len(words) == 1 and words[0] in part_words()


def other_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once and none that is ``name``, whatever their case, accents and hyphens."""
    kept = {fold(other.replace("-", " ")): other for other in reversed(tuple(names)) if other}
    kept.pop(fold(name.replace("-", " ")), None)
    return tuple(reversed(kept.values()))
