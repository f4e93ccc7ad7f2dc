"""The drop folder -> which files are there, which of them are wanted, and their bytes.

A drop is never trusted: nothing outside the folder is followed, only regular files are opened, and
never more than the configured size is read.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from pathlib import Path

from sitrep.base.disk import folder_of, reason_of
from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import Struct
from sitrep.inbox.file_names import Sort, holds_drafts, is_hidden, sort_in, sort_of
from sitrep.inbox.write_leases import Writing, is_local, writing

__all__ = ["Found", "Look", "Sort", "glance", "is_written", "read_bytes", "scan", "sort_of", "unfinished"]


class Found(Struct, frozen=True):
    """One file of the drop folder: its path relative to it, and what a look at it showed."""

    path: str
    sort: Sort
    stat: str
    """Size, mtime, inode and ctime; two equal ones mean that nothing was written."""
    real: str = ""
    """The name as the system knows it, where it is not the same as ``path``."""
    regular: bool = True
    """False for links, pipes, sockets and devices, which are never opened."""

    @property
    def size(self) -> int:
        """In bytes."""
        return int(self.stat.partition(" ")[0] or 0) if self.stat != GONE else 0

    @property
    def mtime(self) -> float:
        """When it was last written to, in seconds since 1970."""
        return written_at(self.stat)


def written_at(stat: str) -> float:
    """When a file of that stat was last written to, in seconds since 1970; 0 if it was gone or unreadable."""
    _, _, rest = stat.partition(" ")
    nanoseconds = rest.partition(" ")[0]
    return int(nanoseconds) / 1e9 if nanoseconds.isdecimal() else 0.0


GONE = "gone"
"""Stands for the stat of a file that vanished while it was looked at."""

ATTEMPTS = 3
"""Readings of a file that changes under the reading, before it is left for the next look."""

PATIENCE = 60.0
"""Seconds without a change after which a file is read although a program still has it open."""


class Look(Struct, frozen=True, kw_only=True):
    """What a look at the drop folder showed, as far as it is to be acted upon."""

    found: tuple[Found, ...] = ()
    whole: bool = False
    """True: ``found`` is the whole folder, and a file that is not in it is gone. False: some files of it."""
    unsettled: frozenset[str] = frozenset()
    """Paths about which nothing is decided yet: still being written, or gone only a moment ago."""


def scan(feeds: Path) -> Iterator[Found]:
    """Every file below the drop folder, in order of path; links are reported, never followed.

    Raises OSError if the folder itself cannot be read. A folder inside that cannot be read stands in its
    place, as ``Sort.UNREADABLE``: of what lies below it nothing is known. One that vanishes meanwhile is
    passed over.
    """
    pending = [("", os.fspath(feeds), False)]
    found: list[Found] = []
    while pending:
        prefix, folder, draft = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        found.append(_found(prefix, entry, draft))
                    elif not is_hidden(name):
                        pending.append((f"{prefix}{name}/", entry.path, draft or holds_drafts(name)))
        except OSError as fault:
            if not prefix:
                raise
            if not _is_gone(fault):
                found.append(_unread(prefix.rstrip("/"), fault))
    found.sort(key=_by_path)
    return iter(found)


def _by_path(found: Found) -> str:
    return found.path


def _found(prefix: str, entry: os.DirEntry[str], draft: bool) -> Found:
    try:
        seen = entry.stat(follow_symlinks=False)
    except OSError as fault:
        path = prefix + entry.name
        return Found(shown(path), Sort.PARTIAL, GONE) if _is_gone(fault) else _unread(path, fault)
    path, name = prefix + entry.name, entry.name
    mark = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino} {seen.st_ctime_ns}"
    regular = stat.S_ISREG(seen.st_mode)
    visible = path if path.isascii() else shown(path)
    real = "" if visible == path else path
    return Found(visible, _told(sort_in(shown(name), draft=draft), regular), mark, real, regular)


def _told(sort: Sort, regular: bool) -> Sort:
    """A link or pipe of any name is refused as what it is, not for its name: it may lead to a folder."""
    return Sort.TEXT if sort is Sort.OTHER and not regular else sort


def _is_gone(fault: OSError) -> bool:
    """True if a fault means that nothing is there (a link or a file in the place of a folder included)."""
    return fault.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK, errno.ENAMETOOLONG)


def _unread(path: str, fault: OSError) -> Found:
    return Found(
        shown(path), Sort.UNREADABLE, f"0 unread {fault.errno} 0", "" if path.isascii() else path, False
    )


def hidden_by(unreadable: Iterable[Found]) -> Callable[[str], bool]:
    """Tells of a path whether it lies in, or is, what could not be read, so that nothing is known of it."""
    names = tuple(found.path for found in unreadable if found.sort is Sort.UNREADABLE)
    below = tuple(f"{name}/" for name in names)
    return lambda path: bool(names) and (path in names or path.startswith(below))


def glance(feeds: Path, real: str) -> Found | None:
    """One file of the drop folder by its path as the system knows it, or None if there is none.

    A folder is no file, and neither is what lies in a hidden one or behind a link. One that cannot be looked
    at is ``Sort.UNREADABLE``.
    """
    try:
        with folder_of(feeds, real) as (folder, name):
            seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError as fault:
        return None if _is_gone(fault) else _unread(real, fault)
    except ValueError:
        return None
    if stat.S_ISDIR(seen.st_mode):
        return None
    path = shown(real)
    mark = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino} {seen.st_ctime_ns}"
    regular = stat.S_ISREG(seen.st_mode)
    return Found(path, _told(sort_of(path), regular), mark, "" if path == real else real, regular)


def shown(real: str) -> str:
    """A name that can be printed and stored: bytes that are no UTF-8 are written out (``\\xff``)."""
    return real if real.isascii() else os.fsencode(real).decode("utf-8", "backslashreplace")


def is_written(feeds: Path, found: Found) -> Writing:
    """Whether somebody has a dropped file open for writing."""
    try:
        descriptor = _open_inside(feeds, found)
    except OSError:
        return Writing.UNKNOWN
    try:
        return writing(descriptor)
    finally:
        os.close(descriptor)


def _open_inside(feeds: Path, found: Found) -> int:
    """A descriptor for reading a dropped file. Raises OSError; no link is followed, nothing waited for."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with folder_of(feeds, found.real or found.path) as (folder, name):
        return os.open(name, flags, dir_fd=folder)


