"""The same corpus through Hugo, where it is on the path: cold, rebuild, and a drop into its watcher."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

from bench.corpus import AGAIN, LAST_DAY, NEW_MONTH, days, update_text
from bench.measure import Cost, run, typical

_CONFIG = """\
baseURL = "https://example.org/"
title = "Benchmark"
[pagination]
pagerSize = 20
[taxonomies]
front = "fronts"
"""
_PAGE = '<!doctype html><meta charset="utf-8"><title>{{ .Title }}</title><h1>{{ .Title }}</h1>'
_LAYOUTS = {
    "_default/single.html": _PAGE
    + "{{ .Content }}{{ with .PrevInSection }}<a href='{{ .RelPermalink }}'>later</a>{{ end }}"
    + "{{ with .NextInSection }}<a href='{{ .RelPermalink }}'>earlier</a>{{ end }}",
    "_default/list.html": _PAGE
    + "{{ range (.Paginate .RegularPages).Pages }}"
    + "<article><h2>{{ .Title }}</h2>{{ .Content }}</article>{{ end }}",
    "index.html": _PAGE + "{{ range first 10 .Site.RegularPages }}<article>{{ .Content }}</article>{{ end }}",
}
_WATCHING = "Press Ctrl+C"
"""The last that the watcher prints before it waits for changes."""
_FRONTS = ("western", "eastern", "southern", "international", "rumors")


def hugo() -> str | None:
    """Path of the hugo program, or None."""
    return shutil.which("hugo")


def write_hugo_site(site: Path, count: int) -> None:
    """A Hugo site over the corpus: pages, paginated lists and RSS for the whole and for five fronts."""
    (site / "content" / "updates").mkdir(parents=True)
    (site / "hugo.toml").write_text(_CONFIG)
    (site / "config.toml").write_text(_CONFIG)
    for name, text in _LAYOUTS.items():
        path = site / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for number, day in enumerate(days(count)):
        write_page(site, number, day)


def write_page(site: Path, number: int, day: dt.date) -> None:
    """One update as Hugo wants it."""
    body = update_text(number, day).replace("\n–", "\n-")
    fronts = ", ".join(f'"{front}"' for front in _FRONTS)
    head = f'---\ntitle: "Update {day}"\ndate: {day}T12:00:00Z\nfronts: [{fronts}]\n---\n'
    (site / "content" / "updates" / f"{day}.md").write_text(head + body, encoding="utf-8")


def measure_hugo(site: Path, count: int) -> dict[str, Cost]:
    """Cold build, rebuild after one more file, and a drop into `hugo --watch`."""
    program = hugo()
    assert program
    write_hugo_site(site, count)
    cold, _ = run([program, "--quiet"], cwd=site)
    again = []
    for ahead in range(1, AGAIN + 1):
        write_page(site, count + ahead, LAST_DAY + dt.timedelta(days=ahead))
        again.append(run([program, "--quiet"], cwd=site)[0])
    return {
        "cold build": cold,
        "one drop, new process": typical(again),
        "one drop, resident": _watch(program, site, count),
    }


def _watch(program: str, site: Path, count: int) -> Cost:
    """From the last byte of a new file to its name in the main feed, polled every 2 ms."""
    feed = site / "public" / "index.xml"
    with subprocess.Popen([program, "--watch"], cwd=site, stdout=subprocess.PIPE, text=True) as process:
        try:
            if not any(line.startswith(_WATCHING) for line in process.stdout or ()):
                raise RuntimeError("hugo ended before it watched")
            turns = range(AGAIN + 1, NEW_MONTH)
            return typical(_seen(feed, site, count, process.pid, ahead) for ahead in turns)
        finally:
            process.terminate()


def _seen(feed: Path, site: Path, count: int, process: int, ahead: int) -> Cost:
    """One drop into the watcher, until its feed names it and nothing more is written."""
    day = LAST_DAY + dt.timedelta(days=ahead)
    used, started = _cpu_of(process), time.perf_counter()
    write_page(site, count + ahead, day)
    _until(lambda: str(day) in _beginning(feed))
    wall = time.perf_counter() - started
    # Hugo looks at what has changed twice a second: the drops must not come at its pace.
    time.sleep(1 + random.Random(ahead).random() / 2)
    return Cost(wall=wall, cpu=_cpu_of(process) - used)


def _beginning(feed: Path) -> str:
    """The newest entries of a feed, which stand first."""
    with feed.open(encoding="utf-8", errors="ignore") as opened:
        return opened.read(20_000)


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _until(true: object, patience: float = 120) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if true():  # type: ignore[operator]
            return
        time.sleep(0.002)
    raise TimeoutError("the peer did not answer in time")
