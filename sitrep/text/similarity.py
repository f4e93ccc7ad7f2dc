"""Text -> its words, and two wordings -> whether a reader would call the difference mere spelling.

Words are what ``updated`` and corrections go by: letters, digits and the marks that belong to
letters, NFC-normalised. White space, punctuation, markup and symbols are no words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_rows
from sitrep.text.spelling import distance, is_near

# \w leaves out vowel signs and other marks, so that a changed Hindi vowel would go unseen.
_WORD = lazy_pattern(
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u07a6-\u07b0\u08d3-\u08e1\u08e3-\u0963\u0966-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd"
    r"\u0f71-\u0f84\u102b-\u103e\u1056-\u109d\u17b4-\u17d3]+"
)
_ACCENTS = lazy_pattern(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")

_LONGEST_DIFFERENCE = 400


def words(text: str) -> list[str]:
    """The words of a text in their order, in the author's own letters."""
    # An underscore is markup here (_emphasis_), though \w takes it for a letter.
    return _WORD.findall(unicodedata.normalize("NFC", text).replace("_", " "))


def folded_words(text: str) -> list[str]:
    """The words of a text without regard to upper and lower case."""
    return words(text.casefold())


@cache
def _weighty() -> frozenset[str]:
    return frozenset(word for _, listed in shipped_rows("text/weighty_words.tsv") for word in words(listed))


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but white space, punctuation and markup."""
    return one == other or words(one) == words(other)


def is_spelling(before: str, after: str) -> bool:
    """Whether the words differ only as typing faults do, so that no reader was told anything else. A changed
    digit, number word, name (a word with a capital), negation or a word more or less is never mere spelling;
    nor is a change in a script without capitals, where a name cannot be told."""
    old, new = _without_common_ends(words(before), words(after))
    if max(len(old), len(new)) > _LONGEST_DIFFERENCE:
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return all(
        operation == "equal" or _respelled(old[i1:i2], new[j1:j2])
        for operation, i1, i2, j1, j2 in matcher.get_opcodes()
    )


def _without_common_ends(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def _respelled(old: Sequence[str], new: Sequence[str]) -> bool:
    if not old or not new:
        return False
    if len(old) == len(new):
        return all(_is_typing_fault(a, b) for a, b in zip(old, new, strict=True))
    joined, joined_new = "".join(old), "".join(new)
    return not _weighs(*old, *new) and _bare(joined) == _bare(joined_new)


def _is_typing_fault(old: str, new: str) -> bool:
    if old == new:
        return True
    if _weighs(old, new):
        return False
    if _bare(old) == _bare(new):
        return True
    # The sense of a word more often hangs on its first letter (east/west, un-) than a slip does.
    if old[0] != new[0] or old[0].lower() == old[0].upper() or old[0].isupper():
        return False
    if len(old) == len(new) and sorted(old) == sorted(new):
        return is_near(old, new, 1)
    shorter = min(len(old), len(new))
    return shorter >= 4 and distance(old, new) <= (2 if shorter >= 8 else 1)


def _weighs(*tokens: str) -> bool:
    """Whether any of these words changes what is said, however small the change of letters."""
    return any(low in _weighty() or any(map(str.isdigit, low)) for low in map(str.casefold, tokens))


def _bare(token: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFD", token)).casefold()
