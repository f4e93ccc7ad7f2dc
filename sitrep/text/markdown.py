"""The Markdown source of one item or passage -> safe HTML, or plain text.

The one door to Python-Markdown and nh3. Most items hold no markup at all; they take a literal path
that gives the very same bytes without either library. Items come one at a time, without their list
marker, so a block has no headings; raw HTML is text to be shown, never run; an image becomes a link.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import count, pairwise
from typing import TYPE_CHECKING, TypeAlias

from sitrep.base.deadline import within
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.say import without_controls
from sitrep.text.long_texts import FENCES, is_too_much, pieces

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor

# One set of characters is found quickly; only where it strikes is the slower question asked.
_SUSPECT = lazy_pattern(r"[\\`*_\[\]<>|~&\x00-\x1f\x7f]")
_MARKUP = lazy_pattern(
    r"[\\`*_\[\]<>|~\x00-\x09\x0b-\x1f\x7f]|&[#\w]"  # inline and table markup, entities
    r"|\n(?:[^\S\n]|\n\s|[-+]|\d+\.)|[^\S\n]\n"  # what may open a block, or break a line
)
_OPENING = lazy_pattern(r"\s|[-+]|\d+\.")
_LOOSE = lazy_pattern(r"(?<![!\\\]])\[((?:[^\W_]|[ ,.;'’?/-])*)\](?![(\[])")
"""Words in brackets: a link only where an address follows, or stands further down as ``[words]:``."""
SECONDS = 2.0
"""Of processor time for one text, beyond which it is shown as it is written; the longest need 0.1."""

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
_REL = "noopener noreferrer"


def to_html(text: str, prefix: int = 0) -> str:
    """Safe HTML of one block of Markdown: no script, image, heading or style; links leave no referrer.

    ``prefix`` (an item's number) keeps the ids of footnotes apart on a page with several blocks.
    Empty only for a text of white space. The time is bounded by a constant for each character.
    """
    # Nothing but a footnote tells one place on a page from another.
    prefix = prefix if "[^" in text else 0
    return _html(text, prefix)


def to_text(text: str, links: bool = False) -> str:
    """What a reader would read: the text without its markup, paragraphs parted by a blank line.

    Without footnotes and what is struck out. With ``links`` the address of a link follows its words in angle
    brackets, a footnote stands as ``[1]`` and below the text, and what is struck out between tildes.
    """
    return _text(text, links)


@remembering
def _html(text: str, prefix: int) -> str:
    """HTML of a text; as it is written where anything unforeseen happens, which costs the text its markup."""
    try:
        return _made_html(text, prefix)
    except Exception:
        return as_written(text)


def _made_html(text: str, prefix: int) -> str:
    if "](tel:" in text:
        text = _TELEPHONE.sub(_with_number, text)
    if _is_literal(text):
        return _literal(text)
    if "](http" in text and _is_literal(_PLAIN_LINK.sub(r"\1", text)):
        return _PLAIN_LINK.sub(_WITH_REL, _literal(text))
    if not is_too_much(text):
        return _converted(text, prefix)
    with within(SECONDS):
        return "\n".join(_piece(piece, prefix) for piece in pieces(text))


@remembering
def _text(text: str, links: bool) -> str:
    """What of a text is read; all of it as it is written where anything unforeseen happens."""
    try:
        return _made_text(text, links)
    except Exception:
        return without_controls(text.strip())


def _made_text(text: str, links: bool) -> str:
    if _is_literal(text):
        return text
    html = to_html(text, 0)
    for pattern, plain in _FULL if links or _is_struck(html) else _SHORT:
        html = pattern.sub(plain, html)
    if links:
        number = count(1)
        html = _LINK.sub(_with_address, _NOTE.sub(lambda _: f"<p>[{next(number)}] ", html))
    for pattern, plain in _PLAIN:
        html = pattern.sub(plain, html)
    return unescape(html).replace("\xa0", " ").strip()


def _is_struck(html: str) -> bool:
    """True for a text that is struck out wholly: that is all there is to show."""
    return "<del>" in html and not _SAYS_SOMETHING.search(_STRUCK.sub("", html))


def _is_literal(text: str) -> bool:
    """True if Markdown would do nothing to the text but wrap its paragraphs."""
    if "[" in text and "]:" not in text:
        text = _LOOSE.sub(r"(\1)", text)
    if _OPENING.match(text) or "://" in text or text[-1:].isspace():
        return False
    return not (_SUSPECT.search(text) and _MARKUP.search(text)) and "wzxhzdk" not in text


# A link as most authors write one: plain words, and an address that needs no thought.
_LABEL = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_PLAIN_LINK = lazy_pattern(
    r"(?<!!)\[((?:[^\W_]|[ ,.;:'’?()/-])*[^\W_])\]"
    rf"\((https?://{_LABEL}(?:\.{_LABEL})+(?:/[A-Za-z0-9./_=?#%+-]*)?)\)"
)
_WITH_REL = rf'<a href="\2" rel="{_REL}">\1</a>'

# A mark of a footnote beside a number would become a digit of it. One whose note is not there is text.
_MARK = r'<sup id="fnref[^"]*"><a [^>]*>\[(\d+)\]</a></sup>'
_LOOSE_MARK = r"\[\^([^\[\]\s]{1,80})\]"
_STRUCK = lazy_pattern(r"<del>.*?</del>[ \n]?", re.S)
_FULL = (
    (re.compile(_MARK), r" [\1]"),
    (re.compile(_LOOSE_MARK), r" [\1]"),
    (re.compile(r'(?:(?<!\s)(?<!&nbsp;)(?:&nbsp;|\s)+)?<a class="footnote-backref"[^>]*>[^<]*</a>'), ""),
    (re.compile("</?del>"), "~~"),
)
_SHORT = (
    (re.compile(r'<div class="footnote">.*?</div>', re.S), ""),
    (re.compile(_MARK), ""),
    (re.compile(_LOOSE_MARK), ""),
    (_STRUCK, ""),
)
_NOTE = lazy_pattern(r'<li id="fn:[^"]*">\s*<p>')
_LINK = lazy_pattern(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.S)
# White space before a tag, looked at from where it begins: lists ten deep are made of runs of blanks.
_BEFORE = r"(?:(?<!\s)\s+)?"
_PLAIN = (
    (re.compile(rf"{_BEFORE}<(?:p|pre|blockquote|table)>\s*"), "\n\n"),
    (re.compile(rf"{_BEFORE}<li[^>]*>\s*"), "\n- "),
    (re.compile(rf"{_BEFORE}<(?:br|hr|/tr)>\s*"), "\n"),
    (re.compile(rf"{_BEFORE}<t[hd]>"), "  "),
    (re.compile(r"<[^>]*>"), ""),
    (re.compile(r"\n\s*\n"), "\n\n"),
)


def _with_address(found: re.Match[str]) -> str:
    address, words = found.groups()
    if address == words or address.startswith(("#", "mailto:")):
        return words
    return f"{words} &lt;{address}&gt;"


def _literal(text: str) -> str:
    """HTML of text that holds no markup; nothing in it is changed."""
    if not text:
        return ""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "\xa0" in text:
        text = text.replace("\xa0", "&nbsp;")
    if "\n\n" in text:
        text = text.replace("\n\n", "</p>\n<p>")
    return f"<p>{text}</p>"


@remembering
def prose(text: str) -> str:
    """The first paragraph that is no fenced code, table or address by itself; empty if there is none."""
    if "|" not in text and "://" not in text and "```" not in text and "~~~" not in text:
        return text
    kept: list[str] = []
    fence, table, lines = "", False, [line.strip() for line in text.split("\n")]
    for place, line in enumerate(lines):
        table = "|" in line and (table or _is_row(place, lines))
        if fence:
            fence = "" if line.startswith(fence) else fence
        elif line.startswith(FENCES):
            fence = line[:3]
        elif line and not table and not _is_address(line):
            kept.append(line)
            continue
        if kept:
            break
    return "\n".join(kept)


def holds_table(text: str) -> bool:
    """True if a line of heads stands above the rule of a table."""
    lines = text.split("\n") if "|" in text and "\n" in text else ()
    return any("|" in head and _is_rule(rule.strip()) for head, rule in pairwise(lines))


def _is_row(place: int, lines: list[str]) -> bool:
    """True of a table's heads, of the rule under them, and of a line between two bars."""
    line = lines[place]
    between = len(line) > 2 and line[0] == line[-1] == "|"
    return between or any(map(_is_rule, lines[place : place + 2]))


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip("|-: \t")


def _is_address(line: str) -> bool:
    return line.strip("<>()[] .,;*_").startswith(("http://", "https://")) and " " not in line


def escaped(text: str) -> str:
    """Plain text as it stands in the HTML that ``to_html`` gives."""
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def as_written(text: str) -> str:
    """HTML that shows the source itself, paragraph by paragraph."""
    safe = escape(without_controls(text.strip()), quote=False)
    return "\n".join(f"<p>{part}</p>" for part in re.split(r"\n[ \t]*\n\s*", safe)) if safe else ""


_STASH = lazy_pattern("[\x02\x03]")
"""What Python-Markdown puts around the places of what it has laid aside."""
# The marker of the item itself is gone already: "3. March 2024" begins no list.
_LEADING = lazy_pattern(r"^([-+*])(?=\s)|^(\d+)(\.)(?=\s)")


def _piece(text: str, prefix: int) -> str:
    """HTML of a piece of a long text: of code without the library, of a line too long as it is written."""
    if text.startswith(FENCES):
        return f"<pre><code>{escape(without_controls(text.partition(chr(10))[2]), quote=False)}</code></pre>"
    return as_written(text) if is_too_much(text) else _html(text, prefix)


def _converted(text: str, prefix: int) -> str:
    """HTML of text with markup; as it is written where the library loses the words."""
    source = _WIDE.sub(" ", text.strip())
    html = without_controls(_html_of(_LEADING.sub(_escaped, source, count=1), prefix))
    # A lone link definition, or a table without cells, would leave nothing of the author's words.
    return html if _SAYS_SOMETHING.search(html) else as_written(text)


# So many blanks in a row show as one; patterns, the library's too, look at each of them from each of them.
_WIDE = lazy_pattern(r"[^\S\n]{40,}")
_SAYS_SOMETHING = lazy_pattern(r">\s{0,40}[^<\s]|<hr>")


def _escaped(marker: re.Match[str]) -> str:
    return f"{marker[2]}\\{marker[3]}" if marker[2] else f"\\{marker[1]}"


def _html_of(text: str, prefix: int) -> str:
    """What Python-Markdown and nh3 make of it, in this thread's own instance: they must not be shared.

    One that has failed is not used again: it may believe for ever that it is inside a list.
    """
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
            link_rel=_REL,
        )
        return made, safe

    return render


