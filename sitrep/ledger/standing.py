"""A ledger beside a configuration and an archive -> why a publish must not go on with it.

Ids and stamps are for ever. A ledger put back from an old copy, or an authority that was changed, would
give every entry in every reader another id or another date, and nobody would be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitrep.base.disk import read_file, replace_file
from sitrep.base.nouns import Problem
from sitrep.base.say import listed
from sitrep.config.values import Front

AUTHORITY = "authority"
"""The file of the ledger that keeps the authority of all ids."""
FRONTS = "fronts"
"""The file of the ledger that keeps the ids of all fronts that had anything, a line each, oldest first."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAMED = 5


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
    """Ids of the fronts that had anything. What is no id is a mark that a merge has left."""
    try:
        lines = read_file(folder, FRONTS, 100_000).decode("utf-8", "replace").split("\n")
    except OSError:
        return ()
    return tuple(dict.fromkeys(line.strip() for line in lines if _ID.fullmatch(line.strip())))


def keep_fronts(folder: Path, names: Iterable[str]) -> None:
    """Keep the ids of fronts that have something. Raises OSError."""
    kept = known_fronts(folder)
    fresh = tuple(name for name in names if name not in kept)
    if fresh and folder.is_dir():
        replace_file(folder, FRONTS, "".join(f"{name}\n" for name in (*kept, *fresh)).encode(), durable=True)


def knows_less(name: str, month: str, keys: Sequence[str]) -> Problem:
    """Why the ledger is older than what came out of it; ``keys``: the updates of which it lacks something."""
    return Problem(
        path=f"{name}/{month}.jsonl",
        fact="the ledger knows less than what is online: it lacks what was last published of "
        f"{listed(keys, _NAMED)}",
        remedy="bring the newer ledger back (from a backup or version control); if there is none, run: "
        "sitegen.py ledger repair --from-archive",
    )
