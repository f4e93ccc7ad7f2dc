"""What the archive holds -> finished pages as bytes: one method for each kind of page.

A page asks the archive for what it shows and nothing that grows with it; the same archive, config and
theme always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sitrep.archive.archive import Archive, position_of
from sitrep.base.nouns import Report, Update
from sitrep.config.values import Config
from sitrep.pages import (
    archive_pages,
    claims,
    correction_pages,
    follow_page,
    front_pages,
    home,
    lists,
    offline,
    place_pages,
    plain_text,
    since,
    update_page,
    views,
)
from sitrep.pages.frame import SEARCH
from sitrep.pages.layout import BANNER, Layout, Page
from sitrep.pages.lists import PageLink
from sitrep.pages.maps.outlines import Outline
from sitrep.pages.templates import Markup
from sitrep.site import addresses as at
from sitrep.site.search_thirds import third_of
from sitrep.text.markdown import to_html
from sitrep.text.summaries import direction, format_date, language


class Pages:
    """Renders the pages of one site. It holds compiled templates and finished surrounds, nothing else.

    Methods raise TemplateError with file, line and fact if a template cannot be used.
    """

    def __init__(
        self,
        config: Config,
        folders: Sequence[Path],
        *,
        correction_months: bool = True,
        cache: Path | None = None,
        outline: Callable[[], Outline | None] | None = None,
    ) -> None:
        """``folders`` hold templates: the site's own first; the packaged theme is the last resort.

        ``correction_months``: the site has ``corrections_month`` pages, so that others may link to them.
        ``cache``: an existing folder where compiled templates may be kept between processes.
        ``outline``: gives the outline of the site's countries where that is kept.
        """
        self._config = config
        self._correction_months = correction_months
        self._layout = Layout(config, folders, cache, outline)
        self._fronts, self._words, self._lang = self._layout.fronts, self._layout.words, self._layout.lang
        self.templates = self._layout.templates
        """What lays its pages out."""

    # -- updates --------------------------------------------------------------------------------

    def update(self, archive: Archive, key: str) -> bytes | None:
        """The page of an update; of a withdrawn one, a page that says so and holds none of its words.

        None if the archive has no such update.
        """
        update = archive.update(key)
        if update is None:
            return None
        older, newer = archive.neighbours(key)
        return update_page.render(update, older, newer, self._layout)

    def update_part(self, archive: Archive, key: str, number: str) -> bytes | None:
        """A further page of a long update, counted from 2; None if it has no such part."""
        update = archive.update(key)
        return update_page.part(update, int(number), self._layout) if update else None

    def text(self, archive: Archive, key: str) -> bytes | None:
        """The plain-text twin of an update, or None if the archive has no such update."""
        return plain_text.render(update, self._config).encode() if (update := archive.update(key)) else None

    # -- home -----------------------------------------------------------------------------------

    def home(self, archive: Archive) -> bytes:
        """The newest update at a glance, the newest of each front, and the ways on."""
        newest = archive.latest(lists.EARLIER + 1)
        drawn = self._newest_map(newest)
        page = self._layout.page(
            at.HOME,
            title="",
            description=self._config.site.description or self._config.site.title,
            current=at.HOME,
            script=BANNER if newest else "",
            translated=archive.languages_where(Archive.live),
            mapped=bool(drawn),
        )
        feeds = self._layout.frame.feed_links(at.HOME)
        if not newest:
            return self._layout.lay_out("empty.html", page, feeds=feeds[:1])
        fronts = self._config.fronts
        reports = {front.id: found[0] for front in fronts if (found := archive.reports(front.id, 1))}
        values = self._home(newest, reports)
        values["original"] = self._newer_original(archive, newest[0])
        return self._layout.lay_out("home.html", page, **values, map=drawn, feeds=feeds[: len(fronts) + 1])

    def _newer_original(self, archive: Archive, newest: Update) -> PageLink | None:
        """In an edition, the way to the newest update, where that is not translated yet."""
        latest = next(iter(archive.original.latest(1)), None)
        if latest is None or latest.key == newest.key or position_of(latest.key) < position_of(newest.key):
            return None
        there = at.beside(self._config, at.update_page(latest.key))
        day = format_date(latest.date, self._lang, "full")
        name, _, _ = self._words.newer_original.partition("{}")
        return PageLink(name=name, link=at.relative(at.HOME, there), line=day)

    def _home(self, newest: Sequence[Update], reports: dict[str, Report]) -> dict[str, Any]:
        view = self._layout.sight(at.HOME)
        update = newest[0]
        link = view.to(at.update_page(update.key))
        inner = self._layout.sight(at.HOME, language(update, self._config), update.date, of=update)
        return {
            "key": update.key,
            "head": views.head(update, inner, link),
            "link": link,
            "chips": home.chips(reports, view, update.date),
            "fronts": home.glances(reports, view, update.date),
            "rumors": home.rumors_panel(reports, view),
            "earlier": tuple(lists.day(earlier, view, beside=update.date) for earlier in newest[1:]),
            "archive": view.to(at.ARCHIVE),
            "follow": view.to(at.FOLLOW),
            "latest": view.to(at.LATEST),
            "since": view.to(at.SINCE),
        }

    def _newest_map(self, newest: Sequence[Update]) -> Markup:
        """The map of the newest of these updates that names a place on it."""
        for update in newest:
            view = self._layout.sight(at.HOME, language(update, self._config), update.date, of=update)
            if drawn := self._layout.maps.figure(update, view, view.to(at.update_page(update.key))):
                return drawn
        return Markup()

    # -- fronts ---------------------------------------------------------------------------------

    def front(self, archive: Archive, front_id: str) -> bytes:
        """A front's newest reports, as many as a light page holds, then the way to its months.

        That of rumors is a board: what is open, and what became of others.
        """
        if self._fronts[front_id].kind == "rumors" and not self._config.site.edition:
            return claims.board(archive, front_id, self._layout)
        return front_pages.newest(archive, front_id, self._layout)

    def moved(self, archive: Archive, front_id: str, month: str | None = None) -> bytes:
        """The way from another name of a front, or of a month of it, to its page; of one that has ended, that
        it has, and where the site goes on.
        """
        return front_pages.moved(front_id, self._layout, month=month)

    def place(self, archive: Archive, name: str) -> bytes | None:
        """The newest items that name a place; None if there is none."""
        return place_pages.place(archive, name, self._layout)

    def places(self, archive: Archive, part: str = "1") -> bytes | None:
        """All places that are named, or a part of them, each with the way to what is said of it."""
        return place_pages.places(archive, int(part), self._layout)

    def claim(self, archive: Archive, key: str) -> bytes | None:
        """The history of a rumor; None if there is no such claim."""
        return claims.claim(archive, key, self._layout)

    def front_month(self, archive: Archive, front_id: str, month: str) -> bytes | None:
        """A month of a front's timeline, or the way to the front's page while that holds all of it.

        None if the front has nothing in it.
        """
        shown = front_pages.beside_its_page(archive, front_id, month, self._layout)
        if not shown and archive.has_front_month(front_id, month):
            return self.moved(archive, front_id, month)
        return front_pages.of_month(archive, front_id, shown, self._layout) if shown else None

    # -- the archive ----------------------------------------------------------------------------

    def archive_index(self, archive: Archive) -> bytes:
        """The years there are, and the months of the newest one."""
        return archive_pages.index(archive, self._layout)

    def year(self, archive: Archive, year: str) -> bytes | None:
        """The months of a year, those that are over as calendars; None if it has none."""
        return archive_pages.year(archive, year, self._layout)

    def month(self, archive: Archive, month: str) -> bytes | None:
        """The updates of a month, newest first, with what each front had; None if it has none."""
        return archive_pages.month(archive, month, self._layout)

    # -- corrections ----------------------------------------------------------------------------

    def corrections(self, archive: Archive) -> bytes:
        """The newest corrections, withdrawals and outcomes."""
        return correction_pages.newest(archive, self._layout, months=self._correction_months)

    def corrections_month(self, archive: Archive, month: str, part: str = "0") -> bytes | None:
        """The newest changes made in a month (UTC), or those of a closed part; None if there were none."""
        return correction_pages.of_month(
            archive, month, self._layout, part=int(part), months=self._correction_months
        )

    def since(self, archive: Archive) -> bytes:
        """What came out and what was changed last, for a reader who comes back."""
        return since.newest(archive, self._layout)

    def since_month(self, archive: Archive, month: str) -> bytes | None:
        """The same of a month (UTC); None if there was nothing."""
        return since.month(archive, month, self._layout)

    # -- pages that stand by themselves ---------------------------------------------------------

    def follow(self, archive: Archive) -> bytes:
        """What a feed is, and the address of each; the main ones also as codes for a camera."""
        return follow_page.page(archive, self._layout)

    def about(self, archive: Archive) -> bytes:
        """Who writes, how they check, what the marks mean."""
        site = self._config.site
        return self._layout.lay_out(
            "about.html",
            self._page(archive, at.ABOUT, self._words.about_title, site.description),
            site=site,
            text=Markup(to_html(site.about)),
            care=Markup(to_html(site.care)),
            fronts=tuple(self._fronts.values()),
        )

    def search(self, archive: Archive) -> bytes:
        """A search over the indexes of all months; without a script, the way to the archive."""
        view = self._layout.sight(at.SEARCH)
        years, newest = archive.years(), archive.latest(1)
        return self._layout.lay_out(
            "search.html",
            self._page(archive, at.SEARCH, view.words.search_title, view.words.search_none, script=SEARCH),
            months=archive_pages.months(archive, years[-1] if years else "", view),
            example=place_pages.example(archive, view),
            newest=third_of(newest[0].date) if newest else "",
            oldest=years[0] if years else "",
            archive=view.to(at.ARCHIVE),
            offline=at.OFFLINE if self._config.offline.days else "",
        )

    def not_found(self, archive: Archive) -> bytes:
        """What a server shows for an address where nothing stands; its links count from the root."""
        words, link = self._words, self._layout.frame.link
        ways = (
            (at.HOME, words.latest, ""),
            (at.ARCHIVE, words.archive, words.archive_deck),
            (at.SEARCH, words.search, ""),
            (at.CORRECTIONS, words.corrections, words.corrections_deck),
            (at.FOLLOW, words.follow, ""),
        )
        return self._layout.lay_out(
            "404.html",
            self._layout.page(at.NOT_FOUND, title=words.not_found, description=words.not_found_why),
            ways=[PageLink(name=name, link=link(at.NOT_FOUND, way), line=line) for way, name, line in ways],
        )

    def offline(self, archive: Archive) -> bytes:
        """The newest days in one file that needs nothing else."""
        return offline.page(archive, self._config.offline.days, self._layout)

    def month_zip(self, archive: Archive, month: str) -> bytes | None:
        """A month that is over, to take along; None while it goes on."""
        return offline.month_zip(archive, month, self._layout)

    def feed_style(self, archive: Archive) -> bytes:
        """The style of feeds that are opened in a browser, with a line about them in the site's language."""
        hint = self._words.feed_elsewhere.replace("\\", r"\\").replace('"', r"\"")
        values = {"hint": Markup(hint), "direction": direction(self._lang)}
        return self._layout.templates.render(at.FEED_STYLE, **values).encode()

    def asset(self, place: str) -> bytes:
        """A file of the theme that is published as it is: an icon."""
        return self._layout.templates.content(place)

    def _page(self, archive: Archive, place: str, title: str, description: str, script: str = "") -> Page:
        return self._layout.page(
            place,
            title=title,
            description=description or title,
            script=script,
            translated=archive.languages_where(Archive.live),
        )
