"""Names -> places of output/ and addresses of the web: the one page that knows where everything stands.

A *place* is a path relative to output/ with ``/``. Links inside the site are relative and name
``index.html``, so that they also work from a USB stick (``file://`` has no index pages); feeds, ids
and canonical links are absolute and do without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from sitrep.archive.feed_shares import FIRM, ITEMS, OPINION, OUTCOMES, UPDATES
from sitrep.base.patterns import lazy_pattern
from sitrep.base.slugs import slug
from sitrep.base.values import Struct
from sitrep.config.values import Config

FeedFormat = Literal["atom", "rss", "json"]
FEED_FORMATS: tuple[FeedFormat, ...] = ("atom", "rss", "json")
_FEED_FILES = {"atom": ("feed", "xml"), "rss": ("rss", "xml"), "json": ("feed", "json")}

_quoted = lru_cache(maxsize=4096)(quote)
"""Pages name the same few places again and again."""

_MAIL = lazy_pattern(r"[^\s@<>:/]+@[^\s@<>:/]+\.[^\s@<>:/]+")
_CONTACT = lazy_pattern(r"(?:https|mailto|tel):[^\s<>]+")

HOME = "index.html"
ARCHIVE = "archive/index.html"
FOLLOW = "follow/index.html"
ABOUT = "about/index.html"
SEARCH = "search/index.html"
CORRECTIONS = "corrections/index.html"
SINCE = "since/index.html"
NOT_FOUND = "404.html"
OFFLINE = "offline.html"
OPML = "feeds.opml"
LATEST = "latest.json"
API = "api/index.json"
API_SCHEMA = "api/schema.json"
SITEMAP = "sitemap.xml"
SITEMAP_PAGES = "sitemap-pages.xml"
ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"
FAVICON = "favicon.svg"
ICON, LOGO = "icon.png", "logo.png"
ICONS = (FAVICON, "favicon.ico", ICON, LOGO)
"""The site's sign: for browsers, for those that ask for it by that name, square and wide for feeds."""
FEED_STYLE = "feed.css"
CARD = "card.png"
"""The picture that stands beside a link to the site where links are shared."""


def folder_of(lang: str) -> str:
    """Where the edition of a language stands: ``ar/``; for the original (empty) the root."""
    return f"{lang.lower()}/" if lang else ""


def beside(config: Config, place: str) -> str:
    """A place of the site's root as its pages, or those of an edition, name it: ``../claims/...``."""
    return f"../{place}" if config.site.edition else place


def of_language(config: Config, lang: str, place: str) -> str:
    """The same place in another language (that of the authors included), as pages of this one name it."""
    return beside(config, f"{folder_of('' if lang == config.site.original else lang)}{place}")


def update_page(key: str) -> str:
    """``2024-12-06/index.html``."""
    return f"{key}/index.html"


def update_part(key: str, part: int) -> str:
    """A further page of a long update, counted from 2: ``2024-12-06/2/index.html``."""
    return f"{key}/{part}/index.html"


def update_card(key: str) -> str:
    """The picture that stands beside a shared link to an update, ``2024-12-06/card.png``."""
    return f"{key}/{CARD}"


def update_text(key: str) -> str:
    """The plain-text twin, ``2024-12-06.txt``."""
    return f"{key}.txt"


def update_api(key: str) -> str:
    """The machine-readable twin, ``api/updates/2024-12-06.json``."""
    return f"api/updates/{key}.json"


def month_api(month: str) -> str:
    """The machine-readable index of a month, ``api/months/2024-12.json``."""
    return f"api/months/{month}.json"


def anchor(number: int) -> str:
    """The ``id`` of an item on its update's page: ``i7``. Sticky, as the number is."""
    return f"i{number}"


def item_link(key: str, number: int) -> str:
    """``2024-12-06/index.html#i7``."""
    return f"{update_page(key)}#{anchor(number)}"


