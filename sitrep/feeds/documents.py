"""The archive -> every feed of the site as bytes: the current ones, and the closed parts of their past.

A feed is a function of the archive and the config: no clock, no build time; its ``updated`` is that
of its entries. Parts and windows are decided once for all formats, so the three say the same.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sitrep import __version__
from sitrep.archive.archive import Archive
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.feeds import json_feed, windows, xml_templates
from sitrep.feeds.model import Entry, FeedHead, FeedLink
from sitrep.feeds.month_units import EntryCache, MemoryEntryCache, Months
from sitrep.feeds.windows import Unit
from sitrep.site import addresses as at
from sitrep.text import feed_text
from sitrep.text.interface_words import words_of

__all__ = ["EntryCache", "FeedDocuments", "MemoryEntryCache"]

_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
_AFTER_ALL = "~"
"""Sorts after every month."""

_MONTHS_KEPT = 96
"""Months of feeds that are remembered until an update changes."""

_Document = tuple[FeedHead, tuple[Unit | Entry, ...]]
"""A feed before it is written: what it says of itself, and what stands in it, newest first."""


class _Shown(Struct, frozen=True):
    """What a current feed shows, in any format."""

    body: tuple[Unit | Entry, ...]
    updated: dt.datetime
    older: str | None
    """The newest closed part."""
    gone: tuple[Entry, ...]


class _FeedMonth(Struct, frozen=True):
    """What a feed has of a month, and the months beside it that it has something of."""

    units: tuple[Unit, ...]
    cuts: tuple[int, ...]
    """Where its parts begin."""
    parts: tuple[str, ...]
    """Names of those that are closed, oldest first."""
    older: str | None
    newer: str | None

    def part(self, index: int) -> tuple[Unit, ...]:
        """The units of a part, oldest first."""
        return self.units[self.cuts[index] : (*self.cuts, len(self.units))[index + 1]]


class FeedDocuments:
    """Makes the feeds of one site."""

    def __init__(self, config: Config, finished: EntryCache | None = None) -> None:
        """``finished`` keeps finished entries between runs; without it they last as long as this object."""
        self._config = config
        self._months = Months(config, MemoryEntryCache() if finished is None else finished)
        self._revision: tuple[int, int] | None = None
        self._shown_now: dict[str, _Shown] = {}
        self._months_now: dict[tuple[str, str], _FeedMonth] = {}

    def parts(self, archive: Archive, feed: at.Feed, month: str) -> tuple[str, ...]:
        """Names of the closed archive parts of a month, oldest first: ``2024-12``, ``2024-12-2``, ...

        The newest month's last part is open: its entries stand in the current feed.
        """
        self._notice(archive)
        return self._month(archive, feed, month).parts

    def parts_from(self, archive: Archive, feed: at.Feed, month: str, key: str) -> tuple[str, ...]:
        """The closed parts of a month that an update of it can bear on: its own and the later ones.

        None for an update that the month does not have.
        """
        self._notice(archive)
        known = self._month(archive, feed, month)
        if feed.id == "changes":
            return known.parts
        place = next((place for place, unit in enumerate(known.units) if unit.name == key), None)
        if place is None:
            return ()
        return known.parts[max(bisect_right(known.cuts, place) - 1, 0) :]

    def current(self, archive: Archive, feed: at.Feed, form: at.FeedFormat) -> bytes:
        """The feed a reader subscribes to: the newest entries, and what was lately taken back."""
        return self._write(archive, feed, form, self._current(archive, feed, form), keep=True)

    def archived(self, archive: Archive, feed: at.Feed, part: str, form: at.FeedFormat) -> bytes | None:
        """A closed part; None if there is none of that name.

        One that readers may have from a time when there was is a feed without entries that leads to the
        current one, from which every entry can be reached.
        """
        self._notice(archive)
        month, index = part[:7], int(part[8:] or 1) - 1
        known = self._month(archive, feed, month)
        if part not in known.parts or form not in self._config.feeds.archive_formats:
            place = at.folder_of(self._config.site.edition) + feed.place(form, part)
            if place not in archive.kept_places():
                return None
            head = self._head(feed, form, part, self._beginning, {})
            return self._write(archive, feed, form, (head, ()), keep=False)
        here = known.part(index)
        older = known.parts[index - 1] if index else self._part_of(archive, feed, known.older, -1)
        updated = dt.datetime.fromtimestamp(max(unit.updated for unit in here), dt.UTC)
        head = self._head(feed, form, part, updated, {"prev-archive": older})
        return self._write(archive, feed, form, (head, tuple(reversed(here))), keep=known.newer is None)

    def _current(self, archive: Archive, feed: at.Feed, form: at.FeedFormat) -> _Document:
        shown = self._shown(archive, feed)
        gone = tuple((entry.id, entry.updated) for entry in shown.gone)
        head = self._head(feed, form, None, shown.updated, {"prev-archive": shown.older}, gone)
        return head, shown.body

    def _shown(self, archive: Archive, feed: at.Feed) -> _Shown:
        """What a current feed shows: looked up once for all formats, while no update changes."""
        self._notice(archive)
        if feed.id not in self._shown_now:
            self._shown_now[feed.id] = self._look(archive, feed)
        return self._shown_now[feed.id]

    def _month(self, archive: Archive, feed: at.Feed, month: str) -> _FeedMonth:
        """A month of a feed: looked up once for all its parts, while no update changes."""
        slot = (feed.id, month)
        known = self._months_now.get(slot)
        if known is None:
            if len(self._months_now) >= _MONTHS_KEPT:
                self._months_now.clear()
            units = self._months.units(archive, feed, month)
            limit = windows.part_limit(self._config.feeds.bytes, self._days(feed))
            cuts = windows.cuts([unit.weight for unit in units], limit)
            older, newer = self._months.beside(archive, feed, month)
            names = tuple(windows.part_name(month, index) for index in range(len(cuts)))
            known = _FeedMonth(units, cuts, names if newer else names[:-1], older, newer)
            self._months_now[slot] = known
        return known

    def _notice(self, archive: Archive) -> None:
        """Forget what was looked up if an update may have changed since."""
        revision = archive.revision()
        if revision != self._revision:
            self._revision = revision
            self._shown_now.clear()
            self._months_now.clear()

    def _look(self, archive: Archive, feed: at.Feed) -> _Shown:
        month = self._months.beside(archive, feed, _AFTER_ALL)[0]
        units = self._window(archive, feed, month) if month else ()
        stamps = [dt.datetime.fromtimestamp(max(unit.updated for unit in units), dt.UTC)] if units else []
        gone = self._gone(archive, feed, stamps)
        ends = self._months.ended(archive, feed)
        stamps += [entry.updated for entry in (*ends, *(entry for _, entry in gone))]
        return _Shown(
            body=(*ends, *(_mixed(units, gone) if gone else units)),
            updated=max(stamps, default=self._beginning),
            older=self._last_part(archive, feed, month),
            gone=tuple(entry for _, entry in gone),
        )

    def _write(
        self, archive: Archive, feed: at.Feed, form: at.FeedFormat, document: _Document, *, keep: bool
    ) -> bytes:
        (head, body), months = document, self._months
        written = [
            months.write((part,), form)
            if isinstance(part, Entry)
            else months.written(archive, feed, part, form, keep=keep)
            for part in body
        ]
        if form == "json":
            return json_feed.feed(head, written)
        template = months.templates(form)
        return b"".join((template.head(xml_templates.head_values(head)).encode(), *written, template.tail))

    # -- windows --------------------------------------------------------------------------------

    @property
    def _beginning(self) -> dt.datetime:
        """When a feed that has never had an entry was last updated: the year its ids were chosen."""
        year = self._config.site.authority.rpartition(",")[2][:4]
        return dt.datetime(int(year) if year.isdecimal() and int(year) else 1970, 1, 1, tzinfo=dt.UTC)

    def _part_of(self, archive: Archive, feed: at.Feed, month: str | None, index: int) -> str | None:
        """The first (0) or last (-1) closed part of a month."""
        parts = self._month(archive, feed, month).parts if month else ()
        return parts[index] if parts else None

    def _last_part(self, archive: Archive, feed: at.Feed, newest: str | None) -> str | None:
        """The newest closed part."""
        if newest is None:
            return None
        known = self._month(archive, feed, newest)
        return known.parts[-1] if known.parts else self._part_of(archive, feed, known.older, -1)

    def _window(self, archive: Archive, feed: at.Feed, month: str) -> tuple[Unit, ...]:
        newest = self._month(archive, feed, month)
        begin = newest.cuts[-1]

        def older() -> Iterator[Unit]:
            yield from reversed(newest.units[:begin])
            beyond = newest.older
            while beyond:
                known = self._month(archive, feed, beyond)
                yield from reversed(known.units)
                beyond = known.older

        open_part, by_item = newest.units[begin:], feed.id == "items"
        cap, days = self._config.feeds.bytes, self._days(feed)
        return windows.fill(open_part, older(), cap=cap, days=days, by_item=by_item)

    def _days(self, feed: at.Feed) -> int:
        """The days of a feed's window."""
        return self._config.feeds.item_days if feed.id == "items" else self._config.feeds.days

    # -- what was taken back --------------------------------------------------------------------

    def _gone(
        self, archive: Archive, feed: at.Feed, stamps: Sequence[dt.datetime]
    ) -> list[tuple[str, Entry]]:
        """All that was taken back, but what lies back from the newest entry by more than the configured days.

        Such an entry is small, and takes no place from what is there.
        """
        latest = self._months.last_gone(archive, feed)
        if latest is None:
            return []
        since = max(*stamps, latest, self._beginning) - dt.timedelta(days=self._config.feeds.withdrawn_days)
        return list(self._months.gone(archive, feed, since))

    # -- heads ----------------------------------------------------------------------------------

    def _head(
        self,
        feed: at.Feed,
        form: at.FeedFormat,
        part: str | None,
        updated: dt.datetime,
        beside: dict[str, str | None],
        gone: tuple[tuple[str, dt.datetime], ...] = (),
    ) -> FeedHead:
        site = self._config.site
        own = feed_text.title(site.title) or "sitrep"
        title = own if not feed.folder else feed_text.title(f"{own}: {feed.name}")
        home = at.absolute(self._config, at.page_of(feed, self._config))
        contact = feed_text.clean(at.contact_of(self._config))
        return FeedHead(
            id=at.tag(self._config, feed.id),
            title=title,
            description=feed_text.title(site.description) or title,
            explanation=self._explanation(home),
            home=home,
            updated=updated,
            author=feed_text.title(site.author) or own,
            email=contact.removeprefix("mailto:") if contact.startswith("mailto:") else "",
            uri=contact if contact.startswith("https:") else "",
            lang=feed_text.language(site.language),
            icon=self._at_root(at.ICON),
            logo=self._at_root(at.LOGO),
            about=self._at_root(at.API_SCHEMA),
            style=at.relative(feed.place("atom"), at.FEED_STYLE),
            links=tuple(self._links(feed, form, part, beside)),
            generator_version=__version__ if self._config.feeds.generator_version else None,
            generator_url=feed_text.clean(self._config.feeds.generator_url) or None,
            archive=part is not None,
            gone=gone,
        )

    def _at_root(self, place: str) -> str:
        """The address of what the site has once, for all its languages."""
        return at.absolute(self._config, at.beside(self._config, place))

    def _links(
        self, feed: at.Feed, form: at.FeedFormat, part: str | None, beside: dict[str, str | None]
    ) -> Iterator[FeedLink]:
        def to(rel: str, name: str | None, other: at.FeedFormat | None = None) -> FeedLink:
            place = feed.place(other or form, name)
            return FeedLink(rel=rel, href=at.absolute(self._config, place), type=_TYPES[other or form])

        yield to("self", part)
        yield from (FeedLink(rel="hub", href=feed_text.clean(hub)) for hub in self._config.feeds.hubs)
        if self._config.site.license:
            yield FeedLink(rel="license", href=feed_text.clean(self._config.site.license))
        kept = self._config.feeds.archive_formats
        for rel, name in beside.items():
            if name and kept:
                yield to(rel, name, form if form in kept else kept[0])
        if part:
            yield to("current", None)

    def _explanation(self, home: str) -> str:
        said = words_of(self._config, feed_text.language(self._config.site.language))
        how = feed_text.link(at.absolute(self._config, at.FOLLOW), said.how_to_subscribe)
        on_site = feed_text.link(home, said.feed_on_site)
        return (
            f"<p><b>{feed_text.escaped(said.feed_this)}</b> {feed_text.escaped(said.feed_copy)}"
            f" {how} · {on_site}</p>"
        )


def _mixed(units: Sequence[Unit], gone: Sequence[tuple[str, Entry]]) -> tuple[Unit | Entry, ...]:
    """What is there and what is not any more in one list, newest first."""
    placed: list[tuple[str, int, Unit | Entry]] = [(unit.log, 1, unit) for unit in units]
    placed += [(position, 0, entry) for position, entry in gone]
    return tuple(row for _, _, row in sorted(placed, key=lambda row: row[:2], reverse=True))
