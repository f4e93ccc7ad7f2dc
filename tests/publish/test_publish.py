"""Drops, edits, renames, deletions and embargoes, from the file that is dropped to the site and its feeds."""

from __future__ import annotations

import re

import pytest

from sitrep.base.values import replace
from sitrep.inbox.scan import Look, glance
from sitrep.inbox.survey import State
from sitrep.ledger.ledger import Ledger
from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from tests.lanes import one_fast
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, seen, update
from tests.publishing import Studio

pytestmark = pytest.mark.usefixtures("whole")


def anchors(studio: Studio, key: str) -> dict[str, str]:
    """The items of an update's page: text by anchor, in the order of the page."""
    page = seen(studio).files[f"{key}/index.html"].decode()
    found = re.findall(r'\bid="(i\d+)"[^>]*><p>(.*?)</p>', page, re.DOTALL)
    return {anchor: re.sub(r"<[^>]+>", "", text).strip() for anchor, text in found}


# -- one update -------------------------------------------------------------------------------------


def test_an_empty_folder_makes_an_empty_site(studio: Studio) -> None:
    """Without any text there is a whole site with empty feeds, and nothing is wrong."""
    outcome = studio.publish()
    assert outcome.exit_code == 0
    assert seen(studio).ids() == []


def test_a_drop_comes_out_on_page_and_feeds(studio: Studio) -> None:
    """A dropped text has a page, stands in the feeds it belongs to, and is stamped with its moment."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    outcome = studio.publish()
    assert outcome.published == ("2025-06-01",)
    assert [(one.path, one.state) for one in outcome.files] == [("note.txt", State.PUBLISHED)]
    site = seen(studio)
    assert site.ids() == ["2025-06-01"]
    assert site.ids("north/feed.json") == ["2025-06-01/north"]
    assert site.ids("south/feed.json") == []
    assert site.ids("items/feed.json") == ["2025-06-01/1"]
    assert site.entry("2025-06-01")["date_published"] == "2025-06-01T09:00:00+00:00"
    assert BRIDGE.encode() in site.files["2025-06-01/index.html"]


def test_an_update_without_items_is_an_update(studio: Studio) -> None:
    """Nothing but a word of caution under a date has its page and entry, and takes items later."""
    bare = "Update 2025-06-01\n\nDisclaimer: everything below is unconfirmed.\n"
    studio.drop("bare.txt", bare)
    outcome = studio.publish()
    assert outcome.published == ("2025-06-01",)
    assert seen(studio).ids("items/feed.json") == []
    for text in (bare + "\n# Northern front\n\n– " + CONVOY + "\n", bare):
        studio.later(hours=1)
        studio.drop("bare.txt", text)
        assert studio.publish().published == ("2025-06-01",)


def test_building_again_writes_nothing(studio: Studio) -> None:
    """A publish that finds nothing new touches no file, also where one was saved again as it was."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    before = {path: path.stat().st_mtime_ns for path in studio.folders.output.rglob("*")}
    studio.later(days=3)
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    outcome = studio.publish()
    assert (outcome.written, outcome.removed, outcome.published) == (0, 0, ())
    assert [one.state for one in outcome.files] == [State.UNCHANGED]
    assert {path: path.stat().st_mtime_ns for path in studio.folders.output.rglob("*")} == before


def test_a_refusal_of_what_has_changed_since_is_not_told(studio: Studio) -> None:
    """A file that is written to while it is read is left to the watcher's next look; then it counts."""
    studio.drop("a.txt", "Nothing that has a date.\n")
    seen = glance(studio.folders.feeds, "a.txt")
    assert seen is not None
    site = open_site(studio.folders, processes=1)
    publish(site, now=studio.now)
    studio.drop("a.txt", "Nothing that has a date either.\n")
    assert publish(site, Look(found=(replace(seen, stat="1 2 3 4"),)), now=studio.now).files == ()
    fresh = glance(studio.folders.feeds, "a.txt")
    assert fresh is not None
    (told,) = publish(site, Look(found=(fresh,)), now=studio.now).files
    assert told.state is State.REFUSED
    site.close()


