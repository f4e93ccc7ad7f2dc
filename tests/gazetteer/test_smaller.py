"""Divisions and villages that no list of towns has bring items to their front, and yield to larger places."""

from __future__ import annotations

from itertools import chain

from sitrep.base.shipped import shipped_rows
from sitrep.gazetteer.listed import Listed
from sitrep.gazetteer.new_site import Wishes, plan_site
from sitrep.gazetteer.one_front_each import Area, settled
from sitrep.gazetteer.regions import Region
from sitrep.gazetteer.smaller import smaller_places


def test_a_township_is_a_place_of_its_region() -> None:
    """What an administration calls a place is in the front of its region, in the languages of the site."""
    wishes = Wishes(
        title="x", countries=("MM",), fronts=("West=Rakhine", "East=Shan"), languages=("en", "my")
    )
    west, east = plan_site(wishes).site.areas
    names = {place.name: place.aliases for place in west.places}
    assert "ရသေ့တောင်" in names["Rathedaung"]
    assert "Rathedaung" not in {place.name for place in east.places}


def test_a_word_of_a_regions_name_is_no_village() -> None:
    """A quarter that has its name from a region elsewhere is not met where that is spoken of."""
    kinshasa = smaller_places(Region("CD.06", "Kinshasa", ("Kinshasa",)), (), ("en",), str)
    names = {place.name for place in kinshasa}
    assert ("Kintambo" in names, "Kivu" in names) == (True, False)


def test_a_name_means_the_larger_place_though_it_is_in_no_front() -> None:
    """A hamlet of a front is not met where a city of the same country has its name; a town has it alone."""
    front = Area(name="A", places=(Listed("Nikopol", people=600), Listed("Izium", people=45_000)))
    rest = (Listed("Nikopol", people=100_000), Listed("Izium", people=200))
    [kept], _ = settled((front,), None, (), rest=rest)
    assert [place.name for place in kept.places] == ["Izium"]


def test_every_division_is_in_a_region_that_is_known() -> None:
    """Names stand under the code of a region of the list, none twice, and none is empty."""
    regions = {code for code, *_ in shipped_rows("gazetteer/regions.tsv")}
    rows = list(shipped_rows("gazetteer/divisions.tsv.gz"))
    assert {code for code, *_ in rows} <= regions
    each = [list(chain(*(kind.split("|") for kind in kinds if kind))) for _, *kinds in rows]
    assert all(len(set(names)) == len(names) and all(names) for names in each)
