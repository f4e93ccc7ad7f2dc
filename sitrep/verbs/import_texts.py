"""``import``: texts from elsewhere into feeds/, with a report of what was taken out and left out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.importing.article import parse_date, slug
from sitrep.importing.read import read
from sitrep.importing.values import NO_DATE, Details, Drop, ImportFindings
from sitrep.importing.write import write
from sitrep.site.folders import Folders

Ask = Callable[[str], str]


def details_of(
    *,
    date: str | None,
    title: str | None,
    author: str | None,
    source: str | None,
    licence: str | None,
    draft: bool,
) -> Details:
    """What the person says of the text. Raises SiteError if the date is none."""
    day = parse_date(date) if date else None
    if date and day is None:
        raise SiteError(
            Problem(path="--date", fact=f"{date} is not a date", remedy="write it like 2024-12-07")
        )
    web = source if source and source.startswith(("http://", "https://")) else None
    return Details(
        date=day,
        title=title,
        author=author,
        source=None if web else source,
        address=web,
        licence=licence,
        draft=draft,
    )


def found_in(path: Path, given: Details, config: Config, ask: Ask | None) -> ImportFindings:
    """What a path holds; where a single text has no date, a person at a terminal is asked for it."""
    found = read(path, given, config)
    alone = not found.drops and len(found.left_out) == 1
    if ask and alone and given.date is None and found.left_out[0].reason.startswith(NO_DATE):
        day = _asked(path.name, ask)
        return read(path, replace(given, date=day), config) if day else found
    return found


def _asked(name: str, ask: Ask) -> dt.date | None:
    """The date a person gives; None if they give none."""
    while answer := ask(
        f"  {name} has no date. Which day is it of (2024-12-07; empty leaves it out)? "
    ).strip():
        if day := parse_date(answer):
            return day
    return None


def asker() -> Ask | None:
    """Asks at the terminal; None where nobody sits at one."""
    return input if sys.stdin.isatty() and sys.stdout.isatty() else None


def put(found: ImportFindings, folders: Folders, path: Path) -> str:
    """Write what was found into feeds/; returns where it went. Raises SiteError; nothing is half done."""
    if not found.drops:
        return ""
    drops = tuple(map(_placed, found.drops))
    written = write(drops, folders.feeds, f"imported-{slug(path.resolve().name)}")
    where = (
        written[0] if len(written) == 1 else folders.feeds / written[0].relative_to(folders.feeds).parts[0]
    )
    return f"{folders.feeds.name}/{where.relative_to(folders.feeds)}{'' if len(written) == 1 else '/'}"


def _placed(drop: Drop) -> Drop:
    """A draft is put where drafts are."""
    draft = drop.draft and not drop.name.startswith("drafts/")
    return replace(drop, name=f"drafts/{drop.name}") if draft else drop
