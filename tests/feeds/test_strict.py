"""Stories of an update as a stateful reader lives them, counted the strict way: one row for each item.

Text that is shown twice in different words counts, and so does what was taken back and stands as live.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.feeds.followers import FILES, FOLDERS, FORMS, GONE, Follower, follow
from tests.lanes import slow
from tests.publishing import CONFIG, Studio, published

HEAD = "Update 01-06-2025\n"
NORTH = "\n# Northern front\n\n- The ferry at Alder runs again.\n- Birch has no water at all today.\n"
SOUTH = "\n# Southern front\n\n- Two shops in Dogwood are open.\n- The road to Elm is blocked by a tree.\n"
TEXT = HEAD + NORTH + SOUTH
SAID = ("ferry at Alder", "Birch has no water", "shops in Dogwood", "road to Elm")


def again(_: Studio) -> None:
    """Nothing but a publish."""


def white_space(studio: Studio) -> None:
    """Line ends of Windows, other bullets, more blank lines."""
    studio.drop("a.txt", TEXT.replace("- ", "• ").replace("\n\n", "\n\n\n").replace("\n", "\r\n"))


def renamed(studio: Studio) -> None:
    """Another file name in another folder."""
    studio.take("a.txt")
    studio.drop("elsewhere/b.md", TEXT)


def retitled(studio: Studio) -> None:
    """A title, and a word put right."""
    studio.drop("a.txt", TEXT.replace(HEAD, f"{HEAD}\nA quiet day\n").replace("blocked by", "closed by"))


def date_put_right(studio: Studio) -> None:
    """The wrong day, a week on."""
    studio.later(days=7)
    studio.drop("a.txt", TEXT.replace("01-06", "30-05"))


def there_and_back(studio: Studio) -> None:
    """A wrong day, and the right one again."""
    date_put_right(studio)
    studio.publish()
    studio.later(hours=3)
    studio.drop("a.txt", TEXT)


def split(studio: Studio) -> None:
    """Two files of one date."""
    studio.drop("a.txt", HEAD + NORTH)
    studio.drop("b.txt", HEAD + SOUTH)


def merged(studio: Studio) -> None:
    """Split, and joined again."""
    split(studio)
    studio.publish()
    studio.later(hours=3)
    studio.take("b.txt")
    studio.drop("a.txt", TEXT)


def withdrawn_and_back(studio: Studio) -> None:
    """Taken back with a reason, and published again."""
    studio.drop("a.txt", f"---\nwithdraw: It was not so\n---\n{TEXT}")
    studio.publish()
    studio.later(hours=3)
    studio.drop("a.txt", TEXT)


def second_of_the_day(studio: Studio) -> None:
    """Another update of the same date, and a month of others after it."""
    studio.drop("c.txt", f"{HEAD}\n# Northern front\n\n- Snow fell on the hills above the pass.\n")
    studio.publish()
    studio.later(days=31)
    studio.drop(
        "d.txt", "Update 02-07-2025\n\n# Northern front\n\n- The harvest has begun in the lowlands.\n"
    )


def language_and_zone(studio: Studio) -> None:
    """The site is another one in language, zone and the name of a front."""
    config = CONFIG.replace("Asia/Damascus", "America/Lima").replace("title:", "language: de\n  title:")
    studio.folders.config.write_text(config.replace("name: Northern front", "name: Front of the north"))


OTHER = "Update 31-05-2025\n\n# Northern front\n\n- The mill is quiet since the morning.\n"


def dates_swapped(studio: Studio) -> None:
    """Two updates change their dates with each other."""
    studio.drop("o.txt", OTHER)
    studio.publish()
    studio.drop("a.txt", TEXT.replace("01-06", "31-05"))
    studio.drop("o.txt", OTHER.replace("31-05", "01-06"))


def moved_and_corrected(studio: Studio) -> None:
    """An item goes to another update, and says more there."""
    studio.drop("o.txt", OTHER)
    studio.publish()
    studio.later(hours=1)
    line = "- Birch has no water at all today.\n"
    studio.drop("a.txt", TEXT.replace(line, ""))
    studio.drop("o.txt", OTHER + line.replace(" today", " today and tomorrow"))


def first_words_thrice(studio: Studio) -> None:
    """The first words of an item are put right three times."""
    for words in ("Teh ferry", "Thee ferry", "A ferry"):
        studio.drop("a.txt", TEXT.replace("The ferry", words))
        studio.publish()
        studio.later(hours=1)


def paragraphs(studio: Studio) -> None:
    """Bullets become paragraphs, and the headings change places."""
    studio.drop("a.txt", (HEAD + SOUTH + NORTH).replace("\n- ", "\n\n"))


def dropped_after_withdrawal(studio: Studio) -> None:
    """Taken back in the text, then deleted, then dropped again under another name."""
    studio.drop("a.txt", f"---\nwithdraw: It was not so\n---\n{TEXT}")
    studio.publish()
    studio.take("a.txt")
    studio.publish(confirm=True)
    studio.later(hours=3)
    studio.drop("b.txt", TEXT)


def days_and_back(studio: Studio) -> None:
    """Split over two days, and joined again."""
    studio.drop("a.txt", HEAD + NORTH)
    studio.drop("b.txt", HEAD.replace("01-06", "30-05") + SOUTH)
    studio.publish()
    studio.later(hours=3)
    studio.take("b.txt")
    studio.drop("a.txt", TEXT)


def another_first(studio: Studio) -> None:
    """A second update of the day comes above it in its file, and goes below it."""
    second = f"{HEAD}\n# Northern front\n\n- Snow fell on the hills above the pass.\n"
    for text in (f"{second}\n{TEXT}", f"{TEXT}\n{second}"):
        studio.drop("a.txt", text)
        studio.publish()
        studio.later(hours=1)


SELDOM = (
    again, white_space, renamed, date_put_right, split, second_of_the_day, language_and_zone,
    dates_swapped, moved_and_corrected, first_words_thrice, paragraphs, dropped_after_withdrawal,
    days_and_back, another_first,
)  # fmt: skip
STORIES = (
    there_and_back, merged, *slow((retitled, withdrawn_and_back, *SELDOM)),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("story", STORIES)
def test_nothing_is_shown_twice_and_nothing_is_lost(
    story: Callable[[Studio], None], form: str, tmp_path: Path
) -> None:
    """In each feed that has it an item is shown once, whatever becomes of its update."""
    studio = published(tmp_path / "site", {"a.txt": TEXT})
    follower = follow(studio, form)
    follower.shown("")
    studio.later(hours=5)
    story(studio)
    studio.publish(confirm=True)
    for folder in FOLDERS:
        wanted = {"": SAID, "items/": SAID, "north/": SAID[:2], "south/": SAID[2:]}[folder]
        texts = list(follower.shown(folder).values())
        for said in wanted:
            assert sum(said in text for text in texts) == 1, (folder, said)


def test_what_went_elsewhere_word_for_word_was_not_reworded(tmp_path: Path) -> None:
    """One item leaves an update as another that reads much like it comes: each keeps its id."""
    one = "- Traders closed the upper road in Elm without any help.\n"
    two = "- Traders closed the upper road in Alder during the storm.\n"
    rest = "- The ferry at Alder runs again.\n- Birch has no water at all today.\n"
    texts = {f"{day}.txt": f"Update {day}-05-2025\n\n# Northern front\n\n" for day in (22, 24, 26)}
    first = {
        "22.txt": rest.replace("Alder", "Cedar Bridge") + two,
        "24.txt": one + rest,
        "26.txt": "- Snow.\n",
    }
    then = {
        "22.txt": rest.replace("Alder", "Cedar Bridge"),
        "24.txt": two + rest,
        "26.txt": "- Snow.\n" + one,
    }
    studio = published(tmp_path / "site", {name: text + first[name] for name, text in texts.items()})
    ids = _ids(studio)
    studio.later(hours=5)
    for name, text in texts.items():
        studio.drop(name, text + then[name])
    studio.publish()
    assert {said: _ids(studio)[said] for said in ids} == ids


def _ids(studio: Studio) -> dict[str, str]:
    """Ids of what the feed of items shows as live, by the words of each."""
    entries = json.loads(studio.tree()["items/feed.json"])["items"]
    return {said: one["id"] for one in entries if not (said := one["title"]).startswith(GONE)}


@pytest.mark.parametrize("form", FORMS)
def test_what_was_taken_back_stands_nowhere_as_live(form: str, tmp_path: Path) -> None:
    """The whole update, after it was put to another date and split: no row with its words is left."""
    studio = Studio(tmp_path / "site")
    studio.drop("a.txt", TEXT)
    studio.drop("o.txt", "Update 31-05-2025\n\n# Northern front\n\n- The mill is quiet.\n")
    studio.publish()
    follower = follow(studio, form)
    for step in (date_put_right, split):
        follower.shown("")
        step(studio)
        studio.publish(confirm=True)
        studio.later(hours=3)
    follower.shown("")
    studio.take("a.txt")
    studio.take("b.txt")
    studio.publish(confirm=True)
    for folder in FOLDERS:
        texts = follower.shown(folder).values()
        assert not [text for text in texts if any(said in text for said in SAID)], folder


def by_mark(studio: Studio, there: bool) -> None:
    """A mark before each line, and the heading goes."""
    marked = TEXT.replace("# Southern front\n\n", "").replace("- ", "- [north] ")
    studio.drop("a.txt", marked if there else TEXT)


def by_place(studio: Studio, there: bool) -> None:
    """No heading at all: the fronts of the places decide, and one takes over those of the other."""
    studio.drop("a.txt", TEXT.replace("# Northern front\n\n", "").replace("# Southern front\n\n", ""))
    both = CONFIG.replace("    places: [Dogwood, Elm]\n", "").replace("[Alder,", "[Dogwood, Elm, Alder,")
    studio.folders.config.write_text(both if there else CONFIG, encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("move", [by_mark, *slow([by_place])])
def test_a_report_put_to_another_front_is_live_on_that_one_only(
    move: Callable[[Studio, bool], None], form: str, tmp_path: Path
) -> None:
    """All that an update says on a front goes to another one, comes back, and goes again; for a clone too."""
    studio = published(tmp_path / "site", {"a.txt": TEXT, "o.txt": OTHER})
    follower = follow(studio, form)
    for there in (False, True, False, True):
        move(studio, there)
        studio.publish()
        studio.later(hours=5)
        for said in SAID[2:]:
            shown = [sum(said in row for row in follower.shown(folder).values()) for folder in FOLDERS]
            assert shown == [1, there, not there, 1]
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()


def test_what_is_no_view_any_more_goes_from_the_feed_of_views(tmp_path: Path) -> None:
    """Analysis that is put under a front is told as moved there, until it is one again; for a clone too."""
    text = f"{HEAD}\n# Analysis\n\n- Traders will not come back before the harvest is in.\n"
    news = text.replace("# Analysis", "# Northern front")
    studio = published(tmp_path / "site", {"a.txt": text, "o.txt": OTHER})
    for said, start in ((news, "Moved: "), (text, "Our view: "), (news, "Moved: "), (news, "Moved: ")):
        studio.later(hours=5)
        studio.drop("a.txt", said)
        studio.publish()
        (entry,) = json.loads(studio.tree()["opinion/feed.json"])["items"]
        assert entry["title"].startswith(start), entry
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()


@pytest.mark.parametrize("form", FORMS)
def test_a_late_text_reaches_everybody(form: str, tmp_path: Path) -> None:
    """Sixteen days after its date it is a new row in the feeds that are read, stamped with when it came."""
    studio = published(tmp_path / "site", {"a.txt": TEXT})
    follower = follow(studio, form)
    follower.shown("")
    studio.later(days=15)
    studio.drop("late.txt", "Update 31-05-2025\n\n# Northern front\n\n- The mill is quiet.\n")
    studio.publish()
    for folder in ("", "north/", "items/"):
        assert sum("mill is quiet" in text for text in follower.shown(folder).values()) == 1
    if isinstance(follower, Follower):
        entries = follower.known.get_entries(feed=FILES[form])
        assert max(one.published for one in entries if one.published) == studio.now
