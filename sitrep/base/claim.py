"""What is known of a rumor: values that items carry and that the board of claims shows."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sitrep.base.values import Struct


class ClaimState(StrEnum):
    """What is known of a rumor by now."""

    OPEN = "open"
    AGAIN = "again reported"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    NOT_BORNE_OUT = "not borne out"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    """Nobody tells it any more: all its items were taken back."""

    @property
    def closes(self) -> bool:
        """True if it settles the rumor, until that is heard again."""
        return self not in (ClaimState.OPEN, ClaimState.AGAIN, ClaimState.WITHDRAWN)


class Pointer(Struct, frozen=True, kw_only=True):
    """Where an item stands."""

    update: str
    item: int

    @property
    def date(self) -> dt.date:
        """The day of its update."""
        return dt.date.fromisoformat(self.update[:10])


class Fate(Struct, frozen=True, kw_only=True):
    """What a later item made of a rumor: settled it, or told it again after it had been settled."""

    state: ClaimState
    there: Pointer
    at: dt.datetime
    """When a reader could first see it as it is now (UTC)."""
    text: str = ""
    """What the later item says, one sentence of plain text."""


class Followed(Struct, frozen=True, kw_only=True):
    """Where an item stands in the history of a claim."""

    key: str
    state: ClaimState
    """What the item makes of it."""
    at: dt.datetime
    """When it did so (UTC)."""
    news: bool = False
    """It settles the claim, or tells a settled one again."""
    title: str = ""
    """The claim's first wording, where the item is news to it."""
    began: Pointer | None = None
    """The item that opened the claim, where that is another one."""
    fates: tuple[Fate, ...] = ()
    """What became of it later, oldest first: how it was last settled, and that it was heard again."""
    has_page: bool = False
    """The claim has a page of its own: other items are, or were, part of it too."""


class Step(Struct, frozen=True, kw_only=True):
    """The part one item has in the history of a claim."""

    there: Pointer
    state: ClaimState
    at: dt.datetime
    """When the item came to be part of it as it is (UTC)."""
    updated: dt.datetime
    """When what it says of the claim last changed (UTC)."""
    front: str
    text: str = ""
    """One sentence of plain text; empty if it is gone."""
    places: tuple[str, ...] = ()
    code: str = ""
    """What the item is cited by: R1."""
    lang: str | None = None
    gone: dt.datetime | None = None
    """Since when it is no part of it any more (UTC): taken back, or said of another claim."""
    into: str | None = None
    """Key of the claim it belongs to now."""
    plain: bool = False
    """It told no rumor; only a later item speaks of it as one."""
    moved: bool = False
    """It was part of another claim before."""


class Claim(Struct, frozen=True, kw_only=True):
    """A rumor followed over time."""

    key: str
    state: ClaimState
    steps: tuple[Step, ...]
    """In the order of their updates, those that are gone left out."""
    into: str | None = None
    """Key of the claim under which it is followed now."""
    has_page: bool = False
    """There is, or was, more to show than the item that opened it; what was once a page stays one."""

    @property
    def title(self) -> str:
        """Its first wording; empty if all that told it was taken back. What refutes it is none of them."""
        telling = (step for step in self.steps if not step.state.closes or step.state is ClaimState.CONFIRMED)
        return next((step.text for step in telling), "")


def parted(key: str) -> tuple[str, int]:
    """A key as its words and its ordinal: ``coup-damascus-2`` -> ``coup-damascus``, 2."""
    words, _, ordinal = key.rpartition("-")
    if words and ordinal.isdecimal() and ordinal.isascii() and len(ordinal) < 6 and ordinal[0] != "0":
        return words, int(ordinal)
    return key, 1
