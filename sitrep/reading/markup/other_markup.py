"""Turns reStructuredText, Org, AsciiDoc, MediaWiki, DokuWiki, Confluence, Textile and BBCode into Markdown,
line for line, so that no reader sees a mark and every number of a line stays what it is. ``languages/`` has
a table of marks for each.

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
from sitrep.reading.markup.marks import Made, Marks
from sitrep.reading.markup.wiki_tables import with_tables, without_templates

_CODE = "```"
_NAMES = ("rst", "org", "bbcode", "doku", "adoc", "wiki", "jira")
"""Of the tables, those whose signs prove more before others; that of Confluence has Textile as well."""


class _Markup(NamedTuple):
    """One of the languages; ``languages/`` has a table of each."""

    name: str
    sure: re.Pattern[str]
    """What only a text in it has."""
    head: re.Pattern[str]
    """A line of its header: ``key`` and ``value``."""
    lines: tuple[tuple[re.Pattern[str], Made], ...]
    """Whole lines, the first that matches."""
    inside: tuple[tuple[re.Pattern[str], Made], ...]
    """What stands in a line, one after the other."""


def _left_out(found: re.Match[str]) -> str:
    return "{% " + re.sub(r"[{}%]", " ", found[0]).strip()[:300] + " %}"


def _heading(found: re.Match[str]) -> str:
    level = int(found[1]) if found[1].isdigit() else len(found[1])
    return f"{'#' * min(level, 6)} {found[2]}"


def _nested(marker: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{'    ' * (len(found[1]) - 1)}{marker} {found[2]}"


def _cells(found: re.Match[str]) -> str:
    return "* " + re.sub(r"\s*\|{1,2}\s*", " – ", found[1])


_MAKERS: dict[str, Made] = {
    "{left out}": _left_out, "{heading}": _heading, "{cells}": _cells, "{break}": "  ",
    "{nested *}": _nested("*"), "{nested 1.}": _nested("1."),
}  # fmt: skip


@cache
def _languages() -> tuple[_Markup, ...]:
    """Read when a text may be in one of them, for few ever are."""
    tables = ((name, Marks(f"languages/{name}", _MAKERS)) for name in _NAMES)
    return tuple(
        _Markup(
            name, marks.one_of("sure", re.M), marks.one_of("head"), *map(marks.changes, ("line", "inside"))
        )
        for name, marks in tables
    )


_MAYBE = AnyOf(
    r"^(?:<!--\s*\n)?\.\. |`_|^[^\S\n]*#\+|\[\[|^={1,6} ?\S|::|^\[[^\[\]\n]+\]$|"
    r"'''|//[^\s\[]{1,500}+\[|link:|^\{\||^:[a-zA-Z]+:|^h[1-6]\. |^\{[a-z]+[:}]|\{color|"
    r"\[/|^~~[A-Z]|^\{\{|^  [*-] .*(?://|\\\\)"
)
_RULE = lazy_pattern(r"([#~^\"'+*:.`=_-])\1{2,}\s*$")
_FENCE = lazy_pattern(r"\s*(?:```|~~~)")
_HEADS = frozenset(("title", "author", "authors", "date", "lang", "description", "summary"))
_DATES = {"revdate": "date", "published": "date"}


def as_markdown(text: str) -> str:
    """The text with Markdown in place of another language of marks; itself if it is in none."""
    if (
        not _MAYBE.found_in(text)
        or (markup := next((m for m in _languages() if m.sure.search(text)), None)) is None
    ):
        return text
    lines = text.split("\n")
    if markup.name == "rst":
        lines = _with_headings(lines)
    if markup.name == "wiki":
        lines = with_tables(without_templates(lines))
    body = _header_end(lines, markup)
    return "\n".join((*_header(lines[:body], markup), *_body(lines[body:], markup)))


def _header_end(lines: Sequence[str], markup: _Markup) -> int:
    """Index past the lines of the header in that language, a title above them included; 0 if it has none."""
    at = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[at].strip() == "<!--":
        at += 1
    for start in range(at, min(len(lines), at + (6 if markup.name == "rst" else 1))):
        end = start
        while end < len(lines) and (markup.head.match(lines[end]) or _is_author(lines, end, markup)):
            end += 1
        if end > start:
            return end + (end < len(lines) and lines[end].strip() == "-->")
    return 0


def _is_author(lines: Sequence[str], at: int, markup: _Markup) -> bool:
    """True for the line below the title of an AsciiDoc text, which names who wrote it."""
    return markup.name == "adoc" and at > 0 and lines[at - 1].startswith("= ") and lines[at][:1].isalpha()


def _header(lines: Sequence[str], markup: _Markup) -> Iterator[str]:
    """As many lines: first what is understood, as ``key: value``, then blank ones."""
    kept: dict[str, str] = {}
    for line in lines:
        found = markup.head.match(line)
        if found is None:
            title = line.lstrip("#").strip()
            if title and not _RULE.match(line) and title not in ("<!--", "-->"):
                kept.setdefault(
                    "author" if markup.name == "adoc" else "title", re.sub(r"\s*<[^<>]*>", "", title)
                )
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
    return any(made == _CODE and pattern.match(line) for pattern, made in markup.lines)


def _line(line: str, markup: _Markup) -> str:
    if not line.strip() or _FENCE.match(line):
        return line
    for pattern, made in markup.lines:
        if found := pattern.fullmatch(line):
            line = made(found) if callable(made) else found.expand(made)
            break
    if line == _CODE or line.startswith("{%"):
        return line
    parts = re.split(r"(``[^`\n]+``)", line) if "``" in line else [line]
    return "".join(part if part.startswith("``") else _inside(part, markup) for part in parts)


def _inside(text: str, markup: _Markup) -> str:
    for pattern, made in markup.inside:
        text = pattern.sub(made, text)
    return text
