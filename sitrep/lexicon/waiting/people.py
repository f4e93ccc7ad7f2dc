"""A short line with somebody's name -> whether the text waits for them, or is with them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from sitrep.lexicon.waiting.lists import Spans, common_in, phrases_in, strange_in, words_of

_FEW = 4
_QUOTES = "\"'“”„«»‹›(*_@"
_SOMEBODY = (("read", "when not first text wait"), ("ask", "first text"), ("wait", "leave"))
"""Kinds of which two in a line are enough where a word is perhaps a name, and the others are known."""
PEOPLE = (*_SOMEBODY, ("read", "leave"), ("ask", "not"))
"""The same where the name opens the line."""
_CASUAL = (*_SOMEBODY, ("when", "safe leave who read ask publish send wait"))
"""The same in a line without capitals, as headlines are not typed."""


def tells_who_has_it(value: str) -> bool:
    """True for a status by which somebody has the text: ``with the lawyers``, ``Lena has it``."""
    words, names = words_of(value), names_in(value, small=False)
    common = common_in(words)
    for spans in phrases_in(words).values():
        strange = {words[at] for at in strange_in(words, spans, common)}
        about = any(spans.get(kind) for kind in ("who", "leave", "check", "read", "ask", "with"))
        if len(strange) < _FEW // 2 and (
            (about and strange <= names) or (spans.get("self") and words[0] in strange)
        ):
            return True
    return False


def waits_for_somebody(words: Sequence[str], line: str) -> bool:
    """True if a line tells to wait, or that its writer waits, and for whom, and nothing else, puts somebody
    first, or says who is to look at the text: ``Wait for Omar``, ``Omar first``, ``after Omar is home``."""
    small = line[:1].islower()
    names, pairs = names_in(line, small=small), _CASUAL if small else _SOMEBODY
    common = common_in(words)
    for found in phrases_in(words).values():
        spans = found if line.isupper() else _without_surnames(found, words, names)
        strange = {words[at] for at in strange_in(words, spans, common)}
        waits = any(end - start < len(words) for start, end in spans.get("await", ()))
        first = (
            strange and len(words) < _FEW + (len(strange) == 1) and (spans.get("first") or spans.get("read"))
        )
        asks = waits or first or (len(strange) == 1 and len(words) <= 2 * _FEW and together(spans, pairs))
        if asks and strange <= names and len(strange) <= _FEW // 2 and not spans.get("report"):
            return True
    return False


def _without_surnames(spans: Spans, words: Sequence[str], names: Set[str]) -> Spans:
    """The phrases without a word for reading that has a capital inside the line: Bruce Lee reads nothing."""
    read = spans.get("read", ())
    kept = [(start, end) for start, end in read if not start or not names >= set(words[start:end])]
    return spans if len(kept) == len(read) else {**spans, "read": kept}


def names_in(line: str, *, small: bool) -> Set[str]:
    """The words of a line, in plain form, that may be somebody's name: with a capital, or in letters that
    have none and without an article; any where it does without capitals (``small``)."""
    told = (word.strip(_QUOTES) for word in line.split())
    return {
        part
        for word in told
        if small or not (word[:1].islower() or word.startswith("ال"))
        for part in words_of(word)
    }


def together(spans: Spans, pairs: Sequence[tuple[str, str]]) -> bool:
    """True if words of two kinds of a pair stand in a line beside each other."""
    return not spans.get("report") and any(
        one[1] <= other[0] or other[1] <= one[0]
        for kinds, others in pairs
        for kind in kinds.split()
        for one in spans.get(kind, ())
        for also in others.split()
        for other in spans.get(also, ())
    )
