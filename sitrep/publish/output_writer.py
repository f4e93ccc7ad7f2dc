"""Artifacts as bytes -> files of output/, so that a reader never meets a torn one.

A file whose bytes are the same is not touched. Nothing is fsynced: after an unclean stop the next publish
verifies output/ against the archive and mends it, one pass then instead of milliseconds on every file.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import AbstractContextManager
from pathlib import Path

from sitrep.base.disk import disk_faults, read_file, remove_empty_folders, remove_file, replace_file


def digest(content: bytes) -> bytes:
    """What the archive remembers of an artifact: its SHA-256."""
    return hashlib.sha256(content).digest()


class Writer:
    """Writes and removes files below one output folder, and counts what it did."""

    def __init__(self, output: Path) -> None:
        self._root = os.fspath(output)
        self.written = 0
        self.removed = 0
        self.bytes = 0

    def write(self, place: str, content: bytes) -> None:
        """Put ``content`` at ``place``, all or nothing, for all to read. Raises SiteError."""
        with _told(place):
            replace_file(self._root, place, content, public=True)
        self.written += 1
        self.bytes += len(content)

    def remove(self, place: str) -> None:
        """Take the file at ``place`` away, and folders that this leaves empty. Raises SiteError."""
        with _told(place):
            self.removed += remove_file(self._root, place)
        remove_empty_folders(self._root, place.rpartition("/")[0])

    def read(self, place: str) -> bytes | None:
        """What stands at ``place``, or None."""
        try:
            return read_file(self._root, place)
        except OSError:
            return None


def _told(place: str) -> AbstractContextManager[None]:
    return disk_faults(
        f"output/{place}",
        "the site could not be written",
        "make room or allow writing there; the site online is still the last whole one",
    )
