"""The files of ledger/: read into what is known of each update, appended to, checked and mended.

One file a month, by the date of the update: ``ledger/2024-12.jsonl``. A record is on the disk when
``append`` returns. Only one process may write; the caller holds the site's lock.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitrep.base.disk import write_all
from sitrep.base.errors import LedgerError, SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct, field
from sitrep.ledger.events import KINDS, Event
from sitrep.ledger.folder import Extent, LedgerFolder, Signature, signature_of
from sitrep.ledger.forgotten import FORGOTTEN, with_marks
from sitrep.ledger.hash_chain import LedgerMonth, digest_of, read_sheet, to_line
from sitrep.ledger.history import apply, fold
from sitrep.ledger.known import KnownUpdate
from sitrep.ledger.places import Place, same_words

_CLAIMS = re.compile(rb'"claims":\[(\[.*?\])\]')
_CLAIM_KEY = re.compile(rb'\[\d+,"([^"\\]+)"')
_REMEMBERED = 4
_AT_ONCE = 128
"""Files written before the first is forced to disk: the system then does the work of all at once."""


class _Month(Struct):
    """What was last read of one file; ``tips`` are what the next record follows."""

    signature: Signature
    tips: tuple[str, ...]
    sound_size: int
    """Bytes up to the end of the last full record."""
    unended: bool = False
    """The last record lacks its line end."""


class _KnownMonth(Struct):
    """What is known of a month's updates, and later events that nobody has asked for yet."""

    updates: dict[str, KnownUpdate]
    later: list[Event] = field(default_factory=list)

    def folded(self) -> dict[str, KnownUpdate]:
        """What is known after all events."""
        for event in self.later:
            self.updates[event.update] = apply(self.updates.get(event.update), event)
        self.later.clear()
        return self.updates


