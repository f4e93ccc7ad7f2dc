"""Words before a verb that comes last -> its subject: what a mark of it closes, or the first body."""

from __future__ import annotations

from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.sorting.places import Scan
from sitrep.sorting.who_is_named import body_in

_NEAR = 2
"""So many words before a word for officials may say which: "Sağlık Bakanlığı"."""
_FARTHEST_MARK = 8
"""Words of a subject, at most."""
_COMPLEMENTS = 2
"""Words behind a word for officials that say of what: شرکت آب."""


def subject_in(scan: Scan, begin: int, end: int, verb: int) -> tuple[int, int] | None:
    """Where the subject stands of a verb, of the words before it or of its whole sentence; nothing where it
    is no body and no actor."""
    opened = _marked(scan, verb) or _before_comma(scan, verb)
    if opened and _named(scan, *opened):
        return opened
    found = _named(scan, begin, end)
    if found is None:
        return None
    words = scan.words
    start, stop = found
    while (further := body_in(scan, stop, min(stop + 2, end))) and further[0] == stop:
        stop = further[1]
    while stop < end and words[stop].capital and not words[stop].stop:
        stop += 1
    stop = with_complement(scan, stop, end)
    if start - begin <= _NEAR and not is_unspaced(words[start].token):
        start = begin
    return start, stop


def _named(scan: Scan, begin: int, end: int) -> tuple[int, int] | None:
    """Where the first body, actor or name of initials stands."""
    body = body_in(scan, begin, end)
    actor = next(((m.start, m.end) for m in scan.mentions if begin <= m.start and m.end <= end), None)
    initials = next(
        (i for i in range(begin, end) if len(scan.words[i].token) > 1 and scan.words[i].token.isupper()), None
    )
    alone = None if initials is None else (initials, initials + 1)
    return min(filter(None, (body, actor, alone)), default=None)


def _marked(scan: Scan, verb: int) -> tuple[int, int] | None:
    """What a word of the language closes as a subject, from the opening of the sentence: は, ने."""
    words, lexicon = scan.words, scan.lexicon
    if not lexicon.subject_marks:
        return None
    begin = next((i for i in range(verb, 0, -1) if words[i - 1].stop == 2), 0)
    for i in range(begin, min(begin + _FARTHEST_MARK, verb + 1)):
        if words[i].stop:
            return None
        run = is_unspaced(words[i].token) and i > begin and lexicon.is_official(words[i - 1].form)
        if words[i].form in lexicon.subject_marks or (run and words[i].token[0] in lexicon.subject_marks):
            return begin, i
    return None


def _before_comma(scan: Scan, verb: int) -> tuple[int, int] | None:
    """The body that opens the sentence, with a comma behind it as behind a subject: "Valilik, ..."."""
    words = scan.words
    begin = next((i for i in range(verb, 0, -1) if words[i - 1].stop == 2), 0)
    end = next((i for i in range(begin, min(begin + _FARTHEST_MARK, verb)) if words[i].stop), begin)
    parted = end > begin and words[end].token in (",", "،")
    return (begin, end) if parted and scan.lexicon.is_official(words[end - 1].form) else None


def with_complement(scan: Scan, stop: int, end: int) -> int:
    """The end of what says of what a body is, where the language has that behind it: "Rêveberiya Avê". A word
    or two up to the verb or to a preposition; up to anything where the body's ending asks for it."""
    words, lexicon = scan.words, scan.lexicon
    if not lexicon.links or not stop:
        return stop
    for last in range(min(stop + _COMPLEMENTS, end), stop, -1):
        more = words[stop:last]
        if any(w.stop or w.gives or w.form in lexicon.not_names for w in more):
            continue
        ends = last < end and (words[last].gives or words[last].form in lexicon.days)
        bound = last == end or (last == stop + 1 and ends)
        linked = lexicon.links != ("",) and words[stop - 1].form.endswith(lexicon.links)
        if bound or (linked and last == stop + 1):
            return last
    return stop
