"""What is elsewhere, and what is of the whole country: the places and actors of those two fronts."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from sitrep.base.countries import Country, countries
from sitrep.config.yaml import load
from sitrep.gazetteer.fronts import Area, Listed, country_place
from sitrep.gazetteer.spellings import name_in, spellings_in
from sitrep.gazetteer.towns import Town, capitals, neighbours_of, towns_among

_STATE = 50_000_000
"""Counted as the people of every state, so that its name means the state and not a village of that name."""
_CITY, _CITY_NEAR = 1_000_000, 100_000
"""People of the towns of other states that are listed, and of those beside the country."""
_CITIES, _CITIES_NEAR = 12, 20
"""How many of them a state may have."""
_MET = (
    "Geneva",
    "The Hague",
    "Davos",
    "Jeddah",
    "Strasbourg",
    "Sochi",
    "Sharm el-Sheikh",
    "Lausanne",
    "Minsk",
)
"""Where the world meets, whatever its size."""
_LEAST = 300_000
"""States with fewer people than so many in their capital are met by their own name, not by the capital's."""


def abroad(name: str, near: Collection[Country], parties: Collection[Country], langs: Sequence[str]) -> Area:
    """The front of other states and of bodies of the world.

    ``near`` are the countries of other fronts. A party's name is met on every front and speaks for none; its
    capital is elsewhere all the same.
    """
    own = {country.code for country in near}
    seats, around = capitals(), neighbours_of(own)
    places: list[Listed] = []
    actors: dict[str, None] = {}
    for country in countries():
        if country.code in own or country.code not in seats:
            continue
        if country not in parties:
            places.append(country_place(country, langs)._replace(people=_STATE))
        places += [
            _listed(town, langs, seats[country.code])
            for town in _towns(country, seats[country.code], country.code in around)
        ]
        if country not in parties:
            actors.update(dict.fromkeys(people_of(country, langs)))
    actors.update(dict.fromkeys(name for body in bodies(langs) for name in body))
    return Area(name=name, places=tuple(places), actors=tuple(actors))


def _towns(country: Country, seat: Town, is_near: bool) -> Iterator[Town]:
    """The towns of another state that its news are told from: its capital, and the largest others."""
    least, most = (_CITY_NEAR, _CITIES_NEAR) if is_near else (_CITY, _CITIES)
    large = [t for t in towns_among(frozenset((country.code,))) if t.people >= least or t.name in _MET]
    for town in (
        *([seat] if seat.people >= _LEAST else []),
        *large[:most],
        *(t for t in large if t.name in _MET),
    ):
        if town.name not in country.names:
            yield town


def _listed(town: Town, langs: Sequence[str], seat: Town) -> Listed:
    called = name_in(langs[0], town.name, town.spellings)
    own_name = (town.name,) if called != town.name else ()
    more = spellings_in(langs, called, (town.name, *town.spellings))
    return Listed(called, (*own_name, *more), town.at, town.people, town == seat)


def at_home(
    own: Collection[Country], parties: Sequence[Country], groups: Sequence[str], langs: Sequence[str]
) -> tuple[str, ...]:
    """Names that speak for no single front: the country itself, its people, and the parties."""
    names: dict[str, None] = {}
    for country in (*own, *parties):
        place = country_place(country, langs)
        names.update(dict.fromkeys((place.name, *place.aliases)))
    for country in (*own, *parties):
        names.update(dict.fromkeys(people_of(country, langs)))
    names.update(dict.fromkeys(groups))
    return tuple(names)


def people_of(country: Country, langs: Sequence[str]) -> tuple[str, ...]:
    """What a country's people and their things are called in the languages and in English."""
    listed = (_peoples().get(lang.partition("-")[0], {}) for lang in langs)
    return tuple(
        dict.fromkeys((*country.people, *(name for of in listed for name in of.get(country.code, ()))))
    )


def bodies(langs: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Bodies of the world in the languages and in English, each with its short forms."""
    listed = _bodies()
    codes = dict.fromkeys(lang.partition("-")[0] for lang in (*langs, "en"))
    return tuple(tuple(body) for code in codes for body in listed.get(code, ()))


@functools.cache
def _bodies() -> Mapping[str, list[list[str]]]:
    read: Mapping[str, list[list[str]]] = _read("bodies.yaml")
    return read


@functools.cache
def _peoples() -> Mapping[str, dict[str, list[str]]]:
    read: Mapping[str, dict[str, list[str]]] = _read("peoples.yaml")
    return read


def _read(name: str) -> Any:
    return load((files("sitrep.gazetteer") / name).read_text(encoding="utf-8"), name).value
