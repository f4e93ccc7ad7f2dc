"""Readers that forget nothing: what they show as live of each feed of a site after a look at it."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Protocol

import feedparser_sgmllib
import pytest
import reader

from tests.lanes import one_fast
from tests.publishing import Studio

# reader brings a feedparser of its own, which looks for the module by its old name.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

NEWSBOAT = shutil.which("newsboat")
_ABSENT = pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")
FORMS = (*one_fast("atom", "rss", "json"), pytest.param("newsboat", marks=(pytest.mark.slow, _ABSENT)))
FOLDERS = ("", "north/", "south/", "items/")
FILES = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json", "newsboat": "feed.xml"}
GONE = ("Withdrawn: ", "Moved: ")


class Following(Protocol):
    """Somebody who reads every feed of a site."""

    def entries(self, folder: str) -> dict[str, tuple[str, str]]:
        """Title and text of everything it keeps of a feed after a look at all of them, by id."""
        ...

    def shown(self, folder: str) -> dict[str, str]:
        """Title and text of what it shows as live, by id."""
        found = self.entries(folder).items()
        return {name: f"{title} {text}" for name, (title, text) in found if not title.startswith(GONE)}


class Follower(Following):
    """Somebody with the library reader, which takes Atom, RSS and JSON Feed."""

    def __init__(self, studio: Studio, form: str) -> None:
        logging.getLogger("reader").setLevel(logging.ERROR)
        self.known = reader.make_reader(":memory:", feed_root=str(studio.folders.output))
        for folder in (*FOLDERS, "changes/"):
            self.known.add_feed(folder + FILES[form])
        self.form = form

    def entries(self, folder: str) -> dict[str, tuple[str, str]]:
        """What it keeps, by id."""
        self.known.update_feeds(scheduled=False)
        entries = self.known.get_entries(feed=folder + FILES[self.form])
        return {one.id: (one.title or "", " ".join(part.value for part in one.content)) for one in entries}


class Boat(Following):
    """Somebody with newsboat, which keeps what it has seen in a file."""

    def __init__(self, studio: Studio) -> None:
        self.home = studio.root / "newsboat"
        self.home.mkdir()
        self.feeds = studio.folders.output.as_uri()
        urls = (f"{self.feeds}/{folder}feed.xml\n" for folder in (*FOLDERS, "changes/"))
        (self.home / "urls").write_text("".join(urls), encoding="utf-8")
        (self.home / "config").write_text("reload-threads 1\n", encoding="utf-8")

    def entries(self, folder: str) -> dict[str, tuple[str, str]]:
        """What it keeps, by id."""
        files = ("-u", "urls", "-c", "cache.db", "-C", "config")
        subprocess.run(
            [NEWSBOAT or "", *files, "-x", "reload"],
            cwd=self.home,
            env=os.environ | {"HOME": str(self.home), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=60,
            check=True,
        )
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            rows = cache.execute(
                "SELECT guid, title, content FROM rss_item WHERE feedurl = ? AND NOT deleted",
                (f"{self.feeds}/{folder}feed.xml",),
            ).fetchall()
        assert len({name for name, _, _ in rows}) == len(rows)
        return {name: (title, text) for name, title, text in rows}


def follow(studio: Studio, form: str) -> Following:
    """A reader that takes this format, or newsboat."""
    return Boat(studio) if form == "newsboat" else Follower(studio, form)
