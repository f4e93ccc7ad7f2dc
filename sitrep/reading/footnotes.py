"""Brings footnotes and link definitions to the items and passages that use them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitrep.base.nouns import Line, Problem, Role, Severity
from sitrep.base.values import replace
from sitrep.reading.assemble import Assembly, Draft
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.role_plan import Plan

_USE = re.compile(r"\[(\^?[^\[\]\n]{1,80})\]")


_MOST_REPEATED = 200_000
"""Characters that definitions may add to the items of one source: an item is read on its own, so it needs
its footnotes, but a long one that is used everywhere must not make a small file a large one."""


def place_definitions(path: str, made: Sequence[tuple[Plan, Assembly]]) -> list[Problem]:
    """Append every definition of the source to each item and passage (lede, outro ...) that refers to it; a
    definition nobody refers to is dropped with that reason."""
    definitions = [
        (built, block) for plan, built in made for block in plan.blocks if block.shape is Shape.DEFINITION
    ]
    uses, spoken = _uses(made), _uses_in_passages(made)
    missing = [_missing(path, label, used[0]) for label, used in _without_note(uses, definitions)]
    if not definitions:
        return missing[:1]
    budget = _MOST_REPEATED
    for built, block in definitions:
        label = _label(block.first.marker)
        users, passages = uses.pop(label, []), spoken.pop(label, [])
        text = "\n\n" + block.text.replace("\n\n", "\n\n    ")
        for user in users:
            budget -= len(text)
            if budget >= 0 or user is users[0]:
                user.draft.texts.append(text)
        for place, (where, index) in enumerate(passages):
            budget -= len(text)
            if budget >= 0 or (place == 0 and not users):
                passage = where.passages[index]
                where.passages[index] = replace(passage, text=passage.text + text)
        if users:
            _report(users[0].built, block, Role.ITEM, users[0].item)
        elif passages:
            where, index = passages[0]
            _report(where, block, where.passages[index].role)
        else:
            _report(built, block, Role.DROPPED)
    return [*missing[:1], *([_too_much(path)] if budget < 0 else [])]


def _without_note(
    uses: dict[str, list[_Use]], definitions: Sequence[tuple[Assembly, Block]]
) -> list[tuple[str, list[_Use]]]:
    noted = {_label(block.first.marker) for _, block in definitions}
    return [(label, used) for label, used in uses.items() if label.startswith("^") and label not in noted]


def _missing(path: str, label: str, use: _Use) -> Problem:
    return Problem(
        path=path,
        line=use.draft.line,
        fact=f"the footnote [{label}] has no note",
        remedy=f"write a line [{label}]: and its words at the end, or take the mark out",
        severity=Severity.WARNING,
    )


def _report(built: Assembly, block: Block, role: Role, item: int | None = None) -> None:
    reason = "a definition nothing refers to" if role is Role.DROPPED else "definition"
    for row in block.rows:
        built.lines.append(
            Line(number=row.number, role=role, text=row.text, update=built.index, item=item, reason=reason)
        )


def _too_much(path: str) -> Problem:
    return Problem(
        path=path,
        fact="footnotes or link addresses are used so often that not every item could have its own copy",
        remedy="shorten them, or use them less often",
        severity=Severity.WARNING,
    )


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


class _Use(NamedTuple):
    built: Assembly
    item: int
    draft: Draft


def _uses(made: Sequence[tuple[Plan, Assembly]]) -> dict[str, list[_Use]]:
    """Labels in brackets, and the items in which they stand."""
    uses: dict[str, list[_Use]] = {}
    for _, built in made:
        for index, draft in enumerate(built.drafts):
            text = draft.text
            if "[" in text:
                for label in dict.fromkeys(_label(m) for m in _USE.findall(text)):
                    uses.setdefault(label, []).append(_Use(built, index, draft))
    return uses


def _uses_in_passages(made: Sequence[tuple[Plan, Assembly]]) -> dict[str, list[tuple[Assembly, int]]]:
    """Labels in brackets, and the passages in which they stand."""
    uses: dict[str, list[tuple[Assembly, int]]] = {}
    for _, built in made:
        for index, passage in enumerate(built.passages):
            for label in dict.fromkeys(_label(m) for m in _USE.findall(passage.text)):
                uses.setdefault(label, []).append((built, index))
    return uses
