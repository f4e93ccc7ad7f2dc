"""The plan: changed updates -> exactly the artifacts they touch, and the stage each is written in.

Pages and archive parts count from the oldest or by month, so a drop never shifts what was published
before it; that is what makes its cost independent of the archive's size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol

from sitrep.archive.archive import Archive
from sitrep.archive.updates import log_of
from sitrep.base.changes import Change, changes_of
from sitrep.base.nouns import Update
from sitrep.base.values import Struct, replace
from sitrep.config.editions import edition_of
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.site.artifacts import (
    Artifact,
    ArtifactKind,
    card_artifacts,
    claim_artifact,
    corrections_month,
    feed_artifacts,
    front_month,
    month_artifacts,
    part_artifacts,
    since_month,
    update_artifacts,
)


class Touch(Struct, frozen=True, kw_only=True):
    """What a changed update was and is, as far as other artifacts depend on it."""

    key: str
    month: str
    fronts: frozenset[str]
    places: frozenset[str]
    opinion: bool
    change_months: frozenset[str]
    """Months (UTC) whose corrections, withdrawals and outcomes of it are not what they were."""
    news: bool = False
    """It says, or said, what became of a rumor."""
    out_months: frozenset[str] = frozenset()
    """The month (UTC) in which it came out; two where another stamp was found to be its own."""
    media: frozenset[str] = frozenset()
    """Places of pictures that it shows now and did not, or the other way round."""

    @property
    def news_months(self) -> frozenset[str]:
        """Months (UTC) of everything a reader who comes back is told of it."""
        return self.change_months | self.out_months

    def months(self, feed: at.Feed) -> frozenset[str]:
        """The months of a feed that it stands in: in which it came out, or those of its changes."""
        return self.change_months if feed.id == "changes" else self.out_months


def touch(before: Update | None, after: Update | None) -> Touch:
    """Compare two states of one update. One of them may be None, not both."""
    known = [update for update in (before, after) if update is not None]
    return Touch(
        key=known[-1].key,
        month=known[-1].month,
        fronts=frozenset(front for update in known for front in (*update.fronts, *_gone(update))),
        places=frozenset(place for update in known for item in update.items for place in item.places),
        opinion=any(map(_views, known)),
        change_months=_change_months(before, after),
        news=any(item.followed.news for one in known for item in one.items if item.followed),
        out_months=frozenset(log_of(one)[:7] for one in known),
        media=_media(before) ^ _media(after),
    )


def _media(update: Update | None) -> frozenset[str]:
    return frozenset(picture.place for picture in update.pictures if picture.place) if update else frozenset()


def _change_months(before: Update | None, after: Update | None) -> frozenset[str]:
    then, now = (Counter(changes_of(one)) if one else Counter[Change]() for one in (before, after))
    return frozenset(change.at.isoformat()[:7] for change in (then - now) + (now - then))


def _gone(update: Update) -> Iterator[str]:
    return (item.front for item in update.withdrawn_items)


def _views(update: Update) -> bool:
    """True if it holds the authors' own view, or held it."""
    own = any(item.opinion for item in update.items)
    return own or any(gone.opinion for gone in update.withdrawn_items)


class Parts(Protocol):
    """Tells the closed archive parts of feeds (RFC 5005)."""

    def edition(self, lang: str) -> Parts:
        """The same for a language's edition; for the original (empty), itself."""
        ...

    def parts(self, archive: Archive, feed: at.Feed, month: str) -> tuple[str, ...]:
        """Names of the parts of a feed's month, oldest first."""
        ...

    def parts_from(self, archive: Archive, feed: at.Feed, month: str, key: str) -> tuple[str, ...]:
        """Those of them that an update of that month can bear on."""
        ...


class Calendar(Struct, frozen=True):
    """Which months and parts there are around the touched ones.

    Taken before and after a change, two of them show what came and went.
    """

    months: frozenset[str]
    front_months: frozenset[tuple[str, str]]
    parts: frozenset[tuple[str, str]]
    """Closed archive parts of feeds: feed id and part."""
    touched: frozenset[tuple[str, str]]
    """Those of them whose entries may not be what they were."""
    change_months: frozenset[str] = frozenset()
    """Months (UTC) in which something was put right, taken back or settled."""
    news_months: frozenset[str] = frozenset()
    """Months (UTC) in which anything came out or was changed."""


