"""A site's folders -> the open site: configuration, archive and ledger, and what its publishes share.

A checked configuration is kept in the archive, keyed by everything it was made from, so that a start
that finds nothing new needs neither YAML nor pydantic.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import sitrep
from sitrep.archive.archive import Archive, is_damaged, salvaged
from sitrep.archive.notes import Note
from sitrep.base.disk import disk_faults, read_own, reason_of
from sitrep.base.errors import ArchiveError, ConfigError, SiteError
from sitrep.base.nouns import Problem
from sitrep.base.prepared import PREPARED_CACHE
from sitrep.base.values import decode, encode
from sitrep.config.values import Config
from sitrep.ledger.ledger import Ledger
from sitrep.publish.recover import in_doubt, left_over, note_clean
from sitrep.site.artifacts import Artifact
from sitrep.site.folders import Folders, misplaced

if TYPE_CHECKING:
    from sitrep.publish.tools import Tools


@dataclass(kw_only=True)
class OpenSite:
    """One site that is open: what one publish leaves for the next. Not for two threads at once.

    The steps of ``publish.spine`` work on it; it has no steps of its own.
    """

    folders: Folders
    config: Config
    archive: Archive
    ledger: Ledger
    processes: int
    """How many may share the work; 1 in a program that has threads, which must not be forked."""
    read_all: bool
    """Every source is to be read again: the archive is new, or config or program have changed."""
    render_all: bool
    """Every artifact is to be made again: as above, or a template has changed."""
    makings: dict[str, bytes]
    """Fingerprints of program, theme and configuration, to be noted once the site stands as they want it."""
    notes: tuple[str, ...] = ()
    """What to tell the person who started the program."""
    in_doubt: bool = field(init=False)
    """Something of output/ may not stand as the archive says: the last run or publish did not end."""
    noted: dict[str, bytes | None] | None = field(default_factory=dict)
    """Digests of what was written since ``take_noted``, None for what was removed; None: not known."""

    def __post_init__(self) -> None:
        self.in_doubt = in_doubt(self.archive, self.folders)

    @cached_property
    def tools(self) -> Tools:
        """What the heavy half of a publish is done with, made when there is something to do."""
        from sitrep.publish.tools import tools_of

        return tools_of(self.config, self.folders, self.archive, self.makings[Note.CONFIG][:32])

    @cached_property
    def unwritten(self) -> frozenset[Artifact] | None:
        """Artifacts that were left undone or are in doubt; None: all of them."""
        return left_over(self.archive, self.config, self.folders, self.tools.renderer)

    def renew_tools(self) -> None:
        """Let go of what the tools remember of an archive that was brought back to an earlier state."""
        self.__dict__.pop("tools", None)

    def take_noted(self) -> dict[str, bytes | None] | None:
        """What ``noted`` holds; from now on it begins anew."""
        noted, self.noted = self.noted, {}
        return noted

    def remember(self) -> None:
        """Note that everything now stands as config, program and theme want it."""
        if self.read_all or self.render_all:
            for name, value in self.makings.items():
                self.archive.set_meta(name, value)
            self.read_all = self.render_all = False
            self.notes = ()
        with suppress(ArchiveError):
            # The next start makes anew what could not be kept.
            self.tools.keep_prepared(self.archive)

    def close(self) -> None:
        """Leave the site as cleanly stopped: the next start need not verify it, if that can be noted."""
        with suppress(ArchiveError):
            note_clean(self.archive)
        self.archive.close()


def _processors() -> int:
    """How many it may run on: a container or a unit may have been given fewer than there are."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def open_site(folders: Folders, *, base_url: str | None = None, processes: int = 0) -> OpenSite:
    """Open the site. Raises ConfigError if config.yaml cannot be used, SiteError if its folders cannot be
    those of a site; a bad archive is made anew.

    ``processes`` 0: as many as this program may use processors.
    """
    if wrong := misplaced(folders):
        raise SiteError(wrong)
    notes: list[str] = []
    processes = processes or _processors()
    program = _program()
    archive = _open_archive(folders, program, notes)
    try:
        with archive.trouble():
            return _opened(folders, archive, program, base_url, processes, notes)
    except ArchiveError as fault:
        archive.close()
        archive = _made_anew(folders, fault, notes)
        return _opened(folders, archive, program, base_url, processes, notes)
    except BaseException:
        archive.close()
        raise


