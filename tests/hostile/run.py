"""A folder of payload lists -> what each of them breaks: ``python -m tests.hostile.run DIR [DIR ...]``.

Every file below a folder, whatever its name and bytes, is dropped three ways into a site: each line as an
item, the first lines as titles, authors and file names, and all bytes as they are below a date. A good file
lies beside it. Many lists share a site; where that breaks or is slow, each is tried alone. One line tells of
each list that breaks something; the last line counts. Exit code 1 if anything broke.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitrep.base.say import printable
from tests.hostile.judging import CONTROLS, TURNS, faults
from tests.publishing import CONFIG, NOON, Studio

GOOD = "The mill at Cedar Bridge grinds again since Monday."
WIDE = f"{CONFIG}feeds: {{bytes: 90000000, gzip_bytes: 90000000, days: 100000, item_days: 100000}}\n"
"""A site whose current feeds hold all that there is."""
LINES, HEADS = 250, 12
"""Lines of a list that share an update; lines that become titles, authors and names of files."""
LONGEST, SHARED = 100_000, 150_000
"""Bytes of a list that are taken, and of all lists that share a site."""
SECONDS = 1.0
"""What an update of them may cost, in seconds of this process."""


@dataclass(frozen=True)
class Ran:
    """What became of some lists."""

    seconds: float
    """Of this process."""
    updates: int
    broken: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Nothing broke, and it was quick."""
        return not self.broken and self.seconds <= SECONDS * self.updates


def lists(folders: Iterable[Path]) -> Iterator[Path]:
    """Every regular file below some folders, in order."""
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def shared(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """The same, in groups that share a site."""
    group: list[Path] = []
    size = 0
    for path in paths:
        size += min(LONGEST, path.stat().st_size)
        if group and size > SHARED:
            yield group
            group, size = [], min(LONGEST, path.stat().st_size)
        group.append(path)
    if group:
        yield group


def run(paths: Iterable[Path]) -> Ran:
    """Publish a site that holds these lists; tell what broke."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as root:
        studio = Studio(Path(root) / "site", config=WIDE)
        studio.drop("good.txt", f"Update {NOON:%d-%m-%Y}\n\n# Northern front\n\n- {GOOD}\n")
        days = (NOON.date() - dt.timedelta(days=back) for back in range(1, 100_000))
        updates = sum(_drop(studio.folders.feeds, path, place, days) for place, path in enumerate(paths))
        began = time.process_time()
        try:
            outcome = studio.publish()
        except Exception as fault:
            return Ran(0, updates, (f"the publish failed: {fault!r}",))
        seconds = time.process_time() - began
        told = [printable(str(problem)) for one in outcome.files for problem in one.problems]
        broken = list(faults(studio.tree(), GOOD))
    broken += [line for line in told if "the program failed" in line]
    broken += [f"a message steers: {line!r}" for line in told if CONTROLS.search(line) or TURNS.search(line)]
    return Ran(seconds, updates, tuple(broken))


def _drop(feeds: Path, path: Path, place: int, days: Iterator[dt.date]) -> int:
    """Lay a list into the drop folder; how many updates that makes."""
    content = path.read_bytes()[:LONGEST]
    lines = [line for line in content.decode("utf-8", "surrogateescape").split("\n") if line.strip()]
    texts = [content] + [
        b"\n".join(b"- It says " + _bytes(line) for line in lines[start : start + LINES])
        for start in range(0, len(lines), LINES)
    ]
    for number, text in enumerate(texts):
        head = f"Update {next(days):%d-%m-%Y}\n\n# Northern front\n\n".encode()
        (feeds / f"list-{place}-{number}.txt").write_bytes(head + text + b"\n")
    for number, line in enumerate(lines[:HEADS]):
        _drop_head(feeds, line, f"h{place}-{number}", next(days))
    return len(texts) + len(lines[:HEADS])


def _drop_head(feeds: Path, line: str, number: str, day: dt.date) -> None:
    said = json.dumps(line)
    head = f"---\ntitle: {said}\nauthor: {said}\nsummary: {said}\n---\n"
    name = _bytes(re.sub("[/\0]", "_", line))[:120].decode("utf-8", "surrogateescape")
    text = f"{head}Update {day:%d-%m-%Y}\n\n# Northern front\n\n- All is quiet.\n"
    (feeds / f"{number} {name}.txt").write_text(text, encoding="utf-8")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def main() -> int:
    """Run every list of the folders that were named."""
    ran = bad = 0
    for group in shared(lists(map(Path, sys.argv[1:]))):
        ran += len(group)
        if run(group).well:
            continue
        for path in group:
            alone = run([path])
            bad += not alone.well
            for fault in alone.broken[:5]:
                print(f"BROKEN {path}: {fault}", flush=True)
            if alone.seconds > SECONDS * alone.updates:
                print(f"SLOW {path}: {alone.seconds:.1f} s for {alone.updates} updates", flush=True)
    print(f"{ran} lists, {bad} break something or are slow")
    return 1 if bad or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
