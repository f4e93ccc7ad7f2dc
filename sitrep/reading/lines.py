"""Turns the lines of a source into rows: one value per line that says what kind of line it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, auto
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.markup.foreign_marks import has_marks, without_marks
from sitrep.reading.markup.verbatim import HTML, TEMPLATE, Masks, masks_of, with_plain_fences


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
GLYPHS = "".join(map(chr, range(0xF020, 0xF100)))
"""Bullets of the fonts Symbol and Wingdings, which word processors leave behind as private characters."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff"
STAMP = "stamp"
"""Marker of a line that tells when the document was made, below a dateline."""
MAIL = "mail"
"""Marker of a line of a mail's frame."""
STOPS = frozenset(".!?…؟۔。！？")
PICTURE_FILE = r"[^\s:|<>\"][^:|<>\"\n]{0,120}\.(?:jpe?g|png|webp|gif|avif|heic)"

_LONGEST_HEADING = 300
_NUMBER = lazy_pattern(r"(\(?\d{1,3}(?:[.)]|\.\))|\d{1,2}/|\d\ufe0f?\u20e3)(\s+|(?<=\u20e3))(?=\S)(.*)")
_OUTLINE = lazy_pattern(r"([1-9]\d?\.[1-9]\d?\.?)\s+([^\W\d].*)")
_DAY = lazy_pattern(r"\d{1,2}\.\s+(?:[^\W\d]{3,}\.?\s+\d{4}|\d{1,2}\.\s*\d{2,4})\b")
_LETTER = lazy_pattern(r"(\(?(?:[A-Za-z]|[ivx]{2,4})\)|[a-z]\.)\s+(?![^\W\d_]\.)(\S.*)")
_WORD_BULLET = lazy_pattern(r"([ovqØü](?=\t|[\s\u00a0]{2})|§)[\s\u00a0]+([^\W\d].*)")
"""Levels of the lists of word processors, pasted as text: signs of Wingdings as letters."""
_ESCAPED = lazy_pattern(r"\\(?:[-*+•–—]|\d{1,3}\.)(?=\s)|\d{1,3}\\\.(?=\s)")
"""A marker that some program escaped: ``\\* one``, ``1\\. two``."""
_ATX = lazy_pattern(r"#{1,6}(?!#)")
_TASK = lazy_pattern(r"\[[ xX✓✔]\]\s+(?=\S)")
"""A box to tick, which stays with the words of its task."""
_HASHTAGS = lazy_pattern(r"(?:#\w+(?:[/-]\w+)*[\s,;.]*)+$")
_WIKI = lazy_pattern(r"(={2,6})\s*([^=\s][^=]{0,120})={2,6}$")
_BOLD = lazy_pattern(r"(\*\*\*|\*\*|__|\*|_)(?=\S)([^*_]+(?:[*_][^*_]+)*)\1\s*:?$")
_RULE = lazy_pattern(r"([-*_=~–—―.·•➖#])(?:\s*\1){2,}$")
_FRAMED = lazy_pattern(
    r"([-–—~=])\1*\s+(?=\S)(.{1,80}?)\s+\1+$|([-–—~])\3+(?=[^\s\W])(.{1,80}?)(?<=[^\s\W])\3\3+$"
)
"""A title between dashes: "-- Western front --"."""
_DEFINITION = lazy_pattern(r"\[(\^?[^\]\s][^\]]{0,80})\]:\s*(\S.*)")
_TARGET = lazy_pattern(r"(?:<[^<>\s]*>|[^\s<]*[.:/#][^\s]*|\(.*\)|#)(?:\s+[\"'(].*)?$")
_TABLE_RULE = lazy_pattern(r"[\s|:-]+$")
_PICTURE = lazy_pattern(r"(?:!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)|!\[\[[^\]]+\]\])\s*$")
_PICTURE_LINE = lazy_pattern(rf"{PICTURE_FILE}\s*(?:[:|–—]\s*\S.*)?$", re.IGNORECASE)


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


def _row(number: int, kind: LineKind, text: str, raw: str, marker: str = "", level: int = 0) -> Row:
    indent = _indent(raw) if raw[:1].isspace() else 0
    # What Row(...) does, at half its cost: this runs for every line.
    return tuple.__new__(Row, (number, kind, text, indent, marker, level, raw))


