"""Published pictures, kept beside the archive by the digest of their bytes: a cache that checks itself."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.values import Struct


def sound(place: str, path: Path) -> bytes | None:
    """What stands at a path, if that is whole and the picture of that place."""
    from sitrep.pictures.clean_image import is_sound

    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if is_sound(place.rpartition("/")[2], content) else None


class PictureCache(Struct, frozen=True):
    """The pictures of one site. A place (``media/NAME``) stands for the same bytes for ever."""

    folder: Path

    def keep(self, place: str, content: bytes) -> None:
        """Keep the bytes of a place. Raises SiteError if the disk does not take them."""
        remedy = "make room or allow writing there; the site online is still the last whole one"
        with disk_faults(f".sitrep/{place}", "a picture could not be kept", remedy):
            replace_file(self.folder, self._path(place).name, content)

    def has(self, place: str) -> bool:
        """True if something is kept for a place; only ``read`` tells whether it is sound."""
        return self._path(place).exists()

    def read(self, place: str) -> bytes | None:
        """The bytes of a place, or None if they are not there, or not whole."""
        return sound(place, self._path(place))

    def drop(self, place: str) -> None:
        """Forget the bytes of a place."""
        with contextlib.suppress(OSError):
            self._path(place).unlink()

    def sweep(self, wanted: frozenset[str]) -> None:
        """Forget everything but these places."""
        names = {place.rpartition("/")[2] for place in wanted}
        with contextlib.suppress(OSError):
            for old in [dir_entry for dir_entry in os.scandir(self.folder) if dir_entry.name not in names]:
                os.unlink(old)

    def _path(self, place: str) -> Path:
        return self.folder / place.rpartition("/")[2]
