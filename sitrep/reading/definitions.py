"""Brings footnotes and link definitions to the items that use them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitrep.model import Line, Role
from sitrep.reading.assemble import Assembly, Draft
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.roles import Plan

_USE = re.compile(r"\[(\^?[^\[\]\n]{1,80})\]")


def place_definitions(made: Sequence[tuple[Plan, Assembly]]) -> None:
    """Append every definition of the source to each item that refers to it; a definition nobody refers to
    is dropped with that reason."""
    definitions = [
        (built, block) for plan, built in made for block in plan.blocks if block.shape is Shape.DEFINITION
    ]
    if not definitions:
        return
    uses = _uses(made)
    for built, block in definitions:
        users = uses.get(_label(block.first.marker), [])
        for _, _, draft in users:
            draft.text += "\n\n" + _written(block)
        home, item = (users[0][0], users[0][1]) if users else (built, None)
        reason = "definition" if users else "a definition nothing refers to"
        for row in block.rows:
            home.lines.append(
                Line(
                    number=row.number,
                    role=Role.ITEM if users else Role.DROPPED,
                    text=row.text,
                    update=home.index,
                    item=item,
                    reason=reason,
                )
            )


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _uses(made: Sequence[tuple[Plan, Assembly]]) -> dict[str, list[tuple[Assembly, int, Draft]]]:
    """Labels in brackets, and the items in which they stand."""
    uses: dict[str, list[tuple[Assembly, int, Draft]]] = {}
    for _, built in made:
        for index, draft in enumerate(built.drafts):
            if "[" in draft.text:
                for label in dict.fromkeys(_label(m) for m in _USE.findall(draft.text)):
                    uses.setdefault(label, []).append((built, index, draft))
    return uses


def _written(block: Block) -> str:
    """The definition on one line; further paragraphs of a footnote stay indented, as Markdown wants."""
    return block.text.replace("\n\n", "\n\n    ")
