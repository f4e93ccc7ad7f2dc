"""Turns the text of a source into a reading: its updates, the fate of every line, and messages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from sitrep.base.nouns import Line, Problem, Reading, Role, Severity, Source, Update
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.lexicon.phrases import fold, vocabulary_of
from sitrep.reading.assemble import Assembly, assemble, dangling
from sitrep.reading.blocks import Block, Shape, gather
from sitrep.reading.chats.chat_exports import MESSAGE
from sitrep.reading.chats.stamped_names import SENDER
from sitrep.reading.dates.zones import tzinfo_of
from sitrep.reading.farewells import bare_words, only_greets
from sitrep.reading.footnotes import place_definitions
from sitrep.reading.hashtag_headings import with_front_headings
from sitrep.reading.headers.front_matter import read_header
from sitrep.reading.headers.held_back import doubtful_line, places_of_orders, told_moments
from sitrep.reading.headers.held_inside import note_inside
from sitrep.reading.limits import too_many_blocks, too_many_lines, too_many_updates, too_much_to_show
from sitrep.reading.lines import classify
from sitrep.reading.mails.mail_remains import hide_mail, without_receivers
from sitrep.reading.markup.of_programs import without_marks_of_programs
from sitrep.reading.remarks import merge_marker, remark_on_mail, remarks_on_marks
from sitrep.reading.role_plan import Plan
from sitrep.reading.roles import plan
from sitrep.reading.rows import MAIL, LineKind, Row
from sitrep.reading.senders.asking import as_answered, ask_for_senders, without_known_names
from sitrep.reading.source_language import as_translations, language_of_source
from sitrep.reading.split import Opening, Split, has_content, split
from sitrep.reading.text import Text


def parse(source: Source, config: Config, *, arrival: dt.date | None = None) -> Reading:
    """Read a source as a person would. Items come without front; sorting them is the part of ``sorting``. A
    date comes from the text, the front matter or the file name. ``arrival`` is the day (in the site's zone)
    on which the file came in; it dates a text without a date if the config says so. Never raises for any
    text; takes time linear in it."""
    try:
        return _parsed(source, config, arrival)
    except _RefusedError as refused:
        return refused.reading


class _RefusedError(Exception):
    """A text that is not read any further."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading


def _parsed(source: Source, config: Config, arrival: dt.date | None) -> Reading:
    lines = source.text.split("\n")
    _refuse(lines, too_many_lines(source, lines, config.limits))
    source = replace(source, text=without_marks_of_programs(source.text))
    lines = source.text.split("\n")
    header = read_header(source, lines, config)
    source, lines = as_answered(source, lines, header, config)
    body = "\n".join(lines[header.body :]) if header.body else source.text
    lang, remarks = language_of_source(source.path, body, header.lang, config)
    header = header if lang == header.lang else replace(header, lang=lang)
    vocabulary = vocabulary_of(config, None)
    if lang and lang not in vocabulary.languages:
        vocabulary = vocabulary_of(config, lang)
    text = Text(source, lines, header, config, vocabulary)
    found = classify(lines[header.body :], source.text, header.body + 1)
    problems = [*header.problems, *remarks, *remarks_on_marks(source, found)]
    _refuse(lines, problems)
    rows = with_front_headings(hide_mail(found.rows, vocabulary.signoffs), vocabulary)
    problems += remark_on_mail(source, rows)
    parted = split(text, rows, arrival)
    problems += parted.problems
    problems += too_many_updates(source, parted.openings, config.limits)
    _refuse(lines, problems)
    heard = replace(text, lines=without_receivers(lines, rows))
    problems += _that_should_wait(heard, parted)
    _refuse(lines, problems)
    moments = told_moments(lines, header.body, _date_lines(parted), config)
    reading = _reading(text, parted, problems)
    _refuse(lines, (*reading.problems, *too_much_to_show(source, reading.updates, config.limits)))
    if note := note_inside(reading.updates):
        _refuse(lines, (*reading.problems, text.error(note.line, note.fact, note.remedy)))
    _refuse(lines, (*reading.problems, *_senders(text, rows, parted)))
    _refuse(lines, (*reading.problems, *_that_should_wait(heard, parted, unnamed=True)))
    updates = as_translations(reading.updates, text)
    if isinstance(updates, Problem):
        return _refused(lines, (*reading.problems, updates))
    if latest := max(moments, default=None):
        updates = tuple(_held_until(update, latest, config) for update in updates)
    return replace(reading, updates=updates)


def _held_until(update: Update, moment: dt.datetime, config: Config) -> Update:
    """The update, waiting for a moment that is later than its own date and time."""
    zone = tzinfo_of(update.zone or config.site.timezone)
    own = dt.datetime.combine(update.date, update.time or dt.time(), zone)
    return replace(update, publish_at=moment) if update.publish_at is None and moment > own else update


def _that_should_wait(text: Text, parted: Split, *, unnamed: bool = False) -> Iterator[Problem]:
    """A line that looks as if it should hold the text back, and was not read as a header; ``unnamed``: as if
    no names of senders stood before their words."""

    def greets(line: str) -> bool:
        return only_greets(line, text.vocabulary)

    start, dates = text.header.body, _date_lines(parted)
    lines = without_known_names(text, places_of_orders(text.lines, start, dates) - dates) if unnamed else []
    doubt = doubtful_line(lines or text.lines, start, dates, greets) if lines != text.lines else None
    if doubt:
        yield text.error(doubt.line, doubt.fact, doubt.remedy)
    if number := merge_marker(text.lines):
        fact = "a mark of two versions that were not merged stands here"
        remedy = "keep one of the two versions, and remove the lines <<<<<<<, ======= and >>>>>>>"
        yield text.error(number, fact, remedy)


_SPOKEN = (LineKind.TEXT, LineKind.BOLD, LineKind.BULLET, LineKind.HEADING, LineKind.QUOTE, LineKind.KEY)


def _senders(text: Text, rows: Sequence[Row], parted: Split) -> Iterator[Problem]:
    """What is asked of lines that readers may see: not of dates, nor of messages of which the sender is
    known and gone."""
    left, dates = (MESSAGE, SENDER, MAIL), {row.number for o in parted.openings for row in o.datelines}
    shown = [row for row in rows if row.marker not in left and row.number not in dates]
    spoken = {row.number - 1 for row in shown if row.kind in _SPOKEN}
    tabled = {row.number - 1 for row in shown if row.kind is LineKind.TABLE}
    return ask_for_senders(text, spoken, tabled | spoken)


def _date_lines(parted: Split) -> frozenset[int]:
    told = {row.number for opening in parted.openings for row in opening.datelines}
    return frozenset(told | {opening.line for opening in parted.openings if opening.line})


def _refuse(lines: Sequence[str], problems: Iterable[Problem]) -> None:
    """Break off where one of these problems refuses a file as a whole."""
    problems = tuple(problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise _RefusedError(_refused(lines, problems))


def _refused(lines: Sequence[str], problems: Iterable[Problem]) -> Reading:
    return Reading(lines=_dropped(lines, "the file was refused"), problems=tuple(problems))


def _dropped(lines: Sequence[str], reason: str) -> tuple[Line, ...]:
    return tuple(
        Line(number=number, role=Role.DROPPED, text=text, reason=reason)
        for number, raw in enumerate(lines, 1)
        if (text := raw.strip())
    )


def _reading(text: Text, parted: Split, problems: list[Problem]) -> Reading:
    header, named = text.header, text.vocabulary.names_front
    may_be_empty = header.withdraw is not None or bool(header.key_points)
    empty = [] if may_be_empty else [o for o in parted.openings if o.is_empty]
    kept = [o for o in parted.openings if may_be_empty or not o.is_empty]
    if not kept:
        problems += (replace(_empty(text, o), severity=Severity.ERROR) for o in empty)
        return _refused(text.lines, problems)
    dates = {opening.date for opening in kept}
    problems += (_empty(text, opening) for opening in empty if opening.date not in dates)
    blocks = [(gather(o.above, named), gather(o.body, named)) for o in kept]
    for opening, (_, body) in zip(kept, blocks, strict=True):
        problems += too_many_blocks(text.source, opening.line, body, text.config.limits)
    _refuse(text.lines, problems)
    # The header speaks of the update of its date, else of the first.
    chosen = next((o for o in parted.openings if o.date == header.date), parted.openings[0])
    made = _assembled(text, kept, blocks, chosen)
    problems += place_definitions(text.source.path, made)
    updates: list[Update] = []
    fates = _lines_of_none(text, parted, empty)
    for index, (opening, (planned, built)) in enumerate(zip(kept, made, strict=True)):
        update = _update(text, opening, planned, built, own=opening is chosen)
        problems += dangling(text.source.path, built)
        if not update.items and update.withdraw is None:
            problems.append(_empty(text, opening, _NO_ITEMS))
        updates.append(update)
        fates += _dateline_lines(opening, index)
        fates += built.lines
    fates.sort(key=attrgetter("number"))
    problems.sort(key=lambda p: p.line or 0)
    return Reading(updates=tuple(updates), lines=tuple(fates), problems=tuple(problems))


def _assembled(
    text: Text,
    openings: Sequence[Opening],
    blocks: Sequence[tuple[list[Block], list[Block]]],
    chosen: Opening,
) -> list[tuple[Plan, Assembly]]:
    closings = _closings([body for _, body in blocks]) if len(blocks) > 1 else frozenset()
    made: list[tuple[Plan, Assembly]] = []
    for opening, (above, body) in zip(openings, blocks, strict=True):
        titled = bool(opening.title or (opening is chosen and text.header.title))
        planned = plan(
            above + body,
            text.vocabulary,
            above=len(above),
            titled=titled,
            dated=bool(opening.datelines),
            closings=closings,
        )
        made.append((planned, assemble(planned, len(made))))
    return made


def _lines_of_none(text: Text, parted: Split, empty: Sequence[Opening]) -> list[Line]:
    """The lines that belong to no update: the header, a document title, dates with nothing below them."""
    header = text.header
    fates = [
        replace(line, role=Role.DATELINE) if line.number == header.date_line else line
        for line in _dropped(text.lines[: header.body], "front matter")
    ]
    for row, reason in parted.dropped:
        fates.append(Line(number=row.number, role=Role.DROPPED, text=row.text, reason=reason))
    for opening in empty:
        fates += _dateline_lines(opening, None) + _silent_lines(opening)
    return fates


_EMPTY = "there is a date and nothing below it"
_ONLY_HEADINGS = "there are a date and headings, and nothing else yet: it waits for its first words"
_NO_ITEMS = "no paragraph or bullet of this update is an item"


def _empty(text: Text, opening: Opening, fact: str = "") -> Problem:
    fact = fact or (_ONLY_HEADINGS if has_content(opening.body) else _EMPTY)
    return text.warning(opening.line, fact, "write the update below it, or remove the date")


def _dateline_lines(opening: Opening, index: int | None) -> list[Line]:
    reason = "" if index is not None else "a date with nothing below it"
    return [
        Line(number=row.number, role=Role.DATELINE, text=row.text, update=index, reason=reason)
        for row in opening.datelines
    ]


def _silent_lines(opening: Opening) -> list[Line]:
    return [
        Line(number=row.number, role=Role.DROPPED, text=row.text, reason=row.kind.name.lower())
        for row in opening.above + opening.body
        if row.kind is not LineKind.BLANK
    ]


def _closings(bodies: Sequence[Sequence[Block]]) -> frozenset[str]:
    """Short last lines that more than one update of the source ends with."""
    last = (
        bare_words(fold(body[-1].text))
        for body in bodies
        if body and body[-1].shape is Shape.PARAGRAPH and _may_close(body[-1].text)
    )
    return frozenset(words for words, count in Counter(last).items() if count > 1 and words)


def _may_close(text: str) -> bool:
    return len(text) <= 60 and text.count(" ") < 6 and text[-1] != "."


def _update(text: Text, opening: Opening, planned: Plan, built: Assembly, *, own: bool) -> Update:
    header, time, zone = text.header, opening.time, opening.zone
    if own and time is None and header.date in (None, opening.date):
        time, zone = header.time, header.zone
    corrections = ([header.correction] if own and header.correction else []) + planned.corrections
    return Update(
        date=opening.date,
        line=opening.line,
        sections=built.sections(),
        passages=tuple(built.passages),
        time=time,
        zone=zone,
        title=(header.title if own else None) or opening.title or planned.title,
        lang=header.lang,
        author=header.author or planned.author,
        summary=header.summary if own else None,
        key_points=(header.key_points if own else ()) + tuple(planned.key_points),
        correction="\n\n".join(corrections) or None,
        withdraw=header.withdraw,
        draft=header.draft,
        publish_at=header.publish_at,
        source=text.source.path,
    )
