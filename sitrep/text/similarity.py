"""Text -> its words, and two wordings -> whether a reader would call the difference mere spelling.

Words are what ``updated`` and corrections go by: letters, digits and the marks that belong to
letters, NFC-normalised. White space, punctuation, markup and symbols are no words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

# \w leaves out vowel signs and other marks, so that a changed Hindi vowel would go unseen.
_WORD = re.compile(
    r"[\w\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u07a6-\u07b0\u08d3-\u08e1\u08e3-\u0963\u0966-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd"
    r"\u0f71-\u0f84\u102b-\u103e\u1056-\u109d\u17b4-\u17d3]+"
)
_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")

_LONGEST_DIFFERENCE = 400


def words(text: str) -> list[str]:
    """The words of a text in their order, in the author's own letters."""
    # An underscore is markup here (_emphasis_), though \w takes it for a letter.
    return _WORD.findall(unicodedata.normalize("NFC", text).replace("_", " "))


def folded_words(text: str) -> list[str]:
    """The words of a text without regard to upper and lower case."""
    return words(text.casefold())


_NEGATIONS = frozenset(
    words(
        "no not never none nobody nothing nowhere neither nor without cannot cant dont didnt isnt wasnt wont"
        " nicht kein keine keinen nie ohne ne pas sans jamais sin nunca nada değil yok hiç nîn nîne tune"
    )
)
_NUMBERS = frozenset(
    words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
        " hundred hundreds thousand thousands million billion dozen dozens half first second third"
    )
)


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
        return _is_swap(old, new)
    shorter = min(len(old), len(new))
    return shorter >= 4 and _distance(old, new) <= (2 if shorter >= 8 else 1)


def _weighs(*tokens: str) -> bool:
    """Whether any of these words changes what is said, however small the change of letters."""
    for token in tokens:
        low = token.casefold()
        if low in _NEGATIONS or low in _NUMBERS or any(c.isdigit() for c in low):
            return True
    return False


def _bare(token: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFD", token)).casefold()


def _is_swap(old: str, new: str) -> bool:
    """Two neighbouring letters changed places, and nothing else."""
    at = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    return len(at) == 2 and at[1] == at[0] + 1


def _distance(old: str, new: str) -> int:
    """Letters to insert, delete or replace (Levenshtein)."""
    if abs(len(old) - len(new)) > 2:
        return 3
    row = list(range(len(new) + 1))
    for i, a in enumerate(old, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(new, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]
