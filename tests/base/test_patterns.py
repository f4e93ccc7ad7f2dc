"""Patterns that are compiled with their first use are as good as those compiled at once."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sitrep
from sitrep.base.patterns import AnyOf, _Later, lazy_pattern


def test_every_pattern_compiles() -> None:
    """No text can be the first to find that a pattern of the program is none."""
    names = [found.name for found in pkgutil.walk_packages(sitrep.__path__, "sitrep.")]
    modules = [importlib.import_module(name) for name in names]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, _Later)]
    assert len(found) > 50
    for one in found:
        assert one.pattern


def test_it_does_what_a_compiled_pattern_does() -> None:
    """The first use and later ones give what the compiled pattern gives."""
    words = lazy_pattern(r"(\w)(\w+)")
    assert [words.sub(r"\2\1", "one two") for _ in range(2)] == ["neo wot"] * 2
    assert words.findall("one") == [("o", "ne")]
    with pytest.raises(AttributeError):
        words.nothing  # type: ignore[attr-defined]  # noqa: B018


def _any_of() -> list[AnyOf]:
    names = [found.name for found in pkgutil.walk_packages(sitrep.__path__, "sitrep.")]
    modules = [importlib.import_module(name) for name in names]
    return [value for module in modules for value in vars(module).values() if isinstance(value, AnyOf)]


@given(st.data())
def test_alternatives_are_found_as_by_the_whole_pattern(data: st.DataObject) -> None:
    """Whatever is looked for one by one is found in exactly the texts in which the whole pattern finds it."""
    one = data.draw(st.sampled_from(_any_of()))
    parts = [alternative.said for alternative in one.alternatives]
    assert "|".join(parts) == one.said
    signs = st.text(alphabet="ab eE1:/[]~^.-\\#\t", max_size=12)
    line = signs | st.from_regex(data.draw(st.sampled_from(parts)))
    text = data.draw(st.sampled_from(["\n", " ", "x"])).join(data.draw(st.lists(line, max_size=3)))
    assert one.found_in(text) == bool(re.search(one.said, text, re.M))
