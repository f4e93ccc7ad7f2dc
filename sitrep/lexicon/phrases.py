"""Turns the word lists of a config into phrases that are quick to look for in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from sitrep.base.folding import folded
from sitrep.base.languages.month_names import date_forms, month_names, weekday_names
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import for_the_latest
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.lexicon.load import is_known, lexicons_of

_DIGITS_OF_DATE = lazy_pattern(
    r"\d\s?[-./_‐]\s?\d|\d{8}|\d[-./ ]\s?[ivx]{1,4}[-./ ]\s?\d{4}|\d{4}-?w\d|\d{6}z"
)
_YEAR = lazy_pattern(r"\d{4}")
_FIRST_WORD = lazy_pattern(r"[\W_]*([^\W_]+)")
_WORDS = lazy_pattern(r"\w+")
_LONGEST_OPENING = 120
# What stands beside a date in languages for which a site may have no list of its own.
UPDATE_WORDS = (
    "update", "updates", "sitrep", "actualización", "mise à jour", "lagebericht", "aktualisierung",
    "aggiornamento", "atualização", "güncelleme", "nûvekirin", "aktualizacja", "оновлення", "зведення",
    "обновление", "сводка", "تحديث", "التحديث", "به‌روزرسانی", "اپدیت",
)  # fmt: skip


fold = folded
"""The form in which phrases are compared."""


def standing_form(text: str) -> str:
    """The form in which lines are compared that come in every update: no case, no signs, single blanks."""
    return " ".join(_WORDS.findall(fold(text)))


def first_word(text: str) -> str:
    """The folded first word of a text; quotes, emoji and signs before it do not count."""
    found = _FIRST_WORD.match(text)
    if found is None:
        return ""
    word = found[1].lower()
    return word if word.isascii() else fold(word)


class Phrases:
    """Folded phrases, looked for as whole words."""

    __slots__ = ("_by_first", "long_ones", "words")

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = tuple(words)
        self.long_ones = tuple(p for p in self.words if p.count(" ") > 2)
        self._by_first: dict[str, list[str]] = {}
        for phrase in self.words:
            self._by_first.setdefault(first_word(phrase) or phrase, []).append(phrase)

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which a phrase begins."""
        return frozenset(self._by_first)

    def inside(self, folded: str) -> str | None:
        """The first of the phrases that stands in the folded text."""
        for phrase in self.words:
            if phrase in folded and _whole(phrase, folded):
                return phrase
        return None

    def hits(self, folded: str) -> int:
        """How many of the phrases of two and more words stand in the folded text."""
        return sum(1 for p in self.words if " " in p and p in folded and _whole(p, folded))

    def opens(self, text: str, first: str | None = None) -> str | None:
        """The longest of the phrases the text begins with; quotes, emoji and signs before it do not count.
        The text need not be folded; ``first`` is its ``first_word`` where that is known."""
        phrases = self._by_first.get(first_word(text) if first is None else first)
        if phrases is None:
            return None
        start = next(i for i, char in enumerate(text) if char.isalnum())
        folded = fold(text[start : start + _LONGEST_OPENING])
        fitting = [p for p in phrases if folded.startswith(p) and not folded[len(p) : len(p) + 1].isalnum()]
        return max(fitting, key=len, default=None)


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


class Vocabulary(Struct, frozen=True, kw_only=True):
    """What the reading of updates needs to know of the config, folded."""

    languages: tuple[str, ...]
    update_words: Phrases
    disclaimers: Phrases
    signoffs: Phrases
    outros: Phrases
    corrections: Phrases
    noted: frozenset[str]
    """First words of corrections and disclaimers."""
    boilerplate: Phrases
    key_headings: frozenset[str]
    """Headings above the author's key points."""
    standing: tuple[str, ...]
    """How the lines begin that come in every update."""
    settling: Phrases
    """How an item says what became of a rumor: confirmed, denied."""
    fronts: Phrases
    """Names and headings of fronts; headings of overview and opinion as well."""

    def names_front(self, folded: str) -> bool:
        """True if a folded heading is little more than the name of a front."""
        phrase = self.fronts.inside(folded)
        return phrase is not None and len(folded) <= 2 * len(phrase) + 12

    def date_languages(self, folded: str) -> tuple[str, ...] | None:
        """The languages in which a folded text may hold a date or a time; None if it holds neither."""
        if _DIGITS_OF_DATE.search(folded) or _month_pattern("en").search(folded):
            return self.languages
        if len(self.languages) > 1 and (
            # Other calendars have their own names of months.
            (not folded.isascii() and _YEAR.search(folded))
            or any(_month_pattern(lang).search(folded) for lang in self.languages if lang[:2] != "en")
        ):
            return self.languages
        return ("en",) if self.update_words.inside(folded) else None

    def weekdays(self) -> Mapping[str, int]:
        """Names of the days of the week in the config's languages."""
        return _weekdays(self.languages)


@cache
def _month_pattern(lang: str) -> re.Pattern[str]:
    names = sorted(month_names(lang), key=len, reverse=True)
    anywhere = "|".join(map(re.escape, names))
    if date_forms(lang):
        # Letters may be written onto a name, and some months are numbers with a sign behind them.
        return lazy_pattern(rf"{anywhere}|[\d一二三四五六七八九十]\s?(?:月|{fold('월')})")
    return lazy_pattern(rf"(?<![^\W\d_])(?:{anywhere})(?![^\W\d_])")


@cache
def _weekdays(languages: tuple[str, ...]) -> Mapping[str, int]:
    return {name: day for lang in reversed(languages) for name, day in weekday_names(lang).items()}


def _phrases(words: Iterable[str]) -> Phrases:
    folded = (fold(word) for word in words)
    return Phrases(dict.fromkeys(word for word in folded if word))


@for_the_latest
def vocabulary_of(config: Config, lang: str | None) -> Vocabulary:
    """The config's words, folded. ``lang`` is the language that a text gives for itself; its shipped words
    are added."""
    return _compile(config, lang)


def _compile(config: Config, lang: str | None) -> Vocabulary:
    lexicons = list(config.languages.values())
    if lang is not None and not is_known(config, lang):
        lexicons = [*lexicons_of(config, lang), *lexicons]
    corrections = _phrases(w.rstrip(": ") for x in lexicons for w in x.corrections)
    disclaimers = _phrases(w for x in lexicons for w in x.disclaimers)
    names = [n for f in config.fronts for n in (f.name, f.short, *f.headings)]
    names += [w for x in lexicons for w in (*x.opinion_headings, *x.overview_headings, *x.rumor_headings)]
    return Vocabulary(
        languages=tuple(
            dict.fromkeys(("en", config.site.language, *config.languages, *([lang] if lang else ())))
        ),
        update_words=_phrases((*UPDATE_WORDS, *(w for x in lexicons for w in x.update_words))),
        disclaimers=disclaimers,
        noted=corrections.first_words | disclaimers.first_words,
        signoffs=_phrases(w for x in lexicons for w in x.signoffs),
        outros=_phrases(w for x in lexicons for w in x.outros),
        corrections=corrections,
        boilerplate=_phrases(w for x in lexicons for w in x.boilerplate),
        key_headings=frozenset(standing_form(w) for x in lexicons for w in x.key_point_headings),
        standing=tuple(bare for line in config.boilerplate if (bare := standing_form(line))),
        settling=_phrases(
            w
            for x in lexicons
            for w in (*x.confirmed, *x.refuted, *x.not_borne_out, *x.superseded, *x.heard_again)
        ),
        fronts=_phrases(names),
    )
