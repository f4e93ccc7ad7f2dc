"""A region with its towns -> the districts, divisions and villages in it that no town is called after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sitrep.gazetteer.listed import Listed, district_place
from sitrep.gazetteer.regions import Region, districts_of, divisions_of, regions_of
from sitrep.gazetteer.spellings import is_written_in, name_in
from sitrep.gazetteer.towns import Town

_DIVISION, _VILLAGE = 2000, 100
"""Counted as the people of one: nobody says how many they are."""


def smaller_places(
    region: Region, towns: Collection[Town], langs: Sequence[str], plain: Callable[[str], str]
) -> Iterator[Listed]:
    """What lies in a region beside these towns of it, the larger first.

    ``plain``: the form in which texts are compared with a name.
    """
    known = {plain(name) for town in towns for name in (town.name, *town.spellings)}
    # Kivu is no quarter of Kinshasa.
    regions = (name for each in regions_of(region.country) for name in each.names)
    parts = {plain(word) for name in regions for word in name.split()}
    districts = districts_of(region.code)
    share = sum(town.people for town in towns) // max(1, len(districts))
    for name in districts:
        if (form := plain(name)) not in known:
            known.add(form)
            yield district_place(name, share)
    taken = known | parts
    for kind, people in zip(divisions_of(region.code), (_DIVISION, _VILLAGE), strict=True):
        for names in kind:
            if taken.isdisjoint(map(plain, names)):
                called = name_in(langs[0], names[0], names)
                others = [n for n in names if n != called and is_written_in(langs, n)]
                yield Listed(called, tuple(others), people=people)


def names_in(
    region: Region, towns: Collection[Town], langs: Sequence[str], plain: Callable[[str], str]
) -> Iterator[Listed]:
    """A region, its towns and what else lies in it, each by the name it is called: what other names they have
    takes most of the time."""
    yield Listed(region.name, region.names[1:], people=sum(town.people for town in towns))
    for town in towns:
        yield Listed(name_in(langs[0], town.name, town.spellings), (town.name,), people=town.people)
    yield from smaller_places(region, towns, langs, plain)
