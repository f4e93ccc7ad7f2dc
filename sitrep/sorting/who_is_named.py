"""Words between two places -> the person, body or office that they name; nothing where they name nobody."""

from __future__ import annotations

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import ACTOR, OUT_OF, PLACE, SPEAKS
from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.sorting.places import Mention, Scan

_LONGEST_SPEAKER = 9
_RUN_AHEAD, _RUN_BEHIND = 12, 5
"""Letters of a run without blanks before the word for an office, and behind it: 北京市政府副秘书长陈蓓."""
_CLITICS = "لبوكف"
_SUFFIXED = lazy_pattern(r"(\w)['’][^\W\d_]{1,4}$")
_LONGEST_ENDING = 3
_PARTICLES = frozenset("はがもに常也还则就都又")


def body_in(scan: Scan, begin: int, end: int) -> tuple[int, int] | None:
    """Where the first word or two for officials stand."""
    words, lexicon = scan.words, scan.lexicon
    for i in range(begin, end):
        if i + 1 < end and (words[i].form, words[i + 1].form) in lexicon.officials:
            return i, i + 2
        if lexicon.is_official(words[i].form):
            return i, i + 1
        if lexicon.word_order == "vso" and lexicon.is_official(lexicon.form(_bare(words[i].token))):
            return i, i + 1
    return None


def _bare(token: str) -> str:
    """The word without a preposition written onto it: لوزارة, للحكومة."""
    if token.startswith("لل"):
        return "ال" + token[2:]
    return token[1:] if token[0] in _CLITICS and len(token) > 4 else token


def trimmed(scan: Scan, begin: int, end: int) -> int:
    """``end`` without the adverbs and auxiliaries before a verb."""
    while end > begin and is_nobody(scan.words[end - 1], scan.lexicon) and not scan.words[end - 1].hit:
        end -= 1
    return end


def last_name(scan: Scan, begin: int, end: int) -> int:
    """The end of the last name or capitalised word between the two: what follows is a verb."""
    last = max((m.end for m in scan.mentions if begin <= m.start and m.end <= end), default=begin)
    capital = max((i + 1 for i in range(begin, end) if scan.words[i].capital), default=begin)
    return max(last, capital)


def speaker_in(scan: Scan, begin: int, end: int, *, sure: bool = False) -> str | None:
    """The words between the two, as the author wrote them, if they name somebody; no leading article.
    ``sure``: whatever they name speaks, unless it is anonymous."""
    words, lexicon = scan.words, scan.lexicon
    begin, end = _inner(scan, begin, end)
    known = [m for m in scan.mentions if begin <= m.start and m.end <= end]
    opened = begin < end and words[begin].gives and not any(m.start == begin for m in known)
    if not 0 < end - begin <= _LONGEST_SPEAKER or opened:
        return None
    inside = {i for m in known for i in range(m.start, m.end)}
    joints = [i for i in range(begin + 1, end - 1) if words[i].form in lexicon.joins and i not in inside]
    # A name may look like a small word: Sera Holm.
    named = inside.union(
        joints, (i for i in range(begin + 1, end) if words[i].capital and words[i].form not in lexicon.days)
    )
    if any(words[i].stop or (is_nobody(words[i], lexicon) and i not in named) for i in range(begin, end)):
        return None
    acts = any(m.phrase.kind is ACTOR for m in known) or _is_place(scan, begin, end, known)
    surely = sure and not is_anonymous(scan, begin, end)
    if not acts and not surely and not _looks_like_somebody(scan, begin, end):
        return None
    if joints and not _are_parties(scan, begin, joints, inside):
        return None
    if is_unspaced(words[end - 1].token) or is_unspaced(words[begin].token):
        begin, end = _in_a_run(scan, begin, end)
        if begin == end:
            return None
    written = _without_ending(_as_written(scan, begin, end), lexicon)
    if joints:
        parts = written.split()
        written = " ".join(part for i, part in enumerate(parts) if not _doubles(parts, i, lexicon))
    first = words[begin].token
    bare = _bare(first)
    if lexicon.word_order != "vso" or lexicon.is_official(lexicon.form(first)):
        return written
    return bare + written[len(first) :] if lexicon.is_official(lexicon.form(bare)) else written


