"""A month of the ledger -> the same month made sound again, or without words that must be forgotten.

Both write the records anew as one straight chain in the order of the fold, with every key and number
in its final meaning, so that nothing known of any update changes but what is meant to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sitrep.base.nouns import Problem, Severity
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import decode, encode_record
from sitrep.ledger.events import FORGOTTEN, KINDS, RESERVED, UNREADABLE, Event
from sitrep.ledger.hash_chain import ChainLink, LedgerMonth, digest_of, in_order, members_of, read_sheet
from sitrep.ledger.merge import meanings, translated

SCRAP = "scrap"
"""A record that holds an unreadable line of which not even the update is known."""

_KEY = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:-[1-9]\d*)?(?=\")")
_NUMBER = lazy_pattern(r"\[(\d{1,4}),")
_AT = lazy_pattern(r'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')
_KNOWN = frozenset({"prev", *(name for name in Event.__struct_fields__)})

_TEXT_AT = {"items": 2, "changed": 1, "back": 2}
"""Where in a row of these members the words stand."""

_MARGIN = 100
"""Numbers left free after those of a record that was cut off: what it went on to mention is unknown."""

_Line = dict[str, Any]


def repaired(raw: bytes, *, month: str, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The file with every fault mended, and a note for each thing done; unchanged if it is sound.

    Conflict markers go, the lines of both sides stay. A line that cannot be read is kept as text in a
    record of its own, and no number it mentions is given away again.
    """
    sheet = read_sheet(raw, month=month, path=path)
    if not sheet.broken and not sheet.torn:
        return raw, ()
    whole = _rejoined(sheet)
    lines = _straightened(whole)
    for number, line in sheet.lost:
        text = line.decode("utf-8", "replace")
        lines.append(_scrap(text, month, _before(number, whole)))
    notes = [_note(path, p.line, f"mended: {p.fact}") for p in sheet.broken]
    if sheet.torn:
        notes.append(_note(path, None, "mended: the unfinished last record was taken off"))
    return _chained(lines), tuple(notes)


def without_words(
    raw: bytes, *, month: str, path: str, key: str, item: int | None, at: dt.datetime
) -> tuple[bytes, tuple[str, ...]]:
    """The file without the words of an update or item, and all wordings that were taken out.

    Ids, stamps and fronts stay. The file must be sound.
    """
    sheet = read_sheet(raw, month=month, path=path)
    lines: list[_Line] = []
    removed: dict[str, None] = {}
    for members in _straightened(sheet):
        kept, texts = _emptied(members, key, item)
        lines.append(kept)
        removed |= dict.fromkeys(texts)
    lines.append(members_of(Event(at=at, update=key, event=FORGOTTEN, item=item)))
    return _chained(lines), tuple(text for text in removed if text)


def with_claim_renamed(raw: bytes, *, month: str, path: str, key: str, other: str) -> bytes:
    """The file with another key for a claim, unchanged if it does not know the claim. It must be sound."""
    if f'"{key}"'.encode() not in raw:
        return raw
    lines = _straightened(read_sheet(raw, month=month, path=path))
    for members in lines:
        if "claims" in members:
            rows = [list(row) for row in members["claims"]]
            members["claims"] = [[n, other if claim == key else claim, *rest] for n, claim, *rest in rows]
    return _chained(lines)


def _rejoined(sheet: LedgerMonth) -> LedgerMonth:
    """Let a record whose predecessor is missing follow the line that stands before it in the file."""
    known = {link.digest for link in sheet.links}
    in_file = sorted(sheet.links, key=lambda link: link.number)
    links: list[ChainLink] = []
    for position, link in enumerate(in_file):
        parents = tuple(p for p in link.parents if p in known)
        if len(parents) < len(link.parents) and position:
            parents = tuple(dict.fromkeys((*parents, in_file[position - 1].digest)))
        links.append(link._replace(parents=parents))
    ordered = in_order(links)
    while len(ordered) < len(links):
        placed = {link.digest for link in ordered}
        stuck = next(i for i, link in enumerate(links) if link.digest not in placed)
        links[stuck] = links[stuck]._replace(parents=tuple(p for p in links[stuck].parents if p in placed))
        ordered = in_order(links)
    named = {parent for link in ordered for parent in link.parents}
    tips = tuple(sorted(link.digest for link in ordered if link.digest not in named))
    straight = len(tips) == 1 and all(len(link.parents) == bool(i) for i, link in enumerate(ordered))
    return sheet._replace(links=tuple(ordered), tips=tips, straight=straight)


