"""An update as read, what the ledger knows of it and the moment -> the update numbered and stamped.

The events that must go to the ledger come with it. All instants are UTC in whole seconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from itertools import count
from zoneinfo import ZoneInfo

from sitrep.base.nouns import Item, Problem, Revision, Section, Severity, Update, Withdrawal, WithdrawnItem
from sitrep.base.values import Struct, replace
from sitrep.identity.first_published import Stamp, first_stamp
from sitrep.identity.remarks import is_said, remark
from sitrep.identity.revisions import head_digest, revision
from sitrep.ledger.events import FORGOTTEN, PUBLISHED, REINSTATED, WITHDRAWN, Event, FirstWording
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownItem, KnownTranslation, KnownUpdate

_SECOND = dt.timedelta(seconds=1)


class SettledUpdate(Struct, frozen=True, kw_only=True):
    """An update ready to be shown, what the ledger must learn, and what its writer should know."""

    update: Update
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    before: KnownUpdate | None
    """What was known of the update before the events."""

    @property
    def kept(self) -> KnownUpdate | None:
        """What is known of the update once the events are written."""
        return reduce(apply, self.events, self.before)


def settle(
    kept: KnownUpdate | None,
    update: Update,
    *,
    key: str,
    now: dt.datetime,
    zone: ZoneInfo,
    grace: dt.timedelta,
    fronts: Mapping[int, str] | None = None,
    opinion: Collection[int] = (),
    elsewhere: Collection[str] = (),
    late: bool = False,
) -> SettledUpdate:
    """Give an update's items their numbers, and everything its stamps, revisions and withdrawals.

    ``kept`` is what the ledger knows under ``key``, None if nothing. Numbers are kept from the first
    sight on, and never given twice; ``published`` never changes; ``updated`` moves exactly when words
    do. An edit within ``grace`` of the first sight, or of mere spelling, is no correction unless the
    author says so. ``fronts`` tells where items stood when last published, and ``opinion`` which of them
    were the authors' own view, for those that are gone; ``elsewhere``: what other updates say for the first
    time.
    Settling the same text again yields no event. ``zone`` is the site's; ``late``: an update of an older
    date that is new here is news, and no import.
    """
    now = now.astimezone(dt.UTC).replace(microsecond=0)
    if kept is None:
        return _first(update, key, now, zone, late=late)
    if kept.forgotten:
        return _refused(kept, update)
    at = max(now, kept.updated + _SECOND)
    if update.withdraw is not None:
        return _taken_back(kept, update, at, fronts, opinion)
    again, problems = _reinstated(kept, update, at)
    back = reduce(apply, again, kept)
    numbers, event, remarks = revision(back, update, at, now - grace, fronts or {}, opinion, elsewhere)
    events = (*again, event) if event else again
    return SettledUpdate(
        update=stamped(update, apply(back, event) if event else back, numbers),
        events=events,
        problems=(*problems, *remarks),
        before=kept,
    )


def _reinstated(
    kept: KnownUpdate, update: Update, at: dt.datetime
) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """What brings back an update that had been taken back, and what its author is told of that."""
    if not kept.withdrawn:
        return (), ()
    fact = f"the update {kept.key} had been withdrawn; it is published again under its old address"
    told = remark(update, fact, "nothing to do if that is meant", Severity.NOTE)
    return (Event(at=at, update=kept.key, event=REINSTATED),), (told,)


def withdraw(
    kept: KnownUpdate,
    now: dt.datetime,
    reason: str | None = None,
    fronts: Mapping[int, str] | None = None,
    opinion: Collection[int] = (),
) -> Event:
    """The event that takes a whole update back.

    ``fronts``: where its items stood when last published; ``opinion``: which were the authors' own view.
    """
    now = now.astimezone(dt.UTC).replace(microsecond=0)
    elsewhere = tuple(
        (item.number, fronts[item.number])
        for item in kept.live_items
        if fronts and fronts.get(item.number, item.front) != item.front
    )
    at = max(now, kept.updated + _SECOND)
    own = tuple(item.number for item in kept.live_items if item.number in opinion)
    return Event(at=at, update=kept.key, event=WITHDRAWN, fronts=elsewhere, opinion=own, reason=reason)


def forgotten(kept: KnownUpdate, now: dt.datetime, number: int | None = None) -> KnownUpdate:
    """What is known of an update once it, or one item of it, is forgotten; ``Ledger.forget`` records it."""
    at = now.astimezone(dt.UTC).replace(microsecond=0)
    return apply(kept, Event(at=at, update=kept.key, event=FORGOTTEN, item=number))


def remains(kept: KnownUpdate, *, source: str = "", line: int = 1) -> Update:
    """What may be shown of an update that was taken back: address, stamps, numbers, and no words.

    The same whether it was just withdrawn or the site is built from the ledger alone.
    """
    return Update(
        date=kept.date,
        line=line,
        sections=(),
        source=source,
        key=kept.key,
        origin=kept.origin,
        published=kept.published,
        updated=kept.updated,
        exact=kept.exact,
        withdrawn=kept.withdrawn,
        withdrawn_items=tuple(_withdrawn_item(item, kept) for item in kept.items),
        left=kept.left,
        returns=kept.returns,
        translations=tuple(
            taken_back(translation, kept.date, kept.updated) for translation in kept.translations
        ),
    )


def taken_back(known: KnownTranslation, date: dt.date, at: dt.datetime) -> Update:
    """What stays of a translation that was taken back, by itself or (``at``) with its original: no words."""
    gone = Withdrawal(at=known.gone or at)
    return Update(date=date, line=1, sections=(), lang=known.lang, published=known.published, withdrawn=gone)


def _first(update: Update, key: str, now: dt.datetime, zone: ZoneInfo, *, late: bool) -> SettledUpdate:
    stamp = first_stamp(update, key, now, zone, late=late)
    event = Event(
        at=stamp.at,
        update=key,
        event=PUBLISHED,
        published=stamp.published,
        exact=stamp.exact,
        words=head_digest(update),
        items=tuple(FirstWording(n, item.front, item.text) for n, item in enumerate(update.items, 1)),
        reason=update.correction,
    )
    if update.withdraw is None:
        shown = _shown(update, event, stamp)
        return SettledUpdate(update=shown, events=(event,), problems=stamp.problems, before=None)
    settled = _taken_back(apply(None, event), update, stamp.at, None, ())
    return replace(settled, events=(event, *settled.events), problems=stamp.problems, before=None)


def _shown(update: Update, event: Event, stamp: Stamp) -> Update:
    """The update as it comes out for the first time: its items in the author's order, all of one instant."""
    numbers, at = count(1), stamp.published
    sections = tuple(
        _with_items(section, tuple(_stamped_item(item, next(numbers), at, at, ()) for item in section.items))
        for section in update.sections
    )
    return replace(
        update,
        sections=sections,
        key=event.update,
        origin="",
        published=at,
        updated=at,
        exact=stamp.exact,
        withdrawn=None,
        withdrawn_items=(),
    )


