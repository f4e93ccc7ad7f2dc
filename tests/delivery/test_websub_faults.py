"""Hubs that fail, hang, redirect or are gone: told again later, and no publish waits for one."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.delivery import websub
from sitrep.delivery.websub import TRIES, Fault, post
from sitrep.delivery.websub_queue import Hubs
from sitrep.publish.open_site import read_config
from sitrep.report.log import Log
from sitrep.report.look import look
from sitrep.report.status import tell_status
from sitrep.report.status_page import to_status_page
from tests.delivery.test_websub import FIRST, PATIENCE, SECOND, config_with, current_feeds, hub
from tests.publishing import Studio

# -- failures ----------------------------------------------------------------------------------------------


class Clock:
    """Seconds since 1970, moved by the test."""

    def __init__(self) -> None:
        self.now = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """Hubs of a site with one update, told by a clock of our own."""

    studio: Studio
    clock: Clock = field(default_factory=Clock)
    said: StringIO = field(default_factory=StringIO)
    asked: list[str] | None = None
    """Topics that hubs are asked for while none answers; None while they do."""
    hubs: Hubs = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        def tell(to: str, topic: str) -> Fault | None:
            if self.asked is None:
                return post(to, topic, PATIENCE)
            self.asked.append(topic)
            return Fault(text="it does not answer", reached=False)

        self.hubs = Hubs(self.studio.folders.websub, Log(self.said).notice, tell=tell, clock=self.clock)

    def tell(self, seconds: float = PATIENCE) -> None:
        """Note how things stand, and wait until nothing is due."""
        archive = Archive(self.studio.folders.archive, read_only=True)
        try:
            self.hubs.note(archive, read_config(self.studio.folders))
        finally:
            archive.close()
        self.hubs.begin()
        self.hubs.look()
        self.hubs.finish(seconds)

    def restart(self) -> None:
        self.hubs.end()
        self.start()


@contextmanager
def desk(root: Path, *hubs: str) -> Iterator[Desk]:
    """The site stands, nobody was told yet."""
    studio = Studio(root, config=config_with(*hubs))
    studio.drop("one.txt", FIRST)
    studio.publish()
    made = Desk(studio)
    try:
        yield made
    finally:
        made.hubs.end()


def test_a_topic_that_failed_is_told_again_and_no_other(tmp_path: Path) -> None:
    """After a 500 the one feed is announced once more, when its wait is over."""
    topic = "https://example.org/north/rss.xml"
    with hub() as mine, desk(tmp_path / "site", mine.address) as at_work:
        mine.answers[topic] = 500
        at_work.tell()
        assert mine.topics() == current_feeds(at_work.studio)
        at_work.tell()
        assert mine.topics()[topic] == 1
        at_work.clock.now += websub.FIRST_WAIT - 1
        at_work.tell()
        assert mine.topics()[topic] == 1
        mine.answers.clear()
        at_work.clock.now += 2
        at_work.tell()
        assert mine.topics()[topic] == 2
        assert len(mine.told) == 1 + sum(current_feeds(at_work.studio).values())
        said = at_work.said.getvalue()
        assert said.count("could not be told of changed feeds: it answers 500; trying again") == 1
        assert said.count("takes announcements again") == 1


def test_what_a_hub_has_not_taken_is_kept_over_a_restart(tmp_path: Path) -> None:
    """Another run goes on where the last one stopped: the same topic, the same wait."""
    topic = "https://example.org/items/feed.json"
    with hub() as mine, desk(tmp_path / "site", mine.address) as at_work:
        mine.answers[topic] = 503
        at_work.tell()
        at_work.restart()
        at_work.tell()
        assert mine.topics()[topic] == 1
        mine.answers.clear()
        at_work.clock.now += websub.FIRST_WAIT + 1
        at_work.restart()
        at_work.tell()
        assert mine.topics()[topic] == 2
        assert len(mine.told) == 1 + sum(current_feeds(at_work.studio).values())


def test_a_hub_that_does_not_answer_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """After the first silence it is not asked for the other topics, and they all come when it answers."""
    with hub() as mine, desk(tmp_path / "site", mine.address) as at_work:
        at_work.asked = []
        at_work.tell()
        assert len(at_work.asked) == 1
        assert "it does not answer" in at_work.said.getvalue()
        at_work.asked = None
        at_work.clock.now += websub.FIRST_WAIT + 1
        at_work.tell()
        assert mine.topics() == current_feeds(at_work.studio)


def test_a_hub_that_is_away_holds_up_no_other(tmp_path: Path) -> None:
    """The one that answers is told of everything in the same round."""
    with socket.socket() as taken_port:
        taken_port.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{taken_port.getsockname()[1]}/"
        with hub() as mine, desk(tmp_path / "site", away, mine.address) as at_work:
            at_work.tell()
            assert mine.topics() == current_feeds(at_work.studio)
            assert f"{away} could not be told of changed feeds: connection refused" in at_work.said.getvalue()


def test_what_is_given_up_is_said_and_tried_again_when_the_feed_changes(tmp_path: Path) -> None:
    """After so many tries the log, the status and its page name the hub and why; a new change begins anew."""
    with hub() as mine, desk(tmp_path / "site", mine.address) as at_work:
        mine.answers[""] = 410
        for _ in range(TRIES + 2):
            at_work.tell()
            at_work.clock.now += websub.LONGEST_WAIT + 1
        feeds = sum(current_feeds(at_work.studio).values())
        assert len(mine.told) == TRIES * feeds
        assert "was not told of 1 changed feed, given up after 12 tries: it answers 410" in (
            at_work.said.getvalue()
        )
        status, config = look(at_work.studio.folders, at_work.studio.now)
        assert status.exit_code == 1
        line = f"hub {mine.address} was not told of {feeds} changed feeds, given up after 12 tries"
        assert line in "\n".join(tell_status(status, config))
        archive = Archive(at_work.studio.folders.archive, read_only=True)
        assert line in to_status_page(at_work.studio.folders, archive, config, at_work.studio.now)
        archive.close()

        mine.answers.clear()
        mine.told.clear()
        at_work.studio.later(days=1)
        at_work.studio.drop("two.txt", SECOND)
        at_work.studio.publish()
        at_work.tell()
        assert mine.topics() == current_feeds(at_work.studio, "updates", "south", "items")


def test_a_feed_that_changes_while_a_hub_is_told_is_told_again(tmp_path: Path) -> None:
    """The hub may have fetched either; so it hears of the newer one as well."""
    told: list[str] = []
    with desk(tmp_path / "site", "http://127.0.0.1:9/") as at_work:
        studio = at_work.studio

        def tell(to: str, topic: str) -> Fault | None:
            told.append(topic)
            if topic == "https://example.org/feed.xml" and told.count(topic) == 1:
                studio.later(days=1)
                studio.drop("one.txt", FIRST + "- The ferry runs.\n")
                studio.publish()
                archive = Archive(studio.folders.archive, read_only=True)
                at_work.hubs.note(archive, read_config(studio.folders))
                archive.close()
            return None

        at_work.hubs = Hubs(studio.folders.websub, Log(at_work.said).notice, tell=tell, clock=at_work.clock)
        at_work.tell()
    # In order of address: the feeds before it had been told of as they were, the others had not.
    changed = current_feeds(studio, "updates", "north", "items")
    before = [topic for topic in changed if topic <= "https://example.org/feed.xml"]
    assert Counter(told) == current_feeds(studio) + Counter(before)
    assert "https://example.org/feed.xml" in before


def test_a_redirect_is_not_followed() -> None:
    """Neither as another POST nor as a GET: nobody but the configured hub is told."""
    with hub() as mine:
        mine.answers[""] = 307
        assert post(mine.address, "https://example.org/feed.xml") == Fault(
            text="it answers 307 (it has moved)", reached=True
        )
        mine.answers[""] = 302
        assert post(mine.address, "https://example.org/feed.xml") is not None
        assert mine.others == []
        assert len(mine.told) == 2


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:,x", "http://[x/"])
def test_a_hub_is_spoken_to_in_http_only(address: str) -> None:
    """Any other scheme is a fault, and nothing is opened."""
    fault = post(address, "https://example.org/feed.xml")
    assert fault is not None
    assert not fault.reached
