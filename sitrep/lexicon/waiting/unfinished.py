"""A short line, or the name of a folder -> whether it says that the text is not whole yet.

"Missing: the photos" and "the second half comes from Anna" speak of what a text consists of, and that it is
to come; "Missing: four fishermen" and "Half of the town has no water" speak of something else. And who says
"I" in such a line, "I will finish tonight", is the writer: reports do not say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.waiting.lists import Spans, at_of, by_language, common_in, phrases_in, spans_in, words_of
from sitrep.lexicon.waiting.people import names_in, together
from sitrep.lexicon.waiting.plain import plain

_MOST_WORDS = 10
_MOST_STRANGE = 3
_KNOWN = (
    "courtesy", "when", "not", "only", "first", "me", "self", "text", "who", "with", "read", "ask", "check",
    "leave", "wait", "send",
)  # fmt: skip
"""Kinds of words of orders that may stand beside what a text lacks."""
_GIVEN = "ask read leave wait me"
"""Kinds of orders that say of a part of the text for what it waits."""
_WORK = ["wait", "read", "ask", "leave", "check", "publish", "portion", "piece", "lack", "mine"]
_ARTICLES = frozenset(["the", "die", "der", "den", "les", "des", "los", "las", "i", "gli", "os", "as"])
_BRACKETS = lazy_pattern(r"\W*[(\[{<].*[)\]}>]\W*$")


def tells_unfinished(line: str, *, last: bool = False) -> bool:
    """True if a line says that a part of the text is still missing or to come, or what its writer is still
    to do. ``last``: it stands below the news, where "Photos to follow" is said to readers."""
    words = words_of(line)
    if len(words) > _MOST_WORDS:
        return False
    found = spans_in(words, "unfinished")
    orders = phrases_in(words) if found else {}
    return any(
        _tells_in(words, line, spans, orders.get(lang, {}), last=last)
        for lang, spans in found.items()
        if not orders.get(lang, {}).get("report")
    )


def _tells_in(words: Sequence[str], line: str, spans: Spans, orders: Spans, *, last: bool) -> bool:
    beside = common_in(words) | at_of(orders, *_KNOWN)
    strange = set(range(len(words))) - beside - at_of(spans, *spans)
    names = {at for at, word in enumerate(words) if word in names_in(line, small=False)}
    unknown = strange - names
    if len(strange) > _MOST_STRANGE or len(unknown) > 1:
        return False
    portions = at_of(spans, "portion")
    mine = spans.get("mine", ())
    before = beside | portions | at_of(spans, "piece")
    ends = (len(words) - 1, len(words))  # Where some languages have their verb.
    if any(before.issuperset(range(span[0])) or span == ends for span in mine):
        return True
    # "The missing" are people.
    lacks = [(s, end) for s, end in spans.get("lack", ()) if not (s and words[s - 1] in _ARTICLES)]
    both = {**orders, **spans, "lack": lacks}
    # "Winter will decide the rest" closes a text.
    given = "lack from" if last else f"lack from {_GIVEN}"
    if unknown <= {at - 1 for at in portions} and together(both, (("portion", given),)):
        return True
    told_to_writers = (
        not last
        or spans.get("still")
        or (":" in line and any(not start for start, _ in lacks))
        or _BRACKETS.match(line)
        or line.lstrip(" -–—*•")[:1].islower()
    )
    return bool(told_to_writers) and together(both, (("piece", "lack must"),))


def speaks_of_work(line: str) -> bool:
    """True for a short line with words of two kinds of what people do with a text: wait, ask, finish."""
    words = words_of(line)
    orders, unfinished = phrases_in(words), spans_in(words, "unfinished")
    both = ((orders.get(lang, {}), unfinished.get(lang, {})) for lang in {*orders, *unfinished})
    return any(
        not spans.get("report") and sum(bool(spans.get(kind) or also.get(kind)) for kind in _WORK) > 1
        for spans, also in both
    )


def is_waiting_folder(name: str) -> bool:
    """True for a folder named after what is still to be done with its texts, or that begins with a word for
    many drafts: ``pending``, ``à valider``, ``drafts-anna``."""
    said = plain(name.replace("_", " "))
    return said in _folders("waiting") or any(
        f"{said} ".startswith(f"{word} ") for word in _folders("drafts")
    )


@cache
def _folders(kind: str) -> frozenset[str]:
    lists = by_language("folders").values()
    return frozenset(plain(name) for kinds in lists for name in kinds[kind])