def place_link(place: str) -> str:
    """The page of an update by its key, or the place of an item on it by ``2024-11-26/3``."""
    key, _, number = place.partition("/")
    return item_link(key, int(number)) if number else update_page(key)


def front_page(front: str) -> str:
    """A front's timeline, ``western/index.html``."""
    return f"{front}/index.html"


def front_month_page(front: str, month: str) -> str:
    """A month of a front's timeline, ``western/2024-12/index.html``."""
    return f"{front}/{month}/index.html"


PLACES = "places/index.html"


def place_list(part: int) -> str:
    """A part of the list of places, counted from 1: ``places/index.html``, ``places/2.html``."""
    return f"places/{part}.html" if part > 1 else PLACES


def place_pages(config: Config) -> Mapping[str, str]:
    """Where the page of each configured place stands, ``places/homs/index.html``, by the place's name."""
    return _place_pages(tuple(place.name for front in config.fronts for place in front.places))


@lru_cache(maxsize=4)
def _place_pages(names: tuple[str, ...]) -> Mapping[str, str]:
    """Made once for a configuration, which may name thousands."""
    found: dict[str, str] = {}
    used: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        own = slug(name) or "place"
        used[own] += 1
        found[name] = f"places/{own}{f'-{used[own]}' if used[own] > 1 else ''}/index.html"
    return found


def year_page(year: str) -> str:
    """The months of a year, ``2024/index.html``."""
    return f"{year}/index.html"


def month_page(month: str) -> str:
    """The updates of a month, ``2024/12/index.html``."""
    return f"{month[:4]}/{month[5:]}/index.html"


def month_zip(month: str) -> str:
    """Everything of a month that is over, to take along, ``2024/12/2024-12.zip``."""
    return f"{month[:4]}/{month[5:]}/{month}.zip"


def corrections_month_page(month: str, part: int = 0) -> str:
    """What was put right or taken back in a month (UTC), ``corrections/2024-12/index.html``.

    Its closed parts, the oldest changes first, have a page each: ``corrections/2024-12/1/index.html``.
    """
    return f"corrections/{month}/{part}/index.html" if part else f"corrections/{month}/index.html"


def change_anchor(name: str) -> str:
    """The ``id`` of a change on that page by its name: ``c2024-12-06-7-20241207T090500Z``."""
    return f"c{name.replace('/', '-')}"


def change_link(month: str, name: str) -> str:
    """A change of a month (UTC) by its name."""
    return f"{corrections_month_page(month)}#{change_anchor(name)}"


def claim_page(key: str) -> str:
    """The history of a rumor, ``claims/coup-damascus/index.html``."""
    return f"claims/{key}/index.html"


def since_page(month: str) -> str:
    """What a reader who comes back has missed of a month (UTC), ``since/2024-12/index.html``."""
    return f"since/{month}/index.html"


def sitemap_month(month: str) -> str:
    """``sitemap-2024-12.xml``."""
    return f"sitemap-{month}.xml"


def search_index(third: str) -> str:
    """What is searched of a third of a month, ``search/2024-12-3.js``: a script, since from a stick a browser
    lets a page read nothing else."""
    return f"search/{third}.js"


def media(name: str) -> str:
    """A published picture, ``media/0123456789abcdef.jpg``; its name tells its bytes and nothing else."""
    return f"media/{name}"


class Feed(Struct, frozen=True, kw_only=True):
    """One thing a reader can subscribe to, in three formats."""

    id: str
    """``updates``, ``items``, ``changes``, ``opinion`` or a front's id; also the tail of its tag: URI."""
    name: str
    folder: str
    """Where its files stand: empty for the feed of everything, else with a final ``/``."""
    share: str
    """What it is called in the archive's queries about fronts; empty for ``changes``, which has its own."""
    also: str = ""
    """What else it has, by the same names: that of rumors has what became of them."""
    twins: tuple[str, ...] = ()
    """Folders where the same current files stand as well: a front's under the names it was given later."""

    def place(self, form: FeedFormat, part: str | None = None) -> str:
        """``western/feed.xml``, or with a part (``2024-12``) the archive ``western/feed-2024-12.xml``."""
        stem, extension = _FEED_FILES[form]
        return f"{self.folder}{stem}{f'-{part}' if part else ''}.{extension}"


