"""A text -> the form in which phrases and names are compared: no case, accents or typographic signs."""

from __future__ import annotations

import unicodedata

from sitrep.base.patterns import lazy_pattern

_SIGNS = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"))
_ACCENTS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Accents and vowel signs of alphabets that go without them, and signs that nobody sees. Vowels of Indic
scripts and the Japanese voicing are letters."""
_strip = lazy_pattern(_ACCENTS)


def folded(text: str) -> str:
    """The form in which phrases are compared: no case, accents or typographic signs, single spaces."""
    if not text.isascii():
        for sign, plain in _SIGNS:
            text = text.replace(sign, plain)
        if not text.isascii():
            text = _strip.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(text.lower().split())


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def fold(text: str) -> str:
    """The form in which names are compared: no case, accents, full stops or apostrophes, single spaces."""
    return " ".join(folded(text).replace(".", "").split()).replace("ı", "i").replace("'", "")
