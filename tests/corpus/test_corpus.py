"""Every text in this folder is read as its first lines say.

A case is a text a journalist could write. Above the line of equals signs stand: one sentence of what it
guarantees; settings (``file:``, ``order:``, ``undated:``, and ``notes: told`` where notes count); and what
the reading must be, told by ``summary``. Line numbers count from the line below the equals signs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.base.nouns import Role
from tests.corpus.summary import summary
from tests.reading.dialect import config, read

CASES = sorted(Path(__file__).parent.glob("*.txt"))
RULE = "=" * 20
SETTINGS = ("file", "order", "undated", "notes")


def case_of(path: Path) -> tuple[dict[str, str], list[str], str]:
    """The settings, the expected lines and the text of a case."""
    head, _, text = path.read_text(encoding="utf-8").partition(f"\n{RULE}\n")
    settings: dict[str, str] = {}
    expected: list[str] = []
    for line in head.split("\n")[1:]:
        key, _, value = line.partition(": ")
        if key in SETTINGS:
            settings[key] = value
        elif line.strip():
            expected.append(line)
    return settings, expected, text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_text_is_read_as_its_first_lines_say(path: Path) -> None:
    """The reading of each case is the one written at its top, and no line of it is lost."""
    settings, expected, text = case_of(path)
    conf = config(settings.get("order", "dmy"), settings.get("undated", "refuse"))
    reading = read(text, settings.get("file", "text.txt"), conf)
    assert summary(reading, notes="notes" in settings) == expected
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [line.number for line in reading.lines] == numbers
    assert all(line.reason for line in reading.lines if line.role is Role.DROPPED)


def test_there_are_cases() -> None:
    """The corpus was found."""
    assert len(CASES) > 50
