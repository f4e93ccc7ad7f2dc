"""The words of ``words.json``: what headers, datelines, mails and more are told by, in all languages."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from sitrep.base.shipped import shipped_json

Part = Literal[
    "header",
    "datelines",
    "mail",
    "calendars",
    "captions",
    "farewells",
    "missing_dates",
    "senders",
    "held inside",
]


def words_of(part: Part) -> dict[str, Any]:
    """One part of them, as the file has it: words apart by blanks, alternatives of patterns by bars."""
    return _all()[part]


@cache
def _all() -> dict[str, dict[str, Any]]:
    return dict[str, dict[str, Any]](shipped_json("reading/words.json"))
