"""Words that were forgotten -> marks that nobody can read, and by which they are known if they return.

A copy of the folder that was away brings back the file that was deleted here: it must not go out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitrep.base.disk import read_file, reason_of
from sitrep.base.errors import LedgerError
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import listed

FORGOTTEN = "forgotten"
"""The file of the ledger that keeps a line for each wording: the day of its update, and its mark."""
_MOST = 50_000_000
_NAMED = 5
_ROUNDS = 10_000
"""A few thousandths of a second a mark: who guesses at what was forgotten must pay that for each guess."""
Marks = Mapping[str, frozenset[str]]


def brought_back(path: str, updates: Iterable[Update], marks: Marks) -> Problem | None:
    """Why a file must not be published: an item of it was forgotten, on the day that it is of."""
    items = ((update.date.isoformat(), item) for update in updates for item in update.items)
    found = [(item.line, day) for day, item in items if day in marks and _mark(day, item.text) in marks[day]]
    if not found:
        return None
    (line, day), *more = found
    also = f" (so were those of line {listed([str(line) for line, _ in more], _NAMED)})" if more else ""
    return Problem(
        path=path,
        line=line,
        fact=f"the words of this line were forgotten for good{also}; nothing of this file is published",
        remedy="delete what was forgotten, or the file if a copy brought it back; if all may be read "
        f"again, delete the lines of {day} in ledger/{FORGOTTEN} and save this file once more",
    )


def _mark(day: str, text: str) -> str:
    """What tells the words of an item of that day again, however they are spaced and capitalised."""
    plain = " ".join(text.casefold().split())
    return hashlib.pbkdf2_hmac("sha256", plain.encode("utf-8", "replace"), day.encode(), _ROUNDS, 16).hex()


def forgotten_marks(folder: Path) -> Marks:
    """Marks of all that was forgotten, by day. What is no such line is a mark of a merge."""
    marks: dict[str, set[str]] = {}
    for day, _, told in (line.partition(" ") for line in _lines(folder)):
        marks.setdefault(day, set()).add(told.strip())
    return {day: frozenset(told) for day, told in marks.items()}


def with_marks(folder: Path, key: str, texts: Iterable[str]) -> bytes:
    """What that file holds once words of an update are forgotten as well."""
    day, known = key[:10], _lines(folder)
    lines = {*known, *(f"{day} {_mark(day, text)}" for text in texts if text.strip())}
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _lines(folder: Path) -> list[str]:
    try:
        return read_file(folder, FORGOTTEN, _MOST).decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as fault:
        fact = f"it cannot be read: {reason_of(fault)}"
        remedy = "give the program the right to read it: it says what must not come out again"
        raise LedgerError(Problem(path=f"{folder.name}/{FORGOTTEN}", fact=fact, remedy=remedy)) from fault
