"""What a record of the ledger says: one event in the history of one update.

Kinds that this program does not know are kept in the ledger and passed over.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sitrep.base.nouns import Revision
from sitrep.base.values import Struct

PUBLISHED, REVISED, WITHDRAWN = "published", "revised", "withdrawn"
REINSTATED, FORGOTTEN = "reinstated", "forgotten"
CLAIMED, RESERVED, UNREADABLE = "claimed", "reserved", "unreadable"
TRANSLATED = "translated"
KINDS = frozenset(
    {PUBLISHED, REVISED, WITHDRAWN, REINSTATED, FORGOTTEN, CLAIMED, RESERVED, UNREADABLE, TRANSLATED}
)


class FirstWording(NamedTuple):
    """An item as it came out: its number, its front and its words (None: forgotten)."""

    number: int
    front: str
    text: str | None


class Rewording(NamedTuple):
    """A later wording of an item (None: forgotten), and whether it is a correction."""

    number: int
    text: str | None
    correction: bool


class Departure(NamedTuple):
    """An item that is gone, the front it last stood in, and the item that took over its words."""

    number: int
    front: str
    into: int | None


class Relocation(NamedTuple):
    """An item that is gone, and where it stands now under its old id: ``2024-11-26/3``."""

    number: int
    to: str


class Received(NamedTuple):
    """An item that came from another update, and what is known of it from there. Instants are UTC."""

    number: int
    origin: str
    """What it first came out as, ``2024-12-05/3``: its id for ever."""
    published: dt.datetime
    updated: dt.datetime
    seen: dt.datetime
    revisions: tuple[Revision, ...] = ()


class ClaimMark(NamedTuple):
    """An item, the claim it is part of from now on (empty: of none), and what it makes of it."""

    number: int
    claim: str
    state: str
    named: str
    """How its author names the claim, so that another naming shows; empty for a rumor that opens its own."""


class Tie(NamedTuple):
    """An item that is translated, and a digest of the translated words (0: all that is no item)."""

    number: int
    digest: str


class Event(Struct, frozen=True, kw_only=True):
    """One record of the ledger. ``at`` is UTC in whole seconds."""

    at: dt.datetime
    update: str = ""
    """Key of the update it is about."""
    event: str = ""
    """``published``, ``revised``, ``withdrawn``, ``reinstated``, ``forgotten``, ``claimed``, ``reserved``,
    ``unreadable``, ``translated``, or a kind of later days."""
    published: dt.datetime | None = None
    exact: bool = False
    words: str = ""
    """Digest of what the update says outside its items; empty where it did not change."""
    items: tuple[FirstWording, ...] = ()
    """Items first seen with this event."""
    changed: tuple[Rewording, ...] = ()
    gone: tuple[Departure, ...] = ()
    back: tuple[FirstWording, ...] = ()
    """Items that had gone and stand in the text again."""
    order: tuple[int, ...] | None = None
    """Numbers of the items in the author's order; None where it can be told from the rest."""
    fronts: tuple[tuple[int, str], ...] = ()
    """Number and last front of items, where a withdrawal finds them elsewhere than first published; in a
    revision, where the update has begun or ceased to say something on a front because of it."""
    left: tuple[tuple[str, str], ...] = ()
    """Fronts on which the update says nothing more because items were put to others, and to which (empty: it
    says something there again). The feed of the authors' own view counts as a front."""
    opinion: tuple[int, ...] = ()
    """Numbers of items taken back with this event that were the authors' own view."""
    claims: tuple[ClaimMark, ...] = ()
    item: int | None = None
    """The forgotten item; None means the whole update."""
    reason: str | None = None
    to: str = ""
    """Key of the update in which the words stand now, where an update is gone to another date."""
    heir: bool = False
    """That update has the id of this one."""
    moved: tuple[Relocation, ...] = ()
    """Items gone, with this event or before, that stand in another update now."""
    origin: str = ""
    """The key the update first came out under. A revision that tells ``published`` tells of words that came
    from another update: it is older than it seemed."""
    received: tuple[Received, ...] = ()
    """Items of this update that came from another one."""
    lang: str = ""
    """Into which language it was translated. Without ``ties`` the translation was taken back."""
    ties: tuple[Tie, ...] = ()
    """What is new or other in a translation. With ``published`` it came out for the first time."""
    used: int = 0
    """Highest number of an unreadable record, or of a claim that lost it: none up to it is given again."""

    @property
    def highest(self) -> int:
        """The highest item number it mentions, or 0."""
        numbers = [row[0] for row in (*self.items, *self.changed, *self.gone, *self.back)]
        return max((self.used, self.item or 0, *numbers, *(row.number for row in self.received)))
