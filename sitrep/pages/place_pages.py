"""A place -> a page of the newest items that name it, on whatever front; and a page of all places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sitrep.archive.archive import Archive
from sitrep.base.nouns import PLACE
from sitrep.pages import lists
from sitrep.pages.front_pages import looking_back
from sitrep.pages.layout import Layout
from sitrep.pages.lists import PageLink, month_name
from sitrep.pages.views import Sight
from sitrep.site import addresses as at
from sitrep.site.place_lists import place_lists

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
        layout.page(
            view.here,
            title=shown,
            description=view.words.place_deck.format(shown),
            translated=lists.languages_of_front(archive, f"{PLACE}{name}"),
        ),
        name=shown,
        **looking_back(archive, f"{PLACE}{name}", reports, last, view, layout),
        shown=lists.newest_days(reports, view, lists.PLACE_ROOM),
        places=view.to(at.PLACES),
    )


def example(archive: Archive, view: Sight) -> str:
    """A place to look for: the first one of the configuration of which something is said; or nothing."""
    first = (name for name in islice(view.places, _TRIED) if archive.reports(f"{PLACE}{name}", 1))
    return next((view.called.get(name, name) for name in first), "")


def places(archive: Archive, part: int, layout: Layout) -> bytes | None:
    """A part, counted from 1, of all places that are named, each with the month in which that was last.

    A day would change at every drop.
    """
    shown, here = place_lists(archive.places()), at.place_list(part)
    if part > len(shown):
        return None
    view = layout.sight(here)
    names = [_from_to(names, view) for names in shown] if len(shown) > 1 else [""]
    title = ": ".join(filter(None, (view.words.places, names[part - 1])))
    return layout.lay_out(
        "places.html",
        layout.page(
            here,
            title=title,
            description=view.words.places,
            # Further parts of the list hold other places in another language.
            translated=archive.languages_where(Archive.live) if part == 1 else (),
        ),
        title=title,
        places=tuple(
            PageLink(
                name=view.called.get(name, name),
                link=view.to(layout.places[name]),
                line=month_name(reports[0].update.month, view.lang),
            )
            for name in shown[part - 1]
            if name in layout.places and (reports := archive.reports(f"{PLACE}{name}", 1))
        ),
        parts=[
            PageLink(name=name, link=view.to(at.place_list(number)))
            for number, name in enumerate(names, 1)
            if number != part
        ],
        archive=view.to(at.ARCHIVE),
    )


def _from_to(names: Sequence[str], view: Sight) -> str:
    """What a part of the list has, by its first and its last place."""
    return " \N{EN DASH} ".join(view.called.get(name, name) for name in (names[0], names[-1]))
