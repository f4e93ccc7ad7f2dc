"""Receipts: what a writer reads beside the file, when it lies there, and what is never touched."""

from __future__ import annotations

import datetime as dt
import os
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.archive.archive import SourceRecord
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.config.load import load_config
from sitrep.config.values import Config
from sitrep.inbox.survey import State
from sitrep.publish.outcome import Outcome
from sitrep.report.files_beside import MARK, lay, name_beside, take_away
from sitrep.report.log import Log
from sitrep.report.receipts import Readers, receipt_of
from sitrep.service.publisher import Publisher
from tests.publishing import CONFIG, NOON, Studio

TEXT = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"
NO_DATE = Problem(path="note.txt", line=1, fact="no date found", remedy="write one", quote="Hello")
ODDITY = Problem(path="note.txt", fact="two dates", remedy="drop one", severity=Severity.WARNING)
ASIDE = Problem(path="note.txt", fact="for information", remedy="", severity=Severity.NOTE)


def config(receipts: str = "all") -> Config:
    return load_config(f"{CONFIG}watch: {{receipts: {receipts}}}\n", "config.yaml")


def record(state: State, *problems: Problem, until: str = "") -> SourceRecord:
    return SourceRecord(path="note.txt", stat="", digest="", state=state, problems=problems, until=until)


def update(published: dt.datetime, *, exact: bool = True) -> Update:
    return Update(
        date=published.date(), line=1, sections=(), published=published, updated=published, exact=exact
    )


def words(state: State, *problems: Problem, readers: Readers | None = None, until: str = "") -> str:
    receipt = receipt_of(record(state, *problems, until=until), (), readers or Readers(), config(), NOON)
    assert receipt
    return receipt.text


# -- wording ---------------------------------------------------------------------------------------


def test_a_refusal_says_what_where_and_how_to_put_it_right() -> None:
    """What happened, the line with its words, what to do, and what readers see, in this order."""
    said = words(State.REFUSED, NO_DATE).split("\n\n")
    assert said[:3] == [
        "note.txt was NOT published.",
        "Line 1: no date found.\n    > Hello\nWhat to do: write one.",
        "Readers see nothing yet: no update is published.",
    ]
    assert MARK in said[3]


def test_what_readers_still_see() -> None:
    """The file's own last version with the time it came out, else the newest update of the site."""
    own = Readers(own=(update(NOON - dt.timedelta(hours=1)),))
    assert "The new version of note.txt was NOT published." in words(State.REFUSED, NO_DATE, readers=own)
    assert "Readers still see the version of 11:00." in words(State.REFUSED, NO_DATE, readers=own)
    older = Readers(own=(update(NOON - dt.timedelta(days=2)),))
    assert "the version of 30 May 2025, 12:00." in words(State.REFUSED, NO_DATE, readers=older)
    vague = Readers(own=(update(NOON - dt.timedelta(days=2), exact=False),))
    assert "the version of 30 May 2025." in words(State.REFUSED, NO_DATE, readers=vague)
    other = Readers(newest=update(NOON - dt.timedelta(days=2)))
    said = words(State.REFUSED, NO_DATE, readers=other)
    assert "The newest update they have is that of 30 May 2025." in said


def test_a_held_text_says_until_when() -> None:
    """A text that waits for its time has a note with the moment, in the site's zone."""
    said = words(State.HELD, until="2025-06-03T03:00:00Z")
    assert "It waits until 3 June 2025, 06:00." in said


