"""A month -> the thirds that its search index is cut into: a drop writes one of them anew, and no more."""

from __future__ import annotations

import datetime as dt


def third_of(day: dt.date) -> str:
    """The one that a day lies in: ``2024-12-3``."""
    return thirds_of(f"{day:%Y-%m}")[min((day.day - 1) // 10, 2)]


def thirds_of(month: str) -> tuple[str, str, str]:
    """Its names, the oldest first."""
    return f"{month}-1", f"{month}-2", f"{month}-3"
