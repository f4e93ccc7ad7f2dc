"""Files of output/ -> a folder in which they stay as they are while they are sent.

A published file is never written to, only replaced by another of its name: a hard link keeps the version
that was meant, for nothing. Where there are no hard links it is copied.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sitrep.delivery.faults import DeliveryError, Superseded


@contextmanager
def snapshot(output: Path, files: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Gather the files with these SHA-256 digests, by place, in ``folder``; it is gone afterwards.

    Raises Superseded if one of them is not what it was when the digests were taken, DeliveryError if the
    disk does not take them.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        for place, digest in files.items():
            _keep(output / place, folder / place, digest)
        yield folder
    except OSError as fault:
        raise DeliveryError(
            f"the files cannot be gathered: {(fault.strerror or str(fault)).lower()}"
        ) from fault
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(published: Path, kept: Path, digest: bytes) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        try:
            os.link(published, kept)
        except FileNotFoundError:
            raise
        except OSError:  # another file system, or one without hard links
            shutil.copy2(published, kept)
    except FileNotFoundError as fault:
        raise Superseded from fault
    if hashlib.sha256(kept.read_bytes()).digest() != digest:
        raise Superseded
