"""What a person calls a front's area (regions, towns, countries) becomes its places, each in one front."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sitrep.base.countries import Country, country_named
from sitrep.base.languages import fold, territory_names
from sitrep.base.values import Struct
from sitrep.gazetteer.regions import Region, districts, regions_of
from sitrep.gazetteer.spellings import name_in, spellings_in
from sitrep.gazetteer.towns import ENOUGH, Town, seats_of, towns_among, towns_of

SHORTEST = 4
"""Letters of a Latin name; shorter ones are words of too many languages."""
_CITY_PARTS = ("raion", "rayon", "район", "district", "ward", " quarter")
_FAR_MORE = 10
"""Times as many people, and the larger of two places of one name is meant."""
_ALSO_CALLED = 2 * _FAR_MORE
"""What a place is also called yields to the name of one as large."""
_NEAR = _FAR_MORE**2
"""What the people of a place in the crisis count for, against one in the rest of the world."""
_ABROAD = 15
"""Towns of a neighbouring country that a front takes with it, the largest ones."""
_BY_REGION = 8
"""So many regions can be fronts themselves; more are put together by the points of the compass."""


class Listed(NamedTuple):
    """A place as config.yaml has it."""

    name: str
    aliases: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    people: int = 0
    """How many live there; of two places with one name the larger is meant."""
    capital: bool = False


class Area(Struct, frozen=True, kw_only=True):
    """A front to be: what it is called, and what lies in it."""

    name: str
    places: tuple[Listed, ...] = ()
    actors: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Unknown(NamedTuple):
    """A name in nobody's list, and the names nearest to it."""

    name: str
    near: tuple[str, ...]


