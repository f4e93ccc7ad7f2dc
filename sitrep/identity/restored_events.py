"""An update as the archive has it, and what the ledger knows of it -> what happened since, as events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce

from sitrep.base.nouns import Item, Update, Withdrawal, WithdrawnItem
from sitrep.base.values import Struct, field, replace
from sitrep.identity.revisions import head_digest
from sitrep.identity.translations import digest_of
from sitrep.ledger.events import (
    FORGOTTEN,
    PUBLISHED,
    REINSTATED,
    REVISED,
    TRANSLATED,
    WITHDRAWN,
    Departure,
    Event,
    FirstWording,
    Received,
    Relocation,
    Rewording,
    Tie,
)
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownItem, KnownTranslation, KnownUpdate

_SECOND = dt.timedelta(seconds=1)


class _Moment(Struct):
    """What happened to the items of an update at one instant."""

    items: list[FirstWording] = field(default_factory=list)
    changed: list[Rewording] = field(default_factory=list)
    gone: list[WithdrawnItem | Departure] = field(default_factory=list)
    back: list[FirstWording] = field(default_factory=list)


_Moments = defaultdict[tuple[dt.datetime, str], _Moment]


def events_of(kept: KnownUpdate | None, out: Update) -> Iterator[Event]:
    """What the ledger has to be told so that it knows the update as it is out, by itself."""
    happened = [*_whole(kept, out), *_of_items(kept, out)]
    happened.sort(key=lambda event: (event.event != PUBLISHED, event.at))
    yield from happened
    known = reduce(apply, happened, kept)
    # Twice: an item is told where it came from before the wordings it had there can be its own.
    for _ in range(2):
        event = _remaining(known, out) if known else None
        if event is not None and known is not None:
            yield event
            known = apply(known, event)
    yield from _left(known, out)
    forgotten = out.withdrawn is not None and out.withdrawn.forgotten
    if out.withdrawn and forgotten:
        yield Event(at=out.withdrawn.at, update=out.key, event=FORGOTTEN)
        return
    for item in out.withdrawn_items:
        if item.forgotten:
            yield Event(at=item.at, update=out.key, event=FORGOTTEN, item=item.number)


def _whole(kept: KnownUpdate | None, out: Update) -> Iterator[Event]:
    """How the update as a whole came out, went and came back."""
    if kept is None:
        came = [item for item in out.items if item.published == out.published]
        rows = [FirstWording(item.number, item.front, _wording(item, None)) for item in came]
        rows += [FirstWording(item.number, item.front, "") for item in out.withdrawn_items]
        at = stamp(out.published)
        words = "" if out.withdrawn else head_digest(out)
        yield Event(
            at=at, update=out.key, event=PUBLISHED, published=at, exact=out.exact, words=words,
            items=tuple(rows), reason=out.correction,
        )  # fmt: skip
    taken = kept.withdrawn if kept else None
    for span in out.returns[len(kept.returns) if kept else 0 :]:
        if taken is None:
            yield Event(at=span.gone, update=out.key, event=WITHDRAWN, reason=span.reason)
        taken = None
        yield Event(at=span.at, update=out.key, event=REINSTATED)
    if taken and (out.withdrawn is None or out.withdrawn.at != taken.at):
        # It had only moved, and came back: that leaves no trace, and was before all that happened since.
        yield Event(at=taken.at + _SECOND, update=out.key, event=REINSTATED)
    if out.withdrawn and not out.withdrawn.forgotten and taken != out.withdrawn:
        yield _withdrawal(out, out.withdrawn)


def _withdrawal(out: Update, taken: Withdrawal) -> Event:
    return Event(
        at=taken.at,
        update=out.key,
        event=WITHDRAWN,
        reason=taken.reason,
        to=taken.to,
        heir=taken.heir,
        fronts=tuple((item.number, item.front) for item in out.withdrawn_items),
        opinion=tuple(item.number for item in out.withdrawn_items if item.opinion),
        moved=tuple(Relocation(item.number, item.to) for item in out.withdrawn_items if item.moved),
    )


def _of_items(kept: KnownUpdate | None, out: Update) -> Iterator[Event]:
    """What happened to its items: an event for each instant and reason."""
    known = {item.number: item for item in kept.items} if kept else {}
    moments: _Moments = defaultdict(_Moment)
    for item in out.items:
        _add_item(moments, item, known.get(item.number), first=kept is None, out=out)
    for gone in out.withdrawn_items:
        _add_gone(moments, gone, known.get(gone.number), first=kept is None, taken=out.withdrawn)
    for (at, reason), moment in moments.items():
        departures = [item for item in moment.gone if isinstance(item, WithdrawnItem)]
        yield Event(
            at=at,
            update=out.key,
            event=REVISED,
            items=tuple(moment.items),
            changed=tuple(moment.changed),
            gone=tuple(Departure(item.number, item.front, item.into) for item in moment.gone),
            back=tuple(moment.back),
            moved=tuple(
                Relocation(item.number, item.to) for item in departures if item.to and not item.moved
            ),
            opinion=tuple(item.number for item in departures if item.opinion),
            reason=reason or None,
        )


def _add_item(moments: _Moments, item: Item, known: KnownItem | None, *, first: bool, out: Update) -> None:
    """What happened to an item that stands; ``first``: all that was there at first is told already."""
    if known is None and not (first and item.published == out.published):
        at = stamp(out.updated if item.origin else item.published)
        moments[at, ""].items.append(FirstWording(item.number, item.front, _wording(item, None)))
    if not item.origin:
        for revision in item.revisions[len(known.revisions) if known else 0 :]:
            moments[revision.at, revision.reason or ""].changed.append(
                Rewording(item.number, revision.after, revision.correction)
            )
    taken = known.withdrawn if known else None
    for again in item.returns[len(known.returns) if known else 0 :]:
        if taken is None:
            moments[again.gone, again.reason or ""].gone.append(Departure(item.number, item.front, None))
        taken = None
        moments[again.at, ""].back.append(FirstWording(item.number, item.front, _wording(item, again.at)))
    if taken:
        back = FirstWording(item.number, item.front, item.text)
        moments[stamp(item.updated), ""].back.append(back)


def _add_gone(
    moments: _Moments, item: WithdrawnItem, known: KnownItem | None, *, first: bool, taken: Withdrawal | None
) -> None:
    """What happened to an item that is gone; ``taken``: why the whole update is, if it is."""
    if known is None and not first:
        moments[item.published, ""].items.append(FirstWording(item.number, item.front, ""))
    alone = item.into is not None or taken is None or (taken.at, taken.reason) != (item.at, item.reason)
    before = known.withdrawn if known else None
    if before and before.at != item.at and known:
        back = FirstWording(item.number, item.front, known.text)
        moments[before.at + _SECOND, ""].back.append(back)
        before = None
    if alone and before is None:
        moments[item.at, item.reason or ""].gone.append(item)


def _wording(item: Item, at: dt.datetime | None) -> str:
    """How an item read at an instant; None: at first. What came from elsewhere has its last words only."""
    if item.origin:
        return item.text
    past = [revision for revision in item.revisions if at is not None and revision.at <= at]
    if past:
        return past[-1].after
    return item.revisions[0].before if item.revisions else item.text


def _remaining(known: KnownUpdate, out: Update) -> Event | None:
    """What has still to be said: the order, words outside items, stamps, and what came from elsewhere."""
    there = {item.number: item for item in known.items}
    rows = tuple(_received(there, out))
    to = {item.number: item.to for item in out.withdrawn_items if item.to}
    moved = tuple(
        Relocation(number, place)
        for number, place in to.items()
        if number in there and there[number].to != place
    )
    event = Event(at=stamp(out.updated), update=out.key, event=REVISED, moved=moved, received=rows)
    if out.withdrawn is None:
        order = tuple(item.number for item in out.items)
        event = replace(event, order=order if order != known.order else None)
        reason = out.correction if out.correction not in known.reasons else None
        if known.words != head_digest(out) or reason:
            # With an item that is known already a reason explains nothing that came before it.
            item = next(FirstWording(item.number, item.front, item.text) for item in out.items)
            event = replace(event, words=head_digest(out), reason=reason, items=(item,))
    told = (known.published, known.updated, known.exact, known.origin)
    if told != (out.published, out.updated, out.exact, out.origin):
        event = replace(event, published=out.published, exact=out.exact, origin=out.origin or out.key)
    return None if event == Event(at=event.at, update=out.key, event=REVISED) else event


def _left(known: KnownUpdate | None, out: Update) -> Iterator[Event]:
    """Which of its reports have ended because items were put to other fronts, and on which these stand."""
    stands = {item.number: item.front for item in known.live_items} if known else {}
    told = known.left if known else ()
    on = tuple((item.number, item.front) for item in out.items if stands.get(item.number) != item.front)
    ends = defaultdict[dt.datetime, dict[str, str]](dict)
    for report in out.left:
        if report not in told:
            ends[report.at][report.front] = report.to
    for report in told:
        if report.front not in {ended.front for ended in out.left}:
            ends[stamp(out.updated)][report.front] = ""
    for at, left in sorted(ends.items()):
        yield Event(at=at, update=out.key, event=REVISED, fronts=on, left=tuple(sorted(left.items())))


def _received(there: Mapping[int, KnownItem], out: Update) -> Iterator[Received]:
    """The history of items whose stamps, wordings or id are not what is known."""
    for item in out.items:
        known = there.get(item.number)
        if known is None or known.forgotten:
            continue
        now = (known.origin, known.published, known.updated, known.revisions)
        if now != (item.origin, item.published, item.updated, item.revisions):
            yield Received(
                number=item.number,
                origin=item.origin or f"{out.key}/{item.number}",
                published=stamp(item.published),
                updated=stamp(item.updated),
                seen=min(known.seen, stamp(item.published)),
                revisions=item.revisions,
            )
    for gone in out.withdrawn_items:
        known = there.get(gone.number)
        if known and not known.forgotten and (known.origin, known.published) != (gone.origin, gone.published):
            yield Received(
                number=gone.number,
                origin=gone.origin or f"{out.key}/{gone.number}",
                published=gone.published,
                updated=max(known.updated, gone.published),
                seen=min(known.seen, gone.published),
                revisions=known.revisions,
            )


# -- translations -----------------------------------------------------------------------------------------


def translations_of(kept: KnownUpdate | None, update: Update) -> Iterator[Event]:
    """When translations came out, what was new in them since, and when they were taken back."""
    known = {translation.lang: translation for translation in kept.translations} if kept else {}
    for translation in update.translations:
        lang, was = translation.lang or "", known.get(translation.lang or "")
        if translation.published is None or (was and _stands(was, translation, update)):
            continue
        if was is None:
            first = tuple(_ties(translation, translation.published)) or (Tie(0, ""),)
            yield Event(
                at=translation.published,
                update=update.key,
                event=TRANSLATED,
                lang=lang,
                published=translation.published,
                ties=first,
            )
        for at in sorted(
            {item.updated for item in translation.items if item.updated} | {stamp(translation.updated)}
        ):
            ties = tuple(_ties(translation, at))
            if ties and at > translation.published:
                yield Event(at=at, update=update.key, event=TRANSLATED, lang=lang, ties=ties)
        if translation.withdrawn and (update.withdrawn is None or translation.withdrawn.at != update.updated):
            yield Event(at=translation.withdrawn.at, update=update.key, event=TRANSLATED, lang=lang)


def _ties(translation: Update, at: dt.datetime) -> Iterator[Tie]:
    """What of a translation is as it is since an instant."""
    newest = max((item.updated for item in translation.items if item.updated), default=translation.published)
    head = translation.published if newest == translation.updated else translation.updated
    if head == at and not translation.withdrawn:
        yield Tie(0, head_digest(translation))
    yield from (Tie(item.number, digest_of(item)) for item in translation.items if item.updated == at)


def _stands(known: KnownTranslation, translation: Update, update: Update) -> bool:
    """True if the ledger knows as much of a translation as is out of it, or more."""
    if translation.withdrawn:
        return update.withdrawn is not None or known.gone is not None
    since = {number: at for number, _, at in known.ties}
    return known.gone is None and all(
        since.get(item.number, known.published) >= stamp(item.updated) for item in translation.items
    )


def stamp(at: dt.datetime | None) -> dt.datetime:
    """The instant; before all others where there is none."""
    return at or dt.datetime.min.replace(tzinfo=dt.UTC)
