"""The archive -> what programs ask for at addresses they know: OPML, robots, security, latest."""

from __future__ import annotations

import datetime as dt
from html import escape

from sitrep.archive.archive import Archive
from sitrep.base.say import whole_second
from sitrep.base.values import encode
from sitrep.config.values import Config
from sitrep.site import addresses as at
from sitrep.text import feed_text

_XML = "<?xml version='1.0' encoding='UTF-8'?>\n"
_LATEST = 8
"""Updates among which the newest edit is looked for."""


def opml(config: Config) -> bytes:
    """Every feed once, in Atom, to import into a reader (OPML 2.0)."""
    title = _attribute(feed_text.title(config.site.title))
    lines = [f'{_XML}<opml version="2.0">\n<head><title>{title}</title></head>\n<body>\n']
    for feed in at.feeds_of(config):
        own = feed_text.title(config.site.title)
        name = _attribute(feed_text.title(f"{own}: {feed.name}" if feed.folder else own))
        address = _attribute(at.absolute(config, feed.place("atom")))
        home = _attribute(at.absolute(config, at.page_of(feed, config)))
        lines.append(
            f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{address}" htmlUrl="{home}"/>\n'
        )
    return "".join((*lines, "</body>\n</opml>\n")).encode()


def robots(config: Config) -> bytes:
    """Everything may be read and copied."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {at.absolute(config, at.SITEMAP)}\n".encode()


def security(archive: Archive, config: Config) -> bytes:
    """Whom to tell of a fault of the site (RFC 9116).

    It must say how long it holds: until the end of the year after that of the newest update, or until a
    later day that the configuration names. The clock is not asked: the doctor tells when that day is near.
    """
    began = config.site.authority.rpartition(",")[2][:4]
    year = next((update.date.year for update in archive.latest(1)), int(began) if began.isdecimal() else 2024)
    until = max(dt.date(year + 1, 12, 31), config.site.contact_until or dt.date.min)
    lines = (
        f"Contact: {at.contact_of(config)}",
        f"Expires: {until:%Y-%m-%d}T23:59:59Z",
        f"Preferred-Languages: {config.site.language}",
        f"Canonical: {at.absolute(config, at.SECURITY)}",
    )
    return ("\n".join(lines) + "\n").encode()


def latest(archive: Archive, config: Config) -> bytes:
    """Key of the newest update (``id``), how many items it has (``n``), and the newest edit (``t``, UTC).

    Small, to be asked for often; ``t`` looks at the last few updates.
    """
    newest = archive.latest(_LATEST)
    if not newest:
        return encode({"id": "", "n": 0, "t": ""}) + b"\n"
    edits = [update.updated for update in newest if update.updated]
    edit = f"{whole_second(max(edits)):%Y-%m-%dT%H:%MZ}" if edits else ""
    return encode({"id": newest[0].key, "n": len(newest[0].items), "t": edit}) + b"\n"


def _attribute(text: str) -> str:
    return escape(feed_text.clean(text))
