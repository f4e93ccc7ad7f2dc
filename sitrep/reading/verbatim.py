"""Finds what the line rules must not look into: fenced code and HTML comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)$")


class Masks(NamedTuple):
    """Lines that are not read like others, by number."""

    fences: dict[int, int]
    """Line of a fenced block (fences included) -> serial number of the block."""
    visible: dict[int, str]
    """Line touched by an HTML comment -> what is left of it."""
    unclosed: int | None
    """Line of a comment that never ends."""

    def __bool__(self) -> bool:
        return bool(self.fences or self.visible)


_NONE = Masks({}, {}, None)


def masks_of(lines: Sequence[str], text: str, first: int) -> Masks:
    """Fenced blocks and comments of the lines of ``text``. A fence that is never closed is no fence: it
    would swallow the updates below it."""
    commented = "<!--" in text
    if not commented and "```" not in text and "~~~" not in text:
        return _NONE
    candidates = [i for i, line in enumerate(lines) if "```" in line or "~~~" in line]
    fences = _fences(lines, candidates, first)
    visible, unclosed = _comments(lines, fences, first) if commented else ({}, None)
    return Masks(fences, visible, unclosed)


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
