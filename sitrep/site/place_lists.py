"""Places that are named -> the parts that their list is cut into, in the order of letters: light pages."""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.text.gzip_weight import Packed
from sitrep.text.spelling import fold

_ROOM, _LINE = 6_800, 9
"""Bytes, compressed, that a part may hold of names; and those of a line beside its name, which stands in the
line's address as well."""


def place_lists(names: Iterable[str], *, room: float = _ROOM) -> tuple[tuple[str, ...], ...]:
    """The names of each part; there is one at least, and of most sites no more.

    Cut by the names alone, so that pages and plan agree.
    """
    made: list[list[str]] = [[]]
    left, packed = room, Packed()
    for name in sorted(names, key=lambda name: (fold(name), name)):
        weight = _LINE + packed.text(name)
        if made[-1] and weight > left:
            made.append([])
            left, packed = room, Packed()
        made[-1].append(name)
        left -= weight
    return tuple(map(tuple, made))
