"""A front's reports -> its timeline: the newest days with a look back, or one month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Certainty, Item, Report
from sitrep.base.values import Struct
from sitrep.pages import lists, views
from sitrep.pages.layout import Layout
from sitrep.pages.lists import month_name
from sitrep.pages.templates import Markup
from sitrep.site import addresses as at
from sitrep.text.summaries import format_date, short_date

LATELY = 30
"""Days before the newest update that a front's counts look back."""
_ROWS = 14
"""Days shown one by one."""
_MOST_SIGNS = 24
_WEEK = 7
"""Reports that come to the page of a month together, while the month goes on."""
_MAPS = 4
"""Small maps on a front's page."""

_SIGNS = {Certainty.SAID: "b", Certainty.REPORTED: "b rep", Certainty.STATEMENT: "b cla",
          Certainty.RUMOR: "b rum"}  # fmt: skip


class DayRow(Struct, frozen=True, kw_only=True):
    """A day of the look back: a sign for each item, in its certainty's shape, and the count in words."""

    date: dt.date
    day: str
    link: str
    signs: Markup
    count: str
    hedged: str
    """How many of them are hedged, in words; empty if none is."""


def newest(archive: Archive, front_id: str, layout: Layout) -> bytes:
    """A front's newest reports, as many as a light page holds, then the way to its months.

    Its counts are of the days up to the site's newest update, so they change with every update.
    """
    until = next((update.date for update in archive.latest(1)), dt.date.min)
    reports = archive.reports(front_id, lists.MOST_REPORTS)
    view = _newest_view(front_id, reports, layout)
    month = _newest_month(archive, front_id, reports, view)
    return _page(
        front_id,
        layout,
        view,
        translated=lists.languages_of_front(archive, front_id),
        shown=month or lists.newest_days(reports, view),
        months=lists.months_of_front(archive, front_id, reports, view, on_page=bool(month)),
        **looking_back(archive, front_id, reports, until, view, layout),
    )


def _newest_view(front_id: str, reports: Sequence[Report], layout: Layout) -> views.Sight:
    return layout.sight(at.front_page(front_id), day=reports[0].update.date if reports else dt.date.min)


def _newest_month(
    archive: Archive, front_id: str, reports: Sequence[Report], view: views.Sight
) -> tuple[lists.ReportView, ...]:
    """The newest days in full and the rest of their month in first sentences; nothing where a light page
    cannot hold that."""
    full = lists.newest_days(reports, view, lists.FULL_DAYS)
    rest = archive.front_month(front_id, reports[0].update.month)[len(full) :] if reports else ()
    if any(day.count for day in full) or not lists.all_fit(rest, view, lists.BRIEF_DAYS, short=True):
        return ()
    return (*full, *lists.newest_days(rest, view, lists.BRIEF_DAYS, short=True))


def beside_its_page(archive: Archive, front_id: str, month: str, layout: Layout) -> tuple[Report, ...]:
    """What the page of a month shows, newest first. While the month goes on these are weeks that are full,
    or nothing, where the front's own page holds the rest: so it is not made anew at every drop.
    """
    reports = archive.front_month(front_id, month)
    board = layout.fronts[front_id].kind == "rumors" and archive is archive.original
    if board or not reports or not archive.goes_on(month):
        return reports
    newest = archive.reports(front_id, lists.MOST_REPORTS)
    view = _newest_view(front_id, newest, layout)
    if _newest_month(archive, front_id, newest, view):
        return ()
    left = len(reports) % _WEEK
    return reports[left:] if lists.all_fit(newest[:left], view) else reports


def of_month(archive: Archive, front_id: str, reports: Sequence[Report], layout: Layout) -> bytes:
    """A month of a front's timeline, or what its own page has of it; ``reports`` are those to be shown."""
    month = reports[0].update.month
    view = layout.sight(at.front_month_page(front_id, month), day=reports[0].update.date)
    beside = archive.front_month_neighbours(front_id, month)
    return _page(
        front_id,
        layout,
        view,
        month,
        archive.languages_where(lambda there: beside_its_page(there, front_id, month, layout)),
        shown=lists.all_days(reports, view),
        months=lists.ways_from_front_month(front_id, *beside, view),
        facts="",
        rows=(),
        maps="",
    )


