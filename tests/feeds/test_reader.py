"""reader, which keeps what it has seen, follows a site through moves and withdrawals, in three formats."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import feedparser_sgmllib
import pytest
import reader

from tests.lanes import one_fast
from tests.publishing import Studio, published

# reader brings a feedparser of its own, which looks for the module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

TEXT = """Update 05-12-2024

# Northern front

- The ferry at Alder runs again since the morning.
- Birch has no water and the school is shut.

# Southern front

- Two shops in Dogwood have opened their doors.
- The road to Elm is blocked by a fallen tree.
"""
FEEDS = ("", "north/", "south/", "items/", "changes/")
FILES = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json"}


def kept(studio: Studio, one: reader.Reader) -> dict[str, str]:
    """Everything the reader shows after it has looked again, title by id."""
    one.update_feeds(scheduled=False)
    found: dict[str, str] = {}
    for entry in one.get_entries():
        found[entry.id.rpartition(":")[2]] = entry.title
    return found


@pytest.fixture(params=one_fast(*FILES))
def site(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Studio, reader.Reader]:
    """A site with one update, and a reader that has seen it."""
    logging.getLogger("reader").setLevel(logging.ERROR)
    studio = published(tmp_path / "site", {"a.txt": TEXT})
    follower = reader.make_reader(":memory:", feed_root=str(studio.folders.output))
    for folder in FEEDS:
        follower.add_feed(folder + FILES[request.param])
    assert len(kept(studio, follower)) == 7
    studio.later(days=1)
    return studio, follower


def test_a_date_put_right_shows_nothing_twice(site: tuple[Studio, reader.Reader]) -> None:
    """The same entries, none of them withdrawn."""
    studio, follower = site
    before = set(kept(studio, follower))
    studio.drop("a.txt", TEXT.replace("05-12", "26-11"))
    studio.publish()
    after = kept(studio, follower)
    assert set(after) == before
    assert not any(title.startswith("Withdrawn") for title in after.values())


def test_an_update_split_over_two_files_shows_no_item_twice(site: tuple[Studio, reader.Reader]) -> None:
    """One more update and one more report; every item as it was, and nothing is called withdrawn."""
    studio, follower = site
    before = set(kept(studio, follower))
    head, _, tail = TEXT.partition("# Southern front")
    studio.drop("a.txt", head)
    studio.drop("b.txt", f"Update 05-12-2024\n\n# Southern front{tail}")
    studio.publish()
    after = kept(studio, follower)
    (new, report) = sorted(set(after) - before)
    assert new == "2024-12-05-2"
    assert report in ("2024-12-05-2/north", "2024-12-05-2/south")
    assert not any(title.startswith("Withdrawn") for title in after.values())
    assert after[report.replace("-2/", "/")].startswith("Moved")


def test_all_that_was_taken_back_is_told(site: tuple[Studio, reader.Reader]) -> None:
    """After a withdrawal no entry of it is shown as if it stood, in any feed."""
    studio, follower = site
    studio.drop("b.txt", "Update 31-05-2025\n\n# Northern front\n\n- Snow fell on the hills.\n")
    studio.publish()
    before = {name for name in kept(studio, follower) if name.startswith("2024-12-05")}
    studio.take("a.txt")
    studio.publish(confirm=True)
    after = kept(studio, follower)
    assert all(after[name].startswith("Withdrawn") for name in before)
