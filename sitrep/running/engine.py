"""One publish, from the drop folder to the site: read, settle, record, plan, write.

The order makes every step repeatable: the ledger first (fsynced, it cannot be derived), then the archive
in one transaction with a note of what is still to be written, then output/, then the note is cleared. A
program killed anywhere in between finishes the job at its next start.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from os import cpu_count

from sitrep.errors import SiteError
from sitrep.keeping.archive import SourceRecord
from sitrep.keeping.codec import decode
from sitrep.keeping.ledger import Ledger
from sitrep.model import Problem, Severity
from sitrep.rendering.plan import Artifact, everything
from sitrep.rendering.render import Renderer
from sitrep.running.emit import MANY, Emitted, emit, emit_many, remove
from sitrep.running.gathering import Circumstances, Gathered, gather
from sitrep.running.intake import Found, scan
from sitrep.running.mending import left_over, note_clean, note_written
from sitrep.running.opening import Opened, remember
from sitrep.running.outcome import FileOutcome, Outcome
from sitrep.running.recording import KEPT_BACK, LEDGER, Desk, Recorded, record
from sitrep.running.settling import Settler, Task
from sitrep.running.survey import Believed, State, Survey, guard, state_of, survey
from sitrep.running.terminal import progress

Clock = Callable[[], dt.datetime]


@dataclass(slots=True)
class Engine:
    """One open site that publishes what changes in its drop folder. Not for two threads at once."""

    opened: Opened
    clock: Clock
    processes: int = field(default_factory=lambda: cpu_count() or 1)
    ledger: Ledger = field(init=False)
    renderer: Renderer = field(init=False)
    unwritten: frozenset[Artifact] | None = field(init=False)
    """Artifacts that an earlier run left undone or in doubt; None: all of them."""

    def __post_init__(self) -> None:
        opened = self.opened
        self.ledger = Ledger(opened.folders.ledger)
        self.renderer = Renderer(opened.config, opened.folders.themes)
        self.unwritten = left_over(opened.archive, opened.config, opened.folders, self.renderer.parts)

    def publish(self, *, confirm_deletions: bool = False) -> Outcome:
        """Bring output/ up to what feeds/, ledger/, config and templates say now.

        Raises SiteError if the folder cannot be read or the disk not be written, TemplateError if a
        page fails; what is online stays whole, and the next publish goes on from there.
        """
        opened, now = self.opened, self.clock().astimezone(dt.UTC).replace(microsecond=0)
        records = opened.archive.sources()
        looked = survey(self._scan(), records, now, again=opened.read_all)
        believed = self._believe(looked, records, confirmed=confirm_deletions)
        gathered = self._gather(looked.to_read, now)
        fresh = tuple(one for one in gathered if opened.read_all or not _same(one, records))
        recorded = self._record(fresh, believed, now, confirmed=confirm_deletions)
        gathered = tuple(_with_problems(one, recorded.problems) for one in gathered)
        self._note_sources(looked, gathered, believed)
        emitted = self._emit(recorded)
        return self._outcome(recorded, emitted, looked, gathered, records)

    def close(self) -> None:
        """Leave the site as cleanly stopped: the next start need not verify it."""
        note_clean(self.opened.archive)
        self.opened.archive.close()

    # -- reading ---------------------------------------------------------------------------------

    def _scan(self) -> tuple[Found, ...]:
        try:
            return tuple(scan(self.opened.folders.feeds))
        except OSError as fault:
            raise SiteError(
                Problem(
                    path="feeds",
                    fact=f"the drop folder cannot be read: {(fault.strerror or str(fault)).lower()}",
                    remedy="bring it back (is its drive mounted?); nothing was changed or withdrawn",
                )
            ) from fault

    def _gather(self, found: tuple[Found, ...], now: dt.datetime) -> tuple[Gathered, ...]:
        circumstances = Circumstances(
            feeds=self.opened.folders.feeds, config=self.opened.config, now=now, known=self._out_already(now)
        )
        read = gather(found, circumstances, processes=self.processes)
        return tuple(progress(read, len(found), "Reading"))

    def _out_already(self, now: dt.datetime) -> frozenset[str]:
        """Dates from today on of updates that are out: a clock that went back takes nothing back."""
        this_month = f"{now:%Y-%m}"
        return frozenset(
            kept.key[:10]
            for month in self.ledger.months()
            if month >= this_month
            for kept in self.ledger.history(month).values()
            if not kept.withdrawn
        )

    # -- recording -------------------------------------------------------------------------------

    def _believe(self, looked: Survey, records: Mapping[str, SourceRecord], *, confirmed: bool) -> Believed:
        texts = {path for path, one in records.items() if one.state == State.PUBLISHED}
        return guard(texts.intersection(looked.vanished), len(texts), confirmed=confirmed)

    def _record(
        self, fresh: tuple[Gathered, ...], believed: Believed, now: dt.datetime, *, confirmed: bool
    ) -> Recorded:
        opened = self.opened
        task = self._task(fresh, believed, confirmed=confirmed)
        if not task.months() and not opened.render_all:
            return Recorded(artifacts=frozenset())
        desk = Desk(
            config=opened.config,
            archive=opened.archive,
            ledger=self.ledger,
            parts=self.renderer.parts,
            unwritten=self.unwritten,
        )
        settler = Settler(opened.config, self.ledger, opened.archive, now)
        return record(desk, settler, task, confirmed=confirmed, whole=opened.render_all)

    def _task(self, fresh: Iterable[Gathered], believed: Believed, *, confirmed: bool) -> Task:
        archive = self.opened.archive
        updates: defaultdict[str, list[bytes]] = defaultdict(list)
        read = [one for one in fresh if one.state is not State.REFUSED]
        for one in read:
            for day, update in one.updates:
                updates[day].append(update)
        reread = {one.path for one in read} | believed.gone
        days = {update.date.isoformat() for path in reread for update in archive.updates_of(path)}
        kept_back = decode(archive.meta(KEPT_BACK) or b"[]", list[str]) if confirmed else []
        return Task(
            fresh={day: tuple(found) for day, found in updates.items()},
            days=frozenset({*days, *updates, *(key[:10] for key in kept_back)}),
            reread=frozenset(reread),
            gone=believed.gone,
            held=frozenset((one.path, day) for one in read for day in one.waiting),
            oldest_first=frozenset(one.path for one in read if one.oldest_first),
            whole_months=self._months_changed_outside(),
        )

    def _months_changed_outside(self) -> frozenset[str]:
        """Months of the ledger that somebody else has written to, for example a merge."""
        now = self.ledger.signature()
        then = decode(self.opened.archive.meta(LEDGER) or b"{}", dict[str, tuple[int, int]])
        return frozenset(month for month in {*now, *then} if now.get(month) != then.get(month))

    def _note_sources(self, looked: Survey, gathered: Iterable[Gathered], believed: Believed) -> None:
        archive = self.opened.archive
        kept_back = believed.kept_back
        with archive.transaction():
            for path in looked.vanished:
                if path not in kept_back:
                    archive.drop_source(path)
            for found in looked.set_aside:
                archive.put_source(_set_aside(found))
            for one in gathered:
                archive.put_source(_source_record(one))

    # -- writing ---------------------------------------------------------------------------------

    def _emit(self, recorded: Recorded) -> Emitted:
        opened = self.opened
        if recorded.artifacts is None or self.unwritten is None:
            emitted = self._emit_everything()
        else:
            artifacts, look = recorded.artifacts | self.unwritten, bool(self.unwritten)
            emitted = emit(artifacts, self.renderer, opened.archive, opened.folders, look=look)
            self._note_emitted(emitted)
        if recorded.artifacts != frozenset() or self.unwritten != frozenset():
            note_written(opened.archive, opened.folders)
        self.unwritten = frozenset()
        if opened.read_all or opened.render_all:
            self.opened = remember(opened)
        return emitted

    def _emit_everything(self) -> Emitted:
        opened, look = self.opened, self.unwritten is None
        artifacts = tuple(everything(opened.archive, opened.config, self.renderer.parts))
        if len(artifacts) > MANY and self.processes > 1:
            parts: Iterable[Emitted] = emit_many(
                artifacts, opened.config, opened.folders, processes=self.processes, look=look
            )
        else:
            parts = (emit(artifacts, self.renderer, opened.archive, opened.folders, look=look),)
        total = Emitted()
        for one in parts:
            self._note_emitted(one)
            total += one
        stale = opened.archive.artifacts().keys() - {one.place for one in artifacts}
        removed = remove(sorted(stale), opened.folders)
        self._note_emitted(removed)
        return total + removed

    def _note_emitted(self, emitted: Emitted) -> None:
        archive = self.opened.archive
        with archive.transaction():
            archive.put_artifacts(emitted.digests)
            for place in emitted.removed:
                archive.drop_artifact(place)

    # -- telling ---------------------------------------------------------------------------------

    def _outcome(
        self,
        recorded: Recorded,
        emitted: Emitted,
        looked: Survey,
        gathered: tuple[Gathered, ...],
        records: Mapping[str, SourceRecord],
    ) -> Outcome:
        archive = self.opened.archive
        looked_at = {one.path for one in gathered} | {one.path for one in looked.set_aside}
        files = [self._told(one, records.get(one.path), recorded) for one in gathered]
        aside = [FileOutcome(path=one.path, state=state_of(one.sort)) for one in looked.set_aside]
        standing = [
            FileOutcome(path=one.path, state=State(one.state), problems=one.problems, until=one.until)
            for path, one in records.items()
            if path not in looked_at and path not in looked.vanished and State(one.state) in _NOT_OUT
        ]
        return Outcome(
            files=tuple(sorted([*files, *aside], key=lambda one: one.path)),
            standing=tuple(standing),
            published=recorded.published,
            withdrawn=recorded.withdrawn,
            kept_back=recorded.kept_back,
            updates=archive.live(),
            written=emitted.written,
            removed=len(emitted.removed),
            bytes=emitted.bytes,
            notes=self.opened.notes,
        )

    def _told(self, one: Gathered, record: SourceRecord | None, recorded: Recorded) -> FileOutcome:
        keys = tuple(update.key for update in self.opened.archive.updates_of(one.path))
        state = one.state
        if state is State.PUBLISHED and record and record.state == State.PUBLISHED:
            state = State.UPDATED if set(keys) & set(recorded.published) else State.UNCHANGED
        return FileOutcome(path=one.path, state=state, updates=keys, problems=one.problems, until=one.until)


_NOT_OUT = (State.REFUSED, State.HELD, State.CONFLICT)


def _same(one: Gathered, records: Mapping[str, SourceRecord]) -> bool:
    """True if a file was written to but says what it said, and nothing in it has come due."""
    record = records.get(one.path)
    return record is not None and (record.digest, record.state, record.until) == (
        one.digest,
        one.state,
        one.until,
    )


def _with_problems(one: Gathered, problems: Iterable[Problem]) -> Gathered:
    """A file's outcome with what settling had to say of it; a refused double is not out."""
    more = tuple(problem for problem in problems if problem.path == one.path)
    refused = any(problem.severity is Severity.ERROR for problem in more)
    state = State.REFUSED if refused else one.state
    return replace(one, problems=(*one.problems, *more), state=state) if more else one


def _source_record(one: Gathered) -> SourceRecord:
    return SourceRecord(
        path=one.path,
        stat=one.stat,
        digest=one.digest,
        state=one.state,
        problems=one.problems,
        until=one.until,
    )


def _set_aside(found: Found) -> SourceRecord:
    return SourceRecord(path=found.path, stat=found.stat, digest="", state=state_of(found.sort))
