"""What is forgotten never comes back, whoever asks, however much it is, and whatever still knows it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from sitrep.base.errors import LedgerError
from sitrep.forgetting.forget import Forgotten, target_of
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.lanes import one_fast
from tests.publishing import Studio, published

WORDS = "Brenna Oakley hides in the mill behind Alder since the raid of last night"
DAYS = ("2025-05-27", "2025-05-28", "2025-05-29", "2025-05-30", "2025-05-31")


def text(day: str, *items: str) -> str:
    year, month, date = day.split("-")
    return f"Update {date}-{month}-{year}\n\n# Northern front\n\n" + "".join(f"- {one}\n" for one in items)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """Five updates in five files; two of them say what is to be forgotten."""
    more = ((f"{WORDS}, part 0.",), (f"{WORDS}, part 1.",), (), (), ())
    studio = published(
        tmp_path / "site",
        {
            f"{day}.txt": text(day, f"The bridge of {day} is open.", *items)
            for day, items in zip(DAYS, more, strict=True)
        },
    )
    studio.later(hours=1)
    return studio


def forget(studio: Studio, *ids: str, confirmed: bool = False) -> Forgotten:
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    try:
        return publisher.forget([t for one in ids if (t := target_of(one))], confirmed=confirmed)
    finally:
        publisher.close()


def publish(studio: Studio) -> str:
    """Publish with receipts and requests, as a watcher does; returns the log."""
    log = io.StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(log))
    try:
        publisher.publish()
    finally:
        publisher.close()
    return log.getvalue()


def gone(studio: Studio) -> None:
    """No byte of the words is anywhere below the site, now and after the next publish."""
    for _ in range(2):
        holding = [
            path for path in studio.root.rglob("*") if path.is_file() and b"Brenna" in path.read_bytes()
        ]
        assert holding == []
        assert not any(name.startswith(("2025-05-27-2", "2025-05-28-2")) for name in studio.tree())
        studio.later(hours=1)
        studio.publish()


def test_more_than_a_fifth_of_all_is_forgotten_for_good(studio: Studio) -> None:
    """The deletions that forgetting makes are meant: nobody asks about them, nothing is kept back."""
    done = forget(studio, "2025-05-27", "2025-05-28")
    assert not done.left
    gone(studio)
    assert studio.publish().kept_back == ()


@pytest.mark.slow
def test_the_only_text_of_a_site_is_forgotten_for_good(tmp_path: Path) -> None:
    """A site of one file ends up empty, with the id kept."""
    studio = Studio(tmp_path / "site")
    studio.drop("a.txt", text("2025-05-27", f"{WORDS}.", "Other news."))
    studio.publish()
    assert not forget(studio, "2025-05-27").left
    assert not (studio.folders.feeds / "a.txt").exists()
    gone(studio)


def test_a_request_in_the_folder_is_answered_and_done(studio: Studio) -> None:
    """The request goes, a note beside it says what was done, and the note stays until it is read."""
    studio.drop("q.forget", "2025-05-27\n2025-05-28/2\n")
    publish(studio)
    feeds = studio.folders.feeds
    assert not (feeds / "q.forget").exists()
    note = (feeds / "q.forget.note.txt").read_text(encoding="utf-8")
    assert "Forgotten: 2025-05-27, 2025-05-28/2." in note
    gone(studio)
    publish(studio)
    assert (feeds / "q.forget.note.txt").exists()


def test_an_unknown_id_is_told_once_and_touches_nothing(studio: Studio) -> None:
    """One receipt, written once, and a problem of the publish; it goes with the request."""
    studio.drop("2025-05-20.forget", "")
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    assert publisher.publish().exit_code == 1
    publisher.close()
    receipt = studio.folders.feeds / "2025-05-20.forget.error.txt"
    before = receipt.stat(), (studio.folders.feeds / "2025-05-20.forget").stat()
    publish(studio)
    after = receipt.stat(), (studio.folders.feeds / "2025-05-20.forget").stat()
    assert [(one.st_ino, one.st_mtime_ns) for one in before] == [
        (one.st_ino, one.st_mtime_ns) for one in after
    ]
    studio.take("2025-05-20.forget")
    publish(studio)
    assert not receipt.exists()


@pytest.mark.parametrize("split", one_fast(True, False))
def test_many_at_once_are_asked_about(studio: Studio, split: bool) -> None:
    """More than three updates are not taken away on a file's word, in one request or in several."""
    for number, ids in enumerate([DAYS[:2], DAYS[2:4]] if split else [DAYS[:4]]):
        studio.drop(f"mass{number}.forget", "\n".join(ids))
    before = {path.name for path in studio.folders.feeds.glob("*.txt")}
    publish(studio)
    receipt = (studio.folders.feeds / "mass0.forget.error.txt").read_text(encoding="utf-8")
    assert "sitegen.py forget --confirm 2025-05-27" in receipt
    assert before <= {path.name for path in studio.folders.feeds.glob("*.txt")}
    with pytest.raises(LedgerError):
        forget(studio, *DAYS[:4])
    assert not forget(studio, *DAYS[:4], confirmed=True).left


