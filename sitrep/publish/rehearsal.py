"""A file -> what publishing it would make, without making it: for ``check`` and ``explain``."""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.archive.claims import standing_of
from sitrep.base.errors import ArchiveError
from sitrep.base.nouns import Problem, Reading, Update
from sitrep.base.values import Struct, replace
from sitrep.claims.claim_keys import KeyBook
from sitrep.claims.follow_claims import follow_claims
from sitrep.claims.hints import OPEN_CLAIMS, Comparer
from sitrep.claims.suggest_same import Suggestion
from sitrep.config.values import Config
from sitrep.identity.item_ids import settle
from sitrep.identity.translations import is_translation, original_of, translate, without_original
from sitrep.identity.update_keys import assign_keys
from sitrep.inbox.scan import Found, Sort, read_bytes
from sitrep.ledger.ledger import Ledger
from sitrep.publish.read_files import tells_oldest_first
from sitrep.reading.decoding.decode import decode
from sitrep.site.folders import Folders
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import read


class Rehearsal(Struct, frozen=True, kw_only=True):
    """What one file would become. ``updates`` are those of ``reading``, with key, numbers and stamps."""

    path: str
    reading: Reading
    updates: tuple[Update, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the writer would be told."""
        return self.reading.problems


def rehearse(
    path: Path, config: Config, ledger: Path, now: dt.datetime, archive: Archive | None = None
) -> Rehearsal:
    """Read one file as a publish would, with the ids it would get; nothing is written.

    ``archive``: where the originals of translations are looked up.
    """
    shown = os.fspath(path)
    content = read_bytes(path.parent, Found(path.name, Sort.TEXT, ""), config.limits.source_bytes)
    if isinstance(content, Problem):
        return _refused(shown, replace(content, path=shown))
    decoded = decode(shown, content, limit=config.limits.source_bytes)
    if isinstance(decoded, Problem):
        return _refused(shown, decoded)
    today = now.astimezone(ZoneInfo(config.site.timezone)).date()
    arrival = today if config.dates.undated == "arrival" else None
    reading = read(decoded.source, compile_rules(config), arrival=arrival)
    reading = replace(reading, problems=(*decoded.problems, *reading.problems, *_of_pictures(path, reading)))
    if archive and (translations := [update for update in reading.updates if update.translates]):
        told = (problem for translation in translations for problem in _tied(translation, archive, now)[1])
        reading = replace(reading, problems=(*reading.problems, *told))
    settled = _settled(reading.updates, config, ledger, now)
    updates = tuple(
        _tied(update, archive, now)[0] if archive and update.translates else known
        for update, known in zip(reading.updates, settled, strict=True)
    )
    return Rehearsal(path=shown, reading=reading, updates=updates)


def _tied(update: Update, archive: Archive, now: dt.datetime) -> tuple[Update, tuple[Problem, ...]]:
    """A translation with key, numbers and fronts of its original, and what its writer would be told."""
    day = archive.updates_on(update.date.isoformat())
    if not is_translation(update, (*day, update)):
        return update, ()
    original = original_of(update, day)
    if original is None:
        return update, (without_original(update, day),)
    done = translate(original, (update,), None, now)
    own = next(
        (translation for translation in done.update.translations if translation.lang == update.lang), None
    )
    numbers = {item.line: item.number for item in own.items} if own else {}
    mine = {item.number: item for item in original.items}
    items = tuple(
        replace(
            item,
            number=numbers[item.line],
            front=mine[numbers[item.line]].front,
            certainty=mine[numbers[item.line]].certainty,
            reason="as its original",
        )
        if item.line in numbers
        else item
        for item in update.items
    )
    return replace(update.with_items(items), key=original.key), done.problems


def _of_pictures(path: Path, reading: Reading) -> tuple[Problem, ...]:
    """What a publish would say of the pictures it names."""
    if not any(update.pictures for update in reading.updates):
        return ()
    from sitrep.pictures.develop import PictureDeveloper

    room = PictureDeveloper(feeds=path.parent)
    developed = room.develop(Found(path.name, Sort.TEXT, ""), reading.updates)
    return tuple(replace(problem, path=os.fspath(path)) for problem in developed.problems)


def rehearse_claims(
    rehearsals: Iterable[Rehearsal], folders: Folders, config: Config, now: dt.datetime
) -> tuple[tuple[Rehearsal, ...], tuple[Suggestion, ...]]:
    """What publishing these files would mean for claims: messages on them, and what rumors may be one.

    What is published already counts as well, as far as the archive knows it.
    """
    archive, rehearsals = archive_of(folders), tuple(rehearsals)
    ledger = Ledger(folders.ledger)
    puts = [
        (archive.update(update.key), update)
        for rehearsal in rehearsals
        for update in rehearsal.updates
        if update.key and update.published and not update.draft and not update.translates
    ]
    claimed = follow_claims(puts, archive, ledger, config, now, KeyBook(archive, ledger))
    known = {claim.key: claim for claim in (*archive.claims.newest("open", OPEN_CLAIMS), *claimed.claims)}
    open_claims = [claim for claim in known.values() if standing_of(claim) == "open"]
    fresh = {update.key for _, update in puts}
    updates = [after for _, after in claimed.puts if after.key in fresh]
    told = tuple(
        replace(
            rehearsal,
            reading=replace(
                rehearsal.reading,
                problems=(
                    *rehearsal.reading.problems,
                    *(p for p in claimed.problems if p.path == rehearsal.path),
                ),
            ),
        )
        for rehearsal in rehearsals
    )
    return told, Comparer(compile_rules(config)).suggestions(updates, open_claims)


def archive_of(folders: Folders) -> Archive:
    """The site's archive, to read; an empty one where there is none that can be used."""
    try:
        return Archive(folders.archive, read_only=True)
    except ArchiveError:
        return Archive(None)


def _refused(path: str, problem: Problem) -> Rehearsal:
    return Rehearsal(path=path, reading=Reading(problems=(problem,)))


def _settled(
    updates: tuple[Update, ...], config: Config, folder: Path, now: dt.datetime
) -> tuple[Update, ...]:
    ledger, zone = Ledger(folder), ZoneInfo(config.site.timezone)
    grace = dt.timedelta(minutes=config.corrections.grace_minutes)
    places: defaultdict[dt.date, list[int]] = defaultdict(list)
    for place, update in enumerate(updates):
        places[update.date].append(place)
    settled = list(updates)
    for day, here in places.items():
        history = ledger.history(day.isoformat()[:7])
        known = [kept for kept in history.values() if kept.date == day]
        candidates = [updates[place] for place in here]
        keys = assign_keys(day, known, candidates, oldest_first=_oldest_first(updates)).keys
        for place, key in zip(here, keys, strict=True):
            if key is not None:
                done = settle(history.get(key), updates[place], key=key, now=now, zone=zone, grace=grace)
                settled[place] = done.update
    return tuple(settled)


def _oldest_first(updates: tuple[Update, ...]) -> frozenset[str]:
    return frozenset(update.source for update in updates if tells_oldest_first(updates))
