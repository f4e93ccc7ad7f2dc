"""One program at a time on one site: a lock file that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem


@contextmanager
def locked(work: Path) -> Iterator[None]:
    """Hold the site's lock. Raises SiteError if another program has it, or it cannot be made."""
    try:
        work.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(work / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as fault:
        fact = f"the site's work folder cannot be written: {(fault.strerror or str(fault)).lower()}"
        raise SiteError(
            Problem(path=".sitrep", fact=fact, remedy="allow writing in the site's folder")
        ) from fault
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise SiteError(
                Problem(
                    path=".sitrep/lock",
                    fact=f"another sitegen is working on this site (process {holder})",
                    remedy="let it finish or stop it; a running watcher publishes drops by itself",
                )
            ) from fault
        # The lock holds without the number in it; on a full disk nothing more can be said.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(work: Path) -> int | None:
    """Number of the process that works on the site now, or None if none does (0: it cannot be told)."""
    try:
        descriptor = os.open(work / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return int(os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or 0)
    finally:
        os.close(descriptor)
    return None
