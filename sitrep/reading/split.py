"""Parts the rows of a source at its datelines: one opening for every update in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sitrep.base.languages.month_names import weekday_names
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct, field, replace
from sitrep.reading.chats.chat_exports import MESSAGE
from sitrep.reading.dates.datelines import Dateline, impossible_date, read_dateline
from sitrep.reading.dates.dates import Impossible
from sitrep.reading.dates.file_names import date_of_path
from sitrep.reading.dates.missing_dates import why_undated
from sitrep.reading.dates.remarks import remarks_on_dates
from sitrep.reading.rows import LineKind, Row, ends_sentence
from sitrep.reading.text import Text
from sitrep.reading.update_starts import SILENT, Mark, find_marks

_NEAR = dt.timedelta(days=7)
"""So far apart a name and a date may be by habit: one is of the day of writing, the other of publishing."""
_EXAMPLE = "write one as the first line, for example: Update 07-12-2024"
_HEAD = 12
"""Rows among which a day is looked for that is not reckoned."""
_SAYS_NOTHING = frozenset((*SILENT, LineKind.HEADING, LineKind.HASHTAGS))


class Opening(Struct):
    """The beginning of an update: its date, and the rows that belong to it."""

    date: dt.date
    line: int
    time: dt.time | None = None
    zone: str | None = None
    title: str | None = None
    says_update: bool = False
    """The dateline says "update" or the like."""
    datelines: list[Row] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)
    """Rows that stand above the dateline and belong to the update (a title)."""
    body: list[Row] = field(default_factory=list)
    content: int = 0
    """How many rows of the body say something."""
    is_plain: bool = True
    """All of those are lines of text."""

    @property
    def is_empty(self) -> bool:
        """True if nothing stands below the date, or headings alone: what a phone saves half-written."""
        return not any(row.kind not in _SAYS_NOTHING for row in (*self.above, *self.body))


class Split(Struct, frozen=True, kw_only=True):
    """The updates of a source, as rows; ``dropped`` are rows of none, with the reason."""

    openings: tuple[Opening, ...] = ()
    dropped: tuple[tuple[Row, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def has_content(rows: Sequence[Row]) -> bool:
    """True if one of the rows is more than a blank, a rule or a comment."""
    return any(row.kind not in SILENT for row in rows)


def split(text: Text, rows: list[Row], arrival: dt.date | None) -> Split:
    """Find the datelines and part the rows at them; without any, front matter, file name or arrival date."""
    header, config = text.header, text.config
    named = date_of_path(text.source.path, config, text.vocabulary) or _date_of_title(text)
    file_date = named if isinstance(named, dt.date) else None
    known = header.date or file_date
    marks, problems = find_marks(text, rows, known)
    if problems:
        return Split(problems=tuple(problems))
    if not marks:
        return _undated(text, rows, named, arrival)
    openings, preamble = _openings(marks, rows, known)
    dropped: list[tuple[Row, str]] = []
    if has_content(preamble):
        _place_preamble(text, preamble, openings, known, dropped, problems)
    else:
        openings[0].above[:0] = preamble
    for opening in openings:
        _use_title(opening)
    problems += _contradictions(text, openings, marks, file_date)
    problems += remarks_on_dates(text.source, marks, header.date, config.dates.order)
    return Split(openings=tuple(openings), dropped=tuple(dropped), problems=tuple(problems))


def _openings(
    marks: Sequence[Mark], rows: Sequence[Row], known: dt.date | None
) -> tuple[list[Opening], list[Row]]:
    """One opening for each date line that has something above the next one; repeated ones become one."""
    openings: list[Opening] = []
    preamble = list(rows[: marks[0].position])
    ends = [m.position for m in marks[1:]] + [len(rows)]
    for (position, row, line), end in zip(marks, ends, strict=True):
        body = list(rows[position + 1 : end])
        last = openings[-1] if openings else None
        if last is not None and _repeats(last, line):
            last.time, last.zone = line.time or last.time, line.zone or last.zone
            last.title = last.title or line.title
        else:
            date = line.date or (last.date if last else known)
            if date is None:
                continue
            last = Opening(date, row.number, line.time, line.zone, line.title, line.has_word)
            openings.append(last)
        if line.body:
            body.insert(0, row if row.marker == MESSAGE else row._replace(kind=LineKind.TEXT, text=line.body))
        else:
            last.datelines.append(row)
        if body and body[0].kind is LineKind.UNDERLINE:
            last.datelines.append(body.pop(0))
        last.body += body
        content = [r for r in body if r.kind not in SILENT]
        last.content += len(content)
        last.is_plain = last.is_plain and all(r.kind in (LineKind.TEXT, LineKind.BOLD) for r in content)
    return openings, preamble


def _use_title(opening: Opening) -> None:
    """A headline beside a date with nothing below it is the text itself."""
    title = opening.title
    if not title or not opening.is_empty:
        return
    row = next((row for row in opening.datelines if title in row.text), None)
    if row is not None:
        opening.datelines.remove(row)
        opening.body.insert(0, row._replace(kind=LineKind.TEXT, text=title))
        opening.title = None


def _repeats(last: Opening, line: Dateline) -> bool:
    if line.date not in (None, last.date):
        return False
    if not last.content:
        return True
    plain = not line.has_word and line.date is not None and line.time is None
    return plain and last.content <= 2 and last.is_plain


def _place_preamble(
    text: Text,
    preamble: list[Row],
    openings: list[Opening],
    known: dt.date | None,
    dropped: list[tuple[Row, str]],
    problems: list[Problem],
) -> None:
    """Decide what becomes of the text above the first date line."""
    first, header = openings[0], text.header
    content = [row for row in preamble if row.kind not in SILENT]
    listed = any(r.kind is LineKind.BULLET for r in content)
    weighty = listed or len(content) > 3
    if known and known != first.date and weighty:
        openings.insert(0, Opening(known, 1, header.time, header.zone, body=preamble))
    elif len(openings) == 1 and first.is_empty:
        first.body = preamble + first.body
    elif known == first.date or (len(openings) == 1 and not listed):
        first.above = preamble
    elif len(openings) == 1 and not first.says_update:
        first.body = preamble + first.body
    elif listed:
        fact = "the text above the first date has no date"
        remedy = "write one above it, for example: Update 07-12-2024"
        problems.append(text.error(content[0].number, fact, remedy, content[0].text[:80]))
    else:
        title = content[0]
        marked = title.kind in (LineKind.HEADING, LineKind.BOLD)
        is_title = marked or (len(title.text) <= 150 and not ends_sentence(title.text))
        for row in preamble:
            if row.kind is not LineKind.BLANK:
                reason = "document title" if row is title and is_title else "text above the first date"
                dropped.append((row, "rule" if row.kind in SILENT else reason))
        for row in content[is_title : is_title + 1]:
            fact = "this text stands above the first date: it belongs to no update and is not published"
            problems.append(text.warning(row.number, fact, "move it below a date line", row.text[:80]))


def _date_of_title(text: Text) -> dt.date | None:
    """The day that a title of the front matter is a dateline of, where nothing else tells one."""
    title, order = text.header.title, text.config.dates.order
    line = title and read_dateline(title, "early", text.vocabulary, order)
    return line.date if isinstance(line, Dateline) and text.header.date is None else None


def _undated(
    text: Text, rows: Sequence[Row], named: dt.date | Impossible | None, arrival: dt.date | None
) -> Split:
    """A text without dateline: the date of the front matter, the file name, or the day it came in."""
    header, dates = text.header, text.config.dates
    date = header.date or (named if isinstance(named, dt.date) else None)
    problems: list[Problem] = []
    if date is None and isinstance(named, Impossible):
        wrong = impossible_date(named, dates.order)
        problems.append(text.error(None, f"the file name gives no date: {wrong.fact}", wrong.remedy))
    elif date is None and dates.undated == "arrival" and arrival is not None:
        date = arrival
        fact = f"no date found; it was dated {arrival}, the day it came in"
        problems.append(text.warning(1, fact, _EXAMPLE))
    elif date is None:
        problems.append(text.error(1, *why_undated([row.raw for row in rows[:_HEAD]])))
    if date is None:
        return Split(problems=tuple(problems))
    if header.date and isinstance(named, dt.date) and named != header.date:
        problems.append(_other_name(text, named, "front matter", header.date))
    opening = Opening(date, 1, header.time, header.zone, body=list(rows))
    return Split(openings=(opening,), problems=tuple(problems))


def _contradictions(
    text: Text, openings: list[Opening], marks: Sequence[Mark], file_date: dt.date | None
) -> Iterator[Problem]:
    dates, known = {opening.date for opening in openings}, text.header.date
    if known and known not in dates:
        fact = f"the front matter says {known}, the text {openings[0].date}; the text was followed"
        yield text.warning(openings[0].line, fact, "make the two agree, or remove one of them")
    if file_date and file_date not in dates:
        yield _other_name(text, file_date, "text", openings[0].date, openings[0].line)
    for _, row, line in marks:
        if line.date and line.weekday is not None and line.weekday != line.date.weekday():
            names = (name for name, day in weekday_names("en").items() if day == line.date.weekday())
            fact = f"{line.date} was a {max(names, key=len).capitalize()}"
            yield text.warning(row.number, fact, "check the date and the day of the week", row.text)


def _other_name(text: Text, named: dt.date, where: str, date: dt.date, line: int = 1) -> Problem:
    fact = f"the file name says {named}, the {where} {date}; the {where} was followed"
    found = text.warning(line, fact, "rename the file or correct the date")
    return replace(found, topics=("name and date",)) if abs(date - named) <= _NEAR else found
