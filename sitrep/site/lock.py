"""One program at a time on one site: a lock file that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitrep.base.disk import disk_faults
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem


@contextmanager
def locked(work: Path) -> Iterator[None]:
    """Hold the site's lock. Raises SiteError if another program has it, or it cannot be made."""
    remedy = "allow writing in the site's folder"
    with disk_faults(".sitrep", "the site's work folder cannot be written", remedy):
        work.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(work / "lock", flags, 0o644)
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
