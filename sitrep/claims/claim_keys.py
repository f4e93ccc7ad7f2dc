"""Claims -> their keys: the words of the rumor, and an ordinal where another claim had these words.

A key is for good: pages, feeds and the ledger name a claim by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitrep.archive.archive import Archive
from sitrep.base.claim import parted
from sitrep.base.nouns import Item
from sitrep.base.signs import LETTERS
from sitrep.ledger.ledger import Ledger
from sitrep.reading.claim_lines import slug
from sitrep.text.summaries import one_line


class KeyBook:
    """Gives claims their keys; knows those of the ledger that the archive does not know yet."""

    def __init__(self, archive: Archive, ledger: Ledger | None) -> None:
        """``ledger``: read for the first new key, where the archive may not yet know all of it."""
        self._archive, self._ledger = archive, ledger
        self._highest: dict[str, int] = {}
        self._asked: set[str] = set()

    def note(self, key: str) -> None:
        """A claim was given this key by its author."""
        words, ordinal = parted(key)
        self._highest[words] = max(self._highest.get(words, 0), ordinal)

    def new(self, slug: str) -> str:
        """A key that no claim has or had."""
        if self._ledger:
            for known in self._ledger.claim_keys():
                self.note(known)
            self._ledger = None
        words = parted(slug or "rumor")[0]
        highest = self._highest.get(words, 0)
        if words not in self._asked:
            self._asked.add(words)
            highest = max(highest, self._archive.claims.highest(words))
        self._highest[words] = highest + 1
        return next_key(words, {words: highest})


def next_key(slug: str, taken: Mapping[str, int]) -> str:
    """A key that is not taken, made of these words; ``taken``: the highest ordinal by words."""
    words, _ = parted(slug or "rumor")
    ordinal = taken.get(words, 0) + 1
    return words if ordinal == 1 else f"{words}-{ordinal}"


def plain_slug(item: Item) -> str:
    """A name for the claim of an item that told no rumor: its place, and its first long word."""
    words = [word for word in one_line(item.text).split() if len(word) > 4 and re.fullmatch(LETTERS, word)]
    return slug(" ".join(dict.fromkeys(word.lower() for word in (*words[:1], *item.places[:1]))))
