"""A line among the first of a text -> whether it is a note of its writers to each other.

No list knows what they type: "still cooking", "half of it". But who begins every heading and bullet with a
capital does not write to readers without one, in a short line that stands alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COLONS, STOPS
from sitrep.lexicon.waiting.unfinished import speaks_of_work
from sitrep.reading.headers.header_lines import KEY_LINE, is_fence

_MARKED = lazy_pattern(r"\s*(?:#+\s*|(?:[-–—*+•▪‣◦·]|\d{1,2}[.)])\s+)[*_\"'“«]*([^\W\d_])")
_FEWEST_MARKED = 3
_MOST_WORDS = 8
_OPENING_SIGNS = "(\"'“”«»‹›*_~[=!¡¿ "
_ENDS = tuple(f"{STOPS}:»”\"')]")
_OTHER = lazy_pattern(r"://|\S@\S|www\.|\w/\w|[<{]|^\W*(?:#|@|by\b)")
"""Addresses, handles, hashtags, bylines and what programs leave behind."""


def begins_with_capitals(lines: Sequence[str]) -> bool:
    """True for a text whose headings and bullets are marked, and begin with a capital, all of them."""
    firsts = [found[1] for line in lines if (found := _MARKED.match(line))]
    return len(firsts) >= _FEWEST_MARKED and all(map(str.isupper, firsts))


def noted(lines: Sequence[str], number: int, dates: Collection[int]) -> str | None:
    """The words of a short line in small letters that stands alone, or beside the date, where all else
    begins with a capital: what people type to each other, not to their readers."""
    around = (n for n in (number - 1, number + 1) if 1 <= n <= len(lines) and n not in dates)
    alone = all(not lines[n - 1].strip() or is_fence(lines[n - 1]) for n in around)
    return _small(lines[number - 1]) if alone else None


def noted_below(lines: Sequence[str], number: int) -> str | None:
    """The same of a line below the news, where what is said to readers stands too: it must speak of work
    on the text. It may stand right below a sentence that is over."""
    above = lines[number - 2].rstrip() if number > 1 else ""
    over = not above or is_fence(above) or above.endswith(_ENDS)
    said = _small(lines[number - 1]) if over else None
    return said if said and speaks_of_work(said) else None


def _small(line: str) -> str | None:
    line = line.strip()
    short = len(line.split()) <= _MOST_WORDS and not line.endswith(tuple(COLONS))
    bare, other = line.lstrip(_OPENING_SIGNS), KEY_LINE.match(line) or _OTHER.search(line)
    return bare if short and bare[:1].islower() and not other else None
