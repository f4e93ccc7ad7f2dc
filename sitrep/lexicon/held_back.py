"""What a header key, a value or a short line says about publishing, in the languages of ``held_back.json``.

A text that is published too early cannot be called back, so this errs to one side: what merely looks like
a word of holding back is told as such, and the reader of headers refuses what it does not understand whole.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from sitrep.base.values import Struct
from sitrep.lexicon.phrases import fold
from sitrep.text.spelling import is_near

_FILE, _DAYS = (Path(__file__).with_name(f"{name}.json") for name in ("held_back", "names_of_days"))
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_DONT = re.compile(r"\bdont\b")
_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST_NEAR = 5
"""Shorter words have too many neighbours: hold is near to gold, told and cold."""

KeyKind = Literal["draft", "hold", "embargo", "publish", "switch", "withdraw", "status"]
"""What a key is about. draft: yes keeps back. hold, embargo: so does yes, or a moment. publish: a moment,
or no. switch: only no keeps back. withdraw: a reason. status: a word that may say any of these."""
_KINDS: tuple[KeyKind, ...] = ("withdraw", "status", "switch", "publish", "embargo", "hold", "draft")
_CORE: tuple[KeyKind, ...] = ("draft", "embargo", "publish", "withdraw")
_OPENINGS = ("embargo", "publish", "hold")
_HOLDING = ("draft", "hold", "embargo")
_PARTS = re.compile(r"[\[\](){}|/!?;,.:·•]|\s[-–—]+\s|\n")
_MOST_WORDS = 8
"""Of a line of which only a part says that it is held back."""
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_VERSION = re.compile(r"v?\d+[a-z]?")
_SIMPLIFIED = str.maketrans(
    "發佈請內態狀隱開確認審絕轉傳載線網禁時間現終擱暫緩嚴單須經報導圖動標題記錄",
    "发布请内态状隐开确认审绝转传载线网禁时间现终搁暂缓严单须经报导图动标题记录",
)
"""Traditional signs of the words in the lists, which are written with simplified ones."""


class Meaning(Struct, frozen=True):
    """What a key is about."""

    kind: KeyKind
    exact: bool
    """It is spelled as the list has it; otherwise it is near to ``word`` or made of it."""
    word: str
    whole: bool = True
    """The key as a whole is that; otherwise one of its words is."""


class _Words(Struct, frozen=True, kw_only=True):
    """The lists of all languages together, each word in plain form."""

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
    yes: frozenset[str]
    no: frozenset[str]
    now: frozenset[str]
    noon: frozenset[str]
    clock: frozenset[str]
    open: frozenset[str]
    fill: frozenset[str]
    apart: frozenset[str]
    names: frozenset[str]
    """Words that as the name of a file or folder say that it is not for everybody."""


def plain(text: str) -> str:
    """A short text as its words alone: no case, accents, signs or invisible letters, single blanks."""
    return _in_words(_folded(text))


def plain_each(texts: Iterable[str]) -> Iterator[str]:
    """The same of many texts, in one go."""
    return map(_in_words, _folded("|".join(texts)).split("|"))


def _folded(text: str) -> str:
    visible = text if text.isascii() else _UNSPACED.sub(_simplified, _visible(text))
    return fold(_INSIDE.sub(" ", visible)).replace("’", "'").replace("n't", "nt").replace("ı", "i")


def _simplified(found: re.Match[str]) -> str:
    return found[0].translate(_SIMPLIFIED)


def _in_words(folded: str) -> str:
    said = folded if folded.isalnum() else " ".join(_WORD.findall(folded))
    return _DONT.sub("do not", said) if "dont" in said else said


def _visible(text: str) -> str:
    for sign in sorted(set(text)):
        if unicodedata.category(sign) == "Cf":
            text = text.replace(sign, " " if sign == "\u200c" else "")
    return text


def meaning_of(key: str) -> Meaning | None:
    """What a key says about publishing: by the very word, a compound of it, or a slip of the pen near to it.

    None where nothing in it looks so.
    """
    words, name = _words(), plain(key)
    if name in words.apart or not name:
        return None
    if kind := words.kinds.get(name):
        return Meaning(kind, True, name)
    joined = name.replace(" ", "")
    if known := words.joined.get(joined):
        return Meaning(words.kinds[known], True, known)
    if near := _near(joined, "joined"):
        known = words.joined[near]
        return Meaning(words.kinds[known], False, known)
    parts = name.split()
    found = _compound(parts, words) if len(parts) <= 6 else None
    return Meaning(words.cores[found], False, found, len(parts) == 1) if found else None


def is_setting(key: str) -> bool:
    """True if a key consists of words of publishing and of words that commonly stand beside them."""
    words = _words()
    return all(
        p in words.fill or p.isdecimal() or _core_of(p, words) or p in words.kinds for p in plain(key).split()
    )


def says_hold(text: str) -> str | None:
    """The phrase by which a whole short line (``DRAFT``, ``Do not publish!``) or its opening (``Embargoed
    until Friday``) asks to hold the text back; None for any other line.
    """
    words, said = _words(), plain(text)
    if not said or said in words.apart:
        return None
    if all(len(part) == 1 for part in said.split()):
        said = said.replace(" ", "")
    if words.kinds.get(said) in _HOLDING or _holds_near(said, words):
        return said
    trimmed = _trimmed(said, words)
    if words.kinds.get(trimmed) in _HOLDING or _all_hold(trimmed, words):
        return trimmed
    return opens_hold(text) or _holds_in_part(text, words)


def opens_hold(text: str) -> str | None:
    """The phrase with which a text begins to say until when it is held back: ``Embargoed until``; or the
    word of holding back beside which nothing stands but a moment: ``Strict embargo, Monday 8am``."""
    words, parts = _words(), plain(text).split()
    begins = [" ".join(parts[:size]) for size in range(1, min(len(parts), _MOST_WORDS))]
    if found := next((begin for begin in begins if begin in words.openings), None):
        return found
    mild = next((begin for begin in reversed(begins) if begin in words.mild), "")
    parts = parts[len(mild.split()) :]
    if not mild and not any(_holds_until(part, words) for part in parts):
        return None
    left = [p for p in parts if p not in words.fill | words.clock and not tells_when(p)]
    held = all(_holds_until(part, words) for part in left)
    return (mild or left[0]) if held and len(left) < len(parts) else None


def _holds_until(part: str, words: _Words) -> bool:
    """True for a word, or a slip of one, after which a moment says how long: embargo, hold."""
    return (words.kinds.get(part) or words.cores.get(_near(part, "cores") or "")) in ("embargo", "hold")


def _holds_in_part(text: str, words: _Words) -> str | None:
    """What a part or the end of a short line says flatly: ``Draft, for Anna``, ``Homs do not publish``."""
    said = plain(text)
    inside = said.split()
    if len(inside) > _MOST_WORDS:
        return None
    parts = (plain(part) for part in _PARTS.split(text))
    found = next((p for p in parts if p in words.flat or _trimmed(p, words) in words.flat), None)
    spans = (" ".join(inside[start:end]) for start, end in combinations(range(len(inside) + 1), 2))
    flat = (span for span in spans if span in words.flat and words.kinds[span] == "hold")
    return found or next((f for f in flat if said.endswith(f" {f}") or _is_fill(said, f, words)), None)


def _is_fill(said: str, phrase: str, words: _Words) -> bool:
    """True if nothing that matters stands around a phrase: ``please do not publish this``."""
    before, _, after = f" {said} ".partition(f" {phrase} ")
    beside = f"{before} {after}".split()
    return all(p in words.fill | words.clock or tells_when(p) for p in beside)


def _all_hold(trimmed: str, words: _Words) -> bool:
    """True for several words each of which holds back: ``embargo draft``, ``private, pending``."""
    return bool(trimmed) and all(words.kinds.get(part) in _HOLDING for part in trimmed.split())


def tells_when(word: str) -> bool:
    """True for what a day or a time is written with: numbers, names of months and of days."""
    names = _names_of_days()
    return any(map(str.isdecimal, word)) or word in names or (len(word) > 6 and word[:-1] in names)


@cache
def _names_of_days() -> frozenset[str]:
    """Read from a file: asking CLDR for them, in all the languages, costs as much as a whole start."""
    names = json.loads(_DAYS.read_text(encoding="utf-8"))
    return frozenset(names) | {"am", "pm", "noon", "midnight", "tomorrow", "today"}


def is_plainly_held(text: str) -> bool:
    """True if a text is nothing but a word for a draft, one that says who may read it, or a phrase of
    several words that holds back."""
    words = _words()
    return any(
        kind == "draft" or said in words.names or (kind == "hold" and " " in said)
        for said in (plain(text), _trimmed(plain(text), words))
        if (kind := words.kinds.get(said))
    )


def is_verb(word: str) -> bool:
    """True for "publish", "withdraw" and their like, which open no line of news: not for "release"."""
    return word.split()[0] in _words().verbs


def marks_hold(text: str) -> bool:
    """True if a part of a date line holds back: ``[EMBARGOED] Update``, ``6 May (private)``."""
    said, words = plain(text), _words()
    trimmed = _trimmed(said, words)
    known = words.joined.get(said, said)
    return words.kinds.get(known) in _HOLDING or trimmed in words.flat or _all_hold(trimmed, words)


def says_flatly(text: str) -> bool:
    """True if every part of a text holds back, and one of them flatly: ``Draft, do not publish``."""
    parts = [part for part in _PARTS.split(text) if plain(part)]
    words = _words()
    said = {words.joined.get(word, word) for part in parts for word in (plain(part), *plain(part).split())}
    return bool(parts) and all(map(marks_hold, parts)) and not said.isdisjoint(words.flat)


def stands_beside(word: str) -> bool:
    """True for what commonly stands beside words of holding back: please, this text, Monday, 8."""
    words = _words()
    return word in words.fill | words.clock or tells_when(word)


def words_beside(value: str) -> int:
    """How many words a value has besides those of a moment."""
    return sum(not stands_beside(p) for p in plain(value).split())


def truth_of(value: str) -> bool | None:
    """True or False for yes and no in any of the languages; None for anything else, also for nothing."""
    said, words = plain(value), _words()
    return True if said in words.yes else False if said in words.no else None


def is_now(value: str) -> bool:
    """True for "now", "sofort", "maintenant"."""
    return plain(value) in _words().now


def is_noon(word: str) -> bool:
    """True for "noon", "mittags", "midi"."""
    return plain(word) in _words().noon


def clock_words() -> frozenset[str]:
    """Words that commonly stand beside a date and a time and change neither, in plain form."""
    return _words().clock


def status_of(value: str) -> Literal["open", "held"] | None:
    """What the value of a status says; None for a word that is not known."""
    said, words = plain(value), _words()
    if words.kinds.get(said) in ("draft", "hold", "embargo", "withdraw") or says_hold(value):
        return "held"
    return "open" if said in words.open or said in words.yes else None


def is_held_name(name: str) -> bool:
    """True for a name of a file or folder that says that it is held back, and else only when or which one:
    ``2024-12-06 EMBARGO``, ``drafts (old)``, ``do_not_publish``; not for ``Draft law passes``."""
    words, said = _words(), plain(name.replace("_", " "))
    parts = said.split()
    if any(f" {f} " in f" {said} " for f in words.flat if words.kinds[f] == "hold"):
        return True
    if not any(words.kinds.get(part) in _HOLDING for part in parts):
        return False
    aside = words.fill | words.open | {"old", "new"}
    left = [p for p in parts if p not in aside and not _VERSION.fullmatch(p) and not tells_when(p)]
    # A text may be called "later" or "deleted"; none is called "private" or "embargoed".
    named = words.names.union(words.flat, words.cores)
    return _all_hold(" ".join(left), words) and any(p in named or _core_of(p, words) for p in left)


def ends_in_draft(name: str) -> bool:
    """True if the last words of a name are one for a draft: ``peace talks DRAFT``."""
    parts = [part for part in plain(name).split() if not part.isdecimal()]
    kinds = _words().kinds
    return any(kinds.get(" ".join(parts[-size:])) == "draft" for size in (1, 2, 3) if size < len(parts))


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    lists: Mapping[str, Mapping[str, list[str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return lists


@cache
def _words() -> _Words:
    lists = tuple(_lists().values())

    def every(name: str) -> frozenset[str]:
        return frozenset(plain_each(word for language in lists for word in language[name]))

    kinds: dict[str, KeyKind] = {}
    for kind in _KINDS:
        kinds |= dict.fromkeys(sorted(every(kind) - {""}), kind)
    cores = {word: kind for word, kind in kinds.items() if kind in _CORE and " " not in word}
    long_enough = {word: kind for word, kind in cores.items() if len(word) >= 4 or not word.isascii()}
    phrases = {p for name in _OPENINGS for p in every(name) if " " in p}
    news = every("news")
    nouns = {plain(language["draft"][0]) for language in lists}
    # "The paper was not published" tells news.
    told = every("switch")
    unspaced = {p for p in every("hold") if not p.isascii() and _UNSPACED.match(p)}
    return _Words(
        kinds=kinds,
        joined={word.replace(" ", ""): word for word in sorted(kinds, key=lambda w: -_KINDS.index(kinds[w]))},
        cores=long_enough,
        openings=frozenset(p for p in phrases - news if kinds[p] != "hold"),
        mild=frozenset(phrases & news),
        flat=frozenset(
            {p for p in every("draft") if any(f" {noun} " in f" {p} " for noun in nouns)}
            | {p for p in (phrases | unspaced) - news if kinds[p] == "hold" and p.split()[-1] not in told}
        ),
        verbs=frozenset(
            plain(language[k][0]).split()[0] for language in lists for k in ("publish", "withdraw")
        ),
        yes=every("yes"),
        no=every("no"),
        now=every("now"),
        noon=every("noon"),
        clock=every("clock"),
        open=every("open") | every("switch"),
        fill=every("fill"),
        apart=every("apart"),
        names=every("names"),
    )


def _compound(parts: Iterable[str], words: _Words) -> str | None:
    """The word of publishing that one of the parts is, holds, or is near to."""
    return next((core for part in parts if (core := _core_of(part, words))), None)


def _core_of(part: str, words: _Words) -> str | None:
    if part in words.apart:
        return None
    if part in words.cores:
        return part
    holds = (core for core in words.cores if len(core) >= _SHORTEST_NEAR and core in part)
    return next(holds, None) or _near(part, "cores")


def _trimmed(said: str, words: _Words) -> str:
    return " ".join(p for p in said.split() if p not in words.fill and not _VERSION.fullmatch(p))


def _holds_near(said: str, words: _Words) -> bool:
    near = _near(said, "kinds")
    return near is not None and words.kinds[near] in ("draft", "hold")


_List = Literal["kinds", "joined", "cores"]


@lru_cache(maxsize=4096)
def _near(word: str, names: _List) -> str | None:
    """The first of the names that is a slip of the pen away; two slips in nine letters and more."""
    size = len(word)
    if size < _SHORTEST_NEAR or word in _words().apart:
        return None
    most = 2 if size >= 9 else 1
    if sum(map(str.isdecimal, word)) > most:
        return None  # A date, for example: no name has a figure.
    letters = set(word)
    alike = (n for n in _of_about(size, most, names) if len(letters.symmetric_difference(n)) <= 2 * most)
    return next((name for name in alike if is_near(word, name, most)), None)


@lru_cache(maxsize=256)
def _of_about(size: int, most: int, names: _List) -> tuple[str, ...]:
    """Those of the names that are about so long: every line of every text is compared with some of them."""
    known: Mapping[str, str] = getattr(_words(), names)
    return tuple(n for n in known if len(n) >= _SHORTEST_NEAR and abs(len(n) - size) <= most)
