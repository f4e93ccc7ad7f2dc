"""The first line of a message as many programs write it -> as the few do that ``chat_exports`` reads."""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.phrases import UPDATE_WORDS
from sitrep.lexicon.phrases import fold as folded
from sitrep.lexicon.waiting.keys import meaning_of
from sitrep.lexicon.waiting.orders import order_to_wait
from sitrep.reading.dates.dates import dated

NAME = 300
"""Characters of a sender's name, at most: no program has longer ones."""
_MONTHS_OF = ("en", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "tr", "ar", "fa", "he", "id", "ku")
_NAMED_DAY = (
    r"(?P<when>(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,15}\.?,?\s(?:de\s)?|[^\W\d_]{3,15}\.?\s\d{1,2},?\s)\d{4})"
    r"(?:\sг\.|\sр\.)?[,،]?\s(?:um |at |à |a las |klo )?"
)
_CLOCK = r"(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?(?:[AaPp]\.?[Mm]\.?|[صم]\b|[قب]\.ظ))?)"
_WEEKDAY = r"(?:[^\W\d_]{2,12}(?:\.?[,،]|\.)\s)?"
_LINE = lazy_pattern(
    rf"\[?\s?{_WEEKDAY}{_NAMED_DAY}{_CLOCK}\s?\]?(?:\s[-–]\s|:?\s)(?P<rest>[^:\n]{{1,{NAME}}}:\s.*)"
)
"""``6 Dec 2024, 20:31 - Ann: words``"""
_COPIED = lazy_pattern(
    rf"(?P<who>[^\[\]\n]{{1,{NAME}}}), "
    rf"\[{_NAMED_DAY}(?P<clock>\d{{1,2}}[:.]\d{{2}}[^\[\]]{{0,12}})\](?P<rest>:?.*)"
)
"""``Ann, [6 Dec 2024 20:31] words``"""
_HEADED = lazy_pattern(
    rf"(?P<who>[^\[\]\n,:،]{{1,{NAME}}}?)(?:[,،]|\s[·•|])\s{_WEEKDAY}{_NAMED_DAY}{_CLOCK}(?P<colon>:?)"
)
"""``Ann, 6 Dec 2024 at 20:31:``, ``Ann, Fri, 6 Dec 2024, 20:31``"""
_READ = r"(?:\s?\((?:Read|Delivered|Edited)\b[^()]{0,60}\))?"
_ALONE = lazy_pattern(rf"{_WEEKDAY}{_NAMED_DAY}\s?{_CLOCK}{_READ}")
_BESIDE = lazy_pattern(
    r"(?P<who>[^\n—–]{1,60}?|\+?\d[\d ()/-]{6,20}?)(?:\s[—–]\s|\s+)"
    r"(?P<stamp>\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[,،]?\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp][Mm])?)"
)
"""``Ann — 06/12/2024 20:31``, ``+49151… 2024-12-06 20:31``, ``Ann 2024-12-06 20:31:05``"""
_NICK = lazy_pattern(
    r"(?P<stamp>\[?[\d][^\n<@]{8,30}?\]?\s(?:[-–]\s)?)"
    rf"(?:<(?P<nick>[^<>\n]{{1,{NAME}}})>|@(?P<user>[\w.=/+-]{{1,{NAME}}}):[\w.:-]{{1,80}}?:)\s"
)
"""``[2024-12-06 20:31] <ann> words``, ``... - @ann:example.org: words``"""
_CLOCK_FIRST = lazy_pattern(
    r"\[(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?[صم])?)[,،]\s"
    r"(?P<day>\d{1,4}[-./]\s?\d{1,2}[-./]\s?\d{1,4})\]\s(?P<rest>.*)"
)
"""``[20:31, 6/12/2024] Ann: words``, as what is copied in a browser."""
_YEAR = lazy_pattern(r"\b\d{4}\b")


def in_known_form(text: str) -> str | None:
    """A line in a form that is known; None where it is none of these layouts."""
    if not any(map(str.isdigit, text[: NAME + 40])):
        return None
    if found := _CLOCK_FIRST.fullmatch(text):
        return "[{day}, {clock}] {rest}".format(**found.groupdict())
    if found := _COPIED.fullmatch(text):
        return _with_day(found, "{who}, [{day} {clock}]{rest}")
    if found := _LINE.fullmatch(text):
        return _with_day(found, "[{day} {clock}] {rest}")
    if (found := _HEADED.fullmatch(text)) and found["colon"] and names_sender(found["who"]):
        return _with_day(found, "{who}, [{day} {clock}]")
    if found := _ALONE.fullmatch(text):
        return _with_day(found, "{day} {clock}")
    if (found := _BESIDE.fullmatch(text)) and _is_sender(found["who"], text):
        return f"{found['who']}, [{found['stamp']}]"
    if found := _NICK.match(text):
        return f"{found['stamp']}{found['nick'] or found['user']}: {text[found.end() :]}"
    return None


def opens_with_clock(text: str) -> bool:
    """True for a clock before its day in brackets, which only a program writes: one line is enough."""
    return _CLOCK_FIRST.fullmatch(text) is not None


def headed_bare(text: str) -> tuple[str, str] | None:
    """The sender and the known form of ``Ann, 6 Dec 2024 at 20:31`` without a colon: a dateline with a place
    looks the same."""
    found = _HEADED.fullmatch(text) if any(map(str.isdigit, text)) else None
    if not found or found["colon"] or is_stamp(text) or not names_sender(found["who"]):
        return None
    form = _with_day(found, "{who}, [{day} {clock}]")
    return (found["who"], form) if form else None


def is_stamp(text: str) -> bool:
    """True for a day with the name of its month, and a time, and nothing else."""
    return _ALONE.fullmatch(text) is not None


def _is_sender(who: str, text: str) -> bool:
    """A number, or a name before a dash or seconds: no dateline, ``Update — 06/12/2024 20:31``."""
    named = ("—" in text or text.count(":") > 1) and names_sender(who)
    return named or not any(map(str.isalpha, who))


def names_sender(who: str) -> bool:
    """True for what may be somebody's name: no word of a dateline, no day, and nothing that holds a text
    back, as ``Update — 06/12/2024 20:31`` and ``Embargo — 06/12/2024 20:31`` have there."""
    plain = folded(who)
    told = any(word in plain for word in UPDATE_WORDS) or _YEAR.search(who)
    return not told and meaning_of(who) is None and order_to_wait(who) is None


def _with_day(found: re.Match[str], form: str) -> str | None:
    day = dated(folded(found["when"]), order="dmy", languages=_MONTHS_OF).date
    return form.format(day=day.isoformat(), **{"who": "", "rest": "", **found.groupdict()}) if day else None
