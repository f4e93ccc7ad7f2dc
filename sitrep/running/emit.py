"""A plan -> files of output/: render, compare, write what differs, remove what has nothing to show.

Small plans are rendered whole before the first byte is written, so that a failing template leaves the
site as it was. Large ones are shared among processes, each with its own slice, stage by stage.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from sitrep.config import Config
from sitrep.keeping.archive import Archive
from sitrep.rendering.plan import STAGES, Artifact, Kind
from sitrep.rendering.render import Renderer
from sitrep.running.folders import Folders
from sitrep.running.terminal import progress
from sitrep.running.writer import Writer, digest

_PORTION = 100

MANY = 2_000
"""Artifacts from which on a second process pays for its start."""

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitted:
    """What was done to output/."""

    digests: tuple[tuple[str, bytes], ...] = ()
    """Places written or found as they should be, with their digests."""
    removed: tuple[str, ...] = ()
    written: int = 0
    bytes: int = 0

    def __add__(self, other: Emitted) -> Emitted:
        """Both together; the digests, which are noted as they come, are left out."""
        return Emitted(
            removed=self.removed + other.removed,
            written=self.written + other.written,
            bytes=self.bytes + other.bytes,
        )


def emit(
    artifacts: Iterable[Artifact],
    renderer: Renderer,
    archive: Archive,
    folders: Folders,
    *,
    look: bool = False,
) -> Emitted:
    """Bring these artifacts up to date in this process.

    ``look`` compares with the bytes on disk instead of the archive's digests, for places that an
    unclean stop has left in doubt. Raises TemplateError before anything is written, SiteError if
    the disk refuses.
    """
    writer = Writer(folders.output)
    ordered = in_order(artifacts, folders.output)
    made = [(one, renderer.render(one, archive)) for one in ordered if one.kind is not Kind.MEDIA]
    media = {
        one.place: _put_picture(one.place, archive, folders, writer, look)
        for one in ordered
        if one.kind is Kind.MEDIA
    }
    digests = [(place, found) for place, found in media.items() if found]
    digests += [
        (one.place, _put(one.place, content, archive, writer, look)) for one, content in made if content
    ]
    removed = [one.place for one, content in made if content is None]
    removed += [place for place, found in media.items() if not found]
    for place in removed:
        writer.tidy(place)
        writer.remove(place)
    return Emitted(digests=tuple(digests), removed=tuple(removed), written=writer.written, bytes=writer.bytes)


def remove(places: Iterable[str], folders: Folders) -> Emitted:
    """Take files of output/ away that nothing leads to any more."""
    writer = Writer(folders.output)
    gone = tuple(places)
    for place in gone:
        writer.remove(place)
    return Emitted(removed=gone)


def in_order(artifacts: Iterable[Artifact], output: Path) -> list[Artifact]:
    """The order in which no reader meets a link that leads nowhere.

    First what is new: no page that a reader can come by leads there yet. Then what is changed, and may
    lead to what is new. Each in stages: assets, pages, then feeds and indexes. A home page that is new
    comes last of all.
    """
    root = os.fspath(output)
    return sorted(artifacts, key=lambda one: (_turn(one, root), STAGES[one.kind], one.place))


def stages(artifacts: Iterable[Artifact], output: Path) -> list[list[Artifact]]:
    """The same order in as few parts as need be; within one, the artifacts may be written in any order."""
    root, parts = os.fspath(output), defaultdict[tuple[int, bool, bool], list[Artifact]](list)
    for one in artifacts:
        is_index = STAGES[one.kind] >= STAGES[Kind.FEED_PART]
        parts[_turn(one, root), is_index, not one.month].append(one)
    return [parts[part] for part in sorted(parts)]


def _turn(one: Artifact, root: str) -> int:
    if os.path.exists(f"{root}/{one.place}"):
        return 1
    return 2 if one.kind in (Kind.HOME, Kind.NOT_FOUND) else 0


def _put(place: str, content: bytes, archive: Archive, writer: Writer, look: bool) -> bytes:
    found = digest(content)
    stands = writer.read(place) == content if look else archive.artifact(place) == found
    if not stands:
        writer.write(place, content)
    elif look:
        writer.tidy(place)
    return found


def _put_picture(place: str, archive: Archive, folders: Folders, writer: Writer, look: bool) -> bytes | None:
    """Its digest if it stands there now, None if it is to go. A place means bytes: what stands, is right."""
    if not archive.pictures.shows(place):
        return None
    known = archive.artifact(place)
    if known and not look:
        return known
    from sitrep.running.darkroom import restore

    content = restore(place, archive, folders)
    return _put(place, content, archive, writer, look) if content else None


def emit_many(
    artifacts: Sequence[Artifact],
    config: Config,
    folders: Folders,
    *,
    processes: int,
    look: bool,
) -> Iterator[Emitted]:
    """Bring many artifacts up to date, sharing them among processes; yields what each slice came to.

    The archive must be committed: every process opens it for reading only.
    """
    from sitrep.running.crew import crew

    work = partial(_slice, config, folders, look)
    with crew(processes) as pool:
        for stage in stages(artifacts, folders.output):
            slices = _slices(stage)
            yield from progress(pool.imap_unordered(work, slices), len(slices), "Writing the site")


def _slices(artifacts: Iterable[Artifact]) -> list[list[Artifact]]:
    """A stage in portions of a few hundred; a month stays together, so that its texts are made once."""
    slices: list[list[Artifact]] = [[]]
    by_month = sorted(artifacts, key=lambda one: one.month)
    for month, group in groupby(by_month, key=lambda one: one.month):
        for one in group:
            # What belongs to no month may be much; it is never made all at once.
            if len(slices[-1]) >= _PORTION and (not month or slices[-1][-1].month != month):
                slices.append([])
            slices[-1].append(one)
    return slices


_workers: dict[str, tuple[Renderer, Archive]] = {}


def _slice(config: Config, folders: Folders, look: bool, artifacts: list[Artifact]) -> Emitted:
    if "own" not in _workers:
        renderer = Renderer(config, folders.themes, cache=folders.compiled)
        _workers["own"] = (renderer, Archive(folders.archive, read_only=True))
    renderer, archive = _workers["own"]
    return emit(artifacts, renderer, archive, folders, look=look)
