"""A month of a feed -> its units: how heavy each is, and its entries as finished bytes.

Finished entries are kept under a stamp of everything they depend on, so a new one costs itself alone,
and while none is new neither feedgen nor a text is touched. The names under which they are kept come
round every four months: what is kept stays bounded.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from html import escape
from itertools import accumulate, pairwise
from typing import Any, Protocol

from sitrep import __version__
from sitrep.archive.archive import Archive, position_of
from sitrep.archive.feed_shares import ENTRY_SIZE, UPDATES, size_of
from sitrep.archive.updates import UpdateOutline, log_of
from sitrep.base.changes import ChangeKind, changes_of
from sitrep.base.nouns import Update
from sitrep.base.values import encode, replace
from sitrep.config.values import Config
from sitrep.feeds import json_feed, windows, xml_templates
from sitrep.feeds.entries import Entries
from sitrep.feeds.entry_text import EntryPage
from sitrep.feeds.model import Entry
from sitrep.feeds.proof import can_be_read, is_whole_everywhere, tries
from sitrep.feeds.windows import Unit
from sitrep.site.addresses import FEED_FORMATS, Feed, FeedFormat
from sitrep.site.calendar import months_beside
from sitrep.text import feed_text

_FORMAT = "9"
"""Raised when entries of the same update come to differ from those of the last release."""
_WITHDRAWN = 2_000
"""Withdrawn entries that a feed shows at most: beyond it a feed would grow to megabytes."""
_PACKED_ENTRY, _PACKED_ITEM = 80, 14
"""What gzip leaves of the markup of an entry, and of an item in it: measured."""
_DATES = 50
"""Dates an update may have been put to one after the other."""
_PAGES_KEPT, _STAMPS_KEPT, _WRITTEN_KEPT, _UNITS_KEPT = 128, 2_048, 256, 96
_LENGTHS = struct.Struct(f">{len(FEED_FORMATS)}I")
_Forms = Mapping[FeedFormat, bytes]
"""The same entries in several formats."""
_Outlines = tuple[UpdateOutline, ...]
"""What came out for a feed in a month."""


class EntryCache(Protocol):
    """Keeps finished bytes between runs. Losing them costs time only."""

    def get(self, name: str, stamp: bytes) -> bytes | None:
        """What was put under that name, if it was put with that stamp."""
        ...

    def put(self, name: str, stamp: bytes, body: bytes) -> None:
        """Keep bytes in place of what the name held."""
        ...


class MemoryEntryCache:
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


class _Overhead:
    """Bytes that entries and items have in common on one site, at most."""

    def __init__(self, config: Config) -> None:
        site = config.site
        base = len(site.base_url.encode())
        author = _bytes(feed_text.title(site.author or site.title))
        front = max(_bytes(front.name) for front in config.fronts)
        self._fronts = len(config.fronts)
        self._front = 3 * front + max(len(front.id) for front in config.fronts) + 45
        self.item = 80 + base + front
        self.entry = 950 + 5 * base + author + 3 * _bytes(site.authority) + self._front

    def of(self, feed: Feed, items: int, entries: int) -> int:
        """So many entries, with so many items in all."""
        fronts = min(items, self._fronts) if feed.id in ("updates", "opinion") else 0
        # An entry of one item does not say what the item is called.
        named = 0 if feed.id == "items" else items
        return entries * self.entry + named * self.item + fronts * self._front


def _bytes(text: str) -> int:
    """Bytes of a short text in any format, at most."""
    return max(len(escape(feed_text.clean(text)).encode()), len(encode(feed_text.clean(text))))


class Months:
    """The months of every feed of one site."""

    def __init__(self, config: Config, finished: EntryCache) -> None:
        self._config = config
        self._finished = finished
        self._entries = Entries(config)
        self._salt = _digest(
            repr(config).encode("utf-8", "backslashreplace"), __version__.encode(), _FORMAT.encode()
        )
        self._templates: dict[str, xml_templates.XmlTemplates] = {}
        self._stamps: OrderedDict[tuple[bytes, str | None], bytes] = OrderedDict()
        self._pages: OrderedDict[str, tuple[bytes, EntryPage]] = OrderedDict()
        self._written: OrderedDict[tuple[str, str], tuple[bytes, _Forms]] = OrderedDict()
        """What was made last of each unit, under a stamp of what it was made of: an edit takes its place."""
        self._units: OrderedDict[tuple[str, str], tuple[tuple[_Outlines, _Outlines], tuple[Unit, ...]]]
        self._units = OrderedDict()
        """Months with what they were weighed of: a drop weighs that which it came out in."""
        self._overhead = _Overhead(config)
        self._dearer = config.feeds.bytes / config.feeds.gzip_bytes
        """Bytes that a compressed byte counts for, so that both limits are one."""

    # -- which months there are -----------------------------------------------------------------

    def beside(self, archive: Archive, feed: Feed, month: str) -> tuple[str | None, str | None]:
        """The next older and the next newer month in which a feed has entries."""
        if feed.id == "changes":
            return archive.change_month_neighbours(month)
        return months_beside(archive, feed, month)

    # -- units ----------------------------------------------------------------------------------

    def units(self, archive: Archive, feed: Feed, month: str) -> tuple[Unit, ...]:
        """What a feed has of a month, oldest first."""
        if feed.id == "changes":
            return tuple(self._changes(archive, month))
        also = archive.outline(feed.also, month) if feed.also else ()
        outlines, slot = (archive.outline(feed.share, month), also), (feed.id, month)
        known = self._units.get(slot)
        if known is None or known[0] != outlines:
            known = self._units[slot] = outlines, tuple(self._of(feed, month, *outlines))
            _forget_oldest(self._units, _UNITS_KEPT)
        return known[1]

    def _of(self, feed: Feed, month: str, outlines: _Outlines, also: _Outlines) -> Iterator[Unit]:
        """``also``: what the feed has besides its own."""
        older: str | None = None
        whole = 1 if feed.id != "items" else 0
        more = {update_outline.key: update_outline for update_outline in also}
        said = windows.RecentWords()
        if more:
            own = {update_outline.key for update_outline in outlines}
            alone = (
                replace(update_outline, items=0, size=0, updated=0, packed=0)
                for update_outline in more.values()
                if update_outline.key not in own
            )
            outlines = tuple(sorted((*outlines, *alone), key=lambda update_outline: update_outline.log))
        for outline in outlines:
            weight, packed = outline.size, said.packed(outline)
            if outline.items:
                weight += self._overhead.of(feed, outline.items, whole or outline.items)
                packed += _PACKED_ENTRY * (whole or outline.items) + _PACKED_ITEM * outline.items
            if whole and weight > (most := ENTRY_SIZE + self._overhead.entry):
                weight, packed = most, packed * most // weight
            news = more.get(outline.key)
            if news:
                weight += news.size + news.items * (self._overhead.entry + 2 * self._overhead.item)
                packed += news.packed + news.items * _PACKED_ENTRY
            yield Unit(
                name=outline.key,
                month=month,
                log=outline.log,
                day=dt.date.fromisoformat(outline.log[:10]),
                weight=max(weight, round(packed * self._dearer)),
                updated=max(outline.updated, news.updated if news else 0),
                outline=outline,
                older=older if older and position_of(older) < position_of(outline.key) else None,
            )
            if whole:  # An item's entry leads to no neighbour.
                older = max(filter(None, (older, outline.key)), key=position_of)

    def _changes(self, archive: Archive, month: str) -> Iterator[Unit]:
        for place, change in enumerate(archive.changes_month(month)):
            size = min(ENTRY_SIZE, size_of((change.before, change.after, change.reason or "")))
            size += self._overhead.entry + 2 * self._overhead.item
            yield Unit(
                name=f"{month}-{place:05d}",
                month=month,
                log=f"{month}-{place:05d}",
                day=change.at.date(),
                weight=size,
                updated=int((change.updated or change.at).timestamp()),
                change=change,
            )

    # -- finished entries -----------------------------------------------------------------------

    def written(self, archive: Archive, feed: Feed, unit: Unit, form: FeedFormat, *, keep: bool) -> bytes:
        """A unit's entries in one format; ``keep`` those that the next publish will ask for again."""
        slot, stamp = (feed.id, unit.name), self._stamp(unit)
        known, made = self._written.get(slot, (b"", {}))
        if known != stamp or form not in made:
            if keep:
                made = self._kept(archive, feed, unit, stamp)
            else:
                made = self._forms(self.entries(archive, feed, unit), self._config.feeds.archive_formats)
            self._written[slot] = stamp, made
            _forget_oldest(self._written, _WRITTEN_KEPT)
        return made[form]

    def _kept(self, archive: Archive, feed: Feed, unit: Unit, stamp: bytes) -> _Forms:
        """A unit's entries in every format, from where they are kept, or made and put there."""
        name = f"{feed.id}/{int(unit.month[5:]) % 4}/{unit.name[8:]}"
        body = self._finished.get(name, stamp)
        if body is None:
            made = self._forms(self.entries(archive, feed, unit), FEED_FORMATS)
            lengths = _LENGTHS.pack(*map(len, made.values()))
            self._finished.put(name, stamp, lengths + b"".join(made.values()))
            return made
        ends = accumulate(_LENGTHS.unpack_from(body), initial=_LENGTHS.size)
        parts = (body[start:end] for start, end in pairwise(ends))
        return dict(zip(FEED_FORMATS, parts, strict=True))

    def _forms(self, entries: Sequence[Entry], forms: tuple[FeedFormat, ...]) -> _Forms:
        """Entries in some formats."""
        made = [self._proved(entry, forms) for entry in entries]
        return {
            form: _joined((forms_of[place] for forms_of in made), form) for place, form in enumerate(forms)
        }

    def write(self, entries: Sequence[Entry], form: FeedFormat) -> bytes:
        """Entries in one format."""
        return _joined((self._proved(entry, (form,))[0] for entry in entries), form)

    def _proved(self, entry: Entry, forms: tuple[FeedFormat, ...]) -> list[bytes]:
        """An entry, read back in each format: one that cannot be would cost a reader all others. It is shown
        as its bare words then, in all of them alike: what one could not take is no matter of which is asked
        for. Raises ValueError if that does not help."""
        for candidate in tries(entry):
            try:
                made = self._made(candidate, forms)
            except ValueError:  # characters that no encoding has
                continue
            if is_whole_everywhere(candidate.content) and all(map(can_be_read, made, forms)):
                return made
        raise ValueError(f"an entry can be written in no format: {entry.id}")

    def _made(self, entry: Entry, forms: tuple[FeedFormat, ...]) -> list[bytes]:
        """An entry in some formats: what two of them need alike is made once."""
        values = xml_templates.entry_values(entry)
        return [
            json_feed.entry(entry) if form == "json" else self.templates(form).entry(values).encode()
            for form in forms
        ]

    def templates(self, form: FeedFormat) -> xml_templates.XmlTemplates:
        """The templates of Atom or RSS; feedgen is only loaded for the first of a new version."""
        if form not in self._templates:
            blank = self._finished.get(f"blank/{form}", self._salt)
            if blank is None:
                from sitrep.feeds import rss_atom

                own = self._config.feeds
                version = __version__ if own.generator_version else None
                url = feed_text.clean(own.generator_url)
                blank = rss_atom.blank("rss" if form == "rss" else "atom", version, url or None).encode()
                self._finished.put(f"blank/{form}", self._salt, blank)
            self._templates[form] = xml_templates.templates_of(blank.decode())
        return self._templates[form]

    def entries(self, archive: Archive, feed: Feed, unit: Unit) -> tuple[Entry, ...]:
        """The entries of a unit."""
        if unit.change:
            return (self._entries.change(unit.change),)
        page = self._page(archive, unit)
        if page is None:
            return ()
        if feed.id == "items":
            return self._entries.items(page)
        if feed.id == "updates":
            entry = self._entries.update(page, unit.older)
        elif feed.id == "opinion":
            entry = self._entries.opinion(page, unit.older)
        else:
            entry = self._entries.report(page, feed.id, unit.older)
        own = (entry,) if entry else ()
        return (*self._outcomes(page.update), *own) if feed.also else own

    def _outcomes(self, update: Update) -> Iterator[Entry]:
        """What an update says became of rumors, the last first: the very entries of the feed of changes."""
        for change in reversed(changes_of(update)):
            if change.kind is ChangeKind.OUTCOME:
                yield self._entries.change(change)

    def last_gone(self, archive: Archive, feed: Feed) -> dt.datetime | None:
        """When anything of a feed was last taken back."""
        return archive.last_withdrawn(_gone_from(feed)) if feed.share else None

    def gone(self, archive: Archive, feed: Feed, since: dt.datetime) -> Iterator[tuple[str, Entry]]:
        """Entries that stand for what was taken back since then, by place in the log, the latest first.

        Each id once: what went from place to place says where it went last.
        """
        front = None if feed.id in ("updates", "items") else feed.id
        told: set[str] = set()
        for gone in archive.withdrawn(_gone_from(feed), since, _WITHDRAWN):
            update = archive.update(gone.key)
            if update and not self._never_showed(feed, update) and not _goes_on(archive, feed, update):
                entry = self._entries.withdrawn(update, front, gone.number, gone.at)
                if entry.id not in told:
                    told.add(entry.id)
                    yield log_of(update), entry

    def ended(self, archive: Archive, feed: Feed) -> tuple[Entry, ...]:
        """The last entry of the feed of a front that is given up; none for any other feed."""
        return tuple(
            self._entries.ended(front.id, front.at) for front in archive.ended_fronts() if front.id == feed.id
        )

    def _never_showed(self, feed: Feed, update: Update) -> bool:
        """True of an update that is nothing but opinion, in a feed of everything that leaves it out."""
        left_out = feed.id == "updates" and not self._config.feeds.opinion
        known = [item.opinion for item in update.items] + [
            withdrawn_item.opinion for withdrawn_item in update.withdrawn_items
        ]
        return left_out and bool(known) and all(known)

    def _page(self, archive: Archive, unit: Unit) -> EntryPage | None:
        if unit.outline is None:
            return None
        known = self._pages.get(unit.name)
        if known and known[0] == unit.outline.digest:
            return known[1]
        update = archive.update(unit.name)
        if update is None:
            return None
        page = self._entries.page(update)
        self._pages[unit.name] = unit.outline.digest, page
        _forget_oldest(self._pages, _PAGES_KEPT)
        return page

    def _stamp(self, unit: Unit) -> bytes:
        """Changes with anything the entries of a unit depend on."""
        if unit.outline is None:
            return _digest(self._salt, _repr(unit.change))
        slot = (unit.outline.digest, unit.older)
        stamp = self._stamps.get(slot)
        if stamp is None:
            stamp = _digest(self._salt, unit.outline.digest, (unit.older or "").encode())
            self._stamps[slot] = stamp
            _forget_oldest(self._stamps, _STAMPS_KEPT)
        return stamp


