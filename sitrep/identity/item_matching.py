"""Old wordings and new wordings of one update's items -> which new one is which old one.

Equal words come first, in order where there is a choice; then likeness, helped by position between
neighbours that are already known. A decision that a person might have taken otherwise is reported
as a Doubt. Nothing but the words and their order counts, so every machine decides alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from sitrep.ledger.known import KnownItem
from sitrep.text.similarity import folded_words

Words = tuple[str, ...]

# Shares of words in common. Unrelated reports on one war reach 0.3, a rewritten sentence 0.5 and more.
ACCEPT = 0.45
SURE = 0.6
SURE_WHEN_SHORT = 0.8
FAR = 0.15
"""An item found far from its old neighbours must be so much more alike."""
TURNED = 0.7
"""So many words in common, whatever their order, are the same sentence put another way round."""
CLOSE_CALL = 0.08
CONTAINED = 0.7
_SHORT = 8
_LONG = 300
_ALIGNABLE = 1_000
_CANDIDATES = 4
_COMMON_WORD = 32
_SCORED = 6_000


class Doubtful(StrEnum):
    """Why a person might have decided otherwise."""

    REWRITTEN = "rewritten"
    TWINS = "twins"
    MERGED = "merged"
    SPLIT = "split"


class DoubtfulMatch(NamedTuple):
    """One such decision: the new item, the old one it was taken for, and the other that it might be."""

    new: int
    kind: Doubtful
    old: int
    other: int | None = None
    """An old item (twins, merged) or a new one (split)."""


class Matching(NamedTuple):
    """Indexes into the old items for every new one, None where it is new."""

    olds: tuple[int | None, ...]
    into: dict[int, int]
    """Old items that are gone, and the new item that took over their words."""
    doubts: tuple[DoubtfulMatch, ...]


class _Pair(NamedTuple):
    score: float
    """Likeness, less what distance costs."""
    old: int
    new: int
    contained: bool
    """The old item's words stand almost all in the new one."""
    near: bool


def match(olds: Sequence[Words], news: Sequence[Words], standing: int | None = None) -> Matching:
    """Tell which new item is which old one.

    ``olds`` in their last order, those from index ``standing`` on are gone from the text and are taken
    back only if hardly a word has changed. Words are compared as they are: fold case before.
    """
    standing = len(olds) if standing is None else standing
    found = _equal(olds[:standing], news)
    pairs = _alike(olds[:standing], news, found)
    chosen = _choose(pairs)
    result = dict(found) | {pair.new: pair.old for pair in chosen}
    _take_back(olds, news, standing, result)
    into = _taken_over(pairs, result, olds, news)
    return Matching(
        olds=tuple(result.get(index) for index in range(len(news))),
        into=into,
        doubts=_doubts(pairs, chosen, into, olds, news),
    )


def words_among(item: KnownItem, said: Container[Words]) -> Words:
    """The words an item is known by among what is ``said`` now: its last, or earlier ones again."""
    last = tuple(folded_words(item.text))
    if last in said or not item.revisions:
        return last
    earlier = (tuple(folded_words(revision.before)) for revision in reversed(item.revisions))
    return next((words for words in earlier if words in said), last)


def likeness(old: Words, new: Words) -> tuple[float, bool]:
    """How much of two wordings is the same (0 to 1), and whether the new one contains the old one."""
    if not old or not new:
        return (1.0 if not old and not new else 0.0), False
    shared = (Counter(old) & Counter(new)).total()
    if len(old) > _LONG or len(new) > _LONG:
        same = runs = shared
    else:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        runs = sum(block.size for block in blocks if block.size > 1)
    ratio = 2 * same / (len(old) + len(new))
    shorter = min(len(old), len(new))
    within = runs / shorter if shorter >= 5 else 0.0
    turned = 2 * shared / (len(old) + len(new)) if shorter >= _SHORT else 0.0
    turned = turned - CLOSE_CALL if turned >= TURNED else 0.0
    return max(ratio, 0.75 * within + 0.2 * ratio, turned), runs >= CONTAINED * len(old) and len(old) >= 5


