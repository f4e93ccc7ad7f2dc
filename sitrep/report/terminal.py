"""Outcomes, rehearsals and explanations -> plain lines for a person at a terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Certainty, Problem, Role, Severity, Update
from sitrep.base.say import listed, printable
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.inbox.file_names import ERROR
from sitrep.inbox.scan import unfinished
from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome, Outcome
from sitrep.report.details import counted

if TYPE_CHECKING:
    from sitrep.forgetting.forget import Forgotten
    from sitrep.publish.rehearsal import Rehearsal
    from sitrep.report.explain import Explained

_SAY = {State.REFUSED: "NOT published", State.CONFLICT: "NOT published"}
_QUIET = (State.IGNORED, State.UNCHANGED)
_WIDEST = 40
_MANY = 30
_NAMED = 6
"""Lines on single files, from which on they are counted instead."""


def tell_outcome(
    outcome: Outcome,
    config: Config,
    details: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    seconds: float | None = None,
    standing: bool = True,
) -> Iterator[str]:
    """One line for each file that matters with its reasons and messages under it, then what concerns all.

    ``details``: lines of reasons by path. ``seconds`` the publish took. ``standing``: also name files
    that nobody touched but which are still not out.
    """
    files = [*outcome.files, *(outcome.standing if standing else ())]
    told = [file for file in files if file.state not in _QUIET or file.problems != file.as_before]
    if not (told or outcome.notes or outcome.withdrawn or outcome.kept_back or outcome.unfinished):
        return
    clock = f"{outcome.at.astimezone(ZoneInfo(config.site.timezone)):%H:%M:%S}" if outcome.at else ""
    yield from (f"  {clock}  {note}" for note in outcome.notes)
    good = sum(map(_is_well, told))
    if good > _MANY:
        told = [file for file in told if not _is_well(file)]
        yield f"  {clock}  {good:,} files published"
    took = f"{seconds:.1f} s" if seconds is not None else ""
    width = min(_WIDEST, max((len(printable(file.path)) for file in told), default=0))
    for file in told[: 3 * _MANY]:
        yield _file_line(_changed(file, outcome), config, clock, width, took)
        for line in (*details.get(file.path, ()), *_messages(file)):
            yield f"{'':{len(clock) + 4}}{line}"
    if len(told) > 3 * _MANY:
        yield f"  {clock}  and {len(told) - 3 * _MANY:,} files more: see sitegen.py status"
    for key in outcome.withdrawn:
        yield f"  {clock}  {key}  withdrawn: no file holds it any more"
    for problem in map(unfinished, outcome.unfinished):
        yield f"  {clock}  {printable(problem.path)}  waits: {problem.fact}"
    if outcome.kept_back:
        yield from _tell_kept_back(outcome.kept_back)


def _changed(file: FileOutcome, outcome: Outcome) -> FileOutcome:
    """An edited file of several updates with those that are not what they were."""
    keys = tuple(key for key in file.updates if key in outcome.published)
    return replace(file, updates=keys) if keys and file.state is State.UPDATED else file


def _is_well(file: FileOutcome) -> bool:
    """True if a file is out and there is nothing that its writer should look at."""
    out = file.state in (State.PUBLISHED, State.UPDATED)
    return out and all(problem.severity is Severity.NOTE for problem in file.problems)


def tell_site(outcome: Outcome) -> str:
    """One line on the site as it stands now."""
    count = f"{outcome.updates:,} update{'' if outcome.updates == 1 else 's'}"
    return f"  {count} online · {outcome.written:,} files written, {outcome.removed:,} removed"


def _file_line(file: FileOutcome, config: Config, clock: str, width: int, took: str) -> str:
    name = printable(file.path)
    name = name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"
    words = [f"{name:<{width}}", f"{_SAY.get(file.state, file.state):<9}"]
    if file.state in (State.PUBLISHED, State.UPDATED):
        words += [listed([f"/{key}/" for key in file.updates], _NAMED), took]
    if file.until:
        words.append(f"until {_until(file.until, config)}")
    if (first := _reason(file)) is not None:
        line = f"line {first.line}: " if first.line else ""
        receipt = "" if config.watch.receipts == "none" else f" -> {name}{ERROR}"
        words.append(f"{line}{printable(first.fact)}{receipt}")
    return f"  {'  '.join(filter(None, (clock, *words)))}".rstrip()


def _reason(file: FileOutcome) -> Problem | None:
    """The problem for which a file is refused, which stands in its own line."""
    wrong = (problem for problem in file.problems if problem.severity is Severity.ERROR)
    return next(wrong, None) if file.state is State.REFUSED else None


def _until(instant: str, config: Config) -> str:
    """A moment in the site's zone: ``Saturday 7 December 2024, 06:00``."""
    local = dt.datetime.fromisoformat(instant).astimezone(ZoneInfo(config.site.timezone))
    return f"{format_date(local.date(), 'en', 'full')}, {local:%H:%M}"


