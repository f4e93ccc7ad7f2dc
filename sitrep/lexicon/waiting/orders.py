"""A short line in the place of a header -> whether it orders to wait.

No list holds all that tired people type, so this goes by the build of a line: it opens with a word of
publishing, waiting, asking or refusing (news opens with who does what), and has another of them; what
follows the word of publishing is nothing, or says when. "Wait for Anna before publishing" is one; "The army
will not publish numbers before noon" and "Do not post photos of checkpoints" are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import LETTER, LETTERS, PAUSES, STOPS
from sitrep.lexicon.waiting.keys import meaning_of
from sitrep.lexicon.waiting.lists import (
    Spans,
    at_of,
    common_in,
    phrases_in,
    stands_beside,
    strange_in,
    words_of,
)
from sitrep.lexicon.waiting.people import PEOPLE, together, waits_for_somebody
from sitrep.lexicon.waiting.phrases import is_plainly_held, says_hold
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS, plain, tells_when
from sitrep.lexicon.waiting.unfinished import tells_unfinished
from sitrep.lexicon.waiting.unspaced import is_forbidden_unspaced

_MOST_WORDS = 14
_NUMBER = lazy_pattern(r"\b[nN]\.?º\s?")
"""Nº 12 and n.º 12 are a number, and no "no"."""
_FEW = 4
"""Words of a line of which two signs, or a moment after a word of waiting, are enough."""
_PARTS = lazy_pattern(rf"[(){STOPS}{PAUSES}]|\s[-–—]+\s")
_NAMED = lazy_pattern(rf"\s*@?{LETTERS}(?: {LETTERS})?\s?:\s+")
_LOUD = lazy_pattern(rf"\s*({LETTER}{{4,}}(?: {LETTERS})?)\s*(!|[-–—]|,)")
_FILLED = lazy_pattern(r"\W*(?:[xXхХ]\s?){2,}\W*$|(?:[?？]\s?){2,}$|(?:\W*\b(?:TK|TKTK|TBC|TBA)\b)+\W*$")
"""What stands in the place of words: XXX, ???, TK."""
_REMARK = lazy_pattern(r"[(\[{<«*_~=/#!].*[)\]}>»*_~=/#!]$")
"""A line between signs, as people write what is not part of the news."""

_Rule = tuple[str, str, int]

_SIGNS = "strong publish send not wait only when keep first check ask leave who due"
_ASIDE = ("courtesy", "audience", "self", "text")
_RULES: tuple[_Rule, ...] = (
    ("strong", "", _MOST_WORDS),
    ("not", "told", _MOST_WORDS),
    ("not", "spread", _MOST_WORDS),
    ("keep wait", "text when", _MOST_WORDS),
    ("publish only when", "told|spread not|only|wait|ask", _MOST_WORDS),
    ("wait", "leave|who|publish|ask", _MOST_WORDS),
    ("wait not only", "when given", 2 * _FEW),
    ("due", "moment", _FEW + 2),
)
"""An order opens with one of these kinds, has one of each of those, and no more words than that."""
_MILD = ("when", "not", "only")
_PAIRS = (
    ("publish", "when only ask not wait keep check"),
    ("send", "when only ask not wait keep"),
    ("keep", "when text audience"),
    ("check", "when not wait"),
    ("wait", "when text"),
    ("audience", "only not keep"),
)
"""Kinds of which two in a line are enough that is of nothing else."""
_QUESTIONS = (("publish send text check draft", "who leave when not ask"), ("leave", "text who"))
_MINE = ("me", "when ask")
"""Two more where nobody reports, is spoken to, or says goodbye."""
_SURE = 5
"""So many of the first rules hold also for who reports something, is spoken to, or ends a text."""
_ALONE = 2
"""So many of them hold for what stands beside something else."""


@lru_cache(maxsize=256)
def order_to_wait(line: str, *, last: bool = False) -> str | None:
    """The words by which a line asks not to publish a text, or not yet; None for any other line. ``last``: it
    stands below the news, where people thank, announce and advise: it must speak of publishing."""
    line = _NUMBER.sub("", line)
    held = says_hold(line)
    if held and (not last or " " in held or is_plainly_held(held)):
        return held
    if tells_unfinished(line, last=last) or _FILLED.match(line):
        return plain(line) or line.strip()
    last = last and not _REMARK.match(line)
    named = _NAMED.match(line)
    if line.lstrip().startswith("@") and _tells_to(words_of(line), *_SIGNS.split()):
        return plain(line)
    if named and (meaning_of(named[0]) or _tells_to(words_of(named[0]), "publish", "send", "due")):
        named = None
    elif named:  # "Sam: do not post this": somebody is spoken to.
        line = line[named.end() :]
    parts = [words for part in _PARTS.split(line) if (words := words_of(part))]
    whole = [word for part in parts for word in part]
    if not whole or len(whole) > _MOST_WORDS:
        return None
    short = len(parts) > 1 and (len(whole) <= 2 * _FEW or _tells_to(whole, "me"))
    told = last or named or any(spans.get("report") for spans in phrases_in(whole).values())
    rules = _RULES[: _SURE if told else None]
    cried = len(whole) == 1 and line.isupper() and _tells_to(whole, "wait", "check", "read")
    refuses = not told and (cried or _only_refuses(whole))  # "REVIEW", "STOP"
    if refuses or _is_order(whole, rules) or waits_for_somebody(whole, line):
        return " ".join(whole)
    for at, words in enumerate(parts if len(parts) > 1 else ()):
        # What is said beside something else must be sure of itself.
        opening = not at and 2 * len(words) > len(whole)
        if _is_order(words, rules if short or opening else _RULES[:_ALONE]):
            return " ".join(words)
    if not any(map(str.isdecimal, whole)) and _wonders(whole, line):
        return " ".join(whole)
    loud = _LOUD.match(line)
    if loud and (loud[2] == "!" or loud[1].isupper()) and says_hold(loud[1]):
        return plain(loud[1])
    first = " ".join(parts[0])
    waits = len(parts[0]) > 1 and says_hold(first) and any(map(stands_beside, parts[0]))
    return first if short and (waits or (len(first) > _FEW and is_plainly_held(first))) else None


def _only_refuses(words: Sequence[str]) -> bool:
    """True for "Don't.", "Please not today yet": a no, and nothing else but when; no article opens it."""
    return any(
        spans.get("not")
        and 0 in at_of(spans, *spans)
        and len("".join(words)) > 1
        and not strange_in(words, spans, common_in(words))
        and at_of(spans, *spans) <= at_of(spans, *_MILD, *_ASIDE)
        for spans in phrases_in(words).values()
    )


def _wonders(words: Sequence[str], line: str) -> bool:
    """True for a question, or what stands in brackets, that is about publishing or leave to do it."""
    aside = _REMARK.match(line) and line.lstrip()[0] in "[({"
    pairs = _QUESTIONS if line.rstrip().endswith("?") else _PAIRS[:2] if aside else ()
    return any(together(spans, pairs) for spans in phrases_in(words).values())


def asks_to_keep(key: str) -> bool:
    """True for a key to which a yes keeps the text back, though it is on no list of keys: ``withhold``."""
    return _tells_to(words_of(key), "wait", "keep", "strong", "draft")


def opens_with_when(value: str) -> bool:
    """True for "when Hala says so", "once the names are checked"."""
    return any(
        not start for spans in phrases_in(words_of(value)).values() for start, _ in spans.get("when", ())
    )


def _tells_to(words: Sequence[str], *kinds: str) -> bool:
    """True if phrases of one of the kinds stand there, and nobody reports anything."""
    spoken = [spans for spans in phrases_in(words).values() if not spans.get("report")]
    return any(spans.get(kind) for spans in spoken for kind in kinds)


def _is_order(words: Sequence[str], rules: Sequence[_Rule]) -> bool:
    if WITHOUT_BLANKS.search("".join(words)):
        return is_forbidden_unspaced("".join(words))
    common = common_in(words)
    return any(_is_order_in(words, spans, rules, common) for spans in phrases_in(words).values())


def _is_order_in(words: Sequence[str], spans: Spans, rules: Sequence[_Rule], common: set[int]) -> bool:
    """True if a line is an order by the phrases of one language that stand in it."""
    beside = common | at_of(spans, *_ASIDE)
    if _is_forbidden(words, spans, beside) or (len(rules) > _ALONE and _is_draft(words, spans, beside)):
        return True
    strange = strange_in(words, spans, common)
    pairs = (*_PAIRS, _MINE) if len(rules) > _SURE else _PAIRS
    if strange <= {0} and together(spans, PEOPLE if strange else pairs):
        return True
    if not strange and spans.get("strong"):
        return True
    if len(rules) > _SURE and len(strange) <= _FEW // 2 and _speaks_of_itself(words, spans, common):
        return True
    first = min((start for kind in _SIGNS.split() for start, _ in spans.get(kind, ())), default=len(words))
    if first == len(words) or not beside.issuperset(range(first)):
        return False
    opens = {kind for kind in _SIGNS.split() if any(start == first for start, _ in spans.get(kind, ()))}
    if any(start < first for start, _ in spans.get("self", ())):
        opens.discard("keep")  # "It remains unclear" orders nothing.
    there = _signs_of(words, spans, beside)
    opens |= {"publish"} & {kind.replace("due", "publish") for kind in opens}
    after = {end for start, end in spans.get("not", ()) if start == first}
    told = not there.isdisjoint(("publish", "send"))
    if len(strange) > (_FEW if told else 1):
        opens &= {"strong"}
    if len(strange) > _FEW // 2:
        opens -= {"when"}
    if not told and strange & after:  # "Do not drink the water" speaks of something else.
        opens -= {"not"}
    return any(
        not opens.isdisjoint(openings.split())
        and len(words) - first <= most
        and all(not there.isdisjoint(needed.split("|")) for needed in needs.split())
        for openings, needs, most in rules
    )


def _signs_of(words: Sequence[str], spans: Spans, beside: set[int]) -> set[str]:
    """The kinds that stand in a line; ``told`` and ``spread``: publishing, with no more than when after it;
    ``given``: a word of leave ends the line; ``moment``: besides what is due only when."""

    def closes(kind: str, *before: str) -> bool:
        stops = {start for other in before for start, _ in spans.get(other, ())} | {len(words)}
        return any(
            all(at in beside for at in range(end, min(stop for stop in stops if stop >= end)))
            for _, end in spans.get(kind, ())
        )

    until = ("when", "only", "not")
    whens, left = at_of(spans, "when"), set(range(len(words))) - at_of(spans, "due")
    made = {
        "moment": left <= beside | whens and any(at in whens or tells_when(words[at]) for at in left),
        "told": closes("publish", *until, "wait", "ask"),
        "spread": not spans.get("report") and closes("send", *until),
        "given": any(closes(kind) for kind in ("leave", "who", "event", "safe", "ask")),
    }
    return {kind for kind, where in spans.items() if where} | {kind for kind, holds in made.items() if holds}


def _is_draft(words: Sequence[str], spans: Spans, beside: set[int]) -> bool:
    """True if nothing but a word for a draft stands there: ``TEST TEST TEST``, ``parked for now``."""
    left = sorted(set(range(len(words))) - beside - at_of(spans, *_MILD))
    drafts, rest = at_of(spans, "draft"), " ".join(words[at] for at in left)
    if drafts and drafts.issuperset(left):
        return True
    return len(rest) < len(" ".join(words)) and len(words) <= 2 * _FEW and is_plainly_held(rest)


def _speaks_of_itself(words: Sequence[str], spans: Spans, common: set[int]) -> bool:
    """True for "nobody should see this yet", "this is for after the vigil"; not for "this bridge"."""
    known = {start for kind, where in spans.items() if kind != "text" for start, _ in where}
    known |= {at for at in common if not words[at].isdecimal()}
    itself = any(end == len(words) or end in known for _, end in spans.get("text", ()))
    until = set(spans.get("when", ())).difference(spans.get("first", ()), spans.get("only", ()))
    # "Only a short text today" says when, and nothing of waiting.
    other = any(spans.get(kind) for kind in ("not", "wait", "keep", "event", "leave", "safe"))
    return itself and other and bool(until) and not spans.get("report") and len(words) <= 2 * _FEW + 2


def _is_forbidden(words: Sequence[str], spans: Spans, beside: set[int]) -> bool:
    """True if a line ends with, or hardly says more than, what in some languages only an order is; or says
    last that publishing is for later: ``... before publication``."""
    if spans.get("report"):
        return False
    if any(end == len(words) or len(words) <= _FEW + 2 for _, end in spans.get("forbid", ())):
        return True
    published = spans.get("publish", ())
    ends = {end for _, end in published}
    if any(start in ends for start, _ in spans.get("last", ())):
        return True
    before = {end for _, end in spans.get("when", ())}
    refused = min((start for start, _ in spans.get("not", ())), default=0)
    if any(at < refused for at in strange_in(words, spans, beside)):  # "The lists are not yet published."
        return False
    return len(words) <= 2 * _FEW and any(
        start in before and beside.issuperset(range(end, len(words))) for start, end in published
    )
