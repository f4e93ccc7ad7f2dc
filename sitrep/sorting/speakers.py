"""Who makes a statement: the words before or after a verb of speaking, or after "according to"."""

from __future__ import annotations

import re

from sitrep.lexicon.compiled import ACTOR, PLACE, SPEAKS, CompiledLexicon, Phrase, Word
from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.sorting.places import Mention, Scan

_LONGEST_SPEAKER = 9
_NEAR = 2
"""So many words before a word for officials may say which: "Sağlık Bakanlığı"."""
_NISBA = ("ي", "يه", "يين", "ين")
_CLITICS = "لبوكف"
_COLONS = (":", "：")
_QUOTED = re.compile(
    r"""\s*["“„«「][^"“”„«»「」]{12,600}(?:[,،，?!]["”“»」]|["”“»」]\s?[,،，—–-])[\s,—–-]*"""
)
"""Words in quotation marks that go on with a comma, which a title in quotation marks does not."""
_INTRODUCED = re.compile(r"""\s*([^"“”„«»「」:\n]{3,60}):\s*["“„«「]""")
_SPOKEN = Phrase(SPEAKS, ())
_PARTICLES = frozenset("はがもに常也还则就都又")
_RUN_AHEAD, _RUN_BEHIND = 12, 5
"""Letters of a run without blanks before the word for an office, and behind it: 北京市政府副秘书长陈蓓."""