@pytest.mark.parametrize("header", one_fast("darft: true", "draft: true", "publish: 2099-01-01"))
def test_a_rename_of_a_text_that_waits_takes_nothing_back(studio: Studio, header: str) -> None:
    """What is out stays out when the file, whose new version is refused or waits, gets another name."""
    studio.drop("b.txt", update("2025-05-31", CONVOY))
    studio.drop("a.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    studio.drop("a.txt", f"---\n{header}\n---\n{update('2025-06-01', BRIDGE, CONVOY)}")
    studio.publish()
    before = studio.tree()
    (studio.folders.feeds / "a.txt").rename(studio.folders.feeds / "other.txt")
    assert studio.publish().withdrawn == ()
    assert studio.tree() == before
    studio.drop("other.txt", update("2025-06-01", CONVOY))
    assert studio.publish().published == ("2025-06-01",)


def test_a_text_that_is_renamed_and_refused_at_once_is_asked_about(studio: Studio) -> None:
    """Where a file has vanished and one that cannot be followed has come, nothing is withdrawn by itself."""
    for day in range(1, 8):
        studio.drop(f"{day}.txt", update(f"2025-05-{day:02}", f"{CONVOY} {day}"))
    studio.publish()
    studio.take("3.txt")
    studio.drop("three.txt", f"---\ndarft: true\n---\n{update('2025-05-03', BRIDGE)}")
    assert (studio.publish().withdrawn, studio.publish().withdrawn) == ((), ())
    assert studio.publish().kept_back == ("2025-05-03",)
    studio.drop("three.txt", update("2025-05-03", f"{CONVOY} 3", BRIDGE))
    outcome = studio.publish()
    assert (outcome.published, outcome.withdrawn, outcome.kept_back) == (("2025-05-03",), (), ())
    studio.take("5.txt")
    assert studio.publish().withdrawn == ("2025-05-05",)


def test_an_edit_keeps_the_id_and_moves_updated(studio: Studio) -> None:
    """New words under the same id: published stays, updated is the moment of the edit."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE, CONVOY))
    studio.publish()
    studio.later(hours=2)
    studio.drop("note.txt", update("2025-06-01", BRIDGE, CONVOY.replace("waits", "was held back")))
    outcome = studio.publish()
    assert [one.state for one in outcome.files] == [State.UPDATED]
    entry = seen(studio).entry("2025-06-01")
    assert entry["date_published"] == "2025-06-01T09:00:00+00:00"
    assert entry["date_modified"] == "2025-06-01T11:00:00+00:00"
    items = {name: seen(studio).entry(name, "items/feed.json") for name in ("2025-06-01/1", "2025-06-01/2")}
    assert items["2025-06-01/1"]["date_modified"] == "2025-06-01T09:00:00+00:00"
    assert items["2025-06-01/2"]["date_modified"] == "2025-06-01T11:00:00+00:00"


def test_a_rename_changes_no_byte(studio: Studio) -> None:
    """Another name, another folder, another suffix: nothing is written and nothing withdrawn."""
    studio.drop("note.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    before = studio.tree()
    studio.later(hours=1)
    (studio.folders.feeds / "sub").mkdir()
    (studio.folders.feeds / "note.txt").rename(studio.folders.feeds / "sub" / "other.md")
    outcome = studio.publish()
    assert (outcome.withdrawn, outcome.kept_back, outcome.exit_code) == ((), (), 0)
    assert studio.tree() == before


def test_a_rename_with_an_edit_keeps_the_id(studio: Studio) -> None:
    """A file that was renamed and changed between two looks is still the same update."""
    for day in ("2025-05-30", "2025-05-31", "2025-06-01"):
        studio.drop(f"{day}.txt", update(day, BRIDGE, f"It is {day}."))
    studio.publish()
    studio.later(hours=1)
    studio.take("2025-06-01.txt")
    studio.drop("renamed.txt", update("2025-06-01", BRIDGE, "It is 2025-06-01.", SCHOOL))
    outcome = studio.publish()
    assert outcome.withdrawn == ()
    assert seen(studio).ids() == ["2025-06-01", "2025-05-31", "2025-05-30"]
    assert list(anchors(studio, "2025-06-01")) == ["i1", "i2", "i3"]


def test_footnotes_stay_when_an_update_comes_on_top(studio: Studio) -> None:
    """A page with footnotes is the same bytes wherever in its file the update stands."""
    noted = update("2025-06-01", f"{BRIDGE}[^1]") + "\n\n[^1]: Seen by two of us.\n"
    studio.drop("all.txt", noted)
    studio.publish()
    before = seen(studio).files["2025-06-01/index.html"]
    assert b'class="footnote"' in before
    studio.drop("all.txt", "\n\n\n" + noted)
    assert studio.publish().written == 0
    studio.later(days=1)
    studio.drop("all.txt", update("2025-06-02", CONVOY) + "\n\n" + noted)
    assert studio.publish().published == ("2025-06-02",)


def test_a_late_update_takes_its_place(studio: Studio) -> None:
    """A text dated back stands between its neighbours, stamped with the moment it came, and shifts nobody."""
    for day in ("2025-05-12", "2025-06-01"):
        studio.drop(f"{day}.txt", update(day, BRIDGE))
    studio.publish()
    studio.drop("late.txt", update("2025-05-20", CONVOY))
    studio.publish()
    site = seen(studio)
    assert site.ids() == ["2025-06-01", "2025-05-20", "2025-05-12"]
    assert site.entry("2025-05-20")["date_published"] == "2025-06-01T09:00:00+00:00"
    assert "../2025-05-20/" in site.pages["2025-05-12/index.html"]


# -- several on one date ----------------------------------------------------------------------------


def test_two_updates_on_one_date_are_told_apart(studio: Studio) -> None:
    """The second text of a day gets the address with -2 and stands beside the first."""
    studio.drop("morning.txt", update("2025-06-01", BRIDGE))
    studio.publish()
    studio.later(hours=5)
    studio.drop("evening.txt", update("2025-06-01", SCHOOL, CONVOY))
    outcome = studio.publish()
    assert outcome.published == ("2025-06-01-2",)
    assert seen(studio).ids() == ["2025-06-01-2", "2025-06-01"]
    assert anchors(studio, "2025-06-01") == {"i1": BRIDGE}


@pytest.mark.parametrize(("minutes", "corrections"), [(5, 0), (30, 1)])
def test_the_grace_of_an_import_runs_from_its_coming(studio: Studio, minutes: int, corrections: int) -> None:
    """An old text is stamped with noon of its date; an edit soon after it came is still no correction."""
    studio.drop("note.txt", update("2025-03-01", BRIDGE))
    studio.publish()
    studio.later(minutes=minutes)
    studio.drop("note.txt", update("2025-03-01", BRIDGE.replace(" ", " by the mill ", 1)))
    studio.publish()
    known = Ledger(studio.folders.ledger).history("2025-03")["2025-03-01"]
    made = [one for item in known.items for one in item.revisions if one.correction]
    assert len(made) == corrections
