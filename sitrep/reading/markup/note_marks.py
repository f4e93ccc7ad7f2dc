"""Takes out what programs for notes, newsletters and chats leave in a text that is copied or exported from
them: comments, callouts, boxes, highlights, codes of smileys, fields and numbers of pages,
roundabout links, what a program keeps about a note (``note_marks.tsv``).

Lines keep their numbers. A line that goes is left as the mark of a template, so that it is told as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, unquote

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.headers.held_back import held_key
from sitrep.reading.markup.marks import Marks
from sitrep.reading.markup.office_marks import as_gone
from sitrep.reading.markup.verbatim import with_plain_fences


def _straight(found: re.Match[str]) -> str:
    """Where an address leads that a program has sent around through its own, with the reader's name in it."""
    return quote(unquote(found[1]), safe="/:?#[]@!$&'*+,;=%~")


def _smiley(found: re.Match[str]) -> str:
    return f"{_SIGNS.get(found[1], '')} "


_MARKS = Marks("note_marks", {"{straight}": _straight, "{smiley}": _smiley})
_MAYBE, _INSIDE, _SIGNS = _MARKS.hints(), _MARKS.changes("inside"), _MARKS.signs("smiley")
_LINES, _MADE = map(_MARKS.one_of, ("line", "made"))
_CALLOUT = lazy_pattern(r"([> ]*>\s?)\[!([\w-]{2,30})\][-+]?\s*(.*)$")
_BOX = lazy_pattern(r":{3,}\s*\w+\s+(\S.*)$")
_CODE = lazy_pattern(r"(`[^`]*`)")
_KEPT_OF_A_NOTE = lazy_pattern(r"\w+:(?: |$)")
_OF_JOPLIN = lazy_pattern(r"is_(?:todo|shared): |(?!is_)\w+_\w*: |id: |order: ")
"""Whether a note is in conflict, and what a person may have typed among these, is asked about."""
_OF_THE_TEXT = lazy_pattern(r"(?i:date|title|lang(?:uage)?|summary): ")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
"""When a note was made is its day, where its title gives none."""
_MODIFIED = lazy_pattern(r"Modified: ")
_FIELD = lazy_pattern(r"[^\Wa-z\d_][\w ]{1,30}\s?[:：] ?\S")
_HEAD = 12
_QUERY = lazy_pattern(r"```(?:dataview(?:js)?|tasks|query|kanban|tracker)\s*$")
_ID_OF_A_NOTE = lazy_pattern(r"id: [0-9a-f]{32}$")
_COMMENT = lazy_pattern(r"\s?(\[(?:a|[A-Z]{1,4}\d{1,3})\])\S")
_COMMENT_MARK = lazy_pattern(r"\s?\[(?:[a-z]{1,2}|[A-Z]{1,4}\d{1,3})\]")
_FOOTNOTE = lazy_pattern(r"\[(\d{1,3})\]\(#footnote-anchor-\d{1,3}\)$")
_BARE_STAR = lazy_pattern(r"(\s*\*)(?=[^\s*])[^*\n]{1,2000}$")
"""An item of a pad, which puts its marker right before the words."""
_TITLED_BULLET = lazy_pattern(r"- #{1,6} \S")
_CLOCK = lazy_pattern(r"\d{1,2}:\d\d(?:\s?[AP]M)?\s*$")
_DAY = lazy_pattern(r"[^:]{2,40}\b(?:19|20)\d\d\W{0,3}$")
_NUMBERED = lazy_pattern(r"(\d{1,2})/\d{1,2} (?=\S)")


def without_note_marks(text: str) -> str:
    """The text without the marks of such programs; itself if it has none. Linear time."""
    if not _MAYBE.found_in(text):
        return text
    lines = text.split("\n")
    gone = {
        *(kept := _kept_of_a_note(lines)),
        *_tags_below(lines),
        *_properties(lines),
        *_queries(lines),
        *_commented(lines),
        *_comments_of_a_document(lines),
        *_clock_of_a_page(lines),
    }
    _join_footnotes(lines)
    _part_stars(lines)
    _outline(lines)
    if any(line.startswith("1/") for line in lines) and any(line.startswith("2/") for line in lines):
        lines = [_NUMBERED.sub(r"\1/ ", line, count=1) for line in lines]
    marked = any(_COMMENT_MARK.match(lines[number]) for number in gone)
    for number, line in enumerate(_outside_code(lines)):
        if number in gone or (line and _LINES.match(line.strip())):
            left = _LINES.match(line.strip()) or (number in kept and _OF_JOPLIN.match(line))
            lines[number] = as_gone(lines[number], typed=not left)
        elif marked or _MAYBE.found_in(line):
            lines[number] = _without(_COMMENT_MARK.sub("", line) if marked else line)
    return "\n".join(lines)


def _kept_of_a_note(lines: Sequence[str]) -> range:
    """What a program knows of a note, below it: its id, places, times."""
    end = first = next((n + 1 for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), 0)
    if not end or not lines[end - 1].startswith("type_: "):
        return range(0)
    while first and _KEPT_OF_A_NOTE.match(lines[first - 1]):
        first -= 1
    return next((range(n, end) for n in range(first, end) if _ID_OF_A_NOTE.match(lines[n])), range(0))


