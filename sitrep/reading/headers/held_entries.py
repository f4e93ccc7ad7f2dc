"""An entry of a header -> what it says about publishing, or why that cannot be followed.

What is clear is obeyed. What looks as if it should hold the text back and is not understood whole is a fault
of the file: it is refused, and nothing of it comes out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.lexicon.waiting.keys import Meaning, is_now, meaning_of, status_of, truth_of
from sitrep.lexicon.waiting.phrases import is_plainly_held
from sitrep.reading.dates.publish_time import EXAMPLE, Misunderstood, moment

Entry = tuple[str, Any, int]
"""Key, value and line of a header."""

_PAGES = ("permalink", "render", "list", "output", "outputs", "index", "search_index")
HOLD_IT = "write draft: true, or publish: and a day and time, in the first lines between --- and ---"


class PublishingEntry(Struct, frozen=True, kw_only=True):
    """What a key says about publishing; with a ``fault``, a fact and a remedy, the rest counts nothing."""

    draft: bool = False
    publish_at: dt.datetime | None = None
    withdraw: str | None = None
    fault: tuple[str, str] | None = None


class DoubtfulLine(NamedTuple):
    """A line that looks as if it should hold the text back."""

    line: int
    fact: str
    remedy: str


def said_of(key: str, value: Any, config: Config) -> PublishingEntry | None:
    """What a header says under a key; None for a key that is not about publishing."""
    meaning = meaning_of(key)
    if meaning is None:
        return None
    if not meaning.exact:
        fact = f'"{key}" is no key, and looks as if it should hold the text back ({meaning.word})'
        return PublishingEntry(fault=(fact, f"{HOLD_IT}; if it is meant to go out, remove the line"))
    if key.lower() == "release" and _is_version(value):
        return None
    text = one_text(value)
    if text is None:
        fact = f'"{key}" has no value, so it cannot be told whether the text should wait'
        return PublishingEntry(fault=(fact, f"write {key}: and a value after it, or remove the line"))
    if meaning.kind == "withdraw":
        return _withdrawal(text)
    return _status(key, text) if meaning.kind == "status" else _held(key, text, meaning, config)


def _is_version(value: Any) -> bool:
    """True for the parts of a program's number, [28, 2], which are no year and no time of day."""
    return isinstance(value, list) and all(re.fullmatch(r"\d{1,3}", str(part)) for part in value)


def one_text(value: Any) -> str | None:
    """The value of a key as one text; a list is joined with commas. None where there is none."""
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value if isinstance(v, str))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _withdrawal(text: str) -> PublishingEntry:
    """A reason; a bare yes withdraws without giving one."""
    truth = truth_of(text)
    return PublishingEntry() if truth is False else PublishingEntry(withdraw="" if truth else text)


def _status(key: str, text: str) -> PublishingEntry:
    said = status_of(text)
    if said is None:
        fact = f'"{key}" is {text[:40]}, and it cannot be told whether that should wait'
        return PublishingEntry(fault=(fact, f"write draft: true to hold the text back, or {key}: published"))
    return PublishingEntry(draft=said == "held")


def _held(key: str, text: str, meaning: Meaning, config: Config) -> PublishingEntry:
    truth, kind = truth_of(text), meaning.kind
    if kind in ("publish", "switch"):
        if truth is not None or is_now(text):
            return PublishingEntry(draft=truth is False)
        if kind == "switch" and (said := status_of(text)):
            return PublishingEntry(draft=said == "held")
    elif truth is not None:
        return PublishingEntry(draft=truth)
    if kind == "draft":
        fact = f'"{key}" is neither true nor false: {text[:40]}'
        return PublishingEntry(fault=(fact, f"write {key}: true or {key}: false"))
    try:
        return PublishingEntry(publish_at=moment(text, config))
    except Misunderstood as fault:
        fact = f'"{key}" is not understood whole: {text[:60]} ({fault})'
        return PublishingEntry(fault=(fact, f"write day and time, for example {key}: {EXAMPLE}"))


def says_open(key: str, value: Any) -> bool:
    """True for an entry that plainly lets the text go out, wherever it stands: ``draft: false``."""
    meaning, truth = meaning_of(key), truth_of(str(value)) if isinstance(value, str | bool) else None
    return (
        meaning is not None
        and meaning.exact
        and truth is not None
        and truth is (meaning.kind in ("publish", "switch"))
    )


def doubt_inside(entry: Entry) -> DoubtfulLine | None:
    """A word of holding back that stands inside the value of a key of another meaning: in a list of tags,
    under another key, or alone as the title."""
    key, value, line = entry
    if _makes_no_page(key, value):
        fact = f'"{key}" tells the program it was written for to make no page of the text'
        return DoubtfulLine(line, fact, f"{HOLD_IT}; if it is meant to go out, remove the line")
    if key.lower() == "robots":
        return None  # What search engines may do; editors of pads write noindex into every text.
    for inner, word in _inner(value):
        about = meaning_of(word) if inner else None
        if about or (not inner and is_plainly_held(word)):
            fact = f'under "{key}" stands {word[:40]}, which looks as if it should hold the text back'
            return DoubtfulLine(line, fact, f"{HOLD_IT}; if it is meant to go out, remove that word")
    return None


def _makes_no_page(key: str, value: Any) -> bool:
    """True for ``permalink: false``, ``render: never`` and the like of other generators, nested or not."""
    if isinstance(value, dict):
        return any(_makes_no_page(str(inner), below) for inner, below in value.items())
    return key.lower() in _PAGES and isinstance(value, str) and truth_of(value) is False


def _inner(value: Any) -> Iterator[tuple[bool, str]]:
    """The keys below a value (True), and the texts that are its whole (False)."""
    if isinstance(value, dict):
        for key, below in value.items():
            if not says_open(str(key), below):
                yield True, str(key)
            if isinstance(below, dict):
                yield from _inner(below)
    elif isinstance(value, list):
        yield from ((False, part) for part in value if isinstance(part, str))
    elif isinstance(value, str):
        yield from ((False, part) for part in value.split(","))
