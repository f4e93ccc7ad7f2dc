"""A scan of an item becomes what its first sentence is about: talks, all of the country, an upheaval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sitrep.base.doubt_stems import Stem
from sitrep.lexicon.compiled_phrases import (
    ACTOR,
    DIPLOMACY,
    OUT_OF,
    REPORTED,
    RUMOR,
    TOWARD,
    UPHEAVAL,
    WHOLE,
    PhraseKind,
)
from sitrep.sorting.front_of_heading import Ruling
from sitrep.sorting.places import Mention, Scan

_HEARSAY = frozenset((Stem.TALK, Stem.SOURCE, Stem.SAID, Stem.FOLK))
"""What opens an item that tells what others say: word is, there are claims."""


class Sign(NamedTuple):
    """A sign of what an item is about as a whole."""

    start: int
    words: str


Topic = Mapping[PhraseKind, Sign]


def topic_of(seen: Scan, general: str | None = None) -> Topic:
    """What the first sentence is about as a whole: the first mark of each kind. The country's own name, among
    the actors of the ``general`` front, is all of the country where a word for all of it stands before."""
    lead = seen.lead
    found: dict[PhraseKind, Sign] = {}
    for mark in seen.marks:
        if mark.phrase.kind >= DIPLOMACY and mark.start < lead and not _is_end_of_a_way(mark, seen):
            found.setdefault(mark.phrase.kind, _sign(mark.start, mark.end, seen))
    for name in seen.mentions:
        if name.phrase.front == general and name.phrase.kind is ACTOR and name.start < lead:
            words = tuple([word.form for word in seen.words[max(0, name.start - 3) : name.start]])
            for n in range(1, len(words) + 1):
                if words[-n:] in seen.lexicon.all_over and name.phrase.speaks_for is None:
                    found.setdefault(WHOLE, _sign(name.start - n, name.end, seen))
    return found


def _sign(start: int, end: int, seen: Scan) -> Sign:
    return Sign(start, " ".join([word.token for word in seen.words[start:end]]))


def is_wild(seen: Scan, topic: Topic, ruling: Ruling) -> bool:
    """The item opens with the talk of others, and no heading says where it belongs: of an upheaval, or of
    something that it says itself nobody could check."""
    opening = next((m for m in seen.marks if m.phrase.kind is REPORTED and m.start == 0), None)
    if opening is None or ruling.hint is not None or ruling.several:
        return False
    checked = (m for m in seen.marks if m.start >= opening.end and m.phrase.kind in (REPORTED, RUMOR))
    told = opening.end == 1 or not _HEARSAY.isdisjoint(_stems(opening, seen))
    return UPHEAVAL in topic or (told and any(_is_unchecked(_stems(m, seen)) for m in checked))


def _stems(mark: Mention, seen: Scan) -> frozenset[Stem]:
    return frozenset(stem for word in seen.words[mark.start : mark.end] for stem in word.stems)


def _is_unchecked(stems: frozenset[Stem]) -> bool:
    """The words say that nobody could confirm it."""
    return Stem.UNCHECKED in stems or {Stem.NOT, Stem.CHECK} <= stems


def _is_end_of_a_way(mark: Mention, seen: Scan) -> bool:
    """All of the country is only where something comes from or goes: "Flights from the three countries"."""
    before = seen.words[mark.start - 1].gives if mark.start and mark.phrase.kind is WHOLE else ()
    return any(part in (OUT_OF, TOWARD) for words, part in before if len(words) == 1)
