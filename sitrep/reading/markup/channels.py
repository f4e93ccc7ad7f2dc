"""Takes the senders out of a chat of which the lines tell a name and the time of day, but no day: what is
copied out of channels, rooms and meetings, and subtitles.

Lines keep their numbers. Two such lines are needed: one alone may be anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from sitrep.base.patterns import AnyOf, lazy_pattern
from sitrep.lexicon.chat_placeholders import no_words
from sitrep.reading.dates.message_stamps import names_sender
from sitrep.reading.markup.office_marks import as_gone
from sitrep.reading.senders.people import is_person
from sitrep.reading.words import words_of

_FEWEST = 2
_ONE_BLANK = 1
_BEFORE = r"(?:(?:上午|下午|午前|午後|오전|오후)\s?)?"
_CLOCK = _BEFORE + r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_HALF = r"(?:0?\d|1[0-2]):[0-5]\d\s?[AP]M"
_RELATIVE = (
    r"(?i:Today|Yesterday|Heute|Gestern|Aujourd[’']hui|Hier|Hoy|Ayer|Oggi|Ieri|Hoje|Ontem|Bugün|Dün|Dziś|Wczoraj"
    r"|Сегодня|Вчера|Сьогодні|Вчора|اليوم|أمس|امروز|دیروز|היום|אתמול|今天|昨天|今日|昨日|오늘|어제)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_AT = r"(?:,?\s(?:at|um|à|a las|alle|às|o|в|о|saat)?\s?)"
_STAMP = rf"[\[(]?{_CLOCK}[\])]?(?:\s[-–—])?"

_MONTH = r"[^\W\d_]{3,12}"
_YEARLESS = (
    r"(?P<day>(?:[^\W\d_]{2,12}(?:\.?[,،]|\.)\s)?"
    rf"(?:\d{{1,2}}\.?\s{_MONTH}|{_MONTH}\.?\s\d{{1,2}})\.?)"
)
"""``Fri, Dec 6``"""


def _name(group: str, *, without: str = "") -> str:
    return rf"(?P<{group}>[^\W\d_][^\[\]<>:—–\n{without}]{{0,58}}?)"


_HEADS = lazy_pattern(
    rf"{_name('wide')}(?:\s{{2,9}}|\t)\[?{_CLOCK}\]?$"
    rf"|{_name('dashed')}\s[—–]\s(?:{_RELATIVE}|{_WEEKDAY}){_AT}{_CLOCK}$"
    rf"|{_name('beside')},?\s{_RELATIVE}{_AT}{_CLOCK}$"
    rf"|{_name('doubtful', without='0-9')}(?:,?\s)\[?{_HALF}\]?$"
    rf"|{_name('glued')}(?<=[^\W\d_]){_HALF}$"
    rf"|{_name('square')}\s\[{_CLOCK}\]$"
    rf"|\[{_CLOCK}\]\s{_name('below', without='0-9.!?')}$"
    rf"|{_name('stamped', without=',')}[,،]\s{_YEARLESS}{_AT}{_CLOCK}$"
    rf"|@(?P<user>[\w.-]{{1,40}})\s+{_CLOCK}$"
    rf"|{_STAMP}\s+From\s+(?P<who>[^:\n]{{1,60}}?)\s+to\s+[^:\n]{{1,60}}:\s*$"
    rf"|{_name('commenter')}\s(?:commented|replied|posted|added (?:a comment|this card))\b"
    rf"[^.\n]{{0,40}}(?:ago|\d|{_HALF}|to [^.\n]{{1,40}})$"
)
"""A line that says no more than who writes, and when: ``Ann  9:41 AM``, ``ann — Today at 9:41``."""
_DATED = lazy_pattern(rf"{_name('name')}\s[—–]\s\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}{_AT}{_CLOCK}$")
"""The same of another day, which a program writes out: among those above it is no dateline."""
_INLINE = lazy_pattern(
    rf"\[{_CLOCK}\]\s?{_name('name')}:\s+(?=\S)"
    rf"|\(\d\d:\d\d:\d\d\)\s{_name('buddy')}:\s+(?=\S)"
    r"|#\S{1,60}\s(?P<member>[^<>\s]{1,40})>\s+(?=\S)"
    rf"|(?:{_STAMP}\s+)<(?P<nick>[^<>\s]{{1,40}})>\s+(?=\S)"
    rf"|{_STAMP}\s+From\s+(?P<who>[^:\n]{{1,60}}?)\s+to\s+[^:\n]{{1,60}}:\s+(?=\S)"
    rf"|\[(?P<square>[^\[\]\n]{{1,40}})\]\s\[{_CLOCK}\]\s+(?=\S)"
)
"""The same before the words: ``[9:41 AM] ann: ...``, ``09:41 <ann> ...``, ``#room ann> ...``."""
_PASSED_ON = words_of("senders")["passed on"]
_MAYBE = AnyOf(
    r"\d:[0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?$|^\[?\S{0,3}\s?\d{1,2}:[0-5]\d|\] \[\D{0,3}\d{1,2}:"
    r"|^In reply|^Voice m|^\d{1,3}:\d\d:\d\d | --> |#\S{1,60} \S{1,40}> |(?i:\bago)$| (?:commented|added) |"
    + "|".join(f"(?i:{said})" for said in _PASSED_ON.split("|"))
)
_LEFT = lazy_pattern(
    r"\[?\d{1,2}:\d\d(?:\s?[AP]M)?\]?$|:[a-z0-9_+-]{1,40}:\s?\d{1,4}$|replied to a thread:.*|New$"
    r"|\d{1,4} repl(?:y|ies)$|Last reply .{1,40}$|View thread$|uploaded a file:.*|joined #[\w-]+\.?$"
    r"|was added to #[\w-]+ by .{1,60}$|set the channel (?:topic|purpose|description):.*"
    r"|(?:like|heart|laugh|surprised|sad|angry)\s\d{1,3}$"
    rf"|(?:{_STAMP}\s+)?\*+ \S{{1,40}} (?:\S+ )?(?:has )?(?:joined|left|quit)\b.*"
    rf"|{_STAMP}\s+(?:\*{{3}}\s?\S.*|\S{{1,40}} has (?:joined|left|entered) the (?:room|chat|group)\b.*)"
)
"""What stands below such messages: reactions, replies, who came."""
_CLOCK_ALONE = lazy_pattern(rf"\[?{_CLOCK}\]?$")
"""A further message of the same sender."""
_ALWAYS = lazy_pattern(
    rf"(?i:\[(?:{_PASSED_ON}):|(?:{_PASSED_ON}):?) [^\]\n]{{1,60}}\]?$"
    r"|Voice message from .{1,60}\(\d{1,2}:\d\d\)$"
)
_REPLY = lazy_pattern(r"In reply to [^:\n]{1,60}:\s+(?=\S)")
_SPOKEN_TO = lazy_pattern(r"@([\w.-]{1,60})(\s[\w.-]{1,60})?[,:]?")
_CUE = lazy_pattern(r"(?:\d\d:)?\d\d:\d\d[.,]\d{3} --> .*|WEBVTT\b.*")
_VOICE = lazy_pattern(r"<v(?:\.\S+)? [^<>\n]{1,60}>|</v>")


