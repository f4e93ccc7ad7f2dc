"""The values of a feed: its head, and entries that are finished but for their format.

Everything in them is ready to be written: instants in UTC and whole seconds, text without characters
that XML forbids, content as clean markup that is well-formed XML and HTML at once, links absolute.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sitrep.values import Struct


class Enclosure(Struct, frozen=True, kw_only=True):
    """A picture that comes with an entry."""

    url: str
    type: str
    length: int
    """In bytes."""
    alt: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One element of a feed, the same in every format."""

    id: str
    """tag: URI (RFC 4151), for ever."""
    title: str
    """Plain text on one line, without angle brackets, never empty."""
    link: str
    """Absolute address of what it is about."""
    published: dt.datetime
    updated: dt.datetime
    content: str
    """Markup: one ``div``; elements without content are written ``<br/>`` or ``<td></td>``."""
    summary: str
    """Plain text on one line, never empty."""
    lang: str
    author: str
    categories: tuple[tuple[str, str], ...] = ()
    """Id and name of each front."""
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude in degrees (WGS 84)."""
    enclosures: tuple[Enclosure, ...] = ()
    certainty: str | None = None
    by: str | None = None
    places: tuple[str, ...] = ()
    withdrawn: bool = False


class Link(Struct, frozen=True, kw_only=True):
    """A link of a feed's head."""

    rel: str
    href: str
    type: str | None = None


class Head(Struct, frozen=True, kw_only=True):
    """What a feed says of itself, in one of its formats."""

    id: str
    title: str
    description: str
    """Plain text, never empty."""
    explanation: str
    """Markup that tells a person who opens the feed in a browser what it is."""
    home: str
    """Address of the page that the feed follows."""
    updated: dt.datetime
    author: str
    lang: str
    style: str
    """Stylesheet, relative to the feed."""
    links: tuple[Link, ...] = ()
    """self first, then hub, license, prev-archive, next-archive, current."""
    generator_version: str | None = None
    archive: bool = False
    """True for a closed archive part (RFC 5005)."""
    gone: tuple[tuple[str, dt.datetime], ...] = ()
    """Ids of entries taken back and when (RFC 6721)."""


@lru_cache(maxsize=256)
def rfc3339(instant: dt.datetime) -> str:
    """``2024-12-06T20:40:00+00:00``, as feedgen writes it."""
    return instant.isoformat()


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=256)
def rfc822(instant: dt.datetime) -> str:
    """``Fri, 06 Dec 2024 20:40:00 +0000`` (RFC 822 with the year in full, as RSS 2.0 asks)."""
    day, month = _DAYS[instant.weekday()], _MONTHS[instant.month - 1]
    return f"{day}, {instant.day:02d} {month} {instant.year:04d} {instant:%H:%M:%S} +0000"


def whole_second(instant: dt.datetime) -> dt.datetime:
    """The instant in UTC without its fraction of a second."""
    if instant.tzinfo is dt.UTC and not instant.microsecond:
        return instant
    return instant.astimezone(dt.UTC).replace(microsecond=0)
