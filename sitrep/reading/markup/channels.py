"""Takes the senders out of a chat of which the lines tell a name and the time of day, but no day: what is
copied out of channels, rooms, meetings and posts.

Lines keep their numbers. Two such lines are needed: one alone may be anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitrep.base.patterns import AnyOf, lazy_pattern
from sitrep.lexicon.phrases import UPDATE_WORDS, fold
from sitrep.reading.markup.office_marks import as_gone

_FEWEST = 2
_FULL_NAME = 2
_MOST_NAMES = 4
_BEFORE = r"(?:(?:上午|下午|午前|午後|오전|오후)\s?)?"
_CLOCK = _BEFORE + r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_HALF = r"(?:0?\d|1[0-2]):[0-5]\d\s?[AP]M"
_RELATIVE = (
    r"(?i:Today|Yesterday|Heute|Gestern|Aujourd[’']hui|Hier|Hoy|Ayer|Oggi|Ieri|Hoje|Ontem|Bugün|Dün|Dziś|Wczoraj"
    r"|Сегодня|Вчера|Сьогодні|Вчора|اليوم|أمس|امروز|دیروز|היום|אתמול|今天|昨天|今日|昨日|오늘|어제)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_AT = r"(?:,?\s(?:at|um|à|a las|alle|às|o|в|о|saat)?\s?)"
_STAMP = rf"\[?{_CLOCK}\]?(?:\s[-–—])?"


def _name(group: str, *, without: str = "") -> str:
    return rf"(?P<{group}>[^\W\d_][^\[\]<>:—–\n{without}]{{0,58}}?)"


_HEADS = lazy_pattern(
    rf"{_name('wide')}(?:\s{{2,9}}|\t)\[?{_CLOCK}\]?$"
    rf"|{_name('dashed')}\s[—–]\s(?:{_RELATIVE}|{_WEEKDAY}){_AT}{_CLOCK}$"
    rf"|{_name('beside')},?\s{_RELATIVE}{_AT}{_CLOCK}$"
    rf"|{_name('doubtful', without='0-9')}(?:,?\s)\[?{_HALF}\]?$"
    rf"|{_name('glued')}(?<=[^\W\d_]){_HALF}$"
    rf"|{_name('square')}\s\[{_CLOCK}\]$"
    rf"|@(?P<user>[\w.-]{{1,40}})\s+{_CLOCK}$"
    rf"|{_STAMP}\s+From\s+(?P<who>[^:\n]{{1,60}}?)\s+to\s+[^:\n]{{1,60}}:\s*$"
)
"""A line that says no more than who writes, and when: ``Ann  9:41 AM``, ``ann — Today at 9:41``."""
_DATED = lazy_pattern(rf"{_name('name')}\s[—–]\s\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}{_AT}{_CLOCK}$")
"""The same of another day, which a program writes out: among those above it is no dateline."""
_INLINE = lazy_pattern(
    rf"\[{_CLOCK}\]\s?{_name('name')}:\s+(?=\S)"
    rf"|(?:{_STAMP}\s+)<(?P<nick>[^<>\s]{{1,40}})>\s+(?=\S)"
    rf"|{_STAMP}\s+From\s+(?P<who>[^:\n]{{1,60}}?)\s+to\s+[^:\n]{{1,60}}:\s+(?=\S)"
    rf"|\[(?P<square>[^\[\]\n]{{1,40}})\]\s\[{_CLOCK}\]\s+(?=\S)"
)
"""The same before the words: ``[9:41 AM] ann: ...``, ``09:41 <ann> ...``."""
_MAYBE = AnyOf(
    r"\d:[0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?$|^\[?\S{0,3}\s?\d{1,2}:[0-5]\d|\] \[\D{0,3}\d{1,2}:"
    r"|^·$|· |^In reply|orwarded from|^Voice m|^\d{1,3}:\d\d:\d\d "
)
_LEFT = lazy_pattern(
    r"\[?\d{1,2}:\d\d(?:\s?[AP]M)?\]?$|:[a-z0-9_+-]{1,40}:\s?\d{1,4}$|replied to a thread:.*|New$"
    r"|\d{1,4} repl(?:y|ies)$|Last reply .{1,40}$|View thread$|uploaded a file:.*|joined #[\w-]+\.?$"
    r"|was added to #[\w-]+ by .{1,60}$|set the channel (?:topic|purpose|description):.*"
    r"|(?:like|heart|laugh|surprised|sad|angry)\s\d{1,3}$"
    rf"|(?:{_STAMP}\s+)?\*+ \S{{1,40}} (?:\S+ )?(?:has )?(?:joined|left|quit)\b.*"
)
"""What stands below such messages: reactions, replies, who came."""
_ALWAYS = lazy_pattern(
    r"(?:\[Forwarded from:|Forwarded from:?) [^\]\n]{1,60}\]?$|Voice message from .{1,60}\(\d{1,2}:\d\d\)$"
)
_REPLY = lazy_pattern(r"In reply to [^:\n]{1,60}:\s+(?=\S)")
_POSTED = lazy_pattern(
    r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,10})(?:,? \d{4})?"
    r"(?:,? (?:at|um|à|a las) [\d:]{4,8}(?:\s?[AP]M)?)?(?: · \S.{0,20})?$"
    r"|\d{1,2}\s?(?:h|hrs?|m|mins?|d|w|std|j|sem)\.?(?: · \S.{0,20})?$"
)
_BELOW_POST = lazy_pattern(
    r"(?:Like|Comment|Share|Reply|Follow|Send|Repost|Translate post|See translation|Verified(?: account)?|·)$"
    r"|@\w{2,30}$|All reactions:$"
    r"|[\d.,]{1,8}[KM]?(?: (?:comments?|shares?|likes?|views?|reposts?|replies))?$"
)
_FEWEST_BELOW = 3


def without_senders(text: str) -> str:
    """The text without who wrote its messages, where it is such a chat; else itself. Linear time."""
    if not _MAYBE.found_in(text):
        return text
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    heads = dict(_found(_HEADS, bare))
    heads |= _found(_DATED, bare) if heads else ()
    inline = {n: found for n, found in _found(_INLINE, bare) if n not in heads}
    gone = {n for n, line in enumerate(bare) if _ALWAYS.match(line)} | set(_of_a_post(bare))
    names = [name for found in (*heads.values(), *inline.values()) if (name := _sender(found))]
    if len(names) >= _FEWEST and not _are_places(list(heads.values())):
        known = set(names)
        gone |= heads.keys() | {n for n, line in enumerate(bare) if line in known or _LEFT.match(line)}
        for n in (n + 1 for n in heads if n + 1 < len(lines)):
            lines[n] = f"- {bare[n]}" if bare[n][:1].isalpha() and n not in inline else bare[n]
        for n, found in inline.items():
            lines[n] = f"- {bare[n][found.end() :]}"
        spoken = re.compile(rf"@(?:{'|'.join(map(re.escape, sorted(known, reverse=True)))})\b[,:]?\s?", re.I)
        lines = [spoken.sub("", line) if "@" in line else line for line in lines]
    for n in gone:
        lines[n] = as_gone(lines[n])
    return "\n".join(_REPLY.sub("", line) if line.startswith("In reply") else line for line in lines)


def _found(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Lines that match with somebody's name: no dateline, as ``Update 06/12/2024 20:31``."""
    for number, line in enumerate(lines):
        found = pattern.match(line) if line else None
        if found and not any(word in fold(_sender(found)) for word in UPDATE_WORDS):
            yield number, found


def _sender(found: re.Match[str]) -> str:
    return str(next(filter(None, found.groupdict().values())))


def _are_places(heads: Sequence[re.Match[str]]) -> bool:
    """True if nothing tells the names from places of which news is told hour by hour: ``Hama, 9:41 AM``."""
    names = [found.groupdict().get("doubtful") for found in heads]
    alike = Counter(names)
    return bool(names) and all(
        name and alike[name] == 1 and not (name.istitle() and len(name.split()) == _FULL_NAME)
        for name in names
    )


def _of_a_post(lines: Sequence[str]) -> Iterator[int]:
    """Who posted and when, and the buttons and counts below, where the page of a network was copied."""
    below = [n for n, line in enumerate(lines) if _BELOW_POST.match(line)]
    if len(below) < _FEWEST_BELOW:
        return
    yield from below
    kept = [n for n, line in enumerate(lines) if line and n not in below]
    for above, n in pairwise(kept):
        if _POSTED.match(lines[n]):
            yield from (above, n) if len(lines[above].split()) <= _MOST_NAMES else (n,)
