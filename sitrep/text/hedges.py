"""A sentence that opens with a hedge -> the same without it, for where a label says so already."""

from __future__ import annotations

import re
from functools import lru_cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COMMAS

_REST = 16
"""Characters that must be left of a sentence without its hedge."""


def unhedged(sentence: str, openings: tuple[str, ...]) -> str:
    """The sentence without one of these openings; as it is where too little would be left of it."""
    found = _pattern(openings).match(sentence)
    rest = sentence[found.end() :] if found else ""
    return rest[0].upper() + rest[1:] if len(rest) >= _REST else sentence


@lru_cache(maxsize=16)
def _pattern(openings: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these, and what leads on from it; the comma after an adverb is often left out."""
    said = "|".join(_optional_comma(re.escape(text)) for text in sorted(openings, key=len, reverse=True))
    return lazy_pattern(rf"(?i)(?:{said})(?:(?<!\w)\s*|\s+)" if said else r"(?!)")


def _optional_comma(phrase: str) -> str:
    return f"{phrase}?" if phrase.endswith(tuple(COMMAS)) else phrase
