"""Places that readers may have from another version or configuration -> the artifacts that keep them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitrep.archive.archive import Archive
from sitrep.base.patterns import lazy_pattern
from sitrep.config.editions import edition_of
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.site.artifacts import Artifact, ArtifactKind, claim_artifact
from sitrep.site.calendar import feed_months

_CLAIM = lazy_pattern(r"claims/([^/]+)/index\.html")
_PART = lazy_pattern(r"(.*)-(\d{4}-\d\d(?:-\d+)?)(\.\w+)")


def kept_artifacts(places: Iterable[str], archive: Archive, config: Config) -> Iterator[Artifact]:
    """Pages of rumors and parts of feeds among these places, of all languages."""
    languages = [(lang, edition_of(config, lang)) for lang in ("", *archive.languages())]
    feeds = {
        at.folder_of(lang) + feed.place(form): (lang, feed.id, form)
        for lang, edition in languages
        for feed in (*at.feeds_of(edition), *at.ended_feeds(edition))
        for form in at.FEED_FORMATS
    }
    for place in sorted(places):
        if claim := _CLAIM.fullmatch(place):
            yield claim_artifact(claim[1])
        elif (part := _PART.fullmatch(place)) and (known := feeds.get(part[1] + part[3])):
            lang, feed_id, form = known
            yield Artifact(place, ArtifactKind.FEED_PART, (feed_id, part[2], form), lang)


def worth_keeping(places: Iterable[str], archive: Archive, config: Config) -> frozenset[str]:
    """Those of a rumor that is known, and of a month in which anything came out or was changed."""
    months = {*feed_months(archive, at.feeds_of(config)[0]), *archive.change_months()}
    return frozenset(
        artifact.place
        for artifact in kept_artifacts(places, archive, config)
        if artifact.month in months
        or (artifact.kind is ArtifactKind.CLAIM and archive.claims.claim(*artifact.subject))
    )
