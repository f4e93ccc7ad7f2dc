"""Bytes -> files below a folder of the site, and a disk that refuses -> a problem that a person is told of.

Whoever can put a file into a shared folder can put a link there too, under any name that can be guessed. So
nothing below a folder of the site is reached through a link; a file is filled under a name that nobody can
know before, which must be free, and renamed into place whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem

TEMPORARY = ".sitrep-"
"""How the name of a file begins that is not finished yet."""

OWN_BYTES = 20_000_000
"""No config, style sheet or icon is larger."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOR_ALL, _INTO_FOR_ALL = 0o444, 0o555


# -- what a person is told ------------------------------------------------------------------------------


def reason_of(fault: BaseException) -> str:
    """Why the disk refused, in the system's own words, to stand behind a colon."""
    return (getattr(fault, "strerror", None) or str(fault) or type(fault).__name__).lower()


@contextlib.contextmanager
def disk_faults(path: str, fact: str, remedy: str) -> Iterator[None]:
    """Turn an OSError into a SiteError that says where, what failed and why, and what to do."""
    try:
        yield
    except OSError as fault:
        raise SiteError(Problem(path=path, fact=f"{fact}: {reason_of(fault)}", remedy=remedy)) from fault


# -- reaching -------------------------------------------------------------------------------------------


@contextlib.contextmanager
def folder_of(root: Path | str, path: str) -> Iterator[tuple[int, str]]:
    """Descriptor of the folder that holds a path below ``root``, and the last name.

    ``root`` itself may be a link, nothing below it. Raises OSError.
    """
    folder, _, name = path.rpartition("/")
    descriptor = _opened(root, folder)
    try:
        yield descriptor, name
    finally:
        os.close(descriptor)


def _opened(root: Path | str, folder: str) -> int:
    """A descriptor of a folder below ``root``, reached without following a link."""
    descriptor = os.open(root, _FOLDER)
    if not folder:
        return descriptor
    try:
        for part in folder.split("/"):
            inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def make_folder(root: Path | str, folder: str, *, public: bool = False) -> None:
    """Make a folder below ``root``, with those above it. ``public``: whoever may read may look into it.

    Raises OSError, also if something that is no folder is in the way.
    """
    os.makedirs(root, exist_ok=True)
    descriptor = os.open(root, _FOLDER)
    try:
        _open_to_all(descriptor, public=public)
        for part in filter(None, folder.split("/")):
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, dir_fd=descriptor)
            inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
            _open_to_all(descriptor, public=public)
    finally:
        os.close(descriptor)


def _open_to_all(descriptor: int, *, public: bool) -> None:
    """Let everybody read what is meant for everybody, whatever the umask; some disks know no permissions."""
    if public:
        mode = stat.S_IMODE(seen := os.fstat(descriptor).st_mode)
        wanted = mode | (_INTO_FOR_ALL if stat.S_ISDIR(seen) else _FOR_ALL)
        if wanted != mode:
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, wanted)


# -- reading --------------------------------------------------------------------------------------------


class NotOrdinaryError(OSError):
    """A link, a folder, a pipe, a socket or a device stands where a file is looked for."""


def is_blocked(path: Path) -> bool:
    """True if what stands in a file's place is none: a library would write through it, or wait."""
    return os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode)


def read_file(root: Path | str, path: str, limit: int | None = None) -> bytes:
    """The bytes of a regular file below ``root``; no more than ``limit`` of them.

    Raises OSError; NotOrdinaryError for a link, a pipe or a device: nothing is followed or waited for.
    """
    with folder_of(root, path) as (folder, name):
        try:
            descriptor = os.open(name, _READ, dir_fd=folder)
        except OSError as fault:
            if fault.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
                raise NotOrdinaryError(fault.errno, "it is not an ordinary file", path) from fault
            raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotOrdinaryError(errno.EINVAL, "it is not an ordinary file", path)
    with open(descriptor, "rb", buffering=0) as opened:
        return opened.readall() if limit is None else opened.read(limit) or b""


