"""Tables that take longer to make than to read -> the same, kept from one process for the next.

What is kept may be lost at any time: a table is then made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from sitrep.base.values import Damaged, decode, encode

Make = TypeVar("Make", bound=Callable[..., Any])


class PreparedCache:
    """Tables of one program on their way between processes, encoded, by the name of what makes them."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def take_up(self, kept: bytes) -> None:
        """Use what ``with_made`` gave in another process of the same program; damaged, it is passed over."""
        with suppress(Damaged):
            self._kept = decode(kept, dict[str, str])
            # What was needed before this is kept already.
            for name in self._kept.keys() & self._made.keys():
                del self._made[name]

    def with_made(self, kept: bytes) -> bytes | None:
        """The same with what was made since this was last asked; None if nothing was."""
        made, self._made = self._made, {}
        with suppress(Damaged):
            made = decode(kept, dict[str, str]) | made if made else made
        return encode(made) if made else None

    def get(self, name: str, kind: Any, make: Callable[[], Any]) -> Any:
        """The table of that name, as it is kept or as it is made."""
        with suppress(KeyError, Damaged):
            return decode(self._kept.pop(name).encode(), kind)
        made = make()
        self._made[name] = encode(made).decode()
        return made


PREPARED_CACHE = PreparedCache()


def prepared(kind: Any) -> Callable[[Make], Make]:
    """Have a function make its table of this kind, for which it needs the program alone, once and for all."""

    def preparing(make: Any) -> Any:
        name = f"{make.__module__}.{make.__qualname__}"
        return cache(
            lambda *which: PREPARED_CACHE.get(" ".join((name, *which)), kind, lambda: make(*which)),
        )

    return preparing
