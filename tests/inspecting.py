"""A finished output folder -> what is wrong with it, as a reader's browser and feed reader would find out."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Set
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree

from tests.publishing import tree

_TAGS = re.compile(r"<(?!!--)[a-z][^>]*>", re.IGNORECASE)
_LINKS = re.compile(r"""\s(?:href|src)="([^"]*)\"""")
_IDS = re.compile(r"""\sid="([^"]*)\"""")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
FEED_NAME = re.compile(r"(?:.*/)?(?:feed|rss)(?:-\d{4}-\d\d(?:-\d+)?)?\.(?:xml|json)")


class Site:
    """The files of one output folder, by place, with what its pages and feeds say."""

    def __init__(self, files: Mapping[str, bytes], base_url: str = "https://example.org/") -> None:
        self.files = files
        self.base_url = base_url

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every HTML page as text."""
        return {place: body.decode() for place, body in self.files.items() if place.endswith(".html")}

    @cached_property
    def feeds(self) -> dict[str, bytes]:
        """Every feed in every format, archive parts as well."""
        return {place: body for place, body in self.files.items() if FEED_NAME.fullmatch(place)}

    def dead_links(self, entrances: Iterable[str] | None = None) -> list[str]:
        """Links of pages and feeds that lead to no file of the site, or to no element of its page.

        With ``entrances`` only those are looked at, and what can be reached from them.
        """
        pending = [*self.pages, *self.feeds] if entrances is None else list(entrances)
        seen, dead = set(pending), []
        while pending:
            place = pending.pop()
            for link in self._links(place):
                target, fragment = _target(self.base_url, place, link)
                if target is None:
                    continue
                ids = self._ids.get(target, {fragment})
                if target not in self.files or (fragment and fragment not in ids):
                    dead.append(f"{place} -> {link}")
                elif target not in seen and (target in self.pages or target in self.feeds):
                    seen.add(target)
                    pending.append(target)
        return dead

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        return {place: set(_IDS.findall(page)) for place, page in self.pages.items()}

    def _links(self, place: str) -> Set[str]:
        if place in self.pages:
            return _links_of(self.pages[place])
        body = self.files.get(place, b"").decode()
        return set(re.findall(rf'{re.escape(self.base_url)}[^"<>\s\\]*', body))

    def bad_feeds(self) -> list[str]:
        """Feeds that a feed reader stumbles over."""
        return [f"{place}: {fault}" for place, body in self.feeds.items() if (fault := _fault(place, body))]

    def check(self) -> None:
        """Fail with all that is wrong with the site."""
        assert self.feeds
        assert "index.html" in self.files
        assert not self.bad_feeds()
        assert not self.dead_links()
        assert not [place for place in self.files if "/.sitrep-" in f"/{place}"]

    def items(self, place: str = "feed.json") -> list[dict[str, Any]]:
        """The entries of a JSON feed, in its order."""
        items: list[dict[str, Any]] = json.loads(self.files[place])["items"]
        return items

    def ids(self, place: str = "feed.json") -> list[str]:
        """Ids of the entries of a JSON feed without the authority, in its order."""
        return [item["id"].split(":", 2)[2] for item in self.items(place)]

    def entry(self, name: str, place: str = "feed.json") -> dict[str, Any]:
        """The entry of a JSON feed whose id ends in ``name``."""
        return next(item for item in self.items(place) if item["id"].split(":", 2)[2] == name)

    def holding(self, words: str) -> list[str]:
        """Places of all files that hold these words."""
        return [place for place, body in self.files.items() if words.encode() in body]


@lru_cache(2048)  # most pages of a site, and of the sites of one file of tests, are the same
def _links_of(page: str) -> Set[str]:
    return {link.replace("&amp;", "&") for tag in _TAGS.findall(page) for link in _LINKS.findall(tag)}


@lru_cache(16_384)
def _target(base_url: str, place: str, link: str) -> tuple[str | None, str]:
    """The file a link means, and the element; None if it leads out of the site."""
    path, fragment = urldefrag(link)
    root = urlsplit(base_url).path
    if path.startswith(base_url):
        path = "/" + path[len(base_url) :]
    elif path.startswith(root):
        path = "/" + path[len(root) :]
    elif _ABSOLUTE.match(path):
        return None, ""
    folder = "" if path.startswith("/") else posixpath.dirname(place)
    joined = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/"))) if path else place
    target = f"{joined}/index.html" if path.endswith("/") else joined
    return posixpath.normpath(target), fragment


def _fault(place: str, body: bytes) -> str:
    try:
        entries = _json_entries(body) if place.endswith(".json") else _xml_entries(body)
    except (ValueError, KeyError, StopIteration, ElementTree.ParseError) as fault:
        return repr(fault)
    if not all(name and published for name, published in entries):
        return "an entry has no id or no date"
    return "" if len(entries) == len({name for name, _ in entries}) else "an id stands twice"


def _json_entries(body: bytes) -> list[tuple[str, str]]:
    return [(item["id"], item["date_published"]) for item in json.loads(body)["items"]]


def _xml_entries(body: bytes) -> list[tuple[str, str]]:
    """Ids and dates of the entries of Atom or RSS."""
    root = ElementTree.fromstring(body)
    entries = [element for element in root.iter() if _name(element) in ("entry", "item")]
    return [(_child(entry, "id", "guid"), _child(entry, "published", "pubDate")) for entry in entries]


def _child(entry: ElementTree.Element, *names: str) -> str:
    return next(child.text or "" for child in entry if _name(child) in names)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def site_in(folder: Path, base_url: str = "https://example.org/") -> Site:
    """The site in an output folder, as it stands now."""
    return Site(tree(folder), base_url)
