"""Ids follow the words: a date put right, an update split, merged, or some of its items put elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lanes import one_fast
from tests.publishing import Studio, published, tree

HEAD = "Update 05-12-2024\n"
NORTH = """
# Northern front

- The ferry at Alder runs again since the morning.
- Birch has no water and the school is shut.
- A convoy left Cedar Bridge for the coast at noon.
"""
SOUTH = """
# Southern front

- Two shops in Dogwood have opened their doors.
- The road to Elm is blocked by a fallen tree.

# Rumors

- A minister is said to have left by plane.
"""
OTHER = "Update 06-12-2024\n\n# Northern front\n\n- Alder and Birch were quiet all day long.\n"
FEEDS = (
    "feed.xml", "north/feed.xml", "south/feed.xml", "rumors/feed.xml", "items/feed.xml", "changes/feed.xml",
)  # fmt: skip


def ids(studio: Studio, place: str) -> dict[str, str]:
    """Titles of the entries of a feed by what their ids end in."""
    entries = studio.tree()[place].decode().split("<entry")[1:]
    found = {}
    for entry in entries:
        name, title = (
            re.search(r"<id>tag:[^:]*:(.*?)</id>", entry),
            re.search(r"<title.*?>(.*?)</title>", entry),
        )
        assert name
        assert title
        assert name[1] not in found
        found[name[1]] = title[1]
    return found


def items(studio: Studio) -> set[str]:
    """Ids of all items in their feed."""
    return set(ids(studio, "items/feed.xml"))


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with one update of six items, and one of another day."""
    made = published(tmp_path / "site", {"a.txt": HEAD + NORTH + SOUTH, "other.txt": OTHER})
    made.later(days=2)
    return made


def move_file(studio: Studio) -> None:
    """The date is put right, and the file has another name as well."""
    studio.take("a.txt")
    studio.drop("renamed.txt", HEAD.replace("05-12", "26-11") + NORTH + SOUTH)


def right_date(studio: Studio) -> None:
    """The date is put right."""
    studio.drop("a.txt", HEAD.replace("05-12", "26-11") + NORTH + SOUTH)


def split(studio: Studio) -> None:
    """One update becomes two of its date, in two files."""
    studio.drop("a.txt", HEAD + NORTH)
    studio.drop("b.txt", HEAD + SOUTH)


def split_over_days(studio: Studio) -> None:
    """One update becomes two of other dates."""
    studio.drop("a.txt", HEAD.replace("05-12", "03-12") + NORTH)
    studio.drop("b.txt", HEAD.replace("05-12", "28-11") + SOUTH)


def join(studio: Studio) -> None:
    """Its items are put below those of another update."""
    studio.take("a.txt")
    studio.drop("other.txt", OTHER + NORTH + SOUTH)


def part(studio: Studio) -> None:
    """Some of its items are put below those of another update."""
    studio.drop("a.txt", HEAD + NORTH)
    studio.drop("other.txt", OTHER + SOUTH)


STORIES = [split_over_days, move_file, right_date, split, join, part]


@pytest.mark.parametrize("story", one_fast(*STORIES))
def test_ids_follow_the_words(studio: Studio, story: object) -> None:
    """No item is new and none is taken back, its stamps stay, and a clone says the same."""
    before, stamps = items(studio), instants(studio)
    story(studio)  # type: ignore[operator]
    outcome = studio.publish()
    assert items(studio) == before
    assert instants(studio) == stamps
    assert not ids(studio, "changes/feed.xml")
    assert not outcome.withdrawn
    assert not outcome.kept_back
    for place in FEEDS:
        assert not any("Withdrawn" in title for title in ids(studio, place).values())
    clone = studio.clone(studio.root.parent / "clone")
    clone.publish()
    assert tree(clone.folders.output) == studio.tree()


