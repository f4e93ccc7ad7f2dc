"""The running program on a real folder: what is dropped comes out, and no fault ends it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from sitrep.base.values import replace
from tests.publishing import CONFIG, Studio, tree
from tests.service.newsroom import PATIENCE, QUICK, Newsroom, running

ROOT = Path(__file__).parents[2]
DAY = "2025-05-31"
TEXT = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with running(tmp_path) as room:
        yield room


# -- the ordinary day ---------------------------------------------------------------------------------


def test_a_drop_is_published(room: Newsroom) -> None:
    """A file that is dropped is a page when the program says so."""
    room.drop("a.txt", TEXT)
    room.wait("a.txt", "published", f"/{DAY}/")
    assert "The road at Alder is open again." in room.page(DAY)


def test_an_edit_is_told_item_by_item(room: Newsroom) -> None:
    """A save says how many items it changed, and the page shows the new words."""
    room.drop("a.txt", TEXT + "- The school at Birch is shut.\n")
    room.wait("a.txt", "published")
    room.studio.later(minutes=1)
    room.drop("a.txt", TEXT.replace("open again", "closed again") + "- The school at Birch is shut.\n")
    room.wait("a.txt", "updated")
    room.wait("1 item changed (1), 1 unchanged")
    assert "closed again" in room.page(DAY)


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


def strange_file(path: Path, kind: str, secret: Path) -> None:
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.fspath(path))
    elif kind == "a device":
        try:
            os.mknod(path, stat.S_IFCHR | 0o644, os.makedev(1, 5))
        except PermissionError:
            path.write_bytes(b"\x00")  # devices can only be made by root
    elif kind == "a link out":
        path.symlink_to(secret)
    elif kind == "a link to nothing":
        path.symlink_to("nowhere")
    elif kind == "a huge file":
        with path.open("wb") as opened:
            opened.truncate(2 * 1024**3)
    elif kind == "no text":
        path.write_bytes(b"\x7fELF\x00\x01" + bytes(range(256)) * 20)


KINDS = ["a pipe", "a socket", "a device", "a link out", "a link to nothing", "a huge file", "no text"]


def test_strange_files_are_refused_with_receipts(room: Newsroom, tmp_path: Path) -> None:
    """What is no text of ordinary size is refused by name, and the file beside it comes out."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Update 30-05-2025\n\n- Canary.\n")
    for kind in KINDS:
        strange_file(room.feeds / f"{kind}.txt", kind, secret)
        room.wait(f"{kind}.txt", "NOT published")
    room.settle()
    for kind in KINDS:
        assert "What to do" in room.receipt(f"{kind}.txt.error.txt")
    assert not any(b"Canary" in content for content in tree(room.output).values())


def test_a_folder_with_the_name_of_a_text(room: Newsroom) -> None:
    """A folder called x.txt is looked into like any other."""
    room.drop("x.txt/a.txt", TEXT)
    room.wait("x.txt/a.txt", "published")


