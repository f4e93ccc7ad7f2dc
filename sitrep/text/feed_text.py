"""The text of an item -> what a feed may carry: markup that every reader takes, titles on one line.

Content is the pages' own safe HTML, written so that it is well-formed XML and means the same as HTML:
one form for Atom, RSS and JSON.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from sitrep.text import markdown, summaries

# Patterns that few texts need are compiled when the first one does: a start must be quick.
_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
TITLE = 120
"""Characters of a title, at most."""
LISTED = 80
"""Characters of a title that is made, not written: what a list of entries shows."""
SUMMARY = 280


def clean(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 forbids (section 2.2)."""
    return text if text.isprintable() else re.sub(_FORBIDDEN, "\ufffd", text)


def contained(text: str) -> str:
    """The text with every embedding and isolate closed (Unicode Annex 9): it turns nothing after it."""
    if not _TURNS.search(text):
        return text
    open_signs: list[str] = []
    for sign in _SIGNS.findall(text):
        if sign in _CLOSES:
            open_signs.append(_CLOSES[sign])
        elif sign == _END_OF_ISOLATE and sign in open_signs:
            while open_signs.pop() != sign:
                pass
        elif open_signs and open_signs[-1] == sign:
            open_signs.pop()
    return text + "".join(reversed(open_signs))


_END_OF_ISOLATE = "\u2069"
_CLOSES = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c")
_CLOSES |= dict.fromkeys("\u2066\u2067\u2068", _END_OF_ISOLATE)
_TURNS = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]")
_SIGNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=2048)
def content(text: str, number: int, page: str) -> str:
    """Markdown as markup for a feed. ``number`` and ``page`` (absolute) make links to its notes whole."""
    html = markdown.to_html(contained(clean(text)), number)
    if html[:3] == "<p>" and not _UNUSUAL.search(html):
        return html
    whole = re.sub(_TAG, lambda found: _tag(found, page), html).replace("&nbsp;", "\xa0")
    whole = whole.replace("]]>", "]]&gt;")
    # A feed that does not parse is lost to every subscriber: what cannot be proved is shown as it is written.
    return whole if is_whole(whole) else markdown.as_written(clean(text)).replace("]]>", "]]&gt;")


def is_whole(markup: str) -> bool:
    """True if markup may stand inside an element of XML: it is well-formed, and no reference breaks it."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(f"<div>{markup}</div>", True)
    except (expat.ExpatError, ValueError):  # ValueError: characters that no encoding has
        return False
    return True


_UNUSUAL = re.compile(r"&nbsp;|<(?!/?(?:p|em|strong)>)|]]>")
_TAG = r"<([a-z0-9]+)((?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?)>"
_ATTRIBUTE = r"\s([a-z:-]+)(?:=\"([^\"]*)\")?"
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))


def _tag(found: re.Match[str], page: str) -> str:
    name, attributes = found.groups()
    if attributes:
        attributes = re.sub(_ATTRIBUTE, lambda one: _attribute(one, page), attributes.rstrip(" /"))
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
    return code if re.fullmatch(_LANGUAGE, code) else "und"


_LANGUAGE = "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"


def one_line(text: str) -> str:
    """Markdown as plain text on one line, without characters that turn the direction of what follows."""
    return summaries.one_line(clean(text))


def one_name(text: str) -> str:
    """A name from the config: clean, on one line."""
    return " ".join(_SIGNS.sub("", clean(text)).split())


def title(text: str) -> str:
    """Plain text as a title: one line, bounded at a word, no angle brackets (readers take them for markup).

    Empty for a text of white space.
    """
    return flat_title(one_name(text))


def flat_title(flat: str) -> str:
    """The same for a text that is clean and on one line already."""
    if "<" in flat or ">" in flat:
        flat = flat.replace("->", "→").replace("<", "‹").replace(">", "›")
    return summaries.shortened(flat, TITLE)


@lru_cache(maxsize=512)
def escaped(text: str) -> str:
    """Plain text inside markup."""
    return escape(clean(text), quote=False)


@lru_cache(maxsize=512)
def link(address: str, words: str) -> str:
    """A link; neither part is markup yet."""
    return f'<a href="{escape(address)}">{escaped(words)}</a>'
