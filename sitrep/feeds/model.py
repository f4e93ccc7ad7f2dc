"""The values of a feed: its head, and entries that are finished but for their format.

Everything in them is ready to be written: instants in UTC and whole seconds, text without characters
that XML forbids, content as clean markup that is well-formed XML and HTML at once, links absolute.
"""

from __future__ import annotations

import datetime as dt

from sitrep.base.values import Struct


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
    signed: bool = True
    """False where its author is the feed's: Atom and JSON Feed say that once for all entries."""
    summed_up: bool = True
    """False where the content opens with the summary, or the title says it: Atom does without it then."""
    categories: tuple[tuple[str, str], ...] = ()
    """Id and name of each front."""
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude in degrees (WGS 84)."""
    enclosures: tuple[Enclosure, ...] = ()
    certainty: str | None = None
    by: str | None = None
    places: tuple[str, ...] = ()
    withdrawn: bool = False


class FeedLink(Struct, frozen=True, kw_only=True):
    """A link of a feed's head."""

    rel: str
    href: str
    type: str | None = None


class FeedHead(Struct, frozen=True, kw_only=True):
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
    email: str = ""
    """Where the authors may be written to."""
    uri: str = ""
    """Where else they may be reached."""
    style: str
    """Stylesheet, relative to the feed."""
    icon: str
    """Address of a square picture."""
    logo: str
    """Address of one that is twice as wide as high."""
    about: str = ""
    """Address that explains ``_sitrep`` in JSON."""
    links: tuple[FeedLink, ...] = ()
    """self first, then hub, license, prev-archive, current."""
    generator_version: str | None = None
    generator_url: str | None = None
    archive: bool = False
    """True for a closed archive part (RFC 5005)."""
    gone: tuple[tuple[str, dt.datetime], ...] = ()
    """Ids of entries taken back and when (RFC 6721)."""
