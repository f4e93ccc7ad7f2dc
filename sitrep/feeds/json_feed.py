"""Heads and entries -> JSON Feed 1.1 (jsonfeed.org). Finished entries are joined as bytes.

What the format has no word for stands in ``_sitrep``: ids of the fronts, certainty, who said it, places.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.base.say import rfc3339
from sitrep.base.values import encode
from sitrep.feeds.model import Entry, FeedHead

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
_NO_ITEMS = b'"items":[]'


def feed(head: FeedHead, entries: Iterable[bytes]) -> bytes:
    """A feed of entries that ``entry`` has made."""
    links = {link.rel: link.href for link in head.links}
    values: dict[str, object] = {
        "version": VERSION,
        "title": head.title,
        "description": head.description,
        "home_page_url": head.home,
        "feed_url": links["self"],
        "icon": head.icon,
        "favicon": head.icon,
        "language": head.lang,
        "authors": [_author(head)],
        "items": [],
        "_sitrep": _of_head(head),
    }
    for link in head.links:
        if link.rel == "prev-archive" and link.type == TYPE:
            values["next_url"] = link.href
    hubs = [{"type": "WebSub", "url": link.href} for link in head.links if link.rel == "hub"]
    if hubs:
        values["hubs"] = hubs
    before, after = encode(values).split(_NO_ITEMS)
    return b'%s"items":[\n%s]%s\n' % (before, b"\n,".join(entries), after)


def _author(head: FeedHead) -> dict[str, str]:
    url = head.uri or (f"mailto:{head.email}" if head.email else "")
    return {"name": head.author, "url": url} if url else {"name": head.author}


def _of_head(head: FeedHead) -> dict[str, object]:
    links = {link.rel: link.href for link in head.links}
    extra: dict[str, object] = {
        "about": head.about,
        "id": head.id,
        "updated": rfc3339(head.updated),
        "archive": head.archive,
    }
    return extra | {
        rel.replace("-", "_"): links[rel] for rel in ("license", "prev-archive", "current") if rel in links
    }


def entry(entry: Entry) -> bytes:
    """An entry as an object of ``items``."""
    values: dict[str, object] = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "language": entry.lang,
        "_sitrep": _of_entry(entry),
    }
    if entry.signed:
        values["authors"] = [{"name": entry.author}]
    if entry.categories:
        values["tags"] = [label for _, label in entry.categories]
    if entry.enclosures:
        values["attachments"] = [
            {"url": enclosure.url, "mime_type": enclosure.type, "size_in_bytes": enclosure.length}
            | ({"title": enclosure.alt} if enclosure.alt else {})
            for enclosure in entry.enclosures
        ]
    return encode(values)


def _of_entry(entry: Entry) -> dict[str, object]:
    extra: dict[str, object] = {"fronts": [front for front, _ in entry.categories]}
    if entry.certainty:
        extra["certainty"] = entry.certainty
    if entry.by:
        extra["by"] = entry.by
    if entry.places:
        extra["places"] = entry.places
    if entry.points:
        extra["points"] = entry.points
    if entry.withdrawn:
        extra["withdrawn"] = True
    return extra
