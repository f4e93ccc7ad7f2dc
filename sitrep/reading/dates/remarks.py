"""What the datelines of a source leave open becomes notes to its writer, one for the whole file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Problem, Severity, Source
from sitrep.reading.chats.chat_exports import MESSAGE
from sitrep.reading.dates.dates import Order
from sitrep.reading.update_starts import Mark

CHAT = (
    "each line has its day and time, as in a chat: each day became an update, each message an item, "
    "without its sender"
)
"""What the note says of a text that was taken for an exported chat."""

_WORDS = {"dmy": "day first", "mdy": "month first"}


def remarks_on_dates(
    source: Source, marks: Sequence[Mark], known: dt.date | None, order: Order
) -> Iterator[Problem]:
    """Notes: that the text was taken for an exported chat, and how a date was read that has two readings.
    ``known`` is the date of the front matter. Where it, the file name or another dateline shows the order,
    nothing is left open."""
    if marks[0].row.marker == MESSAGE:
        yield _note(
            source, marks[0],
            CHAT,
            "nothing to do if that is meant; else remove day and time from the lines",
        )  # fmt: skip
    doubtful = next((mark for mark in marks if mark.line.doubtful), None)
    if doubtful is None or doubtful.line.date is None or _is_shown(source, marks, known):
        return
    date = doubtful.line.date
    more = ", as are all dates of this file" if sum(mark.line.doubtful for mark in marks) > 1 else ""
    other = dt.date(date.year, date.day, date.month)
    order = "mdy" if doubtful.line.month_first else order
    yield _note(
        source, doubtful,
        f"read as {format_date(date, 'en', 'long')}: {_WORDS[order]}{more}",
        f"nothing to do if that is right; if {format_date(other, 'en', 'long')} is meant, "
        f"write {other.isoformat()}", f"order {order}",
    )  # fmt: skip


def _is_shown(source: Source, marks: Sequence[Mark], known: dt.date | None) -> bool:
    """True if something in or around the text confirms how its datelines were read."""
    dates = {mark.line.date for mark in marks if mark.line.date and mark.line.doubtful}
    if known in dates or any(date.isoformat() in source.path for date in dates):
        return True
    return any(mark.line.date and not mark.line.doubtful and mark.line.date.day > 12 for mark in marks)


def _note(source: Source, mark: Mark, fact: str, remedy: str, *topics: str) -> Problem:
    return Problem(
        path=source.path, line=mark.row.number, fact=fact, remedy=remedy, severity=Severity.NOTE,
        quote=mark.row.text[:80], topics=topics,
    )  # fmt: skip