def calendar(archive: Archive, touches: Iterable[Touch], config: Config, parts: Parts) -> Calendar:
    """Look up what ``plan`` compares, for the months of these touches and the months beside them."""
    touches = tuple(touches)
    months = {one.month for one in touches}
    front_months = {(front, one.month) for one in touches for front in one.fronts}
    around = {
        (feed, month)
        for one in touches
        for feed in touched_feeds(one, config)
        for touched in one.months(feed)
        for month in _months_around(archive, feed, touched)
    }
    return Calendar(
        months=frozenset(month for month in months if archive.has_month(month)),
        front_months=frozenset(pair for pair in front_months if archive.has_front_month(*pair)),
        parts=frozenset(
            (feed.id, part) for feed, month in around for part in parts.parts(archive, feed, month)
        ),
        touched=frozenset(
            (feed.id, part)
            for one in touches
            for feed in touched_feeds(one, config)
            for month in one.months(feed)
            for part in parts.parts_from(archive, feed, month, one.key)
        ),
        change_months=frozenset(
            month for one in touches for month in one.change_months if archive.has_change_month(month)
        ),
        news_months=frozenset(
            month for one in touches for month in one.news_months if archive.has_news_month(month)
        ),
    )


def _months_around(archive: Archive, feed: at.Feed, month: str) -> set[str]:
    """A month and two to each side.

    The first update of a month closes the part that was open in the month before it, and that part's
    name stands in the part before that one.
    """
    beside = set(_months_beside(archive, feed, month))
    return {month, *beside, *(far for near in beside for far in _months_beside(archive, feed, near))}


def _months_beside(archive: Archive, feed: at.Feed, month: str) -> Iterator[str]:
    if feed.id == "changes":
        beside = archive.change_month_neighbours(month)
    else:
        beside = months_beside(archive, feed, month)
    return (found for found in beside if found)


def months_beside(archive: Archive, feed: at.Feed, month: str) -> tuple[str | None, str | None]:
    """The next older and the next newer month in which a feed has entries; not for that of changes."""
    older, newer = archive.feed_month_neighbours(feed.share, month)
    if not feed.also:
        return older, newer
    before, after = archive.feed_month_neighbours(feed.also, month)
    return max(filter(None, (older, before)), default=None), min(filter(None, (newer, after)), default=None)


def plan(
    touches: Iterable[Touch], before: Calendar, after: Calendar, archive: Archive, config: Config
) -> frozenset[Artifact]:
    """Every artifact whose bytes may differ now that these updates have changed.

    ``archive`` is the state after the change. An artifact that has nothing to show any more is in
    the plan as well: rendering it gives None, and it is removed.
    """
    fronts = {front.id for front in config.fronts}
    touches = tuple(replace(one, fronts=one.fronts & fronts) for one in touches)
    return frozenset(
        artifact
        for one in touches
        for artifact in (
            *_of_update(one, archive),
            *card_artifacts(config, one.key),
            *_of_places(one.places, config),
            *_of_months(one, before, after, archive),
            *_of_feeds(one, before, after, config),
        )
    ) | (frozenset(_always(config)) if touches else frozenset())


