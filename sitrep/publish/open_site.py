"""A site's folders -> its configuration and archive, ready to publish.

A checked configuration is kept in the archive, keyed by everything it was made from, so that a start
that finds nothing new needs neither YAML nor pydantic.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import sitrep
from sitrep.archive.archive import Archive, is_damaged, salvaged
from sitrep.archive.notes import Note
from sitrep.base.errors import ArchiveError, ConfigError, SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct, decode, encode, replace
from sitrep.config.values import Config
from sitrep.site.folders import Folders


class Opened(Struct, frozen=True, kw_only=True):
    """An open site, and what must be made again because its makings are not what they were."""

    folders: Folders
    config: Config
    archive: Archive
    read_all: bool
    """Every source is to be read again: the archive is new, or config or program have changed."""
    render_all: bool
    """Every artifact is to be made again: as above, or a template has changed."""
    makings: dict[str, bytes]
    """Fingerprints of program, theme and configuration, to be noted once the site stands as they want it."""
    notes: tuple[str, ...] = ()
    """What to tell the person who started the program."""


def open_site(folders: Folders, *, base_url: str | None = None) -> Opened:
    """Open the site. Raises ConfigError if config.yaml cannot be used; a bad archive is made anew."""
    notes: list[str] = []
    program = _signature(_files_below(Path(sitrep.__file__).parent, ".py"))
    archive = _open_archive(folders, program, notes)
    try:
        with archive.trouble():
            return _opened(folders, archive, program, base_url, notes)
    except ArchiveError as fault:
        archive.close()
        archive = _made_anew(folders, fault, notes)
        return _opened(folders, archive, program, base_url, notes)
    except BaseException:
        archive.close()
        raise


def _opened(
    folders: Folders, archive: Archive, program: bytes, base_url: str | None, notes: list[str]
) -> Opened:
    theme = _signature(path for folder in folders.themes for path in _files_below(folder))
    new = archive.meta(Note.PROGRAM) is None
    key, kept = _config_key(folders, program, base_url), archive.meta(Note.CONFIG) or b""
    changed = kept[:32] != key
    config = read_config(folders, base_url=base_url) if changed else decode(kept[32:], Config)
    other_theme = archive.meta(Note.THEME) != theme
    if changed and not new:
        notes.append("the configuration has changed: every text is read again")
    elif other_theme and not new:
        notes.append("a template has changed: every page is made again")
    return Opened(
        folders=folders,
        config=config,
        archive=archive,
        read_all=new or changed,
        render_all=new or changed or other_theme,
        makings={Note.PROGRAM: program, Note.THEME: theme, Note.CONFIG: key + encode(config)},
        notes=tuple(notes),
    )


def remember(opened: Opened) -> Opened:
    """Note that everything now stands as config, program and theme want it."""
    for name, value in opened.makings.items():
        opened.archive.set_meta(name, value)
    return replace(opened, read_all=False, render_all=False, notes=())


def read_config(folders: Folders, *, base_url: str | None = None) -> Config:
    """The site's configuration as its file says. Raises ConfigError."""
    from sitrep.config.load import config_text, load_config

    try:
        content = folders.config.read_bytes()
    except OSError as fault:
        raise ConfigError(
            Problem(
                path=folders.config.name,
                fact=f"the configuration cannot be read: {fault.__class__.__name__}",
                remedy="run `sitegen.py new --site DIR` in an empty folder for a commented one",
            )
        ) from fault
    return load_config(config_text(content, folders.config.name), folders.config.name, base_url=base_url)


def _config_key(folders: Folders, program: bytes, base_url: str | None) -> bytes:
    try:
        text = folders.config.read_bytes()
    except OSError:
        text = b""
    return hashlib.sha256(b"\0".join((program, (base_url or "").encode(), text))).digest()


def _open_archive(folders: Folders, program: bytes, notes: list[str]) -> Archive:
    folders.work.mkdir(parents=True, exist_ok=True)
    try:
        archive = Archive(folders.archive)
        with archive.trouble():
            if archive.meta(Note.PROGRAM) in (None, program):
                return archive
    except ArchiveError as fault:
        return _made_anew(folders, fault, notes)
    archive.close()
    return _made_anew(folders, None, notes)


def _made_anew(folders: Folders, fault: ArchiveError | None, notes: list[str]) -> Archive:
    """An empty archive in place of one that is damaged (``fault``) or of another version.

    Raises the fault if a new archive would not be better, for example on a full disk.
    """
    in_the_way = os.path.lexists(folders.archive) and not folders.archive.is_file()
    if fault and not is_damaged(fault) and not in_the_way:
        raise fault
    if fault:
        notes.append(f"{fault.problems[0].fact}; it is made again from feeds/ and ledger/")
    else:
        notes.append("the program is another version: everything is made again")
    stood = salvaged(folders.archive)
    discard(folders.archive)
    archive = Archive(folders.archive)
    # What once stood in output/ and has no place in the new site can only be taken away if it is known.
    archive.put_artifacts(stood)
    return archive


def discard(archive: Path) -> None:
    """Delete the files of an archive, or whatever stands in its place. Raises SiteError if that fails."""
    try:
        for suffix in ("", "-wal", "-shm", "-journal"):
            path = archive.with_name(archive.name + suffix)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as fault:
        raise SiteError(
            Problem(
                path=f".sitrep/{archive.name}",
                fact=f"the archive cannot be used nor made again: {(fault.strerror or str(fault)).lower()}",
                remedy="allow writing in the site's folder, or delete the .sitrep folder yourself",
            )
        ) from fault


def _files_below(folder: Path, suffix: str = "") -> Iterator[str]:
    for inner, _, names in os.walk(folder):
        yield from (f"{inner}/{name}" for name in names if name.endswith(suffix))


def _signature(paths: Iterable[str]) -> bytes:
    """Changes when one of these files does; by size and mtime, since reading them all costs more."""
    marks = []
    for path in paths:
        with suppress(OSError):
            seen = os.stat(path)
            marks.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(marks)).encode()).digest()
