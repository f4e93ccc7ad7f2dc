"""Who makes a statement: the words before or after a verb of speaking, or after "according to"."""

from __future__ import annotations

import operator

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import ACTOR, SPEAKS, Phrase
from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.sorting.places import Mention, Scan
from sitrep.sorting.subjects import subject_in, with_complement
from sitrep.sorting.verb_first import definite_phrase, has_article
from sitrep.sorting.who_is_named import body_in, is_article, is_nobody, last_name, speaker_in, trimmed

_COLONS = (":", "：")
_COMMAS = (",", "،", "，")
_QUOTED = lazy_pattern(
    r"""\s*["“„«「][^"“”„«»「」]{6,600}(?:[,،，。?!]["”“»」]|["”“»」]\s?[,،，—–-])[\s,—–-]*"""
)
"""Words in quotation marks that go on with a comma, which a title in quotation marks does not."""
_INTRODUCED = lazy_pattern(r"""\s*([^"“”„«»「」:,\n]{3,60})[:,]\s*["“„«「]""")
_SPOKEN = Phrase(SPEAKS, ())


def beside_noun(noun: Mention, scan: Scan) -> str | None:
    """Whose statement a noun tells of: the name before it, or after it where it says so ("according to")."""
    follows = noun.phrase.name == "*"
    if follows:
        begin, end = phrase_after(noun.end, scan)
        end = _noun_phrase(scan, begin, end)
    else:
        begin, end = _phrase_before(noun.start, scan)
    last = last_name(scan, begin, end)
    if scan.lexicon.word_order == "sov" and body_in(scan, last, end):
        last = end
    if last == begin and (follows or scan.lexicon.word_order == "sov"):
        last = end
    if last == begin:
        return _opening(noun.start, scan)
    by = speaker_in(scan, begin, last)
    # "According to the water board": with its article a source is one body, though no list has it.
    article = scan.words[begin] if noun.end - noun.start == 1 else scan.words[noun.end - 1]
    definite = follows and (last - begin > 1 or article is not scan.words[begin])
    definite = definite and is_article(article, scan.lexicon)
    if scan.lexicon.word_order == "vso":
        definite = follows and any(has_article(word.token, first=True) for word in scan.words[begin:last])
    return by or (speaker_in(scan, begin, last, sure=True) if definite else None)


def beside_verb(verb: Mention, scan: Scan) -> str | None:
    """Who speaks: the words before the verb, or where the language has it first, those after it."""
    if scan.lexicon.word_order == "vso":
        begin, end = phrase_after(verb.end, scan)
        if by := speaker_in(scan, begin, _noun_phrase(scan, begin, end)):
            return by
        if _has_title(scan, end) and (by := speaker_in(scan, begin, end, sure=True)):
            return by
    begin, end = _phrase_before(verb.start, scan)
    if scan.lexicon.word_order == "sov":
        if introduced := _INTRODUCED.match(scan.text):
            return speaker_in(scan, 0, len(scan.lexicon.words(introduced[1])))
        if subject := subject_in(scan, begin, end, verb.start):
            return speaker_in(scan, *subject)
    by = speaker_in(scan, begin, end) or _quoted(verb, scan)
    return by or _actor_before(scan, begin, end) or _inverted(verb, scan)


def _has_title(scan: Scan, end: int) -> bool:
    """True where a comma and an office follow: "قالت هناء فارس، مديرة الميناء"."""
    words = scan.words
    commas = end < len(words) and words[end].token in _COMMAS
    return commas and body_in(scan, end + 1, min(end + 2, len(words))) is not None


def beside_quotation(scan: Scan) -> tuple[str, Mention] | None:
    """Who is named behind or before the words in quotation marks that open a sentence, and where, whatever
    the verb: ``"...," the mayor added``, ``Mayor: "..."``."""
    words, lexicon = scan.words, scan.lexicon
    if found := _QUOTED.match(scan.text):
        begin = len(lexicon.words(found[0]))
        end = next((i for i in range(begin, len(words)) if words[i].stop), len(words))
        if "。" in found[0][-3:] and not any(
            m.phrase.kind is SPEAKS and begin <= m.start < end for m in scan.marks
        ):
            return None
        named = _somebody(scan, begin, end)
        if named is None and (by := _subject_of(scan, begin, end)):
            return by, Mention(_SPOKEN, begin, end)
    elif found := _INTRODUCED.match(scan.text):
        named = (0, len(lexicon.words(found[1])))
    else:
        return None
    by = speaker_in(scan, *named) if named else None
    return (by, Mention(_SPOKEN, *named)) if named and by else None


