"""A plan -> files of output/: render, compare, write what differs, remove what has nothing to show.

Small plans are rendered whole before the first byte is written, so that a failing template leaves the
site as it was. Large ones are made and written a slice at a time, stage by stage, shared among processes
where there may be several.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.progress import progress
from sitrep.base.spool import Overflow
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.publish.output_writer import Writer, digest
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import STAGES, Artifact, ArtifactKind
from sitrep.site.copies import Copies, copies_of
from sitrep.site.folders import Folders

_PORTION = 50
_IN_MEMORY = 4_000_000
"""Bytes of a small plan, which is made whole before it is written: a drop has two or three million."""

MANY = 200
"""Artifacts from which on a second process pays for its start, and all that is made would fill the memory."""


class Written(Struct, frozen=True, kw_only=True):
    """What was done to output/."""

    digests: tuple[tuple[str, bytes], ...] = ()
    """Places written or found as they should be, with their digests."""
    absent: tuple[str, ...] = ()
    """Places at which nothing is to stand, whether or not something did."""
    removed: int = 0
    written: int = 0
    bytes: int = 0

    def __add__(self, other: Written) -> Written:
        """Both together; the digests, which are noted as they come, are left out."""
        return Written(
            absent=self.absent + other.absent,
            removed=self.removed + other.removed,
            written=self.written + other.written,
            bytes=self.bytes + other.bytes,
        )


def write_artifacts(
    artifacts: Iterable[Artifact],
    renderer: Renderer,
    archive: Archive,
    folders: Folders,
    *,
    look: bool = False,
    ready: Callable[[], None] = lambda: None,
) -> Written:
    """Bring these artifacts up to date in this process; ``ready`` is called when all are made.

    ``look`` compares with the bytes on disk instead of the archive's digests, for places that an
    unclean stop has left in doubt. Raises TemplateError before anything is written, SiteError if
    the disk refuses.
    """
    ordered = in_order(artifacts, folders.output)
    # Month by month, whose texts are made once.
    by_month = sorted(ordered, key=lambda artifact: artifact.month)
    made = Overflow(folders.work, _IN_MEMORY)
    for artifact in by_month:
        if artifact.kind is not ArtifactKind.MEDIA and (content := renderer.render(artifact, archive)):
            made.put(artifact.place, content)
    ready()
    return _placed(
        ordered,
        lambda artifact: made.get(artifact.place),
        renderer.copies,
        archive,
        folders,
        _settled(archive, look=look),
    )


def remove(places: Iterable[str], folders: Folders) -> Written:
    """Take files of output/ away that nothing leads to any more."""
    writer = Writer(folders.output)
    gone = tuple(places)
    for place in gone:
        writer.remove(place)
    return Written(absent=gone, removed=writer.removed)


def in_order(artifacts: Iterable[Artifact], output: Path) -> list[Artifact]:
    """The order in which no reader meets a link that leads nowhere.

    First what is new: no page that a reader can come by leads there yet. Then what is changed, and may
    lead to what is new. Each in stages: assets, pages, then feeds and indexes. A home page that is new
    comes last of all.
    """
    root = os.fspath(output)
    # A few are asked for one by one: the folders they stand in may hold ten thousand others.
    turns = {artifact: _turn(artifact, os.path.exists(f"{root}/{artifact.place}")) for artifact in artifacts}
    return sorted(turns, key=lambda artifact: (turns[artifact], *_by_stage(artifact)))


def stages(artifacts: Iterable[Artifact], output: Path) -> list[tuple[bool, list[Artifact]]]:
    """The same order in as few parts as need be; within one, the artifacts may be written in any order.

    What is new is one part, so that a month's pages and feeds are made of the same finished texts.
    Tells of each part whether something stands in its places.
    """
    standing, parts = _Standing(output), defaultdict[tuple[int, bool], list[Artifact]](list)
    for artifact in artifacts:
        turn = _turn(artifact, standing.holds(artifact.place))
        parts[turn, turn == 1 and STAGES[artifact.kind] >= STAGES[ArtifactKind.FEED_PART]].append(artifact)
    return [(turn == 1, parts[turn, is_index]) for turn, is_index in sorted(parts)]


def _turn(artifact: Artifact, stands: bool) -> int:
    if stands:
        return 1
    return 2 if artifact.kind in (ArtifactKind.HOME, ArtifactKind.NOT_FOUND) else 0


def _by_stage(artifact: Artifact) -> tuple[int, str]:
    return STAGES[artifact.kind], artifact.place


class _Standing:
    """What stands in output/ when it is first asked: each folder is looked at once."""

    def __init__(self, output: Path) -> None:
        self._root = os.fspath(output)
        self._folders: dict[str, frozenset[str]] = {}

    def holds(self, place: str) -> bool:
        """True if there is something at that place."""
        folder, _, name = place.rpartition("/")
        return name in self._names(folder)

    def _names(self, folder: str) -> frozenset[str]:
        names = self._folders.get(folder)
        if names is None:
            names = frozenset()
            if not folder or self.holds(folder):
                with suppress(OSError):
                    names = frozenset(os.listdir(f"{self._root}/{folder}"))
            self._folders[folder] = names
        return names


_Stands = Callable[[str, bytes, bytes, Writer], bool]
"""Tells of a place, its bytes, their digest and a writer if exactly these bytes stand there."""


def _settled(archive: Archive, *, look: bool) -> _Stands:
    """Asks the archive, or with ``look`` the disk."""

    def as_noted(place: str, content: bytes, found: bytes, writer: Writer) -> bool:
        return archive.artifact(place) == found

    return _as_seen if look else as_noted


def _as_seen(place: str, content: bytes, found: bytes, writer: Writer) -> bool:
    return writer.read(place) == content


def _nothing(place: str, content: bytes, found: bytes, writer: Writer) -> bool:
    return False


def _placed(
    ordered: Iterable[Artifact],
    made: Callable[[Artifact], bytes | None],
    copies: Copies,
    archive: Archive,
    folders: Folders,
    stands: _Stands,
) -> Written:
    """Write these artifacts in their order where they do not stand; what shows nothing is removed last."""
    writer = Writer(folders.output)
    digests: list[tuple[str, bytes]] = []
    absent: list[str] = []
    for artifact in ordered:
        if artifact.kind is ArtifactKind.MEDIA:
            found = _put_picture(artifact.place, archive, folders, writer, stands)
        else:
            content = made(artifact)
            before = writer.written
            found = _put(artifact.place, content, writer, stands) if content else None
            if content:
                known = archive.artifact if writer.written == before and stands is not _as_seen else _unknown
                digests += _put_copies(artifact.place, content, copies, known, writer, stands)
        if found:
            digests.append((artifact.place, found))
        else:
            absent += (
                artifact.place,
                *(copy for copy in copies_of(artifact.place) if archive.artifact(copy)),
            )
    for place in absent:
        writer.remove(place)
    return Written(
        digests=tuple(digests),
        absent=tuple(absent),
        removed=writer.removed,
        written=writer.written,
        bytes=writer.bytes,
    )


def _put(place: str, content: bytes, writer: Writer, stands: _Stands) -> bytes:
    found = digest(content)
    if not stands(place, content, found, writer):
        writer.write(place, content)
    return found


def _put_copies(
    place: str,
    content: bytes,
    copies: Copies,
    known: Callable[[str], bytes | None],
    writer: Writer,
    stands: _Stands,
) -> Iterator[tuple[str, bytes]]:
    """Bring the copies of a text up to date. ``known`` tells the digest of one that stands already."""
    for copy, compress in copies.of(place, len(content)):
        yield copy, known(copy) or _put(copy, compress(content), writer, stands)


def _unknown(place: str) -> None:
    return None


def _put_picture(
    place: str, archive: Archive, folders: Folders, writer: Writer, stands: _Stands
) -> bytes | None:
    """Its digest if it stands there now, None if it is to go. A place means bytes: what stands, is right."""
    if not archive.pictures.shows(place):
        return None
    known = archive.artifact(place)
    if known and stands is not _as_seen:
        return known
    from sitrep.pictures.develop import restore

    content = restore(place, archive, folders)
    return _put(place, content, writer, stands) if content else None


def write_many(
    artifacts: Sequence[Artifact],
    config: Config,
    folders: Folders,
    *,
    processes: int,
    look: bool,
) -> Iterator[Written]:
    """Bring many artifacts up to date, sharing them among processes; yields what each slice came to.

    The archive must be committed: every process opens it for reading only.
    """
    from sitrep.publish.process_pool import process_pool, with_own

    with process_pool(processes, _Share(config, folders)) as pool:
        for standing, stage in stages(artifacts, folders.output):
            slices = _slices(stage)
            rows = (
                [
                    (artifact.place, artifact.kind.value, artifact.subject, artifact.edition)
                    for artifact in part
                ]
                for part in slices
            )
            work = partial(with_own, _slice, standing, look)
            yield from progress(pool.map(work, rows), len(slices), "Writing the site")


def write_in_turn(
    artifacts: Iterable[Artifact], renderer: Renderer, archive: Archive, folders: Folders, *, look: bool
) -> Iterator[Written]:
    """Bring many artifacts up to date here, a slice at a time: what is made is written and let go."""
    for standing, stage in stages(artifacts, folders.output):
        slices = _slices(stage)
        written = (
            _write_slice(part, renderer, archive, folders, standing=standing, look=look) for part in slices
        )
        yield from progress(written, len(slices), "Writing the site")


def _slices(artifacts: Iterable[Artifact]) -> list[list[Artifact]]:
    """A stage in portions of a few hundred, months first; a month stays together: its texts are made once."""
    by_month = defaultdict[str, list[Artifact]](list)
    for artifact in artifacts:
        by_month[artifact.month].append(artifact)
    alone = by_month.pop("", [])
    slices: list[list[Artifact]] = [[]]
    for month in sorted(by_month):
        if len(slices[-1]) >= _PORTION:
            slices.append([])
        slices[-1] += by_month[month]
    # What belongs to no month may be much; it is never made all at once.
    slices += [alone[start : start + _PORTION] for start in range(0, len(alone), _PORTION)]
    return [part for part in slices if part]


_Row = tuple[str, str, tuple[str, ...], str]
"""An artifact on its way to another process: place, kind, subject, edition."""


class _Share:
    """What processes that share the work inherit, and the archive, which each opens for itself."""

    def __init__(self, config: Config, folders: Folders) -> None:
        self.folders = folders
        self.renderer = Renderer(config, folders.themes, cache=folders.compiled)
        self.renderer.compile_templates()

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.folders.archive, read_only=True)


def _slice(share: _Share, standing: bool, look: bool, rows: Sequence[_Row]) -> Written:
    artifacts = [
        Artifact(place, ArtifactKind(kind), subject, edition) for place, kind, subject, edition in rows
    ]
    return _write_slice(artifacts, share.renderer, share.archive, share.folders, standing=standing, look=look)


def _write_slice(
    artifacts: Iterable[Artifact],
    renderer: Renderer,
    archive: Archive,
    folders: Folders,
    *,
    standing: bool,
    look: bool,
) -> Written:
    """Each is written as soon as it is made, so that a slice is never in memory as a whole."""
    return _placed(
        sorted(artifacts, key=_by_stage),
        lambda artifact: renderer.render(artifact, archive),
        renderer.copies,
        archive,
        folders,
        _settled(archive, look=look) if standing else _nothing,
    )
