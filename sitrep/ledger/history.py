"""Events of the ledger -> what is known of each update: a pure fold.

``apply`` takes one more event into account. It is total: events that a merge of two ledgers has
doubled or crossed change nothing twice and raise nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from sitrep.base.nouns import Return, Revision, Withdrawal
from sitrep.base.values import replace
from sitrep.ledger.events import (
    CLAIMED,
    FORGOTTEN,
    KINDS,
    PUBLISHED,
    REINSTATED,
    RESERVED,
    REVISED,
    TRANSLATED,
    UNREADABLE,
    WITHDRAWN,
    ClaimMark,
    Event,
    FirstWording,
    Received,
    Rewording,
)
from sitrep.ledger.known import KnownItem, KnownTranslation, KnownUpdate, Told
from sitrep.text.similarity import same_words


def fold(events: Iterable[Event]) -> dict[str, KnownUpdate]:
    """What is known of each update after these events, by key, in order of first mention."""
    known: dict[str, KnownUpdate] = {}
    for event in events:
        if event.event in KINDS:
            known[event.update] = apply(known.get(event.update), event)
    return known


def apply(kept: KnownUpdate | None, event: Event) -> KnownUpdate:
    """What is known of an update after one more event. The event's kind must be a known one."""
    if kept is None:
        if event.event == PUBLISHED:
            return _first(event)
        kept = KnownUpdate(key=event.update, published=event.at, updated=event.at, seen=event.at)
    if kept.forgotten:
        return replace(kept, used=max(kept.used, event.highest))
    return _STEPS[event.event](kept, event)


def _first(event: Event) -> KnownUpdate:
    published = event.published or event.at
    items = {entry.number: _item(entry, event.at, published) for entry in event.items}
    items |= {e.number: _item(e, event.at, published) for e in event.items if e.text is None}
    return KnownUpdate(
        key=event.update,
        published=published,
        updated=published,
        seen=event.at,
        exact=event.exact,
        words=event.words,
        reasons=(event.reason,) if event.reason else (),
        items=tuple(items[number] for number in sorted(items)),
        order=tuple(number for number, item in items.items() if not item.forgotten),
        used=max(items, default=0),
    )


def _item(entry: FirstWording, seen: dt.datetime, published: dt.datetime) -> KnownItem:
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


def _published_again(kept: KnownUpdate, event: Event) -> KnownUpdate:
    """Two machines published the update; the earliest stamp stands, items of both are kept."""
    published = event.published or event.at
    items = {item.number: item for item in kept.items}
    order = list(kept.order)
    for entry in event.items:
        known = items.get(entry.number)
        if known is None:
            items[entry.number] = _item(entry, event.at, published)
            order += [entry.number] if entry.text is not None else []
        elif published < known.published:
            items[entry.number] = replace(known, published=published, seen=min(known.seen, event.at))
    earlier = published < kept.published
    return _with_items(
        kept,
        items,
        order,
        published=min(kept.published, published),
        exact=event.exact if earlier else kept.exact,
        seen=min(kept.seen, event.at),
        words=kept.words or event.words,
    )


def _revised(kept: KnownUpdate, event: Event) -> KnownUpdate:
    items = {item.number: item for item in kept.items}
    for change in event.changed:
        known = items.get(change.number) or _lost(change.number, "", event)
        if change.text is not None and not known.forgotten:
            items[change.number] = _reworded(known, change, event)
    for entry in event.items:
        items.setdefault(entry.number, _item(entry, event.at, event.at))
    items |= _taken_back(items, event)
    items |= _brought_back(items, event)
    parts = {number for number, _, into in event.gone if into is not None}
    items |= {
        number: _put_to(items[number], to, as_part=number in parts)
        for number, to in event.moved
        if number in items
    }
    items |= {
        received.number: _received(items[received.number], received, f"{kept.key}/{received.number}")
        for received in event.received
        if received.number in items
    }
    order = list(kept.order if event.order is None else event.order)
    order += [e.number for e in (*event.back, *event.items)]
    changed_items = event.changed or event.items or event.gone or event.back
    if event.reason and not changed_items:
        items = _explained(items, event.reason)
    revised = _with_items(
        kept,
        items,
        order,
        words=event.words or kept.words,
        reasons=(*kept.reasons, event.reason) if event.reason else kept.reasons,
        updated=max(kept.updated, event.at) if changed_items or event.words else kept.updated,
    )
    return _relocated(revised, event)


