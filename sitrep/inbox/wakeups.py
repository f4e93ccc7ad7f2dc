"""Hints from events, signals and other threads -> one loop that hears those of a burst together."""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue

EVERYWHERE = ""
"""A hint that names no path: look at the whole folder."""

MOST_HINTS = 5_000
"""Hints from which on a look at the whole folder costs less than one at each path."""

ECHO, BURST, LONGEST = 0.001, 0.02, 1.0
"""Seconds: for the events of one save to arrive, for the next file of a burst, for a burst as a whole."""


class WakeUps:
    """What wakes the watcher. May be rung from any thread and from signal handlers."""

    def __init__(self) -> None:
        self._hints: SimpleQueue[str] = SimpleQueue()
        self.stopped = False
        self._whole = self._again = self._believe = False

    def ring(self, hint: str = EVERYWHERE) -> None:
        """Something may have changed: at this path (as the system knows it), or anywhere."""
        if self._hints.qsize() < MOST_HINTS:
            self._hints.put(hint)
        else:
            self._whole = True

    def again(self, *, believe: bool = False) -> None:
        """The next look is to be at the whole folder; ``believe``: what is missing is gone, without grace."""
        self._again, self._believe = True, self._believe or believe
        self._hints.put(EVERYWHERE)

    def forget_again(self) -> tuple[bool, bool]:
        """Whether ``again`` was called since the last time this was asked, and with ``believe``."""
        asked = self._again, self._believe
        self._again = self._believe = False
        return asked

    @property
    def more(self) -> bool:
        """True if something has been heard of that no look was taken at yet."""
        return self._whole or not self._hints.empty()

    def stop(self) -> None:
        """End the watching."""
        self.stopped = True
        self._hints.put(EVERYWHERE)

    def hear(self, patience: float) -> set[str]:
        """Hints that came within ``patience`` seconds, those of one burst together; empty if none did."""
        try:
            heard = {self._hints.get(timeout=max(patience, 0.0))}
        except Empty:
            return {EVERYWHERE} if self._forget_whole() else set()
        end = time.monotonic() + LONGEST
        while not self.stopped and len(heard) < MOST_HINTS and time.monotonic() < end:
            try:
                heard.add(self._hints.get(timeout=ECHO if len(heard) == 1 else BURST))
            except Empty:
                break
        if self._forget_whole():
            heard.add(EVERYWHERE)
        return heard

    def _forget_whole(self) -> bool:
        if self._whole:  # One that is rung between these two lines is answered by the same look.
            self._whole = False
            return True
        return False
