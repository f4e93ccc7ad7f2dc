"""Readings -> ledger and archive, and which artifacts that touches.

The ledger is written before the archive is committed: a program killed in between finds its own events
at the next start and settles to the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.nouns import Problem, Update
from sitrep.base.values import Struct, encode, replace
from sitrep.claims.follow import Claimed, Put, follow_claims
from sitrep.claims.hints import COMPARED, OPEN_CLAIMS, Comparer, problem_of
from sitrep.claims.sheets import KeyBook
from sitrep.config.values import Config
from sitrep.inbox.survey import guard
from sitrep.ledger.ledger import Ledger
from sitrep.publish.recover import note_pending
from sitrep.publish.settle_month import SettledMonth, Settler, Task, without_lines
from sitrep.site.plan import Artifact, Parts, calendar, claim_artifact, plan, touch

WHOLE = 300
"""Days from which on the whole site is gone through instead of a plan for each update."""


class Recorded(Struct, frozen=True, kw_only=True):
    """What a publish has put into ledger and archive, and what of output/ that touches."""

    artifacts: frozenset[Artifact] | None
    """None: everything."""
    published: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Desk(Struct, frozen=True, kw_only=True):
    """What recording works with."""

    config: Config
    archive: Archive
    ledger: Ledger
    parts: Parts
    unwritten: frozenset[Artifact] | None
    """What an earlier run has left to write; None: everything."""
    comparer: Comparer | None = None
    """What compares rumors; without it nothing is suggested."""

    def hints(self, keys: Iterable[str]) -> Iterator[Problem]:
        """What items of these updates may be to open claims; nothing where there are many of them."""
        some = tuple(keys)
        open_claims = self.archive.claims.newest("open", OPEN_CLAIMS) if len(some) <= COMPARED else ()
        if self.comparer is None or not open_claims:
            return
        updates = {update.key: update for key in some if (update := self.archive.update(key))}
        for one in self.comparer.suggestions(updates.values(), open_claims):
            yield problem_of(one, updates[one.fresh.update])

    def follow(self, puts: Iterable[Put], settler: Settler, keys: KeyBook) -> Claimed:
        """Work out the claims of updates that are about to change."""
        return follow_claims(puts, self.archive, self.ledger, self.config, settler.now, keys)


def record(desk: Desk, settler: Settler, task: Task, *, confirmed: bool, whole: bool) -> Recorded:
    """Settle a task and put the result into ledger and archive.

    ``confirmed``: a person said that deletions are meant. ``whole``: everything is to be made again
    anyway, so nothing is planned and no month is held in memory longer than needed.
    """
    if whole or len(task.days) > WHOLE:
        return _record_whole(desk, settler, task, confirmed=confirmed)
    settled = [settler.month(month, task) for month in task.months()]
    events = [event for one in settled for event in one.events]
    puts: list[Put] = [put for one in settled for put in one.puts]
    missing = [key for one in settled for key in one.missing]
    gone, kept_back = _believe(desk.archive, missing, task, confirmed=confirmed)
    kept_back = _kept_back(task, kept_back, settled)
    for before, after, event in settler.withdraw(gone):
        puts.append((before, after))
        events.append(event)
    claimed = desk.follow(puts, settler, KeyBook(desk.archive, None))
    touches = [touch(before, after) for before, after in claimed.puts if not _is_elsewhere(before, after)]
    then = calendar(desk.archive, touches, desk.config, desk.parts)
    desk.ledger.append((*events, *claimed.events))
    with desk.archive.transaction():
        claimed.write(desk.archive)
        for one in settled:
            _note_spares(desk.archive, one)
        hints = tuple(desk.hints(_published(claimed.puts)))
        now = calendar(desk.archive, touches, desk.config, desk.parts)
        # A claim that an item has left long ago may still say where the item went.
        artifacts = plan(touches, then, now, desk.archive, desk.config).union(
            map(claim_artifact, claimed.keys)
        )
        _note(desk, artifacts, kept_back)
    return Recorded(
        artifacts=artifacts,
        published=_published(claimed.puts),
        withdrawn=gone,
        kept_back=kept_back,
        problems=(*(problem for one in settled for problem in one.problems), *claimed.problems, *hints),
    )


def _record_whole(desk: Desk, settler: Settler, task: Task, *, confirmed: bool) -> Recorded:
    published: list[str] = []
    problems: list[Problem] = []
    missing: list[str] = []
    every: list[SettledMonth] = []
    keys = KeyBook(desk.archive, desk.ledger)
    with desk.archive.transaction():
        for month in task.months():
            settled = settler.month(month, task)
            claimed = desk.follow(settled.puts, settler, keys)
            desk.ledger.append((*settled.events, *claimed.events))
            claimed.write(desk.archive)
            _note_spares(desk.archive, settled)
            published += _published(settled.puts)
            problems += (*settled.problems, *claimed.problems)
            missing += settled.missing
            every.append(SettledMonth(kept_back=settled.kept_back, spares=settled.spares))
        gone, kept_back = _believe(desk.archive, missing, task, confirmed=confirmed)
        kept_back = _kept_back(task, kept_back, every)
        taken = tuple(settler.withdraw(gone))
        claimed = desk.follow([(before, after) for before, after, _ in taken], settler, keys)
        desk.ledger.append((*(event for _, _, event in taken), *claimed.events))
        claimed.write(desk.archive)
        problems += desk.hints(published)
        _note(desk, None, kept_back)
    return Recorded(
        artifacts=None,
        published=tuple(published),
        withdrawn=gone,
        kept_back=kept_back,
        problems=tuple(problems),
    )


def _published(puts: Iterable[Put]) -> tuple[str, ...]:
    """Keys of updates that readers have not seen as they are now."""
    return tuple(
        after.key
        for before, after in puts
        if not after.withdrawn and not _is_elsewhere(before and replace(before, source=after.source), after)
    )


def _is_elsewhere(before: Update | None, after: Update) -> bool:
    """True if an update only stands further up or down in its file, which no reader can see."""
    return before is not None and without_lines(before) == without_lines(after)


def _believe(
    archive: Archive, missing: Iterable[str], task: Task, *, confirmed: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the updates that no file holds are withdrawn, and which are kept back.

    One whose file was believed gone, is gone. One that was cut out of a file that is still there is
    guarded like a file. One that this archive never showed (a ledger arrived before its texts) is
    never withdrawn by absence alone.
    """
    gone, cut, doubtful = [], [], []
    for key in missing:
        update = archive.update(key)
        if update is not None and update.source in task.gone:
            gone.append(key)
        elif update is None or task.doubts(update):
            doubtful.append(key)
        else:
            cut.append(key)
    believed = guard(cut, archive.live(), confirmed=confirmed)
    kept_back = sorted({*believed.kept_back, *(() if confirmed else doubtful)})
    withdrawn = sorted({*gone, *believed.gone, *(doubtful if confirmed else ())})
    return tuple(withdrawn), tuple(kept_back)


def _kept_back(task: Task, fresh: Iterable[str], settled: Iterable[SettledMonth]) -> tuple[str, ...]:
    """Keys of all updates that are kept back now: on days just settled, and as before on all others."""
    settled = tuple(settled)
    days = {day for one in settled for day, _ in one.spares}
    still = {key for key in task.kept_back if key[:10] not in days}
    return tuple(sorted({*fresh, *still, *(key for one in settled for key in one.kept_back)}))


def _note_spares(archive: Archive, settled: SettledMonth) -> None:
    for day, paths in settled.spares:
        archive.set_spares(day, paths)


def _note(desk: Desk, artifacts: frozenset[Artifact] | None, kept_back: tuple[str, ...]) -> None:
    whole = artifacts is None or desk.unwritten is None
    note_pending(
        desk.archive, None if whole else (artifacts or frozenset()) | (desk.unwritten or frozenset())
    )
    desk.archive.set_meta(Note.KEPT_BACK, encode(kept_back))
    desk.archive.set_meta(Note.LEDGER, encode(desk.ledger.seen()))
