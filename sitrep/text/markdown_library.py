"""What Python-Markdown and nh3 make of a text with markup. The one door to both.

Raw HTML is text to be shown, never run; an image becomes a link, a bare address too.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from typing import TYPE_CHECKING, TypeAlias

from sitrep.base.deadline import within
from sitrep.base.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor

SECONDS = 2.0
"""Of processor time for one text, beyond which it is shown as it is written; the longest need 0.1."""
REL = "noopener noreferrer"
_INLINE = ("a", "br", "code", "del", "em", "strong", "sup")
_BLOCKS = ("blockquote", "div", "hr", "li", "ol", "p", "pre", "ul")
_TABLE = ("table", "tbody", "td", "th", "thead", "tr")
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "sup": {"id"},
    "li": {"id"},
    "div": {"class"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto"}
_STASH = lazy_pattern("[\x02\x03]")
"""What Python-Markdown puts around the places of what it has laid aside."""


def html_of(text: str, prefix: int) -> str:
    """Safe HTML, by this thread's own instance: they must not be shared, and one that has failed is not used
    again, for it may believe for ever that it is inside a list. Raises whatever the libraries do."""
    render: Renderer = getattr(_own, "render", None) or _make_renderer()
    _own.render = None
    with within(SECONDS):
        made, safe = render(text, prefix)
    _own.render = render
    # Of an address of mail the library makes references, which hide what it has laid aside.
    if _STASH.search(made) or _STASH.search(safe):
        raise ValueError("something laid aside was not put back")
    if not _has_all_words(made, text):
        raise ValueError("a word was lost")
    return safe


def html_of_document(text: str) -> str:
    """HTML of a document of our own, headings and all; nothing in it is taken for dangerous."""
    from markdown import markdown

    return markdown(text, extensions=["tables", "fenced_code", "toc"])


_own = threading.local()
Renderer: TypeAlias = Callable[[str, int], tuple[str, str]]
"""Text and a prefix for its footnotes -> HTML as Python-Markdown makes it, and what nh3 leaves of that."""


def _make_renderer() -> Renderer:
    import nh3
    from markdown import Markdown
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    footnotes = FootnoteExtension(UNIQUE_IDS=True, SUPERSCRIPT_TEXT="[{}]")
    md = Markdown(extensions=[TableExtension(), footnotes, SaneListExtension(), FencedCodeExtension()])
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, *"<~|&\"'=:@$^"]
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    for block in ("hashheader", "setextheader", "code"):
        md.parser.blockprocessors.deregister(block)
    for name, processor, priority in _inline_processors(md):
        md.inlinePatterns.register(processor, name, priority)

    def render(text: str, prefix: int) -> tuple[str, str]:
        md.reset()
        footnotes.unique_prefix = prefix
        made = md.convert(text)
        safe = nh3.clean(
            made,
            tags={*_INLINE, *_BLOCKS, *_TABLE},
            attributes=_ATTRIBUTES,
            attribute_filter=_attribute,
            url_schemes=_SCHEMES,
            link_rel=REL,
        )
        return made, safe

    return render


# Numbers of a list are shown by the list; what an attribute says counts, for an address is one.
_MARKERS = lazy_pattern(r"^[^\S\n]*(?:>[^\S\n]*)*(?:(?:[-+*]|\d+\.)\s+)+", re.M)
_ELEMENT = lazy_pattern(r"<[^<>]*>")
_VALUE = lazy_pattern(r'="([^"]*)"')
_WORD = lazy_pattern(r"[^\W_]+")
_FENCED = lazy_pattern(r"^[\s>]*(?:`{3,}|~{3,})\s?[\w+#-]{1,20}\s*$", re.M)
"""In what language a code is written: of no use to readers."""
_NAMED = lazy_pattern(r"(?<=\]) ?\[([^\[\]]{1,200})\]")
_USED = lazy_pattern(r"\[([^\[\]]{1,200})\](?!:)")
_NAMES = lazy_pattern(r"^[\s>]*\[([^\[\]]{1,200})\]:", re.M)
"""``[words][name]``, or ``[name]`` alone, and ``[name]: address``: where a link leads."""


def _has_all_words(html: str, text: str) -> bool:
    """True if each word of a text is in what the library has made of it, to be read or in an attribute."""
    # A link inside an address makes none that leads anywhere: what it says would be gone with it.
    values = (value for value in _VALUE.findall(html) if "](" not in value)
    made = unescape(f"{_ELEMENT.sub('', html)} {' '.join(values)}")
    lost = {*_WORD.findall(unescape(_MARKERS.sub("", text)))} - {*_WORD.findall(made)}
    if not lost:
        return True
    lost &= {*_WORD.findall(unescape(_MARKERS.sub("", _without_names(text))))}
    return all(word in made for word in lost)


def _without_names(text: str) -> str:
    """The text without names that nobody reads: of links, each told and used, and of languages of code."""
    # Behind a name a colon may follow: "as [told][report]: ...".
    used = {*map(link_name, _USED.findall(text)), *map(link_name, _NAMED.findall(text))}
    told = used.intersection(map(link_name, _NAMES.findall(text)))
    for pattern in (_NAMED, _NAMES) if told else ():
        text = pattern.sub(lambda found: " " if link_name(found[1]) in told else found[0], text)
    return _FENCED.sub("", text)


def link_name(label: str) -> str:
    """The name of a link as it is compared: in whatever letters and with whatever blanks it is written."""
    return " ".join(label.lower().split())


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep links that lead somewhere from every page, feed and mirror: whole addresses and footnotes."""
    if name == "href" and not value.startswith(("http://", "https://", "mailto:", "#fn")):
        return "https:" + value if value.startswith("//") else None
    return value


