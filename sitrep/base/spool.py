"""What many files say, encoded -> one temporary file and back, so that no memory holds a whole archive."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO, NamedTuple

from sitrep.base.disk import disk_faults


class Spooled(NamedTuple):
    """Where something lies in a spool."""

    spool: Spool
    start: int
    length: int


class Spool:
    """A temporary file without a name: it is gone with the program, however that ends."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is on the disk that has room for the site. Raises SiteError if it takes nothing."""
        from tempfile import TemporaryFile  # imported on use: few publishes have many files

        with _told():
            self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this object
        self._end = 0

    def __del__(self) -> None:
        # Whoever holds the last of what was laid here holds the file.
        with contextlib.suppress(AttributeError):
            self._file.close()

    def put(self, content: bytes) -> Spooled:
        """Lay it away. Raises SiteError if the disk does not take it."""
        start = self._end
        with _told():
            self._file.seek(start)
            self._end += self._file.write(content)
            self._file.flush()
        return Spooled(self, start, len(content))

    def read(self, start: int, length: int) -> bytes:
        """What was laid there, for processes forked since as well. Raises SiteError if the disk fails."""
        with _told():
            return os.pread(self._file.fileno(), length, start)


class Overflow:
    """Contents by name: the first of them in memory, and what is more than that in a spool."""

    def __init__(self, folder: Path, most: int) -> None:
        """``most``: bytes in memory. ``folder`` as of a spool, which is opened where there is more."""
        self._folder, self._room = folder, most
        self._spool: Spool | None = None
        self._kept: dict[str, bytes | Spooled] = {}

    def put(self, name: str, content: bytes) -> None:
        """Lay it away. Raises SiteError as a spool does."""
        self._room -= len(content)
        if self._room < 0 and self._spool is None:
            self._spool = Spool(self._folder)
        self._kept[name] = self._spool.put(content) if self._room < 0 and self._spool else content

    def get(self, name: str) -> bytes | None:
        """What was laid there. Raises SiteError as a spool does."""
        kept = self._kept.get(name)
        return None if kept is None else content_of(kept)


def content_of(encoded: bytes | Spooled) -> bytes:
    """The bytes, wherever they are."""
    return encoded if isinstance(encoded, bytes) else encoded.spool.read(encoded.start, encoded.length)


def _told() -> contextlib.AbstractContextManager[None]:
    return disk_faults(
        ".sitrep",
        "there is no room to work in",
        "make room on that disk; the next publish goes on from there",
    )
