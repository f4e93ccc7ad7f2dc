"""What the archive notes of files and updates that are not there -> which of them count as deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitrep.archive.archive import Archive, SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.values import decode
from sitrep.inbox.deletion_guard import BelievedGone, guard
from sitrep.inbox.scan import Look
from sitrep.inbox.survey import State, Survey


def kept_back(archive: Archive) -> tuple[str, ...]:
    """Keys of updates that were cut from their files, or never seen, and are not confirmed to be gone."""
    return tuple(decode(archive.meta(Note.KEPT_BACK) or b"[]", list[str]))


def doubted(archive: Archive) -> frozenset[str]:
    """Paths of files that are not there, of which nobody has confirmed that they are gone."""
    return frozenset(decode(archive.meta(Note.DOUBTED) or b"[]", list[str]))


def missing(archive: Archive) -> Iterator[str]:
    """Keys of updates whose file is not there, but not believed to be gone."""
    for path in doubted(archive):
        yield from archive.keys_of(path)


def believe(
    archive: Archive,
    look: Look,
    survey: Survey,
    records: Mapping[str, SourceRecord],
    arrived: Iterable[str],
    *,
    confirmed: bool,
    unread: bool = False,
) -> BelievedGone:
    """Which of the vanished files are gone. One whose bytes have a new name was renamed, no more.

    ``arrived``: digests of the files that were read. ``confirmed``: a person said that deletions are meant.
    ``unread``: a new file was refused; it may be a vanished one, changed under a new name.
    """
    if not look.whole:
        back = {found.path for found in look.found}
        return BelievedGone(gone=frozenset(), kept_back=doubted(archive) - back)
    vanished = {path for path in survey.vanished if archive.keys_of(path)}
    # Translations, and texts that another file says as well: they go as easily as they come.
    beside = {path for path in survey.vanished if path not in vanished and archive.spare_days(path)}
    if not vanished:
        return BelievedGone(gone=frozenset(beside), kept_back=frozenset())
    arrived = frozenset(arrived)
    renamed = {path for path in vanished if records[path].digest in arrived}
    believed = guard(vanished - renamed, archive.holders(), confirmed=confirmed)
    asked = frozenset() if confirmed else believed.gone if unread else believed.gone & doubted(archive)
    if asked and (unread or archive.sources_in((State.REFUSED,))):
        believed = BelievedGone(gone=believed.gone - asked, kept_back=believed.kept_back | asked)
    if believed.kept_back:
        return BelievedGone(gone=believed.gone | renamed, kept_back=believed.kept_back | beside)
    return BelievedGone(gone=believed.gone | renamed | beside, kept_back=frozenset())
