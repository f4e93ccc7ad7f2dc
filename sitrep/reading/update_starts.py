"""Finds the lines of a source that open an update: rows in, datelines with their places out."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, field
from sitrep.reading.chats.chat_exports import find_messages
from sitrep.reading.dates.calendars import NUMERALS
from sitrep.reading.dates.datelines import LONGEST, Dateline, Misdated, Place, read_dateline, read_day
from sitrep.reading.dates.dates import Order, order_in
from sitrep.reading.rows import DOTS, STAMP, SYMBOLS, LineKind, Row, ends_sentence
from sitrep.reading.text import Text

SILENT = frozenset((LineKind.BLANK, LineKind.RULE, LineKind.UNDERLINE, LineKind.COMMENT))
"""Lines that say nothing."""
_DATED_MARKERS = frozenset(DOTS + SYMBOLS)
_DIGIT = lazy_pattern(rf"\d|[{NUMERALS}]\s?[年月日号號]")
_LINES_AN_UPDATE = 2
"""Datelines that are read of a file, for each update that it may have: many may be of one day."""
_MOST_PROBLEMS = 10
_HEAD = 12
_YEAR = lazy_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_TITLES = 3
_LONGEST_TITLE = 150
_WORDY = 2
"""So many unknown words of a title make another day than the front matter's none of the text."""
_SET_IN, _LONGEST_ITEM = 2, 60
_WRAPPED = 45
"""A shorter line was not broken by a program, but by its writer."""


class Mark(NamedTuple):
    """A dateline, and where it stands among the rows."""

    position: int
    row: Row
    line: Dateline


