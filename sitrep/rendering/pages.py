"""What the archive holds -> finished pages as bytes: one method for each kind of page.

A page asks the archive for what it shows and nothing that grows with it; the same archive, config and
theme always give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sitrep.config import Config
from sitrep.keeping.archive import Archive
from sitrep.model import Role, Update
from sitrep.rendering import addresses as at
from sitrep.rendering import listviews, plaintext, views
from sitrep.rendering.frame import Frame, Surrounds
from sitrep.rendering.markup import to_html
from sitrep.rendering.templates import Templates
from sitrep.rendering.words import (
    Wording,
    dated,
    deck,
    format_date,
    headline,
    language,
    moment,
    one_line,
    shortened,
    wording,
)

_PACKAGED = (Path(__file__).parent.parent / "theme", Path(__file__).parent.parent.parent / "templates")
_BANNER = "banner.js"
_SEARCH = "search.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every template knows of its page."""

    title: str
    description: str
    canonical: str
    kind: str
    feeds: Markup
    around: Surrounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A link to the update before or after."""

    link: str
    name: str


class Pages:
    """Renders the pages of one site. It holds compiled templates and finished surrounds, nothing else."""

    def __init__(self, config: Config, folders: Sequence[Path]) -> None:
        """``folders`` hold templates: the site's own first; the packaged theme is the last resort.

        Raises TemplateError (also from the methods) with file, line and fact if one cannot be used.
        """
        packaged = tuple(folder for folder in _PACKAGED if (folder / "base.html").is_file())
        self._config = config
        self._templates = Templates((*folders, *packaged))
        self._frame = Frame(config, self._templates)
        self._fronts = views.fronts_of(config)
        self._lang = config.site.language
        self._rumors = next((f for f in self._fronts.values() if f.kind == "rumors"), None)

    # -- an update ------------------------------------------------------------------------------

    def update(self, archive: Archive, key: str) -> bytes | None:
        """The page of an update; of a withdrawn one, a page that says so and holds none of its words.

        None if the archive has no such update.
        """
        update = archive.update(key)
        if update is None:
            return None
        place = at.update_page(key)
        view = self._sight(place, language(update, self._config), update.date)
        older, newer = archive.neighbours(key)
        values: dict[str, Any] = {
            "older": self._neighbour(older, view),
            "newer": self._neighbour(newer, view),
            "corrections": view.to(at.CORRECTIONS),
        }
        if update.withdrawn:
            return self._withdrawn(update, view, values)
        return self._live(update, view, values, newest=newer is None)

    def _live(self, update: Update, view: views.Sight, values: dict[str, Any], newest: bool) -> bytes:
        config = self._config
        found = views.sections(update, view)
        name = headline(update, config)
        page = self._page(
            view.here,
            title=name
            if name == dated(update, config)
            else f"{name} ({format_date(update.date, view.lang, 'long')})",
            description=deck(update) or shortened(one_line(" ".join(i.text for i in update.items[:2])), 160),
            lang=view.lang,
            kind="article",
            script=_BANNER if newest else "",
        )
        return self._bytes(
            "update.html",
            page,
            **values,
            key=update.key,
            newest=newest,
            head=views.head(update, view, view.here),
            lede=self._lede(update),
            sections=found,
            contents=views.contents(update, view) if len(update.fronts) > 1 else (),
            closing=views.passages((*update.passages_of(Role.OUTRO), *update.passages_of(Role.SIGNOFF))),
            fixes=views.fixes(update, view),
            correction=one_line(update.correction or ""),
            home=view.to(at.HOME),
            latest=view.to(at.LATEST),
            about=view.to(at.ABOUT),
            text=view.to(at.update_text(update.key)),
            map=Markup(),
        )

    def _lede(self, update: Update) -> Markup:
        parts = [Markup(to_html(update.summary))] if update.summary else []
        lede = views.passages(update.passages_of(Role.LEDE))
        return Markup("\n").join([*parts, lede] if lede else parts)

    def _withdrawn(self, update: Update, view: views.Sight, values: dict[str, Any]) -> bytes:
        assert update.withdrawn is not None
        title = view.words.withdrawn_on.format(
            moment(update.withdrawn.at, update.date, self._config, view.lang)
        )
        page = self._page(
            view.here,
            title=f"{dated(update, self._config)}: {title}",
            description=view.words.withdrawn_note,
            lang=view.lang,
            kind="article",
        )
        numbers = {item.number for item in update.items} | {gone.number for gone in update.withdrawn_items}
        return self._bytes(
            "withdrawn.html",
            page,
            **values,
            title=title,
            label=dated(update, self._config),
            reason=one_line(update.withdrawn.reason or ""),
            anchors=[at.anchor(number) for number in sorted(numbers)],
        )

    def _neighbour(self, key: str | None, view: views.Sight) -> Neighbour | None:
        if key is None:
            return None
        day = dt.date.fromisoformat(key[:10])
        return Neighbour(
            link=view.to(at.update_page(key)),
            name=format_date(day, view.lang, "long") + (f" ({key[11:]})" if key[11:] else ""),
        )

    def text(self, archive: Archive, key: str) -> bytes | None:
        """The plain-text twin of an update, or None if the archive has no such update."""
        update = archive.update(key)
        return plaintext.render(update, self._config).encode() if update else None

    # -- home -----------------------------------------------------------------------------------

    def home(self, archive: Archive) -> bytes:
        """The newest update at a glance, the newest of each front, and the ways on."""
        view = self._sight(at.HOME, self._lang)
        newest = archive.latest(listviews.EARLIER + 1)
        config = self._config
        page = self._page(
            at.HOME,
            title=config.site.title,
            description=config.site.description or config.site.title,
            current=at.HOME,
            script=_BANNER if newest else "",
            suffix=False,
        )
        if not newest:
            return self._bytes("empty.html", page, feeds=self._frame.feed_links(at.HOME)[:1])
        update = newest[0]
        there = at.update_page(update.key)
        reports = {front.id: found[0] for front in config.fronts if (found := archive.reports(front.id, 1))}
        inner = self._sight(at.HOME, language(update, config), update.date)
        return self._bytes(
            "home.html",
            page,
            key=update.key,
            head=views.head(update, inner, there),
            link=view.to(there),
            chips=listviews.chips(reports, view, update.date),
            fronts=listviews.glances(reports, view, update.date),
            rumors=listviews.rumors_panel(reports, view),
            earlier=tuple(listviews.day(one, view, beside=update.date) for one in newest[1:]),
            feeds=self._frame.feed_links(at.HOME)[: len(config.fronts) + 1],
            archive=view.to(at.ARCHIVE),
            follow=view.to(at.FOLLOW),
            about=view.to(at.ABOUT),
            latest=view.to(at.LATEST),
            map=Markup(),
        )

    # -- fronts ---------------------------------------------------------------------------------

    def front(self, archive: Archive, front_id: str) -> bytes:
        """A front's newest reports, as many as a light page holds, then the way to its months."""
        place = at.front_page(front_id)
        view = self._sight(place, self._lang)
        reports = archive.reports(front_id, listviews.MOST_REPORTS)
        shown, rest = listviews.within_budget(reports, view)
        older = listviews.months_after(archive, front_id, reports, view) if reports else ()
        return self._front_page(front_id, view, "", shown=shown, reports=reports, months=older, rest=rest)

    def front_month(self, archive: Archive, front_id: str, month: str) -> bytes | None:
        """A month of a front's timeline; None if the front has nothing in it."""
        place = at.front_month_page(front_id, month)
        view = self._sight(place, self._lang)
        reports = archive.front_month(front_id, month)
        if not reports:
            return None
        older, newer = archive.front_month_neighbours(front_id, month)
        links = listviews.month_links(front_id, older, newer, view)
        shown, rest = listviews.within_budget(reports, view, shorten=True)
        return self._front_page(front_id, view, month, shown=shown, reports=reports, months=links, rest=rest)

    def _front_page(self, front_id: str, view: views.Sight, month: str, **values: Any) -> bytes:
        front = self._fronts[front_id]
        words = view.words
        name = front.name
        if month:
            name = words.front_month.format(front.name, listviews.month_name(month, view.lang))
        page = self._page(
            view.here,
            title=name,
            description=front.scope or name,
            current=at.front_page(front_id) if front.kind == "rumors" else "",
            front=front_id,
        )
        feed = next(
            f for f in self._frame.feed_links(view.here) if f.page == view.to(at.front_page(front_id))
        )
        return self._bytes(
            "rumors.html" if front.kind == "rumors" else "front.html",
            page,
            front=front,
            name=name,
            month=month,
            feed=feed,
            chips=tuple(
                views.Chip(front=one, link=view.to(one.place), line="", current=one.id == front_id)
                for one in self._fronts.values()
            ),
            **values,
        )

    # -- the archive ----------------------------------------------------------------------------

    def archive_index(self, archive: Archive) -> bytes:
        """The years there are, and the months of the newest one."""
        view = self._sight(at.ARCHIVE, self._lang)
        years = archive.years()
        page = self._page(
            at.ARCHIVE, title=view.words.archive, description=view.words.archive_deck, current=at.ARCHIVE
        )
        return self._bytes(
            "archive.html",
            page,
            years=[listviews.Link(name=year, link=view.to(at.year_page(year))) for year in reversed(years)],
            months=listviews.months(archive.months(years[-1]), view) if years else (),
            fronts=tuple(
                views.Chip(front=one, link=view.to(one.place), line="") for one in self._fronts.values()
            ),
        )

    def year(self, archive: Archive, year: str) -> bytes | None:
        """The months of a year with their number of updates; None if it has none."""
        view = self._sight(at.year_page(year), self._lang)
        found = archive.months(year)
        if not found:
            return None
        older, _ = archive.month_neighbours(f"{year}-01")
        _, newer = archive.month_neighbours(f"{year}-12")
        page = self._page(view.here, title=year, description=view.words.archive_deck, current=at.ARCHIVE)
        beside = [one[:4] for one in (older, newer) if one]
        return self._bytes(
            "year.html",
            page,
            year=year,
            months=listviews.months(found, view),
            beside=[listviews.Link(name=one, link=view.to(at.year_page(one))) for one in beside],
            archive=view.to(at.ARCHIVE),
        )

    def month(self, archive: Archive, month: str) -> bytes | None:
        """The updates of a month, newest first, with what each front had; None if it has none."""
        view = self._sight(at.month_page(month), self._lang)
        found = archive.month(month)
        if not found:
            return None
        name = listviews.month_name(month, view.lang)
        page = self._page(
            view.here,
            title=name,
            description=view.words.count(view.words.updates, len(found)),
            current=at.ARCHIVE,
        )
        older, newer = archive.month_neighbours(month)
        return self._bytes(
            "month.html",
            page,
            name=name,
            count=view.words.count(view.words.updates, len(found)),
            days=tuple(listviews.day(one, view, beside=one.date) for one in found),
            months=listviews.archive_month_links(older, newer, view),
            year=listviews.Link(name=month[:4], link=view.to(at.year_page(month[:4]))),
        )

    # -- pages that stand by themselves ---------------------------------------------------------

    def follow(self, archive: Archive) -> bytes:
        """What a feed is, and the address of each."""
        view = self._sight(at.FOLLOW, self._lang)
        page = self._page(
            at.FOLLOW, title=view.words.follow, description=view.words.feed_what, current=at.FOLLOW
        )
        return self._bytes(
            "follow.html",
            page,
            feeds=self._frame.feed_links(at.FOLLOW, absolute=True),
            opml=at.absolute(self._config, at.OPML),
            site=self._config.site,
        )

    def about(self, archive: Archive) -> bytes:
        """Who writes, how they check, what the marks mean."""
        site = self._config.site
        page = self._page(
            at.ABOUT, title=self._words.about_title, description=site.description or self._words.about_title
        )
        return self._bytes(
            "about.html",
            page,
            site=site,
            text=Markup(to_html(site.about)),
            care=Markup(to_html(site.care)),
            fronts=tuple(self._fronts.values()),
        )

    def corrections(self, archive: Archive) -> bytes:
        """The newest corrections, withdrawals and outcomes, with a link to the months they were made in."""
        view = self._sight(at.CORRECTIONS, self._lang)
        found = archive.changes(listviews.MOST_CHANGES)
        months = list(dict.fromkeys(change.at.isoformat()[:7] for change in found))
        return self._corrections(archive, view, view.words.corrections, found, months)

    def corrections_month(self, archive: Archive, month: str) -> bytes | None:
        """The changes made in a month (UTC); None if there were none."""
        view = self._sight(at.corrections_month_page(month), self._lang)
        found = archive.changes_month(month)
        if not found:
            return None
        name = listviews.month_name(month, view.lang)
        beside = [one for one in archive.change_month_neighbours(month) if one]
        return self._corrections(archive, view, f"{view.words.corrections}: {name}", found, beside)

    def _corrections(
        self, archive: Archive, view: views.Sight, title: str, found: Sequence[Any], months: Sequence[str]
    ) -> bytes:
        page = self._page(view.here, title=title, description=view.words.corrections_deck, front="changes")
        return self._bytes(
            "corrections.html",
            page,
            title=title,
            changes=tuple(listviews.change(one, view) for one in found),
            months=tuple(
                listviews.Link(
                    name=listviews.month_name(month, view.lang),
                    link=view.to(at.corrections_month_page(month)),
                )
                for month in months
            ),
        )

    def search(self, archive: Archive) -> bytes:
        """A search over the months' indexes; without a script, the way to the archive."""
        view = self._sight(at.SEARCH, self._lang)
        years = archive.years()
        page = self._page(
            at.SEARCH, title=view.words.search_title, description=view.words.search_none, script=_SEARCH
        )
        return self._bytes(
            "search.html",
            page,
            months=listviews.months(archive.months(years[-1]), view) if years else (),
            newest=archive.months(years[-1])[-1][0] if years else "",
            archive=view.to(at.ARCHIVE),
        )

    def not_found(self, archive: Archive) -> bytes:
        """What a server shows for an address where nothing stands; its links count from the root."""
        words = self._words
        page = self._page(at.NOT_FOUND, title=words.not_found, description=words.not_found_why)
        return self._bytes(
            "404.html",
            page,
            home=self._frame.link(at.NOT_FOUND, at.HOME),
            archive=self._frame.link(at.NOT_FOUND, at.ARCHIVE),
            corrections=self._frame.link(at.NOT_FOUND, at.CORRECTIONS),
        )

    def asset(self, place: str) -> bytes:
        """A file of the theme that is published as it is: the style of feeds, the icon."""
        return self._templates.source(place).encode()

    # -- shared ---------------------------------------------------------------------------------

    @property
    def _words(self) -> Wording:
        return wording(self._lang)

    def _sight(self, here: str, lang: str, day: dt.date = dt.date.min) -> views.Sight:
        return views.Sight(
            config=self._config, fronts=self._fronts, lang=lang, words=wording(lang), here=here, day=day
        )

    def _page(
        self,
        place: str,
        *,
        title: str,
        description: str,
        lang: str = "",
        current: str = "",
        front: str = "",
        kind: str = "website",
        script: str = "",
        suffix: bool = True,
    ) -> Page:
        folder = place if place == at.NOT_FOUND else place.rpartition("/")[0]
        # Every folder of a depth has the same way to the pages of the menu, which none of them holds.
        folder = folder and (folder if place == at.NOT_FOUND else folder + "/")
        if kind == "article":
            folder = _ANY_FOLDER
        return Page(
            title=f"{title} · {self._config.site.title}" if suffix else title,
            description=shortened(description, 200),
            canonical=at.absolute(self._config, place),
            kind=kind,
            feeds=self._frame.feed_tags(folder, front),
            around=self._frame.around(folder, lang or self._lang, current, script),
        )

    def _bytes(self, template: str, page: Page, /, **values: Any) -> bytes:
        return self._templates.render(template, page=page, w=page.around.words, **values).encode()


_ANY_FOLDER = "-/"
