"""The folder ledger/: which months it has files of, their bytes, and one file put in the place of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from sitrep.base.disk import open_to_append, read_file, reason_of, remove_file, replace_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern

_FILE = lazy_pattern(r"(\d{4}-\d{2})\.jsonl")

_LARGEST = 500_000_000
"""Bytes of a month's file that may be read: a hundred times as many as a busy month has."""

Signature = tuple[int, int]
"""Size in bytes and mtime in nanoseconds."""
Extent = tuple[int, int]
"""Inode and size in bytes."""


class LedgerFolder:
    """The files of one ledger, one a month. One that cannot be used raises SiteError from any method."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is made with its first file."""
        self._folder = folder

    def months(self) -> tuple[str, ...]:
        """The months there are files of, oldest first."""
        return tuple(sorted(month for month, _ in self._files()))

    def signatures(self) -> dict[str, Signature]:
        """Size and mtime of every month's file."""
        return {month: signature_of(entry.stat(follow_symlinks=False)) for month, entry in self._files()}

    def extents(self) -> dict[str, Extent]:
        """Inode and size of every month's file."""
        seen = {month: entry.stat(follow_symlinks=False) for month, entry in self._files()}
        return {month: (stat.st_ino, stat.st_size) for month, stat in seen.items()}

    def signature(self, month: str) -> Signature | None:
        """Size and mtime of a month's file; None if there is none."""
        try:
            return signature_of(self.path(month).lstat())
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise self.unusable(fault, month) from fault

    def content(self, month: str) -> bytes:
        """The bytes of a month's file."""
        try:
            if self.path(month).lstat().st_size > _LARGEST:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            return read_file(self._folder, f"{month}.jsonl")
        except OSError as fault:
            raise self.unusable(fault, month) from fault

    def opened(self, month: str) -> int:
        """A descriptor that appends to a month's file, made with its folder if need be. Raises OSError."""
        return open_to_append(self._folder, f"{month}.jsonl")

    def replace(self, path: Path, content: bytes) -> None:
        """Put a whole file in the place of another: at every instant one of the two is there."""
        try:
            replace_file(self._folder, path.name, content, durable=True)
        except OSError as fault:
            raise self.unusable(fault) from fault

    def cut(self, month: str, size: int) -> None:
        """Leave so many bytes of a month's file; of none nothing is left."""
        try:
            if not size:
                remove_file(self._folder, f"{month}.jsonl")
                return
            descriptor = self.opened(month)
            try:
                os.ftruncate(descriptor, size)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as fault:
            raise self.unusable(fault, month) from fault

    def sync(self) -> None:
        """Force to disk which files there are. Raises OSError."""
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def path(self, month: str) -> Path:
        """Where a month's file stands."""
        return self._folder / f"{month}.jsonl"

    def shown(self, month: str) -> str:
        """A month's file as a person is told of it."""
        return f"{self._folder.name}/{month}.jsonl"

    def spare(self, month: str) -> Path:
        """A free place for a month's file as it was before a repair."""
        name = f"{month}.jsonl.before-repair"
        taken = sum(1 for _ in self._folder.glob(f"{name}*"))
        return self._folder / (f"{name}-{taken + 1}" if taken else name)

    def spares(self, month: str) -> Iterator[Path]:
        """What repairs have left of a month."""
        return self._folder.glob(f"{month}.jsonl.before-repair*")

    def unusable(self, fault: OSError, month: str | None = None) -> SiteError:
        """The fault as a person is told of it."""
        fact = f"the ledger cannot be used: {reason_of(fault)}"
        remedy = "make room and give this program the right to read and write the folder, then try again"
        path = self.shown(month) if month else self._folder.name
        return SiteError(Problem(path=path, fact=fact, remedy=remedy))

    def _files(self) -> list[tuple[str, os.DirEntry[str]]]:
        try:
            entries = list(os.scandir(self._folder))
        except FileNotFoundError:
            return []
        except OSError as fault:
            raise self.unusable(fault) from fault
        found = ((_FILE.fullmatch(entry.name), entry) for entry in entries)
        return [(match[1], entry) for match, entry in found if match]


def signature_of(seen: os.stat_result) -> Signature:
    """Size and mtime as ``stat`` saw them."""
    return seen.st_size, seen.st_mtime_ns
