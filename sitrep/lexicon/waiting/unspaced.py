"""A short line in a language whose words are not parted -> whether it forbids to publish."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product

from sitrep.lexicon.waiting.lists import apart, by_language
from sitrep.lexicon.waiting.plain import WITHOUT_BLANKS, plain

_SHORT = 20
"""Signs of Chinese and Japanese; a word has twice as many letters elsewhere."""
_SIGNS = "\u3000"
_BETWEEN = ("", "は", "を", "する", "再", "直接")
"""What may stand between publishing and refusing."""


def is_forbidden_unspaced(text: str, *, whole: bool = False) -> bool:
    """True if a line without blanks forbids to publish (``whole``: and no more), or is called a draft."""
    forbidden, drafts = _unspaced()
    left = text
    for draft in drafts:
        left = left.replace(draft, "")
    if whole or not left:
        return not left or text in forbidden
    short = 2 * _SHORT if text < _SIGNS else _SHORT
    return len(text) <= short and (text.endswith(forbidden) or text.startswith(forbidden))


@cache
def _unspaced() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What forbids to publish where words are not parted; the words for a draft there, the longest first."""
    every = by_language("orders").values()
    lists = [kinds for kinds in every if any(map(WITHOUT_BLANKS.search, kinds["draft"]))]
    said = _joined(phrase for kinds in lists for phrase in kinds["forbid"])
    said |= {
        f"{one}{between}{other}"
        for kinds in lists
        for pair in product(_joined(kinds.get("publish", ())), _joined(kinds.get("last", ())))
        for between in _BETWEEN
        for one, other in (pair, pair[::-1])
    }
    drafts = _joined(draft for kinds in lists for draft in kinds["draft"])
    return tuple(said), tuple(sorted(drafts, key=len, reverse=True))


def _joined(texts: Iterable[str]) -> set[str]:
    return {"".join(apart(plain(text))) for text in texts}
