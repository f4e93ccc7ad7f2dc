"""What the package ships is found in the form in which it lies there."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.base.shipped import has_line, shipped_text

_LINES = st.lists(st.text("abÀ龙-", min_size=1, max_size=3)).map(sorted)


@given(_LINES, st.text("abÀ龙-", max_size=3), st.sampled_from(["", "\n"]))
@example(["a", "b"], "", "\n")
def test_a_line_is_found_among_others(lines: list[str], line: str, end: str) -> None:
    """A line is found exactly where it is one of them, with or without an end of the last."""
    assert has_line("\n".join(lines) + (end if lines else ""), line) == (line in lines)


def test_given_names_can_be_searched() -> None:
    """Given names stand in the order in which they are searched."""
    names = shipped_text("reading/senders/given_names.txt").splitlines()[2:]
    assert names == sorted(names)
