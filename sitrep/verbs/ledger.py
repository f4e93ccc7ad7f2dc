"""A site's ledger and its archive -> the ledger mended, or with what it lacks of what is out written back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.disk import disk_faults
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem, Severity
from sitrep.base.say import listed
from sitrep.base.values import decode
from sitrep.claims.restore import lacking
from sitrep.config.values import Config
from sitrep.ledger.events import FORGOTTEN, Event
from sitrep.ledger.ledger import Ledger
from sitrep.ledger.standing import keep_authority, keep_fronts, keep_places
from sitrep.site.folders import Folders
from sitrep.site.told_fronts import told_fronts

_NAMED = 5


def from_archive(folders: Folders) -> tuple[Problem, ...]:
    """Write back what the archive knows and the ledger does not, and say what that was; nothing is taken out.

    Of an update of which the ledger would then not know just what is out, nothing is written. The caller
    holds the site's lock. Raises SiteError if there is no archive, ArchiveError if it cannot be read,
    LedgerError if the ledger is broken.
    """
    if not folders.archive.exists():
        fact = "there is no archive to write the ledger back from"
        remedy = "bring a copy of the ledger back, from a backup or version control"
        raise SiteError(Problem(path=".sitrep/archive.sqlite", fact=fact, remedy=remedy))
    ledger = Ledger(folders.ledger)
    with closing(Archive(folders.archive)) as archive, archive.trouble():
        months = dict.fromkeys(key[:7] for key in archive.update_keys())
        notes = [note for month in months for note in _month(month, archive, ledger, folders.ledger.name)]
        encoded = archive.meta(Note.CONFIG)
        if encoded and folders.ledger.is_dir():
            config = decode(encoded[32:], Config)
            with disk_faults(folders.ledger.name, "it could not be written", "allow writing there"):
                keep_authority(folders.ledger, config.site.authority)
                fronts = (*config.ended, *told_fronts(archive, config))
                keep_fronts(folders.ledger, fronts, archive.ended_fronts())
                keep_places(folders.ledger, archive.kept_places())
    return tuple(notes)


def _month(month: str, archive: Archive, ledger: Ledger, name: str) -> Iterable[Problem]:
    """Write back what a month lacks, and what is to be told of it."""
    history, path = ledger.history(month), f"{name}/{month}.jsonl"
    written: defaultdict[str, tuple[Event, ...]] = defaultdict(tuple)
    for update in archive.updates_on(month):
        lack = lacking(history.get(update.key), update, archive.claims.told_by(update.key))
        if lack.proven:
            written[update.key] += lack.events
        else:
            yield Problem(
                path=path,
                fact=f"what the ledger knows of {update.key} cannot be brought together with what is online; "
                "nothing was written of it",
                remedy="bring the newer ledger back, from a backup or version control; or, if this one is "
                "right and ids and dates may change, delete the folder .sitrep/ and build again",
            )
    events = [event for found in written.values() for event in found]
    ledger.append(event for event in events if event.event != FORGOTTEN)
    for event in events:
        if event.event == FORGOTTEN:
            ledger.forget(event.update, event.item, now=event.at)
    if keys := [key for key, found in written.items() if found]:
        yield _told(path, keys, events)


def _told(path: str, keys: list[str], events: list[Event]) -> Problem:
    count = f"{len(events)} record{'' if len(events) == 1 else 's'}"
    fact = f"written back from the archive, {count}: {listed(keys, _NAMED)}"
    wordless = sum(row.text == "" for event in events for row in event.items)
    if wordless:
        fact += f"; the words of {wordless} items that were taken back are not known any more"
    return Problem(path=path, fact=fact, remedy="", severity=Severity.NOTE)
