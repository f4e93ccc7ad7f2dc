"""Gives every block of an update its role: item, heading, lede, disclaimer, outro, sign-off or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sitrep.model import Role
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.claimlines import speaks_of_claim
from sitrep.reading.headings import mark_headings, set_levels, title_of
from sitrep.reading.lines import STAMP, Kind, ends_sentence
from sitrep.reading.vocabulary import Phrases, Vocabulary, first_word, fold

_BYLINE = re.compile(
    r"(?:(?:articles?|written|text|report(?:ing)?|words)\s+by|authors?)\s*:?\s+(?P<name>\S.*)", re.I
)
_BY = re.compile(r"[Bb]y:?\s+(?P<name>[^\W\d_].*)")
_NAME_JOINTS = frozenset(("and", "of", "the", "de", "van", "von", "bin", "al", "el", "&"))
_HIDDEN_ADDRESS = re.compile(r"\[\s*email[\s\u00a0]*protected\s*\]", re.I)
_BYLINE_WORDS = frozenset(
    ("article", "articles", "written", "text", "report", "reporting", "words", "author", "authors", "by")
)
_LONGEST_GREETING = 60
_ENTRY = re.compile(r"\d{1,2}[:.h]\d\d\b|\[[^\W\d_]+[:\]]")
"""A paragraph that begins with a time, or with the author's label in brackets, is an item."""
_LONGEST_SIGNOFF = 120
_LONGEST_BOILERPLATE = 160
_MOST_LEDES = 2
_SPEAKS = re.compile(r"\b(this|these|following|below|we|our|i)\b")
_MECHANICAL = {
    Kind.RULE: "rule",
    Kind.UNDERLINE: "rule",
    Kind.COMMENT: "comment",
    Kind.BULLET: "empty item",
    Kind.HEADING: "empty heading",
}


