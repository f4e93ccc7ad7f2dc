"""What is laid away is what comes back, and a disk without room is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import SiteError
from sitrep.base.spool import Overflow, Spool, content_of


@given(st.lists(st.binary(max_size=300), max_size=30), st.randoms())
def test_everything_comes_back(
    tmp_path_factory: pytest.TempPathFactory, said: list[bytes], order: object
) -> None:
    """Whatever is laid into a spool can be read in any order, also while more is laid there."""
    spool = Spool(tmp_path_factory.getbasetemp())
    laid = [spool.put(one) for one in said]
    order.shuffle(laid)  # type: ignore[attr-defined]
    for one in laid:
        before = content_of(one)
        spool.put(b"more")
        assert content_of(one) == before
    assert sorted(map(content_of, laid)) == sorted(said)


@given(st.dictionaries(st.text(max_size=3), st.binary(max_size=30)), st.integers(0, 200))
def test_what_overflows_comes_back(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, bytes], most: int
) -> None:
    """Every content comes back by its name, and memory holds no more than what it may."""
    held = Overflow(tmp_path_factory.getbasetemp(), most)
    for name, content in said.items():
        held.put(name, content)
    assert {name: held.get(name) for name in said} == said
    assert held.get("never laid there") is None
    assert sum(len(kept) for kept in held._kept.values() if isinstance(kept, bytes)) <= most


def test_what_lies_nowhere_is_itself() -> None:
    """Bytes that were never laid away are given as they are."""
    assert content_of(b"said") == b"said"


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    """A place, a fact and a remedy instead of a traceback."""
    with pytest.raises(SiteError) as told:
        Spool(tmp_path / "not there")
    assert "no room to work in" in told.value.problems[0].fact
