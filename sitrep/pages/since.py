"""What came out and what was changed -> pages for a reader who comes back, by day, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from sitrep.archive.archive import Archive
from sitrep.base.changes import Change
from sitrep.base.nouns import Update
from sitrep.base.values import Struct
from sitrep.pages import correction_pages, lists
from sitrep.pages.correction_pages import ChangeView
from sitrep.pages.layout import Layout
from sitrep.pages.lists import DayView, PageLink, month_name
from sitrep.pages.views import Sight
from sitrep.site import addresses as at
from sitrep.text.summaries import format_date, local_date

NEWEST = 60
"""Updates and changes on the page of what is newest, at most."""
_CHANGES = 100
"""Changes on the page of a month, at most: the pages of corrections have all."""
_LOOK_BACK = dt.timedelta(days=14)
"""How far back it looks from the newest of them."""


class SinceEntry(Struct, frozen=True, kw_only=True):
    """One thing that came out or was changed."""

    update: DayView | None = None
    change: ChangeView | None = None


News = tuple[dt.datetime, Update | Change]
"""What happened, and when (UTC)."""


class NewsDay(Struct, frozen=True, kw_only=True):
    """A day with its news."""

    date: dt.date
    name: str
    news: tuple[SinceEntry, ...]


def newest(archive: Archive, layout: Layout) -> bytes:
    """What came out or was changed last, and the way to the months."""
    view = layout.sight(at.SINCE)
    news = _newest(archive)
    news = [
        (when, what)
        for when, what in news
        if _day(when, view) > _day(news[0][0], view) - _LOOK_BACK or _month(when) == _month(news[0][0])
    ]
    months = dict.fromkeys(_month(when) for when, _ in news)
    links = tuple(_link(month, view) for month in months)
    return _page(layout, view, view.words.since, news, links, archive.languages_where(Archive.live))


def month(archive: Archive, month: str, layout: Layout) -> bytes | None:
    """What came out in a month (UTC) and was changed in it, of changes the newest; None if nothing did.

    While the month goes on and the newest are all of it, the way to these: nothing is said twice a drop.
    """
    view = layout.sight(at.since_page(month))
    told = max(0, archive.count_changes(month) - _CHANGES)
    news = _merged(archive.out_in(month), archive.changes_month(month, told))
    if not news:
        return None
    if _is_on_first_page(archive, month):
        return layout.lead_on(view.here, at.SINCE, view.words.since)
    title = view.words.front_month.format(view.words.since, month_name(month, view.lang))
    links = tuple(_link(near, view) for near in archive.news_month_neighbours(month) if near)
    links = (*links, PageLink(name=view.words.since, link=view.to(at.SINCE)))
    translated = archive.languages_where(
        lambda there: there.has_news_month(month) and not _is_on_first_page(there, month)
    )
    return _page(layout, view, title, news, links, translated)


def _is_on_first_page(archive: Archive, month: str) -> bool:
    """True of a month that goes on and has no more than the newest page shows."""
    if archive.news_month_neighbours(month)[1]:
        return False
    count = len(archive.out_in(month)) + archive.count_changes(month)
    return count == sum(_month(when) == month for when, _ in _newest(archive))


def _newest(archive: Archive) -> list[News]:
    return _merged(archive.newest_out(NEWEST), archive.changes(NEWEST))[:NEWEST]


def _month(when: dt.datetime) -> str:
    return when.isoformat()[:7]


def _merged(updates: Iterable[Update], changes: Iterable[Change]) -> list[News]:
    found: list[News] = [(update.published, update) for update in updates if update.published]
    found += [(change.at, change) for change in changes]
    return sorted(found, key=itemgetter(0), reverse=True)


def _day(when: dt.datetime, view: Sight) -> dt.date:
    return local_date(when, view.config)


def _words(what: Update | Change, view: Sight) -> str:
    if isinstance(what, Change):
        return correction_pages.words_of_change(what)
    line = lists.day(what, view, beside=what.date)
    return f"{line.title} {line.line}"


def _entry(what: Update | Change, view: Sight, *, bare: bool) -> SinceEntry:
    if isinstance(what, Change):
        return SinceEntry(change=correction_pages.change(what, view, bare=bare))
    line = lists.day(what, view, beside=what.date)
    return SinceEntry(update=lists.bare(line, what, view) if bare else line)


def _link(month: str, view: Sight) -> PageLink:
    return PageLink(name=month_name(month, view.lang), link=view.to(at.since_page(month)))


def _page(
    layout: Layout,
    view: Sight,
    title: str,
    news: Sequence[News],
    months: tuple[PageLink, ...],
    translated: Sequence[str],
) -> bytes:
    most = lists.in_full(_words(what, view) for _, what in news)
    entries = (
        (_day(when, view), _entry(what, view, bare=place >= most)) for place, (when, what) in enumerate(news)
    )
    days = [
        NewsDay(date=day, name=format_date(day, view.lang, "full"), news=tuple(entry for _, entry in those))
        for day, those in groupby(entries, key=itemgetter(0))
    ]
    page = layout.page(
        view.here,
        title=title,
        description=view.words.since_deck,
        front="changes",
        translated=translated,
    )
    return layout.lay_out(
        "since.html", page, title=title, days=days, months=months, corrections=view.to(at.CORRECTIONS)
    )
