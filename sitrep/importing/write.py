"""What an import found -> files in feeds/, all of them or none."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from sitrep.base.disk import replace_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.importing.values import Drop


def write(drops: Sequence[Drop], feeds: Path, folder: str) -> tuple[Path, ...]:
    """Put one drop into feeds/ itself, several into a new folder of that name; returns where they stand. They
    are written under a hidden name first, so that a watcher sees all of them or none. Raises SiteError if one
    of the names is taken, or if the disk does not take them."""
    aside = feeds / f".importing-{secrets.token_hex(8)}"  # others may write there: no name they could know
    try:
        for drop in drops:
            replace_file(feeds, f"{aside.name}/{drop.name}", drop.text.encode())
        return _placed(drops, aside, feeds, folder)
    except OSError as fault:
        why = (fault.strerror or str(fault)).lower()
        fact, remedy = f"nothing was imported: {why}", "make room or allow writing there"
        raise SiteError(Problem(path="feeds", fact=fact, remedy=remedy)) from fault
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _placed(drops: Sequence[Drop], aside: Path, feeds: Path, folder: str) -> tuple[Path, ...]:
    single = len(drops) == 1
    goal = feeds / (drops[0].name if single else folder)
    if os.path.lexists(goal):
        place = f"{feeds.name}/{goal.relative_to(feeds)}"
        fact = "it is there already, perhaps from an import before"
        remedy = "delete it to import again, or look into it first"
        raise SiteError(Problem(path=place, fact=fact, remedy=remedy))
    goal.parent.mkdir(parents=True, exist_ok=True)
    (aside / drops[0].name if single else aside).rename(goal)
    return (goal,) if single else tuple(goal / drop.name for drop in drops)
