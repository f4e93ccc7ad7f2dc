"""What a scan found becomes how sure the author is: said, reported, a statement of somebody, or a rumor.

Only the author's own words count, and certainty is never added. A mark in the first sentence decides;
then a statement that the first sentence reports; then a mark farther down. Forecasts ("will probably")
and open questions about the future are no marks, and neither is "no clashes are reported".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from sitrep.base.doubt_stems import Stem
from sitrep.base.nouns import Certainty
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.lexicon.compiled import Word
from sitrep.lexicon.compiled_phrases import (
    EXEMPT,
    REPORTED,
    RUMOR,
    SPEAKS,
    STATEMENT,
    STATES_NOTHING,
    PhraseKind,
)
from sitrep.sorting.places import Mention, Scan
from sitrep.sorting.speakers import (
    around_verb,
    beside_noun,
    beside_quotation,
    beside_verb,
    has_source,
    inside_name,
    is_participle,
)
from sitrep.sorting.who_is_named import is_anonymous

LEADS_BEFORE = 6
"""A rumor mark among the first words of a sentence makes the sentence a rumor; later it is a remark."""
_MOST_VERBS = 20
"""Verbs of speaking of a sentence that are asked who speaks: each may cost a look at all of it."""
_NOUN_WITHIN = 14
_REACH = 45
"""A mark that stands after so many words of an item does not speak for all of it."""
_LONGEST_RUBRIC = 20
_OPENS_QUOTES = lazy_pattern('["“„«「]')
_NORM = Stem.NORM
_HEDGES = (REPORTED, RUMOR)
_SPOKEN = (SPEAKS, STATEMENT)


class Judgement(Struct, frozen=True):
    """How sure the words are, and which of them say so."""

    certainty: Certainty = Certainty.SAID
    by: str | None = None
    rumor_leads: bool = False
    """The first sentence is itself the rumor."""
    mark: str = ""
    """The words that decided, as typed; empty for what is plainly said."""


PLAIN = Judgement()


def judge(scan: Scan) -> Judgement:
    """How sure the author is of an item, by its own words."""
    if not scan.marks and not _OPENS_QUOTES.search(scan.text):
        return PLAIN
    hedges = _without(EXEMPT, [m for m in scan.marks if m.phrase.kind in _HEDGES], scan)
    spoken = _without(STATES_NOTHING, [m for m in scan.marks if m.phrase.kind in _SPOKEN], scan)
    lead = scan.lead
    leading = [m for m in hedges if m.start < lead]
    # "They are said to": the verb belongs to the hedge.
    spoken = list(_not_held(spoken, [m for m in leading if not m.phrase.name]))
    found = _statement([m for m in spoken if m.end <= lead], scan)
    if found is not None:
        # "SOHR reports that" names the source; without a name "reports that" is a hedge.
        statement, mark = found
        # And the conditional beside it is the way of the language to tell what somebody said.
        leading = [m for m in leading if not _overlap(m, mark) and not m.phrase.name]
        if not leading:
            return statement
    # A soft clause at the end of a long paragraph says nothing of its beginning.
    hedges = leading or [m for m in hedges if m.start < _REACH]
    return _hedged(hedges, scan) if hedges else PLAIN


def _without(kind: PhraseKind, marks: list[Mention], scan: Scan) -> list[Mention]:
    """The marks that no phrase of that kind takes back: "denied rumors", "claimed the lives". "Claimed by"
    states nothing of what stands before it, but names who claims after it."""
    back = [m for m in scan.marks if m.phrase.kind is kind]
    if not back:
        return marks
    return [m for m in marks if m.phrase.name == "*" or not any(_overlap(m, b) for b in back)]


def _overlap(mention: Mention, other: Mention) -> bool:
    return mention.start < other.end and other.start < mention.end


def _hedged(hedges: list[Mention], scan: Scan) -> Judgement:
    for hedge in hedges:
        begin = max(hedge.start - LEADS_BEFORE, 0)
        before = range(hedge.start, begin, -1)
        begin = next((at for at in before if scan.words[at - 1].stop >= 2), begin)
        if hedge.phrase.kind is RUMOR and hedge.start - begin < LEADS_BEFORE:
            return Judgement(Certainty.RUMOR, None, begin == 0, _as_typed(hedge, scan))
    return Judgement(Certainty.REPORTED, mark=_as_typed(hedges[0], scan))


def _not_held(marks: Iterable[Mention], holders: Sequence[Mention]) -> Iterator[Mention]:
    """The marks that no holder contains with more beside it. Holders are in order, each looked at once."""
    starts = [holder.start for holder in holders]
    reach = [0, *accumulate((holder.end for holder in holders), max)]
    for mark in marks:
        before, upto = bisect_left(starts, mark.start), bisect_right(starts, mark.start)
        if reach[before] < mark.end and reach[upto] <= mark.end:
            yield mark


def _statement(marks: list[Mention], scan: Scan) -> tuple[Judgement, Mention] | None:
    """Whose statement the first sentence reports, and the mark that says so; REPORTED without a name."""
    rubric = _rubric(scan)
    marks = [m for m in marks if m.start >= rubric]
    nouns = [m for m in marks if m.phrase.kind is STATEMENT and m.start <= _NOUN_WITHIN]
    nouns = [m for m in nouns if not any(_NORM in w.stems for w in _beside(m, scan))]
    for noun in sorted(nouns, key=lambda m: m.start - m.end):
        by = beside_noun(noun, scan)
        if by is not None:
            return _judgement(Certainty.STATEMENT, noun, scan, by), noun
        if noun.phrase.name == "*" and has_source(noun, scan):
            return _judgement(Certainty.REPORTED, noun, scan), noun
    verbs = [m for m in marks if m.phrase.kind is SPEAKS]
    for verb in verbs[:_MOST_VERBS]:
        if not (inside_name(verb, scan) or is_participle(verb, scan)):
            if by := beside_verb(verb, scan):
                return _judgement(Certainty.STATEMENT, verb, scan, by), verb
            begin, end = around_verb(verb, scan)
            if begin < end and is_anonymous(scan, begin, end):
                return _judgement(Certainty.REPORTED, verb, scan), verb
    if quoted := beside_quotation(scan):
        by, named = quoted
        return _judgement(Certainty.STATEMENT, named, scan, by), named
    return None


def _beside(noun: Mention, scan: Scan) -> list[Word]:
    """What may name the source of "according to"."""
    return scan.words[max(noun.start - 1, 0) : noun.end + 3]


def _rubric(scan: Scan) -> int:
    """How many words of an item are its title: bold, up to a colon. Nobody says them."""
    if not scan.text.startswith(("**", "__")):
        return 0
    return next((i for i, word in enumerate(scan.words[:_LONGEST_RUBRIC]) if word.token in (":", "：")), 0)


def _judgement(certainty: Certainty, mark: Mention, scan: Scan, by: str | None = None) -> Judgement:
    return Judgement(certainty, by, mark=_as_typed(mark, scan))


def _as_typed(mark: Mention, scan: Scan) -> str:
    return " ".join(word.token for word in scan.words[mark.start : mark.end])
