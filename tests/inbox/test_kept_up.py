"""What stands in the drop folder stays up through folders that cannot be read, copies, bins and receipts."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import SiteError
from sitrep.inbox import scan as scanning
from sitrep.inbox.file_names import Sort, holds_drafts, is_hidden, original_of, sort_of
from sitrep.inbox.finished import Pace, Waiting
from sitrep.inbox.scan import Look, glance, hidden_by, scan
from sitrep.inbox.survey import survey
from sitrep.inbox.write_leases import Writing
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.lanes import one_fast
from tests.publishing import Studio

DAYS = [f"2025-05-{day:02}" for day in range(1, 9)]
ERRNOS = [errno.EACCES, errno.EIO, errno.ESTALE, errno.EPERM, errno.ENOMEM, errno.EMFILE, errno.ETIMEDOUT]


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = Studio(tmp_path)
    for number, day in enumerate(DAYS):
        made.drop(
            f"{'anna/deep/' if number % 2 else ''}{day}.txt", f"Update {day}\n\n– Alder news {number}.\n"
        )
    return made


def told(studio: Studio) -> Publisher:
    """The site, published with everything that goes with it."""
    return Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()), processes=1)


def fails(monkeypatch: pytest.MonkeyPatch, below: Path, number: int) -> None:
    """From now on nothing below a folder can be listed."""
    real = os.scandir

    def scandir(path: Any) -> Iterator[os.DirEntry[str]]:
        if os.fspath(path) == os.fspath(below):
            raise OSError(number, os.strerror(number))
        return real(path)

    monkeypatch.setattr(scanning.os, "scandir", scandir)


@pytest.mark.parametrize(
    "number",
    one_fast(*ERRNOS),
    ids=lambda number: errno.errorcode[number],
)
@pytest.mark.parametrize("folder", ["anna", "anna/deep"])
def test_what_cannot_be_read_is_not_gone(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, number: int, folder: str
) -> None:
    """Whatever a folder answers but "no such file": its texts stay, it is named, and the exit code is 1."""
    studio.publish()
    before = studio.tree()
    with monkeypatch.context() as patched:
        fails(patched, studio.folders.feeds / folder, number)
        outcome = studio.publish()
        assert outcome.exit_code == 1
        assert [one.path for one in outcome.files if one.problems] == [folder]
        assert studio.tree() == before
        assert not outcome.kept_back
        assert studio.publish().exit_code == 1
    outcome = studio.publish()
    assert (outcome.exit_code, outcome.written, outcome.withdrawn) == (0, 0, ())


def test_a_watcher_misses_nothing_of_a_folder_that_cannot_be_read(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are neither gone nor new, however long that lasts."""
    waiting = Waiting(Pace(), lambda found: Writing.NO)
    every = tuple(scan(studio.folders.feeds))
    waiting.see_all(every, 0.0)
    waiting.take(0.0)
    with monkeypatch.context() as patched:
        fails(patched, studio.folders.feeds / "anna", errno.EIO)
        waiting.see_all(scan(studio.folders.feeds), 1.0)
        ready, gone = waiting.take(500.0)
        assert ([one.sort for one in ready], gone) == ([Sort.UNREADABLE], set())
        waiting.see_all(scan(studio.folders.feeds), 600.0)
        assert waiting.take(2000.0) == ([], set())
    waiting.see_all(scan(studio.folders.feeds), 3000.0)
    assert waiting.take(3000.0)[0] == []


