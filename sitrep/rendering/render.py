"""Artifacts -> bytes: one way to make each kind, from what the archive holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from sitrep.config import Config
from sitrep.keeping.archive import Archive
from sitrep.rendering import addresses as at
from sitrep.rendering.feeds import Feeds, Fragments
from sitrep.rendering.pages import Pages
from sitrep.rendering.plan import Artifact, Kind

Maker = Callable[..., bytes | None]


class Renderer:
    """Makes the artifacts of one site. Holds compiled templates and finished feed entries, no state else."""

    def __init__(
        self,
        config: Config,
        templates: Sequence[Path],
        fragments: Fragments | None = None,
        cache: Path | None = None,
    ) -> None:
        """``templates``: folders searched in order; the packaged theme is the last resort.

        ``cache``: an existing folder for compiled templates, which spares a new process making them.

        Raises TemplateError if one does not compile.
        """
        self._config = config
        self._pages = Pages(config, templates, cache=cache)
        self._feeds = Feeds(config, fragments)
        self._feed_ids = {feed.id: feed for feed in at.feeds_of(config)}
        self._makers = self._by_kind()

    def render(self, artifact: Artifact, archive: Archive) -> bytes | None:
        """The artifact's bytes, or None if there is nothing for it to show (it is to be removed).

        Raises TemplateError if the template of a page fails.
        """
        return self._makers[artifact.kind](archive, *artifact.subject)

    def parts(self, archive: Archive, feed: at.Feed, month: str) -> tuple[str, ...]:
        """Names of the closed archive parts of a feed's month (RFC 5005)."""
        return self._feeds.parts(archive, feed, month)

    def parts_from(self, archive: Archive, feed: at.Feed, month: str, key: str) -> tuple[str, ...]:
        """Those of them that an update of that month can bear on."""
        return self._feeds.parts_from(archive, feed, month, key)

    def _by_kind(self) -> dict[Kind, Maker]:
        from sitrep.rendering import api, listings

        pages, config = self._pages, self._config
        for_newsrooms = api.Api(config)
        return {
            Kind.STYLE: pages.feed_style,
            Kind.FAVICON: lambda archive: pages.asset(at.FAVICON),
            Kind.API_SCHEMA: lambda archive: api.schema(),
            Kind.UPDATE: pages.update,
            Kind.TEXT: pages.text,
            Kind.UPDATE_API: for_newsrooms.update,
            Kind.CLAIM: pages.claim,
            Kind.FRONT: pages.front,
            Kind.FRONT_MONTH: pages.front_month,
            Kind.MONTH: pages.month,
            Kind.YEAR: pages.year,
            Kind.ARCHIVE: pages.archive_index,
            Kind.HOME: pages.home,
            Kind.FOLLOW: pages.follow,
            Kind.ABOUT: pages.about,
            Kind.SEARCH: pages.search,
            Kind.SEARCH_MONTH: lambda archive, month: listings.search_month(archive, config, month),
            Kind.CORRECTIONS_MONTH: pages.corrections_month,
            Kind.CORRECTIONS: pages.corrections,
            Kind.SINCE_MONTH: pages.since_month,
            Kind.SINCE: pages.since,
            Kind.NOT_FOUND: pages.not_found,
            Kind.FEED_PART: self._part,
            Kind.FEED: self._feed,
            Kind.MONTH_API: for_newsrooms.month,
            Kind.API: for_newsrooms.index,
            Kind.OPML: lambda archive: listings.opml(config),
            Kind.SITEMAP_MONTH: lambda archive, month: listings.sitemap_month(archive, config, month),
            Kind.SITEMAP_PAGES: lambda archive: listings.sitemap_pages(config),
            Kind.SITEMAP: lambda archive: listings.sitemap_index(archive, config),
            Kind.ROBOTS: lambda archive: listings.robots(config),
            Kind.LATEST: lambda archive: listings.latest(archive, config),
        }

    def _feed(self, archive: Archive, feed_id: str, form: str) -> bytes:
        return self._feeds.current(archive, self._feed_ids[feed_id], cast(at.FeedFormat, form))

    def _part(self, archive: Archive, feed_id: str, part: str, form: str) -> bytes | None:
        return self._feeds.archived(archive, self._feed_ids[feed_id], part, cast(at.FeedFormat, form))
