"""A ledger beside a configuration and an archive -> why a publish must not go on with it.

Ids and stamps are for ever. A ledger put back from an old copy, or an authority that was changed, would
give every entry in every reader another id or another date, and nobody would be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitrep.base.disk import read_file, replace_file
from sitrep.base.nouns import Problem, Update
from sitrep.ledger.ledger import Ledger

AUTHORITY = "authority"
"""The file of the ledger that keeps the authority of all ids."""
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


def knows_less(ledger: Ledger, name: str, month: str, updates: Iterable[Update]) -> Problem | None:
    """Why the ledger is older than what came out of it; ``updates``: those of the month that are out."""
    missing = tuple(_missing(ledger, month, updates))
    if not missing:
        return None
    keys = ", ".join(missing[:_NAMED]) + (
        f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    )
    return Problem(
        path=f"{name}/{month}.jsonl",
        fact=f"the ledger knows less than what is online: it lacks what was last published of {keys}",
        remedy="bring the newer ledger back (from a backup or version control); or, if this one is right and "
        "ids and dates may change, delete the folder .sitrep/ and build again",
    )


def _missing(ledger: Ledger, month: str, updates: Iterable[Update]) -> Iterator[str]:
    known = ledger.history(month)
    for update in updates:
        kept = known.get(update.key)
        if kept is None or (not kept.forgotten and update.updated and update.updated > kept.updated):
            yield update.key
