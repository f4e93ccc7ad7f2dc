"""A short line in a language whose words are not parted -> whether it forbids to publish."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product

from sitrep.lexicon.waiting.lists import apart, by_language
from sitrep.lexicon.waiting.plain import UNSPACED, plain

_SHORT = 20
_BETWEEN = ("", "は", "を", "する", "再", "直接")
"""What may stand between publishing and refusing."""


def is_forbidden_unspaced(text: str, *, whole: bool = False) -> bool:
    """True if a line without blanks forbids to publish (``whole``: and no more), or is a word for a draft."""
    forbidden, drafts = _unspaced()
    if whole or text in drafts:
        return text in drafts or text in forbidden
    return len(text) <= _SHORT and (text.endswith(forbidden) or text.startswith(forbidden))


@cache
def _unspaced() -> tuple[tuple[str, ...], frozenset[str]]:
    """What forbids to publish where words are not parted, and the words for a draft there."""
    lists = [kinds for kinds in by_language("orders").values() if any(map(UNSPACED.search, kinds["draft"]))]
    said = _joined(phrase for kinds in lists for phrase in kinds["forbid"])
    said |= {
        f"{one}{between}{other}"
        for kinds in lists
        for pair in product(_joined(kinds["publish"]), _joined(kinds["last"]))
        for between in _BETWEEN
        for one, other in (pair, pair[::-1])
    }
    return tuple(said), frozenset(_joined(draft for kinds in lists for draft in kinds["draft"]))


def _joined(texts: Iterable[str]) -> set[str]:
    return {"".join(apart(plain(text))) for text in texts}
