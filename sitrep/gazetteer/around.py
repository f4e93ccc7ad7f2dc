"""A name that a crisis's own countries have not becomes a region or a town of one of their neighbours."""

from __future__ import annotations

from sitrep.base.countries import Country, countries
from sitrep.base.folding import fold
from sitrep.gazetteer.atlas import Atlas, UnknownPlace
from sitrep.gazetteer.listed import Listed, town_place
from sitrep.gazetteer.regions import regions_of, without_kind
from sitrep.gazetteer.towns import neighbours_of, towns_among


def find_around(name: str, atlas: Atlas) -> tuple[Listed, ...]:
    """The places of a region beside the countries of ``atlas``, or a larger town there; empty if none is
    called so. A war does not end at its border: Belgorod is a front of Ukraine's."""
    codes = neighbours_of(country.code for country in atlas.countries)
    for country in countries():
        if country.code in codes and _has_region(name, country):
            found = Atlas((country,), atlas.langs).find(name)
            return () if isinstance(found, UnknownPlace) else found
    towns = (t for t in towns_among(codes) if fold(name) in map(fold, (t.name, *t.spellings)))
    return tuple(town_place(town, atlas.langs, capital=False) for town in towns)[:1]


def _has_region(name: str, country: Country) -> bool:
    wanted = f" {fold(without_kind(name) or name)} "
    return any(
        wanted in f" {fold(called)} " for region in regions_of(country.code) for called in region.names
    )
