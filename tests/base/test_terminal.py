"""Lines for a person at a terminal: its width, its colours, and nothing of either elsewhere."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.progress import show, wrapped


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


LINES = st.lists(st.text("abc é字", min_size=1, max_size=30), max_size=20).map(" ".join)


@given(LINES, st.integers(0, 8), st.integers(40, 120))
def test_no_word_is_lost_where_a_line_is_wrapped(text: str, indent: int, width: int) -> None:
    """A line in rows says the same words in the same order, and its rows stand below its beginning."""
    line = " " * indent + text.strip()
    rows = wrapped(line, width)
    assert " ".join(rows).split() == line.split()
    assert all(row.startswith(" " * indent) for row in rows if row.strip())


@pytest.mark.parametrize(("colour", "marks"), [("", True), ("1", False)])
def test_a_terminal_has_colour(colour: str, marks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal a refusal is told in colour; not with NO_COLOR."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", colour)
    terminal = _Terminal()
    show(["  a.txt  NOT published  line 3"], terminal)
    assert ("\x1b[" in terminal.getvalue()) is marks


def test_a_file_has_the_lines_as_they_are() -> None:
    """Elsewhere nothing is wrapped or coloured."""
    file = io.StringIO()
    show(["  a.txt  NOT published  " + "word " * 60], file)
    assert file.getvalue() == "  a.txt  NOT published  " + "word " * 60 + "\n"