def fixed(config: Config) -> Iterator[Artifact]:
    """What every site has once, whatever was published."""
    yield Artifact(at.FEED_STYLE, ArtifactKind.STYLE)
    yield from (Artifact(place, ArtifactKind.FAVICON, (place,)) for place in at.ICONS)
    yield from card_artifacts(config)
    yield Artifact(at.FOLLOW, ArtifactKind.FOLLOW)
    yield Artifact(at.ABOUT, ArtifactKind.ABOUT)
    yield Artifact(at.CORRECTIONS, ArtifactKind.CORRECTIONS)
    yield Artifact(at.OPML, ArtifactKind.OPML)
    yield Artifact(at.API, ArtifactKind.API)
    yield Artifact(at.API_SCHEMA, ArtifactKind.API_SCHEMA)
    yield Artifact(at.SITEMAP_PAGES, ArtifactKind.SITEMAP_PAGES)
    yield Artifact(at.ROBOTS, ArtifactKind.ROBOTS)
    for feed in at.feeds_of(config):
        yield from feed_artifacts(feed)
    for front in config.fronts:
        for name in front.names[1:]:
            yield Artifact(at.front_page(name), ArtifactKind.MOVED, (front.id,))
    for name in config.ended:
        yield Artifact(at.front_page(name), ArtifactKind.MOVED, (name,))
    yield from _always(config)


def _always(config: Config) -> Iterator[Artifact]:
    """What any change may touch. Small, and written only where bytes differ."""
    yield Artifact(at.HOME, ArtifactKind.HOME)
    yield Artifact(at.PLACES, ArtifactKind.PLACES)
    yield Artifact(at.ARCHIVE, ArtifactKind.ARCHIVE)
    yield Artifact(at.SEARCH, ArtifactKind.SEARCH)
    yield Artifact(at.SITEMAP, ArtifactKind.SITEMAP)
    yield Artifact(at.LATEST, ArtifactKind.LATEST)
    yield Artifact(at.SINCE, ArtifactKind.SINCE)
    yield Artifact(at.NOT_FOUND, ArtifactKind.NOT_FOUND)
    if config.offline.days:
        yield Artifact(at.OFFLINE, ArtifactKind.OFFLINE)
    if at.contact_of(config):
        yield Artifact(at.SECURITY, ArtifactKind.SECURITY)
    for front in config.fronts:
        # Ages of rumors, and what a front has had lately, count to the newest update.
        yield Artifact(at.front_page(front.id), ArtifactKind.FRONT, (front.id,))
    for feed in at.ended_feeds(config):
        yield from feed_artifacts(feed)


def _of_update(one: Touch, archive: Archive) -> Iterator[Artifact]:
    yield from update_artifacts(one.key)
    for neighbour in archive.neighbours(one.key):
        if neighbour:
            yield from update_artifacts(neighbour)
    if one.change_months:
        yield Artifact(at.CORRECTIONS, ArtifactKind.CORRECTIONS)
    for place in one.media:
        yield Artifact(place, ArtifactKind.MEDIA)


def _of_places(names: Iterable[str], config: Config) -> Iterator[Artifact]:
    """The pages of these places."""
    pages = at.place_pages(config)
    return (Artifact(pages[name], ArtifactKind.PLACE, (name,)) for name in names if name in pages)


def _of_months(one: Touch, before: Calendar, after: Calendar, archive: Archive) -> Iterator[Artifact]:
    yield from month_artifacts(one.month)
    yield Artifact(at.year_page(one.month[:4]), ArtifactKind.YEAR, (one.month[:4],))
    if (one.month in before.months) != (one.month in after.months):
        yield Artifact(at.API, ArtifactKind.API)
        for month in filter(None, archive.month_neighbours(one.month)):
            yield from month_artifacts(month)
            yield Artifact(at.year_page(month[:4]), ArtifactKind.YEAR, (month[:4],))
    for front in one.fronts:
        yield Artifact(at.front_page(front), ArtifactKind.FRONT, (front,))
        yield front_month(front, one.month)
        here = (front, one.month)
        if (here in before.front_months) != (here in after.front_months):
            for month in filter(None, archive.front_month_neighbours(front, one.month)):
                yield front_month(front, month)
    for month in one.change_months:
        yield corrections_month(month)
        if (month in before.change_months) != (month in after.change_months):
            for near in filter(None, archive.change_month_neighbours(month)):
                yield corrections_month(near)
    for month in one.news_months:
        yield since_month(month)
        if (month in before.news_months) != (month in after.news_months):
            for near in filter(None, archive.news_month_neighbours(month)):
                yield since_month(near)


