"""A program that stays up: single looks, bursts, and what is said once."""

from __future__ import annotations

import shutil

import pytest

from sitrep.inbox.scan import Look, glance
from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import Studio

pytestmark = pytest.mark.usefixtures("whole")


# -- bursts, and a program that stays up ------------------------------------------------------------


def test_a_resident_engine_takes_single_looks(studio: Studio) -> None:
    """A look at one file publishes that file, and an unseen change elsewhere waits for the next look."""
    site = open_site(studio.folders, processes=1)
    publish(site, now=studio.now)
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    studio.drop("b.txt", update("2025-05-31", CONVOY))
    found = glance(studio.folders.feeds, "a.txt")
    assert found
    assert publish(site, Look(found=(found,)), now=studio.now).published == ("2025-06-01",)
    assert publish(site, now=studio.now).published == ("2025-05-31",)
    site.close()


def test_output_deleted_under_a_running_engine_is_made_again(studio: Studio) -> None:
    """A resident program notices that output/ is gone and makes the whole site again."""
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    site = open_site(studio.folders, processes=1)
    publish(site, now=studio.now)
    before = studio.tree()
    shutil.rmtree(studio.folders.output)
    publish(site, now=studio.now)
    site.close()
    assert studio.tree() == before


def test_a_folder_is_told_once(studio: Studio) -> None:
    """What is a matter of habit (keys that nobody knows, the order of a date) is told at the first text of a
    folder, again when that one is saved, and to each other folder."""
    head = "---\nlayout: post\nmood: low\n---\n"
    studio.drop("a.txt", head + update("2024-12-01", BRIDGE))
    studio.drop("b.txt", head + update("2024-12-02", SCHOOL))
    told = {one.path: [p.fact for p in one.problems if p.topics] for one in studio.publish().files}
    assert len(told["a.txt"]) == 2
    assert told["b.txt"] == []
    studio.drop("c.txt", head.replace("low", "low\ncolor: red") + update("2024-12-03", CONVOY))
    studio.drop("desk/d.txt", head + update("2024-12-04", BRIDGE.replace("light", "heavy")))
    told = {one.path: [p.fact for p in one.problems if p.topics] for one in studio.publish().files}
    assert told["c.txt"] == ["not used here: mood, color"]
    assert len(told["desk/d.txt"]) == 2
    studio.drop("a.txt", head + update("2024-12-01", BRIDGE, "Snow is expected in Elm."))
    told = {one.path: [p.fact for p in one.problems if p.topics] for one in studio.publish().files}
    assert len(told["a.txt"]) == 2


def test_a_line_of_every_update_is_noticed_and_kept_out_of_feeds(studio: Studio) -> None:
    """What stands word for word in the last updates is offered as ``boilerplate:``; once written there it is
    shown on the page, and is no item, no key point and in no feed."""
    standing = "Some people are still under the snow and nobody can reach them."
    for day, news in (("2024-12-01", BRIDGE), ("2024-12-02", SCHOOL), ("2024-12-03", CONVOY)):
        studio.drop(f"{day}.txt", update(day, news, standing))
    told = [p for one in studio.publish().files for p in one.problems if "word for word" in p.fact]
    assert [p.path for p in told] == ["2024-12-03.txt"]
    assert f'boilerplate: ["{standing}"]' in told[0].remedy
    studio.drop("2024-12-04.txt", update("2024-12-04", BRIDGE.replace("light", "heavy"), standing))
    assert not [p for one in studio.publish().files for p in one.problems if "word for word" in p.fact]
    config = studio.folders.config
    config.write_text(config.read_text() + f'boilerplate: ["{standing[:40]}"]\n', encoding="utf-8")
    studio.publish()
    tree = studio.tree()
    assert standing in tree["2024-12-04/index.html"].decode()
    feeds = [place for place in tree if place.endswith(("feed.json", "feed.xml", "rss.xml"))]
    assert feeds
    fresh = [place for place in feeds if place in ("feed.json", "feed.xml", "north/feed.json")]
    assert not [place for place in fresh if standing in tree[place].decode()]
    assert b"Withdrawn" not in tree["changes/feed.xml"], "its words stand"
    assert b"Withdrawn" not in tree["items/feed.xml"]