def _inner(scan: Scan, begin: int, end: int) -> tuple[int, int]:
    """The range without articles, numbers and joints at its head, and the place and the verb at its end."""
    words, lexicon = scan.words, scan.lexicon
    while begin < end and (
        is_article(words[begin], lexicon)
        or words[begin].token[0].isdigit()
        or words[begin].form in lexicon.joins
    ):
        begin += 1
    end = _before_place(scan, begin, end)
    if end > begin and words[end - 1].gives and not any(m.end == end for m in scan.mentions):
        end -= 1
    return begin, end


def _in_a_run(scan: Scan, begin: int, end: int) -> tuple[int, int]:
    """Where a name stands in a run of letters without blanks: up to an office or body with at most a
    person's name behind it, and little before it; nothing where the run is longer than a name."""
    words, lexicon = scan.words, scan.lexicon
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


def _before_place(scan: Scan, begin: int, end: int) -> int:
    """Where the name ends that a place or a plain word follows: "the clinic in Hama", "the minister for
    trade"; not in "the Observatory for Human Rights" and "a spokesman for the army"."""
    words, lexicon = scan.words, scan.lexicon
    if lexicon.word_order:
        return end
    places = {m.start for m in scan.mentions if m.phrase.kind is PLACE}
    for i in range(begin + 1, end - 1):
        # "Of" and "from" say which one it is: empresa de aguas.
        parts = any(len(phrase) == 1 for phrase, _ in words[i].gives) and not is_of(words[i])
        if parts and not words[i].hit and not words[i].capital and not body_in(scan, i + 1, end):
            after = next((j for j in range(i + 1, end) if not words[j].filler), i + 1)
            if after in places or i + 1 in places or not words[after].capital:
                return i
    return end


def is_nobody(word: Word, lexicon: CompiledLexicon) -> bool:
    """True for "who", not for the World Health Organization."""
    return word.form in lexicon.not_names and word.token != "WHO" and not is_of(word)


def is_of(word: Word) -> bool:
    """True for "of" and "from"."""
    return any(len(phrase) == 1 and part is OUT_OF for phrase, part in word.gives)


def _is_place(scan: Scan, begin: int, end: int, known: list[Mention]) -> bool:
    """True where a place stands for those who govern it: "Damascus denied"."""
    inside = {i for m in known for i in range(m.start, m.end)}
    return bool(inside) and all(i in inside or scan.words[i].filler for i in range(begin, end))


def _are_parties(scan: Scan, begin: int, joints: list[int], inside: set[int]) -> bool:
    """True where each part before an "and" is a name, or one word of what the two share; of three it may be
    the end only."""
    if begin and scan.words[begin - 1].stop:
        return False
    for joint in joints:
        last = scan.words[joint - 1]
        named = joint - 1 in inside or last.capital or scan.lexicon.is_official(last.form)
        if not named and joint - begin > 1:
            return False
        begin = joint + 1
        while is_article(scan.words[begin], scan.lexicon):
            begin += 1
    return True


def _without_ending(written: str, lexicon: CompiledLexicon) -> str:
    """A name without what a language whose verb comes last writes onto it: 내무부에, Bakanlığı'na."""
    if lexicon.word_order != "sov":
        return written
    ahead, blank, last = written.rpartition(" ")
    bare = _SUFFIXED.sub(r"\1", last)
    if "가" <= last[-1] <= "힣":
        shorter = (last[:at] for at in range(len(last) - 1, max(len(last) - _LONGEST_ENDING, 2) - 1, -1))
        bare = next((word for word in shorter if lexicon.is_official(lexicon.form(word))), last)
    return ahead + blank + bare


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


