"""What an earlier run left undone or in doubt -> the artifacts to look at again.

Files of output/ are renamed into place but not fsynced one by one. So whoever starts after a kill or a
power cut compares every file with its digest, once, and makes again what differs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.disk import remove_unfinished
from sitrep.base.values import decode, encode
from sitrep.config.values import Config
from sitrep.publish.output_writer import Writer, digest
from sitrep.site.addresses import HOME
from sitrep.site.artifacts import Artifact, ArtifactKind
from sitrep.site.calendar import Parts
from sitrep.site.copies import original_of
from sitrep.site.folders import Folders
from sitrep.site.plan import everything

_NOTHING = b"[]"


def in_doubt(archive: Archive, folders: Folders) -> bool:
    """True unless the last run ended cleanly, on this boot of the machine, and left nothing to do."""
    return is_unfinished(archive) or is_elsewhere(archive, folders) or archive.meta(Note.SESSION) != _clean()


def is_unfinished(archive: Archive) -> bool:
    """True while a publish writes, and after one that did not come to its end."""
    return archive.meta(Note.PENDING) != _NOTHING


def is_elsewhere(archive: Archive, folders: Folders) -> bool:
    """True if output/ is not the folder that was written to: taken away, emptied, replaced, or not wanted."""
    return archive.meta(Note.OUTPUT) != (_identity(folders.output) or b"")


def left_over(archive: Archive, config: Config, folders: Folders, parts: Parts) -> frozenset[Artifact] | None:
    """Artifacts that may not stand as the archive says; None if that is true of all of them.

    Empty in the common case: the last run ended cleanly, on this boot of the machine, into this folder.
    """
    is_clean, noted = archive.meta(Note.SESSION) == _clean(), archive.meta(Note.PENDING)
    if not is_clean or noted != _NOTHING:
        for folder in (folders.output, folders.ledger, folders.feeds, folders.work):
            remove_unfinished(folder)
    if noted is None or is_elsewhere(archive, folders):
        return None
    pending = decode(noted, list[tuple[str, ArtifactKind, tuple[str, ...], str]] | None)  # type: ignore[arg-type]
    if pending is None:
        return None
    left = frozenset(Artifact(*fields) for fields in pending)
    if is_clean:
        return left
    wrong = set(map(original_of, _differing(archive, folders)))
    return left | {artifact for artifact in everything(archive, config, parts) if artifact.place in wrong}


def note_pending(archive: Archive, artifacts: Iterable[Artifact] | None) -> None:
    """Remember what is about to be written (None: everything), inside the caller's transaction."""
    noted = None if artifacts is None else sorted((a.place, a.kind, a.subject, a.edition) for a in artifacts)
    archive.set_meta(Note.PENDING, encode(noted))
    archive.set_meta(Note.SESSION, b"open")


def note_written(archive: Archive, folders: Folders) -> None:
    """Remember that nothing is left to be written."""
    archive.set_meta(Note.PENDING, _NOTHING)
    archive.set_meta(Note.OUTPUT, _identity(folders.output) or b"missing")


def note_clean(archive: Archive) -> None:
    """Remember that the program stopped of its own will."""
    archive.set_meta(Note.SESSION, _clean())


def _differing(archive: Archive, folders: Folders) -> set[str]:
    writer = Writer(folders.output)
    return {
        place for place, known in archive.artifacts().items() if digest(writer.read(place) or b"") != known
    }


def _identity(folder: Path) -> bytes | None:
    """Tells this folder from another one at the same path; None: there is none, or no home page in it."""
    try:
        os.stat(folder / HOME)
        return f"{folder} {os.stat(folder).st_ino}".encode()
    except OSError:
        return None


def _clean() -> bytes:
    try:
        return b"clean " + Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
    except OSError:
        return b"clean"
