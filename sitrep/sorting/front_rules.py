"""A configuration becomes a rules: every front's names and every language's phrases, ready to be matched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from sitrep.base.values import Struct, field
from sitrep.config.values import Config, Front, Lexicon
from sitrep.lexicon.compiled import (
    ACTOR,
    AT,
    DIPLOMACY,
    EXEMPT,
    GLOSS,
    LOOK_BACK,
    NATIONAL,
    OUT_OF,
    PLACE,
    REPORTED,
    RUMOR,
    SPEAKS,
    STATEMENT,
    STATES_NOTHING,
    TOWARD,
    UPHEAVAL,
    WHOLE,
    WORD,
    CompiledLexicon,
    HeadingName,
    Hooks,
    Part,
    Phrase,
    Words,
)
from sitrep.lexicon.inflection import Endings, inflected
from sitrep.lexicon.load import lexicons_of, own_lexicon
from sitrep.lexicon.word_cuts import cut_pattern
from sitrep.text.spelling import fold, key, singular, tokens, words_of


class SortingRules(Struct, frozen=True):
    """A configuration made ready for sorting."""

    config: Config
    fronts: dict[str, Front]
    rumors: str | None
    """Id of the front that takes what is unconfirmed."""
    general: str
    """Id of the front that takes what no other has."""
    themes: frozenset[str]
    """Ids of the fronts that are about who acts rather than where."""
    lexicons: dict[str, CompiledLexicon] = field(default_factory=dict)

    def lexicon(self, lang: str | None) -> CompiledLexicon:
        """The matchers of a language, compiled on first use; a text without one reads as the site's."""
        wanted = lang or self.config.site.language
        found = self.lexicons.get(wanted)
        if found is None:
            found = self.lexicons[wanted] = _compile(self.config, wanted)
        return found


_NO_PHRASES = frozenset((
    "replace", "endings", "beginnings", "elisions", "word_order", "at_words", "from_words", "toward_words",
    "join_words", "not_names", "past_words",
))  # fmt: skip


def compile_rules(config: Config) -> SortingRules:
    """Make a configuration ready for sorting. The caller keeps the result: a language costs milliseconds."""
    rumors = config.front_of_kind("rumors")
    general = config.front_of_kind("general")
    themes = [f.id for f in config.fronts if f.kind == "theme"]
    return SortingRules(
        config=config,
        fronts={f.id: f for f in config.fronts},
        rumors=rumors.id if rumors else None,
        general=general.id if general else (themes or [f.id for f in config.fronts])[-1],
        themes=frozenset(themes),
    )


class _Forms:
    """Turns configured phrases into compared form, by one language's spellings of name parts."""

    def __init__(self, spellings: Iterable[str], cut: str = "") -> None:
        self._cut = re.compile(cut) if cut else None
        self.parts: dict[str, str] = {}
        articles: set[str] = set()
        for group in spellings:
            first, *others = [key(fold(w)) or w for w in group.split()]
            if first == "-":
                articles.update(others)
            self.parts.update({w: first for w in others if first != "-"})
        self.articles = frozenset(articles)

    def one(self, phrase: str) -> Words:
        """The words of a phrase in compared form."""
        return tuple(self.parts.get(w, w) for w in self.words(phrase))

    def words(self, phrase: str) -> Words:
        """The same, spellings of name parts left as they are."""
        return words_of(phrase, self._cut)

    def all(self, phrases: Iterable[str]) -> tuple[Words, ...]:
        """The phrases that have words, each in compared form."""
        return tuple(dict.fromkeys(f for p in phrases if (f := self.one(p))))

    def each_word(self, phrases: Iterable[str]) -> frozenset[str]:
        """All words of the phrases."""
        return frozenset(w for words in self.all(phrases) for w in words)

    def name(self, name: str) -> Words:
        """A name without its articles, unless nothing else is left of it."""
        return self.of_name(self.words(name))

    def of_name(self, words: Words) -> Words:
        """The same for the words of a name."""
        words = tuple([self.parts.get(w, w) for w in words])
        return tuple([w for w in words if w not in self.articles]) or words


def _compile(config: Config, lang: str) -> CompiledLexicon:
    lexicon, general = _lexicon(config, lang), config.front_of_kind("general")
    own = own_lexicon(config, lang) or Lexicon()
    cut = _cut(config, lexicon, own)
    forms = _Forms(lexicon.spellings, cut)
