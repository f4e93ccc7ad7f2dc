"""A scan of an item becomes what its first sentence is about: talks, all of the country, an upheaval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sitrep.lexicon.compiled_phrases import (
    DIPLOMACY,
    OUT_OF,
    REPORTED,
    TOWARD,
    UPHEAVAL,
    WHOLE,
    PhraseKind,
)
from sitrep.sorting.front_of_heading import Ruling
from sitrep.sorting.places import Mention, Scan


class Sign(NamedTuple):
    """A sign of what an item is about as a whole."""

    start: int
    words: str


Topic = Mapping[PhraseKind, Sign]


def topic_of(seen: Scan) -> Topic:
    """What the first sentence is about as a whole: the first mark of each kind."""
    lead = seen.lead
    found: dict[PhraseKind, Sign] = {}
    for mark in seen.marks:
        if mark.phrase.kind >= DIPLOMACY and mark.start < lead and not _is_end_of_a_way(mark, seen):
            words = " ".join([word.token for word in seen.words[mark.start : mark.end]])
            found.setdefault(mark.phrase.kind, Sign(mark.start, words))
    return found


def is_wild(seen: Scan, topic: Topic, ruling: Ruling) -> bool:
    """The item opens with nothing but talk of an upheaval, and no heading says where it belongs."""
    if UPHEAVAL not in topic or ruling.hint is not None or ruling.several:
        return False
    return any(m.phrase.kind is REPORTED and m.start == 0 and m.end > 1 for m in seen.marks)


def _is_end_of_a_way(mark: Mention, seen: Scan) -> bool:
    """All of the country is only where something comes from or goes: "Flights from the three countries"."""
    before = seen.words[mark.start - 1].gives if mark.start and mark.phrase.kind is WHOLE else ()
    return any(part in (OUT_OF, TOWARD) for words, part in before if len(words) == 1)
