"""A day in words, as English has it ("the sixth of December", "December the sixth"), becomes its number."""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_TO_TWENTY = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_WORDS = _TO_TWENTY.split()
_DAYS = (*_WORDS, *(f"twenty-{unit}" for unit in _WORDS[:9]), "thirtieth", "thirty-first")
_NUMBERS = {day: number for number, day in enumerate(_DAYS, 1)}
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = "|".join(day.replace("-", "[ -]") for day in sorted(_DAYS, key=len, reverse=True))
_ORDINAL = lazy_pattern(
    rf"\b(?:the )?(?P<day>{_DAY})(?: day)? of (?P<month>{_MONTHS})\b"
    rf"|\b(?P<earlier>{_MONTHS})(?: the)? (?P<later>{_DAY})\b"
)


def with_digits(folded: str) -> str:
    """The folded text with such days in digits before their month."""
    return _ORDINAL.sub(_in_digits, folded) if "th" in folded or "st" in folded else folded


def _in_digits(found: re.Match[str]) -> str:
    day = (found["day"] or found["later"]).replace(" ", "-")
    return f"{_NUMBERS[day]} {found['month'] or found['earlier']}"
