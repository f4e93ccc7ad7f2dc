"""Finds what closes an update: sign-offs, farewells to the reader, cautions."""

from __future__ import annotations

import re

from sitrep.base.nouns import Role
from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import PAUSES, STOPS
from sitrep.lexicon.phrases import Phrases, Vocabulary, first_word, fold
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS
from sitrep.reading.blocks import Block, Shape, is_heading_like
from sitrep.reading.captions import is_source_line
from sitrep.reading.role_plan import Plan
from sitrep.reading.rows import LineKind
from sitrep.reading.words import words_of

_LONGEST_SIGNOFF = 120
_MOST_WORDS_OF_SIGNOFF = 12
_MOST_WORDS_OF_CRY = 5
_MOST_WORDS_OF_ADDRESS = 30
_MOST_SIGNS_AFTER = 4
"""After a greeting in a script without blanks."""
_FEWEST_BULLETS = 3
_SAID = words_of("farewells")
_TO_WHOM = frozenset(_SAID["joints"].split())
"""What goes on after a greeting: who is greeted, and from where. Anything else tells something."""
_READERS = lazy_pattern(
    r"\b(?:you|your|yours|let['’]s|lets|thanks|thank|please)\b"
    r"|\b(?:we|i)(?:['’]ll|\s+(?:also\s+)?(?:will|hope|try|promise|wish|send|stop|see|go|continue|keep|need|love))\b",
    re.IGNORECASE,
)
_NAME_INSIDE = lazy_pattern(r"(?<![.!?…]\s)(?<!^)\b(?!I\b|I')[^\W\d_a-z][^\W\d_]+")
"""A capital inside a sentence: somebody or some place is named, so it may be news."""
_SIGNED = lazy_pattern(rf"(?:{_SAID['signed']})\s?[,،]\s|gez\.\s", re.IGNORECASE)
_INITIAL = lazy_pattern(r"[^\W\d_]\.?")
_DASHES = ("—", "―", "--")
_STOPS = lazy_pattern(f"[:—–{STOPS}{PAUSES}-]")
_AND = lazy_pattern(rf"\b(?:{_SAID['and']})\b")
_CRY_ENDS = lazy_pattern("[!\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]$")


def mark_tail(made: Plan, closings: frozenset[str]) -> None:
    """From the end upwards: sign-offs, addresses to the reader, disclaimers; up to the first that is none."""
    _mark_signature(made)
    listed = _is_list(made)
    position = len(made.blocks)
    while position > 0:
        position -= 1
        if made.fates[position] is not None or made.blocks[position].shape is Shape.DEFINITION:
            continue
        block = made.blocks[position]
        fate = _closing(block, made.vocabulary, closings)
        if fate is None and listed:
            fate = _below_list(made, position)
        if fate is None:
            break
        made.fates[position] = fate
    else:
        return
    _mark_after_opening(made, position)


def _is_list(made: Plan) -> bool:
    """True where the items of an update are bullets."""
    bullets = sum(1 for block in made.blocks if block.shape is Shape.BULLET)
    return bullets >= _FEWEST_BULLETS


def _below_list(made: Plan, position: int) -> tuple[Role, str] | None:
    """What a paragraph below the bullets is if it only speaks to the readers, or is a cry; None: a report."""
    block = made.blocks[position]
    above = made.blocks[position - 1] if position else None
    if block.shape is not Shape.PARAGRAPH or above is None or above.shape is Shape.HEADING:
        return None
    if block.first.kind is not LineKind.TEXT or made.names_front(block.text):
        return None
    text = block.text.strip()
    words = text.count(" ") + 1
    if any(map(str.isdigit, text)):
        return None
    if words <= _MOST_WORDS_OF_CRY and _CRY_ENDS.search(text) and not _follows_label(made, position):
        return Role.SIGNOFF, ""
    if len(block.rows) == 2 and block.first.text[-1] == "," and words <= 2 * _MOST_WORDS_OF_CRY:
        return (Role.SIGNOFF, "") if text[-1] not in ".!?:" else None
    if words <= _MOST_WORDS_OF_ADDRESS and _READERS.search(text) and not _NAME_INSIDE.search(text):
        return Role.OUTRO, ""
    return None


