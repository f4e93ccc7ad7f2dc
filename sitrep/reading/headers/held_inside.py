"""A line among the news -> whether it, its heading or a note in brackets inside it holds the text back.

``(not for publication, they would be shelled)``, ``[check with the hospital]``, ``[TK]``, ``# Internal``:
whoever writes so means to come back to it, or speaks to the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from sitrep.base.nouns import Update
from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.waiting.lists import of_kind, words
from sitrep.lexicon.waiting.mere_orders import is_nothing_but_an_order
from sitrep.lexicon.waiting.phrases import is_plainly_held
from sitrep.lexicon.waiting.plain import plain
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
_OWN_NOTES = lazy_pattern(rf"\W*(?i:{words_of('held inside')['headings']})\W*")
_CLOCK = lazy_pattern(r"\d\d:\d\d – ")
_LONGEST = 60


def note_inside(updates: Iterable[Update]) -> DoubtfulLine | None:
    """The first line of what is to go out that has such a note, is one, or is the heading of such."""
    for update in updates:
        for line, word in _notes(update) if not update.draft else ():
            fact = f'a note among the news looks as if it should hold the text back ("{word}")'
            return DoubtfulLine(line, fact, f"take it out, or {HOLD_IT}; what readers should see is reworded")
    return None


def _notes(update: Update) -> Iterator[tuple[int, str]]:
    for section in update.sections:
        title = _without_clock(section.heading or "")
        if title and (is_plainly_held(title) or _OWN_NOTES.fullmatch(title)):
            yield section.line, title
        yield from ((item.line, word) for item in section.items for word in _held_in(item.text))
    yield from ((passage.line, word) for passage in update.passages for word in _held_in(passage.text))


def _is_order(said: str) -> bool:
    """True for a text that is nothing but an order not to publish."""
    if len(said) > _LONGEST or not all(map(_may_hold, said.split()[:: max(1, said.count(" "))])):
        return False
    return is_plainly_held(said) and is_nothing_but_an_order(said)


@lru_cache(maxsize=1024)
def _may_hold(word: str) -> bool:
    """False for a first or last word that no phrase has which holds a text back: few texts are looked at."""
    return _vocabulary().issuperset(plain(word).split())


@cache
def _vocabulary() -> frozenset[str]:
    known = words()
    parts = (part for phrase in known.kinds for part in phrase.split())
    return frozenset(parts).union(known.joined, of_kind("fill"))


def _without_clock(text: str) -> str:
    found = _CLOCK.match(text)
    return text[found.end() :] if found else text


def _held_in(text: str) -> Iterator[str]:
    yield from (bare for part in text.split("\n\n") if _is_order(bare := _without_clock(part)))
    for found in _NOTE.finditer(text):
        said = found["round"] or found["square"]
        first = _FIRST.match(said)
        if first and _is_order(first[0]):
            yield first[0].strip()
        elif found["square"] and (_GAP.fullmatch(said) or _TO_DO.fullmatch(said)):
            yield said
