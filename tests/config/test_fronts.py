"""Fronts may be bare names: what is not given is given out, and differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import ConfigError
from sitrep.config.load import load_config
from sitrep.config.values import Config


def fronts(text: str) -> Config:
    return load_config(f"site: {{title: Test}}\n{text}\n")


def test_names_alone_are_fronts() -> None:
    """A list of names, on one line or several, is enough; ids are their names in Latin letters."""
    for text in ("fronts: [Hills, Côte d'Or, Схід]", "fronts: Hills, Côte d'Or, Схід"):
        assert [f.id for f in fronts(text).fronts[:3]] == ["hills", "cote-dor", "skhid"]


def test_hues_and_marks_are_given_out() -> None:
    """No two fronts look alike as long as there are hues; the points of the compass have their marks."""
    config = fronts("fronts: [North, East, Hills, {name: Coast, hue: brown}, {name: World, kind: theme}]")
    assert [f.mark for f in config.fronts[:5]] == ["north", "east", "ring", "ring", "globe"]
    hues = [f.hue for f in config.fronts[:5]]
    assert len(set(hues)) == 5
    assert hues[3] == "brown"


def test_rumors_and_general_are_what_they_are_called() -> None:
    """A bare name of these two is the front of that kind."""
    config = fronts("fronts: [Hills, Rumors, General]")
    assert [f.kind for f in config.fronts] == ["geography", "rumors", "general"]


@pytest.mark.parametrize(
    ("lang", "general", "rumors"), [("ar", "عام", "شائعات"), ("sw", "General", "Rumors")]
)
def test_fronts_that_every_site_has_are_called_in_its_language(lang: str, general: str, rumors: str) -> None:
    """A site that configures neither has both, under names of its language where these are known."""
    config = load_config(f"site: {{title: Test, language: {lang}}}\nfronts: [Hills]\n")
    assert [f.name for f in config.fronts] == ["Hills", general, rumors]


def test_short_names_differ() -> None:
    """Where two names begin alike the whole name is the short one."""
    config = fronts("fronts: [North Darfur, North Kordofan, Red Sea]")
    assert [f.short for f in config.fronts[:3]] == ["North Darfur", "North Kordofan", "Red"]


def test_a_name_that_cannot_be_a_folder_gets_another_id() -> None:
    """Dates and folders of the site are left alone, and two names of one slug are two folders."""
    config = fronts("fronts: ['2024', Archive, 'a b', 'a (b)']")
    assert [f.id for f in config.fronts[:4]] == ["front-2024", "archive-front", "a-b", "a-b-2"]


@given(
    st.lists(
        st.sampled_from(["Hills", "Coast", "Східний фронт", "حلب", "—", "42", "x y", "x (y)"]),
        min_size=1,
        unique=True,
    )
)
def test_any_names_are_fronts_with_ids_of_their_own(names: list[str]) -> None:
    """Whatever fronts are called, each has one folder."""
    listed = "\n".join(f"  - {{name: '{name}'}}" for name in names)
    try:
        config = fronts(f"fronts:\n{listed}")
    except ConfigError as told:
        pytest.fail(str(told))
    assert len({f.id for f in config.fronts}) == len(config.fronts) == len(names) + 2


def test_a_hint_for_an_id_is_made_of_the_name() -> None:
    """The remedy for an id that cannot be one names the front's own."""
    with pytest.raises(ConfigError, match="for example hills"):
        fronts("fronts: [{id: '!', name: Hills}]")
