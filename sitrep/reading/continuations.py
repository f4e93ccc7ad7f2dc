"""Tells which blocks of an update continue the item before them."""

from __future__ import annotations

from itertools import pairwise

from sitrep.base.nouns import Role
from sitrep.base.signs import ASKING
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.captions import is_caption, is_source_line
from sitrep.reading.role_plan import Plan

_MOST_BETWEEN = 2
"""More paragraphs than these between two bullets are an essay of their own."""
_LONGEST_QUESTION = 160
_LISTED = (Shape.BULLET, Shape.PARAGRAPH, Shape.PICTURE)


def continuations(made: Plan) -> dict[int, str]:
    """Blocks that continue the item before them, with the reason. A source line, or a link and nothing else;
    the words below a picture; the answer to a question in the bullet right above it; a paragraph between two
    bullets of one list, and, where paragraphs so follow bullets, the one after the last bullet."""
    found: dict[int, str] = {}
    bullet: Block | None = None
    waiting: list[int] = []
    habit = 0
    if not any(b.shape is Shape.PARAGRAPH or b.text[-1:] in tuple(ASKING) for b in made.blocks):
        return found
    interview = _is_interview(made)
    for position, (block, fate) in enumerate(zip(made.blocks, made.fates, strict=True)):
        shape = block.shape
        if fate is None or fate[0] is Role.DROPPED or shape is Shape.DEFINITION:
            continue
        if fate[0] is not Role.ITEM or shape not in _LISTED:
            if habit > 1 and len(waiting) == 1:
                found[waiting[0]] = "between bullets"
            bullet, waiting, habit = None, [], 0
        elif shape is Shape.BULLET:
            if bullet is not None and bullet.rows[0].marker == block.rows[0].marker:
                if not waiting and _answers(bullet, block, interview):
                    found[position] = "answer"
                if 0 < len(waiting) <= _MOST_BETWEEN and bullet.rows[0].indent == block.rows[0].indent:
                    found.update(dict.fromkeys(waiting, "between bullets"))
                    habit += 1
            bullet, waiting = block, []
        elif shape is Shape.PARAGRAPH and position and is_caption(block, made.blocks[position - 1]):
            found[position] = "caption"
        elif shape is Shape.PARAGRAPH and position and is_source_line(block.text):
            found[position] = "source"
        elif shape is Shape.PARAGRAPH and bullet is not None:
            waiting.append(position)
    if habit > 1 and len(waiting) == 1:
        found[waiting[0]] = "between bullets"
    return found


def _is_interview(made: Plan) -> bool:
    """True where bullets are questions and answers in turn, at least twice."""
    asks = [b.text[-1:] in tuple(ASKING) for b in made.blocks if b.shape is Shape.BULLET]
    turns = sum(first and not second for first, second in pairwise(asks))
    return turns > 1 and turns * 2 >= len(asks) - 1


def _answers(question: Block, answer: Block, interview: bool) -> bool:
    """True for a question and its answer: one bullet right under the other, or anywhere in an interview."""
    return (
        question.text[-1:] in tuple(ASKING)
        and len(question.text) <= _LONGEST_QUESTION
        and len(answer.text) > len(question.text)
        and answer.text[-1:] not in tuple(ASKING)
        and (interview or answer.first.number == question.rows[-1].number + 1)
        and answer.first.indent == question.first.indent
    )
