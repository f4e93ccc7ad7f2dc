"""WebSub: hubs are told of each changed feed, once, in the background, until they take it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.cli import main
from sitrep.delivery import websub
from sitrep.delivery.websub import TRIES, Announcement, Fault, failed, may_tell, noted, post, read, taken
from sitrep.publish.open_site import read_config
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from sitrep.site.addresses import FEED_FORMATS, absolute, feeds_of
from tests.publishing import CONFIG, Studio
from tests.service.newsroom import running

PATIENCE = 60.0
FIRST = "Update 30-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"
SECOND = "Update 31-05-2025\n\n# Southern front\n\n- The mill at Elm has flour.\n"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests is no hub that does not answer."""
    monkeypatch.setattr("sitrep.delivery.websub.TIMEOUT", PATIENCE)
    monkeypatch.setattr("sitrep.delivery.outlets.PATIENCE", PATIENCE)


@dataclass
class Hub:
    """A hub on this machine that answers as it is told to, and counts what it is asked."""

    address: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    """Code by topic; 202 where none is given. 0: no answer at all."""
    told: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    """Requests that are no announcements: method and path."""
    release: threading.Event = field(default_factory=threading.Event)
    arriving: SimpleQueue[str] = field(default_factory=SimpleQueue)
    asked: Callable[[str], object] = str
    """Called with each topic as it comes."""

    def wait_for(self, topics: Counter[str]) -> None:
        """Until it has been told of these and no others, each once."""
        left = Counter(topics)
        while left:
            topic = self.arriving.get(timeout=PATIENCE)
            assert left[topic], topic
            left -= Counter([topic])

    def topics(self) -> Counter[str]:
        return Counter(self.told)


@contextmanager
def hub() -> Iterator[Hub]:
    """A stub hub, until the end of the block."""
    mine = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            assert fields.pop("hub.mode") == ["publish"]
            ((topic,),) = fields.values()
            mine.asked(topic)
            mine.told.append(topic)
            mine.arriving.put(topic)
            code = mine.answers.get(topic, mine.answers.get("", 202))
            if not code:
                mine.release.wait(PATIENCE)
                return
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", f"{mine.address}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            mine.others.append(("GET", self.path))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mine.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield mine
    finally:
        mine.release.set()
        server.shutdown()
        thread.join()
        server.server_close()


def config_with(*hubs: str, base_url: str = "https://example.org/") -> str:
    return CONFIG.replace("https://example.org/", base_url) + f"feeds: {{hubs: [{', '.join(hubs)}]}}\n"


@dataclass
class Run:
    """One run of the program on a site, with what it says."""

    studio: Studio
    said: StringIO = field(default_factory=StringIO)

    def publish(self, *, confirm: bool = False) -> None:
        publisher = Publisher(self.studio.folders, lambda: self.studio.now, Log(self.said), processes=1)
        try:
            publisher.publish(confirm_deletions=confirm)
            publisher.announce()
        finally:
            publisher.close()


def current_feeds(studio: Studio, *ids: str) -> Counter[str]:
    """Addresses of these feeds in each format, once each."""
    config = read_config(studio.folders)
    chosen = [feed for feed in feeds_of(config) if not ids or feed.id in ids]
    return Counter(absolute(config, feed.place(form)) for feed in chosen for form in FEED_FORMATS)


# -- what is told ------------------------------------------------------------------------------------------


def test_each_changed_feed_is_announced_once(tmp_path: Path) -> None:
    """One POST for each feed whose bytes changed, none for the others, none where nothing changed."""
    with hub() as mine:
        studio = Studio(tmp_path / "site", config=config_with(mine.address))
        studio.drop("one.txt", FIRST)
        Run(studio).publish()
        assert mine.topics() == current_feeds(studio)

        mine.told.clear()
        Run(studio).publish()
        studio.drop("one.txt", FIRST + "\n\n")
        Run(studio).publish()
        assert mine.told == []

        studio.later(days=1)
        studio.drop("two.txt", SECOND)
        run = Run(studio)
        run.publish()
        assert mine.topics() == current_feeds(studio, "updates", "south", "items")
        assert "hub" not in run.said.getvalue()
        assert mine.others == []