def _taken_back(items: dict[int, KnownItem], event: Event) -> dict[int, KnownItem]:
    found = {}
    for number, front, into in event.gone:
        known = items.get(number) or _lost(number, front, event)
        if _is_emptied(known):
            found[number] = replace(known, front=front, withdrawn=Withdrawal(at=event.at))
        elif not known.forgotten:
            taken = known.withdrawn or Withdrawal(at=event.at, reason=event.reason)
            opinion = number in event.opinion
            found[number] = replace(known, front=front, withdrawn=taken, into=into, opinion=opinion)
    return found


def _brought_back(items: dict[int, KnownItem], event: Event) -> dict[int, KnownItem]:
    found = {}
    for entry in event.back:
        known = items.get(entry.number) or _lost(entry.number, entry.front, event)
        if entry.text is None and known.forgotten:
            found[entry.number] = replace(known, front=entry.front, withdrawn=Withdrawal(at=known.seen))
        if entry.text is not None and not known.forgotten:
            came = () if known.into is not None or known.to else _return(known.withdrawn, event)
            returns = (*known.returns, *came)
            known = replace(known, withdrawn=None, into=None, to="", front=entry.front, returns=returns)
            back = _reworded(known, Rewording(entry.number, entry.text, False), event)
            found[entry.number] = replace(back, updated=max(back.updated, event.at))
    return found


def _received(known: KnownItem, received: Received, place: str) -> KnownItem:
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


def _relocated(kept: KnownUpdate, event: Event) -> KnownUpdate:
    """An update that is another one under a new date, or that stands under another date now."""
    if event.published:
        exact, updated = event.exact, max(kept.updated, event.at, event.published)
        origin = "" if event.origin == kept.key else event.origin
        return replace(kept, origin=origin, published=event.published, updated=updated, exact=exact)
    if event.to and kept.withdrawn:
        taken = replace(kept.withdrawn, to=event.to, heir=event.heir)
        return replace(kept, withdrawn=taken, went=_went(kept, event))
    return kept


def _went(kept: KnownUpdate, event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept.went, event.to))) if event.to and event.heir else kept.went


def _put_to(item: KnownItem, to: str | None, *, as_part: bool = False) -> KnownItem:
    """An item that stands elsewhere now (empty: nowhere; None: nothing new is said of it).

    Its id goes with it, but where it became part of another item.
    """
    if to is None:
        return item
    went = tuple(dict.fromkeys((*item.went, to))) if to else item.went
    return replace(item, to=to, went=went, into=item.into if as_part else None)


def _lost(number: int, front: str, event: Event) -> KnownItem:
    """An item whose first record is missing: its number must not be given away again."""
    return KnownItem(number=number, text="", front=front, published=event.at, updated=event.at, seen=event.at)


def _reworded(known: KnownItem, change: Rewording, event: Event) -> KnownItem:
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


def _explained(items: dict[int, KnownItem], reason: str) -> dict[int, KnownItem]:
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


def _withdrawn(kept: KnownUpdate, event: Event) -> KnownUpdate:
    fronts, moved = dict(event.fronts), dict(event.moved)
    at = kept.withdrawn.at if kept.withdrawn else event.at
    return replace(
        kept,
        withdrawn=Withdrawal(at=at, reason=event.reason, to=event.to, heir=event.heir),
        updated=max(kept.updated, event.at),
        went=_went(kept, event),
        items=tuple(
            replace(
                _put_to(item, moved.get(item.number)),
                front=fronts.get(item.number, item.front),
                opinion=item.opinion or item.number in event.opinion,
            )
            for item in kept.items
        ),
    )


def _reinstated(kept: KnownUpdate, event: Event) -> KnownUpdate:
    if kept.withdrawn is None:
        return kept
    items = {
        item.number: item if item.withdrawn else replace(item, updated=max(item.updated, event.at), to="")
        for item in kept.items
    }
    known = _with_items(kept, items, kept.order, updated=max(kept.updated, event.at))
    return replace(known, withdrawn=None, returns=(*kept.returns, *_return(kept.withdrawn, event)))


