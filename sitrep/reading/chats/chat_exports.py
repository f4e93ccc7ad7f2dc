"""Turns the rows of an exported chat into items, one for each message, and datelines, one for each day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.chat_placeholders import no_words
from sitrep.reading.chats.chat_patterns import AFTERNOON, BRACKETS, COPIED, SENDER_NAME, STAMP, TABBED
from sitrep.reading.chats.stamped_names import SENDER, is_plain, join_names
from sitrep.reading.dates.calendars import common_or_persian
from sitrep.reading.dates.datelines import Dateline
from sitrep.reading.dates.dates import Order, full_year, is_doubtful
from sitrep.reading.dates.message_stamps import NAME, headed_bare, in_known_form, is_stamp, opens_with_clock
from sitrep.reading.rows import INVISIBLE, LineKind, Row
from sitrep.reading.senders.people import is_person

MESSAGE = "message"
"""Marker of the first row of a message."""
_FEWEST = 2
_EDITED = lazy_pattern(r"\s*\u200e?<(?![a-z]{1,10}[ />])[^<>@/]{5,60}>\s*$")
_MENTIONED = lazy_pattern("@(?:\u2068[^\u2069\\n]*\u2069|\\d{7,15}\\b)[,:]?\\s*")
"""A person who is spoken to, by name or number."""
_PROGRAM = "\u200e"
"""Opens what the program itself puts into a chat: who joined, pictures left out."""
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
    named: bool
    """The sender is known, and no longer in the text."""
    american: bool
    """Written as programs do in the United States: 12/6/2024, 2:30 PM."""
    text: str | None
    """What follows the time; None where the program, not a person, speaks, or there are no words."""

    def is_doubtful(self, order: Order) -> bool:
        """True if its date could be read the other way round."""
        return not self.iso and is_doubtful(self.first, self.second, self.sign, order)


def find_messages(rows: list[Row], order: Order) -> list[tuple[int, Dateline]]:
    """The rows that open the days of an exported chat, with what they say; empty for any other text. In
    ``rows`` the first row of each message becomes a bullet with the time of day, and what follows becomes
    part of it. Names of senders are left out: they are nobody's business but theirs. All dates of an export
    are written alike, so one that only fits one order decides for all of them. A list in which each line
    begins with day and time, without names, is read the same way."""
    heads = _heads(rows)
    shown = _order_of(heads)
    # Elsewhere hours that are counted twice are written small, or the day has two digits.
    american = not shown and all(head.american for head in heads)
    order = shown or ("mdy" if american else order)
    found: list[tuple[int, Dateline]] = []
    ends = [*(head.position for head in heads[1:]), len(rows)]
    latest: dt.date | None = None
    for head, end in zip(heads, ends, strict=False):
        day = _day(head, order)
        if day is None:
            continue
        _gather_message(rows, head, end)
        if day != latest:
            row, doubtful = rows[head.position], not shown and head.is_doubtful(order)
            says = row.text if row.kind is not LineKind.COMMENT else None
            line = Dateline(date=day, body=says, doubtful=doubtful, month_first=american)
            found.append((head.position, line))
            latest = day
    return found


def _heads(rows: list[Row]) -> list[_Head]:
    """The first row of each message, without its sender; none if the rows are no chat."""
    _read_layouts(rows)
    _take_tabbed(rows)
    join_names(rows)
    if not _may_be_chat(rows):
        return []
    heads = [head for position in range(len(rows)) if (head := _head(rows, position)) is not None]
    if not heads or (len(heads) < 2 and not heads[0].named and rows[heads[0].position].text[0] != "["):
        return []
    if 2 * sum(head.named or SENDER_NAME.match(head.text or "") is not None for head in heads) >= len(heads):
        return [head if head.named else head._replace(text=_words(head.text or "")) for head in heads]
    return heads if len(heads) > 1 else []


def _read_layouts(rows: list[Row]) -> None:
    """Lines that open a message in another layout, as the known ones have them; one alone may be anything."""
    known = [
        (position, form)
        for position, row in enumerate(rows)
        if row.kind is LineKind.TEXT
        and (form := in_known_form(row.text))
        and not (is_stamp(row.text) and not (position and is_plain(rows[position - 1])))
    ]
    known += _bare_heads(rows)
    for position, form in known:
        if len(known) >= _FEWEST or opens_with_clock(rows[position].text):
            rows[position] = rows[position]._replace(text=form, kind=LineKind.TEXT)


def _bare_heads(rows: list[Row]) -> list[tuple[int, str]]:
    """Lines of a name, a day and an hour: of a chat where one is a person's, or two are of one day."""
    found = [
        (position, *head)
        for position, row in enumerate(rows)
        if row.kind is LineKind.TEXT and (head := headed_bare(row.text))
    ]
    days = {form[form.index("[") :].partition(" ")[0] for _, _, form in found}
    if len(found) < _FEWEST or not (
        len(days) < len(found) or any(is_person(n, frozenset) for _, n, _ in found)
    ):
        return []
    return [(position, form) for position, _, form in found]


