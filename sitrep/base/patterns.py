"""Regular expressions that are compiled when a text first needs them, and tried only where they can match.

Most are for one kind of text: mail, an export of a chat, a date in other letters. A new process would compile
all of them for texts that have none of that (``python -X importtime``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

from sitrep.base.pattern_code import compiled

_DONE = (
    "match",
    "fullmatch",
    "search",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
    "pattern",
    "flags",
    "groupindex",
)


class _Later:
    """Stands for a pattern; with its first use it has what the compiled one has."""

    def __init__(self, said: str, flags: int) -> None:
        self._said, self._flags = said, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _DONE:
            raise AttributeError(name)
        pattern = compiled(self._said, self._flags)
        self.__dict__.update((known, getattr(pattern, known)) for known in _DONE)
        return getattr(pattern, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Later, (self._said, self._flags)


def lazy_pattern(said: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, but its errors come with the first use: tests compile all of them."""
    return cast("re.Pattern[str]", _Later(said, flags))


class AnyOf:
    """Many alternatives of which hardly a text has one.

    Tried one after the other at each sign, they cost more than all the rest of a text; so each is tried only
    in texts that have the signs without which it cannot match, and at beginnings of lines if it asks for one.
    """

    def __init__(self, said: str) -> None:
        """``said``: alternatives as of a pattern of lines (re.M), without groups that others refer to. One
        that is alike in capitals and small letters stands in a group of its own: ``(?i:...)``."""
        self.said = said

    def found_in(self, text: str) -> bool:
        """True if one of them stands in the text."""
        small, begins = text.lower(), [0, *(end.end() for end in _END.finditer(text))]
        return any(one.stands_in(text, small, begins) for one in self.alternatives)

    @cached_property
    def alternatives(self) -> tuple[_Alternative, ...]:
        """Each by itself."""
        return tuple(map(_Alternative, _parted(self.said)))


class _Alternative:
    """One of the alternatives, and what it needs."""

    def __init__(self, said: str) -> None:
        self.said, self._pattern = said, lazy_pattern(said, re.M)
        self._begins = said.startswith("^")
        self._small = said.startswith("(?i:")
        self._needed = _needed(said[4:-1].lower() if self._small else said)

    def stands_in(self, text: str, small: str, begins: Sequence[int]) -> bool:
        """True if it stands in a text, which is given in small letters as well."""
        if self._needed not in (small if self._small else text):
            return False
        if self._begins:
            return any(self._pattern.match(text, begin) for begin in begins)
        return self._pattern.search(text) is not None


_END = lazy_pattern("\n")
_PIECE = lazy_pattern(r"\\u[0-9a-f]{4}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[^\\\[]", re.S)
"""A sign, an escaped one, a set of signs, or how often one stands there."""


def _parted(said: str) -> Iterator[str]:
    """The alternatives of a pattern, as far as they stand in no group."""
    depth, alternative = 0, ""
    for piece in _PIECE.findall(said):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            yield alternative
            alternative = ""
        else:
            alternative += piece
    yield alternative


def _needed(alternative: str) -> str:
    """The longest run of signs that whatever matches has as they are written; groups are passed over."""
    runs, depth = [""], 0
    for piece, following in pairwise((*_PIECE.findall(alternative), "")):
        depth += (piece == "(") - (piece == ")")
        sign = piece[1:] if piece[0] == "\\" and not piece[1:].isalnum() else piece
        optional = following.startswith(("?", "*", "{0"))
        if depth or len(sign) > 1 or optional or piece in tuple("()^$.?*+"):
            runs.append("")
        else:
            runs[-1] += sign
    return max(runs, key=len)
