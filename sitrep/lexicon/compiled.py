"""A word as typed becomes what one language's matchers know of it: its compared form and the phrases on it.

Every phrase hangs on its longest, hence rarest, word, so that looking a word up costs one dictionary
access. What a word means is worked out when it is first met and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from sitrep.base.doubt_stems import Stem
from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled_phrases import (
    ACTOR,
    PLACE,
    REPORTED,
    RUMOR,
    HeadingName,
    Part,
    Phrase,
    WordPhrases,
    Words,
)
from sitrep.lexicon.doubt import Stems, stems_of
from sitrep.lexicon.inflection import Inflected, ListedWords
from sitrep.text.spelling import (
    LONGEST,
    SENTENCE_ENDS,
    SHORTEST,
    by_first_letter,
    compared,
    fold,
    form_of,
    nearest,
    tokens,
)

REMEMBERED = 60_000
"""Words a language remembers before it starts afresh; real updates use a few thousand."""
HYPHENATED = lazy_pattern(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_SHORTEST_PLURAL = 6
_SHORTEST_MARK = 7
_SHORTEST_REST = 3
_LONG_ADJECTIVE = 8


class Word(NamedTuple):
    """A word or a punctuation mark of a text, and what the scheme knows of it."""

    token: str
    """As typed."""
    form: str
    phrases: WordPhrases | None = None
    """None for the many words that no phrase is looked up by."""
    near: Phrase | None = None
    """The place it would be if one slip of the pen were put right."""
    hit: bool = False
    """It has phrases or is near a place, so it is worth a look."""
    stop: int = 0
    """1: punctuation inside a sentence; 2: it ends the sentence."""
    capital: bool = False
    gives: tuple[tuple[tuple[str, ...], Part], ...] = ()
    """Phrases ending in this word that give a name after them its part; the longest first."""
    filler: bool = False
    """It may stand between such a phrase and the name: "the", "city of", "and"."""
    stems: tuple[Stem, ...] = ()
    """What it can add to a mark of doubt."""


class _Memory(dict[str, tuple[Word, ...]]):
    """Pieces of text that were met before, cut into words."""

    def __init__(
        self, meet: Callable[[str], Word], is_place: Callable[[str], bool], cut: re.Pattern[str] | None
    ) -> None:
        super().__init__()
        self._meet, self._is_place, self._cut = meet, is_place, cut
        self._met: dict[str, Word] = {}

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        if len(self) > REMEMBERED:
            self.clear()
            self._met.clear()
        words: list[Word] = []
        at = 0
        for found in HYPHENATED.finditer(piece) if "-" in piece else ():
            # One word where that is a place: Pétion-Ville is Pétionville.
            if self._is_place(whole := found[0].replace("-", "")):
                words += map(self._word, tokens(piece[at : found.start()], self._cut))
                words.append(self._meet(whole)._replace(token=found[0]))
                at = found.end()
        words += map(self._word, tokens(piece[at:], self._cut))
        if len(piece) <= LONGEST:
            self[piece] = tuple(words)
        return tuple(words)

    def _word(self, token: str) -> Word:
        """What stands beside a word makes no other one of it."""
        word = self._met.get(token) or self._meet(token)
        if len(token) <= LONGEST:
            self._met[token] = word
        return word


@dataclass(slots=True)
class CompiledLexicon:
    """The matchers of one language. It remembers words; otherwise nothing in it changes."""

    phrases: dict[str, WordPhrases]
    headings: tuple[HeadingName, ...]
    kinds_of_front: frozenset[str]
    """Last words of front names, singular: front, axis, region."""
    articles: frozenset[str]
    parts: dict[str, str]
    grammar: dict[str, tuple[tuple[Words, Part], ...]]
    """By their last word, the phrases before a name that give it its part; the longest first."""
    gloss_after: frozenset[str]
    anonymous: frozenset[Words]
    unnamed: frozenset[Words]
    """First words of those whose name is kept back: "unnamed", "several"."""
    officials: frozenset[Words]
    official_ends: tuple[str, ...]
    """How words for them end, whatever they begin with: Hafenbehörde."""
    plural_nouns: tuple[str, ...]
    plural_verbs: tuple[str, ...]
    nouns: frozenset[str]
    joins: frozenset[str]
    directions: frozenset[str]
    not_names: frozenset[str]
    all_over: frozenset[Words]
    """What stands before the country's own name where all of it is meant."""
    crews: frozenset[str]
    town_parts: frozenset[str]
    common: frozenset[str]
    """Words that are no slip of a place's name: Islamic, of Islamin."""
    days: frozenset[str]
    """Names of days, months and parts of a day, which are no names of anybody."""
    views: frozenset[Words]
    """Those of ``opinions`` that tell of the authors' view wherever they stand in a heading."""
    opinions: frozenset[Words]
    """Of headings, singular, as the two below."""
    themes: frozenset[Words]
    hearsay: frozenset[Words]
    compass: dict[str, str]
    """The fronts that are called by a direction alone: west and western, the Western front."""
    cut: str = ""
    """What parts a run of letters without blanks, and a short word from the one it is written onto."""
    listed: tuple[ListedWords, ...] = ()
    """The words of the names of places, and those of actors, of which a sentence may have other forms."""
    endings: Words = ()
    """How these end, a line for each ending that is listed."""
    beginnings: tuple[tuple[str, str], ...] = ()
    """What is written onto the next word, and what that had instead."""
    doubt: Words = ()
    """Stems that make doubt together, a line each kind."""
    word_order: str = ""
    """How a sentence of the language goes, where that is not the English way: vso, sov."""
    subject_marks: frozenset[str] = frozenset()
    """Words that close the subject of a sentence."""
    links: Words = ()
    """How a noun ends that what it is of follows; "" for any."""
    name_words: frozenset[str] = field(init=False)
    names: dict[str, Words] = field(init=False)
    marks: dict[str, Words] = field(init=False)
    run_in: tuple[str, ...] = field(init=False)
    """Articles, the longest first: which of two a word begins with is no matter of chance."""
    written_on: tuple[str, ...] = field(init=False)
    """Articles and beginnings."""
    memory: dict[str, tuple[Word, ...]] = field(init=False)
    """What stands between two blanks, cut up; filled as texts are read."""
    rulings: dict[str, Any] = field(default_factory=dict)
    """What headings met before say; filled by ``sorting``."""

    def __post_init__(self) -> None:
        meet = partial(self._meet, stems_of(self.doubt), Inflected(self.listed, self.endings))
        self.memory = _Memory(meet, self._is_place, lazy_pattern(self.cut) if self.cut else None)
        self.run_in = tuple(sorted(self.articles, key=lambda article: (-len(article), article)))
        self.written_on = (*self.run_in, *(beginning for beginning, _ in self.beginnings))
        alone = [p for phrases in self.phrases.values() for p in phrases.alone]
        longer = [
            p
            for phrases in self.phrases.values()
            for group in (*phrases.after.values(), *phrases.before.values())
            for p in group
        ]
        self.name_words = frozenset(w for p in (*alone, *longer) if p.kind is PLACE for w in p.words)
        self.names = dict(by_first_letter(p.words[0] for p in alone if p.kind is PLACE))
        self.marks = dict(by_first_letter(p.words[0] for p in alone if p.kind in (REPORTED, RUMOR)))

    def words(self, text: str) -> list[Word]:
        """The words and punctuation marks of a text, in order. What stands between two blanks is cut up once
        and remembered: most of it comes back."""
        return list(chain.from_iterable(map(self.memory.__getitem__, text.split())))

    def form(self, word: str) -> str:
        """The compared form of a single word as typed."""
        form = compared(word)
        return self.parts.get(form, form)

    def is_official(self, form: str) -> bool:
        """True for a word, in compared form, for those who make statements without being named."""
        return (form,) in self.officials or form.endswith(self.official_ends)

    def _is_place(self, word: str) -> bool:
        """True if a place has this one word for its name."""
        phrases = self.phrases.get(self.form(word))
        return phrases is not None and any(p.kind is PLACE and len(p.words) == 1 for p in phrases.alone)

    def _meet(self, stems: Stems, inflected: Inflected, token: str) -> Word:
        folded = fold(token)
        form = form_of(folded)
        if not form:
            return Word(token, token, stop=2 if token in SENTENCE_ENDS else 1)
        form = self.parts.get(form, form)
        word = Word(
            token, form, capital=token[0].isupper(), gives=self.grammar.get(form, ()),
            filler=form in self.nouns or form in self.joins, stems=self._stems(stems, token, folded),
        )  # fmt: skip
        is_number = token.isdecimal() and token.isascii()
        for reading in (form,) if is_number else (form, *self._readings(inflected, token, form, folded)):
            phrases = self._phrases_of(reading, token)
            if phrases or reading in self.name_words:
                # A word of longer names only may be a slip of another: Куп'янськ is Купянск.
                near = (
                    self._near(form)
                    if word.capital and not (word.filler or (phrases and phrases.alone))
                    else None
                )
                return word._replace(form=reading, phrases=phrases, near=near, hit=bool(phrases or near))
        if word.filler or not form[0].isalpha():
            return word
        if word.capital and (near := self._near(form)):
            return word._replace(near=near, hit=True)
        # A court is no rumor: "Gericht", "Gerücht". And a word that is known is no slip of another.
        slip = len(form) >= _SHORTEST_MARK and not self.is_official(form) and not word.stems
        corrected = nearest(form, self.marks) if slip else ()
        if len(corrected) == 1:
            return word._replace(form=corrected[0], phrases=self.phrases[corrected[0]], hit=True)
        return word

    def _stems(self, stems: Stems, token: str, folded: str) -> tuple[Stem, ...]:
        """What the word can add to a mark; what is written onto it does not count."""
        found = stems.of(token, folded)
        if found or not folded.startswith(self.written_on):
            return found
        for beginning, instead in self._begun(folded):
            if len(folded) - len(beginning) >= _SHORTEST_REST:
                found += stems.of(instead + folded[len(beginning) :])
        return found

    def _begun(self, folded: str) -> Iterator[tuple[str, str]]:
        """What may be written onto the word, and what that had instead."""
        if folded.startswith(self.written_on):
            yield from (pair for pair in self.beginnings if folded.startswith(pair[0]))

    def _phrases_of(self, form: str, token: str) -> WordPhrases | None:
        """The phrases of a word; of those it makes alone, the ones whose capitals fit."""
        phrases = self.phrases.get(form)
        if phrases is None or all(_capital_fits(p, token) for p in phrases.alone):
            return phrases
        left = phrases._replace(alone=tuple(p for p in phrases.alone if _capital_fits(p, token)))
        return left if left.alone or left.after or left.before or left.parted else None

    def _readings(self, inflected: Inflected, token: str, form: str, folded: str) -> Iterator[str]:
        """Compared forms of known names that the token may be, the likeliest first."""
        for mark in "'’":
            if mark in token:
                yield self.form(token.partition(mark)[0])
        if folded.endswith("s") and len(folded) >= _SHORTEST_PLURAL:
            singular = self.form(folded[:-1])
            if singular in self.phrases and any(p.kind is ACTOR for p in self.phrases[singular].alone):
                yield singular
        base = inflected.base_of(folded)
        if base is not None and (base in self.nouns or _may_inflect(token)):
            yield base
        for beginning, instead in self._begun(folded):
            if len(folded) - len(beginning) >= _SHORTEST_REST - (len(beginning) > 1):
                rest = instead + folded[len(beginning) :]
                yield self.form(rest)
                if base := inflected.base_of(rest):
                    yield base
        for article in self.run_in if folded.startswith(self.written_on) else ():
            rest = folded[len(article) :] if folded.startswith(article) else ""
            long = len(rest) >= (3 if rest[:1] == article[-1] else 4)
            if long and (whole := self.form(rest)) in self.name_words:
                yield whole

    def _near(self, form: str) -> Phrase | None:
        """The place of the nearest spelling; none of a common word, or if more than one place is as near."""
        if len(form) < SHORTEST or form in self.common:
            return None
        found = [p for n in nearest(form, self.names) for p in self.phrases[n].alone if p.kind is PLACE]
        return found[0] if len({(p.front, p.name) for p in found}) == 1 else None


def _may_inflect(token: str) -> bool:
    """A name has its capital where there are capitals; the adjective of it need not, if it is long."""
    return not token[0].islower() or len(token) >= _LONG_ADJECTIVE


def _capital_fits(phrase: Phrase, token: str) -> bool:
    if phrase.capital == 2:
        return token.replace(".", "").isupper()
    return phrase.capital == 0 or token[0].isupper()
