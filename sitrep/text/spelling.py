"""A word as an author typed it becomes the form in which words are compared, and the known name it is near.

Compared forms have no case, no accents and no apostrophes; doubled letters count once, and the usual
rival letters of transliteration (q and k, kh and k, ou and u, a silent final h) are one. Both sides of
a comparison pass through here, so it only matters that different names stay different.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from typing import Any

from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.shipped import shipped_text
from sitrep.base.signs import IN_WORDS, PAUSES, STOPS

_MARKS = "'’ʼ`´ʿʾ"
_W = rf"[\w{IN_WORDS}]"
TOKEN = lazy_pattern(
    rf"{_W}+(?:[{_MARKS}.,:](?:(?<=[{_MARKS}]){_W}+|(?<=\d.)\d+|(?<=\b\w\.)\w\b\.?))*"
    rf"|(?<!\S)-{{1,2}}(?!\S)|[¶:()\[\]—–：（）{STOPS}{PAUSES}]"
)
"""Words with their apostrophes, numbers, abbreviations with stops (U.S.), and what parts clauses."""
SENTENCE_ENDS = frozenset(f"¶{STOPS}")
_HIDDEN = lazy_pattern("[\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")

_APOSTROPHES = lazy_pattern(f"[{_MARKS}._]")


class _Letters(dict[int, Any]):
    """What becomes of each sign of a decomposed text: accents go; it learns as it is asked."""

    def __missing__(self, sign: int) -> Any:
        accent = unicodedata.combining(chr(sign)) and chr(sign) not in _VOICED
        return self.setdefault(sign, None if accent else sign)


_LETTERS = _Letters(str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e", "ـ": "",
     "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ґ": "г", "ё": "е"}
))  # fmt: skip
_HAN = lazy_pattern("[\u3400-\u9fff]")
_VOICED = "\u3099\u309a"
"""They make other letters of Japanese ones: Bali is not Paris."""
_WIDENED = 4
"""Times as long as a text may become: a syllable of Hangul has three letters, others four at most."""
_RIVALS = (
    (lazy_pattern("ou|oo"), "u"),
    (lazy_pattern(r"([^\W\d])\1+"), r"\1"),
    (lazy_pattern("(?:c?[kq]h?)+"), "k"),
)
_HAS_RIVALS = lazy_pattern(r"o[uo]|q|ck|kh|([^\W\d])\1")
_VOWELS = lazy_pattern(r"[aeiouwy\W]+")
KEY_LENGTH = 5
"""Shorter words are compared letter by letter: in them a doubled letter makes another word."""
LONGEST = 200
"""What is longer is no word of any language, and nothing is remembered of it."""
SHORTEST = 6
"""Words shorter than this have no near spellings."""


def fold(word: str) -> str:
    """The word without case, accents and apostrophes; in Arabic, hamza and final dots do not count."""
    plain = word.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        if len(apart) > _WIDENED * (len(plain) + 9):
            # Signs that stand for whole sentences: eighteen letters each.
            apart = unicodedata.normalize("NFD", plain)
        plain = simplified(apart.lower().translate(_LETTERS))
    return _APOSTROPHES.sub("", plain)


def simplified(text: str) -> str:
    """The text with simplified signs of Chinese for traditional ones, each for one: who writes either is
    understood by words in the other."""
    return text.translate(_simple_signs()) if _HAN.search(text) else text


@cache
def _simple_signs() -> Mapping[int, int]:
    rows = shipped_text("text/simplified.txt").split("\n")[1:]
    return {ord(pair[0]): ord(pair[1]) for row in rows for pair in row.split()}


def key(folded: str) -> str:
    """The form in which two spellings of one name are equal: Raqqa, Raqqah and Rakka; Tartus and Tartous."""
    if len(folded) < KEY_LENGTH:
        return folded
    if _HAS_RIVALS.search(folded):
        for pattern, instead in _RIVALS:
            folded = pattern.sub(instead, folded)
    return folded[:-1] if folded.endswith(("ah", "eh")) else folded


def consonants(form: str) -> str:
    """The consonants of a compared form, which its transliterations agree on: Hudaydah, Hodeidah."""
    return _VOWELS.sub("", form).replace("c", "k")


@remembering
def compared(word: str) -> str:
    """The form in which a single word is compared; empty for punctuation."""
    return form_of(fold(word))


def form_of(folded: str) -> str:
    """The same of a word that is folded already."""
    return key(folded) if folded[:1].isalnum() else ""


def without_hidden(text: str) -> str:
    """The text without soft hyphens and other signs that nobody sees."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def words_of(phrase: str, cut: re.Pattern[str] | None = None) -> tuple[str, ...]:
    """The words of a configured phrase in compared form, punctuation left out; cut as ``tokens`` cuts."""
    return tuple([form for token in tokens(phrase, cut) if (form := compared(token))])


def tokens(text: str, cut: re.Pattern[str] | None = None) -> list[str]:
    """The words and punctuation marks of a text as they stand, in order; ``cut`` parts some words further."""
    found = TOKEN.findall(text)
    if cut is None:
        return found
    return [part for token in found for part in _cut(token, cut) if part]


def _cut(token: str, cut: re.Pattern[str]) -> list[str]:
    """The token cut where its simplified form is, in its own signs."""
    parts = cut.split(simplified(token))
    ends = accumulate(map(len, parts))
    return [token[end - len(part) : end] for part, end in zip(parts, ends, strict=True)]


def by_first_letter(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names grouped for ``nearest``, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        groups.setdefault(name[0], []).append(name)
    return {first: tuple(group) for first, group in groups.items()}


def nearest(word: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names one slip of the pen away from ``word``: one letter wrong, missing, added or two swapped. The
    first letter must be right. Six letters allow only a swap (Bashar is not Bashur), eleven allow two slips,
    fewer than six none. Nearer names hide farther ones; several that are equally near are all given, so that
    the caller can see that the spelling is ambiguous."""
    length, letters = len(word), set(word)
    if length < SHORTEST:
        return ()
    slips = 2 if length >= 11 else 1
    near = [
        name
        for name in names.get(word[0], ())
        if len(name) >= SHORTEST
        and abs(len(name) - length) <= slips
        and len(letters.symmetric_difference(name)) <= 2 * slips
        and (min(len(name), length) > SHORTEST or sorted(name) == sorted(word))
    ]
    within = (tuple(name for name in near if is_near(word, name, most)) for most in range(slips + 1))
    return next(filter(None, within), ())


def is_near(one: str, other: str, most: int) -> bool:
    """True if no more letters than that are wrong, missing, added or swapped between two words. Decided here,
    since every text has such words, and a library of distances would be loaded by every start (``python -X
    importtime``); tests compare it with that library."""
    if abs(len(one) - len(other)) > most:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    if not one or not other or not most:
        return len(one) + len(other) <= most
    return (
        is_near(one[1:], other[1:], most - 1)
        or is_near(one[1:], other, most - 1)
        or is_near(one, other[1:], most - 1)
        or (one[:2] == other[1::-1] and is_near(one[2:], other[2:], most - 1))
    )


def distance(one: str, other: str) -> int:
    """Letters to insert, delete or replace (Levenshtein)."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other)


def likeness(one: str, other: str) -> float:
    """How much two words look alike from their beginnings, 0 to 1 (Jaro-Winkler)."""
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(one, other)


def singular(word: str) -> str:
    """The word without a plural s, so that "Southern fronts" is the Southern front."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
