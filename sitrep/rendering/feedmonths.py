"""A month of a feed -> its units: how heavy each is, and its entries as finished bytes.

Finished entries are kept under a stamp of everything they depend on, so a new one costs itself alone,
and while none is new neither feedgen nor a text is touched. The names under which they are kept come
round every four months: what is kept stays bounded.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import struct
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from sitrep import __version__
from sitrep.config import Config
from sitrep.keeping.archive import OPINION, Archive, Outline, position_of
from sitrep.keeping.codec import encode
from sitrep.model import Change, Update
from sitrep.rendering import jsonfeed, molds
from sitrep.rendering.addresses import Feed, FeedFormat
from sitrep.rendering.entries import Entries, Media
from sitrep.rendering.feedmodel import Entry
from sitrep.rendering.windows import Unit

_FORMAT = "1"
"""Raised when entries of the same update come to differ from those of the last release."""
_RECORD = struct.Struct(">16sIq")
_WITHDRAWN = 40
"""Withdrawn entries that a feed shows at most."""


class Fragments(Protocol):
    """Keeps finished bytes between runs. Losing them costs time only."""

    def get(self, name: str, stamp: bytes) -> bytes | None:
        """What was put under that name, if it was put with that stamp."""
        ...

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        """Keep bytes in place of what the name held."""
        ...


class MemoryFragments:
    """Keeps them as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, bytes]] = {}

    def get(self, name: str, stamp: bytes) -> bytes | None:
        """What was put under that name, if it was put with that stamp."""
        known, body = self._kept.get(name, (b"", b""))
        return body if known == stamp else None

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        """Keep bytes in place of what the name held."""
        self._kept[name] = stamp, body


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a unit is made of."""

    name: str
    stamp: bytes
    day: dt.date
    key: str
    older: str | None = None
    change: Change | None = None
    ordinal: int = 1


class Months:
    """The months of every feed of one site."""

    def __init__(self, config: Config, fragments: Fragments, media: Media | None = None) -> None:
        self._config = config
        self._fragments = fragments
        self._entries = Entries(config, media)
        self._media = media or {}
        self.salt = _digest(encode(config), __version__.encode(), _FORMAT.encode())
        self._molds: dict[str, molds.Molds] = {}
        self._updates: OrderedDict[tuple[str, bytes], Update] = OrderedDict()
        self._made: OrderedDict[tuple[str, bytes], tuple[Entry, ...]] = OrderedDict()

    # -- which months there are -----------------------------------------------------------------

    def beside(self, archive: Archive, feed: Feed, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month in which a feed may have entries."""
        if feed.id == "changes":
            return archive.change_month_neighbours(month)
        if feed.id in ("updates", "items"):
            return archive.month_neighbours(month)
        return archive.front_month_neighbours(front_of(feed), month)

    # -- units ----------------------------------------------------------------------------------

    def units(self, archive: Archive, feed: Feed, month: str) -> tuple[Unit, ...]:
        """What a feed has of a month, oldest first."""
        subjects = tuple(self._subjects(archive, feed, month))
        name = f"sheet/{feed.id}/{month}"
        kept = self._fragments.get(name, self.salt) or b""
        known = {stamp: (weight, updated) for stamp, weight, updated in _RECORD.iter_unpack(kept)}
        sheet = bytearray()
        units = []
        for subject in subjects:
            measure = known.get(subject.stamp) or self._measure(archive, feed, subject)
            sheet += _RECORD.pack(subject.stamp, *measure)
            if measure[0]:
                units.append(Unit(subject.name, subject.day, subject.stamp, *measure))
        if bytes(sheet) != kept:
            self._fragments.put(name, self.salt, bytes(sheet))
        return tuple(units)

    def written(
        self, archive: Archive, feed: Feed, unit: Unit, month: str, form: FeedFormat, *, keep: bool
    ) -> bytes:
        """A unit's entries in one format. ``keep`` them, if the current feed shows them."""
        name = f"{feed.id}/{form}/{int(month[5:]) % 4}/{unit.name[8:]}"
        body = self._fragments.get(name, unit.stamp)
        if body is None:
            subject = next(s for s in self._subjects(archive, feed, month) if s.name == unit.name)
            body = self.write(self._make(archive, feed, subject), form)
            if keep:
                self._fragments.put(name, unit.stamp, body)
        return body

    def write(self, entries: tuple[Entry, ...], form: FeedFormat) -> bytes:
        """Finished entries in one format."""
        if form == "json":
            return b"\n,".join(map(jsonfeed.entry, entries))
        fill = self.molds(form).entry
        return "".join(fill(molds.entry_values(entry)) for entry in entries).encode()

    def molds(self, form: FeedFormat) -> molds.Molds:
        """The molds of Atom or RSS; feedgen is only loaded for the first of a new version."""
        if form not in self._molds:
            version = __version__ if self._config.feeds.generator_version else None
            blank = self._fragments.get(f"blank/{form}", self.salt)
            if blank is None:
                from sitrep.rendering import syndication

                blank = syndication.blank("rss" if form == "rss" else "atom", version).encode()
                self._fragments.put(f"blank/{form}", self.salt, blank)
            self._molds[form] = molds.molds_of(blank.decode())
        return self._molds[form]

    def entries(self, archive: Archive, feed: Feed, month: str) -> tuple[tuple[Entry, ...], ...]:
        """All entries of a month by unit, oldest first."""
        subjects = self._subjects(archive, feed, month)
        return tuple(filter(None, (self._make(archive, feed, subject) for subject in subjects)))

    def gone(self, archive: Archive, feed: Feed) -> Iterator[tuple[str, Entry]]:
        """Entries that stand for what was taken back, by position, the latest withdrawal first."""
        if feed.id == "changes":
            return
        whole = feed.id in ("updates", "items")
        front = None if whole else feed.id
        for one in archive.withdrawn(feed.id if whole else front_of(feed), _WITHDRAWN):
            update = archive.update(one.key)
            if update:
                entry = self._entries.withdrawn(update, front, one.number, one.at)
                yield position_of(one.key), entry

    def _measure(self, archive: Archive, feed: Feed, subject: _Subject) -> tuple[int, int]:
        """Weight, and the latest ``updated``."""
        entries = self._make(archive, feed, subject)
        if not entries:
            return 0, 0
        updated = max(int(entry.updated.timestamp()) for entry in entries)
        return weight(self.write(entries, "atom"), entries), updated

    def _make(self, archive: Archive, feed: Feed, subject: _Subject) -> tuple[Entry, ...]:
        slot = (feed.id, subject.stamp)
        made = self._made.get(slot)
        if made is None:
            made = self._made[slot] = self._fresh(archive, feed, subject)
            if len(self._made) > 256:
                self._made.popitem(last=False)
        return made

    def _fresh(self, archive: Archive, feed: Feed, subject: _Subject) -> tuple[Entry, ...]:
        if subject.change:
            return (self._entries.change(subject.change, subject.ordinal),)
        update = archive.update(subject.key)
        if update is None:
            return ()
        if feed.id == "items":
            return self._entries.items(update)
        if feed.id == "updates":
            entry = self._entries.update(update, subject.older)
        elif feed.id == "opinion":
            entry = self._entries.opinion(update, subject.older)
        else:
            entry = self._entries.report(update, feed.id, subject.older)
        return (entry,) if entry else ()

    # -- what a unit depends on -----------------------------------------------------------------

    def _subjects(self, archive: Archive, feed: Feed, month: str) -> Iterator[_Subject]:
        if feed.id == "changes":
            yield from self._changes(archive, month)
            return
        if feed.id in ("updates", "items"):
            outlines = archive.outline(month)
        else:
            outlines = archive.front_outline(front_of(feed), month)
        older: str | None = None
        for outline in outlines:
            stamp = _digest(self.salt, outline.digest, (older or "").encode(), self._media_of(outline))
            day = dt.date.fromisoformat(outline.key[:10])
            yield _Subject(outline.key, stamp, day, outline.key, older)
            # An item's entry leads to no neighbour.
            older = None if feed.id == "items" else outline.key

    def _changes(self, archive: Archive, month: str) -> Iterator[_Subject]:
        seen: dict[tuple[str, int | None, int], int] = {}
        changes = sorted(
            archive.changes_month(month), key=lambda one: (one.at, one.update, one.item or 0, one.kind)
        )
        for place, change in enumerate(changes):
            slot = (change.update, change.item, int(change.at.timestamp()))
            ordinal = seen[slot] = seen.get(slot, 0) + 1
            stamp = _digest(self.salt, encode(change), str(ordinal).encode())
            name = f"{month}-{place:05d}"
            yield _Subject(name, stamp, change.at.date(), change.update, change=change, ordinal=ordinal)

    def _media_of(self, outline: Outline) -> bytes:
        if not self._media:
            return b""
        folder = posixpath.dirname(outline.source)
        here = sorted((file, one) for (where, file), one in self._media.items() if where == folder)
        return repr(here).encode()


def front_of(feed: Feed) -> str:
    """What a feed of reports is called in the archive."""
    return OPINION if feed.id == "opinion" else feed.id


def weight(atom: bytes, entries: tuple[Entry, ...]) -> int:
    """Bytes of the entries in whichever format takes most, at most: JSON escapes, RSS has a summary."""
    extra = atom.count(b'"') + atom.count(b"\\") + atom.count(b"\n")
    return len(atom) + extra + sum(6 * len(entry.summary.encode()) + 200 for entry in entries)


def _digest(*parts: bytes) -> bytes:
    hashed = blake2b(digest_size=16)
    for part in parts:
        hashed.update(b"%d:" % len(part))
        hashed.update(part)
    return hashed.digest()
