"""An update as it is out, and what the ledger knows of it -> the events that the ledger lacks.

A ledger put back from an old copy has forgotten what came out since. The archive tells it again: numbers,
stamps, wordings, departures and returns. It does not know the words of what is gone, nor those of a wording
that was given up without a trace; these are not made up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import reduce

from sitrep.base.nouns import Item, Update
from sitrep.base.values import Struct, replace
from sitrep.identity.item_ids import remains, stamped
from sitrep.identity.restored_events import events_of, stamp, translations_of
from sitrep.identity.revisions import head_digest
from sitrep.ledger.events import Event
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownItem, KnownUpdate
from sitrep.text.similarity import same_words


class Lack(Struct, frozen=True, kw_only=True):
    """What the ledger must be told so that it knows what is out."""

    events: tuple[Event, ...] = ()
    """Oldest first; what is forgotten comes last."""
    proven: bool = True
    """With these events it knows of the update just what is out."""

    @property
    def lacks(self) -> bool:
        """True if the ledger knows less than what is out."""
        return bool(self.events) or not self.proven


def lacking(kept: KnownUpdate | None, update: Update, stamps: Mapping[int, dt.datetime]) -> Lack:
    """What the ledger lacks of an update that is out, or was. ``kept``: what it knows.

    ``stamps``: when items last changed of themselves, or became part of a claim, as claims remember it.

    Nothing where it knows as much or more, and nothing of what it knows to be forgotten.
    """
    if kept is not None and kept.forgotten:
        return Lack()
    out = as_told(update, stamps, kept)
    if kept is not None and _is_newer(kept, out):
        return Lack(proven=_numbers(out) <= {item.number for item in kept.items})
    events = () if kept and says(kept, out) else tuple(events_of(kept, out))
    known = reduce(apply, events, kept)
    translated = tuple(translations_of(known, update))
    proven = known is not None and says(known, out)
    return Lack(events=(*events, *translated), proven=proven)


def _is_newer(kept: KnownUpdate, out: Update) -> bool:
    """True if the ledger knows of something later, or of something forgotten that is still out."""
    forgotten = {item.number for item in kept.items if item.forgotten}
    still = {item.number for item in out.items} | {
        gone.number for gone in out.withdrawn_items if not gone.forgotten
    }
    return kept.updated > stamp(out.updated) or not forgotten.isdisjoint(still)


def says(kept: KnownUpdate, out: Update) -> bool:
    """True if what is known of an update is what is out of it, claims and translations left aside."""
    if (kept.withdrawn is None) != (out.withdrawn is None):
        return False
    if out.withdrawn:
        return replace(remains(kept, source=out.source, line=out.line), translations=()) == out
    numbers = [item.number for item in out.items]
    if kept.order != tuple(numbers) or kept.words != head_digest(out):
        return False
    alike = all(
        same_words(known.text, item.text) for known, item in zip(kept.live_items, out.items, strict=True)
    )
    return alike and stamped(out, kept, numbers) == out


def as_told(update: Update, stamps: Mapping[int, dt.datetime], kept: KnownUpdate | None) -> Update:
    """An update by itself: without translations, and without what claims have added to its items."""
    known = {item.number: item for item in kept.items} if kept else {}
    own = {
        item.number: _own_stamp(item, update, stamps.get(item.number), known.get(item.number))
        for item in update.items
    }
    raised = [item.updated for item in update.items if item.updated and item.updated != own[item.number]]
    items = tuple(replace(item, followed=None, updated=own[item.number]) for item in update.items)
    updated = update.updated
    # Where words outside the items have changed, nothing but this tells when: no later than it says.
    unchanged = kept is None or kept.words == head_digest(update)
    if raised and updated == max(raised) and unchanged:
        gone = (item.at for item in update.withdrawn_items)
        back = (span.at for span in update.returns)
        updated = max(at for at in (update.published, *own.values(), *gone, *back) if at)
    return replace(update.with_items(items), updated=updated, translations=())


def _own_stamp(
    item: Item, update: Update, since: dt.datetime | None, known: KnownItem | None
) -> dt.datetime | None:
    """When an item itself last changed: claims only ever raise its stamp. ``since``: not later than that."""
    if item.followed is None or item.updated is None:
        return item.updated
    reworded = (revision.at for revision in item.revisions)
    back = (span.at for span in (*item.returns, *update.returns))
    happened = (at for at in (item.published, *reworded, *back) if at and at <= item.updated)
    least = max(happened, default=item.updated)
    if not item.origin:
        return least
    # What happened to it elsewhere, before it came here, is not told here.
    most = min(since or item.updated, item.updated)
    if known and known.origin == item.origin and least <= known.updated <= most:
        return known.updated
    return max(least, most)


def _numbers(out: Update) -> set[int]:
    return {item.number for item in out.items} | {gone.number for gone in out.withdrawn_items}
