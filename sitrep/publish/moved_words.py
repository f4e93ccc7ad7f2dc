"""What a publish found gone and what it found new -> the events and updates in which ids follow the words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from sitrep.archive.feed_shares import ITEMS
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.base.values import Struct, field, replace
from sitrep.identity.homecoming import come_home, first_id, leads_to
from sitrep.identity.item_ids import remains, stamped
from sitrep.identity.moved_events import MovedEvents, claim_events
from sitrep.identity.moves import Coming, Leaving, Moves, Place, find_moves, find_parts
from sitrep.identity.one_place import in_one_place
from sitrep.identity.remarks import gone_remarks, matching_remarks, remark, two_places
from sitrep.ledger.events import (
    PUBLISHED,
    REVISED,
    WITHDRAWN,
    Event,
    FirstWording,
)
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownUpdate, Told
from sitrep.ledger.ledger import Ledger
from sitrep.ledger.places import has_moved
from sitrep.publish.settle_month import SettledMonth, Settler
from sitrep.text.similarity import folded_words

Put = tuple[Update | None, Update]
Believed = Callable[[Collection[str]], frozenset[str]]
"""Which updates are gone indeed, of those that no file holds, if these have only moved."""
_LATELY = dt.timedelta(days=3)
"""So long after it was taken back, what comes again elsewhere is the same: it was cut, and is pasted now."""
_TELLING = 6
"""Words from which on what comes again is no coincidence."""
_LOOKED_AT = 500
_NEWEST = 30
"""Updates in which is looked for what is gone elsewhere, for it may be said twice."""
_FRESH = 2_000
"""New updates among which moved words are looked for, where months are written one by one."""


class Carried(Struct, frozen=True, kw_only=True):
    """What a publish comes to once ids have followed the words."""

    month: SettledMonth = SettledMonth()
    """Updates that come out otherwise than their month had them, and further events."""
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    """By key, what items that came were part of where they came from."""
    moved: frozenset[str] = frozenset()
    """Keys that no file holds any more, but whose words stand elsewhere."""
    parted: frozenset[str] = frozenset()
    """Keys that are withdrawn here because some of their words stand elsewhere."""
    unsaid: tuple[Problem, ...] = ()
    """What the months said of items that are gone, and that is not so."""
    unmade: frozenset[str] = frozenset()
    """Keys that the months gave to what has come back to an old one."""

    def instead_of(self, settled: SettledMonth) -> SettledMonth:
        """A month without what is said here."""
        keys = {after.key for _, after in self.month.puts} | self.unmade
        return replace(
            settled,
            events=tuple(event for event in settled.events if event.update not in self.unmade),
            puts=tuple(put for put in settled.puts if put[1].key not in keys),
            problems=tuple(problem for problem in settled.problems if problem not in self.unsaid),
        )


def carry(
    settled: Sequence[SettledMonth], missing: Iterable[str], settler: Settler, believed: Believed
) -> Carried:
    """Find what went where, and say it in events. Nothing is written; the ledger knows none of this yet.

    ``believed`` tells which of updates that no file holds are gone indeed.
    """
    events = [event for settled_month in settled for event in settled_month.events]
    puts = {after.key: (before, after) for settled_month in settled for before, after in settled_month.puts}
    merged = (key for month in sorted(settler.task.whole_months) for key in _moved(settler.ledger, month))
    return _carried(_Carrier(settler, puts, {}, events, believed), events, missing, (*puts, *merged))


class WrittenMoves:
    """The same where each month is written as soon as it is settled: a little is remembered of each."""

    def __init__(self, settler: Settler) -> None:
        self._settler = settler
        self._before: dict[str, KnownUpdate] = {}
        self._gone: list[Event] = []
        self._fresh: dict[str, tuple[bool, frozenset[int]]] = {}
        self._moved: list[str] = []

    def note(self, month: str, settled: SettledMonth) -> None:
        """Remember what a month has lost and what it has new, before the ledger is told."""
        self._moved += _moved(self._settler.ledger, month)
        for event in settled.events:
            if event.event == REVISED and event.gone:
                self._gone.append(event)
                self._before[event.update] = self._settler.ledger.history(event.update[:7])[event.update]
            if event.event in (PUBLISHED, REVISED) and event.items:
                numbers = frozenset(item.number for item in event.items)
                self._fresh[event.update] = event.event == PUBLISHED, numbers

    def carried(self, missing: Iterable[str], believed: Believed) -> Carried:
        """What went where. Where very many updates are new, as on a first publish, nothing is looked for."""
        missing = tuple(missing)
        settler = self._settler
        looked_for = (self._gone or missing) and len(self._fresh) <= _FRESH
        puts: dict[str, Put] = {}
        for key in {*self._fresh, *self._before} if looked_for else ():
            update = settler.archive.update(key)
            if update is not None:
                puts[key] = update, update
        events = [*self._gone, *map(self._first, sorted(self._fresh))] if looked_for else []
        return _carried(_Carrier(settler, puts, self._before, (), believed), events, missing, self._moved)

    def _first(self, key: str) -> Event:
        """What of an update is new, as the event that told it."""
        new, numbers = self._fresh[key]
        known = self._settler.ledger.history(key[:7])[key]
        items = (FirstWording(item.number, item.front, item.text) for item in known.items)
        return Event(
            at=known.updated,
            update=key,
            event=PUBLISHED if new else REVISED,
            items=tuple(item for item in items if item.number in numbers),
        )


def _moved(ledger: Ledger, month: str) -> Iterator[str]:
    """Updates of a month that have been in more than one place, or items of which have."""
    yield from (key for key, kept in ledger.history(month).items() if has_moved(kept))


def _carried(
    carrier: _Carrier, events: Iterable[Event], missing: Iterable[str], moved: Iterable[str]
) -> Carried:
    """What went where; then, of what is in two places at once, that it is in one."""
    events, missing = tuple(events), frozenset(missing)
    gone = [event for event in events if event.event == REVISED and event.gone]
    fresh = [event for event in events if event.event in (PUBLISHED, REVISED) and event.items]
    carried = carrier.carry(missing, gone, fresh) if fresh or gone or missing else Carried()
    return carrier.in_one_place({*moved, *missing}, missing, carried)


class _Carrier:
    """The state of one pass."""

    def __init__(
        self,
        settler: Settler,
        puts: dict[str, Put],
        before: Mapping[str, KnownUpdate],
        pending: Iterable[Event],
        believed: Believed,
    ) -> None:
        """``before``: what was known before events that the ledger has; ``pending``: those it has not."""
        self._settler, self._puts, self._first, self._believed = settler, puts, before, believed
        self._pending: defaultdict[str, list[Event]] = defaultdict(list)
        self._numbers: dict[str, dict[int, int]] = {}
        for event in pending:
            self._pending[event.update].append(event)

    def _before(self, key: str) -> KnownUpdate | None:
        return self._first.get(key) or self._settler.ledger.history(key[:7]).get(key)

    def _had(self, key: str) -> KnownUpdate:
        known = self._before(key)
        assert known is not None
        return known

    def _now(self, key: str) -> KnownUpdate | None:
        """What is known of an update as it is now, later events included."""
        kept = self._settler.ledger.history(key[:7]).get(key)
        return reduce(apply, self._pending.get(key, ()), kept)

    def _known(self, key: str) -> KnownUpdate:
        known = self._now(key)
        assert known is not None
        return known

    def carry(self, missing: Iterable[str], gone: Sequence[Event], fresh: Iterable[Event]) -> Carried:
        """Find the moves and what they come to."""
        before = ((key, self._before(key)) for key in sorted(missing))
        left = [Leaving(key=key, items=kept.live_items, whole=True) for key, kept in before if kept]
        left += [leaving for event in gone if (leaving := self._leaving(event)).items]
        came = [coming for event in fresh if (coming := self._coming(event))]
        left += self._taken_back({(leaving.key, item.number) for leaving in left for item in leaving.items})
        moves = find_moves(left, came)
        believed = self._believed(moves.whole)
        moves = moves.without(moves.parted - believed)
        home = {heir.key: kept for old, heir in moves.heirs.items() if (kept := self._home(old, heir.key))}
        back = [event for key in home for event in self._come_home(key, home[key], moves)]
        moves = moves.with_keys({key: (kept.key, self._numbers[key]) for key, kept in home.items()})
        moves = self._with_parts(moves, left, believed)
        if not moves.items and not moves.parts:
            return Carried()
        told_by = self._events(moves)
        again = self._tell(told_by.again())
        added = self._tell((*told_by.received(), *told_by.left()))
        told = dict(told_by.told())
        return Carried(
            month=SettledMonth(
                puts=tuple(self._put(key) for key in dict.fromkeys(event.update for event in added)),
                events=(*back, *again, *added, *claim_events(told)),
                problems=tuple(self._remarks(moves)),
            ),
            told=told,
            moved=moves.whole,
            parted=moves.parted,
            unsaid=tuple(self._said(moves, gone)),
            unmade=frozenset(home),
        )

    def _events(self, moves: Moves) -> MovedEvents:
        settler = self._settler

        def withdraw(key: str) -> Event:
            (event,) = settler.withdraw((key,)).events
            return event

        return MovedEvents(
            moves=moves,
            had=self._had,
            known=self._known,
            new=lambda key: self._before(key) is None,
            withdraw=withdraw,
            at=settler.now,
            grace=settler.grace,
        )

    def _tell(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Remember what is told, whole before any of it counts."""
        told = tuple(events)
        for event in told:
            self._pending[event.update].append(event)
        return told

    def in_one_place(self, keys: Iterable[str], missing: frozenset[str], carried: Carried) -> Carried:
        """The same, and what has to be said where two machines put one thing to two places."""
        found = in_one_place(keys, self._now, missing - carried.moved, self._settler.now)
        if not found:
            return carried
        events: list[Event] = []
        for key, event in found.items():
            if event.event == WITHDRAWN and self._known(key).withdrawn is None:
                (taken,) = self._settler.withdraw((key,)).events
                event = replace(taken, to=event.to, heir=event.heir, moved=event.moved)
            self._pending[key].append(event)
            events.append(event)
        puts = {after.key: (before, after) for before, after in carried.month.puts}
        puts |= {key: self._put(key) for key in found}
        apart = [two_places(puts[event.update][1]) for event in events if event.received]
        month = replace(
            carried.month,
            puts=tuple(puts.values()),
            events=(*carried.month.events, *events),
            problems=(*carried.month.problems, *apart),
        )
        gone = {event.update for event in events if event.event == WITHDRAWN}
        return replace(carried, month=month, moved=carried.moved | gone)

    def _home(self, old: str, key: str) -> KnownUpdate | None:
        """The update of that date that went away once and whose words come back, by what they are called now.

        None where what came is in the ledger already.
        """
        if key not in self._pending:
            return None
        known = self._settler.ledger.history(key[:7]).values()
        return next(
            (
                known_update
                for known_update in known
                if known_update.key[:10] == key[:10] and leads_to(known_update, old, self._before)
            ),
            None,
        )

    def _come_home(self, key: str, home: KnownUpdate, moves: Moves) -> tuple[Event, ...]:
        """Put what has got a new key back under its old one."""
        left = self._had(next(old for old, heir in moves.heirs.items() if heir.key == key))
        after = self._puts.pop(key)[1]
        ids = {
            new: first_id(here, self._had(here).item(number))
            for (here, number), (there, new) in moves.items.items()
            if there == key
        }
        events, numbers = come_home(home, left, after, ids, self._settler.now)
        self._numbers[key] = numbers
        items = tuple(replace(item, number=numbers[item.number]) for item in after.items)
        self._puts[home.key] = self._settler.archive.update(home.key), after.with_items(items)
        del self._pending[key]
        self._pending[home.key] += events
        return events

    def _coming(self, event: Event) -> Coming | None:
        """The items of an update that is out now."""
        put = self._puts.get(event.update)
        items = tuple((item.number, item.text or "") for item in event.items)
        live = put is not None and not put[1].withdrawn
        return Coming(key=event.update, items=items, new=event.event == PUBLISHED) if live else None

    def _leaving(self, event: Event) -> Leaving:
        kept = self._before(event.update)
        numbers = {departure.number for departure in event.gone if departure.into is None}
        items = tuple(item for item in kept.items if item.number in numbers) if kept else ()
        return Leaving(key=event.update, items=items, whole=False)

    def _taken_back(self, but: Collection[Place]) -> Iterator[Leaving]:
        """What was taken back of late and may come again under another date or in another update."""
        gone = self._settler.archive.withdrawn(ITEMS, self._settler.now - _LATELY, _LOOKED_AT)
        rows: defaultdict[str, set[int]] = defaultdict(set)
        for item in gone:
            rows[item.key].add(item.number)
        for key, numbers in sorted(rows.items()):
            kept = self._now(key)
            whole = kept is not None and kept.withdrawn is not None
            items = tuple(
                item
                for item in (kept.items if kept else ())
                if item.number in numbers
                and (key, item.number) not in but
                and (whole or item.withdrawn)
                and not (item.moved or item.forgotten)
                and len(folded_words(item.text)) >= _TELLING
            )
            if items:
                yield Leaving(key=key, items=items, whole=whole, earlier=True)

    def _id(self, place: Place) -> str:
        """What the item there first came out as."""
        return first_id(place[0], self._known(place[0]).item(place[1]))

    def _with_parts(self, moves: Moves, left: Iterable[Leaving], believed: frozenset[str]) -> Moves:
        """The same, and which of what else is gone others say, here or in one of the newest updates."""
        gone = {
            (leaving.key, item.number): said
            for leaving in left
            if not leaving.earlier and (not leaving.whole or leaving.key in moves.whole | believed)
            for item in leaving.items
            if (leaving.key, item.number) not in moves.items
            and len(said := tuple(folded_words(item.text))) >= _TELLING
        }
        if not gone:
            return moves
        fresh = {key: after for key, (_, after) in self._puts.items() if not after.withdrawn}
        others = (update for update in self._settler.archive.latest(_NEWEST) if update.key not in fresh)
        absent = {leaving.key for leaving in left if leaving.whole}
        standing = (
            ((update.key, item.number), tuple(folded_words(item.text)))
            for update in (*fresh.values(), *others)
            if update.key not in absent
            for item in update.items
        )
        parts = find_parts(gone, standing, fresh.keys())
        # What has its id there as well was put to two places by two machines, and will have one.
        came = {there: here for here, there in moves.items.items()}
        parts = {
            here: there for here, there in parts.items() if self._id(here) != self._id(came.get(there, there))
        }
        return replace(moves, parts=parts, parted=moves.parted | {key for key, _ in parts if key in believed})

    def _put(self, key: str) -> Put:
        kept = self._known(key)
        if key in self._puts:
            before, after = self._puts[key]
        else:
            before = self._settler.archive.update(key)
            after = before or remains(kept)
        if kept.withdrawn:
            left = remains(kept)
            return before, left
        return before, stamped(after, kept, [item.number for item in after.items])

    # -- telling --------------------------------------------------------------------------------

    def _remarks(self, moves: Moves) -> Iterator[Problem]:
        for old, heir in moves.heirs.items():
            update = self._puts[heir.key][1]
            fact = f"this is the update {old} under another date; it keeps its id, its old address leads here"
            remedy = (
                f"nothing to do if that is meant; if it is another one, put the text of {old} back as well"
            )
            yield remark(update, fact, remedy, Severity.NOTE if heir.sure else Severity.WARNING)
        for leaving, other, matching in moves.matchings:
            numbers = [number for number, _ in other.items]
            yield from matching_remarks(self._puts[other.key][1], numbers, matching, leaving.items)
        for (old, number), (key, new) in (*moves.items.items(), *moves.parts.items()):
            if old not in moves.whole:
                after = self._puts[old][1] if old in self._puts else self._put(old)[1]
                fact = f"item {number} stands in the update {key} now, as item {new}; its id went with it"
                if (old, number) in moves.parts:
                    fact = f"what item {number} said, item {new} of the update {key} says"
                yield remark(after, fact, "nothing to do if that is meant", Severity.NOTE)

    def _said(self, moves: Moves, gone: Iterable[Event]) -> Iterator[Problem]:
        """What was said of items that are gone, where some of them moved; what remains true is said again."""
        for event in gone:
            key, kept = event.update, self._before(event.update)
            went = {**moves.items, **moves.parts}
            stay = tuple(departure for departure in event.gone if (key, departure.number) not in went)
            if kept and stay != event.gone:
                update = self._puts[key][1]
                still = gone_remarks(update, kept, replace(event, gone=stay))
                yield from (
                    gone_remark
                    for gone_remark in gone_remarks(update, kept, event)
                    if gone_remark not in still
                )
