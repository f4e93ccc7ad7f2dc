"""Reports, months, years and changes -> frozen values for the pages that list them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from sitrep.archive.archive import Archive
from sitrep.base.languages.written_dates import DateForm
from sitrep.base.nouns import Report, Update
from sitrep.base.values import Struct, replace
from sitrep.pages.items import item_html, sentence_html
from sitrep.pages.templates import Markup
from sitrep.pages.views import Sight, front_or_unknown, in_order, spoken_in
from sitrep.site import addresses as at
from sitrep.site.update_parts import places
from sitrep.text.gzip_weight import Packed
from sitrep.text.summaries import (
    dated,
    format_date,
    lead_or_words,
    opening,
    references,
    short_date,
    shortened,
)

_TITLE = 120
LATEST = 30
"""Updates on the first page of the archive."""
EARLIER = 6
"""Earlier updates on the home page."""
MOST_REPORTS = 40
"""Reports of a front that its page looks at."""
MOST_CHANGES = 60
ROOM, MONTH_ROOM = 5_600, 7_300
"""Bytes of items, compressed, on a front's page with its maps, and on one of a month: with the rest of the
page they stay under 14,000."""
FULL_DAYS, BRIEF_DAYS = 2_200, 3_400
"""The same of a front's page that holds a month: of days in full, and of the rest as first sentences."""
MOST_OF_PLACE, PLACE_ROOM = 20, 1_800
"""The same of a place: an update names many, and each drop brings the page of every one of them."""
LIST_ROOM = 7_600
"""The same of a page that lists updates or changes."""
_DAY, _LINE = 30, 22
"""Bytes of a day without its items, and of a line with little but a date, compressed."""


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


class ReportView(Struct, frozen=True, kw_only=True):
    """A day of a front's timeline."""

    anchor: str
    date: dt.date
    full_date: str
    link: str
    items: Markup
    short: bool
    count: str
    """How many items there are, where not all of them are shown."""


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


def days(found: Sequence[Update], view: Sight) -> tuple[DayView, ...]:
    """Updates as the lines of a page of their month: what is too much for a light page is bare."""
    shown = [day(update, view, beside=update.date) for update in found]
    most = in_full(f"{line.title} {line.line}" for line in shown)
    rest = (bare(line, update, view) for line, update in zip(shown[most:], found[most:], strict=True))
    return (*shown[:most], *rest)


def bare(shown: DayView, update: Update, view: Sight) -> DayView:
    """The same line with the date alone."""
    return replace(shown, title=dated(update, view.config), line="", spoken=Markup())


def in_full(texts: Iterable[str], room: float = LIST_ROOM) -> int:
    """How many lines of a page can be shown in full from the first on, if the others are bare.

    ``texts`` are what each would show.
    """
    packed, most, shown = Packed(), 0, list(texts)
    room -= _LINE * len(shown)
    for text in shown:
        room -= packed.text(text)
        if room < 0:
            break
        most += 1
    return most


def _title(update: Update, view: Sight) -> str:
    """The headline its own page has, short."""
    return shortened(opening(update, view.config).headline, _TITLE)


# -- fronts -----------------------------------------------------------------------------------------


def report_view(report: Report, view: Sight, most: int, *, short: bool = False) -> ReportView:
    """A day of a timeline with its first ``most`` items, in full or as first sentences."""
    update, items = report.update, report.items
    near = replace(view, here=at.any_beside(view.here), day=update.date)
    page = near.to(at.update_page(update.key))
    name = ("short" if short else "full", near.here, view.lang)
    made = view.kept.of(update, *name, make=lambda: _items(update, near, page, short)) if most else {}
    return ReportView(
        anchor=f"d{update.key}",
        date=update.date,
        full_date=format_date(update.date, view.lang, _form_beside(view.day, update.date)),
        link=page,
        items=Markup("\n".join([made[item.number] for item in items[:most]])),
        short=short,
        count="" if most >= len(items) else view.words.count("items", len(items)),
    )


def _items(update: Update, near: Sight, page: str, short: bool) -> dict[int, str]:
    """All items of an update by their numbers, made once for every front and place that shows some."""
    if short:
        near = replace(near, beyond=places(update))
        return {item.number: sentence_html(item, near, page) for item in update.items}
    coded = zip(update.items, references(update, near.config), strict=True)
    return {item.number: item_html(item, code, near, page) for item, code in coded}


def _form_beside(beside: dt.date, day: dt.date) -> DateForm:
    return "weekday" if day.year == beside.year else "full"


def newest_days(
    reports: Iterable[Report], view: Sight, room: float = ROOM, *, short: bool = False
) -> tuple[ReportView, ...]:
    """The newest reports that a light page holds, in full or ``short``: whole days, or part of the first."""
    made: list[ReportView] = []
    for report in reports:
        most, weight = _fitting(report, view, room, short)
        if made and most < len(report.items):
            break
        made.append(report_view(report, view, max(most, 1), short=short))
        room -= weight
    return tuple(made)


def all_fit(reports: Iterable[Report], view: Sight, room: float = ROOM, *, short: bool = False) -> bool:
    """True if ``newest_days`` would show all of every report; found by their weights, none is made."""
    for report in reports:
        most, weight = _fitting(report, view, room, short)
        if most < len(report.items):
            return False
        room -= weight
    return True


def all_days(reports: Sequence[Report], view: Sight, room: float = MONTH_ROOM) -> tuple[ReportView, ...]:
    """All the reports: in full if a light page holds them, else as first sentences; what is beyond that is
    left to the updates, to which every day leads."""
    if all_fit(reports, view, room):
        return newest_days(reports, view, room)
    made: list[ReportView] = []
    room -= _DAY * len(reports)
    for report in reports:
        most, weight = _fitting(report, view, room + _DAY, short=True)
        made.append(report_view(report, view, most, short=True))
        room -= weight - _DAY
    return tuple(made)


def _fitting(report: Report, view: Sight, room: float, short: bool) -> tuple[int, float]:
    """How many of a report's items there is room for, from the first on, and what they weigh."""
    name = ("weights", report.front, str(short))
    most, weight = 0, float(_DAY)
    for of_item in view.kept.of(report.update, *name, make=lambda: _weights(report, short)):
        if weight + of_item > room:
            break
        most, weight = most + 1, weight + of_item
    return most, weight


def _weights(report: Report, short: bool) -> list[float]:
    packed = Packed()
    if short:
        return [packed.sentence(shortened(lead_or_words(item), _TITLE)) for item in report.items]
    return [packed.item(item) for item in report.items]


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


def languages_of_front(archive: Archive, front: str) -> tuple[str, ...]:
    """The original, and the editions in which there is something to read of a front or place now."""
    return archive.languages_where(lambda there: there is archive.original or there.reports(front, 1))


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
