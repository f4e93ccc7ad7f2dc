"""What config.yaml says, as frozen values; ``load`` turns the text into them.

A program start that finds a checked copy in the archive needs neither YAML nor pydantic. Pydantic enforces
the bounds when the text is read; an unknown key is an error.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from sitrep.base.values import field
from sitrep.config.delivery import Announce, Target
from sitrep.config.parts import Bound, ConfigPart
from sitrep.config.word_lists import Lexicon

Mark = Literal["west", "east", "north", "south", "globe", "rumor", "lines", "ring"]
Hue = Literal["blue", "brown", "green", "violet", "grey", "red", "teal", "ochre"]
FrontKind = Literal["geography", "theme", "rumors", "general"]


class Site(ConfigPart, frozen=True, kw_only=True):
    """Who publishes, and where."""

    title: Annotated[str, Bound(min_length=1)]
    """Name of the site, on every page and in every feed."""
    description: str = ""
    """One sentence that says what this is; it stands in the feeds."""
    base_url: str = "http://127.0.0.1:8000/"
    """Absolute address of the site, with a final ``/``. Only feeds and machine files use it."""
    authority: str = "example.org,2024"
    """``DOMAIN,YEAR`` of the tag: URIs (RFC 4151). Chosen once: changing it re-announces everything."""
    language: str = "en"
    """Of the site's own words, and of texts that tell none: en, ar, ckb."""
    timezone: str = "UTC"
    """IANA name, for example Asia/Damascus."""
    author: str = ""
    """Who writes this, where a text does not say."""
    license: str | None = None
    """Address of the licence of the texts."""
    about: str = ""
    """Markdown for the about page."""
    care: str = ""
    """One or two sentences of caution shown with every update that has none of its own."""
    contact: str | None = None
    """How to reach the desk; it stands on the about page."""
    contact_until: dt.date | None = None
    """Until when that holds, for security.txt; else to the end of the year after the newest update's."""
    onion: str | None = None
    """Address of the same site as an onion service."""

    @property
    def edition(self) -> str:
        """The language whose edition this is; empty for the site as its authors write it."""
        return ""

    @property
    def original(self) -> str:
        """The language in which the authors write."""
        return self.language


class EditionSite(Site, frozen=True, kw_only=True):
    """The same of what is translated into one language; made of the configuration, not written there."""

    of: str = ""
    """The language of the original."""

    @property
    def edition(self) -> str:
        """The language whose edition this is."""
        return self.language

    @property
    def original(self) -> str:
        """The language in which the authors write."""
        return self.of


class Translation(ConfigPart, frozen=True, kw_only=True):
    """What the site calls itself in another language; what is not given stands as it is."""

    title: str = ""
    """Name of the site."""
    description: str = ""
    """One sentence that says what this is."""
    author: str = ""
    """Who writes this."""
    about: str = ""
    """Markdown for the about page."""
    care: str = ""
    """One or two sentences of caution."""
    fronts: dict[str, str] = field(default_factory=dict)
    """Names of the fronts, by their ids."""


class Place(ConfigPart, frozen=True, kw_only=True):
    """A place authors name, and where it lies."""

    name: Annotated[str, Bound(min_length=1)]
    """The name that pages show."""
    aliases: tuple[str, ...] = ()
    """Other spellings and names of it; case and accents do not matter."""
    at: tuple[Annotated[float, Bound(ge=-90, le=90)], Annotated[float, Bound(ge=-180, le=180)]] | None = None
    """Latitude and longitude in degrees (WGS 84)."""
    capital: bool = False
    """Its name also stands for the government of the country: "Kyiv rejects the plan"."""


