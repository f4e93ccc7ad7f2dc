"""Builds an update's sections, items and passages, and the fate of its lines, from blocks with roles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sitrep.base.nouns import Item, Line, Passage, Picture, Problem, Role, Section, warning
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, field
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.captions import picture_line, take_pictures
from sitrep.reading.continuations import continuations
from sitrep.reading.role_plan import Plan
from sitrep.reading.rows import DASHES, DOTS, SYMBOLS, ends_sentence, is_capital

_SPLITTING = frozenset(DASHES + DOTS + SYMBOLS + "-*+")
_LEADING = (":", "：")
_LONGEST_LABEL = 60
_LEADS_TO = "\"“”„«»‘'>|`*_["
_KEPT = ("", "subtitle", "closes several updates of the file")
"""Reasons of passages whose words stand nowhere else; titles, key points and corrections are fields."""


class Draft(Struct):
    """An item under construction."""

    texts: list[str]
    """Pieces of its text, to be joined."""
    line: int
    depth: int = 0
    pictures: list[Picture] = field(default_factory=list)
    listed: bool = False
    """It is a bullet."""
    indent: int = 0
    rows: int = 0
    """How many rows of a list below it belong to it."""

    @property
    def text(self) -> str:
        """Its text so far."""
        return self.texts[0] if len(self.texts) == 1 else "".join(self.texts)


_NAMED = lazy_pattern(r"\[([^\W\d^][^\[\]]{0,300})\]\[[^\[\]]{0,100}\]")
"""A link by name, of which a heading has the words alone: no address goes along with it."""


class _Part(Struct):
    heading: str | None
    line: int
    level: int
    items: list[Draft] = field(default_factory=list)


class Assembly(Struct):
    """What an update is made of, while it is being put together."""

    index: int
    """Position of the update in its source."""
    parts: list[_Part] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    leader: Draft | None = None
    """The item that the rows of a list below it may belong to."""
    waiting: list[tuple[Block, Picture]] = field(default_factory=list)
    """Pictures that stand above the first item."""

    def report(self, block: Block, role: Role, reason: str = "", item: int | None = None) -> None:
        """Note what became of the lines of a block."""
        self.lines += (
            Line(number=row.number, role=role, text=row.text, update=self.index, item=item, reason=reason)
            for row in block.rows
        )

    def sections(self) -> tuple[Section, ...]:
        """The sections with their items, in the author's order."""
        return tuple(
            Section(
                heading=part.heading,
                line=part.line,
                level=part.level,
                items=tuple(
                    Item(text=d.text, line=d.line, front="", depth=d.depth, pictures=tuple(d.pictures))
                    for d in part.items
                ),
            )
            for part in self.parts
        )


def assemble(made: Plan, index: int) -> Assembly:
    """Put the blocks of one update together; definitions are left to ``definitions``."""
    built = Assembly(index=index)
    joined = continuations(made)
    for position, block in enumerate(made.blocks):
        fate = made.fates[position]
        role, reason = fate if fate else (Role.ITEM, "")
        if role is Role.ITEM:
            _take_item(built, block, joined.get(position))
        elif role is Role.HEADING:
            built.parts.append(_Part(_NAMED.sub(r"\1", block.text), block.first.number, block.level or 1))
            built.indents.clear()
            built.leader = None
            built.report(block, role, reason)
        else:
            if role is not Role.DROPPED and reason in _KEPT:
                built.passages.append(Passage(role=role, text=block.text, line=block.first.number))
            built.report(block, role, reason)
    _place_waiting(built)
    return built


def _take_item(built: Assembly, block: Block, joined: str | None) -> None:
    if block.shape is Shape.DEFINITION:
        return
    if block.shape is Shape.PICTURE:
        _take_picture(built, block)
        return
    part = built.parts[-1] if built.parts else None
    if joined and part and part.items:
        _continue(built, part.items[-1], block, joined)
        return
    text, pictures = take_pictures(block.text)
    if pictures and not text:
        _attach(built, block, pictures)
    elif block.shape is Shape.BULLET:
        _take_bullet(built, _part(built, block), block, text, pictures)
    else:
        built.indents.clear()
        built.leader = Draft([text], block.first.number, 0, pictures, indent=block.first.indent)
        _add(built, _part(built, block), built.leader)
        _report_item(built, block)


def _part(built: Assembly, block: Block) -> _Part:
    if not built.parts:
        built.parts.append(_Part(None, block.first.number, 1))
    return built.parts[-1]


def _report_item(built: Assembly, block: Block, reason: str = "") -> None:
    built.report(block, Role.ITEM, reason, len(built.drafts) - 1)


def _add(built: Assembly, part: _Part, draft: Draft) -> None:
    part.items.append(draft)
    built.drafts.append(draft)


def _continue(built: Assembly, draft: Draft, block: Block, joined: str) -> None:
    text, pictures = take_pictures(block.text)
    if text:
        draft.texts += (" " if joined == "source" and len(draft.texts) == 1 else "\n\n", text)
    draft.pictures += pictures
    _report_item(built, block)


def _take_picture(built: Assembly, block: Block) -> None:
    picture = picture_line(block.text)
    text, pictures = ("", [picture]) if picture else take_pictures(block.text)
    if not text:
        _attach(built, block, pictures)
    elif (part := _part(built, block)).items:
        _continue(built, part.items[-1], block, "picture")
    else:
        _add(built, part, Draft([text], block.first.number, 0, pictures))
        _report_item(built, block)


def _attach(built: Assembly, block: Block, pictures: list[Picture]) -> None:
    """Pictures on a line of their own belong to the item before it, or else to the first one."""
    if built.drafts:
        built.drafts[-1].pictures += pictures
        _report_item(built, block, "picture")
    else:
        built.waiting.extend((block, picture) for picture in pictures)


