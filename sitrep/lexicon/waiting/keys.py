"""What a key of a header, and its value, say about publishing.

A text that is published too early cannot be called back, so this errs to one side: what merely looks like
a word of holding back is told as such, and the reader of headers refuses what it does not understand whole.
"""

from __future__ import annotations

from typing import Literal

from sitrep.base.values import Struct
from sitrep.lexicon.waiting.lists import KeyKind, core_of, near, of_kind, words
from sitrep.lexicon.waiting.phrases import says_hold
from sitrep.lexicon.waiting.plain import plain


class Meaning(Struct, frozen=True):
    """What a key is about."""

    kind: KeyKind
    exact: bool
    """It is spelled as the list has it; otherwise it is near to ``word`` or made of it."""
    word: str
    whole: bool = True
    """The key as a whole is that; otherwise one of its words is."""


def meaning_of(key: str) -> Meaning | None:
    """What a key says about publishing: by the very word, a compound of it, or a slip of the pen near to it.
    None where nothing in it looks so."""
    lists, name = words(), plain(key)
    if name in of_kind("apart") or not name:
        return None
    if kind := lists.kinds.get(name):
        return Meaning(kind, True, name)
    joined = name.replace(" ", "")
    if known := lists.joined.get(joined):
        return Meaning(lists.kinds[known], True, known)
    if slip := near(joined, "joined"):
        known = lists.joined[slip]
        return Meaning(lists.kinds[known], False, known)
    parts = name.split()
    found = next(filter(None, map(core_of, parts)), None) if len(parts) <= 6 else None
    return Meaning(lists.cores[found], False, found, len(parts) == 1) if found else None


def is_setting(key: str) -> bool:
    """True if a key consists of words of publishing and of words that commonly stand beside them."""
    fill, kinds = of_kind("fill"), words().kinds
    return all(p in fill or p.isdecimal() or core_of(p) or p in kinds for p in plain(key).split())


def is_verb(word: str) -> bool:
    """True for "publish", "withdraw" and their like, which open no line of news: not for "release"."""
    return word.split()[0] in words().verbs


def truth_of(value: str) -> bool | None:
    """True or False for yes and no in any of the languages; None for anything else, also for nothing."""
    said = plain(value)
    if not is_answer(value) or (said.isdecimal() and said != value.strip()):
        return None  # -1 is not 1
    return said in of_kind("yes")


def is_answer(value: str) -> bool:
    """True for what stands where yes or no does, also for -1, of which nobody knows which it is."""
    return plain(value) in of_kind("yes") | of_kind("no")


def is_now(value: str) -> bool:
    """True for "now", "sofort", "maintenant"."""
    return plain(value) in of_kind("now")


def is_noon(word: str) -> bool:
    """True for "noon", "mittags", "midi"."""
    return plain(word) in of_kind("noon")


def clock_words() -> frozenset[str]:
    """Words that commonly stand beside a date and a time and change neither, in plain form."""
    return of_kind("clock")


def status_of(value: str) -> Literal["open", "held"] | None:
    """What the value of a status says; None for a word that is not known."""
    said = plain(value)
    if words().kinds.get(said) in ("draft", "hold", "embargo", "withdraw") or says_hold(value):
        return "held"
    return "open" if said in of_kind("open") | of_kind("yes") else None
