"""The newest reports -> what the home page shows of each front, and its rumors apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sitrep.base.nouns import Item, Report
from sitrep.base.values import Struct, replace
from sitrep.pages.items import label_html, sentence_html
from sitrep.pages.lists import PageLink
from sitrep.pages.templates import Markup
from sitrep.pages.views import Chip, FrontView, Sight
from sitrep.site import addresses as at
from sitrep.site.update_parts import places
from sitrep.text.summaries import (
    format_date,
    hedge_of_lead,
    lead_or_words,
    settled,
    short_date,
    shortened,
    state_name,
    stop_of_lead,
)

_TOP = 3
_RUMORS = 4
_NOTE = 280
"""Characters of a rumor in the home page's panel."""


class Glance(Struct, frozen=True, kw_only=True):
    """A front on the home page: its newest report in a few sentences."""

    front: FrontView
    link: str
    date: str
    items: Markup
    more: str
    more_link: str


class RumorLine(Struct, frozen=True, kw_only=True):
    """A rumor in the home page's panel."""

    hedge: Markup
    text: str
    link: str
    heard: str


def chips(reports: Mapping[str, Report], view: Sight, beside: dt.date) -> tuple[Chip, ...]:
    """Every front that has said anything, with how much its newest report says and when; not one alone."""
    shown = tuple(
        Chip(front=front, link=view.to(front.place), line=_chip_line(reports[front.id], view, beside))
        for front in view.fronts.values()
        if front.id in reports
    )
    return shown if len(shown) > 1 else ()


def _chip_line(report: Report, view: Sight, beside: dt.date) -> str:
    items = report.items
    what = view.words.count("items", len(items))
    if all(item.opinion for item in items):
        what = view.words.opinion
    day = report.update.date
    if day == beside:
        return what  # the date is the page's own
    said = short_date(day, beside, view.lang)
    # Day and month stay in one piece; with a year they are wider than what a phone leaves for them.
    whole = said.replace(" ", "\xa0") if day.year == beside.year else said
    return f"{what} · {whole}"


def glances(reports: Mapping[str, Report], view: Sight, beside: dt.date) -> tuple[Glance, ...]:
    """The newest report of every front but the rumors, three items each."""
    shown = (front for front in view.fronts.values() if front.kind != "rumors" and front.id in reports)
    return tuple(_glance(front, reports[front.id], view, beside) for front in shown)


def _glance(front: FrontView, report: Report, view: Sight, beside: dt.date) -> Glance:
    items = report.items
    top = [item for item in items if not item.opinion][:_TOP] or items[:_TOP]
    rest = len(items) - len(top)
    page = view.to(at.update_page(report.update.key))
    near = replace(view, beyond=places(report.update))
    return Glance(
        front=front,
        link=view.to(front.place),
        date=short_date(report.update.date, beside, view.lang),
        items=Markup("\n".join(sentence_html(item, near, page) for item in top)),
        more=view.words.count("more_items", rest) if rest else view.words.all_days.format(front.name),
        more_link=view.to(front.place),
    )


def rumors_panel(reports: Mapping[str, Report], view: Sight) -> tuple[PageLink, tuple[RumorLine, ...]] | None:
    """The newest rumors, and the way to all of them."""
    front = next((front_view for front_view in view.fronts.values() if front_view.kind == "rumors"), None)
    report = reports.get(front.id) if front else None
    if front is None or report is None:
        return None
    heard = view.words.heard_on.format(format_date(report.update.date, view.lang, "long"))
    lines = tuple(
        RumorLine(
            hedge=Markup(label_html(hedge_of_lead(item, view.words), stop=stop_of_lead(item))),
            text=shortened(lead_or_words(item), _NOTE),
            link=view.to(at.item_link(report.update.key, item.number)),
            heard=_heard(item, heard, view),
        )
        for item in report.items[:_RUMORS]
    )
    return PageLink(name=view.words.all_rumors, link=view.to(front.place)), lines


def _heard(item: Item, heard: str, view: Sight) -> str:
    fate = settled(item)
    if fate is None:
        return heard
    return (
        f"{heard} · {state_name(fate.state, view.words)}, {short_date(fate.there.date, view.day, view.lang)}"
    )
