"""newsboat, a reader that keeps what it has seen, follows a site over loopback from the site's own server."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sitrep.service.web_server import ServedSite, address_of, app_of, bind, serving
from tests.publishing import CONFIG, Studio

NEWSBOAT = shutil.which("newsboat")
pytestmark = pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")

FOLDERS = {"updates": "", "north": "north/", "items": "items/", "changes": "changes/"}
FILES = {"atom": "feed.xml", "rss": "rss.xml"}
TAG = "tag:example.org,2024:"

FIRST = "Update 01-06-2025\n\n# Northern front\n\n- The ferry at Alder runs again.\n- Birch has no water.\n"
SECOND = "Update 02-06-2025\n\n# Northern front\n\n- Two shops in Alder have opened.\n"


@dataclass(frozen=True)
class Row:
    """What newsboat keeps of an entry."""

    feed: str
    title: str
    content: str
    published: int
    unread: bool


@dataclass
class Requests:
    """The site, and what was asked of it: path and status of each answer."""

    app: Any
    seen: list[tuple[str, int]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def watched(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.seen.append((scope["path"], message["status"]))
            await send(message)

        await self.app(scope, receive, watched)


@dataclass
class Reader:
    """One subscriber with a home of its own."""

    home: Path
    address: str
    form: str
    requests: Requests

    def __post_init__(self) -> None:
        self.home.mkdir()
        self.addresses = {f"{self.address}{at}{FILES[self.form]}": name for name, at in FOLDERS.items()}
        (self.home / "urls").write_text("\n".join(self.addresses) + "\n", encoding="utf-8")
        (self.home / "config").write_text("reload-threads 1\ndownload-timeout 60\n", encoding="utf-8")

    def run(self, *words: str) -> str:
        """What newsboat says when it is told to do that."""
        own = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        files = ("-u", "urls", "-c", "cache.db", "-C", "config")
        ran = subprocess.run(
            [NEWSBOAT or "", *files, "-x", *words],
            cwd=self.home,
            env=own | {"HOME": str(self.home), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        return ran.stdout

    def reload(self) -> dict[str, int]:
        """Fetch every feed: the status of each answer, by feed."""
        self.requests.seen.clear()
        self.run("reload")
        paths = {f"/{at}{FILES[self.form]}": name for name, at in FOLDERS.items()}
        answers = {paths[path]: status for path, status in self.requests.seen}
        assert len(self.requests.seen) == len(answers) == len(FOLDERS)
        return answers

    def rows(self) -> dict[str, Row]:
        """Everything it keeps, by id without the authority; an id that stands twice is a fault."""
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            found = cache.execute(
                "SELECT guid, feedurl, title, content, pubDate, unread FROM rss_item WHERE NOT deleted"
            ).fetchall()
        rows = {
            guid.removeprefix(TAG): Row(self.addresses[feed], title, content, published, bool(unread))
            for guid, feed, title, content, published, unread in found
        }
        assert len(rows) == len(found)
        return rows

    def read_all(self) -> None:
        """Mark everything as read."""
        with closing(sqlite3.connect(self.home / "cache.db")) as cache, cache:
            cache.execute("UPDATE rss_item SET unread = 0")

    def unread(self) -> set[str]:
        """Ids of what it would show as new."""
        names = {name for name, row in self.rows().items() if row.unread}
        assert self.run("print-unread").split()[0] == str(len(names))
        return names


@pytest.fixture(params=["atom", "rss"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Studio, Reader]]:
    """A site with one update, served on loopback, and somebody who has just heard of it."""
    listening = bind("127.0.0.1", 0)
    address = address_of(listening)
    studio = Studio(tmp_path / "site", config=CONFIG.replace("https://example.org/", address))
    studio.drop("one.txt", FIRST)
    studio.publish()
    requests = Requests(app_of(ServedSite(output=studio.folders.output)))
    with serving(requests, listening):  # type: ignore[arg-type]
        yield studio, Reader(tmp_path / "reader", address, request.param, requests)


ALL_NEW = dict.fromkeys(FOLDERS, 200)
ALL_OLD = dict.fromkeys(FOLDERS, 304)


@pytest.mark.slow
def test_what_newsboat_sees_of_a_site(story: tuple[Studio, Reader]) -> None:
    """One row for each entry through edits, renames and withdrawals; an unchanged feed is a 304."""
    studio, reader = story

    # Subscribed: everything comes once.
    assert reader.reload() == ALL_NEW
    assert set(reader.rows()) == {"2025-06-01", "2025-06-01/north", "2025-06-01/1", "2025-06-01/2"}
    assert {name: row.feed for name, row in reader.rows().items() if "/" in name} == {
        "2025-06-01/north": "north", "2025-06-01/1": "items", "2025-06-01/2": "items",
    }  # fmt: skip
    assert reader.rows()["2025-06-01/1"].title == "Northern front: The ferry at Alder runs again"
    reader.read_all()
    assert reader.unread() == set()
    before = reader.rows()

    # Nothing has happened, also not after a publish with nothing in it. (newsboat keeps no validators of a
    # feed it has not kept yet, so its second fetch is whole as well.)
    assert reader.reload() == ALL_NEW
    assert reader.rows() == before
    assert reader.reload() == ALL_OLD
    studio.later(hours=1)
    studio.publish()
    assert reader.reload() == ALL_OLD
    assert reader.rows() == before

    # A new update: its own rows, and nothing else is new.
    studio.later(days=1)
    studio.drop("two.txt", SECOND)
    studio.publish()
    assert reader.reload() == ALL_NEW | {"changes": 304}
    assert reader.unread() == {"2025-06-02", "2025-06-02/north", "2025-06-02/1"}
    assert {name: row for name, row in reader.rows().items() if name in before} == before
    reader.read_all()

    # An edit shows in the same row, and is not news.
    studio.later(minutes=2)
    edited = SECOND.replace("Two shops", "Three shops")
    studio.drop("two.txt", edited)
    studio.publish()
    rows = reader.rows()
    assert reader.reload() == ALL_NEW | {"changes": 304}
    assert set(reader.rows()) == set(rows)
    assert reader.unread() == set()
    assert reader.rows()["2025-06-02/1"].title == "Northern front: Three shops in Alder have opened"
    assert "Three shops" in reader.rows()["2025-06-02"].content
    assert reader.rows()["2025-06-02"].published == rows["2025-06-02"].published

    # Another file name changes no byte.
    studio.take("two.txt")
    studio.drop("elsewhere/renamed.md", edited)
    studio.publish()
    rows = reader.rows()
    assert reader.reload() == ALL_OLD
    assert reader.rows() == rows

    # A correction, after the time of grace: the same row again, and one new one that tells of it.
    studio.later(hours=2)
    studio.drop("elsewhere/renamed.md", edited.replace("Three shops in Alder", "Nine shops in Birch"))
    studio.publish()
    assert reader.reload() == ALL_NEW
    (news,) = reader.unread()
    assert news.startswith("changes/2025-06-02/1/")
    assert reader.rows()[news].title.startswith("Correction: Northern front")
    assert "Nine shops" in reader.rows()["2025-06-02/1"].title
    reader.read_all()

    # Taken back: the rows stay, without their words.
    studio.later(days=1)
    studio.take("elsewhere/renamed.md")
    studio.publish(confirm=True)
    rows = reader.rows()
    assert reader.reload() == ALL_NEW
    (news,) = reader.unread()
    assert reader.rows()[news].title.startswith("Withdrawn: ")
    assert set(reader.rows()) == {*rows, news}
    for name in ("2025-06-02", "2025-06-02/north", "2025-06-02/1"):
        assert reader.rows()[name].title.startswith("Withdrawn: ")
        assert "shops" not in reader.rows()[name].content
        assert reader.rows()[name].published == rows[name].published
    assert reader.reload() == ALL_OLD
