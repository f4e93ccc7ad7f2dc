"""The plan: changed updates -> exactly the artifacts they touch, and the stage each is written in.

Pages and archive parts count from the oldest or by month, so a drop never shifts what was published
before it; that is what makes its cost independent of the archive's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitrep.archive.archive import Archive
from sitrep.base.values import replace
from sitrep.config.editions import edition_of
from sitrep.config.values import Config
from sitrep.ledger.standing import EndedFront
from sitrep.site import addresses as at
from sitrep.site import change_parts
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
    place_list_artifacts,
    since_month,
    update_artifacts,
    update_page,
)
from sitrep.site.before_and_after import Touch
from sitrep.site.calendar import Calendar, Parts, feed_months, relinked, touched_feeds
from sitrep.site.kept import kept_artifacts
from sitrep.site.place_lists import place_lists
from sitrep.site.update_parts import in_parts


def plan(
    touches: Iterable[Touch], before: Calendar, after: Calendar, archive: Archive, config: Config
) -> frozenset[Artifact]:
    """Every artifact whose bytes may differ now that these updates have changed.

    ``archive`` is the state after the change. An artifact that has nothing to show any more is in
    the plan as well: rendering it gives None, and it is removed.
    """
    fronts = {front.id for front in config.fronts}
    touches = tuple(replace(touch, fronts=touch.fronts & fronts) for touch in touches)
    lists = place_list_artifacts(max(before.place_lists, after.place_lists)) if touches else ()
    return frozenset(lists).union(
        artifact
        for touch in touches
        for artifact in (
            *_of_update(touch, archive),
            *card_artifacts(config, touch.key),
            *_of_places(touch.places, config),
            *_of_months(touch, before, after, archive, config),
            *_of_feeds(touch, before, after, config),
        )
    ) | (frozenset(_always(config)) if touches else frozenset())


def fixed(config: Config, ended: Iterable[EndedFront]) -> Iterator[Artifact]:
    """What every site has once, whatever was published; ``ended``: its fronts that are given up."""
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
    for given_up in ended:
        for month in given_up.months:
            yield Artifact(at.front_month_page(given_up.id, month), ArtifactKind.MOVED, (given_up.id, month))
    yield from _always(config)


def _always(config: Config) -> Iterator[Artifact]:
    """What any change may touch. Small, and written only where bytes differ."""
    yield Artifact(at.HOME, ArtifactKind.HOME)
    # Ages of rumors, and what a front has had lately, count to the newest update.
    yield from _of_fronts(config)
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
    for feed in at.ended_feeds(config):
        yield from feed_artifacts(feed)


def _of_fronts(config: Config) -> Iterator[Artifact]:
    for front in config.fronts:
        yield Artifact(at.front_page(front.id), ArtifactKind.FRONT, (front.id,))


_MONTHS = {
    ArtifactKind.FRONT_MONTH,
    ArtifactKind.CORRECTIONS_MONTH,
    ArtifactKind.SINCE_MONTH,
    ArtifactKind.MONTH,
}
"""What may have a page of its own in one language and not in another, whatever is translated."""
_TWINS = _MONTHS | {
    ArtifactKind.PLACE,
    ArtifactKind.PLACES,
    ArtifactKind.YEAR,
    ArtifactKind.ARCHIVE,
    ArtifactKind.SEARCH,
    ArtifactKind.SINCE,
}
"""What names the languages in which there is more to read, when something is translated or no longer."""


def in_every_language(found: Iterable[Artifact], config: Config, *, translated: bool) -> Iterator[Artifact]:
    """What every edition is to make anew when ``found`` was touched in some: its home tells of an update
    that is not translated yet, its other pages of the languages in which there is the same page.
    """
    yield Artifact(at.HOME, ArtifactKind.HOME)
    yield from (artifact for artifact in found if artifact.kind in (_TWINS if translated else _MONTHS))
    if translated:
        yield from _of_fronts(config)
        yield Artifact(at.ABOUT, ArtifactKind.ABOUT)
        yield Artifact(at.FOLLOW, ArtifactKind.FOLLOW)
        yield Artifact(at.CORRECTIONS, ArtifactKind.CORRECTIONS)


def _of_update(touch: Touch, archive: Archive) -> Iterator[Artifact]:
    yield from update_artifacts(touch.key, touch.parts)
    for neighbour in archive.neighbours(touch.key):
        if neighbour:
            yield update_page(neighbour)
    if touch.change_months:
        yield Artifact(at.CORRECTIONS, ArtifactKind.CORRECTIONS)
    for place in touch.media:
        yield Artifact(place, ArtifactKind.MEDIA)


def _of_places(names: Iterable[str], config: Config) -> Iterator[Artifact]:
    """The pages of these places."""
    pages = at.place_pages(config)
    return (Artifact(pages[name], ArtifactKind.PLACE, (name,)) for name in names if name in pages)


def _of_months(
    touch: Touch, before: Calendar, after: Calendar, archive: Archive, config: Config
) -> Iterator[Artifact]:
    yield from month_artifacts(touch.month)
    yield Artifact(at.year_page(touch.month[:4]), ArtifactKind.YEAR, (touch.month[:4],))
    if (touch.month in before.months) != (touch.month in after.months):
        yield Artifact(at.API, ArtifactKind.API)
        for month in filter(None, archive.month_neighbours(touch.month)):
            yield from month_artifacts(month)
            yield Artifact(at.year_page(month[:4]), ArtifactKind.YEAR, (month[:4],))
            of_fronts = (front_month(front.id, month) for front in config.fronts)
            yield from (page for page in of_fronts if archive.has_front_month(*page.subject))
    for front in touch.fronts:
        yield Artifact(at.front_page(front), ArtifactKind.FRONT, (front,))
        yield front_month(front, touch.month)
        here = (front, touch.month)
        if (here in before.front_months) != (here in after.front_months):
            for month in filter(None, archive.front_month_neighbours(front, touch.month)):
                yield front_month(front, month)
    for month in touch.change_months:
        then, now = (change_parts.closed(known.changes.get(month, 0)) for known in (before, after))
        first = min(at for at in touch.changed if at.startswith(month))
        same = archive.count_changes(month, first)
        yield from corrections_month(month, change_parts.touched(then, now, same))
        if (month in before.changes) != (month in after.changes):
            for near in filter(None, archive.change_month_neighbours(month)):
                yield from corrections_month(near)
    for month in touch.news_months:
        yield since_month(month)
        if (month in before.news_months) != (month in after.news_months):
            for near in filter(None, archive.news_month_neighbours(month)):
                yield since_month(near)


def _of_feeds(touch: Touch, before: Calendar, after: Calendar, config: Config) -> Iterator[Artifact]:
    parts = relinked(before, after) | before.touched | after.touched
    for feed in touched_feeds(touch, config):
        yield from feed_artifacts(feed)
        for feed_id, part in parts:
            if feed_id == feed.id:
                yield from part_artifacts(feed, part, config)


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
    yield from kept_artifacts(archive.kept_places(), archive, config)


def edition_artifacts(archive: Archive, config: Config, parts: Parts) -> Iterator[Artifact]:
    """Every artifact of the original, or of one language's edition, with its places counted from there."""
    yield from fixed(config, archive.ended_fronts())
    for place in archive.pictures.places():
        yield Artifact(place, ArtifactKind.MEDIA)
    long = in_parts(archive)
    for key in archive.update_keys():
        yield from update_artifacts(key, long.get(key, 1))
        yield from card_artifacts(config, key)
    places = archive.places()
    yield from _of_places(places, config)
    yield from place_list_artifacts(len(place_lists(places)))
    for key in archive.claims.with_page():
        yield claim_artifact(key)
    for month in archive.change_months():
        yield from corrections_month(month, range(1, change_parts.closed(archive.count_changes(month)) + 1))
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
