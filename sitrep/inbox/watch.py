"""A drop folder -> a stream of looks at it, each as soon as something is finished. The door to watchdog.

Events are only hints where to look, and they fail in silence: queues overflow, a replaced folder or a
network mount sends none. What a look at the files shows is the truth, and a timer sees to it that one is
taken.
"""

from __future__ import annotations

import contextlib
import os
import time
import warnings
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.base.disk import reason_of
from sitrep.base.values import Struct
from sitrep.inbox.file_names import QUIET, Sort, sort_of
from sitrep.inbox.finished import Pace, Waiting
from sitrep.inbox.scan import Found, Look, glance, is_written, scan, shown
from sitrep.inbox.wakeups import EVERYWHERE, WakeUps
from sitrep.inbox.write_leases import Writing, is_local, why_unsure

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

__all__ = ["Pace", "WakeUps", "WatchNotice", "changes"]

AGAIN = 60.0
"""Seconds after which listening is tried once more where it failed."""


class WatchNotice(Struct, frozen=True):
    """What the person who runs the program should know of the watching itself."""

    text: str


def changes(
    feeds: Path, pace: Pace, wakeups: WakeUps, *, known: Mapping[str, str] | None = None
) -> Generator[Look | WatchNotice | None, None, None]:
    """Watch a folder until the wakeups says stop.

    The first look is at the whole folder. Then one comes whenever files are finished, were renamed, or
    have been gone for the grace period (then again of the whole folder), and None at least every
    ``pace.tick`` seconds, so that the caller can attend to something else. ``known`` is path and stat
    of the files that were dealt with before. While the folder is not there nothing counts as gone.
    """
    watcher = _Watcher(feeds, pace, wakeups)
    watcher.waiting.remember(known or {})
    try:
        yield from watcher.run()
    finally:
        watcher.ears.drop()


class _Watcher:
    """One folder under watch: which files were handed on, whether events come, when the next scan is due."""

    def __init__(self, feeds: Path, pace: Pace, wakeups: WakeUps) -> None:
        self.feeds, self.pace, self.wakeups = feeds, pace, wakeups
        self.ears = _Ears(feeds, wakeups)
        self.waiting = Waiting(pace, self._ask)
        self.whole_due = True
        self.believe = False
        self.absent = False
        self.next_scan = 0.0
        self.scanned: tuple[Found, ...] | None = None
        """The whole folder, if this turn has looked at all of it."""

    def run(self) -> Iterator[Look | WatchNotice | None]:
        """See ``changes``."""
        # The first look comes before any thread is started: a publish of everything may share its work
        # among processes, and those must not be forked from a program with threads.
        hints, listening = {EVERYWHERE}, False
        while not self.wakeups.stopped:
            if listening:
                yield from self.ears.check()
            listening = True
            yield from self._see(hints)
            yield None if self.absent else self._take()
            self.scanned = None
            hints = self.wakeups.hear(self._idle() if self.ears.tried else 0.0)
            again, believe = self.wakeups.forget_again()
            self.whole_due |= again
            self.believe |= believe

    def _see(self, hints: set[str]) -> Iterator[WatchNotice]:
        now = time.monotonic()
        if EVERYWHERE in hints or now >= self.next_scan or self.ears.fresh or self.absent:
            yield from self._scan()
            return
        overdue = (found.real or found.path for found in self.waiting.overdue(now))
        for path in {*hints, *overdue}:
            found = glance(self.feeds, path)
            if found is None:
                self.waiting.miss(shown(path), now)
            elif found.sort is Sort.UNREADABLE:
                # What is true of one may be true of its whole folder.
                yield from self._scan()
                return
            else:
                self.waiting.see(found, now)

    def _scan(self) -> Iterator[WatchNotice]:
        began = time.monotonic()
        try:
            found = tuple(scan(self.feeds))
        except OSError as fault:
            if not self.absent:
                yield WatchNotice(
                    f"feeds/ cannot be read ({reason_of(fault)}); nothing is withdrawn until it is back"
                )
            self.absent = True
            return
        now = time.monotonic()
        if self.absent:
            yield WatchNotice("feeds/ is back")
            self.waiting.missed = now
        self.absent = self.ears.fresh = False
        self.next_scan = now + (self.pace.rescan if self.ears.hear_all else self._often(now - began))
        self.waiting.see_all(found, now)
        self.scanned = found

    def _scan_again(self) -> None:
        with contextlib.suppress(OSError):
            self.scanned = tuple(scan(self.feeds))
            self.waiting.see_all(self.scanned, time.monotonic())

    def _often(self, cost: float) -> float:
        """Seconds between two scans where nothing else tells of changes: seldom enough to cost 2 %."""
        return min(self.pace.rescan, max(50 * cost, 2 * self.pace.tick))

    def _take(self) -> Look | None:
        if self.believe:
            self.believe = False
            self.waiting.believe()
        ready, gone = self.waiting.take(time.monotonic())
        self.whole_due |= bool(gone)
        if not self.whole_due:
            return Look(found=tuple(ready)) if ready else None
        if self.scanned is None:
            self._scan_again()
        if (found := self.scanned) is None:
            return None
        self.waiting.hand_all(found)
        self.whole_due = False
        undecided = self.waiting.undecided
        kept = tuple(file for file in found if file.path not in undecided)
        return Look(found=kept, whole=True, unsettled=undecided)

    def _idle(self) -> float:
        """Seconds until there is something to do without a hint."""
        if self.absent:
            return self.pace.tick
        now = time.monotonic()
        instants = (now + self.pace.tick, self.next_scan, self.waiting.next() or now + self.pace.tick)
        return min(instants) - now

    def _ask(self, found: Found) -> Writing:
        return is_written(self.feeds, found) if self.ears.local else Writing.UNKNOWN