def _indent(raw: str) -> int:
    lead = raw[: len(raw) - len(raw.lstrip())]
    return len(lead.expandtabs(4)) if "\t" in lead else len(lead)


def _framed(number: int, text: str, raw: str) -> Row | None:
    """A title between dashes, without them."""
    if len(text) > 100 or not (found := _FRAMED.match(text)):
        return None
    inner = (found[2] or found[4]).strip()
    return _row(number, LineKind.BOLD, inner, raw) if has_words(inner) and not ends_sentence(inner) else None


def _bullet(number: int, text: str, raw: str) -> Row:
    """A marker that is unambiguous: no blank is needed after it."""
    if text[-1] == text[0] and (framed := _framed(number, text, raw)):
        return framed
    size = 2 if text[1:2] in ("\ufe0e", "\ufe0f") else 1
    rest = text[size:].strip(_STRIPPED)
    if not rest[:1].isalnum() and (_RULE.match(text) or (rest and not has_words(rest))):
        return _row(number, LineKind.RULE, text, raw)
    return _row(number, LineKind.BULLET, rest, raw, text[:size])


def _ticked(text: str) -> str:
    """The words of a task, behind a box that is no mark."""
    found = _TASK.match(text) if text[:1] == "[" else None
    return f"{'☐' if text[1] == ' ' else '☑'} {text[found.end() :]}" if found else text


def _hyphen(number: int, text: str, raw: str) -> Row:
    if "|" in text and is_table_rule(text):
        return _row(number, LineKind.TABLE, text, raw)
    if _RULE.match(text):
        kind = LineKind.UNDERLINE if set(text) == {"-"} else LineKind.RULE
        return _row(number, kind, text, raw)
    if text[-1] == "-" and (framed := _framed(number, text, raw)):
        return framed
    size = 2 if text[:2] in ("--", "->") else 1
    after = text[size : size + 1]
    if not after or after.isspace() or after.isalpha():
        return _row(number, LineKind.BULLET, _ticked(text[size:].strip(_STRIPPED)), raw, text[:size])
    return _row(number, LineKind.TEXT, text, raw)


def _plus(number: int, text: str, raw: str) -> Row:
    if text[1:2].isspace():
        return _row(number, LineKind.BULLET, _ticked(text[1:].strip(_STRIPPED)), raw, "+")
    return _row(number, LineKind.TEXT, text, raw)


def _star(number: int, text: str, raw: str) -> Row:
    if _RULE.match(text):
        return _row(number, LineKind.RULE, text, raw)
    if text[1:2].isspace():
        return _row(number, LineKind.BULLET, _ticked(text[1:].strip(_STRIPPED)), raw, "*")
    return _bold(number, text, raw)


def _tilde(number: int, text: str, raw: str) -> Row:
    if text[-1] == "~" and (framed := _framed(number, text, raw)):
        return framed
    if text[1:2].isspace() and text[1:].strip(_STRIPPED)[:1].isalpha():
        return _row(number, LineKind.BULLET, text[1:].strip(_STRIPPED), raw, "~")
    return _bold(number, text, raw)


def _bold(number: int, text: str, raw: str) -> Row:
    if len(text) <= 150 and (found := _BOLD.match(text)):
        inner = found[2].strip()
        if found[1] in "*_" and (len(inner) > 80 or ends_sentence(inner)):
            return _row(number, LineKind.TEXT, text, raw)
        return _row(number, LineKind.BOLD, inner, raw)
    return _row(number, LineKind.RULE if _RULE.match(text) else LineKind.TEXT, text, raw)


def _hash(number: int, text: str, raw: str) -> Row:
    found = _ATX.match(text)
    if found is None:
        return _row(number, LineKind.RULE if _RULE.match(text) else LineKind.TEXT, text, raw)
    marker = found[0]
    if len(marker) == 1 and text[1:2].strip():
        if _HASHTAGS.match(text):
            return _row(number, LineKind.HASHTAGS, text, raw, "#", 1)
        if ends_sentence(text) or " #" in text or text[1].isdigit():
            return _row(number, LineKind.TEXT, text, raw)
    title = text[len(marker) :].rstrip("#").strip().strip("*_").strip()
    return _heading(number, title, raw, marker, len(marker))


