"""An update's last known wording and its text as read now -> numbers for its items, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from sitrep.base.nouns import OWN_VIEW, Problem, Update
from sitrep.base.values import replace
from sitrep.identity.remarks import gone_remarks, matching_remarks
from sitrep.ledger.events import REVISED, Departure, Event, FirstWording, Rewording
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownItem, KnownUpdate
from sitrep.text.similarity import folded_words, is_spelling, same_words, words

if TYPE_CHECKING:
    from sitrep.identity.item_matching import Matching


def head_digest(update: Update) -> str:
    """16 hexadecimal digits for what an update says outside its items; order and roles do not count."""
    texts = (
        update.title,
        update.summary,
        update.correction,
        *update.key_points,
        *(section.heading for section in update.sections),
        *(passage.text for passage in update.passages),
    )
    lines = sorted(" ".join(words(text)) for text in texts if text)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def revision(
    kept: KnownUpdate,
    update: Update,
    at: dt.datetime,
    settled_before: dt.datetime,
    fronts: Mapping[int, str],
    opinion: Collection[int] = (),
    elsewhere: Collection[str] = (),
) -> tuple[list[int], Event | None, tuple[Problem, ...]]:
    """Numbers for the update's items, the event that tells what changed (or None), and remarks.

    Items first seen before ``settled_before`` are past their grace time; ``fronts`` tells where items
    stood when last published, and ``opinion`` which of them were the authors' own view; ``elsewhere`` is what
    other updates say for the first time: an item that went there was not reworded.
    """
    numbers, into, remarks = _numbered(kept, update, elsewhere)
    reason = update.correction if update.correction not in kept.reasons else None
    event = _change(kept, update, numbers, into, at, settled_before, fronts, reason)
    after = apply(kept, event)
    if after.order != tuple(numbers):
        event = replace(event, order=tuple(numbers))
    if {item.front for item in after.live_items} != {*update.fronts}:
        event = replace(event, fronts=_resorted(after, numbers, update))
    event = replace(event, left=tuple(_left(kept, numbers, update, fronts, opinion)))
    if opinion and event.gone:
        event = replace(
            event, opinion=tuple(departure.number for departure in event.gone if departure.number in opinion)
        )
    silent = Event(at=at, update=kept.key, event=REVISED)
    remarks += gone_remarks(update, kept, event)
    return numbers, None if event == silent else event, remarks


def _numbered(
    kept: KnownUpdate, update: Update, elsewhere: Collection[str]
) -> tuple[list[int], dict[int, int], tuple[Problem, ...]]:
    """The number of each item, which items went into which others, and what was doubtful about it."""
    standing = kept.live_items
    if [item.text for item in standing] == [item.text for item in update.items]:
        return list(kept.order), {}, ()
    from sitrep.identity.item_matching import match, words_among

    known = standing + tuple(
        item for item in kept.items if item.withdrawn and not item.forgotten and not item.moved
    )
    news = [tuple(folded_words(item.text)) for item in update.items]
    said = frozenset(news)
    olds = [words_among(item, said) for item in known]
    olds = [
        words if words in said or item.text not in elsewhere else ()
        for item, words in zip(known, olds, strict=True)
    ]
    matching = match(olds, news, len(standing))
    numbers = _numbers(kept, known, matching)
    into = {known[old].number: numbers[new] for old, new in matching.into.items()}
    return numbers, into, matching_remarks(update, numbers, matching, known)


def _resorted(after: KnownUpdate, numbers: list[int], update: Update) -> tuple[tuple[int, str], ...]:
    """Items that stand on another front than is known: it matters where a report begins or ends with that."""
    known = {item.number: item.front for item in after.items}
    now = zip(numbers, update.items, strict=True)
    return tuple((number, item.front) for number, item in now if known.get(number) != item.front)


def _left(
    kept: KnownUpdate,
    numbers: list[int],
    update: Update,
    fronts: Mapping[int, str],
    opinion: Collection[int],
) -> Iterator[tuple[str, str]]:
    """Fronts on which it says nothing more because items are put to others, and to which the first is."""
    now = dict(zip(numbers, update.items, strict=True))
    stood = {item.number: fronts.get(item.number, item.front) for item in kept.live_items}
    on = {front: now[number].front for number, front in reversed(stood.items()) if number in now}
    # What is known to have ended has: after a publish that was killed the archive is older than the ledger.
    known = {report.front for report in kept.left}
    yield from ((front, on[front]) for front in sorted(on.keys() - known.union(update.fronts)))
    own = any(item.opinion for item in update.items)
    to = next((item.front for number, item in now.items() if number in opinion), "")
    if own == (OWN_VIEW in known) and (own or to):
        yield OWN_VIEW, "" if own else to


def _numbers(kept: KnownUpdate, known: tuple[KnownItem, ...], matching: Matching) -> list[int]:
    free = kept.used
    numbers: list[int] = []
    for old in matching.olds:
        if old is None:
            free += 1
        numbers.append(free if old is None else known[old].number)
    return numbers


def _change(
    kept: KnownUpdate,
    update: Update,
    numbers: list[int],
    into: Mapping[int, int],
    at: dt.datetime,
    settled_before: dt.datetime,
    fronts: Mapping[int, str],
    reason: str | None,
) -> Event:
    before = {item.number: item for item in kept.items}
    changed: list[Rewording] = []
    fresh: list[FirstWording] = []
    back: list[FirstWording] = []
    for number, item in zip(numbers, update.items, strict=True):
        old = before.get(number)
        if old is None:
            fresh.append(FirstWording(number, item.front, item.text))
        elif old.withdrawn:
            back.append(FirstWording(number, item.front, item.text))
        elif not same_words(old.text, item.text):
            late = bool(reason) or old.seen < settled_before
            changed.append(Rewording(number, item.text, late and not is_spelling(old.text, item.text)))
    standing = set(numbers)
    head = head_digest(update)
    return Event(
        at=at,
        update=kept.key,
        event=REVISED,
        words=head if head != kept.words else "",
        items=tuple(fresh),
        changed=tuple(changed),
        gone=tuple(
            Departure(item.number, fronts.get(item.number, item.front), into.get(item.number))
            for item in kept.live_items
            if item.number not in standing
        ),
        back=tuple(back),
        reason=reason,
    )