def _inline_processors(md: Markdown) -> Iterator[tuple[str, InlineProcessor, int]]:
    """A bare address becomes a link; what is between tildes is struck out."""
    from xml.etree.ElementTree import Element

    from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
    from markdown.util import AtomicString

    class BareAddress(InlineProcessor):
        ANCESTOR_EXCLUDES = ("a",)

        def handleMatch(  # type: ignore[override]
            self, m: re.Match[str], data: str
        ) -> tuple[Element, int, int]:
            address = _without_tail(m.group())
            link = Element("a", href=address)
            link.text = AtomicString(address)
            return link, m.start(), m.start() + len(address)

    bare = BareAddress(r"\bhttps?://[^\s<>\"\x02\x03]+", md)
    struck = SimpleTagInlineProcessor(r"(~~)(?![~\s])([^~\x02\x03]{1,2000}?)(?<!\s)~~(?!~)", "del")
    yield "struck", struck, 65
    yield "bare_address", bare, 115
    yield from _link_processors(md)


def _link_processors(md: Markdown) -> Iterator[tuple[str, InlineProcessor, int]]:
    """An image becomes a link to it: no page loads anything from elsewhere. A mere word is no address:
    ``[sic](unverified)`` stays as it is written."""
    from xml.etree.ElementTree import Element

    from markdown.inlinepatterns import IMAGE_LINK_RE, LINK_RE, ImageInlineProcessor, LinkInlineProcessor
    from markdown.util import AtomicString

    class ImageAsLink(ImageInlineProcessor):
        def handleMatch(  # type: ignore[override]
            self, m: re.Match[str], data: str
        ) -> tuple[Element | None, int | None, int | None]:
            image, start, end = super().handleMatch(m, data)
            if image is None or isinstance(image, str):
                return None, None, None
            link = Element("a", {name: image.get(of, "") for name, of in _OF_IMAGE if image.get(of)})
            link.text = AtomicString(_shown(self.unescape(image.get("alt", "")), image.get("src", "")))
            return link, start, end

    class LinkToAddress(LinkInlineProcessor):
        def handleMatch(  # type: ignore[override]
            self, m: re.Match[str], data: str
        ) -> tuple[Element | None, int | None, int | None]:
            link, start, end = super().handleMatch(m, data)
            if link is None or isinstance(link, str) or _WORD.fullmatch(link.get("href", "")):
                return None, None, None
            return link, start, end

    yield "image_link", ImageAsLink(IMAGE_LINK_RE, md), 150
    yield "link", LinkToAddress(LINK_RE, md), 160


_OF_IMAGE = (("href", "src"), ("title", "title"))


def _shown(alt: str, source: str) -> str:
    """What stands for an image; an address that leads nowhere is no link, and is shown with its words."""
    leads = source.startswith(("http", "//", "mailto:"))
    return (alt if leads else f"{alt} ({source})") if alt else source


def _without_tail(address: str) -> str:
    """An address without the punctuation of the sentence it stands in."""
    address = address.rstrip(".,;:!?'*_”’»…")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?'*_”’»…")
    return address
