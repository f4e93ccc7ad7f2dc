"""The words and phrases of ``words.json``, in plain form, as they are looked for.

By language: under ``headers`` the keys of a header by what they are about, and their values; under ``orders``
the kinds of words that a freely worded order is built of; under ``unfinished`` those of a line which says
that a part of the text is not there yet; under ``folders`` their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from sitrep.base.patterns import lazy_pattern
from sitrep.base.prepared import prepared
from sitrep.base.shipped import shipped_json
from sitrep.base.values import Struct
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS, plain, plain_each, tells_when
from sitrep.text.spelling import is_near

KeyKind = Literal["draft", "hold", "embargo", "publish", "switch", "withdraw", "status"]
"""What a key is about. draft: yes keeps back. hold, embargo: so does yes, or a moment. publish: a moment,
or no. switch: only no keeps back. withdraw: a reason. status: a word that may say any of these."""
KEY_KINDS: tuple[KeyKind, ...] = ("withdraw", "status", "switch", "publish", "embargo", "hold", "draft")
HOLDING = ("draft", "hold", "embargo")
_CORE = ("draft", "embargo", "publish", "withdraw")
_OPENINGS = ("embargo", "publish", "hold")
Spans = Mapping[str, Sequence[tuple[int, int]]]
"""By kind, where its phrases stand in a line: index of the first word, and behind the last."""
_ELIDED = lazy_pattern(r"^(?:[cdjlmnst]|qu)'")
SHORTEST_STEM = 3
_SHORTEST_NEAR = 5
"""Shorter words have too many neighbours: hold is near to gold, told and cold."""


class Words(Struct, frozen=True, kw_only=True):
    """The lists of all languages together."""

    kinds: Mapping[str, KeyKind]
    """Every word and phrase that may be a key."""
    joined: Mapping[str, str]
    """The same written without blanks."""
    cores: Mapping[str, KeyKind]
    """Single words that mean the same in compounds and with a slip of the pen."""
    openings: frozenset[str]
    """Phrases with which a line begins that says until when it is held back."""
    mild: frozenset[str]
    """Those with which news begins as well: they count where nothing but a moment follows."""
    flat: frozenset[str]
    """What holds a text back wherever it stands in a short line: a word for a draft, "do not publish"."""
    verbs: frozenset[str]
    others: Mapping[str, frozenset[str]]
    """By kind, the words that are no keys."""


Part = Literal["headers", "orders", "unfinished", "folders"]


@cache
def by_language(part: Part) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Language, kind and phrases as the file has them."""
    return {lang: lists[part] for lang, lists in _file().items() if part in lists}


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    return dict[str, Mapping[str, Mapping[str, Sequence[str]]]](shipped_json("lexicon/waiting/words.json"))


def of_kind(kind: str) -> frozenset[str]:
    """Words of every language that are no keys: yes, no, fill, clock and their like."""
    return words().others[kind]


@prepared(Words)
def words() -> Words:
    """The lists in the form in which keys and short lines are looked up."""
    lists = by_language("headers").values()

    def every(kind: str) -> frozenset[str]:
        return frozenset(plain_each(word for language in lists for word in language[kind]))

    kinds: dict[str, KeyKind] = {}
    for kind in KEY_KINDS:
        kinds |= dict.fromkeys(sorted(every(kind) - {""}), kind)
    # Where a language has no list of keys, its noun for a draft is one.
    bare = (
        said["draft"][0] for name, said in by_language("orders").items() if name not in by_language("headers")
    )
    kinds |= dict.fromkeys(map(plain, bare), "draft")
    phrases = {p for name in _OPENINGS for p in every(name) if " " in p}
    news = every("news")
    nouns = {plain(language["draft"][0]) for language in lists}
    # "The paper was not published" tells news.
    told = every("switch")
    unspaced = {p for p in every("hold") if not p.isascii() and WITHOUT_BLANKS.match(p)}
    others = {name: every(name) for name in ("yes", "no", "now", "noon", "clock", "fill", "apart", "names")}
    return Words(
        kinds=kinds,
        joined={w.replace(" ", ""): w for w in sorted(kinds, key=lambda w: -KEY_KINDS.index(kinds[w]))},
        cores={
            word: kind
            for word, kind in kinds.items()
            if kind in _CORE and " " not in word and (len(word) >= 4 or not word.isascii())
        },
        openings=frozenset(p for p in phrases - news if kinds[p] != "hold"),
        mild=frozenset(phrases & news),
        flat=frozenset(
            {p for p in every("draft") if any(f" {noun} " in f" {p} " for noun in nouns)}
            | {p for p in (phrases | unspaced) - news if kinds[p] == "hold" and p.split()[-1] not in told}
        ),
        verbs=frozenset(plain(lang[k][0]).split()[0] for lang in lists for k in ("publish", "withdraw")),
        others=others | {"open": every("open") | told},
    )


def stands_beside(word: str) -> bool:
    """True for what commonly stands beside words of holding back: please, this text, Monday, 8."""
    return word in of_kind("fill") or word in of_kind("clock") or tells_when(word)


