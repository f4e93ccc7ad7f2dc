"""The time of day in a short text, with its zone: 20:30, 2030 hrs, 8:30 p.m., ٨:٣٠ مساءً, 下午8点30分."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from sitrep.base.folding import folded
from sitrep.base.languages.month_names import day_halves
from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_rows
from sitrep.reading.dates.zones import zone_named

Half = Literal["am", "pm", "night"]
"""``night``: before six it is the morning's, after that the evening's."""

_HOUR, _MINUTE = "(?:点|點|时|時|{})".format(folded("시")), "(?:分|{})".format(folded("분"))
_UNITS = rf"[:.h]|uhr|{_HOUR}"
_ZONE = lazy_pattern(
    r"\s?\(?\s?(?P<zone>z\b|(?:utc|gmt)(?:\s?[+−-]\s?\d{1,2}(?::?\d{2})?)?|[+−-]\d{2}:?\d{2}"
    r"|(?:cet|cest|eet|eest|wet|west|msk|bst|est|edt|cst|cdt|mst|mdt|pst|pdt|trt|aft|pkt|jst|eat|cat|wat|sast|wib|wita)\b)\s?\)?"
)


class Clock(NamedTuple):
    """A time of day and where it stands in the text."""

    start: int
    end: int
    time: dt.time
    zone: str | None


def clock(text: str, languages: tuple[str, ...] = ("en",)) -> Clock | None:
    """The first time of day in a folded text with digits from 0 to 9; the halves of the day as those
    languages call them. 24:00 is the last minute of the day."""
    m = _pattern(languages).search(text)
    if m is None:
        return None
    hour, minute = (
        int(m["h"] or m["h2"] or m["h3"] or m["hm"][:2]),
        int(m["m"] or m["m3"] or (m["hm"] or "0000")[2:]),
    )
    half = _halves(languages).get(_spelled(m["half"] or m["half2"] or m["half3"] or ""))
    if half and hour <= 12:
        late = half == "pm" or (half == "night" and 6 <= hour < 12)
        hour = hour % 12 + (12 if late else 0)
    if hour == 24 and minute == 0:
        hour, minute = 23, 59
    if hour > 23 or minute > 59:
        return None
    end, zone = m.end(), zone_named("z") if m["unit"] == "z" else None
    if after := _ZONE.match(text, end):
        zone, end = zone_named(after["zone"]) or zone, after.end()
    return Clock(m.start(), end, dt.time(hour, minute), zone)


def _spelled(half: str) -> str:
    return half.replace(".", "").replace(" ", "")


@cache
def _halves(languages: tuple[str, ...]) -> Mapping[str, Half]:
    """What the halves are called, without full stops and blanks."""
    found: dict[str, Half] = {"am": "am", "pm": "pm"}
    # Swahili and Amharic count their hours from dawn and are left out.
    typed = {lang: words for lang, *words in shipped_rows("reading/dates/halves_of_day.tsv")}
    for lang in languages:
        base = lang.partition("-")[0]
        for word, late in day_halves(lang).items():
            found.setdefault(_spelled(word), "pm" if late else "am")
        halves: tuple[Half, ...] = ("am", "pm", "night")
        for words, half in zip(typed.get(base, ()), halves, strict=False):
            found.update({_spelled(folded(word)): half for word in words.split(",") if word})
    return MappingProxyType(found)


@cache
def _pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    names = sorted((name for name in _halves(languages) if name not in ("am", "pm")), key=len, reverse=True)
    words = [r"[.\s]{0,2}".join(map(re.escape, name)) for name in names]
    half = "|".join((r"[ap]\.?\s?m\.?(?![a-z])", *(rf"(?:{word})\.?(?![^\W\d_])" for word in words)))
    before = "|".join(words) or "(?!)"
    return lazy_pattern(
        rf"(?:(?P<half3>{before})\s?)(?P<h3>\d{{1,2}})\s?(?:{_UNITS})?\s?(?P<m3>\d{{2}})?(?!\d)\s?{_MINUTE}?"
        rf"|(?<![\d:.])(?P<h>\d{{1,2}})\s?(?:{_UNITS})\s?(?P<m>\d{{2}})(?!\d)(?::\d{{2}}(?:\.\d+)?)?\s?{_MINUTE}?"
        rf"(?:hrs|hours|h|uhr|uur|น\.)?\s?(?P<half>{half})?"
        r"|(?<![\d:.,])(?P<hm>\d{4})\s?(?P<unit>hrs|hours|h\b|z\b|(?=\(?(?:utc|gmt|[a-z]{2,4}t)\b))"
        rf"|(?<![\d:.,])(?P<h2>\d{{1,2}})\s?(?:(?:uhr|h)\s)?(?P<half2>{half}|h\b|uhr\b|{_HOUR}(?!\d))"
    )
