"""The updates of one date, as known and as read -> which is which, and the key of each new one.

Only words, times given in the text and the order within a file count, never a file's name or path; but for
one thing: of two files that say one update, the one that is named as a copy of the other is the copy, and
then the one that is not known as the source.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from sitrep.base.copy_names import extends, is_copy_of
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.base.values import Struct
from sitrep.identity.remarks import remark
from sitrep.identity.revisions import head_digest
from sitrep.ledger.known import KnownUpdate
from sitrep.text.similarity import folded_words

TWICE = 0.8
"""Two files that share so much of their words say one update twice."""
ALIKE = 0.5
"""An update that shares so much with a known one is that one, even if it had been withdrawn."""
_TELLING = 6
"""Words from which on a text that stands in another one whole is no coincidence."""
_ALL_PAIRS = 1_600


class Assignment(Struct, frozen=True, kw_only=True):
    """Which candidate is which update."""

    keys: tuple[str | None, ...]
    """One for each candidate, in their order; None for one that is not published (a problem says why)."""
    vanished: tuple[str, ...]
    """Keys that are live in the ledger and that no candidate is."""
    problems: tuple[Problem, ...]


class _Text(NamedTuple):
    """What of an update is compared."""

    items: tuple[str, ...]
    bag: Counter[str]
    head: str
    rank: str
    """Orders equals alike on every machine."""


def assign_keys(
    day: dt.date,
    known: Sequence[KnownUpdate],
    candidates: Sequence[Update],
    *,
    oldest_first: Collection[str] = (),
    owners: Collection[str] = (),
) -> Assignment:
    """Tell which known update of a date each candidate is, and give new ones the next free key.

    The most alike belong together; a single candidate for a single live update is that update even if
    rewritten; a withdrawn one comes back only if its words do. New ones are numbered by the time in
    their text, then by their place in the file (the later the older, except in the sources named by
    ``oldest_first``), then by content. One update that stands in two files is published once: from the one
    of ``owners``, the files that updates of that date are out from, else from the one that says what is out.
    """
    usable = [kept for kept in known if not kept.forgotten and not (kept.withdrawn and kept.withdrawn.to)]
    if len(candidates) == 1 and (not usable or (len(usable) == 1 and not usable[0].withdrawn)):
        key = usable[0].key if usable else _key(day, 1 + _last_ordinal(known))
        return Assignment(keys=(key,), vanished=(), problems=())
    texts = [_text_of(candidate) for candidate in candidates]
    kept_texts = [_kept_text(kept) for kept in usable]
    refused, problems = _said_twice(candidates, texts, kept_texts, owners)
    order = [i for i in _arranged(candidates, texts, oldest_first) if i not in refused]
    chosen = _matched(usable, kept_texts, texts, order)
    if len(candidates) > 1 or usable:
        own_first = sorted(order, key=lambda index: candidates[index].source not in owners)
        vain = _withdrawn(candidates, usable, chosen, own_first)
        refused |= vain
        problems += (_takes_nothing_back(candidates[index], candidates) for index in sorted(vain))
    new = (index for index in order if index not in chosen and index not in refused)
    chosen |= {index: _key(day, n) for n, index in enumerate(list(new), 1 + _last_ordinal(known))}
    taken = set(chosen.values())
    return Assignment(
        keys=tuple(chosen.get(index) for index in range(len(candidates))),
        vanished=tuple(kept.key for kept in usable if not kept.withdrawn and kept.key not in taken),
        problems=tuple(problems),
    )


def _key(day: dt.date, ordinal: int) -> str:
    return day.isoformat() if ordinal == 1 else f"{day.isoformat()}-{ordinal}"


def _last_ordinal(known: Sequence[KnownUpdate]) -> int:
    return max((kept.ordinal for kept in known), default=0)


def _text_of(update: Update) -> _Text:
    items = tuple(item.text for item in update.items)
    rest = (str(update.time or ""), update.title or "", *(passage.text for passage in update.passages))
    digest = sha256("\0".join((*rest, "", *items)).encode()).hexdigest()
    return _Text(items, bag_of_words(items), head_digest(update), digest)


def _kept_text(kept: KnownUpdate) -> _Text:
    items = tuple(item.text for item in (kept.live_items or kept.items))
    return _Text(items, bag_of_words(items), kept.words, "")


def bag_of_words(texts: Iterable[str]) -> Counter[str]:
    """The words of texts in compared form, each as often as it is there."""
    return Counter(word for text in texts for word in folded_words(text))


def _likeness(one: _Text, other: _Text) -> float:
    """The share of item words in common (0 to 1); without items, whether the rest is the same."""
    if one.items == other.items and one.items:
        return 1.0
    total = one.bag.total() + other.bag.total()
    if not total:
        return float(one.head == other.head)
    return 2 * (one.bag & other.bag).total() / total


def _said_twice(
    candidates: Sequence[Update], texts: Sequence[_Text], kept: Sequence[_Text], owners: Collection[str]
) -> tuple[set[int], list[Problem]]:
    """Candidates that say what one from another file says: no copy withdraws or replaces its original."""
    twins = _twins(candidates, texts)
    refused: set[int] = set()
    problems: list[Problem] = []
    standing: set[int] = set()
    copies = {
        i
        for i, others in twins.items()
        if any(is_copy_of(candidates[i].source, candidates[other].source) for other in others)
    }

    def rank(index: int) -> tuple[bool, bool, bool, tuple[int, float, str], str]:
        # The plain name is the original, whatever came first; then what is known as
        # the source. No second file takes an update back.
        one = candidates[index]
        is_second = index in copies, one.source not in owners, one.withdraw is not None
        return *is_second, _preference(texts[index], kept), one.source

    for index in sorted(twins, key=rank):
        winners = twins[index] & standing
        if winners:
            refused.add(index)
            winner = min(winners)
            copy, original = candidates[index], candidates[winner]
            equal = texts[index].bag == texts[winner].bag and copy.withdraw == original.withdraw
            problems.append(_twice(copy, original, equal=equal))
            if not equal:
                problems.append(_copied(original, copy))
        else:
            standing.add(index)
    return refused, problems


def _twins(candidates: Sequence[Update], texts: Sequence[_Text]) -> dict[int, set[int]]:
    """Candidates that say what some from other files say, and which those are."""
    twins = defaultdict[int, set[int]](set)
    for a, b in _pairs(texts, texts):
        apart = a < b and candidates[a].source != candidates[b].source
        if apart and (_likeness(texts[a], texts[b]) >= TWICE or _is_copy(candidates, texts, a, b)):
            twins[a].add(b)
            twins[b].add(a)
    return twins


def _withdrawn(
    candidates: Sequence[Update], known: Sequence[KnownUpdate], chosen: dict[int, str], order: Iterable[int]
) -> set[int]:
    """Find what texts that take back have taken back already: they may have no words left to be known by.

    Adds to ``chosen``; those of which nothing is known come back.
    """
    vain: set[int] = set()
    for index in order:
        if index in chosen or candidates[index].withdraw is None:
            continue
        gone = (kept.key for kept in known if kept.withdrawn and kept.key not in chosen.values())
        if key := next(gone, None):
            chosen[index] = key
        else:
            vain.add(index)
    return vain


def _takes_nothing_back(update: Update, others: Sequence[Update]) -> Problem:
    day = update.date.isoformat()
    fact = f"this file has published nothing of {day} that it could take back"
    found = next((other.source for other in others if other.source != update.source), None)
    remedy = f"write withdraw: at the top of {found} instead" if found else "take out withdraw:, or this file"
    return remark(update, fact, remedy, Severity.ERROR)


def _extends(candidates: Sequence[Update], copy: int, original: int) -> bool:
    return extends(candidates[copy].source, candidates[original].source)


def _is_copy(candidates: Sequence[Update], texts: Sequence[_Text], a: int, b: int) -> bool:
    """True if one says all that the other says, word for word; named as a copy of it, half is enough."""
    fewer, more = sorted((set(texts[a].items), set(texts[b].items)), key=len)
    if _extends(candidates, a, b) or _extends(candidates, b, a):
        return 0 < len(fewer) <= 2 * len(fewer & more)
    # Who gives the hour means a further report, and a few words may well stand in two.
    words = min(texts[a].bag.total(), texts[b].bag.total())
    return fewer <= more and words >= _TELLING and candidates[a].time == candidates[b].time


def _preference(text: _Text, kept: Sequence[_Text]) -> tuple[int, float, str]:
    if any(text.items == known.items for known in kept):
        return 0, 0.0, text.rank
    nearest = max((_likeness(known, text) for known in kept), default=0.0)
    return 1 if nearest == 1.0 else 2, -round(nearest, 6), text.rank


def _twice(candidate: Update, other: Update, *, equal: bool) -> Problem:
    day = candidate.date.isoformat()
    if equal:
        fact = f"the update of {day} stands in {other.source} too, word for word; it is published once"
        remedy = "nothing to do; before you change it, delete one of the two, so that they cannot differ"
        return remark(candidate, fact, remedy, Severity.WARNING)
    fact = (
        f"this update of {day} is out from {other.source}; here its text is another one, which is not shown"
    )
    remedy = (
        f"take it out of {other.source} and this one is shown, or put the change there and take it out here"
    )
    return remark(candidate, fact, remedy, Severity.ERROR)


def _copied(original: Update, copy: Update) -> Problem:
    fact = f"{copy.source} says this update of {original.date.isoformat()} in other words, or takes it back"
    remedy = f"nothing to do here: this file counts; delete {copy.source}, or tell who wrote it"
    return remark(original, fact, remedy, Severity.WARNING)


def _arranged(
    candidates: Sequence[Update], texts: Sequence[_Text], oldest_first: Collection[str]
) -> list[int]:
    """Oldest first: no time before any time, then file by file, within a file by place."""
    first: dict[tuple[dt.time | None, str], str] = {}
    for candidate, text in zip(candidates, texts, strict=True):
        group = (candidate.time, candidate.source)
        first[group] = min(first.get(group, text.rank), text.rank)

    def place(index: int) -> tuple[bool, dt.time, str, str, int]:
        update = candidates[index]
        line = update.line if update.source in oldest_first else -update.line
        content = first[update.time, update.source]
        return update.time is not None, update.time or dt.time(), content, update.source, line

    return sorted(range(len(candidates)), key=place)


def _matched(
    known: Sequence[KnownUpdate], kept: Sequence[_Text], texts: Sequence[_Text], order: Sequence[int]
) -> dict[int, str]:
    """Key of each candidate that is a known update."""
    chosen: dict[int, str] = {}
    taken: set[int] = set()
    ranked = [texts[index] for index in order]
    scored = sorted(
        (-round(_likeness(kept[old], ranked[new]), 6), known[old].ordinal, new, old)
        for old, new in _pairs(kept, ranked)
    )
    for score, _, new, old in scored:
        sure = -score >= ALIKE
        if old not in taken and order[new] not in chosen and (sure or not known[old].withdrawn):
            taken.add(old)
            chosen[order[new]] = known[old].key
    return chosen


def _pairs(one: Sequence[_Text], other: Sequence[_Text]) -> list[tuple[int, int]]:
    """Pairs to compare: all, or where they are very many only those that share an item word for word."""
    if len(one) * len(other) <= _ALL_PAIRS:
        return [(a, b) for a in range(len(one)) for b in range(len(other))]
    holders: dict[str, list[int]] = {}
    for b, text in enumerate(other):
        for item in set(text.items):
            holders.setdefault(item, []).append(b)
    found = {
        (a, b): None
        for a, text in enumerate(one)
        for item in text.items
        if len(holders.get(item, ())) <= 40
        for b in holders.get(item, ())
    }
    return list(found)
