"""A program that stays, for a long time: edits, new updates, saves of the same words; its memory as it goes.

Run as ``python -m bench.soak FOLDER [COUNT]``; FOLDER is made. Prints the resident memory ten times a kind.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path

from bench.corpus import LAST_DAY, days, update_text, write_corpus
from bench.measure import settings
from sitrep.cli import calm_collector
from sitrep.inbox.scan import Look, glance
from sitrep.publish.open_site import OpenSite, open_site
from sitrep.publish.spine import publish
from sitrep.site.folders import folders_of

UPDATES = 300
"""On the site at the start; these are edited in turn."""

Text = Callable[[int], tuple[dt.date, str]]
"""The date and words of a drop by its number."""


def edited(number: int) -> tuple[dt.date, str]:
    """One update of those at the start, put right once more."""
    place = number % UPDATES
    day = days(UPDATES)[place]
    return day, update_text(place, day).replace("closed", f"closed {number} times", 1)


def new(number: int) -> tuple[dt.date, str]:
    """An update of a day that had none: before the first of those at the start, so that none is too early."""
    day = days(UPDATES)[0] - dt.timedelta(days=number + 1)
    return day, update_text(UPDATES + number, day)


def same(number: int) -> tuple[dt.date, str]:
    """An update saved again as it was."""
    return LAST_DAY, update_text(UPDATES - 1, LAST_DAY)


def resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def soak(site: OpenSite, name: str, text: Text, count: int) -> None:
    """Drop that many texts one by one, as a watcher would see them."""
    print(f"{name:<10} at the start {resident():6.0f} MB", flush=True)
    for number in range(count):
        day, words = text(number)
        path = f"{day.isoformat()}.txt"
        (site.folders.feeds / path).write_text(words, encoding="utf-8")
        found = glance(site.folders.feeds, path)
        publish(site, Look(found=(found,) if found else ()), now=dt.datetime.now(dt.UTC))
        if (number + 1) % max(1, count // 10) == 0:
            print(f"{name:<10} {number + 1:12,} {resident():6.0f} MB", flush=True)


def main() -> None:
    """Build the site and take it through the three kinds of drops."""
    root, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    write_corpus(root / "feeds", UPDATES)
    without_grace = re.sub(r"grace_minutes: *\d+", "grace_minutes: 0", settings())
    (root / "config.yaml").write_text(without_grace, encoding="utf-8")
    calm_collector()
    site = open_site(folders_of(root), processes=1)
    publish(site, now=dt.datetime.now(dt.UTC))
    for name, text in (("same", same), ("new", new), ("edits", edited)):
        soak(site, name, text, count)
    site.close()


if __name__ == "__main__":
    main()
