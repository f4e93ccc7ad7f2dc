"""A line outside of a header -> whether it looks as if it should hold the text back.

Such a line is a fault of the file: it is refused, and nothing of it comes out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice

from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config
from sitrep.lexicon.phrases import fold
from sitrep.lexicon.waiting.keys import (
    Meaning,
    is_answer,
    is_now,
    is_setting,
    is_verb,
    meaning_of,
    status_of,
    truth_of,
)
from sitrep.lexicon.waiting.lists import stands_beside
from sitrep.lexicon.waiting.mere_orders import is_nothing_but_an_order
from sitrep.lexicon.waiting.orders import asks_to_keep, opens_with_when, order_to_wait
from sitrep.lexicon.waiting.people import tells_who_has_it
from sitrep.lexicon.waiting.phrases import is_plainly_held
from sitrep.lexicon.waiting.plain import plain
from sitrep.reading.dates.dates import dated
from sitrep.reading.dates.publish_time import Misunderstood, moment
from sitrep.reading.headers.asides import begins_with_capitals, noted, noted_below
from sitrep.reading.headers.header_lines import KEY_LINE, LEFT_OUT, is_fence
from sitrep.reading.headers.held_entries import HOLD_IT, DoubtfulLine

_TIME = lazy_pattern(r"\d{1,4}\s?[-./:]\s?\d{1,2}|\d{4}")
_BULLET = lazy_pattern(r"\s*(?:[-–—*+•▪‣◦·]|\d{1,2}[.)])\s")
_LINK = lazy_pattern(r"\s*\[[^\]]+\]:\s*\S")
"""Where Markdown notes at the end of a text what a word links to."""
_DASH = lazy_pattern(r"(?<=\S)\s+[-–—]\s+")
_BOX = lazy_pattern(r"(?:[-*•]\s+)?\[[\sxX✓✔]?\]\s+")
_MARKUP = lazy_pattern(r"[<>{}\[\]\\%]|::")
_LONG = 100
_WRAPPED = 45
"""A shorter line was not broken by a program, but by its writer."""
_MOST_WORDS = 14
_SENTENCE = 4
"""Words after a colon that tell something: "In progress: the bridge opens in May"."""
_DAY = lazy_pattern(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}\b")
_LATER_WORDS = 2
"""Words after a day that may say when: "late evening"; more of them tell something."""
_ABOVE = 15
"""Lines above the first date, blanks not counted, in which a header may stand."""
_BELOW = 6
"""The same below a date."""
_LAST = 3
"""The lines at the end, blanks not counted, of which one may ask to wait."""


def doubtful_line(
    lines: Sequence[str], start: int, dates: Collection[int], greets: Callable[[str], bool]
) -> DoubtfulLine | None:
    """The first line in the place of a header that looks as if it should hold the text back. ``start``: index
    of the first line below the header that was read. ``dates``: numbers of the lines that date an update; a
    header may stand above the first and right below each. ``greets`` says of a last line that it does nothing
    but say goodbye."""
    above, careful = _places(lines, start, dates), begins_with_capitals(lines)

    def held(number: int, line: str, below: bool) -> str | None:
        if number in dates:
            return _dated_hold(line)
        return _looks_held(line, below=below) or (noted(lines, number, dates) if careful else None)

    found = chain(
        ((n, held(n, line, below)) for n, line, below in above),
        (
            (n, _ends_held(line) or (noted_below(lines, n) if careful else None))
            for n, line in _end(lines, start, dates)
            if not greets(line)
        ),
    )
    for number, word in found:
        if word:
            fact = f'this line looks as if it should hold the text back ("{word}"), and is no header'
            return DoubtfulLine(
                number, fact, f"{HOLD_IT}; if it is meant to go out, remove or reword the line"
            )
    return None


def _places(lines: Sequence[str], start: int, dates: Collection[int]) -> Iterator[tuple[int, str, bool]]:
    """Number, text, and whether it stands below a date, of each line that stands where a header may."""
    below = not dates or min(dates) <= start
    left = _BELOW if dates and below else _ABOVE
    stops = [start, *(d - 1 for d in sorted(dates) if d - 1 > start)]
    for stop, end in zip(stops, [*stops[1:], len(lines)], strict=True):
        if stop + 1 in dates:
            left, below = _BELOW, True
        for index in range(stop, end):
            line = lines[index]
            if not _is_written(line) or is_fence(line):
                continue
            if not (index > stop and _goes_on(lines[index - 1], line)):
                yield index + 1, line, below
            left -= 1
            if left <= 0 or (below and index + 1 not in dates and _is_content(line)):
                break


def places_of_orders(lines: Sequence[str], start: int, dates: Collection[int]) -> set[int]:
    """Numbers of the lines of which ``doubtful_line`` asks whether they hold the text back."""
    above, below = _places(lines, start, dates), _end(lines, start, dates)
    return {number for number, _, _ in above} | {number for number, _ in below}


def _goes_on(above: str, line: str) -> bool:
    """True for a line of a paragraph that a program has wrapped: it begins in the middle of a sentence."""
    above = above.rstrip()
    return len(above) > _WRAPPED and line[:1].islower() and (above[-1].isalnum() or above[-1] in ",;-–)")


def _end(lines: Sequence[str], start: int, dates: Collection[int]) -> Iterator[tuple[int, str]]:
    """The last lines below the news: a sign-off may stand below an order to wait."""
    numbers = (n for n in range(len(lines), max(start, *dates, 0), -1) if _is_written(lines[n - 1]))
    for number in islice(numbers, _LAST):
        above, line = lines[number - 2] if number > 1 else "", lines[number - 1]
        if not _goes_on(above, line):
            yield number, line


def _is_written(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(LEFT_OUT)


def _is_content(line: str) -> bool:
    return len(line) > _LONG or line.lstrip().startswith(("#", "![")) or bool(_BULLET.match(line))


def _looks_held(line: str, *, below: bool) -> str | None:
    """The word by which a line asks to hold the text back, or None."""
    if len(line) > 2 * _LONG:
        return None
    # Some ask instead of telling: "ready? not yet".
    if key := held_key(line, below=below) or held_key(line.replace("?", ":", 1), below=below):
        return key
    bare = _BOX.sub("", line.strip())
    found = KEY_LINE.match(line)
    if found and not below and is_plainly_held(found[2]):
        return plain(found[2])
    if (
        found
        and (not below or found[1][:1].islower())
        and not _MARKUP.search(line)
        and _says_later(*found.groups())
    ):
        return plain(line)
    if below and _is_content(line):
        return _orders_as_content(bare)
    said = order_to_wait(bare) if len(bare.split()) <= _MOST_WORDS else None
    return said or _without_colon(bare) or _taken_back(bare)


def _says_later(key: str, value: str) -> bool:
    """True for "when: after the meeting", "ok?: ask Nadia": an unknown key, and that it is not yet."""
    short = len(key.split()) < _SENTENCE and len(value.split()) <= _SENTENCE
    says = (order_to_wait, opens_with_when, tells_who_has_it)
    return short and not meaning_of(key) and any(said(value) for said in says)


def _ends_held(line: str) -> str | None:
    """The same below the news, where people thank and announce: there it must speak plainly of publishing."""
    if len(line) > 2 * _LONG or _LINK.match(line):
        return None
    if key := held_key(line, below=True):
        return key
    bare = _BOX.sub("", line.strip())
    if _is_content(line):
        return _orders_as_content(bare)
    return order_to_wait(bare, last=True) or _without_colon(bare)


def _orders_as_content(bare: str) -> str | None:
    """The same of a heading or an item, which is news unless it speaks plainly of publishing."""
    said = bare.lstrip("#-–—*+• ")
    meaning = meaning_of(said)
    if meaning and meaning.kind == "embargo" and " " not in plain(said) and bare != said:
        return meaning.word
    return bare if is_plainly_held(said) or is_nothing_but_an_order(said) else None


def _entry(line: str) -> re.Match[str] | None:
    """Key and value of a line, with a colon or a dash between them."""
    return KEY_LINE.match(line) or KEY_LINE.match(_DASH.sub(": ", line, count=1))


def held_key(line: str, *, below: bool = False) -> str | None:
    """The key of a line ``key: value`` that asks to hold the text back. ``below``: it stands below a date."""
    found = _entry(line)
    meaning = meaning_of(found[1]) if found else None
    if (
        found
        and meaning
        and is_header_like(found[1], found[2], meaning, below=below, content=below and _is_content(line))
    ):
        return found[1].strip()
    if (
        found
        and not meaning
        and len(found[1].split()) < _SENTENCE
        and truth_of(found[2])
        and asks_to_keep(found[1])
    ):
        return found[1].strip()
    return None


def is_header_like(
    key: str, value: str, meaning: Meaning, *, below: bool = False, content: bool = False
) -> bool:
    """True if key and value are those of a header, not a sentence with a colon. ``below``: they stand below a
    date, where news may begin; ``content``: and the line begins as news does."""
    value = value.strip(" \t\"'“”‘’«»*_")
    if meaning.kind == "status":
        if said := status_of(value):
            return said == "held"
        short = len(value.split()) < _SENTENCE
        return (short and order_to_wait(value) is not None) or tells_who_has_it(value)
    answers, dated = is_answer(value), bool(_TIME.search(value[:40]))
    if below and dated and " " not in meaning.word and not is_verb(meaning.word):
        # "Released: 12 detainees, at 18:00" tells news; "Release: Monday 18:00" does not, nor does a day with
        # a word or two of when: "Scheduled: 2030-01-01 in the evening".
        dated = sum(not stands_beside(word) for word in plain(value).split()) <= (
            _LATER_WORDS if _DAY.match(value) else 0
        )
    if content:
        held = status_of(value) == "held" and (meaning.exact or is_setting(key))
        return (answers or held or (meaning.exact and dated)) and len(value.split()) <= 4
    if below and meaning.kind == "withdraw" and not is_verb(meaning.word):
        return answers or not plain(value)
    if meaning.kind == "switch":
        return truth_of(value) is False or status_of(value) == "held"
    if not meaning.whole and not is_setting(key):
        return (answers or dated) and len(key.split()) <= 3
    if answers or dated or not plain(value) or is_now(value) or order_to_wait(value):
        return True
    if meaning.exact and not below and len(value.split()) <= 3:
        return True
    if opens_with_when(value) and len(value.split()) <= _SENTENCE:
        return True
    if below and len(value.split()) >= _SENTENCE and (meaning.kind == "embargo" or " " in meaning.word):
        return False
    plain_word = meaning.kind in ("draft", "embargo", "withdraw")
    # A slip of the pen is no sentence where a word or two follow: "publsh: tomorrow".
    short = len(key.split()) == 1 and len(value.split()) <= 2
    return plain_word or ((meaning.exact or short) and is_verb(meaning.word))


def _without_colon(line: str) -> str | None:
    """A key and its value without a colon: ``draft true``, ``publish 2030-01-01 08:00``."""
    words = line.split()
    for size in range(1, min(4, len(words))):
        rest = " ".join(words[size:])
        if truth_of(rest) is None and not re.fullmatch(r"[\d\s:./tTzZ+-]{4,}", rest):
            continue
        meaning = meaning_of(" ".join(words[:size]))
        if meaning and meaning.exact and meaning.kind not in ("status", "switch"):
            return " ".join(words[:size])
    return None


def _taken_back(bare: str) -> str | None:
    """A line of nothing but "Withdrawn": whether the text is to go, or tells of it, only its writer knows."""
    meaning = meaning_of(bare)
    return meaning.word if meaning and meaning.exact and meaning.kind == "withdraw" else None


def _dated_hold(line: str) -> str | None:
    """``Update 06-12-2024 DRAFT``, ``Embargo: 6 December 2024``: part of a date line that holds back.
    ``Publication date: 6 December 2024`` dates a text, as ``Published: ...`` does."""
    found = _entry(line)
    meaning = meaning_of(found[1]) if found else None
    holds = meaning and (meaning.kind not in ("publish", "switch", "status") or is_verb(meaning.word))
    if found and meaning and holds and is_header_like(found[1], found[2], meaning):
        return found[1].strip()
    parts = (line, *re.split(r"[\[\](){}|:;,/·•]|\s[-–—]+\s", line))
    return next((said for part in parts if (said := order_to_wait(part))), None)


def told_moments(
    lines: Sequence[str], start: int, dates: Collection[int], config: Config
) -> Iterator[dt.datetime]:
    """The moments of lines ``Published: ...`` and ``Release date: ...`` in the place of a header. Such a line
    dates a text that is out; one that lies in the future holds it back. Of one that is not understood whole
    the whole day counts."""
    for _, line, _ in _places(lines, start, dates):
        found = KEY_LINE.match(line)
        meaning = meaning_of(found[1]) if found and len(line) <= _LONG and _TIME.search(found[2]) else None
        if found and meaning and meaning.kind in ("publish", "switch"):
            try:
                yield moment(found[2], config)
            except Misunderstood:
                if day := dated(fold(found[2]), order=config.dates.order).date:
                    with contextlib.suppress(Misunderstood):
                        yield moment(f"{day.isoformat()} 24:00", config)
