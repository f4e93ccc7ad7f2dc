"""A heading or an item -> whether it is no news, but an order not to publish and nothing else."""

from __future__ import annotations

from sitrep.lexicon.waiting.lists import Spans, at_of, common_in, phrases_in, words_of
from sitrep.lexicon.waiting.people import together
from sitrep.lexicon.waiting.phrases import holds_until
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS, tells_when
from sitrep.lexicon.waiting.unspaced import is_forbidden_unspaced

_MOST_WORDS = 14
_FORBIDS = (("publish send", "not keep wait when"), ("audience", "only not"))
_ORDERED = (
    "forbid", "strong", "publish", "send", "not", "keep", "wait", "only", "courtesy", "audience", "self",
    "text", "when", "first", "due",
)  # fmt: skip
"""The kinds of which an order consists that stands in the place of news, and the pairs that make it one."""


def is_nothing_but_an_order(line: str) -> bool:
    """True if each word of a line is of forbidding or putting off: no news is made of these. "Please do not
    publish yet", "Embargo until 1 January"; not "Do not publish locations"."""
    words = words_of(line)
    if WITHOUT_BLANKS.search(line):
        return is_forbidden_unspaced("".join(words), whole=True)
    if len(words) > _MOST_WORDS or not words:
        return False
    common, every = common_in(words), set(range(len(words)))
    holding = {at for at, word in enumerate(words) if holds_until(word)}
    moment = any(map(tells_when, words))

    def orders(spans: Spans) -> bool:
        until = at_of(spans, "when")
        if holding and (until or moment) and common | holding | until >= every:
            return True
        says = (
            spans.get("forbid")
            or spans.get("strong")
            or together(spans, _FORBIDS)
            or (spans.get("due") and moment)
        )
        return bool(says) and common | at_of(spans, *_ORDERED) >= every

    return any(map(orders, (phrases_in(words) or {"": {}}).values()))