class _Search(Struct, kw_only=True):
    """A pass over the rows of a source, and what it has found down to the row that is being looked at."""

    text: Text
    rows: list[Row]
    order: Order
    known: dt.date | None
    """The date of the front matter or the file name."""
    year: int | None
    date: dt.date | None = None
    marks: list[Mark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    """Words beside earlier dates of the source: what they say there, they say here."""
    between: bool = False
    """There is text since the last dateline."""

    def look_at(self, position: int, *, first: bool) -> None:
        """Mark a row that opens an update. ``first``: no text stands above it."""
        row = self.rows[position]
        long = len(row.text) > LONGEST
        if long and (row.kind is not LineKind.TEXT or not _DIGIT.search(row.text, 0, 40)):
            self.between = True
            return
        place = _place(self.rows, position, first) if _DIGIT.search(row.text) else None
        if place == "plain" and not self.marks and self.known is None:
            place = "early"
        if (place is None or not self._take(position, place)) and row.kind not in SILENT:
            self.between = True

    def _take(self, position: int, place: Place) -> bool:
        """Take a row as a dateline if it is one; True if it was taken."""
        rows, row = self.rows, self.rows[position]
        line = read_dateline(row.text, place, self.text.vocabulary, self.order, self.year, self.words)
        if isinstance(line, Misdated):
            if _stands_alone(rows, position) and len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(self.text.error(row.number, line.fact, line.remedy, row.text))
            return False
        if line is None or not (line.date or self.marks or self.known):
            return False
        wordy = self.text.header.date and not self.marks and len(line.unknown) >= _WORDY
        if wordy and line.date != self.known and line.title in (None, row.text):
            return False
        if self._covers(position) and not line.span and line.date:
            # What is covered was named first; the day of the text is this one.
            self._note_stamp(self.marks.pop().position)
        if not self._opens(position, line):
            if line.stamp or line.span:
                self._note_stamp(position)
            return False
        self.marks.append(Mark(position, row, line))
        self.words |= line.unknown if len(line.unknown) < 3 else frozenset()
        self.between = False
        if line.date:
            self.date, self.year = line.date, line.date.year
        return True

    def _covers(self, position: int) -> bool:
        """True in a head that has only said which days its text covers."""
        return (
            bool(self.marks)
            and self.marks[-1].line.span
            and _are_titles(self.rows[self.marks[-1].position + 1 : position])
        )

    def _note_stamp(self, position: int) -> None:
        """Mark a row that tells when the document was made, or what days it covers."""
        self.rows[position] = self.rows[position]._replace(kind=LineKind.TEXT, marker=STAMP)

    def _opens(self, position: int, line: Dateline) -> bool:
        """True if a line that reads like a dateline is one where it stands."""
        rows, row, marks = self.rows, self.rows[position], self.marks
        in_head = bool(marks) and not self.between
        dated = self.text.header.date or (self.known and self.between and not line.full)
        if line.span and not line.has_word and (in_head or dated):
            return False
        if not line.full and row.kind is LineKind.TEXT and _is_inside_item(rows, position):
            return False
        if line.stamp and marks:
            return self.date == line.date and not self.between
        if row.kind is LineKind.HEADING or not position:
            return True
        if _is_wrapped(rows, position) or _goes_on(rows, position, line):
            return False
        if row.kind is LineKind.BOLD:
            return True
        above = rows[position - 1]
        if above.kind not in (LineKind.TEXT, LineKind.BULLET, LineKind.QUOTE):
            return True
        if marks and marks[-1].position == position - 1:
            return True
        if not marks and not line.unknown and line.full and _are_titles(rows[:position]):
            return True
        if line.has_word:
            return not line.unknown or ends_sentence(above.text)
        below = rows[position + 1] if position + 1 < len(rows) else None
        if line.unknown or not line.full or above.kind is not LineKind.BULLET or above.text[-1:] in ",;:(":
            return False
        return below is not None and below.kind is LineKind.BULLET


def find_marks(text: Text, rows: list[Row], known: dt.date | None) -> tuple[list[Mark], list[Problem]]:
    """The datelines among the rows, and those that give no day of the calendar, or are too many to be read.
    ``known`` is the date of the front matter or the file name; it gives the year to dates without one. A line
    that only tells when the document was made is marked in ``rows`` as one."""
    header, config = text.header, text.config
    if days := find_messages(rows, config.dates.order):
        return [Mark(position, rows[position], line) for position, line in days], []
    # The language says whether years of two digits stand first.
    order = order_in(header.lang or config.site.language, config.dates.order)
    year = known.year if known else _year_below(text, rows, order)
    search = _Search(text=text, rows=rows, order=order, known=known, year=year)
    first, most = header.date is None, _LINES_AN_UPDATE * config.limits.updates
    for position, row in enumerate(rows):
        if row.kind is LineKind.BLANK:
            continue
        if len(search.marks) > most:
            fact = f"there are more than {most:,} lines with dates down to here"
            return search.marks, [text.error(row.number, fact, "drop it in several files")]
        search.look_at(position, first=first)
        first = False
    return search.marks, search.problems


def _year_below(text: Text, rows: list[Row], order: Order) -> int | None:
    """The year of a first line that has none, where a line of the head gives the whole of that day: when a
    program made the note. None where the first line has a year, or is no date."""
    filled = [row for row in rows[:_HEAD] if row.raw.strip()]
    if not filled or _YEAR.search(filled[0].raw) or not _DIGIT.search(filled[0].text):
        return None
    for row in filled[1:]:
        found = read_day(row.raw, text.vocabulary, order) if _YEAR.search(row.raw) else None
        if found and read_day(filled[0].text, text.vocabulary, order, found.year) == found:
            return found.year
    return None


def _place(rows: list[Row], position: int, first: bool) -> Place | None:
    """Where a line stands, if a dateline can stand there."""
    row = rows[position]
    if row.kind is LineKind.HEADING or row.kind is LineKind.BOLD:
        return "first" if first else "heading"
    if row.kind is LineKind.TEXT or (row.kind is LineKind.BULLET and row.marker[:1] in _DATED_MARKERS):
        following = rows[position + 1] if position + 1 < len(rows) else None
        if following is not None and following.kind is LineKind.UNDERLINE:
            return "heading"
        return "first" if first else "plain"
    return None


def _is_inside_item(rows: list[Row], position: int) -> bool:
    """True for a line that is set in below a bullet: it goes on with what that says."""
    if rows[position].indent < _SET_IN:
        return False
    for row in reversed(rows[max(0, position - _LONGEST_ITEM) : position]):
        if row.kind is not LineKind.BLANK and not row.indent:
            return row.kind is LineKind.BULLET
    return False


def _is_wrapped(rows: list[Row], position: int) -> bool:
    """True if a line goes on with the sentence of the two long lines right above it."""
    above = rows[max(0, position - 2) : position]
    return (
        len(above) == 2
        and all(row.kind is LineKind.TEXT and len(row.text) > _WRAPPED for row in above)
        and (above[1].text[-1].isalnum() or above[1].text[-1] == ",")
    )


def _goes_on(rows: list[Row], position: int, line: Dateline) -> bool:
    """True if a line with words of its own is a piece of a paragraph: the next line ends its sentence."""
    below = rows[position + 1] if position + 1 < len(rows) else None
    return (
        bool(line.unknown)
        and not line.has_word
        and below is not None
        and below.kind is LineKind.TEXT
        and len(rows[position].text) > _WRAPPED
        and (below.text[0].islower() or below.text[0] in "])")
    )


def _are_titles(rows: list[Row]) -> bool:
    """True if these are a few lines like titles, or none: no bullet, no sentence."""
    said = [row for row in rows if row.kind not in SILENT]
    return len(said) <= _MOST_TITLES and all(
        row.kind is LineKind.TEXT and len(row.text) <= _LONGEST_TITLE and not ends_sentence(row.text)
        for row in said
    )


def _stands_alone(rows: list[Row], position: int) -> bool:
    heading = rows[position].kind is LineKind.HEADING
    return heading or not position or rows[position - 1].kind not in (LineKind.TEXT, LineKind.BULLET)
