"""What is to be done and when -> done, one thing after the other in a thread: no publish waits for it."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Job = TypeVar("Job")

REST = 15.0
"""Seconds after a fault that nobody thought of."""


class Worker(ABC, Generic[Job]):
    """A thread that does what is due and sleeps until something else is.

    What another thread changes, and what ``_jobs`` reads, is guarded by ``_change``; whoever adds a job
    notifies it.
    """

    def __init__(
        self,
        name: str,
        clock: Callable[[], float],
        *,
        may: Callable[[], bool] = lambda: True,
        rested: Callable[[], None] = lambda: None,
    ) -> None:
        """``name``: of the thread; ``clock``: seconds since 1970. ``may``: nothing is due while it is false;
        whoever makes it true calls ``look``. ``rested``: called in the thread after each job."""
        self._clock, self._may, self._rested = clock, may, rested
        self._change = threading.Condition()
        self._ended = self._busy = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    @abstractmethod
    def _jobs(self) -> Iterable[tuple[float, Job]]:
        """What is to be done, and not before when: of those that are due the first is done first."""

    @abstractmethod
    def _do(self, job: Job) -> None:
        """Do it, in the thread. Afterwards it is no job any more, or one that is due later."""

    def begin(self) -> None:
        """Start, if that has not begun. The program is not to be forked any more."""
        if self._thread.ident is None:
            self._thread.start()

    def idle(self, seconds: float) -> bool:
        """Wait until there is nothing to do at this moment, so many seconds at most; True if so."""
        with self._change:
            return self._change.wait_for(lambda: not self._busy and self._due() is None, seconds)

    def look(self) -> None:
        """Look again at the clock, and whether anything may be done."""
        with self._change:
            self._change.notify_all()

    def end(self) -> None:
        """Begin nothing more. Does not wait for what is under way."""
        with self._change:
            self._ended = True
            self._change.notify_all()

    def _due(self) -> Job | None:
        if not self._may():
            return None
        now = self._clock()
        return next((job for at, job in self._jobs() if at <= now), None)

    def _work(self) -> None:
        while not self._ended:
            try:
                if (job := self._next()) is not None:
                    self._do(job)
            except Exception:  # Its own record cannot be read or kept: the thread outlives a full disk.
                with self._change:
                    self._change.wait(REST)
            finally:
                with self._change:
                    self._busy = False
                    self._change.notify_all()
                self._rested()

    def _next(self) -> Job | None:
        """The next job, once it is due; None at the end."""
        with self._change:
            while not self._ended:
                if (job := self._due()) is not None:
                    self._busy = True
                    return job
                next_time = min((at for at, _ in self._jobs()), default=None) if self._may() else None
                self._change.wait(None if next_time is None else max(0.0, next_time - self._clock()))
        return None
