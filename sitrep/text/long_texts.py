"""A long text -> pieces short enough for the converter, so that its time is bounded and its markup kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from sitrep.base.patterns import lazy_pattern

FENCES = ("```", "~~~")
# Beyond these a text is taken in pieces: the link scanner and nesting are quadratic.
LONGEST_MARKUP = 20_000
_LINES = 400
_OPENERS = 150
_LINE_COSTS, _BRACKET_COSTS = LONGEST_MARKUP // _LINES, LONGEST_MARKUP // _OPENERS
"""Characters that a line and a bracket count for where a long text is cut."""
_FEW_OPENERS, _LOOKED_THROUGH = 10, 5_000
_BRACKETS = lazy_pattern(r"[\[\]]")
_NESTING = lazy_pattern(r"^(?:[ \t]*>){9}|^[ \t]{40}", re.M)


def is_too_much(text: str) -> bool:
    """True if the converter cannot take the text as a whole."""
    if len(text) > LONGEST_MARKUP or text.count("[") > _OPENERS or text.count("\n") > _LINES:
        return True
    return bool(_NESTING.search(text)) or _looked_through(text) > _LOOKED_THROUGH


def _looked_through(text: str) -> int:
    """Characters that are looked through for the ends of brackets: of one within another again and again."""
    if text.count("[") <= _FEW_OPENERS:
        return 0
    opened, characters = [], 0
    for found in _BRACKETS.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif opened:
            characters += found.start() - opened.pop()
    return characters + sum(len(text) - start for start in opened)


def pieces(text: str) -> Iterator[str]:
    """The lines of a long text in pieces short enough for Markdown; fenced code apart, without its end. They
    end at a blank line if there is one in their second half, so that few lists and paragraphs are cut."""
    piece: list[str] = []
    fence = size = 0
    for line in chain.from_iterable(map(_short_lines, text.split("\n"))):
        mark = len(line) - len(line.lstrip("`~")) if line.startswith(FENCES) else 0
        cost = len(line) + _LINE_COSTS + line.count("[") * _BRACKET_COSTS
        size += cost
        closes = mark >= fence > 0 and not line[mark:].strip()
        opens = not fence and mark and "`" not in line[mark:]
        full = not fence and (size > LONGEST_MARKUP or (not line.strip() and size > LONGEST_MARKUP / 2))
        if piece and (opens or closes or full):
            yield "\n".join(piece)
            piece, size = [], cost
        fence = 0 if closes else mark if opens else fence
        piece += () if closes else (line,)
    yield from filter(None, ["\n".join(piece)])


def _short_lines(line: str) -> Iterator[str]:
    """A line that is too long by itself, cut between words."""
    while len(line) > LONGEST_MARKUP or line.count("[") > _OPENERS:
        brackets = list(islice((m.end() for m in re.finditer(r"\[", line)), _OPENERS))
        most = brackets[-1] if len(brackets) == _OPENERS else LONGEST_MARKUP
        cut = line.rfind(" ", 1, min(most, LONGEST_MARKUP))
        if cut < 0:
            break
        yield line[:cut]
        line = line[cut + 1 :]
    yield line
