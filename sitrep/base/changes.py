"""An update -> what a reader who saw it before is to be told of: corrected, taken back, settled."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

from sitrep.base.claim import ClaimState, Followed, Pointer
from sitrep.base.nouns import Item, Update
from sitrep.base.remember import of_the_same
from sitrep.base.values import Struct, replace

_MOST = 100
"""Corrections of an item that are told one by one. No writer makes more of one bullet, a program that saves
without end does; what the item says now, and since when, its page and entry go on telling."""


class ChangeKind(StrEnum):
    """What a reader who saw the site before should be told of."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RETURN = "published again"
    OUTCOME = "outcome"


class Change(Struct, frozen=True, kw_only=True):
    """One thing that was put right, taken back or settled after it had been published (UTC)."""

    at: dt.datetime
    kind: ChangeKind
    update: str
    """Key of the update it is about."""
    front: str | None = None
    item: int | None = None
    """Number of the item; None where the whole update is meant."""
    before: str = ""
    after: str = ""
    reason: str | None = None
    lang: str | None = None
    """Language of the update, where it names one."""
    updated: dt.datetime | None = None
    """When its words last changed, if that was later (UTC)."""
    claim: str | None = None
    """Key of the claim, for an outcome; ``before`` is the rumor and ``after`` what the item says."""
    state: ClaimState | None = None
    began: Pointer | None = None
    """Where the rumor was first told."""
    gone: dt.datetime | None = None
    """Of what was published again, when it had been taken back (UTC)."""
    back: dt.datetime | None = None
    """Of what was taken back, when it was published again (UTC)."""
    origin: str = ""
    """What the item or update first came out as, where that was elsewhere; it stands in the change's id."""
    name: str = ""
    """Its own among all changes: ``2024-12-06/7/20241207T090500Z``, ``...Z-2``."""


@of_the_same
def changes_of(update: Update) -> tuple[Change, ...]:
    """Every change an update's own history tells of, oldest first."""
    found = (
        *_corrections(update),
        *_withdrawals(update),
        *(
            _outcome(update, item, item.followed)
            for item in update.items
            if item.followed and item.followed.news
        ),
        *chain.from_iterable(_there_and_back(update, item) for item in update.items if item.returns),
        *_there_and_back(update, None),
    )
    return tuple(_named(sorted(found, key=lambda change: (change.at, change.item or 0, change.kind))))


def _named(changes: list[Change]) -> Iterator[Change]:
    seen = Counter[str]()
    for change in changes:
        about = change.origin or change.update + (f"/{change.item}" if change.item else "")
        name = f"{about}/{change.at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
        seen[name] += 1
        yield replace(change, name=name if seen[name] == 1 else f"{name}-{seen[name]}")


def _corrections(update: Update) -> Iterator[Change]:
    for item in update.items:
        for fix in item.corrections[:_MOST] if item.revisions else ():
            yield Change(
                at=fix.at,
                kind=ChangeKind.CORRECTION,
                update=update.key,
                front=item.front,
                item=item.number,
                before=fix.before,
                after=fix.after,
                reason=fix.reason,
                lang=update.lang,
                origin=item.origin,
            )


def _withdrawals(update: Update) -> Iterator[Change]:
    """Items, and the whole. What went with the whole is told once; what stands elsewhere is not gone."""
    whole = update.withdrawn
    for gone in update.withdrawn_items:
        if not gone.to and gone.into is None and (whole is None or gone.at != whole.at):
            yield Change(
                at=gone.at,
                kind=ChangeKind.WITHDRAWAL,
                update=update.key,
                front=gone.front,
                item=gone.number,
                reason=gone.reason,
                lang=update.lang,
                origin=gone.origin,
            )
    if whole and not whole.to:
        yield Change(
            at=whole.at,
            kind=ChangeKind.WITHDRAWAL,
            update=update.key,
            reason=whole.reason,
            lang=update.lang,
            origin=update.origin,
        )


def _there_and_back(update: Update, item: Item | None) -> Iterator[Change]:
    """That an item, or an update, was taken back and published again: both stay in the log."""
    for absence in item.returns if item else update.returns:
        back = Change(
            at=absence.at,
            kind=ChangeKind.RETURN,
            update=update.key,
            front=item.front if item else None,
            item=item.number if item else None,
            after=item.words if item else "",
            lang=update.lang,
            gone=absence.gone,
            origin=item.origin if item else update.origin,
        )
        yield replace(
            back,
            at=absence.gone,
            kind=ChangeKind.WITHDRAWAL,
            after="",
            reason=absence.reason,
            gone=None,
            back=absence.at,
            updated=absence.at,
        )
        yield back


def _outcome(update: Update, item: Item, followed: Followed) -> Change:
    return Change(
        at=followed.at,
        kind=ChangeKind.OUTCOME,
        update=update.key,
        front=item.front,
        item=item.number,
        before=followed.title,
        after=item.outcome,
        lang=update.lang,
        updated=max(followed.at, item.updated or followed.at),
        claim=followed.key,
        state=followed.state,
        began=followed.began,
        origin=item.origin,
    )