class Ledger:
    """The ledger of one site.

    A month that is broken (a conflict marker, a record changed or removed) raises LedgerError wherever
    it is read or written, and is left as it is. A folder that cannot be used raises SiteError.
    """

    def __init__(self, folder: Path) -> None:
        """Use the ledger in ``folder``, which is made with its first record."""
        self._files = LedgerFolder(folder)
        self._months: dict[str, _Month] = {}
        self._seen: dict[str, Signature] | None = None
        self._known: OrderedDict[str, _KnownMonth] = OrderedDict()

    def months(self) -> tuple[str, ...]:
        """The months there are records of, oldest first."""
        return self._files.months()

    def signature(self) -> dict[str, Signature]:
        """Size and mtime of every month's file, so that a change from outside shows."""
        self._seen = self._files.signatures()
        return dict(self._seen)

    def seen(self) -> dict[str, Signature]:
        """The same as when it was last asked for, with what was written here since. Reads no folder twice."""
        return dict(self._seen) if self._seen is not None else self.signature()

    def tips(self) -> dict[str, tuple[str, ...]]:
        """The last records of every month that was read or written here."""
        return {month: state.tips for month, state in self._months.items()}

    def holds(self, month: str, records: Iterable[str]) -> bool:
        """True if all of these records stand in a month, named as ``tips`` names them."""
        wanted = frozenset(records)
        if not wanted or self._files.signature(month) is None:
            return not wanted
        # Read anew: what is known of the month is to be folded again where its file is another one.
        sheet = read_sheet(self._files.content(month), month=month, path=self._files.shown(month))
        return wanted.issubset(link.digest for link in sheet.links)

    def history(self, month: str) -> dict[str, KnownUpdate]:
        """What is known of each update of a month by key; empty if the month has no file."""
        signature = self._files.signature(month)
        if signature is None:
            self._drop(month)
            return {}
        state = self._months.get(month)
        if state is None or state.signature != signature or month not in self._known:
            self._read(month)
        self._known.move_to_end(month)
        return dict(self._known[month].folded())

    def claim_keys(self) -> frozenset[str]:
        """Every key that a claim was ever given, in whatever month; reads all files."""
        found: set[str] = set()
        for month in self.months():
            for rows in _CLAIMS.findall(self._files.content(month)):
                found.update(key.decode() for key in _CLAIM_KEY.findall(rows))
        return frozenset(found)

    def append(self, events: Iterable[Event]) -> None:
        """Write events, each to the month of its update; all are on the disk on return.

        Raises LedgerError before anything is written if one of the months is broken.
        """
        by_month: dict[str, list[Event]] = {}
        for event in events:
            by_month.setdefault(event.update[:7], []).append(event)
        fresh = [month for month in by_month if not self._is_current(month) and not self._load(month)]
        pending = list(by_month.items())
        for start in range(0, len(pending), _AT_ONCE):
            self._write_months(pending[start : start + _AT_ONCE])
        if fresh:
            self._files.sync()

    def extents(self) -> dict[str, Extent]:
        """Which file each month is, and how large."""
        return self._files.extents()

    def cut_back(self, before: Mapping[str, Extent]) -> None:
        """Take back the records that were appended since ``extents`` was asked; a month that was put in the
        place of another since then, for example to forget words, stays as it is. Raises SiteError.
        """
        for month, (file, size) in self.extents().items():
            known, end = before.get(month, (file, 0))
            if known == file and size > end:
                self._files.cut(month, end)
                self._drop(month)
        self._seen = None

    def verify(self) -> tuple[Problem, ...]:
        """Everything that is wrong or worth knowing, oldest month first; nothing is changed."""
        from sitrep.ledger.check import checked

        found: list[Problem] = []
        for month in self.months():
            path = self._files.shown(month)
            found += checked(read_sheet(self._files.content(month), month=month, path=path), path)
        return tuple(found)

    def repair(self) -> tuple[Problem, ...]:
        """Mend what is broken and say what was done; no id is lost.

        The file as it was stays beside it as ``2024-12.jsonl.before-repair``.
        """
        from sitrep.ledger.repair import repaired

        notes: list[Problem] = []
        for month in self.months():
            raw = self._files.content(month)
            mended, done = repaired(raw, month=month, path=self._files.shown(month))
            if done:
                self._files.replace(self._files.spare(month), raw)
                self._files.replace(self._files.path(month), mended)
                self._drop(month)
                notes += done
        return tuple(notes)

    def same_words(self, key: str, number: int | None) -> frozenset[tuple[str, int | None]]:
        """Everywhere that an item (without a number an update) has stood, before it was moved and since."""
        return same_words((key, number), lambda key: self.history(key[:7]).get(key))

    def forget(self, key: str, number: int | None, *, now: dt.datetime) -> tuple[str, ...]:
        """Take the words of an update, or of one item, out of the ledger, and return all of them.

        Only ids, stamps and fronts stay, and marks to know the words by. Copies that a repair left of that
        month are removed. Raises LedgerError if the ledger knows no such update or item.
        """
        from sitrep.ledger.repair import without_words

        month = key[:7]
        kept = self.history(month).get(key)
        if kept is None or (number is not None and number not in {item.number for item in kept.items}):
            what = key if number is None else f"{key}/{number}"
            fact = f"the ledger knows no {what}"
            remedy = "look for its id in its permalink, for example 2024-12-06 or 2024-12-06/3"
            raise LedgerError(Problem(path=self._files.shown(month), fact=fact, remedy=remedy))
        at = now.astimezone(dt.UTC).replace(microsecond=0)
        raw = self._files.content(month)
        emptied, texts = without_words(
            raw, month=month, path=self._files.shown(month), key=key, item=number, at=at
        )
        self._files.replace(Path(FORGOTTEN), with_marks(self._files.path(month).parent, key, texts))
        self._files.replace(self._files.path(month), emptied)
        for spare in self._files.spares(month):
            spare.unlink()
        self._drop(month)
        return texts

    def forget_again(self, months: Iterable[str], *, now: dt.datetime) -> None:
        """Empty what a merge brought back of what was forgotten, wherever its words were put meanwhile."""

        def is_forgotten(place: Place) -> bool:
            items = self.history(place[0][:7])[place[0]].items
            return any(item.forgotten for item in items if item.number == place[1])

        moved = (
            self.same_words(kept.key, item.number)
            for month in months
            for kept in self.history(month).values()
            for item in kept.items
            if item.forgotten or item.origin
        )
        places = {place for same in moved if any(map(is_forgotten, same)) for place in same}
        if not places:
            return
        from sitrep.ledger.check import with_words

        for month in sorted({key[:7] for key, _ in places}):
            for key, number in sorted(places & with_words(self._sheet(month))):
                self.forget(key, number, now=now)

    def rename_claim(self, key: str, other: str) -> None:
        """Give a claim another key wherever it is told of, because the old one is made of forgotten words."""
        from sitrep.ledger.repair import with_claim_renamed

        for month in self.months():
            raw = self._files.content(month)
            renamed = with_claim_renamed(
                raw, month=month, path=self._files.shown(month), key=key, other=other
            )
            if renamed != raw:
                self._files.replace(self._files.path(month), renamed)
                self._drop(month)

    # -- reading --------------------------------------------------------------------------------

    def _read(self, month: str) -> None:
        sheet = self._sheet(month)
        if sheet.straight:
            self._remember(month, fold(link.event for link in sheet.links))
        else:
            from sitrep.ledger.merge import merged

            self._remember(month, fold(merged(sheet)))

    def _remember(self, month: str, known: dict[str, KnownUpdate]) -> None:
        self._known[month] = _KnownMonth(known)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _load(self, month: str) -> bool:
        """Learn what the next record of a month follows. False if the month has no file."""
        if self._files.signature(month) is None:
            self._drop(month)
            self._months[month] = _Month((0, 0), (), 0)
            self._remember(month, {})
            return False
        self._read(month)
        return True

    def _is_current(self, month: str) -> bool:
        state = self._months.get(month)
        return state is not None and state.signature == self._files.signature(month)

    def _sheet(self, month: str) -> LedgerMonth:
        """The month as read; remembers what the next record follows."""
        signature = self._files.signature(month) or (0, 0)
        raw = self._files.content(month)
        sheet = read_sheet(raw, month=month, path=self._files.shown(month))
        if sheet.broken:
            raise LedgerError(*sheet.broken)
        unended = not sheet.torn and raw[-1:] not in (b"\n", b"")
        self._months[month] = _Month(signature, sheet.tips, len(raw) - len(sheet.torn), unended)
        return sheet

    # -- the disk -------------------------------------------------------------------------------

    def _write_months(self, batch: list[tuple[str, list[Event]]]) -> None:
        opened: list[int] = []
        try:
            for month, events in batch:
                opened.append(self._write(month, events))
            for descriptor in opened:
                os.fsync(descriptor)
        except OSError as fault:
            for month, _ in batch:
                self._drop(month)
            raise self._files.unusable(fault) from fault
        finally:
            for descriptor in opened:
                os.close(descriptor)

    def _write(self, month: str, events: list[Event]) -> int:
        """Append to a month's file and return it open. A write that fails leaves it as it was."""
        state = self._months[month]
        lines: list[bytes] = [b""] if state.unended else []
        tips = state.tips
        for event in events:
            line = to_line(event, tips)
            tips = (digest_of(line),)
            lines.append(line)
        descriptor = self._open(month, state)
        try:
            os.ftruncate(descriptor, state.sound_size)
            write_all(descriptor, b"\n".join(lines) + b"\n")
        except OSError:
            os.ftruncate(descriptor, state.sound_size)
            os.close(descriptor)
            raise
        signature = signature_of(os.fstat(descriptor))
        self._months[month] = _Month(signature, tips, signature[0])
        if self._seen is not None:
            self._seen[month] = signature
        if month in self._known:
            self._known[month].later += (event for event in events if event.event in KINDS)
        return descriptor

    def _open(self, month: str, state: _Month) -> int:
        """Open a month's file for appending, sure that nobody wrote to it since it was read."""
        descriptor = self._files.opened(month)
        if os.fstat(descriptor).st_size == state.signature[0]:
            return descriptor
        os.close(descriptor)
        self._drop(month)
        fact = "another program wrote to the ledger at the same moment; nothing was added"
        remedy = "let only one program publish this site, then try again"
        raise SiteError(Problem(path=self._files.shown(month), fact=fact, remedy=remedy))

    def _drop(self, month: str) -> None:
        self._months.pop(month, None)
        self._known.pop(month, None)
