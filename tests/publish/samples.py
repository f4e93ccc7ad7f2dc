"""Texts as a writer would drop them, and a site of six days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.inspecting import Site, site_in
from tests.publishing import Studio, published

BRIDGE = "The bridge at Alder is open to light cars again."
SCHOOL = "Two schools in Dogwood serve as shelters tonight."
CONVOY = "An aid convoy waits at the crossing near Birch."
DAYS = ("2025-05-26", "2025-05-27", "2025-05-28", "2025-05-29", "2025-05-30", "2025-05-31")


def update(day: str, *items: str, heading: str = "Northern front") -> str:
    """An update as a writer would type it; ``day`` is ISO."""
    dateline = dt.date.fromisoformat(day).strftime("Update %d-%m-%Y")
    return "\n".join([dateline, "", f"# {heading}", "", *(f"– {item}" for item in items), ""])


def six_days(root: Path) -> Studio:
    """A site with six updates, published."""
    return published(
        root, {f"{day}.txt": update(day, BRIDGE, f"It is {day} in Elm.", CONVOY) for day in DAYS}
    )


def seen(studio: Studio) -> Site:
    """The site as a reader finds it now."""
    return site_in(studio.folders.output)
