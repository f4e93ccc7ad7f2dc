"""Everything that is elsewhere, and what is of the whole country: the actors and places of those two fronts."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from typing import Any

from sitrep.base.countries import Country, countries
from sitrep.config.yaml import load
from sitrep.gazetteer.fronts import Area, Listed, country_place
from sitrep.gazetteer.spellings import name_in, spellings_in
from sitrep.gazetteer.towns import capitals

_STATE = 50_000_000
"""Counted as the people of every state, so that its name means the state and not a village of that name."""
_LEAST = 300_000
"""States with fewer people than so many in their capital are met by their own name, not by the capital's."""


def abroad(name: str, near: Collection[Country], parties: Collection[Country], langs: Sequence[str]) -> Area:
    """The front of other states and of bodies of the world.

    ``near`` are the countries of other fronts. A party is a state like others, but what is its people's is
    met on every front and speaks for none.
    """
    own = {country.code for country in near}
    seats = capitals()
    places: list[Listed] = []
    actors: dict[str, None] = {}
    for country in countries():
        if country.code in own or country.code not in seats:
            continue
        state = country_place(country, langs)
        places.append(state._replace(people=_STATE))
        seat = seats[country.code]
        if seat.name not in country.names and seat.people >= _LEAST:
            called = name_in(langs[0], seat.name, seat.spellings)
            more = spellings_in(langs, called, (seat.name, *seat.spellings))
            own_name = (seat.name,) if called != seat.name else ()
            places.append(Listed(called, (*own_name, *more), seat.at, seat.people))
        if country not in parties:
            actors.update(dict.fromkeys(people_of(country, langs)))
    actors.update(dict.fromkeys(name for body in bodies(langs) for name in body))
    return Area(name=name, places=tuple(places), actors=tuple(actors))


def at_home(
    own: Collection[Country], parties: Sequence[Country], groups: Sequence[str], langs: Sequence[str]
) -> tuple[str, ...]:
    """Names that belong to no front of their own: the country itself, its people, and the parties anywhere."""
    names: dict[str, None] = {}
    for country in own:
        place = country_place(country, langs)
        names.update(dict.fromkeys((place.name, *place.aliases)))
    for country in (*own, *parties):
        names.update(dict.fromkeys(people_of(country, langs)))
    names.update(dict.fromkeys(groups))
    return tuple(names)


def people_of(country: Country, langs: Sequence[str]) -> tuple[str, ...]:
    """What a country's people and their things are called in the languages and in English."""
    listed = (_peoples().get(lang.partition("-")[0], {}) for lang in langs)
    return tuple(dict.fromkeys((*country.people, *(name for of in listed for name in of.get(country.code, ())))))


def bodies(langs: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Bodies of the world in the languages and in English, each with its short forms."""
    listed = _bodies()
    codes = dict.fromkeys(lang.partition("-")[0] for lang in (*langs, "en"))
    return tuple(tuple(body) for code in codes for body in listed.get(code, ()))


@functools.cache
def _bodies() -> Mapping[str, list[list[str]]]:
    return _read("bodies.yaml")


@functools.cache
def _peoples() -> Mapping[str, dict[str, list[str]]]:
    return _read("peoples.yaml")


def _read(name: str) -> Any:
    return load((files("sitrep.gazetteer") / name).read_text(encoding="utf-8"), name).value
