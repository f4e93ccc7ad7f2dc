"""What was found out about the claims of an update -> messages that tell its writer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from sitrep.archive.claims import ClaimIndex
from sitrep.base.claim import Claim, ClaimState, Step
from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Item, Problem, Severity, Update
from sitrep.base.values import Struct
from sitrep.identity.remarks import remark

_LISTED = 4
_LOOKED_THROUGH = 200
_STATES = ", ".join(state.value for state in ClaimState if state.closes)
_KNOWN_STATES = frozenset(state.value for state in ClaimState)


class UnknownClaim(Struct, frozen=True, kw_only=True):
    """What an item names that cannot be found."""

    named: str
    updates: tuple[str, ...] = ()
    """Keys of the updates that were looked through."""
    several: bool = False
    withdrawn: bool = False


def unknown_problem(update: Update, item: Item, unknown: UnknownClaim, claims: ClaimIndex) -> Problem:
    """An item names a claim, or an item, that is not there."""
    if "/" in unknown.named:
        fact, remedy = _no_item(unknown)
    else:
        fact, remedy = _no_key(unknown.named, claims)
    # "Confirmed: anti-tank missiles" may be plain news; brackets and codes are meant.
    sure = "/" in unknown.named or not item.text.casefold().count(unknown.named) or "did you mean" in remedy
    return remark(
        update,
        fact,
        remedy,
        Severity.WARNING if sure else Severity.NOTE,
        line=item.line,
        quote=item.text,
    )


def _no_item(unknown: UnknownClaim) -> tuple[str, str]:
    key, _, code = unknown.named.partition("/")
    day = format_date(dt.date.fromisoformat(key[:10]), "en", "long")
    if unknown.several:
        choices = " or ".join(f"{found}/{code}" for found in unknown.updates)
        return (
            f"more than one update of {day} has an item {code}; none was chosen",
            f"write {choices} instead",
        )
    if unknown.withdrawn:
        return f"item {code} of {day} was withdrawn; nothing is said of it", "nothing to do if that is meant"
    if not unknown.updates:
        return f"there is no update of {day}", "check the date; the codes stand beside the items on its page"
    return (
        f"there is no item {code} in the update of {day}",
        "look for its code beside it on the page; it may have moved when the update was edited",
    )


def _no_key(named: str, claims: ClaimIndex) -> tuple[str, str]:
    open_keys = [claim.key for claim in claims.newest("open", _LOOKED_THROUGH)]
    near = get_close_matches(named, open_keys, n=1, cutoff=0.75)
    fact = f'there is no claim "{named}"; nothing was settled'
    if near:
        return fact, f"did you mean {near[0]}?"
    if open_keys:
        return (
            fact,
            f"open claims: {', '.join(open_keys[:_LISTED])}; any other by its R6-1 on the board of rumors",
        )
    return fact, f"tell the rumor first, with [claim: {named}] at its start"


def remarks(update: Update, claims: Mapping[str, Claim]) -> Iterator[Problem]:
    """What the writer of an update should know about the claims its items are part of."""
    parts = [(item, item.followed) for item in update.items if item.followed]
    uses = Counter(part.key for _, part in parts)
    told_twice: set[str] = set()
    for item, part in parts:
        claim = claims.get(part.key)
        if claim is None:
            continue
        if uses[part.key] > 1 and part.key not in told_twice:
            told_twice.add(part.key)
            yield _used_twice(update, item, part.key, uses[part.key])
        place = next(
            i
            for i, step in enumerate(claim.steps)
            if step.there.item == item.number and step.there.update == update.key
        )
        yield from _of_step(update, item, claim, place)
    for item in update.items:
        if item.claim_state and item.claim_state not in _KNOWN_STATES:
            fact = f'"{item.claim_state}" is nothing that can become of a claim'
            yield remark(update, fact, f"write one of: {_STATES}", Severity.WARNING, line=item.line)


def _used_twice(update: Update, item: Item, key: str, times: int) -> Problem:
    fact = f"the claim {key} stands {times} times in this update; all are shown as one rumor"
    remedy = f"if they are two rumors, give one of them another name: [claim: {key}-b]"
    return remark(update, fact, remedy, Severity.WARNING, line=item.line, quote=item.text)


def _of_step(update: Update, item: Item, claim: Claim, place: int) -> Iterator[Problem]:
    step = claim.steps[place]
    before = claim.steps[place - 1] if place else None
    if before is None:
        fact = f"opens the claim {claim.key}"
        remedy = f"when you know more, write: Confirmed: {claim.key} ..., or Refuted: {claim.key} ..."
        if not step.state.closes:
            yield remark(update, fact, remedy, Severity.NOTE, line=item.line)
        return
    if step.state.closes and before.state.closes:
        yield _closed_already(update, item, claim.key, step, before)
    elif not step.state.closes and before.state.closes:
        fact = f"the claim {claim.key} was {_since(before)}; it is heard again"
        yield remark(update, fact, "nothing to do if that is meant", Severity.NOTE, line=item.line)


def _closed_already(update: Update, item: Item, key: str, step: Step, before: Step) -> Problem:
    if step.state is before.state:
        fact, severity = f"the claim {key} was {_since(before)} already", Severity.NOTE
    else:
        fact, severity = (
            f"the claim {key} was {_since(before)}; now it is {step.state.value}",
            Severity.WARNING,
        )
    remedy = "nothing to do if that is meant; otherwise take this line out"
    return remark(update, fact, remedy, severity, line=item.line, quote=item.text)


def _since(step: Step) -> str:
    return f"{step.state.value} on {format_date(step.there.date, 'en', 'long')}"
