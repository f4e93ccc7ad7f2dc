"""Items that left updates and items that came to others, in one publish -> which of these is which of those.

An id follows the words: a date put right, an update split over two files or joined with another one
makes nothing new and takes nothing back. Only words decide, so every machine decides alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sitrep.base.values import Struct, field, replace
from sitrep.identity.item_matching import (
    CONTAINED,
    DoubtfulMatch,
    Matching,
    Words,
    likeness,
    match,
    words_among,
)
from sitrep.identity.update_keys import ALIKE, TWICE
from sitrep.ledger.known import KnownItem
from sitrep.text.similarity import folded_words

MOST = 0.5
"""So much of an update's words must stand elsewhere, else it was taken back and not moved."""
_SAME = 0.8
"""A single item that went from an update that stands to another one is the same if it is so much alike."""
_ALL_PAIRS = 1_600

Place = tuple[str, int]
"""Key of an update and number of an item."""


class Leaving(Struct, frozen=True, kw_only=True):
    """Items that stand in an update no more; ``whole``: the update is in no file at all."""

    key: str
    items: tuple[KnownItem, ...]
    whole: bool
    earlier: bool = False
    """They were taken back in an earlier publish."""


class Coming(Struct, frozen=True, kw_only=True):
    """Items that an update has for the first time, as number and text; ``new``: so is the update."""

    key: str
    items: tuple[tuple[int, str], ...]
    new: bool


class Heir(Struct, frozen=True):
    """The update that is another one under a new date or key."""

    key: str
    sure: bool


class Moves(Struct, frozen=True, kw_only=True):
    """What went where."""

    items: Mapping[Place, Place] = field(default_factory=dict)
    heirs: Mapping[str, Heir] = field(default_factory=dict)
    """For each update that goes on under another key, that key."""
    whole: frozenset[str] = frozenset()
    """Updates in no file whose words stand elsewhere for the most part."""
    parted: frozenset[str] = frozenset()
    """Updates in no file of whose words a smaller part stands elsewhere."""
    parts: Mapping[Place, Place] = field(default_factory=dict)
    """Items gone whose words stand in another one that has an id of its own: repeated, or made part of it."""
    matchings: tuple[tuple[Leaving, Coming, Matching], ...] = ()
    """How rewritten items were told apart, for what a writer should look at."""

    def without(self, keys: Collection[str]) -> Moves:
        """The same where nothing has gone from these updates."""
        items = {here: there for here, there in self.items.items() if here[0] not in keys}
        return replace(self, items=items, parted=self.parted.difference(keys)) if keys else self

    def with_keys(self, keys: Mapping[str, tuple[str, Mapping[int, int]]]) -> Moves:
        """The same where updates that came have other keys, and their items other numbers."""
        if not keys:
            return self

        def place(there: Place) -> Place:
            key, numbers = keys.get(there[0], (there[0], {}))
            return key, numbers.get(there[1], there[1])

        return replace(
            self,
            items={here: place(there) for here, there in self.items.items()},
            heirs={
                old: replace(heir, key=keys[heir.key][0]) if heir.key in keys else heir
                for old, heir in self.heirs.items()
            },
            matchings=tuple(
                (left, _renamed(came, place), matching) for left, came, matching in self.matchings
            ),
        )


def _renamed(came: Coming, place: Callable[[Place], Place]) -> Coming:
    places = [place((came.key, number)) for number, _ in came.items]
    items = tuple((number, text) for (_, number), (_, text) in zip(places, came.items, strict=True))
    return replace(came, key=places[0][0] if places else came.key, items=items)


class _MovePair(Struct, frozen=True):
    alike: float
    left: int
    came: int