def _tags_below(lines: Sequence[str]) -> range:
    """Tags as Simplenote has them below a note: a line that says so, and the tags set in."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    last = next((at for at in reversed(filled) if not lines[at].startswith("  ")), None)
    return range(last, len(lines)) if last and lines[last] == "Tags:" and filled[-1] > last else range(0)


def _properties(lines: Sequence[str]) -> Iterator[int]:
    """Who made a page and when, with the fields around, as a program writes them below its title."""
    above = range(min(_HEAD, len(lines)))
    made = next((n for n in above if _MADE.match(lines[n])), None)
    if made is None:
        return
    first = last = made
    while first and _FIELD.match(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _FIELD.match(lines[last + 1]):
        last += 1
    # Title, Date, Modified: the header of a text, and not what a program keeps.
    if last > first and not (_MODIFIED.match(lines[made]) and _OF_THE_TEXT.match(lines[first])):
        dated = any(map(str.isdecimal, "".join(lines[:first])))
        yield from (
            n
            for n in range(first, last + 1)
            if (dated or n != made or not _YEAR.search(lines[n]))
            and (_MADE.match(lines[n]) or not (held_key(lines[n]) or _OF_THE_TEXT.match(lines[n])))
        )


def _queries(lines: Sequence[str]) -> Iterator[int]:
    """What asks a program for a list of notes: a block that it would fill in."""
    inside = False
    for number, line in enumerate(lines):
        opens = not inside and _QUERY.match(line)
        if inside or opens:
            yield number
        inside = bool(opens) or (inside and line.strip() != "```")


def _without(line: str) -> str:
    if found := _CALLOUT.match(line):
        line = f"{found[1]}**{found[3].strip() or found[2].capitalize()}**"
    elif found := _BOX.match(line.strip()):
        line = f"**{found[1]}**"
    if line.lstrip().startswith("|"):
        return line
    pieces = _CODE.split(line) if "`" in line else [line]
    for pattern, made in _INSIDE:
        pieces[::2] = [pattern.sub(made, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _outside_code(lines: Sequence[str]) -> list[str]:
    """The lines, those between fences empty."""
    inside = False
    left: list[str] = []
    for line in with_plain_fences(lines):
        fence = line.lstrip().startswith(("```", "~~~"))
        left.append("" if inside or fence else line)
        inside ^= fence
    return left if not inside else list(lines)


def _commented(lines: Sequence[str]) -> list[int]:
    """The lines from one that is ``%%`` to the next."""
    marks = [number for number, line in enumerate(lines) if line.strip() == "%%"]
    return [n for top, end in zip(marks[::2], marks[1::2], strict=False) for n in range(top, end + 1)]


def _comments_of_a_document(lines: Sequence[str]) -> range:
    """The remarks of readers below a document: ``[a]`` in its text, lines that open so at its end."""
    for number, line in enumerate(lines):
        if found := _COMMENT.match(line):
            below = [line for line in lines[number:] if line.strip()]
            # Word counts its remarks, each on a line; the coordinates of a map look the same.
            whole = found[1] == "[a]" or all(map(_COMMENT.match, below))
            told = whole and any(found[1] in above for above in lines[:number])
            return range(number, len(lines)) if told else range(0)
    return range(0)


def _clock_of_a_page(lines: Sequence[str]) -> Iterator[int]:
    """When a page was made, alone on the line below its day, as OneNote has it; a chat has more of them."""
    clocks = [number for number, line in enumerate(lines) if _CLOCK.match(line)]
    if len(clocks) == 1 and clocks[0] and _DAY.match(lines[clocks[0] - 1]):
        yield clocks[0]


def _outline(lines: list[str]) -> None:
    """Headings that an outliner has as bullets, and what hangs below them one step to the left."""
    below = False
    for number, line in enumerate(lines):
        if _TITLED_BULLET.match(line):
            lines[number], below = line[2:], True
        elif below and line.startswith(("\t", "  ")):
            lines[number] = line[1:] if line[0] == "\t" else line[2:]
        else:
            below = below and not line.strip()


def _part_stars(lines: list[str]) -> None:
    """A blank behind the markers of a pad; one alone may be a star of something else."""
    starred = [number for number, line in enumerate(lines) if _BARE_STAR.match(line)]
    for number in starred if len(starred) > 1 else ():
        lines[number] = _BARE_STAR.sub(
            lambda found: f"{found[1]} {found[0][found.end(1) - found.start() :]}", lines[number]
        )


def _join_footnotes(lines: list[str]) -> None:
    """A footnote of which the number stands on a line of its own, as Markdown has it."""
    for number, line in enumerate(lines):
        if found := _FOOTNOTE.match(line.strip()):
            below = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), number)
            if below > number:
                lines[number], lines[below] = "", f"[^{found[1]}]: {lines[below].strip()}"
