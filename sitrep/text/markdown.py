"""The Markdown source of one item or passage -> safe HTML, or plain text.

Most items hold no markup at all; they take a literal path that gives the very same bytes as the libraries.
Items come one at a time, without their list marker, so a block has no headings.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import count, pairwise

from sitrep.base.deadline import within
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.say import without_controls
from sitrep.text.long_texts import FENCES, is_too_much, pieces
from sitrep.text.markdown_library import REL, SECONDS, html_of, link_name

# One set of characters is found quickly; only where it strikes is the slower question asked.
_SUSPECT = lazy_pattern(r"[\\`*_\[\]<>|~&\x00-\x1f\x7f]")
_MARKUP = lazy_pattern(
    r"[\\`*_\[\]<>|~\x00-\x09\x0b-\x1f\x7f]|&[#\w]"  # inline and table markup, entities
    r"|\n(?:[^\S\n]|\n\s|[-+]|\d+\.)|[^\S\n]\n"  # what may open a block, or break a line
)
_OPENING = lazy_pattern(r"\s|[-+]|\d+\.")
_LOOSE = lazy_pattern(r"(?<![!\\\]])\[((?:[^\W_]|[ ,.;'’?/-])*)\](?![(\[])")
"""Words in brackets: a link only where an address follows, or stands further down as ``[words]:``."""


_NAMED_LINK = lazy_pattern(r"(?<![\\\]])\[([^\[\]^][^\[\]]{0,300})\]\[[^\[\]]{0,100}\]")
_CODED_LINK = lazy_pattern(r"\[([^\[\]]{1,300})\]\[([^\[\]]{0,100})\]")
_TOLD = lazy_pattern(r"^[\s>]{0,20}\[([^\[\]]{1,200})\]:\s{1,9}<?(https?://[^\s<>]{1,900})", re.M)


def to_html(text: str, prefix: int = 0) -> str:
    """Safe HTML of one block of Markdown: no script, image, heading or style; links leave no referrer.
    ``prefix`` (an item's number) keeps the ids of footnotes apart on a page with several blocks. Empty only
    for a text of white space. The time is bounded by a constant for each character."""
    # Nothing but a footnote tells one place on a page from another.
    prefix = prefix if "[^" in text else 0
    return _html(text, prefix)


def to_text(text: str, links: bool = False) -> str:
    """What a reader would read: the text without its markup, paragraphs parted by a blank line. Without
    footnotes and what is struck out. With ``links`` the address of a link follows its words in angle
    brackets, a footnote stands as ``[1]`` and below the text, and what is struck out between tildes."""
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
    if "][" in text and "`" in text:
        text = _with_addresses(text)
    if _is_literal(text):
        return _literal(text)
    if "](http" in text and _is_literal(_PLAIN_LINK.sub(r"\1", text)):
        return _PLAIN_LINK.sub(_WITH_REL, _literal(text))
    if not is_too_much(text):
        return _converted(text, prefix)
    with within(SECONDS):
        return "\n".join(_piece(piece, prefix) for piece in pieces(text))


def _with_addresses(text: str) -> str:
    """The text, its links by names with code in them with their addresses: no library knows such a name."""
    told = {link_name(name): address for name, address in _TOLD.findall(text) if "`" in name}
    if not told:
        return text

    def beside(found: re.Match[str]) -> str:
        address = told.get(link_name(found[2] or found[1]))
        return f"[{found[1]}](<{address}>)" if address else found[0]

    used = {link_name(name or words) for words, name in _CODED_LINK.findall(text)}
    text = _TOLD.sub(lambda found: "" if "`" in found[1] and link_name(found[1]) in used else found[0], text)
    return _CODED_LINK.sub(beside, text)


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
_WITH_REL = rf'<a href="\2" rel="{REL}">\1</a>'

# A mark of a footnote beside a number would become a digit of it. One whose note is not there is text.
_MARK = r'<sup id="fnref[^"]*"><a [^>]*>\[(\d+)\]</a></sup>'
_LOOSE_MARK = r"\[\^([^\[\]\s]{1,80})\]"
_STRUCK = lazy_pattern(r"<del>.*?</del>[ \n]?", re.S)
_FULL = (
    (lazy_pattern(_MARK), r" [\1]"),
    (lazy_pattern(_LOOSE_MARK), r" [\1]"),
    (lazy_pattern(r'(?:(?<!\s)(?<!&nbsp;)(?:&nbsp;|\s)+)?<a class="footnote-backref"[^>]*>[^<]*</a>'), ""),
    (lazy_pattern("</?del>"), "~~"),
)
_SHORT = (
    (lazy_pattern(r'<div class="footnote">.*?</div>', re.S), ""),
    (lazy_pattern(rf"(?:{_MARK}|{_LOOSE_MARK})(?=\w|[.,]\d)"), " "),  # what stood apart becomes no one number
    (lazy_pattern(_MARK), ""),
    (lazy_pattern(_LOOSE_MARK), ""),
    (_STRUCK, ""),
)
_NOTE = lazy_pattern(r'<li id="fn:[^"]*">\s*<p>')
_LINK = lazy_pattern(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.S)
# White space before a tag, looked at from where it begins: lists ten deep are made of runs of blanks.
_BEFORE = r"(?:(?<!\s)\s+)?"
_PLAIN = (
    (lazy_pattern(rf"{_BEFORE}<(?:p|pre|blockquote|table)>\s*"), "\n\n"),
    (lazy_pattern(rf"{_BEFORE}<li[^>]*>\s*"), "\n- "),
    (lazy_pattern(rf"{_BEFORE}<(?:br|hr|/tr)>\s*"), "\n"),
    (lazy_pattern(rf"{_BEFORE}<t[hd]>"), "  "),
    (lazy_pattern(r"<[^>]*>"), ""),
    (lazy_pattern(r"\n\s*\n"), "\n\n"),
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
    text = without_names_of_links(text)
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


def without_names_of_links(text: str) -> str:
    """The text without the names of links whose addresses stand further down, for where a part is shown."""
    return _NAMED_LINK.sub(r"\1", text) if "]:" in text else text


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
    html = without_controls(html_of(_LEADING.sub(_escaped, source, count=1), prefix))
    # A lone link definition, or a table without cells, would leave nothing of the author's words.
    return html if _SAYS_SOMETHING.search(html) else as_written(text)


# So many blanks in a row show as one; patterns, the library's too, look at each of them from each of them.
_WIDE = lazy_pattern(r"[^\S\n]{40,}")
_SAYS_SOMETHING = lazy_pattern(r">\s{0,40}[^<\s]|<hr>")


def _escaped(marker: re.Match[str]) -> str:
    return f"{marker[2]}\\{marker[3]}" if marker[2] else f"\\{marker[1]}"


_TELEPHONE = lazy_pattern(r"\[([^\[\]\n]{1,200})\]\(tel:([+\d][\d .()/-]{2,30})\)")


def _with_number(found: re.Match[str]) -> str:
    """A link to a telephone number as its words and the number, which can be read out and copied."""
    words, number = found.groups()
    digits = re.sub(r"\D", "", number)
    return words if digits in re.sub(r"\D", "", words) else f"{words} ({number})"
