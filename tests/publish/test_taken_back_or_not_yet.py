"""What is deleted, dated ahead, kept back or a draft: what comes out of it, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from sitrep.inbox.survey import State
from tests.inspecting import site_in
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, seen, update
from tests.publish.test_publish import anchors
from tests.publishing import Studio

pytestmark = pytest.mark.usefixtures("whole")


# -- taken back -------------------------------------------------------------------------------------


def test_a_deleted_file_leaves_a_withdrawn_page(studio: Studio) -> None:
    """The address still answers and says withdrawn, the words are gone everywhere, feeds tell it."""
    for day in ("2025-05-30", "2025-05-31", "2025-06-01"):
        studio.drop(f"{day}.txt", update(day, f"Calm in Alder, {day}."))
    studio.publish()
    studio.later(hours=1)
    studio.take("2025-05-31.txt")
    outcome = studio.publish()
    assert outcome.withdrawn == ("2025-05-31",)
    site = seen(studio)
    assert not site.holding("Calm in Alder, 2025-05-31.")
    assert "withdrawn" in site.pages["2025-05-31/index.html"].lower()
    assert "Withdrawn" in site.entry("2025-05-31")["title"]
    assert site.entry("2025-05-31")["date_published"] == "2025-06-01T09:00:00+00:00"
    assert site.entry("2025-05-31")["date_modified"] == "2025-06-01T10:00:00+00:00"


def test_a_withdrawn_update_comes_back_under_its_old_id(studio: Studio) -> None:
    """The same words dropped again are the same update at the same address with the same anchors."""
    for day in ("2025-05-30", "2025-05-31", "2025-06-01"):
        studio.drop(f"{day}.txt", update(day, f"Calm in Alder, {day}.", BRIDGE))
    studio.publish()
    studio.take("2025-05-31.txt")
    studio.later(hours=1)
    studio.publish()
    studio.later(hours=1)
    studio.drop("back.txt", update("2025-05-31", "Calm in Alder, 2025-05-31.", BRIDGE))
    outcome = studio.publish()
    assert outcome.published == ("2025-05-31",)
    assert list(anchors(studio, "2025-05-31")) == ["i1", "i2"]
    assert seen(studio).entry("2025-05-31")["date_published"] == "2025-06-01T09:00:00+00:00"


def test_a_deleted_item_leaves_a_mark(studio: Studio) -> None:
    """A bullet that is taken out is gone in words, and its number is never given again."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE, CONVOY))
    studio.publish()
    studio.later(hours=1)
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    studio.later(hours=1)
    studio.drop("note.txt", update("2025-06-01", BRIDGE, SCHOOL))
    studio.publish()
    assert not seen(studio).holding(CONVOY)
    assert 'id="i2"' in seen(studio).pages["2025-06-01/index.html"]
    assert anchors(studio, "2025-06-01")["i3"] == SCHOOL


def test_nobody_takes_back_what_another_file_says(studio: Studio) -> None:
    """A file that only takes back, with the date of another one, is refused and told which file to write."""
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    before = studio.tree()
    studio.drop("b.txt", "---\nwithdraw: an error\n---\nUpdate 2025-06-01\n\n- Other words of no use.\n")
    outcome = studio.publish()
    (told,) = [file for file in outcome.files if file.path == "b.txt"]
    assert "take back" in str(told.problems)
    assert "at the top of a.txt" in str(told.problems)
    assert outcome.exit_code == 1
    assert studio.tree() == before


def test_what_was_taken_back_without_words_stays_one_update(studio: Studio) -> None:
    """Read again, changed, or beside another update of the day: it makes no second update of its date."""
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    studio.drop("a.txt", "---\nwithdraw: an error\n---\nUpdate 2025-06-01\n")
    assert studio.publish().exit_code == 0
    before = studio.tree()
    studio.folders.config.write_text(f"{studio.config}\n# changed\n", encoding="utf-8")
    studio.publish()
    assert studio.tree() == before
    studio.drop("a.txt", "---\nwithdraw: an error\n---\nUpdate 2025-06-01\n\n")
    studio.publish()
    assert studio.tree() == before


# -- not yet ----------------------------------------------------------------------------------------