def instants(studio: Studio) -> dict[str, list[str]]:
    """When each item first came out and when it last changed."""
    entries = studio.tree()["items/feed.xml"].decode().split("<entry")[1:]
    stamp = r"<(?:published|updated)>(.*?)<"
    return {re.findall(r"<id>(.*?)</id>", entry)[0]: re.findall(stamp, entry) for entry in entries}


def test_the_old_address_says_where_the_words_stand(studio: Studio) -> None:
    """The page of the wrong date leads to the right one, item by item, and tells of no withdrawal."""
    right_date(studio)
    studio.publish()
    page = studio.tree()["2024-12-05/index.html"].decode()
    assert "Now under" in page
    assert 'href="../2024-11-26/index.html#i2"' in page
    assert "Withdrawn" not in page


def test_the_update_keeps_its_entry_under_the_right_date(studio: Studio) -> None:
    """A subscriber sees the same entry with another title: no twin, nothing withdrawn."""
    before = set(ids(studio, "feed.xml")) | set(ids(studio, "north/feed.xml"))
    right_date(studio)
    studio.publish()
    assert set(ids(studio, "feed.xml")) | set(ids(studio, "north/feed.xml")) == before
    assert "26 Nov" in ids(studio, "feed.xml")["2024-12-05"]


@pytest.mark.parametrize("story", one_fast(*STORIES))
def test_there_and_back_again(studio: Studio, story: object) -> None:
    """Put back as it was, every item still has the id it first came out under."""
    before = items(studio)
    story(studio)  # type: ignore[operator]
    studio.publish()
    studio.later(days=1)
    for path in studio.folders.feeds.glob("*.txt"):
        path.unlink()
    studio.drop("a.txt", HEAD + NORTH + SOUTH)
    studio.drop("other.txt", OTHER)
    studio.publish()
    assert items(studio) == before
    assert not any("Withdrawn" in title for title in ids(studio, "items/feed.xml").values())


def test_a_rumor_stays_the_claim_it_was(studio: Studio) -> None:
    """A claim is followed under its key when the item that opened it goes to another date."""
    before = {name for name in studio.tree() if name.startswith("claims/")}
    right_date(studio)
    studio.publish()
    assert {name for name in studio.tree() if name.startswith("claims/")} == before


def test_a_wording_changed_on_the_way_is_a_correction_of_the_same_item(studio: Studio) -> None:
    """Date and words put right in one save: the item keeps its id, and the correction is told."""
    before = items(studio)
    text = HEAD.replace("05-12", "26-11") + NORTH.replace("since the morning", "since the evening") + SOUTH
    studio.drop("a.txt", text)
    studio.publish()
    assert items(studio) == before
    (change,) = ids(studio, "changes/feed.xml")
    assert change.startswith("changes/2024-12-05/1/")


def test_another_update_in_the_same_file_is_another_update(studio: Studio) -> None:
    """A file that is written anew each day takes nothing over from the day before but what is the same."""
    other = OTHER.replace("06-12", "07-12").replace(
        "were quiet all day long", "have snow, and mail came to both"
    )
    before = items(studio)
    studio.drop("a.txt", other)
    studio.publish(confirm=True)
    assert {name for name in items(studio) if name.startswith("2024-12-07/")} == {"2024-12-07/1"}
    gone = {name for name, title in ids(studio, "items/feed.xml").items() if title.startswith("Withdrawn")}
    assert gone == {name for name in before if name.startswith("2024-12-05/")}


def test_late_news_is_stamped_with_the_moment_it_came(studio: Studio) -> None:
    """A text dated days ago that comes to a living site is new now, in feeds and stamps, on every machine."""
    studio.drop("late.txt", "Update 20-11-2024\n\n# Northern front\n\n- Alder had a fire in its mill.\n")
    studio.publish()
    newest = studio.tree()["feed.xml"].decode().split("<entry")[1]
    assert "2024-11-20" in newest
    stamp = f"{studio.now:%Y-%m-%dT%H:%M:%S}+00:00"
    assert f"<published>{stamp}</published>" in newest
    assert f"<updated>{stamp}</updated>" in studio.tree()["feed.xml"].decode().split("<entry")[0]
    assert "2024-11-20" in studio.tree()["since/index.html"].decode()
    clone = studio.clone(studio.root.parent / "clone")
    clone.publish()
    assert tree(clone.folders.output) == studio.tree()


