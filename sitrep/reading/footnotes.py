"""Brings footnotes and link definitions to the items and passages that use them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sitrep.base.nouns import Problem, Role, warning
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import replace
from sitrep.reading.assemble import Assembly, Draft
from sitrep.reading.blocks import Shape
from sitrep.reading.role_plan import Plan

_USE = lazy_pattern(r"\[(\^?[^\[\]\n]{1,80})\](?!\()")
_MOST_REPEATED = 200_000
"""Characters that definitions may add to the items of one source: an item is read on its own, so it needs
its footnotes, but a long one that is used everywhere must not make a small file a large one."""
_MOST_USES = 20
"""Of a footnote, that get the definitions which it refers to itself."""


class _Use(NamedTuple):
    """Where a label stands: in an item, or in a passage, which has no draft."""

    built: Assembly
    at: int
    draft: Draft | None

    def append(self, text: str) -> None:
        if self.draft:
            self.draft.texts.append(text)
        else:
            passage = self.built.passages[self.at]
            self.built.passages[self.at] = replace(passage, text=passage.text + text)


def place_definitions(path: str, made: Sequence[tuple[Plan, Assembly]]) -> Iterator[Problem]:
    """Append every definition of the source to each item and passage (lede, outro ...) that refers to it; a
    definition nobody refers to is dropped with that reason."""
    definitions = [
        (_label(block.first.marker), built, block)
        for plan, built in made
        for block in plan.blocks
        if block.shape is Shape.DEFINITION
    ]
    uses = _uses(made)
    for label, _, block in definitions:
        for inner in dict.fromkeys(map(_label, _USE.findall(block.text))) if label in uses else ():
            if inner != label:  # A footnote has links of its own.
                known = uses.setdefault(inner, [])
                known += [use for use in uses[label][:_MOST_USES] if use not in known[:_MOST_USES]]
    noted = {label for label, _, _ in definitions}
    for label, (use, *_) in uses.items():
        if use.draft and label.startswith("^") and label not in noted:
            remedy = f"write a line [{label}]: and its words at the end, or take the mark out"
            yield warning(path, use.draft.line, f"the footnote [{label}] has no note", remedy)
            break
    budget = _MOST_REPEATED
    for label, built, block in definitions:
        used = uses.pop(label, [])
        # Of a link the address alone: a line below it that is no definition is none of a title either.
        said = block.text if label.startswith("^") else block.first.text
        text = "\n\n" + said.replace("\n\n", "\n\n    ")
        for use in used:
            budget -= len(text)
            if budget >= 0 or use is used[0]:
                use.append(text)
        if not used:
            built.report(block, Role.DROPPED, "a definition nothing refers to")
        elif used[0].draft:
            used[0].built.report(block, Role.ITEM, "definition", used[0].at)
        else:
            used[0].built.report(block, used[0].built.passages[used[0].at].role, "definition")
    if budget < 0:
        fact = "footnotes or link addresses are used so often that not every item could have its own copy"
        yield warning(path, None, fact, "shorten them, or use them less often")


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _uses(made: Sequence[tuple[Plan, Assembly]]) -> dict[str, list[_Use]]:
    """Labels in brackets, and where they stand: items first."""
    items = ((_Use(built, at, d), d.text) for _, built in made for at, d in enumerate(built.drafts))
    passages = ((_Use(built, at, None), p.text) for _, built in made for at, p in enumerate(built.passages))
    uses: dict[str, list[_Use]] = {}
    for use, text in chain(items, passages):
        for label in dict.fromkeys(map(_label, _USE.findall(text))) if "[" in text else ():
            uses.setdefault(label, []).append(use)
    return uses
