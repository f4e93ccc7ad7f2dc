"""Finished entries of feeds, kept in the archive so that the next start need not make them again."""

from __future__ import annotations

from sitrep.archive.archive import Archive
from sitrep.feeds.month_units import EntryCache


class ArchivedEntryCache:
    """What ``feeds.months.EntryCache`` asks for: fresh ones in memory until ``flush``, old ones on disk."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._fresh: dict[str, tuple[bytes, bytes]] = {}

    def get(self, name: str, stamp: bytes) -> bytes | None:
        """What was put under that name, if it was put with that stamp."""
        known, body = self._fresh.get(name, (b"", b""))
        return body if known == stamp else self._archive.fragment(name, stamp)

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        """Keep bytes in place of what the name held."""
        self._fresh[name] = stamp, body

    def flush(self) -> None:
        """Move the fresh ones into the archive, inside the caller's transaction."""
        self._archive.put_fragments((name, stamp, body) for name, (stamp, body) in self._fresh.items())
        self._fresh.clear()


class EditionEntryCache:
    """The entries of a language's edition, in the same place under names of their own."""

    def __init__(self, kept: EntryCache, lang: str) -> None:
        self._kept, self._lang = kept, lang

    def get(self, name: str, stamp: bytes) -> bytes | None:
        """What was put under that name, if it was put with that stamp."""
        return self._kept.get(f"{self._lang} {name}", stamp)

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        """Keep bytes in place of what the name held."""
        self._kept.put(f"{self._lang} {name}", stamp, body)
