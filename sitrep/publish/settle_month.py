"""Readings, ledger and archive -> which updates stand now, month by month: keys, stamps, withdrawals."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import instant_text
from sitrep.base.spool import Spooled, content_of
from sitrep.base.values import Struct, decode, decoder, replace
from sitrep.config.values import Config
from sitrep.identity.first_published import LATE_AT_ONCE, is_recent
from sitrep.identity.item_ids import SettledUpdate, remains, settle, withdraw
from sitrep.identity.translations import Translated, is_translation, original_of, translate, without_original
from sitrep.identity.update_keys import assign_keys
from sitrep.ledger.events import Event
from sitrep.ledger.history import apply
from sitrep.ledger.known import KnownUpdate
from sitrep.ledger.ledger import Ledger

_update = decoder(Update)


class SettledMonth(Struct, frozen=True, kw_only=True):
    """What one month came to. ``puts`` hold each update's state before (or None) and now."""

    puts: tuple[tuple[Update | None, Update], ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    """Keys of published updates that no file holds any more; whether to believe it is asked later."""
    kept_back: tuple[str, ...] = ()
    """Keys of updates that stand only because nobody has confirmed that they are meant to be gone."""
    spares: tuple[tuple[str, frozenset[str]], ...] = ()
    """For each date, the files with an update of it that is out from another file."""


def together(parts: Sequence[SettledMonth]) -> SettledMonth:
    """What several days or months came to, in their order."""
    return SettledMonth(
        puts=tuple(put for part in parts for put in part.puts),
        events=tuple(event for part in parts for event in part.events),
        problems=tuple(problem for part in parts for problem in part.problems),
        missing=tuple(key for part in parts for key in part.missing),
        kept_back=tuple(key for part in parts for key in part.kept_back),
        spares=tuple(spare for part in parts for spare in part.spares),
    )


_SEVERAL, _MANY = 2, 500
"""Updates read at once among which words that went from one to another are looked for."""


class Task(Struct, frozen=True, kw_only=True):
    """What has to be settled: fresh readings and the days they bear on."""

    fresh: Mapping[str, tuple[bytes | Spooled, ...]]
    """Encoded updates by ISO date."""
    days: frozenset[str]
    """Every date that may look different now: of fresh updates, and of those that their files held before."""
    reread: frozenset[str]
    """Paths whose former updates no longer count, because they were read again or are gone."""
    gone: frozenset[str] = frozenset()
    """Paths of files that are not there any more, and whose absence is believed."""
    doubted: frozenset[str] = frozenset()
    """Paths of files that are not there any more, but whose absence may be a mishap."""
    kept_back: frozenset[str] = frozenset()
    """Keys of updates that no file holds any more, but that may be missing by a mishap."""
    confirmed: bool = False
    """A person has said that what is missing is meant to be gone."""
    held: frozenset[tuple[str, str]] = frozenset()
    """Path and ISO date of texts that wait: what they said before, if they were out, still counts."""
    oldest_first: frozenset[str] = frozenset()
    """Paths of files that tell their updates from the oldest to the newest."""
    whole_months: frozenset[str] = frozenset()
    """Months whose ledger is to be gone through whole: all, for a new archive."""
    lately: int = 0
    """How many older updates that were new have come just before, each in a publish of its own."""

    def stands(self, update: Update) -> bool:
        """True if what the archive holds of an update is still what its file says."""
        return update.source not in self.reread or (update.source, update.date.isoformat()) in self.held

    def doubts(self, update: Update) -> bool:
        """True if no file holds an update, as far as can be seen, and that may be a mishap."""
        return update.source in self.doubted or update.key in self.kept_back

    def months(self) -> tuple[str, ...]:
        """All months to settle, oldest first."""
        return tuple(sorted({day[:7] for day in self.days} | self.whole_months))


class Settler:
    """Settles a task one month at a time against a ledger and an archive, writing to neither."""

    def __init__(self, task: Task, config: Config, ledger: Ledger, archive: Archive, now: dt.datetime):
        """``now``: UTC, whole seconds."""
        self.task, self.config, self.ledger, self.archive, self.now = task, config, ledger, archive, now
        self.zone = ZoneInfo(config.site.timezone)
        self.grace = dt.timedelta(minutes=config.corrections.grace_minutes)
        noted = decode(archive.meta(Note.CAME) or b"{}", dict[str, str])
        since = instant_text(now - self.grace)
        self.came = {key: at for key, at in noted.items() if at >= since}
        """When updates that are stamped with another moment came of late."""
        self._lives = bool(ledger.months())
        self._days: defaultdict[str, set[str]] = defaultdict(set)
        for day in task.days:
            self._days[day[:7]].add(day)

    def month(self, month: str) -> SettledMonth:
        """Settle the days of a month that the task names."""
        task = self.task
        history = self.ledger.history(month)
        by_day: defaultdict[str, list[KnownUpdate]] = defaultdict(list)
        for kept in history.values():
            by_day[kept.key[:10]].append(kept)
        days = set(self._days.get(month, ()))
        if month in task.whole_months:
            days |= set(by_day) | {update.key[:10] for update in self.archive.month(month)}
        again, held = month in task.whole_months, self.archive.holds(month)
        return together([self._day(day, by_day[day], again=again, held=held) for day in sorted(days)])

    def _day(self, day: str, known: list[KnownUpdate], *, again: bool, held: bool) -> SettledMonth:
        """``again``: its month is gone through whole; ``held``: the archive holds updates of that month."""
        task = self.task
        before = {update.key: update for update in self.archive.updates_on(day)} if held else {}
        fresh = [_update(content_of(update)) for update in task.fresh.get(day, ())]
        there = [update for update in before.values() if task.stands(update)]
        drafts = [update for update in fresh if is_translation(update, (*fresh, *there))]
        fresh = [update for update in fresh if update not in drafts]
        kept = {each.key: each for each in known}
        standing = list(self._standing(before.values(), kept))
        candidates = (*standing, *fresh)
        assignment = assign_keys(
            dt.date.fromisoformat(day),
            known,
            candidates,
            oldest_first=task.oldest_first,
            owners={update.source for update in before.values()},
        )
        settled = [
            self._settled(kept.get(key), update, key, before.get(key))
            for key, update in zip(assignment.keys, candidates, strict=True)
            if key is not None
        ]
        events = [event for each in settled for event in each.events]
        problems = [*assignment.problems, *(problem for each in settled for problem in each.problems)]
        translated, orphans = self._translated([each.update for each in settled], drafts, kept, before)
        events += [event for told in translated for event in told.events]
        problems += [*orphans, *(problem for told in translated for problem in told.problems)]
        puts: list[tuple[Update | None, Update]] = [
            (was, update)
            for update in (told.update for told in translated)
            if update != (was := before.get(update.key))
            or (again and _of_claims(update, kept.get(update.key)))
        ]
        gone = (each for each in known if each.withdrawn and each.key not in assignment.keys)
        puts += (put for each in gone for put in _left(before.get(each.key), remains(each)))
        return SettledMonth(
            puts=tuple(puts),
            events=tuple(events),
            problems=tuple(problems),
            missing=assignment.vanished,
            kept_back=tuple(update.key for update in standing if update.key in task.kept_back),
            spares=((day, _left_out(assignment.keys, candidates).union(_sources(drafts, before))),),
        )

    def _standing(self, before: Iterable[Update], kept: Mapping[str, KnownUpdate]) -> Iterator[Update]:
        """What the archive holds of that day and nothing has taken its place, without forgotten words."""
        task = self.task
        for was in before:
            update = _without_forgotten(was, kept.get(was.key))
            if update is None or update.withdrawn:
                continue
            if self._waits(update) if task.doubts(update) else task.stands(update):
                yield _at_home(update, self.config)

    def _settled(
        self, kept: KnownUpdate | None, update: Update, key: str, before: Update | None
    ) -> SettledUpdate:
        settled = settle(
            kept,
            update,
            key=key,
            now=self.now,
            zone=self.zone,
            grace=max(self.grace, self.now - kept.seen) if kept and key in self.came else self.grace,
            fronts=_fronts(before),
            opinion=_opinion(before),
            elsewhere=self._newly_said if kept and before and _is_reworded(kept, update) else (),
            late=self._late,
        )
        if kept is None and settled.events and settled.events[0].at < self.now:
            self.came[key] = instant_text(self.now)
        return settled

    def _translated(
        self,
        day: list[Update],
        drafts: list[Update],
        known: Mapping[str, KnownUpdate],
        before: Mapping[str, Update],
    ) -> tuple[list[Translated], list[Problem]]:
        """The updates of a day with their translations, and what is said of those that translate nothing."""
        found = defaultdict[str, list[Update]](list)
        orphans: list[Problem] = []
        for draft in drafts:
            original = original_of(draft, day)
            if original is None:
                orphans.append(without_original(draft, day))
            else:
                found[original.key].append(draft)
        for key, was in before.items():
            found[key] += (
                translation
                for translation in was.translations
                if translation.source and self.task.stands(translation)
            )
        return [
            translate(update, found[update.key], known.get(update.key), self.now) for update in day
        ], orphans

    def _waits(self, update: Update) -> bool:
        """True if an update whose file is missing stays for now: not confirmed gone, not in other files."""
        items = {item.text for item in update.items}
        return not self.task.confirmed and (not items or 2 * len(items & self._read) < len(items))

    @cached_property
    def _read(self) -> frozenset[str]:
        """The words of all items that were read, looked up for the first update whose file is missing."""
        read = (_update(content_of(content)) for found in self.task.fresh.values() for content in found)
        return frozenset(item.text for update in read for item in update.items)

    @cached_property
    def _newly_said(self) -> frozenset[str]:
        """The words of items that stand in a file for the first time, where more than one update was read."""
        if not _SEVERAL <= sum(map(len, self.task.fresh.values())) <= _MANY:
            return frozenset()
        read = (_update(content_of(each)) for found in self.task.fresh.values() for each in found)
        said = {(update.source, item.text) for update in read for item in update.items}
        keys = (key for source in {source for source, _ in said} for key in self.archive.keys_of(source))
        before = filter(None, map(self.archive.update, keys))
        said -= {(update.source, item.text) for update in before for item in update.items}
        return frozenset(text for _, text in said)

    @cached_property
    def older(self) -> int:
        """How many updates of older dates are new here; where they are many, no more than that they are."""
        older = [
            day for day in self.task.fresh if not is_recent(dt.date.fromisoformat(day), self.now, self.zone)
        ]
        if len(older) > 2 * LATE_AT_ONCE:
            return len(older)
        known = Counter(
            key[:10] for month in {day[:7] for day in older} for key in self.ledger.history(month)
        )
        return sum(max(0, len(self.task.fresh[day]) - known[day]) for day in older)

    @cached_property
    def _late(self) -> bool:
        """True if older updates that are new here are news: on a site with a past, and a few at once."""
        return self._lives and self.older + self.task.lately <= LATE_AT_ONCE

    def withdraw(self, keys: Iterable[str]) -> SettledMonth:
        """Take these updates back."""
        puts: list[tuple[Update | None, Update]] = []
        events: list[Event] = []
        for key in keys:
            known, before = self.ledger.history(key[:7])[key], self.archive.update(key)
            event = withdraw(known, self.now, fronts=_fronts(before), opinion=_opinion(before))
            puts.append((before, remains(apply(known, event))))
            events.append(event)
        return SettledMonth(puts=tuple(puts), events=tuple(events))


def _without_forgotten(update: Update, kept: KnownUpdate | None) -> Update | None:
    """What still stands of an update that was not read again: nothing that the ledger says is forgotten."""
    if kept is None or not (kept.forgotten or any(item.forgotten for item in kept.items)):
        return update
    forgotten = {item.number for item in kept.items if item.forgotten}
    left = [
        replace(section, items=tuple(item for item in section.items if item.number not in forgotten))
        for section in update.sections
    ]
    sections = tuple(section for section in left if section.items)
    return replace(update, sections=sections) if sections and not kept.forgotten else None


def _at_home(update: Update, config: Config) -> Update:
    """An update that was not read again, its items of fronts that are no more in the general one."""
    fronts = {front.id for front in config.fronts}
    if fronts.issuperset(update.fronts):
        return update
    home = (config.front_of_kind("general") or config.fronts[-1]).id
    return update.with_items(
        tuple(item if item.front in fronts else replace(item, front=home) for item in update.items)
    )


def _of_claims(update: Update, kept: KnownUpdate | None) -> bool:
    """True if an update is part of claims, which a ledger from elsewhere may tell of otherwise."""
    return bool(kept and kept.claims) or any(item.followed for item in update.items)


def _left(before: Update | None, after: Update) -> Iterator[tuple[Update | None, Update]]:
    """What is to be put where an update is gone, if that is not what stands there."""
    if before is None or replace(after, source=before.source, line=before.line) != before:
        yield before, after


def without_lines(update: Update) -> Update:
    """The update as a reader knows it: where it begins in its file is left out."""
    top = update.line
    sections = (
        replace(
            section,
            line=section.line - top,
            items=tuple(replace(item, line=item.line - top, reason="") for item in section.items),
        )
        for section in update.sections
    )
    passages = (replace(passage, line=passage.line - top) for passage in update.passages)
    return replace(update, line=0, sections=tuple(sections), passages=tuple(passages))


def _fronts(update: Update | None) -> dict[int, str]:
    """Where the items of an update stood when it was last published, by number."""
    return {item.number: item.front for item in update.items} if update else {}


def _opinion(update: Update | None) -> frozenset[int]:
    """Numbers of the items of an update that were the authors' own view when it was last published."""
    return frozenset(item.number for item in update.items if item.opinion) if update else frozenset()


def _sources(drafts: Iterable[Update], before: Mapping[str, Update]) -> Iterator[str]:
    """The files that translate updates of a day: when one of these changes, they are read again."""
    yield from (draft.source for draft in drafts)
    yield from (
        translation.source
        for update in before.values()
        for translation in update.translations
        if translation.source
    )


def _left_out(keys: Iterable[str | None], candidates: Iterable[Update]) -> frozenset[str]:
    return frozenset(update.source for key, update in zip(keys, candidates, strict=True) if key is None)


def _is_reworded(kept: KnownUpdate, update: Update) -> bool:
    return [item.text for item in kept.live_items] != [item.text for item in update.items]
