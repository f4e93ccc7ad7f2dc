"""Any country can be the map of a site, alone or with others."""

from __future__ import annotations

import re

import pytest

from sitrep.base.countries import UNDRAWN, countries, country_named
from sitrep.base.errors import ConfigError
from sitrep.config.load import load_config
from sitrep.pages.maps.outlines import outline_of, world

FRONTS = "site: {title: Test}\nfronts: [{id: a, name: Alder}]\n"


def test_every_country_has_an_outline() -> None:
    """Every code of the list is drawn, but for those that are said to be parts of others."""
    drawn = set(world().countries)
    assert {country.code for country in countries()} - drawn == UNDRAWN


@pytest.mark.parametrize(
    ("codes", "inside"),
    [
        (("UA",), [(50.45, 30.52), (44.95, 34.10), (48.62, 22.29)]),
        (("GN", "LR", "SL"), [(9.54, -13.68), (6.30, -10.80), (8.48, -13.23)]),
        (("RU",), [(55.75, 37.62), (64.73, 177.51)]),
        (("FJ",), [(-18.14, 178.44)]),
        (("CL",), [(-33.45, -70.66), (-53.16, -70.91)]),
    ],
)
def test_a_countrys_towns_are_on_its_map(codes: tuple[str, ...], inside: list[tuple[float, float]]) -> None:
    """The map holds the whole country, also over the 180th meridian, and is no heavier than a page bears."""
    outline = outline_of(codes, "en")
    assert outline is not None
    assert all(outline.spot(at, 7) for at in inside)
    assert outline.spot((-80.0, 0.0), 7) is None
    assert 100 <= outline.height <= 420
    assert len(outline.drawing) < 25_000


def test_neighbours_are_named_in_the_sites_language() -> None:
    """The names around a country are those of its language."""
    for lang, name in (("en", "Belarus"), ("uk", "Білорусь")):
        outline = outline_of(("UA",), lang)
        assert outline is not None
        assert name in {label[0] for label in outline.labels}


def test_a_drawing_is_made_of_whole_pixels() -> None:
    """Every path holds nothing but moves and lines in whole numbers."""
    outline = outline_of(("SY",), "en")
    assert outline is not None
    for path in re.findall(r' d="([^"]*)"', outline.drawing):
        assert re.fullmatch(r"(M-?\d+ -?\d+l(-?\d+[ ]?)+z?)*", path)


@pytest.mark.parametrize(("written", "codes"), [("UA", ("UA",)), ("syria", ("SY",))])
def test_a_map_is_named_by_codes_or_names(written: str, codes: tuple[str, ...]) -> None:
    """Codes, names and lists of them are understood; what is no country is a fault that names the nearest."""
    assert load_config(FRONTS + f"map: {written}").map == codes
    assert load_config(FRONTS + "map: [Guinea, LR, SLE]").map == ("GN", "LR", "SL")
    with pytest.raises(ConfigError, match="did you mean Syria"):
        load_config(FRONTS + "map: Syira")


def test_countries_are_found_by_names_in_use() -> None:
    """Codes of two and three letters, other names, other languages."""
    found = [country_named(text, "uk") for text in ("ua", "UKR", "Burma", "Ivory Coast", "Польща", "nowhere")]
    assert [country and country.code for country in found] == ["UA", "UA", "MM", "CI", "PL", None]


@pytest.mark.parametrize(
    ("code", "at"),
    [
        ("MY", (3.14, 101.69)), ("GQ", (3.75, 8.78)), ("CV", (16.89, -24.98)), ("KM", (-12.17, 44.4)),
        ("KI", (1.33, 172.98)), ("FJ", (-18.14, 178.44)), ("US", (61.22, -149.9)), ("NZ", (-36.85, 174.76)),
    ],
)  # fmt: skip
def test_all_large_parts_of_a_country_are_on_its_map(code: str, at: tuple[float, float]) -> None:
    """Kuala Lumpur, Malabo, Mindelo, Mutsamudu, Tarawa, Suva, Anchorage and Auckland are all seen."""
    outline = outline_of((code,), "en")
    assert outline is not None
    assert outline.spot(at, 7)


def test_what_lies_across_an_ocean_is_on_no_map() -> None:
    """Guiana would leave no room for France."""
    outline = outline_of(("FR",), "en")
    assert outline is not None
    assert outline.spot((4.9, -52.3), 7) is None
    assert outline.spot((48.86, 2.35), 40)
