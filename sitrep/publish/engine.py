"""One publish, from the drop folder to the site: read, settle, record, plan, write.

The order makes every step repeatable: the ledger first (fsynced, it cannot be derived), then the archive
in one transaction with a note of what is still to be written, then output/, then the note is cleared. A
program killed anywhere in between finishes the job at its next start.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from os import cpu_count
from typing import TYPE_CHECKING

from sitrep.archive.archive import SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.errors import ArchiveError, SiteError
from sitrep.base.nouns import Problem, Severity
from sitrep.base.say import instant_text
from sitrep.base.values import decode, encode, replace
from sitrep.inbox.file_names import Sort, remark_on
from sitrep.inbox.scan import Found, Look, glance, scan
from sitrep.inbox.survey import BelievedGone, State, Survey, guard, state_of, survey
from sitrep.ledger.ledger import Ledger
from sitrep.pictures.renewed import found_again, renewed_texts
from sitrep.publish.open_site import Opened, remember
from sitrep.publish.outcome import FileOutcome, Outcome
from sitrep.publish.recover import in_doubt, is_elsewhere, note_clean

if TYPE_CHECKING:
    from sitrep.publish.read_files import Gathered
    from sitrep.publish.record import Recorded
    from sitrep.publish.settle_month import Task
    from sitrep.publish.spool import Spooled
    from sitrep.publish.undated_files import Memory
    from sitrep.publish.workshop import Workshop
    from sitrep.publish.write_output import Emitted

Clock = Callable[[], dt.datetime]


@dataclass
class Engine:
    """One open site that publishes what changes in its drop folder. Not for two threads at once."""

    opened: Opened
    clock: Clock
    processes: int = field(default_factory=lambda: cpu_count() or 1)
    ledger: Ledger = field(init=False)
    _in_doubt: bool = field(init=False)
    _outside: frozenset[str] = frozenset()
    """Months of the ledger that somebody else had written to when this publish began."""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.opened.folders.ledger)
        self._in_doubt = in_doubt(self.opened.archive, self.opened.folders)

    @cached_property
    def workshop(self) -> Workshop:
        """The heavy half, brought in when there is something to do."""
        from sitrep.publish.workshop import Workshop

        return Workshop(self.opened, self.ledger, self.processes)

    def publish(self, look: Look | None = None, *, confirm_deletions: bool = False) -> Outcome:
        """Bring output/ up to what feeds/, ledger/, config and templates say now.

        ``look``: what a watcher has seen of feeds/; without it the whole folder is looked at. Held texts
        whose time has come are published in any case.

        Raises SiteError if the folder cannot be read or the disk not be written, TemplateError if a
        page fails, ArchiveError if the archive is damaged or cannot be written; what is online stays
        whole, and the next publish goes on from there.
        """
        with self.opened.archive.trouble():
            return self._publish(look, confirm_deletions=confirm_deletions)

    def _publish(self, look: Look | None, *, confirm_deletions: bool) -> Outcome:
        opened, now = self.opened, self.clock().astimezone(dt.UTC).replace(microsecond=0)
        self._outside, watched = self._months_changed_outside(), look is not None
        due = opened.archive.sources_due(instant_text(now))
        look, known = self._look(look, due)
        looked = survey(look, known, frozenset(due), again=opened.read_all)
        renewed = renewed_texts(look, looked, opened.archive.pictures)
        if renewed:
            more = tuple(found_again(renewed, look, looked, opened.folders.feeds))
            looked = replace(looked, to_read=(*looked.to_read, *more))
        records = opened.archive.sources_at((*(one.path for one in looked.to_read), *looked.vanished))
        believed = self._believe(look, looked, records, (), confirmed=confirm_deletions)
        if self._is_quiet(looked, believed, confirmed=confirm_deletions):
            self._note_sources(looked, (), believed)
            return self._outcome(None, None, look, looked, (), records, now)
        gathered = self.workshop.read(looked.to_read, now, self._memory(looked.vanished))
        if watched:
            gathered = self._as_they_are(gathered, looked.to_read)
        believed = self._believe(look, looked, records, gathered, confirmed=confirm_deletions)
        rivals = () if opened.read_all else self._rivals(gathered, believed.gone, now)
        again = (
            gathered
            if opened.read_all
            else [one for one in gathered if one.path in renewed or not _same(one, records)]
        )
        fresh = (*again, *rivals)
        gathered += rivals
        records |= opened.archive.sources_at(one.path for one in rivals)
        task = self._task(fresh, believed, confirmed=confirm_deletions)
        recorded = self.workshop.record(task, now, confirmed=confirm_deletions)
        gathered = tuple(_with_problems(one, recorded.problems) for one in gathered)
        self._note_sources(looked, gathered, believed)
        self._in_doubt = True
        emitted = self.workshop.write(recorded.artifacts)
        self._in_doubt = False
        outcome = self._outcome(recorded, emitted, look, looked, gathered, records, now)
        if opened.read_all or opened.render_all:
            self.opened = self.workshop.opened = remember(opened)
        return outcome

    def noted(self) -> dict[str, bytes | None] | None:
        """Digests of what was written since this was last asked, None for what was removed.

        None for the whole: it is not known.
        """
        noted = self.workshop.noted
        self.workshop.noted = {}
        return noted

    def close(self) -> None:
        """Leave the site as cleanly stopped: the next start need not verify it, if that can be noted."""
        with suppress(ArchiveError):
            note_clean(self.opened.archive)
        self.opened.archive.close()

    def _is_quiet(self, looked: Survey, believed: BelievedGone, *, confirmed: bool) -> bool:
        """True if nothing has to be read, recorded or written."""
        opened = self.opened
        return not (
            looked.to_read
            or believed.gone
            or opened.render_all
            or (confirmed and self._kept_back())
            or self._outside
            or self._in_doubt
            or is_elsewhere(opened.archive, opened.folders)
        )

    def _look(self, look: Look | None, due: Iterable[str]) -> tuple[Look, dict[str, str]]:
        """What there is to see, texts that are due included, and what these files looked like before."""
        opened = self.opened
        if look is None or (opened.read_all and not look.whole):
            look = Look(found=self._scan(), whole=True)
        if look.whole:
            return look, opened.archive.marks()
        seen = {one.path for one in look.found} | look.unsettled
        glances = (glance(opened.folders.feeds, path) for path in due if path not in seen)
        look = replace(look, found=(*look.found, *(found for found in glances if found)))
        known = opened.archive.sources_at(one.path for one in look.found)
        return look, {path: record.stat for path, record in known.items()}

    def _as_they_are(self, gathered: tuple[Gathered, ...], found: Iterable[Found]) -> tuple[Gathered, ...]:
        """What was read, without refusals of files written to meanwhile: whoever watches looks again."""
        feeds, real = self.opened.folders.feeds, {one.path: one.real or one.path for one in found}
        return tuple(
            one
            for one in gathered
            if one.state is not State.REFUSED
            or ((now := glance(feeds, real[one.path])) is not None and now.stat == one.stat)
        )

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

    # -- what is to be settled -------------------------------------------------------------------

    def _believe(
        self,
        look: Look,
        looked: Survey,
        records: Mapping[str, SourceRecord],
        gathered: Iterable[Gathered],
        *,
        confirmed: bool,
    ) -> BelievedGone:
        """Which of the vanished files are gone. One whose bytes have a new name was renamed, no more."""
        archive = self.opened.archive
        if not look.whole:
            back = {one.path for one in look.found}
            return BelievedGone(gone=frozenset(), kept_back=self._doubted() - back)
        vanished = {path for path in looked.vanished if archive.keys_of(path)}
        if not vanished:
            return BelievedGone(gone=frozenset(), kept_back=frozenset())
        arrived = {one.digest for one in gathered}
        renamed = {path for path in vanished if records[path].digest in arrived}
        believed = guard(vanished - renamed, archive.holders(), confirmed=confirmed)
        return BelievedGone(gone=believed.gone | renamed, kept_back=believed.kept_back)

    def _rivals(
        self, gathered: tuple[Gathered, ...], gone: frozenset[str], now: dt.datetime
    ) -> tuple[Gathered, ...]:
        """Files whose text was left out because another one says it, where that other one has changed."""
        archive, feeds = self.opened.archive, self.opened.folders.feeds
        found: tuple[Gathered, ...] = ()
        while True:
            looked_at = {one.path for one in (*gathered, *found)} | gone
            days = {key[:10] for path in looked_at for key in archive.keys_of(path)}
            days |= {day for one in (*gathered, *found) for day, _ in one.updates}
            glances = (glance(feeds, path) for path in sorted(archive.spares(days) - looked_at))
            more = tuple(one for one in glances if one and one.sort is Sort.TEXT)
            if not more:
                return found
            found += self.workshop.read(more, now, self._memory(tuple(gone)))

    def _memory(self, vanished: tuple[str, ...]) -> Memory:
        from sitrep.publish.undated_files import Memory

        return Memory(
            archive=self.opened.archive,
            ledger=self.ledger,
            vanished=vanished,
            months=self._outside,
        )

    def _kept_back(self) -> list[str]:
        """Keys of updates that were cut from their files, or never seen, and are not confirmed to be gone."""
        return decode(self.opened.archive.meta(Note.KEPT_BACK) or b"[]", list[str])

    def _doubted(self) -> frozenset[str]:
        """Paths of files that are not there, of which nobody has confirmed that they are gone."""
        return frozenset(decode(self.opened.archive.meta(Note.DOUBTED) or b"[]", list[str]))

    def _task(self, fresh: Iterable[Gathered], believed: BelievedGone, *, confirmed: bool) -> Task:
        from sitrep.publish.settle_month import Task

        archive = self.opened.archive
        updates: defaultdict[str, list[bytes | Spooled]] = defaultdict(list)
        read = [one for one in fresh if one.state is not State.REFUSED]
        for one in read:
            for day, update in one.updates:
                updates[day].append(update)
        reread = {one.path for one in read} | believed.gone
        days = {key[:10] for path in reread for key in archive.keys_of(path)}
        kept_back = self._kept_back()
        again = {key[:10] for key in kept_back} if confirmed else set()
        if self.opened.read_all:
            again |= {key[:10] for key in archive.update_keys()}
        return Task(
            fresh={day: tuple(found) for day, found in updates.items()},
            days=frozenset({*days, *updates, *again}),
            reread=frozenset(reread),
            gone=believed.gone,
            doubted=believed.kept_back,
            kept_back=frozenset(kept_back),
            confirmed=confirmed,
            held=frozenset((one.path, day) for one in read for day in one.waiting),
            oldest_first=frozenset(one.path for one in read if one.oldest_first),
            whole_months=self._outside,
        )

    def _months_changed_outside(self) -> frozenset[str]:
        """Months of the ledger that somebody else has written to, for example a merge."""
        now = self.ledger.signature()
        then = decode(self.opened.archive.meta(Note.LEDGER) or b"{}", dict[str, tuple[int, int]])
        return frozenset(month for month in {*now, *then} if now.get(month) != then.get(month))

    def _note_sources(self, looked: Survey, gathered: Iterable[Gathered], believed: BelievedGone) -> None:
        archive = self.opened.archive
        kept_back = believed.kept_back
        with archive.transaction():
            if kept_back != self._doubted():
                archive.set_meta(Note.DOUBTED, encode(sorted(kept_back)))
            for path in looked.vanished:
                if path not in kept_back:
                    archive.drop_source(path)
            for found in looked.set_aside:
                archive.put_source(_set_aside(found))
            for one in gathered:
                archive.put_source(_source_record(one))
                archive.pictures.set_named(one.path, one.pictures)

    # -- telling ---------------------------------------------------------------------------------

    def _outcome(
        self,
        recorded: Recorded | None,
        emitted: Emitted | None,
        look: Look,
        looked: Survey,
        gathered: tuple[Gathered, ...],
        records: Mapping[str, SourceRecord],
        now: dt.datetime,
    ) -> Outcome:
        archive = self.opened.archive
        published = frozenset(recorded.published if recorded else ())
        files = [self._told(one, records.get(one.path), published) for one in gathered]
        files += [_told_aside(one) for one in looked.set_aside]
        looked_at = {one.path for one in files}
        return Outcome(
            at=now,
            whole=look.whole,
            files=tuple(sorted(files, key=lambda one: one.path)),
            standing=tuple(
                FileOutcome(path=one.path, state=State(one.state), problems=one.problems, until=one.until)
                for one in archive.sources_in(_NOT_OUT)
                if one.path not in looked_at
            ),
            receipts=tuple(one.path for one in look.found if one.sort is Sort.RECEIPT),
            requests=tuple(one.path for one in look.found if one.sort is Sort.REQUEST),
            published=recorded.published if recorded else (),
            withdrawn=recorded.withdrawn if recorded else (),
            kept_back=tuple(sorted({*self._kept_back(), *self._missing()})),
            updates=archive.live(),
            written=emitted.written if emitted else 0,
            removed=len(emitted.removed) if emitted else 0,
            bytes=emitted.bytes if emitted else 0,
            notes=self.opened.notes,
        )

    def _missing(self) -> Iterator[str]:
        """Keys of updates whose file is not there, but not believed to be gone."""
        for path in self._doubted():
            yield from self.opened.archive.keys_of(path)

    def _told(self, one: Gathered, record: SourceRecord | None, published: frozenset[str]) -> FileOutcome:
        keys = self.opened.archive.keys_of(one.path)
        state = one.state
        if state is State.PUBLISHED and record and record.state == State.PUBLISHED:
            state = State.UPDATED if published.intersection(keys) else State.UNCHANGED
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
    remark = remark_on(found.path, found.sort)
    return SourceRecord(
        path=found.path,
        stat=found.stat,
        digest="",
        state=state_of(found.sort),
        problems=(remark,) if remark else (),
    )


def _told_aside(found: Found) -> FileOutcome:
    remark = remark_on(found.path, found.sort)
    return FileOutcome(path=found.path, state=state_of(found.sort), problems=(remark,) if remark else ())
