"""The running program on a real folder: what is dropped comes out, and no fault ends it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sitrep.inbox.scan import Look
from sitrep.publish import spine
from sitrep.publish.open_site import OpenSite
from sitrep.publish.outcome import Outcome
from sitrep.service import publisher
from tests.publishing import tree
from tests.service.newsroom import Newsroom, running

ROOT = Path(__file__).parents[2]
DAY = "2025-05-31"
TEXT = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"


# -- the ordinary day ---------------------------------------------------------------------------------


def test_a_drop_is_published(room: Newsroom) -> None:
    """A file that is dropped is a page when the program says so."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published", f"/{DAY}/")
    assert "The road at Alder is open again." in room.page(DAY)


def test_a_save_of_the_same_text_publishes_nothing(room: Newsroom) -> None:
    """A file saved again as it was changes no byte of the site and is not told."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    room.settle()
    before = tree(room.output)
    room.drop("a.txt", TEXT)
    (room.feeds / "a.txt").touch()
    assert room.settle() == []
    after = tree(room.output)
    assert {place: after[place] for place in before if DAY in place} == {
        place: before[place] for place in before if DAY in place
    }


@pytest.mark.slow
def test_a_burst_is_one_publish(room: Newsroom) -> None:
    """A thousand files at once are a few publishes, and every one of them comes out."""
    names = [f"note-{number:04d}.txt" for number in range(1_000)]
    for number, name in enumerate(names):
        day = dt.date(2000, 1, 1) + dt.timedelta(days=number)
        room.drop(name, f"Update {day}\n\n- Day {number}.\n")
    while len(list(room.output.glob("[12]*-*-*/index.html"))) < 1_000:
        room.wait("published")
    publishes = [line for line in room.lines.said if "files published" in line]
    assert len(publishes) <= 5


def test_what_was_put_off_comes_out_although_others_come_meanwhile(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older text that waits for the rest of a burst is published, whatever else is dropped meanwhile."""

    def publish(site: OpenSite, look: Look | None = None, **more: object) -> Outcome:
        if look and any(found.path == "a.txt" for found in look.found):
            monkeypatch.setattr(publisher, "publish", spine.publish)
            return spine.publish(site, look, **{**more, "more": lambda: True})  # type: ignore[arg-type]
        return spine.publish(site, look, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(publisher, "publish", publish)
    room.drop("first.txt", TEXT)
    room.wait("first.txt", "published")
    room.drop("a.txt", "Update 01-02-1999\n\n- The bridge at Birch is open.\n")
    room.wait("a.txt", "waits")
    room.drop("empty.txt", "")
    room.wait("empty.txt", "NOT published")
    room.wait("a.txt", "published")


def test_a_deletion_withdraws_after_the_grace(room: Newsroom) -> None:
    """A file taken away is withdrawn after the grace time: the address stays, the words go."""
    for day in range(1, 8):
        room.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
        room.wait(f"{day}.txt", "published")
    room.studio.take("3.txt")
    room.wait("2025-05-03", "withdrawn")
    assert "Report number 3" not in room.page("2025-05-03")


def test_too_many_deletions_wait_for_a_person(room: Newsroom) -> None:
    """When much vanishes at once nothing is withdrawn until it is confirmed; then it is."""
    for day in range(1, 8):
        room.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
        room.wait(f"{day}.txt", "published")
    for day in range(1, 6):
        room.studio.take(f"{day}.txt")
    room.wait("were NOT withdrawn")
    assert "Report number 3" in room.page("2025-05-03")
    (room.folders.work / "confirm-deletions").touch()
    room.wait("2025-05-05", "withdrawn")
    assert "Report number 3" not in room.page("2025-05-03")
    room.settle()
    assert not (room.folders.work / "confirm-deletions").exists()


def test_a_rename_keeps_the_update(room: Newsroom) -> None:
    """A file under another name is the same update: nothing is withdrawn, not even for a moment."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    (room.feeds / "a.txt").rename(room.feeds / "b.txt")
    room.wait("b.txt")
    room.settle()
    assert "The road at Alder" in room.page(DAY)
    assert not any("withdrawn" in line for line in room.lines.said)


def test_a_copy_takes_the_place_of_its_original(room: Newsroom) -> None:
    """A sync program that copies first and deletes then loses nothing of the update."""
    for day in range(1, 8):
        room.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    room.drop("copy.txt", TEXT)
    room.wait("copy.txt")
    room.studio.take("a.txt")
    until_gone(room, room.feeds / "copy.txt.note.txt")
    assert "The road at Alder" in room.page(DAY)
    assert not any("withdrawn" in line for line in room.lines.said)


@pytest.mark.parametrize("what", ["output", "all that is in it"])
def test_output_that_was_taken_away_comes_back(room: Newsroom, what: str) -> None:
    """Whoever deletes output/, or what is in it, has it again by itself, byte for byte."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    room.settle()
    before = tree(room.output)
    for path in [room.output] if what == "output" else room.output.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    room.wait("output/ was taken away: it is made again")
    room.lines.passes(lambda: room.output.exists() and tree(room.output) == before)
    room.drop("b.txt", "Update 30-05-2025\n\n- The mill at Elm has flour.\n")
    room.wait("b.txt", "published")


# -- what is not to come out, and what is to later ------------------------------------------------------


def test_an_embargo_is_kept_and_ends_on_time(room: Newsroom) -> None:
    """Until its publish: time no byte of a text is in output/; then it comes out by itself."""
    room.drop("a.txt", "---\npublish: 2025-06-01 15:00\n---\nUpdate 01-06-2025\n\n- Canary at Elm.\n")
    room.wait("a.txt", "held", "until Sunday 1 June 2025, 15:00")
    room.settle()
    assert not any(b"Canary" in content for content in tree(room.output).values())
    room.studio.later(hours=3, minutes=1)
    room.wait("a.txt", "published", "/2025-06-01/")
    assert "Canary at Elm." in room.page("2025-06-01")
    assert not (room.feeds / "a.txt.note.txt").exists()


def test_an_embargo_that_ended_while_the_program_was_down(tmp_path: Path) -> None:
    """A text whose time came while nothing ran is out as soon as something runs."""
    with running(tmp_path) as room:
        room.drop("a.txt", "---\npublish: 2025-06-01 15:00\n---\nUpdate 01-06-2025\n\n- Canary at Elm.\n")
        room.wait("a.txt", "held")
        later = room.studio.now.replace(day=2)
    with running(tmp_path, now=later) as room:
        room.wait("a.txt", "published")
        assert "Canary at Elm." in room.page("2025-06-01")


def test_a_date_in_the_future_is_held_with_a_receipt(room: Newsroom) -> None:
    """A date to come, without publish:, is taken for a mistake, and the receipt says so."""
    room.drop("a.txt", "Update 09-06-2025\n\n- Canary at Elm.\n")
    room.wait("a.txt", "held")
    room.settle()
    assert "lies in the future" in room.receipt("a.txt.note.txt")
    assert not any(b"Canary" in content for content in tree(room.output).values())


def test_a_draft_goes_live_by_being_moved(room: Newsroom) -> None:
    """A draft leaves a preview and nothing in output/; moved out of drafts/ it is published."""
    room.drop("drafts/a.txt", TEXT.replace("The road", "Canary: the road"))
    room.wait("drafts/a.txt", "draft")
    room.settle()
    assert "Canary" in (room.feeds / "drafts" / "a.txt.preview.html").read_text("utf-8")
    assert not any(b"Canary" in content for content in tree(room.output).values())
    (room.feeds / "drafts" / "a.txt").rename(room.feeds / "a.txt")
    room.wait("  a.txt", "published")
    room.settle()
    assert not (room.feeds / "drafts" / "a.txt.preview.html").exists()


def test_the_answer_to_a_request_goes_with_it(room: Newsroom) -> None:
    """The receipt of a request that cannot be done is gone as soon as the request is, another's stays."""
    for name in ("2024-12-99.forget", "2011-01-01.forget"):
        room.drop(name, "")
    room.settle()
    room.settle()  # A publish tells of its texts before it answers.
    assert "Nothing was forgotten" in room.receipt("2024-12-99.forget.error.txt")
    (room.feeds / "2024-12-99.forget").unlink()
    room.settle()
    room.settle()
    assert [path.name for path in room.feeds.glob("*.error.txt")] == ["2011-01-01.forget.error.txt"]


def test_a_conflict_copy_is_told_and_never_published(room: Newsroom) -> None:
    """Only the version under its own name is out; a receipt names both while there are two."""
    copy = "a.sync-conflict-20250531-120000-ABCDEFG.txt"
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    room.drop(copy, TEXT.replace("open", "Canary"))
    room.wait(copy)
    room.settle()
    assert copy in room.receipt("a.txt.error.txt")
    assert not any(b"Canary" in content for content in tree(room.output).values())
    room.studio.take(copy)
    until_gone(room, room.feeds / "a.txt.error.txt")


def until_gone(room: Newsroom, path: Path) -> None:
    """Publish small things until a file is gone, as it must be within a few grace times."""
    for _ in range(50):
        if not path.exists():
            return
        room.settle()
    pytest.fail(f"{path.name} is still there")
