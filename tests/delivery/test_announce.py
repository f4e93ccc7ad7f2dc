"""Announcing: once an update, to each service, in the author's words; never a draft, an edit, an import."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.archive.archive import Archive
from sitrep.base.errors import SiteError
from sitrep.config.values import Config
from sitrep.delivery.announce import MANY, TRIES, Announcer
from sitrep.delivery.announced import Announced
from sitrep.delivery.notices import Notice
from sitrep.delivery.services import read_services
from sitrep.publish.open_site import read_config
from tests.delivery.sites import LATER, SECOND, site
from tests.publishing import Studio

PATIENCE = 20.0


@dataclass
class Follower:
    """A service that takes notices, or does not."""

    id: str = "a"
    name: str = "Birds"
    takes: bool = True
    told: list[Notice] = field(default_factory=list)
    tries: int = 0

    def tell(self, notice: Notice) -> bool:
        self.tries += 1
        if self.takes:
            self.told.append(notice)
        return self.takes


@dataclass
class Desk:
    """A site whose publishes are announced, by a clock of its own."""

    studio: Studio
    follower: Follower = field(default_factory=Follower)
    said: list[str] = field(default_factory=list)
    announcer: Announcer | None = None

    def publish(self, *, begin: bool = True) -> None:
        keys = self.studio.publish().published
        if self.announcer is None:
            services: Callable[[Config], tuple[Follower, ...]] = lambda _: (self.follower,)  # noqa: E731
            self.announcer = Announcer(
                self.studio.folders,
                self.said.append,
                services=services,  # type: ignore[arg-type]
                clock=lambda: self.now,
            )
        archive = Archive(self.studio.folders.archive, read_only=True)
        try:
            self.announcer.note(archive, read_config(self.studio.folders), keys)
        finally:
            archive.close()
        if begin:
            self.announcer.begin()
            assert self.announcer.idle(PATIENCE)

    def restart(self) -> None:
        assert self.announcer is not None
        self.announcer.end()
        self.announcer = None

    def drop(self, name: str, text: str) -> None:
        self.studio.later(hours=1)
        self.studio.drop(name, text)
        self.publish()

    @property
    def now(self) -> float:
        return self.studio.now.timestamp()

    def until(self, instant: float) -> None:
        """Let the clock run until then, and the announcer look at it."""
        self.studio.later(seconds=instant - self.now)
        assert self.announcer is not None
        self.announcer.look()
        assert self.announcer.idle(PATIENCE)

    @property
    def links(self) -> list[str]:
        return [notice.link for notice in self.follower.told]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(site(tmp_path / "site"))
    desk.publish()
    yield desk
    if desk.announcer:
        desk.announcer.end()
        assert desk.announcer.idle(PATIENCE)


def test_an_update_is_announced_once(desk: Desk) -> None:
    """A drop is announced when it comes out; its edit, and what was online before, are not."""
    assert desk.links == []
    desk.drop("b.txt", SECOND)
    desk.drop("b.txt", SECOND.replace("flour", "flour and bread"))
    desk.publish()
    assert desk.links == ["https://example.org/2025-05-31/"]


def test_a_correction_is_told_where_it_is_asked_for(desk: Desk) -> None:
    """Once, with its label, the words that are right and its own address; never where nobody asked."""
    desk.drop("b.txt", SECOND)
    desk.drop("b.txt", SECOND.replace("has flour", "has no flour and no bread"))
    assert len(desk.links) == 1
    config = desk.studio.folders.config
    config.write_text(f"{config.read_text()}announce: {{corrections: true}}\n")
    desk.drop("b.txt", SECOND.replace("The mill at Elm has flour", "Reportedly the mill at Elm burned"))
    desk.publish()
    assert desk.links[1:] == ["https://example.org/2025-05-31/#i1"]
    assert desk.follower.told[-1].lines[1] == "– Reported: The mill at Elm burned."


def test_a_draft_is_not_announced(desk: Desk) -> None:
    """A draft is not announced until it is published, then once."""
    desk.drop("_b.txt", SECOND)
    assert desk.links == []
    desk.studio.take("_b.txt")
    desk.drop("b.txt", SECOND)
    assert len(desk.links) == 1


def test_hedges_are_kept(desk: Desk) -> None:
    """A rumor is announced as one."""
    desk.drop("c.txt", LATER)
    assert desk.follower.told[0].text(500) == (
        "– Unconfirmed: The bridge at Birch is closed.\nRumors 1\n\nhttps://example.org/2025-06-01/"
    )


def test_many_at_once_are_one_notice(desk: Desk) -> None:
    """More than a few updates that come out together are told in one notice with the address of the site."""
    desk.studio.later(hours=1)
    news = ("bread at the mill of Alder", "no water in Birch", "a school reopens", "snow on the pass")
    assert len(news) > MANY
    for number, text in enumerate(news):
        desk.studio.drop(f"{number}.txt", f"Update 01-06-2025\n\n- There is {text}.\n")
    desk.publish()
    assert desk.links == ["https://example.org/"]


def test_a_service_that_fails_is_tried_again_and_given_up(desk: Desk) -> None:
    """What a service does not take is tried again, told once on the log, and in the end given up."""
    desk.follower.takes = False
    desk.drop("b.txt", SECOND)
    record = Announced(desk.studio.folders.work)
    while record.due():
        desk.until(record.due()[0].next_try)
    assert desk.follower.tries == TRIES
    assert len(desk.said) == 2
    assert desk.said[-1].startswith("Birds was not told of 2025-05-31, given up")


def test_a_restart_forgets_nothing_and_repeats_nothing(desk: Desk) -> None:
    """What waits is told by the next run; what was told, or was being told when the program died, is not."""
    desk.follower.takes = False
    desk.drop("b.txt", SECOND)
    desk.restart()
    desk.follower.takes = True
    desk.studio.later(hours=3)
    desk.publish()
    assert len(desk.links) == 1
    desk.restart()
    record = Announced(desk.studio.folders.work)
    record.queue(["a"], ("2025-05-30",))
    record.sending(record.due()[0])
    desk.publish()
    assert len(desk.links) == 1


def test_what_was_taken_back_is_not_announced(desk: Desk) -> None:
    """An update that is withdrawn before a service could be told of it is not told."""
    desk.follower.takes = False
    desk.drop("b.txt", SECOND)
    desk.drop("b.txt", f"---\nwithdraw: it was wrong\n---\n{SECOND}")
    desk.follower.takes = True
    desk.until(desk.now + 10_000)
    assert desk.links == []


def test_old_texts_are_not_announced(desk: Desk) -> None:
    """A text of long ago that is brought in is published and not announced, whatever time it gives."""
    desk.drop("old.txt", "Update 03-02-2021, 18:30\n\n- The ferry at Dogwood runs.\n")
    assert desk.links == []


def test_an_address_of_this_machine_is_not_announced(tmp_path: Path) -> None:
    """A site that only this machine can open is announced to nobody, which is said once."""
    studio = site(tmp_path / "site")
    text = studio.folders.config.read_text().replace("https://example.org/", "http://127.0.0.1:8000/")
    studio.folders.config.write_text(text)
    desk = Desk(studio)
    desk.publish()
    desk.drop("b.txt", SECOND)
    assert desk.links == []
    assert desk.said[0].startswith("nothing is announced: only this machine")


@given(
    lines=st.lists(st.text("abc ", min_size=1, max_size=80), max_size=8).map(tuple),
    limit=st.integers(60, 600),
)
def test_a_notice_fits_and_is_never_cut(lines: tuple[str, ...], limit: int) -> None:
    """A notice keeps to the room there is, ends with its address, and holds whole lines only, in order."""
    notice = Notice(title="t", lines=lines, link="https://example.org/2025-05-31/")
    text = notice.text(limit)
    assert len(text) <= limit
    assert text.endswith(notice.link)
    said = text.split("\n")[:-2]
    assert tuple(said) == lines[: len(said)]


# -- the services themselves ----------------------------------------------------------------------------

needs_apprise = pytest.mark.skipif(
    importlib.util.find_spec("apprise") is None, reason="apprise is not installed"
)


@needs_apprise
def test_a_real_service_is_told(tmp_path: Path) -> None:
    """A service named in the file gets title and text as they are, and no picture from elsewhere."""
    got: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        file = tmp_path / "followers"
        file.write_text(f"# ours\njson://127.0.0.1:{server.server_port}/x\n")
        file.chmod(0o600)
        (service,) = read_services(tmp_path, "followers")
        assert service.tell(Notice(title="Notes", lines=("– a < b",), link="https://example.org/"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
    assert (got[0]["title"], got[0]["message"]) == ("Notes", "– a < b\n\nhttps://example.org/")
    assert not re.search("github|apprise", json.dumps(got), re.I)


@needs_apprise
def test_a_wrong_address_is_named_by_its_line(tmp_path: Path) -> None:
    """A line that Apprise does not know is told by its number; what stands in it is not."""
    file = tmp_path / "followers"
    file.write_text("json://127.0.0.1/\nnonsense://secret@x\n")
    file.chmod(0o600)
    with pytest.raises(SiteError, match="followers:2: this is no address") as fault:
        read_services(tmp_path, "followers")
    assert "secret" not in str(fault.value)
