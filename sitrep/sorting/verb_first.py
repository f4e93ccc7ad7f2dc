"""Where a name ends that follows its verb, in Arabic: at a first word with the article, or before "that"."""

from __future__ import annotations

from sitrep.sorting.places import Scan
from sitrep.sorting.who_is_named import body_in, is_nobody

_ON_BEHALF = "باسم"
_THAT = frozenset(("ان", "انه", "انها", "انهم"))
_NISBA = ("ي", "يه", "يين", "ين")


def definite_phrase(scan: Scan, begin: int, end: int) -> int:
    """In Arabic a name goes on to its first word with the article; adjectives of that have it too."""
    words, lexicon = scan.words, scan.lexicon
    named = {i for m in scan.mentions for i in range(m.start, m.end)}
    i = begin
    while i < end and not (words[i].gives or words[i].form in lexicon.not_names):
        if body_in(scan, i, min(i + 2, end)) == (i, i + 2):
            return i + 2
        if i in named or has_article(words[i].token, first=i == begin):
            break
        i += 1
    else:
        return i
    i += 1
    while (
        i < end
        and has_article(words[i].token)
        and words[i].token.endswith(_NISBA)
        and (words[i].form,) not in lexicon.anonymous
    ):
        i += 1
    if i + 1 < end and words[i].form == _ON_BEHALF:
        return definite_phrase(scan, i + 1, end)
    return _bare_name(scan, i, end)


def _bare_name(scan: Scan, begin: int, end: int) -> int:
    """Where a name ends that stands between an office and "that": المحافظ ليندال أن."""
    words, lexicon = scan.words, scan.lexicon
    that = next((i for i in range(begin, min(begin + 3, len(words))) if words[i].form in _THAT), begin)
    unknown = (
        not (w.hit or w.gives or w.stems or w.stop or is_nobody(w, lexicon) or w.token.endswith("ا"))
        for w in words[begin:that]
    )
    return that if all(unknown) else begin


def has_article(token: str, *, first: bool = False) -> bool:
    return token.startswith("ال") or (first and token.startswith(("لل", "وال", "بال", "فال", "كال")))