# Numbers of a list are shown by the list; what an attribute says counts, for an address is one.
_MARKERS = lazy_pattern(r"^[\s>]*(?:(?:[-+*]|\d+\.)\s+)+", re.M)
_ELEMENT = lazy_pattern(r"<[^<>]*>")
_VALUE = lazy_pattern(r'="([^"]*)"')
_WORD = lazy_pattern(r"[^\W_]+")


def _has_all_words(html: str, text: str) -> bool:
    """True if each word of a text is in what the library has made of it, to be read or in an attribute."""
    # A link inside an address makes none that leads anywhere: what it says would be gone with it.
    values = (value for value in _VALUE.findall(html) if "](" not in value)
    made = unescape(f"{_ELEMENT.sub('', html)} {' '.join(values)}")
    lost = {*_WORD.findall(unescape(_MARKERS.sub("", text)))} - {*_WORD.findall(made)}
    return all(word in made for word in lost)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep links that lead somewhere from every page, feed and mirror: whole addresses and footnotes."""
    if name == "href" and not value.startswith(("http://", "https://", "mailto:", "#fn")):
        return "https:" + value if value.startswith("//") else None
    return value


def _inline_processors(md: Markdown) -> Iterator[tuple[str, InlineProcessor, int]]:
    """A bare address becomes a link, and an image a link to it: no page loads anything from elsewhere."""
    from xml.etree.ElementTree import Element

    from markdown.inlinepatterns import (
        IMAGE_LINK_RE,
        ImageInlineProcessor,
        InlineProcessor,
        SimpleTagInlineProcessor,
    )
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

    class ImageAsLink(ImageInlineProcessor):
        def handleMatch(  # type: ignore[override]
            self, m: re.Match[str], data: str
        ) -> tuple[Element | None, int | None, int | None]:
            image, start, end = super().handleMatch(m, data)
            if image is None or isinstance(image, str):
                return None, None, None
            link = Element("a", {name: image.get(of, "") for name, of in _OF_IMAGE if image.get(of)})
            alt, source = self.unescape(image.get("alt", "")), image.get("src", "")
            # An address that leads nowhere is no link: its words are shown.
            led = source if source.startswith(("http", "//", "mailto:")) or not alt else f"{alt} ({source})"
            link.text = AtomicString(alt if alt and led == source else led)
            return link, start, end

    bare = BareAddress(r"\bhttps?://[^\s<>\"\x02\x03]+", md)
    struck = SimpleTagInlineProcessor(r"(~~)(?![~\s])([^~\x02\x03]{1,2000}?)(?<!\s)~~(?!~)", "del")
    yield "struck", struck, 65
    yield "bare_address", bare, 115
    yield "image_link", ImageAsLink(IMAGE_LINK_RE, md), 150


_OF_IMAGE = (("href", "src"), ("title", "title"))
_TELEPHONE = lazy_pattern(r"\[([^\[\]\n]{1,200})\]\(tel:([+\d][\d .()/-]{2,30})\)")


def _with_number(found: re.Match[str]) -> str:
    """A link to a telephone number as its words and the number, which can be read out and copied."""
    words, number = found.groups()
    digits = re.sub(r"\D", "", number)
    return words if digits in re.sub(r"\D", "", words) else f"{words} ({number})"


def _without_tail(address: str) -> str:
    """An address without the punctuation of the sentence it stands in."""
    address = address.rstrip(".,;:!?'*_”’»…")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?'*_”’»…")
    return address
