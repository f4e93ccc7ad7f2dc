"""A line of news -> whether a note in brackets inside it holds the text back.

``(not for publication, they would be shelled)``, ``[check with the hospital]``, ``[TK]``: whoever writes so
means to come back to it, or speaks to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.waiting.mere_orders import is_nothing_but_an_order
from sitrep.lexicon.waiting.phrases import is_plainly_held
from sitrep.reading.headers.held_entries import HOLD_IT, DoubtfulLine
from sitrep.reading.words import words_of

_NOTE = lazy_pattern(
    r"[(（\[【](?:(?<=[(（])(?P<round>[^()（）\[\]/\n]{5,120})[)）]"
    r"|(?<=[\[【])(?<!\][\[【])(?P<square>[^\[\]【】()/\n^]{2,80})[\]】](?![(\[:]))"
)
_FIRST = lazy_pattern(r"[^,;:.–—،؛，；]+")
_GAP = lazy_pattern(r"(?:(?i:TK)(?:\s[^\W\d_]+){0,4}|X{2,4}|\?{2,5})\W*")
"""What stands where a word is still to be found."""
_TO_DO = lazy_pattern(rf"\W*(?i:{words_of('held inside')['to do']})\b(?:\W+\w+){{0,5}}\W*")
"""A few words that open with what is still to be done: ``to check``, ``ASK THE CLINIC``."""


def note_inside(lines: Sequence[str], start: int) -> DoubtfulLine | None:
    """The first line from ``start`` on that has such a note."""
    for number in range(start, len(lines)):
        if word := next(_held_in(lines[number]), None):
            fact = f'a note in this line looks as if it should hold the text back ("{word}")'
            remedy = f"take the note out, or {HOLD_IT}; what readers should see goes without brackets"
            return DoubtfulLine(number + 1, fact, remedy)
    return None


def _held_in(line: str) -> Iterator[str]:
    for found in _NOTE.finditer(line) if "(" in line or "[" in line or "（" in line or "【" in line else ():
        said = found["round"] or found["square"]
        first = _FIRST.match(said)
        if first and is_plainly_held(first[0]) and is_nothing_but_an_order(first[0]):
            yield first[0].strip()
        elif found["square"] and (_GAP.fullmatch(said) or _TO_DO.fullmatch(said)):
            yield said