class _Ears:
    """The observer of one folder, as long as that is the same folder and all its threads live."""

    def __init__(self, feeds: Path, wakeups: WakeUps) -> None:
        self._feeds, self._wakeups = feeds, wakeups
        self._observer: BaseObserver | None = None
        self._folder: tuple[int, int] | None = None
        self._next_try = 0.0
        self._complaint = ""
        self.tried = False
        self.local = is_local(feeds)
        self.fresh = False
        """The folder is another one, or was not listened to for a while: only a scan tells what happened."""

    @property
    def hear_all(self) -> bool:
        """True if events tell of everything that happens in the folder."""
        return self._observer is not None and self.local

    def check(self) -> Iterator[WatchNotice]:
        """Listen again if that has ended. Failing to is no error: there is the timer."""
        self.tried = True
        folder = _identity(self._feeds)
        if folder is None:
            self.drop()
            self._folder, self.fresh = None, True
            return
        same, now = folder == self._folder, time.monotonic()
        if same and (self._lives() if self._observer else now < self._next_try):
            return
        self.drop()
        self._folder, self.local, self._next_try = folder, is_local(self._feeds), now + AGAIN
        complaint = "" if self.local else why_unsure()
        try:
            self._observer = _listen(self._feeds, self._wakeups)
        except (OSError, RuntimeError) as fault:
            complaint = f"the system sends no word of changes: {reason_of(fault)}"
        self.fresh = self.fresh or not same or self._observer is not None
        if complaint and complaint != self._complaint:
            yield WatchNotice(f"feeds/ is looked at every few seconds ({complaint})")
        self._complaint = complaint

    def drop(self) -> None:
        """Listen no more."""
        observer, self._observer = self._observer, None
        if observer is not None:
            with contextlib.suppress(RuntimeError, OSError):
                observer.stop()
                observer.join()

    def _lives(self) -> bool:
        observer = self._observer
        return observer is not None and observer.is_alive() and all(e.is_alive() for e in observer.emitters)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        seen = os.stat(folder)
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def _listen(feeds: Path, wakeups: WakeUps) -> BaseObserver:
    """Start an observer that rings the wakeups. Raises OSError where there are no more watches to be had."""
    from watchdog import events
    from watchdog.observers import Observer

    # A folder that is made and filled at once is registered twice, which is only said aloud, not harmful.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
    root = os.path.realpath(feeds)

    class Hints(events.FileSystemEventHandler):
        def dispatch(self, event: events.FileSystemEvent) -> None:
            for name in (event.src_path, event.dest_path):
                path = os.fsdecode(name)[len(root) + 1 :] if name else ""
                if path and sort_of(path) not in QUIET:
                    wakeups.ring(EVERYWHERE if event.is_directory else path)

    # Opening and reading are left out: the program's own would wake it. So is "modified", which comes
    # many times while a file is written; "closed" follows it.
    wanted: list[type[events.FileSystemEvent]] = [
        *(events.FileCreatedEvent, events.FileClosedEvent, events.FileMovedEvent, events.FileDeletedEvent),
        *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
    ]
    observer = Observer()
    try:
        observer.schedule(Hints(), root, recursive=True, event_filter=wanted)
        observer.start()
    except BaseException:
        observer.stop()
        raise
    return observer
