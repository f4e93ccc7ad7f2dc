"""A line among the news -> whether it, its heading or a note in brackets inside it holds the text back.

``(not for publication, they would be shelled)``, ``[check with the hospital]``, ``[TK]``, ``# Internal``:
whoever writes so means to come back to it, or speaks to the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from sitrep.base.nouns import Update
from sitrep.base.patterns import lazy_pattern
from sitrep.base.prepared import prepared
from sitrep.lexicon.waiting.lists import by_language, of_kind, phrases_in, words
from sitrep.lexicon.waiting.lists import words_of as word_list
from sitrep.lexicon.waiting.mere_orders import is_nothing_but_an_order
from sitrep.lexicon.waiting.phrases import is_plainly_held, says_hold
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS, plain, plain_each, tells_when
from sitrep.reading.headers.held_entries import HOLD_IT, DoubtfulLine
from sitrep.reading.words import words_of
from sitrep.text.sentences import PARTED

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
_LEAD = lazy_pattern(r"([^\W\d_][^:\n–—]{3,40}?)(?::|\s[–—])\s")
"""What stands before a colon or dash: ``HOLD until Monday: ...``"""
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
        if title and ((_may_order(title) and is_plainly_held(title)) or _OWN_NOTES.fullmatch(title)):
            yield section.line, title
        yield from ((section.line, word) for word in _held_in(title))
        yield from ((item.line, word) for item in section.items for word in _held_in(item.text))
    yield from ((passage.line, word) for passage in update.passages for word in _held_in(passage.text))


def _is_order(said: str) -> bool:
    """True for a text that is nothing but an order not to publish, or to wait."""
    if said[0].isdecimal() or not _may_order(said) or not is_nothing_but_an_order(said):
        return False
    if is_plainly_held(said):
        return True
    held = says_hold(said)
    several = " " in said or WITHOUT_BLANKS.search(said) is not None
    return several and (bool(held and plain(said).startswith(held)) or _refuses(said))


def _refuses(said: str) -> bool:
    """True where a strong no stands, or what in its language only an order is: "up to 5,000" and "No first
    use" have neither."""
    found = phrases_in(word_list(said)).values()
    return any((spans.get("not") and spans.get("strong")) or spans.get("forbid") for spans in found)


def _may_order(said: str) -> bool:
    """False for what is too long, or whose first or last word no phrase has: few texts are looked at."""
    return len(said) <= _LONGEST and all(map(_may_hold, said.split()[:: max(1, said.count(" "))]))


@lru_cache(maxsize=1024)
def _may_hold(word: str) -> bool:
    """True for a word of a phrase that holds a text back, or of when."""
    return all(part in _vocabulary() or tells_when(part) for part in plain(word).split())


@prepared(frozenset[str])
def _vocabulary() -> frozenset[str]:
    known = words()
    forbidding = (said for kinds in by_language("orders").values() for said in kinds.get("forbid", ()))
    phrases = chain(known.kinds, plain_each(forbidding))
    return frozenset(part for phrase in phrases for part in phrase.split()).union(
        known.joined, of_kind("fill")
    )


def _without_clock(text: str) -> str:
    found = _CLOCK.match(text)
    return text[found.end() :] if found else text


def _held_in(text: str) -> Iterator[str]:
    """What orders to wait: a paragraph, what it opens with, its last sentence, a note in brackets."""
    for part in map(_without_clock, text.split("\n\n")):
        lead, sentences = _LEAD.match(part), PARTED.split(part)
        parts = (part, lead[1] if lead else "", sentences[0], sentences[-1])
        yield from (said for said in parts if said and _is_order(said))
    for found in _NOTE.finditer(text):
        said = found["round"] or found["square"]
        first = _FIRST.match(said)
        if first and _is_order(first[0]):
            yield first[0].strip()
        elif found["square"] and (_GAP.fullmatch(said) or _TO_DO.fullmatch(said)):
            yield said
