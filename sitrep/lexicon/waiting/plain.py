"""A short text -> its words alone, the form in which words of waiting are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_json
from sitrep.base.signs import UNSPACED, WORD
from sitrep.lexicon.phrases import fold

_WORD = lazy_pattern(rf"{WORD}(?:'{WORD})?")
_DONT = lazy_pattern(r"\bdont\b")
_INSIDE = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
WITHOUT_BLANKS = lazy_pattern(f"[{UNSPACED}]+")
_SIMPLIFIED = str.maketrans(
    "發佈請內態狀隱開確認審絕轉傳載線網禁時間現終擱暫緩嚴單須經報導圖動標題記錄",
    "发布请内态状隐开确认审绝转传载线网禁时间现终搁暂缓严单须经报导图动标题记录",
)
"""Traditional signs of the words in the lists, which are written with simplified ones."""


def plain(text: str) -> str:
    """A short text as its words alone: no case, accents, signs or invisible letters, single blanks."""
    return _in_words(_folded(text))


def plain_each(texts: Iterable[str]) -> Iterator[str]:
    """The same of many texts, in one go."""
    return map(_in_words, _folded("|".join(texts)).split("|"))


def _folded(text: str) -> str:
    visible = text if text.isascii() else WITHOUT_BLANKS.sub(_simplified, _visible(text))
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


def tells_when(word: str) -> bool:
    """True for what a day or a time is written with: numbers, names of months and of days."""
    names = _names_of_days()
    return any(map(str.isdecimal, word)) or word in names or (len(word) > 6 and word[:-1] in names)


@cache
def _names_of_days() -> frozenset[str]:
    """Read from a file: asking CLDR for them, in all the languages, costs as much as a whole start."""
    names = shipped_json("lexicon/waiting/names_of_days.json")
    return frozenset(names) | {"am", "pm", "noon", "midnight", "tomorrow", "today"}
