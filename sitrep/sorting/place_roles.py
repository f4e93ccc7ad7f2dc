"""The names met in a text get a part: where it happens, where it comes from or leads, or neither.

A place can be where something happens ("in Manbij"), where it comes from, or only where it is heading
("towards Damascus"); it can stand in a gloss ("trained by US", "Turkish-backed"), in brackets, or in a
look back ("since the invasion of Afrin in 2018"). Compass words before a name change nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import (
    ACTOR,
    AT,
    BARE,
    GLOSS,
    LOOK_BACK,
    OUT_OF,
    PLACE,
    Part,
    Phrase,
    Words,
)
from sitrep.sorting.places import Mention, Scan

_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")
_COMMAS = ",،"
_LABELS = frozenset(":—–")
_CREW_WITHIN = 2
_REACH = 6
"""How many words before a name are looked at."""


class NameRole(NamedTuple):
    """A name and the part it plays."""

    phrase: Phrase
    start: int
    part: Part
    past: bool
    """It stands in a look back."""
    aside: bool
    """It stands in brackets."""
    label: bool
    """It opens the text and a colon or dash follows: "Hama: ..."."""
    crew: bool
    """It only says whose the soldiers, medics or trucks are that are told of."""


def roles_of_names(seen: Scan, year: int | None = None) -> list[NameRole]:
    """The part of each name of a scan, in order; names joined by "and" or a comma share one. ``year`` is the
    update's: another year beside a name marks a look back."""
    found: list[NameRole] = []
    before: Mention | None = None
    words, lexicon = seen.words, seen.lexicon
    brackets = "(" in seen.text
    dated = year is not None and _YEAR.search(seen.text) is not None
    backs = [m.end for m in seen.marks if m.phrase.kind is LOOK_BACK]
    for name in seen.mentions:
        part = _part(name, before, words, lexicon)
        past = bool(backs) and any(
            0 <= name.start - end <= _REACH and not any(w.stop for w in words[end : name.start])
            for end in backs
        )
        if part is None:
            part = BARE
            if before is not None and _joined(words, before, name, lexicon):
                part, past = found[-1].part, past or found[-1].past
        label = False
        if name.end < len(words):
            after = words[name.end]
            if after.form in lexicon.gloss_after:
                part = GLOSS
            label = before is None and name.start <= 1 and after.token in _LABELS
        if before is not None and _is_part_of_town(name, found, words, lexicon):
            part = GLOSS
        past = past or (dated and _other_year(words, name, year))
        aside = brackets and _in_brackets(words, name.start)
        crew = _is_of_a_crew(name, words, lexicon)
        found.append(NameRole(name.phrase, name.start, part, past, aside, label, crew))
        before = name
    return found


def _is_part_of_town(
    name: Mention, found: list[NameRole], words: list[Word], lexicon: CompiledLexicon
) -> bool:
    """A quarter or street of a place named before it: "El Obeid was shelled, ... in the Wihda quarter"."""
    beside = (*words[max(0, name.start - 1) : name.start], *words[name.end : name.end + 1])
    return name.phrase.kind is PLACE and (
        any(w.form in lexicon.town_parts for w in beside)
        and any(n.phrase.kind is PLACE and n.phrase.front != name.phrase.front for n in found)
    )


def _is_of_a_crew(name: Mention, words: list[Word], lexicon: CompiledLexicon) -> bool:
    """Behind the name, or a word farther on behind an actor, stand soldiers or trucks: "UN food trucks"."""
    reach = _CREW_WITHIN if name.phrase.kind is ACTOR else 1
    for word in words[name.end : name.end + reach]:
        if word.form in lexicon.crews:
            return True
        if word.stop or word.gives:
            return False
    return False


def _part(name: Mention, before: Mention | None, words: list[Word], lexicon: CompiledLexicon) -> Part | None:
    """The part the words before a name give it; None if only fillers stand between it and another name."""
    stop = before.end if before is not None else 0
    for j in range(name.start - 1, max(stop, name.start - _REACH) - 1, -1):
        word = words[j]
        if word.gives and (given := _given(word.gives, j, words)) is not None:
            looks = given is OUT_OF and j > 0 and words[j - 1].form in lexicon.directions
            return AT if looks else given
        if not word.filler and not (word.stop and word.token in _COMMAS):
            return _beside_unknown(j, name, words, lexicon)
    return None


def _beside_unknown(j: int, name: Mention, words: list[Word], lexicon: CompiledLexicon) -> Part:
    """The part of what is joined to a name that no list has: "to Halfa and Gedaref"."""
    word = words[j]
    links = [w for w in words[j + 1 : name.start] if w.token in _COMMAS or w.form in lexicon.joins]
    # In Arabic and Hebrew "and" is written onto the name.
    joined = links or (j + 1 == name.start and words[j + 1].token[0] in lexicon.joins)
    named = not word.phrases and not word.stop and (word.capital or not word.token.islower())
    given = _given(words[j - 1].gives, j - 1, words) if j and joined and named else None
    return BARE if given is None else given


def _given(choices: tuple[tuple[Words, Part], ...], j: int, words: list[Word]) -> Part | None:
    """The part that the words ending at ``j`` give to a name after them. Only three words are compared."""
    for phrase, part in choices:
        n = len(phrase)
        if n == 1:
            return part
        if j + 1 >= n and words[j - 1].form == phrase[-2] and (n == 2 or words[j - 2].form == phrase[-3]):
            return part
    return None


def _joined(words: list[Word], before: Mention, name: Mention, lexicon: CompiledLexicon) -> bool:
    """Between two names there is "and" or a comma, and besides only articles and nouns such as "area"."""
    between = range(before.end, name.start)
    links = [k for k in between if words[k].token in _COMMAS or words[k].form in lexicon.joins]
    return len(between) == 0 or (
        bool(links) and all(k in links or words[k].form in lexicon.nouns for k in between)
    )


def _in_brackets(words: list[Word], start: int) -> bool:
    for word in reversed(words[:start]):
        if word.token == ")":
            return False
        if word.token == "(":
            return True
    return False


def _other_year(words: list[Word], name: Mention, year: int | None) -> bool:
    """A year that is not the update's stands within three words of the name."""
    near = words[max(0, name.start - 3) : name.start] + words[name.end : name.end + 3]
    return any(
        len(w.token) == 4 and w.token.isdecimal() and 1900 < int(w.token) < 2100 and int(w.token) != year
        for w in near
    )
