"""Entries that stand for themselves: no two of a feed share a link, and what came back is news of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitrep.config.load import load_config
from sitrep.site.addresses import feeds_of
from tests.feeds.parsed import Read, read
from tests.publishing import CONFIG, published

ITEMS = ("The ferry at Alder runs again.", "Birch has no water.", "A coup is said to be under way in Elm.")
OTHER = "Update 02-06-2025\n\n# Rumors\n\n- There are rumors of a coup in Alder.\n"
STEPS = ("correct", "correct another", "settle", "drop", "restore", "withdraw", "date")


class Desk:
    """A writer who does one thing after the other to an update, hours apart."""

    def __init__(self, root: Path) -> None:
        self.studio = published(root / "site", {"other.txt": OTHER})
        self.lines, self.head, self.away, self.count = list(ITEMS), "Update 01-06-2025", False, 0
        self.do("")

    def do(self, step: str) -> None:
        """One step, and a publish."""
        self.count += 1
        if step == "correct":
            self.lines[0] = f"The ferry at Alder runs {self.count} times a day."
        elif step == "correct another":
            self.lines[len(self.lines) // 2] = f"Birch has water for {self.count} hours."
        elif step == "settle":
            self.lines.append(f"Refuted: R1 of 2 June. It was a fair with {self.count} stalls.")
        elif step == "drop":
            self.lines = self.lines[1:] or list(ITEMS)
        elif step == "restore":
            self.lines, self.away = list(ITEMS), False
        elif step == "withdraw":
            self.away = not self.away
        elif step == "date":
            self.head = "Update 31-05-2025" if self.head.endswith("01-06-2025") else "Update 01-06-2025"
        text = "\n".join(f"- {line}" for line in self.lines)
        front = "---\nwithdraw: It was not so\n---\n" if self.away else ""
        self.studio.drop("one.txt", f"{front}{self.head}\n\n# Northern front\n\n{text}\n")
        self.studio.publish(confirm=True)
        self.studio.later(hours=3)

    def feed(self, folder: str) -> list[Read]:
        """The entries of a feed."""
        return read(self.studio.tree()[f"{folder}feed.xml"], "atom")


@given(st.lists(st.sampled_from(STEPS), min_size=2, max_size=5))
@example(["correct", "correct"])
@example(["settle", "correct", "drop", "restore"])
@example(["withdraw", "withdraw", "date"])
@example(["settle", "date", "drop", "restore", "date"])
@settings(max_examples=max(1, settings().max_examples // 10))
def test_no_two_entries_of_a_feed_share_a_link(steps: list[str]) -> None:
    """Whatever is corrected, settled, taken back or put back; and every link leads to a place on a page."""
    with TemporaryDirectory() as root:
        desk = Desk(Path(root))
        for step in steps:
            desk.do(step)
        tree = desk.studio.tree()
        for feed in feeds_of(load_config(CONFIG)):
            found = desk.feed(feed.folder)
            links = [entry.link for entry in found]
            assert len({entry.id for entry in found}) == len(set(links)) == len(links)
            for link in links:
                place, _, anchor = link.removeprefix("https://example.org/").partition("#")
                page = tree[f"{place}index.html"].decode()
                assert not anchor or f'id="{anchor}"' in page


def test_what_was_taken_back_and_put_back_is_told_twice(tmp_path: Path) -> None:
    """The withdrawal stays in the log, and that it was published again is an entry of its own."""
    desk = Desk(tmp_path)
    desk.do("withdraw")
    (gone,) = desk.feed("changes/")
    desk.do("withdraw")
    back, before = desk.feed("changes/")
    assert back.title == "Published again: Update of 1 June 2025"
    assert before.id == gone.id
    assert before.published == gone.published
    assert "Published again on 1 June 2025." in before.text
    assert "no longer shown" not in before.text
    assert back.id != gone.id
    clone = desk.studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == desk.studio.tree()


def test_an_item_put_back_is_told(tmp_path: Path) -> None:
    """With its words, where they stand, and on the page of corrections."""
    desk = Desk(tmp_path)
    desk.do("drop")
    desk.do("restore")
    back, gone = desk.feed("changes/")
    assert back.title == "Published again: Northern front, 1 June 2025: The ferry at Alder runs again."
    assert "The ferry at Alder" in back.text
    assert "The ferry at Alder" not in gone.text
    assert "Published again" in desk.studio.tree()["corrections/index.html"].decode()


def test_what_only_moved_did_not_come_back(tmp_path: Path) -> None:
    """There and back again to another date is no news."""
    desk = Desk(tmp_path)
    desk.do("date")
    desk.do("date")
    assert not desk.feed("changes/")
