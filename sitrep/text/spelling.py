"""A word as an author typed it becomes the form in which words are compared, and the known name it is near.

Compared forms have no case, no accents and no apostrophes; doubled letters count once, and the usual
rival letters of transliteration (q and k, kh and k, ou and u, a silent final h) are one. Both sides of
a comparison pass through here, so it only matters that different names stay different.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

_MARKS = "'’ʼ`´ʿʾ"
TOKEN = re.compile(
    rf"\w+(?:[{_MARKS}.,:](?:(?<=[{_MARKS}])\w+|(?<=\d.)\d+|(?<=\b\w\.)\w\b\.?))*|[.!?…¶;:,()\[\]؟،؛۔。—–]"
)
"""Words with their apostrophes, numbers, abbreviations with stops (U.S.), and what parts clauses."""
SENTENCE_ENDS = frozenset(".!?…¶؟۔。")

_APOSTROPHES = re.compile(f"[{_MARKS}._]")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e", "ـ": "",
     "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ґ": "г", "ё": "е"}
)  # fmt: skip
_RIVALS = (
    (re.compile("ou|oo"), "u"),
    (re.compile(r"([^\W\d])\1+"), r"\1"),
    (re.compile("(?:c?[kq])+h?"), "k"),
)
_HAS_RIVALS = re.compile(r"o[uo]|q|ck|kh|([^\W\d])\1")
KEY_LENGTH = 5
"""Shorter words are compared letter by letter: in them a doubled letter makes another word."""
SHORTEST = 6
"""Words shorter than this have no near spellings."""


def fold(word: str) -> str:
    """The word without case, accents and apostrophes; in Arabic, hamza and final dots do not count."""
    plain = word.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join([c for c in apart if not unicodedata.combining(c)]).lower().translate(_LETTERS)
    return _APOSTROPHES.sub("", plain)


def key(folded: str) -> str:
    """The form in which two spellings of one name are equal: Raqqa, Raqqah and Rakka; Tartus and Tartous."""
    if len(folded) < KEY_LENGTH:
        return folded
    if _HAS_RIVALS.search(folded):
        for pattern, instead in _RIVALS:
            folded = pattern.sub(instead, folded)
    return folded[:-1] if folded.endswith(("ah", "eh")) else folded


@functools.lru_cache(maxsize=8_192)
def compared(word: str) -> str:
    """The form in which a single word is compared; empty for punctuation."""
    folded = fold(word)
    return key(folded) if folded[:1].isalnum() else ""


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a configured phrase in compared form, punctuation left out."""
    return tuple([form for token in TOKEN.findall(phrase) if (form := compared(token))])


def by_first_letter(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names grouped for ``nearest``, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        groups.setdefault(name[0], []).append(name)
    return {first: tuple(group) for first, group in groups.items()}


def nearest(word: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names one slip of the pen away from ``word``: one letter wrong, missing, added or two swapped.

    The first letter must be right. Six letters allow only a swap (Bashar is not Bashur), eleven allow two
    slips, fewer than six none. Nearer names hide farther ones; several that are equally near are all given,
    so that the caller can see that the spelling is ambiguous.
    """
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
    if not near:
        return ()
    distance = _distance()
    found = [(d, name) for name in near if (d := distance(word, name)) <= slips]
    least = min((d for d, _ in found), default=0)
    return tuple(name for d, name in found if d == least)


def slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, added or swapped between two words."""
    return _distance()(one, other)


def likeness(one: str, other: str) -> float:
    """How much two words look alike from their beginnings, 0 to 1 (Jaro-Winkler)."""
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(one, other)


@functools.cache
def _distance() -> Callable[[str, str], int]:
    # Loaded on the first doubtful word: the library costs more than a whole program start may.
    from rapidfuzz.distance import OSA

    return OSA.distance


def singular(word: str) -> str:
    """The word without a plural s, so that "Southern fronts" is the Southern front."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
