"""What came out and what was changed -> pages for a reader who comes back, by day, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from sitrep.keeping.archive import Archive
from sitrep.model import Change, Update
from sitrep.rendering import addresses as at
from sitrep.rendering import changeviews, listviews
from sitrep.rendering.changeviews import ChangeView
from sitrep.rendering.listviews import DayView, Link, month_name
from sitrep.rendering.press import Press
from sitrep.rendering.views import Sight
from sitrep.rendering.words import format_date, local_date
from sitrep.values import Struct

NEWEST = 40
"""Updates and changes on the page of what is newest."""


class News(Struct, frozen=True, kw_only=True):
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
    news: tuple[News, ...]


def newest(archive: Archive, press: Press) -> bytes:
    """What came out or was changed last, and the way to the months."""
    view = press.sight(at.SINCE)
    news = _merged(archive.newest_out(NEWEST), archive.changes(NEWEST), view)[:NEWEST]
    months = dict.fromkeys(one.at.isoformat()[:7] for one in news)
    links = tuple(_link(month, view) for month in months)
    return _page(press, view, view.words.since, news, links)


def month(archive: Archive, month: str, press: Press) -> bytes | None:
    """What came out and was changed in a month (UTC); None if nothing did."""
    view = press.sight(at.since_page(month))
    news = _merged(archive.out_in(month), archive.changes_month(month), view)
    if not news:
        return None
    title = view.words.front_month.format(view.words.since, month_name(month, view.lang))
    links = tuple(_link(near, view) for near in archive.news_month_neighbours(month) if near)
    return _page(press, view, title, news, (*links, Link(name=view.words.since, link=view.to(at.SINCE))))


def _merged(updates: Iterable[Update], changes: Iterable[Change], view: Sight) -> list[News]:
    found = [
        News(
            at=one.published,
            day=local_date(one.published, view.config),
            update=listviews.day(one, view, beside=one.date),
        )
        for one in updates
        if one.published
    ]
    found += [
        News(at=one.at, day=local_date(one.at, view.config), change=changeviews.change(one, view))
        for one in changes
    ]
    return sorted(found, key=attrgetter("at"), reverse=True)


def _link(month: str, view: Sight) -> Link:
    return Link(name=month_name(month, view.lang), link=view.to(at.since_page(month)))


def _page(press: Press, view: Sight, title: str, news: Iterable[News], months: tuple[Link, ...]) -> bytes:
    days = [
        NewsDay(date=day, name=format_date(day, view.lang, "full"), news=tuple(those))
        for day, those in groupby(news, key=attrgetter("day"))
    ]
    page = press.page(view.here, title=title, description=view.words.since_deck, front="changes")
    return press.lay_out(
        "since.html", page, title=title, days=days, months=months, corrections=view.to(at.CORRECTIONS)
    )
