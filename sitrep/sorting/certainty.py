"""What a scan found becomes how sure the author is: said, reported, a statement of somebody, or a rumor.

Only the author's own words count, and certainty is never added. A mark in the first sentence decides;
then a statement that the first sentence reports; then a mark farther down. Forecasts ("will probably")
and open questions about the future are no marks, and neither is "no clashes are reported".
"""

from __future__ import annotations

from sitrep.base.nouns import Certainty
from sitrep.base.values import Struct
from sitrep.lexicon.compiled import (
    ACTOR,
    EXEMPT,
    REPORTED,
    RUMOR,
    SPEAKS,
    STATEMENT,
    STATES_NOTHING,
    CompiledLexicon,
    PhraseKind,
    Word,
)
from sitrep.sorting.places import Mention, Scan
from sitrep.text.spelling import TOKEN

LEADS_BEFORE = 6
"""A rumor mark among the first words of a sentence makes the sentence a rumor; later it is a remark."""
_LONGEST_SPEAKER = 9
_NOUN_WITHIN = 14
_HEDGES = (REPORTED, RUMOR)
_SPOKEN = (SPEAKS, STATEMENT)


class Judgement(Struct, frozen=True):
    """How sure the words are, and which of them say so."""

    certainty: Certainty = Certainty.SAID
    by: str | None = None
    rumor_leads: bool = False
    """The first sentence is itself the rumor."""
    mark: str = ""
    """The words that decided, as compared; empty for what is plainly said."""


PLAIN = Judgement()


def judge(scan: Scan, lexicon: CompiledLexicon) -> Judgement:
    """How sure the author is of an item, by its own words."""
    if not scan.marks:
        return PLAIN
    hedges = _without(EXEMPT, [m for m in scan.marks if m.phrase.kind in _HEDGES], scan)
    spoken = _without(STATES_NOTHING, [m for m in scan.marks if m.phrase.kind in _SPOKEN], scan)
    lead = scan.lead
    leading = [m for m in hedges if m.start < lead]
    # "They are said to": the verb belongs to the hedge.
    spoken = [m for m in spoken if not any(_holds(h, m) for h in leading)]
    found = _statement([m for m in spoken if m.end <= lead], scan, lexicon)
    if found is not None:
        # "SOHR reports that" names the source; without a name "reports that" is a hedge.
        statement, mark = found
        leading = [m for m in leading if not _overlap(m, mark)]
        if not leading:
            return statement
    return _hedged(leading or hedges, scan) if hedges else PLAIN


def _without(kind: PhraseKind, marks: list[Mention], scan: Scan) -> list[Mention]:
    """The marks that no phrase of that kind takes back: "denied rumors", "claimed the lives".

    "Claimed by" states nothing of what stands before it, but names who claims after it.
    """
    back = [m for m in scan.marks if m.phrase.kind is kind]
    if not back:
        return marks
    return [m for m in marks if m.phrase.name == "*" or not any(_overlap(m, b) for b in back)]


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _hedged(hedges: list[Mention], scan: Scan) -> Judgement:
    for hedge in hedges:
        begin = _sentence(scan, hedge.start)[0]
        if hedge.phrase.kind is RUMOR and hedge.start - begin < LEADS_BEFORE:
            return Judgement(Certainty.RUMOR, None, begin == 0, " ".join(hedge.phrase.words))
    return Judgement(Certainty.REPORTED, mark=" ".join(hedges[0].phrase.words))


def _sentence(scan: Scan, at: int) -> tuple[int, int]:
    """First token of the sentence around ``at``, and the one past its end."""
    begin = at
    while begin > 0 and scan.words[begin - 1].stop < 2:
        begin -= 1
    end = at
    while end < len(scan.words) and scan.words[end].stop < 2:
        end += 1
    return begin, end


def _holds(one: Mention, other: Mention) -> bool:
    """The one contains the other and more."""
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def _statement(
    marks: list[Mention], scan: Scan, lexicon: CompiledLexicon
) -> tuple[Judgement, Mention] | None:
    """Whose statement the first sentence reports, and the mark that says so; REPORTED without a name."""
    nouns = [m for m in marks if m.phrase.kind is STATEMENT and m.start <= _NOUN_WITHIN]
    for noun in sorted(nouns, key=lambda m: m.start - m.end):
        if noun.phrase.name == "*":
            begin, end = _phrase_after(noun.end, scan, lexicon)
        else:
            begin, end = _phrase_before(noun.start, scan, lexicon)
        last = _last_name(scan, begin, end)
        if last == begin and noun.phrase.name == "*":
            last = end
        by = _speaker(scan, begin, last, lexicon) if last > begin else _opening(noun.start, scan, lexicon)
        if by is not None:
            return _judgement(Certainty.STATEMENT, noun, by), noun
        if noun.phrase.name == "*" and begin < end and _is_anonymous(scan, begin, end, lexicon):
            return _judgement(Certainty.REPORTED, noun), noun
    for verb in marks:
        if verb.phrase.kind is SPEAKS and not _inside_name(verb, scan):
            begin, end = _phrase_before(verb.start, scan, lexicon)
            by = _speaker(scan, begin, end, lexicon) or _quoted(verb, scan, lexicon)
            if by := by or _actor_before(scan, begin, end, lexicon):
                return _judgement(Certainty.STATEMENT, verb, by), verb
            if begin < end and _is_anonymous(scan, begin, end, lexicon):
                return _judgement(Certainty.REPORTED, verb), verb
    return None