def _subject_of(scan: Scan, begin: int, end: int) -> str | None:
    """Who stands behind the verb of speaking of a clause, or else before it, whoever that is."""
    verb = next((m for m in scan.marks if m.phrase.kind is SPEAKS and begin <= m.start < end), None)
    if verb is None:
        return None
    last = trimmed(scan, begin, verb.start)
    return speaker_in(scan, *((verb.end, end) if verb.end < end else (begin, last)), sure=True)


def _somebody(scan: Scan, begin: int, end: int) -> tuple[int, int] | None:
    """Where the first body, actor or capitalised name stands, with the name behind it."""
    words = scan.words
    body = body_in(scan, begin, end)
    actor = next(((m.start, m.end) for m in scan.mentions if begin <= m.start and m.end <= end), None)
    capital = next(((i, i + 1) for i in range(begin, end) if words[i].capital), None)
    found = min(filter(None, (body, actor, capital)), default=None)
    if found is None:
        return None
    start, stop = found
    while stop < end and words[stop].capital:
        stop += 1
    return start, stop


def has_source(noun: Mention, scan: Scan) -> bool:
    """True if "according to" names a source at all, if only "residents" or "leaked papers"."""
    begin, end = phrase_after(noun.end, scan)
    return begin < end and scan.words[begin].form not in scan.lexicon.not_names


def around_verb(verb: Mention, scan: Scan) -> tuple[int, int]:
    """The words among which the speaker of a verb would be."""
    if scan.lexicon.word_order == "vso":
        begin, end = phrase_after(verb.end, scan)
        return begin, min(end, begin + 1)
    return _phrase_before(verb.start, scan)


def _noun_phrase(scan: Scan, begin: int, end: int) -> int:
    """Where the name after a verb or after "according to" ends, if no comma says so."""
    words, lexicon = scan.words, scan.lexicon
    if lexicon.word_order == "vso":
        return definite_phrase(scan, begin, end)
    named = {i for m in scan.mentions for i in range(m.start, m.end)}
    end = next((i for i in range(begin + 1, end) if is_nobody(words[i], lexicon) and i not in named), end)
    end = next((i for i in range(begin + 1, end) if _begins_anew(i, scan)), end)
    if end - begin <= 1 or any(w.capital for w in words[begin:end]):
        return next((i for i in range(begin + 1, end) if _goes_on(i, scan)), end)
    body = body_in(scan, begin, end)
    if body and lexicon.links:
        return with_complement(scan, body[1], min(body[1] + 1, end))
    return body[1] if body and (is_unspaced(words[begin].token) or lexicon.word_order == "sov") else end


def _begins_anew(i: int, scan: Scan) -> bool:
    """True where another noun begins after a name in small letters, which nothing joins to it: "According to
    the ministry the mill works", "... the ministry 40 people left"."""
    before, word, *after = scan.words[i - 1 : i + 2]
    if before.capital or before.filler or before.gives or word.gives or word.capital:
        return False
    if word.token.isdigit():
        return bool(after) and after[0].token[0].isalpha() and not is_article(after[0], scan.lexicon)
    return is_article(word, scan.lexicon)


def _goes_on(i: int, scan: Scan) -> bool:
    """True for the verb after a name: "Laut dem Sprecher der Bahn fahren wieder Züge"."""
    word, before = scan.words[i], scan.words[i - 1]
    joined = word.capital or word.filler or word.gives or word.hit or word.form in scan.lexicon.joins
    return before.capital and not joined and word.token[0].isalpha()


def _actor_before(scan: Scan, begin: int, end: int) -> str | None:
    """Who stands right before the verb where other words open the sentence: "In a statement SDF denies"."""
    words = scan.words
    if begin >= end or not words[begin].gives:
        return None
    actor = next((m.start for m in scan.mentions if m.end == end and m.phrase.kind is ACTOR), None)
    if actor is None and body_in(scan, end - 1, end):
        actor = end - 1
    return None if actor is None else speaker_in(scan, actor, end)


