"""A table of marks (``*.tsv``, a mark a line) -> its patterns, and what stands in place of what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from sitrep.base.patterns import AnyOf, lazy_pattern
from sitrep.base.shipped import shipped_rows

Made: TypeAlias = str | Callable[[re.Match[str]], str]
"""What stands in place of a match: a template, or what makes it."""


class Marks:
    """One table, its rows by kind: a pattern, and behind it what is made of a match (nothing: it goes)."""

    def __init__(self, name: str, makers: Mapping[str, Made] | None = None) -> None:
        """``makers``: what is called by a name in braces, ``{smiley}``."""
        self._rows: dict[str, list[tuple[str, Made]]] = {}
        for kind, pattern, *template in shipped_rows(f"reading/markup/{name}.tsv"):
            made = "".join(template)
            self._rows.setdefault(kind, []).append((pattern, (makers or {}).get(made, made)))

    def one_of(self, kind: str, flags: int = 0) -> re.Pattern[str]:
        """The pattern of any of a kind."""
        return lazy_pattern(self._said(kind), flags)

    def hints(self) -> AnyOf:
        """What a text, or a line, has one of that is changed."""
        return AnyOf(self._said("hint"))

    def changes(self, kind: str) -> tuple[tuple[re.Pattern[str], Made], ...]:
        """The patterns of a kind, each with what is made of a match."""
        return tuple((lazy_pattern(pattern), made) for pattern, made in self._rows.get(kind, ()))

    def signs(self, kind: str) -> Mapping[str, Made]:
        """What stands for each word of a kind."""
        return dict(self._rows[kind])

    def _said(self, kind: str) -> str:
        return "|".join(pattern for pattern, _ in self._rows[kind])
