"""A month of changes -> the parts its page is cut into: closed ones from the oldest on, and the newest.

A part that is closed stays as it is whatever comes later, so a change costs the same after a thousand others.
The page of the month shows what no closed part does, at least ``EACH`` changes if there are so many: feeds
lead there, and a change stands there as long as it is among the newest.
"""

from __future__ import annotations

EACH = 100
"""Changes of a closed part."""


def closed(count: int) -> int:
    """How many closed parts a month with so many changes has."""
    return max(0, count // EACH - 1)


def begins(count: int, part: int) -> int:
    """How many changes of a month stand before those of a part, counted from 1; of the open one for 0."""
    return EACH * (part - 1 if part else closed(count))


def touched(before: int, after: int, same: int) -> range:
    """The closed parts that may not be what they were: there were and are so many, and the first ``same``
    changes of the month are what they were.

    The last one that stays names the next one, and so it changes with it.
    """
    moved = [same // EACH + 1, *([max(1, min(before, after))] if before != after else [])]
    return range(min(moved), max(before, after) + 1)
