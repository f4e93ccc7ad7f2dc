"""Finds the blocks that show by themselves what they are: rules, key points, corrections, bylines."""

from __future__ import annotations

import re

from sitrep.base.nouns import Role
from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import LETTERS
from sitrep.lexicon.phrases import Phrases, Vocabulary, first_word, fold, standing_form
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.chats.chat_exports import MESSAGE
from sitrep.reading.chats.stamped_names import SENDER
from sitrep.reading.claim_lines import speaks_of_claim
from sitrep.reading.markup.verbatim import HTML, TEMPLATE
from sitrep.reading.role_plan import Plan
from sitrep.reading.rows import MAIL, STAMP, LineKind, ends_sentence

_BYLINE = lazy_pattern(
    r"(?:(?:articles?|written|text|report(?:ing)?|words)\s+by|authors?)\s*:?\s+(?P<name>\S.*)", re.I
)
_BY = lazy_pattern(r"[Bb]y:?\s+(?P<name>[^\W\d_].*)")
_NAME_JOINTS = frozenset(("and", "of", "the", "de", "van", "von", "bin", "al", "el", "&"))
_BYLINE_WORDS = frozenset(
    ("article", "articles", "written", "text", "report", "reporting", "words", "author", "authors", "by")
)
_HIDDEN_ADDRESS = lazy_pattern(r"\[\s*email[\s\u00a0]*protected\s*\]", re.I)
_LONGEST_BOILERPLATE = 160
_LONGEST_CAUTION = 600
_MOST_POINTS = 12
_LONGEST_POINT = 600
_MARKED = {
    MESSAGE: "a message without words",
    SENDER: "who sent a message, and when",
    HTML: "HTML only",
    TEMPLATE: "a mark of a site generator",
    MAIL: "left over from a mail",
}
_MECHANICAL = {
    LineKind.RULE: "rule",
    LineKind.UNDERLINE: "rule",
    LineKind.COMMENT: "comment",
    LineKind.BULLET: "empty item",
    LineKind.HEADING: "empty heading",
}


def take_notes(made: Plan) -> None:
    """Decide the blocks that need no look at their neighbours, and keep what they say of the update."""
    for position, block in enumerate(made.blocks):
        shape = block.shape
        if shape is Shape.NOTHING or (shape is Shape.HEADING and not block.text):
            made.fates[position] = (Role.DROPPED, _why_silent(block))
        elif shape is Shape.KEY:
            made.key_points.append(block.text)
            made.fates[position] = (Role.LEDE, "key point")
        elif shape is Shape.PARAGRAPH or shape is Shape.BULLET or shape is Shape.HEADING:
            made.fates[position] = _note(made, block)
        elif (
            shape is Shape.VERBATIM
            and block.first.kind is LineKind.QUOTE
            and _is_caution(block, made.vocabulary)
        ):
            made.blocks[position] = block._replace(shape=Shape.PARAGRAPH, text=_unquoted(block))
            made.fates[position] = (Role.DISCLAIMER, "")


def _why_silent(block: Block) -> str:
    return _MARKED.get(block.first.marker) or _MECHANICAL.get(block.first.kind, "no words")


def _unquoted(block: Block) -> str:
    return " ".join(row.text for row in block.rows if row.text)


def _is_caution(block: Block, vocabulary: Vocabulary) -> bool:
    """True for a disclaimer that was set off as a quotation."""
    if block.first.kind is not LineKind.QUOTE:
        return False
    text = _unquoted(block)
    bare = text.lstrip("*_ ")
    return bare[:1] == "⚠" or (
        len(text) <= _LONGEST_CAUTION
        and bool(vocabulary.disclaimers.opens(text) or vocabulary.disclaimers.inside(fold(text)))
    )


def _note(made: Plan, block: Block) -> tuple[Role, str] | None:
    text, heading = block.text, block.shape is Shape.HEADING
    if made.vocabulary.standing and standing_form(text).startswith(made.vocabulary.standing):
        return Role.BOILERPLATE, ""
    word = text[:24].partition(" ")[0].lower().rstrip(":,.")
    if not (word.isascii() and word.isalpha()):
        word = first_word(text)
    if word in made.vocabulary.noted:
        if not heading and (phrase := made.vocabulary.corrections.opens(text)):
            found = re.match(rf"\W*{'.' * len(phrase)}\s*:\s*(\S.*)", text, re.S)
            if found:
                made.corrections.append(found[1])
                return Role.DISCLAIMER, "correction note"
        if made.vocabulary.disclaimers.opens(text):
            return None if heading else (Role.DISCLAIMER, "")
    if block.shape is Shape.BULLET:
        return None
    if not heading and ":" in text[:100] and speaks_of_claim(text, made.vocabulary.settling):
        return Role.ITEM, ""
    if block.first.marker == STAMP:
        return Role.LEDE, ""
    if block.first.kind is LineKind.HASHTAGS:
        return Role.DROPPED, "hashtags"
    if is_boilerplate(text, made.vocabulary.boilerplate, word):
        return Role.DROPPED, "left over from a page"
    if word in _BYLINE_WORDS and len(text) <= 80 and (name := _byline(text)):
        made.author = made.author or name
        return Role.DROPPED, "byline, kept as the author"
    return None


def take_key_points(made: Plan) -> None:
    """The bullets below "Key takeaways" are the author's key points, where other text stands beside them."""
    for position, fate in enumerate(made.fates):
        if not fate or fate[0] is not Role.HEADING:
            continue
        if standing_form(made.blocks[position].text) not in made.vocabulary.key_headings:
            continue
        following = range(position + 1, len(made.blocks))
        ends = (p for p in following if (fate := made.fates[p]) and fate[0] is Role.HEADING)
        end = next(ends, len(made.blocks))
        points = [p for p in range(position + 1, end) if made.fates[p] is None]
        others = [p for p, fate in enumerate(made.fates) if fate is None and not position < p < end]
        if others and 0 < len(points) <= _MOST_POINTS and all(_is_point(made.blocks[p]) for p in points):
            for p in (position, *points):
                made.fates[p] = (Role.LEDE, "key point")
            made.key_points += (" ".join(made.blocks[p].text.split()) for p in points)


def _is_point(block: Block) -> bool:
    return block.shape is Shape.BULLET and len(block.text) <= _LONGEST_POINT


def _byline(text: str) -> str | None:
    if found := _BYLINE.fullmatch(text):
        return found["name"].rstrip(" .")
    found = _BY.fullmatch(text)
    if found is None or len(found["name"].split()) > 6 or ends_sentence(text):
        return None
    words = re.findall(r"[^\W\d_]+|&", found["name"])
    return found["name"] if all(w[0].isupper() or w.lower() in _NAME_JOINTS for w in words) else None


def is_boilerplate(text: str, phrases: Phrases, first: str) -> bool:
    """True for a line that a page left behind: it is such a phrase, or a long one stands in it."""
    if len(text) <= _LONGEST_BOILERPLATE:
        if "[" in text and _HIDDEN_ADDRESS.search(text):
            return True
        if phrase := phrases.opens(text, first):
            size = phrase.count(" ") + 1
            words = len(re.findall(LETTERS, text))
            return size >= 4 or words <= size + (0, 0, 1, 4)[size]
        if text.count(" ") < 3:
            return False
    elif len(text) > 3 * _LONGEST_BOILERPLATE:
        return False
    folded = fold(text)
    for phrase in phrases.long_ones:  # noqa: SIM110 - a generator costs more than the search
        if phrase in folded:
            return True
    return False
