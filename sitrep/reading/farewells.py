"""Finds what closes an update: sign-offs, farewells to the reader, cautions."""

from __future__ import annotations

from sitrep.model import Role
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.outline import Plan
from sitrep.reading.vocabulary import Phrases, Vocabulary, fold

_LONGEST_SIGNOFF = 120


def mark_tail(made: Plan, vocabulary: Vocabulary, closings: frozenset[str]) -> None:
    """From the end upwards: sign-offs, addresses to the reader, disclaimers; up to the first that is none."""
    _mark_signature(made, vocabulary)
    position = len(made.blocks)
    while position > 0:
        position -= 1
        if made.fates[position] is not None or made.blocks[position].shape is Shape.DEFINITION:
            continue
        fate = _closing(made.blocks[position], vocabulary, closings)
        if fate is None:
            break
        made.fates[position] = fate
    else:
        return
    _mark_after_opening(made, vocabulary, position)


def _mark_signature(made: Plan, vocabulary: Vocabulary) -> None:
    """A name below a greeting at the very end belongs to it."""
    open_ones = [p for p in range(len(made.blocks) - 1, -1, -1) if made.fates[p] is None][:2]
    if len(open_ones) < 2:
        return
    name, greeting = (made.blocks[p] for p in open_ones)
    if name.shape not in (Shape.PARAGRAPH, Shape.BULLET) or len(name.text) > 40 or name.text.count(" ") > 4:
        return
    if (
        greeting.shape is Shape.PARAGRAPH
        and vocabulary.signoffs.opens(greeting.text)
        and len(greeting.text) < 40
    ):
        made.fates[open_ones[0]] = (Role.SIGNOFF, "")


def _mark_after_opening(made: Plan, vocabulary: Vocabulary, last: int) -> None:
    """Paragraphs that stand between the opening of an outro and the end belong to it."""
    for position in range(last, max(-1, last - 3), -1):
        if made.fates[position] is not None or made.blocks[position].shape is not Shape.PARAGRAPH:
            return
        if position < last and vocabulary.outros.opens(made.blocks[position].text):
            made.fates[position : last + 1] = [(Role.OUTRO, "")] * (last + 1 - position)
            return


def _closing(block: Block, vocabulary: Vocabulary, closings: frozenset[str]) -> tuple[Role, str] | None:
    short = len(block.text) <= _LONGEST_SIGNOFF
    if block.shape is not Shape.PARAGRAPH and not (block.shape is Shape.BULLET and short):
        return None
    folded = fold(block.text)
    words = folded.count(" ") + 1
    if short:
        phrase = vocabulary.signoffs.opens(block.text)
        inside = phrase or vocabulary.signoffs.inside(folded)
        if (phrase and words <= 12) or (inside and words <= inside.count(" ") + 5):
            return Role.SIGNOFF, ""
        if bare_words(folded) in closings:
            return Role.SIGNOFF, "closes several updates of the file"
    if block.shape is Shape.BULLET:
        opened = vocabulary.outros.opens(block.text)
        return (Role.OUTRO, "") if opened and " " in opened else None
    if vocabulary.outros.opens(block.text) or _says_goodbye(folded, words, vocabulary.outros):
        return Role.OUTRO, ""
    if vocabulary.disclaimers.inside(folded):
        return Role.DISCLAIMER, ""
    return None


def _says_goodbye(folded: str, words: int, outros: Phrases) -> bool:
    hits = 0
    for phrase in outros.words:
        if " " in phrase and phrase in folded:
            hits += 1
            if hits > 1 or words <= 50:
                return True
    return False


def bare_words(folded: str) -> str:
    """Letters and blanks of a folded text: emoji and punctuation make no other sign-off of it."""
    return " ".join("".join(c if c.isalpha() else " " for c in folded).split())