def _place_waiting(built: Assembly) -> None:
    for block, picture in built.waiting:
        if built.drafts:
            built.drafts[0].pictures.append(picture)
            built.report(block, Role.ITEM, "picture", 0)
        else:
            built.report(block, Role.DROPPED, "a picture without an item")


def _depth(indents: list[int], indent: int) -> int:
    """Nesting by indentation; one column more or less is a slip."""
    while len(indents) > 1 and indent <= indents[-1] - 2:
        indents.pop()
    if not indents or indent >= indents[-1] + 2:
        indents.append(indent)
    elif indent < indents[-1]:
        indents[-1] = indent
    return len(indents) - 1


def _take_bullet(built: Assembly, part: _Part, block: Block, text: str, pictures: list[Picture]) -> None:
    rows = block.rows
    leader = built.leader
    if leader is not None and leader is built.drafts[-1] and _is_row_of(leader, block, text):
        _take_row(built, leader, block, text, pictures)
        return
    depth = _depth(built.indents, rows[0].indent)
    pieces = _pieces(text, rows[0].marker)
    first = len(built.drafts)
    if len(pieces) == 1:
        built.leader = Draft([text], rows[0].number, depth, pictures, True, rows[0].indent)
        _add(built, part, built.leader)
        built.report(block, Role.ITEM, item=first)
        return
    ends = _ends(block)
    offsets = [offset for offset, _ in pieces]
    for offset, piece in pieces:
        line = rows[min(bisect_right(ends, offset), len(rows) - 1)].number
        _add(built, part, Draft([piece], line, depth, [] if offset else pictures, True))
    for row, start in zip(rows, [0, *ends[:-1]], strict=True):
        # A line that holds the end of one item and the beginning of the next is counted with the first.
        item = first + bisect_right(offsets, start) - 1
        said = Line(number=row.number, role=Role.ITEM, text=row.text, update=built.index, item=item)
        built.lines.append(said)


def _is_row_of(leader: Draft, block: Block, text: str) -> bool:
    """True for a row of a list that says nothing without the line above it: one that is indented below it, or
    stands below a paragraph that ends in a colon. Sentences below a label ("Homs") are items of their own."""
    deeper = block.first.indent >= leader.indent + 2
    leads = leader.texts[0].rstrip()[-1:] in _LEADING
    if leader.rows:
        return deeper or not (leader.listed or block.first.indent < leader.indent)
    if not deeper:
        return leads and not leader.listed and not ends_sentence(text)
    labels = len(leader.texts[0]) <= _LONGEST_LABEL and not leads and not ends_sentence(leader.texts[0])
    return not (labels and ends_sentence(text))


def _take_row(built: Assembly, leader: Draft, block: Block, text: str, pictures: list[Picture]) -> None:
    if not leader.rows:
        built.indents[:] = []
    depth = _depth(built.indents, block.first.indent)
    inner = "    " * depth
    paragraphs = text.replace("\n\n", f"\n\n{inner}    ")
    leader.texts.append(f"{'' if leader.rows else chr(10)}\n{inner}- {paragraphs}")
    leader.rows += 1
    leader.pictures += pictures
    _report_item(built, block)


def _pieces(text: str, marker: str) -> list[tuple[int, str]]:
    """The items on one line, with their offsets: the same marker, after the end of a sentence and a blank,
    before a blank and a capital letter, as in "… silence. – Turkey is …"."""
    if len(marker) > 2 or marker[:1] not in _SPLITTING or f" {marker} " not in text.replace("\u00a0", " "):
        return [(0, text)]
    pieces: list[tuple[int, str]] = []
    start = 0
    for m in re.finditer(rf"(?<![ \u00a0])[ \u00a0]++{re.escape(marker)}[ \u00a0]++(?=\S)", text):
        before = text[max(start, m.start() - 4) : m.start()].rstrip("\"”’'»)]")
        after = text[m.end() : m.end() + 4].lstrip("\"“‘'«([")
        if before and ends_sentence(before[-1]) and after and is_capital(after[0]):
            pieces.append((start, text[start : m.start()].strip()))
            start = m.end()
    pieces.append((start, text[start:].strip()))
    return pieces


def _ends(block: Block) -> list[int]:
    """Where in a block's text each of its rows ends, the blank or the paragraph break included."""
    ends: list[int] = []
    end = 0
    for row, following in zip(block.rows, [*block.rows[1:], None], strict=True):
        end += len(row.text) + (2 if following and following.number > row.number + 1 else 1)
        ends.append(end)
    return ends


def dangling(path: str, built: Assembly) -> Iterator[Problem]:
    """One warning of the items that end in a colon with nothing below them: what they led to was lost."""
    found: list[Draft] = []
    for part, below in zip(built.parts, [*built.parts[1:], None], strict=False):
        for draft, following in zip(part.items, [*part.items[1:], None], strict=False):
            if draft.texts[-1][-1:] not in _LEADING:
                continue
            if following is None:
                leads = below is not None and (below.level > part.level or len(part.items) == 1)
            else:
                leads = following.depth > draft.depth or draft.listed < following.listed
                leads = leads or following.texts[0][:1] in _LEADS_TO or following.texts[0][:1].islower()
            if not leads:
                found.append(draft)
    if found:
        text = found[0].texts[-1]
        this = f"this and {len(found) - 1} more end" if len(found) > 1 else "this ends"
        remedy = "add what was here (a link, a quotation, a picture), or end it with a full stop"
        quote = f"… {text[-60:]}" if len(text) > 60 else text
        yield warning(path, found[0].line, f"{this} in a colon and nothing follows", remedy, quote)
