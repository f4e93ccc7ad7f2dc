"""Touched artifacts, or all of them -> output/ brought up to date, and the archive told what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sitrep.archive.notes import Note
from sitrep.base.disk import disk_faults
from sitrep.ledger.standing import keep_places, kept_places
from sitrep.pictures.cache import PictureCache
from sitrep.publish.absences import kept_back
from sitrep.publish.leftovers import leftovers
from sitrep.publish.open_site import OpenSite
from sitrep.publish.recover import is_elsewhere, note_pending, note_written
from sitrep.publish.write_output import MANY, Written, remove, write_artifacts, write_in_turn, write_many
from sitrep.site import addresses as at
from sitrep.site.artifacts import STAGES, WITHOUT_TEMPLATE, Artifact, ArtifactKind
from sitrep.site.copies import ENDINGS
from sitrep.site.kept import kept_artifacts, worth_keeping
from sitrep.site.plan import everything


def write(
    site: OpenSite,
    artifacts: frozenset[Artifact] | None,
    *,
    restyled: bool = False,
    ready: Callable[[], None] = lambda: None,
) -> Written:
    """Bring these artifacts up to date (None: all), and those that were left over before.

    ``ready`` is called before the first byte is written, of a small plan when all of it is made.
    ``restyled``: nothing but the theme has changed, so that what is made without it stands.
    Raises TemplateError before anything of a small plan is written, SiteError if the disk refuses.
    """
    site.in_doubt = True
    left = None if is_elsewhere(site.archive, site.folders) else site.unwritten
    wanted = None if artifacts is None or left is None else artifacts | left
    site.unwritten = wanted
    if site.config.trust.signing_key:
        site.archive.set_meta(Note.SEALED, b"")
    if wanted is None:
        ready()
        written = _write_everything(site, look=left is None, restyled=restyled and not left)
    else:
        written = write_artifacts(
            wanted, site.tools.renderer, site.archive, site.folders, look=bool(left), ready=ready
        )
        _note(site, written)
    if wanted != frozenset():
        note_written(site.archive, site.folders)
    site.unwritten = frozenset()
    site.in_doubt = False
    return written


def _write_everything(site: OpenSite, *, look: bool, restyled: bool) -> Written:
    site.noted = None
    artifacts = tuple(dict.fromkeys(everything(site.archive, site.config, site.tools.renderer)))
    stale = _stale(site, artifacts, look=look)
    if site.render_all and (kept := worth_keeping(stale, site.archive, site.config)):
        stale -= kept
        with disk_faults(site.folders.ledger.name, "it could not be written", "allow writing there"):
            keep_places(site.folders.ledger, kept)
        site.archive.put_kept_places(kept_places(site.folders.ledger))
        artifacts = tuple(dict.fromkeys(everything(site.archive, site.config, site.tools.renderer)))
    standing = site.archive.artifacts() if restyled and not look else {}
    touched = tuple(
        artifact
        for artifact in artifacts
        if artifact.kind not in WITHOUT_TEMPLATE or artifact.place not in standing
    )
    total = Written()
    for portion in _portions(site, touched, look=look):
        _note(site, portion)
        total += portion
    removed = remove(sorted(stale), site.folders)
    _note(site, removed)
    PictureCache(site.folders.media).sweep(frozenset(site.archive.pictures.places()))
    return total + removed


def _stale(site: OpenSite, artifacts: Iterable[Artifact], *, look: bool) -> set[str]:
    """Places of what stands in output/ and is none of these; ``look``: also of what nothing tells of."""
    wanted = {artifact.place for artifact in artifacts}
    methods = site.config.output.precompress
    wanted |= {place + ENDINGS[method] for place in wanted for method in methods}
    stale = site.archive.artifacts().keys() - wanted
    stale |= set(leftovers(site.folders.output, wanted)) if look else set()
    undecided = {key for key in kept_back(site.archive) if site.archive.update(key) is None}
    if undecided:  # Nobody has said that what a new archive never saw is gone: its pages stay as they are.
        stays = (place for place in stale if not undecided.isdisjoint(re.split(r"[/.]", place)[:3]))
        stale -= {*stays, *(place for place in stale if place.startswith(at.media("")))}
    return stale


def note_kept(site: OpenSite) -> None:
    """Take note of the places that ledger/ keeps: what came and went there is written with this publish."""
    kept, noted = kept_places(site.folders.ledger), site.archive.kept_places()
    if kept == noted:
        return
    if site.unwritten is not None:
        site.unwritten |= frozenset(kept_artifacts(kept ^ noted, site.archive, site.config))
    with site.archive.transaction():
        site.archive.put_kept_places(kept)
        note_pending(site.archive, site.unwritten)


def _portions(site: OpenSite, artifacts: tuple[Artifact, ...], *, look: bool) -> Iterator[Written]:
    """Write them, in this process or shared among several; yields what each portion came to."""
    archive, folders, renderer = site.archive, site.folders, site.tools.renderer
    mine = artifacts
    if len(artifacts) > MANY:
        media = [artifact for artifact in artifacts if artifact.kind is ArtifactKind.MEDIA]
        yield write_artifacts(media, renderer, archive, folders, look=look)
        # The current feeds are left to this process: it keeps their entries for the next drop.
        feeds = STAGES[ArtifactKind.FEED]
        mine = tuple(
            artifact for artifact in artifacts if STAGES[artifact.kind] >= feeds and not artifact.month
        )
        left = {*media, *mine}
        others = [artifact for artifact in artifacts if artifact not in left]
        if site.processes > 1:
            yield from write_many(others, site.config, folders, processes=site.processes, look=look)
        else:
            yield from write_in_turn(others, renderer, archive, folders, look=look)
    yield write_artifacts(mine, renderer, archive, folders, look=look)


def _note(site: OpenSite, written: Written) -> None:
    with site.archive.transaction():
        site.archive.put_artifacts(written.digests)
        for place in written.absent:
            site.archive.drop_artifact(place)
        site.tools.finished.flush()
    if site.noted is not None:
        site.noted |= {**dict(written.digests), **dict.fromkeys(written.absent)}
    for place in written.absent:
        if place.startswith(at.media("")):
            PictureCache(site.folders.media).drop(place)
