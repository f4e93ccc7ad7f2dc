"""Turns the zone an author wrote beside a time into one that can be reckoned with."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo

from sitrep.base.patterns import lazy_pattern

_HOURS = {
    "cet": 1, "cest": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1, "msk": 3, "bst": 1, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "trt": 3, "pkt": 5, "jst": 9, "eat": 3,
    "cat": 2, "wat": 1, "sast": 2, "wib": 7, "wita": 8,
}  # fmt: skip
_OFFSET = lazy_pattern(r"(?:utc|gmt)?\s?([+−-])\s?(\d{1,2})(?::?(\d{2}))?")


def zone_named(name: str) -> str | None:
    """``UTC`` or an offset like ``+03:00`` for a zone as people write it (GMT, Z, UTC+3, EEST, +0300). None
    for a name that is not known, or known to several zones."""
    folded = name.strip(" ()").lower()
    if folded in ("z", "utc", "gmt", "zulu"):
        return "UTC"
    if folded == "aft":
        return "+04:30"
    if folded in _HOURS:
        return _written(_HOURS[folded] * 60)
    found = _OFFSET.fullmatch(folded)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > 14 * 60:
        return None
    return _written(minutes if found[1] == "+" else -minutes)


def _written(minutes: int) -> str:
    if minutes == 0:
        return "UTC"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def tzinfo_of(zone: str) -> dt.tzinfo:
    """The zone of an update: ``UTC``, an offset like ``+03:00``, or an IANA name. Raises ValueError for
    anything else."""
    if zone == "UTC":
        return dt.UTC
    if found := re.fullmatch(r"([+-])(\d\d):(\d\d)", zone):
        offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
        return dt.timezone(offset if found[1] == "+" else -offset)
    try:
        return zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, OSError) as fault:
        raise ValueError(f"no such time zone: {zone}") from fault
