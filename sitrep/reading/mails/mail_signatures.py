"""Finds the signature of a mail: an address or a number below it, and the name of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import Phrases, fold
from sitrep.reading.rows import MAIL, LineKind, Row, ends_sentence

_CONTACT = lazy_pattern(
    r"(?:(?:tel|telephone|phone|mobile|mob|cell|fax|e-?mail|mail|signal|whatsapp|telefon|handy|тел|هاتف)\.?\s?:?\s*)?"
    r"(?:<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}>?|(?!\d{1,4}[./-]\d\d?[./-]\d{1,4}$)\+?[\d\s()/.-]{7,22}\d)",
    re.IGNORECASE,
)
_NUMBER = lazy_pattern(r"(?<!\w)\+\d[\d\s()/.-]{6,20}\d|[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_ADDRESS = lazy_pattern(r"[<(\[][^<>]*@[^<>]*>?|\S*@\S*|[\"'“”„]|\s\([^()]*\)")
_BRIEF = lazy_pattern(r"[^\W\d_]+(?:\s[^\W\d_]+)?[,!]?")
_LONGEST_LINE, _MOST_ROWS, _MOST_WORDS = 80, 8, 4


def find_signature(
    rows: Sequence[Row], is_forwarded: Callable[[str], object], senders: Sequence[str], signoffs: Phrases
) -> Iterator[int]:
    """What stands below a line of two dashes (RFC 3676, 4.3), a last block with an address or number, and the
    name of a sender, as the head of the mail has it or below a greeting. ``senders``: what the heads say, or
    nothing of a mail without one; if there are none the text is no mail."""
    for position, row in enumerate(rows):
        if row.raw.rstrip() == "--":
            filled = (p for p in range(position + 1, len(rows)) if rows[p].kind is not LineKind.BLANK)
            below = list(islice(filled, _MOST_ROWS + 1))
            short = len(below) <= _MOST_ROWS and all(_is_short(rows[p]) for p in below)
            yield position
            yield from below if short else block_from(rows, position + 1)
    yield from _signed_block(rows, len(rows) - 1)
    above = next((p for p, row in enumerate(rows) if row.marker == MAIL and is_forwarded(row.raw)), 0)
    if above:
        yield from _signed_block(rows, above - 1)
    if senders:
        yield from _names(rows, senders, signoffs)


def block_from(rows: Sequence[Row], start: int) -> Iterator[int]:
    """The rows from there to the next blank one."""
    for position in range(start, min(len(rows), start + _MOST_ROWS)):
        if rows[position].kind is LineKind.BLANK:
            return
        yield position


def _signed_block(rows: Sequence[Row], last: int) -> Iterator[int]:
    """The last lines of a text that ends there, if they are a name with an address or number."""
    while last >= 0 and rows[last].kind in (LineKind.BLANK, LineKind.COMMENT):
        last -= 1
    first = last
    while first > 0 and rows[first - 1].kind is LineKind.TEXT:
        first -= 1
    block = range(max(first, 0), last + 1)
    if 0 < len(block) <= _MOST_ROWS and first > 1 and all(_is_short(rows[p]) for p in block):
        signed = _NUMBER.search if len(block) > 2 else _CONTACT.fullmatch
        yield from (
            block if any(signed(rows[p].text) or _CONTACT.fullmatch(rows[p].text) for p in block) else ()
        )


def _names(rows: Sequence[Row], senders: Sequence[str], signoffs: Phrases) -> Iterator[int]:
    """Among the last lines those that are a sender's name or a part of it, or stand below a greeting; that
    too, for who sends a mail greets no reader."""
    names = {name for sender in senders if (name := fold(_ADDRESS.sub(" ", sender)).strip())}
    parts = [{part.strip(",.") for part in name.split()} for name in names]
    last = [p for p, row in enumerate(rows) if row.text and row.kind in (LineKind.TEXT, LineKind.BOLD)]
    greeted: int | None = None
    brief: int | None = None
    for position in last[-_MOST_ROWS:]:
        text = rows[position].text
        bare = fold(text).strip(" ,.-–—!")
        few, dated = text.count(" ") < _MOST_WORDS, any(map(str.isdigit, text))
        words = set(bare.split())
        named = any(words <= name for name in parts)
        if words and (named or (greeted is not None and few and not dated and text[-1] not in ".:")):
            above = greeted if greeted is not None else brief if named and brief == position - 1 else None
            yield from (position,) if above is None else (above, position)
        greets = signoffs.opens(text) or text[-1] in ",،"
        greeted = position if greets and text.count(" ") <= _MOST_WORDS and not dated else None
        # Right above a sender's name a word or two greet, in whatever language.
        brief = position if _BRIEF.fullmatch(text) else None


def _is_short(row: Row) -> bool:
    words = not ends_sentence(row.text) or row.text.count(" ") < 3
    return row.kind is LineKind.TEXT and len(row.text) <= _LONGEST_LINE and words
