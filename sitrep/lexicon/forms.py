"""Names and phrases of a configuration become the form in which texts are compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled_phrases import Words
from sitrep.text.spelling import fold, key, words_of


class Forms:
    """Turns configured phrases into compared form, by one language's spellings of name parts."""

    def __init__(self, spellings: Iterable[str], cut: str = "") -> None:
        self._cut = lazy_pattern(cut) if cut else None
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

    def spelled(self, name: str) -> Iterator[Words]:
        """The name, and where it has two or more words the same written as one: Til Rifat, Tilrifat."""
        whole = self.words(name)
        words = self.of_name(whole)
        if words:
            yield words
        if len(words) > 1:
            short = tuple(w for w in whole if w not in self.articles)
            for parts in dict.fromkeys((words, whole, short)):
                fused = key("".join(parts))
                if len(fused) > 5:
                    yield (fused,)
