"""Settled updates, ledger and archive -> which claims their items are part of, and what became of each.

Nothing is written here: ``Claimed`` holds what the ledger and the archive must learn. Only claims that
the changed updates touch are looked at, and only the updates that hold items of those.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from sitrep.archive.archive import Archive, position_of
from sitrep.archive.claims import ClaimStep
from sitrep.base.claim import Claim, ClaimState, Step
from sitrep.base.nouns import Item, Problem, Update
from sitrep.base.values import Struct, field, replace
from sitrep.claims.claim_keys import KeyBook, plain_slug
from sitrep.claims.remarks import UnknownClaim, remarks, unknown_problem
from sitrep.claims.state import followed, told
from sitrep.claims.steps import LATER, steps_of
from sitrep.claims.update_claims import (
    ClaimSheet,
    Mark,
    concerned,
    events_of,
    marked,
    sentence_of,
    unmarked,
    write,
)
from sitrep.config.values import Config
from sitrep.ledger.events import Event
from sitrep.ledger.known import KnownUpdate, Told
from sitrep.ledger.ledger import Ledger
from sitrep.text.summaries import codes, references

Put = tuple[Update | None, Update]
_STATES = frozenset(state.value for state in ClaimState if state is not ClaimState.WITHDRAWN)


class Claimed(Struct, frozen=True, kw_only=True):
    """What following the claims came to."""

    puts: tuple[Put, ...]
    """Every update that is not what it was, those that only a claim has changed too."""
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    steps_of: Mapping[str, tuple[ClaimStep, ...]] = field(default_factory=dict)
    """By key, the steps of the updates that tell others than before."""
    claims: tuple[Claim, ...] = ()
    dropped: tuple[str, ...] = ()
    """Keys of claims of which nothing is left."""

    def write(self, archive: Archive) -> None:
        """Put updates and claims into the archive, inside the caller's transaction."""
        for _, update in self.puts:
            archive.put_update(update)
        archive.claims.put_steps_of(self.steps_of)
        archive.claims.put_claims(self.claims)
        archive.claims.drop_claims(self.dropped)

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all claims of which something else is known now."""
        return frozenset({claim.key for claim in self.claims} | set(self.dropped))


def follow_claims(
    puts: Iterable[Put],
    archive: Archive,
    ledger: Ledger,
    config: Config,
    now: dt.datetime,
    keys: KeyBook,
    carried: Mapping[str, tuple[Told, ...]] | None = None,
) -> Claimed:
    """Work out the claims of updates that are about to be put into the archive.

    ``carried``: what items of an update were part of in the one they came from.
    """
    return _Follower(archive, ledger, config, now, keys, carried or {}).follow(tuple(puts))


class _Follower:
    """The state of one pass."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        config: Config,
        now: dt.datetime,
        keys: KeyBook,
        carried: Mapping[str, tuple[Told, ...]],
    ) -> None:
        self._archive, self._ledger, self._config, self._now = archive, ledger, config, now
        self._keys, self._carried = keys, carried
        self._sheets: dict[str, ClaimSheet] = {}
        self._opened: set[str] = set()
        self._fresh: set[str] = set()
        """Keys given in this pass: nothing is known of them elsewhere."""
        self._claims: dict[str, Claim] = {}
        self._histories: dict[str, Mapping[str, KnownUpdate]] = {}

    def follow(self, puts: tuple[Put, ...]) -> Claimed:
        """The whole pass, over updates and their states before."""
        for before, after in sorted(puts, key=lambda put: position_of(put[1].key)):
            self._add(before, after, fresh=True)
        sheets = [sheet for sheet in self._sheets.values() if concerned(sheet)]
        for key in (item.claim for sheet in sheets for item in sheet.after.items if item.claim):
            if "/" not in key:
                self._keys.note(key)
        for sheet in sheets:
            self._open(sheet)
        sheets += self._awakened()
        for sheet in sheets:
            self._settle(sheet)
        touched = self._tell()
        self._fold(touched)
        return self._claimed(touched)

    def _add(self, before: Update | None, after: Update, *, fresh: bool) -> ClaimSheet:
        kept = self._history(after.key[:7]).get(after.key)
        sheet = ClaimSheet(before, unmarked(after, None) if fresh else after, kept, fresh)
        sheet.rows = [*(kept.claims if kept else ()), *self._carried.get(after.key, ())]
        sheet.latest = {row.number: row for row in sheet.rows}
        self._sheets[after.key] = sheet
        return sheet

    def _history(self, month: str) -> Mapping[str, KnownUpdate]:
        """What the ledger knows of a month; it is not written to in this pass."""
        found = self._histories.get(month)
        if found is None:
            found = self._histories[month] = self._ledger.history(month)
        return found

    def _sheet(self, key: str) -> ClaimSheet | None:
        """The sheet of an update, fetched from the archive if need be."""
        known = self._sheets.get(key)
        if known is None and (update := self._archive.update(key)):
            known = self._add(update, update, fresh=False)
        return known

    # -- which claim an item is part of ---------------------------------------------------------

    def _open(self, sheet: ClaimSheet) -> None:
        """Rumors open claims, or are part of the one their author names."""
        for item in sheet.after.items:
            if item.claim and "/" not in item.claim and (self._knows(item.claim) or not _settles(item)):
                self._part(sheet, item, item.claim, named=item.claim)
            elif item.hearsay and not item.claim:
                now = sheet.current(item.number)
                kept = now.claim if now and now.named in ("", LATER) else ""
                self._part(sheet, item, kept or self._new_key(item.hearsay.slug), named="")

    def _settle(self, sheet: ClaimSheet) -> None:
        """Items that speak of a claim become part of it; those that speak of none any more leave it."""
        for item in sheet.after.items:
            now = sheet.current(item.number)
            if item.claim is None:
                if now and now.claim and not item.hearsay and now.named != LATER:
                    self._part(sheet, item, "", named="")
            elif now is None or now.named != item.claim or not now.claim:
                self._name(sheet, item, item.claim)
            else:
                self._part(sheet, item, now.claim, named=item.claim)

    def _name(self, sheet: ClaimSheet, item: Item, named: str) -> None:
        """An item names a claim for the first time: find it, or note that there is none."""
        key = named if "/" not in named and self._knows(named) else None
        if "/" in named:
            found = self._find(named, sheet, item)
            key = self._claim_at(*found) if found else None
        if key:
            self._part(sheet, item, key, named=named)
        else:
            sheet.unknown.setdefault(item.number, UnknownClaim(named=named))
            now = sheet.current(item.number)
            if now and now.claim and now.named != LATER:
                self._part(sheet, item, "", named="")

    def _part(self, sheet: ClaimSheet, item: Item, key: str, *, named: str) -> None:
        """Note that an item is part of a claim (empty: of none), if that is not known already."""
        state = item.claim_state if item.claim_state in _STATES and key else ""
        state = state or ("" if not key else ClaimState.OPEN.value)
        now = sheet.current(item.number)
        if key:
            self._opened.add(key)
        known = (now.claim, now.state, now.named) if now else ("", "", "")
        if known != (key, state, named):
            opens = state == ClaimState.OPEN and not named
            since = self._since(sheet, item, now, opens=opens)
            write(sheet, Told(number=item.number, claim=key, state=state, named=named, at=since))

    def _since(self, sheet: ClaimSheet, item: Item, now: Told | None, *, opens: bool) -> dt.datetime:
        """When an item became part of its claim: as it came out, or now."""
        if now is None and item.published and (opens or sheet.first_seen(item.number)):
            return item.published
        return max(self._now, now.at if now else self._now, item.published or self._now)

    def _new_key(self, slug: str) -> str:
        key = self._keys.new(slug)
        self._fresh.add(key)
        return key

    def _knows(self, key: str) -> bool:
        return key in self._opened or self._archive.claims.claim(key) is not None

    # -- items named by their code --------------------------------------------------------------

    def _find(self, named: str, sheet: ClaimSheet, item: Item) -> tuple[ClaimSheet, Item] | None:
        """The item of that code or number; None, with a note why, if there is none or more than one."""
        key, _, code = named.partition("/")
        keys = [key] if key[10:] else self._keys_of(key)
        found: list[tuple[ClaimSheet, Item]] = []
        for there in filter(None, map(self._sheet, keys)):
            its_codes = codes(there.after, self._config)
            for other, its_code in zip(there.after.items, its_codes, strict=True):
                if code in (str(other.number), its_code.upper()) and other is not item:
                    found.append((there, other))
        if len(found) == 1:
            return found[0]
        sheet.unknown[item.number] = UnknownClaim(
            named=named,
            updates=tuple(there.after.key for there, _ in found) if found else tuple(keys),
            several=len(found) > 1,
            withdrawn=self._was_withdrawn(keys, code),
        )
        return None

    def _keys_of(self, day: str) -> list[str]:
        known = {update.key for update in self._archive.updates_on(day)}
        known |= {key for key in self._sheets if key[:10] == day}
        return sorted(known, key=position_of)

    def _was_withdrawn(self, keys: Iterable[str], code: str) -> bool:
        sheets = [self._sheets[key] for key in keys if key in self._sheets]
        if all(sheet.after.withdrawn for sheet in sheets) and sheets:
            return True
        return any(str(item.number) == code for sheet in sheets for item in sheet.after.withdrawn_items)

    def _claim_at(self, there: ClaimSheet, item: Item) -> str:
        """The claim an item is part of; one is opened for an item that told no rumor."""
        now = there.current(item.number)
        if now and now.claim:
            return now.claim
        slug = item.hearsay.slug if item.hearsay else plain_slug(item)
        key = self._new_key(slug)
        self._opened.add(key)
        since = item.published or self._now
        write(there, Told(number=item.number, claim=key, state=ClaimState.OPEN, named=LATER, at=since))
        return key

    def _awakened(self) -> list[ClaimSheet]:
        """Updates that wait for a claim just opened, or for an update of a day that has changed."""
        if not self._archive.claims.waits_any():
            return []
        names = self._opened | {sheet.after.key[:10] for sheet in self._sheets.values()}
        keys = {key for name in sorted(names) for key in self._archive.claims.waiting(name)}
        return [sheet for key in sorted(keys - self._sheets.keys()) if (sheet := self._sheet(key))]

    # -- what became of it ----------------------------------------------------------------------

    def _tell(self) -> set[str]:
        """Write out the steps of every sheet; returns the claims that these are or were part of."""
        touched: set[str] = set()
        for key, sheet in self._sheets.items():
            if not sheet.fresh and not sheet.added and not sheet.unknown:
                continue
            if not sheet.fresh:
                sheet.after = unmarked(sheet.after, sheet.kept)
            sheet.tells = self._steps(sheet) if sheet.rows or sheet.unknown else ()
            if not sheet.fresh:
                sheet.tells += tuple(self._still_waiting(sheet))
            touched |= {claim_step.claim for claim_step in sheet.tells if claim_step.claim}
            touched |= self._archive.claims.of_update(key) if sheet.before else set()
        return touched

    def _steps(self, sheet: ClaimSheet) -> tuple[ClaimStep, ...]:
        update = sheet.after
        concerned = {row.number for row in sheet.rows}
        texts = {item.number: sentence_of(item) for item in update.items if item.number in concerned}
        cited = dict(zip((i.number for i in update.items), references(update, self._config), strict=True))
        waiting = (
            Told(number=number, claim="", state=ClaimState.OPEN, named=mark.named, at=self._now)
            for number, mark in sheet.unknown.items()
        )
        return steps_of(update, sheet.rows, texts, cited, waiting)

    def _still_waiting(self, sheet: ClaimSheet) -> Iterator[ClaimStep]:
        """Items of an update that is only spoken of which wait for a claim, and go on waiting."""
        for step in self._archive.claims.told_by(sheet.after.key):
            number = step.step.there.item
            now = sheet.current(number)
            if not step.claim and number not in sheet.unknown and not (now and now.claim):
                yield step

    def _fold(self, touched: set[str]) -> None:
        """Work out each claim, and mark the items of which it says something new."""
        told_now: dict[str, list[Step]] = {}
        for sheet in self._sheets.values():
            for claim_step in sheet.tells or ():
                told_now.setdefault(claim_step.claim, []).append(claim_step.step)
        afresh = {key for key, sheet in self._sheets.items() if sheet.tells is not None}
        marks: dict[str, dict[int, Mark | None]] = {}
        for key in sorted(touched):
            past = () if key in self._fresh else self._archive.claims.steps(key)
            steps = [step for step in past if step.there.update not in afresh] + told_now.get(key, [])
            then = followed(told(key, past), past) if past else {}
            now = {}
            if steps:
                claim = self._claims[key] = told(key, steps)
                now = followed(claim, steps)
            for there in {**then, **now}:
                if there.update not in afresh and then.get(there) == now.get(there):
                    continue
                on_update = marks.setdefault(there.update, {})
                # An item that left one claim for another is marked by the one it is in.
                on_update[there.item] = now.get(there) or on_update.get(there.item)
        for update, found in marks.items():
            self._mark(update, found)

    def _mark(self, key: str, marks: Mapping[int, Mark | None]) -> None:
        """Say on items of an update what they are to their claims now; None: nothing any more."""
        sheet = self._sheet(key)
        if sheet is None:
            return
        # A sheet that was told afresh bears no old marks, and its own stamps.
        told_afresh = sheet.tells is not None
        own = {} if told_afresh or not sheet.kept else {i.number: i.updated for i in sheet.kept.items}
        items = tuple(
            marked(item, marks[item.number], own.get(item.number, item.updated))
            if item.number in marks
            else item
            for item in sheet.after.items
        )
        first = sheet.after.updated if told_afresh or not sheet.kept else sheet.kept.updated
        stamps = [item.updated for item in items if item.updated]
        updated = max([first, *stamps]) if first else None
        sheet.after = replace(sheet.after.with_items(items), updated=updated)

    def _claimed(self, touched: set[str]) -> Claimed:
        sheets = self._sheets.values()
        return Claimed(
            puts=tuple((sheet.before, sheet.after) for sheet in sheets if sheet.before != sheet.after),
            events=tuple(event for sheet in sheets for event in events_of(sheet)),
            problems=tuple(self._problems()),
            steps_of={
                key: sheet.tells
                for key, sheet in self._sheets.items()
                if sheet.tells is not None and (sheet.tells or sheet.before)
            },
            claims=tuple(self._claims.values()),
            dropped=tuple(sorted(touched - self._claims.keys())),
        )

    def _problems(self) -> Iterator[Problem]:
        for sheet in self._sheets.values():
            if not sheet.fresh:
                continue
            by_number = {item.number: item for item in sheet.after.items}
            for number, unknown in sheet.unknown.items():
                yield unknown_problem(sheet.after, by_number[number], unknown, self._archive.claims)
            yield from remarks(sheet.after, self._claims)


def _settles(item: Item) -> bool:
    """True if an item says what became of a claim, rather than telling it."""
    return item.claim_state in _STATES and item.claim_state != ClaimState.OPEN
