"""The years, months and days that there are -> the pages of the archive."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence

from sitrep.archive.archive import Archive
from sitrep.base.languages.month_names import week
from sitrep.base.nouns import Update
from sitrep.base.values import Struct
from sitrep.pages import lists
from sitrep.pages.layout import Layout, Page
from sitrep.pages.lists import PageLink, month_name
from sitrep.pages.views import Sight
from sitrep.site import addresses as at


class MonthGrid(Struct, frozen=True, kw_only=True):
    """A month as a calendar."""

    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[tuple[int, str], ...], ...]
    """Each day with the link to its newest update, if it has any; 0 for those of other months."""
    link: str


def index(archive: Archive, layout: Layout) -> bytes:
    """The years there are, and the months of the newest one."""
    view = layout.sight(at.ARCHIVE)
    years = archive.years()
    newest = archive.latest(lists.LATEST)
    return layout.lay_out(
        "archive.html",
        _page(
            layout,
            at.ARCHIVE,
            view.words.archive,
            view.words.archive_deck,
            archive.languages_where(Archive.live),
        ),
        years=[PageLink(name=year, link=view.to(at.year_page(year))) for year in reversed(years)],
        months=months(archive, years[-1], view) if years else (),
        days=tuple(lists.day(update, view, beside=newest[0].date) for update in newest),
        calendar=month_grid((update.key for update in newest), newest[0].month, view)
        if _whole_month(newest)
        else None,
    )


def year(archive: Archive, year: str, layout: Layout) -> bytes | None:
    """The months of a year, those that are over as calendars; None if it has none."""
    view = layout.sight(at.year_page(year))
    found = months(archive, year, view)
    if not found:
        return None
    beside = (archive.month_neighbours(f"{year}-01")[0], archive.month_neighbours(f"{year}-12")[1])
    years = [month[:4] for month in beside if month]
    return layout.lay_out(
        "year.html",
        _page(
            layout,
            view.here,
            year,
            view.words.archive_deck,
            archive.languages_where(lambda there: there.months(year)),
        ),
        year=year,
        months=tuple(zip(found, _calendars(archive, year, found, view), strict=True)),
        beside=[PageLink(name=other, link=view.to(at.year_page(other))) for other in years],
        archive=view.to(at.ARCHIVE),
    )


def month(archive: Archive, month: str, layout: Layout) -> bytes | None:
    """The updates of a month, newest first, with what each front had; None if it has none.

    While the month goes on and the first page of the archive has all of it, the way there.
    """
    view = layout.sight(at.month_page(month))
    found = archive.month(month)
    if not found:
        return None
    if _is_on_first_page(archive, month):
        return layout.lead_on(view.here, at.ARCHIVE, view.words.archive)
    count = view.words.count("updates", len(found))
    name = month_name(month, view.lang)
    return layout.lay_out(
        "month.html",
        _page(
            layout,
            view.here,
            name,
            count,
            archive.languages_where(
                lambda there: there.has_month(month) and not _is_on_first_page(there, month)
            ),
        ),
        name=name,
        count=count,
        days=lists.days(found, view),
        months=_ways_from_month(*archive.month_neighbours(month), view),
        year=PageLink(name=month[:4], link=view.to(at.year_page(month[:4]))),
        calendar=month_grid((update.key for update in found), month, view),
        packed="" if archive.goes_on(month) else view.to(at.month_zip(month)),
    )


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


def _calendars(
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


def _ways_from_month(older: str | None, newer: str | None, view: Sight) -> tuple[PageLink, ...]:
    """The ways from a month of the archive."""
    return tuple(
        PageLink(name=form.format(month_name(month, view.lang)), link=view.to(at.month_page(month)))
        for form, month in ((view.words.older_month, older), (view.words.newer_month, newer))
        if month
    )


def _whole_month(newest: Sequence[Update]) -> bool:
    """True if the newest updates hold all of the newest month."""
    return bool(newest) and (len(newest) < lists.LATEST or newest[-1].month != newest[0].month)


def _is_on_first_page(archive: Archive, month: str) -> bool:
    return archive.goes_on(month) and _whole_month(archive.latest(lists.LATEST))


def _page(layout: Layout, place: str, title: str, description: str, translated: Sequence[str]) -> Page:
    return layout.page(place, title=title, description=description, current=at.ARCHIVE, translated=translated)
