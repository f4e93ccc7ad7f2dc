"""The newest days, or a month -> one page that holds all of it: to save, to pass on, to read off the net.

Links within it lead to its own parts; all others are absolute, for when there is a network again.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import partial

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Role, Update
from sitrep.base.values import Struct
from sitrep.pages import views
from sitrep.pages.items import SectionView, sections
from sitrep.pages.layout import Layout
from sitrep.pages.lists import DayView
from sitrep.pages.page_style import STYLE
from sitrep.pages.templates import Markup
from sitrep.pages.update_page import opening_of
from sitrep.site import addresses as at
from sitrep.text.summaries import format_date, language, short_date

_MOST = 60
"""Updates it holds at most, however many the days have."""


class _Absolute(views.Sight, frozen=True, kw_only=True):
    """A page that may lie anywhere: what it names has its whole address."""

    def to(self, place: str) -> str:
        """The address of a place of the site."""
        return at.absolute(self.config, place)


class ZippedUpdate(Struct, frozen=True, kw_only=True):
    """One update of it."""

    key: str
    head: views.HeadView
    address: str
    lang: str
    rtl: bool
    lede: Markup
    sections: tuple[SectionView, ...]
    closing: Markup


def page(archive: Archive, days: int, layout: Layout) -> bytes:
    """The updates of the newest ``days``, counted back from the newest one."""
    found = archive.latest(_MOST)
    since = (found[0].date if found else dt.date.max) - dt.timedelta(days=days - 1)
    return _page([update for update in found if update.date >= since], at.OFFLINE, layout)


def month_zip(archive: Archive, month: str, layout: Layout) -> bytes | None:
    """A month that is over: all its updates in one page. None while it goes on.

    It is not compressed: libraries differ in how, and the same texts must give the same bytes.
    """
    found = archive.month(month)
    if not found or archive.goes_on(month):
        return None
    import zipfile  # on use: once a month

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        page = zipfile.ZipInfo(f"{month}/index.html", (1980, 1, 1, 0, 0, 0))
        packed.writestr(page, _page(found, at.month_page(month), layout))
    return made.getvalue()


def _page(found: Sequence[Update], place: str, layout: Layout) -> bytes:
    """These updates, newest first, as one page that can lie anywhere."""
    parts = tuple(layout.kept.of(update, "offline", make=partial(_part, update, layout)) for update in found)
    newest = found[0].date if found else dt.date.max
    site, words = layout.config.site, layout.words
    ends = (parts[-1].head.date, newest) if parts else ()
    said = (
        words.offline_deck.format(*(format_date(date, layout.lang, "long") for date in ends)) if ends else ""
    )
    return layout.lay_out(
        "offline.html",
        layout.page(place, title=words.offline, description=said or words.nothing_yet),
        site=site,
        style=Markup(STYLE),
        deck=said or words.nothing_yet,
        parts=parts,
        contents=tuple(
            DayView(
                date=part.head.date,
                short=short_date(part.head.date, newest, layout.lang),
                title=part.head.title,
                link=f"#u{part.key}",
                line="",
                spoken=Markup(' dir="auto"'),
            )
            for part in parts
        ),
        home=at.absolute(layout.config, ""),
    )


def _part(update: Update, layout: Layout) -> ZippedUpdate:
    lang = language(update, layout.config)
    known = layout.sight(at.OFFLINE, lang, update.date)
    told = {name: getattr(known, name) for name in views.Sight.__struct_fields__}
    # Places are named without the way to their pages: off the net there is none.
    view = _Absolute(**told | {"places": {}})
    address = at.absolute(layout.config, at.update_page(update.key))
    head = views.head(update, view, address)
    return ZippedUpdate(
        key=update.key,
        head=head,
        address=address,
        lang=lang,
        rtl=view.rtl,
        lede=opening_of(update, head),
        sections=sections(update, view, update.items, address),
        closing=views.passages(
            (*update.passages_of(Role.OUTRO), *update.passages_of(Role.SIGNOFF)), head.lang
        ),
    )
