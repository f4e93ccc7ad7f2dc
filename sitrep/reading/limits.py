"""What is more than a file may hold, told before it costs anything: lines, updates, items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitrep.base.nouns import Problem, Reading, Source, Update
from sitrep.config.values import Limits
from sitrep.reading.split import Opening

_FEW, _SPARSE = 100, 80
"""Updates of a file that may be as short as they like; characters that each has in a longer one."""


def too_many_lines(source: Source, lines: Sequence[str], limits: Limits) -> Iterator[Problem]:
    """One error if there are more lines than are looked at: reading takes as long as there are lines."""
    if len(lines) > limits.lines:
        yield _problem(source, 1, f"{len(lines):,} lines", limits.lines, "lines")


def too_many_updates(source: Source, openings: Sequence[Opening], limits: Limits) -> Iterator[Problem]:
    """One error if a file would make more pages than it has words for, or than are made of one file."""
    count = sum(not opening.is_empty for opening in openings)
    if count > limits.updates:
        yield _problem(source, openings[0].line, f"{count:,} updates", limits.updates, "updates")
    elif count > _FEW and len(source.text) < _SPARSE * count:
        fact = f"{count:,} updates in {len(source.text):,} characters would be pages without words"
        remedy = f"write the texts under their dates, or drop {_FEW} dates a file"
        yield Problem(path=source.path, line=openings[0].line, fact=fact, remedy=remedy)


def too_many_items(source: Source, reading: Reading, limits: Limits) -> Iterator[Problem]:
    """One error if an update would make more entries of feeds than a subscriber can take."""
    if large := next((update for update in reading.updates if _pieces(update) > limits.items), None):
        what = "items and passages" if large.passages else "items"
        yield _problem(source, large.line, f"{_pieces(large):,} {what}", limits.items, "items")


def _pieces(update: Update) -> int:
    """Its items, and the passages beside them: each is a piece of its page."""
    return len(update.items) + len(update.passages)


def _problem(source: Source, line: int, said: str, most: int, key: str) -> Problem:
    fact = f"{said} are more than the limit of {most:,}"
    remedy = f"split it, or raise limits: {key}: in config.yaml"
    return Problem(path=source.path, line=line, fact=fact, remedy=remedy)
