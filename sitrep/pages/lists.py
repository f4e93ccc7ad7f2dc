"""Reports, months, years and changes -> frozen values for the pages that list them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sitrep.archive.archive import Archive
from sitrep.base.languages import DateForm, week
from sitrep.base.nouns import Report, Update
from sitrep.base.values import Struct, replace
from sitrep.pages.items import item_html, sentence_html
from sitrep.pages.templates import Markup
from sitrep.pages.views import Sight, front_or_unknown, in_order, spoken_in
from sitrep.site import addresses as at
from sitrep.text.summaries import (
    format_date,
    opening,
    references,
    short_date,
    shortened,
)

_TITLE = 120
EARLIER = 6
"""Earlier updates on the home page."""
LATEST = 30
"""Updates on the first page of the archive."""
MOST_REPORTS = 40
"""Reports of a front that its page looks at."""
MOST_CHANGES = 60
BUDGET = 26_000
"""Bytes of items on one page, uncompressed: with its style it then stays under 14,000 compressed."""
FULL_DAYS, BRIEF_DAYS = 12_000, 16_000
"""The same of a front's page that holds a month: of days in full, and of the rest as first sentences."""
MOST_OF_PLACE, PLACE_BUDGET = 20, BUDGET // 4
"""The same of a place: an update names many, and each drop brings the page of every one of them."""


class PageLink(Struct, frozen=True, kw_only=True):
    """A name that leads somewhere, with a line about it."""

    name: str
    link: str
    line: str = ""


class DayView(Struct, frozen=True, kw_only=True):
    """An update as one line of a list."""

    date: dt.date
    short: str
    title: str
    link: str
    line: str
    spoken: Markup
    """Attributes of the language of the title."""


class MonthGrid(Struct, frozen=True, kw_only=True):
    """A month as a calendar."""

    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[tuple[int, str], ...], ...]
    """Each day with the link to its newest update, if it has any; 0 for those of other months."""
    link: str


class ReportView(Struct, frozen=True, kw_only=True):
    """A day of a front's timeline."""

    anchor: str
    date: dt.date
    full_date: str
    link: str
    items: Markup
    short: bool


def month_name(month: str, lang: str) -> str:
    """``2024-12`` -> ``December 2024``."""
    return format_date(dt.date.fromisoformat(f"{month}-01"), lang, "month")


# -- updates ---------------------------------------------------------------------------------------


def day(update: Update, view: Sight, *, beside: dt.date) -> DayView:
    """An update as a line: its date, headline and how much it says on each front."""
    name = ("day", view.here, view.lang, beside.isoformat()[:4])
    return view.kept.of(update, *name, make=lambda: _day(update, view, beside))


def _day(update: Update, view: Sight, beside: dt.date) -> DayView:
    counts = Counter(item.front for item in update.items)
    title = _title(update, view)
    return DayView(
        date=update.date,
        short=short_date(update.date, beside, view.lang),
        title=title,
        spoken=spoken_in(title, view.lang) or Markup(' dir="auto"'),
        link=view.to(at.update_page(update.key)),
        line=" · ".join(
            f"{front_or_unknown(view.fronts, front).short}\xa0{counts[front]}"
            for front in in_order(counts, view)
        ),
    )


def _title(update: Update, view: Sight) -> str:
    """The headline its own page has, short."""
    return shortened(opening(update, view.config).headline, _TITLE)


# -- fronts -----------------------------------------------------------------------------------------


def report_view(report: Report, view: Sight, *, short: bool = False) -> ReportView:
    """A day of a timeline, in full or as first sentences."""
    update = report.update
    near = replace(view, here=at.any_beside(view.here), day=update.date)
    page = near.to(at.update_page(update.key))
    name = ("short" if short else "full", near.here, view.lang)
    made = view.kept.of(update, *name, make=lambda: _items(update, near, page, short))
    return ReportView(
        anchor=f"d{update.key}",
        date=update.date,
        full_date=format_date(update.date, view.lang, _form_beside(view.day, update.date)),
        link=page,
        items=Markup("\n".join([made[item.number] for item in report.items])),
        short=short,
    )


def _items(update: Update, near: Sight, page: str, short: bool) -> dict[int, str]:
    """All items of an update by their numbers, made once for every front and place that shows some."""
    if short:
        return {item.number: sentence_html(item, near, page) for item in update.items}
    coded = zip(update.items, references(update, near.config), strict=True)
    return {item.number: item_html(item, code, near, page) for item, code in coded}


