"""Names, looks and bytes of the drop folder: what is wanted, what is not, and nothing from outside it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Problem
from sitrep.base.say import printable
from sitrep.inbox.deletion_guard import guard
from sitrep.inbox.file_names import Sort, original_of, remark_on, sort_of, subject_of
from sitrep.inbox.finished import Pace, Waiting
from sitrep.inbox.scan import Found, Look, glance, is_written, read_bytes, scan, shown
from sitrep.inbox.survey import State, survey
from sitrep.inbox.write_leases import Writing, _kind, is_local
from tests.publishing import Studio

LIMIT = 1_000

TEXTS = [
    *("a.txt", "Update 06-12-2024.txt", "a.MD", "notes (east).markdown", "sub/b.text", "تحديث.txt"),
    *("south_conflict-update.txt", "armed.conflict-zone.txt", "the conflict.txt", "error.txt", "x.error.md"),
    *("Waiting for winter.txt", "pending elections.txt", "stop at the border.txt", "press release.txt"),
]
NOT_TEXTS = {
    "_a.txt": Sort.DRAFT,
    "drafts/a.txt": Sort.DRAFT,
    "Drafts/a.txt": Sort.DRAFT,
    "x/_old/a.txt": Sort.DRAFT,
    "backup/a.txt": Sort.DRAFT,
    "feeds-backup 2024-12-01/a.txt": Sort.DRAFT,
    "Sicherungskopie/a.txt": Sort.DRAFT,
    "sauvegarde du 3 mai/a.txt": Sort.DRAFT,
    "Резервная копия/a.txt": Sort.DRAFT,
    "на проверку/a.txt": Sort.DRAFT,
    "Zum Gegenlesen/a.txt": Sort.DRAFT,
    "2024-12-06 - wait for Omar.txt": Sort.DRAFT,
    ".a.txt": Sort.HIDDEN,
    ".git/a.txt": Sort.HIDDEN,
    ".stversions/a.txt": Sort.HIDDEN,
    ".a.txt.swp": Sort.HIDDEN,
    "a.txt~": Sort.PARTIAL,
    "a.txt.swp": Sort.PARTIAL,
    "#a.txt#": Sort.PARTIAL,
    "~$a.txt": Sort.PARTIAL,
    "~syncthing~a.txt.tmp": Sort.PARTIAL,
    "a.txt.part": Sort.PARTIAL,
    "a.txt.crdownload": Sort.PARTIAL,
    "a.txt.sb-1a2b3c4d-XyZ123": Sort.PARTIAL,
    "a.txt.!sync": Sort.PARTIAL,
    "a_BACKUP_1234.txt": Sort.PARTIAL,
    "a.txt.LOCAL.1234.txt": Sort.PARTIAL,
    "Papperskorgen/a.txt": Sort.HIDDEN,
    "FOUND.000/a.txt": Sort.HIDDEN,
    "a.txt.error.txt": Sort.RECEIPT,
    "a.txt.note.txt": Sort.RECEIPT,
    "_a.txt.preview.html": Sort.RECEIPT,
    "a.sync-conflict-20240412-093612-ABCDEFG.txt": Sort.CONFLICT,
    "a (conflicted copy 2018-04-10 093612).txt": Sort.CONFLICT,
    "a (Anna's conflicted copy 2018-04-10).txt": Sort.CONFLICT,
    "a_conflict-20180410-093612.txt": Sort.CONFLICT,
    "a.Conflict.txt": Sort.CONFLICT,
    "a.docx": Sort.OTHER,
    "a": Sort.OTHER,
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_wanted(name: str) -> None:
    """What a writer would call a text is one, also if its name speaks of conflicts and errors."""
    assert sort_of(name) is Sort.TEXT


@pytest.mark.parametrize(("name", "sort"), NOT_TEXTS.items())
def test_other_names_are_told_apart(name: str, sort: Sort) -> None:
    """Drafts, copies, receipts and what programs leave behind are known by their names."""
    assert sort_of(name) is sort


@pytest.mark.parametrize("copy", [name for name, sort in NOT_TEXTS.items() if sort is Sort.CONFLICT])
def test_a_conflict_copy_knows_its_original(copy: str) -> None:
    """Whatever program made it, the copy leads to the file it is a copy of, in its own folder."""
    assert original_of(f"sub.conflict/{copy}") == "sub.conflict/a.txt"


def test_receipts_know_their_subject() -> None:
    """A receipt's name holds the whole name of the file it is about."""
    assert [subject_of(f"a.md{tail}") for tail in (".error.txt", ".note.txt", ".preview.html")] == [
        "a.md"
    ] * 3


