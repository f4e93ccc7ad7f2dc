"""A word as typed becomes what one language's matchers know of it: its compared form and the phrases on it.

Every phrase hangs on its longest, hence rarest, word, so that looking a word up costs one dictionary
access. What a word means is worked out when it is first met and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from sitrep.reading.spelling import by_first_letter, fold, key, nearest


class Kind(IntEnum):
    """What a phrase of the scheme is."""

    PLACE = 0
    ACTOR = 1
    WORD = 2
    REPORTED = 3
    RUMOR = 4
    SPEAKS = 5
    STATEMENT = 6


REMEMBERED = 60_000
"""Words a language remembers before it starts afresh; real updates use a few thousand."""
_SHORTEST_NAME = 6
_SHORTEST_MARK = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """A configured name or phrase in compared form."""

    kind: Kind
    words: tuple[str, ...]
    hook: int
    """Index of the word it is looked up by: its longest, hence its rarest."""
    front: str | None = None
    name: str = ""
    proper: bool = False
    """It is the place's own name, not an alias."""
    capital: int = 0
    """1: must begin with a capital in the text; 2: must be all capitals (US is not us)."""


class Word(NamedTuple):
    """What the scheme knows of a word as typed."""

    form: str
    phrases: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    """Names the word would be if one slip of the pen were put right; empty where it is known."""


Words = tuple[str, ...]


class HeadingName(NamedTuple):
    """One way a heading names a front."""

    words: Words
    front: str
    whole: bool
    """It must be the whole heading; otherwise it may stand anywhere in it."""


@dataclass(slots=True)
class Tongue:
    """The matchers of one language. It remembers words; otherwise nothing in it changes."""

    phrases: dict[str, tuple[Phrase, ...]]
    headings: tuple[HeadingName, ...]
    kinds_of_front: frozenset[str]
    """Last words of front names, singular: front, axis, region."""
    articles: frozenset[str]
    parts: dict[str, str]
    at: frozenset[Words]
    toward: frozenset[Words]
    out_of: frozenset[Words]
    past: frozenset[Words]
    gloss_before: frozenset[Words]
    gloss_after: frozenset[Words]
    anonymous: frozenset[Words]
    nouns: frozenset[str]
    joins: frozenset[str]
    directions: frozenset[str]
    not_names: frozenset[str]
    not_hedges: re.Pattern[str] | None
    opinions: tuple[Words, ...]
    overviews: tuple[Words, ...]
    themes: tuple[Words, ...]
    name_words: frozenset[str] = field(init=False)
    names: dict[str, Words] = field(init=False)
    marks: dict[str, Words] = field(init=False)
    memory: dict[str, Word] = field(default_factory=dict)

    def __post_init__(self) -> None:
        every = [p for group in self.phrases.values() for p in group]
        self.name_words = frozenset(w for p in every if p.kind is Kind.PLACE for w in p.words)
        single = [p for p in every if len(p.words) == 1]
        self.names = dict(by_first_letter(p.words[0] for p in single if p.kind is Kind.PLACE))
        marks = (Kind.REPORTED, Kind.RUMOR)
        self.marks = dict(by_first_letter(p.words[0] for p in single if p.kind in marks))

    def words(self, tokens: list[str]) -> list[Word]:
        """What is known of each token, in order."""
        memory = self.memory
        try:
            return [memory[t] for t in tokens]
        except KeyError:
            if len(memory) > REMEMBERED:
                memory.clear()
            for token in tokens:
                if token not in memory:
                    memory[token] = self._meet(token)
            return [memory[t] for t in tokens]

    def form(self, word: str) -> str:
        """The compared form of a single word as typed."""
        form = key(fold(word))
        return self.parts.get(form, form)

    def _meet(self, token: str) -> Word:
        form = self.form(token)
        for reading in (form, *self._readings(token)):
            phrases = tuple(p for p in self.phrases.get(reading, ()) if _capital_fits(p, token))
            if phrases or reading in self.name_words:
                return Word(reading, phrases, ())
        if form in self.nouns or not form[:1].isalpha():
            return Word(form, (), ())
        if token[0].isupper():
            return Word(form, (), self._near(form))
        corrected = nearest(form, self.marks, _SHORTEST_MARK)
        if len(corrected) == 1:
            return Word(corrected[0], self.phrases[corrected[0]], ())
        return Word(form, (), ())

    def _readings(self, token: str) -> Iterator[str]:
        """Compared forms of known names that the token may be, the likeliest first."""
        folded = fold(token)
        for mark in "'’":
            if mark in token:
                yield self.form(token.partition(mark)[0])
        if folded.endswith("s") and len(folded) >= _SHORTEST_NAME:
            singular = self.form(folded[:-1])
            if any(p.kind is Kind.ACTOR for p in self.phrases.get(singular, ())):
                yield singular
        if "\u0600" <= token[0] <= "\u06ff":
            yield from _arabic_stems(folded)
        for article in self.articles:
            rest = folded[len(article) :] if folded.startswith(article) else ""
            if (
                len(rest) >= (3 if rest[:1] == article[-1] else 4)
                and (form := self.form(rest)) in self.name_words
            ):
                yield form

    def _near(self, form: str) -> tuple[Phrase, ...]:
        """The place of the nearest spelling; none if more than one place is as near."""
        found = [
            p for name in nearest(form, self.names, _SHORTEST_NAME)
            for p in self.phrases[name] if p.kind is Kind.PLACE and len(p.words) == 1
        ]  # fmt: skip
        return (found[0],) if len({(p.front, p.name) for p in found}) == 1 else ()


def _arabic_stems(folded: str) -> Iterator[str]:
    """The word without the particles and the article that Arabic writes onto it."""
    for start in ("", "و", "ف", "ب", "ل", "ك"):
        if folded.startswith(start):
            rest = folded[len(start) :]
            for article in ("ال", "ل", ""):
                if rest.startswith(article) and len(rest) - len(article) >= 2:
                    yield rest[len(article) :]


def _capital_fits(phrase: Phrase, token: str) -> bool:
    if phrase.capital == 2:
        return token.replace(".", "").isupper()
    return phrase.capital == 0 or token[0].isupper()
