"""The watcher on real folders with the real observer: what is finished is handed on, once, and no more."""

from __future__ import annotations

import errno
import gc
import mmap
import os
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitrep.base.values import replace
from sitrep.inbox import watch, write_leases
from sitrep.inbox.scan import Sort, scan
from sitrep.inbox.wakeups import MOST_HINTS, WakeUps
from tests.inbox.watching import QUICK, TEXT, save_atomically, watched, write


def save_like_vim(path: Path) -> None:
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.rename(backup)
    path.write_text(TEXT)
    backup.unlink(missing_ok=True)


def move_in(path: Path) -> None:
    outside = path.parents[1] / "outside.txt"
    outside.write_text(TEXT)
    outside.rename(path)


def link_in(path: Path) -> None:
    outside = path.parents[1] / "linked.txt"
    outside.write_text(TEXT)
    path.unlink(missing_ok=True)
    os.link(outside, path)


def write_through_a_map(path: Path) -> None:
    path.write_text("\0" * len(TEXT))
    with path.open("r+b") as opened, mmap.mmap(opened.fileno(), 0) as mapped:
        mapped[:] = TEXT.encode()


def write_in_pieces(path: Path) -> None:
    with path.open("w") as opened:
        for letter in TEXT:
            opened.write(letter)
            opened.flush()


SAVES = [write, save_atomically, save_like_vim, move_in, link_in, write_through_a_map, write_in_pieces]


@pytest.mark.parametrize("save", SAVES)
def test_a_new_file_is_handed_on_when_it_is_whole(feeds: Path, save: Callable[[Path], None]) -> None:
    """However a program writes a file, it is handed on without a wait, and by then it is whole."""
    with watched(feeds) as watcher:
        save(feeds / "a.txt")
        look = watcher.look()
        assert [one.path for one in look.found] == ["a.txt"]
        assert not look.whole
        assert (feeds / "a.txt").read_text() == TEXT


@pytest.mark.parametrize("save", SAVES)
def test_a_file_that_is_saved_again_is_handed_on_and_never_missed(
    feeds: Path, save: Callable[[Path], None]
) -> None:
    """A save over an old version, by any program, is one more sight of it and never a deletion."""
    (feeds / "a.txt").write_text("Update 05-12-2024\n\n- Older, and longer than what comes after it.\n")
    with watched(feeds, replace(QUICK, grace=0.3)) as watcher:
        save(feeds / "a.txt")
        assert "a.txt" in watcher.seen(1) | watcher.settle()
        assert not any(look.whole for look in watcher.looks[1:])


def test_same_size_and_time_are_still_a_change(feeds: Path) -> None:
    """A version with the size and the time stamp of the old one is noticed when it is renamed into place."""
    (feeds / "a.txt").write_text("one")
    stamp = (feeds / "a.txt").stat().st_mtime_ns
    with watched(feeds) as watcher:
        other = feeds / ".a"
        other.write_text("two")
        os.utime(other, ns=(stamp, stamp))
        other.rename(feeds / "a.txt")
        assert [one.path for one in watcher.look().found] == ["a.txt"]


def test_a_file_that_is_still_open_is_left_alone(feeds: Path) -> None:
    """A slow copy is not handed on before its writer closes it, though other files are."""
    with watched(feeds) as watcher:
        with (feeds / "slow.txt").open("w") as opened:
            opened.write(TEXT)
            opened.flush()
            assert watcher.settle() == set()
            opened.write(TEXT)
        assert [one.path for one in watcher.look().found] == ["slow.txt"]


def test_a_file_left_open_is_read_after_all(feeds: Path) -> None:
    """A program that never closes a file it wrote delays it by the time of patience, not for ever."""
    with watched(feeds, replace(QUICK, patience=0.2)) as watcher, (feeds / "log.txt").open("w") as opened:
        opened.write(TEXT)
        opened.flush()
        assert [one.path for one in watcher.look().found] == ["log.txt"]


