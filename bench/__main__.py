"""``make bench``: what a publish costs at 100, 1,000 and 10,000 updates, and beside Hugo if it is there.

Figures of one run on one machine; compare ratios, not seconds. ``--large`` adds 100,000 updates,
``--save FILE`` writes the figures as JSON, ``--counts 100 1000`` measures other sizes, ``--drops`` leaves out
all that makes the whole site anew but the first build: what a drop costs at 10,000 is known in six minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import filecmp
import gzip
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench.corpus import AGAIN, LAST_DAY, NEW_MONTH, update_text, write_corpus
from bench.measure import ROOT, Cost, build, run, settings, typical
from bench.peers import hugo, measure_hugo


def measure(folder: Path, count: int, *, drops: bool = False) -> dict[str, Cost]:
    """Every step at one size of the archive; with ``drops`` the first build and what comes upon it alone."""
    site = folder / f"site-{count}"
    write_corpus(site / "feeds", count)
    (site / "config.yaml").write_text(settings(), encoding="utf-8")
    alone = shutil.which("taskset") and not drops
    costs = {"cold build, one core": build(site, alone=True)} if alone else {}
    costs |= {"cold build": _cold(site), "unchanged build": typical(build(site) for _ in range(AGAIN))}
    costs["one drop, new process"] = typical(_drop(site, count, ahead) for ahead in range(1, AGAIN + 1))
    _, printed = run([sys.executable, "-m", "bench.resident", str(site), str(count)])
    costs |= {name: Cost(**cost) for name, cost in json.loads(printed).items()}
    print(transfer(site, lambda: _drop(site, count, NEW_MONTH + 101)), flush=True)
    if not drops:
        costs |= {"one front renamed": _renamed(site), "a template changed": _restyled(site)}
        costs[SAME] = _cold(site)
    print(bytes_by_kind(site / "output", sum(1 for _ in (site / "feeds").glob("*.txt"))), flush=True)
    shutil.rmtree(site)
    return costs


SAME = "cold build, as large now"
"""Made after all other steps, by which the site has more updates: what changes all of it is compared with."""


def _cold(site: Path) -> Cost:
    for made in ("output", "ledger", ".sitrep"):
        shutil.rmtree(site / made, ignore_errors=True)
    return build(site)


def transfer(site: Path, drop: Callable[[], Cost]) -> str:
    """What a drop sends to a copy of the site: whole files, compressed, and as rsync finds it."""
    output, copy = site / "output", site / "copy"
    shutil.copytree(output, copy)
    drop()
    changed = [path.read_bytes() for path in output.rglob("*") if path.is_file() and not _same(path, copy)]
    told = f"  a drop sends {len(changed)} files, {sum(map(len, changed)):,} bytes"
    told += f", gzip {sum(len(gzip.compress(content, 9)) for content in changed):,}"
    if shutil.which("rsync"):
        command = ["rsync", "-rz", "--checksum", "--no-whole-file", "--stats", f"{output}/", f"{copy}/"]
        said = re.search(r"Total bytes sent: ([\d,.]+)", run(command)[1])
        told += f", rsync -z {said[1] if said else '?'}"
    shutil.rmtree(copy)
    return told


def _same(path: Path, copy: Path) -> bool:
    other = copy / path.relative_to(copy.with_name("output"))
    return other.exists() and filecmp.cmp(path, other, shallow=False)


def _renamed(site: Path) -> Cost:
    config = site / "config.yaml"
    said = config.read_text(encoding="utf-8")
    config.write_text(said.replace("name: Eastern front", "name: East", 1), encoding="utf-8")
    return build(site)


def _restyled(site: Path) -> Cost:
    own = site / "templates"
    own.mkdir()
    said = (ROOT / "templates" / "update.html").read_text(encoding="utf-8")
    (own / "update.html").write_text(said.replace('class="cols"', 'class="cols new"', 1), encoding="utf-8")
    return build(site)


_KINDS = {
    "parts of feeds": r"(?:.*/)?(?:feed|rss)-\d{4}-\d\d.*",
    "current feeds": r"(?:.*/)?(?:feed|rss)\.(?:xml|json)",
    "update pages": r"\d{4}-\d\d-\d\d[^/]*/index\.html",
    "plain text": r"\d{4}-\d\d-\d\d[^/]*\.txt",
    "API": r"api/.*",
    "search": r"search/.*\.js",
    "pages of months, fronts and years": r".*\d{4}(?:-\d\d)?/index\.html",
    "zips of months": r".*\.zip",
    "the rest": r".*",
}
"""Patterns of places, the first that fits counts."""


def bytes_by_kind(output: Path, updates: int) -> str:
    """What the files of a site come to, by kind, and by update."""
    found = {kind: [0, 0] for kind in _KINDS}
    for path in output.rglob("*"):
        if path.is_file():
            place = path.relative_to(output).as_posix()
            kind = next(kind for kind, pattern in _KINDS.items() if re.fullmatch(pattern, place))
            found[kind][0] += 1
            found[kind][1] += path.stat().st_size
    found["all"] = [sum(count) for count in zip(*found.values(), strict=True)]
    lines = (
        f"  {kind:<36}{files:>8,}{size:>16,}{files / updates:>8.2f}{size / updates:>10,.0f}"
        for kind, (files, size) in found.items()
    )
    return "\n".join((f"{'':<38}{'files':>8}{'bytes':>16}{'an update':>18}", *lines))


def _drop(site: Path, count: int, ahead: int) -> Cost:
    day = LAST_DAY + dt.timedelta(days=ahead)
    (site / "feeds" / f"{day}.txt").write_text(update_text(count + ahead, day), encoding="utf-8")
    return build(site)


def table(results: dict[int, dict[str, Cost]], peers: dict[int, dict[str, Cost]]) -> str:
    """The figures as aligned text: a block for each size, then growth and ratios."""
    lines = []
    for count, costs in results.items():
        lines.append(f"\n{count:,} updates{'wall':>24}{'CPU':>10}{'memory':>10}{'files':>8}{'bytes':>13}")
        lines += [_row(name, cost) for name, cost in costs.items()]
        for name in sorted(costs.keys() & {"one front renamed", "a template changed"}, reverse=True):
            wall, cpu = costs[name].wall / costs[SAME].wall, costs[name].cpu / costs[SAME].cpu
            lines.append(f"  {name:<24}{wall:,.2f} of the wall of that cold build, {cpu:,.2f} of its CPU")
        for name, cost in peers.get(count, {}).items():
            wall, cpu = cost.wall / costs[name].wall, cost.cpu / costs[name].cpu
            took = f"{_time(cost.wall):>10}{_time(cost.cpu):>10}"
            lines.append(f"  hugo: {name:<18}{took}   {wall:,.2f} of our wall, {cpu:,.2f} of our CPU")
    if len(results) > 1:
        first, last = min(results), max(results)
        lines.append(f"\ngrowth from {first:,} to {last:,} updates")
        for name in results[first]:
            lines.append(f"  {name:<28}{_growth(results[first][name], results[last][name])}")
    return "\n".join(lines)


def _row(name: str, cost: Cost) -> str:
    memory = f"{cost.memory:,.0f} MB" if cost.memory else ""
    files = "" if cost.files is None else f"{cost.files:,}"
    written = "" if cost.bytes is None else f"{cost.bytes:,}"
    return f"  {name:<24}{_time(cost.wall):>10}{_time(cost.cpu):>10}{memory:>10}{files:>8}{written:>13}"


def _time(seconds: float) -> str:
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


def _growth(small: Cost, large: Cost) -> str:
    pairs = [("wall", small.wall, large.wall), ("CPU", small.cpu, large.cpu)]
    pairs += [("files", small.files or 0, large.files or 0), ("bytes", small.bytes or 0, large.bytes or 0)]
    return "  ".join(f"{name} x{after / before:,.2f}" for name, before, after in pairs if before)


def main() -> None:
    """Measure, print, and save if asked to."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--large", action="store_true", help="also 100,000 updates")
    parser.add_argument("--drops", action="store_true", help="only the first build, and drops")
    parser.add_argument("--save", type=Path, metavar="FILE")
    parser.add_argument("--no-peer", action="store_true", help="leave Hugo out")
    options = parser.parse_args()
    counts = options.counts + ([100_000] if options.large else [])
    results: dict[int, dict[str, Cost]] = {}
    peers: dict[int, dict[str, Cost]] = {}
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-") as folder:
        for count in counts:
            print(f"measuring {count:,} updates ...", file=sys.stderr)
            results[count] = measure(Path(folder), count, drops=options.drops)
            print(table({count: results[count]}, {}), flush=True)
            if hugo() and not options.no_peer and count <= 10_000:
                peers[count] = measure_hugo(Path(folder) / f"hugo-{count}", count)
    print(table(results, peers))
    if options.save:
        saved = {"ours": results, "hugo": peers}
        figures = {
            who: {str(n): {name: asdict(cost) for name, cost in costs.items()} for n, costs in sizes.items()}
            for who, sizes in saved.items()
        }
        options.save.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