def _heading(number: int, title: str, raw: str, marker: str, level: int) -> Row:
    """A heading; a paragraph, where it is as long as one: a heading comes again with each of its items."""
    if len(title) > _LONGEST_HEADING:
        return _row(number, LineKind.TEXT, title, raw)
    return _row(number, LineKind.HEADING, title, raw, marker, level)


def _equals(number: int, text: str, raw: str) -> Row:
    if set(text) == {"="}:
        return _row(number, LineKind.UNDERLINE, text, raw)
    if text[:2] == "=>":
        return _row(number, LineKind.BULLET, text[2:].strip(_STRIPPED), raw, text[:2])
    if found := _WIKI.match(text):
        return _heading(number, found[2].strip(), raw, found[1], max(1, len(found[1]) - 1))
    return _row(number, LineKind.TEXT, text, raw)


def _digit(number: int, text: str, raw: str) -> Row:
    if "\\" in text[:5] and (found := _ESCAPED.match(text)):
        return _digit(number, found[0].replace("\\", "") + text[found.end() :], raw)
    if (found := _NUMBER.match(text)) and not _DAY.match(text):
        return _row(number, LineKind.BULLET, found[3].strip(), raw, found[1])
    if len(text) <= 80 and (found := _OUTLINE.match(text)) and not ends_sentence(text):
        return _row(number, LineKind.BULLET, found[2].strip(), raw, found[1])
    return _letter(number, text, raw)


def _letter(number: int, text: str, raw: str) -> Row:
    if len(text) < 300:
        if text[0] in "ovqØü§" and (found := _WORD_BULLET.match(text)):
            return _row(number, LineKind.BULLET, found[2].strip(), raw, found[1])
        if (")" in text[:6] or text[1:2] == ".") and (found := _LETTER.match(text)):
            return _row(number, LineKind.BULLET, found[2].strip(), raw, found[1])
        if "." in text and _PICTURE_LINE.match(text):
            return _row(number, LineKind.PICTURE, text, raw)
    return _row(number, LineKind.TEXT, text, raw)


def _bang(number: int, text: str, raw: str) -> Row:
    if text[1:2] == "[":
        return _row(number, LineKind.PICTURE if _PICTURE.match(text) else LineKind.TEXT, text, raw)
    rest = text[1:].strip()
    if text[1:2] not in ("!", "") and has_words(rest):
        return _row(number, LineKind.KEY, rest, raw, "!")
    return _row(number, LineKind.TEXT, text, raw)


def _bracket(number: int, text: str, raw: str) -> Row:
    if _TASK.match(text):
        return _row(number, LineKind.BULLET, _ticked(text), raw, text[:3])
    if (found := _DEFINITION.match(text)) and (found[1][0] == "^" or _TARGET.match(found[2])):
        kind = LineKind.COMMENT if found[1] == "//" else LineKind.DEFINITION
        return _row(number, kind, text, raw, found[1])
    return _row(number, LineKind.TEXT, text, raw)


def _guillemet(number: int, text: str, raw: str) -> Row:
    """A marker where a blank follows; else it opens a quotation as in German."""
    if text[1:2].isspace():
        return _row(number, LineKind.BULLET, text[1:].strip(_STRIPPED), raw, text[0])
    return _row(number, LineKind.TEXT, text, raw)


def _angle(number: int, text: str, raw: str) -> Row:
    if text[1:2].isdigit() or text == ">":
        return _row(number, LineKind.TEXT, text, raw)
    return _row(number, LineKind.QUOTE, text[1:].strip(), raw, ">")


def _backslash(number: int, text: str, raw: str) -> Row:
    if found := _ESCAPED.match(text):
        return _classify(number, found[0][1:] + text[found.end() :], raw)
    return _row(number, LineKind.TEXT, text, raw)


def is_table_rule(text: str) -> bool:
    """True for the line between the head and the body of a table."""
    return "-" in text and bool(_TABLE_RULE.match(text))


