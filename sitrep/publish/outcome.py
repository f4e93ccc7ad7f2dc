"""What one publish came to, as values that the terminal, the receipts and ``status`` show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import Struct
from sitrep.inbox.file_names import Sort, remark_on
from sitrep.inbox.scan import Found
from sitrep.inbox.survey import State, state_of
from sitrep.publish.absences import kept_back, missing
from sitrep.publish.open_site import OpenSite
from sitrep.publish.see import Seen
from sitrep.site.addresses import folder_of

if TYPE_CHECKING:
    from sitrep.publish.drafts import Drafts
    from sitrep.publish.read_files import ReadFile
    from sitrep.publish.record import Recorded
    from sitrep.publish.write_output import Written

_NOT_OUT = (State.REFUSED, State.HELD, State.CONFLICT)


class FileOutcome(Struct, frozen=True, kw_only=True):
    """What became of one file of feeds/."""

    path: str
    state: State
    updates: tuple[str, ...] = ()
    """Keys of the updates it holds, oldest first; of a translation ``ar/2024-12-06``."""
    problems: tuple[Problem, ...] = ()
    as_before: tuple[Problem, ...] = ()
    """Those of them that its writer was told of at its last version, in whatever line; never a refusal."""
    until: str = ""
    """When a held text comes out (RFC 3339, UTC)."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What one publish did."""

    at: dt.datetime | None = None
    """When it was (UTC, whole seconds)."""
    whole: bool = True
    """All of feeds/ was looked at, not only what a watcher had seen."""
    files: tuple[FileOutcome, ...] = ()
    """Files that are new or changed, in order of path."""
    standing: tuple[FileOutcome, ...] = ()
    """Files that nobody touched but which still are not out: refused, held, in conflict."""
    receipts: tuple[str, ...] = ()
    """Receipts and previews that lie in feeds/, if ``whole``."""
    requests: tuple[str, ...] = ()
    """Files that ask for something to be forgotten."""
    undone: tuple[str, ...] = ()
    """Those of them that were refused."""
    answers: tuple[str, ...] = ()
    """Files whose name says that deletions are meant."""
    published: tuple[str, ...] = ()
    """Keys of updates that are new or changed."""
    withdrawn: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Files that somebody was writing to, and which wait until that ends."""
    kept_back: tuple[str, ...] = ()
    """Updates that no file holds any more, but whose deletion nobody has confirmed."""
    unsigned: bool = False
    """A key is configured, and the site could not be signed with it."""
    updates: int = 0
    """Live updates of the site now."""
    written: int = 0
    removed: int = 0
    bytes: int = 0
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every message of every file, standing ones included."""
        return tuple(problem for file in (*self.files, *self.standing) for problem in file.problems)

    @property
    def exit_code(self) -> int:
        """0 published, 1 published with problems, 2 nothing published."""
        refused = any(file.state in (State.REFUSED, State.CONFLICT) for file in (*self.files, *self.standing))
        if refused and not self.updates:
            return 2
        trouble = refused or self.undone or self.kept_back or self.unfinished or self.unsigned
        return 1 if trouble else 0


def outcome_of(
    site: OpenSite,
    seen: Seen,
    drafts: Drafts | None = None,
    recorded: Recorded | None = None,
    written: Written | None = None,
) -> Outcome:
    """Sum a publish up. A quiet one has seen only."""
    archive, look = site.archive, seen.look
    read = drafts.files if drafts else ()
    published = frozenset(recorded.published if recorded else ())
    records = drafts.records if drafts else seen.records
    moved = {seen.records[path].digest for path in seen.survey.vanished if path in seen.records}
    files = [_told(file, archive, records.get(file.path), published, moved) for file in read]
    files += [_set_aside(found) for found in seen.survey.set_aside]
    return Outcome(
        at=seen.now,
        whole=look.whole,
        files=tuple(sorted(files, key=lambda file: file.path)),
        standing=tuple(_standing(archive, {file.path for file in files})),
        receipts=tuple(found.path for found in look.found if found.sort is Sort.RECEIPT),
        requests=tuple(found.path for found in look.found if found.sort is Sort.REQUEST),
        answers=tuple(found.real or found.path for found in look.found if found.sort is Sort.ANSWER),
        published=recorded.published if recorded else (),
        withdrawn=recorded.withdrawn if recorded else (),
        unfinished=tuple(sorted(_unfinished(seen, drafts))),
        kept_back=tuple(sorted({*kept_back(archive), *missing(archive)})),
        updates=archive.live(),
        written=written.written if written else 0,
        removed=written.removed if written else 0,
        bytes=written.bytes if written else 0,
        notes=site.notes,
    )


def _unfinished(seen: Seen, drafts: Drafts | None) -> frozenset[str]:
    """Whoever watches has seen by itself what was not finished when it looked."""
    looked = frozenset() if seen.watched else seen.look.unsettled
    return looked | (drafts.unfinished if drafts else frozenset())


def _told(
    file: ReadFile,
    archive: Archive,
    record: SourceRecord | None,
    published: frozenset[str],
    moved: Container[str],
) -> FileOutcome:
    """``moved``: digests of files that are not there any more."""
    keys, state = archive.keys_of(file.path), file.state
    translated = () if keys else tuple(_translated(file.path, archive))
    if state is State.PUBLISHED and file.withdraws and (record is None or record.digest != file.digest):
        state = State.WITHDRAWN
    elif state is State.PUBLISHED and record is None and file.digest in moved:
        state = State.MOVED
    elif state is State.PUBLISHED and record and record.state == State.PUBLISHED:
        changed = published.intersection(keys) or (translated and record.digest != file.digest)
        state = State.UPDATED if changed else State.UNCHANGED
    keys = keys or translated
    return FileOutcome(
        path=file.path,
        state=state,
        updates=keys,
        problems=file.problems,
        as_before=tuple(_as_before(file.problems, record.problems if record else ())),
        until=file.until,
    )


def _as_before(problems: Iterable[Problem], told: Iterable[Problem]) -> Iterator[Problem]:
    """What was told already. As often as it was: of a second line with the same fault nobody knows yet."""
    left = Counter((problem.fact, problem.quote) for problem in told)
    for problem in problems:
        said = (problem.fact, problem.quote)
        if problem.severity is not Severity.ERROR and left[said]:
            left[said] -= 1
            yield problem


def _translated(path: str, archive: Archive) -> Iterator[str]:
    """Where the translations of a file stand: ``ar/2024-12-06``."""
    for day in archive.spare_days(path):
        for update in archive.updates_on(day):
            for translation in update.translations:
                if translation.source == path:
                    yield f"{folder_of(translation.lang or '')}{update.key}"


def _set_aside(found: Found) -> FileOutcome:
    remark = remark_on(found.path, found.sort)
    return FileOutcome(path=found.path, state=state_of(found.sort), problems=(remark,) if remark else ())


def _standing(archive: Archive, told: Iterable[str]) -> Iterable[FileOutcome]:
    for record in archive.sources_in(_NOT_OUT):
        if record.path not in told:
            yield FileOutcome(
                path=record.path, state=State(record.state), problems=record.problems, until=record.until
            )