def test_an_empty_file_waits_for_its_words(feeds: Path) -> None:
    """A file made empty first and filled later is handed on with its words, at once when they come."""
    with watched(feeds, replace(QUICK, settle=3600.0)) as watcher:
        (feeds / "a.txt").touch()
        assert watcher.settle() == set()
        (feeds / "a.txt").write_text(TEXT)
        look = watcher.look()
        assert [(one.path, one.size) for one in look.found] == [("a.txt", len(TEXT))]


def test_where_nobody_can_tell_silence_decides(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a network drive, without events or leases, a file is handed on once it has been quiet."""
    monkeypatch.setattr(watch, "is_local", lambda folder: False)
    monkeypatch.setattr(watch, "_listen", refuse)
    with watched(feeds, replace(QUICK, rescan=0.05)) as watcher:
        watcher.notice("every few seconds")
        with (feeds / "a.txt").open("w") as opened:
            opened.write(TEXT)
            opened.flush()
            assert [one.path for one in watcher.look().found] == ["a.txt"]
        assert watcher.settle() == set()


def test_where_there_are_no_leases_silence_decides(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS, which knows no leases and has no /proc, a finished file is handed on all the same."""
    monkeypatch.setattr(write_leases, "sys", SimpleNamespace(platform="darwin"))
    for name in ("F_SETLEASE", "F_SETSIG"):
        monkeypatch.delattr(write_leases.fcntl, name)
    assert not write_leases.is_local(feeds)
    with watched(feeds, replace(QUICK, rescan=0.05)) as watcher:
        watcher.notice("only Linux tells who is writing")
        write(feeds / "a.txt")
        watcher.until(lambda: "a.txt" in watcher.seen())


def refuse(feeds: Path, wakeups: WakeUps) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_without_watches_the_timer_finds_everything(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system gives no more watches, that is said once and the files are found by looking."""
    monkeypatch.setattr(watch, "_listen", refuse)
    with watched(feeds, replace(QUICK, rescan=0.05)) as watcher:
        for name in ("a.txt", "b.txt"):
            write(feeds / name)
            watcher.until(lambda name=name: name in watcher.seen())  # type: ignore[misc]
        assert len(watcher.notices) == 1


def test_reading_a_file_starts_nothing(feeds: Path) -> None:
    """A publish reads files and lays receipts beside them; the watcher does not wake from that."""
    write(feeds / "a.txt")
    with watched(feeds) as watcher:
        (feeds / "a.txt").read_bytes()
        list(scan(feeds))
        (feeds / ".a.txt.error.txt.tmp").write_text("x")
        (feeds / ".a.txt.error.txt.tmp").rename(feeds / "a.txt.error.txt")
        (feeds / "a.txt.error.txt").unlink()
        assert watcher.settle() == set()


@pytest.mark.parametrize(
    "name",
    [".a.txt", "a.txt~", ".a.txt.swp", "a.txt.part", "a.tmp", "~$a.txt", ".syncthing.a.txt.tmp"],
)
def test_what_programs_leave_behind_starts_nothing(feeds: Path, name: str) -> None:
    """Hidden files, backups, partial downloads and temporaries of sync programs wake nobody."""
    with watched(feeds) as watcher:
        write(feeds / name)
        assert watcher.settle() == set()


def test_a_thousand_files_are_a_few_looks(feeds: Path) -> None:
    """A burst of files is handed on together, none of them twice and none forgotten."""
    with watched(feeds) as watcher:
        for number in range(1_000):
            save_atomically(feeds / f"{number}.txt")
        watcher.until(lambda: len(watcher.seen(1)) == 1_000)
        assert sum(len(look.found) for look in watcher.looks[1:]) == 1_000
        assert len(watcher.looks) <= 50


def test_a_folder_that_arrives_full_is_looked_into(feeds: Path) -> None:
    """Files of a folder that was moved in, or made and filled at once, are found."""
    outside = feeds.parent / "outside"
    (outside / "deep").mkdir(parents=True)
    write(outside / "deep" / "a.txt")
    with watched(feeds) as watcher:
        outside.rename(feeds / "in")
        assert [one.path for one in watcher.look().found] == ["in/deep/a.txt"]
        (feeds / "made" / "deep").mkdir(parents=True)
        write(feeds / "made" / "deep" / "b.txt")
        watcher.until(lambda: "made/deep/b.txt" in watcher.seen())


def test_what_is_no_file_is_handed_on_unopened(feeds: Path) -> None:
    """Links, pipes, sockets and devices are reported as what they are; a pipe's writer stays unanswered."""
    outside = feeds.parent / "secret.txt"
    outside.write_text("secret")
    with watched(feeds) as watcher:
        (feeds / "link.txt").symlink_to(outside)
        os.mkfifo(feeds / "pipe.txt")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.fspath(feeds / "socket.txt"))
            watcher.until(lambda: watcher.seen() == {"link.txt", "pipe.txt", "socket.txt"})
        found = [one for look in watcher.looks for one in look.found]
        assert not any(one.regular for one in found)
        with pytest.raises(OSError, match="No such device"):
            os.open(feeds / "pipe.txt", os.O_WRONLY | os.O_NONBLOCK)


ODD = [
    b"two\nlines.txt",
    b"bell\x07\x1b[2J.txt",
    b"n" * 251 + b".txt",
    b"bad \xff\xfe.txt",
    b"bad \xfe\xff.txt",
]


@pytest.mark.parametrize("name", [*ODD, "\u202etxt.exe.txt".encode(), "تحديث.txt".encode()])
def test_odd_names_are_seen(feeds: Path, name: bytes) -> None:
    """Any name that the system allows is handed on as text that can be stored, and can be read by it."""
    with watched(feeds) as watcher:
        (feeds / os.fsdecode(name)).write_text(TEXT)
        (found,) = watcher.look().found
        assert found.sort is Sort.TEXT
        found.path.encode()
        assert os.fsencode(found.real or found.path) == name


def test_two_names_that_are_no_text_stay_two(feeds: Path) -> None:
    """Names that differ only in bytes that are no UTF-8 are still two files."""
    with watched(feeds) as watcher:
        for byte in (b"\xff", b"\xfe"):
            (feeds / os.fsdecode(byte + b".txt")).write_text(TEXT)
        watcher.until(lambda: len(watcher.seen(1)) == 2)


def test_another_whole_look_can_be_asked_for(feeds: Path) -> None:
    """After a publish that failed, everything is handed on once more."""
    write(feeds / "a.txt")
    with watched(feeds) as watcher:
        watcher.wakeups.again()
        look = watcher.look()
        assert look.whole
        assert [one.path for one in look.found] == ["a.txt"]


def test_a_lost_flood_of_hints_ends_in_a_look_everywhere() -> None:
    """Hints beyond a bound are not kept; that there were any is."""
    wakeups = WakeUps()
    for number in range(3 * MOST_HINTS):
        wakeups.ring(f"{number}.txt")
    assert "" in wakeups.hear(0)
    heard = set[str]()
    while hints := wakeups.hear(0):
        heard |= hints
    assert len(heard) <= MOST_HINTS


@pytest.mark.slow
def test_many_events_leave_nothing_in_memory(feeds: Path) -> None:
    """Two thousand saves of the same few files later the program holds no more than after two hundred."""
    with watched(feeds) as watcher:

        def save(times: int) -> int:
            for number in range(times):
                (feeds / f"{number % 5}.txt").write_text(f"{number}")
                if number % 20 == 0:
                    watcher.settle()
                    watcher.looks.clear()
                    for marker in feeds.glob("marker*"):
                        marker.unlink()
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

        tracemalloc.start()
        try:
            before = save(200)
            after = save(2_000)
        finally:
            tracemalloc.stop()
    assert after - before < 100_000
