"""A config and a date -> a text file in feeds/ that only has to be filled in."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from sitrep.base.disk import add_file, disk_faults, make_folder, read_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.config.values import Config
from sitrep.site.folders import Folders


def skeleton(config: Config, day: dt.date) -> str:
    """The text of an empty update: a dateline and one heading for each front but ``general``."""
    headings = [front.name for front in config.fronts if front.kind != "general"]
    return "\n\n".join([f"Update {day.isoformat()}", *(f"# {name}\n\n– " for name in headings)]) + "\n"


def write_skeleton(folders: Folders, config: Config, now: dt.datetime, given: str | None) -> Path:
    """Write the skeleton of a day, as a draft whose name begins with ``_``; returns where it stands.

    ``given`` is an ISO date; without it the day is today in the site's zone. A skeleton that is there and
    that nobody has filled in is the one. Raises SiteError if it is no date, or if another file is there.
    """
    try:
        day = dt.date.fromisoformat(given) if given else now.astimezone(ZoneInfo(config.site.timezone)).date()
    except ValueError as fault:
        problem = Problem(path="--date", fact=f"{given} is no date", remedy="write it like 2024-12-07")
        raise SiteError(problem) from fault
    name, remedy = f"_{day.isoformat()}.txt", "fill in the file that is there, or give another --date"
    with disk_faults(f"feeds/{name}", "the skeleton could not be written", remedy):
        make_folder(folders.feeds, "")
        empty = skeleton(config, day).encode()
        with contextlib.suppress(OSError):
            if read_file(folders.feeds, name) == empty:
                return folders.feeds / name
        add_file(folders.feeds, name, empty)
    return folders.feeds / name