class Atlas:
    """The countries of one crisis with their regions and towns, in the spellings of its languages."""

    def __init__(self, countries: Sequence[Country], langs: Sequence[str]) -> None:
        self.countries = tuple(countries)
        self.langs = tuple(langs)
        codes = [country.code for country in countries]
        self.towns = tuple(t for t in towns_of(codes) if not _is_part(t)) if codes else ()
        self.regions = tuple(region for code in codes for region in regions_of(code))
        # Of a country's own capital news can be news of its government; with several countries it is a place.
        self._seats = frozenset(seat.name for seat in seats_of(codes)) if len(codes) == 1 else frozenset()

    def find(self, name: str) -> tuple[Listed, ...] | Unknown:
        """The places of a region, of a country, or a single town, by its name in any of its spellings."""
        wanted = _plain(name)
        if found := self.regions_called(name):
            return tuple(place for region in found for place in self._of_region(region))
        # Bo is a town of Sierra Leone, BO is Bolivia.
        country = country_named(name, *self.langs) if len(name) > 3 or name.isupper() else None
        if country:
            return tuple(self._of_country(country))
        town = next((t for t in self.towns if wanted in map(_plain, (t.name, *t.spellings))), None)
        if town:
            return (self._of_town(town),)
        return Unknown(name, self._near(name))

    def regions_called(self, name: str) -> tuple[Region, ...]:
        """The regions of that name, or else those that have it among the words of theirs."""
        wanted = _plain(name)
        return tuple(r for r in self.regions if wanted in map(_plain, r.names)) or tuple(
            r for r in self.regions if wanted in _plain(r.name).split() and len(wanted) >= SHORTEST
        )

    def city_beside(self, names: Iterable[str]) -> tuple[Region, ...]:
        """The cities that are regions of their own, are not named, and lie beside one of these."""
        asked = frozenset(map(_plain, names))
        spots = {
            r.code: _middle(of) for r in self.regions if (of := [t for t in self.towns if t.region == r.code])
        }
        known = [r for r in self.regions if r.code in spots]
        found = []
        for city in known:
            if not city.is_city or asked & set(map(_plain, city.names)):
                continue
            near = min(
                (r for r in known if not r.is_city),
                key=lambda r: math.dist(spots[r.code], spots[city.code]),
                default=None,
            )
            if near and asked & set(map(_plain, near.names)):
                found.append(city)
        return tuple(found)

    def places_of(self, region: Region) -> tuple[Listed, ...]:
        """A region and its towns."""
        return tuple(self._of_region(region))

    def _of_region(self, region: Region) -> Iterable[Listed]:
        towns = [t for t in self.towns if t.region == region.code]
        seat = next((t for t in towns if _plain(t.name) in map(_plain, region.names)), None)
        called = name_in(
            self.langs[0], *((seat.name, seat.spellings) if seat else (region.name, region.names))
        )
        yield Listed(
            called,
            _others(called, (*region.names, *spellings_in(self.langs, called, region.names))),
            seat.at if seat else None,
            sum(t.people for t in towns),
            seat is not None and seat.name in self._seats,
        )
        yield from map(self._of_town, towns)
        if len(self.towns) < 2 * ENOUGH:
            known = {_plain(name) for town in towns for name in (town.name, *town.spellings)}
            yield from (Listed(d) for d in districts().get(region.code, ()) if _plain(d) not in known)

    def _of_town(self, town: Town) -> Listed:
        called = name_in(self.langs[0], town.name, town.spellings)
        every = (town.name, *town.spellings)
        own = [town.name] if called != town.name else []
        others = _others(called, (*own, *spellings_in(self.langs, called, every)))
        return Listed(called, others, town.at, town.people, town.name in self._seats)

    def _of_country(self, country: Country) -> Iterable[Listed]:
        yield country_place(country, self.langs)
        if country in self.countries:
            yield from (self._of_town(t) for t in self.towns if t.country == country.code)
            for region in regions_of(country.code):
                yield from list(self._of_region(region))[:1]
        else:
            yield from map(self._of_town, towns_among(frozenset((country.code,)))[:_ABROAD])

    def _near(self, name: str) -> tuple[str, ...]:
        known = {_plain(n): r.name for r in self.regions for n in r.names}
        known |= {_plain(t.name): t.name for t in reversed(self.towns)} | known
        near = difflib.get_close_matches(_plain(name), list(known), n=5, cutoff=0.6)
        return tuple(dict.fromkeys(known[n] for n in near))[:3]

    def proposed(self) -> dict[str, tuple[str, ...]]:
        """Fronts that the map suggests, each with the names of its countries or regions.

        Several countries are a front each; few regions as well; many are put together by where they lie.
        """
        if len(self.countries) > 1:
            return {c.name: (c.name,) for c in self.countries}
        lived = [r for r in self.regions if any(t.region == r.code for t in self.towns)]
        names = list(dict.fromkeys(r.name for r in lived))
        if len(names) <= _BY_REGION:
            return {name: (name,) for name in names}
        return self._by_compass(lived)

    def _by_compass(self, regions: Sequence[Region]) -> dict[str, tuple[str, ...]]:
        codes = {r.name: {o.code for o in regions if o.name == r.name} for r in regions}
        spots = {name: _middle([t for t in self.towns if t.region in of]) for name, of in codes.items()}
        lat = sum(a for a, _ in spots.values()) / len(spots)
        lon = sum(b for _, b in spots.values()) / len(spots)
        squeeze = math.cos(math.radians(lat))
        away = {name: ((a - lat), (b - lon) * squeeze) for name, (a, b) in spots.items()}
        reach = sorted(math.hypot(*d) for d in away.values())[len(away) // 2]
        sides: dict[str, list[str]] = {side: [] for side in ("North", "East", "South", "West", "Centre")}
        for name, (up, right) in away.items():
            if math.hypot(up, right) < reach / 2:
                side = "Centre"
            elif abs(up) > abs(right):
                side = "North" if up > 0 else "South"
            else:
                side = "East" if right > 0 else "West"
            sides[side].append(name)
        return {side: tuple(names) for side, names in sides.items() if names}


def country_place(country: Country, langs: Sequence[str]) -> Listed:
    """A country as a place, with its names in the languages."""
    names = [name for lang in langs if (name := territory_names(lang).get(country.code))]
    every = [part.strip(" )") for name in (*names, *country.names) for part in name.split("(")]
    return Listed(every[0], _others(every[0], every[1:]))


def settled(
    areas: Sequence[Area], world: Area | None, common: Iterable[str]
) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """The fronts, ``world`` last, with each name in one of them only, and what was left out, in words.

    A name that two fronts have is kept where far more people live (a region before a hamlet), else in none;
    against a place of the world that of a front on the ground only need not be far smaller: in Lebanon
    Tripoli is not in Libya. Names under four letters and common words go.
    """
    elsewhere = len(areas) if world else -1
    areas = [*areas, *([world] if world else [])]
    words = frozenset(map(_plain, common))
    owners: dict[str, dict[int, int]] = {}
    for number, area in enumerate(areas):
        for place in area.places:
            for name in (place.name, *place.aliases):
                own = owners.setdefault(_plain(name), {})
                near = 1 if number == elsewhere else _NEAR
                people = place.people if name == place.name else place.people // _ALSO_CALLED
                own[number] = max(own.get(number, 0), near * people + 1)
    doubtful: dict[str, str] = {}
    kept: list[Area] = []
    for number, area in enumerate(areas):
        seen: set[str] = set()
        places = []
        for place in _merged(area.places):
            fit = []
            for name in (place.name, *place.aliases):
                plain = _plain(name)
                if plain in seen or plain in words or _is_short(name):
                    continue
                if not _is_owner(number, owners[plain]):
                    doubtful[plain] = name
                    continue
                seen.add(plain)
                fit.append(name)
            if fit:
                places.append(place._replace(name=fit[0], aliases=tuple(fit[1:])))
        kept.append(_with(area, tuple(places)))
    for area in kept:
        for place in area.places:
            for name in (place.name, *place.aliases):
                doubtful.pop(_plain(name), None)
    return tuple(kept), tuple(sorted(doubtful.values()))


def _with(area: Area, places: tuple[Listed, ...]) -> Area:
    return Area(name=area.name, places=places, actors=area.actors, headings=area.headings, words=area.words)


def _merged(places: Iterable[Listed]) -> Iterable[Listed]:
    """A region and the town of the same name are one place."""
    found: dict[str, Listed] = {}
    for place in places:
        old = found.get(_plain(place.name))
        if old is None:
            found[_plain(place.name)] = place
        else:
            aliases = dict.fromkeys((*old.aliases, *place.aliases))
            found[_plain(place.name)] = Listed(
                old.name, tuple(aliases), old.at or place.at, max(old.people, place.people),
                old.capital or place.capital,
            )  # fmt: skip
    return found.values()


def _is_owner(number: int, people: Mapping[int, int]) -> bool:
    """Of the fronts that have a name, the one where far more live under it than in any other."""
    others = [count for front, count in people.items() if front != number]
    return not others or people[number] > _FAR_MORE * max(others)


def _is_short(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) < (SHORTEST if name.isascii() or letters[0] < "\u0250" else 2)


def _is_part(town: Town) -> bool:
    """It is a quarter of a city, named after what lies elsewhere as often as not."""
    return any(part in name.lower() for name in (town.name, *town.spellings) for part in _CITY_PARTS)


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    kept = {_plain(one): one for one in reversed(tuple(names)) if one}
    kept.pop(_plain(name), None)
    return tuple(reversed(kept.values()))


def _plain(name: str) -> str:
    """The form in which names of a configuration are compared."""
    return fold(name.replace("-", " "))


def _middle(towns: Sequence[Town]) -> tuple[float, float]:
    weight = sum(t.people for t in towns) or 1
    if not any(t.people for t in towns):
        return (sum(t.at[0] for t in towns) / len(towns), sum(t.at[1] for t in towns) / len(towns))
    return (sum(t.at[0] * t.people for t in towns) / weight, sum(t.at[1] * t.people for t in towns) / weight)
