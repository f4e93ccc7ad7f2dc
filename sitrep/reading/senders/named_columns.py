"""The rows of a table, or of values parted by commas or tabs -> the cells that name who sent each.

Lists of those who were killed or freed have columns of names as well. So a column tells of senders by its
head ("Reporter"), or because names in it stand beside the hours of messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.senders.people import Known, bare_name, seems_person
from sitrep.reading.words import words_of
from sitrep.text.spelling import fold

_PARTS = ("|", "\t", ";", ",")
_HEADS = frozenset(map(fold, words_of("senders")["heads"].split("|")))
_CLOCK = lazy_pattern(
    r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4},?[\sT])?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?$"
)
_REACHED = lazy_pattern(r"\+?\d[\d ()/-]{6,18}$|[^\s@]{1,60}@[^\s@]{3,60}$")
"""A number or an address at which somebody is reached: nobody's name, and a person's all the same."""
_MARKS = ' \t"*_-–•>'
"""Around a value, or before a row."""
_INITIALS = 5
"""Capitals at most that stand for a body: SANA, which is a given name as well."""
_FEWEST = 2


class NamedCells(NamedTuple):
    """Cells of a line, by their columns, and the sign that parts them."""

    at: int
    """The line, counted from 0."""
    part: str
    columns: Sequence[int]


def cells_of_senders(lines: Sequence[str], wanted: Collection[int], known: Known) -> Iterator[NamedCells]:
    """The cells of ``wanted`` lines, counted from 0, that seem to tell who sent their rows."""
    for part in _PARTS:
        for parted, run in groupby(sorted(wanted), key=lambda at: part in lines[at]):
            rows = {at: [cell.strip(_MARKS) for cell in lines[at].split(part)] for at in run if parted}
            columns = _columns(list(rows.values()), known)
            for at, cells in rows.items() if columns else ():
                named = [n for n, cell in enumerate(cells) if n in columns and _tells(cell, known)]
                if named:
                    yield NamedCells(at, part, named)


def without_cells(line: str, named: NamedCells) -> str:
    """The row with nothing in these cells."""
    cells = line.split(named.part)
    for column in named.columns:
        cells[column] = " " if named.part == "|" else ""
    return named.part.join(cells)


def _columns(rows: Sequence[Sequence[str]], known: Known) -> frozenset[int]:
    """Those with the head of one of senders, and those with names where hours are told."""
    headed = [n for n, cell in enumerate(rows[0]) if fold(cell) in _HEADS] if len(rows) > 1 else []
    timed = [cells for cells in rows if any(map(_CLOCK.match, cells))]
    named = Counter(n for cells in timed for n, cell in enumerate(cells) if _is_named(cell, known))
    return frozenset((*headed, *(n for n, rows_with in named.items() if rows_with >= _FEWEST)))


def _tells(cell: str, known: Known) -> bool:
    return bool(_REACHED.match(cell)) or _is_named(cell, known)


def _is_named(cell: str, known: Known) -> bool:
    name = bare_name(cell)
    initials = cell.isupper() and len(cell) <= _INITIALS
    return not initials and seems_person(name) and fold(name) not in known()
