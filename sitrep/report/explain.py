"""A rehearsal -> every line and item of the file with its place and the reason: what ``explain`` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sitrep.base.nouns import Item, Line, Role
from sitrep.base.values import Struct, asdict
from sitrep.publish.rehearsal import Rehearsal


class Explained(Struct, frozen=True, kw_only=True):
    """One object of ``explain --json``: the fate of a line, or of an item with all its lines."""

    update: str | None
    role: Role
    item: int | None
    line: int
    front: str | None
    certainty: str | None
    by: str | None
    places: tuple[str, ...]
    reason: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """The object with the names that scripts rely on."""
        return asdict(self)


def explain(rehearsal: Rehearsal) -> Iterator[Explained]:
    """Every non-blank line that is no item, and every item, in the order of the file."""
    starting: defaultdict[tuple[int, int], list[Item]] = defaultdict(list)
    for place, update in enumerate(rehearsal.updates):
        for item in update.items:
            starting[place, item.line].append(item)
    for line in rehearsal.reading.lines:
        key = rehearsal.updates[line.update].key if line.update is not None else None
        if line.role is not Role.ITEM or line.update is None:
            yield _of_line(line, key)
            continue
        for item in starting.pop((line.update, line.number), ()):
            yield _of_item(item, key)


def _of_line(line: Line, key: str | None) -> Explained:
    return Explained(
        update=key,
        role=line.role,
        item=None,
        line=line.number,
        front=None,
        certainty=None,
        by=None,
        places=(),
        reason=line.reason,
        text=line.text,
    )


def _of_item(item: Item, key: str | None) -> Explained:
    return Explained(
        update=key,
        role=Role.ITEM,
        item=item.number or None,
        line=item.line,
        front=item.front,
        certainty=item.certainty,
        by=item.by,
        places=item.places,
        reason=item.reason,
        text=item.text,
    )
