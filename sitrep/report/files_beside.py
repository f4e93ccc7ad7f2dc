"""Texts of the program -> small files beside a writer's file in feeds/: receipts and previews.

They are written whole or not at all, never through a link, and only a file that the program has written
itself is ever replaced or removed.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from sitrep.base.disk import NotOrdinaryError, read_file, remove_file, replace_file

MARK = "sitrep wrote this file"
"""Stands in every such file; what lacks it is somebody else's."""

SITE = {
    "config.yaml": "The new config.yaml cannot be used.",
    "templates": "A page template fails, so that no page can be made.",
    "output": "The site could not be written.",
    "deploy": "The site is published here, but not everywhere.",
    "signature": "The site is published, but not signed.",
    "deletions": "Some texts are not in this folder any more. They are still online.",
}
"""What can be wrong with the site as a whole, and how its receipt, in feeds/ itself, begins."""

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

    A file that says the same is not touched, a folder that is gone not made again. Raises OSError.
    """
    content = text.encode("utf-8", "backslashreplace")
    there = _read(feeds, path)
    if there is not None and MARK.encode() not in there:
        return False
    if there != content:
        replace_file(feeds, path, content, make_folders=False)
    return True


def take_away(feeds: Path, path: str) -> bool:
    """Remove a file that the program has laid there. True if there was one. Raises OSError."""
    try:
        there = _read(feeds, path)
    except NotADirectoryError:
        return False
    return there is not None and MARK.encode() in there and remove_file(feeds, path)


def remove(feeds: Path, path: str) -> bool:
    """Remove a file that somebody has laid into feeds/ for the program. False if that could not be done."""
    try:
        return remove_file(feeds, path)
    except (OSError, ValueError):
        return False


def _read(feeds: Path, path: str) -> bytes | None:
    """What stands there: None if nothing does, and no bytes if it is none of the program's files."""
    try:
        return read_file(feeds, path, _LARGEST)
    except FileNotFoundError:
        return None
    except NotOrdinaryError:
        return b""
