"""Weights of a month's entries -> closed archive parts and the window of the current feed (RFC 5005).

A *unit* is what is never cut: the entries of one update in one feed. Parts fill from the oldest unit
of their month, so what was cut stays cut when something new arrives; a late unit moves only its month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sitrep.archive.updates import UpdateOutline
from sitrep.base.changes import Change
from sitrep.base.values import Struct

_REACH, _FOUND = 36_000, 0.9
"""Bytes of texts that lie in gzip's window (32 KB with their markup), and the part of a phrase it saves."""
LEAST = 10
"""Entries that a feed has whatever their days: a site that writes seldom is read too."""
_MONTH = 31
"""Days."""
HEAD = 4_000
"""Bytes left free for the head of a feed."""


class Unit(Struct, frozen=True, kw_only=True):
    """The entries of one update in one feed, without their words; or one change."""

    name: str
    """Key of the update; in the feed of changes, the place in its month."""
    month: str
    """In which it came out (UTC)."""
    log: str
    """Sorts the units of a feed, oldest first."""
    day: dt.date
    """On which it came out (UTC)."""
    weight: int
    """Bytes in any format, at most."""
    updated: int
    """Seconds since 1970 (UTC) of the latest ``updated``."""
    outline: UpdateOutline | None = None
    """None for a change."""
    older: str | None = None
    """Key of the update before, if that is of the same month."""
    change: Change | None = None


class RecentWords:
    """What the latest units of a feed have said: gzip finds it again, if it lies not too far back."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}
        self._place = 0

    def packed(self, outline: UpdateOutline) -> int:
        """About so many bytes are left of the next unit."""
        prints = [outline.prints[at : at + 4] for at in range(0, len(outline.prints), 4)]
        again, near = 0, self._place - _REACH
        for phrase in prints:
            again += self._places.get(phrase, near) > near
            self._places[phrase] = self._place + 1
        self._place += outline.size
        return round(outline.packed * (1 - _FOUND * again / len(prints))) if prints else outline.packed


def cuts(weights: Sequence[int], limit: int) -> tuple[int, ...]:
    """Where each part of a month begins, as indexes into its units, oldest first.

    A part ends when the next unit would make it heavier than ``limit``; a heavier unit stands alone.
    """
    begins, filled = [0] if weights else [], 0
    for index, weight in enumerate(weights):
        if index > begins[-1] and filled + weight > limit:
            begins.append(index)
            filled = 0
        filled += weight
    return tuple(begins)


def part_limit(cap: int, days: int) -> int:
    """Weight of an archive part, for feeds of ``cap`` bytes: older entries shall fit beside an open part.

    Where the window is shorter than a month parts are as much smaller: what stands in an open part is in the
    current feed however old it is, and so is written at every drop.
    """
    return (cap - HEAD) * 2 // 3 * min(days, _MONTH) // _MONTH


def part_name(month: str, index: int) -> str:
    """``2024-12``, ``2024-12-2``, ... for index 0, 1, ..."""
    return f"{month}-{index + 1}" if index else month


def fill(
    open_part: Sequence[Unit], older: Iterable[Unit], *, cap: int, days: int, by_item: bool = False
) -> tuple[Unit, ...]:
    """The units of the current feed, newest first: the open part, and older ones while there is room.

    ``older`` comes newest first. Days count back from the newest unit, and only beyond ``LEAST`` entries, one
    of each unit or of each of its items. A unit that would not fit by itself takes half of the room, so that
    others stand beside it.
    """

    def entries(unit: Unit) -> int:
        return unit.outline.items if by_item and unit.outline else 1

    room = cap - HEAD

    def takes(unit: Unit) -> int:
        return unit.weight if unit.weight <= room else room // 2

    chosen = list(reversed(open_part))
    filled, shown = sum(map(takes, chosen)), sum(map(entries, chosen))
    for unit in older:
        filled += takes(unit)
        late = chosen[0].day - unit.day >= dt.timedelta(days=days)
        if filled > room or (late and shown >= LEAST):
            break
        shown += entries(unit)
        chosen.append(unit)
    return tuple(chosen)