def find_moves(left: Sequence[Leaving], came: Sequence[Coming]) -> Moves:
    """Tell which items went where. The most alike updates are compared first; nothing is taken twice."""
    said = frozenset(tuple(folded_words(text)) for coming in came for _, text in coming.items)
    old_words = [[words_among(item, said) for item in leaving.items] for leaving in left]
    new_words = [[tuple(folded_words(text)) for _, text in coming.items] for coming in came]
    heirs: dict[str, Heir] = {}
    items: dict[Place, Place] = {}
    matchings: list[tuple[Leaving, Coming, Matching]] = []
    for pair in _pairs(old_words, new_words):
        leaving, other = left[pair.left], came[pair.came]
        goes_on = leaving.whole and pair.alike >= (TWICE if leaving.earlier else ALIKE)
        if goes_on and other.new and leaving.key not in heirs and not _is_heir(other.key, heirs):
            heirs[leaving.key] = Heir(other.key, pair.alike >= TWICE)
        matching = match(old_words[pair.left], new_words[pair.came])
        if goes_on:
            matchings.append((leaving, other, matching))
        taken = set(items.values())
        olds, news = old_words[pair.left], new_words[pair.came]
        for new, old in _sure(matching, olds, news, loose=goes_on):
            # Taken back and said otherwise now, it would be out again as what was said first.
            if leaving.earlier and olds[old] != news[new]:
                continue
            here, there = (leaving.key, leaving.items[old].number), (other.key, other.items[new][0])
            if here not in items and there not in taken:
                items[here] = there
    whole = frozenset(
        leaving.key
        for leaving, words in zip(left, old_words, strict=True)
        if leaving.whole and _went(leaving, words, items) and (not leaving.earlier or leaving.key in heirs)
    )
    stays = {leaving.key for leaving in left if leaving.whole and not leaving.earlier} - whole
    return Moves(
        items=items,
        heirs={key: heir for key, heir in heirs.items() if key in whole},
        whole=whole,
        parted=frozenset(key for key, _ in items if key in stays),
        matchings=tuple(matching for matching in matchings if matching[0].key in whole),
    )


def find_parts(
    gone: Mapping[Place, Words], standing: Iterable[tuple[Place, Words]], fresh: Collection[str]
) -> dict[Place, Place]:
    """Tell which items that are gone are said by others: word for word, or in updates just read as a part."""
    places: dict[Words, Place] = {}
    longer: list[tuple[Place, Words, frozenset[str]]] = []
    for place, words in standing:
        places.setdefault(words, place)
        if place[0] in fresh:
            longer.append((place, words, frozenset(words)))
    found: dict[Place, Place] = {}
    for place, words in gone.items():
        least = CONTAINED * len(set(words))
        holders = (
            there
            for there, said, bag in longer
            if there[0] != place[0] and len(bag.intersection(words)) >= least and likeness(words, said)[1]
        )
        if there := places.get(words) or next(holders, None):
            found[place] = there
    return found


def _is_heir(key: str, heirs: Mapping[str, Heir]) -> bool:
    return any(heir.key == key for heir in heirs.values())


def _sure(
    matching: Matching, olds: Sequence[Words], news: Sequence[Words], *, loose: bool
) -> Iterator[tuple[int, int]]:
    """New and old items that are the same; ``loose``: a rewritten one counts too."""
    doubtful: set[DoubtfulMatch] = set(matching.doubts)
    for new, old in enumerate(matching.olds):
        if old is None or not olds[old]:
            continue
        if loose or olds[old] == news[new] or (not doubtful and likeness(olds[old], news[new])[0] >= _SAME):
            yield new, old


def _went(leaving: Leaving, words: Sequence[Words], items: Mapping[Place, Place]) -> bool:
    total = sum(map(len, words))
    gone = sum(
        len(said)
        for item, said in zip(leaving.items, words, strict=True)
        if (leaving.key, item.number) in items
    )
    return bool(total) and gone >= MOST * total


def _pairs(olds: Sequence[Sequence[Words]], news: Sequence[Sequence[Words]]) -> list[_MovePair]:
    """Pairs that have an item in common or are much alike, the most alike first."""
    bags = [_bag(items) for items in olds], [_bag(items) for items in news]
    found = [
        _MovePair(alike, old, new)
        for old, new, shares in _compared(olds, news)
        if (alike := _likeness(bags[0][old], bags[1][new])) >= ALIKE or shares
    ]
    return sorted(found, key=lambda pair: (-pair.alike, pair.left, pair.came))


def _compared(
    olds: Sequence[Sequence[Words]], news: Sequence[Sequence[Words]]
) -> Iterator[tuple[int, int, bool]]:
    """Pairs worth a look (of very many those alone that share an item), and whether they share one."""
    holders: defaultdict[Words, set[int]] = defaultdict(set)
    for new, items in enumerate(news):
        for words in items:
            holders[words].add(new)
    everything = len(olds) * len(news) <= _ALL_PAIRS
    for old, items in enumerate(olds):
        shared = set().union(*(holders.get(words, ()) for words in items if words))
        yield from ((old, new, new in shared) for new in (range(len(news)) if everything else sorted(shared)))


def _bag(items: Iterable[Words]) -> Counter[str]:
    return Counter(word for words in items for word in words)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return round(2 * (one & other).total() / total, 6) if total else 0.0