def _return(taken: Withdrawal | None, event: Event) -> tuple[Return, ...]:
    """That it was published again; nothing of what had only moved."""
    if taken is None or taken.to:
        return ()
    return (Return(gone=taken.at, at=event.at, reason=taken.reason),)


def _forgotten(kept: KnownUpdate, event: Event) -> KnownUpdate:
    items = {
        item.number: _without_words(item, event.at) if event.item in (None, item.number) else item
        for item in kept.items
    }
    if event.item is not None and event.item not in items:
        items[event.item] = _without_words(_lost(event.item, "", event), event.at)
    updated = max(kept.updated, event.at)
    kept = replace(kept, claims=tuple(told for told in kept.claims if event.item not in (None, told.number)))
    if event.item is not None:
        return _with_items(kept, items, kept.order, updated=updated)
    emptied = _with_items(kept, items, (), updated=updated, words="", reasons=())
    gone = tuple(
        replace(translation, ties=(), gone=translation.gone or event.at) for translation in kept.translations
    )
    taken = Withdrawal(at=event.at, forgotten=True)
    return replace(emptied, forgotten=True, returns=(), withdrawn=taken, translations=gone)


def _is_emptied(item: KnownItem) -> bool:
    """True of an item whose words were taken out of the ledger by what is told further down in it."""
    return item.forgotten and item.withdrawn is not None and item.withdrawn.at == item.seen


def _without_words(item: KnownItem, at: dt.datetime) -> KnownItem:
    taken = Withdrawal(at=item.withdrawn.at if item.withdrawn and not _is_emptied(item) else at)
    return replace(item, text="", revisions=(), returns=(), withdrawn=taken, into=None, forgotten=True)


def _claimed(kept: KnownUpdate, event: Event) -> KnownUpdate:
    now = {told.number: told for told in kept.claims}
    forgotten = {item.number for item in kept.items if item.forgotten}
    fresh = [
        Told(number=claim.number, claim=claim.claim, state=claim.state, named=claim.named, at=event.at)
        for claim in event.claims
        if claim.number not in forgotten and not _is_told(now.get(claim.number), claim)
    ]
    return replace(kept, claims=(*kept.claims, *fresh))


def _is_told(told: Told | None, again: ClaimMark) -> bool:
    return told is not None and (told.claim, told.state, told.named) == again[1:]


def _translated(kept: KnownUpdate, event: Event) -> KnownUpdate:
    known = {translation.lang: translation for translation in kept.translations}
    first = KnownTranslation(lang=event.lang, published=event.published or event.at)
    translation = known.get(event.lang, first)
    at = max(event.at, translation.gone or event.at) if event.published is None else event.published
    ties = {tie[0]: tie for tie in translation.ties} | {
        number: (number, digest, at) for number, digest in event.ties
    }
    known[event.lang] = KnownTranslation(
        lang=translation.lang,
        published=translation.published,
        ties=tuple(ties[number] for number in sorted(ties)),
        gone=None if event.ties else translation.gone or event.at,
    )
    return replace(kept, translations=tuple(known[lang] for lang in sorted(known)))


def _reserved(kept: KnownUpdate, event: Event) -> KnownUpdate:
    return replace(kept, used=max(kept.used, event.used))


def _unreadable(kept: KnownUpdate, event: Event) -> KnownUpdate:
    """What an unreadable record still tells: when it was written, and numbers that are taken."""
    earliest = min(kept.published, event.at)
    return replace(kept, published=earliest, used=max(kept.used, event.used))


def _with_items(
    kept: KnownUpdate, items: dict[int, KnownItem], order: Iterable[int], **told: object
) -> KnownUpdate:
    standing = [n for n in dict.fromkeys((*order, *sorted(items))) if n in items and not items[n].withdrawn]
    known = replace(kept, **told)
    return replace(
        known,
        updated=max(known.updated, known.published),
        items=tuple(items[number] for number in sorted(items)),
        order=tuple(standing),
        used=max((*items, kept.used), default=0),
    )


_STEPS: dict[str, Callable[[KnownUpdate, Event], KnownUpdate]] = {
    PUBLISHED: _published_again,
    REVISED: _revised,
    WITHDRAWN: _withdrawn,
    REINSTATED: _reinstated,
    FORGOTTEN: _forgotten,
    CLAIMED: _claimed,
    RESERVED: _reserved,
    UNREADABLE: _unreadable,
    TRANSLATED: _translated,
}