def test_documents_and_copies_are_remarked_on_and_pictures_are_not() -> None:
    """Who drops a Word file or gets a conflict copy is told; what lies beside texts as usual is not."""
    assert remark_on("a.docx", sort_of("a.docx"))
    copy = "a (conflicted copy 2018-04-10 093612).txt"
    remark = remark_on(copy, sort_of(copy))
    assert remark
    assert "a.txt" in remark.remedy
    assert copy in remark.remedy
    assert remark_on("a.jpg", sort_of("a.jpg")) is None
    assert remark_on(".a.docx", sort_of(".a.docx")) is None


@given(st.text(min_size=1).filter(lambda name: "/" not in name and "\0" not in name))
def test_every_name_has_one_meaning_and_can_be_printed(name: str) -> None:
    """Any name is sorted without an error, and its printable form stays on its line."""
    assert isinstance(sort_of(name), Sort)
    assert len(printable(name).splitlines()) <= 1
    assert "\x1b" not in printable(name)
    assert "\u202e" not in printable(name)


# -- looking -----------------------------------------------------------------------------------------------


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    folder = tmp_path / "feeds"
    folder.mkdir()
    return folder


def test_a_scan_and_a_glance_see_the_same(feeds: Path) -> None:
    """Looking at one path gives what a look at everything gives for it."""
    names = [b"a.txt", b"sub/b.txt", b"sub/_c.txt", b"drafts/d.txt", b"bad\xff.txt", "тест.md".encode()]
    for name in names:
        path = feeds / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (feeds / "link.txt").symlink_to("a.txt")
    found = list(scan(feeds))
    assert len(found) == len(names) + 1
    assert found == [glance(feeds, one.real or one.path) for one in found]
    assert [one.path for one in found] == sorted(one.path for one in found)


def test_hidden_folders_and_links_to_folders_are_not_entered(feeds: Path) -> None:
    """Nothing in a hidden folder or behind a link is seen; the link itself is."""
    outside = feeds.parent / "outside"
    for folder in (outside, feeds / ".stversions"):
        folder.mkdir()
        (folder / "a.txt").write_text("x")
    (feeds / "in.txt").symlink_to(outside)
    (feeds / "archive").symlink_to(outside)
    assert [(one.path, one.regular) for one in scan(feeds)] == [("archive", False), ("in.txt", False)]
    for found in scan(feeds):
        assert found.sort is Sort.TEXT
        said = read_bytes(feeds, found, LIMIT)
        assert isinstance(said, Problem)
        assert "this is a link" in said.fact
    assert glance(feeds, "in.txt/a.txt") is None
    assert glance(feeds, "../outside/a.txt") is None or sort_of("../outside/a.txt") is Sort.HIDDEN


def test_a_missing_folder_is_an_error_and_a_missing_file_is_not(feeds: Path) -> None:
    """A drop folder that cannot be read is told; a file that is not there is just not there."""
    assert glance(feeds, "a.txt") is None
    feeds.rmdir()
    with pytest.raises(OSError, match="feeds"):
        list(scan(feeds))


def found_at(feeds: Path, name: str) -> Found:
    found = glance(feeds, name)
    assert found
    return found


def test_bytes_are_read_as_they_are(feeds: Path) -> None:
    """A file of the largest size allowed is read whole, one byte more is refused unread."""
    (feeds / "a.txt").write_bytes(b"x" * LIMIT)
    assert read_bytes(feeds, found_at(feeds, "a.txt"), LIMIT) == b"x" * LIMIT
    (feeds / "a.txt").write_bytes(b"x" * (LIMIT + 1))
    problem = read_bytes(feeds, found_at(feeds, "a.txt"), LIMIT)
    assert isinstance(problem, Problem)
    assert "larger (1,001 bytes)" in problem.fact


def test_a_hard_link_to_a_private_file_is_not_read(feeds: Path) -> None:
    """A second name of a file that only its owner may read is a link; one of a public file is a text."""
    key = feeds.parent / "key"
    key.write_text("Update 01-06-2025\n\n- The key is 1234.\n", encoding="utf-8")
    os.link(key, feeds / "a.txt")
    for mode, read in ((0o600, False), (0o400, False), (0o640, True), (0o644, True)):
        key.chmod(mode)
        (found,) = scan(feeds)
        said = read_bytes(feeds, found, 1_000)
        assert isinstance(said, bytes) if read else isinstance(said, Problem) and "link" in said.fact


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(feeds: Path) -> None:
    """A path that was a file when it was seen and is a link when it is read stays unread."""
    (feeds.parent / "secret.txt").write_text("secret")
    (feeds / "sub").mkdir()
    (feeds / "sub" / "secret.txt").write_text("harmless")
    (feeds / "a.txt").write_text("harmless")
    seen = [found_at(feeds, "a.txt"), found_at(feeds, "sub/secret.txt")]
    (feeds / "a.txt").unlink()
    (feeds / "a.txt").symlink_to("../secret.txt")
    (feeds / "sub" / "secret.txt").unlink()
    (feeds / "sub").rmdir()
    (feeds / "sub").symlink_to("..")
    assert all(isinstance(read_bytes(feeds, one, LIMIT), Problem) for one in seen)


