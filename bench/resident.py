"""Steps of a program that stays up: one drop, an edit, a late text, a deletion, a burst; as JSON.

Run as ``python -m bench.resident SITE COUNT`` on a site that is built.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.corpus import AGAIN, LAST_DAY, NEW_MONTH, days, late_text, update_text
from bench.measure import Cost, step, typical
from sitrep.cli import calm_collector
from sitrep.inbox.scan import Look, scan
from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from sitrep.site.folders import folders_of


def main() -> None:
    """Measure each step on an engine that is warm after a first drop."""
    site, count = Path(sys.argv[1]), int(sys.argv[2])
    folders = folders_of(site)
    calm_collector()
    opened = open_site(folders)
    publish(opened, now=dt.datetime.now(dt.UTC))

    def write(name: str, text: str) -> Look:
        """Put a file there, and what a watcher would have seen of it."""
        (folders.feeds / name).write_text(text, encoding="utf-8")
        return Look(found=tuple(one for one in scan(folders.feeds) if one.path == name))

    def drop(ahead: int) -> Look:
        day = LAST_DAY + dt.timedelta(days=ahead)
        return write(f"{day.isoformat()}.txt", update_text(count + ahead, day))

    def one_drop(ahead: int) -> Cost:
        look = drop(ahead)
        return step(lambda: publish(opened, look, now=dt.datetime.now(dt.UTC)))

    publish(opened, drop(AGAIN + 1), now=dt.datetime.now(dt.UTC))
    costs: dict[str, Cost] = {}
    costs["one drop, resident"] = typical(one_drop(ahead) for ahead in range(AGAIN + 2, NEW_MONTH))
    look = drop(NEW_MONTH)
    costs["first drop of a month"] = step(lambda: publish(opened, look, now=dt.datetime.now(dt.UTC)))
    middle = days(count)[count // 2]
    name = f"{middle.isoformat()}.txt"
    said = (folders.feeds / name).read_text(encoding="utf-8")
    look = write(name, said.replace("closed", "blocked", 1))
    costs["edit of an old one"] = step(lambda: publish(opened, look, now=dt.datetime.now(dt.UTC)))
    look = write("late.txt", late_text(middle))
    costs["back-dated drop"] = step(lambda: publish(opened, look, now=dt.datetime.now(dt.UTC)))
    (folders.feeds / "late.txt").unlink()
    costs["deletion, after a scan"] = step(lambda: publish(opened, now=dt.datetime.now(dt.UTC)))
    for ahead in range(NEW_MONTH + 1, NEW_MONTH + 101):
        drop(ahead)
    costs["burst of 100, after a scan"] = step(lambda: publish(opened, now=dt.datetime.now(dt.UTC)))
    opened.close()
    print(json.dumps({name: asdict(cost) for name, cost in costs.items()}))


if __name__ == "__main__":
    main()
