"""A sentence -> the same without what may stand aside: brackets, a clause between commas, one it opens with.

What is left is a sentence in the author's own words. Nothing is left out of what is said of none, of all or
of only some, no condition, no source, and nothing that a word left behind points to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sitrep.base.patterns import lazy_pattern
from sitrep.text.clause_words import (
    COMMA,
    TOKEN,
    ClauseWords,
    any_of,
    barred,
    blank_before,
    has_verb,
    is_finite,
    leading,
    opens_clause,
    relative,
)

_BRACKETED = lazy_pattern(r"\s*[(（][^()（）]*[)）]")
_ASIDE = 3
"""Words of an aside that is no relative clause, at least: fewer may be one of a list."""


def simpler(text: str, sentence: str, words: ClauseWords) -> str | None:
    """The text with one thing less in its first ``sentence``; None if nothing there may be left out."""
    without = _BRACKETED.sub("", text)
    if without == text:
        without = _without_aside(text, sentence, words)
    if without == text:
        without = _without_lead_in(text, sentence, words)
    return without if without != text else None


def _without_aside(text: str, sentence: str, words: ClauseWords) -> str:
    """ "The hospitals, which the mains no longer reach, have oil" without what they are."""
    for opening, closing in pairwise(COMMA.finditer(text, 0, len(sentence))):
        before, aside, rest = (
            text[: opening.start()], text[opening.end() : closing.start()], text[closing.end() :]
        )  # fmt: skip
        said, then = _tokens(aside), _tokens(COMMA.split(rest)[0])
        goes_on = has_verb(" ".join(then), words) or not COMMA.search(rest)
        if (
            said
            and then
            and then[0] not in leading(words) - {*words.adjuncts}
            and not barred(before, blank_before(_limiting(words)))
            and (
                _is_relative(before, said, then, words, known=goes_on)
                or _is_apposition(before, said, COMMA.split(rest)[0], words)
            )
        ):
            return before + rest
    return text


@lru_cache(maxsize=16)
def _limiting(words: ClauseWords) -> tuple[str, ...]:
    """What says that not all is meant: a relative clause before the aside does not."""
    return tuple(bar for bar in words.bars if bar not in relative(words))


def _is_relative(
    before: str, said: Sequence[str], then: Sequence[str], words: ClauseWords, *, known: bool
) -> bool:
    """True of a clause that tells who the one before is, whose verb follows."""
    if said[0] not in relative(words):
        return False
    if known and has_verb(" ".join(said[1:]), words):
        return said[0] not in words.complements or not has_verb(before, words)
    return said[0] in words.relatives and not has_verb(before, words) and not _joins(then[:_ASIDE], words)


def _is_apposition(before: str, said: Sequence[str], rest: str, words: ClauseWords) -> bool:
    """True of what else is told of the one before: "the mill, repaired in May, stands"."""
    first, opens = _tokens(before), _openers(words)
    if not (
        len(said) >= _ASIDE
        and words.predicates
        and len(first) > 1
        and first[0] not in opens
        and said[0] not in opens - {word.casefold() for word in words.adjuncts}
        and not has_verb(before, words)
    ):
        return False
    after = TOKEN.findall(rest)
    verb = next((at for at in range(len(after)) if has_verb(" ".join(after[: at + 1]), words)), None)
    return (
        verb is not None
        and (not has_verb(f"{before}, {' '.join(said)}", words) or is_finite(after[0].casefold(), words))
        and not _joins((*said[:1], *_tokens(rest)[:verb]), words)
        and not {*words.tellers}.intersection(said)
        and not any_of(words.sources).search(" ".join(said))
    )


@lru_cache(maxsize=16)
def _openers(words: ClauseWords) -> frozenset[str]:
    """What opens a clause or a part of one, and so no aside."""
    listed = (word.split()[0].casefold() for word in (*words.adjuncts, *words.lead_ins))
    return leading(words).union(words.contrasts, listed)


def _without_lead_in(text: str, sentence: str, words: ClauseWords) -> str:
    """ "After the rain, the road is closed" without what came before it."""
    comma = COMMA.search(text, 0, len(sentence))
    if not comma or not blank_before(words.lead_ins).match(f" {text[: comma.start()]}"):
        return text
    lead, rest = text[: comma.start()], text[comma.end() :].lstrip()
    then = _tokens(rest)
    if (
        not then
        or then[0] in leading(words) - {*words.adjuncts}
        or opens_clause(then[:1], words)
        or any(then[0] == bar or (bar[:1] == "-" and then[0].endswith(bar[1:])) for bar in words.lead_in_bars)
        or is_finite(then[0], words)
        or blank_before(words.conditions).search(f" {lead} ")
        or not _begins(sentence[comma.end() :].lstrip(), words)
    ):
        return text
    return rest[0].upper() + rest[1:]


def _begins(rest: str, words: ClauseWords) -> bool:
    """True if a sentence begins here, and no list goes on: "B and C, the council says" after "A,"."""
    if not words.predicates:
        return not COMMA.search(rest) or not _joins(_tokens(COMMA.split(rest)[0]), words)
    parts = COMMA.split(rest)
    for part in parts:
        said = _tokens(part)
        if has_verb(part, words):
            return bool(said) and said[0] not in words.joins
        if said and said[0] in leading(words) - {*words.joins} and part is not parts[0]:
            return True
        if _joins(said, words):
            return False
    return False


def _joins(said: Sequence[str], words: ClauseWords) -> bool:
    return bool({*words.joins}.intersection(said))


def _tokens(text: str) -> list[str]:
    return TOKEN.findall(text.casefold())
