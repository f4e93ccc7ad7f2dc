"""Records of two ledgers that were merged -> one history in which every key and number means one thing.

Two machines that publish before they have seen each other's records may claim the same key or the
same number for different words. Each record's numbers are understood as its writer understood them,
from the records it was written after; where claims cross, the earlier one keeps the number and the
later one takes the next that is free. Equal words claimed twice are one item. The result depends on
the records alone, so both machines come to the same ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sitrep.base.values import Struct, field, replace
from sitrep.ledger.events import KINDS, RESERVED, Event
from sitrep.ledger.hash_chain import ChainLink, LedgerMonth
from sitrep.text.similarity import folded_words

_SAME_UPDATE = 0.5
"""Two updates claimed under one key are one if so large a share of their words is the same."""

Origin = tuple[str, str, int]
"""Where an update (number 0) or an item first appears: instant and digest of the record, claimed number."""


class MergedNames(NamedTuple):
    """What the names in one record stand for in the merged history."""

    key: str
    numbers: dict[int, int]


class Renamed(NamedTuple):
    """A claim that lost its name to an earlier one."""

    update: str
    was: str
    now: str


class _View(NamedTuple):
    """What keys and numbers mean to a machine that has seen certain records."""

    keys: dict[str, Origin]
    numbers: dict[Origin, dict[int, Origin]]


class _Reader(Struct):
    """The state of one pass over the records."""

    same: dict[Origin, Origin] = field(default_factory=dict)
    texts: dict[Origin, tuple[str, ...] | None] = field(default_factory=dict)
    views: dict[str, _View] = field(default_factory=dict)
    spoken: list[tuple[Origin, dict[int, Origin]]] = field(default_factory=list)

    def find(self, origin: Origin) -> Origin:
        """The one origin that stands for all found to be the same."""
        while origin in self.same:
            origin = self.same[origin]
        return origin

    def unite(self, one: Origin, other: Origin) -> None:
        """Let two origins be the same thing; the earlier stands for both."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self.same[second] = first

    def hear(self, link: ChainLink) -> None:
        """Take in one record after all that it was written after."""
        before = self.joined([self.views[p] for p in link.parents if p in self.views])
        event = link.event
        update = before.keys.get(event.update, (*link.rank, 0))
        numbers = dict(before.numbers.get(update, {}))
        if update not in self.texts:
            self.texts[update] = _bag(event)
        for entry in event.items:
            origin = (*link.rank, entry.number)
            self.texts[origin] = None if entry.text is None else tuple(folded_words(entry.text))
            numbers.setdefault(entry.number, origin)
        for number in mentioned(event):
            if number not in numbers:
                numbers[number] = (*link.rank, number)
                self.texts[numbers[number]] = None
        keys = before.keys
        if event.event in KINDS:
            keys = before.keys | {event.update: update}
        self.views[link.digest] = _View(keys, before.numbers | {update: numbers})
        self.spoken.append((update, numbers))

    def joined(self, views: Sequence[_View]) -> _View:
        """What a machine understands that has seen the records of all these views."""
        if not views:
            return _View({}, {})
        result = views[0]
        for view in views[1:]:
            result = self._join(result, view)
        return result

    def _join(self, one: _View, other: _View) -> _View:
        keys = self._joined_keys(one, other)
        numbers: dict[Origin, dict[int, Origin]] = {}
        for view in (one, other):
            for origin, claims in view.numbers.items():
                update = self.find(origin)
                known = numbers.get(update)
                numbers[update] = self._joined_numbers(known, claims) if known else claims
        return _View(keys, numbers)

    def _joined_keys(self, one: _View, other: _View) -> dict[str, Origin]:
        keys: dict[str, Origin] = {}
        losers: list[tuple[Origin, str]] = []
        for key in sorted({*one.keys, *other.keys}):
            claims = sorted({self.find(view.keys[key]) for view in (one, other) if key in view.keys})
            if len(claims) == 2 and _is_same_update(self.texts[claims[0]], self.texts[claims[1]]):
                self.unite(*claims)
                claims = claims[:1]
            keys[key] = claims[0]
            losers += [(claim, key) for claim in claims[1:]]
        for claim, key in sorted(losers):
            if claim not in keys.values():
                keys[_next_key(key[:10], keys)] = claim
        return keys

    def _joined_numbers(self, one: dict[int, Origin], other: dict[int, Origin]) -> dict[int, Origin]:
        if one == other:
            return one
        self._unite_equal_words(one, other)
        numbers: dict[int, Origin] = {}
        losers: set[Origin] = set()
        for number in sorted({*one, *other}):
            claims = {self.find(view[number]) for view in (one, other) if number in view}
            if len(claims) == 2 and any(self.texts[claim] is None for claim in claims):
                self.unite(*claims)
                claims = {min(claims)}
            first, *later = sorted(claims)
            numbers[number] = first
            losers.update(later)
        placed = set(numbers.values())
        for claim in sorted(losers - placed):
            numbers[max(numbers) + 1] = claim
        return numbers

    def _unite_equal_words(self, one: dict[int, Origin], other: dict[int, Origin]) -> None:
        mine = {self.find(origin) for origin in one.values()}
        theirs = {self.find(origin) for origin in other.values()}
        by_words: dict[tuple[str, ...], list[Origin]] = {}
        for origin in sorted(mine - theirs):
            text = self.texts[origin]
            if text is not None:
                by_words.setdefault(text, []).append(origin)
        for origin in sorted(theirs - mine):
            text = self.texts[origin]
            if text is not None and by_words.get(text):
                self.unite(by_words[text].pop(0), origin)


