"""Turns the rows of an exported chat into items, one for each message, and datelines, one for each day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from sitrep.reading.dates.datelines import Dateline
from sitrep.reading.dates.dates import Order, full_year, is_doubtful
from sitrep.reading.lines import INVISIBLE, LineKind, Row

MESSAGE = "message"
"""Marker of the first row of a message."""
_STAMP = re.compile(
    r"\[?(?P<a>\d{1,4})(?P<s>[-./])(?P<b>\d{1,2})(?P=s)(?P<c>\d{2,4}),?\s(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.]\d{2})?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\]\s?|\s[-–]\s)"
)
_SENDER = re.compile(r"(?:~\s?)?[^:\n]{1,60}?:(?:\s+|$)")
_NO_WORDS = re.compile(
    r"<[^<>]{1,40}>|(?:image|video|audio|sticker|gif|document|contact card|media) omitted"
    r"|(?:this message was|you) deleted(?: this message)?\.?|missed (?:voice|video) call|null"
    r"|[^\s]+ \(file attached\)|.{0,80}end-to-end encrypted.*",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<[^<>]{1,40}edited[^<>]{0,20}>\s*$", re.IGNORECASE)
_PROGRAM = "\u200e"
"""Opens what the program itself puts into a chat: who joined, pictures left out."""
_OPENERS = frozenset("[0123456789")
_LOOKED_AT = 3
"""A chat begins within so many lines that are not blank."""


class _Head(NamedTuple):
    """The first row of a message."""

    position: int
    first: int
    second: int
    year: str
    iso: bool
    time: dt.time
    sign: str
    text: str | None
    """What follows the time; None where the program, not a person, speaks, or there are no words."""

    def is_doubtful(self, order: Order) -> bool:
        """True if its date could be read the other way round."""
        return not self.iso and is_doubtful(self.first, self.second, self.sign, order)


def find_messages(rows: list[Row], order: Order) -> list[tuple[int, Dateline]]:
    """The rows that open the days of an exported chat, with what they say; empty for any other text.

    In ``rows`` the first row of each message becomes a bullet with the time of day, and what follows becomes
    part of it. Names of senders are left out: they are nobody's business but theirs. All dates of an export
    are written alike, so one that only fits one order decides for all of them. A list in which each line
    begins with day and time, without names, is read the same way.
    """
    if not _may_be_chat(rows):
        return []
    heads = [head for position, row in enumerate(rows) if (head := _head(position, row)) is not None]
    if len(heads) < 2 and rows[heads[0].position].text[0] != "[":
        return []
    if 2 * sum(_SENDER.match(head.text or "") is not None for head in heads) >= len(heads):
        heads = [head._replace(text=_words(head.text or "")) for head in heads]
    elif len(heads) < 2:
        return []
    shown = _order_of(heads)
    order = shown or order
    found: list[tuple[int, Dateline]] = []
    ends = [head.position for head in heads[1:]] + [len(rows)]
    latest: dt.date | None = None
    for head, end in zip(heads, ends, strict=True):
        day = _day(head, order)
        if day is None:
            continue
        _gather_message(rows, head, end)
        if day != latest:
            row = rows[head.position]
            says = row.text if row.kind is not LineKind.COMMENT else None
            found.append(
                (head.position, Dateline(date=day, body=says, doubtful=not shown and head.is_doubtful(order)))
            )
            latest = day
    return found


def _may_be_chat(rows: Sequence[Row]) -> bool:
    seen = 0
    for position, row in enumerate(rows):
        if row.kind is LineKind.BLANK:
            continue
        if row.text[:1] in _OPENERS and _head(position, row) is not None:
            return True
        seen += 1
        if seen == _LOOKED_AT:
            return False
    return False


def _head(position: int, row: Row) -> _Head | None:
    found = _STAMP.match(row.text) if row.kind is not LineKind.BLANK else None
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["m"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    if hour > 23 or minute > 59:
        return None
    iso = len(found["a"]) == 4
    year, first, second = (
        (found["a"], found["c"], found["b"]) if iso else (found["c"], found["a"], found["b"])
    )
    return _Head(
        position, int(first), int(second), year, iso, dt.time(hour, minute), found["s"],
        row.text[found.end() :],
    )  # fmt: skip


def _words(message: str) -> str | None:
    """What a person wrote after the name."""
    sender = _SENDER.match(message)
    if sender is None:
        return None
    said = message[sender.end() :]
    if said[:1] == _PROGRAM:
        return None
    said = _EDITED.sub("", said).strip(INVISIBLE + " \t\u00a0\u202f")
    return None if _NO_WORDS.fullmatch(said) else said


def _order_of(heads: Sequence[_Head]) -> Order | None:
    for head in heads:
        if not head.iso and head.first > 12:
            return "dmy"
        if not head.iso and head.second > 12:
            return "mdy"
    return None


def _day(head: _Head, order: Order) -> dt.date | None:
    day, month = (head.first, head.second) if head.iso or order == "dmy" else (head.second, head.first)
    try:
        return dt.date(full_year(head.year), month, day)
    except ValueError:
        return None


def _gather_message(rows: list[Row], head: _Head, end: int) -> None:
    """Make one item of a message, unless it is a list of its own."""
    row = rows[head.position]
    below = range(head.position + 1, end)
    if any(rows[p].kind in (LineKind.BULLET, LineKind.HEADING) for p in below):
        rows[head.position] = _said(row, head.text, LineKind.TEXT)
        return
    text = f"{head.time:%H:%M} – {head.text}" if head.text else head.text
    rows[head.position] = _said(row, text, LineKind.BULLET)
    if head.text:
        for p in below:
            if rows[p].kind is not LineKind.BLANK:
                rows[p] = rows[p]._replace(kind=LineKind.TEXT, indent=2)


def _said(row: Row, text: str | None, kind: LineKind) -> Row:
    if not text:
        return row._replace(kind=LineKind.COMMENT, marker=MESSAGE)
    return row._replace(kind=kind, text=text, indent=0, marker=MESSAGE)
