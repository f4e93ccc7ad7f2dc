"""A site's folders -> a program that keeps the site published until it is told to stop.

It ties the watcher, the publishing, the receipts and the serving together, and nothing that happens in
feeds/, in config.yaml or on the disk ends it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from sitrep.archive.archive import is_damaged
from sitrep.base.errors import ArchiveError, SitrepError
from sitrep.base.nouns import Problem
from sitrep.base.say import instant_text
from sitrep.inbox.finished import Pace
from sitrep.inbox.scan import Look
from sitrep.inbox.wakeups import WakeUps
from sitrep.inbox.watch import WatchNotice, changes
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from sitrep.service.systemd import notify
from sitrep.site.folders import Folders

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0


Doors = Callable[[], AbstractContextManager[Callable[[], None]]]
"""Opens the site to readers; what it yields is called after every publish that changed something."""


def pace_of(publisher: Publisher) -> Pace:
    """How long to wait for what, as config.yaml says."""
    watch = publisher.config.watch
    return Pace(settle=watch.settle, rescan=watch.rescan, grace=watch.deletion_grace)


class Service:
    """One run of the program. ``wakeups.stop()`` ends it, also from another thread or a signal handler."""

    def __init__(self, publisher: Publisher, folders: Folders, clock: Callable[[], dt.datetime], log: Log):
        self.publisher, self.folders, self.clock, self.log = publisher, folders, clock, log
        self.wakeups = WakeUps()
        self.reload = False
        self._makings = self._new_makings = _makings(folders)
        self._confirm = False
        self._lost: tuple[str, int, int, int] | None = None
        """How output/ looked when it was no longer what was written."""
        self._retry_at: float | None = None
        self._wait = _FIRST_WAIT
        self._failed = False
        """The last publish has failed, so that what it had seen is still to be published."""
        self._due: frozenset[str] = frozenset()
        """Texts whose time had come when it was looked last: those are tried again as all that fails."""
        self._served = False
        self._said: tuple[Problem, ...] = ()
        """What kept the last publish from being done, as the log has told it."""
        self._status_due = True
        self._published: Callable[[], None] = _nothing

    def run(self, doors: Doors | None = None, pace: Callable[[Publisher], Pace] = pace_of) -> None:
        """Publish, open the doors, then watch and publish until the wakeups says stop."""
        with contextlib.ExitStack() as stack:
            while not self.wakeups.stopped:
                try:
                    self._watch(doors, stack, pace(self.publisher))
                except Exception as fault:
                    self._survive(fault)
            notify("STOPPING=1")

    def _watch(self, doors: Doors | None, stack: contextlib.ExitStack, pace: Pace) -> None:
        """Follow the folder until the end, or until config or templates have changed."""
        stream = changes(self.folders.feeds, pace, self.wakeups, known=self.publisher.archive.marks())
        with contextlib.closing(stream):
            for given in stream:
                if isinstance(given, Look):
                    self._publish(given)
                    if not self._served:
                        self._open_doors(doors, stack)
                elif isinstance(given, WatchNotice):
                    self.log.notice(given.text)
                elif self._attend():
                    return

    def _open_doors(self, doors: Doors | None, stack: contextlib.ExitStack) -> None:
        """The site stands: from now on there are threads, and readers."""
        self.publisher.in_one_process()
        with contextlib.suppress(SitrepError):  # a publish has told of it, and will again
            self.publisher.warm()
        if doors:
            self._published = stack.enter_context(doors())
        self._served = True
        notify("READY=1")

    # -- publishing ------------------------------------------------------------------------------

    def _publish(self, look: Look) -> None:
        if self._failed and not look.whole:
            self.wakeups.again()  # What comes brings with it what has failed.
            return
        confirm = self._confirm and look.whole
        try:
            outcome = self.publisher.publish(look, confirm_deletions=confirm, more=self._more)
        except SitrepError as fault:
            self._failed = True
            if isinstance(fault, ArchiveError) and is_damaged(fault):
                raise
            self._say(fault)
            self._try_later()
            return
        self._said = ()
        self._failed = False
        self._due &= self._overdue()  # What was read anew may have a later time; it comes when that has come.
        if confirm:
            self._confirm = False
            self.folders.confirm.unlink(missing_ok=True)
        if outcome.unfinished:
            self._try_later()
        elif outcome.whole:
            # A look at some files says nothing of those that an earlier one has put off.
            self._retry_at, self._wait = None, _FIRST_WAIT
        self._status_due = True
        if outcome.written or outcome.removed:
            self._published()
        notify(f"STATUS={outcome.updates} updates online, last published {outcome.at:%Y-%m-%d %H:%M:%S} UTC")

    def _more(self) -> bool:
        return self.wakeups.more

    def _try_later(self) -> None:
        """What failed is tried again, less and less often; a new drop tries at once, and puts off nothing."""
        if self._retry_at is None:
            self._retry_at = time.monotonic() + self._wait
            self._wait = min(2 * self._wait, _LONGEST_WAIT)

    def _survive(self, fault: Exception) -> None:
        """What keeps it from watching, foreseen or not: say it, let things calm down, and begin again with a
        fresh look and whatever can be opened then."""
        self._say(fault)
        self.wakeups.hear(self._wait)
        self._wait = min(2 * self._wait, _LONGEST_WAIT)
        try:
            if isinstance(fault, ArchiveError) and is_damaged(fault):
                self.publisher.rebuild()
            else:
                self.publisher.reload()
        except Exception as further:
            self._say(further)

    def _say(self, fault: Exception) -> None:
        """Tell what was raised; of what is known to go wrong, once."""
        if isinstance(fault, SitrepError):
            if fault.problems != self._said:
                self.log.problems(fault.problems)
            self._said = fault.problems
            return
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}:{place.lineno}"
        self.log.notice(f"unexpected: {type(fault).__name__}: {fault} ({where}); trying again")

    # -- what else there is to do, once a second ----------------------------------------------------

    def _attend(self) -> bool:
        """Look after everything but feeds/. True if the watching has to begin anew."""
        notify("WATCHDOG=1")
        if self._reload_wanted() and self._reload():
            return True
        if self.folders.confirm.exists() and not self._confirm:
            self._confirm = True
            self.wakeups.again(believe=True)
        self._publish_due()
        self._restore()
        if self._status_due:
            self._status_due = False
            self.publisher.write_status_page()
            self._published()
        self.publisher.tell_outlets()
        if self._retry_at is not None and time.monotonic() >= self._retry_at:
            self._retry_at = None
            self.wakeups.again()
        return False

    def _restore(self) -> None:
        """Make output/ again where somebody took it away, once a tick shows that no more of it goes."""
        lost, before = self._retry_at is None and self.publisher.is_lost, self._lost
        self._lost = _mark(os.fspath(self.folders.output)) if lost else None
        if self._lost and self._lost == before:
            self.log.notice("output/ was taken away: it is made again")
            self._publish(Look())
            if self.publisher.is_lost:
                self._try_later()

    def _publish_due(self) -> None:
        """Publish held texts whose time has come since the last tick; those that cannot be, later."""
        before, self._due = self._due, self._overdue()
        if self._due - before:
            self._publish(Look())
            if self._due & self._overdue():
                self._try_later()

    def _overdue(self) -> frozenset[str]:
        now, archive = instant_text(self.clock()), self.publisher.archive
        due = archive.next_due()
        return frozenset(archive.sources_due(now) if due and due <= now else ())

    def _reload_wanted(self) -> bool:
        """True if someone asked for it, or config or templates have changed and are quiet since a tick."""
        before, self._new_makings = self._new_makings, _makings(self.folders)
        changed = self._makings != self._new_makings == before
        return self.reload or changed

    def _reload(self) -> bool:
        self.reload = False
        self._makings = self._new_makings
        notify("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")
        taken = self.publisher.reload()
        notify("READY=1")
        return taken


def _nothing() -> None:
    """Nobody is there to be told."""


def _makings(folders: Folders) -> tuple[tuple[str, int, int, int], ...]:
    """Changes when config.yaml or a template of the site does."""
    inside = [os.path.join(folder, name) for folder, _, names in os.walk(folders.templates) for name in names]
    return tuple(_mark(path) for path in (os.fspath(folders.config), *sorted(inside)))


def _mark(path: str) -> tuple[str, int, int, int]:
    try:
        seen = os.stat(path)
    except OSError:
        return path, 0, 0, 0
    return path, seen.st_size, seen.st_mtime_ns, seen.st_ino


@contextmanager
def signals(service: Service) -> Iterator[None]:
    """SIGTERM and SIGINT stop after the publish under way, a second SIGINT at once; SIGHUP reloads.

    A process forked for a share of the work ends at such a signal, as if nobody handled it.
    """
    own = os.getpid()

    def handle(number: int, frame: FrameType | None) -> None:
        if os.getpid() != own:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        elif number == signal.SIGHUP:
            service.reload = True
            service.wakeups.ring()
        elif number == signal.SIGINT and service.wakeups.stopped:
            raise KeyboardInterrupt
        else:
            service.wakeups.stop()

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
