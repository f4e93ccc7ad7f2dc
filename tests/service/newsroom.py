"""A whole site with the real watcher in a thread of its own: drop files, wait for what the program says."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from sitrep.inbox.finished import Pace
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from sitrep.service.service import Service
from sitrep.site.folders import Folders
from tests.publishing import NOON, Studio

PATIENCE = 60.0
"""Seconds until a test gives up waiting for what it waits for."""

QUICK = Pace(settle=0.1, rescan=3600.0, grace=0.2, tick=0.02, patience=3600.0)
"""Nothing is found by the timer: what is published was seen through events."""

_TOLD = re.compile(r"  \d\d:\d\d:\d\d  ")


class Lines:
    """A stream whose lines a test can wait for."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[str] = SimpleQueue()
        self.said: list[str] = []

    def write(self, text: str) -> int:
        self._queue.put(text.rstrip("\n"))
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No person looks at it."""
        return False

    def wait_for(self, reached: Callable[[str], bool]) -> str:
        """The next line that is what the test waits for."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._queue.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                raise AssertionError("waited in vain; said so far:\n" + "\n".join(self.said)) from None
            self.said.append(line)
            if reached(line):
                return line

    def passes(self, reached: Callable[[], bool]) -> None:
        """Listen until something holds that is not said."""
        end = time.monotonic() + PATIENCE
        while not reached():
            with contextlib.suppress(Empty):
                self.said.append(self._queue.get(timeout=0.05))
            assert time.monotonic() < end, "waited in vain; said so far:\n" + "\n".join(self.said)

    def drain(self) -> list[str]:
        """Every line that has come and that nobody has waited for."""
        lines: list[str] = []
        while not self._queue.empty():
            lines.append(self._queue.get())
        self.said += lines
        return lines


@dataclass
class Newsroom:
    """One running program. Its clock stands still unless the test moves it."""

    studio: Studio
    lines: Lines = field(default_factory=Lines)
    service: Service | None = None
    ready: threading.Event = field(default_factory=threading.Event)
    publishes: int = 0
    """How often the site has changed."""
    _markers: int = 0

    @property
    def folders(self) -> Folders:
        return self.studio.folders

    @property
    def feeds(self) -> Path:
        return self.studio.folders.feeds

    @property
    def output(self) -> Path:
        return self.studio.folders.output

    def wait(self, *words: str) -> str:
        """Wait for a line that holds all these words."""
        return self.lines.wait_for(lambda line: all(word in line for word in words))

    def drop(self, name: str, text: str) -> None:
        """Put a file into feeds/, whole."""
        self.studio.drop(name, text)

    def settle(self) -> list[str]:
        """What was said, reasons left out, until a file dropped just now is published.

        Each of these files is older than the one before, so that no other page changes with the second.
        """
        before = len(self.lines.said)
        self._markers += 1
        day = dt.date(1999, 1, 1) - dt.timedelta(days=self._markers)
        name = f"marker-{self._markers}.txt"
        self.drop(name, f"Update {day:%d-%m-%Y}\n\n- Marker number {self._markers} at Alder.\n")
        self.wait(name, "published")
        told = (line for line in self.lines.said[before:] if _TOLD.match(line))
        return [line for line in told if "marker-" not in line]

    def page(self, key: str) -> str:
        """The page of an update as readers see it now."""
        return (self.output / key / "index.html").read_text("utf-8")

    def receipt(self, name: str) -> str:
        """The words of a receipt."""
        return (self.feeds / name).read_text("utf-8")

    def _run(self, pace: Pace) -> None:
        log = Log(self.lines)  # type: ignore[arg-type]
        publisher = Publisher(self.folders, lambda: self.studio.now, log, processes=1)
        self.service = Service(publisher, self.folders, lambda: self.studio.now, log)
        self.service.run(self._doors, lambda _: pace)
        publisher.close()

    @contextmanager
    def _doors(self) -> Iterator[Callable[[], None]]:
        def published() -> None:
            self.publishes += 1

        self.ready.set()
        yield published


@contextmanager
def running(
    root: Path, pace: Pace = QUICK, *, now: dt.datetime = NOON, config: str = ""
) -> Iterator[Newsroom]:
    """A program at work on the site at ``root``, until the end of the block."""
    studio = Studio(root, now=now, config=config) if config else Studio(root, now=now)
    room = Newsroom(studio)
    thread = threading.Thread(target=room._run, args=(pace,), name="newsroom")
    thread.start()
    try:
        assert room.ready.wait(PATIENCE), "the program did not get ready:\n" + "\n".join(room.lines.drain())
        yield room
    finally:
        if room.service:
            room.service.wakeups.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