class Front(ConfigPart, frozen=True, kw_only=True):
    """A place or theme that items are sorted into."""

    id: Annotated[str, Bound(min_length=1)]
    """Lower-case letters, digits and hyphens: it is a folder of the site and part of ids. Not given, it is
    the name in Latin letters; give it before you rename a front."""
    name: Annotated[str, Bound(min_length=1)]
    """The name readers see; as a heading it sorts what follows it."""
    formerly: tuple[str, ...] = ()
    """Ids it had before, the first one first: it keeps the address, the feeds and the entries of that one,
    and what is called by any of them still finds it."""
    short: str = ""
    """Name where space is small; the first word of ``name`` if empty."""
    kind: FrontKind = "geography"
    """``rumors`` takes what is unconfirmed, ``general`` what no other front has; one of each at most."""
    mark: Mark = "ring"
    """The sign of the front on pages and on the map."""
    hue: Literal[Hue, "auto"] = "auto"
    """``auto`` is the first hue that no other front has; grey for rumors and for what is left over."""
    code: str = ""
    """Letters of the item codes (W1, W2); the first letter of ``id`` if empty."""
    scope: str = ""
    """One sentence for the head of the front's page."""
    headings: tuple[str, ...] = ()
    """Headings that name this front, besides its name."""
    places: tuple[Place, ...] = ()
    """Places whose news belongs here: names, or name, aliases and where it lies."""
    actors: tuple[str, ...] = ()
    """Who acts here; they weigh less than places."""
    words: tuple[str, ...] = ()
    """Words that sort an item here if no place and no actor does."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every id it has or had; ``load`` makes ``id`` the first of them, which stays for ever."""
        return self.formerly or (self.id,)


class Dates(ConfigPart, frozen=True, kw_only=True):
    """How the digits of a dateline are read, and what happens without one."""

    order: Literal["dmy", "mdy"] = "dmy"
    """Which number comes first in 06-12-24. ISO dates (2024-12-06) are always read as such."""
    undated: Literal["refuse", "arrival"] = "refuse"
    """A text without a date: refuse it, or take the day on which it came in."""


class Limits(ConfigPart, frozen=True, kw_only=True):
    """Bounds, so that no input makes the program slow or a page heavy."""

    source_bytes: Annotated[int, Bound(ge=1_000)] = 512_000
    """Largest text that is read, in bytes."""
    lines: Annotated[int, Bound(ge=1)] = 20_000
    """Lines of a text, at most: reading takes as long as there are lines."""
    items: Annotated[int, Bound(ge=1)] = 400
    """Items, passages and bare headings of an update: each item becomes an entry of several feeds."""
    shown_bytes: Annotated[int, Bound(ge=1_000)] = 300_000
    """Bytes of HTML that an update may become, at most: each subscriber gets all of them."""
    updates: Annotated[int, Bound(ge=1)] = 1_500
    """Updates of a file, at most: each becomes pages."""
    page_budget: Annotated[int, Bound(ge=1_000)] = 14_000
    """Bytes of a compressed page; a heavier one is warned about."""
    inline_pictures: bool = False
    """Shows pictures on pages and in feeds. Without it they link to them with their size: a reader who pays
    by the megabyte decides."""


class Feeds(ConfigPart, frozen=True, kw_only=True):
    """What subscribers get."""

    bytes: Annotated[int, Bound(ge=10_000)] = 650_000
    """Largest current feed, uncompressed; older entries continue in monthly archives."""
    gzip_bytes: Annotated[int, Bound(ge=2_000)] = 64_000
    """The same as it travels, compressed; reckoned from the words, so that every machine cuts alike."""
    days: Annotated[int, Bound(ge=1)] = 31
    """Longest window of a current feed, counted back from its newest entry."""
    item_days: Annotated[int, Bound(ge=1)] = 8
    """The same for the feed of items, of which there are many more."""
    withdrawn_days: Annotated[int, Bound(ge=1)] = 30
    """How long a feed tells of what was taken back."""
    archive_formats: tuple[Literal["atom", "rss", "json"], ...] = ("atom",)
    """Formats of archive parts; in those left out the current feed leads to the parts of the first."""
    opinion: bool = True
    """False leaves the authors' opinion out of the feed of everything."""
    hubs: tuple[str, ...] = ()
    """WebSub hubs to tell of changes."""
    generator_version: bool = False
    """Names the version of the program in feeds."""
    generator_url: str = ""
    """Where the program that runs this site can be had; Atom feeds name it."""


class Output(ConfigPart, frozen=True, kw_only=True):
    """How the site is written."""

    precompress: tuple[Literal["gzip", "brotli", "zstd"], ...] = ()
    """Compressed copies beside every text, for a web server that hands them out: ``feed.xml.gz``, ``.br``,
    ``.zst``. The last two need the extra ``compress``."""


