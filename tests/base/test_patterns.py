"""Patterns that are compiled with their first use are as good as those compiled at once."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sitrep
from sitrep.base.pattern_code import _Code, _code_of, _pattern, compiled
from sitrep.base.patterns import AnyOf, _Later, lazy_pattern
from sitrep.base.prepared import PREPARED_CACHE
from sitrep.base.values import decode, encode

Kind = TypeVar("Kind")


def _all(kind: type[Kind]) -> list[Kind]:
    """What stands in the modules of the program."""
    names = [found.name for found in pkgutil.walk_packages(sitrep.__path__, "sitrep.")]
    modules = [importlib.import_module(name) for name in names]
    return [value for module in modules for value in vars(module).values() if isinstance(value, kind)]


def test_every_pattern_compiles() -> None:
    """No text can be the first to find that a pattern of the program is none."""
    found = _all(_Later)
    assert len(found) > 300
    for one in found:
        assert one.pattern


def test_what_another_process_compiled_is_the_same_pattern() -> None:
    """Every pattern that is taken up equals the one that ``re.compile`` makes, and none is made twice."""
    for one in _all(_Later):
        said, flags = one._said, one._flags
        kept = encode(_code_of(said, flags))
        assert _pattern(said, decode(kept, _Code)) == re.compile(said, flags)


@pytest.mark.parametrize(
    "damaged", [_Code(0, b"\0\0", 0, {}), _Code(0, b"\0" * 8, 3, {"a": 9}), _Code(-1, b"", -1, {})]
)
def test_damaged_code_is_compiled_anew(monkeypatch: pytest.MonkeyPatch, damaged: _Code) -> None:
    """Code that is none does no harm."""
    monkeypatch.setattr(PREPARED_CACHE, "get", lambda *_: damaged)
    assert compiled("(a)(?P<b>c)?", re.I) == re.compile("(a)(?P<b>c)?", re.I)


def test_every_pattern_can_be_taken_up() -> None:
    """Patterns of texts are made by ``lazy_pattern``: no process compiles what another has compiled."""
    package = Path(sitrep.__file__).parent
    texts = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    own = {path.name for path, text in texts.items() if re.search(r"re\.compile\((?!\s*rb?[\"'])", text)}
    assert own == {"pattern_code.py"}


def test_it_does_what_a_compiled_pattern_does() -> None:
    """The first use and later ones give what the compiled pattern gives."""
    words = lazy_pattern(r"(\w)(\w+)")
    assert [words.sub(r"\2\1", "one two") for _ in range(2)] == ["neo wot"] * 2
    assert words.findall("one") == [("o", "ne")]
    with pytest.raises(AttributeError):
        words.nothing  # type: ignore[attr-defined]  # noqa: B018


@given(st.data())
def test_alternatives_are_found_as_by_the_whole_pattern(data: st.DataObject) -> None:
    """Whatever is looked for one by one is found in exactly the texts in which the whole pattern finds it."""
    one = data.draw(st.sampled_from(_all(AnyOf)))
    parts = [alternative.said for alternative in one.alternatives]
    assert "|".join(parts) == one.said
    signs = st.text(alphabet="ab eE1:/[]~^.-\\#\t", max_size=12)
    line = signs | st.from_regex(data.draw(st.sampled_from(parts)))
    text = data.draw(st.sampled_from(["\n", " ", "x"])).join(data.draw(st.lists(line, max_size=3)))
    assert one.found_in(text) == bool(re.search(one.said, text, re.M))