def _inverted(verb: Mention, scan: Scan) -> str | None:
    """Who stands right after the verb where other words open the sentence: "In der Rede sagte der Rat"."""
    begin, end = phrase_after(verb.end, scan)
    body = body_in(scan, begin, min(end, begin + 3))
    opened = scan.words[0].gives or operator.eq(*_phrase_before(verb.start, scan))
    if body is None or not verb.start or not opened:
        return None
    last = next((i for i in range(body[1], end) if not scan.lexicon.is_official(scan.words[i].form)), end)
    return speaker_in(scan, begin, last)


def _quoted(verb: Mention, scan: Scan) -> str | None:
    """Who speaks in ``"...," said Garver``, ``The chief, Ole Brand, said`` and ``Julani, of HTS, said``."""
    words = scan.words
    if not verb.start or not words[verb.start - 1].stop or words[verb.start].capital:
        return None
    begin, end = _phrase_before(verb.start - 1, scan)
    between = begin and {words[begin - 1].token, words[verb.start - 1].token} <= set(_COMMAS)
    if between and end - begin > 1 and all(word.capital for word in words[begin:end]):
        return speaker_in(scan, begin, end)
    if verb.end < len(words):
        begin, end = phrase_after(verb.end, scan)
        # "Сообщили в больнице": where they are says who they are.
        begin += begin < end and bool(words[begin].gives)
        if words[verb.end].capital or body_in(scan, begin, min(end, begin + 3)) is not None:
            return speaker_in(scan, begin, end)
    return _opening(verb.start, scan)


def _opening(stop: int, scan: Scan) -> str | None:
    """Who is named before the first comma of the sentence; a single capital there is not enough, an office
    is where a clause on it follows: "The governor, who came late, said"."""
    end = next((i for i in range(stop) if scan.words[i].stop), 0)
    if end and scan.words[end].token in _COLONS:
        return None
    named = any(m.end <= end for m in scan.mentions) or any(w.capital for w in scan.words[1:end])
    if end + 1 < stop and scan.words[end + 1].form in scan.lexicon.not_names:
        named = named or body_in(scan, 0, end) is not None
    return speaker_in(scan, 0, end) if named else None


def is_participle(verb: Mention, scan: Scan) -> bool:
    """True for a verb that can have no subject where it stands: "for alleged theft", "the reported cases"."""
    if not verb.start:
        return False
    before = scan.words[verb.start - 1]
    plain = not before.hit and not before.capital
    return before.token.isdigit() or (plain and (bool(before.gives) or is_article(before, scan.lexicon)))


def inside_name(verb: Mention, scan: Scan) -> bool:
    return any(m.start <= verb.start < m.end for m in scan.mentions)


def _phrase_before(stop: int, scan: Scan) -> tuple[int, int]:
    """The words from the last punctuation up to ``stop``, without the day they open with ("On Tuesday the
    council") and without adverbs and auxiliaries at their end."""
    words, lexicon = scan.words, scan.lexicon
    begin = last = _before_brackets(scan, stop)
    while begin > 0 and not words[begin - 1].stop:
        begin -= 1
    day = next((i for i in range(begin + 1, min(begin + 3, last)) if words[i].form in lexicon.days), None)
    if day is not None and lexicon.word_order != "sov":
        begin = next((i for i in range(day + 1, last) if not _is_of_date(words[i], lexicon)), begin)
    # "Wie die Behörde mitteilte, ...", "As the mayor said, ..."
    clause = stop < len(words) - 1 and words[stop + 1].token in _COMMAS
    if clause and begin + 1 < last and not begin and is_nobody(words[begin], lexicon):
        begin += 1
    return begin, trimmed(scan, begin, last)


def _is_of_date(word: Word, lexicon: CompiledLexicon) -> bool:
    return word.form in lexicon.days or word.token.isdigit()


def _before_brackets(scan: Scan, stop: int) -> int:
    """Where a name ends that is followed by brackets: "the republic (OR) claimed"."""
    if stop and scan.words[stop - 1].token == ")":
        return next((i for i in range(stop - 2, 0, -1) if scan.words[i].token == "("), stop)
    return stop


_LONGEST_NAME = 60
"""Words of a speaker's name, at most."""


def phrase_after(start: int, scan: Scan) -> tuple[int, int]:
    """The words from ``start`` to the next punctuation or verb of speaking."""
    last = min(scan.lead, start + _LONGEST_NAME)
    verbs = {m.start for m in scan.marks if m.phrase.kind is SPEAKS and start <= m.start < last}
    end = start
    while end < last and not scan.words[end].stop and end not in verbs:
        end += 1
    return start, trimmed(scan, start, end)