def is_article(word: Word, lexicon: CompiledLexicon) -> bool:
    """ "The", "an"; not the "al-" that begins a name."""
    return (
        len(word.form) <= 3
        and word.form in lexicon.nouns
        and not (word.capital and word.form in lexicon.articles)
    )


def _looks_like_somebody(scan: Scan, begin: int, end: int) -> bool:
    """A word for officials, a capital inside the sentence, or a sentence that opens with a single name."""
    if is_anonymous(scan, begin, end):
        return False
    words, lexicon = scan.words, scan.lexicon
    places = {i for m in scan.mentions if m.phrase.kind is PLACE for i in range(m.start, m.end)}
    head = end if lexicon.word_order else _head(scan, begin, end)
    if any(
        w.capital and i not in places and ((i > 0 and words[i - 1].stop != 2) or w.token.isupper())
        for i, w in enumerate(words[begin:head], begin)
    ):
        return True
    if begin + 1 == end and words[begin].capital and not _many_do(scan, end):
        return True
    return body_in(scan, begin, head) is not None


def _head(scan: Scan, begin: int, end: int) -> int:
    """Where the words end that say who: before "of", "among", "in"."""
    return next((i for i in range(begin + 1, end) if scan.words[i].gives and not scan.words[i].hit), end)


def is_anonymous(scan: Scan, begin: int, end: int) -> bool:
    """Begins with a word such as "several", ends in one such as "residents", or is one plural that opens the
    sentence: "Doctors said"; an agency of residents is not."""
    of = next((i for i in range(begin + 1, end) if is_of(scan.words[i])), end)
    if of < end and body_in(scan, begin, of):
        end = of
    forms = tuple([w.form for w in scan.words[begin:end]])
    if forms in scan.lexicon.anonymous:
        return True
    # "A witness" has no name, "several officials" neither; "a spokeswoman of the clinic" speaks for one.
    if forms[:1] in scan.lexicon.unnamed:
        return forms[0] not in scan.lexicon.nouns or body_in(scan, begin + 1, end) is None
    if _is_plural(scan, begin, end):
        return True
    if end - begin > 1 and scan.words[end - 1].capital:
        return False
    if any(forms[-n:] in scan.lexicon.anonymous for n in (1, 2, 3) if len(forms) >= n):
        return True
    return scan.lexicon.word_order == "sov" and any(forms[:n] in scan.lexicon.anonymous for n in (1, 2, 3))


def _is_plural(scan: Scan, begin: int, end: int) -> bool:
    """True for one plural without article that opens the sentence, or where no noun tells, is the subject of
    a verb in the plural: "Farmers in the valley", "Крестьяне рассказывают"."""
    first = scan.words[begin]
    head = next((i for i in range(begin + 1, end) if scan.words[i].gives), end)
    alone = head - begin == 1 or (scan.lexicon.word_order == "sov" and not body_in(scan, begin, end))
    if not alone or (begin and scan.lexicon.word_order != "vso") or first.token.isupper():
        return False
    if scan.lexicon.is_official(first.form) or any(m.start == begin for m in scan.mentions):
        return False
    if scan.lexicon.plural_verbs:
        # "A man is accused", "farmers were told": who ends otherwise is no subject.
        return first.form.endswith(scan.lexicon.plural_nouns or ("",)) and _many_do(scan, end)
    return first.form.endswith(scan.lexicon.plural_nouns)


def _many_do(scan: Scan, end: int) -> bool:
    """True where the verb of speaking behind ``end`` is in the plural."""
    verb = next((m for m in scan.marks if m.phrase.kind is SPEAKS and m.start >= end), None)
    ends = (scan.words[verb.start], scan.words[verb.end - 1]) if verb and scan.lexicon.plural_verbs else ()
    return any(word.form.endswith(scan.lexicon.plural_verbs) for word in ends)
