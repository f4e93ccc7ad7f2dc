"""A place -> a page of the newest items that name it, on whatever front; and a page of all places."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from sitrep.archive.archive import Archive
from sitrep.base.nouns import PLACE
from sitrep.pages import lists
from sitrep.pages.front_pages import facts_of
from sitrep.pages.layout import Layout
from sitrep.pages.lists import PageLink
from sitrep.pages.views import Sight
from sitrep.site import addresses as at
from sitrep.text.summaries import short_date

_TRIED = 20
"""Places of the configuration, from the first, of which one may be an example."""


def place(archive: Archive, name: str, layout: Layout) -> bytes | None:
    """The newest items that name a place, as many as a light page holds; None if there is none.

    Counts look back from the newest of them, so the page changes only with what is said of the place.
    """
    reports = archive.reports(f"{PLACE}{name}", lists.MOST_OF_PLACE)
    if not reports or name not in layout.places:
        return None
    last = reports[0].update.date
    view = layout.sight(layout.places[name], day=last)
    shown = view.called.get(name, name)
    return layout.lay_out(
        "place.html",
        layout.page(view.here, title=shown, description=view.words.place_deck.format(shown)),
        name=shown,
        facts=facts_of(archive, f"{PLACE}{name}", reports, last, view),
        shown=lists.newest_days(reports, view, lists.PLACE_ROOM),
        places=view.to(at.PLACES),
    )


def example(archive: Archive, view: Sight) -> str:
    """A place to look for: the first one of the configuration of which something is said; or nothing."""
    first = (name for name in islice(view.places, _TRIED) if archive.reports(f"{PLACE}{name}", 1))
    return next((view.called.get(name, name) for name in first), "")


def places(archive: Archive, layout: Layout) -> bytes:
    """All places that are named, each with the day on which that was last."""
    view = layout.sight(at.PLACES)
    words, newest = view.words, next((update.date for update in archive.latest(1)), dt.date.min)
    return layout.lay_out(
        "places.html",
        layout.page(at.PLACES, title=words.places, description=words.places),
        places=tuple(
            PageLink(
                name=view.called.get(name, name),
                link=view.to(layout.places[name]),
                line=short_date(reports[0].update.date, newest, view.lang),
            )
            for name in archive.places()
            if name in layout.places and (reports := archive.reports(f"{PLACE}{name}", 1))
        ),
        archive=view.to(at.ARCHIVE),
    )
