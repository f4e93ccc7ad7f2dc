"""Decisions about items -> messages that tell a writer what was decided, and how to say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitrep.base.nouns import Problem, Severity, Update
from sitrep.ledger.events import Event
from sitrep.ledger.known import KnownItem, KnownUpdate
from sitrep.text.similarity import words

if TYPE_CHECKING:
    from sitrep.identity.item_matching import DoubtfulMatch, Matching

_SHOWN = 80
_LISTED = 5
_APART = "if this is another report: take it out, save, put it in again and save"


def remark(
    update: Update,
    fact: str,
    remedy: str,
    severity: Severity,
    *,
    line: int | None = None,
    quote: str | None = None,
) -> Problem:
    """A message about an update, at its dateline unless another line is given."""
    return Problem(
        path=update.source,
        line=update.line if line is None else line,
        fact=fact,
        remedy=remedy,
        severity=severity,
        quote=_short(quote) if quote else None,
    )


def two_places(update: Update) -> Problem:
    """What is said of an update that stands, and that another machine has put elsewhere as well."""
    fact = f"two machines put the same words to two places; {update.key} has ids of its own now"
    remedy = "delete the one that is wrong; if both are meant, there is nothing to do"
    return remark(update, fact, remedy, Severity.WARNING)


def matching_remarks(
    update: Update, numbers: list[int], matching: Matching, known: tuple[KnownItem, ...]
) -> tuple[Problem, ...]:
    """What the writer should look at after items were matched to their earlier selves."""
    items = update.items
    remarks = []
    for doubt in matching.doubts:
        item = items[doubt.new]
        fact, remedy = _doubt_in_words(doubt, numbers, known)
        remarks.append(remark(update, fact, remedy, Severity.WARNING, line=item.line, quote=item.text))
    if items and known and matching.olds and all(old is None for old in matching.olds):
        fact = "nothing of the earlier text is left; it is published as a new wording of the same update"
        remedy = (
            "if it is another update of that day: bring the earlier text back and drop this one beside it"
        )
        remarks.append(remark(update, fact, remedy, Severity.WARNING))
    return tuple(remarks)


def _doubt_in_words(
    doubt: DoubtfulMatch, numbers: list[int], known: tuple[KnownItem, ...]
) -> tuple[str, str]:
    from sitrep.identity.item_matching import Doubtful

    number = known[doubt.old].number
    if doubt.kind is Doubtful.SPLIT and doubt.other is not None:
        fact = (
            f"item {number} looks split: this part kept its number, the other is item {numbers[doubt.other]}"
        )
        return fact, "nothing to do if that is right; otherwise let the part that should keep it come closer"
    if doubt.kind is Doubtful.MERGED and doubt.other is not None:
        other = known[doubt.other].number
        return f"items {number} and {other} look merged: this one kept number {number}", _APART
    if doubt.kind is Doubtful.TWINS and doubt.other is not None:
        other = known[doubt.other].number
        fact = f"this is equally like the earlier items {number} and {other}: it kept number {number}"
        return fact, _APART
    return f"item {number} looks rewritten: it kept its number and its link", _APART


def is_said(text: str, update: Update) -> bool:
    """True if these words stand on the update's page outside its items: nobody has taken them back.

    So it is when a line is read as the opening of its text, or named as ``boilerplate:``, after an edit.
    """
    wanted = words(text)
    return bool(wanted) and any(words(passage.text) == wanted for passage in update.passages)


def gone_remarks(update: Update, kept: KnownUpdate, event: Event) -> tuple[Problem, ...]:
    """Which items are withdrawn because they are no longer in the text."""
    texts = {item.number: item.text for item in kept.items}
    departures = [gone for gone in event.gone if not is_said(texts.get(gone.number, ""), update)]
    remedy = "nothing to do if that is meant; put the text back and the item returns under its number"
    if len(departures) > _LISTED:
        listed = ", ".join(str(gone.number) for gone in departures)
        fact = f"{len(departures)} items are no longer in the text and are withdrawn: {listed}"
        return (remark(update, fact, remedy, Severity.NOTE),)
    return tuple(
        remark(
            update,
            f"item {gone.number} is no longer in the text and is withdrawn"
            if gone.into is None
            else f"item {gone.number} is now part of item {gone.into}",
            remedy,
            Severity.NOTE,
            quote=texts.get(gone.number),
        )
        for gone in departures
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
