"""Work shared among processes that are forked for it, and end with it or with the one that forked them.

A program that is killed outright cannot tell its helpers; left alone, they would go on writing, and would
hold the site's lock for ever. So each of them watches a pipe that closes when the program ends.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem

_own: list[Any] = []
"""What the work of this process is done with, in a process that was forked; empty in any other."""


@contextmanager
def process_pool(processes: int, own: Any = None) -> Iterator[Executor]:
    """A pool of forked processes, each of which has its copy of ``own``; ended on leaving.

    ``own`` is inherited, not sent: it may be large, and need not be such as can be sent. Raises SiteError
    where one of them is ended from outside: what it was at is not done, and nobody waits for it. Where the
    system lets none work together (no /dev/shm for this user: sem_overview(7)) the work is done here.
    """
    watched, held = os.pipe()
    pool: Executor = _Here()
    with contextlib.suppress(OSError, NotImplementedError):
        pool = ProcessPoolExecutor(processes, get_context("fork"), _begin, (watched, held, own))
    try:
        with _owning(own) if isinstance(pool, _Here) else contextlib.nullcontext():
            yield pool
    except BrokenProcessPool as fault:
        raise SiteError(
            Problem(
                path="sitegen",
                fact="a process that helped with it was ended from outside, perhaps for want of memory",
                remedy="publish again; what was done stays done",
            )
        ) from fault
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        os.close(held)
        os.close(watched)
        pool.shutdown()


def with_own(work: Callable[..., Any], *sent: Any) -> Any:
    """What ``work`` makes of this process's own and of what was sent to it; called in a pool's process."""
    return work(_own[0], *sent)


class _Here(Executor):
    """Does the work in this process, one piece as each is asked for."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done = Future[Any]()
        done.set_result(fn(*args, **kwargs))
        return done

    def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **pace: Any) -> Iterator[Any]:
        return map(fn, *iterables)


@contextmanager
def _owning(own: Any) -> Iterator[None]:
    before, _own[:] = list(_own), [own]
    try:
        yield
    finally:
        _own[:] = before


def _begin(watched: int, held: int, own: Any) -> None:
    os.close(held)
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()
    _own[:] = [own]


def _end_with(watched: int) -> None:
    os.read(watched, 1)
    os._exit(1)
