"""What the ledger knows of an update's items and claims, and the update as it stands -> steps of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from sitrep.archive.claims import ClaimStep
from sitrep.base.claim import ClaimState, Pointer, Step
from sitrep.base.nouns import Item, Update
from sitrep.base.values import replace
from sitrep.ledger.known import Told

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
    by_number: dict[int, list[Told]] = {}
    for row in told:
        by_number.setdefault(row.number, []).append(row)
    standing = {item.number: item for item in update.items}
    gone = {item.number: item for item in update.withdrawn_items}
    found: list[ClaimStep] = []
    for number, rows in sorted(by_number.items()):
        item, left = standing.get(number), gone.get(number)
        if left and left.to:
            continue  # It stands elsewhere, and its part in every claim went with it.
        front = item.front if item else left.front if left else ""
        since = None if item else left.at if left else update.updated
        for row, until, into, moved in _parts(rows):
            step = Step(
                there=Pointer(update=update.key, item=number),
                state=ClaimState(row.state),
                at=row.at,
                updated=_updated(item, row.at),
                front=front,
                text=texts.get(number, "") if until is None else "",
                places=_places(item),
                code=codes.get(number, ""),
                lang=update.lang,
                gone=until or since,
                into=into,
                plain=row.named == LATER,
                moved=moved,
            )
            found.append(ClaimStep(claim=row.claim, named=row.named, step=step))
    for row in waiting:
        there = Pointer(update=update.key, item=row.number)
        step = Step(there=there, state=ClaimState.OPEN, at=row.at, updated=row.at, front="")
        found.append(ClaimStep(claim="", named=row.named, step=step))
    return tuple(found)


def _places(item: Item | None) -> tuple[str, ...]:
    if item is None:
        return ()
    return item.hearsay.places if item.hearsay and item.hearsay.places else item.places


def _updated(item: Item | None, at: dt.datetime) -> dt.datetime:
    return max(at, item.updated) if item and item.updated else at


def _parts(rows: list[Told]) -> Iterator[tuple[Told, dt.datetime | None, str | None, bool]]:
    """Each claim an item is or was part of: since when, until when, into which claim it went, and whether it
    came from another one.
    """
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
