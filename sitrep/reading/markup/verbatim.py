"""Finds what the line rules must not look into: fenced code, HTML comments, elements that hold no text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern

HTML, TEMPLATE = "html", "template"
"""Markers of lines that hold nothing else."""
_FENCE = lazy_pattern(r"\s*(`{3,}|~{3,})(.*)$")
_HIGHLIGHT = lazy_pattern(r"^(\s*)\{[{%][<%-]?\s*(?:end|/)?highlight\b[^{}%]{0,100}[%>-]{0,2}\}\s*$")
_LONG_TAG = lazy_pattern(r"<[A-Za-z][\w-]{0,20}(?=\s)(?:[^<>\n]{0,900}\n(?!\s*\n)){1,6}[^<>\n]{0,900}>")
_ATTRIBUTES = lazy_pattern(r"\{:[^{}\n]{0,200}\n[^{}\n]{0,200}\}")


class Masks(NamedTuple):
    """Lines that are not read like others, by number."""

    fences: dict[int, int]
    """Line of a fenced block (fences included) -> serial number of the block."""
    visible: dict[int, str]
    """Line touched by an HTML comment or such an element -> what is left of it."""
    unclosed: int | None
    """Line of a comment that never ends."""
    lost: dict[str, int]
    """Elements whose content is not shown -> where the first one stands."""
    elements: dict[int, str]
    """Line such an element stands on -> what it was: HTML, or a mark of a site generator."""

    def __bool__(self) -> bool:
        return bool(self.fences or self.visible)


_ELEMENTS = (
    "script", "style", "svg", "math", "object", "audio", "video", "iframe", "noscript", "select", "textarea",
)  # fmt: skip


def with_plain_fences(lines: Sequence[str]) -> Sequence[str]:
    """The lines with the fences of Markdown in place of a site generator's marks for code."""
    return [_HIGHLIGHT.sub(r"\1```", line) for line in lines]


def masks_of(lines: Sequence[str], text: str, first: int) -> Masks:
    """Fenced blocks and comments of the lines of ``text``. A fence that is never closed is no fence: it
    would swallow the updates below it."""
    commented, elements = "<!--" in text, _elements_in(text)
    fenced = "```" in text or "~~~" in text
    candidates = [i for i, line in enumerate(lines) if "```" in line or "~~~" in line] if fenced else []
    fences = _fences(lines, candidates, first)
    visible, unclosed = _comments(lines, fences, first) if commented else ({}, None)
    lost: dict[str, int] = {}
    touched: dict[int, str] = {}
    for number, left in _without_long_tags(lines, text, fences, first):
        visible[number] = left
        touched[number] = TEMPLATE
    for opening, closing in elements:
        shown = [visible.get(number, line) for number, line in enumerate(lines, first)]
        for number, left in _without(opening, closing, shown, fences, first):
            visible[number] = left
            touched[number] = HTML if opening[0] == "<" else TEMPLATE
            if opening[0] == "<":
                lost.setdefault(opening[1:], number)
    return Masks(fences, visible, unclosed, lost, touched)


def _elements_in(text: str) -> list[tuple[str, str]]:
    """How those that stand in the text begin and end."""
    if "<" not in text and "{%" not in text:
        return []
    lowered = text.lower()
    pairs = [(f"<{name}", f"</{name}") for name in _ELEMENTS]
    pairs += [("{% comment", "{% endcomment"), ("{%- comment", "{%- endcomment")]
    return [(opening, closing) for opening, closing in pairs if opening in lowered and closing in lowered]


