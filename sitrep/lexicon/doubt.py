"""Words that make doubt together: no + confirmed, leaked + document, residents + tell.

A phrase is found as it is listed. Here a language lists stems by kind, and rules that are the same for all
languages (``doubt_rules.tsv``) say which kinds make a mark within one clause: an ending, a tense or a word
between two others needs no phrase of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from sitrep.base.doubt_stems import Stem
from sitrep.base.nouns import Certainty
from sitrep.base.shipped import shipped_rows
from sitrep.text.spelling import fold


class Rule(NamedTuple):
    """Words that make a mark together, in this order."""

    kinds: tuple[Stem, ...]
    effect: Certainty | None
    """What is marked; None: what stands here hedges nothing."""
    between: int
    """Words that may stand between two of them."""
    told: bool
    """Behind a verb of speaking it is what was said, in the way of the language."""
    opens: bool
    """The first may open the sentence, as far off as it is: "Whether ..., is unknown"."""
    ends: bool
    """The last ends the sentence."""


_NEVER = -1
"""Words between two that count only where the first opens the sentence."""
_FARTHEST_OPENING = 60
"""Words from the one that opens a sentence, at most."""


def _rules() -> Iterator[Rule]:
    for kinds, marked, between, *how in shipped_rows("lexicon/doubt_rules.tsv"):
        yield Rule(
            tuple(map(Stem, kinds.split())),
            Certainty(marked) if marked != "nothing" else None,
            int(between) if between != "never" else _NEVER,
            *(way in " ".join(how).split() for way in ("told", "opens", "ends")),
        )


_RULES = tuple(_rules())
_BY_LAST = {stem: tuple(rule for rule in _RULES if rule.kinds[-1] is stem) for stem in Stem}


class Stems:
    """The stems of one language. Each line begins with a kind: ``"check confirm~ verif~"``. A ``~`` at the
    end of a word stands for any ending, one at its beginning for any stem, and then accents count; without
    one the word stands as it is. Raises ValueError for a kind that is none, which the checks of a config
    refuse."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._whole: dict[str, list[Stem]] = {}
        self._begin: dict[str, list[tuple[str, Stem]]] = {}
        self._end: list[tuple[str, Stem]] = []
        self._ends: tuple[str, ...] = ()
        for line in lines:
            kind, *words = line.split()
            for word in words:
                self._add(word, Stem(kind))

    def _add(self, word: str, stem: Stem) -> None:
        bare = fold(word.strip("~"))
        if word.startswith("~"):
            self._end.append((word[1:], stem))
            self._ends += (word[1:],)
        elif word.endswith("~"):
            self._begin.setdefault(bare[0], []).append((bare, stem))
        else:
            self._whole.setdefault(bare, []).append(stem)

    def of(self, token: str, folded: str | None = None) -> tuple[Stem, ...]:
        """What a word as typed can be; ``folded`` saves work where that is known."""
        word, typed = fold(token) if folded is None else folded, token.lower()
        whole, begin = self._whole.get(word, ()), self._begin.get(word[:1], ())
        ended = typed.endswith(self._ends)
        if not (whole or begin or ended):
            return ()
        found = [
            *whole,
            *(stem for bare, stem in begin if word.startswith(bare)),
            *(stem for end, stem in self._end if ended and typed.endswith(end)),
        ]
        return tuple(dict.fromkeys(found))


@cache
def stems_of(lines: tuple[str, ...]) -> Stems:
    """The stems of these lines, made once."""
    return Stems(lines)


class _Word(Protocol):
    @property
    def stems(self) -> tuple[Stem, ...]: ...
    @property
    def stop(self) -> int: ...


def together(words: Sequence[_Word], at: Iterable[int]) -> Iterator[tuple[Rule, int, int]]:
    """The marks that words make together: the rule, the first word and the one past the last. ``at`` has the
    positions of the words that have stems, in order. Punctuation parts what stands beside it."""
    at = tuple(at)
    here = {stem for last in at for stem in words[last].stems}
    for last in at:
        for rule in (rule for stem in words[last].stems for rule in _BY_LAST[stem]):
            if not here.issuperset(rule.kinds):
                continue
            ends = last + 1 == len(words) or words[last + 1].stop == 2
            first = _first(rule, words, last) if ends or not rule.ends else None
            if first is not None:
                yield rule, first, last + 1


def _first(rule: Rule, words: Sequence[_Word], last: int) -> int | None:
    """Where the words of a rule begin that end at ``last``; None if they do not stand there."""
    at = last
    for kind in reversed(rule.kinds[:-1]):
        for before in range(at - 1, max(at - rule.between - 2, -1), -1):
            if words[before].stop:
                return _opening(kind, words, before) if rule.opens else None
            if kind in words[before].stems:
                at = before
                break
        else:
            return _opening(kind, words, at - 1) if rule.opens and at else None
    return at


def _opening(kind: Stem, words: Sequence[_Word], at: int) -> int | None:
    """The first word of the sentence if it, or the one behind it, is of that kind."""
    begin = at
    while begin and words[begin - 1].stop < 2 and at - begin < _FARTHEST_OPENING:
        begin -= 1
    # "Sin embargo," opens no condition.
    aside = kind is Stem.GIVEN and any(word.stop for word in words[begin + 1 : begin + 3])
    opens = words[at].stop < 2 and not aside and any(kind in word.stems for word in words[begin : begin + 2])
    return begin if opens else None