def _named_days(reports: Sequence[Report], view: views.Sight) -> list[tuple[str, str, list[Item]]]:
    """The newest days that name a place, with their links and items."""
    found: dict[dt.date, tuple[str, list[Item]]] = {}
    for report in reports:
        day, items = report.update.date, report.items
        if len(found) == _MAPS and day not in found:
            break
        if any(item.places for item in items):
            link = view.to(at.update_page(report.update.key))
            found.setdefault(day, (link, []))[1].extend(items)
    return [(short_date(day, view.day, view.lang), *shown) for day, shown in found.items()]


def _page(
    front_id: str,
    layout: Layout,
    view: views.Sight,
    month: str = "",
    translated: Sequence[str] = (),
    **values: Any,
) -> bytes:
    front = layout.fronts[front_id]
    rumors = front.kind == "rumors"
    name = view.words.front_month.format(front.name, month_name(month, view.lang)) if month else front.name
    page = layout.page(
        view.here,
        title=name,
        description=front.scope or name,
        current=front.place,
        front=front_id,
        translated=translated,
    )
    return layout.lay_out(
        "rumors.html" if rumors else "front.html",
        page,
        front=front,
        name=name,
        month=month,
        feed=layout.frame.links_of(front_id, view.here),
        **values,
    )


# -- the look back ----------------------------------------------------------------------------------


def looking_back(
    archive: Archive, name: str, reports: Sequence[Report], until: dt.date, view: views.Sight, layout: Layout
) -> dict[str, Any]:
    """What a front or place has had lately: in a sentence; and if on more than one day, day by day and on
    small maps."""
    if not reports:
        return {"facts": "", "rows": (), "maps": ""}
    return {
        "facts": _facts(archive, name, reports, until, view),
        "rows": rows_of(reports, until, view),
        "maps": layout.maps.strip(_named_days(reports, view), view),
    }


def _facts(
    archive: Archive, front_id: str, reports: Sequence[Report], until: dt.date, view: views.Sight
) -> str:
    """``Last 30 days: 26 items on 6 days, newest 6 Dec``, or ``no news since 3 December``."""
    words, last = view.words, reports[0].update.date
    day = format_date(last, view.lang, "day" if last.year == until.year else "long")
    items, days = archive.front_counts(front_id, until - dt.timedelta(days=LATELY - 1))
    if not items:
        return words.no_news_since.format(day)
    counted = words.counted_lately.format(words.count("items", items), words.count("on_days", days))
    return f"{counted}, {(words.newest if last == until else words.no_news_since).format(day)}"


def rows_of(reports: Sequence[Report], until: dt.date, view: views.Sight) -> tuple[DayRow, ...]:
    """The days of the last two weeks on which the front has items, newest first."""
    since = until - dt.timedelta(days=_ROWS - 1)
    days: dict[dt.date, list[tuple[Item, str]]] = {}
    for report in reports:
        if report.update.date >= since:
            page = view.to(at.update_page(report.update.key))
            days.setdefault(report.update.date, []).extend((item, page) for item in report.items)
    return tuple(_row(day, found, view) for day, found in days.items()) if len(days) > 1 else ()


def _row(day: dt.date, found: Sequence[tuple[Item, str]], view: views.Sight) -> DayRow:
    words = view.words
    kinds = Counter(item.certainty for item, _ in found)
    names = (
        (Certainty.REPORTED, words.reported),
        (Certainty.STATEMENT, words.statement_plain),
        (Certainty.RUMOR, words.rumor),
    )
    signs = [f'<i class="{_SIGNS[kind]}"></i>' for kind in Certainty for _ in range(kinds[kind])]
    return DayRow(
        date=day,
        day=short_date(day, view.day, view.lang),
        link=found[0][1],
        signs=Markup("".join(signs[:_MOST_SIGNS])),
        count=words.count("items", len(found)),
        hedged=", ".join(f"{name} {kinds[kind]}" for kind, name in names if kinds[kind]),
    )


def moved(front_id: str, layout: Layout, *, month: str | None = None) -> bytes:
    """The way from another name of a front to its page; of one that has ended, that it has, and where
    the site goes on. ``month``: for the page of a month.
    """
    front = layout.fronts.get(front_id)
    here = "-/-/index.html" if month else "-/index.html"
    if front:
        return layout.lead_on(here, at.front_page(front_id), front.name)
    return layout.lead_on(here, at.HOME, layout.config.site.title, ended=front_id)
