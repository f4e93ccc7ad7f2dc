"""A text becomes its mentions: the configured places, actors and words it names, and the part each plays.

A place can be where something happens ("in Manbij"), where it comes from, or only where it is heading
("towards Damascus"); it can stand in a gloss ("trained by US", "Turkish-backed"), in brackets, or in a
look back ("since the invasion of Afrin in 2018"). Compass words before a name never make another front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sitrep.reading.spelling import TOKEN
from sitrep.reading.tongue import Kind, Phrase, Tongue, Word, Words

SENTENCE_ENDS = frozenset(".!?…\n؟۔。")
_PUNCTUATION = SENTENCE_ENDS | frozenset(";:,()[]،؛—–")
_REACH = 8
"""How many words before a name are looked at for the word that gives it its part."""
_ADDRESSES = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+")


class Part(Enum):
    """What a name is to the sentence it stands in."""

    BARE = "named"
    AT = "where it happens"
    OUT_OF = "where it comes from"
    TOWARD = "where it is heading, or what it is about"
    GLOSS = "explains an actor"


@dataclass(frozen=True, slots=True)
class Mention:
    """A configured name met in a text; ``start`` and ``end`` count tokens."""

    phrase: Phrase
    start: int
    end: int
    part: Part = Part.BARE
    aside: bool = False
    """It stands in brackets."""
    past: bool = False
    """It stands in a look back."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text cut into tokens, with every configured phrase found in it."""

    tokens: list[str]
    words: list[Word]
    mentions: tuple[Mention, ...]
    """Places, actors and words of fronts, in order; no two overlap."""
    marks: tuple[Mention, ...]
    """Hedges, rumors and statement words, in order; they may overlap."""
    lead: int
    """Number of tokens of the first sentence."""

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places, each once, in order of mention."""
        return tuple(dict.fromkeys(m.phrase.name for m in self.mentions if m.phrase.kind is Kind.PLACE))


def scan(text: str, tongue: Tongue, year: int | None = None) -> Scan:
    """Find every configured phrase in a text. ``year`` is the update's: other years mark a look back."""
    if "//" in text or "www." in text or "](" in text:
        text = _ADDRESSES.sub(" ", text)
    tokens = TOKEN.findall(text)
    words = tongue.words(tokens)
    names: list[Mention] = []
    marks: list[Mention] = []
    for i, word in enumerate(words):
        for phrase in word.phrases:
            span = (i, i + 1) if len(phrase.words) == 1 else _span(phrase, i, words, tongue.articles)
            if span is not None:
                (names if phrase.kind <= Kind.WORD else marks).append(Mention(phrase, *span))
        if word.near and not _is_a_persons(i, tokens, words, tongue):
            names.append(Mention(word.near[0], i, i + 1))
    lead = next((i for i, t in enumerate(tokens) if t in SENTENCE_ENDS), len(tokens))
    return Scan(tokens, words, _parts(_apart(names), tokens, words, tongue, year), tuple(marks), lead)


def _span(phrase: Phrase, i: int, words: list[Word], articles: frozenset[str]) -> tuple[int, int] | None:
    """Where the phrase stands if word ``i`` is its hook; articles inside a name may come and go."""
    skip = articles if phrase.kind <= Kind.ACTOR else frozenset()
    end = i + 1
    for wanted in phrase.words[phrase.hook + 1 :]:
        while end < len(words) and words[end].form != wanted and words[end].form in skip:
            end += 1
        if end >= len(words) or words[end].form != wanted:
            return None
        end += 1
    start = i
    for wanted in reversed(phrase.words[: phrase.hook]):
        start -= 1
        while start >= 0 and words[start].form != wanted and words[start].form in skip:
            start -= 1
        if start < 0 or words[start].form != wanted:
            return None
    return start, end


def _is_a_persons(i: int, tokens: list[str], words: list[Word], tongue: Tongue) -> bool:
    """A near spelling beside another unknown capitalised word is more likely part of a person's name."""
    for j in (i - 1, i + 1):
        if 0 <= j < len(tokens):
            token, word = tokens[j], words[j]
            opens = j == 0 or tokens[j - 1] in SENTENCE_ENDS
            known = word.phrases or word.form in tongue.nouns or (word.form,) in tongue.at
            if token[0].isupper() and not known and not (opens and j < i):
                return True
    return False


