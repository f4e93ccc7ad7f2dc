"""Takes out what word processors, scans and printed pages leave in a text: fields, tables of contents,
remarks at the margin, heads and feet of pages, words that are broken at the end of a line.

Lines keep their numbers. A line that goes is left as the mark of a template, so that it is told as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.headers.header_lines import LEFT_OUT
from sitrep.reading.markup.marks import Marks

_MARKS = Marks("office_marks")
_MAYBE, _INSIDE = _MARKS.hints(), _MARKS.changes("inside")
_FIELD_LINE, _REMARK_LINE, _REVISION_LINE, _CONTENTS = map(
    _MARKS.one_of, ("field", "remark", "revision", "contents")
)
_ENTRY = lazy_pattern(
    r"\s*(?P<title>\S.{0,100}?)(?P<leader>\s?[.…·]{4,200}\s?|\t\s{0,9})(?:\d{1,4}|[ivxIVX]{1,6})\s*$"
)
_PAGE = lazy_pattern(
    r"(?i)(?:(?:page|seite|página|pagina|strona|sayfa|страница|сторінка|صفحة|p\.)\s?\d{1,3}"
    r"(?:\s?(?:of|von|de|sur|di|z|из|з|من|/)\s?\d{1,3})?|\s\d{1,3}\s?/\s?\d{1,3}|^\s*[-–—]\s?\d{1,3}\s?[-–—])\s*$"
)
_NUMBER = lazy_pattern(r"\d{1,3}\s*$")
_SUBNUMBER = lazy_pattern(r"\s{0,9}(\d{1,2})\.\d{1,2}\.?\t\s{0,9}(?=\S)")
_TOPNUMBER = lazy_pattern(r"\s{0,9}(\d{1,2})\.?\t\s{0,9}(?=\S)")
_LONGEST_ENTRY = 300
_LONGEST_HEAD, _MOST_HEADS, _FEWEST = 120, 4, 2
_BROKEN = lazy_pattern(r"(?P<left>[^\W\d_]{2,})(?P<sign>[-¬‐\u00ad])$")
_GOES_ON = lazy_pattern(r"[^\W\d_]+\S*\s*")
_SOFT = ("¬", "\u00ad")
"""Hyphens that are never part of a word."""
_COMPOUND = frozenset(("well", "self", "non", "north", "south", "half", "anti", "semi", "cross"))
"""What stands before a hyphen that belongs to the word."""


def without_office_marks(text: str) -> str:
    """The text without them; itself if it has none. Linear time."""
    if not _MAYBE.found_in(text):
        return text
    lines = text.split("\n")
    contents = set(_contents(lines))
    titles = {" ".join(found["title"].split()) for n in contents if (found := _ENTRY.match(lines[n]))}
    gone = contents.union(_page_ends(lines), _bare_pages(lines))
    _unnumber(lines)
    revised = any(_REMARK_LINE.match(line.strip()) for line in lines)
    whole = (_FIELD_LINE, _REMARK_LINE, _REVISION_LINE) if revised else (_FIELD_LINE,)
    for number, line in enumerate(lines):
        bare = line.strip()
        if number in gone or any(p.match(bare) for p in whole):
            lines[number] = as_gone(line, typed=bool(_REMARK_LINE.match(bare)))
            continue
        if " ".join(bare.split()) in titles:
            line = f"## {bare}"
        without = line
        for pattern, made in _INSIDE if any(sign in line for sign in "\\{!.") else ():
            without = pattern.sub(made, without)
        lines[number] = without if without.strip() or not bare else as_gone(line)
    _join_broken(lines)
    if sum(line.endswith("\\") for line in lines) >= _FEWEST:
        lines = [line.removesuffix("\\").rstrip() for line in lines]
    return "\n".join(lines)


def as_gone(line: str, *, typed: bool = False) -> str:
    """A line that is left out, as the mark of a template; one without words is left blank. ``typed``: a
    person wrote it, so it is asked whether it should hold the text back."""
    bare = re.sub(r"[{}%]", " ", line).strip()[:300]
    return f"{'{%' if typed else LEFT_OUT} {bare} %}}" if bare else ""


def _contents(lines: Sequence[str]) -> Iterator[int]:
    """The lines of a table of contents and its heading: titles with numbers of pages behind dots, or behind a
    tab, if the text has lines of those titles."""
    entries = {
        n: found
        for n, line in enumerate(lines)
        if len(line) <= _LONGEST_ENTRY and (found := _ENTRY.match(line))
    }
    titles = Counter(" ".join(line.split()) for line in lines)
    start = 0
    while start < len(lines):
        end = start
        while end in entries:
            end += 1
        run = [entries[n] for n in range(start, end)]
        dotted = sum(not found["leader"].isspace() for found in run)
        known = sum(titles[" ".join(found["title"].split())] > 0 for found in run)
        if len(run) >= _FEWEST and 2 * max(dotted, known) >= len(run):
            yield from range(start, end)
            above = next((n for n in range(start - 1, -1, -1) if lines[n].strip()), None)
            if above is not None and _CONTENTS.match(lines[above]):
                yield above
        start = max(end, start + 1)


def _page_ends(lines: Sequence[str]) -> Iterator[int]:
    """The feet of pages, each with its number, and what comes again at the head of the next page."""
    feet = [n for n, line in enumerate(lines) if len(line) <= _LONGEST_HEAD and _PAGE.search(line)]
    alike = Counter(_without_number(lines[n]) for n in feet)
    feet = [n for n in feet if alike[_without_number(lines[n])] >= _FEWEST]
    known = frozenset(feet)
    heads = {foot: list(_below(lines, foot, known)) for foot in (-1, *feet)}
    seen = Counter(lines[n].strip() for n in {n for head in heads.values() for n in head})
    yield from feet
    for head in (heads[foot] for foot in feet):
        yield from takewhile(lambda number: seen[lines[number].strip()] >= _FEWEST, head)


def _bare_pages(lines: Sequence[str]) -> Sequence[int]:
    """Numbers of pages and nothing else, each alone between blank lines: 1, 2, 3."""
    bounds = ("", *(line.strip() for line in lines), "")
    alone = [n for n, line in enumerate(lines) if _NUMBER.match(line) and not bounds[n] + bounds[n + 2]]
    counted = [int(lines[n]) for n in alone]
    return alone if len(alone) >= _FEWEST and all(b == a + 1 for a, b in pairwise(counted)) else ()


def _unnumber(lines: list[str]) -> None:
    """Numbered paragraphs as items, below the line of their number as a heading: ``1.<tab>North``,
    ``1.1<tab>The bridge is open.``"""
    for number, line in enumerate(lines):
        if not (found := _SUBNUMBER.match(line)):
            continue
        lines[number] = f"- {line[found.end() :]}"
        above = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), number)
        if (top := _TOPNUMBER.match(lines[above])) and top[1] == found[1]:
            lines[above] = f"## {lines[above][top.end() :]}"


def _without_number(line: str) -> str:
    return " ".join(_PAGE.sub("", line).split())


def _below(lines: Sequence[str], foot: int, feet: frozenset[int]) -> Iterator[int]:
    """The first short lines below a foot, above the next one."""
    filled = (n for n in range(foot + 1, len(lines)) if lines[n].strip())
    page = takewhile(lambda n: n not in feet and len(lines[n]) <= _LONGEST_HEAD, filled)
    return islice(page, _MOST_HEADS)


def _join_broken(lines: list[str]) -> None:
    """Words that are broken at the ends of lines, whole on the first of them, where this is a habit."""
    broken = [n for n, (line, below) in enumerate(pairwise(lines)) if _parts(line, below)]
    small = sum(lines[n + 1][0].islower() for n in broken)
    if small < _FEWEST and not any(lines[n].endswith(_SOFT) for n in broken):
        return
    for number in broken:
        if parts := _parts(*lines[number : number + 2]):
            left, right = parts
            kept = right[0][0].isupper() or left["left"].isupper() or left["left"].lower() in _COMPOUND
            hyphen = "-" if kept and left["sign"] not in _SOFT else ""
            lines[number + 1] = lines[number + 1][right.end() :]
            lines[number] = f"{lines[number][: left.start('sign')]}{hyphen}{right[0].rstrip()}"


def _parts(line: str, below: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The beginning of a word at the end of a line, and its end on the next."""
    left = _BROKEN.search(line) if line.endswith(("-", "¬", "‐", "\u00ad")) else None
    right = _GOES_ON.match(below) if left else None
    return (left, right) if left and right else None
