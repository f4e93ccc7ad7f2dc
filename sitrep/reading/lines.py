"""Turns the lines of a source into rows: one value per line that says what kind of line it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.markup.foreign_marks import has_marks, without_marks
from sitrep.reading.markup.verbatim import HTML, TEMPLATE, Masks, masks_of, with_plain_fences
from sitrep.reading.rows import (
    DASHES,
    DOTS,
    GLYPHS,
    INVISIBLE,
    PICTURE_FILE,
    SYMBOLS,
    LineKind,
    Row,
    ends_sentence,
    has_words,
    is_table_rule,
    row_of,
)  # fmt: skip

_LONGEST_HEADING = 300
_NUMBER = lazy_pattern(r"(\(?\d{1,3}(?:[.)]|\.\))|\d{1,2}/|\d\ufe0f?\u20e3)(\s+|(?<=\u20e3))(?=\S)(.*)")
_OUTLINE = lazy_pattern(r"([1-9]\d?\.[1-9]\d?\.?)\s+([^\W\d].*)")
_DAY = lazy_pattern(r"\d{1,2}\.\s+(?:[^\W\d]{3,}\.?\s+\d{4}|\d{1,2}\.\s*\d{2,4})\b")
_LETTER = lazy_pattern(r"(\(?(?:[A-Za-z]|[ivx]{2,4})\)|(?:[a-z]|[ivx]{2,4})\.)\s+(?![^\W\d_]\.)(\S.*)")
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
_PICTURE = lazy_pattern(r"(?:!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)|!\[\[[^\]]+\]\])\s*$")
_PICTURE_LINE = lazy_pattern(rf"{PICTURE_FILE}\s*(?:[:|–—]\s*\S.*)?$", re.IGNORECASE)

_Read = tuple[LineKind, str, str, int]
"""What a line is: its kind, its text, its marker, its level."""


def _framed(text: str) -> _Read | None:
    """A title between dashes, without them."""
    if len(text) > 100 or text[-1] != text[0] or not (found := _FRAMED.match(text)):
        return None
    inner = (found[2] or found[4]).strip()
    return (LineKind.BOLD, inner, "", 0) if has_words(inner) and not ends_sentence(inner) else None


def _item(text: str, marker: str) -> _Read:
    return LineKind.BULLET, text, marker, 0


def _listed(text: str, size: int = 1) -> _Read:
    """An item behind a marker of so many signs; the box of a task, which is no mark, stays with its words."""
    rest = text[size:].strip(_STRIPPED)
    found = _TASK.match(rest) if rest[:1] == "[" else None
    return _item(f"{'☐' if rest[1] == ' ' else '☑'} {rest[found.end() :]}" if found else rest, text[:size])


def _rule(text: str) -> _Read | None:
    return (LineKind.RULE, text, "", 0) if _RULE.match(text) else None


def _bullet(text: str) -> _Read:
    """A marker that is unambiguous: no blank is needed after it."""
    if framed := _framed(text):
        return framed
    size = 2 if text[1:2] in ("\ufe0e", "\ufe0f") else 1
    rest = text[size:].strip(_STRIPPED)
    if not rest[:1].isalnum() and (_RULE.match(text) or (rest and not has_words(rest))):
        return LineKind.RULE, text, "", 0
    return _item(rest, text[:size])


def _hyphen(text: str) -> _Read | None:
    if "|" in text and is_table_rule(text):
        return LineKind.TABLE, text, "", 0
    if _RULE.match(text):
        return LineKind.UNDERLINE if set(text) == {"-"} else LineKind.RULE, text, "", 0
    if framed := _framed(text):
        return framed
    size = 2 if text[:2] in ("--", "->") else 1
    after = text[size : size + 1]
    return _listed(text, size) if not after or after.isspace() or after.isalpha() else None


def _plus(text: str) -> _Read | None:
    return _listed(text) if text[1:2].isspace() else None


def _star(text: str) -> _Read | None:
    return _rule(text) or _plus(text) or _bold(text)


def _tilde(text: str) -> _Read | None:
    if framed := _framed(text):
        return framed
    rest = text[1:].strip(_STRIPPED)
    return _item(rest, "~") if text[1:2].isspace() and rest[:1].isalpha() else _bold(text)


def _bold(text: str) -> _Read | None:
    if len(text) <= 150 and (found := _BOLD.match(text)):
        inner = found[2].strip()
        sentence = found[1] in "*_" and (len(inner) > 80 or ends_sentence(inner))
        return None if sentence else (LineKind.BOLD, inner, "", 0)
    return _rule(text)


def _hash(text: str) -> _Read | None:
    found = _ATX.match(text)
    if found is None:
        return _rule(text)
    level = len(found[0])
    if level == 1 and text[1:2].strip():
        if _HASHTAGS.match(text):
            return LineKind.HASHTAGS, text, "#", 1
        if ends_sentence(text) or " #" in text or text[1].isdigit():
            return None
    return _heading(text[level:].rstrip("#").strip().strip("*_").strip(), found[0], level)


def _heading(title: str, marker: str, level: int) -> _Read:
    """A heading; a paragraph, where it is as long as one: a heading comes again with each of its items."""
    if len(title) > _LONGEST_HEADING:
        return LineKind.TEXT, title, "", 0
    return LineKind.HEADING, title, marker, level


def _equals(text: str) -> _Read | None:
    if set(text) == {"="}:
        return LineKind.UNDERLINE, text, "", 0
    if text[:2] == "=>":
        return _item(text[2:].strip(_STRIPPED), text[:2])
    found = _WIKI.match(text)
    return _heading(found[2].strip(), found[1], max(1, len(found[1]) - 1)) if found else None


def _digit(text: str) -> _Read | None:
    if "\\" in text[:5] and (found := _ESCAPED.match(text)):
        return _read(found[0].replace("\\", "") + text[found.end() :])
    if (found := _NUMBER.match(text)) and not _DAY.match(text):
        return _item(found[3].strip(), found[1])
    if len(text) <= 80 and (found := _OUTLINE.match(text)) and not ends_sentence(text):
        return _item(found[2].strip(), found[1])
    return _letter(text)


def _letter(text: str) -> _Read | None:
    if len(text) >= 300:
        return None
    if text[0] in "ovqØü§" and (found := _WORD_BULLET.match(text)):
        return _item(found[2].strip(), found[1])
    if (")" in text[:6] or "." in text[1:5]) and (found := _LETTER.match(text)):
        return _item(found[2].strip(), found[1])
    return (LineKind.PICTURE, text, "", 0) if "." in text and _PICTURE_LINE.match(text) else None


def _bang(text: str) -> _Read | None:
    if text[1:2] == "[":
        return (LineKind.PICTURE, text, "", 0) if _PICTURE.match(text) else None
    rest = text[1:].strip()
    return (LineKind.KEY, rest, "!", 0) if text[1:2] not in ("!", "") and has_words(rest) else None


def _bracket(text: str) -> _Read | None:
    if _TASK.match(text):
        return _item(_listed(text, 0)[1], text[:3])
    if (found := _DEFINITION.match(text)) and (found[1][0] == "^" or _TARGET.match(found[2])):
        return LineKind.COMMENT if found[1] == "//" else LineKind.DEFINITION, text, found[1], 0
    return None


def _guillemet(text: str) -> _Read | None:
    """A marker where a blank follows; else it opens a quotation as in German."""
    return _item(text[1:].strip(_STRIPPED), text[0]) if text[1:2].isspace() else None


def _angle(text: str) -> _Read | None:
    return None if text[1:2].isdigit() or text == ">" else (LineKind.QUOTE, text[1:].strip(), ">", 0)


def _backslash(text: str) -> _Read | None:
    found = _ESCAPED.match(text)
    return _read(found[0][1:] + text[found.end() :]) if found else None


def _colon(text: str) -> _Read | None:
    return (LineKind.TABLE, text, "", 0) if "|" in text and is_table_rule(text) else None


def _pipe(text: str) -> _Read | None:
    return (LineKind.TABLE, text, "", 0) if text.count("|") >= 2 else None


def _hidden(text: str) -> _Read:
    shown = text.strip(_STRIPPED)
    return _read(shown) if shown else (LineKind.RULE, text, "", 0)


_STRIPPED = INVISIBLE + " \t\u00a0\u202f\u2002\u2003\u2009\u3000"
_BLANK = Row(0, LineKind.BLANK, "", 0, "", 0, "")
"""Every blank line: nobody asks where one stands."""
_BY_FIRST: Mapping[str, Callable[[str], _Read | None]] = {
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
    **dict.fromkeys("»›❯", _guillemet),
    "~": _tilde,
    "|": _pipe,
    "\\": _backslash,
    **dict.fromkeys(DASHES + DOTS + SYMBOLS + GLYPHS, _bullet),
    **dict.fromkeys("0123456789(٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", _digit),
    **dict.fromkeys(INVISIBLE, _hidden),
}


def _read(text: str) -> _Read:
    return _BY_FIRST.get(text[0], _letter)(text) or (LineKind.TEXT, text, "", 0)


class Classified(NamedTuple):
    """The rows of a text, and what was met on the way."""

    rows: list[Row]
    unclosed: int | None
    """Line of a comment that never ends."""
    lost: dict[str, int]
    """Elements of HTML that are not shown -> where the first one stands."""


def classify(lines: Sequence[str], text: str, first: int = 1) -> Classified:
    """Say of each line of ``text`` what it is; ``first`` is the number of the first one. Fenced code is never
    looked into; HTML comments are taken out, and so are foreign marks: tags, entities, marks of site
    generators. Time is linear in the text."""
    if "highlight" in text:
        lines = with_plain_fences(lines)
        text = "\n".join(lines)
    masks = masks_of(lines, text, first)
    if not masks and not has_marks(text):
        return Classified([_row(number, raw) for number, raw in enumerate(lines, first)], None, {})
    lost = dict(masks.lost)
    rows = [
        _masked(number, raw, masks) or _marked(number, raw, lost) for number, raw in enumerate(lines, first)
    ]
    return Classified(rows, masks.unclosed, lost)


def _row(number: int, raw: str) -> Row:
    text = raw.strip()
    if not text:
        return _BLANK
    kind, said, marker, level = _read(text)
    return row_of(number, kind, said, raw, marker, level)


def _marked(number: int, raw: str, lost: dict[str, int]) -> Row:
    """A line that may hold foreign marks; with nothing left but them it is silent."""
    if not has_marks(raw) or not raw.strip():
        return _row(number, raw)
    plain = without_marks(raw)
    for name in plain.lost:
        lost.setdefault(name, number)
    if plain.text.strip():
        return _row(number, plain.text)
    return row_of(number, LineKind.COMMENT, raw.strip(), raw, TEMPLATE if plain.template else HTML)


def _masked(number: int, raw: str, masks: Masks) -> Row | None:
    if number in masks.fences:
        return row_of(number, LineKind.FENCE, raw.strip(), raw, level=masks.fences[number])
    if number not in masks.visible:
        return None
    text = without_marks(masks.visible[number]).text
    if text.strip():
        return _row(number, text)
    kind = LineKind.COMMENT if raw.strip() else LineKind.BLANK
    return row_of(number, kind, raw.strip(), raw, masks.elements.get(number, ""))
