"""What a line of a header looks like, whatever signs a phone or an editor has made of its own."""

from __future__ import annotations

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COLONS

SIGNS = (
    r"[\s\"'“”„‟‘’«»‹›*_~`|>/#%;!?.()\[\]{}<·•▪‣◦+=¡¿"
    r"\u2010-\u2015\u2212\u2e3a\u2e3b\ufe0e\ufe0f\u200b-\u200f\u2060\ufeff\u2600-\u27bf\U0001f300-\U0001faff-]"
)
LEFT_OUT = "{%\u2060"
"""With this begins a line that was left out as a mark of a program: nobody wrote it."""
KEY_LINE = lazy_pattern(rf"{SIGNS}*([^\W\d_][^\n{COLONS}=→|]{{0,45}}?){SIGNS}*(?:[{COLONS}=→|]|\t)>?\s*(.*)$")
"""A key, a sign between, a value; whatever signs stand around the key."""
_FENCE = lazy_pattern(
    r"[\s\ufeff>]*(?:[-\u2010-\u2015\u2212\u2e3a\u2e3b\u2500\u2501_=~*+`]\s?){1,80}(?:ya?ml|toml)?\s*$"
)
_SHORT_FENCE = lazy_pattern(r"[\s\ufeff>]*[-\u2010-\u2013\u2212_=~*+`]\s*$")


def is_fence(line: str) -> bool:
    """True for a line of dashes or other signs such as phones and editors make of ``---``."""
    return bool(_FENCE.match(line)) and not _SHORT_FENCE.match(line)