def _without_long_tags(
    lines: Sequence[str], text: str, fences: dict[int, int], first: int
) -> Iterator[tuple[int, str]]:
    """The lines of marks of site generators that go over several lines, without them."""
    if "{%" not in text and "{:" not in text and "<" not in text:
        return
    text = "\n".join(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found = (m.span() for m in _ATTRIBUTES.finditer(text))
    tags = (m.span() for m in _LONG_TAG.finditer(text) if "=" in m[0])
    below = -1
    for begin, end in sorted((*_long_tags(text), *found, *tags)):
        top, bottom = bisect_right(starts, begin) - 1, bisect_right(starts, end - 1) - 1
        if top + first in fences or top <= below:
            continue
        below = bottom
        before, after = lines[top][: begin - starts[top]], lines[bottom][end - starts[bottom] :]
        is_tag = text[begin] == "<"
        glued = is_tag or text[begin + 1] == ":"
        # A tag of HTML stays, on one line: what it stands for is in its attributes.
        kept = " ".join(text[begin:end].split()) if is_tag else ""
        yield top + first, before + kept + (after if glued else "")
        yield from ((index + first, "") for index in range(top + 1, bottom))
        yield bottom + first, "" if glued else after


def _long_tags(text: str) -> Iterator[tuple[int, int]]:
    """Where ``{% ... %}`` stands not ending on its line. Linear: what has no end is looked for once."""
    at = 0
    while (begin := text.find("{%", at)) >= 0 and (end := text.find("%}", begin)) >= 0:
        if 0 <= text.find("\n", begin) < end:
            yield begin, end + 2
        at = end + 2


def _without(
    opening: str, closing: str, lines: Sequence[str], fences: dict[int, int], first: int
) -> Iterator[tuple[int, str]]:
    """The lines that an element stands on, without it. One that does not end hides nothing: it would swallow
    what is below it."""
    text = "\n".join(lines)
    lowered = text.lower()
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    left: list[str] = []
    at = 0
    while (begin := lowered.find(opening, at)) >= 0 and (end := lowered.find(closing, begin)) >= 0:
        if (end := text.find(">" if opening[0] == "<" else "%}", end)) < 0:
            break
        end += 1 if opening[0] == "<" else 2
        coded = bisect_right(starts, begin) - 1 + first in fences
        left += (text[at:begin], text[begin:end] if coded else "\n" * text.count("\n", begin, end))
        at = end
    left.append(text[at:])
    for number, (before, after) in enumerate(zip(lines, "".join(left).split("\n"), strict=True), first):
        if before != after:
            yield number, after


def _fences(lines: Sequence[str], candidates: list[int], first: int) -> dict[int, int]:
    marks = [(i, m[1], m[2].strip()) for i in candidates if (m := _FENCE.match(lines[i]))]
    longest = {"`": 0, "~": 0}
    ahead: list[int] = []
    for _, mark, info in reversed(marks):
        ahead.append(longest[mark[0]])
        if not info:
            longest[mark[0]] = max(longest[mark[0]], len(mark))
    ahead.reverse()
    found: dict[int, int] = {}
    position = 0
    while position < len(marks):
        start, mark, info = marks[position]
        position += 1
        if ahead[position - 1] < len(mark) or ("`" in info and mark[0] == "`"):
            continue
        while not _closes(mark, *marks[position][1:]):
            position += 1
        found.update(dict.fromkeys(range(start + first, marks[position][0] + first + 1), start))
        position += 1
    return found


def _closes(opening: str, mark: str, info: str) -> bool:
    return not info and mark[0] == opening[0] and len(mark) >= len(opening)


def _comments(lines: Sequence[str], fences: dict[int, int], first: int) -> tuple[dict[int, str], int | None]:
    visible: dict[int, str] = {}
    opened: int | None = None
    for number, line in enumerate(lines, first):
        if number in fences and opened is None:
            continue
        if opened is None and "<!--" not in line:
            continue
        left, opened = _outside(line, number, opened)
        visible[number] = left
    return visible, opened


def _outside(line: str, number: int, opened: int | None) -> tuple[str, int | None]:
    """What of a line is outside comments, and the line on which a comment still open began."""
    left: list[str] = []
    at = 0
    while True:
        if opened is not None:
            end = line.find("-->", at)
            if end < 0:
                return "".join(left), opened
            at, opened = end + 3, None
        start = line.find("<!--", at)
        if start < 0:
            left.append(line[at:])
            return "".join(left), None
        left.append(line[at:start])
        at, opened = start + 4, number
