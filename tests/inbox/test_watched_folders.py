"""The watcher on what is renamed, deleted, replaced: nothing is gone before its time, nothing is missed."""

from __future__ import annotations

import shutil
from pathlib import Path

from sitrep.base.values import replace
from sitrep.inbox import watch
from sitrep.inbox.scan import Look, scan
from sitrep.inbox.wakeups import WakeUps
from tests.inbox.watching import QUICK, save_atomically, watched, write


def test_a_rename_hands_on_both_names_at_once(feeds: Path) -> None:
    """A renamed file is one look at the whole folder without the old name, however long the grace."""
    write(feeds / "a.txt")
    with watched(feeds) as watcher:
        (feeds / "a.txt").rename(feeds / "b.txt")
        look = watcher.look()
        assert look.whole
        assert [one.path for one in look.found] == ["b.txt"]
        assert look.unsettled == frozenset()


def test_a_renamed_folder_takes_its_files_along(feeds: Path) -> None:
    """The files of a folder are found under its new name, and in that same look no more under the old."""
    (feeds / "old").mkdir()
    write(feeds / "old" / "a.txt")
    with watched(feeds) as watcher:
        (feeds / "old").rename(feeds / "new")
        assert [one.path for one in watcher.look().found] == ["new/a.txt"]


def test_a_deletion_is_believed_after_the_grace(feeds: Path) -> None:
    """A file that is gone and stays gone is missing from the next look at the whole folder."""
    write(feeds / "a.txt")
    write(feeds / "b.txt")
    with watched(feeds, replace(QUICK, grace=0.2)) as watcher:
        (feeds / "a.txt").unlink()
        look = watcher.look()
        assert look.whole
        assert [one.path for one in look.found] == ["b.txt"]


def test_within_the_grace_nothing_is_decided(feeds: Path) -> None:
    """Any look before the grace is over says that the missing file is undecided."""
    write(feeds / "a.txt")
    write(feeds / "b.txt")
    with watched(feeds) as watcher:
        (feeds / "a.txt").unlink()
        (feeds / "b.txt").rename(feeds / "c.txt")
        look = watcher.look()
        assert look.whole
        assert look.unsettled == {"a.txt"}


def test_a_file_that_comes_back_was_never_gone(feeds: Path) -> None:
    """A file taken away and put back as it was is no change at all."""
    write(feeds / "a.txt")
    away = feeds.parent / "away.txt"
    with watched(feeds) as watcher:
        (feeds / "a.txt").rename(away)
        assert watcher.settle() == set()
        away.rename(feeds / "a.txt")
        watcher.settle()
        assert not any(look.whole for look in watcher.looks[1:])


def test_deletions_are_believed_together(feeds: Path) -> None:
    """Files deleted one after the other come in one look, so that the guard can count them."""
    for number in range(9):
        write(feeds / f"{number}.txt")
    with watched(feeds, replace(QUICK, grace=0.5)) as watcher:
        for number in range(8):
            (feeds / f"{number}.txt").unlink()
            watcher.draw()
        assert [one.path for one in watcher.look().found] == ["8.txt"]


def test_an_earlier_run_is_remembered(feeds: Path) -> None:
    """What was there at the end of the last run and is not now has its grace, too."""
    write(feeds / "a.txt")
    known = {one.path: one.stat for one in scan(feeds)} | {"b.txt": "7 7 7 7"}
    with watched(feeds, replace(QUICK, grace=0.3), known) as watcher:
        assert watcher.looks[0].unsettled == {"b.txt"}
        last = watcher.look()
        assert last.whole
        assert last.unsettled == frozenset()


def test_a_folder_that_is_replaced_is_watched_again(feeds: Path) -> None:
    """After feeds/ was deleted and made anew, a drop is seen through events as before."""
    write(feeds / "a.txt")
    with watched(feeds) as watcher:
        shutil.rmtree(feeds)
        watcher.notice("cannot be read")
        feeds.mkdir()
        watcher.notice("is back")
        write(feeds / "b.txt")
        watcher.until(lambda: "b.txt" in watcher.seen())
        save_atomically(feeds / "c.txt")
        watcher.until(lambda: "c.txt" in watcher.seen())
        assert watcher.looks[-1].unsettled == frozenset()
        assert not any(look.whole for look in watcher.looks[1:])


def test_a_folder_exchanged_for_another_is_noticed(feeds: Path) -> None:
    """Another folder under the same name is looked into, and listened to from then on."""
    other = feeds.with_name("other")
    other.mkdir()
    write(other / "new.txt")
    with watched(feeds) as watcher:
        feeds.rename(feeds.with_name("old"))
        other.rename(feeds)
        assert [one.path for one in watcher.look().found] == ["new.txt"]
        write(feeds / "newer.txt")
        assert [one.path for one in watcher.look().found] == ["newer.txt"]


def test_a_folder_that_goes_and_comes_back_loses_nothing(feeds: Path) -> None:
    """While feeds/ is away nothing is handed on as gone; back again, it is as if nothing had been."""
    write(feeds / "a.txt")
    away = feeds.with_name("away")
    with watched(feeds, replace(QUICK, grace=0.1)) as watcher:
        feeds.rename(away)
        watcher.notice("cannot be read")
        away.rename(feeds)
        watcher.notice("is back")
        assert watcher.settle() == set()
        assert not any(look.whole for look in watcher.looks[1:])


def test_a_dead_listener_is_replaced(feeds: Path) -> None:
    """When the observer's threads end, listening starts again, and what came meanwhile is found."""
    wakeups = WakeUps()
    watcher = watch._Watcher(feeds, QUICK, wakeups)
    stream = watcher.run()
    try:
        while next(stream) is not None:
            pass
        observer = watcher.ears._observer
        assert observer is not None
        for emitter in observer.emitters:
            emitter.stop()
            emitter.join()
        write(feeds / "a.txt")
        look = next(given for given in stream if isinstance(given, Look))
        assert [one.path for one in look.found] == ["a.txt"]
        assert watcher.ears._observer is not observer
    finally:
        wakeups.stop()
        watcher.ears.drop()