def _equal(olds: Sequence[Words], news: Sequence[Words]) -> dict[int, int]:
    """New index -> old index where the words are the same; order decides between equals."""
    start = 0
    while start < min(len(olds), len(news)) and olds[start] == news[start]:
        start += 1
    found = {index: index for index in range(start)}
    end_old, end_new = len(olds), len(news)
    while end_old > start and end_new > start and olds[end_old - 1] == news[end_new - 1]:
        end_old, end_new = end_old - 1, end_new - 1
        found[end_new] = end_old
    if end_old == start or end_new == start:
        return found
    if _is_alignable(olds[start:end_old], news[start:end_new]):
        matcher = SequenceMatcher(None, olds[start:end_old], news[start:end_new], autojunk=False)
        for block in matcher.get_matching_blocks():
            found |= {start + block.b + i: start + block.a + i for i in range(block.size)}
    return found | _moved(olds, news, found)


def _is_alignable(olds: Sequence[Words], news: Sequence[Words]) -> bool:
    """Order matters only where words repeat; and aligning very many repeats would take minutes."""
    repeats = len(set(olds)) < len(olds) or len(set(news)) < len(news)
    return repeats and len(olds) + len(news) <= _ALIGNABLE


def _moved(olds: Sequence[Words], news: Sequence[Words], found: dict[int, int]) -> dict[int, int]:
    taken = set(found.values())
    free: dict[Words, list[int]] = defaultdict(list)
    for index in range(len(olds) - 1, -1, -1):
        if index not in taken:
            free[olds[index]].append(index)
    return {index: free[new].pop() for index, new in enumerate(news) if index not in found and free.get(new)}


def _alike(olds: Sequence[Words], news: Sequence[Words], found: dict[int, int]) -> list[_Pair]:
    """Every pair of still unknown items that may be one item reworded, best first."""
    taken = set(found.values())
    left = [index for index in range(len(olds)) if index not in taken]
    fresh = [index for index in range(len(news)) if index not in found]
    if not left or not fresh:
        return []
    candidates = _candidates(olds, news, left, fresh)
    around_new = _neighbours(len(news), found)
    around_old = _neighbours(len(olds), {old: old for old in taken})
    pairs: list[_Pair] = []
    for new, old in candidates:
        before, after = around_new[new]
        near = before == around_old[old][0] or after == around_old[old][1]
        alike, contained = likeness(olds[old], news[new])
        score = round(alike - (0.0 if near else FAR), 6)
        if score >= ACCEPT or contained:
            pairs.append(_Pair(score, old, new, contained, near))
    pairs.sort(key=lambda pair: (-pair.score, abs(pair.old - pair.new), pair.old, pair.new))
    return pairs


def _neighbours(count: int, known: dict[int, int]) -> list[tuple[int | None, int | None]]:
    """For every index the old items known to stand before and after it."""
    before: list[int | None] = []
    last: int | None = None
    for index in range(count):
        before.append(last)
        last = known.get(index, last)
    after: list[int | None] = [None] * count
    last = None
    for index in range(count - 1, -1, -1):
        after[index] = last
        last = known.get(index, last)
    return list(zip(before, after, strict=True))


def _candidates(
    olds: Sequence[Words], news: Sequence[Words], left: list[int], fresh: list[int]
) -> list[tuple[int, int]]:
    """Pairs (new, old) worth a closer look: a few old items for each new one, by words in common."""
    sizes = {old: len(set(olds[old])) for old in left}
    holders: dict[str, list[int]] = defaultdict(list)
    for old in left:
        for word in set(olds[old]):
            holders[word].append(old)
    found: list[tuple[int, int]] = []
    for new in fresh:
        own = set(news[new])
        shared: Counter[int] = Counter()
        for word in own:
            held = holders.get(word, ())
            if len(held) <= _COMMON_WORD:
                shared.update(held)
        weighed = [
            (count / min(sizes[old], len(own)) + 2 * count / (sizes[old] + len(own)), -old)
            for old, count in shared.items()
            if count >= 0.3 * min(sizes[old], len(own))
        ]
        found += [(new, -old) for _, old in sorted(weighed, reverse=True)[:_CANDIDATES]]
        if len(found) >= _SCORED:
            break
    return found