def test_a_folder_or_pipe_that_takes_the_place_of_a_file_is_refused(feeds: Path) -> None:
    """What was a file when it was seen and is something else when it is read is a problem, not an error."""
    (feeds / "a.txt").write_text("harmless")
    found = found_at(feeds, "a.txt")
    (feeds / "a.txt").unlink()
    (feeds / "a.txt").mkdir()
    assert isinstance(read_bytes(feeds, found, LIMIT), Problem)
    (feeds / "a.txt").rmdir()
    os.mkfifo(feeds / "a.txt")
    assert isinstance(read_bytes(feeds, found, LIMIT), Problem)


def test_a_file_that_never_stands_still_is_left_for_later(
    feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes under every attempt to read it is not taken half."""
    path = feeds / "a.txt"
    path.write_text("one")
    found = found_at(feeds, "a.txt")
    fstat = os.fstat

    def changing(descriptor: int) -> os.stat_result:
        seen = fstat(descriptor)
        with path.open("a") as opened:
            opened.write("more")
        return seen

    monkeypatch.setattr(os, "fstat", changing)
    problem = read_bytes(feeds, found, LIMIT)
    assert isinstance(problem, Problem)
    assert "still being written to" in problem.fact


def test_names_that_are_no_text_are_written_out() -> None:
    """Bytes that are no UTF-8 are shown as escapes, and two different names stay different."""
    assert shown(os.fsdecode(b"a\xff")) == "a\\xff"
    assert shown(os.fsdecode(b"a\xfe")) != shown(os.fsdecode(b"a\xff"))
    assert shown("тест") == "тест"


# -- is it finished ------------------------------------------------------------------------------------------


def test_a_lease_tells_whether_somebody_writes(feeds: Path) -> None:
    """While a file is open for writing it is not finished; a reader does not matter."""
    path = feeds / "a.txt"
    path.write_text("x")
    found = found_at(feeds, "a.txt")
    if not is_local(feeds) or is_written(feeds, found) is Writing.UNKNOWN:
        pytest.skip("this file system grants no leases")
    with path.open():
        assert is_written(feeds, found) is Writing.NO
    with path.open("a"):
        assert is_written(feeds, found) is Writing.YES
    assert is_written(feeds, found) is Writing.NO


def test_asking_does_not_keep_a_writer_out(feeds: Path) -> None:
    """Somebody who opens the file while it is being asked about gets in, and the program lives on."""
    path = feeds / "a.txt"
    path.write_text("x")
    found = found_at(feeds, "a.txt")

    def ask() -> None:
        for _ in range(2_000):
            is_written(feeds, found)

    asking = threading.Thread(target=ask)
    asking.start()
    opened = 0
    while asking.is_alive():
        with path.open("a"):
            opened += 1
    assert opened


def test_network_drives_are_told_apart() -> None:
    """The file system of the nearest mount decides, also with blanks in its name."""
    mounts = (
        "1 1 0:1 / / rw - ext4 x\n"
        "2 1 0:2 / /mnt/two\\040words rw shared:1 - nfs4 y\n"
        "3 1 0:3 / /mnt/near rw - fuse.sshfs z\n"
    )
    assert _kind("/mnt/two words/feeds", mounts) == "nfs4"
    assert _kind("/mnt/near", mounts) == "fuse.sshfs"
    assert _kind("/mnt/nearby/feeds", mounts) == "ext4"


def a_file(path: str, mark: str) -> Found:
    return Found(path, sort_of(path), f"5 {mark} 1 {mark}")


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["write", "delete", "wait", "close"])), max_size=30
    )
)
def test_every_version_is_handed_on_once_and_nothing_is_forgotten(steps: list[tuple[str, str]]) -> None:
    """Whatever happens to a few files, in the end each has been handed on as it is, or is gone."""
    there: dict[str, Found] = {}
    open_files: set[str] = set()
    waiting = Waiting(
        Pace(settle=2, grace=5, patience=1_000), lambda f: Writing.YES if f.path in open_files else Writing.NO
    )
    handed: dict[str, str] = {}
    now = 0.0

    def take() -> None:
        ready, gone = waiting.take(now)
        for one in ready:
            assert one.path not in open_files
            assert handed.get(one.path) != one.stat
            handed[one.path] = one.stat
        for path in gone:
            assert path not in there
            del handed[path]

    for number, (name, what) in enumerate(steps):
        now += 1
        if what == "write":
            there[name] = a_file(name + ".txt", str(number))
            open_files.add(name + ".txt")
        elif what == "delete":
            there.pop(name, None)
        elif what == "close":
            open_files.discard(name + ".txt")
        waiting.see_all(there.values(), now)
        take()
    open_files.clear()
    for _ in range(3):
        now += 10
        waiting.see_all(there.values(), now)
        take()
    assert handed == {one.path: one.stat for one in there.values()}
    assert waiting.next() is None


# -- what a publish makes of a look ------------------------------------------------------------------


def test_what_is_undecided_is_neither_read_nor_gone(tmp_path: Path) -> None:
    """A look leaves alone what it says is undecided, whether it is there or not."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", "Update 31-05-2025\n\n- The road at Alder is open.\n")
    studio.publish()
    from sitrep.publish.open_site import open_site

    opened = open_site(studio.folders)
    known = opened.archive.marks()
    opened.archive.close()
    looked = survey(Look(whole=True, unsettled=frozenset({"a.txt"})), known)
    assert looked.vanished == ()
    assert survey(Look(whole=True), known).vanished == ("a.txt",)
    assert survey(Look(), known).vanished == ()