def test_a_future_date_is_held_and_comes_out_on_its_day(studio: Studio) -> None:
    """A text dated ahead is in no byte of the site until its day begins in the site's zone."""
    studio.drop("early.txt", update("2025-06-03", BRIDGE))
    studio.drop("now.txt", update("2025-06-01", CONVOY))
    outcome = studio.publish()
    held = next(one for one in outcome.files if one.path == "early.txt")
    assert (held.state, held.until) == (State.HELD, "2025-06-02T21:00:00Z")
    assert any("future" in problem.fact for problem in held.problems)
    assert not seen(studio).holding(BRIDGE)
    studio.now = dt.datetime(2025, 6, 2, 20, 59, 59, tzinfo=dt.UTC)
    assert studio.publish().published == ()
    studio.now = dt.datetime(2025, 6, 2, 21, 0, tzinfo=dt.UTC)
    assert studio.publish().published == ("2025-06-03",)
    assert seen(studio).entry("2025-06-03")["date_published"] == "2025-06-02T21:00:00+00:00"


def test_a_date_to_come_by_mistake_takes_nothing_back(studio: Studio) -> None:
    """What is out stays as it is while its text says a day that has not come, and keeps its id then."""
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    studio.drop("b.txt", update("2025-05-31", CONVOY))
    studio.publish()
    before = studio.tree()
    studio.drop("a.txt", update("2025-06-04", BRIDGE))
    assert studio.publish().withdrawn == ()
    assert studio.tree() == before
    studio.later(days=4)
    studio.publish()
    assert "/2025-06-04/" in seen(studio).entry("2025-06-01")["url"]


def test_an_embargo_leaks_no_byte(studio: Studio) -> None:
    """Before its instant a text with publish: is in no file of output/ and ledger/; then it comes out."""
    text = '---\ntitle: Later\npublish: "2025-06-01 18:00"\n---\n' + update("2025-06-01", BRIDGE)
    studio.drop("later.txt", text)
    studio.drop("now.txt", update("2025-05-31", CONVOY))
    studio.publish()
    everything = b"".join([*studio.tree().values(), *site_in(studio.folders.ledger).files.values()])
    assert BRIDGE.encode() not in everything
    assert b">Later<" not in everything
    assert b"2025-06-01/" not in everything
    assert not [place for place in studio.tree() if place.startswith("2025-06-01")]
    studio.now = dt.datetime(2025, 6, 1, 15, 0, tzinfo=dt.UTC)
    assert studio.publish().published == ("2025-06-01",)
    assert seen(studio).entry("2025-06-01")["date_published"] == "2025-06-01T15:00:00+00:00"


def test_a_clock_that_went_back_takes_nothing_back(studio: Studio) -> None:
    """What is out stays out when the clock stands before its date, also after an edit."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    studio.now -= dt.timedelta(days=400)
    studio.publish()
    assert seen(studio).ids() == ["2025-06-01"]
    studio.drop("note.txt", update("2025-06-01", BRIDGE, CONVOY))
    outcome = studio.publish()
    assert outcome.published == ("2025-06-01",)
    assert seen(studio).entry("2025-06-01")["date_modified"] > "2025-06-01T09:00:00"


@pytest.mark.parametrize("name", ["_note.txt", "drafts/note.txt", "_later/note.md"])
def test_drafts_by_name_stay_in(studio: Studio, name: str) -> None:
    """What a name marks as a draft is not published, and comes out when it is renamed."""
    studio.drop(name, update("2025-06-01", BRIDGE))
    studio.publish()
    assert not seen(studio).holding(BRIDGE)
    (studio.folders.feeds / name).rename(studio.folders.feeds / "note.txt")
    assert studio.publish().published == ("2025-06-01",)


def test_a_draft_in_front_matter_stays_in(studio: Studio) -> None:
    """draft: true keeps a text back; a published one that becomes a draft again stays as it was."""
    text = update("2025-06-01", BRIDGE)
    studio.drop("note.txt", "---\ndraft: true\n---\n" + text)
    outcome = studio.publish()
    assert [one.state for one in outcome.files] == [State.DRAFT]
    assert not seen(studio).holding(BRIDGE)
    studio.drop("note.txt", text)
    assert studio.publish().published == ("2025-06-01",)
