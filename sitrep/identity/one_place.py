"""Updates and items as known after two ledgers were merged -> events after which each id lives in one place.

Each of two machines may put one update to a date of its own, or one item into an update of its own. Both
records are true, and neither machine was wrong; but a reader knows an entry by its id.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from sitrep.base.values import Struct, field
from sitrep.ledger.events import REVISED, WITHDRAWN, Event, Received, Relocation
from sitrep.ledger.known import KnownItem, KnownUpdate
from sitrep.ledger.places import Known, Place, has_moved, most_went_to, place_of, same_thing, text_of


class Holder(Struct, frozen=True):
    """A place that has an id, or had it."""

    place: Place
    to: Place | None
    """Where the id went from here."""
    stands: bool
    updated: dt.datetime


class _Verdict(Struct):
    """What is to be said of one update and its items."""

    own: list[Place] = field(default_factory=list)
    """What stands here and has to have an id of its own."""
    leads: list[tuple[Place, Place]] = field(default_factory=list)
    """What stands here no more, and where its id lives."""


def in_one_place(
    keys: Iterable[str], known: Known, missing: Collection[str], now: dt.datetime
) -> dict[str, Event]:
    """By key of an update, the event after which nothing here has an id that something elsewhere has too.

    ``keys``: what may have; ``missing``: live updates that no file holds, which do not stand. An id lives in
    the place that stands, of several where it was put last (a place it came back to included). Others that
    stand get ids of their own; others that do not lead there. Empty where each id has one place: always,
    unless ledgers were merged.
    """
    verdicts: defaultdict[str, _Verdict] = defaultdict(_Verdict)
    for origin, holders in sorted(_holders(keys, known, missing).items(), key=str):
        if not any(holder.stands for holder in holders.values()):
            continue  # nobody can meet it twice, and nothing is to be led to
        home = _home_of(origin, holders)
        for holder in holders.values():
            verdict = verdicts[holder.place[0]]
            if holder.place == home:
                if not holder.stands and holder.to in holders:
                    verdict.leads.append((home, ("", None)))
            elif holder.stands:
                verdict.own.append(holder.place)
            elif _end(holder.place, holders) != home:
                verdict.leads.append((holder.place, home))
    return {
        key: _event(kept, verdict, missing, now)
        for key, verdict in sorted(verdicts.items())
        if (verdict.own or verdict.leads) and (kept := known(key))
    }


def _home_of(origin: Place, holders: dict[Place, Holder]) -> Place:
    """Where the id lives that was first given at ``origin``; something stands that has it."""
    end = _end(origin if origin in holders else min(holders, key=str), holders)
    if holders[end].stands:
        return end
    standing = (holder for holder in holders.values() if holder.stands)
    return max(standing, key=lambda holder: (holder.updated, str(holder.place))).place


def _end(place: Place, holders: dict[Place, Holder]) -> Place:
    """Where one gets to who follows an id from a place on."""
    seen = [place]
    while (to := holders[seen[-1]].to) in holders and to not in seen:
        seen.append(to)
    return seen[-1]


def _holders(keys: Iterable[str], known: Known, missing: Collection[str]) -> dict[Place, dict[Place, Holder]]:
    """The places of each id that several have or had, by the place at which it was first given."""
    found: defaultdict[Place, dict[Place, Holder]] = defaultdict(dict)
    seen: set[Place] = set()
    for key in sorted(keys):
        kept = known(key)
        moved = (None, *(item.number for item in kept.items)) if kept and has_moved(kept) else ()
        for number in moved:
            places = same_thing((key, number), known) if (key, number) not in seen else ()
            seen.update(places)
            for place in places:
                origin, holder = _holder(place, known, missing)
                found[origin][place] = holder
    return {origin: holders for origin, holders in found.items() if len(holders) > 1}


def _holder(place: Place, known: Known, missing: Collection[str]) -> tuple[Place, Holder]:
    """What is known at a place, and the place at which the id that it has was first given."""
    key, number = place
    kept = known(key)
    assert kept is not None
    here = kept.withdrawn is None and key not in missing
    if number is None:
        taken = kept.withdrawn
        to = place_of(taken.to) if taken and taken.heir else None
        return place_of(kept.origin or key), Holder(place, to, here, kept.updated)
    item = kept.item(number)
    to = place_of(item.to) if item.to else None
    origin = place_of(item.origin) if item.origin else place
    return origin, Holder(place, to, here and item.withdrawn is None, item.updated)


def _event(kept: KnownUpdate, verdict: _Verdict, missing: Collection[str], now: dt.datetime) -> Event:
    received = tuple(_as_its_own(kept.item(number), kept.key) for _, number in verdict.own if number)
    moved = tuple(Relocation(here[1], text_of(to)) for here, to in verdict.leads if here[1])
    heirs = [to for here, to in verdict.leads if here[1] is None]
    at = max(now, kept.updated)
    if heirs or kept.key in missing:
        to = text_of(heirs[0]) if heirs else most_went_to(moved)
        return Event(at=at, update=kept.key, event=WITHDRAWN, to=to, heir=bool(heirs and to), moved=moved)
    own = (kept.key, None) in verdict.own
    return Event(
        at=at,
        update=kept.key,
        event=REVISED,
        origin=kept.key if own else "",
        published=kept.published if own else None,
        exact=kept.exact if own else False,
        received=received,
        moved=moved,
    )


def _as_its_own(item: KnownItem, key: str) -> Received:
    origin = text_of((key, item.number))
    return Received(item.number, origin, item.published, item.updated, item.seen, item.revisions)