def feeds_of(config: Config) -> tuple[Feed, ...]:
    """Every feed of a site: everything, each front, items, changes, opinion; named in its language."""
    from sitrep.text.interface_words import words_of

    said = words_of(config, config.site.language)
    whole = UPDATES if config.feeds.opinion else FIRM
    return (
        Feed(id="updates", name=said.everything, folder="", share=whole),
        *(
            Feed(
                id=front.id,
                name=front.name,
                folder=f"{front.id}/",
                share=front.id,
                also=OUTCOMES if front.kind == "rumors" else "",
                twins=tuple(f"{name}/" for name in front.names[1:]),
            )
            for front in config.fronts
        ),
        Feed(id="items", name=said.feed_items, folder="items/", share=ITEMS),
        Feed(id="changes", name=said.feed_changes, folder="changes/", share=""),
        Feed(id="opinion", name=said.feed_opinion, folder="opinion/", share=OPINION),
    )


def ended_feeds(config: Config) -> tuple[Feed, ...]:
    """The feeds of fronts that are given up: they stay where they are and bring nothing new."""
    return tuple(Feed(id=name, name=name, folder=f"{name}/", share=name) for name in config.ended)


def contact_of(config: Config) -> str:
    """How to reach the desk as an address that programs know (RFC 9116); empty if config gives none."""
    said = (config.site.contact or "").strip()
    if _MAIL.fullmatch(said):
        return f"mailto:{said}"
    return said if _CONTACT.fullmatch(said) else ""


def onion_of(config: Config, place: str) -> str:
    """The same page on the onion service, where the site has one."""
    if not config.site.onion:
        return ""
    onion = config.site.onion.rstrip("/") + "/"
    return f"{onion}{absolute(config, place)[len(config.site.base_url) :]}"


def any_beside(place: str) -> str:
    """Stands for every page as deep as this one: links out of their folders are the same."""
    return f"{'-/' * place.count('/')}index.html"


def absolute(config: Config, place: str) -> str:
    """The public address of a place; ``index.html`` is left out."""
    path, hash_sign, fragment = place.partition("#")
    if path == "index.html" or path.endswith("/index.html"):
        path = path[: -len("index.html")]
    base = config.site.base_url
    if path.startswith("../"):
        path, base = path[3:], base.removesuffix(folder_of(config.site.edition))
    return f"{base}{_quoted(path)}{hash_sign}{fragment}"


def relative(here: str, there: str) -> str:
    """The link from the page at place ``here`` to place ``there`` (which may carry a ``#fragment``)."""
    path, hash_sign, fragment = there.partition("#")
    if path == here and fragment:
        return f"#{fragment}"
    folders, parts = here.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(folders), len(parts) - 1) and folders[shared] == parts[shared]:
        shared += 1
    return f"{'../' * (len(folders) - shared)}{_quoted('/'.join(parts[shared:]))}{hash_sign}{fragment}"


def tag(config: Config, *parts: str | int) -> str:
    """The permanent id (RFC 4151) of something: ``tag:example.org,2024:2024-12-06/7``.

    A translation has the id of its original with its language at the end, ``...:2024-12-06/7-ar``.
    """
    end = f"-{config.site.edition}" if config.site.edition else ""
    return f"tag:{config.site.authority}:{'/'.join(str(part) for part in parts)}{end}"


def page_of(feed: Feed, config: Config) -> str:
    """The page that shows what a feed brings."""
    if feed.id == "changes":
        return CORRECTIONS
    return front_page(feed.id) if feed.id in {front.id for front in config.fronts} else HOME
