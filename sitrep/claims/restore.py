"""An update as it is out with its part in claims, and what the ledger knows -> the events that it lacks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sitrep.archive.claims import ClaimStep
from sitrep.base.nouns import Update
from sitrep.base.values import replace
from sitrep.claims.steps import LATER
from sitrep.identity.restore import Lack
from sitrep.identity.restore import lacking as lacking_words
from sitrep.ledger.events import CLAIMED, ClaimMark, Event
from sitrep.ledger.known import KnownUpdate, Told


def lacking(kept: KnownUpdate | None, update: Update, steps: Iterable[ClaimStep]) -> Lack:
    """What the ledger lacks of an update that is out, or was. ``steps``: what its items are to claims."""
    if kept is not None and kept.forgotten:
        return Lack()
    steps = tuple(steps)
    stamps = {told.step.there.item: told.step.updated for told in steps if told.step.gone is None}
    lack = lacking_words(kept, update, stamps)
    claimed = tuple(_claimed(kept, update, steps))
    return replace(lack, events=(*lack.events, *claimed)) if claimed else lack


def _claimed(kept: KnownUpdate | None, update: Update, steps: Iterable[ClaimStep]) -> Iterator[Event]:
    """Which items became part of which claims, where that is later than what is known of these items.

    A claim that has another key by now is none the less known: only instants are compared.
    """
    known = {told.number: told.at for told in kept.claims} if kept else {}
    never = {item.number for item in kept.items if item.forgotten} if kept else set()
    rows: defaultdict[dt.datetime, list[ClaimMark]] = defaultdict(list)
    for told in _told(update, steps):
        if told.number not in never and (told.number not in known or told.at > known[told.number]):
            rows[told.at].append(ClaimMark(told.number, told.claim, told.state, told.named))
    for at, marks in sorted(rows.items()):
        yield Event(at=at, update=update.key, event=CLAIMED, claims=tuple(marks))


def _told(update: Update, steps: Iterable[ClaimStep]) -> Iterator[Told]:
    """What the items of an update were told to be part of, each from first to last."""
    by_number: defaultdict[int, list[ClaimStep]] = defaultdict(list)
    for claim_step in filter(lambda claim_step: claim_step.claim, steps):
        by_number[claim_step.step.there.item].append(claim_step)
    named = {item.number: item.claim or "" for item in update.items}
    gone = {item.number: item.at for item in update.withdrawn_items}
    for number, found in sorted(by_number.items()):
        found.sort(key=lambda claim_step: claim_step.step.at)
        yield from _of_item(number, found, named.get(number), gone.get(number))


def _of_item(
    number: int, found: Sequence[ClaimStep], named: str | None, gone: dt.datetime | None
) -> Iterator[Told]:
    """The rows of one item; ``named``: how its author names its claim now, or ``gone``: since when it is."""
    for place, claim_step in enumerate(found):
        step = claim_step.step
        now = named if named is not None and step.gone is None else claim_step.named
        name = LATER if step.plain else now
        yield Told(number=number, claim=claim_step.claim, state=step.state, named=name, at=step.at)
        after = found[place + 1].step.at if place + 1 < len(found) else None
        if step.gone and step.gone not in (after, gone):
            # It left the claim and was part of none for a while, or still is, or was until it was taken back.
            yield Told(number=number, claim="", state="", named="", at=step.gone)