def _take_tabbed(rows: list[Row]) -> None:
    """Messages of time, sender and words in one line below a line with the day: without the sender."""
    tabbed = [(position, found) for position, row in enumerate(rows) if (found := TABBED.match(row.raw))]
    if len(tabbed) < _FEWEST:
        return
    for position, found in tabbed:
        said = found["said"].strip(INVISIBLE + " \t")
        said = "" if no_words().fullmatch(said) else said
        clock = f"{int(found['h']):02d}:{found['m']}"
        rows[position] = _said(rows[position], said and f"{clock} – {said}", LineKind.BULLET)


def _may_be_chat(rows: Sequence[Row]) -> bool:
    seen = 0
    for row in rows:
        if row.kind in (LineKind.BLANK, LineKind.COMMENT):
            continue
        opens = row.text[:1] == "[" or row.text[:1].isdecimal()
        if (opens and STAMP.match(row.text)) or COPIED.match(row.text):
            return True
        seen += 1
        if seen == _LOOKED_AT:
            return False
    return False


def _head(rows: list[Row], position: int) -> _Head | None:
    row = rows[position]
    if row.kind is LineKind.BLANK:
        return None
    copied = COPIED.fullmatch(row.text) if "[" in row.text[: NAME + 2] else None
    found = copied or STAMP.match(row.text)
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["m"])
    if half := found["half"] or found["before"]:
        hour = hour % 12 + (12 if half.startswith(AFTERNOON) else 0)
    if hour > 23 or minute > 59:
        return None
    iso = len(found["a"]) == 4
    year, first, second = (
        (found["a"], found["c"], found["b"]) if iso else (found["c"], found["a"], found["b"])
    )
    text: str | None = row.text[found.end() :]
    if copied:
        position, text = _copied_text(rows, position, copied["rest"])
    american = half in ("AM", "PM") and found["s"] == "/" and "0" not in (found["a"][0], found["b"][0])
    return _Head(
        position, int(first), int(second), year, iso, dt.time(hour, minute), found["s"], bool(copied),
        american, text,
    )  # fmt: skip


def _copied_text(rows: list[Row], position: int, rest: str) -> tuple[int, str | None]:
    """Where the words of a copied message begin, and the first of them; what stands above is made silent."""
    if rest.strip():
        return position, rest.strip()
    below = position
    while below + 1 < len(rows) and (below == position or BRACKETS.fullmatch(rows[below].text)):
        rows[below] = rows[below]._replace(kind=LineKind.COMMENT, marker=SENDER)
        below += 1
    row = rows[below]
    if row.kind is LineKind.BLANK or below == position or COPIED.match(row.text):
        return position, None
    if BRACKETS.fullmatch(row.text):
        rows[below] = row._replace(kind=LineKind.COMMENT, marker=SENDER)
        return position, None
    return below, row.text


def _words(message: str) -> str | None:
    """What a person wrote after the name."""
    sender = SENDER_NAME.match(message)
    if sender is None:
        return None
    said = message[sender.end() :]
    if said[:1] == _PROGRAM:
        return None
    said = _MENTIONED.sub("", _EDITED.sub("", said)).strip(INVISIBLE + " \t\u00a0\u202f")
    return None if not said or no_words().fullmatch(said) else said


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
        return common_or_persian(full_year(head.year), month, day)
    except ValueError:
        return None


def _gather_message(rows: list[Row], head: _Head, end: int) -> None:
    """Make one item of a message, unless it is a list of its own."""
    row = rows[head.position]
    below = range(head.position + 1, end)
    for p in below:
        if no_words().fullmatch(rows[p].text):
            rows[p] = rows[p]._replace(kind=LineKind.COMMENT, marker=MESSAGE)
    if any(rows[p].kind in (LineKind.BULLET, LineKind.HEADING) for p in below):
        rows[head.position] = _said(row, head.text, LineKind.TEXT)
        return
    words = head.text
    rows[head.position] = _said(row, words and f"{head.time:%H:%M} – {words}", LineKind.BULLET)
    if not words and (first := next((p for p in below if rows[p].kind is LineKind.TEXT), None)) is not None:
        # What stands below a picture is said with it.
        words, below = rows[first].text, range(first + 1, end)
        rows[first] = _said(rows[first], f"{head.time:%H:%M} – {words}", LineKind.BULLET)
    if words:
        for p in below:
            if rows[p].kind not in (LineKind.BLANK, LineKind.COMMENT):
                said = _MENTIONED.sub("", rows[p].text)
                rows[p] = rows[p]._replace(kind=LineKind.TEXT, indent=2, text=said)


def _said(row: Row, text: str | None, kind: LineKind) -> Row:
    if not text:
        return row._replace(kind=LineKind.COMMENT, marker=MESSAGE)
    return row._replace(kind=kind, text=text, indent=0, marker=MESSAGE)
