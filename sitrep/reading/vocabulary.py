"""Turns the word lists of a config into phrases that are quick to look for in folded text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sitrep.config import Config
from sitrep.languages import weekday_names

_SIGNS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def fold(text: str) -> str:
    """The form in which phrases are compared: no case, accents or typographic signs, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_SIGNS).casefold())
        text = "".join(c for c in text if not unicodedata.combining(c))
    else:
        text = text.lower()
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """Folded phrases, looked for as whole words."""

    words: tuple[str, ...]

    def inside(self, folded: str) -> str | None:
        """The first of the phrases that stands in the text."""
        for phrase in self.words:
            if phrase in folded and _whole(phrase, folded):
                return phrase
        return None

    def opens(self, folded: str) -> str | None:
        """The first of the phrases the text begins with; quotes, emoji and signs before it do not count."""
        start = 0
        while start < len(folded) and not folded[start].isalnum():
            start += 1
        for phrase in self.words:
            end = start + len(phrase)
            if folded.startswith(phrase, start) and not (
                phrase[-1].isalnum() and folded[end : end + 1].isalnum()
            ):
                return phrase
        return None


def _whole(phrase: str, folded: str) -> bool:
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        before = start and phrase[0].isalnum() and folded[start - 1].isalnum()
        after = phrase[-1].isalnum() and folded[end : end + 1].isalnum()
        if not before and not after:
            return True
        start = folded.find(phrase, start + 1)
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the reading of updates needs to know of the config, folded."""

    languages: tuple[str, ...]
    update_words: Phrases
    disclaimers: Phrases
    signoffs: Phrases
    outros: Phrases
    corrections: Phrases
    boilerplate: Phrases
    fronts: Phrases
    """Names and headings of fronts; headings of overview and opinion as well."""

    def names_front(self, folded: str) -> bool:
        """True if a folded heading is little more than the name of a front."""
        phrase = self.fronts.inside(folded)
        return phrase is not None and len(folded) <= 2 * len(phrase) + 12

    def weekdays(self) -> Mapping[str, int]:
        """Names of the days of the week in the config's languages."""
        return _weekdays(self.languages)


@cache
def _weekdays(languages: tuple[str, ...]) -> Mapping[str, int]:
    return {name: day for lang in reversed(languages) for name, day in weekday_names(lang).items()}


def _phrases(words: Iterable[str]) -> Phrases:
    folded = (fold(word) for word in words)
    return Phrases(tuple(dict.fromkeys(word for word in folded if word)))


def _compile(config: Config) -> Vocabulary:
    lexicons = config.languages.values()
    names = [n for f in config.fronts for n in (f.name, f.short, *f.headings)]
    names += [w for x in lexicons for w in (*x.opinion_headings, *x.overview_headings)]
    return Vocabulary(
        languages=tuple(dict.fromkeys(("en", config.site.language, *config.languages))),
        update_words=_phrases((*("update", "updates"), *(w for x in lexicons for w in x.update_words))),
        disclaimers=_phrases(w for x in lexicons for w in x.disclaimers),
        signoffs=_phrases(w for x in lexicons for w in x.signoffs),
        outros=_phrases(w for x in lexicons for w in x.outros),
        corrections=_phrases(w.rstrip(": ") for x in lexicons for w in x.corrections),
        boilerplate=_phrases(w for x in lexicons for w in x.boilerplate),
        fronts=_phrases(names),
    )


_latest: tuple[Config, Vocabulary] | None = None


def vocabulary_of(config: Config) -> Vocabulary:
    """The config's words, folded once for as long as the same config is used."""
    global _latest
    known = _latest
    if known is None or known[0] is not config:
        known = _latest = (config, _compile(config))
    return known[1]