@pytest.mark.parametrize(
    ("receipts", "state", "problems", "tail"),
    [
        ("all", State.REFUSED, (NO_DATE,), ".error.txt"),
        ("errors", State.REFUSED, (NO_DATE,), ".error.txt"),
        ("all", State.PUBLISHED, (ODDITY,), ".note.txt"),
        ("errors", State.PUBLISHED, (ODDITY,), None),
        ("all", State.PUBLISHED, (ODDITY, ASIDE), ".note.txt"),
        ("all", State.PUBLISHED, (ASIDE,), None),
        ("all", State.PUBLISHED, (), None),
        ("errors", State.IGNORED, (ODDITY,), ".error.txt"),
        ("all", State.DRAFT, (ODDITY,), ".note.txt"),
    ],
)
def test_which_receipt_there_is(
    receipts: str, state: State, problems: tuple[Problem, ...], tail: str | None
) -> None:
    """Errors for what is not published, notes for warnings, nothing for what is only for information."""
    receipt = receipt_of(record(state, *problems), (), Readers(), config(receipts), NOON)
    assert (receipt.tail if receipt else None) == tail


# -- beside the file -------------------------------------------------------------------------------


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    folder = tmp_path / "feeds"
    folder.mkdir()
    return folder


def test_a_file_of_the_writer_is_never_replaced_or_removed(feeds: Path) -> None:
    """A file that happens to have a receipt's name stays as it is."""
    (feeds / "a.txt.error.txt").write_text("my own words")
    assert not lay(feeds, "a.txt.error.txt", f"{MARK}\n")
    assert not take_away(feeds, "a.txt.error.txt")
    assert (feeds / "a.txt.error.txt").read_text() == "my own words"


def test_nothing_is_written_through_a_link(feeds: Path) -> None:
    """Neither a link in the receipt's place nor one in its folder's leads the program out of feeds/."""
    outside = feeds.parent / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text(f"{MARK} or so it says")
    (feeds / "a.txt.error.txt").symlink_to(outside / "mine.txt")
    (feeds / "sub").symlink_to(outside)
    assert not lay(feeds, "a.txt.error.txt", f"{MARK}: new\n")
    with pytest.raises(OSError, match=r"sub|directory"):
        lay(feeds, "sub/a.txt.error.txt", f"{MARK}: new\n")
    assert not take_away(feeds, "a.txt.error.txt")
    assert [path.name for path in outside.iterdir()] == ["mine.txt"]
    assert (outside / "mine.txt").read_text() == f"{MARK} or so it says"


def test_an_unchanged_receipt_is_not_written_again(feeds: Path) -> None:
    """The same words leave the file alone, so that nothing is synced to anybody's phone."""
    lay(feeds, "a.txt.note.txt", f"{MARK}\n")
    before = (feeds / "a.txt.note.txt").stat()
    lay(feeds, "a.txt.note.txt", f"{MARK}\n")
    assert (feeds / "a.txt.note.txt").stat() == before
    lay(feeds, "a.txt.note.txt", f"{MARK}, again\n")
    assert (feeds / "a.txt.note.txt").stat().st_ino != before.st_ino
    assert [path.name for path in feeds.iterdir()] == ["a.txt.note.txt"]


@given(st.binary(min_size=1, max_size=255).filter(lambda name: not set(name) & {0, 47}))
def test_a_receipt_has_room_beside_any_name(name: bytes) -> None:
    """The receipt of a file with a name of full length has a name that the system takes."""
    path = os.fsdecode(name)
    beside = name_beside(f"sub/{path}", ".error.txt")
    assert beside.startswith("sub/")
    assert beside.endswith(".error.txt")
    assert len(os.fsencode(beside)) <= len("sub/") + 255


# -- with a publish --------------------------------------------------------------------------------


def publish(studio: Studio, *, confirm: bool = False) -> Outcome:
    publisher = Publisher(studio.folders, lambda: studio.now, Log(StringIO()), processes=1)
    try:
        return publisher.publish(confirm_deletions=confirm)
    finally:
        publisher.close()


def receipts(studio: Studio) -> dict[str, str]:
    found = studio.folders.feeds.rglob("*.*.txt")
    return {path.relative_to(studio.folders.feeds).as_posix(): path.read_text() for path in found}


def test_a_receipt_lies_beside_its_file_and_goes_with_the_next_success(tmp_path: Path) -> None:
    """In the same folder, under the file's whole name, until the file is right."""
    studio = Studio(tmp_path)
    studio.drop("sub/note.txt", "no date\n")
    publish(studio)
    assert list(receipts(studio)) == ["sub/note.txt.error.txt"]
    studio.drop("sub/note.txt", TEXT)
    publish(studio)
    assert receipts(studio) == {}