@dataclass(slots=True)
class Plan:
    """The roles of an update's blocks, as they are being found out; None is not yet decided."""

    blocks: list[Block]
    above: int
    """How many of the blocks stand above the dateline."""
    fates: list[tuple[Role, str] | None] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    corrections: list[str] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)

    def undecided(self, start: int = 0) -> int | None:
        """The first block from ``start`` that has no role yet."""
        for position in range(start, len(self.blocks)):
            if self.fates[position] is None:
                return position
        return None


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
    ``dated``: a dateline opens the update.

    ``closings``: folded last lines of other updates of the same file; one that comes again is a sign-off.
    """
    made = Plan(list(blocks), above, [None] * len(blocks))
    _take_notes(made, vocabulary)
    _mark_tail(made, vocabulary, closings)
    title_of(made, vocabulary, titled=titled, dated=dated)
    _drop_repeats(made)
    mark_headings(made, vocabulary)
    _mark_head(made, vocabulary)
    set_levels(made)
    for position, fate in enumerate(made.fates):
        if fate is None:
            made.fates[position] = (Role.ITEM, "")
    _rescue(made, vocabulary)
    return made


def _take_notes(made: Plan, vocabulary: Vocabulary) -> None:
    """What shows by itself what it is: rules, comments, notes, bylines, leavings of a page."""
    for position, block in enumerate(made.blocks):
        shape = block.shape
        if shape is Shape.NOTHING or (shape is Shape.HEADING and not block.text):
            made.fates[position] = (Role.DROPPED, _MECHANICAL.get(block.first.kind, "no words"))
        elif shape is Shape.KEY:
            made.key_points.append(block.text)
            made.fates[position] = (Role.LEDE, "key point")
        elif shape is Shape.PARAGRAPH or shape is Shape.BULLET or shape is Shape.HEADING:
            made.fates[position] = _note(made, block, vocabulary)


def _note(made: Plan, block: Block, vocabulary: Vocabulary) -> tuple[Role, str] | None:
    text, heading = block.text, block.shape is Shape.HEADING
    word = text[:24].partition(" ")[0].lower().rstrip(":,.")
    if not (word.isascii() and word.isalpha()):
        word = first_word(text)
    if word in vocabulary.noted:
        if not heading and (phrase := vocabulary.corrections.opens(text)):
            found = re.match(rf"\W*{'.' * len(phrase)}\s*:\s*(\S.*)", text, re.S)
            if found:
                made.corrections.append(found[1])
                return Role.DISCLAIMER, "correction note"
        if vocabulary.disclaimers.opens(text):
            return None if heading else (Role.DISCLAIMER, "")
    if block.shape is Shape.BULLET:
        return None
    if not heading and ":" in text[:100] and speaks_of_claim(text, vocabulary.settling):
        return Role.ITEM, ""
    if block.first.marker == STAMP:
        return Role.LEDE, ""
    if block.first.kind is Kind.HASHTAGS:
        return Role.DROPPED, "hashtags"
    if is_boilerplate(text, vocabulary.boilerplate, word):
        return Role.DROPPED, "left over from a page"
    if word in _BYLINE_WORDS and len(text) <= 80 and (name := _byline(text)):
        made.author = made.author or name
        return Role.DROPPED, "byline, kept as the author"
    return None


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
            words = len(re.findall(r"[^\W\d_]+", text))
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


def _mark_tail(made: Plan, vocabulary: Vocabulary, closings: frozenset[str]) -> None:
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
        return None
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


def _mark_head(made: Plan, vocabulary: Vocabulary) -> None:
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
        _mark_head_of_prose(made, vocabulary, head)
        _mark_disclaimers(made, vocabulary, head)
        return
    _mark_disclaimers(made, vocabulary, head)
    head = [p for p in head if made.fates[p] is None]
    if len(head) <= _MOST_LEDES or head[-1] < made.above:
        ledes = head
    else:
        ledes = [p for p in head if p < made.above or _introduces(made.blocks[p].text, vocabulary)]
    for position in ledes:
        made.fates[position] = (Role.LEDE, "")


def _mark_disclaimers(made: Plan, vocabulary: Vocabulary, head: list[int]) -> None:
    for position in head[:4]:
        text = made.blocks[position].text
        if text[0] == "⚠" or vocabulary.disclaimers.inside(fold(text)):
            made.fates[position] = (Role.DISCLAIMER, "")


def _mark_head_of_prose(made: Plan, vocabulary: Vocabulary, head: list[int]) -> None:
    """An update of paragraphs only: the first is a lede if it speaks of the update itself and more follow."""
    if len(head) < 3:
        return
    if _introduces(made.blocks[head[0]].text, vocabulary):
        made.fates[head[0]] = (Role.LEDE, "")


def _introduces(text: str, vocabulary: Vocabulary) -> bool:
    """True for a paragraph that leads into what follows, greets, or speaks of the update itself."""
    if text[-1] == ":" or (text[-1] in ",،" and len(text) <= _LONGEST_GREETING):
        return True
    opening = " ".join(fold(text[:120]).split()[:12])
    return vocabulary.update_words.inside(opening) is not None and bool(_SPEAKS.search(opening))


def _rescue(made: Plan, vocabulary: Vocabulary) -> None:
    """An update that would have no item keeps its ledes, or else its title, as items."""
    if any(fate and fate[0] is Role.ITEM for fate in made.fates):
        return
    ledes = [p for p, fate in enumerate(made.fates) if fate == (Role.LEDE, "") and p >= made.above]
    if not ledes:
        ledes = [p for p, fate in enumerate(made.fates) if fate in ((Role.LEDE, "title"), (Role.LEDE, ""))]
        if any(made.fates[p] == (Role.LEDE, "title") for p in ledes):
            made.title = None
    for position in ledes or _plain_headings(made, vocabulary):
        made.fates[position] = (Role.ITEM, "")


def _plain_headings(made: Plan, vocabulary: Vocabulary) -> list[int]:
    """Headings that say something, where an update consists of nothing else."""
    return [
        p
        for p, fate in enumerate(made.fates)
        if fate and fate[0] is Role.HEADING and not vocabulary.names_front(fold(made.blocks[p].text))
    ]
