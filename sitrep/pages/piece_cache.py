"""Pieces of pages made of an update -> the same pieces for the next page that shows them.

The archive gives an update that has not changed as the same value, so a piece is good as long as that
is the one it was made of. A drop then makes the pieces of one update, not those of forty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from sitrep.base.nouns import Update

T = TypeVar("T")
_MOST = 512
"""Pieces kept, of a kilobyte or two at most."""


class PieceCache:
    """Remembers the pieces that were made last."""

    def __init__(self) -> None:
        self._pieces: OrderedDict[tuple[str, ...], tuple[Update, Any]] = OrderedDict()

    def of(self, update: Update, *name: str, make: Callable[[], T]) -> T:
        """The piece of that name; ``make`` makes it where it is not kept, of nothing but the update."""
        slot = (update.key, *name)
        known = self._pieces.get(slot)
        if known and known[0] is update:
            self._pieces.move_to_end(slot)
            piece: T = known[1]
            return piece
        piece = make()
        self._pieces[slot] = update, piece
        if len(self._pieces) > _MOST:
            self._pieces.popitem(last=False)
        return piece
