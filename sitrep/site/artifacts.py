"""The files of output/ by name: what each kind shows, where it stands, and in which stage it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, replace
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.site.search_thirds import thirds_of


class ArtifactKind(StrEnum):
    """What an artifact shows; ``Renderer`` has one way to make each."""

    MEDIA = "media"
    """A picture. Not rendered: it was made when the text that names it was read."""
    STYLE = "style"
    FAVICON = "favicon"
    CARD = "card"
    API_SCHEMA = "api-schema"
    UPDATE_PART = "update-part"
    """A further page of a long update."""
    UPDATE = "update"
    TEXT = "text"
    UPDATE_API = "update-api"
    CLAIM = "claim"
    PLACE = "place"
    PLACES = "places"
    FRONT = "front"
    FRONT_MONTH = "front-month"
    MONTH_ZIP = "month-zip"
    OFFLINE = "offline"
    MONTH = "month"
    YEAR = "year"
    ARCHIVE = "archive"
    HOME = "home"
    MOVED = "moved"
    """The way from another name of a front, or from one that is given up, to where it is now."""
    FOLLOW = "follow"
    ABOUT = "about"
    SEARCH = "search"
    SEARCH_MONTH = "search-month"
    CORRECTIONS_MONTH = "corrections-month"
    CORRECTIONS = "corrections"
    SINCE_MONTH = "since-month"
    SINCE = "since"
    NOT_FOUND = "not-found"
    FEED_PART = "feed-part"
    FEED = "feed"
    MONTH_API = "month-api"
    API = "api"
    OPML = "opml"
    SITEMAP_MONTH = "sitemap-month"
    SITEMAP_PAGES = "sitemap-pages"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    SECURITY = "security"
    LATEST = "latest"


STAGES = {kind: stage for stage, kind in enumerate(ArtifactKind)}
"""Assets, pages, pages that lead to them, then feeds and indexes: a link never precedes its target."""


WITHOUT_TEMPLATE = frozenset(
    {
        ArtifactKind.MEDIA,
        ArtifactKind.CARD,
        ArtifactKind.API_SCHEMA,
        ArtifactKind.TEXT,
        ArtifactKind.UPDATE_API,
        ArtifactKind.SEARCH_MONTH,
        ArtifactKind.FEED_PART,
        ArtifactKind.FEED,
        ArtifactKind.MONTH_API,
        ArtifactKind.API,
        ArtifactKind.OPML,
        ArtifactKind.SITEMAP_MONTH,
        ArtifactKind.SITEMAP_PAGES,
        ArtifactKind.SITEMAP,
        ArtifactKind.ROBOTS,
        ArtifactKind.SECURITY,
        ArtifactKind.LATEST,
    }
)
"""What no file of a theme bears on."""


class Artifact(Struct, frozen=True):
    """One file of output/: where it stands, what it shows and of what."""

    place: str
    kind: ArtifactKind
    subject: tuple[str, ...] = ()
    edition: str = ""
    """The language whose edition it belongs to; its place counts from the root all the same."""

    @property
    def month(self) -> str:
        """The month it shows something of, or an empty text: artifacts of one month share their makings."""
        return next((part[:7] for part in self.subject if _DATED.match(part)), "")


_DATED = lazy_pattern(r"\d{4}-\d\d")


def update_page(key: str) -> Artifact:
    """The page of an update, which names those beside it."""
    return Artifact(at.update_page(key), ArtifactKind.UPDATE, (key,))


def update_artifacts(key: str, parts: int = 1) -> Iterator[Artifact]:
    """The page of an update, its further ``parts``, and its twins."""
    yield update_page(key)
    for part in range(2, parts + 1):
        yield Artifact(at.update_part(key, part), ArtifactKind.UPDATE_PART, (key, str(part)))
    yield Artifact(at.update_text(key), ArtifactKind.TEXT, (key,))
    yield Artifact(at.update_api(key), ArtifactKind.UPDATE_API, (key,))


def card_artifacts(config: Config, *key: str) -> Iterator[Artifact]:
    """The card of an update, or of the site, where the site has cards."""
    if config.cards:
        yield Artifact(at.update_card(*key) if key else at.CARD, ArtifactKind.CARD, key)


def month_artifacts(month: str) -> Iterator[Artifact]:
    """What shows a month of the whole archive."""
    yield Artifact(at.month_page(month), ArtifactKind.MONTH, (month,))
    yield Artifact(at.month_zip(month), ArtifactKind.MONTH_ZIP, (month,))
    for third in thirds_of(month):
        yield Artifact(at.search_index(third), ArtifactKind.SEARCH_MONTH, (third,))
    yield Artifact(at.month_api(month), ArtifactKind.MONTH_API, (month,))
    yield Artifact(at.sitemap_month(month), ArtifactKind.SITEMAP_MONTH, (month,))


def place_list_artifacts(parts: int) -> Iterator[Artifact]:
    """The list of all places, in so many parts."""
    for part in range(1, parts + 1):
        yield Artifact(at.place_list(part), ArtifactKind.PLACES, (str(part),))


def claim_artifact(key: str) -> Artifact:
    """The history of a rumor."""
    return Artifact(at.claim_page(key), ArtifactKind.CLAIM, (key,))


def corrections_month(month: str, parts: Iterable[int] = ()) -> Iterator[Artifact]:
    """What was put right, taken back or settled in a month: the newest of it, and closed ``parts``."""
    for part in (0, *parts):
        subject = (month, str(part)) if part else (month,)
        yield Artifact(at.corrections_month_page(month, part), ArtifactKind.CORRECTIONS_MONTH, subject)


def since_month(month: str) -> Artifact:
    """What came out and what was changed in a month."""
    return Artifact(at.since_page(month), ArtifactKind.SINCE_MONTH, (month,))


def front_month(front: str, month: str) -> Artifact:
    """A month of a front's timeline."""
    return Artifact(at.front_month_page(front, month), ArtifactKind.FRONT_MONTH, (front, month))


def feed_artifacts(feed: at.Feed) -> Iterator[Artifact]:
    """A current feed in its formats."""
    for form in at.FEED_FORMATS:
        for home in (feed, *(replace(feed, folder=twin) for twin in feed.twins)):
            yield Artifact(home.place(form), ArtifactKind.FEED, (feed.id, form))


def part_artifacts(feed: at.Feed, part: str, config: Config) -> Iterator[Artifact]:
    """A closed archive part of a feed in its formats."""
    for form in config.feeds.archive_formats:
        yield Artifact(feed.place(form, part), ArtifactKind.FEED_PART, (feed.id, part, form))
