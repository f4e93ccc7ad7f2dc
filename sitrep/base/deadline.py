"""A limit of processor time for work in Python: it is broken off with an error, wherever it stands."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLongError(Exception):
    """The work took longer than it may."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TooLongError inside after so many seconds of this process's processor time; may be nested.

    Python's patterns and loops can be broken off so, a function in C that does not return cannot. Only the
    main thread can be told; in any other there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _break_off)
    # Again and again: an error may be raised where somebody expects one, and goes on.
    left, _ = signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, left, 0.1 if left else 0.0)
        signal.signal(signal.SIGPROF, before)


def _break_off(number: int, frame: FrameType | None) -> None:
    raise TooLongError