@lru_cache(maxsize=4096)
def near(word: str, names: Literal["kinds", "joined", "cores"]) -> str | None:
    """The first of the names that is a slip of the pen away; two slips in nine letters and more."""
    size = len(word)
    if size < _SHORTEST_NEAR or word in of_kind("apart"):
        return None
    most = 2 if size >= 9 else 1
    if sum(map(str.isdecimal, word)) > most:
        return None  # A date, for example: no name has a figure.
    letters = set(word)
    alike = (n for n in _of_about(size, most, names) if len(letters.symmetric_difference(n)) <= 2 * most)
    return next((name for name in alike if is_near(word, name, most)), None)


@lru_cache(maxsize=256)
def _of_about(size: int, most: int, names: Literal["kinds", "joined", "cores"]) -> tuple[str, ...]:
    """Those of the names that are about so long: every line of every text is compared with some of them."""
    known: Mapping[str, str] = getattr(words(), names)
    return tuple(n for n in known if len(n) >= _SHORTEST_NEAR and abs(len(n) - size) <= most)


@lru_cache(maxsize=4096)
def core_of(part: str) -> str | None:
    """The word of publishing that a part of a key is, holds, or is near to."""
    if part in of_kind("apart"):
        return None
    if part in words().cores:
        return part
    holds = (core for core in words().cores if len(core) >= _SHORTEST_NEAR and core in part)
    return next(holds, None) or near(part, "cores")


def apart(said: str) -> list[str]:
    """The single words of a plain text, without articles that are run into them."""
    return [_ELIDED.sub("", word) for word in said.split()] if "'" in said else said.split()


def spans_in(words: list[str], part: Part) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """By language and kind, where phrases of one part of the lists stand in a line."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    known, longest = _phrases(part), _longest(part)
    for start, word in enumerate(words):
        sizes = range(SHORTEST_STEM, min(len(word), longest) + 1)
        for key in (word, *(word[:size] + "*" for size in sizes)):
            for said in known[key].splitlines() if key in known else ():
                lang, kind, *rest = said.split()
                end = start + 1 + len(rest)
                if words[start + 1 : end] == rest:
                    found[lang][kind].append((start, end))
    return found


@cache
def _longest(part: Part) -> int:
    """Signs of the longest word of one part of the lists."""
    return max(map(len, _phrases(part)))


def phrases_in(words: Sequence[str]) -> Mapping[str, Spans]:
    """By language and kind, where phrases of orders stand in a line."""
    return _phrases_in(tuple(words))


@lru_cache(maxsize=64)
def _phrases_in(words: tuple[str, ...]) -> Mapping[str, Spans]:
    # Remembered: a dozen rules ask for those of the same line.
    found = spans_in(list(words), "orders")
    for spans in found.values():
        origins = {start for start, _ in spans.get("from", ())}
        # Confirmation from Damascus is awaited by others; 300 families wait themselves.
        spans["leave"] = [(start, end) for start, end in spans["leave"] if end not in origins]
        spans["who"] = [(s, end) for s, end in spans["who"] if not (s and words[s - 1].isdecimal())]
        # "This evening" is no word for the text.
        whens = [(s, end) for s, end in spans.get("when", ()) if end - s > 1]
        spans["text"] = [(s, end) for s, end in spans["text"] if not any(a <= s < b for a, b in whens)]
        # "Await her say so": nobody says anything there.
        phrases = [(s, end) for kind in spans if kind != "report" for s, end in spans[kind] if end - s > 1]
        said = [(s, end) for s, end in spans.pop("report", ()) if not any(a <= s < b for a, b in phrases)]
        if said:
            spans["report"] = said
    return found


@prepared(dict[str, str])
def _phrases(part: Part) -> Mapping[str, str]:
    """By the first word, or its stem and ``*``: a line for each phrase: language, kind, other words."""
    known: dict[str, list[str]] = defaultdict(list)
    lists = by_language(part).items()
    said = [(lang, kind, text) for lang, kinds in lists for kind in kinds for text in kinds[kind]]
    for (lang, kind, text), folded in zip(said, plain_each(text for _, _, text in said), strict=True):
        first, *rest = apart(folded)
        known[first + "*" * text.endswith("*")].append(" ".join((lang, kind, *rest)))
    return {first: "\n".join(phrases) for first, phrases in known.items()}


def words_of(text: str) -> list[str]:
    """The single words of a text in plain form."""
    return apart(plain(text))


def common_in(words: Sequence[str]) -> set[int]:
    """Where words stand that may stand anywhere."""
    return {at for at, word in enumerate(words) if stands_beside(word)}


def strange_in(words: Sequence[str], spans: Spans, common: set[int]) -> set[int]:
    """Where words stand that have nothing to do with publishing and waiting: what news is made of."""
    return set(range(len(words))) - at_of(spans, *spans) - common


def at_of(spans: Spans, *kinds: str) -> set[int]:
    """Where words of these kinds stand."""
    return {at for kind in kinds for start, end in spans.get(kind, ()) for at in range(start, end)}
