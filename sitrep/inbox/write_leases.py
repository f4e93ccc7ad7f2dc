"""A dropped file -> is anybody still writing it?

Linux grants a read lease on a file only while nobody has it open for writing, also not through a memory
map (fcntl(2), F_SETLEASE). So a finished file is known at once, without waiting for silence. Where the
system cannot know (a network mount, a file of another user, another system) it says so.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import sys
from enum import Enum
from pathlib import Path


class Writing(Enum):
    """Whether somebody has a file open for writing."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


_FAR = (
    *("nfs", "cifs", "smb", "fuse", "grpcfuse", "osxfs", "9p", "vboxsf", "virtiofs", "prl_fs"),
    *("ceph", "afs", "gluster", "lustre", "autofs"),
)
"""File systems whose other users the local kernel does not see. Also no events come from them."""


def writing(descriptor: int) -> Writing:
    """Ask for a read lease on an open regular file, and give it back at once."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return Writing.UNKNOWN
    try:
        # Whoever opens the file while the lease is held is let in as soon as it is given back; the
        # holder is told by a signal, and the usual one (SIGIO) would end the program.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return Writing.YES if fault.errno == errno.EAGAIN else Writing.UNKNOWN
    return Writing.NO


def is_local(folder: Path) -> bool:
    """True if this kernel sees everybody who uses a folder, so that its leases and events can be trusted."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return not _kind(os.path.realpath(folder), mounts).startswith(_FAR)


def why_unsure() -> str:
    """Why a folder that is not local may be used by others unseen."""
    return (
        "it may be a network drive" if sys.platform.startswith("linux") else "only Linux tells who is writing"
    )


def _kind(folder: str, mounts: str) -> str:
    """Name of the file system that holds a folder (proc(5), mountinfo); a later mount lies on top."""
    nearest, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = _plain(before.split(" ")[4])
        if len(point) >= len(nearest) and f"{folder}/".startswith(point if point == "/" else f"{point}/"):
            nearest, kind = point, after.split(" ")[0]
    return kind


def _plain(point: str) -> str:
    """A mount point without the octal escapes that blanks have there."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)