def _apart(names: list[Mention]) -> list[Mention]:
    """The names without overlaps: the longer wins, then the earlier."""
    if len(names) < 2:
        return names
    kept: list[Mention] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda m: (m.start - m.end, m.start)):
        if taken.isdisjoint(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    return sorted(kept, key=lambda m: m.start)


def _parts(
    names: list[Mention], tokens: list[str], words: list[Word], tongue: Tongue, year: int | None
) -> tuple[Mention, ...]:
    """The names with the part each plays; names joined by "and" or a comma share one."""
    found: list[Mention] = []
    for name in names:
        before = found[-1] if found else None
        part, past = _part(name, before, tokens, words, tongue)
        if _follows(words, name.end, tongue.gloss_after):
            part = Part.GLOSS
        aside = _in_brackets(tokens, name.start)
        past = past or (year is not None and _other_year(tokens, name, year))
        found.append(Mention(name.phrase, name.start, name.end, part, aside, past))
    return tuple(found)


def _part(
    name: Mention, before: Mention | None, tokens: list[str], words: list[Word], tongue: Tongue
) -> tuple[Part, bool]:
    """The part the words before a name give it, and whether they look back."""
    part: Part | None = None
    j = name.start - 1
    floor = max(-1, name.start - 1 - _REACH)
    while j > floor:
        form, token = words[j].form, tokens[j]
        if before is not None and j < before.end:
            joined = part is None and _joined(tokens, words, before.end, name.start, tongue)
            return (before.part, before.past) if joined else (part or Part.BARE, False)
        if token in _PUNCTUATION and not (token == "," and part is None):
            break
        if part is None:
            part = _part_of(words, j, tongue)
            if part is None and form not in tongue.nouns and form not in tongue.joins and token != ",":
                part = Part.BARE
            elif part is Part.OUT_OF and j and words[j - 1].form in tongue.directions:
                part = Part.AT
        if _ends_with(words, j, tongue.past):
            return part or Part.BARE, True
        j -= 1
    return part or Part.BARE, False


def _part_of(words: list[Word], j: int, tongue: Tongue) -> Part | None:
    """The part that the words ending at ``j`` give to a name after them; the longer phrase wins."""
    for length in (3, 2, 1):
        phrase = _ending(words, j, length)
        if phrase in tongue.gloss_before:
            return Part.GLOSS
        if phrase in tongue.toward:
            return Part.TOWARD
        if phrase in tongue.at:
            return Part.AT
        if phrase in tongue.out_of:
            return Part.OUT_OF
    return None


def _ending(words: list[Word], j: int, length: int) -> Words:
    return tuple(w.form for w in words[max(0, j - length + 1) : j + 1]) if j + 1 >= length else ()


def _ends_with(words: list[Word], j: int, phrases: frozenset[Words]) -> bool:
    return any(_ending(words, j, length) in phrases for length in (1, 2, 3))


def _follows(words: list[Word], j: int, phrases: frozenset[Words]) -> bool:
    return tuple(w.form for w in words[j : j + 1]) in phrases


def _joined(tokens: list[str], words: list[Word], start: int, end: int, tongue: Tongue) -> bool:
    """Only "and", commas, articles and nouns such as "area" stand between two names."""
    between = range(start, end)
    linked = start == end or any(tokens[k] == "," or words[k].form in tongue.joins for k in between)
    loose = (",",)
    return linked and all(
        tokens[k] in loose or words[k].form in tongue.joins or words[k].form in tongue.nouns for k in between
    )


def _in_brackets(tokens: list[str], start: int) -> bool:
    for token in reversed(tokens[:start]):
        if token == ")":
            return False
        if token == "(":
            return True
    return False


def _other_year(tokens: list[str], name: Mention, year: int) -> bool:
    """A year that is not the update's stands within three words of the name."""
    near = tokens[max(0, name.start - 3) : name.start] + tokens[name.end : name.end + 3]
    return any(len(t) == 4 and t.isdecimal() and 1900 < int(t) < 2100 and int(t) != year for t in near)
