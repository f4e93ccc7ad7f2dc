"""Claims -> frozen values for the board of rumors and for each claim's own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitrep.archive.archive import Archive
from sitrep.base.claim import Claim, ClaimState, Step
from sitrep.base.nouns import Item
from sitrep.base.values import Struct, replace
from sitrep.pages.items import label_html
from sitrep.pages.lists import PageLink
from sitrep.pages.templates import Markup
from sitrep.pages.views import Sight, front_or_unknown
from sitrep.site import addresses as at
from sitrep.text.gzip_weight import Packed
from sitrep.text.interface_words import Wording
from sitrep.text.markdown import to_html
from sitrep.text.summaries import format_date, one_line, short_date, shortened, state_name

MOST_OPEN, MOST_SETTLED = 30, 15
"""Claims on the board; older ones are found by the months of the front."""
_STEPS_ON_BOARD = 5
STEPS_ON_PAGE = 60
_NOTE = 200
"""Characters of another claim beside it."""
_WHOLE = 6
"""Steps on a claim's page that are told in all their words: the first one and the newest."""
_ROOM, _LINE = 7_000, 26
"""Bytes of the steps on a claim's page, compressed, and of one without its words."""

_MARKS = {
    ClaimState.OPEN: "o",
    ClaimState.AGAIN: "o",
    ClaimState.CONFIRMED: "y",
    ClaimState.REFUTED: "x",
    ClaimState.NOT_BORNE_OUT: "f",
    ClaimState.SUPERSEDED: "f",
    ClaimState.WITHDRAWN: "f",
}


class StepView(Struct, frozen=True, kw_only=True):
    """One dated line of a claim's history."""

    date: dt.date
    day: str
    state: str
    """What the item makes of the claim; empty where it only tells the rumor the first time."""
    text: str
    link: str
    code: str
    front: str = ""
    whole: Markup = Markup()
    """All that the item says, where that is more than one sentence."""
    places: tuple[PageLink, ...] = ()
    """What it names, each with the way to what else is said of it."""


class NearView(Struct, frozen=True, kw_only=True):
    """Another claim that was first told about the same time, in one sentence."""

    hedge: Markup
    text: str
    link: str
    heard: str


class CaseView(Struct, frozen=True, kw_only=True):
    """A claim with its newest steps."""

    anchor: str
    link: str
    mark: str
    state: str
    """With how long it has been open, or was."""
    hedge: Markup
    """How sure it is, as the label before its words."""
    title: str
    lang: str
    steps: tuple[StepView, ...]
    left_out: int


def case(claim: Claim, view: Sight, newest: dt.date) -> CaseView:
    """A claim on the board; its age counts to ``newest``, the date of the newest update."""
    first, *rest = claim.steps
    shown = (first, *rest[-_STEPS_ON_BOARD + 1 :])
    return CaseView(
        anchor=f"c-{claim.key}",
        link=_link(claim, view),
        mark=mark(claim),
        state=status(claim, view, newest),
        hedge=Markup(label_html(hedge_of(claim, view.words))),
        title=claim.title or view.words.claim_gone,
        lang=first.lang or "",
        steps=_first_heard(tuple(step_view(step, view) for step in shown), view),
        left_out=len(claim.steps) - len(shown),
    )


def _link(claim: Claim, view: Sight) -> str:
    """Its page, or the item that opened it while there is no more to show."""
    began = claim.steps[0].there
    return view.to(at.claim_page(claim.key) if claim.has_page else at.item_link(began.update, began.item))


def mark(claim: Claim) -> str:
    """The class of the sign that stands for a claim's state."""
    return _MARKS[claim.state]


def hedge_of(claim: Claim, words: Wording) -> str:
    """What goes before a claim's words: that it is a rumor, or what it came to."""
    return state_name(claim.state, words) if claim.state.closes else words.rumor


def status(claim: Claim, view: Sight, newest: dt.date | None) -> str:
    """``Open for 5 days``, ``Refuted, after 3 days``; without ``newest`` no age of an open one."""
    name = state_name(claim.state, view.words)
    if not claim.steps:
        return name
    words, first = view.words, claim.steps[0].there.date
    until = claim.steps[-1].there.date if claim.state.closes else newest
    days = (until - first).days if until else 0
    if days <= 0:
        return name
    if claim.state.closes:
        after = words.count("after_days", days)
        return f"{name}, {after}"
    return words.count("again_days" if claim.state is ClaimState.AGAIN else "open_days", days)


def steps(claim: Claim, archive: Archive, view: Sight) -> tuple[StepView, ...]:
    """The dated steps of a claim for its own page: the first, and the newest that a light page holds; some of
    them in all their words."""
    packed, room, shown = Packed(), float(_ROOM), list[Step]()
    for step in (*claim.steps[:1], *reversed(claim.steps[1:][-STEPS_ON_PAGE + 1 :])):
        room -= _LINE + packed.text(step.text)
        if shown and room < 0:
            break
        shown.append(step)
    made: list[StepView] = []
    for number, step in enumerate(shown):
        item = _item_of(step, archive) if number < _WHOLE else None
        words = "" if item is None else item.outcome if step.state.closes else item.words
        weight = packed.text(words)
        fits = weight < room and one_line(words) != step.text
        room -= weight if fits else 0
        view_of = step_view(step, view)
        # The number keeps its footnotes apart from those of others.
        made.append(_in_full(view_of, item, words if fits else "", number + 1, view) if item else view_of)
    return _first_heard((*made[:1], *reversed(made[1:])), view)


def _item_of(step: Step, archive: Archive) -> Item | None:
    update = archive.update(step.there.update)
    return next((item for item in update.items if item.number == step.there.item), None) if update else None


def _in_full(made: StepView, item: Item, words: str, number: int, view: Sight) -> StepView:
    """A step with the words and places of its item."""
    return replace(
        made,
        front=front_or_unknown(view.fronts, item.front).name,
        whole=Markup(to_html(words, number)) if words else Markup(),
        places=tuple(
            PageLink(name=view.called.get(name, name), link=view.to(view.places[name]))
            for name in item.places
            if name in view.places
        ),
    )


def near(claim: Claim, archive: Archive, view: Sight) -> tuple[NearView, ...]:
    """Other claims that were first told about the same time."""
    return tuple(
        NearView(
            hedge=Markup(label_html(hedge_of(other, view.words))),
            text=shortened(other.title or view.words.claim_gone, _NOTE),
            link=_link(other, view),
            heard=view.words.heard_on.format(format_date(other.steps[0].there.date, view.lang, "long")),
        )
        for other in archive.claims.near(claim)
    )


def _first_heard(steps: tuple[StepView, ...], view: Sight) -> tuple[StepView, ...]:
    """The steps as sentences: the first one says that the rumor was first heard then."""
    if not steps:  # Nobody tells it any more.
        return ()
    first, *rest = steps
    return (replace(first, state=first.state or view.words.first_heard), *rest)


def step_view(step: Step, view: Sight) -> StepView:
    """One item's part in a claim."""
    return StepView(
        date=step.there.date,
        day=short_date(step.there.date, view.day, view.lang),
        state="" if step.state is ClaimState.OPEN else state_name(step.state, view.words),
        text=step.text,
        link=view.to(at.item_link(step.there.update, step.there.item)),
        code=step.code or f"#{step.there.item}",
    )


def groups(claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Settled claims: those that came true, and all others."""
    known = tuple(claims)
    true = tuple(claim for claim in known if claim.state is ClaimState.CONFIRMED)
    return true, tuple(claim for claim in known if claim.state is not ClaimState.CONFIRMED)