def test_a_withdrawal_is_announced(tmp_path: Path) -> None:
    """What is taken back reaches hubs as everything else does."""
    with hub() as mine:
        studio = Studio(tmp_path / "site", config=config_with(mine.address))
        studio.drop("one.txt", FIRST)
        studio.drop("two.txt", SECOND)
        Run(studio).publish()
        mine.told.clear()
        studio.take("two.txt")
        studio.later(days=1)
        Run(studio).publish(confirm=True)
        assert mine.topics() == current_feeds(studio, "updates", "south", "items", "changes")


def test_every_hub_is_told(tmp_path: Path) -> None:
    """Two hubs are told of the same feeds; a hub that is new is told of all there are."""
    with hub() as one, hub() as two:
        studio = Studio(tmp_path / "site", config=config_with(one.address))
        studio.drop("one.txt", FIRST)
        Run(studio).publish()
        assert two.told == []
        one.told.clear()
        studio.folders.config.write_text(config_with(one.address, two.address), encoding="utf-8")
        Run(studio).publish()
        assert one.topics() == two.topics() == current_feeds(studio)


def test_hubs_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """Without hubs nothing is told and nothing is kept of what was."""
    with hub() as mine:
        studio = Studio(tmp_path / "site", config=config_with(mine.address))
        studio.drop("one.txt", FIRST)
        Run(studio).publish()
        mine.told.clear()
        studio.folders.config.write_text(CONFIG, encoding="utf-8")
        Run(studio).publish()
        assert mine.told == []
        assert read(studio.folders.websub) == {}


def test_a_site_without_hubs_keeps_nothing(tmp_path: Path) -> None:
    """No file, no thread."""
    studio = Studio(tmp_path / "site")
    studio.drop("one.txt", FIRST)
    Run(studio).publish()
    assert not studio.folders.websub.exists()
    assert "hubs" not in {thread.name for thread in threading.enumerate()}


# -- who is told -------------------------------------------------------------------------------------------

PUBLIC_HUB, OWN_HUB, LAN_HUB = "https://hub.example.org/", "http://127.0.0.1:8080/", "http://192.168.1.9/hub"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:8000/", "http://10.1.2.3/site/",
        "http://192.168.1.4/", "http://[fe80::1]/", "http://0.0.0.0:8000/", "http://press-room/",
        "http://nas.local/", "http://notes.localhost:8000/", "http://127.1/",
        f"http://{'a' * 56}.onion/",
    ],
)  # fmt: skip
def test_an_address_of_this_network_is_told_to_no_public_hub(base_url: str) -> None:
    """A hub that stands in here as well may know it."""
    assert not may_tell(base_url, PUBLIC_HUB)
    assert may_tell(base_url, OWN_HUB)
    assert may_tell(base_url, LAN_HUB)


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://notes.example/a/", "http://1.1.1.1/"])
def test_a_public_address_is_told_to_any_hub(base_url: str) -> None:
    """The hub may stand on the same machine."""
    assert all(may_tell(base_url, one) for one in (PUBLIC_HUB, OWN_HUB, LAN_HUB))


def test_a_private_site_says_why_its_hub_is_not_told(tmp_path: Path) -> None:
    """Once, and nothing is sent or kept."""
    studio = Studio(tmp_path / "site", config=config_with(PUBLIC_HUB, base_url="http://127.0.0.1:8000/"))
    studio.drop("one.txt", FIRST)
    run = Run(studio)
    run.publish()
    assert run.said.getvalue().count("hubs are not told of feeds that only this machine or network") == 1
    assert read(studio.folders.websub) == {}


# -- the two ways to run -----------------------------------------------------------------------------------


