"""Fronts as people write them, a bare name or a few keys -> fronts with an id and a mark of their own.

Works on plain values, before they are typed; what is given is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sitrep.base.patterns import lazy_pattern
from sitrep.base.slugs import slug

# Folders and feeds of the site that no front may stand in the way of.
RESERVED = frozenset((
    "about", "actors", "api", "archive", "assets", "changes", "claims", "corrections", "feed", "feeds",
    "follow", "index", "items", "ledger", "media", "opinion", "page", "place", "places", "search", "since",
    "sitemap", "static", "updates",
))  # fmt: skip
DATE_LIKE = lazy_pattern(r"\d+(-\d+)*")
_KINDS = ("rumors", "general")
"""Fronts that are what they are called, where no kind is given."""
_SIDES = ("north", "east", "south", "west")


def completed(fronts: Sequence[Any]) -> list[Any]:
    """The fronts, each with what it can be given; entries that are no front are left for the checks."""
    named = [{"name": entry} if isinstance(entry, str) else entry for entry in fronts]
    ids = _ids(named)
    return [_completed(entry, next(ids)) if isinstance(entry, dict) else entry for entry in named]


def _completed(front: dict[str, Any], front_id: str) -> dict[str, Any]:
    given = {"id": front_id} if front_id else {}
    kind = front.get("kind")
    if kind is None and "id" not in front and front_id in _KINDS:
        given["kind"] = kind = front_id
    if "mark" not in front and (mark := _mark(kind, front_id or str(front.get("id", "")))):
        given["mark"] = mark
    return {**given, **front}


def _ids(fronts: Sequence[Any]) -> Iterator[str]:
    """For each front the id to add: the slug of its name, which no other has; empty where it has one."""
    taken = {entry["id"] for entry in fronts if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
    for entry in fronts:
        if not isinstance(entry, dict):
            continue
        name = entry.get("name")
        if "id" in entry or not isinstance(name, str) or not name:
            yield ""
            continue
        base = slug(name) or "front"
        base = f"front-{base}" if DATE_LIKE.fullmatch(base) else f"{base}-front" if base in RESERVED else base
        front_id = next(
            free for n in range(1, len(fronts) + 2) if (free := f"{base}-{n}" if n > 1 else base) not in taken
        )
        taken.add(front_id)
        yield front_id


def _mark(kind: Any, front_id: str) -> str:
    """The sign that fits: of the side of the country that the id names, of the world, of rumors."""
    if kind == "theme":
        return "globe"
    if kind in _KINDS:
        return {"rumors": "rumor", "general": "lines"}[kind]
    words = front_id.split("-")
    return next((side for side in _SIDES if words[0] in (side, f"{side}ern")), "")