def without_senders(text: str) -> str:
    """The text without who wrote its messages, where it is such a chat; else itself. Linear time."""
    if not _MAYBE.found_in(text):
        return text
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    heads = dict(_found(_HEADS, bare))
    heads |= _found(_DATED, bare) if heads else ()
    inline = {n: found for n, found in _found(_INLINE, bare) if n not in heads}
    gone = {n for n, line in enumerate(bare) if _ALWAYS.match(line)}.union(_cues(bare))
    days: dict[int, str] = {}
    names = [name for found in (*heads.values(), *inline.values()) if (name := _sender(found))]
    if len(names) >= _FEWEST and not _are_places(list(heads.values())):
        known = {name.casefold() for name in names}
        gone |= heads.keys() | {
            n for n, line in enumerate(bare) if line.casefold() in known or _LEFT.match(line)
        }
        days = _days(heads)
        for n in _first_lines(bare, {*heads, *(n for n in gone if _CLOCK_ALONE.match(bare[n]))}):
            if no_words().fullmatch(bare[n]):
                gone.add(n)
            elif n not in inline:
                lines[n] = f"- {bare[n]}" if bare[n][:1].isalpha() else bare[n]
        for n, found in inline.items():
            lines[n] = f"- {bare[n][found.end() :]}"
        lines = [_unspoken(line, known) for line in lines]
    for n in gone:
        lines[n] = days.get(n) or as_gone(lines[n], typed=True)
    return "\n".join(_VOICE.sub("", _REPLY.sub("", line)) for line in lines)


def _found(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Lines that match with what may be somebody's name."""
    for number, line in enumerate(lines):
        found = pattern.match(line) if line else None
        if found and names_sender(_sender(found)):
            yield number, found


def _sender(found: re.Match[str]) -> str:
    return str(next(filter(None, found.groupdict().values())))


def _days(heads: Mapping[int, re.Match[str]]) -> dict[int, str]:
    """The lines from which another day is meant, with that day: ``Ann, Fri, Dec 6, 8:14 PM``."""
    days: dict[int, str] = {}
    for n in sorted(heads):
        day = heads[n].groupdict().get("day")
        if day and day not in days.values():
            days[n] = day
    return days


def _first_lines(bare: Sequence[str], heads: Set[int]) -> Iterator[int]:
    """The first line of words below each head."""
    waiting = False
    for n, line in enumerate(bare):
        if n in heads:
            waiting = True
        elif waiting and line:
            yield n
            waiting = False


def _unspoken(line: str, known: Set[str]) -> str:
    """A line without those who are spoken to: ``@ann``."""

    def without(found: re.Match[str]) -> str:
        first, second = found[1].casefold(), (found[2] or "").casefold()
        return "" if f"{first}{second}" in known else found[2] or "" if first in known else found[0]

    return _SPOKEN_TO.sub(without, line) if "@" in line else line


def _are_places(heads: Sequence[re.Match[str]]) -> bool:
    """True if nothing tells the names from places of which news is told hour by hour: ``Hama, 9:41 AM``."""
    told = [found.groupdict() for found in heads]
    names = [groups.get("doubtful") or groups.get("below") for groups in told]
    if any(name and is_person(name, frozenset) for name in names):
        return False
    alike = Counter(names)
    return bool(names) and all(
        name
        and (of.get("below") or not (alike[name] > 1 or (name.istitle() and name.count(" ") == _ONE_BLANK)))
        for name, of in zip(names, told, strict=True)
    )


def _cues(lines: Sequence[str]) -> Iterator[int]:
    """When subtitles are shown, and the numbers above."""
    for number, line in enumerate(lines):
        if _CUE.match(line):
            yield number
            if number and lines[number - 1].isdecimal():
                yield number - 1