def test_many_old_texts_at_once_are_an_import(studio: Studio) -> None:
    """They get noon of their dates, so that an import is no news."""
    for day in range(1, 10):
        studio.drop(
            f"old-{day}.txt", f"Update 0{day}-10-2024\n\n# Northern front\n\n- Alder, day {day} of ten.\n"
        )
    studio.publish()
    assert b"2024-10-09T09:00:00" in studio.tree()["api/updates/2024-10-09.json"]


@pytest.mark.slow
@pytest.mark.parametrize("edited", one_fast(True, False))
def test_a_date_put_wrong_and_back_leads_to_its_old_address(studio: Studio, edited: bool) -> None:
    """Key, numbers and stamps are those it had, however often; a correction on the way is told once."""
    before, first, pages = items(studio), instants(studio), set(studio.tree())
    text = HEAD + NORTH + SOUTH
    changed = text.replace("Two shops in Dogwood", "Five shops in Elm") if edited else text
    for there, back in ((text, changed), (changed, changed)):
        studio.drop("a.txt", there.replace("05-12", "26-11"))
        studio.publish()
        studio.later(hours=2)
        if back != there:
            studio.drop("a.txt", back.replace("05-12", "26-11"))
            studio.publish()
            studio.later(hours=2)
        studio.drop("a.txt", back)
        studio.publish()
        studio.later(hours=2)
    assert items(studio) == before
    assert {"2024-12-05", "2024-12-06"} == set(ids(studio, "feed.xml"))
    tree = studio.tree()
    assert not any("2024-12-05-2" in place or "2024-11-26-2" in place for place in tree)
    assert 'id="i4"' in tree["2024-12-05/index.html"].decode()
    assert "Now under" in tree["2024-11-26/index.html"].decode()
    assert len(ids(studio, "changes/feed.xml")) == edited
    if not edited:
        assert instants(studio) == first
    assert {page for page in pages if page.startswith("2024")} <= set(tree)
    clone = studio.clone(studio.root.parent / "clone")
    clone.publish()
    assert clone.tree() == tree


def test_what_was_taken_out_on_the_way_is_told_once(studio: Studio) -> None:
    """An item that went while its update stood under a wrong date has one entry, not one for each date."""
    text = HEAD + NORTH + SOUTH
    less = text.replace("- Two shops in Dogwood have opened their doors.\n", "")
    for here in (text.replace("05-12", "26-11"), less.replace("05-12", "26-11"), less):
        studio.drop("a.txt", here)
        studio.publish(confirm=True)
        studio.later(hours=2)
    told = ids(studio, "items/feed.xml")
    assert told["2024-12-05/4"].startswith("Withdrawn")
    assert len(ids(studio, "changes/feed.xml")) == 1


def test_what_was_taken_back_does_not_come_out_with_what_resembles_it(tmp_path: Path) -> None:
    """Another text in nearly the same words is news: deleted words stand in no byte of output/."""
    said = "Update {}-12-2024\n\n# Northern front\n\n– Alder has news of {} and more of it since noon.\n"
    studio = Studio(tmp_path)
    studio.drop("b.txt", OTHER)
    studio.drop("a.txt", said.format("05", "Zinnia"))
    studio.publish()
    studio.take("a.txt")
    studio.later(hours=1)
    studio.publish(confirm=True)
    studio.later(hours=1)
    studio.drop("c.txt", said.format("07", "Yarrow"))
    studio.publish()
    assert not [place for place, content in studio.tree().items() if b"Zinnia" in content]
