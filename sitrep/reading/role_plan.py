"""The roles of an update's blocks while they are being found out: what the steps of sorting hand on."""

from __future__ import annotations

from sitrep.base.nouns import Role
from sitrep.base.values import Struct, field
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.blocks import Block


class Plan(Struct):
    """The roles of an update's blocks, as they are being found out; None is not yet decided."""

    blocks: list[Block]
    vocabulary: Vocabulary
    above: int
    """How many of the blocks stand above the dateline."""
    fates: list[tuple[Role, str] | None] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    corrections: list[str] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)

    def names_front(self, text: str) -> bool:
        """True if a text is little more than the name of a front."""
        return self.vocabulary.names_front(fold(text))

    def undecided(self, start: int = 0) -> int | None:
        """The first block from ``start`` that has no role yet."""
        for position in range(start, len(self.blocks)):
            if self.fates[position] is None:
                return position
        return None
