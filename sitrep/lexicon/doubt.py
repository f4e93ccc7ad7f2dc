"""Words that make doubt together: no + confirmed, leaked + document, residents + tell.

A phrase is found as it is listed. Here a language lists stems by kind, and rules that are the same for all
languages say which kinds make a mark within one clause: an ending, a tense or a word between two others
needs no phrase of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from sitrep.base.doubt_stems import Stem
from sitrep.base.nouns import Certainty
from sitrep.text.spelling import fold


class Rule(NamedTuple):
    """Words that make a mark together, in this order."""

    kinds: tuple[Stem, ...]
    effect: Certainty | None
    """What is marked; None: what stands here hedges nothing."""
    between: int = 5
    """Words that may stand between two of them."""
    told: bool = False
    """Behind a verb of speaking it is what was said, in the way of the language."""
    opens: bool = False
    """The first may open the sentence, as far off as it is: "Whether ..., is unknown"."""
    ends: bool = False
    """The last ends the sentence."""


_NEVER = -1
"""Words between two that count only where the first opens the sentence."""
_FARTHEST_OPENING = 60
"""Words from the one that opens a sentence, at most."""


def _either_way(one: Stem, other: Stem, effect: Certainty | None = Certainty.REPORTED) -> tuple[Rule, Rule]:
    return Rule((one, other), effect, 4), Rule((other, one), effect, 6)


_RULES = (
    Rule((Stem.UNCHECKED,), Certainty.REPORTED),
    Rule((Stem.NOT, Stem.CHECK), Certainty.REPORTED),
    Rule((Stem.CHECK, Stem.OPEN), Certainty.REPORTED, 4, opens=True),
    *_either_way(Stem.SOFT, Stem.SOURCE),
    Rule((Stem.UNKNOWN, Stem.DETAIL), Certainty.REPORTED, 4),
    Rule((Stem.DETAIL, Stem.UNKNOWN), Certainty.REPORTED, 6, opens=True),
    Rule((Stem.DETAIL, Stem.DISPUTED), Certainty.REPORTED, 6, opens=True),
    Rule((Stem.SOURCE, Stem.DISPUTED), Certainty.REPORTED, 6, opens=True),
    Rule((Stem.DISPUTED, Stem.SOURCE), Certainty.REPORTED, 4),
    Rule((Stem.IF, Stem.SOURCE, Stem.TRUE), Certainty.REPORTED, 3),
    Rule((Stem.IF, Stem.TRUE, Stem.SOURCE), Certainty.REPORTED, 2),
    Rule((Stem.DISPUTED, Stem.DETAIL), Certainty.REPORTED, 3),
    *_either_way(Stem.UNNAMED, Stem.PERSON),
    Rule((Stem.FOLK, Stem.TELL), Certainty.REPORTED),
    Rule((Stem.TELL, Stem.FOLK), Certainty.REPORTED, 1),
    Rule((Stem.MAY, Stem.DONE), Certainty.REPORTED, 0, told=True),
    Rule((Stem.COULD, Stem.DONE), Certainty.REPORTED, 7, told=True),
    Rule((Stem.NOT, Stem.COULD), None, 0),
    Rule((Stem.MUST, Stem.PERFECT, Stem.DONE), Certainty.REPORTED, 1),
    Rule((Stem.MUST, Stem.DONE, Stem.PERFECT), Certainty.REPORTED, 7),
    Rule((Stem.TOLD,), Certainty.REPORTED, told=True),
    Rule((Stem.US, Stem.SAID), Certainty.REPORTED, 1, told=True),
    Rule((Stem.SAID, Stem.US), Certainty.REPORTED, 0, told=True),
    Rule((Stem.HEARD,), Certainty.REPORTED, told=True, ends=True),
    Rule((Stem.MIGHT, Stem.BE), Certainty.REPORTED, 1),
    *_either_way(Stem.TALK, Stem.SPREAD, Certainty.RUMOR),
    Rule((Stem.NOT, Stem.SPREAD, Stem.TALK), None),
    Rule((Stem.NOT, Stem.TALK, Stem.SPREAD), None),
    *_either_way(Stem.QUELL, Stem.TALK, None),
    *(
        Rule(kinds, None, between, opens=kinds[0] is Stem.GIVEN)
        for told in (Stem.TOLD, Stem.MIGHT)
        for kinds, between in (
            ((Stem.GIVEN, told), _NEVER),
            ((told, Stem.UNREAL), 7),
            ((told, Stem.WISHED), 2),
            ((Stem.WISHED, told), 5),
        )
    ),
    *_either_way(Stem.ALLEGED, Stem.CRIME, None),
    *_either_way(Stem.COUNTED, Stem.COUNT, None),
)
_BY_LAST = {stem: tuple(rule for rule in _RULES if rule.kinds[-1] is stem) for stem in Stem}


class Stems:
    """The stems of one language.

    Each line begins with a kind: ``"check confirm~ verif~"``. A ``~`` at the end of a word stands for any
    ending, one at its beginning for any stem, and then accents count; without one the word stands as it is.
    Raises ValueError for a kind that is none, which the checks of a config refuse.
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._whole: dict[str, list[Stem]] = {}
        self._begin: dict[str, list[tuple[str, Stem]]] = {}
        self._end: list[tuple[str, Stem]] = []
        for line in lines:
            kind, *words = line.split()
            for word in words:
                self._add(word, Stem(kind))

    def _add(self, word: str, stem: Stem) -> None:
        bare = fold(word.strip("~"))
        if word.startswith("~"):
            self._end.append((word[1:], stem))
        elif word.endswith("~"):
            self._begin.setdefault(bare[0], []).append((bare, stem))
        else:
            self._whole.setdefault(bare, []).append(stem)

    def of(self, token: str) -> tuple[Stem, ...]:
        """What a word as typed can be."""
        word, typed = fold(token), token.lower()
        if not word:
            return ()
        found = [
            *self._whole.get(word, ()),
            *(stem for bare, stem in self._begin.get(word[0], ()) if word.startswith(bare)),
            *(stem for end, stem in self._end if typed.endswith(end)),
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
    """The marks that words make together: the rule, the first word and the one past the last.

    ``at`` has the positions of the words that have stems, in order. Punctuation parts what stands beside it.
    """
    for last in at:
        for rule in (rule for stem in words[last].stems for rule in _BY_LAST[stem]):
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
