"""Tells which blocks of an update are headings, and which one is its title."""

from __future__ import annotations

import re

from sitrep.base.nouns import Role
from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.blocks import Block, Shape, is_heading_like, is_loud
from sitrep.reading.captions import is_caption, is_source_line
from sitrep.reading.role_plan import Plan
from sitrep.reading.rows import DASHES, DOTS, SYMBOLS, LineKind

_LONGEST_TITLE = 150
_LISTING = frozenset((*DASHES, *DOTS, *"-*+o»›❯~", "=>"))
"""Markers of plain list items, never of a heading."""
_EMOJI = frozenset((*SYMBOLS, *"❗‼⚡☑✅"))
_LONGEST_LABEL = 30
"""A longer line that ends in a colon above a paragraph is a sentence that leads into it."""
_LEADING = 9
"""Level of a bare heading with a colon, until its place is known."""
_SENTENCE_WORDS = 9
_FEW_WORDS = 4
_WRITERS = lazy_pattern(r"\b(?:we|our|us|i|my|you|your|here|following|below)\b", re.IGNORECASE)
_HEADING: tuple[Role, str] = (Role.HEADING, "")


def title_of(made: Plan, *, titled: bool, dated: bool) -> None:
    """Find the update's title: a line above the dateline, or a short one right under it. The first line is a
    heading instead, if it names a front or looks like the headings below it. With a title known already the
    line is kept as a lede."""
    _drop_caption(made)
    position = made.undecided()
    if position is None:
        return
    block = made.blocks[position]
    if not _may_be_title(block) or (titled and _is_one_of_headings(made, position)):
        return
    after = made.undecided(position + 1)
    if position >= made.above and not _is_title(made, block, after, dated):
        return
    made.fates[position] = (Role.LEDE, "subtitle" if titled else "title")
    if not titled:
        made.title = block.text
    _mark_deck(made, after)


def _is_one_of_headings(made: Plan, position: int) -> bool:
    """True for a heading in bold above its paragraph that is followed by others of its kind."""
    block = made.blocks[position]
    below = made.blocks[position + 1 :]
    return (
        position >= made.above
        and block.first.kind is LineKind.BOLD
        and bool(below)
        and below[0].first.kind is LineKind.TEXT
        and any(other.first.kind is LineKind.BOLD for other in below)
    )


def _drop_caption(made: Plan) -> None:
    """A caption that stands twice, the second time with a photo credit, above the title of a copied page."""
    first = made.undecided()
    second = made.undecided(first + 1) if first is not None else None
    if first is None or second is None:
        return
    caption, credited = made.blocks[first].text, made.blocks[second].text
    if not caption or not credited.startswith(caption) or credited[len(caption) :].lstrip()[:1] != "|":
        return
    made.fates[second] = (Role.DROPPED, "photo caption and credit")
    below = made.undecided(second + 1)
    if below is not None and _may_be_title(made.blocks[below]):
        made.fates[first] = (Role.DROPPED, "photo caption and credit")


def _mark_deck(made: Plan, position: int | None) -> None:
    """A second line like a title right under the title, where no other heading follows, is its deck."""
    if position is None or not _is_bare(made, position, made.vocabulary):
        return
    block = made.blocks[position]
    below = made.undecided(position + 1)
    if below is None or made.blocks[below].shape is not Shape.PARAGRAPH or block.text[-1] == ":":
        return
    folded = fold(block.text)
    if made.vocabulary.names_front(folded) or folded == fold(made.title or ""):
        return
    rest = range(position + 1, len(made.blocks))
    if not any(made.blocks[p].shape is Shape.HEADING or _is_bare(made, p) for p in rest):
        made.fates[position] = (Role.LEDE, "")


def _may_be_title(block: Block) -> bool:
    if block.shape is Shape.HEADING:
        return True
    if block.shape is not Shape.PARAGRAPH or len(block.rows) > 1:
        return False
    return is_heading_like(block.text, _LONGEST_TITLE) or _in_brackets(block.text)


