"""Moves, and what is known of the updates between which they are -> the events that tell of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from sitrep.base.nouns import Revision
from sitrep.base.values import Struct, replace
from sitrep.identity.homecoming import first_id
from sitrep.identity.moves import Moves, Place
from sitrep.ledger.events import (
    CLAIMED,
    REINSTATED,
    REVISED,
    WITHDRAWN,
    ClaimMark,
    Departure,
    Event,
    FirstWording,
    Received,
    Relocation,
)
from sitrep.ledger.known import KnownUpdate, Told
from sitrep.ledger.places import most_went_to
from sitrep.text.similarity import is_spelling, same_words


class MovedEvents(Struct, frozen=True, kw_only=True):
    """The events of moves, each kind to be told before the next one is asked for."""

    moves: Moves
    had: Callable[[str], KnownUpdate]
    """What was known of an update before this publish; ``new`` says of which nothing was."""
    known: Callable[[str], KnownUpdate]
    """The same with everything that this publish has told so far."""
    new: Callable[[str], bool]
    withdraw: Callable[[str], Event]
    """The event by which an update as a whole is taken back."""
    at: dt.datetime
    """When this publish is (UTC)."""
    grace: dt.timedelta
    """How long after it came out new words are no correction."""

    def again(self) -> Iterator[Event]:
        """For what had been taken back, that it was, and that it is published again: in its new place."""
        for old, heir in self.moves.heirs.items():
            taken = self.had(old).withdrawn
            if taken:
                yield Event(at=taken.at, update=heir.key, event=WITHDRAWN, reason=taken.reason)
                yield Event(at=self.at, update=heir.key, event=REINSTATED)
        for (old, number), (key, new) in self.moves.items.items():
            kept = self.had(old)
            known = self.known(key)
            item, now = kept.item(number), known.item(new)
            taken = item.withdrawn or (kept.withdrawn if old not in self.moves.whole else None)
            if taken and item.into is None:
                out = (Departure(new, now.front, None),)
                yield Event(at=taken.at, update=key, event=REVISED, gone=out, reason=taken.reason)
                back = (FirstWording(new, now.front, now.text),)
                yield Event(at=self.at, update=key, event=REVISED, back=back, order=known.order)

    def received(self) -> Iterator[Event]:
        """For each update that items came to, where they came from."""
        rows: defaultdict[str, list[Received]] = defaultdict(list)
        for (old, number), (key, new) in self.moves.items.items():
            rows[key].append(self._row((old, number), (key, new)))
        before = {heir.key: old for old, heir in self.moves.heirs.items()}
        for key in sorted({*rows, *before}):
            known = self.known(key)
            event = Event(
                at=max(self.at, known.updated),
                update=key,
                event=REVISED,
                received=tuple(sorted(rows.get(key, ()), key=lambda row: row.number)),
            )
            if key in before:
                parent = self.had(before[key])
                event = replace(
                    event, origin=parent.origin or parent.key, published=parent.published, exact=parent.exact
                )
            elif self.new(key) and 2 * len(event.received) >= len(known.items):
                # Not new, whatever its date: most of it is out already.
                first = min(row.published for row in event.received)
                event = replace(event, published=min(first, known.published), exact=known.exact)
            yield event

    def _row(self, here: Place, there: Place) -> Received:
        """An item's history, and its new wording if that is another one."""
        old, new = self.had(here[0]).item(here[1]), self.known(there[0]).item(there[1])
        updated, revisions = old.updated, old.revisions
        if new.returns:
            updated = max(updated, self.at)
        if not same_words(old.text, new.text):
            at = max(self.at, old.updated + dt.timedelta(seconds=1))
            late = old.seen < self.at - self.grace
            wrong = late and not is_spelling(old.text, new.text)
            updated = at
            revisions += (Revision(at=at, before=old.text, after=new.text, correction=wrong),)
        return Received(
            number=new.number,
            origin=first_id(here[0], old),
            published=old.published,
            updated=updated,
            seen=old.seen,
            revisions=revisions,
        )

    def left(self) -> Iterator[Event]:
        """For each update that items went from, where to."""
        rows: defaultdict[str, list[Relocation]] = defaultdict(list)
        yield from self._parts()
        for (old, number), (key, new) in self.moves.items.items():
            rows[old].append(Relocation(number, f"{key}/{new}"))
        for old in (*self.moves.whole, *self.moves.parted):
            rows[old] += ()
        for old, moved in sorted(rows.items()):
            moved.sort()
            known = self.known(old)
            at = max(self.at, known.updated)
            if old not in self.moves.whole | self.moves.parted:
                yield Event(at=at, update=old, event=REVISED, moved=tuple(moved))
                continue
            event = self.withdraw(old)
            if known.withdrawn:
                event = replace(event, reason=known.withdrawn.reason)
            heir = self.moves.heirs.get(old)
            to = heir.key if heir else "" if old in self.moves.parted else most_went_to(moved)
            yield replace(event, to=to, heir=heir is not None, moved=tuple(moved))

    def _parts(self) -> Iterator[Event]:
        """Of what is gone and said elsewhere, by which item."""
        rows: defaultdict[str, list[tuple[int, Place]]] = defaultdict(list)
        for (old, number), there in sorted(self.moves.parts.items()):
            rows[old].append((number, there))
        for old, gone in rows.items():
            known = self.known(old)
            yield Event(
                at=max(self.at, known.updated),
                update=old,
                event=REVISED,
                gone=tuple(Departure(number, known.item(number).front, new) for number, (_, new) in gone),
                moved=tuple(Relocation(number, f"{key}/{new}") for number, (key, new) in gone if key != old),
            )

    def told(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        found: defaultdict[str, list[Told]] = defaultdict(list)
        for (old, number), (key, new) in self.moves.items.items():
            rows = [told for told in self.had(old).claims if told.number == number]
            found[key] += [replace(rows[-1], number=new)] if rows and rows[-1].claim else []
        yield from (
            (key, tuple(sorted(rows, key=lambda row: (row.at, row.number)))) for key, rows in found.items()
        )


def claim_events(told: Mapping[str, Iterable[Told]]) -> Iterator[Event]:
    """By key, what items that came were part of, as events."""
    for key, rows in sorted(told.items()):
        for row in rows:
            mark = ClaimMark(row.number, row.claim, row.state, row.named)
            yield Event(at=row.at, update=key, event=CLAIMED, claims=(mark,))
