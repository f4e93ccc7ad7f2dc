"""Steps of a program that stays up: one drop, an edit, a late text, a deletion, a burst; as JSON.

Run as ``python -m bench.resident SITE COUNT`` on a site that is built.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.corpus import LAST_DAY, days, update_text
from bench.measure import Cost, step
from sitrep.running.engine import Engine
from sitrep.running.folders import folders_of
from sitrep.running.opening import open_site


def main() -> None:
    """Measure each step on an engine that is warm after a first drop."""
    site, count = Path(sys.argv[1]), int(sys.argv[2])
    folders = folders_of(site)
    engine = Engine(open_site(folders), clock=lambda: dt.datetime.now(dt.UTC))
    engine.publish()

    def drop(ahead: int) -> None:
        day = LAST_DAY + dt.timedelta(days=ahead)
        (folders.feeds / f"{day.isoformat()}.txt").write_text(
            update_text(count + ahead, day), encoding="utf-8"
        )

    drop(2)
    engine.publish()
    costs: dict[str, Cost] = {}
    drop(3)
    costs["one drop, resident"] = step(engine.publish)
    middle = days(count)[count // 2]
    edited = folders.feeds / f"{middle.isoformat()}.txt"
    edited.write_text(edited.read_text(encoding="utf-8").replace("closed", "blocked", 1), encoding="utf-8")
    costs["edit of an old one"] = step(engine.publish)
    late = folders.feeds / "late.txt"
    late.write_text(update_text(count + 500, middle).replace("A long day", "A late note"), encoding="utf-8")
    costs["back-dated drop"] = step(engine.publish)
    late.unlink()
    costs["deletion"] = step(engine.publish)
    for ahead in range(4, 104):
        drop(ahead)
    costs["burst of 100"] = step(engine.publish)
    engine.close()
    print(json.dumps({name: asdict(cost) for name, cost in costs.items()}))


if __name__ == "__main__":
    main()
