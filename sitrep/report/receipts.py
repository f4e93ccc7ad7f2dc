"""What became of a file -> a receipt beside it in plain words: what happened, where, how to put it right.

NAME.error.txt where something is not published, NAME.note.txt where a writer should look at something.
Whoever writes on a phone sees no terminal; the receipt comes back through the synced folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.base.disk import reason_of
from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.base.say import printable
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.inbox.file_names import ERROR, FORGET, NOTE, PREVIEW, original_of, subject_of
from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome, Outcome
from sitrep.report.files_beside import LONG_NAME, MARK, SITE, lay, name_beside, take_away

CLOSING = f"({MARK}. It goes away by itself, and is never published.)"


class Receipt(Struct, frozen=True, kw_only=True):
    """One receipt: where it lies, by the end of its name, and what it says."""

    tail: str
    text: str


class Readers(Struct, frozen=True, kw_only=True):
    """What of a file readers can see."""

    own: tuple[Update, ...] = ()
    """Live updates that came from the file."""
    newest: Update | None = None
    """The newest live update of the site."""


# -- wording, pure -----------------------------------------------------------------------------------


def receipt_of(
    record: SourceRecord, copies: Iterable[Problem], readers: Readers, config: Config, now: dt.datetime
) -> Receipt | None:
    """The receipt a file needs, or None if there is nothing its writer should know.

    ``copies``: problems of conflict copies of this file. ``now`` decides whether a day need be named.
    """
    copies, own = tuple(copies), _told(record, config)
    withheld = bool(copies) or record.state in (State.REFUSED, State.CONFLICT, State.IGNORED)
    if not (own or copies) or (config.watch.receipts != "all" and not withheld):
        return None
    name = printable(record.path.rpartition("/")[2])
    zone = ZoneInfo(config.site.timezone)
    paragraphs = [_opening(name, record, copies, readers, zone)]
    paragraphs += [in_words(problem) for problem in (*own, *copies)]
    paragraphs += [_meanwhile(record, readers, zone, now), CLOSING]
    return Receipt(tail=ERROR if withheld else NOTE, text="\n\n".join(filter(None, paragraphs)) + "\n")


def _told(record: SourceRecord, config: Config) -> tuple[Problem, ...]:
    """A file's problems, if one of them is worth a receipt; a text that waits always has one."""
    if record.state == State.HELD and not record.problems:
        remedy = "nothing to do; take the publish: line out to have it published at once"
        return (Problem(path=record.path, fact="the text waits for its time", remedy=remedy),)
    matters = any(problem.severity is not Severity.NOTE for problem in record.problems)
    return record.problems if matters else ()


def _opening(
    name: str, record: SourceRecord, copies: tuple[Problem, ...], readers: Readers, zone: ZoneInfo
) -> str:
    if record.stat.startswith("0 unread"):
        return f"{name} cannot be read."
    if record.state == State.REFUSED and readers.own:
        return f"The new version of {name} was NOT published."
    if record.state == State.REFUSED:
        return f"{name} was NOT published."
    if copies and record.state != State.CONFLICT:
        return f"There are two versions of {name}, and only {name} itself is published."
    if record.state == State.HELD:
        until = _moment(dt.datetime.fromisoformat(record.until), zone, None) if record.until else "later"
        return f"{name} is not published yet. It waits until {until}."
    if record.state == State.PUBLISHED:
        return f"{name} was published. Please look at this:"
    if record.state == State.DRAFT:
        return f"{name} is a draft and not published. Please look at this:"
    return f"{name} was NOT published."


def in_words(problem: Problem) -> str:
    """A problem in sentences, for people who see no terminal."""
    fact = printable(problem.fact)
    lines = [_sentence(f"Line {problem.line}: {fact}" if problem.line else f"{fact[:1].upper()}{fact[1:]}")]
    if problem.quote:
        lines.append(f"    > {printable(problem.quote)}")
    if problem.remedy:
        remedy = printable(problem.remedy)
        needless = remedy.startswith("nothing to do")
        lines.append(_sentence(f"N{remedy[1:]}" if needless else f"What to do: {remedy}"))
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _meanwhile(record: SourceRecord, readers: Readers, zone: ZoneInfo, now: dt.datetime) -> str:
    """What readers see while the file is not out; nothing if it is."""
    if record.state not in (State.REFUSED, State.HELD):
        return ""
    if readers.own:
        return f"Readers still see the version of {_version(readers.own, zone, now)}."
    if readers.newest:
        newest = format_date(readers.newest.date, "en", "long")
        return f"Readers see nothing of it. The newest update they have is that of {newest}."
    return "Readers see nothing yet: no update is published."


