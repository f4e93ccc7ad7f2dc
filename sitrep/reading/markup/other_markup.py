"""Turns reStructuredText, Org, AsciiDoc, MediaWiki and Confluence into Markdown, line for line, so that no
reader sees a mark and every number of a line stays what it is.

Only a text that surely is one of them is touched. What has no sign in Markdown becomes a mark of a site
generator, which is left out and told (foreign_marks). Code is let alone. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sitrep.base.patterns import AnyOf, lazy_pattern
from sitrep.reading.headers.held_back import held_key
from sitrep.reading.markup.wiki_tables import with_tables, without_templates

_Made = str | Callable[[re.Match[str]], str]
"""What stands in place of a match: a template, or what makes it."""


class _Changes(NamedTuple):
    """Patterns and what is made of them; compiled when a text is in their language, for few ever are."""

    flags: int
    pairs: tuple[tuple[str, _Made], ...]


class _Markup(NamedTuple):
    """One of the languages."""

    sure: re.Pattern[str]
    """What only a text in it has."""
    head: re.Pattern[str]
    """A line of its header: ``key`` and ``value``."""
    lines: _Changes
    """Whole lines, the first that matches."""
    inside: _Changes
    """What stands in a line, one after the other."""


def _changes(flags: int, *pairs: tuple[str, _Made]) -> _Changes:
    return _Changes(flags, pairs)


@cache
def _compiled(changes: _Changes) -> tuple[tuple[re.Pattern[str], _Made], ...]:
    return tuple((re.compile(pattern, changes.flags), made) for pattern, made in changes.pairs)


def _left_out(found: re.Match[str]) -> str:
    return "{% " + re.sub(r"[{}%]", " ", found[0]).strip()[:300] + " %}"


def _heading(sign: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{'#' * min(found[1].count(sign), 6)} {found[2]}"


def _nested(sign: str, marker: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{'    ' * (found[1].count(sign) - 1)}{marker} {found[2]}"


_CODE = "```"
_URL = r"https?://[^\s\[\]<>|]{1,500}+"
_RST = _Markup(
    sure=re.compile(
        r"^(?:<!--\s*\n)?\.\. (?:title|slug|date): |^\.\. [a-z-]{3,30}::|^\.\. _[^:\n]{1,80}: "
        r"|<[^<>`\s]{1,500}>`__?(?!\w)"
        r"|^[#~^*=-]{3,}\n\n?:date: ",
        re.M,
    ),
    head=re.compile(r"(?:\.\. (?=[a-z_]+:(?: |$))|:(?=[a-z_]+: ))(?P<key>[a-z_]+):(?P<value>.*)$", re.I),
    lines=_changes(
        0,
        (r"\s*\.\. (?:\|[^|]*\| )?(?:image|figure):: (\S+)$", r"![](\1)"),
        (r"\s*\.\. (?:note|warning|tip|important|caution|hint|attention|danger|error):: (\S.*)$", r"\1"),
        (r"\.\. _`?([^:`]{1,80})`?: (\S+)$", r"[\1]: \2"),
        (r"\s*\.\.(?: .*)?$|__ \S+$|\s{1,12}:[a-z-]{2,20}:(?: .{0,300})?$", _left_out),
        (r"(.*\S)::$", r"\1:"),
        (r"::$", _left_out),
    ),
    inside=_changes(
        0,
        (r"`([^`<>]{1,300}?)\s*<([^<>`\s]{1,500}?)_?>`__?(?!\w)", r"[\1](\2)"),
        (r"`<([^<>`\s]{1,500})>`__?(?!\w)", r"<\1>"),
        (r"(?<![\w`]):[a-z][a-z:]{1,20}:`~?\.?([^`<>]{1,200})(?:\s<[^<>`]{1,200}>)?`", r"`\1`"),
        (r"(?<![`\w])`([^`]{1,300})`__?(?!\w)", r"\1"),
        (r"\[(\d{1,3}|#[\w-]*|\*)\]_(?!\w)", r"[\1]"),
        (r"(?<![\w`/.])([A-Za-z][\w-]{1,60})__?(?![\w`])(?=[\s.,;:)]|$)", r"\1"),
    ),
)
_ORG = _Markup(
    sure=re.compile(
        r"^\s*#\+[a-z_]{3,30}[: ]|\[\[[^\[\]\n]{1,500}\]\[[^\[\]\n]{1,300}\]\]|^:PROPERTIES:$", re.M | re.I
    ),
    head=re.compile(r"#(?:\+(?:hugo_)?(?P<key>[a-z_]+):(?P<value>.*)|(?!\+) .*)$", re.I),
    lines=_changes(
        re.I,
        (r"\s*#\+(?:begin|end)_(?:src|example)\b.*$", _CODE),
        (r"\s*#\+.*$|# .*$|\s*:(?:properties|end|[a-z_-]{2,30}):(?:\s.*)?$", _left_out),
        (r"\s*(?:CLOSED|SCHEDULED|DEADLINE): .*$", _left_out),
        (
            r"(\*{1,6}) (?:(?:TODO|DONE|NEXT|WAITING) )?(?:\[#[A-Z]\] )?(.*?\S)(?:\s+:[\w@:]+:)?\s*$",
            _heading("*"),
        ),
    ),
    inside=_changes(
        0,
        (rf"\[\[((?:{_URL}|mailto:[^\[\]\s]+))\]\[([^\[\]\n]{{1,300}})\]\]", r"[\2](\1)"),
        (r"\[\[[^\[\]\n]{1,500}\]\[([^\[\]\n]{1,300})\]\]", r"\1"),
        (rf"\[\[({_URL})\]\]", r"<\1>"),
        (r"(?<!!)\[\[(?:file:|\./|#|\*)?([^\[\]\n]{1,300})\]\]", r"\1"),
        (r"[<\[](\d{4}-\d\d-\d\d)(?: [^\W\d]{2,4}\.?)?( \d\d:\d\d)?[>\]]", r"\1\2"),
        (r"(?<![\w=])=(?=\S)([^=\n`]{1,200}?)(?<=\S)=(?![\w=])", r"`\1`"),
    ),
)
_ADOC = _Markup(
    sure=re.compile(
        r"\A\s*= \S.*\n(?:.{1,200}\n){0,4}:[\w-]+:|^(?:image|include|video)::[^\s\[]+\["
        r"|^\[(?:source|quote|NOTE|TIP|IMPORTANT|WARNING|verse)\b|^={2,5} [^=\n]{0,200}[^=\s]$"
        rf"|(?:link:[^\s\[]{{1,300}}+|{_URL})\[(?![\^\d])[^\[\]\n]{{1,300}}\]",
        re.M,
    ),
    head=re.compile(
        r"(?:=|:(?:page-|jbake-)?(?P<key>[\w-]+):) ?(?P<value>.*)$"
        r"|(?:v[\d.]+, ?)?(?P<date>\d{4}-\d\d-\d\d).*$"
    ),
    lines=_changes(
        0,
        (r"(?:-{4}|\.{4})-*\.*$", _CODE),
        (r"(={2,6}) (\S.*?)\s*=*$", _heading("=")),
        (r"image::?(\S+?)\[\"?([^\[\],\"]{0,200}).*\]$", r"![\2](\1)"),
        (
            r":[\w!-]+:(?: .*)?$|\[[^\[\]\n]{1,300}\]$|[\w]+::\S*\[.*\]$|//.*$"
            r"|={4,}$|\*{4,}$|_{4,}$|\+$|\|={3,}$|--$",
            _left_out,
        ),
        (r"'''$", "***"),
        (r"(\S.{0,100}?)::(?:\s+(.*))?$", r"\1: \2"),
        (r"(\*{1,6}) (\S.*)$", _nested("*", "*")),
        (r"(\.{1,6}) (\S.*)$", _nested(".", "1.")),
        (r"\.(?=[A-Z])(\S.*)$", r"\1"),
    ),
    inside=_changes(
        0,
        (r"\[(?:small|[.#][\w. -]+|#\S+ [.\w-]+)\]#([^#\n]{1,300})#|\[\[[^\[\]\n]{1,100}\]\]", r"\1"),
        (r"\{[\w-]{1,60}\}\[([^\[\]\n^]{1,300})\^?\]|<<#?([^<>,\n]{1,100})>>", r"\1\2"),
        (rf"(?:link:)?({_URL})\[\"?([^\[\]\n\"^,]{{1,300}})[^\[\]\n]{{0,100}}\]", r"[\2](\1)"),
        (rf"(?:link:)?({_URL})\[\]", r"<\1>"),
        (r"(?:link|xref|mailto):[^\s\[\]]{1,300}\[\"?([^\[\]\n\"^]{1,300})[^\[\]\n]{0,100}\]", r"\1"),
        (r"<<[^<>,\n]{1,100},\s*([^<>\n]{1,200})>>", r"\1"),
        (r"image:([^\s\[\]:]{1,300})\[([^\[\],\n]{0,200})[^\[\]\n]{0,200}\]", r"![\2](\1)"),
        (r"(?<![\w*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\w*])", r"**\1**"),
        (r"(?<![\w+])\+(?=\S)([^+\n`]{1,200}?)(?<=\S)\+(?![\w+])", r"`\1`"),
        (r"\s\+$", r"  "),
    ),
)
_WIKI = _Markup(
    sure=re.compile(
        r"'{3}[^'\n]|\[\[(?:File|Image|Category|Datei|Bild|Kategorie|Fichier|Archivo|Файл)\s?:|^\{\|"
        r"|^(={2,6})[^=\n]{1,200}\1\s*$",
        re.M,
    ),
    head=re.compile(r"(?!)"),
    lines=_changes(
        re.I,
        (r"(?:\{\||\|\}|\|-|__[A-Z]+__|#REDIRECT).*$|\s*\{\{[^{}\n]{0,400}\}\}\s*$", _left_out),
        (r"\[\[(?:Category|Kategorie|Catégorie|Categoría|Категория)\s?:[^\[\]]*\]\]$", _left_out),
        (r"(\*{1,6})\s*(\S.*)$", _nested("*", "*")),
        (r"(#{1,6}) (\S.*)$", _nested("#", "1.")),
        (r"[;:]{1,6}\s*(\S.*)$", r"\1"),
    ),
    inside=_changes(
        re.I,
        (
            r"\[\[(?:File|Image|Datei|Bild|Fichier|Archivo|Файл)\s?:([^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,300})?\]\]",
            r"![](<\1>)",
        ),
        (r"(?<!!)\[\[[^\[\]|\n]{1,200}\|([^\[\]|\n]{1,300})\]\]", r"\1"),
        (r"(?<!!)\[\[:?([^\[\]|\n]{1,300})\]\]", r"\1"),
        (rf"\[({_URL}) ([^\[\]\n]{{1,300}})\]", r"[\2](\1)"),
        (r"<ref[^<>]{0,200}/>|<ref[^<>]{0,100}>\s*\{\{[^{}\n]{0,500}\}\}\s*</ref>", ""),
        (r"<ref[^<>]{0,100}>([^<>\n]{1,500})</ref>", r" (\1)"),
        (r"\{\{[^{}\n]{0,400}\}\}|</?nowiki\s*/?>", ""),
        (r"'''(?=\S)([^\n]{1,300}?)(?<=\S)'''", r"**\1**"),
        (r"''(?=\S)([^'\n]{1,300}?)(?<=\S)''", r"*\1*"),
    ),
)
_BRACED = "panel|info|note|tip|warning|quote|noformat|expand|section|column|status|toc|anchor|excerpt"
_JIRA = _Markup(
    sure=re.compile(
        rf"^h[1-6]\. \S|^\{{(?:{_BRACED}|code)(?:[:|][^{{}}\n]{{0,200}})?\}}"
        r"|\{color(?::[^{}\n]{1,30})?\}",
        re.M,
    ),
    head=re.compile(r"(?!)"),
    lines=_changes(
        0,
        (r"\{code(?:[:|][^{}]*)?\}$", _CODE),
        (rf"(?:\{{(?:{_BRACED})(?:[:|][^{{}}]*)?\}}\s*)+$|-{{4,}}$", _left_out),
        (r"h([1-6])\. (\S.*)$", lambda found: f"{'#' * int(found[1])} {found[2]}"),
        (r"([*-]{1,6}) (\S.*)$", lambda found: f"{'    ' * (len(found[1]) - 1)}* {found[2]}"),
        (r"(#{1,6}) (\S.*)$", _nested("#", "1.")),
        (r"\|{1,2}\s*(\S.*?)\s*\|{1,2}$", lambda found: "* " + re.sub(r"\s*\|{1,2}\s*", " – ", found[1])),
    ),
    inside=_changes(
        0,
        (rf"\{{(?:color|{_BRACED})(?:[:|][^{{}}\n]{{0,200}})?\}}", ""),
        (r"\{\{([^{}\n]{1,200})\}\}", r"`\1`"),
        (rf"(?<!!)\[([^\[\]|\n]{{1,300}})\|({_URL})[^\[\]\n]{{0,100}}\]", r"[\1](\2)"),
        (r"(?<!!)\[([^\[\]|\n]{1,300})\|[^\[\]\n]{1,300}\]", r"\1"),
        (r"(?<!\w)!([\w%./-]{1,200}\.\w{3,4})(?:\|[^!\n]{0,100})?!", r"![](\1)"),
        (r"(?<![\w*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\w*])", r"**\1**"),
        (r"(?<![\w+])\+(?=\S)([^+\n]{1,200}?)(?<=\S)\+(?![\w+])", r"\1"),
    ),
)
_ALL = (_RST, _ORG, _ADOC, _WIKI, _JIRA)
_MAYBE = AnyOf(
    r"^(?:<!--\s*\n)?\.\. |`_|^\s*#\+|\[\[|^={1,6} ?\S|::|^\[[^\[\]\n]+\]$|"
    r"'''|//[^\s\[]{1,500}+\[|link:|^\{\||^:[a-zA-Z]+:|^h[1-6]\. |^\{[a-z]+[:}]|\{color"
)
_RULE = lazy_pattern(r"([#~^\"'+*:.`=_-])\1{2,}\s*$")
_FENCE = lazy_pattern(r"\s*(?:```|~~~)")
_HEADS = frozenset(("title", "author", "authors", "date", "lang", "description", "summary"))
_DATES = {"revdate": "date", "published": "date"}


def as_markdown(text: str) -> str:
    """The text with Markdown in place of another language of marks; itself if it is in none."""
    if not _MAYBE.found_in(text) or (markup := next((m for m in _ALL if m.sure.search(text)), None)) is None:
        return text
    lines = text.split("\n")
    if markup is _RST:
        lines = _with_headings(lines)
    if markup is _WIKI:
        lines = with_tables(without_templates(lines))
    body = _header_end(lines, markup)
    return "\n".join((*_header(lines[:body], markup), *_body(lines[body:], markup)))


def _header_end(lines: Sequence[str], markup: _Markup) -> int:
    """Index past the lines of the header in that language, a title above them included; 0 if it has none."""
    at = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[at].strip() == "<!--":
        at += 1
    for start in range(at, min(len(lines), at + (6 if markup is _RST else 1))):
        end = start
        while end < len(lines) and (markup.head.match(lines[end]) or _is_author(lines, end, markup)):
            end += 1
        if end > start:
            return end + (end < len(lines) and lines[end].strip() == "-->")
    return 0


def _is_author(lines: Sequence[str], at: int, markup: _Markup) -> bool:
    """True for the line below the title of an AsciiDoc text, which names who wrote it."""
    return markup is _ADOC and at > 0 and lines[at - 1].startswith("= ") and lines[at][:1].isalpha()


def _header(lines: Sequence[str], markup: _Markup) -> Iterator[str]:
    """As many lines: first what is understood, as ``key: value``, then blank ones."""
    kept: dict[str, str] = {}
    for line in lines:
        found = markup.head.match(line)
        if found is None:
            title = line.lstrip("#").strip()
            if title and not _RULE.match(line) and title not in ("<!--", "-->"):
                kept.setdefault("author" if markup is _ADOC else "title", re.sub(r"\s*<[^<>]*>", "", title))
            continue
        values = found.groupdict()
        key = (values.get("key") or ("date" if values.get("date") else "title")).lower()
        key = _DATES.get(key, key)
        value = (values.get("date") or values["value"] or "").strip().strip("<>")
        if value and (key in _HEADS or held_key(f"{key}: {value}")):
            kept.setdefault(key, value)
    yield from (f"{key}: {value}" for key, value in kept.items())
    yield from [""] * (len(lines) - len(kept))


def _with_headings(lines: Sequence[str]) -> list[str]:
    """Underlined titles of reStructuredText as headings where Markdown does not know their underline."""
    made = list(lines)
    for at in range(1, len(lines)):
        rule, title = _RULE.match(lines[at]), lines[at - 1]
        if (
            rule
            and len(rule[0].rstrip()) >= 3
            and title[:1].strip()
            and not _RULE.match(title)
            and rule[1] not in "=-"
        ):
            if len(rule[0].rstrip()) < len(title.rstrip()) - 1:
                continue
            made[at - 1], made[at] = f"## {title.strip()}", ""
            if at > 1 and lines[at - 2].strip() == lines[at].strip():
                made[at - 2] = ""
    return made


def _body(lines: Sequence[str], markup: _Markup) -> Iterator[str]:
    """The lines below the header; what stands in code as it is."""
    coded = False
    for line in lines:
        made = line if coded and not _ends_code(line, markup) else _line(line, markup)
        coded ^= made == _CODE or bool(_FENCE.match(line))
        yield made


def _ends_code(line: str, markup: _Markup) -> bool:
    return any(made == _CODE and pattern.match(line) for pattern, made in _compiled(markup.lines))


def _line(line: str, markup: _Markup) -> str:
    if not line.strip() or _FENCE.match(line):
        return line
    for pattern, made in _compiled(markup.lines):
        if found := pattern.fullmatch(line):
            line = made(found) if callable(made) else found.expand(made)
            break
    if line == _CODE or line.startswith("{%"):
        return line
    parts = re.split(r"(``[^`\n]+``)", line) if "``" in line else [line]
    return "".join(part if part.startswith("``") else _inside(part, markup) for part in parts)


def _inside(text: str, markup: _Markup) -> str:
    for pattern, made in _compiled(markup.inside):
        text = pattern.sub(made, text)
    return text
