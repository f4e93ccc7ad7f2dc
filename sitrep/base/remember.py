"""A function of a text -> the same, remembering what it made: of many short texts, and of a few long ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar

K = TypeVar("K")
P = ParamSpec("P")
R = TypeVar("R")

_MOST_LANGUAGES = 50
_LONG = 4_000
"""Characters of a text of which few are remembered: they are rare, and would take much memory."""


def remembering(make: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The function, remembering. A text stands on several pages and in several feeds, one after the other."""
    of_short, of_long = lru_cache(maxsize=2048)(make), lru_cache(maxsize=8)(make)

    def remembered(text: str, /, *more: P.args, **named: P.kwargs) -> R:
        return (of_short if len(text) < _LONG else of_long)(text, *more, **named)  # type: ignore[arg-type]

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
