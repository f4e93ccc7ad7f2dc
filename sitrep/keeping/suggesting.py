"""Open claims and fresh items -> which two rumors may be one, and which item may settle one, with reasons.

Only ever a suggestion: words alone cannot tell that a rumor has ended. Shared words count for more the
fewer of the texts at hand have them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sitrep.reading.hearsay import Traits

_EVENT, _PLACE, _ACTOR, _WORD = 2.0, 1.6, 1.0, 0.8
_ENOUGH = 2.3
"""For two texts that name the same event; without one the two below."""
_ENOUGH_ALIKE = {"same": 2.6, "settles": 3.4}
_OLD = dt.timedelta(days=30)
_FADES = 0.7
_MOST = 3
"""Suggestions for one item, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two items that may be about the same thing."""

    kind: Literal["same", "settles"]
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
    found: list[Suggestion] = []
    for one in fresh:
        its = [made for rumor in claims if (made := _compared(rumor, one, weights))]
        its.sort(key=lambda made: (-made.score, made.rumor.date, made.claim))
        found += its[:_MOST]
    return tuple(found)


class _Weights:
    """How much a shared name tells: less, the more of the texts have it."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        texts = {(one.update, one.item): one for one in candidates}
        self._counts = Counter(
            name
            for one in texts.values()
            for name in {n for s in one.sentences for n in (*s.events, *s.places, *s.actors, *s.words)}
        )
        self._all = max(len(texts), 8)

    def of(self, name: str, weight: float) -> float:
        """The weight of a name that two texts share."""
        rarity = math.log(self._all / max(1, self._counts[name] - 1)) / math.log(self._all)
        return weight * (0.35 + 0.65 * max(0.0, rarity))


def _compared(rumor: Candidate, fresh: Candidate, weights: _Weights) -> Suggestion | None:
    if rumor.claim is None or (rumor.update, rumor.item) == (fresh.update, fresh.item):
        return None
    if fresh.claim == rumor.claim or (fresh.date, fresh.update, fresh.item) < (
        rumor.date,
        rumor.update,
        rumor.item,
    ):
        return None
    kind: Literal["same", "settles"] = "same" if fresh.claim else "settles"
    if kind == "settles" and fresh.update == rumor.update:
        return None
    best, shared, event = max(
        (_score(mine, its, weights) for mine in rumor.sentences for its in fresh.sentences),
        key=lambda found: found[0],
        default=(0.0, (), False),
    )
    if fresh.date - rumor.date > _OLD:
        best *= _FADES
    if best < (_ENOUGH if event else _ENOUGH_ALIKE[kind]):
        return None
    return Suggestion(kind=kind, claim=rumor.claim, rumor=rumor, fresh=fresh, score=best, shared=shared)


def _score(one: Traits, other: Traits, weights: _Weights) -> tuple[float, tuple[str, ...], bool]:
    """How much two sentences share, what, and whether an event; one kind of name alone is never enough."""
    lists = (
        (one.events, other.events, _EVENT),
        (one.places, other.places, _PLACE),
        (one.actors, other.actors, _ACTOR),
        (one.words, other.words, _WORD),
    )
    shared = [
        (weights.of(name, weight), name)
        for mine, its, weight in lists
        for name in dict.fromkeys(mine)
        if name in its
    ]
    shared.sort(key=lambda pair: -pair[0])
    kinds = sum(bool(set(mine) & set(its)) for mine, its, _ in lists)
    total = sum(weight for weight, _ in shared) if kinds > 1 else 0.0
    return total, tuple(name for _, name in shared), bool(set(one.events) & set(other.events))
