"""A text is never read while it is written: not by a build that looks once, nor under a reading."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest

from sitrep.inbox import finished_look, scan
from sitrep.inbox.scan import Look, glance, read_bytes, unfinished
from sitrep.inbox.write_leases import is_local
from sitrep.publish import see
from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.publishing import Studio

HALF = "Update 01-06-2025\n\n– Alder is quiet, and the canary must wait.\n"
HELD = "---\ndraft: true\n---\n" + HALF
DAY = "Update 31-05-2025\n\n– Elm is open.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = Studio(tmp_path)
    if not is_local(tmp_path):
        pytest.skip("this file system does not tell who writes")
    made.drop("day.txt", DAY)
    return made


@pytest.fixture
def writer(studio: Studio) -> Iterator[IO[str]]:
    """A program that has written the first half of a file and has not closed it."""
    with (studio.folders.feeds / "a.txt").open("w") as opened:
        opened.write(HALF)
        opened.flush()
        yield opened


def test_a_build_waits_for_a_writer(studio: Studio, writer: IO[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that looks once waits until a text is finished, and publishes it whole."""

    def ends(seconds: float) -> None:
        writer.write("– Elm news.\n")
        writer.close()

    monkeypatch.setattr(finished_look.time, "sleep", ends)
    outcome = studio.publish()
    assert (outcome.unfinished, outcome.exit_code) == ((), 0)
    assert "Elm news" in studio.tree()["2025-06-01/index.html"].decode()


def test_a_build_does_not_wait_for_ever_and_says_so(
    studio: Studio, writer: IO[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is not finished in time is left out with a word and exit code 1; all else is published."""
    monkeypatch.setattr(see, "LONGEST", 0.0)
    outcome = studio.publish()
    assert (outcome.unfinished, outcome.exit_code, outcome.updates) == (("a.txt",), 1, 1)
    assert not any(b"canary" in content for content in studio.tree().values())
    writer.close()
    assert studio.publish().published == ("2025-06-01",)


@pytest.mark.parametrize("asked", ["2025-05-31.forget", "deletions.yes"])
def test_who_asks_by_a_file_does_not_wait_for_another_writer(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """Beside a watcher a request is carried out at once, also while somebody keeps another text open."""
    slept = [0.0]
    clock = SimpleNamespace(monotonic=lambda: sum(slept), sleep=slept.append, time=time.time)
    monkeypatch.setattr(finished_look, "time", clock)
    studio.drop("other.txt", DAY.replace("31-05", "30-05").replace("Elm", "Alder"))
    publisher = Publisher(studio.folders, lambda: studio.now, Log(StringIO()), processes=1)
    publisher.publish()
    with (studio.folders.feeds / "a.txt").open("w") as opened:
        opened.write(HALF)
        opened.flush()
        if asked == "deletions.yes":
            studio.take("other.txt")
            studio.take("day.txt")
        studio.drop(asked, "")
        publisher.publish(
            finished_look.finished_look(studio.folders.feeds, publisher.archive.marks(), 0.0, 0.0)
        )
    assert sum(slept) <= 2 * publisher.config.watch.settle + 0.5 < see.LONGEST
    assert not (studio.folders.feeds / asked).exists()
    assert not any(b"Elm is open" in content for content in studio.tree().values())
    publisher.close()


def test_an_open_file_takes_nothing_back(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is out stays as it is while its file is written anew."""
    studio.publish()
    before = studio.tree()
    monkeypatch.setattr(see, "LONGEST", 0.0)
    with (studio.folders.feeds / "day.txt").open("w"):
        assert studio.publish().unfinished == ("day.txt",)
    assert studio.tree() == before


def test_whoever_begins_to_write_under_a_reading_is_noticed(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was finished when it was asked about and is being written when it is read is not taken."""
    feeds, path = studio.folders.feeds, studio.folders.feeds / "a.txt"
    path.write_text(HELD)
    found = glance(feeds, "a.txt")
    assert found is not None
    fstat = os.fstat
    with path.open("r+") as opened:
        path.write_text(HELD)

        def torn(descriptor: int) -> os.stat_result:
            opened.truncate(0)
            opened.seek(0)
            opened.write(HALF)
            opened.flush()
            return fstat(descriptor)

        with monkeypatch.context() as patched:
            patched.setattr(scan.os, "fstat", torn)
            taken = read_bytes(feeds, found, 10_000)
        assert taken == unfinished("a.txt")


def test_a_watcher_reads_it_when_it_is_finished(studio: Studio) -> None:
    """A text that was open when it was handed on is read at the next look, though nothing was written."""
    feeds = studio.folders.feeds
    site = open_site(studio.folders, processes=1)
    publish(site, now=studio.now)
    with (feeds / "a.txt").open("w") as opened:
        opened.write(HALF)
        opened.flush()
        found = glance(feeds, "a.txt")
        assert found is not None
        outcome = publish(site, Look(found=(found,)), now=studio.now)
        assert (outcome.unfinished, outcome.files, outcome.written) == (("a.txt",), (), 0)
    assert publish(site, Look(found=(found,)), now=studio.now).published == ("2025-06-01",)
    site.close()


def test_a_file_that_stays_open_is_read_in_the_end(
    studio: Studio, writer: IO[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that never closes what it wrote delays it, not for ever."""
    monkeypatch.setattr(see, "LONGEST", 0.0)
    monkeypatch.setattr(scan, "PATIENCE", 0.0)
    assert read_bytes(studio.folders.feeds, glance(studio.folders.feeds, "a.txt"), 10_000) == HALF.encode()  # type: ignore[arg-type]