def _judgement(certainty: Certainty, mark: Mention, by: str | None = None) -> Judgement:
    return Judgement(certainty, by, mark=" ".join(mark.phrase.words))


def _actor_before(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> str | None:
    """The actor right before the verb where other words open the sentence: "In a statement SDF denies"."""
    if begin >= end or not scan.words[begin].gives:
        return None
    actor = next((m for m in scan.mentions if m.end == end and m.phrase.kind is ACTOR), None)
    return _speaker(scan, actor.start, end, lexicon) if actor else None


def _quoted(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who speaks in ``"...," said Garver`` and in ``Julani, leader of HTS, said``."""
    words = scan.words
    if not verb.start or not words[verb.start - 1].stop:
        return None
    if verb.end < len(words) and words[verb.end].capital:
        begin, end = _phrase_after(verb.end, scan, lexicon)
        return _speaker(scan, begin, end, lexicon)
    return _opening(verb.start, scan, lexicon)


def _opening(stop: int, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who is named before the first comma of the sentence; a single capital there is not enough."""
    end = next((i for i in range(stop) if scan.words[i].stop), 0)
    named = any(m.end <= end for m in scan.mentions) or any(w.capital for w in scan.words[1:end])
    return _speaker(scan, 0, end, lexicon) if named else None


def _inside_name(verb: Mention, scan: Scan) -> bool:
    return any(m.start <= verb.start < m.end for m in scan.mentions)


def _phrase_before(stop: int, scan: Scan, lexicon: CompiledLexicon) -> tuple[int, int]:
    """The words from the last punctuation up to ``stop``, without adverbs and auxiliaries at their end."""
    begin = end = _trimmed(scan, 0, stop, lexicon)
    while begin > 0 and not scan.words[begin - 1].stop:
        begin -= 1
    return begin, end


def _phrase_after(start: int, scan: Scan, lexicon: CompiledLexicon) -> tuple[int, int]:
    """The words from ``start`` to the next punctuation or verb of speaking."""
    verbs = [m.start for m in scan.marks if m.phrase.kind is SPEAKS and m.start >= start]
    end = start
    while end < scan.lead and not scan.words[end].stop and end not in verbs:
        end += 1
    return start, _trimmed(scan, start, end, lexicon)


def _trimmed(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> int:
    """``end`` without the adverbs and auxiliaries before a verb."""
    while end > begin and scan.words[end - 1].form in lexicon.not_names and not scan.words[end - 1].hit:
        end -= 1
    return end


def _last_name(scan: Scan, begin: int, end: int) -> int:
    """The end of the last name or capitalised word between the two: what follows is a verb."""
    last = max((m.end for m in scan.mentions if begin <= m.start and m.end <= end), default=begin)
    capital = max((i + 1 for i in range(begin, end) if scan.words[i].capital), default=begin)
    return max(last, capital)


def _speaker(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> str | None:
    """The words between the two, as the author wrote them, if they name somebody; no leading article."""
    words = scan.words
    while begin < end and _is_article(words[begin], lexicon):
        begin += 1
    if not 0 < end - begin <= _LONGEST_SPEAKER or (words[begin].gives and not words[begin].hit):
        return None
    known = [m for m in scan.mentions if begin <= m.start and m.end <= end]
    inside = {i for m in known for i in range(m.start, m.end)}
    if any(
        words[i].stop or (words[i].form in lexicon.not_names and i not in inside) for i in range(begin, end)
    ):
        return None
    if not known and not _looks_like_somebody(scan, begin, end, lexicon):
        return None
    spans = [m.span() for m in TOKEN.finditer(scan.text)]
    return " ".join(scan.text[spans[begin][0] : spans[end - 1][1]].split())


def _is_article(word: Word, lexicon: CompiledLexicon) -> bool:
    """ "The", "an"; not the "al-" that begins a name."""
    return (
        len(word.form) <= 3
        and word.form in lexicon.nouns
        and not (word.capital and word.form in lexicon.articles)
    )


def _looks_like_somebody(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> bool:
    """A word for officials, a capital inside the sentence, or a sentence that opens with a single name."""
    if _is_anonymous(scan, begin, end, lexicon):
        return False
    words = scan.words
    if any(w.capital and (i > 0 or w.token.isupper()) for i, w in enumerate(words[begin:end], begin)):
        return True
    if begin + 1 == end and words[begin].capital:
        return True
    return any(
        tuple([w.form for w in words[i : i + n]]) in lexicon.officials
        for i in range(begin, end)
        for n in (1, 2)
        if i + n <= end
    )


def _is_anonymous(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> bool:
    """Ends in a word such as "residents", or is one plural that opens the sentence: "Doctors said"."""
    forms = tuple([w.form for w in scan.words[begin:end]])
    if any(forms[-n:] in lexicon.anonymous for n in (1, 2) if len(forms) >= n):
        return True
    first = scan.words[begin]
    return len(forms) == 1 and begin == 0 and first.form.endswith("s") and not first.token.isupper()
