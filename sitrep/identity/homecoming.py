"""An update that comes back to a date it was put away from -> its old key and numbers, as events.

A wrong date put right again must lead to the address that it had: links to it are out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sitrep.base.nouns import Update
from sitrep.identity.revisions import head_digest
from sitrep.ledger.events import REINSTATED, REVISED, Departure, Event, FirstWording, Relocation, Rewording
from sitrep.ledger.known import KnownItem, KnownUpdate

_STEPS = 50
"""Dates an update may have been put to one after the other."""


def leads_to(kept: KnownUpdate, key: str, known: Callable[[str], KnownUpdate | None]) -> bool:
    """True if an update stands under ``key`` now, having gone from date to date as a whole."""
    update: KnownUpdate | None = kept
    for _ in range(_STEPS):
        if update is None or update.withdrawn is None or not update.withdrawn.heir:
            return False
        if update.withdrawn.to == key:
            return True
        update = known(update.withdrawn.to)
    return False


def come_home(
    home: KnownUpdate, left: KnownUpdate, update: Update, ids: Mapping[int, str], now: dt.datetime
) -> tuple[tuple[Event, ...], dict[int, int]]:
    """The events that put an update back under its old key, and the number of each of its items there.

    ``update`` is what it says now; ``ids`` tells of its items, by number, what they first came out as.
    Items have the numbers they had there; others get the next free ones. What was taken out of it while it
    was away, in ``left``, is gone there and not here as well.
    """
    numbers = _numbers(home, update, ids)
    kept = {item.number: item for item in home.items}
    away = {first_id(left.key, item): f"{left.key}/{item.number}" for item in left.items}
    gone = [item for item in home.items if not item.withdrawn and item.number not in numbers.values()]
    texts = [(numbers[item.number], item.front, item.text) for item in update.items]
    at = max(now, home.updated + dt.timedelta(seconds=1))
    words = head_digest(update)
    revised = Event(
        at=at,
        update=home.key,
        event=REVISED,
        words=words if words != home.words else "",
        items=tuple(FirstWording(*row) for row in texts if row[0] not in kept),
        changed=tuple(
            Rewording(number, text, False)
            for number, _, text in texts
            if number in kept and kept[number].text != text and not kept[number].withdrawn
        ),
        back=tuple(FirstWording(*row) for row in texts if row[0] in kept and kept[row[0]].withdrawn),
        gone=tuple(Departure(item.number, item.front, None) for item in gone),
        moved=tuple(
            Relocation(item.number, away[first_id(home.key, item)])
            for item in gone
            if first_id(home.key, item) in away
        ),
        order=tuple(number for number, _, _ in texts),
        fronts=tuple((n, to) for n, to, _ in texts if n in kept and kept[n].front != to),
    )
    return (Event(at=at, update=home.key, event=REINSTATED), revised), numbers


def _numbers(home: KnownUpdate, update: Update, ids: Mapping[int, str]) -> dict[int, int]:
    """The number of each item at home: the one it had there, else the next free one."""
    there = {first_id(home.key, item): item for item in home.items if not item.forgotten}
    numbers: dict[int, int] = {}
    free = home.used
    for item in update.items:
        known = there.get(ids.get(item.number, ""))
        free += known is None
        numbers[item.number] = known.number if known else free
    return numbers


def first_id(key: str, item: KnownItem) -> str:
    """What an item of the update of that key first came out as: ``2024-12-05/3``."""
    return item.origin or f"{key}/{item.number}"
