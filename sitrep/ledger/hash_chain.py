"""Bytes of one month of the ledger -> its records, how they hang together, and what is wrong with them.

A record is one line. It names the records it was written after by the first 16 hex digits of the
SHA-256 of their lines: one in a straight chain, several after two ledgers were merged, none for the
first. So an edited or removed line shows, while the union of two ledgers still holds together. The
order of lines in the file means nothing.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from sitrep.base.nouns import Problem, Severity
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, decoder, encode_record
from sitrep.ledger.events import KINDS, Event

REPAIR = "run: sitegen.py ledger repair (it loses no id and keeps a copy of the file)"
_KEY = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:-[1-9]\d*)?")
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
_BOM = b"\xef\xbb\xbf"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Record(Event, frozen=True, kw_only=True):
    """An event as it stands in a line."""

    prev: str = ""


class _Stranger(Struct, frozen=True, kw_only=True):
    """What is read of a record whose kind only a later program knows."""

    prev: str
    at: str = ""
    update: str = ""
    event: str
    item: object = None


_record = decoder(Record)
_stranger = decoder(_Stranger)
_BLANK = Event(at=_EPOCH, update="", event="")
_DEFAULTS = tuple(
    (name, getattr(_BLANK, name)) for name in Event.__struct_fields__ if name not in ("at", "update", "event")
)


class ChainLink(NamedTuple):
    """One line that could be read."""

    number: int
    """Its line in the file, from 1."""
    raw: bytes
    digest: str
    parents: tuple[str, ...]
    event: Event
    at: str
    """``event.at`` as text, for ordering."""

    @property
    def rank(self) -> tuple[str, str]:
        """Which of two records that know nothing of each other comes first."""
        return self.at, self.digest


class LedgerMonth(NamedTuple):
    """A month's file as read."""

    links: tuple[ChainLink, ...]
    """In the order of the fold: every record after those it was written after."""
    tips: tuple[str, ...]
    """Records that nothing was written after; the next one names them all."""
    straight: bool
    torn: bytes
    """What follows the last full line: a write that never finished."""
    problems: tuple[Problem, ...]
    lost: tuple[tuple[int, bytes], ...] = ()
    """Lines that cannot be read, conflict markers left out."""

    @property
    def broken(self) -> tuple[Problem, ...]:
        """The problems that forbid to trust it."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def digest_of(line: bytes) -> str:
    """The name other records call this line by."""
    return sha256(line).hexdigest()[:16]


def to_line(event: Event, parents: Iterable[str]) -> bytes:
    """The line of an event, without its line end; members that say nothing are left out."""
    return encode_record({"prev": " ".join(sorted(parents)), **members_of(event)})


def members_of(event: Event) -> dict[str, object]:
    """What an event says, by name, in the order in which it is written."""
    members: dict[str, object] = {"at": event.at, "update": event.update, "event": event.event}
    for name, default in _DEFAULTS:
        value = getattr(event, name)
        if value != default:
            members[name] = value
    return members


def read_sheet(raw: bytes, *, month: str, path: str) -> LedgerMonth:
    """Read a month's file. Nothing is raised: what is wrong stands in ``problems``."""
    body, _, torn = raw.removeprefix(_BOM).replace(b"\r\n", b"\n").rpartition(b"\n")
    lines = body.split(b"\n")
    if torn and (torn.startswith(_MARKERS) or _read_line(len(lines) + 1, torn, month)):
        lines.append(torn)
        torn = b""
    links: dict[str, ChainLink] = {}
    problems: list[Problem] = []
    lost: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        link = None if line.startswith(_MARKERS) else _read_line(number, line, month)
        if link is not None:
            links.setdefault(link.digest, link)
        elif line.startswith(_MARKERS):
            problems.append(
                _problem(path, number, "a conflict marker of version control stands in the ledger")
            )
        else:
            problems.append(_problem(path, number, "this record cannot be read", line))
            lost.append((number, line))
    ordered, tips, straight = _ordered(list(links.values()))
    problems += _breaks(ordered, links, path)
    problems += _remarks(path, tips, torn, len(lines) + 1)
    return LedgerMonth(ordered, tips, straight, torn, tuple(problems), tuple(lost))


def _read_line(number: int, line: bytes, month: str) -> ChainLink | None:
    try:
        record = _record(line)
    except ValueError:
        return _read_strange(number, line)
    if record.event in KINDS and not (record.update.startswith(month) and _KEY.fullmatch(record.update)):
        return None
    if record.at.tzinfo is None or (record.published and record.published.tzinfo is None):
        return None
    at = record.at.isoformat()
    return ChainLink(number, line, digest_of(line), tuple(record.prev.split()), record, at)


def _read_strange(number: int, line: bytes) -> ChainLink | None:
    try:
        strange = _stranger(line)
    except ValueError:
        return None
    if strange.event in KINDS:
        return None
    event = Event(at=_EPOCH, update=strange.update, event=strange.event)
    return ChainLink(number, line, digest_of(line), tuple(strange.prev.split()), event, strange.at)


def _ordered(links: list[ChainLink]) -> tuple[tuple[ChainLink, ...], tuple[str, ...], bool]:
    before = ""
    for link in links:
        if link.parents != ((before,) if before else ()):
            break
        before = link.digest
    else:
        return tuple(links), (before,) if before else (), True
    named = {parent for link in links for parent in link.parents}
    tips = tuple(sorted(link.digest for link in links if link.digest not in named))
    return tuple(in_order(links)), tips, False


def in_order(links: Sequence[ChainLink]) -> list[ChainLink]:
    """Every record after those it was written after; where that leaves a choice, by instant and digest."""
    known = {link.digest: link for link in links}
    waiting = {link.digest: sum(p in known for p in set(link.parents)) for link in links}
    children: dict[str, list[ChainLink]] = {}
    for link in links:
        for parent in set(link.parents):
            children.setdefault(parent, []).append(link)
    ready = [(link.rank, link.digest) for link in links if not waiting[link.digest]]
    heapq.heapify(ready)
    found: list[ChainLink] = []
    while ready:
        link = known[heapq.heappop(ready)[1]]
        found.append(link)
        for child in children.get(link.digest, ()):
            waiting[child.digest] -= 1
            if not waiting[child.digest]:
                heapq.heappush(ready, (child.rank, child.digest))
    return found


def _breaks(ordered: Iterable[ChainLink], known: dict[str, ChainLink], path: str) -> list[Problem]:
    return [
        _problem(path, link.number, "the record this one was written after has been changed or removed")
        for link in ordered
        if not all(parent in known for parent in link.parents)
    ]


def _remarks(path: str, tips: Sequence[str], torn: bytes, line: int) -> list[Problem]:
    found: list[Problem] = []
    if torn:
        fact = "the last record was cut off while it was written; nothing of it had been published"
        remedy = "nothing to do: it is removed when the next record is written"
        found.append(Problem(path=path, line=line, fact=fact, remedy=remedy, severity=Severity.WARNING))
    if len(tips) > 1:
        fact = f"merged: {len(tips)} machines wrote records that do not know of each other"
        remedy = "nothing to do: both sides count"
        found.append(Problem(path=path, fact=fact, remedy=remedy, severity=Severity.NOTE))
    return found


def _problem(path: str, line: int, fact: str, quote: bytes = b"") -> Problem:
    shown = quote[:80].decode("utf-8", "replace") or None
    return Problem(path=path, line=line, fact=fact, remedy=REPAIR, quote=shown)
