"""A WordPress export (WXR) -> its posts as texts with their details; what is no post is left out by name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.importing.constructs import cleared
from sitrep.importing.html_markdown import markdown_of
from sitrep.importing.values import Details, LeftOut

Post = tuple[str, str, Details, tuple[str, ...]]
"""Where it was, its text, its details, and what was not understood in it."""

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_WORDPRESS = lazy_pattern(r"\{http://wordpress\.org/export/[\d.]+/\}")
_STATES = {"publish": False, "future": False, "draft": True, "pending": True, "auto-draft": True}
_BLOCK = lazy_pattern(r"</?(?:p|div|ul|ol|h[1-6]|blockquote|table|figure|pre)\b", re.I)


def is_export(content: bytes) -> bool:
    """True if a file looks like an export of WordPress."""
    head = content[:4_000]
    return b"<rss" in head and b"wordpress.org/export/" in head


def posts(content: bytes, origin: str) -> Iterator[Post | LeftOut]:
    """The posts of an export in its order. Raises SiteError if it is no XML, or XML with a DTD."""
    if b"<!DOCTYPE" in content[:100_000] or b"<!ENTITY" in content:
        raise _broken(origin, "the export declares entities, which no export of WordPress does")
    authors: dict[str, str] = {}
    try:
        for _, element in ElementTree.iterparse(BytesIO(content)):
            if _WORDPRESS.sub("", element.tag) == "author":
                fields = _fields(element)
                authors[fields.get("author_login", "")] = fields.get("author_display_name", "")
            elif element.tag == "item":
                yield _post(element, authors, origin)
                element.clear()
    except ElementTree.ParseError as fault:
        raise _broken(origin, f"the export is broken: {fault}") from None


def _broken(origin: str, fact: str) -> SiteError:
    return SiteError(Problem(path=origin, fact=fact, remedy="export it again: Tools, Export, All content"))


def _fields(element: ElementTree.Element) -> dict[str, str]:
    """WordPress' own fields by name."""
    return {
        _WORDPRESS.sub("", child.tag): (child.text or "").strip()
        for child in element
        if _WORDPRESS.match(child.tag)
    }


def _post(item: ElementTree.Element, authors: dict[str, str], origin: str) -> Post | LeftOut:
    fields = _fields(item)
    title = " ".join((item.findtext("title") or "").split())
    where = f"{origin}: {title or fields.get('post_id', '?')}"
    kind, status = fields.get("post_type", "post"), fields.get("status", "publish")
    if kind != "post":
        return LeftOut(origin=where, reason=f"it is no post but of the kind {kind}")
    if fields.get("post_password") or status not in _STATES:
        reason = "it is protected by a password" if fields.get("post_password") else f"its status is {status}"
        return LeftOut(origin=where, reason=reason)
    text, odd = cleared(item.findtext(_CONTENT) or "")
    login = item.findtext(_CREATOR) or ""
    moment = _moment(fields.get("post_date", ""))
    details = Details(
        title=title or None,
        date=moment.date() if moment else None,
        time=moment.time() if moment else None,
        author=authors.get(login) or login or None,
        draft=_STATES[status],
        publish=moment.strftime("%Y-%m-%d %H:%M") if moment and status == "future" else None,
    )
    return where, markdown_of(_with_paragraphs(text), where), details, odd


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # the blog's own wall clock
    except ValueError:
        return None


def _with_paragraphs(text: str) -> str:
    """Old posts part their paragraphs with blank lines and have no <p>."""
    if _BLOCK.search(text):
        return text
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