def read_own(path: Path | str, most: int = OWN_BYTES) -> bytes:
    """The bytes of a file that the operator has laid there or named: a link is followed, but nothing is
    waited for and no device read. Raises OSError, also for more than ``most`` bytes."""
    descriptor = os.open(path, _READ & ~os.O_NOFOLLOW)
    try:
        seen = os.fstat(descriptor)
        if stat.S_ISDIR(seen.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(seen.st_mode):
            raise NotOrdinaryError(errno.EINVAL, "it is not an ordinary file", str(path))
        if seen.st_size > most:
            raise OSError(errno.EFBIG, f"it has more than {most:,} bytes", str(path))
        with open(descriptor, "rb", closefd=False) as opened:
            return opened.read(most)
    finally:
        os.close(descriptor)


# -- writing --------------------------------------------------------------------------------------------


def replace_file(
    root: Path | str,
    path: str,
    content: bytes,
    *,
    make_folders: bool = True,
    public: bool = False,
    durable: bool = False,
) -> None:
    """Put a file in place of whatever stands at ``path``: at every instant one of the two is there, whole.

    A link that stands there is replaced, never written through. The permissions stay those of the file
    before; ``public`` adds that all may read it. The new file's mtime is at least a whole second after the
    old one's: who asks "has it changed since" in seconds would miss the second of two quick versions.
    ``durable``: it is on the disk on return. Raises OSError; then nothing has changed.
    """
    inside, _, name = path.rpartition("/")
    try:
        folder = _opened(root, inside)  # most are there, so that is not asked first
    except FileNotFoundError:
        if not make_folders:
            raise
        make_folder(root, inside, public=public)
        folder = _opened(root, inside)
    try:
        temporary = _filled(folder, content, _seen(folder, name), public=public, durable=durable)
        try:
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            _drop(folder, temporary)
            raise
        if durable:
            os.fsync(folder)
    finally:
        os.close(folder)


def add_file(root: Path | str, path: str, content: bytes) -> None:
    """Put a file where none stands; who watches the folder never sees half of it.

    Raises FileExistsError if something stands there, OSError if the disk does not take it.
    """
    with folder_of(root, path) as (folder, name):
        temporary = _filled(folder, content, None)
        try:
            os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # no hard links here: FAT, some network drives
            if _seen(folder, name):
                raise FileExistsError(errno.EEXIST, "it is there already", path) from None
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        finally:
            _drop(folder, temporary)


def open_to_append(root: Path | str, path: str) -> int:
    """A descriptor that appends to a regular file, made with its folders if need be. Raises OSError."""
    inside, _, name = path.rpartition("/")
    make_folder(root, inside)
    with folder_of(root, path) as (folder, _):
        return os.open(name, _APPEND, 0o644, dir_fd=folder)


def remove_file(root: Path | str, path: str) -> bool:
    """Take a file away, or a link itself. False if nothing stood there. Raises OSError."""
    try:
        with folder_of(root, path) as (folder, name):
            os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return False
    return True


def remove_empty_folders(root: Path | str, folder: str) -> None:
    """Take away a folder below ``root`` if it is empty, and those above it that this leaves empty."""
    with contextlib.suppress(OSError):
        while folder:
            with folder_of(root, folder) as (above, name):
                os.rmdir(name, dir_fd=above)
            folder = folder.rpartition("/")[0]


def remove_unfinished(root: Path | str) -> None:
    """Take away what a program that was killed had not finished. Nobody else may be writing there."""
    with contextlib.suppress(FileNotFoundError):
        for _, _, names, folder in os.fwalk(os.path.realpath(root)):
            for name in names:
                if name.startswith(TEMPORARY):
                    _drop(folder, name)


def _filled(
    folder: int,
    content: bytes,
    before: os.stat_result | None,
    *,
    public: bool = False,
    durable: bool = False,
) -> str:
    """Name of a new file with this content, which is to be renamed into the place of another."""
    temporary = TEMPORARY + os.urandom(8).hex()
    file = os.open(temporary, _FRESH, 0o666, dir_fd=folder)
    try:
        if before and stat.S_ISREG(before.st_mode):
            with contextlib.suppress(OSError):  # some disks know no permissions
                os.fchmod(file, before.st_mode & 0o777 | (_FOR_ALL if public else 0))
        else:
            _open_to_all(file, public=public)
        write_all(file, content)
        if durable:
            os.fsync(file)
        if before and int(time.time()) <= (second := int(before.st_mtime)):
            os.utime(temporary, (second + 1, second + 1), dir_fd=folder)
    except BaseException:
        _drop(folder, temporary)
        raise
    finally:
        os.close(file)
    return temporary


def _drop(folder: int, temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary, dir_fd=folder)


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of it, however many calls that takes. Raises OSError."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _seen(folder: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
