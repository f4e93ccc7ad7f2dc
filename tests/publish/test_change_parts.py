"""A month with very many changes: its page comes in parts, and a change costs no more after a thousand."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.site import change_parts
from tests.publishing import CONFIG, Studio

COUNTS = st.integers(0, 1_000)


@given(COUNTS, COUNTS, COUNTS)
def test_every_change_stands_in_one_part_and_what_moves_is_made_anew(
    before: int, after: int, same: int
) -> None:
    """Parts follow each other without a gap, and those beyond the first moved change are named."""
    same = min(same, before, after)
    ends = [change_parts.begins(after, part) for part in (*range(1, change_parts.closed(after) + 1), 0)]
    assert ends[0] == 0
    assert all(end - start == change_parts.EACH for start, end in pairwise(ends))
    assert after - ends[-1] < 2 * change_parts.EACH
    then, now = change_parts.closed(before), change_parts.closed(after)
    touched = change_parts.touched(then, now, same)
    for part in set(range(1, max(then, now) + 1)) - set(touched):
        assert part * change_parts.EACH <= same
        assert part < min(then, now) or then == now


def test_a_text_that_is_put_right_over_and_over_makes_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each change has its place once, a closed part stays as it is, and a clean build makes the same site."""
    monkeypatch.setattr(change_parts, "EACH", 2)
    studio = Studio(tmp_path / "site", config=f"{CONFIG}corrections: {{grace_minutes: 0}}\n")
    for name in ("a", "b"):
        studio.drop(f"{name}.txt", _text(name, 0))
    studio.publish()
    closed: dict[str, bytes] = {}
    for count in range(1, 7):
        studio.later(minutes=10)
        name = "b" if count == 2 else "a"
        studio.drop(f"{name}.txt", _text(name, count))
        studio.publish()
        pages = {place: page for place, page in studio.tree().items() if _PAGE.match(place)}
        named = [
            anchor
            for page in pages.values()
            for anchor in re.findall(rb'<article class="case" id="(\S+)"', page)
        ]
        assert len(named) == len(set(named)) == count
        newest = max(closed, default="")
        assert all(pages[place] == page for place, page in closed.items() if place != newest)
        closed = {place: page for place, page in pages.items() if place.count("/") == 3}
    assert sorted(closed) == ["corrections/2025-06/1/index.html", "corrections/2025-06/2/index.html"]
    studio.later(hours=1)
    studio.take("b.txt")
    studio.publish(confirm=True)
    clean = studio.clone(tmp_path / "clean")
    clean.publish()
    assert studio.tree() == clean.tree()


_PAGE = re.compile(r"corrections/2025-06/(?:\d+/)?index\.html")


def _text(name: str, count: int) -> str:
    day = {"a": "01-06-2025", "b": "31-05-2025"}[name]
    return f"Update {day}\n\n# Northern front\n\n- The road at Alder {name} is open to {count} trucks.\n"
