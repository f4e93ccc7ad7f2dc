"""What came out and what was changed -> pages for a reader who comes back, by day, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change
from sitrep.base.nouns import Update
from sitrep.base.values import Struct
from sitrep.pages import change_lists, lists
from sitrep.pages.change_lists import ChangeView
from sitrep.pages.layout import Layout
from sitrep.pages.lists import DayView, PageLink, month_name
from sitrep.pages.views import Sight
from sitrep.site import addresses as at
from sitrep.text.summaries import format_date, local_date

NEWEST = 60
"""Updates and changes on the page of what is newest, at most."""
DAYS = 14
"""Days it looks back from the newest of them."""


class SinceEntry(Struct, frozen=True, kw_only=True):
    """One thing that came out or was changed, at an instant (UTC)."""

    at: dt.datetime
    day: dt.date
    """In the site's zone."""
    update: DayView | None = None
    change: ChangeView | None = None


class NewsDay(Struct, frozen=True, kw_only=True):
    """A day with its news."""

    date: dt.date
    name: str
    news: tuple[SinceEntry, ...]


def newest(archive: Archive, layout: Layout) -> bytes:
    """What came out or was changed last, and the way to the months."""
    view = layout.sight(at.SINCE)
    news = _merged(archive.newest_out(NEWEST), archive.changes(NEWEST), view)[:NEWEST]
    news = [entry for entry in news if entry.day > news[0].day - dt.timedelta(days=DAYS)]
    months = dict.fromkeys(entry.at.isoformat()[:7] for entry in news)
    links = tuple(_link(month, view) for month in months)
    return _page(layout, view, view.words.since, news, links)


def month(archive: Archive, month: str, layout: Layout) -> bytes | None:
    """What came out and was changed in a month (UTC); None if nothing did."""
    view = layout.sight(at.since_page(month))
    news = _merged(archive.out_in(month), archive.changes_month(month), view)
    if not news:
        return None
    title = view.words.front_month.format(view.words.since, month_name(month, view.lang))
    links = tuple(_link(near, view) for near in archive.news_month_neighbours(month) if near)
    return _page(layout, view, title, news, (*links, PageLink(name=view.words.since, link=view.to(at.SINCE))))


def _merged(updates: Iterable[Update], changes: Iterable[Change], view: Sight) -> list[SinceEntry]:
    found = [
        SinceEntry(
            at=update.published,
            day=local_date(update.published, view.config),
            update=lists.day(update, view, beside=update.date),
        )
        for update in updates
        if update.published
    ]
    found += [
        SinceEntry(
            at=change.at, day=local_date(change.at, view.config), change=change_lists.change(change, view)
        )
        for change in changes
    ]
    return sorted(found, key=attrgetter("at"), reverse=True)


def _link(month: str, view: Sight) -> PageLink:
    return PageLink(name=month_name(month, view.lang), link=view.to(at.since_page(month)))


def _page(
    layout: Layout, view: Sight, title: str, news: Iterable[SinceEntry], months: tuple[PageLink, ...]
) -> bytes:
    days = [
        NewsDay(date=day, name=format_date(day, view.lang, "full"), news=tuple(those))
        for day, those in groupby(news, key=attrgetter("day"))
    ]
    page = layout.page(view.here, title=title, description=view.words.since_deck, front="changes")
    return layout.lay_out(
        "since.html", page, title=title, days=days, months=months, corrections=view.to(at.CORRECTIONS)
    )