def _colon(number: int, text: str, raw: str) -> Row:
    return _row(number, LineKind.TABLE if "|" in text and is_table_rule(text) else LineKind.TEXT, text, raw)


def _pipe(number: int, text: str, raw: str) -> Row:
    return _row(number, LineKind.TABLE if text.count("|") >= 2 else LineKind.TEXT, text, raw)


def _hidden(number: int, text: str, raw: str) -> Row:
    text = text.strip(_STRIPPED)
    return _classify(number, text, raw) if text else _row(number, LineKind.RULE, raw.strip(), raw)


_STRIPPED = INVISIBLE + " \t\u00a0\u202f\u2002\u2003\u2009\u3000"
_BLANK = Row(0, LineKind.BLANK, "", 0, "", 0, "")
"""Every blank line: nobody asks where one stands."""
_Reader = Callable[[int, str, str], Row]
_BY_FIRST: Mapping[str, _Reader] = {
    "-": _hyphen,
    "+": _plus,
    "*": _star,
    "_": _bold,
    "#": _hash,
    "=": _equals,
    "!": _bang,
    "[": _bracket,
    ">": _angle,
    ":": _colon,
    "»": _guillemet,
    "›": _guillemet,
    "❯": _guillemet,
    "~": _tilde,
    "|": _pipe,
    "\\": _backslash,
    **dict.fromkeys(DASHES + DOTS + SYMBOLS + GLYPHS, _bullet),
    **dict.fromkeys("0123456789(٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", _digit),
    **dict.fromkeys(INVISIBLE, _hidden),
}


def _classify(number: int, text: str, raw: str) -> Row:
    special = _BY_FIRST.get(text[0])
    return special(number, text, raw) if special else _letter(number, text, raw)


class Classified(NamedTuple):
    """The rows of a text, and what was met on the way."""

    rows: list[Row]
    unclosed: int | None
    """Line of a comment that never ends."""
    lost: dict[str, int]
    """Elements of HTML that are not shown -> where the first one stands."""


def classify(lines: Sequence[str], text: str, first: int = 1) -> Classified:
    """Say of each line of ``text`` what it is; ``first`` is the number of the first one.

    Fenced code is never looked into; HTML comments are taken out, and so are foreign marks: tags, entities,
    marks of site generators. Time is linear in the text.
    """
    if "highlight" in text:
        lines = with_plain_fences(lines)
        text = "\n".join(lines)
    masks = masks_of(lines, text, first)
    if not masks and not has_marks(text):
        rows = [_plain_row(number, raw) if raw else _BLANK for number, raw in enumerate(lines, first)]
        return Classified(rows, None, {})
    lost = dict(masks.lost)
    rows = [
        _masked(number, raw, masks) or _marked(number, raw, lost) for number, raw in enumerate(lines, first)
    ]
    return Classified(rows, masks.unclosed, lost)


def _plain_row(number: int, raw: str) -> Row:
    text = raw.strip()
    if not text:
        return _BLANK
    special = _BY_FIRST.get(text[0])
    return special(number, text, raw) if special else _letter(number, text, raw)


def _marked(number: int, raw: str, lost: dict[str, int]) -> Row:
    """A line that may hold foreign marks; with nothing left but them it is silent."""
    if not has_marks(raw) or not raw.strip():
        return _plain_row(number, raw)
    plain = without_marks(raw)
    for name in plain.lost:
        lost.setdefault(name, number)
    if plain.text.strip():
        return _plain_row(number, plain.text)
    return _row(number, LineKind.COMMENT, raw.strip(), raw, TEMPLATE if plain.template else HTML)


def _masked(number: int, raw: str, masks: Masks) -> Row | None:
    if number in masks.fences:
        return _row(number, LineKind.FENCE, raw.strip(), raw, "", masks.fences[number])
    if number in masks.visible:
        text = without_marks(masks.visible[number]).text
        if text.strip():
            return _classify(number, text.strip(), text)
        marker = masks.elements.get(number, "")
        return _row(number, LineKind.COMMENT if raw.strip() else LineKind.BLANK, raw.strip(), raw, marker)
    return None
