"""What has vanished from the drop folder -> what of it is believed to be gone, and what is kept back."""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.base.values import Struct


class BelievedGone(Struct, frozen=True, kw_only=True):
    """What the deletion guard lets through, and what it keeps back."""

    gone: frozenset[str]
    kept_back: frozenset[str]


def guard(vanished: Iterable[str], known: int, *, confirmed: bool) -> BelievedGone:
    """Believe a deletion of one thing or a few; doubt it where an unplugged drive looks the same.

    More than three at once, more than a fifth of all (but never just one of several), or everything:
    nothing is believed until a person confirms it.
    """
    gone = frozenset(vanished)
    many = len(gone) > 3 or (len(gone) > 1 and len(gone) * 5 > known) or len(gone) == known
    if gone and many and not confirmed:
        return BelievedGone(gone=frozenset(), kept_back=gone)
    return BelievedGone(gone=gone, kept_back=frozenset())
