"""A ledger beside a configuration and an archive -> why a publish must not go on with it.

Ids and stamps are for ever. A ledger put back from an old copy, or an authority that was changed, would
give every entry in every reader another id or another date, and nobody would be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sitrep.base.disk import read_file, replace_file
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.base.say import instant_text, listed
from sitrep.base.values import Struct
from sitrep.config.values import Front

AUTHORITY = "authority"
"""The file of the ledger that keeps the authority of all ids."""
FRONTS = "fronts"
"""The file of the ledger that keeps the ids of all fronts that had anything, a line each, oldest first;
behind that of one that has ended the moment of it, and the months of which it had a page."""
PLACES = "places"
"""The file of the ledger that keeps places of output/, a line each, that another version or configuration of
the program gave out and that would not be made without it."""
_PLACE = lazy_pattern(r"(?:[\w-]+/)+index\.html|(?:[\w-]+/){0,2}[\w-]+\.(?:xml|json)")
_LINE = lazy_pattern(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)((?: \d{4}-\d\d)*))?")
_NAMED = 5


class EndedFront(Struct, frozen=True):
    """A front that is given up: its id, since when, and the months whose pages readers may have."""

    id: str
    at: dt.datetime
    months: tuple[str, ...] = ()


def other_authority(folder: Path, authority: str, config: str) -> Problem | None:
    """Why this is not the authority that all ids so far were made with; ``config``: what file gives it."""
    try:
        kept = read_file(folder, AUTHORITY, 1_000).decode("utf-8", "replace").strip()
    except OSError:
        return None
    if kept == authority:
        return None
    or_else = f"or, if no reader has any entry yet, delete {folder.name}/{AUTHORITY}"
    remedy = f'write authority: "{kept}" again; {or_else}'
    fact = f'site.authority is "{authority}", and everything published so far has ids of "{kept}"'
    return Problem(path=config, fact=fact, remedy=remedy)


def keep_authority(folder: Path, authority: str) -> None:
    """Keep the authority beside the first records. Raises OSError."""
    if folder.is_dir() and not (folder / AUTHORITY).exists():
        replace_file(folder, AUTHORITY, f"{authority}\n".encode(), durable=True)


def lost_fronts(
    folder: Path, fronts: Iterable[Front], ended: Iterable[str], config: str
) -> tuple[Problem, ...]:
    """Why this is not the list of fronts that readers know; ``config``: what file gives it."""
    kept = known_fronts(folder)
    names = [front.names for front in fronts]
    there = {name for listed in names for name in listed}.union(ended)
    lost = tuple(
        Problem(
            path=config,
            fact=f'the front "{name}" was published, and there is none of that id any more',
            remedy=f"write formerly: [{name}] under the front that it is called now; "
            f"or, if it is given up, ended: [{name}] at the left margin",
        )
        for name in kept
        if name not in there
    )
    astray = tuple(
        Problem(
            path=config,
            fact=f'the ids of the front "{listed[-1]}" are those of "{known[0]}"',
            remedy=f"write formerly: [{', '.join(dict.fromkeys((*known, *listed[:-1])))}]",
        )
        for listed in names
        if (known := [name for name in kept if name in listed]) and known[0] != listed[0]
    )
    return lost + astray


def known_fronts(folder: Path) -> tuple[str, ...]:
    """Ids of the fronts that had anything."""
    return tuple(_kept_fronts(folder))


def ended_fronts(folder: Path) -> tuple[EndedFront, ...]:
    """The fronts that are known to have ended."""
    return tuple(ended for ended in _kept_fronts(folder).values() if ended)


def keep_fronts(folder: Path, names: Iterable[str], ended: Collection[EndedFront]) -> None:
    """Keep the ids of fronts that have something, and what is to be known of those that have ended.

    Raises OSError.
    """
    kept = _kept_fronts(folder)
    wanted: dict[str, EndedFront | None] = {
        **dict.fromkeys((*kept, *names)),
        **{front.id: front for front in ended},
    }
    if wanted != kept and folder.is_dir():
        lines = (_line(name, end) for name, end in wanted.items())
        replace_file(folder, FRONTS, "".join(lines).encode(), durable=True)


def kept_places(folder: Path) -> frozenset[str]:
    """Places that readers may have. What is no place is a mark of a merge."""
    return frozenset(filter(_PLACE.fullmatch, map(str.strip, _lines(folder, PLACES, 10_000_000))))


def keep_places(folder: Path, places: Iterable[str]) -> None:
    """Keep these places as well. Raises OSError."""
    _write_places(folder, kept_places(folder).union(places))


def forget_places(folder: Path, places: Iterable[str]) -> None:
    """Keep these places no more. Raises OSError."""
    _write_places(folder, kept_places(folder).difference(places))


def _write_places(folder: Path, places: frozenset[str]) -> None:
    if places != kept_places(folder):
        lines = (f"{place}\n" for place in sorted(places))
        replace_file(folder, PLACES, "".join(lines).encode(), durable=True)


def _lines(folder: Path, name: str, limit: int) -> list[str]:
    try:
        return read_file(folder, name, limit).decode("utf-8", "replace").split("\n")
    except OSError:
        return []


def _line(name: str, ended: EndedFront | None) -> str:
    return " ".join((name, instant_text(ended.at), *ended.months) if ended else (name,)) + "\n"


def _kept_fronts(folder: Path) -> Mapping[str, EndedFront | None]:
    """Every front that had anything, by its id, and its end. What is no such line is a mark of a merge."""
    lines = _lines(folder, FRONTS, 1_000_000)
    kept: dict[str, EndedFront | None] = {}
    for found in filter(None, map(_LINE.fullmatch, map(str.strip, lines))):
        name, at, months = found.groups()
        end = EndedFront(name, dt.datetime.fromisoformat(at), tuple(months.split())) if at else None
        kept[name] = kept.get(name) or end
    return kept


def knows_less(name: str, month: str, keys: Sequence[str]) -> Problem:
    """Why the ledger is older than what came out of it; ``keys``: the updates of which it lacks something."""
    return Problem(
        path=f"{name}/{month}.jsonl",
        fact="the ledger knows less than what is online: it lacks what was last published of "
        f"{listed(keys, _NAMED)}",
        remedy="bring the newer ledger back (from a backup or version control); if there is none, run: "
        "sitegen.py ledger repair --from-archive",
    )
