"""What is known of an update, its items and its translations; ``history`` makes it from events."""

from __future__ import annotations

import datetime as dt

from sitrep.base.nouns import EndedReport, Return, Revision, Withdrawal
from sitrep.base.values import Struct


class KnownItem(Struct, frozen=True, kw_only=True):
    """What is known of one item, also of one that is gone. Instants are UTC."""

    number: int
    text: str
    """Its latest wording; empty if it was forgotten."""
    front: str
    published: dt.datetime
    updated: dt.datetime
    seen: dt.datetime
    """When this site first published it; the grace time runs from here."""
    revisions: tuple[Revision, ...] = ()
    withdrawn: Withdrawal | None = None
    returns: tuple[Return, ...] = ()
    into: int | None = None
    to: str = ""
    """Where its words stand now, ``2024-11-26/3``, where that is in another update."""
    went: tuple[str, ...] = ()
    """Wherever it was ever put: one place after the other, or, in merged ledgers, at the same time."""
    origin: str = ""
    """What it first came out as, where that was in another update."""
    opinion: bool = False
    """It was the authors' own view when it was taken back."""
    forgotten: bool = False

    @property
    def moved(self) -> bool:
        """True if its id went to another update with it; else an item there has its words and an own id."""
        return bool(self.to) and self.into is None


class Told(Struct, frozen=True, kw_only=True):
    """That an item became part of a claim, or (``claim`` empty) of none, and when (UTC)."""

    number: int
    claim: str
    state: str
    named: str
    at: dt.datetime


class KnownTranslation(Struct, frozen=True, kw_only=True):
    """What is known of a translation of an update. Instants are UTC."""

    lang: str
    published: dt.datetime
    ties: tuple[tuple[int, str, dt.datetime], ...] = ()
    """Number, digest of the translated words and since when they are so, by number."""
    gone: dt.datetime | None = None
    """When it was taken back."""


class KnownUpdate(Struct, frozen=True, kw_only=True):
    """What is known of one update. Instants are UTC."""

    key: str
    published: dt.datetime
    updated: dt.datetime
    seen: dt.datetime
    exact: bool = False
    words: str = ""
    items: tuple[KnownItem, ...] = ()
    """All it ever had, by number."""
    order: tuple[int, ...] = ()
    """Numbers of the items that stand in it, in the author's order."""
    withdrawn: Withdrawal | None = None
    returns: tuple[Return, ...] = ()
    forgotten: bool = False
    reasons: tuple[str, ...] = ()
    """Notes on corrections that were given so far: one that still stands explains no later change."""
    used: int = 0
    """Highest number ever given to an item of it."""
    origin: str = ""
    """The key it first came out under, where that was of another date."""
    went: tuple[str, ...] = ()
    """Keys under which it ever went on as the same update."""
    claims: tuple[Told, ...] = ()
    """What its items were told to be part of, oldest first; of one item the last counts."""
    translations: tuple[KnownTranslation, ...] = ()
    """By language."""
    left: tuple[EndedReport, ...] = ()
    """What it said on fronts until its items were put to others; the latest last."""

    @property
    def date(self) -> dt.date:
        """The day the update is about."""
        return dt.date.fromisoformat(self.key[:10])

    @property
    def ordinal(self) -> int:
        """1 for the first update of its date, 2 for ``2024-12-06-2``."""
        return int(self.key[11:] or 1)

    def item(self, number: int) -> KnownItem:
        """One of its items, gone or not. Raises StopIteration for a number that it never had."""
        return next(item for item in self.items if item.number == number)

    @property
    def live_items(self) -> tuple[KnownItem, ...]:
        """The items that stand in it, in the author's order."""
        known = {item.number: item for item in self.items}
        return tuple(known[number] for number in self.order)