def test_a_file_that_may_not_be_read(room: Newsroom) -> None:
    """A file without permission is refused, and published once it may be read."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    hidden = room.feeds / ".a"
    hidden.write_text(TEXT)
    hidden.chmod(0)
    hidden.rename(room.feeds / "a.txt")
    room.wait("a.txt", "NOT published")


ODD = [
    b"two\nlines.txt",
    b"\x1b[2Jbell\x07.txt",
    b"n" * 251 + b".txt",
    b"bad \xff\xfe.txt",
    "تحديث.txt".encode(),
    "\u202eevil.txt".encode(),
]


def test_odd_names_are_published_and_get_receipts(room: Newsroom) -> None:
    """Whatever a file is called, it is published, refused and told of without disturbing the terminal."""
    paths = [room.feeds / os.fsdecode(name) for name in ODD]
    for path in paths:
        path.write_text("no date here\n")
        room.wait("NOT published")
    room.settle()
    receipts = [path for path in room.feeds.iterdir() if path.name.endswith(".error.txt")]
    assert len(receipts) == len(ODD)
    assert all(len(os.fsencode(receipt.name)) <= 255 for receipt in receipts)
    for number, path in enumerate(paths, 11):
        path.write_text(TEXT.replace("31-05", f"{number}-05"))
        room.wait(f"/2025-05-{number}/")
    room.settle()
    assert not any(path.name.endswith(".error.txt") for path in room.feeds.iterdir())
    assert all(line.isprintable() for line in room.lines.said)


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
        room.wait("No space left".lower())
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


# -- as a process ------------------------------------------------------------------------------------------


def start(site: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ROOT / "sitegen.py", *arguments, "--site", site],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )


def read_until(process: subprocess.Popen[str], word: str) -> str:
    """Everything the process says up to a line with that word."""
    assert process.stdout
    said = ""
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        for line in process.stdout:
            said += line
            if word in line:
                return said
    finally:
        timer.cancel()
    raise AssertionError(f"it never said {word!r}, but:\n{said}")


def test_in_an_empty_folder_it_makes_a_site_and_stops_when_told(tmp_path: Path) -> None:
    """Without any argument: feeds/ and config.yaml are made, the address is told, SIGTERM ends it with 0."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "sitegen.py"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    )
    with process:
        said = read_until(process, "Ctrl-C stops")
        assert "made   feeds/" in said
        assert "http://127.0.0.1:" in said
        assert (tmp_path / "output" / "index.html").exists()
        (tmp_path / "feeds" / "a.txt").write_text(TEXT)
        read_until(process, f"/{DAY}/")
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_the_service_manager_is_told(tmp_path: Path) -> None:
    """READY comes when the site stands, a sign of life while it runs, STOPPING at the end (sd_notify)."""
    Studio(tmp_path / "site").drop("a.txt", TEXT)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(os.fspath(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        with start(tmp_path / "site", "watch", NOTIFY_SOCKET=os.fspath(tmp_path / "notify")) as process:
            heard = []
            while b"READY=1" not in heard:
                heard.append(manager.recv(4096))
            assert (tmp_path / "site" / "output" / DAY / "index.html").exists()
            while b"WATCHDOG=1" not in heard:
                heard.append(manager.recv(4096))
            process.send_signal(signal.SIGHUP)
            while not any(one.startswith(b"RELOADING=1") for one in heard):
                heard.append(manager.recv(4096))
            process.terminate()
            while b"STOPPING=1" not in heard:
                heard.append(manager.recv(4096))
            assert process.wait(PATIENCE) == 0
    assert any(one.startswith(b"STATUS=1 update") for one in heard)


@pytest.mark.parametrize("seen", [0, 1, 4])
@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_at_the_next_start(tmp_path: Path, seen: int) -> None:
    """After kill -9 in the middle of work the next run ends with the site that a clean build makes."""
    site = Studio(tmp_path / "site")
    for day in range(1, 7):
        site.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
    with start(site.root, "watch", "--log", "json") as process:
        for day in range(1, 7):
            site.drop(f"late {day}.txt", f"Update {day:02d}-04-2025\n\n- Report number {day} from Elm.\n")
            if day <= seen:
                read_until(process, f"late {day}.txt")
        process.kill()
        process.wait(PATIENCE)
    with start(site.root, "watch", "--log", "json") as process:
        read_until(process, '"event": "publish"')
        process.terminate()
        assert process.wait(PATIENCE) == 0
    clone = site.clone(tmp_path / "clone")
    built = subprocess.run(
        [sys.executable, ROOT / "sitegen.py", "build", "--site", clone.root], capture_output=True, check=False
    )
    assert built.returncode == 0
    assert tree(site.folders.output) == tree(clone.folders.output)


def test_two_programs_on_one_site_do_not_mix(tmp_path: Path) -> None:
    """A second program is told who works there already, and touches nothing."""
    site = Studio(tmp_path / "site")
    with start(site.root, "watch", "--log", "json") as process:
        read_until(process, '"event": "publish"')
        second = subprocess.run(
            [sys.executable, ROOT / "sitegen.py", "build", "--site", site.root],
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert f"process {process.pid}" in second.stderr
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_a_patient_pace_comes_from_the_configuration(tmp_path: Path) -> None:
    """What config.yaml says of watching is what the watcher does."""
    config = CONFIG + "watch: {settle: 0.5, rescan: 7, deletion_grace: 3}\n"
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from sitrep.service.service import pace_of
    from tests.service.newsroom import Lines

    studio = Studio(tmp_path, config=config)
    publisher = Publisher(studio.folders, lambda: studio.now, Log(Lines()))  # type: ignore[arg-type]
    assert pace_of(publisher) == replace(pace_of(publisher), settle=0.5, rescan=7.0, grace=3.0)
    publisher.close()
    assert QUICK.grace != 3.0


class _ForkedError(Exception):
    """A process was forked."""


@pytest.mark.parametrize("has_threads", [False, True], ids=["before the doors open", "after"])
def test_a_program_with_threads_is_not_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_threads: bool
) -> None:
    """A burst that processes would share is read and written by one, as soon as the site is served."""
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from tests.service.newsroom import Lines

    def fork() -> int:
        raise _ForkedError

    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    studio = Studio(tmp_path)
    publisher = Publisher(studio.folders, lambda: studio.now, Log(Lines()))  # type: ignore[arg-type]
    publisher.publish()
    if has_threads:
        publisher.in_one_process()
    for number in range(220):
        day = dt.date(2000, 1, 1) + dt.timedelta(days=number)
        studio.drop(f"{day}.txt", f"Update {day}\n\n- Day {number}.\n")
    monkeypatch.setattr(os, "fork", fork)
    with nullcontext() if has_threads else pytest.raises(_ForkedError):
        assert len(publisher.publish().published) == 220
    publisher.close()
