"""The workbench of the sorting tests: the shipped rules, and one item sorted in one call."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

from sitrep.base.nouns import Item, Section, Source, Update
from sitrep.config.load import load_config
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.sort_items import read, sort_items

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seeds" / "004_10e97d663d89f50e.txt"
GOLD = ROOT.parent / "shared" / "gold" / "sorting-4-5-6-december.json"


@functools.cache
def rules_of(path: str = "config.yaml") -> SortingRules:
    """The rules of a config file of the repository."""
    return compile_rules(load_config((ROOT / path).read_text(encoding="utf-8"), path))


def rules_from(text: str) -> SortingRules:
    """The rules of a configuration written in a test."""
    return compile_rules(load_config("site: {title: Test}\n" + text))


def update_of(*sections: Section, lang: str | None = None, date: dt.date = dt.date(2024, 12, 6)) -> Update:
    """An update with these sections."""
    return Update(date=date, line=1, sections=sections, lang=lang, source="note.txt")


def section(heading: str | None, *texts: str, level: int = 1, line: int = 3) -> Section:
    """A section whose items have not been sorted yet."""
    items = tuple(Item(text=text, line=line + n, front="") for n, text in enumerate(texts, 1))
    return Section(heading=heading, line=line, level=level, items=items)


def sort(
    text: str, heading: str | None = None, rules: SortingRules | None = None, lang: str | None = None
) -> Item:
    """One item, sorted under a heading or under none."""
    update = update_of(section(heading, text), lang=lang)
    return sort_items(update, rules or rules_of()).items[0]


def read_text(text: str, rules: SortingRules | None = None, path: str = "note.txt") -> tuple[Update, ...]:
    """The updates of a text, parsed and sorted."""
    source = Source(path=path, digest="0" * 64, text=text)
    return read(source, rules or rules_of()).updates
