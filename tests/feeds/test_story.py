"""A subscriber's story: what a stateful reader sees of everything that can happen to an update.

Published for real, read by the ``reader`` library over local files; each feed in each format.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from pathlib import Path

import feedparser_sgmllib
import pytest
import reader

from tests.lanes import one_fast
from tests.publishing import Studio, published

# reader brings a feedparser of its own, which looks for the module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

FEEDS = {"updates": "", "north": "north/", "south": "south/", "rumors": "rumors/", "items": "items/",
         "changes": "changes/"}  # fmt: skip
FILES = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json"}
TAG = "tag:example.org,2024:"

FIRST = """\
Update 01-06-2025

# Northern front

- The ferry at Alder runs again.
- Water is short in Birch since Monday.

# Southern front

- A convoy left Dogwood in the morning.
"""

SECOND = """\
Update 02-06-2025

# Northern front

- Two shops in Alder have opened.

# Rumors

- The bridge is said to be mined.
"""


class Subscriber:
    """Follows every feed in one format, and remembers what it has seen."""

    def __init__(self, output: Path, form: str) -> None:
        self.output, self.form = output, form
        self.known = reader.make_reader(":memory:", feed_root=str(output))
        self.addresses = {name: f"{folder}{FILES[form]}" for name, folder in FEEDS.items()}
        for address in self.addresses.values():
            self.known.add_feed(address)
        self.look()

    def look(self) -> tuple[Counter[str], Counter[str]]:
        """Fetch everything: how many entries are new, and how many were modified, by feed."""
        names = {address: name for name, address in self.addresses.items()}
        new: Counter[str] = Counter()
        modified: Counter[str] = Counter()
        for result in self.known.update_feeds_iter(scheduled=False):
            assert not isinstance(result.value, Exception), result.value
            if result.value:
                new[names[result.url]] += result.value.new
                modified[names[result.url]] += result.value.modified
        return +new, +modified

    def entries(self, name: str) -> dict[str, reader.Entry]:
        """What it has in a feed, by id without the authority."""
        return {
            entry.id.removeprefix(TAG): entry for entry in self.known.get_entries(feed=self.addresses[name])
        }


@pytest.fixture(params=one_fast("atom", "rss", "json"))
def story(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Studio, Subscriber]:
    """A site with one update, and somebody who has just subscribed to all of it."""
    logging.getLogger("reader").setLevel(logging.ERROR)
    studio = published(tmp_path / "site", {"one.txt": FIRST})
    return studio, Subscriber(studio.folders.output, request.param)


def stamps(subscriber: Subscriber) -> dict[str, object]:
    """``published`` of everything it knows."""
    return {entry.id: entry.published for name in FEEDS for entry in subscriber.entries(name).values()}


def test_the_whole_story(story: tuple[Studio, Subscriber], tmp_path: Path) -> None:
    """No duplicate, no loss, nothing announced twice, each change visible."""
    studio, subscriber = story
    assert set(subscriber.entries("updates")) == {"2025-06-01"}
    assert set(subscriber.entries("items")) == {"2025-06-01/1", "2025-06-01/2", "2025-06-01/3"}

    # Nothing happened.
    studio.later(hours=1)
    studio.publish()
    assert subscriber.look() == (Counter(), Counter())

    # A new update, the day after.
    studio.later(days=1)
    studio.drop("two.txt", SECOND)
    studio.publish()
    assert subscriber.look() == (Counter(updates=1, north=1, rumors=1, items=2), Counter())
    assert set(subscriber.entries("updates")) == {"2025-06-01", "2025-06-02"}
    assert subscriber.entries("rumors")["2025-06-02/rumors"].title == (
        "Rumor, not confirmed: The bridge is said to be mined"
    )
    known = stamps(subscriber)

    # A slip is mended at once: the entry is updated in place, nothing is announced.
    studio.later(minutes=5)
    studio.drop("two.txt", SECOND.replace("Two shops", "Three shops"))
    studio.publish()
    assert subscriber.look() == (Counter(), Counter(updates=1, north=1, items=1))
    assert "Three shops" in text(subscriber, "north", "2025-06-02/north")

    # White space is no news.
    studio.later(minutes=5)
    studio.drop("two.txt", SECOND.replace("Two shops", "Three shops").replace("\n\n", "\n\n\n") + "\n\n")
    studio.publish()
    assert subscriber.look() == (Counter(), Counter())

    # Retitled, renamed, moved: the same ids.
    titled = SECOND.replace("Two shops", "Three shops").replace("2025\n", "2025\n\nShops reopen\n", 1)
    studio.drop("two.txt", titled)
    studio.publish()
    assert subscriber.look() == (Counter(), Counter(updates=1))
    assert subscriber.entries("updates")["2025-06-02"].title == "Shops reopen"
    studio.take("two.txt")
    studio.drop("elsewhere/renamed.md", titled)
    studio.publish()
    assert subscriber.look() == (Counter(), Counter())

    # An item is put above the others: one new item, all others keep their ids.
    longer = titled.replace("- Three shops", "- The market is open.\n- Three shops")
    studio.drop("elsewhere/renamed.md", longer)
    studio.publish()
    new, modified = subscriber.look()
    assert new == Counter(items=1)
    assert modified == Counter(updates=1, north=1)
    assert set(subscriber.entries("items")) == {
        *(f"2025-06-01/{n}" for n in (1, 2, 3)), *(f"2025-06-02/{n}" for n in (1, 2, 3)),
    }  # fmt: skip
    assert "Three shops" in text(subscriber, "items", "2025-06-02/1")
    assert "The market" in text(subscriber, "items", "2025-06-02/3")

    # A correction after the time of grace: in place, and as news of its own.
    studio.later(hours=2)
    right = longer.replace("Three shops in Alder", "Nine shops in Birch")
    studio.drop("elsewhere/renamed.md", right)
    studio.publish()
    new, modified = subscriber.look()
    assert new == Counter(changes=1)
    assert modified == Counter(updates=1, north=1, items=1)
    (change,) = subscriber.entries("changes").values()
    assert change.title is not None
    assert change.title.startswith("Correction: Northern front, 2 June 2025: Nine shops in Birch")
    assert change.link == "https://example.org/corrections/2025-06/#c2025-06-02-1-20250602T121000Z"

    # Nothing that was ever published has moved its first date.
    assert {key: value for key, value in stamps(subscriber).items() if key in known} == known

    # The first update is taken back: its entries stay, without their words.
    studio.later(days=1)
    studio.take("one.txt")
    studio.publish()
    studio.later(days=1)
    studio.publish(confirm=True)
    new, modified = subscriber.look()
    assert new == Counter(changes=1)
    # The update after it has no older one to lead to any more.
    assert modified == Counter(updates=1 + 1, north=1 + 1, south=1, items=3)
    for name, tail in (("updates", ""), ("north", "/north"), ("south", "/south"), ("items", "/1")):
        entry = subscriber.entries(name)[f"2025-06-01{tail}"]
        assert entry.title is not None
        assert entry.title.startswith("Withdrawn: ")
        assert "ferry" not in text(subscriber, name, f"2025-06-01{tail}")

    # Another machine, from texts and ledger alone: the same bytes, so nothing at all to see.
    clone = studio.clone(tmp_path / "clone")
    clone.later(days=3)
    clone.publish()
    assert clone.tree() == studio.tree()
    assert len(stamps(subscriber)) == sum(len(subscriber.entries(name)) for name in FEEDS)


def text(subscriber: Subscriber, name: str, key: str) -> str:
    """What it shows of an entry."""
    return " ".join(one.value for one in subscriber.entries(name)[key].content)