def beside_noun(noun: Mention, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Whose statement a noun tells of: the name before it, or after it where it says so ("according to")."""
    follows = noun.phrase.name == "*"
    if follows:
        begin, end = phrase_after(noun.end, scan, lexicon)
        end = _noun_phrase(scan, begin, end, lexicon)
    else:
        begin, end = _phrase_before(noun.start, scan, lexicon)
    last = _last_name(scan, begin, end)
    if last == begin and (follows or lexicon.word_order == "sov"):
        last = end
    if last == begin:
        return _opening(noun.start, scan, lexicon)
    by = _speaker(scan, begin, last, lexicon)
    # "According to the water board": with its article a source is one body, though no list has it.
    article = scan.words[begin] if noun.end - noun.start == 1 else scan.words[noun.end - 1]
    definite = follows and (last - begin > 1 or article is not scan.words[begin])
    definite = definite and _is_article(article, lexicon)
    if lexicon.word_order == "vso":
        definite = follows and any(_has_article(word.token, first=True) for word in scan.words[begin:last])
    return by or (_speaker(scan, begin, last, lexicon, sure=True) if definite else None)


def beside_verb(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who speaks: the words before the verb, or where the language has it first, those after it."""
    if lexicon.word_order == "vso":
        begin, end = phrase_after(verb.end, scan, lexicon)
        if by := _speaker(scan, begin, _noun_phrase(scan, begin, end, lexicon), lexicon):
            return by
    begin, end = _phrase_before(verb.start, scan, lexicon)
    if lexicon.word_order == "sov" and (subject := _subject(scan, begin, end, lexicon)):
        return _speaker(scan, *subject, lexicon)
    by = _speaker(scan, begin, end, lexicon) or _quoted(verb, scan, lexicon)
    return by or _actor_before(scan, begin, end, lexicon) or _inverted(verb, scan, lexicon)


def beside_quotation(scan: Scan, lexicon: CompiledLexicon) -> tuple[str, Mention] | None:
    """Who is named behind or before the words in quotation marks that open a sentence, and where, whatever
    the verb: ``"...," the mayor added``, ``Mayor: "..."``."""
    words = scan.words
    if found := _QUOTED.match(scan.text):
        begin = len(lexicon.words(found[0]))
        end = next((i for i in range(begin, len(words)) if words[i].stop), len(words))
        named = _somebody(scan, begin, end, lexicon)
        if named is None and (by := _subject_of(scan, begin, end, lexicon)):
            return by, Mention(_SPOKEN, begin, end)
    elif found := _INTRODUCED.match(scan.text):
        named = (0, len(lexicon.words(found[1])))
    else:
        return None
    by = _speaker(scan, *named, lexicon) if named else None
    return (by, Mention(_SPOKEN, *named)) if named and by else None


def _subject_of(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> str | None:
    """Who stands behind the verb of speaking of a clause, or else before it, whoever that is."""
    verb = next((m for m in scan.marks if m.phrase.kind is SPEAKS and begin <= m.start < end), None)
    if verb is None:
        return None
    last = _trimmed(scan, begin, verb.start, lexicon)
    return _speaker(scan, *((verb.end, end) if verb.end < end else (begin, last)), lexicon, sure=True)


def _somebody(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> tuple[int, int] | None:
    """Where the first body, actor or capitalised name stands, with the name behind it."""
    words = scan.words
    body = _body(scan, begin, end, lexicon)
    actor = next(((m.start, m.end) for m in scan.mentions if begin <= m.start and m.end <= end), None)
    capital = next(((i, i + 1) for i in range(begin, end) if words[i].capital), None)
    found = min(filter(None, (body, actor, capital)), default=None)
    if found is None:
        return None
    start, stop = found
    while stop < end and words[stop].capital:
        stop += 1
    return start, stop


def has_source(noun: Mention, scan: Scan, lexicon: CompiledLexicon) -> bool:
    """True if "according to" names a source at all, if only "residents" or "leaked papers"."""
    begin, end = phrase_after(noun.end, scan, lexicon)
    return begin < end and scan.words[begin].form not in lexicon.not_names


def around_verb(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> tuple[int, int]:
    """The words among which the speaker of a verb would be."""
    if lexicon.word_order == "vso":
        begin, end = phrase_after(verb.end, scan, lexicon)
        return begin, min(end, begin + 1)
    return _phrase_before(verb.start, scan, lexicon)


def _body(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> tuple[int, int] | None:
    """Where the first word or two for officials stand."""
    words = scan.words
    for i in range(begin, end):
        if i + 1 < end and (words[i].form, words[i + 1].form) in lexicon.officials:
            return i, i + 2
        if lexicon.is_official(words[i].form):
            return i, i + 1
        if lexicon.word_order == "vso" and lexicon.is_official(lexicon.form(_bare(words[i].token))):
            return i, i + 1
    return None


def _subject(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> tuple[int, int] | None:
    """The first body or actor of a sentence whose verb comes last, with what says which one it is."""
    words = scan.words
    body = _body(scan, begin, end, lexicon)
    actor = next(((m.start, m.end) for m in scan.mentions if begin <= m.start and m.end <= end), None)
    found = min(filter(None, (body, actor)), default=None)
    if found is None:
        return None
    start, stop = found
    while (further := _body(scan, stop, min(stop + 2, end), lexicon)) and further[0] == stop:
        stop = further[1]
    while stop < end and words[stop].capital and not words[stop].stop:
        stop += 1
    if start - begin <= _NEAR and not is_unspaced(words[start].token):
        start = begin
    return start, stop


def _noun_phrase(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> int:
    """Where the name after a verb or after "according to" ends, if no comma says so."""
    words = scan.words
    if lexicon.word_order == "vso":
        return _definite_phrase(scan, begin, end, lexicon)
    named = {i for m in scan.mentions for i in range(m.start, m.end)}
    end = next(
        (i for i in range(begin + 1, end) if words[i].form in lexicon.not_names and i not in named), end
    )
    if end - begin <= 1 or any(w.capital for w in words[begin:end]):
        return end
    body = _body(scan, begin, end, lexicon)
    return body[1] if body and (is_unspaced(words[begin].token) or lexicon.word_order == "sov") else end


def _definite_phrase(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> int:
    """In Arabic a name goes on to its first word with the article; adjectives of that have it too."""
    words = scan.words
    named = {i for m in scan.mentions for i in range(m.start, m.end)}
    i = begin
    while i < end and not (words[i].gives or words[i].form in lexicon.not_names):
        if _body(scan, i, min(i + 2, end), lexicon) == (i, i + 2):
            return i + 2
        if i in named or _has_article(words[i].token, first=i == begin):
            break
        i += 1
    else:
        return i
    i += 1
    while i < end and _has_article(words[i].token) and words[i].token.endswith(_NISBA):
        i += 1
    return i


def _has_article(token: str, *, first: bool = False) -> bool:
    return token.startswith("ال") or (first and token.startswith(("لل", "وال", "بال", "فال", "كال")))


def _bare(token: str) -> str:
    """The word without a preposition written onto it: لوزارة, للحكومة."""
    if token.startswith("لل"):
        return "ال" + token[2:]
    return token[1:] if token[0] in _CLITICS and len(token) > 4 else token


def _actor_before(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> str | None:
    """Who stands right before the verb where other words open the sentence: "In a statement SDF denies"."""
    words = scan.words
    if begin >= end or not words[begin].gives:
        return None
    actor = next((m.start for m in scan.mentions if m.end == end and m.phrase.kind is ACTOR), None)
    if actor is None and _body(scan, end - 1, end, lexicon):
        actor = end - 1
    return None if actor is None else _speaker(scan, actor, end, lexicon)


def _inverted(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who stands right after the verb where other words open the sentence: "In der Rede sagte der Rat"."""
    begin, end = phrase_after(verb.end, scan, lexicon)
    body = _body(scan, begin, min(end, begin + 2), lexicon)
    if body is None or not verb.start or not scan.words[0].gives:
        return None
    return _speaker(scan, begin, body[1], lexicon)


def _quoted(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who speaks in ``"...," said Garver`` and in ``Julani, leader of HTS, said``."""
    words = scan.words
    if not verb.start or not words[verb.start - 1].stop or words[verb.start].capital:
        return None
    if verb.end < len(words):
        begin, end = phrase_after(verb.end, scan, lexicon)
        if words[verb.end].capital or _body(scan, begin, min(end, begin + 3), lexicon) is not None:
            return _speaker(scan, begin, end, lexicon)
    return _opening(verb.start, scan, lexicon)


def _opening(stop: int, scan: Scan, lexicon: CompiledLexicon) -> str | None:
    """Who is named before the first comma of the sentence; a single capital there is not enough."""
    end = next((i for i in range(stop) if scan.words[i].stop), 0)
    if end and scan.words[end].token in _COLONS:
        return None
    named = any(m.end <= end for m in scan.mentions) or any(w.capital for w in scan.words[1:end])
    return _speaker(scan, 0, end, lexicon) if named else None


def is_participle(verb: Mention, scan: Scan, lexicon: CompiledLexicon) -> bool:
    """True for a verb that can have no subject where it stands: "for alleged theft", "the reported cases"."""
    if not verb.start:
        return False
    before = scan.words[verb.start - 1]
    plain = not before.hit and not before.capital
    return before.token.isdigit() or (plain and (bool(before.gives) or _is_article(before, lexicon)))


def inside_name(verb: Mention, scan: Scan) -> bool:
    return any(m.start <= verb.start < m.end for m in scan.mentions)


def _phrase_before(stop: int, scan: Scan, lexicon: CompiledLexicon) -> tuple[int, int]:
    """The words from the last punctuation up to ``stop``, without adverbs and auxiliaries at their end."""
    begin = end = _trimmed(scan, 0, _before_brackets(scan, stop), lexicon)
    while begin > 0 and not scan.words[begin - 1].stop:
        begin -= 1
    return begin, end


def _before_brackets(scan: Scan, stop: int) -> int:
    """Where a name ends that is followed by brackets: "the republic (OR) claimed"."""
    if stop and scan.words[stop - 1].token == ")":
        return next((i for i in range(stop - 2, 0, -1) if scan.words[i].token == "("), stop)
    return stop


_LONGEST_NAME = 60
"""Words of a speaker's name, at most."""


def phrase_after(start: int, scan: Scan, lexicon: CompiledLexicon) -> tuple[int, int]:
    """The words from ``start`` to the next punctuation or verb of speaking."""
    last = min(scan.lead, start + _LONGEST_NAME)
    verbs = {m.start for m in scan.marks if m.phrase.kind is SPEAKS and start <= m.start < last}
    end = start
    while end < last and not scan.words[end].stop and end not in verbs:
        end += 1
    return start, _trimmed(scan, start, end, lexicon)


def _trimmed(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> int:
    """``end`` without the adverbs and auxiliaries before a verb."""
    while end > begin and _is_nobody(scan.words[end - 1], lexicon) and not scan.words[end - 1].hit:
        end -= 1
    return end


def _last_name(scan: Scan, begin: int, end: int) -> int:
    """The end of the last name or capitalised word between the two: what follows is a verb."""
    last = max((m.end for m in scan.mentions if begin <= m.start and m.end <= end), default=begin)
    capital = max((i + 1 for i in range(begin, end) if scan.words[i].capital), default=begin)
    return max(last, capital)


def _speaker(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon, *, sure: bool = False) -> str | None:
    """The words between the two, as the author wrote them, if they name somebody; no leading article.

    ``sure``: whatever they name speaks, unless it is anonymous.
    """
    words = scan.words
    while begin < end and (_is_article(words[begin], lexicon) or words[begin].token[0].isdigit()):
        begin += 1
    end = _before_place(scan, begin, end, lexicon)
    if not 0 < end - begin <= _LONGEST_SPEAKER or (words[begin].gives and not words[begin].hit):
        return None
    known = [m for m in scan.mentions if begin <= m.start and m.end <= end]
    inside = {i for m in known for i in range(m.start, m.end)}
    joints = [i for i in range(begin + 1, end - 1) if words[i].form in lexicon.joins and i not in inside]
    if any(
        words[i].stop or (_is_nobody(words[i], lexicon) and i not in inside and i not in joints)
        for i in range(begin, end)
    ):
        return None
    acts = any(m.phrase.kind is ACTOR for m in known) or _is_place(scan, begin, end, known, lexicon)
    named = sure and not is_anonymous(scan, begin, end, lexicon)
    if not acts and not named and not _looks_like_somebody(scan, begin, end, lexicon):
        return None
    if joints and not _are_parties(scan, begin, joints, inside, lexicon):
        return None
    if is_unspaced(words[end - 1].token) or is_unspaced(words[begin].token):
        begin, end = _in_a_run(scan, begin, end, lexicon)
        if begin == end:
            return None
    written = _as_written(scan, begin, end)
    if joints:
        parts = written.split()
        written = " ".join(part for i, part in enumerate(parts) if not _doubles(parts, i, lexicon))
    first = words[begin].token
    if lexicon.word_order == "vso" and not lexicon.is_official(lexicon.form(first)):
        bare = _bare(first)
        return bare + written[len(first) :] if lexicon.is_official(lexicon.form(bare)) else written
    return written


def _in_a_run(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> tuple[int, int]:
    """Where a name stands in a run of letters without blanks: up to an office or body with at most a
    person's name behind it, and little before it; nothing where the run is longer than a name."""
    words = scan.words
    while end > begin and words[end - 1].token in _PARTICLES:
        end -= 1
    known = {i for m in scan.mentions for i in range(m.start, m.end)}
    named = [i for i in range(begin, end) if i in known or lexicon.is_official(words[i].form)]
    if not named:
        # A name in letters of another script stands for itself.
        foreign = all(not is_unspaced(word.token) for word in words[begin:end])
        return (begin, end) if foreign else (begin, begin)
    ahead = sum(len(word.token) for word in words[begin : named[0]])
    behind = sum(len(word.token) for word in words[named[-1] + 1 : end])
    return (begin, end) if ahead <= _RUN_AHEAD and behind <= _RUN_BEHIND else (begin, begin)


def _before_place(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> int:
    """Where the name ends that a place or a plain word follows: "the clinic in Hama", "the minister for
    trade"; not in "the Observatory for Human Rights"."""
    words = scan.words
    if lexicon.word_order:
        return end
    places = {m.start for m in scan.mentions if m.phrase.kind is PLACE}
    for i in range(begin + 1, end - 1):
        parts = any(len(phrase) == 1 for phrase, _ in words[i].gives)
        if parts and not words[i].hit and not words[i].capital:
            after = next((j for j in range(i + 1, end) if not words[j].filler), i + 1)
            if after in places or i + 1 in places or not words[after].capital:
                return i
    return end


def _is_nobody(word: Word, lexicon: CompiledLexicon) -> bool:
    """True for "who", not for the World Health Organization."""
    return word.form in lexicon.not_names and word.token != "WHO"


def _is_place(scan: Scan, begin: int, end: int, known: list[Mention], lexicon: CompiledLexicon) -> bool:
    """True where a place stands for those who govern it: "Damascus denied"."""
    inside = {i for m in known for i in range(m.start, m.end)}
    return bool(inside) and all(i in inside or scan.words[i].filler for i in range(begin, end))


def _are_parties(
    scan: Scan, begin: int, joints: list[int], inside: set[int], lexicon: CompiledLexicon
) -> bool:
    """True where each part before an "and" is a name, or one word of what the two share; of three it may be
    the end only."""
    if begin and scan.words[begin - 1].stop:
        return False
    for joint in joints:
        last = scan.words[joint - 1]
        named = joint - 1 in inside or last.capital or lexicon.is_official(last.form)
        if not named and joint - begin > 1:
            return False
        begin = joint + 1
        while _is_article(scan.words[begin], lexicon):
            begin += 1
    return True


def _doubles(words: list[str], i: int, lexicon: CompiledLexicon) -> bool:
    """True for the second article of "the old and the new republic"."""
    joined = i > 0 and lexicon.form(words[i - 1]) in lexicon.joins
    return joined and len(words[i]) <= 3 and words[i].islower() and lexicon.form(words[i]) in lexicon.nouns


def _as_written(scan: Scan, begin: int, end: int) -> str:
    """The words between the two as they stand in the text, with what stands between them."""
    at, start = 0, 0
    for i, word in enumerate(scan.words[:end]):
        at = scan.text.index(word.token, at)
        start = at if i == begin else start
        at += len(word.token)
    return " ".join(scan.text[start:at].split())


def _is_article(word: Word, lexicon: CompiledLexicon) -> bool:
    """ "The", "an"; not the "al-" that begins a name."""
    return (
        len(word.form) <= 3
        and word.form in lexicon.nouns
        and not (word.capital and word.form in lexicon.articles)
    )


def _looks_like_somebody(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> bool:
    """A word for officials, a capital inside the sentence, or a sentence that opens with a single name."""
    if is_anonymous(scan, begin, end, lexicon):
        return False
    words = scan.words
    places = {i for m in scan.mentions if m.phrase.kind is PLACE for i in range(m.start, m.end)}
    head = end if lexicon.word_order else _head(scan, begin, end)
    if any(
        w.capital and i not in places and ((i > 0 and words[i - 1].stop != 2) or w.token.isupper())
        for i, w in enumerate(words[begin:head], begin)
    ):
        return True
    if begin + 1 == end and words[begin].capital:
        return True
    return _body(scan, begin, head, lexicon) is not None


def _head(scan: Scan, begin: int, end: int) -> int:
    """Where the words end that say who: before "of", "among", "in"."""
    return next((i for i in range(begin + 1, end) if scan.words[i].gives and not scan.words[i].hit), end)


def is_anonymous(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> bool:
    """Ends in a word such as "residents", or is one plural that opens the sentence: "Doctors said"."""
    forms = tuple([w.form for w in scan.words[begin:end]])
    if forms[:1] in lexicon.unnamed or forms in lexicon.anonymous:
        return True
    if _is_plural(scan, begin, end, lexicon):
        return True
    if end - begin > 1 and scan.words[end - 1].capital:
        return False
    if any(forms[-n:] in lexicon.anonymous for n in (1, 2, 3) if len(forms) >= n):
        return True
    return lexicon.word_order == "sov" and any(forms[:n] in lexicon.anonymous for n in (1, 2, 3))


def _is_plural(scan: Scan, begin: int, end: int, lexicon: CompiledLexicon) -> bool:
    """True for one plural without article that opens the sentence, or where no noun tells, is the subject of
    a verb in the plural: "Farmers in the valley", "Крестьяне рассказывают"."""
    first = scan.words[begin]
    head = next((i for i in range(begin + 1, end) if scan.words[i].gives), end)
    alone = head - begin == 1 or (lexicon.word_order == "sov" and not _body(scan, begin, end, lexicon))
    if not alone or (begin and lexicon.word_order != "vso") or first.token.isupper():
        return False
    if lexicon.is_official(first.form) or any(m.start == begin for m in scan.mentions):
        return False
    if lexicon.plural_verbs:
        verb = next((m for m in scan.marks if m.phrase.kind is SPEAKS and m.start >= end), None)
        ends = (scan.words[verb.start], scan.words[verb.end - 1]) if verb else ()
        return any(word.form.endswith(lexicon.plural_verbs) for word in ends)
    return first.form.endswith(lexicon.plural_nouns)
