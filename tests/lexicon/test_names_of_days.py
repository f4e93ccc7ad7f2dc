"""The kept names of months and days, by which a word that only says when is known.

``python -m tests.lexicon.test_names_of_days`` writes them, for a new edition of CLDR or another language.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import sitrep.lexicon.waiting
from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.lexicon.waiting.lists import by_language
from sitrep.lexicon.waiting.plain import plain_each

FOLDER = Path(sitrep.lexicon.waiting.__file__).parent
KEPT = FOLDER / "names_of_days.json"


def names() -> list[str]:
    """Months and days of the week in every language of the lists, in plain form."""
    found = (
        name
        for lang in by_language("headers")
        for table in (month_names, weekday_names)
        for name in table(lang)
    )
    return sorted({*plain_each(found)})


def test_every_name_is_kept() -> None:
    """No language of the lists lacks a month or a day that CLDR has."""
    # In a process of its own: tests that ask Babel itself change what it says of other languages afterwards.
    said = "import json; from tests.lexicon.test_names_of_days import names; print(json.dumps(names()))"
    printed = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert set(json.loads(printed)) <= set(json.loads(KEPT.read_text(encoding="utf-8")))


def test_a_text_is_read_without_asking_cldr() -> None:
    """Whether a word says when is known without loading Babel, which costs as much as a whole start."""
    said = (
        "import sys; from sitrep.lexicon.waiting.lists import *; "
        "print(stands_beside('mai'), 'babel' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["True", "False"]


if __name__ == "__main__":
    KEPT.write_text(json.dumps(names(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
