"""Reports, months, years and changes -> frozen values for the pages that list them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from sitrep.keeping.archive import Archive
from sitrep.model import Change, ChangeKind, Item, Pointer, Report, Update
from sitrep.rendering import addresses as at
from sitrep.rendering.itemviews import item_html, sentence_html
from sitrep.rendering.views import Chip, Front, Sight, front_or_unknown, in_order
from sitrep.rendering.words import (
    codes,
    first_sentence,
    format_date,
    headline,
    one_line,
    settled,
    short_date,
    shortened,
    state_name,
)

EARLIER = 6
"""Earlier updates on the home page."""
MOST_REPORTS = 40
"""Reports of a front that its page looks at."""
MOST_CHANGES = 60
_TOP = 3
_RUMORS = 4
_NOTE = 280
"""Characters of a rumor in the home page's panel."""
_COMPARED = 90_000
"""Pairs of words beyond which two wordings are shown one after the other."""
_BUDGET = 26_000
"""Bytes of items on one page, uncompressed: with its style it then stays under 14,000 compressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere, with a line about it."""

    name: str
    link: str
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """An update as one line of a list."""

    date: dt.date
    short: str
    title: str
    link: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A front on the home page: its newest report in a few sentences."""

    front: Front
    link: str
    date: str
    items: Markup
    more: str
    more_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RumorLine:
    """A rumor in the home page's panel."""

    text: str
    link: str
    heard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A day of a front's timeline."""

    anchor: str
    date: dt.date
    full_date: str
    link: str
    items: Markup
    short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A correction, withdrawal or outcome."""

    date: dt.date
    when: str
    kind: str
    where: str
    link: str
    difference: Markup
    """The new wording; what went is struck out. For an outcome, what was said of the rumor."""
    rumor: str
    """For an outcome, the rumor it settles."""
    told: Link | None
    """For an outcome, where that was first told."""
    reason: str


def month_name(month: str, lang: str) -> str:
    """``2024-12`` -> ``December 2024``."""
    return format_date(dt.date.fromisoformat(f"{month}-01"), lang, "month")


# -- home -------------------------------------------------------------------------------------------


def chips(reports: Mapping[str, Report], view: Sight, beside: dt.date) -> tuple[Chip, ...]:
    """Every front with how much its newest report says and when."""
    return tuple(
        Chip(front=front, link=view.to(front.place), line=_chip_line(reports.get(front.id), view, beside))
        for front in view.fronts.values()
    )


def _chip_line(report: Report | None, view: Sight, beside: dt.date) -> str:
    if report is None:
        return view.words.nothing_yet
    items = report.items
    what = view.words.count(view.words.items, len(items))
    if all(item.opinion for item in items):
        what = view.words.opinion
    return f"{what} · {short_date(report.update.date, beside, view.lang)}"


def glances(reports: Mapping[str, Report], view: Sight, beside: dt.date) -> tuple[Glance, ...]:
    """The newest report of every front but the rumors, three items each."""
    shown = (front for front in view.fronts.values() if front.kind != "rumors" and front.id in reports)
    return tuple(_glance(front, reports[front.id], view, beside) for front in shown)


def _glance(front: Front, report: Report, view: Sight, beside: dt.date) -> Glance:
    pairs = _coded(report, view)
    top = [pair for pair in pairs if not pair[0].opinion][:_TOP] or pairs[:_TOP]
    rest = len(pairs) - len(top)
    page = at.update_page(report.update.key)
    return Glance(
        front=front,
        link=view.to(front.place),
        date=short_date(report.update.date, beside, view.lang),
        items=Markup("\n".join(sentence_html(item, view, view.to(page)) for item, _ in top)),
        more=view.words.count(view.words.more_items, rest)
        if rest
        else view.words.all_days.format(front.name),
        more_link=view.to(front.place),
    )


def rumors_panel(reports: Mapping[str, Report], view: Sight) -> tuple[Link, tuple[RumorLine, ...]] | None:
    """The newest rumors, and the way to all of them."""
    front = next((one for one in view.fronts.values() if one.kind == "rumors"), None)
    report = reports.get(front.id) if front else None
    if front is None or report is None:
        return None
    heard = view.words.heard_on.format(format_date(report.update.date, view.lang, "long"))
    lines = tuple(
        RumorLine(
            text=_rumor_text(item),
            link=view.to(at.item_link(report.update.key, item.number)),
            heard=_heard(item, heard, view),
        )
        for item in report.items[:_RUMORS]
    )
    return Link(name=view.words.all_rumors, link=view.to(front.place)), lines


def _heard(item: Item, heard: str, view: Sight) -> str:
    fate = settled(item)
    if fate is None:
        return heard
    return (
        f"{heard} · {state_name(fate.state, view.lang)}, {short_date(fate.there.date, view.day, view.lang)}"
    )


def _rumor_text(item: Item) -> str:
    """As many whole sentences as fit a short note, at least the first."""
    rest = one_line(item.text)
    said = first_sentence(rest)
    while len(said) < len(rest):
        following = first_sentence(rest[len(said) :].lstrip())
        if len(said) + len(following) > _NOTE:
            break
        said = f"{said} {following}"
    return shortened(said, _NOTE)


def day(update: Update, view: Sight, *, beside: dt.date) -> DayView:
    """An update as a line: its date, headline and how much it says on each front."""
    counts = Counter(item.front for item in update.items)
    return DayView(
        date=update.date,
        short=short_date(update.date, beside, view.lang),
        title=_title(update, view),
        link=view.to(at.update_page(update.key)),
        line=" · ".join(
            f"{front_or_unknown(view.fronts, front).short}\xa0{counts[front]}"
            for front in in_order(counts, view)
        ),
    )


def _title(update: Update, view: Sight) -> str:
    """The headline, or the first sentence of an update that has none."""
    if update.title or not update.items:
        return headline(update, view.config)
    leading = next((item for item in update.items if not item.opinion), update.items[0])
    return shortened(one_line(first_sentence(leading.text)), 110)


# -- fronts -----------------------------------------------------------------------------------------


def _coded(report: Report, view: Sight) -> list[tuple[Item, str]]:
    pairs = zip(report.update.items, codes(report.update, view.config), strict=True)
    return [(item, code) for item, code in pairs if item.front == report.front]


def report_view(report: Report, view: Sight, *, short: bool = False) -> ReportView:
    """A day of a timeline, in full or as first sentences."""
    update = report.update
    near = replace(view, day=update.date)
    page = view.to(at.update_page(update.key))
    made = [
        sentence_html(item, near, page) if short else item_html(item, code, near, page)
        for item, code in _coded(report, view)
    ]
    return ReportView(
        anchor=f"d{update.key}",
        date=update.date,
        full_date=format_date(update.date, view.lang, "full"),
        link=page,
        items=Markup("\n".join(made)),
        short=short,
    )


def newest_days(reports: Iterable[Report], view: Sight) -> tuple[ReportView, ...]:
    """The newest reports that a light page holds, in full; whole days, at least one."""
    made: list[ReportView] = []
    weight = 0
    for report in reports:
        day_view = report_view(report, view)
        weight += len(day_view.items.encode())
        if made and weight > _BUDGET:
            break
        made.append(day_view)
    return tuple(made)


def all_days(reports: Sequence[Report], view: Sight) -> tuple[ReportView, ...]:
    """All the reports: in full if a light page holds them, else every item as its first sentence."""
    full = newest_days(reports, view)
    if len(full) == len(reports) and sum(len(one.items.encode()) for one in full) <= _BUDGET:
        return full
    return tuple(report_view(report, view, short=True) for report in reports)


def months_of_front(archive: Archive, front: str, reports: Sequence[Report], view: Sight) -> tuple[Link, ...]:
    """The months of the newest year a front has, newest first, and the last one before that year."""
    if not reports:
        return ()
    year = reports[0].update.month[:4]
    found = [
        Link(
            name=month_name(month, view.lang),
            link=view.to(at.front_month_page(front, month)),
            line=view.words.count(view.words.items, count),
        )
        for month, count in reversed(archive.front_months(front, year))
    ]
    older, _ = archive.front_month_neighbours(front, f"{year}-01")
    if older:
        name = view.words.older_month.format(month_name(older, view.lang))
        found.append(Link(name=name, link=view.to(at.front_month_page(front, older))))
    return tuple(found)


def ways_from_front_month(front: str, older: str | None, newer: str | None, view: Sight) -> tuple[Link, ...]:
    """The ways from a month of a front: older, newer, newest."""
    found = [
        Link(name=form.format(month_name(month, view.lang)), link=view.to(at.front_month_page(front, month)))
        for form, month in ((view.words.older_month, older), (view.words.newer_month, newer))
        if month
    ]
    name = view.words.newest_here.format(front_or_unknown(view.fronts, front).name)
    return (*found, Link(name=name, link=view.to(at.front_page(front))))


# -- the archive ------------------------------------------------------------------------------------


def months(counted: Iterable[tuple[str, int]], view: Sight) -> tuple[Link, ...]:
    """Months with their number of updates, newest first."""
    return tuple(
        Link(
            name=month_name(month, view.lang),
            link=view.to(at.month_page(month)),
            line=view.words.count(view.words.updates, count),
        )
        for month, count in reversed(tuple(counted))
    )


def ways_from_month(older: str | None, newer: str | None, view: Sight) -> tuple[Link, ...]:
    """The ways from a month of the archive."""
    return tuple(
        Link(name=form.format(month_name(month, view.lang)), link=view.to(at.month_page(month)))
        for form, month in ((view.words.older_month, older), (view.words.newer_month, newer))
        if month
    )


# -- corrections ------------------------------------------------------------------------------------


def change(one: Change, view: Sight) -> ChangeView:
    """One change, with the words that went struck out and those that came marked."""
    outcome = one.kind is ChangeKind.OUTCOME
    place = at.update_page(one.update)
    before, after = one_line(one.before), one_line(one.after)
    return ChangeView(
        date=one.at.date(),
        when=view.when(one.at),
        kind=_kind(one, view),
        where=_where(one, view),
        link=view.to(f"{place}#{at.anchor(one.item)}" if one.item else place),
        difference=escape(after) if outcome else difference(before, after),
        rumor=before if outcome else "",
        told=_told(one.began, view) if one.began else None,
        reason=one_line(one.reason or ""),
    )


def _kind(one: Change, view: Sight) -> str:
    if one.kind is ChangeKind.OUTCOME:
        return state_name(one.state, view.lang) if one.state else view.words.outcome
    return view.words.withdrawn if one.kind is ChangeKind.WITHDRAWAL else view.words.correction


def _where(one: Change, view: Sight) -> str:
    day_of = dt.date.fromisoformat(one.update[:10])
    where = view.words.update_of.format(format_date(day_of, view.lang, "long"))
    return f"{where}, {front_or_unknown(view.fronts, one.front).name}" if one.front else where


def _told(began: Pointer, view: Sight) -> Link:
    day_of = format_date(began.date, view.lang, "long")
    return Link(
        name=view.words.first_told.format(day_of), link=view.to(at.item_link(began.update, began.item))
    )


def difference(before: str, after: str) -> Markup:
    """Two wordings as one text: what went in ``del``, what came in ``ins``."""
    old, new = before.split(), after.split()
    if not old or not new or len(old) * len(new) > _COMPARED:
        parts = [_tagged("del", old), _tagged("ins", new)]
        return Markup(" ").join(part for part in parts if part)
    made = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(escape(" ".join(old[i:j])))
        else:
            made += [part for part in (_tagged("del", old[i:j]), _tagged("ins", new[k:m])) if part]
    return Markup(" ").join(made)


def _tagged(tag: str, words: list[str]) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), " ".join(words)) if words else Markup()
