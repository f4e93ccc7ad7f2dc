"""What the ledger knows of an update's items and claims, and the update as it stands -> steps of claims."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sitrep.archive.claims import ClaimStep
from sitrep.base.claim import ClaimState, Pointer, Step
from sitrep.base.nouns import Item, Update, WithdrawnItem
from sitrep.base.values import replace
from sitrep.ledger.known import Told

_Part = tuple[Told, dt.datetime | None, str | None, bool]
"""When an item became part of a claim and left it, for which claim, and whether it had come from another."""
LATER = "later"
"""Named so, an item is part of a claim only because a later item speaks of it."""


def steps_of(
    update: Update,
    told: Iterable[Told],
    texts: Mapping[int, str],
    codes: Mapping[int, str],
    waiting: Iterable[Told] = (),
) -> tuple[ClaimStep, ...]:
    """The steps that items of an update are or were, by item and then by claim.

    ``texts``: one sentence of each standing item; ``codes``: what each is cited by; ``waiting``: those
    that name a claim which is not known.
    """
    by_number = defaultdict[int, list[Told]](list)
    for row in told:
        by_number[row.number].append(row)
    standing = {item.number: item for item in update.items}
    gone = {item.number: item for item in update.withdrawn_items}
    found: list[ClaimStep] = []
    for number, rows in sorted(by_number.items()):
        item, left = standing.get(number), gone.get(number)
        if not (left and left.to):  # Else it stands elsewhere, and its part in every claim went with it.
            said = texts.get(number, ""), codes.get(number, "")
            found += (_step(update, item, left, part, said) for part in _parts(rows))
    for row in waiting:
        there = Pointer(update=update.key, item=row.number)
        step = Step(there=there, state=ClaimState.OPEN, at=row.at, updated=row.at, front="")
        found.append(ClaimStep(claim="", named=row.named, step=step))
    return tuple(found)


def _step(
    update: Update, item: Item | None, left: WithdrawnItem | None, part: _Part, said: tuple[str, str]
) -> ClaimStep:
    """What an item that stands or has left is of a claim; ``said``: its sentence, and what it is cited by."""
    row, until, into, moved = part
    since = None if item else left.at if left else update.updated
    step = Step(
        there=Pointer(update=update.key, item=row.number),
        state=ClaimState(row.state),
        at=row.at,
        updated=max(row.at, (item and item.updated) or row.at),
        front=item.front if item else left.front if left else "",
        text=said[0] if until is None else "",
        places=_places(item),
        code=said[1],
        lang=update.lang,
        gone=until or since,
        into=into,
        plain=row.named == LATER,
        moved=moved,
    )
    return ClaimStep(claim=row.claim, named=row.named, step=step)


def _places(item: Item | None) -> tuple[str, ...]:
    if item is None:
        return ()
    return item.hearsay.places if item.hearsay and item.hearsay.places else item.places


def _parts(rows: list[Told]) -> Iterator[_Part]:
    """Each claim an item is or was part of."""
    last = rows[-1]
    seen = {last.claim}
    if last.claim:
        same = [last]
        for row in reversed(rows[:-1]):
            if (row.claim, row.state) != (last.claim, last.state):
                break
            same.append(row)
        since = replace(last, at=same[-1].at) if len(same) > 1 else last
        yield since, None, None, _came(last, rows)
    for place in range(len(rows) - 2, -1, -1):
        row = rows[place]
        if row.claim and row.claim not in seen:
            seen.add(row.claim)
            yield row, rows[place + 1].at, last.claim or None, _came(row, rows[:place])


def _came(row: Told, before: Iterable[Told]) -> bool:
    return any(other.claim not in ("", row.claim) for other in before)