def test_a_build_announces_at_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one-shot command has told the hub of all feeds when it returns."""
    with hub() as mine:
        studio = Studio(tmp_path / "site", config=config_with(mine.address))
        studio.drop("one.txt", FIRST)
        assert main(["build", "--site", str(studio.root)]) == 0
        assert mine.topics() == current_feeds(studio)
    assert "hub" not in capsys.readouterr().out


def test_a_build_waits_for_a_silent_hub_only_so_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is left; the next one announces that."""
    monkeypatch.setattr("sitrep.delivery.outlets.PATIENCE", 0.3)
    with hub() as mine:
        studio = Studio(tmp_path / "site", config=config_with(mine.address))
        studio.drop("one.txt", FIRST)
        mine.answers[""] = 0
        assert main(["build", "--site", str(studio.root)]) == 0
        feeds = sum(current_feeds(studio).values())
        assert f"{feeds} announcements to hubs left for the next run" in capsys.readouterr().out
        mine.answers.clear()
        mine.told.clear()
        monkeypatch.setattr("sitrep.delivery.outlets.PATIENCE", PATIENCE)
        assert main(["build", "--site", str(studio.root)]) == 0
        assert mine.topics() == current_feeds(studio)


def test_a_running_program_announces_every_drop(tmp_path: Path) -> None:
    """At its start what is new, then with each drop the feeds it changed."""
    with hub() as mine, running(tmp_path / "site", config=config_with(mine.address)) as room:
        mine.wait_for(current_feeds(room.studio))
        room.drop("one.txt", FIRST)
        mine.wait_for(current_feeds(room.studio, "updates", "north", "items"))
        room.drop("two.txt", SECOND)
        mine.wait_for(current_feeds(room.studio, "updates", "south", "items"))


def test_a_running_program_waits_for_no_hub(tmp_path: Path) -> None:
    """A drop is published while the hub still keeps the last announcement waiting."""
    with hub() as mine:
        mine.answers[""] = 0
        with running(tmp_path / "site", config=config_with(mine.address)) as room:
            room.drop("one.txt", FIRST)
            room.wait("one.txt", "published")
            room.drop("two.txt", SECOND)
            room.wait("two.txt", "published")
            assert len(mine.told) <= 1


# -- laws --------------------------------------------------------------------------------------------------

one_known = st.builds(
    Announcement,
    hub=st.just("h"),
    topic=st.just("t"),
    wanted=st.sampled_from("abc"),
    told=st.sampled_from(["", "a", "b"]),
    tries=st.integers(0, TRIES + 2),
    at=st.floats(0, 4e9),
)


@given(one_known, st.floats(1e9, 3e9))
def test_waits_are_bounded_whatever_the_clock_does(one: Announcement, now: float) -> None:
    """What waits is due within an hour; what is told or given up is never due."""
    assert one.is_due(now + websub.LONGEST_WAIT) or not one.waits or one.at > now
    later = failed(one, "x", now)
    assert now < later.at <= now + websub.LONGEST_WAIT
    assert not later.is_due(now)
    assert later.is_due(later.at) == later.waits
    # A clock that was set back by years delays nothing.
    assert later.is_due(now - 1e8) == later.waits
    done = taken(one, one.wanted)
    assert not done.waits
    assert not done.given_up


@given(one_known, st.sampled_from("abc"))
def test_only_a_change_begins_anew(one: Announcement, digest: str) -> None:
    """A feed that stands as it did keeps its tries; one that has changed is due at once."""
    (after,) = noted({("h", "t"): one}, ["h"], {"t": digest}).values()
    if digest == one.wanted:
        assert after == one
    else:
        assert (after.tries, after.at, after.told) == (0, 0.0, one.told)
        assert after.is_due(1e9) == (digest != one.told)


def test_a_damaged_file_is_no_file(tmp_path: Path) -> None:
    """What cannot be read is begun anew; what was written is read back."""
    file = tmp_path / "websub.json"
    for damaged in (b"", b"{", b"[1]", b'[{"hub": 1}]', b"\xff"):
        file.write_bytes(damaged)
        assert read(file) == {}
    known = noted({}, ["h"], {"t": "1", "u": "2"})
    websub.write(file, known)
    assert read(file) == known


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"HTTP/1.1 204 No Content\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_hub_whose_answer_has_no_end_is_hung_up_on(first: bytes, then: bytes) -> None:
    """The limit is for the whole answer: what still comes does not move it, and is not listened to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(first)
                while not given_up.wait(0.05):
                    connection.sendall(then)

        given_up = threading.Event()
        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        fault = post(f"http://127.0.0.1:{listening.getsockname()[1]}/", "https://example.org/feed.xml", 0.3)
        assert fault == Fault(text="it does not answer", reached=False)
        dripping.join(20)
        assert not dripping.is_alive()
        given_up.set()
