"""Where an update, or one item, has stood: places that had the same words one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sitrep.ledger.events import Relocation
from sitrep.ledger.known import KnownUpdate

Place = tuple[str, int | None]
"""Key of an update, and number of one of its items (None: the update itself)."""
Known = Callable[[str], KnownUpdate | None]
Beside = Callable[[KnownUpdate, int | None], Iterable[Place]]


def place_of(text: str) -> Place:
    """``2024-11-26/3`` or ``2024-11-26`` as a place."""
    key, _, number = text.partition("/")
    return key, int(number) if number else None


def text_of(place: Place) -> str:
    """A place as the ledger writes it."""
    key, number = place
    return key if number is None else f"{key}/{number}"


def most_went_to(moved: Iterable[Relocation]) -> str:
    """The update that most of these items went to, of equals the first."""
    keys = Counter(place_of(relocation.to)[0] for relocation in moved)
    return min(keys, key=lambda key: (-keys[key], key))


def same_thing(place: Place, known: Known) -> frozenset[Place]:
    """Every place at which the update, or the item, has stood, under one id or another."""
    return _found(place, known, _moved)


def same_words(place: Place, known: Known) -> frozenset[Place]:
    """The same, and of an update also where its items came from."""
    return _found(place, known, lambda kept, number: (*_moved(kept, number), *_brought(kept, number)))


def has_moved(kept: KnownUpdate) -> bool:
    """True of an update that came from another place or went to one, or an item of which did."""
    return bool(kept.origin or kept.went or any(item.origin or item.went for item in kept.items))


def _found(place: Place, known: Known, beside: Beside) -> frozenset[Place]:
    found: set[Place] = set()
    waiting = [place]
    while waiting:
        here = waiting.pop()
        kept = known(here[0])
        if kept is not None and here not in found and _has(kept, here[1]):
            found.add(here)
            waiting += beside(kept, here[1])
    return frozenset(found)


def _has(kept: KnownUpdate, number: int | None) -> bool:
    """False for a number that a merge has changed since something led there."""
    return number is None or any(item.number == number for item in kept.items)


def _moved(kept: KnownUpdate, number: int | None) -> Iterator[Place]:
    """From where to where an update or one of its items was put."""
    moved = [kept] if number is None else [item for item in kept.items if item.number == number]
    for thing in moved:
        yield from map(place_of, filter(None, (thing.origin, *thing.went)))


def _brought(kept: KnownUpdate, number: int | None) -> Iterator[Place]:
    """Where the items of an update came from."""
    if number is None:
        yield from (place_of(item.origin) for item in kept.items if item.origin)
