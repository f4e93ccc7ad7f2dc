"""Files that were read without a date -> the days they count as of, where they are known already.

A file that was published before keeps its day. One with a new name is told by its words: among updates
of files that are not there any more, and among those that the ledger knows and the archive does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Update
from sitrep.base.spool import content_of
from sitrep.base.values import Struct, decoder
from sitrep.identity.undated import Known, recognised
from sitrep.ledger.ledger import Ledger
from sitrep.publish.read_files import ReadFile

_update = decoder(Update)


class Memory(Struct, frozen=True, kw_only=True):
    """Where to look for updates that a text without a date may be."""

    archive: Archive
    ledger: Ledger
    vanished: tuple[str, ...] = ()
    """Paths of files that were there and are not any more."""
    months: frozenset[str] = frozenset()
    """Months of the ledger with records that the archive may not know."""


def days_by_path(paths: Iterable[str], archive: Archive) -> dict[str, dt.date]:
    """The day of each file that holds exactly one live update; that it keeps, whatever it says now."""
    found = {}
    for path in paths:
        held = {key[:10] for key in archive.keys_of(path)} | set(archive.spare_days(path))
        if len(held) == 1:
            found[path] = dt.date.fromisoformat(held.pop())
    return found


def days_by_words(files: Iterable[ReadFile], known: Iterable[str], memory: Memory) -> dict[str, dt.date]:
    """The day of each file read without a date whose words are those of a known update.

    ``known``: paths whose day is known already.
    """
    files, known = tuple(files), frozenset(known)
    texts = {
        file.path: _items(_update(content_of(file.updates[0][1])))
        for file in files
        if file.undated and file.updates and file.path not in known
    }
    if not texts:
        return {}
    wanted = frozenset(item for items in texts.values() for item in items)
    return recognised(texts, (*_of_vanished(memory), *_unseen(memory, files, wanted)))


def _of_vanished(memory: Memory) -> Iterator[Known]:
    for path in memory.vanished:
        for update in memory.archive.updates_of(path):
            yield Known(update.date, _items(update))


def _unseen(memory: Memory, files: tuple[ReadFile, ...], wanted: frozenset[str]) -> Iterator[Known]:
    """Live updates of the ledger alone that share an item with a text and are not said by a dated one."""
    found = [
        Known(kept.date, tuple(item.text for item in kept.live_items))
        for month in sorted(memory.months)
        for kept in memory.ledger.history(month).values()
        if not kept.withdrawn
        and any(item.text in wanted for item in kept.live_items)
        and memory.archive.update(kept.key) is None
    ]
    days = {known.day.isoformat() for known in found}
    said = {
        (day, _items(_update(content_of(update))))
        for file in files
        if not file.undated
        for day, update in file.updates
        if day in days
    }
    return (known for known in found if (known.day.isoformat(), known.items) not in said)


def _items(update: Update) -> tuple[str, ...]:
    return tuple(item.text for item in update.items)
