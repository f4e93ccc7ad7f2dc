"""The folder, the archive and the lock -> how things stand: every file in one state, with the reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Problem, Severity
from sitrep.base.say import printable
from sitrep.base.values import Struct, asdict, decode
from sitrep.config.values import Config
from sitrep.delivery.status import TargetStatus
from sitrep.delivery.websub import TRIES, HubStatus
from sitrep.inbox.file_names import Sort, remark_on
from sitrep.inbox.scan import Found, hidden_by
from sitrep.inbox.survey import State, state_of
from sitrep.report.translation_gaps import TranslationGap, translation_gaps

_BY_NAME = {
    Sort.HIDDEN: "its name begins with a dot",
    Sort.PARTIAL: "a working copy of an editor, a download or a sync program",
    Sort.RECEIPT: "its name is that of a note from this program",
    Sort.OTHER: "its name does not end in .txt or .md",
    Sort.PICTURE: "a picture: it is published where a text beside it names it",
    Sort.DRAFT: "a draft, by its name or that of its folder",
    Sort.REQUEST: "it asks for something to be forgotten",
    Sort.ANSWER: "it says that deletions are meant",
}
_MOST_IGNORED = 20
"""Ignored files that are named in a terminal."""


class FileStatus(Struct, frozen=True, kw_only=True):
    """How one file of feeds/ stands."""

    path: str
    state: State
    reason: str
    """In words a writer understands; empty where nothing needs a reason."""
    updates: tuple[str, ...] = ()
    """Keys of the live updates that came from it."""
    until: str = ""
    """When a held text comes out (RFC 3339, UTC)."""
    problems: tuple[Problem, ...] = ()


class Status(Struct, frozen=True, kw_only=True):
    """How the site stands at one moment."""

    at: dt.datetime
    title: str
    updates: int
    process: int | None
    """Of the program that keeps the site published now, if one does."""
    last_publish: str
    """When something of the site last changed (RFC 3339, UTC); empty if never."""
    next_due: str
    """When the next held text comes out (RFC 3339, UTC); empty if none waits."""
    files: tuple[FileStatus, ...] = ()
    missing: tuple[FileStatus, ...] = ()
    """Files that are not in feeds/ any more though their updates are still out."""
    kept_back: tuple[str, ...] = ()
    """Updates that no file holds any more, and whose deletion nobody has confirmed."""
    translations: tuple[TranslationGap, ...] = ()
    """What of the newest updates is still to be translated."""
    hubs: tuple[HubStatus, ...] = ()
    """WebSub hubs that were not told of everything."""
    targets: tuple[TargetStatus, ...] = ()
    """Where the site is copied to."""

    @property
    def exit_code(self) -> int:
        """0 all is well, 1 something needs a person."""
        bad = any(file.state in (State.REFUSED, State.CONFLICT) for file in self.files)
        return 1 if bad or self.kept_back or self._unreached else 0

    @property
    def _unreached(self) -> bool:
        """True if a hub was given up, or a target is not up to date."""
        return any(hub.given_up for hub in self.hubs) or any(target.fault for target in self.targets)

    def as_json(self) -> dict[str, Any]:
        """The object that ``status --json`` prints."""
        return asdict(self)


def status_of(
    found: Iterable[Found], archive: Archive, config: Config, now: dt.datetime, process: int | None
) -> Status:
    """Compare what lies in feeds/ with what the archive knows of it."""
    records, keys, found = archive.sources(), archive.keys_by_source(), tuple(found)
    files = tuple(_status(file, records.get(file.path), keys.get(file.path, ())) for file in found)
    there, hidden = {file.path for file in found}, hidden_by(found)
    missing = tuple(
        FileStatus(path=path, state=State.PUBLISHED, reason="the file is gone", updates=keys[path])
        for path in sorted(records.keys() - there)
        if keys.get(path) and not hidden(path)
    )
    return Status(
        at=now.replace(microsecond=0),
        title=config.site.title,
        updates=archive.live(),
        process=process,
        last_publish=(archive.meta(Note.LAST) or b"").decode(),
        next_due=archive.next_due() or "",
        files=files,
        missing=missing,
        kept_back=tuple(decode(archive.meta(Note.KEPT_BACK) or b"[]", list[str])),
        translations=translation_gaps(archive),
    )


def _status(found: Found, record: SourceRecord | None, keys: tuple[str, ...]) -> FileStatus:
    if found.sort is not Sort.TEXT:
        remark = remark_on(found.path, found.sort)
        return FileStatus(
            path=found.path,
            state=state_of(found.sort),
            reason=remark.fact if remark else _BY_NAME[found.sort],
            problems=(remark,) if remark else (),
        )
    if record is None:
        return FileStatus(path=found.path, state=State.HELD, reason="new: it has not been looked into yet")
    changed = "changed since it was last looked into" if record.stat != found.stat else ""
    return FileStatus(
        path=found.path,
        state=State(record.state),
        reason="; ".join(filter(None, (changed, _reason(record)))),
        updates=keys,
        until=record.until,
        problems=record.problems,
    )


def _reason(record: SourceRecord) -> str:
    if record.problems:
        errors = (problem for problem in record.problems if problem.severity is Severity.ERROR)
        return next(errors, record.problems[0]).fact
    if record.state == State.HELD:
        return "its time (publish:) has not come"
    return "draft: true in its first lines" if record.state == State.DRAFT else ""


# -- for a terminal --------------------------------------------------------------------------------------


def tell_status(status: Status, config: Config) -> Iterator[str]:
    """What is not as it should be file by file, the rest in numbers."""
    zone = ZoneInfo(config.site.timezone)
    theirs = [file for file in status.files if file.reason != _BY_NAME[Sort.RECEIPT]]
    counts = Counter(file.state for file in theirs)
    yield f"  {status.title}: {status.updates:,} update{'' if status.updates == 1 else 's'} online"
    if status.last_publish:
        yield f"  last change of the site  {moment(status.last_publish, zone)}"
    running = f"process {status.process}" if status.process else "no program is watching (sitegen.py watch)"
    yield f"  watching                 {running}"
    counted = ", ".join(f"{counts[state]:,} {state}" for state in State if counts[state])
    yield f"  files                    {counted}"
    told = [file for file in theirs if file.problems or file.state not in (State.PUBLISHED, State.IGNORED)]
    told += [file for file in theirs if file.state is State.IGNORED and not file.problems][:_MOST_IGNORED]
    width = min(40, max((len(printable(file.path)) for file in told), default=0))
    for file in told:
        until = f"until {moment(file.until, zone)}" if file.until else ""
        line = "  ".join(filter(None, (f"{printable(file.path):<{width}}", f"{file.state:<9}", until)))
        yield f"  {line}  {printable(file.reason)}".rstrip()
    for file in status.missing:
        yield f"  {printable(file.path)}  is gone, but still online: {', '.join(file.updates)}"
    yield from (f"  {printable(str(gap))}" for gap in status.translations)
    for target in status.targets:
        yield f"  {tell_target(target, zone)}"
    for hub in status.hubs:
        yield from (f"  {line}" for line in tell_hub(hub, zone))
    if status.kept_back or status.missing:
        yield "  hint: bring missing files back, or confirm: sitegen.py status --confirm-deletions"


def tell_target(target: TargetStatus, zone: ZoneInfo) -> str:
    """Since when a target holds everything, or why it does not and when it is tried again."""
    since = f"held everything {moment(target.done, zone)}" if target.done else "nothing was sent there yet"
    if not target.fault:
        return f"target {target.name}  {since}"
    files = f"{target.waiting:,} file{'' if target.waiting == 1 else 's'} behind"
    when = f"; next try {moment(target.next_try, zone)}" if target.next_try else ""
    return f"target {target.name}  {files}, {since}: {printable(target.fault)}{when}"


def tell_hub(hub: HubStatus, zone: ZoneInfo) -> Iterator[str]:
    """What a hub was not told, why, and when it will be."""
    why = f": {hub.fault}" if hub.fault else ""
    if hub.given_up:
        feeds = f"{hub.given_up} changed feed{'' if hub.given_up == 1 else 's'}"
        yield f"hub {hub.hub} was not told of {feeds}, given up after {TRIES} tries{printable(why)}"
    if hub.waiting:
        when = f", next try {moment(hub.next_try, zone)}" if hub.next_try else ""
        feeds = f"{hub.waiting} changed feed{'' if hub.waiting == 1 else 's'}"
        yield f"hub {hub.hub} is to be told of {feeds}{when}{printable(why)}"
    if hub.given_up:
        yield "hint: is its address in feeds.hubs right? It is tried again when a feed changes"


def moment(instant: str, zone: ZoneInfo) -> str:
    """``Saturday 7 December 2024, 06:00`` in that zone, of an RFC 3339 instant."""
    local = dt.datetime.fromisoformat(instant).astimezone(zone)
    return f"{format_date(local.date(), 'en', 'full')}, {local:%H:%M}"
