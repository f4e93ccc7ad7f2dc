"""The rows of a text: one value a line, and the signs by which lines and sentences are told."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import STOPS


class LineKind(IntEnum):
    """What a line is by itself, before its neighbours are asked."""

    BLANK = auto()
    TEXT = auto()
    BOLD = auto()
    BULLET = auto()
    HEADING = auto()
    UNDERLINE = auto()
    RULE = auto()
    FENCE = auto()
    TABLE = auto()
    QUOTE = auto()
    COMMENT = auto()
    DEFINITION = auto()
    PICTURE = auto()
    KEY = auto()
    HASHTAGS = auto()


class Row(NamedTuple):
    """One line: ``text`` without marker and outer white space, ``raw`` as it stands in the source."""

    number: int
    kind: LineKind
    text: str
    indent: int
    marker: str
    level: int
    """Level of a heading; serial number of a fenced block."""
    raw: str


DASHES = "–—―‒−⁃"
DOTS = "•‣▪◦·●○■□►▶▸▹▻◾◽◼◻∙⚫⚪⦁⦿◉◎⁌⁍➤➢➜➝➞➔→⟶⇒⇨✓✔☑✅★☆✦✧❖◆◇♦▫☛☞✳✴❇❗‼⚡➡☐☒・･"
SYMBOLS = "🔹🔸🔷🔶🔺🔻🔴🟠🟡🟢🔵🟣🟤🟥🟧🟨🟩🟦🟪⬛⬜⭕⭐📌📍👉🚩🔘🔳🔲❕🆕🚨⛔🛑💥📢📣🆘"
GLYPHS = "".join(map(chr, (*range(0xF020, 0xF100), *range(0x2460, 0x249C), *range(0x2776, 0x2794))))
"""Bullets of the fonts Symbol and Wingdings, which word processors leave behind as private characters, and
numbers in circles and brackets."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff"
STAMP = "stamp"
"""Marker of a line that tells when the document was made, below a dateline."""
MAIL = "mail"
"""Marker of a line of a mail's frame."""
PICTURE_FILE = r"[^\s:|<>\"][^:|<>\"\n]{0,120}\.(?:jpe?g|png|webp|gif|avif|heic)"
_TABLE_RULE = lazy_pattern(r"[\s|:-]+$")


def ends_sentence(text: str) -> bool:
    """True if the text ends in a full stop, question or exclamation mark; closing quotes, brackets
    and emoji after it do not count."""
    for char in reversed(text):
        if char in STOPS:
            return True
        if char.isalnum():
            return False
    return False


def has_words(text: str) -> bool:
    """True if there is a letter or a digit in it."""
    return any(map(str.isalnum, text))


def is_capital(char: str) -> bool:
    """True for a letter a sentence may begin with: any but a small one (Arabic knows no case)."""
    return char.isalpha() and not char.islower()


def is_table_rule(text: str) -> bool:
    """True for the line between the head and the body of a table."""
    return "-" in text and bool(_TABLE_RULE.match(text))


def row_of(number: int, kind: LineKind, text: str, raw: str, marker: str = "", level: int = 0) -> Row:
    """A row, with the indentation of the line as it stands."""
    indent = 0
    if raw[:1].isspace():
        lead = raw[: len(raw) - len(raw.lstrip())]
        indent = len(lead.expandtabs(4)) if "\t" in lead else len(lead)
    # What Row(...) does, at half its cost: this runs for every line.
    return tuple.__new__(Row, (number, kind, text, indent, marker, level, raw))
