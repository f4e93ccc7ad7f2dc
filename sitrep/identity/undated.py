"""Texts without a date, and updates that no dated text is -> which text is which update.

Such a text counts as of the day on which it came in. Only the ledger remembers that day, and only the
words tell to which text it belongs: never a file's name, its mtime or the clock.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sitrep.identity.update_keys import ALIKE, bag_of_words


class Known(NamedTuple):
    """A known update: its day and the words of its items."""

    day: dt.date
    items: tuple[str, ...]


def recognised(texts: Mapping[str, tuple[str, ...]], known: Iterable[Known]) -> dict[str, dt.date]:
    """The day of each text (by name: its items) that is a known update; new ones are left out.

    The most alike belong together, each update to one text; of equals the earlier day and the first
    name in alphabetical order. A text that says the same as another one, of which only one update is
    known, is that update too: it stands in two files.
    """
    bags = {name: bag_of_words(items) for name, items in texts.items()}
    updates = [(update, bag_of_words(update.items)) for update in known]
    scored = sorted(
        (-round(score, 6), update.day, name, place)
        for place, (update, bag) in enumerate(updates)
        for name in bags
        if (score := _likeness(bag, bags[name])) >= ALIKE
    )
    found: dict[str, dt.date] = {}
    taken: set[int] = set()
    for _, day, name, place in scored:
        if name not in found and place not in taken:
            found[name] = day
            taken.add(place)
    for score, day, name, _ in scored:
        if score == -1.0:
            found.setdefault(name, day)
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