def _version(updates: tuple[Update, ...], zone: ZoneInfo, now: dt.datetime) -> str:
    """When the words of these updates last changed, as far as that is known."""
    newest = max(updates, key=lambda update: update.updated or dt.datetime.min.replace(tzinfo=dt.UTC))
    known = newest.exact or newest.updated != newest.published
    if newest.updated and known:
        return _moment(newest.updated, zone, now)
    return format_date(newest.date, "en", "long")


def _moment(instant: dt.datetime, zone: ZoneInfo, now: dt.datetime | None) -> str:
    """``14:02``, or on another day than ``now``: ``6 December 2024, 14:02``. In the site's zone."""
    local = instant.astimezone(zone)
    clock = f"{local:%H:%M}"
    if now and local.date() == now.astimezone(zone).date():
        return clock
    return f"{format_date(local.date(), 'en', 'long')}, {clock}"


# -- laying them out ---------------------------------------------------------------------------------


def lay_receipts(archive: Archive, feeds: Path, config: Config, outcome: Outcome) -> tuple[str, ...]:
    """Bring the receipts in feeds/ up to what a publish came to; returns what could not be done, in words.

    Looked at are the files that the publish has looked at; and, if that was all of feeds/, every file
    that is not out and every receipt that lies there.
    """
    now = outcome.at or dt.datetime.now(dt.UTC)
    paths = {file.path for file in outcome.files}
    if outcome.whole:
        paths |= {file.path for file in outcome.standing}
        paths |= _subjects(archive, outcome.receipts)
        _sweep_copies(feeds, outcome.receipts)
    copies = _copies(archive, (*outcome.files, *outcome.standing))
    paths |= set(copies)
    records = archive.sources_at(paths)
    newest = next(iter(archive.latest(1)), None)
    complaints: list[str] = []
    for path in sorted(paths):
        record, receipt = records.get(path), None
        if record and (path in copies or record.state != State.CONFLICT):
            readers = Readers(own=archive.updates_of(path), newest=newest)
            receipt = receipt_of(record, copies.get(path, ()), readers, config, now)
        receipt = None if config.watch.receipts == "none" else receipt
        complaints += _bring(feeds, path, receipt, draft=record is not None and record.state == State.DRAFT)
    return tuple(complaints)


def _sweep_copies(feeds: Path, receipts: Iterable[str]) -> None:
    """Take away conflict copies of receipts: nobody has written them."""
    for path in receipts:
        if original_of(path) != path:
            with contextlib.suppress(OSError, ValueError):
                take_away(feeds, path)


def _copies(archive: Archive, files: Iterable[FileOutcome]) -> dict[str, tuple[Problem, ...]]:
    """Problems of conflict copies, by the file they are copies of; by themselves if that is not there."""
    found: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    conflicts = [file for file in files if file.state is State.CONFLICT]
    there = archive.sources_at(original_of(conflict.path) for conflict in conflicts)
    for conflict in conflicts:
        original = original_of(conflict.path)
        found[original if original in there else conflict.path] += conflict.problems
    return dict(found)


def _subjects(archive: Archive, receipts: Iterable[str]) -> set[str]:
    """The files that these receipts are about. A shortened name is looked up among all files."""
    subjects = set()
    for receipt in receipts:
        if subject_of(receipt) in (receipt, *SITE) or subject_of(receipt).endswith(FORGET):
            continue
        if len(os.fsencode(receipt.rpartition("/")[2])) < LONG_NAME:
            subjects.add(subject_of(receipt))
            continue
        named = {name_beside(path, tail): path for path in archive.marks() for tail in (ERROR, NOTE, PREVIEW)}
        subjects.add(named.get(receipt, subject_of(receipt)))
    return subjects


def _bring(feeds: Path, path: str, receipt: Receipt | None, *, draft: bool) -> Iterator[str]:
    """Lay a file's receipt beside it and take away what it does not need any more."""
    for tail in (ERROR, NOTE) if draft else (ERROR, NOTE, PREVIEW):
        beside = name_beside(path, tail)
        try:
            if receipt is None or receipt.tail != tail:
                take_away(feeds, beside)
            elif not lay(feeds, beside, receipt.text):
                yield f"{printable(beside)} is in the way of a receipt: it is not from this program"
        except (OSError, ValueError) as fault:
            yield f"the receipt {printable(beside)} could not be written: {reason_of(fault)}"
