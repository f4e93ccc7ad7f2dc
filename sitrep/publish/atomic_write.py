"""Artifacts as bytes -> files of output/, so that a reader never meets a torn one.

A file is written under a temporary name in its own folder and renamed into place; a file whose bytes
are the same is not touched. Nothing is fsynced: after an unclean stop the engine verifies output/
against the archive and mends it, which costs one pass then instead of milliseconds on every file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem

TEMPORARY = ".sitrep-"
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


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
        """Put ``content`` at ``place``, all or nothing.

        The new file's mtime is at least a whole second after the old one's: a reader that asks "has it
        changed since" in seconds would otherwise miss the second of two quick versions.
        Raises SiteError if the disk does not take it.
        """
        target, temporary = self._names(place)
        try:
            _fill(temporary, content)
            self._move_mtime_on(temporary, target)
            os.replace(temporary, target)
        except OSError as fault:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise _refused(place, fault) from fault
        self.written += 1
        self.bytes += len(content)

    def remove(self, place: str) -> None:
        """Take the file at ``place`` away, and folders that this leaves empty."""
        target = f"{self._root}/{place}"
        try:
            os.unlink(target)
            self.removed += 1
        except FileNotFoundError:
            pass
        except OSError as fault:
            raise _refused(place, fault) from fault
        folder = os.path.dirname(target)
        with contextlib.suppress(OSError):
            while len(folder) > len(self._root):
                os.rmdir(folder)
                folder = os.path.dirname(folder)

    def tidy(self, place: str) -> None:
        """Take away what a writer that was killed may have left of its work on ``place``."""
        with contextlib.suppress(OSError):
            os.unlink(self._names(place)[1])

    def read(self, place: str) -> bytes | None:
        """What stands at ``place``, or None."""
        try:
            with open(f"{self._root}/{place}", "rb", buffering=0) as opened:
                return opened.readall()
        except OSError:
            return None

    def _names(self, place: str) -> tuple[str, str]:
        """Where the file stands, and where it is written first."""
        folder, slash, name = place.rpartition("/")
        return f"{self._root}/{place}", f"{self._root}/{folder}{slash}{TEMPORARY}{name}"

    @staticmethod
    def _move_mtime_on(temporary: str, target: str) -> None:
        try:
            before = int(os.stat(target).st_mtime)
        except OSError:
            return
        if int(time.time()) <= before:
            os.utime(temporary, (before + 1, before + 1))


def _fill(path: str, content: bytes) -> None:
    """Make a file with this content. Most stand in folders that are there, so that is not asked first."""
    try:
        file = os.open(path, _FRESH, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, _FRESH, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _refused(place: str, fault: OSError) -> SiteError:
    return SiteError(
        Problem(
            path=f"output/{place}",
            fact=f"the site could not be written: {(fault.strerror or str(fault)).lower()}",
            remedy="make room or allow writing there; the site online is still the last whole one",
        )
    )
