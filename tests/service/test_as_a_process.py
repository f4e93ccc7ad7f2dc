"""The program as the system runs it: started, stopped, killed, twice on one site, never forked."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from sitrep.base.values import replace
from sitrep.publish import read_files
from tests.other_machine import shares_work
from tests.publishing import CONFIG, Studio, tree
from tests.service.newsroom import PATIENCE, QUICK
from tests.service.test_service import DAY, ROOT, TEXT

# -- as a process ------------------------------------------------------------------------------------------


def start(site: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ROOT / "sitegen.py", *arguments, "--site", site],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )


def read_until(process: subprocess.Popen[str], word: str) -> str:
    """Everything the process says up to a line with that word."""
    assert process.stdout
    said = ""
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        for line in process.stdout:
            said += line
            if word in line:
                return said
    finally:
        timer.cancel()
    raise AssertionError(f"it never said {word!r}, but:\n{said}")


def test_in_an_empty_folder_it_makes_a_site_and_stops_when_told(tmp_path: Path) -> None:
    """Without any argument: feeds/ and config.yaml are made, the address is told, SIGTERM ends it with 0."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "sitegen.py"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(ROOT)},
    )
    with process:
        said = read_until(process, "Ctrl-C stops")
        assert "made   feeds/" in said
        assert "http://127.0.0.1:" in said
        assert (tmp_path / "output" / "index.html").exists()
        (tmp_path / "feeds" / "a.txt").write_text(TEXT)
        read_until(process, f"/{DAY}/")
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_the_service_manager_is_told(tmp_path: Path) -> None:
    """READY comes when the site stands, a sign of life while it runs, STOPPING at the end (sd_notify)."""
    Studio(tmp_path / "site").drop("a.txt", TEXT)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(os.fspath(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        with start(tmp_path / "site", "watch", NOTIFY_SOCKET=os.fspath(tmp_path / "notify")) as process:
            heard = []
            while b"READY=1" not in heard:
                heard.append(manager.recv(4096))
            assert (tmp_path / "site" / "output" / DAY / "index.html").exists()
            while b"WATCHDOG=1" not in heard:
                heard.append(manager.recv(4096))
            process.send_signal(signal.SIGHUP)
            while not any(one.startswith(b"RELOADING=1") for one in heard):
                heard.append(manager.recv(4096))
            process.terminate()
            while b"STOPPING=1" not in heard:
                heard.append(manager.recv(4096))
            assert process.wait(PATIENCE) == 0
    assert any(one.startswith(b"STATUS=1 update") for one in heard)


@pytest.mark.parametrize("seen", [0, 1, 4])
@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_at_the_next_start(tmp_path: Path, seen: int) -> None:
    """After kill -9 in the middle of work the next run ends with the site that a clean build makes."""
    site = Studio(tmp_path / "site")
    for day in range(1, 7):
        site.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
    with start(site.root, "watch", "--log", "json") as process:
        for day in range(1, 7):
            site.drop(f"late {day}.txt", f"Update {day:02d}-04-2025\n\n- Report number {day} from Elm.\n")
            if day <= seen:
                read_until(process, f"late {day}.txt")
        process.kill()
        process.wait(PATIENCE)
    with start(site.root, "watch", "--log", "json") as process:
        read_until(process, '"event": "publish"')
        process.terminate()
        assert process.wait(PATIENCE) == 0
    clone = site.clone(tmp_path / "clone")
    built = subprocess.run(
        [sys.executable, ROOT / "sitegen.py", "build", "--site", clone.root], capture_output=True, check=False
    )
    assert built.returncode == 0
    assert tree(site.folders.output) == tree(clone.folders.output)


def test_a_patient_pace_comes_from_the_configuration(tmp_path: Path) -> None:
    """What config.yaml says of watching is what the watcher does."""
    config = CONFIG + "watch: {settle: 0.5, rescan: 7, deletion_grace: 3}\n"
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from sitrep.service.service import pace_of
    from tests.service.newsroom import Lines

    studio = Studio(tmp_path, config=config)
    publisher = Publisher(studio.folders, lambda: studio.now, Log(Lines()))  # type: ignore[arg-type]
    assert pace_of(publisher) == replace(pace_of(publisher), settle=0.5, rescan=7.0, grace=3.0)
    publisher.close()
    assert QUICK.grace != 3.0


class _ForkedError(Exception):
    """A process was forked."""


@shares_work
@pytest.mark.parametrize("has_threads", [False, True], ids=["before the doors open", "after"])
def test_a_program_with_threads_is_not_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_threads: bool
) -> None:
    """A burst that processes would share is read and written by one, as soon as the site is served."""
    from sitrep.report.log import Log
    from sitrep.service.publisher import Publisher
    from tests.service.newsroom import Lines

    def fork() -> int:
        raise _ForkedError

    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(read_files, "MANY", 2)
    studio = Studio(tmp_path)
    publisher = Publisher(studio.folders, lambda: studio.now, Log(Lines()))  # type: ignore[arg-type]
    publisher.publish()
    if has_threads:
        publisher.in_one_process()
    for number in range(6):
        day = dt.date(2000, 1, 1) + dt.timedelta(days=number)
        studio.drop(f"{day}.txt", f"Update {day}\n\n- Day {number}.\n")
    monkeypatch.setattr(os, "fork", fork)
    with nullcontext() if has_threads else pytest.raises(_ForkedError):
        assert len(publisher.publish().published) == 6
    publisher.close()
