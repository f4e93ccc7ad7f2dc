"""The steps of a claim -> what is known of it by now, and what became of each item that tells it.

A pure fold: the same steps give the same claim, whatever came first. Instants are UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitrep.base.claim import Claim, ClaimState, Fate, Followed, Pointer, Step
from sitrep.base.values import replace


def told(key: str, steps: Iterable[Step]) -> Claim:
    """A claim as its steps tell it, in the order of their updates.

    A rumor told a second time is heard again. The last step says what is known now. A claim of which no
    step stands (but plain ones) is withdrawn, or followed under another key if its items are part of
    that claim now.
    """
    known = sorted(steps, key=_place)
    standing: list[Step] = []
    for step in known:
        if step.gone is None:
            state = ClaimState.AGAIN if standing and not step.state.closes else step.state
            state = ClaimState.OPEN if not standing and not step.state.closes else state
            standing.append(step if step.state is state else replace(step, state=state))
    if any(not step.plain for step in standing):
        return Claim(key=key, state=standing[-1].state, steps=tuple(standing), has_page=_has_page(known))
    last = max(known, key=lambda step: (step.gone or step.at, _place(step)), default=None)
    into = last.into if last else None
    state = ClaimState.SUPERSEDED if into else ClaimState.WITHDRAWN
    return Claim(key=key, state=state, steps=(), into=into, has_page=_has_page(known))


def _has_page(steps: list[Step]) -> bool:
    """A second item gives a claim its page; so does one from another claim, whose page may lead here."""
    return len(steps) > 1 or any(step.moved for step in steps)


def followed(claim: Claim, steps: Iterable[Step]) -> dict[Pointer, tuple[Followed, dt.datetime]]:
    """What each standing item of a claim is to it and what became of it, and when that last changed.

    ``steps``: all of the claim's, those that are gone too: their going changed what others say.
    """
    standing = claim.steps
    news = _news(standing)
    gone = [step for step in steps if step.gone is not None]
    found: dict[Pointer, tuple[Followed, dt.datetime]] = {}
    for place, step in enumerate(standing):
        later = [standing[i] for i in news if i > place]
        closing = next((after for after in reversed(later) if after.state.closes), None)
        again = [later[-1]] if later and not later[-1].state.closes else []
        fates = tuple(_fate(after) for after in ([closing] if closing else []) + again)
        is_news = place in news
        found[step.there] = (
            Followed(
                key=claim.key,
                state=step.state,
                at=step.at,
                news=is_news,
                title=claim.title if is_news else "",
                began=standing[0].there if place else None,
                fates=fates,
                has_page=claim.has_page,
            ),
            max([step.at, *(fate.at for fate in fates), *_departures(step, is_news, gone)]),
        )
    return found


def _news(steps: tuple[Step, ...]) -> list[int]:
    """Places of the steps that change what is known: that settle the claim, or tell a settled one again."""
    found: list[int] = []
    before: ClaimState | None = None
    for place, step in enumerate(steps):
        reopens = not step.state.closes and before is not None and before.closes
        if reopens or (step.state.closes and step.state is not before):
            found.append(place)
        before = step.state
    return found


def _fate(step: Step) -> Fate:
    return Fate(state=step.state, there=step.there, at=max(step.at, step.updated), text=step.text)


def _departures(step: Step, is_news: bool, gone: Iterable[Step]) -> Iterable[dt.datetime]:
    """When something went that this item's page may have spoken of."""
    here = _place(step)
    for left in gone:
        after = _place(left) > here
        if left.gone is not None and ((after and left.state.closes) or (not after and is_news)):
            yield left.gone


def _place(step: Step) -> tuple[str, int, int]:
    key = step.there.update
    return key[:10], int(key[11:] or 1), step.there.item


# -- keys -------------------------------------------------------------------------------------------
