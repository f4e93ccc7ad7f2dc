"""A site's values become a config.yaml that is valid whatever the names hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.slugs import slug
from sitrep.config.load import load_config
from sitrep.config.yaml import load
from sitrep.gazetteer.config_text import NewSite, config_text, ids_of, scalar
from sitrep.gazetteer.listed import Listed
from sitrep.gazetteer.one_front_each import Area

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
ODD = st.sampled_from(
    ['a: b', '"quoted"', "it's", "- dash", "# hash", "no", "null", "12:30", "{a, b}", "[x]", "حلب: الشرق",
     "ש\u200fלום",
     "a\\b", "&a *b", "%x", "@y", "`z`", "| >", "~", "Київ, Суми", "\t", "e\u0301"]
)  # fmt: skip


@given(TEXTS | ODD)
def test_any_text_comes_back_from_its_scalar(text: str) -> None:
    """Quotes, colons, signs of YAML and letters of any direction are read again as what they were."""
    [back] = load(f"[{scalar(text)}]", "x").value  # type: ignore[misc, union-attr]
    assert back == text


@given(
    st.lists(ODD | TEXTS.filter(str.strip), min_size=1, max_size=4, unique_by=lambda t: t.strip().casefold())
)
def test_any_names_give_a_configuration_that_is_valid(names: list[str]) -> None:
    """Titles, fronts, places and actors may be called anything that has letters."""
    named = [name for name in names if any(c.isalpha() for c in name)]
    areas = tuple(
        Area(name=f"{n} {name}", places=(Listed(f"{name} {n}", (f"{n}{n} {name}",), (1.0, 2.0), 5, True),))
        for n, name in enumerate(named)
    )
    site = NewSite(title=names[0].strip() or "x", areas=areas or (Area(name="x"),), home=tuple(named))
    config = load_config(config_text(site))
    assert len(config.fronts) == len(site.areas) + 2


def test_fronts_without_a_name_of_their_own_are_called_in_the_languages_of_the_site() -> None:
    """Sides of a country, rumors and the rest: in the first language, and in the others for editions."""
    site = NewSite(title="x", languages=("ar", "de"), areas=(Area(name="North"), Area(name="Homs")))
    config = load_config(config_text(site))
    assert [front.id for front in config.fronts] == ["north", "homs", "rumors", "general"]
    assert [front.name for front in config.fronts] == ["الشمال", "Homs", "شائعات", "عام"]
    german = {"north": "Norden", "rumors": "Gerüchte", "general": "Allgemeines"}
    assert config.translations["de"].fronts == german


def test_ids_are_made_of_names_in_any_script() -> None:
    """The id of a front is its name in Latin letters, and two fronts never share one."""
    areas = [Area(name=name) for name in ("Схід", "الشمال", "North Darfur", "North, Darfur", "2024", "—")]
    ids = ids_of(areas)
    assert (ids[0], *ids[2:5]) == ("skhid", "north-darfur", "north-darfur-2", "front-2024")
    assert len(set(ids)) == len(ids)


def test_a_slug_has_only_small_latin_letters_digits_and_hyphens() -> None:
    """Accents go, other scripts are transliterated."""
    assert [slug(t) for t in ("N'Zérékoré", "Харків", "Île-de-France", "؟")] == [
        "nzerekore", "kharkiv", "ile-de-france", "",
    ]  # fmt: skip