def test_programs_leavings_are_no_files_of_the_site(feeds: Path) -> None:
    """Receipts, hidden files and working copies are neither read nor recorded."""
    for name in ("a.txt.error.txt", ".b.txt", "c.txt~"):
        (feeds / name).write_text("x")
    looked = survey(Look(found=tuple(scan(feeds)), whole=True), {})
    assert looked == survey(Look(whole=True), {})


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_guard_lets_few_deletions_through(gone: int, more: int) -> None:
    """Up to three files and a fifth, or one of several, are believed; the rest waits for a person."""
    names = {str(number) for number in range(gone)}
    believed = guard(names, gone + more, confirmed=False)
    few = gone <= 3 and more > 0 and (gone <= 1 or gone * 5 <= gone + more)
    assert believed.gone == (names if few else set())
    assert believed.gone | believed.kept_back == names
    assert guard(names, gone + more, confirmed=True).gone == names


def test_a_text_in_two_files_outlives_either(tmp_path: Path) -> None:
    """When one of two files that say the same goes, the update stays out from the other."""
    studio = Studio(tmp_path)
    text = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"
    for day in range(1, 8):
        studio.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report {day} from Birch.\n")
    studio.drop("a.txt", text)
    studio.publish()
    studio.drop("b.txt", text)
    assert any("word for word" in problem.fact for problem in studio.publish().problems)
    studio.take("a.txt")
    outcome = studio.publish()
    assert outcome.withdrawn == ()
    assert [one.updates for one in outcome.files if one.path == "b.txt"] == [("2025-05-31",)]


def test_an_edit_of_one_of_two_lets_the_other_out(tmp_path: Path) -> None:
    """A file that was refused because another said nearly the same comes out when that one changes day."""
    studio = Studio(tmp_path)
    text = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again since this morning.\n"
    studio.drop("a.txt", text)
    studio.publish()
    studio.drop("b.txt", text.replace("this morning", "that morning"))
    assert [one.state for one in studio.publish().files] == [State.REFUSED]
    studio.drop("a.txt", text.replace("31-05", "30-05"))
    outcome = studio.publish()
    states = {one.path: one.state for one in outcome.files}
    assert states["b.txt"] is State.PUBLISHED
    assert {path for path, one in states.items()} == {"a.txt", "b.txt"}


def test_a_renamed_folder_of_everything_is_no_deletion(tmp_path: Path) -> None:
    """All files under new names are the same updates: the guard does not stop it, nothing is withdrawn."""
    studio = Studio(tmp_path)
    for day in range(1, 8):
        studio.drop(f"may/{day}.txt", f"Update {day:02d}-05-2025\n\n- Report {day} from Birch.\n")
    studio.publish()
    (studio.folders.feeds / "may").rename(studio.folders.feeds / "2025")
    outcome = studio.publish()
    assert (outcome.withdrawn, outcome.kept_back, outcome.updates) == ((), (), 7)