def _choose(pairs: list[_Pair]) -> list[_Pair]:
    chosen: list[_Pair] = []
    olds: set[int] = set()
    news: set[int] = set()
    for pair in pairs:
        if pair.score >= ACCEPT and pair.old not in olds and pair.new not in news:
            chosen.append(pair)
            olds.add(pair.old)
            news.add(pair.new)
    return chosen


def _take_back(olds: Sequence[Words], news: Sequence[Words], standing: int, result: dict[int, int]) -> None:
    """Give items that had gone their place again where they reappear nearly word for word."""
    known = {new: old - standing for new, old in result.items()}
    gone = _moved(olds[standing:], news, known)
    result |= {new: old + standing for new, old in gone.items()}
    taken = set(result.values())
    left = [old for old in range(standing, len(olds)) if old not in taken]
    fresh = [new for new in range(len(news)) if new not in result]
    if left and fresh:
        scored = (
            _Pair(round(likeness(olds[old], news[new])[0] - FAR, 6), old, new, False, False)
            for new, old in _candidates(olds, news, left, fresh)
        )
        strong = sorted((p for p in scored if p.score >= SURE), key=lambda p: (-p.score, p.old, p.new))
        result |= {pair.new: pair.old for pair in _choose(strong)}


def _taken_over(
    pairs: list[_Pair], result: dict[int, int], olds: Sequence[Words], news: Sequence[Words]
) -> dict[int, int]:
    """Old items whose words stand in a new one that is another old one too, and is long enough for both."""
    kept = set(result.values())
    into: dict[int, int] = {}
    for pair in pairs:
        holder = result.get(pair.new)
        if pair.contained and pair.old not in kept and holder is not None:
            both = len(olds[pair.old]) + len(olds[holder])
            if len(news[pair.new]) >= CONTAINED * both:
                into.setdefault(pair.old, pair.new)
    return into


def _doubts(
    pairs: list[_Pair],
    chosen: list[_Pair],
    into: dict[int, int],
    olds: Sequence[Words],
    news: Sequence[Words],
) -> tuple[DoubtfulMatch, ...]:
    won = {pair.new: pair for pair in chosen}
    held = {pair.old: pair for pair in chosen}
    doubts: dict[int, DoubtfulMatch] = {}
    for pair in pairs:
        winner = won.get(pair.new)
        if winner is None:
            holder = held.get(pair.old)
            if holder and pair.score >= ACCEPT:
                doubt = DoubtfulMatch(new=holder.new, kind=Doubtful.SPLIT, old=pair.old, other=pair.new)
                doubts.setdefault(holder.new, doubt)
        elif pair.old != winner.old:
            merged = into.get(pair.old) == pair.new
            rival = Doubtful.MERGED if merged else _rival(pair, winner, held.get(pair.old))
            if rival:
                doubts.setdefault(
                    pair.new, DoubtfulMatch(new=pair.new, kind=rival, old=winner.old, other=pair.old)
                )
    for pair in chosen:
        short = min(len(olds[pair.old]), len(news[pair.new])) < _SHORT
        if pair.score < (SURE_WHEN_SHORT if short else SURE):
            doubts.setdefault(pair.new, DoubtfulMatch(new=pair.new, kind=Doubtful.REWRITTEN, old=pair.old))
    return tuple(doubts[new] for new in sorted(doubts))


def _rival(pair: _Pair, winner: _Pair, elsewhere: _Pair | None) -> Doubtful | None:
    """Why an old item that lost a new one to another makes the decision doubtful, if it does."""
    if pair.score < ACCEPT or pair.score < winner.score - CLOSE_CALL:
        return None
    if elsewhere is not None and elsewhere.score > pair.score + CLOSE_CALL:
        return None
    return Doubtful.TWINS
