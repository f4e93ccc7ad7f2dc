"""Joins rows into blocks: the headings, bullets, paragraphs and verbatim pieces of one update."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum, auto
from typing import NamedTuple, TypeAlias

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import STOPS
from sitrep.lexicon.phrases import fold
from sitrep.reading.rows import SYMBOLS, LineKind, Row, ends_sentence, has_words, is_capital, is_table_rule

HEADING_LONGEST = 90
_LONG = 80
_WRAPPED = 100
"""A longer line was not broken by hand: the next one begins a paragraph if this one ends a sentence."""
_PICTOGRAPH = lazy_pattern("[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]")
_LABELLED = lazy_pattern(r"[^\W\d_][^:.!?\n]{1,40}: \S")
_COLUMNS = 4
_SIGN_OF_CODE = lazy_pattern(r"[{}=;$|\\<>]|\w@\w|\w\(|(?:^|\s)(?:--?[a-z]\w*(?=\s|$)|[.~]?/\w)")
_INNER_STOP = lazy_pattern(rf"(?:(?<!\b[Nn][or])(?<!\b[SDM][tr])(?<!\bvs)\.|(?!\.)[{STOPS}])\s+\w")


NamesFront: TypeAlias = "Callable[[str], bool]"


class Shape(IntEnum):
    """What a block is."""

    HEADING = auto()
    BULLET = auto()
    PARAGRAPH = auto()
    VERBATIM = auto()
    PICTURE = auto()
    KEY = auto()
    DEFINITION = auto()
    NOTHING = auto()


class Block(NamedTuple):
    """A run of rows that belong together; ``text`` is Markdown with hard wraps undone."""

    shape: Shape
    text: str
    rows: tuple[Row, ...]
    level: int = 0
    bare: bool = False
    """A heading without marker."""

    @property
    def first(self) -> Row:
        """Its first row."""
        return self.rows[0]


def is_heading_like(text: str, longest: int = HEADING_LONGEST) -> bool:
    """True for a short line that begins like a title and has no full stop at its end or inside."""
    if len(text) > longest or not text or text[-1] in ",;" or "://" in text:
        return False
    if ends_sentence(text) and text[-1] != "?":
        return False
    first = next((c for c in text if c.isalnum()), "")
    return (
        bool(first)
        and not first.islower()
        and not _INNER_STOP.search(text)
        and text.count(" ") < longest // 6
    )


def is_loud(text: str) -> bool:
    """True for a line in capital letters."""
    return text.isupper() and len(text) <= HEADING_LONGEST and sum(map(str.isalpha, text)) >= 4


def gather(rows: Sequence[Row], names_front: NamesFront) -> list[Block]:
    """The blocks of these rows, in order; every row that is not blank is in exactly one. ``names_front`` says
    of a folded line whether it is the name of a front."""
    groups: list[list[Row]] = []
    gap: Row | None = None
    last = len(rows) - 1
    for position, row in enumerate(rows):
        if row.kind is LineKind.BLANK:
            gap = row
            continue
        following = rows[position + 1] if position < last else None
        if not groups or (row.kind is LineKind.BULLET and (gap or groups[-1][0].kind is not LineKind.TEXT)):
            groups.append([row])
        elif _continues(groups[-1], row, gap, following, names_front):
            if gap is not None:
                groups[-1].append(gap)
            groups[-1].append(row)
        else:
            groups.append([row])
        gap = None
    blocks: list[Block] = []
    for group in groups:
        if len(group) > 1 and group[0].kind is LineKind.TEXT and _is_one_each(group):
            blocks += (_block([row]) for row in group)
        else:
            blocks.append(_block(group))
    return blocks


def _is_one_each(group: list[Row]) -> bool:
    """True for lines that are an item each, typed without markers and blank lines: all have a label ("Homs:
    calm"), or there are three at least and all begin like a sentence, as wrapped prose hardly does."""
    if any(row.kind is not LineKind.TEXT or row.indent for row in group):
        return False
    if all(_LABELLED.match(row.text) for row in group):
        return True
    return len(group) > 2 and all(row.text[0].isupper() or row.text[0].isdigit() for row in group)


def _continues(
    group: list[Row], row: Row, gap: Row | None, following: Row | None, names_front: NamesFront
) -> bool:
    """True if the row belongs to the block that is being gathered."""
    first, last, kind = group[0], group[-1], row.kind
    opened = first.kind
    if kind is LineKind.TEXT:
        if opened is LineKind.TEXT or opened is LineKind.BULLET or opened is LineKind.DEFINITION:
            if gap is None:
                return not _begins_anew(group, row, following, names_front)
            return opened is not LineKind.TEXT and row.indent >= first.indent + 2 and bool(first.text)
        if opened is LineKind.QUOTE or opened is LineKind.TABLE:
            return gap is None and (opened is LineKind.QUOTE or "|" in row.text)
        return False
    if opened is LineKind.BULLET and row.indent >= first.indent + 2:
        return kind in (LineKind.FENCE, LineKind.QUOTE, LineKind.TABLE)
    if kind is LineKind.FENCE:
        return opened is LineKind.FENCE and last.level == row.level
    if kind is LineKind.TABLE:
        return gap is None and (opened is LineKind.TABLE or _heads_table(group, row))
    if kind is LineKind.QUOTE:
        return opened is LineKind.QUOTE and gap is None
    if kind is LineKind.UNDERLINE:
        return (
            gap is None
            and opened in (LineKind.TEXT, LineKind.BOLD)
            and len(group) == 1
            and len(first.text) <= 150
        )
    if kind is LineKind.BULLET and opened is LineKind.TEXT and gap is None:
        return _is_dash_in_prose(last, row, following) or _is_number_in_prose(last, row)
    return False


def _begins_anew(group: list[Row], row: Row, following: Row | None, names_front: NamesFront) -> bool:
    """True for a text line that begins a block although no blank line stands before it."""
    last, text = group[-1], row.text
    if not row.indent and _PICTOGRAPH.match(text):
        return True
    if len(group) == 1 and _heads_text(last, row, names_front):
        return True
    if row.indent:
        return False
    listed = following is not None and following.kind is LineKind.BULLET
    ended = ends_sentence(last.text)
    if listed and (ended or len(last.text) <= 50) and len(text) <= 50 and names_front(fold(text)):
        return True
    lead = text[-1] == ":" and is_heading_like(text, 50)
    if not ended:
        return lead and listed
    if len(last.text) > _WRAPPED:
        return group[0].kind is LineKind.TEXT or is_heading_like(text)
    if group[0].kind is LineKind.BULLET and listed and is_heading_like(text, 60):
        return True
    return lead and following is not None


def _heads_text(line: Row, below: Row, names_front: NamesFront) -> bool:
    """True for a heading with its text on the very next line."""
    text = line.text
    if line.kind is LineKind.BULLET:
        emoji = line.marker[:1] in SYMBOLS and len(text) <= 40
        named = emoji or (line.marker[:1].isdigit() and names_front(fold(text)))
        return named and is_heading_like(text) and is_capital(below.text[0])
    if len(text) > 10 and below.text.startswith(text):
        return True
    if is_loud(text) and not is_loud(below.text):
        return True
    if not is_heading_like(text, 50) or not is_capital(below.text[0]):
        return False
    # A line broken by hand is about as long as the next one.
    long = len(below.text) >= max(_LONG, 2 * len(text))
    return text[-1] == ":" or long or (len(below.text) > len(text) and names_front(fold(text)))


def _heads_table(group: list[Row], row: Row) -> bool:
    return (
        group[0].kind is LineKind.TEXT
        and len(group) == 1
        and "|" in group[0].text
        and is_table_rule(row.text)
    )


def _is_dash_in_prose(last: Row, row: Row, following: Row | None) -> bool:
    """A dash that happens to begin a line of a paragraph wrapped by hand."""
    return (
        len(last.text) >= 40
        and not ends_sentence(last.text)
        and last.text[-1] not in ":;"
        and row.text[:1].islower()
        and len(row.marker) == 1
        and row.marker in "-–—"
        and following is not None
        and following.kind is LineKind.TEXT
        and not following.indent
    )


def _is_number_in_prose(last: Row, row: Row) -> bool:
    """A number that happens to begin a line of a paragraph wrapped by hand; a list begins with 1."""
    number = row.marker.strip("().")
    return (
        number.isdecimal()
        and int(number) != 1
        and len(last.text) >= 40
        and not ends_sentence(last.text)
        and last.text[-1] not in ":;,"
    )


_WORDY = (Shape.BULLET, Shape.PARAGRAPH, Shape.VERBATIM)
_SHAPES = {
    LineKind.TEXT: Shape.PARAGRAPH,
    LineKind.BULLET: Shape.BULLET,
    LineKind.HEADING: Shape.HEADING,
    LineKind.BOLD: Shape.PARAGRAPH,
    LineKind.FENCE: Shape.VERBATIM,
    LineKind.TABLE: Shape.VERBATIM,
    LineKind.QUOTE: Shape.VERBATIM,
    LineKind.PICTURE: Shape.PICTURE,
    LineKind.KEY: Shape.KEY,
    LineKind.DEFINITION: Shape.DEFINITION,
    LineKind.HASHTAGS: Shape.PARAGRAPH,
}


def _block(group: list[Row]) -> Block:
    first = group[0]
    kind = first.kind
    if len(group) == 1 and kind is LineKind.BULLET and first.text[:1].isalnum():
        return Block(Shape.BULLET, first.text, (first,))
    rows = tuple(group) if len(group) == 1 else tuple(r for r in group if r.text or r.marker)
    if group[-1].kind is LineKind.UNDERLINE and len(group) > 1:
        return Block(Shape.HEADING, first.text, rows, 1 if group[-1].text[0] == "=" else 2)
    if len(group) > 1 and kind is LineKind.TEXT and group[1].kind is LineKind.TABLE:
        kind = LineKind.TABLE
    shape = _SHAPES.get(kind, Shape.NOTHING)
    if kind is LineKind.TEXT and _is_code(rows):
        return Block(Shape.VERBATIM, f"```\n{_verbatim(group)}\n```", rows)
    text = _verbatim(group) if shape is Shape.VERBATIM else _joined(group) if rows[1:] else first.text
    if shape in _WORDY and not has_words(text):
        shape = Shape.NOTHING
    return Block(shape, text, rows, first.level)


def _is_code(rows: Sequence[Row]) -> bool:
    """True of lines four columns in of which half hold signs that prose has not, and none ends as a sentence
    does. People set in what they quote, and mail programs everything: without such signs it is prose."""
    if any(row.indent < _COLUMNS or not row.text.isascii() or row.text[-1] in ".!?," for row in rows):
        return False
    return 2 * sum(_SIGN_OF_CODE.search(row.text) is not None for row in rows) >= len(rows)


def _verbatim(group: list[Row]) -> str:
    """The lines as they stand, without the indentation they share."""
    shared = min((row.indent for row in group if row.text), default=0)
    return "\n".join(row.raw.expandtabs(4)[shared:].rstrip() for row in group).strip()


def _joined(group: list[Row]) -> str:
    """Lines of one paragraph in one line; a blank line parts paragraphs; verbatim rows keep their lines."""
    parts: list[str] = []
    shared = 0
    for row, before in zip(group, [None, *group], strict=False):
        if row.kind is LineKind.BLANK:
            continue
        verbatim = row.kind in (LineKind.FENCE, LineKind.TABLE, LineKind.QUOTE)
        if before is None or before.kind is not row.kind:
            shared = row.indent
        text = row.raw[min(row.indent, shared) :].rstrip() if verbatim else row.text
        if row.kind is LineKind.BULLET and before is not None:
            text = f"{row.marker} {row.text}"
        if not parts:
            parts.append(text)
        elif before is not None and (
            before.kind is LineKind.BLANK or (verbatim and before.kind is not row.kind)
        ):
            parts.append("\n\n" + text)
        elif verbatim:
            parts.append("\n" + text)
        else:
            parts.append((" " if parts[-1] else "") + text)
    return "".join(parts)