def _opened(
    folders: Folders,
    archive: Archive,
    program: bytes,
    base_url: str | None,
    processes: int,
    notes: list[str],
) -> OpenSite:
    PREPARED_CACHE.take_up(archive.meta(Note.PREPARED) or b"{}")
    theme = _signature(path for folder in folders.themes for path in _files_below(folder))
    new = archive.meta(Note.PROGRAM) is None
    key, kept = _config_key(folders, program, base_url), archive.meta(Note.CONFIG) or b""
    changed = kept[:32] != key
    config, remarks = _read_apart(folders, base_url) if changed else (decode(kept[32:], Config), [])
    _check_extras(config)
    notes += remarks
    other_theme = archive.meta(Note.THEME) != theme
    if changed and not new:
        notes.append("the configuration has changed: every text is read again")
    elif other_theme and not new:
        notes.append("a template has changed: every page is made again")
    return OpenSite(
        folders=folders,
        config=config,
        archive=archive,
        ledger=Ledger(folders.ledger),
        processes=processes,
        read_all=new or changed,
        render_all=new or changed or other_theme,
        makings={Note.PROGRAM: program, Note.THEME: theme, Note.CONFIG: key + encode(config)},
        notes=tuple(notes),
    )


def _check_extras(config: Config) -> None:
    """Raises ConfigError where it asks for what is not installed: what is made must not depend on that."""
    if config.cards:
        from sitrep.cards.card import check_installed

        check_installed()
    if config.output.precompress:
        from sitrep.site.copies import Copies

        Copies(config.output.precompress)


def _read_apart(folders: Folders, base_url: str | None) -> tuple[Config, list[str]]:
    """The configuration as it is read, in a process of its own where this one may be forked.

    What checks it is imported there, and is a fifth of what a build from nothing would hold in memory.
    """
    if threading.active_count() > 1:
        return _read(folders, base_url)
    from sitrep.publish.process_pool import process_pool

    with process_pool(1) as pool:
        return pool.submit(_read, folders, base_url).result()


def _read(folders: Folders, base_url: str | None) -> tuple[Config, list[str]]:
    config = read_config(folders, base_url=base_url)
    return config, [f"{noted.path}, line {noted.line}: {noted.fact}" for noted in config_remarks(folders)]


def read_config(folders: Folders, *, base_url: str | None = None) -> Config:
    """The site's configuration as its file says. Raises ConfigError."""
    from sitrep.config.load import load_config

    return load_config(_config_text(folders), folders.config.name, base_url=base_url)


def config_remarks(folders: Folders) -> tuple[Problem, ...]:
    """What is worth knowing of a configuration that ``read_config`` takes."""
    from sitrep.config.load import remarks

    return remarks(_config_text(folders), folders.config.name)


def no_site(folders: Folders) -> ConfigError:
    """What there is to say of a folder without a config.yaml."""
    return ConfigError(
        Problem(
            path=folders.config.name,
            fact="this folder has no configuration, so it is no site yet",
            remedy="type: python sitegen.py init    or name the site's folder with --site",
        )
    )


def _config_text(folders: Folders) -> str:
    from sitrep.config.load import config_text

    try:
        content = read_own(folders.config)
    except FileNotFoundError:
        raise no_site(folders) from None
    except OSError as fault:
        raise ConfigError(
            Problem(
                path=folders.config.name,
                fact=f"the configuration cannot be read: {reason_of(fault)}",
                remedy="let it be an ordinary file that this program may read",
            )
        ) from fault
    return config_text(content, folders.config.name)


def _config_key(folders: Folders, program: bytes, base_url: str | None) -> bytes:
    try:
        text = read_own(folders.config)
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
    remedy = "allow writing in the site's folder, or delete the .sitrep folder yourself"
    with disk_faults(f".sitrep/{archive.name}", "the archive cannot be used nor made again", remedy):
        for suffix in ("", "-wal", "-shm", "-journal"):
            path = archive.with_name(archive.name + suffix)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


@cache
def _program() -> bytes:
    """Which program runs: what stands in its files later is another one, and takes a new start."""
    return _signature(_files_below(Path(sitrep.__file__).parent, (".py", ".json")))


def _files_below(folder: Path, endings: tuple[str, ...] = ("",)) -> Iterator[str]:
    for inner, _, names in os.walk(folder):
        yield from (f"{inner}/{name}" for name in names if name.endswith(endings))


def _signature(paths: Iterable[str]) -> bytes:
    """Changes when one of these files does; by size and mtime, since reading them all costs more."""
    marks = []
    for path in paths:
        with suppress(OSError):
            seen = os.stat(path)
            marks.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(marks)).encode()).digest()
