"""Events of the ledger -> what is known of each update: a pure fold.

``apply`` takes one more event into account. It is total: events that a merge of two ledgers has
doubled or crossed change nothing twice and raise nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sitrep.base.nouns import Withdrawal
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
)
from sitrep.ledger.item_history import (
    brought_back,
    ended_reports,
    explained,
    item_of,
    lost,
    put_to,
    received_item,
    returns_of,
    reworded,
    taken_back,
    without_words,
)
from sitrep.ledger.known import KnownItem, KnownTranslation, KnownUpdate, Told


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
    items = {entry.number: item_of(entry, event.at, published) for entry in event.items}
    items |= {e.number: item_of(e, event.at, published) for e in event.items if e.text is None}
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


def _published_again(kept: KnownUpdate, event: Event) -> KnownUpdate:
    """Two machines published the update; the earliest stamp stands, items of both are kept."""
    published = event.published or event.at
    items = {item.number: item for item in kept.items}
    order = list(kept.order)
    for entry in event.items:
        known = items.get(entry.number)
        if known is None:
            items[entry.number] = item_of(entry, event.at, published)
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
        known = items.get(change.number) or lost(change.number, "", event)
        if change.text is not None and not known.forgotten:
            items[change.number] = reworded(known, change, event)
    for entry in event.items:
        items.setdefault(entry.number, item_of(entry, event.at, event.at))
    before = dict(items)
    items |= {n: replace(items[n], front=front) for n, front in event.fronts if n in items}
    items |= taken_back(items, event)
    items |= brought_back(items, event)
    parts = {number for number, _, into in event.gone if into is not None}
    items |= {
        number: put_to(items[number], to, as_part=number in parts)
        for number, to in event.moved
        if number in items
    }
    items |= {
        received.number: received_item(items[received.number], received, f"{kept.key}/{received.number}")
        for received in event.received
        if received.number in items
    }
    order = list(kept.order if event.order is None else event.order)
    order += [e.number for e in (*event.back, *event.items)]
    changed_items = event.changed or event.items or event.gone or event.back
    if event.reason and not changed_items:
        items = explained(items, event.reason)
    revised = _with_items(
        kept,
        items,
        order,
        words=event.words or kept.words,
        reasons=(*kept.reasons, event.reason) if event.reason else kept.reasons,
        updated=max(kept.updated, event.at) if changed_items or event.words else kept.updated,
    )
    if kept.left or event.left:
        revised = replace(revised, left=ended_reports(kept.left, before, revised.live_items, event))
    return _relocated(revised, event)


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
                put_to(item, moved.get(item.number)),
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
    return replace(known, withdrawn=None, returns=(*kept.returns, *returns_of(kept.withdrawn, event)))


def _forgotten(kept: KnownUpdate, event: Event) -> KnownUpdate:
    items = {
        item.number: without_words(item, event.at) if event.item in (None, item.number) else item
        for item in kept.items
    }
    if event.item is not None and event.item not in items:
        items[event.item] = without_words(lost(event.item, "", event), event.at)
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