def touched_feeds(one: Touch, config: Config) -> Iterator[at.Feed]:
    """The feeds that a changed update stands in, or stood in."""
    also = {"updates", "items", *one.fronts}
    also |= {"opinion"} if one.opinion else set()
    also |= {"changes"} if one.change_months else set()
    return (feed for feed in at.feeds_of(config) if feed.id in also or (feed.also and one.news))


def _of_feeds(one: Touch, before: Calendar, after: Calendar, config: Config) -> Iterator[Artifact]:
    parts = relinked(before, after) | before.touched | after.touched
    for feed in touched_feeds(one, config):
        yield from feed_artifacts(feed)
        for feed_id, part in parts:
            if feed_id == feed.id:
                yield from part_artifacts(feed, part, config)


def relinked(before: Calendar, after: Calendar) -> frozenset[tuple[str, str]]:
    """Parts that came or went, and those after them, whose links name them (RFC 5005)."""
    moved = before.parts ^ after.parts
    ordered = sorted(before.parts | after.parts, key=_part_order)
    return moved.union(newer for older, newer in pairwise(ordered) if newer[0] == older[0] and older in moved)


def _part_order(part: tuple[str, str]) -> tuple[str, str, int]:
    feed, name = part
    return feed, name[:7], int(name[8:] or 1)


_ONCE = frozenset(
    {
        ArtifactKind.MEDIA,
        ArtifactKind.FAVICON,
        ArtifactKind.API_SCHEMA,
        ArtifactKind.UPDATE_API,
        ArtifactKind.MONTH_API,
        ArtifactKind.API,
        ArtifactKind.CLAIM,
        ArtifactKind.ROBOTS,
        ArtifactKind.SECURITY,
        ArtifactKind.SITEMAP,
        ArtifactKind.NOT_FOUND,
    }
)
"""What the site has once, for all languages."""


def in_edition(artifacts: Iterable[Artifact], lang: str) -> Iterator[Artifact]:
    """Artifacts as those of a language's edition, which has nothing that the site has but once."""
    if not lang:
        yield from artifacts
        return
    folder = at.folder_of(lang)
    for artifact in artifacts:
        if artifact.kind not in _ONCE:
            yield replace(artifact, place=f"{folder}{artifact.place}", edition=lang)


def everything(archive: Archive, config: Config, parts: Parts) -> Iterator[Artifact]:
    """Every artifact of the site as the archive stands, in all its languages; what a clean build makes."""
    for lang in ("", *archive.languages()):
        made = edition_artifacts(archive.edition(lang), edition_of(config, lang), parts.edition(lang))
        yield from in_edition(made, lang)


def edition_artifacts(archive: Archive, config: Config, parts: Parts) -> Iterator[Artifact]:
    """Every artifact of the original, or of one language's edition, with its places counted from there."""
    yield from fixed(config)
    for place in archive.pictures.places():
        yield Artifact(place, ArtifactKind.MEDIA)
    for key in archive.update_keys():
        yield from update_artifacts(key)
        yield from card_artifacts(config, key)
    yield from _of_places(archive.places(), config)
    for key in archive.claims.with_page():
        yield claim_artifact(key)
    for month in archive.change_months():
        yield corrections_month(month)
    for month in archive.news_months():
        yield since_month(month)
    for year in archive.years():
        yield Artifact(at.year_page(year), ArtifactKind.YEAR, (year,))
        for month, _ in archive.months(year):
            yield from month_artifacts(month)
    for front in config.fronts:
        for year in archive.front_years(front.id):
            for month, _ in archive.front_months(front.id, year):
                yield front_month(front.id, month)
    for feed in at.feeds_of(config):
        for month in feed_months(archive, feed):
            for part in parts.parts(archive, feed, month):
                yield from part_artifacts(feed, part, config)


def feed_months(archive: Archive, feed: at.Feed) -> Iterator[str]:
    """Months in which a feed has entries, oldest first."""
    if feed.id == "changes":
        yield from archive.change_months()
        return
    month = months_beside(archive, feed, "")[1]
    while month:
        yield month
        month = months_beside(archive, feed, month)[1]
