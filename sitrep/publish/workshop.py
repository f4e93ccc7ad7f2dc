"""The heavy half of a publish: what was read becomes ledger and archive entries, then pages and feeds.

Apart from the engine, so that a start that finds nothing to do imports none of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from sitrep.archive.notes import Note
from sitrep.base.values import replace
from sitrep.claims.hints import Comparer
from sitrep.inbox.scan import Found
from sitrep.ledger.ledger import Ledger
from sitrep.pictures.cache import PictureCache
from sitrep.pictures.develop import PictureDeveloper
from sitrep.publish.feed_entry_cache import ArchivedEntryCache
from sitrep.publish.leftovers import leftovers
from sitrep.publish.lexicon_cache import keep, take_up
from sitrep.publish.open_site import Opened
from sitrep.publish.progress import progress
from sitrep.publish.read_files import MANY as MANY_FILES
from sitrep.publish.read_files import Circumstances, Gathered, gather, gather_one
from sitrep.publish.record import Desk, Recorded, record
from sitrep.publish.recover import is_elsewhere, left_over, note_written
from sitrep.publish.render import Renderer
from sitrep.publish.settle_month import Settler, Task
from sitrep.publish.spool import Spool, Spooled
from sitrep.publish.undated_files import Memory, days_by_path, days_by_words
from sitrep.publish.write_output import MANY, Emitted, emit, emit_many, remove
from sitrep.site import addresses as at
from sitrep.site.plan import STAGES, Artifact, ArtifactKind, everything
from sitrep.sorting.front_rules import SortingRules, compile_rules


@dataclass(slots=True)
class Workshop:
    """Reads, records and writes for one open site."""

    opened: Opened
    ledger: Ledger
    processes: int
    finished: ArchivedEntryCache = field(init=False)
    renderer: Renderer = field(init=False)
    rules: SortingRules = field(init=False)
    comparer: Comparer = field(init=False)
    unwritten: frozenset[Artifact] | None = field(init=False)
    """Artifacts that were left undone or are in doubt; None: all of them."""
    noted: dict[str, bytes | None] | None = field(init=False)
    """Digests of what was made since somebody asked, None for what was removed; None: do not rely on it."""
    _tongue_kept: bool = field(init=False)

    def __post_init__(self) -> None:
        opened = self.opened
        self.finished = ArchivedEntryCache(opened.archive)
        folders = opened.folders
        folders.compiled.mkdir(exist_ok=True)
        self.renderer = Renderer(opened.config, folders.themes, self.finished, folders.compiled)
        self.rules = compile_rules(opened.config)
        self._tongue_kept = take_up(self.rules, opened.archive, self._makings)
        self.comparer = Comparer(self.rules)
        self.noted = {}
        self.unwritten = left_over(opened.archive, opened.config, opened.folders, self.renderer)

    def read(
        self, found: tuple[Found, ...], now: dt.datetime, memory: Memory | None = None
    ) -> tuple[Gathered, ...]:
        """What these files say, in their order. ``memory``: what texts without a date may be known as."""
        circumstances = Circumstances(
            feeds=self.opened.folders.feeds,
            rules=self.rules,
            now=now,
            known=self._out_already(now),
            arrivals=self._arrivals(found),
            developer=self._developer(found),
        )
        read = gather(found, circumstances, processes=self.processes)
        if len(found) >= MANY_FILES:
            spool = Spool(self.opened.folders.work)
            read = (_spooled(one, spool) for one in read)
        gathered = tuple(progress(read, len(found), "Reading"))
        self._tongue_kept = self._tongue_kept or keep(self.rules, self.opened.archive, self._makings)
        if memory is None or not any(one.undated for one in gathered):
            return gathered
        return self._as_they_came(gathered, found, circumstances, memory)

    @property
    def _makings(self) -> bytes:
        return self.opened.makings[Note.CONFIG][:32]

    def _arrivals(self, found: tuple[Found, ...]) -> dict[str, dt.date]:
        """The days that files keep which give none."""
        if self.opened.config.dates.undated != "arrival":
            return {}
        return days_by_path((one.path for one in found), self.opened.archive)

    def _as_they_came(
        self,
        gathered: tuple[Gathered, ...],
        found: tuple[Found, ...],
        circumstances: Circumstances,
        memory: Memory,
    ) -> tuple[Gathered, ...]:
        """The same readings; of texts without a date that came in on another day, as of that day."""
        days = days_by_words(gathered, circumstances.arrivals, memory)
        circumstances = replace(circumstances, arrivals={**circumstances.arrivals, **days})
        files = {one.path: one for one in found}
        return tuple(
            gather_one(files[one.path], circumstances) if one.path in days else one for one in gathered
        )

    def _developer(self, found: tuple[Found, ...]) -> PictureDeveloper:
        """Where their pictures are made, knowing those that were made before."""
        known = self.opened.archive.pictures.named_by(one.path for one in found)
        return PictureDeveloper(
            feeds=self.opened.folders.feeds,
            kept=PictureCache(self.opened.folders.media),
            known={(one.source, one.name): one for one in known},
        )

    def _out_already(self, now: dt.datetime) -> frozenset[str]:
        """Dates from this month on of updates that are out: a clock that went back takes nothing back."""
        this_month = f"{now:%Y-%m}"
        return frozenset(
            kept.key[:10]
            for month in self.ledger.months()
            if month >= this_month
            for kept in self.ledger.history(month).values()
            if not kept.withdrawn
        )

    def record(self, task: Task, now: dt.datetime, *, confirmed: bool) -> Recorded:
        """Put what was read into ledger and archive."""
        opened = self.opened
        if not task.months() and not opened.render_all:
            return Recorded(artifacts=frozenset())
        desk = Desk(
            config=opened.config,
            archive=opened.archive,
            ledger=self.ledger,
            parts=self.renderer,
            unwritten=self.unwritten,
            comparer=self.comparer,
        )
        settler = Settler(opened.config, self.ledger, opened.archive, now)
        return record(desk, settler, task, confirmed=confirmed, whole=opened.render_all)

    def write(self, artifacts: frozenset[Artifact] | None) -> Emitted:
        """Bring these artifacts up to date (None: all), and those that were left over before."""
        opened = self.opened
        left = None if is_elsewhere(opened.archive, opened.folders) else self.unwritten
        wanted = None if artifacts is None or left is None else artifacts | left
        self.unwritten = wanted
        if opened.config.trust.signing_key:
            opened.archive.set_meta(Note.SEALED, b"")
        if wanted is None:
            emitted = self._write_everything(look=left is None)
        else:
            emitted = emit(wanted, self.renderer, opened.archive, opened.folders, look=bool(left))
            self._note(emitted)
        if wanted != frozenset():
            note_written(opened.archive, opened.folders)
        self.unwritten = frozenset()
        return emitted

    def _write_everything(self, *, look: bool) -> Emitted:
        opened, self.noted = self.opened, None
        empty = not any(opened.folders.output.glob("*"))
        artifacts = tuple(dict.fromkeys(everything(opened.archive, opened.config, self.renderer)))
        total = Emitted()
        for one in self._emitted(artifacts, look=look):
            self._note(one)
            total += one
        wanted = {one.place for one in artifacts}
        stale = opened.archive.artifacts().keys() - wanted
        stale |= set(leftovers(opened.folders.output, wanted)) if look and not empty else set()
        removed = remove(sorted(stale), opened.folders)
        self._note(removed)
        PictureCache(opened.folders.media).sweep(frozenset(opened.archive.pictures.places()))
        return total + removed

    def _emitted(self, artifacts: tuple[Artifact, ...], *, look: bool) -> Iterator[Emitted]:
        opened, mine = self.opened, artifacts
        if len(artifacts) > MANY and self.processes > 1:
            media = [one for one in artifacts if one.kind is ArtifactKind.MEDIA]
            yield emit(media, self.renderer, opened.archive, opened.folders, look=look)
            # The current feeds are left to this process: it keeps their entries for the next drop.
            mine = tuple(
                one for one in artifacts if STAGES[one.kind] >= STAGES[ArtifactKind.FEED] and not one.month
            )
            left = {*media, *mine}
            others = [one for one in artifacts if one not in left]
            yield from emit_many(others, opened.config, opened.folders, processes=self.processes, look=look)
        yield emit(mine, self.renderer, opened.archive, opened.folders, look=look)

    def _note(self, emitted: Emitted) -> None:
        archive = self.opened.archive
        with archive.transaction():
            archive.put_artifacts(emitted.digests)
            for place in emitted.removed:
                archive.drop_artifact(place)
            self.finished.flush()
        if self.noted is not None:
            self.noted |= {**dict(emitted.digests), **dict.fromkeys(emitted.removed)}
        for place in emitted.removed:
            if place.startswith(at.media("")):
                PictureCache(self.opened.folders.media).drop(place)


def _spooled(one: Gathered, spool: Spool) -> Gathered:
    """The same file; what it says is laid away."""
    laid = ((day, said if isinstance(said, Spooled) else spool.put(said)) for day, said in one.updates)
    return replace(one, updates=tuple(laid))
