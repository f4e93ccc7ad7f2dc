"""Bad files and faults around a running program: told with a receipt, and no other file is harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitrep.base.errors import ArchiveError, SiteError
from sitrep.base.nouns import Problem
from sitrep.service import publisher, service
from tests.lanes import one_fast
from tests.publishing import CONFIG, tree
from tests.service.newsroom import Newsroom, running
from tests.service.test_service import DAY, TEXT

# -- bad input --------------------------------------------------------------------------------------------


def test_a_refused_file_harms_no_other_and_its_receipt_goes_with_the_fault(room: Newsroom) -> None:
    """A file without a date is refused beside one that is published; put right, its receipt is gone."""
    room.drop("note.txt", "no date here\n")
    room.wait("note.txt", "NOT published", "no date found", "note.txt.error.txt")
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    assert "Update 07-12-2024" in room.receipt("note.txt.error.txt")
    room.drop("note.txt", "Update 30-05-2025\n\n- At Birch the school is open.\n")
    room.wait("note.txt", "published")
    assert not (room.feeds / "note.txt.error.txt").exists()
    assert room.settle() == []


def test_a_file_that_may_not_be_read(room: Newsroom) -> None:
    """A file without permission is refused, and published once it may be read."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    hidden = room.feeds / ".a"
    hidden.write_text(TEXT)
    hidden.chmod(0)
    hidden.rename(room.feeds / "a.txt")
    room.wait("a.txt", "NOT published")


def test_a_file_replaced_again_and_again_ends_as_its_last_version(room: Newsroom) -> None:
    """Versions that follow one another faster than they can be read are never published torn."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    for number in range(200):
        words = f"{number} " * 400
        text = f"Update 31-05-2025\n\n- The road {words}is open.\n- The last word is {number}.\n"
        if number % 2:
            room.drop("a.txt", text)
        else:
            (room.feeds / ".a").write_text(text)
            (room.feeds / ".a").rename(room.feeds / "a.txt")
    while "The last word is 199." not in room.page(DAY):
        room.wait("a.txt")
    assert not any("NOT published" in line for line in room.lines.said)


# -- faults around it --------------------------------------------------------------------------------------


def test_the_folder_goes_and_comes_back(room: Newsroom) -> None:
    """While feeds/ is away nothing is withdrawn; when it is back drops are published as before."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    away = room.feeds.with_name("away")
    room.feeds.rename(away)
    room.wait("feeds/ cannot be read")
    away.rename(room.feeds)
    room.wait("feeds/ is back")
    assert room.settle() == []
    assert "The road at Alder" in room.page(DAY)


def test_a_broken_config_changes_nothing_but_is_told(room: Newsroom) -> None:
    """The last good config.yaml stays in force until the new one is whole; a receipt in feeds/ says so."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    config = room.folders.config
    config.write_text(CONFIG.replace("title: Notes from the valley", "titel: Notes"))
    room.wait("goes on with the last good one")
    assert "titel" in room.receipt("config.yaml.error.txt")
    assert room.settle() == []
    assert "Notes from the valley" in room.page(DAY)
    config.write_text(CONFIG.replace("Notes from the valley", "News from the hills"))
    room.wait("the configuration has changed")
    room.settle()
    assert "News from the hills" in room.page(DAY)
    assert not (room.feeds / "config.yaml.error.txt").exists()


def test_a_failing_template_leaves_the_site_as_it_was(room: Newsroom) -> None:
    """A template that fails changes no page; it is told with its line, and put right all is caught up."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published")
    before = tree(room.output)
    templates = room.folders.templates
    templates.mkdir()
    (templates / "update.html").write_text("{{ nothing.like.this }}")
    room.wait("templates/update.html:1")
    assert tree(room.output) == before
    assert "In templates/update.html: Line 1: " in room.receipt("templates.error.txt")
    room.drop("b.txt", TEXT.replace("31-05", "30-05"))
    shutil.rmtree(templates)
    room.wait("everything that waited is online")
    # What came a moment before may be looked at again before it is read.
    room.lines.passes(lambda: (room.output / "2025-05-30" / "index.html").exists())
    assert "The road at Alder" in room.page("2025-05-30")
    assert not (room.feeds / "templates.error.txt").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_is_told_and_outlived(small_disk: Path) -> None:
    """With no room left the program says so, lives, and catches up by itself when there is room again."""
    with running(small_disk) as room:
        room.drop("a.txt", TEXT)
        room.wait("a.txt", "published")
        before = tree(room.output)
        text = TEXT.replace("31-05", "30-05") + "- More and more words on the road.\n" * 200
        hidden = room.feeds / ".b"
        hidden.write_text(text)
        filler = small_disk / "filler"
        fill(filler)
        hidden.rename(room.feeds / "b.txt")
        room.lines.wait_for(lambda line: "no space left" in line and "status page" not in line)
        assert {place: content for place, content in tree(room.output).items() if DAY in place} == {
            place: content for place, content in before.items() if DAY in place
        }
        filler.unlink()
        room.wait("everything that waited is online")
        assert "More and more words" in room.page("2025-05-30")


def fill(filler: Path) -> None:
    """Write until nothing goes any more."""
    with filler.open("wb", buffering=0) as opened:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    opened.write(b"x" * size)
            except OSError:
                continue


def test_nothing_unforeseen_ends_it(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error nobody has thought of is told, and the next drop is published all the same."""
    assert room.service
    broken = threading.Event()

    def fail(*_: object, **__: object) -> None:
        broken.set()
        raise RuntimeError("out of the blue")

    with monkeypatch.context() as patch:
        patch.setattr(room.service.publisher, "publish", fail)
        room.drop("a.txt", TEXT)
        room.wait("unexpected: RuntimeError: out of the blue")
        assert broken.is_set()
    room.wait("a.txt", "published")


def test_doors_that_do_not_open_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no thread to spare at that moment gets a site that is published and served."""
    opening, tries = Newsroom._doors, []

    def doors(room: Newsroom) -> Any:
        tries.append(room)
        if len(tries) == 1:
            raise RuntimeError("can't start new thread")
        return opening(room)

    monkeypatch.setattr(Newsroom, "_doors", doors)
    monkeypatch.setattr(service, "_FIRST_WAIT", 0.0)
    with running(tmp_path / "site"):
        assert len(tries) == 2


@pytest.mark.parametrize(
    "fault",
    one_fast(
        PermissionError(13, "denied"),
        SiteError(Problem(path=".sitrep", fact="it is not to be written", remedy="allow writing there")),
    ),
)
def test_an_archive_that_cannot_be_made_anew_is_tried_again(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Damaged, and for a while none can be opened in its place: it is said, and what is dropped comes out."""
    assert room.service
    room.service._wait = 0.01
    real, left = publisher.open_site, iter([fault, fault])

    def fail_twice(*given: Any, **named: Any) -> Any:
        if failing := next(left, None):
            raise failing
        return real(*given, **named)

    def damaged(*_: object, **__: object) -> None:
        monkeypatch.undo()
        monkeypatch.setattr(publisher, "open_site", fail_twice)
        raise ArchiveError(
            Problem(path="archive.sqlite", fact="database disk image is malformed", remedy="-")
        )

    monkeypatch.setattr(publisher, "publish", damaged)
    room.drop("a.txt", TEXT)
    room.wait("it is made again from feeds/ and ledger/")
    room.wait("denied" if isinstance(fault, OSError) else "not to be written")
    room.wait("a.txt", "published")
    assert next(left, None) is None
