"""A finished entry -> whether readers can read it, and the same entry without markup where they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from sitrep.base.patterns import lazy_pattern
from sitrep.base.say import without_controls
from sitrep.base.values import decoder, replace
from sitrep.feeds.model import Entry
from sitrep.site.addresses import FeedFormat
from sitrep.text.feed_text import is_whole

_values = decoder(dict[str, Any])
_TAG = lazy_pattern("<[^>]*>")


def is_whole_everywhere(content: str) -> bool:
    """True if the content of an entry is well-formed, and nothing in it ends a section of RSS."""
    return "]]>" not in content and is_whole(content)


def can_be_read(written: bytes, form: FeedFormat) -> bool:
    """True if an entry parses: as XML, or as JSON."""
    if form != "json":
        return is_whole(written)
    try:
        return bool(_values(written))
    except ValueError:
        return False


def tries(entry: Entry) -> Iterator[Entry]:
    """The entry, and what is tried where it cannot be read."""
    yield entry
    yield in_words(entry)


def in_words(entry: Entry) -> Entry:
    """The same entry with its words for content: shown as they are written, and nothing of them runs."""
    words = escape(without_controls(unescape(_TAG.sub(" ", entry.content))), quote=False)
    texts = {name: without_controls(getattr(entry, name)) for name in _TEXTS}
    return replace(entry, **texts, content=f"<div>{words}</div>")


_TEXTS = ("id", "title", "link", "summary", "lang", "author")
