"""Patterns that are compiled with their first use are as good as those compiled at once."""

import importlib
import pkgutil

import pytest

import sitrep
from sitrep.base.patterns import _Later, lazy_pattern


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
