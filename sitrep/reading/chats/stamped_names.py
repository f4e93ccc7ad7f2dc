"""Names of senders on lines of their own, above, below or behind a stamp -> as if they stood beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from sitrep.reading.chats.chat_patterns import STAMP, STAMP_ALONE
from sitrep.reading.dates.message_stamps import in_known_form, is_stamp
from sitrep.reading.rows import MAIL, LineKind, Row, ends_sentence
from sitrep.reading.senders.people import is_person

SENDER = "sender"
"""Marker of a row that only tells who sent a message, and when."""
_FEWEST = 2
_LONGEST_NAME, _MOST_NAMES = 40, 4


def join_names(rows: list[Row]) -> None:
    """Put such names beside their stamps, ``Ann, [06.12.2024 20:31]``, which is read as a message."""
    _join_names_below(rows)
    _join_names_above(rows)
    _join_names_behind(rows)


def _join_names_below(rows: list[Row]) -> None:
    """Day and time on a line, a name on the next, then the words, as exports of iMessage have it. One name is
    somebody's, or a number: below the hours of news headlines stand."""
    stamped = [p for p, row in enumerate(rows[:-1]) if is_stamp(row.text) and rows[p + 1].text]
    names = [rows[position + 1] for position in stamped]
    often = _repeated(name.text for name in names)
    if len(stamped) < _FEWEST or not all(_may_be_name(name) or name.text in often for name in names):
        return
    # To the second only a program tells the time.
    printed = bool(often) and all(rows[position].text.count(":") > 1 for position in stamped)
    if not printed and not any(_is_number(name.text) or is_person(name.text, frozenset) for name in names):
        return
    for position, name in zip(stamped, names, strict=True):
        said = f"{name.text}, [{in_known_form(rows[position].text)}]"
        rows[position] = rows[position]._replace(kind=LineKind.COMMENT, marker=SENDER)
        rows[position + 1] = name._replace(text=said, kind=LineKind.TEXT)


def _may_be_name(row: Row) -> bool:
    short = is_plain(row) and _is_short(row.text) and not ends_sentence(row.text) and ":" not in row.text
    return short and not any(word[0].islower() for word in row.text.split())


def _is_number(name: str) -> bool:
    return name[:1] == "+" and name[1:2].isdecimal()


def _join_names_above(rows: list[Row]) -> None:
    """A name on a line, day and time on the next, then the words: as if those stood beside the name."""
    stamped = [p for p, row in enumerate(rows) if p and STAMP_ALONE.fullmatch(row.text)]
    stamps = len(stamped) + bool(rows and STAMP_ALONE.fullmatch(rows[0].text))
    often = _repeated(rows[position - 1].text for position in stamped)
    found = [position for position in stamped if _is_name(rows[position - 1], often)]
    parted = all(position < 2 or rows[position - 2].kind is LineKind.BLANK for position in found)
    if len(found) < _FEWEST or not (parted or len(found) == stamps):
        return
    for position in found:
        name, row = rows[position - 1], rows[position]
        rows[position - 1] = name._replace(kind=LineKind.COMMENT, marker=SENDER)
        rows[position] = row._replace(text=f"{name.text}, [{row.text}]", kind=LineKind.TEXT)


def _join_names_behind(rows: list[Row]) -> None:
    """Day and time in brackets and a name on a line, the words on the next, as Teams copies them."""
    stamped = [
        (p, found) for p, row in enumerate(rows) if row.text[:1] == "[" and (found := STAMP.match(row.text))
    ]
    often = _repeated(rows[position].text[found.end() :] for position, found in stamped)
    for position, found in stamped:
        name = rows[position].text[found.end() :]
        below = rows[position + 1] if position + 1 < len(rows) else rows[position]
        if not name or ":" in name or ends_sentence(name) or not below.text:
            return
        if name not in often and (not _is_short(name) or any(word[0].islower() for word in name.split())):
            return
    for position, found in stamped if len(stamped) >= _FEWEST else ():
        row = rows[position]
        rows[position] = row._replace(
            text=f"{row.text[found.end() :]}, {found[0].strip()}", kind=LineKind.TEXT
        )


def _is_name(row: Row, often: Set[str]) -> bool:
    return is_plain(row) and (_is_short(row.text) or row.text in often) and not ends_sentence(row.text)


def is_plain(row: Row) -> bool:
    """True for a row of words, or one that a mail program seems to have left."""
    return row.kind is LineKind.TEXT or row.marker == MAIL


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_NAMES


def _repeated(lines: Iterable[str]) -> Set[str]:
    """Those that stand beside several times: names, however long; a headline stands there once."""
    return {line for line, count in Counter(lines).items() if count > 1}
