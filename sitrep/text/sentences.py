"""Plain text -> its first sentence, or as much of it as fits."""

from __future__ import annotations

import unicodedata

from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.signs import PAUSES, STOPS

PARTED = lazy_pattern(rf"(?<=[{STOPS}])[\"'”’»)\]」』]*\s+|\n+|(?<=[。！？])(?=\w)")
"""What stands between sentences."""
_STOP = lazy_pattern(rf"[{STOPS}][.!?…\"'”’»)\]。！？]{{0,8}}(?:(?<=[。！？။])|\s+(?![a-zß-öø-ÿ]))")
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "adm", "sen",
    "rep", "gov", "pres", "rev", "hon", "jr", "sr", "st", "mt", "ft", "mme", "mlle", "inc", "ltd",
    "co", "corp", "vs", "approx", "ca", "cf", "eg", "ie", "al", "dept", "ed", "est", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "usw", "hr", "fr",
    "abs", "nr",
))  # fmt: skip
_BEFORE_NUMBERS = frozenset(("no", "nos", "art", "p", "pp", "fig", "vol", "ch", "sec", "km", "para"))


@remembering
def first_sentence(text: str) -> str:
    """The first sentence of plain text, or all of it; ``Gen. Hulusi``, ``U.S.`` and ``3. March`` end none."""
    for stop in _STOP.finditer(text):
        at = stop.start()
        if text[at] != "." or text[at + 1 : at + 2] == "." or not _abbreviates(text, at, stop.end()):
            return text[: stop.end()].rstrip()
    return text


def _abbreviates(text: str, at: int, then: int) -> bool:
    """True if the full stop at ``at`` ends an abbreviation, an initial or a day's number."""
    word = text[text.rfind(" ", max(0, at - 24), at) + 1 : at].lstrip("(\"'“‘«[").lower()
    if len(word) == 1 or word in _TITLES or (word.isdigit() and len(word) < 3):
        return word.isalnum()
    if word in _BEFORE_NUMBERS:
        return text[then : then + 1].isdigit()
    return "." in word and all(len(part) == 1 for part in word.split("."))


def shortened(text: str, limit: int) -> str:
    """Plain text cut within ``limit`` characters, with an ellipsis where something is left out. Cut at a word
    if there is one in the second half, else between any two characters that a reader sees as two; never down
    to the ellipsis alone."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    if len(at_word) < limit // 2:
        at_word = text[: _between(text, limit - 1)]
    return (at_word.rstrip(f" {PAUSES}:–—-") or cut) + "…"


def _between(text: str, at: int) -> int:
    """The nearest place at or before ``at`` where a reader sees two signs; ``at`` itself where all are one.

    Accents, vowel signs, joiners, what a virama binds and the second half of a flag belong to what is before.
    """
    place = at
    while place and (unicodedata.category(text[place])[0] == "M" or _binds(text[place - 1 : place + 1])):
        place -= 1
    flags = len(text[:place]) - len(text[:place].rstrip(_FLAGS)) if text[place] in _FLAGS else 0
    return place - flags % 2 or at


def _binds(both: str) -> bool:
    return _JOINER in both or unicodedata.combining(both[0]) == _VIRAMA


_JOINER, _VIRAMA = "\u200d", 9
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Two of these letters are a flag."""
_NO_WORDS = lazy_pattern(r"`[^`]*`|(?<!\w)<?\w{1,20}://\S+|(?<!\S)\S{1,254}@\S+|(?<!\w)[#@]\w+")
_LETTER = lazy_pattern(r"[^\W\d_]")
_LOOKED_AT = 1_000
"""Characters within which a text that tells anything has a word."""


def tells(text: str) -> bool:
    """True of a text with words besides addresses, tags, numbers and code, and leads on to nothing."""
    left = text[:_LOOKED_AT]
    if "`" in left or "://" in left or "@" in left or "#" in left:
        left = _NO_WORDS.sub("", left)
    left = left.rstrip()
    return _LETTER.search(left) is not None and not left.endswith((":", "："))
