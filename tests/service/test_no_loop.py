"""Nothing publishes more often than something changes, whatever lies in the folder and stays there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitrep.base.values import replace
from sitrep.inbox import scan as scanning
from sitrep.inbox.scan import Look
from sitrep.publish import spine
from sitrep.publish.open_site import OpenSite
from sitrep.publish.outcome import Outcome
from sitrep.service import publisher
from sitrep.service.service import Service
from tests.service.newsroom import QUICK, Newsroom, running

RESTLESS = replace(QUICK, rescan=0.03, tick=0.005, grace=0.05)
"""Everything is looked at again and again, so that whatever can go round does."""
TURNS = 60
DAY = "Update 30-05-2025\n\n– Alder is quiet.\n"


def unreadable(feeds: Path) -> None:
    """A folder that answers with an error, whoever asks."""
    (feeds / "locked").mkdir()
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)  # type: ignore[return-value]

    scanning.os.scandir = scandir  # type: ignore[assignment]


def text(name: str, content: str) -> Callable[[Path], None]:
    return lambda feeds: (feeds / name).write_text(content, "utf-8") and None


def deletions(feeds: Path) -> None:
    for day in range(1, 6):
        (feeds / f"{day}.txt").unlink()


def config(feeds: Path) -> None:
    (feeds.parent / "config.yaml").write_text("site: [\n")


FAULTS: dict[str, Callable[[Path], None]] = {
    "bad header": text("a.txt", f"---\ndraft: perhaps\n---\n{DAY}"),
    "mistyped header": text("a.txt", f"—-\ndarft: true\n{DAY}"),
    "no date": text("a.txt", "Nothing that has a date.\n"),
    "nothing to say yet": text("a.txt", "Update 29-05-2025\n\n# Northern front\n"),
    "merge marker": text("a.txt", f"{DAY}\n<<<<<<< a\n– one\n=======\n– two\n>>>>>>> b\n"),
    "future publish": text("a.txt", f"---\npublish: 2031-01-01\n---\n{DAY}"),
    "draft by name": text("a DRAFT.txt", DAY),
    "unknown id": text("2011-01-01.forget", ""),
    "malformed request": text("2024-12-99.forget", ""),
    "request that names many": text("mass.forget", "".join(f"2025-05-0{n}\n" for n in range(1, 6))),
    "request in a folder": lambda feeds: (feeds / "x.forget").mkdir(),
    "conflict copy": text("1.sync-conflict-20250530-101010-ABCDEF7.txt", DAY),
    "conflict copy alone": text("x.sync-conflict-20250530-101010-ABCDEF7.txt", DAY),
    "copy under another name": text("copy.txt", "Update 01-05-2025\n\n- Report number 1 from Birch.\n"),
    "copy of a receipt": text("x.txt.error.sync-conflict-20250530-101010-ABCDEF7.txt", "x"),
    "a receipt of nobody": text("gone.txt.error.txt", "x"),
    "a yes to nothing": text("deletions.yes", ""),
    "unknown ending": text("a.docx", "x"),
    "no ending": text("a", "x"),
    "named pipe": lambda feeds: os.mkfifo(feeds / "a.txt"),
    "dangling link": lambda feeds: (feeds / "a.txt").symlink_to("nowhere"),
    "a folder named as a text": lambda feeds: (feeds / "a.txt").mkdir(),
    "empty": text("a.txt", ""),
    "too large": text("a.txt", DAY + "x" * 600_000),
    "not text": lambda feeds: (feeds / "a.txt").write_bytes(bytes(range(256)) * 9) and None,
    "missing picture": text("a.txt", f"{DAY}\n![what it shows](none.jpg)\n"),
    "many deletions": deletions,
    "unreadable folder": unreadable,
    "bad config": config,
    "receipts that cannot be laid": lambda feeds: (feeds / "b.txt.error.txt").mkdir(),
}


def counted(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Look | None], list[int]]:
    """Looks that were published and turns of the loop, as they come."""
    looks: list[Look | None] = []
    turns: list[int] = []
    attend = Service._attend

    def publish(site: OpenSite, look: Look | None = None, **more: object) -> Outcome:
        looks.append(look)
        return spine.publish(site, look, **more)  # type: ignore[arg-type]

    def turn(self: Service) -> bool:
        turns.append(1)
        return attend(self)

    monkeypatch.setattr(publisher, "publish", publish)
    monkeypatch.setattr(Service, "_attend", turn)
    monkeypatch.setattr(scanning.os, "scandir", os.scandir)
    return looks, turns


def stands(room: Newsroom, looks: list[Look | None], turns: list[int]) -> None:
    """What was laid is dealt with, and from then on nothing is published while nothing changes."""
    room.settle()
    start = len(turns)
    room.lines.passes(lambda: len(turns) > start + TURNS)
    before, start = len(looks), len(turns)
    room.lines.passes(lambda: len(turns) > start + TURNS)
    assert looks[before:] == []


def prepared(room: Newsroom) -> None:
    for day in range(1, 8):
        room.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
        room.wait(f"{day}.txt", "published")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_standing_fault_publishes_nothing_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """A fault, request or receipt that stays in the folder is dealt with once; and once more when it goes."""
    looks, turns = counted(monkeypatch)
    with running(tmp_path, RESTLESS) as room:
        prepared(room)
        before = {one.name for one in room.feeds.iterdir()}
        FAULTS[fault](room.feeds)
        stands(room, looks, turns)
        for path in [one for one in room.feeds.iterdir() if one.name not in before]:
            if ".error.txt" not in path.name and ".note.txt" not in path.name and "marker" not in path.name:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        stands(room, looks, turns)


def test_all_faults_together_publish_nothing_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with a folder full of faults, each under a name of its own."""
    looks, turns = counted(monkeypatch)
    with running(tmp_path, RESTLESS) as room:
        prepared(room)
        for number, (name, lay) in enumerate(FAULTS.items()):
            if name not in ("many deletions", "bad config", "unreadable folder"):
                (room.feeds / f"{number}").mkdir()
                lay(room.feeds / f"{number}")
        unreadable(room.feeds)
        stands(room, looks, turns)
