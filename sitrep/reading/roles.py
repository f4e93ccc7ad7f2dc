"""Gives every block of an update its role: item, heading, lede, disclaimer, outro, sign-off or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from sitrep.base.nouns import Role
from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.farewells import mark_tail
from sitrep.reading.headings import keep_empty_headings, mark_headings, set_levels, title_of
from sitrep.reading.key_points import take_key_points, take_notes
from sitrep.reading.role_plan import Plan

_LONGEST_GREETING = 60
_ENTRY = lazy_pattern(r"\d{1,2}[:.h]\d\d\b|\[[^\W\d_]+[:\]]")
"""A paragraph that begins with a time, or with the author's label in brackets, is an item."""
_MOST_SUMMARIES = 1
_SPEAKS = lazy_pattern(r"\b(this|these|following|below|we|our|i)\b")
_PERSON = lazy_pattern(r"\b(we|our|us|i|my|you|your|let's|lets)\b")
_OF_TEXTS = lazy_pattern(
    r"\b(updates?|shar(?:e|ing)|summar(?:y|ize|ise|ies)|notes|message|newsletter|readers?|digest)\b"
)


def plan(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    *,
    above: int = 0,
    titled: bool = False,
    dated: bool = True,
    closings: frozenset[str],
) -> Plan:
    """Decide the role of every block. ``titled``: the title is known already (front matter, dateline);
    ``dated``: a dateline opens the update. ``closings``: folded last lines of other updates of the same file;
    one that comes again is a sign-off."""
    made = Plan(list(blocks), vocabulary, above, [None] * len(blocks))
    take_notes(made)
    mark_tail(made, closings)
    title_of(made, titled=titled, dated=dated)
    _drop_repeats(made)
    mark_headings(made)
    keep_empty_headings(made)
    _mark_head(made)
    set_levels(made)
    take_key_points(made)
    for position, fate in enumerate(made.fates):
        if fate is None:
            made.fates[position] = (Role.ITEM, "")
    _rescue(made)
    return made


def _drop_repeats(made: Plan) -> None:
    """The title again, alone or with a photo credit after a bar."""
    if not made.title:
        return
    title = fold(made.title)
    for position, block in enumerate(made.blocks[:6]):
        if made.fates[position] is None and block.shape in (Shape.PARAGRAPH, Shape.HEADING):
            folded = fold(block.text[:200])
            if folded == title:
                made.fates[position] = (Role.DROPPED, "repeats the title")
            elif folded.startswith(title + " |"):
                made.fates[position] = (Role.DROPPED, "repeats the title, with a credit")


def _mark_head(made: Plan) -> None:
    """Paragraphs above the first heading or bullet that lead into the update; disclaimers among them."""
    head: list[int] = []
    for position, block in enumerate(made.blocks):
        fate = made.fates[position]
        if fate is None and block.shape is Shape.PARAGRAPH and not _ENTRY.match(block.text):
            head.append(position)
        elif fate and fate[0] is Role.HEADING and position < made.above:
            made.fates[position] = (Role.LEDE, "")
        elif (fate is None and block.shape is not Shape.DEFINITION) or (fate and fate[0] is Role.HEADING):
            break
    else:
        _mark_head_of_prose(made, head)
        _mark_disclaimers(made, head)
        return
    _mark_disclaimers(made, head)
    head = [p for p in head if made.fates[p] is None]
    reports = [p for p in head if p >= made.above and not _introduces(made.blocks[p].text, made.vocabulary)]
    # One paragraph above the rest sums it up; several are reports that were typed without bullets.
    ledes = head if len(reports) <= _MOST_SUMMARIES else [p for p in head if p not in reports]
    for position in ledes:
        made.fates[position] = (Role.LEDE, "")


def _mark_disclaimers(made: Plan, head: list[int]) -> None:
    for position in head[:4]:
        text = made.blocks[position].text
        if text[0] == "⚠" or made.vocabulary.disclaimers.inside(fold(text)):
            made.fates[position] = (Role.DISCLAIMER, "")


def _mark_head_of_prose(made: Plan, head: list[int]) -> None:
    """An update of paragraphs only: the first is a lede if it speaks of the update itself and more follow."""
    if len(head) < 3:
        return
    if _introduces(made.blocks[head[0]].text, made.vocabulary):
        made.fates[head[0]] = (Role.LEDE, "")


def _introduces(text: str, vocabulary: Vocabulary) -> bool:
    """True for a paragraph that leads into what follows, greets, or speaks of the update itself."""
    if text[-1] == ":" or (text[-1] in ",،" and len(text) <= _LONGEST_GREETING):
        return True
    folded = fold(text[:400])
    opening = " ".join(folded.split()[:12])
    if vocabulary.update_words.inside(opening) and _SPEAKS.search(opening):
        return True
    if vocabulary.outros.hits(folded):
        return True
    return bool(_PERSON.search(folded) and _OF_TEXTS.search(folded))


def _rescue(made: Plan) -> None:
    """An update that would have no item keeps its ledes, or else its title, as items."""
    if any(fate and fate[0] is Role.ITEM for fate in made.fates):
        return
    ledes = [p for p, fate in enumerate(made.fates) if fate == (Role.LEDE, "") and p >= made.above]
    if not ledes:
        ledes = [p for p, fate in enumerate(made.fates) if fate in ((Role.LEDE, "title"), (Role.LEDE, ""))]
        if any(made.fates[p] == (Role.LEDE, "title") for p in ledes):
            made.title = None
    for position in ledes or _plain_headings(made):
        made.fates[position] = (Role.ITEM, "")


def _plain_headings(made: Plan) -> list[int]:
    """Headings that say something, where an update consists of nothing else."""
    return [
        p
        for p, fate in enumerate(made.fates)
        if fate and fate[0] is Role.HEADING and not made.names_front(made.blocks[p].text)
    ]
