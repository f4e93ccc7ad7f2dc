"""Law 5: whatever fails and whenever the program dies, the site is whole, and the next start mends it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.faulty import EVERYWHERE, Ended, picked, run_faulty, state
from tests.inspecting import site_in
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import NOON, Studio, tree

pytestmark = pytest.mark.slow

THEN = NOON + dt.timedelta(hours=3)
MENDED: set[str] = set()
"""States of a site from which the next start was seen to mend it."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A published site in whose drop folder much has changed since: a drop, an edit, a deletion, a fault."""
    studio = Studio(tmp_path_factory.mktemp("faults") / "ready")
    backs = range(50) if EVERYWHERE else (0, 1, 2, *range(5, 50, 7))
    days = (NOON.date() - dt.timedelta(days=back) for back in backs)
    for day in map(str, days):
        studio.drop(f"{day}.txt", update(day, BRIDGE, f"It is {day} in Elm.", CONVOY))
    studio.publish()
    _are_of_this_second(studio.root / "output")
    studio.drop("new.txt", update("2025-06-01", SCHOOL, heading="Southern front"))
    studio.drop("2025-05-31.txt", update("2025-05-31", BRIDGE, CONVOY, "More of it later."))
    studio.drop("bad.txt", "Nothing that has a date.\n")
    studio.take("2025-05-30.txt")
    return studio


def _are_of_this_second(output: Path) -> None:
    """Published so lately that each new version must be dated a second later, however slow the machine."""
    later = time.time() + 3600
    for path in output.rglob("*"):
        os.utime(path, (later, later))


@pytest.fixture(scope="module")
def expected(ready: Studio, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """What an undisturbed build makes of it, and how many changing calls it takes."""
    site = tmp_path_factory.mktemp("faults") / "undisturbed"
    shutil.copytree(ready.root, site)
    (ended,) = run_faulty("kill", THEN, [(site, 0)])
    assert ended.code == 1, ended.told
    return tree(site / "output"), ended.calls


@pytest.mark.parametrize(
    ("kind", "most"), [("kill", 24), ("full", 12), ("broken", 12), ("read-only", 6), ("denied", 6)]
)
def test_a_fault_at_any_call_leaves_a_whole_site(
    ready: Studio, expected: tuple[dict[str, bytes], int], tmp_path: Path, kind: str, most: int
) -> None:
    """A reader who looks on finds all whole; every feed parses, every link leads somewhere; the fault is told
    without a traceback; the next start ends with the bytes of an undisturbed build."""
    wanted, calls = expected
    entrances, sites = set(ready.tree()), []
    for call in picked(calls, most):
        site = tmp_path / f"{kind}-{call}"
        shutil.copytree(ready.root, site)
        sites.append((site, call))
    for ended in run_faulty(kind, THEN, sites):
        where = f"{kind} at call {ended.call}: {ended.name}"
        assert not ended.torn, (where, ended.torn)
        assert (ended.signal == 9) == (kind == "kill"), (where, ended.told)
        _is_told(ended, where)
        if (left := state(ended.site)) not in MENDED:
            _is_whole(ended, where, entrances)
            again = Studio(ended.site, now=THEN)
            again.publish()
            assert again.tree() == wanted, where
            MENDED.add(left)
        shutil.rmtree(ended.site)


def _is_told(ended: Ended, where: str) -> None:
    assert "Traceback" not in ended.told, f"{where}\n{ended.told}"
    if not ended.signal:
        assert ended.code in (1, 2), (where, ended.code)
        assert ended.code == 1 or "hint: " in ended.told, f"{where}\n{ended.told}"


def _is_whole(ended: Ended, where: str, entrances: set[str]) -> None:
    """Nothing that a reader knows of, or comes to from there, is torn or missing."""
    site = site_in(ended.site / "output")
    assert entrances & site.feeds.keys(), where
    assert not site.bad_feeds(), where
    dead = site.dead_links(entrances & (site.pages.keys() | site.feeds.keys()))
    assert not dead, (where, dead)
