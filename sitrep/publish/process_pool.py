"""Work shared among processes that are forked for it, and end with it or with the one that forked them.

A program that is killed outright cannot tell its helpers; left alone, they would go on writing, and would
hold the site's lock for ever. So each of them watches a pipe that closes when the program ends.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.pool import Pool
from typing import Any


@contextmanager
def process_pool(processes: int, begin: Callable[..., None] | None = None, *values: Any) -> Iterator[Pool]:
    """A pool of forked processes, each of which has called ``begin`` with these values; ended on leaving."""
    watched, held = os.pipe()
    try:
        with get_context("fork").Pool(processes, _begin, (watched, held, begin, values)) as pool:
            yield pool
    finally:
        os.close(held)
        os.close(watched)


def _begin(watched: int, held: int, begin: Callable[..., None] | None, values: tuple[Any, ...]) -> None:
    os.close(held)
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()
    if begin:
        begin(*values)


def _end_with(watched: int) -> None:
    os.read(watched, 1)
    os._exit(1)
