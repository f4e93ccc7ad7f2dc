"""What happened -> lines for a person at a terminal. The one door to rich."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def progress(steps: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The same steps, with a progress bar on standard error while a long build runs on a terminal."""
    if total < 500 or not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(steps, description=what, total=total, console=Console(stderr=True), transient=True)
