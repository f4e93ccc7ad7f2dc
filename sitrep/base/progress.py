"""What happened -> lines for a person at a terminal. The one door to rich."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")
_STYLES = (
    ("NOT published", "bold red"), (" NOT ", "bold red"), ("hint:", "dim"), ("error:", "red"),
    ("  published", "green"), ("  updated", "green"), ("  held", "yellow"), ("  draft", "yellow"),
    ("http://", "bold cyan"), ("https://", "bold cyan"),
)  # fmt: skip
"""What in a line is shown how: the first that stands in it."""
_NARROWEST = 40


def show(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Print lines; at a terminal in its width and with colour (none with NO_COLOR), elsewhere as they are."""
    stream = stream or sys.stdout
    if not stream.isatty():
        for line in lines:
            print(line, file=stream, flush=True)
        return
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for line in lines:
        for row in wrapped(line, console.width):
            console.print(
                row,
                style=None if console.no_color else _style(line),
                no_wrap=True,
                overflow="ignore",
                crop=False,
            )


def _style(line: str) -> str | None:
    return next((style for word, style in _STYLES if word in line), None)


def wrapped(line: str, width: int) -> list[str]:
    """A line in rows of a terminal, the further ones set in below the first. Nothing is lost or cut."""
    body = line.lstrip(" ")
    indent = len(line) - len(body)
    room = width - indent - 2
    if len(line) <= width or room < _NARROWEST // 2:
        return [line]
    rows = textwrap.wrap(body, width - indent, subsequent_indent="  ", break_long_words=False,
                         break_on_hyphens=False, drop_whitespace=True)  # fmt: skip
    return [" " * indent + row for row in rows]


def progress(steps: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The same steps, with a progress bar on standard error while a long build runs on a terminal."""
    if total < 500 or not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(steps, description=what, total=total, console=Console(stderr=True), transient=True)
