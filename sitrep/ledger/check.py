"""A month of the ledger -> everything that is wrong with it or worth knowing about it."""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.base.nouns import Problem, Severity
from sitrep.ledger.events import Event
from sitrep.ledger.hash_chain import LedgerMonth
from sitrep.ledger.history import fold
from sitrep.ledger.merge import merged, renamed


def checked(sheet: LedgerMonth, path: str) -> tuple[Problem, ...]:
    """The problems of a month; a broken one is not looked into any deeper."""
    if sheet.broken:
        return sheet.problems
    return (*sheet.problems, *_claimed_twice(sheet, path), *_brought_back(sheet, path))


def _claimed_twice(sheet: LedgerMonth, path: str) -> list[Problem]:
    return [
        Problem(
            path=path,
            fact=f"two machines gave {claim.was} of {claim.update} to different texts",
            remedy=f"nothing to do: the later one is {claim.now} now",
            severity=Severity.NOTE,
        )
        for claim in renamed(sheet)
    ]


def _brought_back(sheet: LedgerMonth, path: str) -> list[Problem]:
    """Words that were forgotten, and that a merge took from a copy that still had them."""
    forgotten = {
        (kept.key, item.number)
        for kept in fold(merged(sheet)).values()
        for item in kept.items
        if item.forgotten
    }
    return [
        Problem(
            path=path,
            fact=f"a merge brought back words of {key}/{number}, which are forgotten; no reader sees them",
            remedy=f"run: sitegen.py forget {key}/{number}",
        )
        for key, number in sorted(forgotten & with_words(sheet))
    ]


def with_words(sheet: LedgerMonth) -> frozenset[tuple[str, int]]:
    """Keys and numbers of all items of which a month holds words."""
    events = merged(sheet)
    return frozenset((event.update, number) for event in events for number, text in _wordings(event) if text)


def _wordings(event: Event) -> Iterable[tuple[int, str | None]]:
    for entry in (*event.items, *event.back):
        yield entry.number, entry.text
    for change in event.changed:
        yield change.number, change.text
