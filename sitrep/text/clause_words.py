"""The words of a language in which clauses show -> what a piece of a sentence says by itself."""

from __future__ import annotations

import re
from functools import lru_cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import COMMAS
from sitrep.base.values import Struct, replace


class ClauseWords(Struct, frozen=True, cache_hash=True):
    """Words of a language before which a sentence may end early without saying something else."""

    openers: tuple[str, ...] = ()
    """They open a clause that tells when, why or of whom: while, because, which."""
    joins: tuple[str, ...] = ()
    """and, or"""
    adjuncts: tuple[str, ...] = ()
    """They open a place, time or aim at the end of a sentence: in, from, for."""
    bars: tuple[str, ...] = ()
    """After them it does not end before an adjunct: not, that."""
    idioms: tuple[str, ...] = ()
    """Inside them it does not end: back and forth."""
    predicates: tuple[str, ...] = ()
    """Verbs, or how they end: is, -ieron, --ed. A sentence that ends early has one before."""
    predicate_bars: tuple[str, ...] = ()
    """Words with such an ending that are none."""
    relatives: tuple[str, ...] = ()
    """Words whose clause has a verb of its own: that, which; with a leading comma only after one: ,die."""
    complements: tuple[str, ...] = ()
    """What they open belongs to what stands before: that, whether, without."""
    conditions: tuple[str, ...] = ()
    """What they open may not be left out: if, unless, provided."""
    contrasts: tuple[str, ...] = ()
    """A condition after them is none of what stands before: but."""
    lead_ins: tuple[str, ...] = ()
    """What they open a sentence with may be left out of it: after, because."""
    lead_in_bars: tuple[str, ...] = ()
    """Not before these, which point to it: they, or with a leading hyphen how they end."""
    tellers: tuple[str, ...] = ()
    """Verbs that what is said follows, with ``that`` or without: said, warned."""
    sources: tuple[str, ...] = ()
    """What a source follows: according to."""
    papers: tuple[str, ...] = ()
    """What sources put out: statement."""


COMMA = lazy_pattern(rf"[{COMMAS}](?=\s)|[、，]")


TOKEN = lazy_pattern(r"(?:[^\W\d_]{1,2}['’](?=[^\W\d_]{2}))?([^\W\d_]+(?:['’][^\W\d_]+)*)")


_STOPS = lazy_pattern(r"[.,;:!?]")


_GROUP = 2
"""So near each other verbs are one: "had been held", "has not come"."""
_SMALL = lazy_pattern(r"th(?:at|eir|e[sm]e?|is|ose)$|.{0,3}$")


_EARLY = 2
"""Words after ``and`` among which one that ends like a verb may be a participle."""


@lru_cache(maxsize=16)
def leading(words: ClauseWords) -> frozenset[str]:
    """Words that lead on to something: what ends with one says half a thing."""
    lists = (words.tellers, words.joins, words.openers, words.complements, words.conditions, words.adjuncts)
    return frozenset(word.casefold() for listed in lists for word in listed)


def opens_clause(first: list[str], words: ClauseWords) -> bool:
    """True of the word that a clause within a sentence begins with: that, which."""
    return any(word in words.complements or word in relative(words) for word in first)


@lru_cache(maxsize=16)
def relative(words: ClauseWords) -> frozenset[str]:
    """What opens a clause that tells of whom, after a comma at least: which."""
    return frozenset(word.removeprefix(",") for word in words.relatives)


def is_finite(word: str, words: ClauseWords) -> bool:
    """True of a verb that is no participle: took, but not stationed."""
    known, ends, participles, bars = _verbs(words)
    ending = word.endswith(ends) and not word.endswith(participles)
    return word in known or (ending and word not in bars)


@lru_cache(maxsize=16)
def clausal(words: ClauseWords) -> tuple[str, ...]:
    """What opens a clause that says nothing before its verb: whether, if."""
    return (*words.conditions, *(word for word in words.complements if word in relative(words)))


def own_words(text: str, words: ClauseWords) -> str:
    """What follows ``and`` as far as it may tell: without "captured" of "and captured soldiers"."""
    rest = _STOPS.split(text)[0].split()[1:]
    ends = _verbs(words)[2]
    return " ".join(
        word
        for place, word in enumerate(rest)
        # A participle, mostly, where no small word follows: captured soldiers, but captured their town.
        if not (
            place < _EARLY and word.endswith(ends) and not _SMALL.match("".join(rest[place + 1 : place + 2]))
        )
    )


@lru_cache(maxsize=4096)  # a title looks at a beginning of a sentence once for each way to end it
def has_verb(text: str, words: ClauseWords) -> bool:
    """True if it has a verb that is not a relative clause's, as far as the words of the language tell."""
    known, ends, _, bars = _verbs(words)
    found = 0
    for place, part in enumerate(COMMA.split(text)):
        written = [said[1] for said in TOKEN.finditer(part) if said[0].casefold() not in bars]
        tokens = [token.casefold() for token in written]
        if place and opens_clause(tokens[:1], words):
            continue
        last = -_GROUP - 1
        for at, token in enumerate(tokens):
            ending = token.endswith(ends) and token not in bars
            # A name, or a noun of German, is no verb; nor is "led" of ", led by", or "held by".
            named = at and written[at][0].isupper()
            ending = ending and not named and (at or not place) and tokens[at + 1 : at + 2] != ["by"]
            held = place and tokens[at + 1 : at + 2] == ["by"]
            if (token in known and not held) or ending:
                found += at - last > _GROUP
                last = at
            elif at and token in words.relatives:
                found -= 1
    return found > 0


@lru_cache(maxsize=16)
def _verbs(words: ClauseWords) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """Verbs, how others end, how those end that may be participles too, and what is no verb."""
    ends = [word for word in words.predicates if word.startswith("-")]
    participles = tuple(word[2:] for word in ends if word.startswith("--"))
    bars = frozenset(words.predicate_bars)
    return frozenset(words.predicates), tuple(word.lstrip("-") for word in ends), participles, bars


@lru_cache(maxsize=16)
def without_relatives(words: ClauseWords) -> ClauseWords:
    """The same where the verb of a relative clause counts as one: kept, for hashing one costs."""
    return replace(words, relatives=())


def barred(text: str, bars: re.Pattern[str]) -> bool:
    return bool(bars.search(f" {text} "))


@lru_cache(maxsize=16)
def any_of(said: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(_pattern, said))
    return lazy_pattern(rf"(?i)\b(?:{listed})\b" if said else r"(?!)")


@lru_cache(maxsize=64)
def blank_before(words: tuple[str, ...]) -> re.Pattern[str]:
    """The blank before one of the words; nothing if there are none."""
    said = "|".join(map(_pattern, sorted(words, key=len, reverse=True)))
    return lazy_pattern(rf"(?i)\s+(?=(?:{said})\s)" if said else r"(?!)")


def _pattern(phrase: str) -> str:
    """A phrase, with ``*`` for words between two signs."""
    return re.escape(phrase).replace(r"\*", r"[^,;:.]{1,80}?")
