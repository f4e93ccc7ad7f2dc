"""Open claims and fresh items -> which two rumors may be one, and which item may settle one, with reasons.

Only ever a suggestion: words alone cannot tell that a rumor has ended. Shared words count for more the
fewer of the texts at hand have them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from sitrep.base.values import Struct
from sitrep.sorting.rumor_sentence import Traits

Kind = Literal["same", "settles"]
_Name = tuple[int, str]
"""What a sentence names: the sort (an index of ``_WEIGHTS``), and how it is spelled."""
_EVENT = 0
_WEIGHTS = (2.0, 1.6, 1.0, 0.8)
"""Of an event, a place, an actor, any other word."""
_ENOUGH = 2.3
"""For two texts that name the same event; without one the two below."""
_ENOUGH_ALIKE = {"same": 2.6, "settles": 3.4}
_FEWEST = 2
"""Names that two texts must share; one alone is never enough."""
_OLD = dt.timedelta(days=30)
_FADES = 0.7
_MOST = 3
"""Suggestions for one item, at most."""


class Candidate(Struct, frozen=True, kw_only=True):
    """An item as it is compared: a rumor with its claim, or any other."""

    update: str
    item: int
    date: dt.date
    sentences: tuple[Traits, ...]
    """Of a rumor the one that tells it; of another item each of its sentences."""
    text: str
    claim: str | None = None
    source: str = ""
    line: int = 0
    code: str = ""


class Suggestion(Struct, frozen=True, kw_only=True):
    """Two items that may be about the same thing."""

    kind: Kind
    """The fresh item tells the rumor again, or may settle it."""
    claim: str
    rumor: Candidate
    fresh: Candidate
    score: float
    shared: tuple[str, ...]
    """What both name, the most telling first."""


def suggest(claims: Sequence[Candidate], fresh: Sequence[Candidate]) -> tuple[Suggestion, ...]:
    """What fresh items may be to claims that are open; the likeliest first for each item.

    Both sides may overlap: an item is never compared with itself, a rumor never with an older fresh one
    twice, and an item that settles a claim is not older than the rumor.
    """
    weights = _Weights([*claims, *fresh])
    rumors = [(claim, _named(claim)) for claim in claims if claim.claim]
    by_name: dict[_Name, list[int]] = {}
    for place, (_, its) in enumerate(rumors):
        for name in {name for names in its for name in names}:
            by_name.setdefault(name, []).append(place)
    found: list[Suggestion] = []
    for candidate in fresh:
        named = _named(candidate)
        shared = Counter(place for name in set().union(*named) for place in by_name.get(name, ()))
        compared = (
            _compared(*rumors[place], candidate, named, weights)
            for place in sorted(shared)
            if shared[place] >= _FEWEST
        )
        likely = [made for made in compared if made]
        likely.sort(key=lambda made: (-made.score, made.rumor.date, made.claim))
        found += likely[:_MOST]
    return tuple(found)


def _named(candidate: Candidate) -> tuple[dict[_Name, None], ...]:
    """What each sentence names, in the order in which it counts."""
    return tuple(
        dict.fromkeys(
            (sort, name)
            for sort, names in enumerate((said.events, said.places, said.actors, said.words))
            for name in names
        )
        for said in candidate.sentences
    )


class _Weights:
    """How much a shared name tells: less, the more of the texts have it."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        texts = {(candidate.update, candidate.item): candidate for candidate in candidates}
        self._counts = Counter(
            name
            for text in texts.values()
            for name in {n for s in text.sentences for n in (*s.events, *s.places, *s.actors, *s.words)}
        )
        self._all = max(len(texts), 8)
        self._known: dict[_Name, float] = {}

    def of(self, named: _Name) -> float:
        """The weight of a name that two texts share."""
        known = self._known.get(named)
        if known is None:
            sort, name = named
            rarity = math.log(self._all / max(1, self._counts[name] - 1)) / math.log(self._all)
            known = self._known[named] = _WEIGHTS[sort] * (0.35 + 0.65 * max(0.0, rarity))
        return known

    def shared(self, both: Collection[_Name]) -> float:
        """How much two sentences share; one sort of name alone is never enough."""
        if len(both) < _FEWEST or len({sort for sort, _ in both}) < 2:
            return 0.0
        # Exact: the order of a set must not decide which of two is likelier.
        return math.fsum(map(self.of, both))


def _compared(
    rumor: Candidate,
    its: tuple[dict[_Name, None], ...],
    fresh: Candidate,
    named: tuple[dict[_Name, None], ...],
    weights: _Weights,
) -> Suggestion | None:
    kind = _kind(rumor, fresh)
    if kind is None or rumor.claim is None:
        return None
    score, best = 0.0, list[_Name]()
    for mine in its:
        for other in named:
            both = mine.keys() & other.keys()
            if (weight := weights.shared(both)) > score:
                score, best = weight, [name for name in mine if name in both]
    if fresh.date - rumor.date > _OLD:
        score *= _FADES
    event = any(sort == _EVENT for sort, _ in best)
    if score < (_ENOUGH if event else _ENOUGH_ALIKE[kind]):
        return None
    best = sorted(best, key=weights.of, reverse=True)
    shared = tuple(name for _, name in best)
    return Suggestion(kind=kind, claim=rumor.claim, rumor=rumor, fresh=fresh, score=score, shared=shared)


def _kind(rumor: Candidate, fresh: Candidate) -> Kind | None:
    """What a fresh item could be to a rumor, if it tells of the same."""
    if fresh.claim == rumor.claim or _place(fresh) <= _place(rumor):
        return None
    if fresh.claim:
        return "same"
    return "settles" if fresh.update != rumor.update else None


def _place(candidate: Candidate) -> tuple[dt.date, str, int]:
    return candidate.date, candidate.update, candidate.item
