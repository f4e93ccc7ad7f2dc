"""Patterns that read a date in the very forms in which its language writes it, as CLDR (UTS 35) has them.

What the pages print can so be typed: day suffixes (7ê berfanbara), letters written onto a month's name
(בדצמבר), signs for year, month and day (2024年12月7日), the weekday before or behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sitrep.base.folding import folded
from sitrep.base.languages.month_names import date_forms, month_names, weekday_names
from sitrep.base.patterns import lazy_pattern

_FIELD = lazy_pattern(r"'((?:[^']|'')*)'|([a-zA-Z])\2*|[^a-zA-Z']+")
_UNTIL = "|".join(map(folded, ["至", "到", "-", "~", "から", "부터"]))
_BREAKS = lazy_pattern(r"[\s.,،/·-]+")


@cache
def form_patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    """What finds a date as that language writes it; groups ``y``, ``m`` or ``month``, ``d``, ``weekday``. A
    form of bare numbers is left out: which of them is the day is for the site's order to say."""
    forms = sorted(date_forms(lang), key=lambda form: "y" not in form)
    return tuple(lazy_pattern(pattern) for form in forms if (pattern := _pattern(form, lang)))


def alternatives(names: Iterable[str]) -> str:
    """The names as a pattern, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _pattern(form: str, lang: str) -> str | None:
    parts = list(_parts(form))
    kinds = "".join(kind for kind, _ in parts)
    inside = parts[_first(kinds) : len(parts) - _first(kinds[::-1])]
    numbers = all(kind != "N" for kind, _ in inside)
    if numbers and not any(kind == "-" and any(map(str.isalpha, text)) for kind, text in inside):
        return None
    pattern = "".join(_around(parts, kinds, lang))
    if "y" not in kinds:
        pattern += r"(?![\s.,،၊/|-]{0,3}(?:(?:de|del|of|do)\s)?(?:(?:19|20)\d\d|'?\d\d(?!\d|\s?[:.h]\s?\d)))"
    return _bounded(pattern, inside[0][0], inside[-1][0])


def _first(kinds: str) -> int:
    return next(i for i, kind in enumerate(kinds) if kind in "yMNd")


def _parts(form: str) -> Iterator[tuple[str, str]]:
    """The form's fields: y, M (a number), N (a name), d, w, G; and "-" with the text between them."""
    for found in _FIELD.finditer(form):
        field, letter = found[0], found[2]
        if letter in ("M", "L"):
            yield ("N" if len(field) > 2 else "M"), field
        elif letter in ("E", "c", "e"):
            yield "w", field
        elif letter in ("y", "d", "G"):
            yield letter, field
        else:
            yield "-", found[1] if found[1] is not None else field


def _around(parts: list[tuple[str, str]], kinds: str, lang: str) -> Iterator[str]:
    """The pattern's pieces; each that stands before the first or after the last number may be missing."""
    begin, end = _first(kinds), len(parts) - _first(kinds[::-1])
    yield "(?:" * begin
    for i, (kind, text) in enumerate(parts):
        glued = kind == "-" and 0 < i < len(parts) - 1 and text.isalpha() and not _is_sign(text)
        piece = _piece(kind, text, lang)
        if kind == "d" and i + 1 < len(parts) and _is_sign(parts[i + 1][1]):
            sign = folded(parts[i + 1][1][:1])
            piece = rf"(?:\d{{1,2}}{sign}?\s?(?:{_UNTIL})\s?)?{piece}(?={sign})"
        if i < begin:
            yield f"{piece})?"
        elif i < end:
            # What is written onto a name may be another ending of it: berfanbara, berfanbarê.
            yield rf"(?:'?(?:{piece}|[^\W\d_]{{1,2}}))?" if glued else piece
        else:
            whole = r"(?![^\W\d_])" if kind == "-" and text[-1:].isalpha() and not _is_sign(text) else ""
            yield f"(?:{piece}{whole}"
    yield ")?" * (len(parts) - end)


def _is_sign(text: str) -> bool:
    """One of the signs for year, month and day in Chinese, Japanese and Korean."""
    return text[:1] in "年月日년월일"


def _piece(kind: str, text: str, lang: str) -> str:
    if kind == "y":
        return r"(?P<y>\d\d)" if text == "yy" else r"(?P<y>(?:19|20)\d\d)"
    if kind == "N":
        names = alternatives(month_names(lang))
        return rf"(?<!\d)(?P<month>{names})\.?(?:\s?[/(]\s?(?:{names})\)?)?"
    if kind in "Md":
        return rf"(?P<{kind.lower()}>\d{{1,2}})"
    if kind == "w":
        return rf"[(]?(?P<weekday>{alternatives(weekday_names(lang))})[)]?"
    if kind == "G":
        return r"(?:[^\W\d]|\.){0,8}"
    return r"[\s.,،/-]{0,3}".join(re.escape(word) for word in _BREAKS.split(folded(f"x{text}x")[1:-1]))


def _bounded(pattern: str, first: str, last: str) -> str:
    """The pattern, inside no longer number and no longer word."""
    before = r"(?<![^\W\d_])" if first == "N" else r"(?<!\d)(?<!\d[.,:/])"
    after = r"(?![^\W\d_])" if last == "N" else r"(?!\d)"
    return f"{before}{pattern}{after}"
