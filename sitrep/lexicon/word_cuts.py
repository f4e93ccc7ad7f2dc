"""Where no blank stands between words: what cuts a run of letters at the phrases that are known.

In Chinese, Japanese, Thai, Burmese and the like a phrase is found inside a run; in French and Italian a short
word is written onto the next with an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import UNSPACED
from sitrep.text.spelling import simplified

_RUN = lazy_pattern(f"[{UNSPACED}]+")
_KATAKANA = lazy_pattern("[\u30a1-\u30fc]+")
# Signs that belong to the letter before them, and vowels that belong to the letter behind.
_NO_END = "(?![\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b6-\u17d3])"
_NO_BEGIN = "(?<![\u0e40-\u0e44\u0ec0-\u0ec4\u1039\u17d2])"


def cut_pattern(phrases: Iterable[str], single: Iterable[str] = (), elisions: Iterable[str] = ()) -> str:
    """The pattern at which a token is cut, in one group and simplified signs; empty where nothing is. Of
    ``phrases`` those in scripts without blanks, from two letters on; of ``single`` also shorter ones.
    ``elisions`` are what stands before an apostrophe: l, d, qu."""
    known = {run for phrase in phrases if not phrase.isascii() for run in _runs(phrase) if len(run) > 1}
    known |= {run for phrase in single if not phrase.isascii() for run in _runs(phrase)}
    parts = [_bounded(run) for run in sorted(known, key=lambda run: (-len(run), run))]
    before = "|".join(map(re.escape, sorted(elisions, key=len, reverse=True)))
    if before:
        parts.append(rf"(?<!\w)(?:{before})['’ʼ](?=\w)")
    return f"(?i:({'|'.join(parts)}))" if parts else ""


def _runs(phrase: str) -> list[str]:
    return _RUN.findall(simplified(phrase))


def is_unspaced(phrase: str) -> bool:
    """True if the phrase has letters of a script in which words stand without blanks."""
    return not phrase.isascii() and _RUN.search(phrase) is not None


def _bounded(run: str) -> str:
    """The run, not inside a longer word of katakana and not in the middle of a syllable."""
    if _KATAKANA.fullmatch(run):
        return f"(?<![\u30a1-\u30fc]){run}(?![\u30a1-\u30fc])"
    if run[0] < "\u3000":
        return f"{_NO_BEGIN}{re.escape(run)}{_NO_END}"
    return re.escape(run)
