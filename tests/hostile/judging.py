"""A finished output folder -> whatever in it runs, loads, steers a terminal or breaks a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from lxml import html

RUNNING = {"script", "style", "iframe", "object", "embed", "math", "meta", "base", "frame", "applet", "link"}
"""Elements that no text of an author may bring into a page."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
PLACEHOLDER = re.compile(r"(?:klzzwxh|wzxhzdk):(?!7777|7{1,3}…)\d|[\x02\x03]")
"""What a library puts where it has laid something aside; 7777 is what our texts write themselves."""
_SCHEME = re.compile(r"[\s\x00-\x20]*(?:javascript|data|vbscript|file):", re.I)
_FEED = (".xml", ".opml")


def only_leads_on(page: str) -> bool:
    """True for a page that holds nothing but the way to another one, and goes there."""
    return "<title>Moved: " in page


def faults(tree: Mapping[str, bytes], good: str = "") -> Iterator[str]:
    """What is wrong with it, one line each. ``good``: words of another file that must be out in the feeds."""
    holding = set()
    for name, content in tree.items():
        if name.startswith("media/") or not name.endswith((*_FEED, ".json", ".js", ".html", ".txt")):
            continue
        try:
            text = content.decode()
            yield from (f"{name}: {fault}" for fault in _faults(name, text))
        except (UnicodeDecodeError, ValueError, expat.ExpatError) as fault:
            yield f"{name}: does not parse: {fault}"
            continue
        holding |= {name} if good and good in text else set()
    if good:
        wanted = {"feed.xml", "rss.xml", "feed.json", "items/feed.xml", "items/rss.xml", "items/feed.json"}
        yield from (f"{name}: the good file is not in it" for name in sorted(wanted - holding))


def _faults(name: str, text: str) -> Iterator[str]:
    if found := CONTROLS.search(text):
        yield f"holds the control character {found[0]!r}: {_about(text, found)}"
    if found := TURNS.search(text):
        yield f"holds a sign that turns the direction: {_about(text, found)}"
    if found := PLACEHOLDER.search(text):
        yield f"holds a placeholder: {_about(text, found)}"
    if name.endswith(_FEED):
        expat.ParserCreate().Parse(text.encode(), True)
    elif name.endswith(".json"):
        for entry in _entries(json.loads(text)):
            yield from (f"{entry.get('id')}: {fault}" for fault in inert(str(entry["content_html"])))
    elif name.endswith(".js"):
        json.loads(text.removeprefix("listed(").removesuffix(")\n"))
    elif name.endswith(".html"):
        body = html.document_fromstring(text.encode()).find(".//main")
        if body is not None:
            yield from inert_element(body)
        elif not only_leads_on(text):
            yield "has no main"


def _about(text: str, found: re.Match[str]) -> str:
    return repr(text[max(0, found.start() - 40) : found.end() + 40])


def _entries(values: object) -> Iterator[dict[str, object]]:
    if isinstance(values, dict) and "jsonfeed" in str(values.get("version")):
        yield from values["items"]


def inert(markup: str) -> Iterator[str]:
    """What in a piece of markup is not inert; the markup of an entry is well-formed XML as well."""
    expat.ParserCreate().Parse(f"<div>{markup}</div>".encode(), True)
    yield from inert_element(html.fragment_fromstring(f"<div>{markup}</div>"))


def inert_element(body: html.HtmlElement) -> Iterator[str]:
    """What below an element runs, loads, or leads to anything but a page or an address of mail."""
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in RUNNING:
            yield f"holds the element {element.tag}"
        for key, value in element.attrib.items():
            if key.startswith("on"):
                yield f"holds the attribute {key}"
            if key in ("href", "src", "action", "srcset") and _SCHEME.match(value):
                yield f"leads to {value[:60]!r}"
            if key in ("src", "srcset") and re.match(r"(?:[a-z]+:)?//", value, re.I):
                yield f"loads {value[:60]!r}"
