"""A function of a text -> the same, remembering what it made: of many short texts, and of a few long ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_LONG = 4_000
"""Characters of a text of which few are remembered: they are rare, and would take much memory."""


def remembering(make: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The function, remembering. A text stands on several pages and in several feeds, one after the other."""
    of_short, of_long = lru_cache(maxsize=2048)(make), lru_cache(maxsize=8)(make)

    def remembered(text: str, /, *more: P.args, **named: P.kwargs) -> R:
        return (of_short if len(text) < _LONG else of_long)(text, *more, **named)  # type: ignore[arg-type]

    return remembered
