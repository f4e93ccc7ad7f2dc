"""What an event says of items -> the items as known after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sitrep.base.nouns import EndedReport, Return, Revision, Withdrawal
from sitrep.base.values import replace
from sitrep.ledger.events import Event, FirstWording, Received, Rewording
from sitrep.ledger.known import KnownItem
from sitrep.text.similarity import same_words


def item_of(entry: FirstWording, seen: dt.datetime, published: dt.datetime) -> KnownItem:
    """An item as it first came out; one whose words were taken out of the ledger is forgotten."""
    forgotten = entry.text is None
    return KnownItem(
        number=entry.number,
        text=entry.text or "",
        front=entry.front,
        published=published,
        updated=published,
        seen=seen,
        withdrawn=Withdrawal(at=seen) if forgotten else None,
        forgotten=forgotten,
    )


def taken_back(items: dict[int, KnownItem], event: Event) -> dict[int, KnownItem]:
    """Those that the event says are gone, by number."""
    found = {}
    for number, front, into in event.gone:
        known = items.get(number) or lost(number, front, event)
        if _is_emptied(known):
            found[number] = replace(known, front=front, withdrawn=Withdrawal(at=event.at))
        elif not known.forgotten:
            taken = known.withdrawn or Withdrawal(at=event.at, reason=event.reason)
            opinion = number in event.opinion
            found[number] = replace(known, front=front, withdrawn=taken, into=into, opinion=opinion)
    return found


def brought_back(items: dict[int, KnownItem], event: Event) -> dict[int, KnownItem]:
    """Those that the event says stand again, by number."""
    found = {}
    for entry in event.back:
        known = items.get(entry.number) or lost(entry.number, entry.front, event)
        if entry.text is None and known.forgotten:
            found[entry.number] = replace(known, front=entry.front, withdrawn=Withdrawal(at=known.seen))
        if entry.text is not None and not known.forgotten:
            came = () if known.into is not None or known.to else returns_of(known.withdrawn, event)
            returns = (*known.returns, *came)
            known = replace(known, withdrawn=None, into=None, to="", front=entry.front, returns=returns)
            back = reworded(known, Rewording(entry.number, entry.text, False), event)
            found[entry.number] = replace(back, updated=max(back.updated, event.at))
    return found


def ended_reports(
    left: tuple[EndedReport, ...], items: Mapping[int, KnownItem], now: Iterable[KnownItem], event: Event
) -> tuple[EndedReport, ...]:
    """The reports known to have ended by items going to other fronts, the latest last, after one more event.

    ``items``: those before it. One that began again, be it for items that are gone with the event, has not.
    """
    stood = {front for number, front, _ in event.gone if number not in items or not items[number].withdrawn}
    ended = {report.front: report for report in left if report.front not in stood}
    ended |= {front: EndedReport(front, event.at, to) for front, to in event.left}
    live = {item.front for item in now}
    known = (report for report in ended.values() if report.to and report.front not in live)
    return tuple(sorted(known, key=lambda report: (report.at, report.front)))


def received_item(known: KnownItem, received: Received, place: str) -> KnownItem:
    """An item with the history it had where it came from; its words are the same.

    One that comes back to a ``place`` where it stood brings all of it along.
    """
    was_here = received.origin in (place, known.origin)
    return replace(
        known,
        origin="" if received.origin == place else received.origin,
        published=received.published,
        updated=received.updated,
        seen=received.seen,
        revisions=received.revisions if was_here else (*received.revisions, *known.revisions),
    )


def put_to(item: KnownItem, to: str | None, *, as_part: bool = False) -> KnownItem:
    """An item that stands elsewhere now (empty: nowhere; None: nothing new is said of it).

    Its id goes with it, but where it became part of another item.
    """
    if to is None:
        return item
    went = tuple(dict.fromkeys((*item.went, to))) if to else item.went
    return replace(item, to=to, went=went, into=item.into if as_part else None)


def lost(number: int, front: str, event: Event) -> KnownItem:
    """An item whose first record is missing: its number must not be given away again."""
    return KnownItem(number=number, text="", front=front, published=event.at, updated=event.at, seen=event.at)


def reworded(known: KnownItem, change: Rewording, event: Event) -> KnownItem:
    """An item in other words: a revision, unless nothing but signs and spaces is other."""
    text = change.text or ""
    updated = max(known.updated, event.at)
    if same_words(known.text, text):
        return replace(known, text=text, updated=updated)
    revision = Revision(
        at=event.at,
        before=known.text,
        after=text,
        correction=change.correction,
        reason=event.reason if change.correction else None,
    )
    return replace(known, text=text, updated=updated, revisions=(*known.revisions, revision))


def explained(items: dict[int, KnownItem], reason: str) -> dict[int, KnownItem]:
    """A reason given later belongs to the newest corrections that have none."""
    newest = max((r.at for i in items.values() for r in i.revisions if r.correction), default=None)
    return {
        number: replace(
            item,
            revisions=tuple(
                replace(r, reason=reason) if r.correction and r.at == newest and not r.reason else r
                for r in item.revisions
            ),
        )
        for number, item in items.items()
    }


def returns_of(taken: Withdrawal | None, event: Event) -> tuple[Return, ...]:
    """That it was published again; nothing of what had only moved."""
    if taken is None or taken.to:
        return ()
    return (Return(gone=taken.at, at=event.at, reason=taken.reason),)


def _is_emptied(item: KnownItem) -> bool:
    """True of an item whose words were taken out of the ledger by what is told further down in it."""
    return item.forgotten and item.withdrawn is not None and item.withdrawn.at == item.seen


def without_words(item: KnownItem, at: dt.datetime) -> KnownItem:
    """A forgotten item: its number and when it went, and nothing that it said."""
    taken = Withdrawal(at=item.withdrawn.at if item.withdrawn and not _is_emptied(item) else at)
    return replace(item, text="", revisions=(), returns=(), withdrawn=taken, into=None, forgotten=True)
