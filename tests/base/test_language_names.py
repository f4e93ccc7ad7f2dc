"""The kept names of languages, by which the maker of a new site is understood.

``python -m tests.base.test_language_names`` writes them, for a new edition of CLDR.
"""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest

import sitrep.base.languages

KEPT = Path(sitrep.base.languages.__file__).parent / "language_names.tsv"


def names() -> str:
    """The table as CLDR has it."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = sorted({name.partition("_")[0] for name in locale_identifiers()})
    english = Locale.parse("en").languages
    rows = (
        f"{code}\t{english.get(code, '')}\t{Locale.parse(code).languages.get(code, '')}" for code in codes
    )
    return "\n".join(
        ("# Languages that CLDR has data for: code, name in English, in the language", *rows, "")
    )


@pytest.mark.slow
def test_every_language_is_kept_as_cldr_names_it() -> None:
    """The table is what CLDR says: a second of work that no site should pay when it is made."""
    # In a process of its own: to ask Babel for all of them takes memory, and tests share a process.
    said = "from tests.base.test_language_names import names; print(ascii(names()))"
    printed = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert literal_eval(printed) == KEPT.read_text(encoding="utf-8")


if __name__ == "__main__":
    KEPT.write_text(names(), encoding="utf-8")
