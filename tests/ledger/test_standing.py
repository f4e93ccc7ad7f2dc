"""A publish does not go on with another authority, or with a ledger that knows less than what is online."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from tests.publishing import CONFIG, Studio, published

TEXT = "Update 2025-05-30\n\n– Alder road is open.\n– Birch was hit {}.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    config = CONFIG + "corrections: {grace_minutes: 0}\n"
    return published(tmp_path / "site", {"a.txt": TEXT.format("twice")}, config=config)


def test_another_authority_is_refused_with_the_old_one(studio: Studio) -> None:
    """Every id is made with it; changed by mistake, every reader would show everything twice."""
    text = studio.folders.config.read_text()
    studio.folders.config.write_text(text.replace("example.org,2024", "example.net,2026"))
    before = studio.tree()
    with pytest.raises(SiteError, match=r"example\.org,2024"):
        studio.publish()
    same = studio.tree() == before
    assert same
    (studio.folders.ledger / "authority").unlink()
    assert studio.publish().updates == 1


@pytest.mark.parametrize("how", ["old copy", "deleted"])
def test_a_ledger_that_knows_less_is_refused(studio: Studio, tmp_path: Path, how: str) -> None:
    """An old backup, a checkout or a deleted folder stops the publish, names the update, changes nothing."""
    shutil.copytree(studio.folders.ledger, tmp_path / "old")
    studio.later(hours=1)
    studio.drop("a.txt", TEXT.format("three times"))
    studio.publish()
    newer, before = tmp_path / "newer", studio.tree()
    studio.folders.ledger.rename(newer)
    if how == "old copy":
        shutil.copytree(tmp_path / "old", studio.folders.ledger)
    with pytest.raises(SiteError, match="2025-05-30"):
        studio.publish()
    same = studio.tree() == before
    assert same
    shutil.rmtree(studio.folders.ledger, ignore_errors=True)
    newer.rename(studio.folders.ledger)
    assert studio.publish().exit_code == 0
    same = studio.tree() == before
    assert same


RENAMED = CONFIG.replace(
    "- id: north\n    name: Northern front", "- id: hills\n    name: The hills\n    formerly: [north]"
)
ENDED = (
    CONFIG.replace(
        "  - id: south\n    name: Southern front\n    mark: south\n    places: [Dogwood, Elm]\n", ""
    )
    + "ended: [south]\n"
)
FEEDS = ("feed.xml", "rss.xml", "feed.json")
NEWS = "Update {}\n\nNorth\n\n– Alder road is {}.\n– Birch stands.\n\nSouth\n\n– Elm has water.\n"


@pytest.fixture
def valley(tmp_path: Path) -> Studio:
    return published(tmp_path / "valley", {"a.txt": NEWS.format("2025-05-30", "open")})


def ids(tree: dict[str, bytes], folder: str) -> list[list[str]]:
    """The ids of a feed in its three formats."""
    found = re.compile(rb"tag:example\.org,2024:[^<\"]+")
    return [[one.decode() for one in found.findall(tree[f"{folder}/{name}"])] for name in FEEDS]


@pytest.mark.parametrize("change", ["renamed", "dropped"])
def test_a_front_that_vanishes_is_refused_and_each_remedy_works(valley: Studio, change: str) -> None:
    """Readers of its feed would be left behind; nothing is changed until the config says what is meant."""
    before, south = valley.tree(), CONFIG[CONFIG.index("  - id: south") : CONFIG.index("  - {id: rumors")]
    there = south.replace("id: south", "id: lowland") if change == "renamed" else ""
    valley.folders.config.write_text(CONFIG.replace(south, there))
    with pytest.raises(SiteError, match=r"formerly: \[south\].*ended: \[south\]"):
        valley.publish()
    same = valley.tree() == before
    assert same
    formerly = there.replace("id: lowland", "id: lowland\n    formerly: south")
    valley.folders.config.write_text(
        CONFIG.replace(south, formerly) if there else CONFIG.replace(south, "") + "ended: [south]\n"
    )
    assert valley.publish().exit_code == 0
    tree = valley.tree()
    assert all(f"south/{name}" in tree for name in (*FEEDS, "index.html"))


def test_a_renamed_front_keeps_address_feeds_and_ids(valley: Studio) -> None:
    """Who follows it goes on under the same address and sees no entry twice; the new name leads there."""
    before = valley.tree()
    valley.folders.config.write_text(RENAMED)
    valley.publish()
    after = valley.tree()
    assert ids(after, "north") == ids(before, "north")
    assert ids(before, "north")[0]
    assert all(after[f"hills/{name}"] == after[f"north/{name}"] for name in FEEDS)
    assert before.keys() <= after.keys()
    assert b"The hills" in after["north/index.html"]
    assert b'<link rel="canonical" href="https://example.org/north/">' in after["hills/index.html"]
    assert b"Moved" not in after["corrections/index.html"]


@pytest.mark.parametrize(
    "config",
    [
        RENAMED,
        ENDED,
    ],
    ids=["renamed", "ended"],
)
def test_over_a_change_of_fronts_incremental_equals_from_scratch(
    valley: Studio, tmp_path: Path, config: str
) -> None:
    """A clone builds the same bytes, before and after the next drop."""
    valley.folders.config.write_text(config)
    valley.publish()
    for name in ("one", "two"):
        clone = valley.clone(tmp_path / name)
        clone.publish()
        same = clone.tree() == valley.tree()
        assert same
        valley.later(days=1)
        valley.drop("b.txt", NEWS.format("2025-05-31", "shut"))
        valley.publish()


def test_a_front_that_ends_says_so_once_and_for_ever(valley: Studio, tmp_path: Path) -> None:
    """Its feeds have one last entry, dated by the end, and each page that it had leads on; later publishes
    and a clone show the same bytes."""
    before = {place for place in valley.tree() if place.startswith("south/2")}
    valley.later(days=2)
    valley.folders.config.write_text(ENDED)
    valley.publish()
    valley.later(days=3)
    valley.drop("b.txt", NEWS.format("2025-06-02", "shut"))
    valley.publish()
    tree = valley.tree()
    assert all(one.count("tag:example.org,2024:south/ended") == 1 for one in ids(tree, "south"))
    assert all(b"2025-06-03T09:00:00" in tree[f"south/{name}"] for name in FEEDS)
    pages = {place for place in before if place.endswith(".html")}
    assert pages
    assert all(b"south: Ended." in tree[page] and b'href="../../index.html"' in tree[page] for page in pages)
    clone = valley.clone(tmp_path / "clone")
    clone.publish()
    same = clone.tree() == tree
    assert same


def test_a_front_that_comes_back_has_not_ended(valley: Studio) -> None:
    """Its pages and feeds are as they were; when it ends again, that is another end."""
    there, before = valley.folders.config.read_text(), valley.tree()
    valley.folders.config.write_text(ENDED)
    valley.publish()
    valley.folders.config.write_text(there)
    valley.publish()
    assert valley.tree().keys() == before.keys()
    assert b"ended" not in valley.tree()["south/feed.xml"]
    assert (valley.folders.ledger / "fronts").read_text().split() == ["north", "south", "general"]


def test_the_first_id_comes_first(valley: Studio) -> None:
    """A front that is renamed twice keeps its first id, in whatever order its names are written."""
    for formerly, fine in (("north", True), ("hills, north", False), ("north, hills", True)):
        named = "hills" if formerly == "north" else "ridge"
        text = RENAMED.replace("id: hills", f"id: {named}").replace("[north]", f"[{formerly}]")
        valley.folders.config.write_text(text)
        if fine:
            assert valley.publish().exit_code == 0
        else:
            with pytest.raises(SiteError, match=r"formerly: \[north, hills\]"):
                valley.publish()