def _messages(file: FileOutcome) -> Iterator[str]:
    """What its writer does not know yet, and how much stands as before: the receipt has all of it."""
    told = _reason(file)
    for problem in file.problems:
        if problem in file.as_before:
            continue
        lines = str(problem).splitlines()
        yield from lines[1:] if problem is told else lines
    if count := len(file.as_before):
        yield f"and {count} remark{'' if count == 1 else 's'} as before"


def _tell_kept_back(keys: tuple[str, ...]) -> Iterator[str]:
    what, was = ("1 update is", "was") if len(keys) == 1 else (f"{len(keys)} updates are", "were")
    yield f"  {what} in no file any more and {was} NOT withdrawn: {listed(keys, _NAMED)}"
    yield "  hint: bring the files back, or say that it is meant: sitegen.py status --confirm-deletions"


def tell_rehearsal(rehearsal: Rehearsal, config: Config) -> Iterator[str]:
    """What would become of a file: one line on each update, one of reasons, then its messages."""
    refused = rehearsal.reading.refused
    yield f"{rehearsal.path}: {'would NOT be published' if refused else _promise(rehearsal)}"
    for update in () if refused else rehearsal.updates:
        yield from _tell_update(update, config)
    for problem in rehearsal.problems:
        yield from (f"  {line}" for line in str(problem).splitlines())


def _promise(rehearsal: Rehearsal) -> str:
    count = len(rehearsal.updates)
    drafts = sum(update.draft for update in rehearsal.updates)
    what = f"{count} update{'' if count == 1 else 's'}"
    return f"{what}, {drafts} of them a draft" if drafts else what


def _tell_update(update: Update, config: Config) -> Iterator[str]:
    lang = config.site.language
    fronts = Counter(item.front for item in update.items)
    names = {front.id: front.short or front.name for front in config.fronts}
    sorted_in = ", ".join(f"{names.get(front, front)} {count}" for front, count in fronts.most_common())
    yield (
        f"  /{update.key}/  {format_date(update.date, lang, 'long')} (line {update.line}) · "
        f"{counted(len(update.items), 'item')}: {sorted_in or 'none'}"
    )
    sure = Counter(item.certainty for item in update.items)
    hedged = ", ".join(
        f"{sure[certainty]} {certainty}"
        for certainty in Certainty
        if certainty is not Certainty.SAID and sure[certainty]
    )
    heading = f'"{update.title}" · ' if update.title else ""
    yield f"      {heading}{hedged or 'everything said plainly'}"


def tell_explained(found: Iterable[Explained], config: Config) -> Iterator[str]:
    """Line by line: where it went and why."""
    for explained in found:
        text = " ".join(explained.text.split())
        short = text if len(text) <= 70 else text[:69] + "…"
        if explained.role is not Role.ITEM:
            reason = f"  ({explained.reason})" if explained.reason else ""
            yield f"{explained.line:>5}  {explained.role:<11} {short}{reason}"
            continue
        by = f" of {explained.by}" if explained.by else ""
        yield f"{explained.line:>5}  {explained.front or '?':<11} {short}"
        yield f"       {'':<11} item {explained.item} · {explained.certainty}{by} · {explained.reason}"


def worst(rehearsals: Iterable[Rehearsal]) -> int:
    """Exit code of a check: 0 all would be published, 1 with problems, 2 none would be."""
    all_of = tuple(rehearsals)
    refused = sum(rehearsal.reading.refused for rehearsal in all_of)
    if all_of and refused == len(all_of):
        return 2
    warned = any(p.severity is not Severity.NOTE for rehearsal in all_of for p in rehearsal.problems)
    return 1 if refused or warned else 0


def tell_problems(problems: Iterable[Problem]) -> Iterator[str]:
    """Messages, each line set in."""
    for problem in problems:
        yield from (f"  {line}" for line in str(problem).splitlines())


def tell_forgotten(done: Forgotten) -> Iterator[str]:
    """What was forgotten, what is left of it, and what cannot be recalled."""
    yield f"  forgotten: {', '.join(map(str, done.targets))}; the id stays, and is never given again"
    yield from (f"      {line}" for line in done.cut)
    for problem in done.problems:
        yield from (f"  {line}" for line in str(problem).splitlines())
    if not done.problems:
        yield "  none of the words is left in feeds/, ledger/, output/ or .sitrep/"
    yield "  what this program cannot recall:"
    yield from (f"      {line}" for line in done.beyond)
