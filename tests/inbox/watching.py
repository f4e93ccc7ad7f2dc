"""A real folder under the real watcher, asked for its next look: what the tests of watching share."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sitrep.inbox.scan import Look
from sitrep.inbox.wakeups import WakeUps
from sitrep.inbox.watch import Pace, WatchNotice, changes

PATIENCE = 20.0
"""Seconds until a test gives up waiting for what it waits for."""

QUICK = Pace(settle=0.2, rescan=3600.0, grace=3600.0, tick=0.02, patience=3600.0)
"""Nothing comes by timer: what is seen is seen through events."""


@dataclass
class Watched:
    """A watcher that is drawn from by the test; ``looks`` and ``notices`` are what it gave so far."""

    feeds: Path
    wakeups: WakeUps
    stream: Generator[Look | WatchNotice | None, None, None]
    looks: list[Look] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def draw(self) -> Look | WatchNotice | None:
        """The next thing the watcher gives."""
        given = next(self.stream)
        if isinstance(given, Look):
            self.looks.append(given)
        elif isinstance(given, WatchNotice):
            self.notices.append(given.text)
        return given

    def until(self, reached: Callable[[], bool]) -> None:
        """Draw until something holds; fail if it does not come to hold."""
        end = time.monotonic() + PATIENCE
        while not reached():
            self.draw()
            assert time.monotonic() < end, f"waited in vain; looks: {self.looks}, notices: {self.notices}"

    def look(self) -> Look:
        """The next look at something."""
        before = len(self.looks)
        self.until(lambda: len(self.looks) > before)
        return self.looks[before]

    def notice(self, word: str) -> None:
        """Wait for a notice that holds a word."""
        self.until(lambda: any(word in text for text in self.notices))

    def settle(self) -> set[str]:
        """Paths handed on until a file dropped just now has been, that one left out."""
        marker = self.feeds / f"marker {len(self.looks)}.txt"
        before = len(self.looks)
        marker.write_text("x")
        self.until(lambda: marker.name in self.seen(before))
        return self.seen(before) - {marker.name}

    def seen(self, since: int = 0) -> set[str]:
        """Paths of all looks from one on."""
        return {one.path for look in self.looks[since:] for one in look.found}


@contextmanager
def watched(feeds: Path, pace: Pace = QUICK, known: Mapping[str, str] | None = None) -> Iterator[Watched]:
    """A watcher on a folder that has had its first look and listens."""
    wakeups = WakeUps()
    stream = changes(feeds, pace, wakeups, known=known)
    watcher = Watched(feeds, wakeups, stream)
    try:
        watcher.look()
        while watcher.draw() is not None:
            pass
        yield watcher
    finally:
        wakeups.stop()
        stream.close()


TEXT = "Update 06-12-2024\n\n- The road is open.\n"


def write(path: Path) -> None:
    path.write_text(TEXT)


def save_atomically(path: Path) -> None:
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(TEXT)
    temporary.replace(path)


def named(name: str) -> Callable[[Look], bool]:
    return lambda look: any(one.path == name for one in look.found)
