"""Updates as the archive holds them -> one line of reasons: what the program made of a file, in a glance."""

from __future__ import annotations

import datetime as dt
import gzip
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from sitrep.archive.archive import Archive
from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Certainty, Item, Update
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome, Outcome
from sitrep.site.addresses import update_page
from sitrep.site.folders import Folders

MANY = 20
"""Files from which on a publish is told without reasons."""


class SaveSummary(Struct, frozen=True, kw_only=True):
    """How many items of an update a save has touched."""

    changed: tuple[int, ...] = ()
    """Numbers of the items whose words are others now."""
    added: int = 0
    gone: int = 0
    same: int = 0


def details(outcome: Outcome, archive: Archive, config: Config, folders: Folders) -> dict[str, list[str]]:
    """Lines of reasons by path, for each file of a publish that is out. Empty for a publish of many."""
    out = [file for file in outcome.files if file.state in (State.PUBLISHED, State.UPDATED)]
    if len(out) > MANY:
        return {}
    return {file.path: list(_of_file(file, outcome, archive, config, folders)) for file in out}


def _of_file(
    file: FileOutcome, outcome: Outcome, archive: Archive, config: Config, folders: Folders
) -> Iterator[str]:
    for key in file.updates[:6]:
        update = archive.update(key)
        if update is None:
            continue
        if file.state is State.UPDATED:
            if key in outcome.published:
                yield _change_in_words(key, change_of(update, outcome.at))
            continue
        yield from in_words(update, config)
        if size := page_size(folders, key):
            yield f"page {size / 1000:.1f} KB compressed"
    if len(file.updates) > 6:
        yield f"and {len(file.updates) - 6} updates more"


def in_words(update: Update, config: Config) -> Iterator[str]:
    """Two lines on an update: its date and fronts, then what was read from headings and hedges."""
    names = {front.id: front.short or front.name.split()[0] for front in config.fronts}
    order = {front.id: place for place, front in enumerate(config.fronts)}
    fronts = Counter(item.front for item in update.items)
    sorted_in = ", ".join(
        f"{names.get(front, front)} {fronts[front]}"
        for front in sorted(fronts, key=lambda f: order.get(f, 99))
    )
    date = format_date(update.date, config.site.language, "long")
    yield f"date {date} (line {update.line}) · {counted(len(update.items), 'item')}: {sorted_in or 'none'}"
    sure = Counter(item.certainty for item in update.items)
    hedges = {Certainty.REPORTED: "reported", Certainty.STATEMENT: "statement", Certainty.RUMOR: "rumor"}
    hedged = [
        counted(sure[certainty], word, plain=word == "reported")
        for certainty, word in hedges.items()
        if sure[certainty]
    ]
    yield " · ".join(
        filter(None, (_headings(update, config), ", ".join(hedged) or "everything said plainly"))
    )


def _headings(update: Update, config: Config) -> str:
    """Where headings led that are not simply the name of a front."""
    names = {front.id: front.name for front in config.fronts}
    led = {
        section.heading: names.get(section.items[0].front, "")
        for section in update.sections
        if section.heading and section.items
    }
    return ", ".join(
        f'"{heading}" -> {name}' for heading, name in led.items() if heading.casefold() != name.casefold()
    )


def change_of(update: Update, at: dt.datetime | None) -> SaveSummary:
    """What the publish at that instant has changed in an update."""

    def now(item: Item) -> bool:
        return at is not None and item.updated == at

    added = sum(now(item) and item.published == at for item in update.items)
    changed = tuple(item.number for item in update.items if now(item) and item.published != at)
    gone = sum(withdrawn_item.at == at for withdrawn_item in update.withdrawn_items)
    return SaveSummary(changed=changed, added=added, gone=gone, same=len(update.items) - added - len(changed))


def _change_in_words(key: str, change: SaveSummary) -> str:
    said = []
    if change.changed:
        numbers = ", ".join(map(str, change.changed[:6]))
        said.append(f"{counted(len(change.changed), 'item')} changed ({numbers})")
    if change.added:
        said.append(f"{counted(change.added, 'item')} added")
    if change.gone:
        said.append(f"{counted(change.gone, 'item')} withdrawn")
    said.append(f"{change.same} unchanged")
    return f"{', '.join(said)} · links kept"


def page_size(folders: Folders, key: str) -> int:
    """Bytes of an update's page as it travels, compressed; 0 if it is not there."""
    try:
        return _compressed((folders.output / update_page(key)).read_bytes())
    except OSError:
        return 0


@lru_cache(maxsize=16)
def _compressed(page: bytes) -> int:
    """Its bytes by gzip. The status page tells it of a dozen updates each time, of which one is new."""
    return len(gzip.compress(page, 6))


def counted(number: int, thing: str, *, plain: bool = False) -> str:
    """``1 item``, ``2 items``."""
    return f"{number} {thing}{'' if plain or number == 1 else 's'}"