def _straightened(sheet: LedgerMonth) -> list[_Line]:
    """The members of every record in the order of the fold, keys and numbers in their final meaning."""
    lines: list[_Line] = []
    for link, meaning in zip(sheet.links, meanings(sheet), strict=True):
        members = decode(link.raw, dict[str, Any])
        if link.event.event in KINDS:
            event, *reserved = translated(link.event, meaning)
            strange = {name: value for name, value in members.items() if name not in _KNOWN}
            lines += [members_of(event) | strange, *map(members_of, reserved)]
        else:
            del members["prev"]
            lines.append(members | ({"update": meaning.key} if meaning.key else {}))
    return lines


def _chained(lines: Iterable[_Line]) -> bytes:
    written: list[bytes] = []
    before = ""
    for members in lines:
        line = encode_record({"prev": before, **members})
        before = digest_of(line)
        written.append(line + b"\n")
    return b"".join(written)


def _before(number: int, sheet: LedgerMonth) -> dt.datetime:
    """The instant of the last readable record above a line."""
    above = [link for link in sheet.links if link.number < number] or list(sheet.links)
    last = max(above, key=lambda link: link.number, default=None)
    return last.event.at if last else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _scrap(text: str, month: str, at: dt.datetime) -> _Line:
    stated = _AT.search(text)
    if stated:
        at = dt.datetime.fromisoformat(stated[1])
    key = next((key for key in _KEY.findall(text) if key.startswith(month)), None)
    if key is None:
        return members_of(Event(at=at, event=SCRAP)) | {"line": text}
    used = max((int(number) for number in _NUMBER.findall(text)), default=0)
    used += 0 if text.endswith("}") else _MARGIN
    return members_of(Event(at=at, update=key, event=UNREADABLE, used=used)) | {"line": text}


def _emptied(members: _Line, key: str, item: int | None) -> tuple[_Line, list[str]]:
    """One record without the words in question, and those words."""
    if members["event"] == SCRAP and f'"{key}"' in str(members.get("line", "")):
        return {**members, "line": ""}, []
    if members.get("update") != key or members["event"] == FORGOTTEN:
        return members, []
    if members["event"] not in KINDS or members["event"] in (UNREADABLE, RESERVED):
        of_another = item is not None and members.get("item", item) != item
        plain = {"at", "update", "event", "item", "used"}
        return members if of_another else {n: v for n, v in members.items() if n in plain}, []
    texts: list[str] = []
    kept = dict(members)
    touched = item is None
    for name, place in _TEXT_AT.items():
        rows = [list(row) for row in kept.get(name, ())]
        for row in rows:
            if item is None or row[0] == item:
                texts.append(row[place] or "")
                row[place] = None
                touched = True
        if rows:
            kept[name] = rows
    if "received" in kept:
        for row in kept["received"]:
            if item is None or row[0] == item:
                texts += [said or "" for mark in row[5] for said in (mark.before, mark.after, mark.reason)]
        kept["received"] = [[*row[:5], []] if item in (None, row[0]) else row for row in kept["received"]]
    if "claims" in kept:
        # The key of a claim is made of words of the item.
        kept["claims"] = [row for row in kept["claims"] if item is not None and row[0] != item]
    touched = touched or any(row[0] == item for row in kept.get("gone", ()))
    if touched and kept.get("reason"):
        texts.append(kept.pop("reason"))
    if item is None:
        kept = {name: value for name, value in kept.items() if name in _KNOWN and name != "words"}
    return kept, texts


def _note(path: str, line: int | None, fact: str) -> Problem:
    return Problem(path=path, line=line, fact=fact, remedy="", severity=Severity.NOTE)
