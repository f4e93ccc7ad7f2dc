"""Artifacts -> bytes: one way to make each kind, from what the archive holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from sitrep.archive.archive import Archive
from sitrep.base.values import decode, encode, replace
from sitrep.config.editions import edition_of
from sitrep.config.values import Config
from sitrep.feeds.documents import EntryCache, FeedDocuments
from sitrep.feeds.feed_entry_cache import EditionEntryCache
from sitrep.pages.maps.map import site_outline
from sitrep.pages.maps.outlines import Outline
from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from sitrep.site.artifacts import Artifact, ArtifactKind
from sitrep.site.copies import Copies

Maker = Callable[..., bytes | None]


def _outline(config: Config, finished: EntryCache | None) -> Outline | None:
    """What the maps of a site are drawn on, from where finished pieces are kept: drawing it costs a start."""
    stamp = f"2 {config.map} {config.site.language}".encode()
    kept = finished.get("outline", stamp) if finished and config.map else None
    made = decode(kept, Outline) if kept else site_outline(config)
    if finished and made and not kept:
        finished.put("outline", stamp, encode(made))
    return made


class Renderer:
    """Makes the artifacts of one site. Holds compiled templates and finished feed entries, no state else."""

    def __init__(
        self,
        config: Config,
        templates: Sequence[Path],
        finished: EntryCache | None = None,
        cache: Path | None = None,
    ) -> None:
        """``templates``: folders searched in order; the packaged theme is the last resort.

        ``cache``: an existing folder for compiled templates, which spares a new process making them.

        Raises TemplateError if one does not compile, ConfigError if a library that is wanted is missing.
        """
        self._config = config
        self._makings = templates, finished, cache
        self._editions: dict[str, Renderer] = {}
        self.copies = Copies(config.output.precompress)
        """The compressed copies of what it makes."""
        self._pages = Pages(config, templates, cache=cache, outline=partial(_outline, config, finished))
        self._feeds = FeedDocuments(config, finished)
        self._feed_ids = {feed.id: feed for feed in (*at.feeds_of(config), *at.ended_feeds(config))}
        self._makers = self._by_kind()

    def render(self, artifact: Artifact, archive: Archive) -> bytes | None:
        """The artifact's bytes, or None if there is nothing for it to show (it is to be removed).

        Raises TemplateError if the template of a page fails.
        """
        if artifact.edition:
            own = replace(artifact, edition="")
            return self.edition(artifact.edition).render(own, archive.edition(artifact.edition))
        return self._makers[artifact.kind](archive, *artifact.subject)

    def compile_templates(self) -> None:
        """Make every template ready now, so that processes which are forked need not."""
        self._pages.templates.compile_all()

    def edition(self, lang: str) -> Renderer:
        """What makes the artifacts of a language's edition; for the original (empty), this one."""
        if not lang:
            return self
        if lang not in self._editions:
            templates, finished, cache = self._makings
            kept = finished and EditionEntryCache(finished, lang)
            self._editions[lang] = Renderer(edition_of(self._config, lang), templates, kept, cache)
        return self._editions[lang]

    def parts(self, archive: Archive, feed: at.Feed, month: str) -> tuple[str, ...]:
        """Names of the closed archive parts of a feed's month (RFC 5005)."""
        return self._feeds.parts(archive, feed, month)

    def parts_from(self, archive: Archive, feed: at.Feed, month: str, key: str) -> tuple[str, ...]:
        """Those of them that an update of that month can bear on."""
        return self._feeds.parts_from(archive, feed, month, key)

    def _by_kind(self) -> dict[ArtifactKind, Maker]:
        from sitrep.api import newsroom, search_index, sitemap, well_known
        from sitrep.cards import card

        config = self._config
        for_newsrooms = newsroom.Api(config)
        return {
            **_pages_by_kind(self._pages),
            ArtifactKind.CARD: lambda archive, *key: card.make(archive, config, *key),
            ArtifactKind.API_SCHEMA: lambda archive: newsroom.schema(),
            ArtifactKind.UPDATE_API: for_newsrooms.update,
            ArtifactKind.SEARCH_MONTH: lambda archive, third: search_index.of_third(archive, config, third),
            ArtifactKind.FEED_PART: self._part,
            ArtifactKind.FEED: self._feed,
            ArtifactKind.MONTH_API: for_newsrooms.month,
            ArtifactKind.API: for_newsrooms.index,
            ArtifactKind.OPML: lambda archive: well_known.opml(config),
            ArtifactKind.SITEMAP_MONTH: lambda archive, month: sitemap.of_month(archive, config, month),
            ArtifactKind.SITEMAP_PAGES: lambda archive: sitemap.pages(config),
            ArtifactKind.SITEMAP: lambda archive: sitemap.index(archive, config),
            ArtifactKind.ROBOTS: lambda archive: well_known.robots(config),
            ArtifactKind.SECURITY: lambda archive: well_known.security(archive, config),
            ArtifactKind.LATEST: lambda archive: well_known.latest(archive, config),
        }

    def _feed(self, archive: Archive, feed_id: str, form: str) -> bytes:
        return self._feeds.current(archive, self._feed_ids[feed_id], cast(at.FeedFormat, form))

    def _part(self, archive: Archive, feed_id: str, part: str, form: str) -> bytes | None:
        return self._feeds.archived(archive, self._feed_ids[feed_id], part, cast(at.FeedFormat, form))


def _pages_by_kind(pages: Pages) -> dict[ArtifactKind, Maker]:
    return {
        ArtifactKind.STYLE: pages.feed_style,
        ArtifactKind.FAVICON: lambda archive, place: pages.asset(place),
        ArtifactKind.UPDATE_PART: pages.update_part,
        ArtifactKind.UPDATE: pages.update,
        ArtifactKind.TEXT: pages.text,
        ArtifactKind.CLAIM: pages.claim,
        ArtifactKind.PLACE: pages.place,
        ArtifactKind.PLACES: pages.places,
        ArtifactKind.FRONT: pages.front,
        ArtifactKind.FRONT_MONTH: pages.front_month,
        ArtifactKind.MONTH: pages.month,
        ArtifactKind.YEAR: pages.year,
        ArtifactKind.ARCHIVE: pages.archive_index,
        ArtifactKind.HOME: pages.home,
        ArtifactKind.MOVED: pages.moved,
        ArtifactKind.FOLLOW: pages.follow,
        ArtifactKind.ABOUT: pages.about,
        ArtifactKind.SEARCH: pages.search,
        ArtifactKind.CORRECTIONS_MONTH: pages.corrections_month,
        ArtifactKind.CORRECTIONS: pages.corrections,
        ArtifactKind.SINCE_MONTH: pages.since_month,
        ArtifactKind.SINCE: pages.since,
        ArtifactKind.NOT_FOUND: pages.not_found,
        ArtifactKind.OFFLINE: pages.offline,
        ArtifactKind.MONTH_ZIP: pages.month_zip,
    }
