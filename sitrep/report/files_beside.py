"""Texts of the program -> small files beside a writer's file in feeds/: receipts and previews.

They are written whole or not at all, never through a link, and only a file that the program has written
itself is ever replaced or removed.
"""

from __future__ import annotations

import contextlib
import os
import stat
from hashlib import blake2b
from pathlib import Path

from sitrep.inbox.scan import folder_of

MARK = "sitrep wrote this file"
"""Stands in every such file; what lacks it is somebody else's."""

LONG_NAME = 240
"""Bytes from which on a name may have been shortened."""

_LONGEST_NAME = 255
_LARGEST = 4_000_000


def name_beside(subject: str, tail: str) -> str:
    """Path of the file that lies beside a file: its name with a tail, shortened where that is too long."""
    folder, slash, name = subject.rpartition("/")
    if len(os.fsencode(name + tail)) > _LONGEST_NAME:
        short = os.fsencode(name)[: _LONGEST_NAME - len(tail) - 9].decode("utf-8", "ignore")
        name = f"{short}-{blake2b(os.fsencode(name), digest_size=4).hexdigest()}"
    return f"{folder}{slash}{name}{tail}"


def lay(feeds: Path, path: str, text: str) -> bool:
    """Put a text at a path of feeds/. True if it stands there now, False if a stranger's file is in its way.

    A file that says the same is not touched. Raises OSError.
    """
    content = text.encode("utf-8", "backslashreplace")
    with folder_of(feeds, path) as (folder, name):
        there = _read(folder, name)
        if there is not None and MARK.encode() not in there:
            return False
        if there != content:
            _write(folder, name, content)
    return True


def take_away(feeds: Path, path: str) -> bool:
    """Remove a file that the program has laid there. True if there was one. Raises OSError."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), folder_of(feeds, path) as (folder, name):
        there = _read(folder, name)
        if there is not None and MARK.encode() in there:
            os.unlink(name, dir_fd=folder)
            return True
    return False


def _read(folder: int, name: str) -> bytes | None:
    """What stands there: None if nothing does, and no bytes if it is none of the program's files."""
    try:
        seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(seen.st_mode) or seen.st_size > _LARGEST:
        return b""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(_LARGEST)


def _write(folder: int, name: str, content: bytes) -> None:
    temporary = f".sitrep-{blake2b(os.fsencode(name), digest_size=8).hexdigest()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temporary, dir_fd=folder)
    try:
        with os.fdopen(os.open(temporary, flags, 0o644, dir_fd=folder), "wb") as opened:
            opened.write(content)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