class Corrections(ConfigPart, frozen=True, kw_only=True):
    """When an edit counts as a correction."""

    grace_minutes: Annotated[int, Bound(ge=0)] = 10
    """An edit so soon after publishing is no correction."""


class Watch(ConfigPart, frozen=True, kw_only=True):
    """How the drop folder is watched. Times in seconds."""

    settle: Annotated[float, Bound(ge=0)] = 2.0
    """Quiet time before a file is read, where the system cannot tell that it is finished."""
    rescan: Annotated[float, Bound(ge=1)] = 30.0
    """How often all of feeds/ is looked at, whatever the system tells."""
    deletion_grace: Annotated[float, Bound(ge=0)] = 20.0
    """Silence after which a vanished file counts as deleted."""
    receipts: Literal["all", "errors", "none"] = "all"
    """Which notes are laid beside the files of feeds/."""


class Offline(ConfigPart, frozen=True, kw_only=True):
    """What readers take along where there is no network."""

    days: Annotated[int, Bound(ge=0)] = 7
    """Days up to the newest update that offline.html holds in one file; 0 makes none."""


class Trust(ConfigPart, frozen=True, kw_only=True):
    """Signing of the site's checksums with ``ssh-keygen -Y sign``."""

    signing_key: str | None = None
    """Path of the private key (or of its .pub with an agent), relative to the site."""
    identity: str = "publisher"
    """Name of the signer, as in a file of allowed signers."""


class ThemeLook(ConfigPart, frozen=True, kw_only=True):
    """Colours, fonts and measure of the pages; what is not given is the theme's own (docs/theming.md)."""

    light: dict[str, str] = field(default_factory=dict)
    """Colours by name, as "#1a1917": paper, panel, mark; ink, soft, link; the eight hues; hair, thin, sea."""
    dark: dict[str, str] = field(default_factory=dict)
    """The same for readers whose device is set to dark."""
    serif: str = ""
    """Fonts of what people wrote, the best first. No page loads a font: a reader has it or not."""
    sans: str = ""
    """Fonts of labels, times and links."""
    measure: str = ""
    """The widest a line of text may be, for example 40rem."""


class Config(ConfigPart, frozen=True, kw_only=True):
    """Everything config.yaml says, defaults filled in, lexicons merged."""

    site: Site
    """Who publishes, and where."""
    fronts: Annotated[tuple[Front, ...], Bound(min_length=1)]
    """What items are sorted into, in the order of the site: names, or groups of keys."""
    ended: tuple[str, ...] = ()
    """Ids of fronts that are given up: their items go to others, their addresses say so."""
    dates: Dates = Dates()
    limits: Limits = Limits()
    feeds: Feeds = Feeds()
    output: Output = Output()
    corrections: Corrections = Corrections()
    watch: Watch = Watch()
    offline: Offline = Offline()
    trust: Trust = Trust()
    deploy: tuple[Target, ...] = ()
    """Where the site is copied to after each publish."""
    announce: Announce = field(default_factory=Announce)
    words: dict[str, dict[str, str | dict[str, str]]] = field(default_factory=dict)
    """Words of the pages themselves that are to be others, by language and name (docs/theming.md)."""
    translations: dict[str, Translation] = field(default_factory=dict)
    """By language code: names and texts of the site for readers of translated updates."""
    look: ThemeLook = field(default_factory=ThemeLook)
    map: tuple[str, ...] = ()
    """Countries on the small map of the places an update names, by code or name: ``UA``, ``GN, LR, SL``."""
    cards: bool = False
    """Draws a picture for the site and for each update, which shows beside links in chats."""
    boilerplate: tuple[str, ...] = ()
    """Lines that come in every update, whole or their beginnings: shown on its page, and in no feed."""
    seo: bool = True
    """Adds schema.org LiveBlogPosting to the pages of updates, save those that it would make heavy."""
    languages: dict[str, Lexicon] = field(default_factory=dict)
    """Word lists by language code; those of ``site.language`` and English are always there."""

    def front(self, front_id: str) -> Front:
        """The front of that id. Raises KeyError if there is none."""
        for front in self.fronts:
            if front.id == front_id:
                return front
        raise KeyError(front_id)

    def front_of_kind(self, kind: FrontKind) -> Front | None:
        """The first front of that kind, if the config has one."""
        return next((f for f in self.fronts if f.kind == kind), None)