def test_all_items_of_an_update_are_asked_about(tmp_path: Path) -> None:
    """Item by item it is the same as the whole."""
    studio = Studio(tmp_path / "site")
    studio.drop("a.txt", text("2025-05-27", *(f"News number {n} of the valley." for n in range(5))))
    studio.publish()
    with pytest.raises(LedgerError, match="slip"):
        forget(studio, *(f"2025-05-27/{n}" for n in range(1, 5)))


@pytest.mark.parametrize("kind", one_fast("link", "pipe", "folder", "sparse"))
def test_a_request_that_is_no_ordinary_file_is_refused(studio: Studio, tmp_path: Path, kind: str) -> None:
    """Nothing is waited for, followed or read whole; a receipt says so, and nothing is forgotten."""
    path, victim = studio.folders.feeds / "2025-05-27.forget", tmp_path / "victim"
    victim.write_text("2025-05-28\n")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(victim)
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as opened:
            opened.truncate(6_000_000_000)
    publish(studio)
    assert (studio.folders.feeds / "2025-05-27.txt").exists()
    assert victim.read_text() == "2025-05-28\n"
    if kind != "folder":
        receipt = studio.folders.feeds / "2025-05-27.forget.error.txt"
        assert "Nothing was forgotten" in receipt.read_text(encoding="utf-8")


def test_no_link_is_written_through(studio: Studio, tmp_path: Path) -> None:
    """Links under every name that can be guessed lead nowhere: what they point at stays as it was."""
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    for name in (".2025-05-27.txt.tmp", ".sitrep-2025-05-27.txt", "q.forget.note.txt", ".q.forget.tmp"):
        (studio.folders.feeds / name).symlink_to(victim)
    studio.drop("q.forget", "2025-05-27/2\n")
    publish(studio)
    assert victim.read_text() == "untouched"
    assert "Brenna" not in (studio.folders.feeds / "2025-05-27.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "moved"),
    one_fast(("2025-05-27/2", True), ("2025-05-27", False), ("2025-05-27", True), ("2025-05-27/2", False)),
)
def test_a_ledger_that_still_knows_brings_nothing_back(
    studio: Studio, tmp_path: Path, target: str, moved: bool
) -> None:
    """A clone that has not heard of it, and has put the words elsewhere, merges its records: no reader sees
    them again, the ledger holds none, and the number is not given to other words."""
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    if moved:
        clone.drop("2025-05-27.txt", text("2025-05-27", "The bridge of 2025-05-27 is open."))
        clone.drop(
            "2025-05-29.txt", text("2025-05-29", "The bridge of 2025-05-29 is open.", f"{WORDS}, part 0.")
        )
        clone.later(minutes=5)
        clone.publish()
    forget(studio, target)
    month = studio.folders.ledger / "2025-05.jsonl"
    lines = [*month.read_bytes().splitlines(), *(clone.folders.ledger / month.name).read_bytes().splitlines()]
    month.write_bytes(b"\n".join(dict.fromkeys(lines)) + b"\n")
    studio.later(hours=1)
    studio.publish()
    assert not [name for name, content in studio.tree().items() if b"part 0" in content]
    assert not any(name.startswith("2025-05-27-2") for name in studio.tree())
    assert b"part 0" not in month.read_bytes()
    studio.drop(
        "2025-05-27.txt", text("2025-05-27", "The bridge of 2025-05-27 is open again.", "A well in Dogwood.")
    )
    studio.publish()
    fresh = b'[3,"north","A well' if "/" in target else b'"update":"2025-05-27-2"'
    assert fresh in month.read_bytes()


@pytest.mark.parametrize(
    ("target", "name"), one_fast(("2025-05-27", "2025-05-27.txt"), ("2025-05-27/2", "a.md"))
)
def test_a_copy_that_was_away_brings_nothing_back(studio: Studio, target: str, name: str) -> None:
    """The file comes in once more from a clone, under any name: it is refused with its line; the same words
    of another day are news; and the remedy for who means it works."""
    old = (studio.folders.feeds / "2025-05-27.txt").read_text(encoding="utf-8")
    forget(studio, target)
    studio.drop(name, old)
    log = publish(studio)
    assert f"{name}  NOT published" in log
    assert "forgotten for good" in log
    assert not [place for place, content in studio.tree().items() if b"part 0" in content]
    studio.drop("later.txt", text("2025-06-01", "The bridge of 2025-05-27 is open."))
    publish(studio)
    assert "2025-06-01/index.html" in studio.tree()
    marks = studio.folders.ledger / "forgotten"
    assert "Brenna" not in marks.read_text(encoding="ascii")
    marks.write_text("")
    studio.take(name)
    studio.drop("2025-05-27.txt", f"{old}\n")
    publish(studio)
    assert [place for place, content in studio.tree().items() if b"part 0" in content]


def test_what_is_left_is_told_the_same_twice(studio: Studio) -> None:
    """A copy that holds the words is named until it is changed; common words are no reason to name a file."""
    (studio.root / "copy.txt").write_text(f"{WORDS}, part 0.", encoding="utf-8")
    (studio.root / "other.txt").write_text("The bridge is open since last night.", encoding="utf-8")
    first = forget(studio, "2025-05-27/2")
    assert [one.path for one in first.left] == ["copy.txt"]
    assert forget(studio, "2025-05-27/2").left == first.left
    (studio.root / "copy.txt").unlink()
    os.mkfifo(studio.root / "copy.txt")  # in its place now, and not waited for
    assert not forget(studio, "2025-05-27/2").left
