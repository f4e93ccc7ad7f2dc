"""A function of a text -> the same, remembering what it made: of many short texts, and of a few long ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, Generic, ParamSpec, TypeVar

K = TypeVar("K")
T = TypeVar("T", str, bytes)
P = ParamSpec("P")
R = TypeVar("R")

_MOST_LANGUAGES = 50
_LONG = 4_000
"""Characters of a text of which few are remembered: they are rare, and would take much memory."""


def remembering(
    make: Callable[Concatenate[T, P], R], *, most: int = 512, long: int = _LONG, few: int = 8
) -> Callable[Concatenate[T, P], R]:
    """The function, remembering. A text stands on several pages and in several feeds, one after the other."""
    of_short, of_long = lru_cache(maxsize=most)(make), lru_cache(maxsize=few)(make)

    def remembered(text: T, /, *more: P.args, **named: P.kwargs) -> R:
        return (of_short if len(text) < long else of_long)(text, *more, **named)  # type: ignore[arg-type]

    return remembered


class LatestNamed(Generic[K, R]):
    """Values by their names, as many as were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[K, R] = OrderedDict()

    def get(self, name: K) -> R | None:
        """The value of that name, if it is known."""
        # Taken out and put back, each at once: threads may ask together.
        known = self._known.pop(name, None)
        if known is not None:
            self._known[name] = known
        return known

    def put(self, name: K, value: R) -> None:
        """Know it from now on; the one that was asked for least lately is forgotten."""
        self._known[name] = value
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def of_the_same(make: Callable[[K], R]) -> Callable[[K], R]:
    """The function, remembering what it made of the two latest values: before and after. They are told apart
    by what they are and not by what they hold: to look through a large one is as much work as to make it."""
    latest: tuple[tuple[K, R], ...] = ()

    def remembered(value: K) -> R:
        nonlocal latest
        for known, made in latest:
            if known is value:
                return made
        made = make(value)
        latest = ((value, made), *latest[:1])
        return made

    return remembered


def for_the_latest(make: Callable[[K, str | None], R]) -> Callable[[K, str | None], R]:
    """The function of a config and a language, remembering for as long as it is asked for the same config."""
    latest: tuple[K | None, dict[str | None, R]] = (None, {})

    def remembered(owner: K, lang: str | None) -> R:
        nonlocal latest
        known = latest
        if known[0] is not owner:
            known = latest = (owner, {})
        found = known[1].get(lang)
        if found is None:
            if len(known[1]) > _MOST_LANGUAGES:
                known[1].clear()
            found = known[1][lang] = make(owner, lang)
        return found

    return remembered