def merged(sheet: LedgerMonth) -> list[Event]:
    """The events of a month in the order of the fold, every key and number in its final meaning."""
    if sheet.straight:
        return [link.event for link in sheet.links]
    pairs = zip(sheet.links, meanings(sheet), strict=True)
    return [event for link, meaning in pairs for event in translated(link.event, meaning)]


def meanings(sheet: LedgerMonth) -> list[MergedNames]:
    """For each record of a month, what its key and numbers stand for."""
    if sheet.straight:
        return [MergedNames(link.event.update, {n: n for n in mentioned(link.event)}) for link in sheet.links]
    reader = _Reader()
    for link in sheet.links:
        reader.hear(link)
    ranked = sorted((link for link in sheet.links if link.digest in sheet.tips), key=lambda link: link.rank)
    final = reader.joined([reader.views[link.digest] for link in ranked])
    key_of = {reader.find(update): key for key, update in sorted(final.keys.items(), reverse=True)}
    number_of = {update: _names(claims, reader) for update, claims in final.numbers.items()}
    found: list[MergedNames] = []
    for link, (update, numbers) in zip(sheet.links, reader.spoken, strict=True):
        update = reader.find(update)
        names = number_of.get(update, {})
        meant = {n: names.get(reader.find(origin), n) for n, origin in numbers.items()}
        found.append(MergedNames(key_of.get(update, link.event.update), meant))
    return found


def renamed(sheet: LedgerMonth) -> list[Renamed]:
    """Keys and numbers that were claimed twice, and what became of the later claim."""
    found: dict[Renamed, None] = {}
    for link, meaning in zip(sheet.links, meanings(sheet), strict=True):
        key = link.event.update
        if meaning.key != key:
            found[Renamed(key, key, meaning.key)] = None
        for entry in link.event.items:
            number = meaning.numbers[entry.number]
            if number != entry.number:
                found[Renamed(meaning.key, f"item {entry.number}", f"item {number}")] = None
    return list(found)


def translated(event: Event, meaning: MergedNames) -> tuple[Event, ...]:
    """The event with its key and numbers in their final meaning, and with those it lost reserved.

    A number that a site has once published under a key must not come to mean anything else there.
    """
    new = meaning.numbers
    if meaning.key == event.update and all(new.get(n, n) == n for n in mentioned(event)):
        return (event,)
    lost = Event(at=event.at, update=event.update, event=RESERVED, used=event.highest)
    final = replace(
        event,
        update=meaning.key,
        items=tuple(e._replace(number=new[e.number]) for e in event.items),
        changed=tuple(c._replace(number=new[c.number]) for c in event.changed),
        gone=tuple(
            d._replace(number=new[d.number], into=d.into and new.get(d.into, d.into)) for d in event.gone
        ),
        back=tuple(e._replace(number=new[e.number]) for e in event.back),
        order=event.order and tuple(new.get(n, n) for n in event.order),
        fronts=tuple((new.get(n, n), front) for n, front in event.fronts),
        opinion=tuple(new.get(n, n) for n in event.opinion),
        claims=tuple(t._replace(number=new[t.number]) for t in event.claims),
        moved=tuple(m._replace(number=new[m.number]) for m in event.moved),
        received=tuple(r._replace(number=new[r.number]) for r in event.received),
        ties=tuple(t._replace(number=new.get(t.number, t.number)) for t in event.ties),
        item=event.item and new[event.item],
    )
    return (final, lost) if event.highest else (final,)


def mentioned(event: Event) -> list[int]:
    """Every item number an event speaks of, except in its order."""
    rows = (
        *event.items,
        *event.changed,
        *event.gone,
        *event.back,
        *event.claims,
        *event.moved,
        *event.received,
    )
    return [*(row[0] for row in rows), *([event.item] if event.item else ())]


def _names(claims: dict[int, Origin], reader: _Reader) -> dict[Origin, int]:
    """The number of each item: the one it claimed itself if it kept that, else the lowest it has."""
    names: dict[Origin, int] = {}
    for number, claim in sorted(claims.items()):
        origin = reader.find(claim)
        if origin not in names or origin[2] == number:
            names[origin] = number
    return names


def _next_key(date: str, taken: Iterable[str]) -> str:
    ordinals = [int(key[11:] or 1) for key in taken if key.startswith(date)]
    return f"{date}-{max(ordinals) + 1}"


def _bag(event: Event) -> tuple[str, ...] | None:
    """All words an update first came out with, or None if they are not known."""
    if not event.items or any(entry.text is None for entry in event.items):
        return (event.words,) if event.words and not event.items else None
    return tuple(word for entry in event.items for word in folded_words(entry.text or ""))


def _is_same_update(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> bool:
    if one is None or other is None:
        return True
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared >= _SAME_UPDATE * (len(one) + len(other))