def test_a_file_that_cannot_be_looked_at_is_not_gone(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A glance tells "not there" from "cannot be told"."""
    assert glance(studio.folders.feeds, "none.txt") is None

    def stat(*_: Any, **__: Any) -> os.stat_result:
        raise OSError(errno.EIO, "fault")

    monkeypatch.setattr(scanning.os, "stat", stat)
    found = glance(studio.folders.feeds, f"{DAYS[0]}.txt")
    assert found is not None
    assert found.sort is Sort.UNREADABLE


@given(st.lists(st.sampled_from(["a", "a/b", "a/b/c.txt", "ab/c.txt", "d.txt"]), unique=True))
def test_nothing_below_what_cannot_be_read_has_vanished(paths: list[str]) -> None:
    """Of a whole look only what lies beside unreadable folders may be missed."""
    look = Look(found=(scanning._unread("a", OSError(errno.EIO, "x")),), whole=True)
    hidden = hidden_by(look.found)
    vanished = survey(look, dict.fromkeys(paths, "1 1 1 1")).vanished
    assert vanished == tuple(path for path in paths if not hidden(path))
    assert not any(path == "a" or path.startswith("a/") for path in vanished)


def test_deletions_are_asked_about_and_answered_in_the_folder(studio: Studio) -> None:
    """Who has only the folder reads the question there, and answers it with a file whose name says yes."""
    program = told(studio)
    program.publish()
    for day in DAYS[::2]:
        studio.take(f"{day}.txt")
    assert program.publish().kept_back
    question = studio.folders.feeds / "deletions.error.txt"
    assert "deletions.yes" in question.read_text()
    assert program.publish().kept_back
    (studio.folders.feeds / "deletions.yes").touch()
    outcome = program.publish()
    assert outcome.withdrawn == tuple(DAYS[::2]) or set(outcome.withdrawn) == set(DAYS[::2])
    assert not question.exists()
    assert not (studio.folders.feeds / "deletions.yes").exists()
    program.close()


def test_a_yes_that_lies_there_before_the_question_answers_nothing(studio: Studio) -> None:
    """A yes is for what is asked now; it does not wait for what will be lost."""
    program = told(studio)
    (studio.folders.feeds / "deletions.yes.txt").touch()
    program.publish()
    for day in DAYS[::2]:
        studio.take(f"{day}.txt")
    assert program.publish().kept_back
    program.close()


COPIES = {
    "a (Konflikt von Anna 2024-12-06).txt": "a.txt",
    "a (SFConflict anna@example.org 2024-12-06-10-11-12).txt": "a.txt",
    "a_conflict-anna-20241206-101112.txt": "a.txt",
    "a (copie en conflit de Anna 2024-12-06).txt": "a.txt",
    "a (copia en conflicto de Anna 2024-12-06).txt": "a.txt",
    "a (cópia em conflito de Anna 2024-12-06).txt": "a.txt",
    "a (конфликтующая копия 2024-12-06).txt": "a.txt",
    "a (نسخة متعارضة 2024-12-06).txt": "a.txt",
    "a [conflicted].txt": "a.txt",
    "a (Case Conflict).txt": "a.txt",
    "a (Unicode Encoding Conflict).txt": "a.txt",
    "a.conflict1.txt": "a.txt",
    "a~20241207-101010.txt": "a.txt",
    "a-DESKTOP-8K2M1Q7.txt": "a.txt",
    "a.sync-conflict-20241207-101010-ABCDEF7.txt": "a.txt",
    "a.sync-conflict-20241207-101010-ABCDEF7.sync-conflict-20241207-111010-ABCDEF7.txt": "a.txt",
    "a (Anna's conflicted copy 2024-12-07 (1)).txt": "a.txt",
    "a (case clash from anna 2024-12-07 101500).txt": "a.txt",
    "a (# Name clash 2024-12-07 Xyz #).txt": "a.txt",
    "a.Conflict.20241207.txt": "a.txt",
    "a_DiskStation_Dec-06-1011-2024_Conflict.txt": "a.txt",
}


@pytest.mark.parametrize("name", COPIES)
def test_conflict_copies_are_known_by_their_names(name: str) -> None:
    """Whatever program and language made it, a conflict copy is none of the texts to publish."""
    assert sort_of(name) is Sort.CONFLICT
    assert original_of(name) == COPIES[name]


@pytest.mark.parametrize(
    "name", ["Update (conflict in Homs) 06-12.txt", "conflict-2024.txt", "Konflikt.md", "a (2024-12-06).txt"]
)
def test_texts_about_a_conflict_are_texts(name: str) -> None:
    """Writers write about conflicts."""
    assert sort_of(name) is Sort.TEXT


@pytest.mark.parametrize(
    "folder",
    [
        "#recycle",
        "#snapshot",
        "@eaDir",
        "@Recently-Snapshot",
        "$RECYCLE.BIN",
        "System Volume Information",
        ".Trash-1000",
        "__MACOSX",
        "lost+found",
        "(A Document Being Saved By TextEdit)",
        "x.txt.sb-1a2b3c4d-XyZ123",
        ".stversions",
        "Papierkorb",
    ],
)
def test_side_folders_of_systems_are_not_looked_into(folder: str) -> None:
    """Bins, snapshots and folders of half-saved files hold nothing that anybody has dropped."""
    assert is_hidden(folder)
    assert sort_of(f"{folder}/a.txt") is Sort.HIDDEN


@pytest.mark.parametrize(
    "folder", ["2024", "Anna", "#rumors", "archive", "Trash collection", "north", "_posts"]
)
def test_folders_of_writers_are_looked_into(folder: str) -> None:
    """No name that a writer would give is taken for a bin, nor one in which Jekyll publishes for drafts."""
    assert sort_of(f"{folder}/a.txt") is Sort.TEXT


@pytest.mark.parametrize(
    "folder",
    [
        "drafts",
        "Drafts 2024",
        "Entwürfe",
        "brouillons",
        "borradores",
        "taslaklar",
        "مسودات",
        "чернетки",
        "پیش‌نویس‌ها",
        "_mine",
    ],
)
def test_folders_of_drafts_are_known_in_every_language(folder: str) -> None:
    """What lies in a folder of drafts is a draft."""
    assert holds_drafts(folder)
    assert sort_of(f"{folder}/2024-12-06.txt") is Sort.DRAFT


@pytest.mark.parametrize(
    "name",
    [
        "2024-12-06 DRAFT.txt",
        "DRAFT 2024-12-06.txt",
        "update_draft.txt",
        "Entwurf 6.12.txt",
        "talks (draft).md",
    ],
)
def test_names_that_say_draft_are_drafts(name: str) -> None:
    """A name that says draft keeps a text back."""
    assert sort_of(name) is Sort.DRAFT
    assert sort_of("draft law.txt") is Sort.TEXT


@pytest.mark.parametrize("ending", [".txt", "/2024-12-06.txt"])
@pytest.mark.parametrize(
    "name",
    [
        *(
            "drafts (old)",
            "Entwuerfe",
            "WIP - do not publish",
            "embargoed",
            "EMBARGO",
            "unpublished",
            "private",
        ),
        *(
            "do_not_publish",
            "2024-12-06 NOT FOR PUBLICATION",
            "2024-12-06 hold",
            "BROUILLON 6 déc",
            "draft FINAL v2",
        ),
        *("Entwurf vom 6. Dezember", "не публікувати", "مسودة 6 ديسمبر"),
    ],
)
def test_names_that_say_hold_and_else_only_when_are_drafts(name: str, ending: str) -> None:
    """A file or folder whose name says that it waits, and else only which one it is, is none to publish."""
    assert sort_of(name + ending) is Sort.DRAFT


@pytest.mark.parametrize(
    "name",
    [
        "Draft law passes",
        "arms embargo",
        "later",
        "deleted",
        "waiting",
        "blocked",
        "published",
        "Hama on hold",
    ],
)
def test_names_that_tell_what_a_text_is_about_are_none_of_drafts(name: str) -> None:
    """Writers name files after what they write about."""
    assert sort_of(f"{name}.txt") is Sort.TEXT


def test_moving_a_text_into_a_bin_is_deleting_it(studio: Studio) -> None:
    """A network drive that keeps what was deleted in a folder of its own does not keep it online."""
    studio.publish()
    bin_folder = studio.folders.feeds / "#recycle"
    bin_folder.mkdir()
    (studio.folders.feeds / f"{DAYS[0]}.txt").rename(bin_folder / f"{DAYS[0]}.txt")
    assert studio.publish().withdrawn == (DAYS[0],)


@pytest.mark.parametrize("name", ["2025-05-09", "2025-05-09.dat", "2025-05-09.pages"])
def test_an_unknown_ending_gets_a_receipt(studio: Studio, name: str) -> None:
    """A text whose name has no ending, or one that nobody reads, is not passed over in silence."""
    studio.drop(name, "Update 09-05-2025\n\n– Alder.\n")
    program = told(studio)
    program.publish()
    assert (studio.folders.feeds / f"{name}.error.txt").exists()
    program.close()


def test_receipts_are_never_about_receipts(studio: Studio) -> None:
    """A conflict copy without its original has one receipt, which goes with it, however often it is seen."""
    name = "x.sync-conflict-20241207-101010-ABCDEF7.txt"
    studio.drop(name, "Update 09-05-2025\n\n– Alder.\n")
    program = told(studio)
    for _ in range(10):
        program.publish()
    lying = sorted(path.name for path in studio.folders.feeds.glob("x.*"))
    assert lying == [name, f"{name}.error.txt"]
    copy = studio.folders.feeds / "x.error.sync-conflict-20241207-101010-ABCDEF7.txt"
    copy.write_text((studio.folders.feeds / f"{name}.error.txt").read_text())
    studio.take(name)
    program.publish()
    program.publish()
    assert not list(studio.folders.feeds.glob("x.*"))
    program.close()


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("output", "feeds"),
        ("feeds", "output"),
        ("ledger", "output"),
        ("ledger", "feeds"),
        ("templates", "output"),
    ],
)
def test_folders_inside_each_other_are_refused(tmp_path: Path, inner: str, outer: str) -> None:
    """By their real paths, whatever links lie between, and before anything is written."""
    studio = Studio(tmp_path / "site")
    real = tmp_path / "elsewhere"
    real.mkdir()
    places = {name: studio.root / name for name in ("feeds", "output", "ledger", "templates")}
    if outer == "feeds":
        places["feeds"].rmdir()
    places[outer].symlink_to(real)
    (real / "inside").mkdir()
    if places[inner].is_dir():
        places[inner].rmdir()
    places[inner].symlink_to(real / "inside")
    with pytest.raises(SiteError, match=f"the folder for {inner} lies inside that for {outer}"):
        studio.publish()
    assert not list((real / "inside").iterdir())


def test_an_output_that_is_away_is_said_so(tmp_path: Path) -> None:
    """A link to a drive that is not there is no reason to say that the site is online."""
    studio = Studio(tmp_path / "site")
    studio.folders.output.symlink_to(tmp_path / "drive")
    with pytest.raises(SiteError, match="is not there"):
        studio.publish()


BODY = "Update 05-12-2024\n\n– Alder road is open.\n– A bridge at Birch was hit.\n– Elm is calm.\n"
MORE = "".join(f"– Further event number {number} was told near Dogwood.\n" for number in range(5))


@pytest.mark.parametrize(
    ("copy", "text"),
    [
        ("2024-12-05 (1).txt", BODY),
        ("Copy of 2024-12-05.txt", BODY + MORE),
        ("2024-12-05-Annas-MacBook-Pro.txt", BODY.replace("Elm is calm", "Three trucks left Elm")),
        ("2024-12-05 (Konflikt von Anna 2024-12-06).txt", BODY + MORE),
    ],
)
@pytest.mark.parametrize("first", one_fast("copy", "original", "both"))
def test_the_plain_name_is_the_original(tmp_path: Path, copy: str, text: str, first: str) -> None:
    """Whatever comes first: a copy that shares items is never a further update, and never takes the place."""
    studio = Studio(tmp_path / "site")
    for name, words, when in (("2024-12-05.txt", BODY, "original"), (copy, text, "copy")):
        if first in (when, "both"):
            studio.drop(name, words)
    studio.publish()
    studio.drop("2024-12-05.txt", BODY)
    studio.drop(copy, text)
    outcome = studio.publish()
    assert outcome.updates == 1
    page = studio.tree()["2024-12-05/index.html"].decode()
    told = {one.path for one in (*outcome.files, *outcome.standing) if one.problems}
    assert ("Elm is calm" in page, "Further event" in page) == (True, False)
    assert text == BODY or copy in told


def test_a_copy_takes_nothing_back(tmp_path: Path) -> None:
    """A second file with the same words and ``withdraw:`` is refused; the update stays."""
    studio = Studio(tmp_path / "site")
    studio.drop("editor.txt", BODY)
    studio.publish()
    studio.drop("aaa.txt", "---\nwithdraw: it was all lies\n---\n" + BODY)
    outcome = studio.publish()
    assert (outcome.withdrawn, outcome.updates) == ((), 1)
    assert outcome.exit_code == 1
