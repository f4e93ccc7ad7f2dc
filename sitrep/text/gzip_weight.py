"""Words -> about how many bytes gzip leaves of them on a page: the weight by which pages are cut.

Reckoned, not measured: every zlib packs otherwise, and the same texts must give the same pages. Rather too
much than too little: a fifth too much for prose, right for words in no order at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from sitrep.base.nouns import Item
from sitrep.base.patterns import lazy_pattern

_NEW, _BYTE, _SIGN, _AGAIN, _TOGETHER = 1.6, 0.5, 0.25, 2.1, 0.6
"""What is left of a word that comes for the first time, of each byte of it, and of each Chinese sign or the
like besides; of one that has come before; and of one that has come after the same word."""
_ITEM, _SENTENCE, _PLACE = 14, 20, 6
_SIGNS = lazy_pattern("[^\0-\u2e7f]")
"""Said by what they are not, which compiles in a quarter of the time."""


class Packed:
    """Weighs texts that follow each other on one page."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()

    def text(self, text: str) -> float:
        """About how many bytes more the page has with this text."""
        words = text.split()
        new = set(words) - self._words
        pairs = set(pairwise(words)) - self._pairs
        self._words |= new
        self._pairs |= pairs
        signs = "".join(new)
        left = _NEW * len(new) + _BYTE * len(signs.encode("utf-8", "surrogatepass"))
        if not signs.isascii():
            left += _SIGN * len(_SIGNS.findall(signs))
        together = max(len(words) - 1 - len(pairs), 0)
        return left + _TOGETHER * together + _AGAIN * max(len(words) - len(new) - together, 0)

    def sentence(self, text: str) -> float:
        """The same of a sentence that leads to its item."""
        return _SENTENCE + self.text(text)

    def item(self, item: Item) -> float:
        """The same of an item with its markup."""
        return _ITEM + _PLACE * len(item.places) + self.text(words_of(item))

    def items(self, items: Iterable[Item]) -> float:
        """The same of several items."""
        return sum(map(self.item, items))


def words_of(item: Item) -> str:
    """All that an item shows as words."""
    said = [item.text, item.by or "", *(f"{picture.alt} {picture.place}" for picture in item.pictures)]
    said += (fate.text for fate in (item.followed.fates if item.followed else ()))
    return " ".join(said)


def at_most(text: str) -> float:
    """More than a text can weigh, whole or in pieces, and found without a look at what follows what."""
    words = text.split()
    new = set(words)
    signs = "".join(new)
    left = _NEW * len(new) + _BYTE * len(signs.encode("utf-8", "surrogatepass"))
    return left + (0 if signs.isascii() else _SIGN * len(signs)) + _AGAIN * (len(words) - len(new))


def weigh(texts: Iterable[str]) -> float:
    """The weight of texts on a page of their own."""
    return Packed().text(" ".join(texts))
