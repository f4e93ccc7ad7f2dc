"""What is elsewhere, and what is of the whole country: the places and actors of those two fronts."""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sitrep.base.countries import Country, countries
from sitrep.base.shipped import shipped_text
from sitrep.config.yaml import load
from sitrep.gazetteer.listed import Listed, country_place, town_place
from sitrep.gazetteer.one_front_each import Area
from sitrep.gazetteer.regions import regions_of
from sitrep.gazetteer.towns import Town, capitals, neighbours_of, people_in, towns_among

_STATE, _STATE_IS = 50_000_000, 10
"""Counted as the people of a state, but no more than so many times its own: its name means the state and not
a village of that name, and yet Granada is no island."""
_CITY, _CITY_NEAR = 1_000_000, 100_000
"""People of the towns of other states that are listed, and of those beside the country."""
_CITIES, _CITIES_NEAR, _AT_BORDER = 20, 20, 60
"""How many of them a state may have, and how many smaller ones near a town of the country."""
_MET = ("Geneva", "The Hague", "Davos", "Jeddah", "Strasbourg", "Sochi", "Sharm el-Sheikh", "Lausanne",
        "Minsk")  # fmt: skip
"""Where the world meets, whatever its size."""
_LEAST = 120_000
"""States with fewer people than so many in their capital are met by their own name, not by the capital's."""


def abroad(name: str, near: Collection[Country], parties: Collection[Country], langs: Sequence[str]) -> Area:
    """The front of other states and of bodies of the world.

    ``near`` are the countries of other fronts. A party's name is met on every front, so it
    stands in the general one too; its capital and its leaders are elsewhere all the same.
    """
    own = {country.code for country in near}
    seats, around = capitals(), neighbours_of(own)
    here = frozenset(_square(town) for code in own for town in towns_among(frozenset((code,))))
    places: list[Listed] = []
    actors: dict[str, None] = {}
    for country in countries():
        if country.code in own or country.code not in seats:
            continue
        if country not in parties:
            people = min(_STATE, _STATE_IS * people_in(country.code))
            places.append(country_place(country, langs)._replace(people=people))
        border = here if country.code in around else frozenset()
        towns = tuple(_towns(country, seats[country.code], border))
        places += [town_place(town, langs, capital=town == seats[country.code]) for town in towns]
        places += [
            Listed(region.name, (), None, _CITY)
            for region in regions_of(country.code)
            if any(town.region == region.code and _square(town) in border for town in towns)
        ]
        named = [] if country not in parties else _names(country, langs)
        actors.update(
            dict.fromkeys((*named, *people_of(country, langs), *_in("leaders.yaml", country, langs)))
        )
    actors.update(dict.fromkeys(name for body in bodies(langs) for name in body))
    return Area(name=name, places=tuple(places), actors=tuple(actors))


def _towns(country: Country, seat: Town, here: Collection[tuple[int, int]]) -> Iterator[Town]:
    """The towns of another state that its news are told from: its capital, the largest others, and, where it
    is beside the country, those that lie near a town of it. ``here`` are the squares with such towns."""
    least, most = (_CITY_NEAR, _CITIES_NEAR) if here else (_CITY, _CITIES)
    every = towns_among(frozenset((country.code,)))
    large = [t for t in every if t.people >= least or t.name in _MET]
    at_border = [t for t in every if here and _square(t) in here]
    for town in (
        *([seat] if seat.people >= _LEAST else []),
        *large[:most],
        *(t for t in large if t.name in _MET),
        *at_border[:_AT_BORDER],
    ):
        if town.name not in country.names:
            yield town


def _square(town: Town) -> tuple[int, int]:
    """The degree of the globe in which a town lies."""
    return math.floor(town.at[0]), math.floor(town.at[1])


def at_home(
    own: Collection[Country], parties: Sequence[Country], groups: Sequence[str], langs: Sequence[str]
) -> tuple[str, ...]:
    """Names that speak for no single front: the country itself, its people, and the parties."""
    countries = (*own, *parties)
    names = [name for country in countries for name in _names(country, langs)]
    names += [name for country in countries for name in people_of(country, langs)]
    names += leaders_of(own, langs)
    return tuple(dict.fromkeys((*names, *groups)))


def leaders_of(countries: Collection[Country], langs: Sequence[str]) -> tuple[str, ...]:
    """Names of those who lead these countries, as texts have them."""
    return tuple(name for country in countries for name in _in("leaders.yaml", country, langs))


def _names(country: Country, langs: Sequence[str]) -> tuple[str, ...]:
    place = country_place(country, langs)
    return (place.name, *place.aliases)


def people_of(country: Country, langs: Sequence[str]) -> tuple[str, ...]:
    """What a country's people and their things are called in the languages and in English."""
    return tuple(dict.fromkeys((*country.people, *_in("peoples.yaml", country, langs))))


def _in(table: str, country: Country, langs: Sequence[str]) -> Iterator[str]:
    """What a table has for a country in the languages and in English."""
    for lang in dict.fromkeys(code.partition("-")[0] for code in (*langs, "en")):
        yield from _read(table).get(lang, {}).get(country.code, ())


def bodies(langs: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Bodies of the world in the languages and in English, each with its short forms."""
    listed = _read("bodies.yaml")
    codes = dict.fromkeys(lang.partition("-")[0] for lang in (*langs, "en"))
    return tuple(tuple(body) for code in codes for body in listed.get(code, ()))


def everyday_words(langs: Sequence[str]) -> Iterator[str]:
    """Words of the languages that some towns are called as well."""
    return (word for lang in langs for word in _read("everyday.yaml").get(lang.partition("-")[0], ()))


@functools.cache
def _read(name: str) -> Any:
    return load(shipped_text(f"gazetteer/{name}"), name).value
