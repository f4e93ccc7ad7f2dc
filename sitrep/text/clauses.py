"""Plain text -> its words to the end of a clause, which say something by themselves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COMMAS, PAUSES, SEMICOLONS
from sitrep.text.clause_asides import simpler
from sitrep.text.clause_words import (
    COMMA,
    TOKEN,
    ClauseWords,
    any_of,
    barred,
    blank_before,
    clausal,
    has_verb,
    is_finite,
    leading,
    opens_clause,
    own_words,
    relative,
    without_relatives,
)
from sitrep.text.sentences import first_sentence

_NO_WORDS = ClauseWords()
_STRONG = lazy_pattern(r"[;:؛；：](?=\s)|(?<=\s)[–—-](?=\s)|[；：—]")
_QUOTED = lazy_pattern(r"[\"”“»](?=\s+[^\W\d_])")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("„", "“"), ("「", "」"), ("（", "）"), ("[", "]"))
_SIGNS = lazy_pattern(f"[{re.escape(''.join(map(''.join, _PAIRS)))}]")
_ASIDE_WORDS = 2
"""So few words between two commas are an aside or one of a list: nothing ends after them."""
_SENTENCE = 40
"""After so many characters ``and`` mostly joins clauses, and a verb was mostly there; after fewer not."""
_LOOKED_AT, _FARTHEST = 400, 240
"""Characters of a text that are looked at, and those in which it may end: no title is longer."""
_MOST_LEFT_OUT = 6
_LISTED = 3
"""Commas with so few words between them part a list, not clauses."""
_SAYS = 2
"""Words that a source opens with, its verb of saying among them: "said two", "a raconté"."""
_NAMED = 5
"""Words of a source that ends with its verb, at most: "a leaflet warns"."""
_LIMITED = 3
"""Words of an adjunct that may say that it limits what is told: "for no more than"."""
_AT_STRONG, _AT_COMMA, _AT_OPENER, _AT_JOIN, _AT_ADJUNCT = range(5)
"""Kinds of ends, the best first."""


class Clauses:
    """The places at which a text may end, each looked at once however often a title is tried."""

    def __init__(self, text: str, words: ClauseWords = _NO_WORDS, left_out: int = 0) -> None:
        self._text, self._words, self._left_out = text[:_LOOKED_AT], words, left_out
        self._within: dict[tuple[int, int, bool, bool], str | None] = {}
        self._fits: dict[tuple[int, int], bool] = {}

    def within(self, limit: int, least: int, *, adjuncts: bool = True, short: bool = False) -> str | None:
        """The text within ``limit`` characters to the end of a sentence or clause; None if there is none. A
        clause has at least ``least`` characters. It ends at a colon or dash, else at a comma that is not of a
        list, else before one of the words, of ``adjuncts`` only if they are wanted; never inside brackets,
        nor before what an opening clause leads to, and near the beginning only if ``short`` is wanted. Where
        only that helps, something is left out (``clause_asides.simpler``)."""
        asked = limit, least, adjuncts, short
        if asked not in self._within:
            self._within[asked] = self._find(*asked)
        return self._within[asked]

    def _find(self, limit: int, least: int, adjuncts: bool, short: bool) -> str | None:
        sentence = first_sentence(self._text[: limit + 8])
        if 12 <= len(sentence) <= limit:
            return sentence
        if len(self._text) <= limit:
            return self._text
        if (end := next(self._ends_within(limit, least, adjuncts, short), None)) is not None:
            return self._upto(end)
        return self._simpler.within(limit, least, adjuncts=adjuncts, short=short) if self._simpler else None

    @cached_property
    def _simpler(self) -> Clauses | None:
        """The text without something that may be left out."""
        more = self._left_out < _MOST_LEFT_OUT
        text = simpler(self._text, self._sentence, self._words) if more else None
        return Clauses(text, self._words, self._left_out + 1) if text else None

    def beyond(self, limit: int, most: int) -> str | None:
        """The shortest beginning that is whole, longer than ``limit`` and no longer than ``most``."""
        found = [self._sentence] if limit < len(self._sentence) <= most else []
        ends = sorted((end, kind) for kind, ends in self._ends.items() for end in ends if limit < end <= most)
        end = next((end for end, kind in ends if end > self._opened and self._fit(kind, end)), None)
        found += [self._upto(end)] if end is not None else []
        if self._simpler and (simple := self._simpler.beyond(limit, most)):
            found.append(simple)
        return min(found, key=len, default=None)

    def _upto(self, end: int) -> str:
        return self._text[:end].rstrip(f" {PAUSES}:–—-")

    def _ends_within(self, limit: int, least: int, adjuncts: bool, short: bool) -> Iterator[int]:
        """The last place of each kind, the best kind first."""
        strongs = self._ends.get(_AT_STRONG, [])
        at = bisect_left(strongs, limit)
        strong = strongs[at - 1] + 1 if at else 0
        least = max(least, self._opened + 1)
        for kind, ends in self._ends.items():
            enough = max(least, _SENTENCE) if kind in (_AT_JOIN, _AT_ADJUNCT) else least
            if ends[0] > limit or (kind == _AT_ADJUNCT and not adjuncts):
                continue
            # From the back: only the last one is wanted, and each costs a look at all before it.
            for end in reversed(ends[: bisect_right(ends, limit)]):
                if end < enough:
                    break
                if not (strong < end < strong + _SENTENCE and (strong or not short)) and self._fit(kind, end):
                    yield end
                    break

    def _fit(self, kind: int, end: int) -> bool:
        if (kind, end) not in self._fits:
            self._fits[kind, end] = self._is_whole(kind, end)
        return self._fits[kind, end]

    def _is_whole(self, kind: int, end: int) -> bool:
        """True if the text may end here: nothing is left open, and it says something by itself."""
        text, words, weak = self._text, self._words, kind >= _AT_OPENER
        signs, left_open = self._left_open
        sign = bisect_left(signs, end)
        if sign and left_open[sign - 1]:
            return False
        if end <= self._last_if or (self._last_if > 0 and weak):
            return False
        if blank_before(words.complements).match(text, end + (not weak)) or any(
            a < end < b for a, b in self._held
        ):
            return False
        if not self._is_told(end, joined=kind == _AT_JOIN, adjunct=kind == _AT_ADJUNCT):
            return False
        opens = kind == _AT_COMMA and blank_before((*words.openers, *words.contrasts)).match(text, end + 1)
        if kind in (_AT_COMMA, _AT_JOIN) and not opens and _in_list(text, end, blank_before(words.joins)):
            return False
        # Of what is said of none, of all or of only some nothing is left out: "oil for no more than a day".
        if self._says_which(kind, end):
            return False
        told = f"{text[self._opened : end]} {' '.join(text[end:].split()[:_LIMITED])}"
        return not (kind == _AT_ADJUNCT and barred(told, blank_before(words.bars)))

    def _says_which(self, kind: int, end: int) -> bool:
        """True of a clause without which something else is meant: "soldiers | who give up", "alle, | die"."""
        said, words = self._text[:end].rpartition(" ")[2].casefold(), self._words
        first = TOKEN.findall(self._text[end:].casefold())[:1]
        if kind == _AT_OPENER:
            return not {*words.relatives}.isdisjoint(first)
        return kind == _AT_COMMA and said in words.bars and not relative(words).isdisjoint(first)

    def _is_told(self, end: int, *, joined: bool, adjunct: bool) -> bool:
        text, words = self._text, self._words
        last = text[:end].rpartition(" ")[2].casefold()
        if text[end] not in f"{SEMICOLONS}:" and last in leading(words):
            return False
        first, follows = COMMA.split(text[:end])[0], TOKEN.findall(text[end:].casefold())[:1]
        if (
            not has_verb(first, words)
            and text[end] in COMMAS
            and any(is_finite(word, words) for word in follows)
        ):
            return False  # A subject that waits for its verb: "the mayor, chosen in March | has left".
        inner = COMMA.split(text[:end])[-1]
        opens = opens_clause(TOKEN.findall(inner.casefold())[:1], words)
        if not self._says or text[end] in ";؛；":
            return not (opens and not words.predicates)
        if adjunct and is_finite(last, words):
            return False
        if not self._is_main(end, joined=joined):
            asked = [found.end() for found in blank_before(clausal(words)).finditer(text, 0, end)]
            if not all(has_verb(text[start:end], words) for start in (0, *asked)):
                return False
        if adjunct and len(inner) < end and len(inner.split()) <= _ASIDE_WORDS:
            return False
        if opens and not has_verb(inner, words):
            return False
        return not joined or has_verb(own_words(text[end:], words), words)

    def _is_main(self, end: int, *, joined: bool) -> bool:
        """True if a clause follows that the verb, known or not, stands before. That is one of when or why
        after a comma; at the last comma one of whom, too; and what begins with its own verb after ``and`` has
        its subject before it: "soldiers change sides | and are greeted"."""
        rest, words = self._sentence[end:], self._words
        if joined:
            said = TOKEN.findall(self._text[:end].casefold())
            second = TOKEN.findall(rest.casefold())[1:2]
            return any(is_finite(word, words) for word in second) and not any(
                opens_clause([word], words) for word in said
            )
        if not (comma := COMMA.match(rest)):
            return False
        first = TOKEN.findall(rest.casefold())[:1]
        if opens_clause(first, words):
            return not COMMA.search(rest, comma.end())
        return not {*first}.isdisjoint(words.openers)

    @cached_property
    def _ends(self) -> dict[int, list[int]]:
        """Where each kind of end stands, in the order of the kinds; those only that there are."""
        words = self._words
        weak = map(blank_before, (words.openers, words.joins, words.adjuncts))
        kinds = enumerate((_STRONG, COMMA, *weak))
        found = ((kind, sign.finditer(self._text, 0, _FARTHEST)) for kind, sign in kinds)
        return {kind: ends for kind, signs in found if (ends := [sign.start() for sign in signs])}

    @cached_property
    def _sentence(self) -> str:
        return first_sentence(self._text)

    @cached_property
    def _says(self) -> bool:
        """True if the sentence has a verb."""
        return has_verb(self._sentence, without_relatives(self._words))

    @cached_property
    def _opened(self) -> int:
        openers = (self._words.openers, self._words.conditions, clausal(self._words))
        return max(_opening(self._text, opened, self._words) for opened in openers)

    @cached_property
    def _last_if(self) -> int:
        contrast = blank_before(self._words.contrasts).search(self._sentence)
        told = self._sentence[: contrast.start()] if contrast else self._sentence
        found = blank_before(self._words.conditions).finditer(told)
        return max((condition.start() for condition in found), default=-1)

    @cached_property
    def _held(self) -> list[tuple[int, int]]:
        return [found.span() for found in any_of(self._words.idioms).finditer(self._text)]

    @cached_property
    def _left_open(self) -> tuple[tuple[int, ...], tuple[bool, ...]]:
        return tuple(zip(*_left_open(self._text), strict=True)) or ((), ())  # type: ignore[return-value]


def source_at_end(sentence: str, words: ClauseWords) -> str:
    """What a sentence says of its source at its end, empty if nothing: ``local councils estimate``. It
    follows the last comma, dash or quote and has a verb of saying, or it opens with ``according to``. Of a
    sentence too long for any title nothing is told."""
    if len(sentence) > _LOOKED_AT:
        return ""
    found = [source.start() for source in any_of(words.sources).finditer(sentence)]
    parted = [part.end() for sign in (COMMA, _STRONG, _QUOTED) for part in sign.finditer(sentence)]
    last = max(parted, default=0)
    if sources := [start for start in found if start >= last]:
        return sentence[sources[0] :]
    opens = {*words.joins, *words.openers, *words.complements, *words.conditions, *words.bars}
    tellers = {*words.tellers, *words.papers}
    opened = _opening(sentence, (*words.openers, *words.conditions, *words.lead_ins), words)
    for start, end in pairwise((*sorted(place for place in {*parted} if place > opened), len(sentence))):
        said = TOKEN.findall(sentence[start:end].casefold())
        # Before a comma only one who says so by name: "said two officers, who saw it", "a nurse says, ...".
        named = (*said[:_SAYS], *(said[-1:] if len(said) <= _NAMED else ()))
        told = {*words.tellers}.intersection(named) or (start == last and tellers.intersection(said))
        if told and said[0] not in opens:
            return sentence[start:end].strip(f" {COMMAS}")
    return ""


def _opening(text: str, openers: tuple[str, ...], words: ClauseWords) -> int:
    """Where the clause ends that a text opens with, if it does: what is said comes after it."""
    if not blank_before(openers).match(f" {text[:40]}"):
        return 0
    commas = [comma.end() for comma in COMMA.finditer(text)] or [len(text)]
    for end, following in pairwise(commas):
        # "after shells had hit the mill, the school and the bakery, the council ...": a list goes on.
        joined = blank_before(words.joins).search(text[end:following])
        if not joined or has_verb(text[end:following], words):
            return end
    return commas[-1]


def _in_list(text: str, at: int, joins: re.Pattern[str]) -> bool:
    """True of a comma or ``and`` that has another one, few words away, on either side."""
    before = text[max(text.rfind(sign, 0, at) for sign in COMMAS) + 1 : at]
    few = _ASIDE_WORDS if text[at : at + 1].strip() else _LISTED
    if len(before) < at and text[at] != "，" and len(before.split()) <= few:
        return True
    rest = text[at + 1 :]
    comma = COMMA.search(rest)
    # What joins after that comma cannot come first, so nothing beyond it is looked at.
    join = joins.search(rest, 0, (comma and comma.start()) or len(rest))
    ends = [end.start() for end in (comma, join) if end and end.start()]
    return bool(ends) and len(rest[: min(ends)].split()) <= _LISTED


def _left_open(text: str) -> Iterator[tuple[int, bool]]:
    """Where brackets and quotes stand, the first one first; True where something is open right after it."""
    left = [0] * len(_PAIRS)
    for found in _SIGNS.finditer(text):
        for place, (opening, closing) in enumerate(_PAIRS):
            left[place] += (found[0] == opening) - (found[0] == closing)
        yield found.start(), max(left) > 0