def _in_brackets(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[0] in "([" and text[-1] in ")]"


def _is_title(made: Plan, block: Block, after: int | None, dated: bool) -> bool:
    if after is None:
        return False
    following = made.blocks[after]
    folded = fold(block.text)
    if block.shape is Shape.HEADING:
        if fold(following.text[:200]) == folded:
            return True
        others = [b.level for b in made.blocks[after:] if b.shape is Shape.HEADING]
        return following.shape is Shape.HEADING and bool(others) and block.level < min(others)
    if _in_brackets(block.text) or made.vocabulary.update_words.inside(folded):
        return True
    if made.vocabulary.names_front(folded) or block.text[-1] == ":":
        return False
    if following.shape is Shape.HEADING or fold(following.text[:200]) == folded:
        return True
    if following.shape is Shape.PARAGRAPH:
        short = is_heading_like(following.text) and not _is_bare(made, after)
        if short or not dated:
            return not short
    others_marked = any(b.shape is Shape.HEADING for b in made.blocks[after:])
    beyond = after + 1 if is_heading_like(following.text) else after
    others_bare = any(_is_bare(made, p) for p in range(beyond, len(made.blocks)))
    if following.shape is Shape.BULLET:
        return not (others_marked or others_bare)
    return not others_bare


def mark_headings(made: Plan) -> None:
    """Give the role of a heading to marked headings and to lines that are one without a marker."""
    for position in range(len(made.blocks) - 1, -1, -1):
        if made.fates[position] is not None:
            continue
        block = made.blocks[position]
        shape = block.shape
        if shape is Shape.HEADING:
            made.fates[position] = _HEADING
        elif shape is Shape.BULLET and block.rows[0].marker in _LISTING:
            continue
        elif _is_bare(made, position, made.vocabulary):
            text = block.text.rstrip(":").rstrip() or block.text
            leads = block.text[-1] == ":" and text.count(" ") > 2 and not made.names_front(text)
            if leads and block.first.kind is LineKind.TEXT and _leads_in(made, position):
                continue
            level = _LEADING if leads else 1
            made.blocks[position] = block._replace(shape=Shape.HEADING, text=text, level=level, bare=True)
            made.fates[position] = _HEADING


def keep_empty_headings(made: Plan) -> None:
    """A marked heading with nothing below it says what there is to say: it is an item, unless it only names
    a front or a kind of section."""
    for position, block in enumerate(made.blocks):
        if made.fates[position] != _HEADING or block.bare or position < made.above:
            continue
        below = _next(made, position)
        empty = below is None or (made.fates[below] == _HEADING and made.blocks[below].level <= block.level)
        if empty and not made.names_front(block.text):
            made.fates[position] = (Role.ITEM, "")


def _leads_in(made: Plan, position: int) -> bool:
    """True for a sentence with a colon that leads from the head of an update into all that follows."""
    text = made.blocks[position].text
    if text.count(" ") < _SENTENCE_WORDS and not (_WRITERS.search(text) and text.count(" ") >= _FEW_WORDS):
        return False
    return all(_is_prose(made, above) for above in range(position))


def _is_prose(made: Plan, position: int) -> bool:
    """True for a block that is neither heading nor item, or a paragraph unlike a heading."""
    fate, block = made.fates[position], made.blocks[position]
    if fate is not None:
        return fate[0] is not Role.HEADING
    return block.shape is Shape.PARAGRAPH and not is_heading_like(block.text)


def set_levels(made: Plan) -> None:
    """A bare heading stands under the marked one above it; a sentence that leads into a list with a colon,
    under any heading above it."""
    marked = bare = 0
    for position, fate in enumerate(made.fates):
        if fate != _HEADING:
            continue
        block = made.blocks[position]
        if not block.bare:
            marked, bare = block.level, 0
            continue
        leads = block.level == _LEADING
        level = marked + 1 + (1 if leads and bare else 0)
        if not leads:
            bare = 1
        made.blocks[position] = block._replace(level=level)


def _is_bare(made: Plan, position: int, vocabulary: Vocabulary | None = None) -> bool:
    """True for a heading without marker: a line like a title, and below it what it can be the heading of."""
    block = made.blocks[position]
    if made.fates[position] is not None or len(block.rows) > 1:
        return False
    if block.shape is Shape.BULLET:
        return _is_marked_otherwise(made, position)
    if is_caption(block, made.blocks[position - 1] if position else None):
        return False
    if block.shape is not Shape.PARAGRAPH or (is_source_line(block.text) and block.text[-1] != ":"):
        return False
    bold = block.first.kind is LineKind.BOLD
    named = vocabulary is not None and len(block.text) <= 60 and vocabulary.names_front(fold(block.text))
    if not (is_heading_like(block.text) or named or (bold and len(block.text) <= 120)):
        return False
    following = _next(made, position)
    if following is None:
        return False
    shape, fate = made.blocks[following].shape, made.fates[following]
    if fate == _HEADING or shape is Shape.HEADING:
        return made.blocks[following].bare and (bold or named or is_loud(block.text))
    if shape is Shape.PARAGRAPH:
        if block.text[-1] == ":" and not named and not is_heading_like(block.text, _LONGEST_LABEL):
            return False
        real = (
            not is_heading_like(made.blocks[following].text)
            or made.blocks[following].first.kind is LineKind.BOLD
        )
        return bold or named or is_loud(block.text) or real
    return True


def _next(made: Plan, position: int) -> int | None:
    """The next block that is content or a heading."""
    for following in range(position + 1, len(made.blocks)):
        fate = made.fates[following]
        if made.blocks[following].shape is Shape.DEFINITION:
            continue
        if fate is None or fate == _HEADING:
            return following
    return None


def _is_marked_otherwise(made: Plan, position: int) -> bool:
    """A heading with a number or an emoji before it, as in "2. Southern axis" or "📍 Kharkiv"."""
    row = made.blocks[position].first
    emoji = row.marker[:1] in SYMBOLS
    if not (emoji or row.marker[:1].isdigit()) or not is_heading_like(row.text, 70) or row.text[-1] == "?":
        return False
    following = _next(made, position)
    if following is None:
        return False
    below = made.blocks[following]
    if emoji and below.first.marker[:1] in _EMOJI:
        return False
    if made.fates[following] == _HEADING:
        return below.bare and (emoji or not _follows_number(made, position))
    if below.first.indent > row.indent + 1:
        return False
    if below.shape is Shape.PARAGRAPH:
        return not is_heading_like(below.text)
    if below.shape is not Shape.BULLET or (emoji and below.first.number > row.number + 1):
        return False
    own, other = _number(row.marker), _number(below.first.marker)
    if own is None or other is None:
        return row.marker[:1] != below.first.marker[:1]
    return other <= own


def _follows_number(made: Plan, position: int) -> bool:
    """True for a block right below another one with a number before it: a list, not a heading."""
    above = made.blocks[position - 1] if position else None
    return above is not None and above.shape is Shape.BULLET and _number(above.first.marker) is not None


def _number(marker: str) -> int | None:
    """The number in a marker; a list below a numbered heading begins anew."""
    digits = re.match(r"\(?(\d+)", marker)
    return int(digits[1]) if digits else None
