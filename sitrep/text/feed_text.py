"""The text of an item -> what a feed may carry: markup that every reader takes, titles on one line.

Content is the pages' own safe HTML, written so that it is well-formed XML and means the same as HTML:
one form for Atom, RSS and JSON.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.say import without_controls
from sitrep.text import markdown, summaries

TITLE = 180
"""Characters of a title, at most: a list clips by itself what it has no room for, wherever a thought ends."""
LISTED = 80
"""Characters of a title that is made, not written: what a list of entries shows."""
SUMMARY = 280

clean = without_controls
"""A text as every format and terminal takes it."""


@remembering
def content(text: str, number: int, page: str) -> str:
    """Markdown as markup for a feed. ``number`` and ``page`` (absolute) make links to its notes whole."""
    html = markdown.to_html(clean(text), number)
    if html[:3] == "<p>" and not _UNUSUAL.search(html):
        return html
    whole = _TAG.sub(lambda found: _tag(found, page), html).replace("&nbsp;", "\xa0")
    whole = whole.replace("]]>", "]]&gt;")
    # A feed that does not parse is lost to every subscriber: what cannot be proved is shown as it is written.
    return whole if is_whole(whole) else markdown.as_written(clean(text)).replace("]]>", "]]&gt;")


def is_whole(markup: str | bytes) -> bool:
    """True if markup may stand inside an element of XML: it is well-formed, and no reference breaks it."""
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse("<div>")
        parser.Parse(markup)
        parser.Parse("</div>", True)
    except (expat.ExpatError, ValueError):  # ValueError: characters that no encoding has
        return False
    return True


_UNUSUAL = lazy_pattern(r"&nbsp;|<(?!/?(?:p|em|strong)>)|]]>")
_TAG = lazy_pattern(r"<([a-z0-9]+)((?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?)>")
_ATTRIBUTE = lazy_pattern(r"\s([a-z:-]+)(?:=\"([^\"]*)\")?")
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))


def _tag(found: re.Match[str], page: str) -> str:
    name, attributes = found.groups()
    if attributes:
        attributes = _ATTRIBUTE.sub(lambda found: _attribute(found, page), attributes.rstrip(" /"))
    return f"<{name}{attributes}/>" if name in _VOID else f"<{name}{attributes}>"


def _attribute(found: re.Match[str], page: str) -> str:
    name, value = found[1], found[2] or ""
    if name == "href" and value.startswith("#"):
        value = escape(page) + value
    value = value.replace("&nbsp;", "\xa0").replace("<", "&lt;").replace(">", "&gt;")
    value = value.replace("\t", "&#9;").replace("\n", "&#10;")
    return f' {name}="{value}"'


@lru_cache(maxsize=64)
def language(code: str) -> str:
    """A language code that XML and JSON take (BCP 47), ``und`` for what is none."""
    return code if _LANGUAGE.fullmatch(code) else "und"


_LANGUAGE = lazy_pattern("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def one_line(text: str) -> str:
    """Markdown as plain text on one line, without characters that turn the direction of what follows."""
    return summaries.one_line(clean(text))


def one_name(text: str) -> str:
    """A name from the config: clean, on one line."""
    return " ".join(clean(text).split())


def title(text: str) -> str:
    """Plain text as a title: one line, bounded at a word, no angle brackets (readers take them for markup).
    Empty for a text of white space."""
    return flat_title(one_name(text))


def flat_title(flat: str) -> str:
    """The same for a text that is clean and on one line already."""
    if "<" in flat or ">" in flat:
        flat = flat.replace("->", "→").replace("<", "‹").replace(">", "›")
    return summaries.shortened(flat, TITLE)


@remembering
def escaped(text: str) -> str:
    """Plain text inside markup."""
    return escape(clean(text), quote=False)


@lru_cache(maxsize=512)
def link(address: str, words: str) -> str:
    """A link; neither part is markup yet."""
    return f'<a href="{escape(address)}">{escaped(words)}</a>'
