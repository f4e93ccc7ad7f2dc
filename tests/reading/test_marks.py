"""The tables of marks."""

from importlib.resources import files

import pytest

from sitrep.reading.markup.marks import Marks

_TABLES = files("sitrep") / "reading" / "markup"
_NAMES = sorted(
    f"{folder}{table.name.removesuffix('.tsv')}"
    for folder in ("", "languages/")
    for table in (_TABLES / folder).iterdir()
    if table.name.endswith(".tsv")
)


@pytest.mark.parametrize("name", _NAMES)
def test_every_mark_of_a_table_compiles(name: str) -> None:
    """No text can be the first to find that a pattern of a table is none, or has what stands for it wrong."""
    table = Marks(name)
    assert all(pattern.pattern for kind in ("line", "inside") for pattern, _ in table.changes(kind))


def test_no_mark_ends_in_a_blank() -> None:
    """An editor that takes blanks away at the ends of lines changes nothing: ``[ ]`` stands for one."""
    lines = [line for name in _NAMES for line in (_TABLES / f"{name}.tsv").read_text("utf-8").split("\n")]
    assert [line for line in lines if line != line.rstrip()] == []
