"""Prints per language how many sentences of each kind are understood, and how many others are taken for it.

``python -m tests.lexicon.measure`` for the table, with codes of languages for what is not understood.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

from sitrep.base.languages.language_names import language_name
from sitrep.base.nouns import Certainty
from sitrep.config.load import load_config
from sitrep.sorting.certainty import judge
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.places import scan
from tests.lexicon.sentences import LANGUAGES, sentences

_CONFIG = """
site: {title: Valley, language: en}
fronts:
  - {id: coast, name: Coast, places: [Sandhaven]}
"""
KIND = {
    Certainty.REPORTED: "doubt",
    Certainty.RUMOR: "doubt",
    Certainty.STATEMENT: "statement",
    Certainty.SAID: "plain",
}


class Measure(NamedTuple):
    """Shares of 100: of the sentences of a kind that are found, of the others that are taken for it."""

    found: dict[str, int]
    false: dict[str, int]
    wrong: list[tuple[str, str, str]]
    """Kind, what it was taken for, sentence."""


def rules() -> SortingRules:
    """A small English site."""
    return compile_rules(load_config(_CONFIG))


def measure(lang: str, of: SortingRules) -> Measure:
    """How the sentences of one language are understood."""
    lexicon = of.lexicon(lang)
    taken = [
        (kind, KIND[judge(scan(line, lexicon)).certainty], line)
        for kind, lines in sentences(lang).items()
        for line in lines
    ]
    found, false = {}, {}
    for kind in ("doubt", "statement", "plain"):
        own = [t for k, t, _ in taken if k == kind]
        others = [t for k, t, _ in taken if k != kind]
        found[kind] = round(100 * own.count(kind) / len(own))
        false[kind] = round(100 * others.count(kind) / len(others))
    return Measure(found, false, [t for t in taken if t[0] != t[1]])


def main(codes: list[str]) -> None:
    """Print the table, or what is not understood in the languages named."""
    of = rules()
    if not codes:
        print("| language | doubt: found, false | statements: found, false | plain: found |")
        print("| --- | --- | --- | --- |")
    for lang in codes or LANGUAGES:
        result = measure(lang, of)
        if codes:
            for kind, taken, line in result.wrong:
                print(f"{lang}: {kind} taken for {taken}: {line}")
            continue
        pairs = [f"{result.found[kind]} %, {result.false[kind]} %" for kind in ("doubt", "statement")]
        print(f"| {language_name(lang)} (`{lang}`) | {' | '.join(pairs)} | {result.found['plain']} % |")


if __name__ == "__main__":
    main(sys.argv[1:])
