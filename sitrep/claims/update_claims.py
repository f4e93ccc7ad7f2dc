"""One update while its claims are worked out: its steps, its marks, what the ledger must learn of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sitrep.archive.claims import ClaimStep
from sitrep.base.claim import Followed
from sitrep.base.nouns import Item, Update
from sitrep.base.values import Struct, field, replace
from sitrep.claims.remarks import UnknownClaim
from sitrep.ledger.events import CLAIMED, Event
from sitrep.ledger.events import ClaimMark as Row
from sitrep.ledger.known import KnownUpdate, Told
from sitrep.text.summaries import first_sentence, one_line, shortened

Mark = tuple[Followed, dt.datetime]
"""What an item is to its claim, and since when that is so."""
_SENTENCE = 280


class ClaimSheet(Struct):
    """One update while its claims are worked out."""

    before: Update | None
    after: Update
    kept: KnownUpdate | None
    """As the ledger knew it before this publish."""
    fresh: bool
    """It was settled just now; otherwise it only stands in a claim with one that was."""
    rows: list[Told] = field(default_factory=list)
    latest: dict[int, Told] = field(default_factory=dict)
    """The last row of each item."""
    added: list[Told] = field(default_factory=list)
    unknown: dict[int, UnknownClaim] = field(default_factory=dict)
    tells: tuple[ClaimStep, ...] | None = None
    """Its steps; None while those in the archive hold."""

    def current(self, number: int) -> Told | None:
        """What an item is part of now."""
        return self.latest.get(number)

    def first_seen(self, number: int) -> bool:
        """True if the item comes out with this publish."""
        return self.kept is None or all(item.number != number for item in self.kept.items)


def concerned(sheet: ClaimSheet) -> bool:
    return bool(sheet.rows) or any(item.hearsay or item.claim for item in sheet.after.items)


def write(sheet: ClaimSheet, row: Told) -> None:
    """Add a row; never before the one it follows, since the ledger is told of them in the order of time."""
    before = sheet.current(row.number)
    if before and row.at < before.at:
        row = replace(row, at=before.at)
    sheet.rows.append(row)
    sheet.latest[row.number] = row
    sheet.added.append(row)


def unmarked(update: Update, kept: KnownUpdate | None) -> Update:
    """The update without what claims have added to it; ``kept`` gives it back its own stamps."""
    if not kept and not any(item.followed for item in update.items):
        return update
    stamps = {item.number: item.updated for item in kept.items} if kept else {}
    items = tuple(
        replace(item, followed=None, updated=stamps.get(item.number, item.updated)) for item in update.items
    )
    return replace(update.with_items(items), updated=kept.updated if kept else update.updated)


def marked(item: Item, part: Mark | None, own: dt.datetime | None) -> Item:
    if part is None:
        return replace(item, followed=None, updated=own)
    return replace(item, followed=part[0], updated=max(own or part[1], part[1]))


def sentence_of(item: Item) -> str:
    """What an item says of its claim, in one sentence."""
    text = item.hearsay.gist if item.hearsay else first_sentence(one_line(item.text))
    return shortened(one_line(text), _SENTENCE)


def events_of(sheet: ClaimSheet) -> Iterator[Event]:
    """What the ledger must learn: one event for each instant."""
    for at in sorted({row.at for row in sheet.added}):
        rows = tuple(Row(row.number, row.claim, row.state, row.named) for row in sheet.added if row.at == at)
        yield Event(at=at, update=sheet.after.key, event=CLAIMED, claims=rows)
