"""The value of ``publish:`` -> the instant it names, understood whole or not at all."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from functools import cache

from sitrep.base.languages.month_names import weekday_names
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.config.values import Config
from sitrep.lexicon.phrases import fold
from sitrep.lexicon.waiting.keys import clock_words, is_noon
from sitrep.lexicon.waiting.plain import plain
from sitrep.reading.dates.dates import DATE, TIME, Dated, dated
from sitrep.reading.dates.zones import tzinfo_of, zone_named

_FOUR_DIGITS = lazy_pattern(r"(?<![\d:.+-])([01]\d|2[0-3])([0-5]\d)(?!\d)")
_MIDNIGHT = lazy_pattern(r"(?<!\d)24\s?[:.h]?\s?00(?!\d)")
_SECONDS = lazy_pattern(r"\d\s?:\s?\d\d:(\d\d)")
_NO_HALF = lazy_pattern(r"\b(?:1[3-9]|2[0-3])\s?[:.h]?\s?\d\d\s*a\.?m\.?(?!\s*\d)(?!\w)")
_OFFSET = lazy_pattern(r"\b(?:utc|gmt)\b|[+−-]\d\d:?\d\d\s*$")
_DAY = dt.timedelta(days=1)
EXAMPLE = "2024-12-07 06:00"


class Misunderstood(ValueError):
    """What of a moment was not understood; its text is the fact for a person."""


class _Parts(Struct, kw_only=True):
    date: dt.date
    time: dt.time
    zone: str | None
    next_day: bool = False


def moment(value: str, config: Config) -> dt.datetime:
    """The instant in UTC that a writer names; a bare date is its first moment in the site's zone. Of two
    instants that a clock shows alike (when summer time ends) it is the later. Raises Misunderstood where a
    word, a digit or a zone is left over: a guess could publish too early."""
    folded = fold(value)
    languages = tuple(dict.fromkeys(("en", config.site.language, *config.languages)))
    when = dated(folded, order=config.dates.order, languages=languages)
    parts = _parts(folded, when, languages, config)
    local = dt.datetime.combine(parts.date, parts.time)
    try:
        zone = tzinfo_of(parts.zone or config.site.timezone)
        local += _DAY if parts.next_day else dt.timedelta()
        return max(local.replace(tzinfo=zone, fold=fold_).astimezone(dt.UTC) for fold_ in (0, 1))
    except (ValueError, OverflowError) as fault:
        raise Misunderstood("there is no such time") from fault


def _parts(folded: str, when: Dated, languages: tuple[str, ...], config: Config) -> _Parts:
    if when.date is None:
        raise Misunderstood(
            "it gives no day" if when.impossible is None else f"{when.impossible.text} is no day"
        )
    if when.rest.count(DATE) > 1:
        raise Misunderstood("it gives more than one day")
    if when.weekday is not None and when.weekday != when.date.weekday():
        raise Misunderstood(f"{when.date.isoformat()} is another day of the week")
    rest = when.rest.replace(DATE, " ").replace(TIME, " ")
    if _NO_HALF.search(folded):
        raise Misunderstood("it is am and later than noon")
    parts = _Parts(date=when.date, time=when.time or dt.time(), zone=when.zone)
    if when.time is None:
        rest = _bare_time(rest, parts)
    elif _MIDNIGHT.search(folded):
        parts.time, parts.next_day = dt.time(), True
    if (seconds := _SECONDS.search(folded)) and seconds[1] != "00":
        parts.time = parts.time.replace(second=min(int(seconds[1]), 59))
    left = _without_clock_words(rest, languages)
    if left:
        parts.zone = _zone(left, parts.zone, config)
    elif parts.zone is None and _OFFSET.search(folded.removesuffix("z")) and when.time is not None:
        raise Misunderstood("its zone is none")
    return parts


def _bare_time(rest: str, parts: _Parts) -> str:
    """Take a time written as 2330 or as noon; returns what is left."""
    if _MIDNIGHT.search(rest):
        parts.next_day = True
        return _MIDNIGHT.sub(" ", rest)
    if found := _FOUR_DIGITS.search(rest):
        parts.time = dt.time(int(found[1]), int(found[2]))
        return rest[: found.start()] + " " + rest[found.end() :]
    words = rest.split()
    noon = [word for word in words if is_noon(word)]
    if noon:
        parts.time = dt.time(12)
        return " ".join(word for word in words if word not in noon)
    return rest


def _without_clock_words(rest: str, languages: tuple[str, ...]) -> str:
    """What is left of a moment without the words that commonly stand beside a date and a time."""
    said = {plain(name) for lang in languages for name in weekday_names(lang)}
    words = (word.strip(",;.()[]\"'") for word in rest.split())
    left = " ".join(word for word in words if word.strip("-–—:") and plain(word) not in said)
    return (
        ""
        if plain(left) in clock_words()
        else " ".join(w for w in left.split() if plain(w) not in clock_words())
    )


def _zone(left: str, known: str | None, config: Config) -> str:
    """The zone that the words left over name. Raises Misunderstood."""
    found = zone_named(left) or _zones().get(plain(left))
    if found is None or (known is not None and known != found):
        raise Misunderstood(f'"{left[:40]}" in it is not understood')
    return found


@cache
def _zones() -> Mapping[str, str]:
    """Names of zones, and of their cities where only one zone has it, in plain form."""
    names: dict[str, str] = {}
    cities: dict[str, set[str]] = {}
    for zone in sorted(zoneinfo.available_timezones()):
        names[plain(zone)] = zone
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/")):
            cities.setdefault(plain(zone.rpartition("/")[2]), set()).add(zone)
    return {city: min(zones) for city, zones in cities.items() if len(zones) == 1} | names
