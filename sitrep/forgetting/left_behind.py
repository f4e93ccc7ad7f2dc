"""Words that were taken away -> the files that still hold them, the same answer each time it is asked."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.disk import read_file, read_own
from sitrep.base.values import decode, encode
from sitrep.config.values import Config
from sitrep.forgetting.trace_words import Remnant, open_at_once, remnants, trace_of
from sitrep.inbox.survey import State
from sitrep.site.folders import Folders


class _KnownFile(NamedTuple):
    """A file that held words, and the digest of its bytes then, which tells without them if it still does."""

    path: str
    why: str
    digest: str


def left_behind(
    words: Iterable[str], folders: Folders, archive: Archive, config: Config
) -> tuple[Remnant, ...]:
    """Files that hold some of these words, and those of earlier searches that are as they were."""
    staying = _texts_that_stay(folders, archive, config.limits.source_bytes)
    trace = trace_of(words, (*staying, *_own_words(folders), repr(config)))
    named = frozenset({folders.feeds, folders.output})
    every = [*sorted({*named, folders.ledger, folders.work}), folders.config, *_beside(folders)]
    found = {remnant.path: remnant for remnant in remnants(trace, every, folders.site, named=named)}
    for file in decode(archive.meta(Note.LEFT) or b"[]", list[_KnownFile]):
        if file.path not in found and file.digest and _digest(folders.site / file.path) == file.digest:
            found[file.path] = Remnant(file.path, file.why)
    known = [_KnownFile(file.path, file.why, _digest(folders.site / file.path)) for file in found.values()]
    archive.set_meta(Note.LEFT, encode(known))
    return tuple(found[path] for path in sorted(found))


def _digest(path: Path) -> str:
    try:
        with open_at_once(path) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def _texts_that_stay(folders: Folders, archive: Archive, limit: int) -> Iterator[str]:
    """The texts of the drop folder that are published, and that nobody has asked to forget."""
    for source in archive.sources_in((State.PUBLISHED, State.UPDATED, State.UNCHANGED)):
        with contextlib.suppress(OSError):
            content = read_file(folders.feeds, source.path, limit)
            yield content.decode("utf-8", "replace")


def _own_words(folders: Folders) -> Iterator[str]:
    """What pages and files say of themselves."""
    from sitrep.text.interface_words import wording

    yield from (text for _, text in wording("en").texts())
    for folder in folders.themes:
        for path in folder.rglob("*"):
            if path.is_file():
                yield read_own(path).decode("utf-8", "replace")
    with contextlib.suppress(OSError):
        yield read_own(folders.config).decode("utf-8", "replace")


def _beside(folders: Folders) -> Iterator[Path]:
    """Everything else in the site's folder: a copy may lie anywhere."""
    known = {folders.feeds, folders.output, folders.ledger, folders.work}
    with contextlib.suppress(OSError):
        for entry in sorted(folders.site.iterdir()):
            if entry not in known and not entry.name.startswith((".git", ".venv", "venv", "node_modules")):
                yield entry


def out_of_reach(folders: Folders) -> Iterator[str]:
    """What cannot be recalled."""
    yield "copies that feed readers, search engines and readers have fetched already"
    yield "mirrors, and the public site until it is uploaded again"
    if any((folder / ".git").exists() for folder in (folders.site, *folders.site.parents)):
        yield "version control: the history of feeds/ and ledger/ holds the words; rewrite or delete it"
    versions = [folder for folder in (folders.feeds / ".stversions",) if folder.exists()]
    yield from (f"old versions kept by the sync program in {folder.name}/" for folder in versions)
    yield "backups, other machines and phones that hold a copy of these folders"
    yield "the disk itself, until the freed space is written to again"
