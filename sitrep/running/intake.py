"""The drop folder -> which files are there, which of them are wanted, and their bytes.

A drop is never trusted: nothing outside the folder is followed, only regular files are opened, and
never more than the configured size is read.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sitrep.model import Problem

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})

_PARTIAL = (
    *("*~", "*.swp", "*.swo", "*.tmp", "*.part", "*.crdownload", "*.partial", "*.filepart", "~$*", "#*#"),
    *("~syncthing~*", "*.bak", "*.orig", "*.kate-swp"),
)
_CONFLICT = ("*.sync-conflict-*", "*(conflicted copy*", "*conflicted copy *", "*.conflict-*")
_RECEIPTS = ("*.error.txt", "*.note.txt", "*.preview.html", "*.forget")


class Sort(StrEnum):
    """What a name in the drop folder means, before anything is read."""

    TEXT = "text"
    DRAFT = "draft"
    CONFLICT = "conflict"
    RECEIPT = "receipt"
    PARTIAL = "partial"
    HIDDEN = "hidden"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the drop folder: its path relative to it, and what a look at it showed."""

    path: str
    sort: Sort
    stat: str
    """Size, mtime, inode and ctime; two equal ones mean that nothing was written."""
    real: str = ""
    """The name as the system knows it, where it is not the same as ``path``."""


def sort_of(path: str) -> Sort:
    """What a path inside feeds/ means, by its name alone."""
    *folders, name = path.split("/")
    if any(part.startswith(".") for part in (*folders, name)):
        return Sort.HIDDEN
    lowered = name.lower()
    if _any(lowered, _CONFLICT):
        return Sort.CONFLICT
    if _any(lowered, _RECEIPTS):
        return Sort.RECEIPT
    if _any(lowered, _PARTIAL):
        return Sort.PARTIAL
    if os.path.splitext(lowered)[1] not in TEXT_SUFFIXES:
        return Sort.OTHER
    if any(part == "drafts" or part.startswith("_") for part in (*folders, name)):
        return Sort.DRAFT
    return Sort.TEXT


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def scan(feeds: Path) -> Iterator[Found]:
    """Every file below the drop folder, in order of path; links are reported, never followed.

    Raises OSError if the folder itself cannot be read. A folder inside that vanishes or may not be
    read meanwhile is passed over: the next scan sees it.
    """
    pending = [("", os.fspath(feeds))]
    found: list[Found] = []
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            if not prefix:
                raise
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    pending.append((path + "/", entry.path))
                continue
            shown = os.fsencode(path).decode("utf-8", "replace")
            found.append(Found(shown, sort_of(shown), _stat_of(entry), "" if shown == path else path))
    return iter(sorted(found, key=lambda one: one.path))


def _stat_of(entry: os.DirEntry[str]) -> str:
    try:
        seen = entry.stat(follow_symlinks=False)
    except OSError:
        return "gone"
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino} {seen.st_ctime_ns}"


def read_bytes(feeds: Path, found: Found, limit: int) -> bytes | Problem:
    """The content of one dropped file, or why it was not read.

    Links are not followed, pipes and devices not opened, and a file larger than ``limit`` bytes is
    not read. A file that has just gone away is a Problem as well.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(feeds / (found.real or found.path), flags)
    except OSError as fault:
        return _unreadable(found.path, fault)
    with os.fdopen(descriptor, "rb") as opened:
        seen = os.fstat(descriptor)
        if not stat.S_ISREG(seen.st_mode):
            return Problem(
                path=found.path, fact="this is no ordinary file", remedy="drop a text file instead"
            )
        if seen.st_size > limit:
            return Problem(
                path=found.path,
                fact=f"the file is larger ({seen.st_size:,} bytes) than the limit of {limit:,} bytes",
                remedy="split it into several files, or raise limits: source_bytes: in config.yaml",
            )
        try:
            return opened.read(limit + 1)
        except OSError as fault:
            return _unreadable(found.path, fault)


def _unreadable(path: str, fault: OSError) -> Problem:
    if fault.errno in (errno.ELOOP, errno.EMLINK):
        return Problem(
            path=path,
            fact="this is a link, and links are not followed",
            remedy="copy the file itself into feeds/",
        )
    if fault.errno == errno.ENXIO:
        return Problem(path=path, fact="this is no ordinary file", remedy="drop a text file instead")
    reason = (fault.strerror or "unknown fault").lower()
    return Problem(
        path=path, fact=f"the file cannot be read: {reason}", remedy="check that it is there and may be read"
    )