def _form_beside(beside: dt.date, day: dt.date) -> DateForm:
    return "weekday" if day.year == beside.year else "full"


def newest_days(
    reports: Iterable[Report], view: Sight, budget: int = BUDGET, *, short: bool = False
) -> tuple[ReportView, ...]:
    """The newest reports that a light page holds, in full or ``short``; whole days, at least one."""
    made: list[ReportView] = []
    weight = 0
    for report in reports:
        day_view = report_view(report, view, short=short)
        weight += len(day_view.items.encode())
        if made and weight > budget:
            break
        made.append(day_view)
    return tuple(made)


def all_days(reports: Sequence[Report], view: Sight) -> tuple[ReportView, ...]:
    """All the reports: in full if a light page holds them, else every item as its first sentence."""
    full = newest_days(reports, view)
    if len(full) == len(reports) and sum(len(report.items.encode()) for report in full) <= BUDGET:
        return full
    return tuple(report_view(report, view, short=True) for report in reports)


def months_of_front(
    archive: Archive, front: str, reports: Sequence[Report], view: Sight, *, on_page: bool = False
) -> tuple[PageLink, ...]:
    """The months of the newest year a front has, newest first, and the last one before that year.

    ``on_page``: the month that goes on needs none, since the front's page holds it.
    """
    if not reports:
        return ()
    year = reports[0].update.month[:4]
    found = [
        PageLink(
            name=month_name(month, view.lang),
            link=view.to(at.front_month_page(front, month)),
            line=view.words.count("items", count),
        )
        for month, count in reversed(archive.front_months(front, year))
        if not (on_page and archive.goes_on(month))
    ]
    older, _ = archive.front_month_neighbours(front, f"{year}-01")
    if older:
        name = view.words.older_month.format(month_name(older, view.lang))
        found.append(PageLink(name=name, link=view.to(at.front_month_page(front, older))))
    return tuple(found)


def ways_from_front_month(
    front: str, older: str | None, newer: str | None, view: Sight
) -> tuple[PageLink, ...]:
    """The ways from a month of a front: older, newer, newest."""
    found = [
        PageLink(
            name=form.format(month_name(month, view.lang)), link=view.to(at.front_month_page(front, month))
        )
        for form, month in ((view.words.older_month, older), (view.words.newer_month, newer))
        if month
    ]
    name = view.words.newest_here.format(front_or_unknown(view.fronts, front).name)
    return (*found, PageLink(name=name, link=view.to(at.front_page(front))))


# -- the archive ------------------------------------------------------------------------------------


def months(archive: Archive, year: str, view: Sight) -> tuple[PageLink, ...]:
    """The months of a year, newest first, with their number of updates where it is final.

    A month that goes on has none: pages that only list months would change at every drop.
    """
    return tuple(
        PageLink(
            name=month_name(month, view.lang),
            link=view.to(at.month_page(month)),
            line="" if archive.goes_on(month) else view.words.count("updates", count),
        )
        for month, count in reversed(archive.months(year))
    )


def calendars(
    archive: Archive, year: str, listed: Iterable[PageLink], view: Sight
) -> Iterator[MonthGrid | None]:
    """The calendar of each listed month; None for one that goes on, which would change at every drop."""
    keys = archive.keys(year)
    for month, shown in zip(reversed([month for month, _ in archive.months(year)]), listed, strict=True):
        yield month_grid(keys, month, view) if shown.line else None


def month_grid(keys: Iterable[str], month: str, view: Sight) -> MonthGrid:
    """The calendar of a month, given the keys of updates with the newest first."""
    links: dict[int, str] = {}
    for key in keys:
        if key.startswith(month):
            links.setdefault(int(key[8:10]), view.to(at.update_page(key)))
    first, weekdays = week(view.lang)
    weeks = calendar.Calendar(first).monthdayscalendar(int(month[:4]), int(month[5:]))
    return MonthGrid(
        name=month_name(month, view.lang),
        weekdays=weekdays,
        weeks=tuple(tuple((day, links.get(day, "")) for day in row) for row in weeks),
        link=view.to(at.month_page(month)),
    )


def ways_from_month(older: str | None, newer: str | None, view: Sight) -> tuple[PageLink, ...]:
    """The ways from a month of the archive."""
    return tuple(
        PageLink(name=form.format(month_name(month, view.lang)), link=view.to(at.month_page(month)))
        for form, month in ((view.words.older_month, older), (view.words.newer_month, newer))
        if month
    )
