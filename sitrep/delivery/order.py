"""What output/ holds and what a target holds -> what to send and remove, in an order that breaks no link.

New pages go before changed ones, which may link to them; feeds and other machine files go after every
page; sums and their signature after all they speak of; and what is gone goes last. So a delivery that is
cut off at any moment leaves a target where every feed and every page leads somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePosixPath

from sitrep.base.values import Struct

_PAGES = frozenset((".html", ".txt"))
_INDEXES = frozenset((".xml", ".json", ".opml"))
_CHECKSUMS = frozenset((".sha256", ".sig"))

_ASSET, _PAGE, _INDEX, _CHECKSUM = range(4)


class Shipment(Struct, frozen=True, kw_only=True):
    """What is to be done at one target."""

    steps: tuple[tuple[str, ...], ...] = ()
    """Places to send; all of a step must be there before the next one begins."""
    removed: tuple[str, ...] = ()
    """Places to take away once everything else is there."""

    @property
    def sent(self) -> tuple[str, ...]:
        """All places to send, in their order."""
        return tuple(place for step in self.steps for place in step)

    @property
    def size(self) -> int:
        """Number of files it touches."""
        return len(self.sent) + len(self.removed)


def shipment(wanted: Mapping[str, bytes], held: Mapping[str, bytes]) -> Shipment:
    """Compare digests by place: those that shall be there with those that are."""
    changed = sorted(
        (place for place, digest in wanted.items() if held.get(place) != digest),
        key=lambda place: (*_step(place, held), place),
    )
    steps = tuple(tuple(step) for _, step in groupby(changed, key=lambda place: _step(place, held)))
    return Shipment(steps=steps, removed=tuple(sorted(held.keys() - wanted.keys())))


def _step(place: str, held: Iterable[str]) -> tuple[int, bool]:
    return _kind(place), place in held


def _kind(place: str) -> int:
    name = PurePosixPath(place)
    if name.suffix in _CHECKSUMS or name.name == "SHA256SUMS":
        # The signature last: it is wrong until the list it signs is there.
        return _CHECKSUM + (name.suffix != ".sha256") + (name.suffix == ".sig")
    if name.suffix in _INDEXES or place == "robots.txt":
        return _INDEX
    return _PAGE if name.suffix in _PAGES else _ASSET
