"""The configuration and the theme -> what surrounds every page: policy, style, header, footer, feed links.

All of it is the same for every page of a folder's depth, language and menu entry, so it is made once
and kept as finished text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from sitrep.base.errors import TemplateError
from sitrep.base.languages.direction import direction
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.pages.page_style import STYLE, STYLE_HASH, PageStyle, source_hash
from sitrep.pages.templates import Markup, Templates, minified
from sitrep.pages.theme_colours import styled
from sitrep.pages.views import Chip, FrontView
from sitrep.site import addresses as at
from sitrep.text.interface_words import Wording, words_of

MEDIA_TYPES: dict[at.FeedFormat, str] = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
_ROOTED = "404.html"
SEARCH = "search.js"
EXTRA_STYLE = "extra.css"
"""A file of the site's own templates/ that is added to the style of every page."""


class Surrounds(Struct, frozen=True, kw_only=True):
    """Finished parts of a page."""

    lang: str
    rtl: bool
    words: Wording
    policy: Markup
    head: Markup
    top: Markup
    foot: Markup
    marks: Markup
    """How to read the marks."""
    beside: Markup
    """The ways to all fronts and places, for the margin."""


class FeedLinks(Struct, frozen=True, kw_only=True):
    """A feed's name with the links to its three formats."""

    id: str
    name: str
    atom: str
    rss: str
    json: str
    page: str = ""
    note: str = ""
    """What of the others it repeats."""


class Frame:
    """Makes and keeps the surrounds of one site's pages."""

    def __init__(self, config: Config, templates: Templates, fronts: Iterable[FrontView]) -> None:
        """Raises ConfigError if a colour of the look cannot be read, TemplateError for a broken style."""
        self._config = config
        self._fronts = tuple(fronts)
        self._templates = templates
        self.around = lru_cache(maxsize=128)(self._around)
        self.feed_tags = lru_cache(maxsize=64)(self._feed_tags)
        self._feeds = {feed.id: feed for feed in at.feeds_of(config)}
        sheet = styled(templates.source("style.css"), config.look) + self._extra()
        self.style = PageStyle(minified(sheet))
        """The style sheet of all pages: the theme's, the site's look, then its extra.css."""

    def _extra(self) -> str:
        own = self._templates.source(EXTRA_STYLE) if self._templates.has(EXTRA_STYLE) else ""
        if "</style" in own.lower():
            fact, remedy = "it holds </style>", "write style rules and nothing else"
            raise TemplateError(Problem(path=f"templates/{EXTRA_STYLE}", fact=fact, remedy=remedy))
        return own

    def script(self, names: str) -> str:
        """Scripts of the theme as they stand in a page, one line."""
        sources = map(self._templates.source, names.split())
        lines = (line.strip() for source in sources for line in source.splitlines())
        return "".join(line for line in lines if line and not line.startswith("//"))

    def link(self, here: str, place: str) -> str:
        """The link from one place to another.

        The page for missing pages is shown at any address, so its links count from the site's root.
        """
        if here == _ROOTED:
            target = at.absolute(self._config, place)
            root = at.absolute(self._config, "")
            return (urlsplit(root).path or "/") + target[len(root) :]
        return at.relative(here, place)

    def _around(self, here: str, lang: str, current: str, script: str, mapped: bool) -> Surrounds:
        """Surrounds of the page at ``here``, or of all that stand at its depth.

        ``current`` is the place of the menu entry the page belongs to; ``script`` files of the theme;
        ``mapped`` says that it has a map of its own, to which its menu leads.
        """
        words = words_of(self._config, lang)

        def to(place: str) -> str:
            return self.link(here, place)

        values = {
            "site": self._config.site,
            "w": words,
            "to": to,
            "current": current,
            "at": at,
            "rumors": self._rumors(),
            "favicon": at.beside(self._config, at.FAVICON),
            "icon": at.beside(self._config, at.ICON),
        }
        return Surrounds(
            lang=lang,
            rtl=direction(lang) == "rtl",
            words=words,
            policy=Markup(self._policy(script)),
            head=Markup(self._templates.render("head.html", style=Markup(STYLE), **values)),
            top=Markup(self._templates.render("top.html", map=mapped, **values)),
            marks=Markup(self._templates.render("marks.html", w=words)),
            beside=Markup(self._templates.render("beside.html", fronts=self._chips(to, current), **values)),
            foot=Markup(
                self._templates.render(
                    "foot.html", script=Markup(self.script(script) if script else ""), **values
                )
            ),
        )

    def _chips(self, to: Callable[[str], str], current: str) -> list[Chip]:
        return [
            Chip(front=front, link=to(front.place), line="", current=front.place == current)
            for front in self._fronts
        ]

    def _rumors(self) -> str:
        front = self._config.front_of_kind("rumors")
        return at.front_page(front.id) if front else ""

    def _policy(self, script: str) -> str:
        more = " 'self'" if script == SEARCH else ""  # the months it loads are scripts of the site
        run = f"script-src {source_hash(self.script(script))}{more}; connect-src 'self'; " if script else ""
        return (
            '<meta http-equiv="Content-Security-Policy" content="'
            f"default-src 'none'; style-src {STYLE_HASH}; {run}"
            "img-src 'self' data:; base-uri 'none'; form-action 'none'\">\n"
            '<meta name="referrer" content="no-referrer">'
        )

    def _feed_tags(self, here: str, front: str) -> Markup:
        """Autodiscovery: the feed of ``front`` (if any) before that of everything."""
        chosen = [self._feeds[name] for name in (front, "updates") if name in self._feeds]
        line = Markup('<link rel="alternate" type="{}" title="{}" href="{}">')
        title = self._config.site.title
        return Markup("\n").join(
            line.format(
                MEDIA_TYPES[form],
                title if feed.id == "updates" else f"{title}: {feed.name}",
                self.link(here, feed.place(form)),
            )
            for feed in chosen
            for form in at.FEED_FORMATS
        )

    def feed_links(self, here: str, absolute: bool = False) -> tuple[FeedLinks, ...]:
        """Links to every feed of the site, in the order readers should meet them."""
        return tuple(self.links_of(feed, here, absolute) for feed in self._feeds)

    def links_of(self, feed_id: str, here: str, absolute: bool = False) -> FeedLinks:
        """Links to one feed in its formats."""
        feed = self._feeds[feed_id]

        def to(place: str) -> str:
            return at.absolute(self._config, place) if absolute else self.link(here, place)

        return FeedLinks(
            id=feed.id,
            name=feed.name,
            atom=to(feed.place("atom")),
            rss=to(feed.place("rss")),
            json=to(feed.place("json")),
            page=self.link(here, self._page_of(feed)),
        )

    def _page_of(self, feed: at.Feed) -> str:
        if feed.id in {front.id for front in self._config.fronts}:
            return at.front_page(feed.id)
        return at.CORRECTIONS if feed.id == "changes" else at.HOME
