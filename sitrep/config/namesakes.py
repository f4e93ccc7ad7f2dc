"""Fronts with a place of the same name, far apart -> the same, each of these named with its front as well.

What a page, a map or a list says of one Tripoli is then never said of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sitrep.base.folding import fold
from sitrep.base.values import replace
from sitrep.config.values import Front, Place

_APART = 0.5
"""Degrees; what is nearer is one place that two fronts list."""


def told_apart(fronts: Iterable[Front]) -> tuple[Front, ...]:
    """``Tripoli (Lebanon)`` and ``Tripoli (Libya)``, where each was ``Tripoli``."""
    fronts = tuple(fronts)
    named = defaultdict[str, list[tuple[str, Place]]](list)
    for front in fronts:
        for place in front.places:
            named[fold(place.name)].append((front.id, place))
    twice = {
        name for name, found in named.items() if any(_are_two(one, other) for one in found for other in found)
    }
    if not twice:
        return fronts
    return tuple(
        replace(
            front,
            places=tuple(
                _with_front(place, front) if fold(place.name) in twice else place for place in front.places
            ),
        )
        for front in fronts
    )


def _are_two(one: tuple[str, Place], other: tuple[str, Place]) -> bool:
    (here, first), (there, second) = one, other
    if here == there or first.at is None or second.at is None:
        return False
    return max(abs(a - b) for a, b in zip(first.at, second.at, strict=True)) > _APART


def _with_front(place: Place, front: Front) -> Place:
    return replace(place, name=f"{place.name} ({front.name})", aliases=(place.name, *place.aliases))