def _follows_label(made: Plan, position: int) -> bool:
    """True where the line above is another short line of the kind: a list typed without markers."""
    above = made.blocks[position - 1]
    return above.shape is Shape.PARAGRAPH and len(above.text) <= _LONGEST_SIGNOFF // 2


def _mark_signature(made: Plan) -> None:
    """A name below a greeting at the very end belongs to it."""
    open_ones = [p for p in range(len(made.blocks) - 1, -1, -1) if made.fates[p] is None][:2]
    if len(open_ones) < 2:
        return
    name, greeting = (made.blocks[p] for p in open_ones)
    if _is_signed(made, name):
        made.fates[open_ones[0]] = (Role.SIGNOFF, "")
        return
    if name.shape not in (Shape.PARAGRAPH, Shape.BULLET) or len(name.text) > 40 or name.text.count(" ") > 4:
        return
    if name.shape is Shape.PARAGRAPH and is_source_line(greeting.text) and is_heading_like(name.text):
        made.fates[open_ones[0]] = (Role.SIGNOFF, "")
        return
    if (
        greeting.shape is Shape.PARAGRAPH
        and made.vocabulary.signoffs.opens(greeting.text)
        and len(greeting.text) < 40
    ):
        made.fates[open_ones[0]] = (Role.SIGNOFF, "")


def _is_signed(made: Plan, block: Block) -> bool:
    """True for "Signed, the desk", an initial, and a few words behind a long dash below paragraphs alone."""
    if block.shape is Shape.PARAGRAPH and _INITIAL.fullmatch(block.text):
        return True
    if block.text.count(" ") > _MOST_WORDS_OF_CRY - 2 or block.text[-1] in ".!?:":
        return False
    if block.shape is Shape.PARAGRAPH:
        return bool(_SIGNED.match(block.text))
    others = [other for other in made.blocks if other is not block]
    prose = sum(other.shape is Shape.PARAGRAPH and other.text[-1] in ".!?" for other in others)
    listed = block.shape is Shape.BULLET and block.first.marker in _DASHES
    return listed and prose > 1 and not any(other.shape in (Shape.BULLET, Shape.HEADING) for other in others)


def _mark_after_opening(made: Plan, last: int) -> None:
    """Paragraphs that stand between the opening of an outro and the end belong to it."""
    for position in range(last, max(-1, last - 3), -1):
        if made.fates[position] is not None or made.blocks[position].shape is not Shape.PARAGRAPH:
            return
        if position < last and made.vocabulary.outros.opens(made.blocks[position].text):
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
        inside = None if phrase else vocabulary.signoffs.inside(folded)
        if _greets(block, phrase, words) if phrase else inside and words <= inside.count(" ") + 5:
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


def _greets(block: Block, phrase: str, words: int) -> bool:
    """True if a short text that begins with a greeting is one: "In solidarity, all shops stayed closed" is
    none."""
    size = phrase.count(" ") + 1
    rest = block.text.lstrip("*_\"'“«( ")[len(phrase) :].lstrip()
    if words <= size + 2:
        return not WITHOUT_BLANKS.match(phrase) or len(rest) <= _MOST_SIGNS_AFTER
    if words > _MOST_WORDS_OF_SIGNOFF:
        return False
    if rest[:1] == ",":
        return len(block.rows) > 1 or words <= size + 4
    if rest and not rest[0].isalnum():
        return True
    whole = block.text[-1] in ".:"
    return block.shape is Shape.PARAGRAPH and (not whole or (size > 1 and first_word(rest) in _TO_WHOM))


def _says_goodbye(folded: str, words: int, outros: Phrases) -> bool:
    hits = outros.hits(folded)
    return hits > 1 or (hits == 1 and words <= 50)


def only_greets(text: str, vocabulary: Vocabulary) -> bool:
    """True for a line that does nothing but say goodbye: "Until tomorrow, stay safe." """
    if len(text) > _LONGEST_SIGNOFF:
        return False
    known = {*vocabulary.signoffs.words, *vocabulary.outros.words}
    parts = [bare for part in _STOPS.split(fold(text)) if (bare := bare_words(part))]
    return bool(parts) and all(
        part in known or all(half.strip() in known for half in _AND.split(part)) for part in parts
    )


def bare_words(folded: str) -> str:
    """Letters and blanks of a folded text: emoji and punctuation make no other sign-off of it."""
    return " ".join("".join(c if c.isalpha() else " " for c in folded).split())
