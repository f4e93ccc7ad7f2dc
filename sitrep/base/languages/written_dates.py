"""A date or an instant -> its text in a language."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Literal

from sitrep.base.languages.locales import locale_of
from sitrep.base.languages.month_names import MONTHS, MONTHS_SHORT, WEEKDAYS

DateForm = Literal["full", "weekday", "long", "day", "month"]
"""full: Friday 6 December 2024, weekday: Friday 6 December, long: 6 December 2024, day: 6 Dec,
month: December 2024."""
_SKELETONS: Mapping[str, str] = {"weekday": "MMMMEEEEd", "day": "MMMd", "month": "yMMMM"}
# IANA keeps old spellings as names of zones.
_CITIES = {
    "Calcutta": "Kolkata", "Dacca": "Dhaka", "Katmandu": "Kathmandu", "Kiev": "Kyiv", "Rangoon": "Yangon",
    "Saigon": "Ho Chi Minh City",
}  # fmt: skip


def format_date(d: dt.date, lang: str, form: DateForm) -> str:
    """The date as the language writes it: ``full`` with weekday and year, ``weekday`` without the year,
    ``long``, ``day`` without year, ``month``.

    English is British without the comma: Friday 6 December 2024, 6 December 2024, 6 Dec, December 2024.
    """
    locale = locale_of(lang)
    if locale is None:
        return _english_date(d, form)
    import babel.dates

    if form in _SKELETONS:
        return babel.dates.format_skeleton(
            _SKELETONS[form], dt.datetime(d.year, d.month, d.day), locale=locale
        )
    return babel.dates.format_date(d, "full" if form == "full" else "long", locale=locale)


def format_instant(instant: dt.datetime, zone: str, lang: str) -> str:
    """The time of day at that place and whose time it is: ``23:40 Damascus time``, ``20:40 UTC``.

    ``zone`` is an IANA name; one that does not exist, and one that names no place, gives UTC. Other
    languages than English put the place in parentheses. Raises ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    clock, city = _at(instant, zone)
    if not city:
        return f"{clock} UTC"
    locale = locale_of(lang)
    if locale is None:
        return f"{clock} {_CITIES.get(city, city)} time"
    import babel.dates

    # Babel's own phrase ("Damascus Time") says "summer time" all year in some languages, Russian among them.
    return f"{clock} ({babel.dates.get_timezone_location(zone, locale=locale, return_city=True)})"


def city_of_zone(zone: str, lang: str) -> tuple[str, str | None]:
    """The city that an IANA zone is named after, in English, and what the language calls it: Moscou.

    None where CLDR has no other name for it.
    """
    locale = locale_of(lang)
    city = zone.rpartition("/")[2].replace("_", " ")
    named = locale.time_zones.get(zone, {}).get("city") if locale else None
    return _CITIES.get(city, city), named


def _at(instant: dt.datetime, zone: str) -> tuple[str, str]:
    """Time of day, and the zone's city; the city is empty where the time is UTC."""
    area, _, city = zone.rpartition("/")
    if area and area != "Etc":
        try:
            return f"{instant.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}", city.replace("_", " ")
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return f"{instant.astimezone(dt.UTC):%H:%M}", ""


def _english_date(d: dt.date, form: DateForm) -> str:
    if form == "month":
        return f"{MONTHS[d.month - 1]} {d.year}"
    if form == "day":
        return f"{d.day} {MONTHS_SHORT[d.month - 1]}"
    if form == "weekday":
        return f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]}"
    long = f"{d.day} {MONTHS[d.month - 1]} {d.year}"
    return f"{WEEKDAYS[d.weekday()]} {long}" if form == "full" else long
