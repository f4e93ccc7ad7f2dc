"""Two real Syncthings over loopback, one the phone of a writer: what she does comes out, and she is told."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from sitrep.base.values import replace
from tests.service.newsroom import QUICK, Newsroom, running

PATIENCE = 90.0
PROGRAM = shutil.which("syncthing")
CONFIG = """\
<configuration version="36">
  <folder id="feeds" label="feeds" path="{path}" type="sendreceive" rescanIntervalS="2"
      fsWatcherEnabled="true"
      fsWatcherDelayS="1" ignorePerms="true" autoNormalize="true">
    <filesystemType>basic</filesystemType>
    <device id="{own}"/><device id="{other}"/>
    <maxConflicts>10</maxConflicts>
  </folder>
  <device id="{own}" name="own"><address>tcp://127.0.0.1:{port}</address></device>
  <device id="{other}" name="other"><address>tcp://127.0.0.1:{other_port}</address></device>
  <gui enabled="true"><address>127.0.0.1:{gui}</address><apikey>key</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
    <crashReportingEnabled>false</crashReportingEnabled><reconnectionIntervalS>1</reconnectionIntervalS>
  </options>
</configuration>
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="syncthing is not installed (Debian: apt install syncthing)"),
]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def made(home: Path) -> str:
    """A new identity; returns its id."""
    command = [PROGRAM or "", "generate", f"--home={home}", "--no-default-folder", "--skip-port-probing"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"[A-Z0-9]{7}(?:-[A-Z0-9]{7}){7}", said.stdout + said.stderr)
    assert found, said
    return found[0]


@contextmanager
def syncing(home: Path) -> Iterator[None]:
    """A program that keeps a folder in step with the other's."""
    command = [PROGRAM or "", "serve", f"--home={home}", "--no-browser", "--no-restart", "--no-upgrade"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


class Pair:
    """The phone's folder and the newsroom's, and the two programs between them."""

    def __init__(self, root: Path, room: Newsroom, stack: ExitStack) -> None:
        self.phone, self.room, self.stack = root / "phone", room, stack
        self.phone.mkdir()
        self.homes = {name: root / f"home-{name}" for name in ("phone", "desk")}
        ids = {name: made(home) for name, home in self.homes.items()}
        ports = {name: free_port() for name in self.homes}
        for name, other, path in (("phone", "desk", self.phone), ("desk", "phone", room.feeds)):
            (path / ".stfolder").mkdir(exist_ok=True)
            told = {"own": ids[name], "other": ids[other], "port": ports[name], "other_port": ports[other]}
            (self.homes[name] / "config.xml").write_text(CONFIG.format(path=path, gui=free_port(), **told))

    @contextmanager
    def together(self) -> Iterator[None]:
        with syncing(self.homes["desk"]), syncing(self.homes["phone"]):
            yield

    def until(self, reached: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not reached():
            self.room.lines.drain()
            assert time.monotonic() < end, f"{what}\n" + "\n".join(self.room.lines.said[-20:])
            threading.Event().wait(0.05)

    def on_phone(self, pattern: str) -> list[Path]:
        return sorted(self.phone.glob(pattern))

    def says(self, day: str, words: str) -> bool:
        page = self.room.output / day / "index.html"
        return page.exists() and words in page.read_text("utf-8")


def text(day: str, *items: str) -> str:
    return f"Update {day}\n\n# Northern front\n\n" + "".join(f"– {item}\n" for item in items)


def test_a_phone_and_a_newsroom_share_a_folder(tmp_path: Path) -> None:
    """Drop, receipt back, edits on both sides, a conflict copy and its removal, rename, deletion, forget."""
    pace = replace(QUICK, rescan=1.0, grace=0.5)
    with ExitStack() as stack, running(tmp_path / "site", pace) as room:
        pair = Pair(tmp_path, room, stack)
        phone = pair.phone
        with pair.together():
            for day in range(1, 9):
                (phone / f"{day}.txt").write_text(text(f"2025-05-0{day}", f"Alder reports number {day}."))
            pair.until(
                lambda: all(pair.says(f"2025-05-0{day}", f"number {day}") for day in range(1, 9)), "drops"
            )
            (phone / "held.txt").write_text("—-\ndarft: true\n—-\n" + text("2025-05-20", "The canary waits."))
            pair.until(lambda: bool(pair.on_phone("held.txt.error.txt")), "no receipt came back")
            (phone / "held.txt").unlink()
            pair.until(lambda: not pair.on_phone("held.txt.*"), "the receipt stays")
        # Both are changed while neither can see the other.
        (phone / "1.txt").write_text(text("2025-05-01", "Alder reports number 1.", "The phone adds this."))
        (room.feeds / "1.txt").write_text(
            text("2025-05-01", "Alder reports number 1.", "The desk adds that.")
        )
        pair.until(lambda: pair.says("2025-05-01", "The desk adds that."), "the desk's edit")
        with pair.together():
            pair.until(lambda: bool(pair.on_phone("1.sync-conflict-*.txt")), "no conflict copy was made")
            pair.until(lambda: bool(pair.on_phone("1.txt.error.txt")), "the conflict is not told")
            for copy in pair.on_phone("1.sync-conflict-*"):
                copy.unlink()
            pair.until(lambda: not pair.on_phone("1.txt.error.txt"), "the receipt outlives its cause")
            assert not list(room.feeds.glob("1.sync-conflict-*"))
            (phone / "2.txt").rename(phone / "second.txt")
            pair.until(
                lambda: (room.feeds / "second.txt").exists() and not (room.feeds / "2.txt").exists(), "rename"
            )
            (phone / "3.txt").unlink()
            pair.until(lambda: not pair.says("2025-05-03", "number 3"), "a deletion")
            assert pair.says("2025-05-02", "number 2")
            (phone / "2025-05-04.forget").touch()
            pair.until(lambda: bool(pair.on_phone("2025-05-04.forget.note.txt")), "forgetting is not told")
            pair.until(lambda: not (phone / "4.txt").exists(), "the forgotten text stays on the phone")
        room.settle()
        said = b"".join(path.read_bytes() for path in room.output.rglob("*") if path.is_file())
        assert b"canary" not in said
        assert b"reports number 4" not in said
        assert not any("withdrawn" in line and "2025-05-02" in line for line in room.lines.said)
