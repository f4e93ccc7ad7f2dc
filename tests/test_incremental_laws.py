"""The laws of docs and design, on whole sites: incremental equals from scratch, identity, cost of a drop."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.publishing import CONFIG, Studio, tree

WORDS = [
    "river",
    "bridge",
    "convoy",
    "school",
    "market",
    "Alder",
    "Birch",
    "Dogwood",
    "Elm",
    "road",
    "reportedly",
]
DAYS = [
    dt.date(2023, 1, 30),
    dt.date(2024, 2, 29),
    dt.date(2024, 9, 15),
    dt.date(2024, 11, 30),
    dt.date(2024, 12, 1),
    dt.date(2024, 12, 2),
    dt.date(2025, 6, 1),
]
HEADINGS = ["Northern front", "Southern front", "Rumors", "What else happened", "Analysis"]

OF_CLAIMS = [
    "[claim: bridge-alder] The bridge at Alder is said to be down.",
    "[claim: bridge-alder-2] Another bridge, too.",
    "[claim: bridge-alder, refuted] Cars cross the bridge.",
    "[rumor] A convoy is on the road to Elm.",
    "Confirmed: bridge-alder. Two drivers saw it.",
    "Not borne out: bridge-alder. Nobody saw it.",
    "Again: bridge-alder. People at the market say so.",
    "Refuted: convoy-elm. No convoy came.",
    "Confirmed: convoy-elm",
    "Refuted: R1 of 1 Dec. The school says so.",
    "R1 of 30 Nov: not borne out",
    "Superseded: N1 of 1 Dec",
    "Denied: R1 of 2 Dec",
]
item = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(
        lambda words: "The " + " ".join(words) + "."
    ),
    st.sampled_from(OF_CLAIMS),
)
items = st.lists(item, min_size=1, max_size=4)
section = st.tuples(st.sampled_from(HEADINGS), items)
opinion = st.tuples(st.just("Analysis"), items)
# Texts of opinion alone, texts without any and mixed ones: so feeds come to have months that others have not.
body = st.one_of(
    st.lists(section, min_size=1, max_size=3),
    st.lists(opinion, min_size=1, max_size=1),
    st.lists(section.filter(lambda one: one[0] != "Analysis"), min_size=1, max_size=2),
)


def text_of(day: dt.date, sections: list[tuple[str, list[str]]]) -> str:
    """An update as a writer would type it."""
    lines = [f"Update {day:%d-%m-%Y}", ""]
    for heading, items in sections:
        lines += [f"# {heading}", "", *(f"– {one}" for one in items), ""]
    return "\n".join(lines)


class Newsroom(RuleBasedStateMachine):
    """After any sequence of drops, edits, renames and deletions output/ is what a clean build gives."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.studio = Studio(self.folder / "site")
        self.files: dict[str, tuple[dt.date, list[tuple[str, list[str]]]]] = {}
        self.count = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _write(self, name: str) -> None:
        self.studio.drop(name, text_of(*self.files[name]))

    def _pick(self, draw: int) -> str:
        return sorted(self.files)[draw % len(self.files)]

    @initialize(sections=body, opinion=st.booleans())
    def start(self, sections: list[tuple[str, list[str]]], opinion: bool) -> None:
        if not opinion:
            self.studio.folders.config.write_text(f"{CONFIG}feeds: {{opinion: false}}\n", encoding="utf-8")
        self.drop(DAYS[4], sections)

    @rule(day=st.sampled_from(DAYS), sections=body)
    def drop(self, day: dt.date, sections: list[tuple[str, list[str]]]) -> None:
        self.count += 1
        name = f"note-{self.count}.txt"
        self.files[name] = (day, sections)
        self._write(name)

    @precondition(lambda self: self.files)
    @rule(draw=st.integers(0, 99), place=st.integers(0, 99), new=item)
    def edit(self, draw: int, place: int, new: str) -> None:
        day, sections = self.files[name := self._pick(draw)]
        at = place % len(sections)
        heading, items = sections[at]
        items = [*items[: place % len(items)], new, *items[place % len(items) + 1 :]]
        self.files[name] = (day, [*sections[:at], (heading, items), *sections[at + 1 :]])
        self._write(name)

    @precondition(lambda self: self.files)
    @rule(draw=st.integers(0, 99), new=item)
    def insert_above(self, draw: int, new: str) -> None:
        day, sections = self.files[name := self._pick(draw)]
        heading, items = sections[0]
        self.files[name] = (day, [(heading, [new, *items]), *sections[1:]])
        self._write(name)

    @precondition(lambda self: self.files)
    @rule(draw=st.integers(0, 99), heading=st.sampled_from(HEADINGS))
    def sort_again(self, draw: int, heading: str) -> None:
        day, sections = self.files[name := self._pick(draw)]
        self.files[name] = (day, [(heading, sections[0][1]), *sections[1:]])
        self._write(name)

    @precondition(lambda self: self.files)
    @rule(draw=st.integers(0, 99), day=st.sampled_from(DAYS))
    def date_back(self, draw: int, day: dt.date) -> None:
        name = self._pick(draw)
        self.files[name] = (day, self.files[name][1])
        self._write(name)

    @precondition(lambda self: self.files)
    @rule(draw=st.integers(0, 99))
    def rename(self, draw: int) -> None:
        old = self._pick(draw)
        self.count += 1
        new = f"sub/note-{self.count}.md"
        self.files[new] = self.files.pop(old)
        self.studio.take(old)
        self._write(new)

    @precondition(lambda self: len(self.files) > 1)
    @rule(draw=st.integers(0, 99))
    def delete(self, draw: int) -> None:
        name = self._pick(draw)
        del self.files[name]
        self.studio.take(name)

    @rule(minutes=st.integers(1, 3000))
    def wait(self, minutes: int) -> None:
        self.studio.later(minutes=minutes)

    @invariant()
    def incremental_equals_from_scratch(self) -> None:
        self.studio.publish(confirm=True)
        clone = self.studio.clone(self.folder / "clone")
        try:
            clone.publish(confirm=True)
            assert tree(clone.folders.output) == self.studio.tree()
            assert tree(clone.folders.ledger) == tree(self.studio.folders.ledger)
        finally:
            shutil.rmtree(clone.root)


# No shrinking: a step is two builds, and the steps of a failure are printed ready to be replayed.
Newsroom.TestCase.settings = settings(
    max_examples=max(2, settings().max_examples // 5),
    stateful_step_count=max(4, min(10, settings().max_examples // 3)),
    phases=(Phase.explicit, Phase.generate),
)
test_incremental_equals_from_scratch = Newsroom.TestCase