def _goes_on(archive: Archive, feed: Feed, update: Update) -> bool:
    """True if the id that an update had in a feed is there under another date, to which it was put."""
    heir: Update | None = update
    for _ in range(_DATES):
        if not heir or not heir.withdrawn:
            break
        heir = archive.update(heir.withdrawn.to) if heir.withdrawn.heir else None
    if heir is None or heir.withdrawn or heir is update or feed.id == "items":
        return False
    opinion = feed.id == "opinion" and any(item.opinion for item in heir.items)
    return feed.id == "updates" or feed.id in heir.fronts or opinion


def _gone_from(feed: Feed) -> str:
    """The feed by the name it has in the archive's record of what was taken back."""
    return UPDATES if feed.id == "updates" else feed.share


def _joined(entries: Iterable[bytes], form: FeedFormat) -> bytes:
    return (b"\n," if form == "json" else b"").join(entries)


def _forget_oldest(kept: OrderedDict[Any, Any], limit: int) -> None:
    while len(kept) > limit:
        kept.popitem(last=False)


def _repr(value: object) -> bytes:
    """Equal for equal frozen values, whatever characters stand in them."""
    return repr(value).encode("utf-8", "backslashreplace")


def _digest(*parts: bytes) -> bytes:
    return blake2b(b"".join([b"%d:%b" % (len(part), part) for part in parts]), digest_size=16).digest()
