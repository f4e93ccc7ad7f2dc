"""Files as seen and as read -> their records in the archive, by which the next look tells what is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.values import encode
from sitrep.inbox.deletion_guard import BelievedGone
from sitrep.inbox.file_names import remark_on
from sitrep.inbox.scan import Found
from sitrep.inbox.survey import state_of
from sitrep.publish.absences import doubted
from sitrep.publish.see import Seen

if TYPE_CHECKING:
    from sitrep.publish.read_files import ReadFile


def note_sources(archive: Archive, seen: Seen, files: Iterable[ReadFile], deletions: BelievedGone) -> None:
    """Note what became of every file that was looked into, and forget those that are gone."""
    with archive.transaction():
        if deletions.kept_back != doubted(archive):
            archive.set_meta(Note.DOUBTED, encode(sorted(deletions.kept_back)))
        for path in seen.survey.vanished:
            if path not in deletions.kept_back:
                archive.drop_source(path)
        for found in seen.survey.set_aside:
            archive.put_source(_set_aside(found))
        for file in files:
            archive.put_source(_record_of(file))
            archive.pictures.set_named(file.path, file.pictures)


def says_the_same(file: ReadFile, record: SourceRecord | None) -> bool:
    """True if a file was written to but says what it said, and nothing in it has come due."""
    return record is not None and (record.digest, record.state, record.until) == (
        file.digest,
        file.state,
        file.until,
    )


def _record_of(file: ReadFile) -> SourceRecord:
    return SourceRecord(
        path=file.path,
        stat=file.stat,
        digest=file.digest,
        state=file.state,
        problems=file.problems,
        until=file.until,
    )


def _set_aside(found: Found) -> SourceRecord:
    remark = remark_on(found.path, found.sort)
    return SourceRecord(
        path=found.path,
        stat=found.stat,
        digest="",
        state=state_of(found.sort),
        problems=(remark,) if remark else (),
    )
