"""Faker's lists of names -> sitrep/reading/senders/given_names.txt: names by which a chat names its people.

Run once in a while, not when a site is built:

    python -m pip install faker babel pyyaml
    python tools/make_given_names.py

Words of our own lists, names of months, days and countries, and those of no_given_names.txt are left out:
before a colon they are no person. Those of given_names_kept.txt stay all the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from faker.providers import person  # type: ignore[import-not-found]

TOOLS = Path(__file__).parent
ROOT = TOOLS.parent
sys.path.insert(0, str(ROOT))
from sitrep.text.spelling import fold  # noqa: E402

TO = ROOT / "sitrep" / "reading" / "senders" / "given_names.txt"
_PARTED = re.compile(r"[\s().-]")
UNSPACED = ("zh_CN", "zh_TW", "ja_JP", "ko_KR")
HEAD = """\
# Given names in the form in which words are compared; with a hyphen at the end, family names of scripts that
# write them first and without a blank. Faker (MIT); made by tools/make_given_names.py.
"""


def names_of(locale: str, kind: str) -> Iterator[str]:
    """The names of a kind (first_name, last_name) of a locale."""
    provider = import_module(f"{person.__name__}.{locale}").Provider
    for attribute in dir(provider):
        held = getattr(provider, attribute)
        if kind in attribute and isinstance(held, (tuple, list, dict)):
            yield from (name for name in held if isinstance(name, str))


def words_in(value: Any) -> Iterator[str]:
    """All words of a tree of lists."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from words_in(part)
    elif isinstance(value, str):
        yield from (fold(word) for word in re.findall(r"[^\W\d_]+", value))


def other_words() -> Iterator[str]:
    """What is no person before a colon."""
    lists = sorted((ROOT / "sitrep" / "lexicon" / "words").glob("*.yaml"))
    for path in (*lists, ROOT / "sitrep" / "gazetteer" / "everyday.yaml"):
        yield from words_in(yaml.safe_load(path.read_text(encoding="utf-8")))
        locale = Locale.parse(path.stem) if path in lists else Locale.parse("en")
        yield from map(fold, locale.territories.values())
        for words in (locale.months, locale.days):
            yield from map(
                fold, (*words["format"]["wide"].values(), *words["format"]["abbreviated"].values())
            )
    yield from (TOOLS / "no_given_names.txt").read_text(encoding="utf-8").split()


def main() -> None:
    """Write the list anew."""
    folder = Path(person.__file__).parent
    locales = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0].isalpha())
    kept = {fold(name) for name in (TOOLS / "given_names_kept.txt").read_text(encoding="utf-8").split()}
    given = {
        fold(name)
        for locale in locales
        for name in names_of(locale, "first_name")
        if not _PARTED.search(name)
    }
    given |= kept
    given = {name for name in given if len(name) > 2 or not name.isascii()} - (set(other_words()) - kept)
    family = {fold(name) + "-" for locale in UNSPACED for name in names_of(locale, "last_name")}
    TO.write_text(HEAD + "\n".join(sorted(given | family)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
