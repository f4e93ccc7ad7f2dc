"""Turns a chat as phones and desktops copy it, with a clock alone on a line and the name above or below, into
lines ``20:31:00 Ann: words``, which the reader of chats knows.

Lines keep their numbers. Without a name that comes again, or that people have, it is no chat: news too is
told hour by hour.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.markup.office_marks import as_gone
from sitrep.reading.senders.people import is_person

_CLOCK = lazy_pattern(
    r"\s*(?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?:\s(?:edited|bearbeitet|изменено|змінено|modifié|editado|düzenlendi))?\s*$"
)
_MAYBE = lazy_pattern(r"^[^\S\n]*\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?[^\S\n]*$", re.M)
_LEFT = lazy_pattern(
    r"\W{1,4}\s?\d{1,4}$|(?:Read|Delivered|Seen|Sent|Edited|Forwarded|Gelesen|Zugestellt|Lu|Distribué|Leído"
    r"|Entregado|Visto|Прочитано|Доставлено)$|Not included, change data exporting settings.*"
    r"|\d{2,5}x\d{2,5}(?:, [\d.,]+ [KMG]?B)?$|\d\d:\d\d, [\d.,]+ [KMG]B$|Forwarded from \S.*"
    r"|(?:Channel created|Forwarded message|Photo|Video(?: file)?|Sticker|Voice message|Animation|Audio file"
    r"|File|Location|Poll)$"
)
_DAY = lazy_pattern(r"[\d./-]{6,12}$|(?=.{4,24}$)[^:]*\d[^:]*$")
"""The day of the messages below, where their clocks stand behind."""
_FROM = lazy_pattern(r"From \S.{0,60}$")
_FORWARDED = lazy_pattern(r"Forwarded from (\S.{0,60}?)(?: \d\d\.\d\d\.\d{4} .*)?$")
_FEWEST = 2
_LONGEST_NAME, _MOST_NAMES = 40, 4


def with_named_messages(text: str) -> str:
    """The text with such messages in one line each; itself if it is no such chat. Linear time."""
    if len(_MAYBE.findall(text)) < _FEWEST:
        return text
    lines = text.split("\n")
    filled = [n for n, line in enumerate(lines) if line.strip()]
    clocks = [at for at, n in enumerate(filled) if _hour(lines[n])]
    side = next((side for side in (1, -1) if _names_stand(lines, filled, clocks, side)), 0)
    if not side:
        return text
    names = {lines[n].strip() for n in _names(lines, filled, clocks, side)}
    names |= {found[1] for line in lines if (found := _FORWARDED.match(line.strip()))}
    gone = {n for n in filled if lines[n].strip() in names or _LEFT.match(lines[n].strip())}
    gone |= {n for above, n in pairwise(filled) if _is_whence(lines[above], lines[n])}
    behind = side > 0 and any(lines[n].strip() in names for n in filled[: clocks[0]])
    for at, first, end in _messages(clocks, len(filled), behind=behind):
        below = [n for n in filled[first:end] if n not in gone]
        said = next((n for n in below if not (behind and first == 0 and _DAY.match(lines[n].strip()))), None)
        if said is not None:
            lines[said] = f"{_hour(lines[filled[at]])}:00 -: {lines[said].strip()}"
    for number in (*gone, *(filled[at] for at in clocks)):
        lines[number] = as_gone(lines[number], typed=True)
    return "\n".join(lines)


def _hour(line: str) -> str:
    """The time of day of a line that tells nothing else, ``20:31``; empty for any other."""
    clock = _CLOCK.match(line)
    hour, minute = (int(clock["h"]), int(clock["m"])) if clock else (24, 0)
    if clock and (half := clock["half"]):
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def _messages(clocks: Sequence[int], end: int, *, behind: bool) -> Iterator[tuple[int, int, int]]:
    """Each clock, with where its message begins and ends: below it, or ``behind`` it above."""
    if behind:
        return zip(clocks, [0, *(at + 1 for at in clocks)], clocks, strict=False)
    return zip(clocks, (at + 1 for at in clocks), [*clocks[1:], end], strict=True)


def _is_whence(above: str, line: str) -> bool:
    """The second line of what Telegram says of a message that came from elsewhere."""
    return above.strip() == "Forwarded message" and _FROM.match(line.strip()) is not None


def _names_stand(lines: Sequence[str], filled: Sequence[int], clocks: Sequence[int], side: int) -> bool:
    """True if names stand on this side of the clocks, below (1) all of them or above (-1) half of them, and
    one comes again, or above is a person's."""
    names = [lines[n].strip() for n in _names(lines, filled, clocks, side)]
    again = Counter(line.strip() for line in lines)
    # Below the clock that closes a chat nobody stands.
    named = len(clocks) - (clocks[-1] == len(filled) - 1)
    enough = len(names) == named if side > 0 else 2 * len(names) >= len(clocks)
    return enough and any(again[name] > 1 or (side < 0 and is_person(name, frozenset)) for name in names)


def _names(lines: Sequence[str], filled: Sequence[int], clocks: Sequence[int], side: int) -> Iterator[int]:
    beside = (at + side for at in clocks)
    return (filled[at] for at in beside if 0 <= at < len(filled) and _is_name(lines[filled[at]].strip()))


def _is_name(line: str) -> bool:
    """True for a few words with capitals, as names are, or in letters that have none."""
    words = line.split()
    return (
        len(line) <= _LONGEST_NAME
        and len(words) <= _MOST_NAMES
        and not line.endswith((".", "!", "?", ":", ",", "…"))
        and not any(map(str.isdigit, line))
        and any(map(str.isalpha, line))
        and not any(word[0].islower() for word in words)
    )