def test_the_last_good_version_stays_and_the_receipt_says_which(tmp_path: Path) -> None:
    """An edit that cannot be published leaves the page as it was; the receipt tells of what time it is."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    publish(studio)
    studio.later(minutes=30)
    studio.drop("a.txt", TEXT.replace("31-05", "31-02"))
    publish(studio)
    assert "Readers still see the version of 12:00." in receipts(studio)["a.txt.error.txt"]
    assert b"The road at Alder" in studio.tree()["2025-05-31/index.html"]


def test_receipts_go_with_their_files(tmp_path: Path) -> None:
    """The receipt of a file that is deleted or renamed does not stay behind."""
    studio = Studio(tmp_path)
    studio.drop("note.txt", "no date\n")
    studio.drop("other.txt", "no date either\n")
    publish(studio)
    studio.take("note.txt")
    (studio.folders.feeds / "other.txt").rename(studio.folders.feeds / "third.txt")
    publish(studio)
    assert list(receipts(studio)) == ["third.txt.error.txt"]


def test_a_conflict_copy_is_told_at_the_original_or_at_itself(tmp_path: Path) -> None:
    """The receipt lies where the writer looks: beside the original, or the copy if there is none."""
    studio = Studio(tmp_path)
    copy = "a.sync-conflict-20250531-120000-ABCDEFG.txt"
    studio.drop("a.txt", TEXT)
    studio.drop(copy, TEXT.replace("open", "closed"))
    publish(studio)
    said = receipts(studio)["a.txt.error.txt"]
    assert "There are two versions of a.txt, and only a.txt itself is published." in said
    assert copy in said
    studio.take("a.txt")
    publish(studio, confirm=True)
    assert sorted(receipts(studio)) == [copy, f"{copy}.error.txt"]


def test_a_conflict_that_is_settled_is_told_no_more(tmp_path: Path) -> None:
    """When the copy is gone, so is the receipt at the original."""
    studio = Studio(tmp_path)
    copy = "a (conflicted copy 2025-05-31 120000).txt"
    studio.drop("a.txt", TEXT)
    studio.drop(copy, TEXT)
    publish(studio)
    assert "a.txt.error.txt" in receipts(studio)
    studio.take(copy)
    publish(studio)
    assert receipts(studio) == {}


def test_receipts_can_be_switched_off(tmp_path: Path) -> None:
    """With receipts: none nothing is laid into feeds/, and what lay there goes."""
    studio = Studio(tmp_path)
    studio.drop("note.txt", "no date\n")
    publish(studio)
    assert receipts(studio)
    studio.folders.config.write_text(f"{CONFIG}watch: {{receipts: none}}\n")
    publish(studio)
    assert receipts(studio) == {}


def test_a_folder_that_takes_no_receipts_stops_nothing(tmp_path: Path) -> None:
    """Where a stranger's file is in a receipt's way, the log says so and the publish goes on."""
    studio = Studio(tmp_path)
    studio.drop("note.txt", "no date\n")
    studio.drop("note.txt.error.txt", "mine\n")
    studio.drop("a.txt", TEXT)
    said = StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(said), processes=1)
    assert publisher.publish().updates == 1
    publisher.close()
    assert "note.txt.error.txt is in the way of a receipt" in said.getvalue()


def test_a_held_text_is_in_no_word_of_the_log(tmp_path: Path) -> None:
    """Of a text under embargo the log and the receipt tell the name, never what it says."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", "---\npublish: 2025-06-03 06:00\n---\nUpdate 01-06-2025\n\n- Canary at Elm.\n")
    said = StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(said), processes=1)
    publisher.publish()
    publisher.close()
    assert "a.txt" in said.getvalue()
    assert "Canary" not in said.getvalue() + "".join(receipts(studio).values())
