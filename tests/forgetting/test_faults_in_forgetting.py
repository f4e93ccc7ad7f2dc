"""Whatever fails while something is forgotten or added, whenever the program dies: done again, it is done."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from pathlib import Path

import pytest

from sitrep.forgetting.forget import target_of
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.faulty import EVERYWHERE, Ended, picked, run_faulty, state
from tests.inspecting import site_in
from tests.publishing import NOON, Studio

pytestmark = pytest.mark.slow

WORDS = "Brenna Oakley hides in the mill behind Alder since the raid of last night"
ADDED = "Update 31-05-2025\n\n# Southern front\n\n- Grain has come to Elm by boat.\n"
THEN = NOON + dt.timedelta(hours=3)
DAYS = 51
"""So far back the site goes, with an update each day or week: two months, of which one is closed."""
FORGOTTEN: set[str] = set()
ADDED_ONCE: set[str] = set()
"""States of a site from which the same, asked once more, was seen to be done."""
KINDS = [("kill", 16), ("full", 6), ("broken", 6), ("read-only", 3), ("denied", 3)]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A published site; one update says what is to be forgotten, beside other news of its file."""
    studio = Studio(tmp_path_factory.mktemp("faults") / "ready")
    for back in range(4, DAYS, 1 if EVERYWHERE else 7):
        day = NOON.date() - dt.timedelta(days=back)
        studio.drop(
            f"{day}.txt", f"Update {day:%d-%m-%Y}\n\n# Northern front\n\n- The bridge of {day} is open.\n"
        )
    studio.drop("three.txt", "\n".join(
        f"Update 2{day}-05-2025\n\n# Northern front\n\n- The ferry ran on day {day}.\n" +
        (f"- {WORDS}.\n" if day == 9 else "") for day in (7, 8, 9)
    ))  # fmt: skip
    studio.publish()
    return studio


def faulty(ready: Studio, folder: Path, kind: str, most: int, *verb: str) -> list[Ended]:
    """It, on copies of the site, with the fault at some of its changing calls."""
    whole = folder / "whole"
    shutil.copytree(ready.root, whole)
    (undisturbed,) = run_faulty("kill", THEN, [(whole, 0)], verb)
    assert undisturbed.code == 0, undisturbed.told
    sites = [(folder / f"{kind}-{call}", call) for call in picked(undisturbed.calls, most)]
    for site, _ in sites:
        shutil.copytree(ready.root, site)
    return run_faulty(kind, THEN, sites, verb)


def whole(studio: Studio, entrances: set[str], where: str) -> None:
    """Feeds parse, and every link from what a reader knew leads somewhere."""
    site = site_in(studio.folders.output)
    assert not site.bad_feeds(), where
    assert not site.dead_links(entrances & (site.pages.keys() | site.feeds.keys())), where


def holding(studio: Studio) -> list[str]:
    return [
        path.relative_to(studio.root).as_posix()
        for path in studio.root.rglob("*")
        if path.is_file() and not path.is_symlink() and b"Brenna" in path.read_bytes()
    ]


@pytest.mark.parametrize(("kind", "most"), KINDS)
def test_forgetting_can_be_done_again(ready: Studio, tmp_path: Path, kind: str, most: int) -> None:
    """The site is whole; no publish shows the words under a new id; asked once more, all of it is gone."""
    entrances = set(ready.tree())
    for ended in faulty(ready, tmp_path, kind, most, "forget", "2025-05-29/2"):
        where = f"{kind} at call {ended.call}: {ended.name}"
        studio = Studio(ended.site, now=THEN)
        assert not ended.torn, (where, ended.torn)
        assert "Traceback" not in ended.told, f"{where}\n{ended.told}"
        if (left := state(ended.site)) in FORGOTTEN:
            shutil.rmtree(ended.site)
            continue
        whole(studio, entrances, where)
        studio.publish()
        whole(studio, entrances, where)
        ids = site_in(studio.folders.output).ids("items/feed.json")
        assert {one for one in ids if one.startswith("2025-05-29")} <= {"2025-05-29/1", "2025-05-29/2"}, where
        publisher = Publisher(studio.folders, lambda: THEN, Log(io.StringIO()))
        target = target_of("2025-05-29/2")
        assert target
        try:
            assert not publisher.forget((target,)).left, where
        finally:
            publisher.close()
        assert holding(studio) == [], where
        studio.later(hours=1)
        studio.publish()
        assert holding(studio) == [], where
        whole(studio, entrances, where)
        FORGOTTEN.add(left)
        shutil.rmtree(ended.site)


@pytest.mark.parametrize(("kind", "most"), KINDS)
def test_adding_can_be_done_again(ready: Studio, tmp_path: Path, kind: str, most: int) -> None:
    """The text is in feeds/ whole or not at all; added once more it is online once."""
    entrances, text = set(ready.tree()), tmp_path / "text.txt"
    text.write_text(ADDED, encoding="utf-8")
    verb = ("add", str(text))
    broken = faulty(ready, tmp_path, kind, most, *verb)
    for ended in broken:
        where = f"{kind} at call {ended.call}: {ended.name}"
        studio = Studio(ended.site, now=THEN)
        assert not ended.torn, (where, ended.torn)
        assert "Traceback" not in ended.told, f"{where}\n{ended.told}"
        whole(studio, entrances, where)
        there = [path.read_text(encoding="utf-8") for path in studio.folders.feeds.glob("added*")]
        assert set(there) <= {ADDED}, where
    left = {state(ended.site): ended.site for ended in broken}
    sites = [(site, 0) for digest, site in left.items() if digest not in ADDED_ONCE]
    for again in run_faulty("kill", THEN, sites, verb) if sites else ():
        where = again.site.name
        assert again.code == 0, (where, again.told)
        whole(Studio(again.site), entrances, where)
        ids = site_in(again.site / "output").ids("items/feed.json")
        assert [one for one in ids if one.startswith("2025-05-31")] == ["2025-05-31/1"], where
    ADDED_ONCE.update(left)
