"""Old texts that come while the program watches: late news, or an import, whatever batches they come in."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sitrep.inbox.scan import Look
from sitrep.inbox.wakeups import WakeUps
from sitrep.inbox.watch import changes
from sitrep.publish.outcome import Outcome
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.publishing import Studio
from tests.service.newsroom import PATIENCE, QUICK


@dataclass
class Watched:
    """A site that lives, its real watcher, and a test in the place of the program that waits for it."""

    studio: Studio
    wakeups: WakeUps = field(default_factory=WakeUps)

    def __post_init__(self) -> None:
        self.publisher = Publisher(self.studio.folders, lambda: self.studio.now, Log(io.StringIO()))
        marks = self.publisher.archive.marks()
        self.stream = changes(self.studio.folders.feeds, QUICK, self.wakeups, known=marks)
        self.publish(self.look())
        while next(self.stream) is not None:
            pass

    def drop(self, *days: int) -> None:
        """An old text for each of these days of March."""
        for day in days:
            self.studio.drop(f"{day}.txt", f"Update 2025-03-{day:02d}\n\n- Old notes of day {day} alone.\n")

    def look(self) -> Look:
        """What the watcher sees next."""
        end = time.monotonic() + PATIENCE
        while not isinstance(given := next(self.stream), Look):
            assert time.monotonic() < end
        return given

    def publish(self, look: Look) -> Outcome:
        """Publish it as the program does."""
        outcome = self.publisher.publish(look, more=lambda: self.wakeups.more)
        if outcome.unfinished:
            self.wakeups.again()
        return outcome

    def until_out(self, *days: int) -> None:
        """Publish what the watcher sees until all these days are online."""
        pages = [self.studio.folders.output / f"2025-03-{day:02d}/index.html" for day in days]
        while not all(page.exists() for page in pages):
            self.publish(self.look())

    def until_more_comes(self) -> None:
        """Wait until the watcher has heard of something that it has not looked at."""
        end = time.monotonic() + PATIENCE
        while not self.wakeups.more:
            assert time.monotonic() < end

    def at_noon(self) -> set[int]:
        """Days that are known as an import."""
        known = self.publisher.archive.month("2025-03")
        return {kept.date.day for kept in known if f"{kept.published:%d %H}" == f"{kept.date:%d} 09"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Watched]:
    studio = Studio(tmp_path / "site")
    studio.drop("new.txt", "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n")
    studio.publish()
    studio.later(days=3, hours=5)
    watched = Watched(studio)
    yield watched
    watched.wakeups.stop()
    watched.stream.close()
    watched.publisher.close()


def test_a_single_old_text_is_late_news(site: Watched) -> None:
    """It came out when it came, at once."""
    site.drop(1)
    site.until_out(1)
    assert not site.at_noon()


def test_the_first_file_of_an_import_is_judged_with_the_rest(site: Watched) -> None:
    """One that is read while others come waits for them, and all of them get noon of their dates."""
    site.drop(1)
    look = site.look()
    site.drop(*range(2, 12))
    site.until_more_comes()
    assert site.publish(look).unfinished == ("1.txt",)
    site.until_out(*range(1, 12))
    assert site.at_noon() == set(range(1, 12))


def test_an_import_that_trickles_in_is_one(site: Watched) -> None:
    """What comes one by one after more than a few is no news; an hour later one is news again."""
    for day in range(1, 9):
        site.drop(day)
        site.until_out(day)
    assert site.at_noon() == {6, 7, 8}
    site.studio.later(hours=1)
    site.drop(20)
    site.until_out(20)
    assert site.at_noon() == {6, 7, 8}


def test_a_date_put_right_waits_for_nobody(site: Watched) -> None:
    """A file that is out, or a new name of one, is read at once, whatever else comes."""
    site.drop(1)
    site.until_out(1)
    (site.studio.folders.feeds / "1.txt").rename(site.studio.folders.feeds / "2.txt")
    look = site.look()
    site.drop(3)
    site.until_more_comes()
    assert not site.publish(look).unfinished
