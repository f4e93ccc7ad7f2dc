"""The words that stand beside the dates of a short line -> what they make of it."""

from __future__ import annotations

from itertools import takewhile

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import LETTERS
from sitrep.base.values import Struct
from sitrep.lexicon.phrases import Vocabulary, fold
from sitrep.reading.dates.dates import DATE, TIME, UNTIL, Dated
from sitrep.reading.words import words_of

_TOKEN = lazy_pattern(rf"{LETTERS}(?:['’]{LETTERS})?|\d[\d,]*|{DATE}|{TIME}")
PARTED = lazy_pattern(r"\s*(?:[:|–—]|\s-)\s+")
# Words that say nothing beside a date; update words of other languages come from the config.
_SAID = words_of("datelines")
_GLUE = frozenset(fold(f"{_SAID['known']} {UNTIL} {_SAID['stamping']}").split())
_COUNTERS = frozenset(_SAID["counting"].split())
# Beside a date they tell when the document was made.
_STAMPS = frozenset(fold(_SAID["stamping"]).split())
# Beside a date they point to another text.
_ELSEWHERE = frozenset(_SAID["pointing"].split())
# Before a date they say that it is when something begins or ends, and not the day of what is told.
_OF_OTHERS = frozenset(fold(_SAID["other_days"]).split())


class Weighed(Struct, frozen=True, kw_only=True):
    """The words of a line beside its dates."""

    unknown: tuple[str, ...]
    """Folded words that are neither date nor known beside one."""
    has_word: bool
    stamp: bool
    elsewhere: bool
    head: bool
    """Date or known words open the line."""
    ends_dated: bool
    """The last sign is part of a date or a time: 6:30 p.m."""
    parted: str | None
    """What follows a colon or dash after the date and known words."""

    @classmethod
    def of(cls, text: str, when: Dated, vocabulary: Vocabulary, words: frozenset[str]) -> Weighed:
        """``words`` stood beside earlier dates of the same file."""
        rest = when.rest
        has_word = False
        phrase = vocabulary.update_words.inside(rest)
        while phrase:
            has_word = has_word or phrase not in _STAMPS
            rest = _without(rest, phrase)
            phrase = vocabulary.update_words.inside(rest)
        tokens = _TOKEN.findall(rest)
        weekday = when.weekday is not None
        counted = has_word or any(t in _COUNTERS for t in tokens)
        before = tuple(takewhile(DATE.__ne__, tokens))
        known = [t in words or _is_known(t, counted, weekday, vocabulary) for t in tokens]
        return cls(
            unknown=tuple(t for t, k in zip(tokens, known, strict=True) if not k),
            has_word=has_word,
            stamp=any(t in _STAMPS for t in tokens),
            # "Update 06-12-2024 (corrected)" speaks of itself, "see the update of 5 December" does not.
            elsewhere=not _ELSEWHERE.isdisjoint(before)
            or not (has_word or when.span or _OF_OTHERS.isdisjoint(before)),
            head=not known or known[0],
            ends_dated=when.rest.endswith((DATE, TIME)),
            parted=_parted(text, tokens, known),
        )


def _without(folded: str, phrase: str) -> str:
    start = folded.find(phrase)
    return f"{folded[:start]} {folded[start + len(phrase) :]}"


def _is_known(token: str, counted: bool, weekday: bool, vocabulary: Vocabulary) -> bool:
    if token in (DATE, TIME) or token in _GLUE:
        return True
    if token[0].isdigit():
        return counted or len(token) <= 2
    return weekday and token in vocabulary.weekdays()


def _parted(text: str, tokens: list[str], known: list[bool]) -> str | None:
    """The headline after the date, if all unknown words stand after one colon or dash."""
    for m in PARTED.finditer(text):
        after = text[m.end() :].strip()
        size = len(_TOKEN.findall(fold(after)))
        before = known[: max(0, len(known) - size)]
        if before and all(before) and not all(known):
            return after
    return None