def read_bytes(feeds: Path, found: Found, limit: int) -> bytes | Problem:
    """The content of one dropped file, or why it was not read.

    Links are not followed (a second name of a private file is one), pipes and devices not opened, and a file
    larger than ``limit`` bytes is not read. One that has just gone away is a Problem as well, and one that
    somebody is still writing to is ``unfinished``: half a text may lack the line that holds it back.
    """
    if not found.regular:
        return _not_ordinary(found.path, link=os.path.islink(feeds / (found.real or found.path)))
    try:
        descriptor = _open_inside(feeds, found)
    except OSError as fault:
        return _unreadable(found.path, fault)
    seen = os.fstat(descriptor)
    if not stat.S_ISREG(seen.st_mode) or _is_private_elsewhere(seen):
        os.close(descriptor)
        return _not_ordinary(found.path, link=stat.S_ISREG(seen.st_mode))
    with os.fdopen(descriptor, "rb", buffering=0) as opened:
        try:
            return _read_whole(feeds, found.path, opened, limit)
        except OSError as fault:
            return _unreadable(found.path, fault)


def _is_private_elsewhere(seen: os.stat_result) -> bool:
    """True for a second name of a file that its owner alone may read: a key, not a text to publish."""
    return seen.st_nlink > 1 and not seen.st_mode & 0o077


def _read_whole(feeds: Path, path: str, opened: FileIO, limit: int) -> bytes | Problem:
    for _ in range(ATTEMPTS):
        before = os.fstat(opened.fileno())
        if before.st_size > limit:
            return _too_large(path, before.st_size, limit)
        opened.seek(0)
        # Room for one byte more than it should hold: more was written meanwhile, which its stat tells.
        content = opened.read(before.st_size + 1) or b""
        # Asked after the reading: whoever began to write under it either is still there, or has left a trace.
        open_still = writing(opened.fileno()) is Writing.YES and _is_new(before) and is_local(feeds)
        after = os.fstat(opened.fileno())
        if not open_still and (before.st_mtime_ns, len(content)) == (after.st_mtime_ns, after.st_size):
            return content
    return unfinished(path)


def _is_new(seen: os.stat_result) -> bool:
    """True if a file has changed a moment ago. By its ctime, which no program can set."""
    return abs(time.time() - seen.st_ctime) < PATIENCE


def unfinished(path: str) -> Problem:
    """What is told of a file that somebody is writing to."""
    return Problem(
        path=path,
        severity=Severity.NOTE,
        fact="the file is still being written to, or comes with others",
        remedy="nothing to do: it is read as soon as it is finished",
    )


def _not_ordinary(path: str, *, link: bool) -> Problem:
    if link:
        return Problem(
            path=path,
            fact="this is a link, and links are not followed",
            remedy="copy what it leads to into feeds/",
        )
    return Problem(path=path, fact="this is no ordinary file", remedy="drop a text file instead")


def _too_large(path: str, size: int, limit: int) -> Problem:
    return Problem(
        path=path,
        fact=f"the file is larger ({size:,} bytes) than the limit of {limit:,} bytes",
        remedy="split it into several files, or raise limits: source_bytes: in config.yaml",
    )


def _unreadable(path: str, fault: OSError) -> Problem:
    if fault.errno in (errno.ELOOP, errno.EMLINK):
        return _not_ordinary(path, link=True)
    if fault.errno == errno.ENXIO:
        return _not_ordinary(path, link=False)
    fact = f"the file cannot be read: {reason_of(fault)}"
    return Problem(path=path, fact=fact, remedy="check that it is there and may be read")