def _taken_back(
    kept: KnownUpdate,
    update: Update,
    at: dt.datetime,
    fronts: Mapping[int, str] | None,
    opinion: Collection[int],
) -> SettledUpdate:
    """The author withdraws the update in its own text."""
    events: tuple[Event, ...] = ()
    before, reason = kept, update.withdraw or None
    if kept.withdrawn is None or kept.withdrawn.reason != reason:
        events = (withdraw(kept, at, reason, fronts, opinion),)
        kept = apply(kept, events[0])
    shown = remains(kept, source=update.source, line=update.line)
    return SettledUpdate(update=shown, events=events, problems=(), before=before)


def _refused(kept: KnownUpdate, update: Update) -> SettledUpdate:
    fact = f"the update {kept.key} was forgotten for good; this text is not published under its name"
    problem = remark(update, fact, "give it another date if it is another update", Severity.ERROR)
    return SettledUpdate(
        update=remains(kept, source=update.source), events=(), problems=(problem,), before=kept
    )


def stamped(update: Update, kept: KnownUpdate, numbers: list[int]) -> Update:
    """The update with what is known of it, and of its items by these numbers."""
    known = {item.number: item for item in kept.items}
    rest = iter(numbers)
    return replace(
        update,
        sections=tuple(_stamped_section(section, rest, known) for section in update.sections),
        key=kept.key,
        origin=kept.origin,
        published=kept.published,
        updated=kept.updated,
        exact=kept.exact,
        withdrawn=None,
        withdrawn_items=tuple(
            _withdrawn_item(item, kept)
            for item in kept.items
            if item.withdrawn and not is_said(item.text, update)
        ),
        left=kept.left,
        returns=kept.returns,
    )


def _stamped_section(section: Section, numbers: Iterator[int], known: Mapping[int, KnownItem]) -> Section:
    items = tuple(
        _known_item(item, known[number]) for item, number in zip(section.items, numbers, strict=False)
    )
    return _with_items(section, items)


def _known_item(item: Item, known: KnownItem) -> Item:
    shown = _stamped_item(item, known.number, known.published, known.updated, known.revisions, known.origin)
    return replace(shown, returns=known.returns) if known.returns != shown.returns else shown


def _with_items(section: Section, items: tuple[Item, ...]) -> Section:
    return Section(heading=section.heading, line=section.line, level=section.level, items=items)


def _stamped_item(
    item: Item,
    number: int,
    published: dt.datetime,
    updated: dt.datetime,
    revisions: tuple[Revision, ...],
    origin: str = "",
) -> Item:
    return replace(
        item, number=number, published=published, updated=updated, revisions=revisions, origin=origin
    )


def _withdrawn_item(item: KnownItem, kept: KnownUpdate) -> WithdrawnItem:
    taken = item.withdrawn or kept.withdrawn or Withdrawal(at=kept.updated)
    return WithdrawnItem(
        number=item.number,
        front=item.front,
        published=item.published,
        at=taken.at,
        reason=taken.reason,
        into=item.into,
        opinion=item.opinion,
        to="" if item.forgotten else item.to,
        origin=item.origin,
        forgotten=item.forgotten,
    )
