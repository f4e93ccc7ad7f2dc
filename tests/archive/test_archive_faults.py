"""The archive is disposable: whatever became of its file, the site comes out as it should."""

from __future__ import annotations

import datetime as dt
import operator
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.errors import SiteError, TemplateError
from sitrep.cli import main
from sitrep.publish import process_pool as pools
from sitrep.publish import read_files, write_site
from sitrep.publish.open_site import open_site
from sitrep.publish.process_pool import process_pool, with_own
from sitrep.publish.spine import publish
from sitrep.site.lock import locked
from tests.faulty import run_faulty
from tests.inspecting import site_in
from tests.other_machine import ROOT, environment, shares_work
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import NOON, Studio, tree

THEN = NOON + dt.timedelta(hours=3)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A published site into which another text was dropped since."""
    studio = Studio(tmp_path_factory.mktemp("archive") / "ready")
    for day in ("2025-04-30", "2025-05-31", "2025-06-01"):
        studio.drop(f"{day}.txt", update(day, BRIDGE, f"It is {day} in Elm.", CONVOY))
    studio.publish()
    studio.drop("new.txt", update("2025-05-30", SCHOOL, heading="Southern front"))
    return studio


@pytest.fixture(scope="module")
def expected(ready: Studio, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What an undisturbed build makes of it."""
    site = tmp_path_factory.mktemp("archive") / "undisturbed"
    shutil.copytree(ready.root, site)
    Studio(site, now=THEN).publish()
    return {name: tree(site / name) for name in ("output", "ledger", "feeds")}


def _bytes(content: bytes) -> Callable[[Path], None]:
    return lambda archive: archive.write_bytes(content) and None


def _cut(share: float) -> Callable[[Path], None]:
    return lambda archive: os.truncate(archive, int(archive.stat().st_size * share))


def _overwrite(seed: int) -> Callable[[Path], None]:
    def spoil(archive: Path) -> None:
        content, chance = bytearray(archive.read_bytes()), random.Random(seed)
        for _ in range(6):
            start = chance.randrange(len(content) // 4096) * 4096
            content[start : start + 4096] = chance.randbytes(4096)
        archive.write_bytes(content)

    return spoil


def _foreign(archive: Path) -> None:
    archive.unlink()
    with sqlite3.connect(archive) as db:
        db.execute("CREATE TABLE artifacts (path TEXT, digest BLOB)")
        db.execute("INSERT INTO artifacts VALUES ('../config.yaml', x'00'), ('/etc/none', x'00')")
    db.close()


def _newer(archive: Path) -> None:
    with sqlite3.connect(archive) as db:
        db.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (b"999",))
    db.close()


def _spoiled_bodies(archive: Path) -> None:
    with sqlite3.connect(archive) as db:
        db.execute("UPDATE updates SET body = substr(body, 1, 90)")
    db.close()


def _spoiled_notes(archive: Path) -> None:
    with sqlite3.connect(archive) as db:
        db.execute("UPDATE meta SET value = x'ff00' WHERE name NOT IN ('schema', 'program')")
    db.close()


def _folder(archive: Path) -> None:
    archive.unlink()
    (archive / "inside").mkdir(parents=True)


def _dangling(archive: Path) -> None:
    archive.unlink()
    archive.symlink_to("nowhere/at/all")


KINDS: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "zero bytes": _bytes(b""),
    "text": _bytes(b"This is no archive.\n" * 300),
    "half": _cut(0.5),
    "nearly whole": _cut(0.97),
    "one page": _cut(0.01),
    "overwritten 1": _overwrite(1),
    "overwritten 2": _overwrite(2),
    "overwritten 3": _overwrite(3),
    "overwritten 4": _overwrite(4),
    "bodies cut off": _spoiled_bodies,
    "notes overwritten": _spoiled_notes,
    "foreign": _foreign,
    "newer": _newer,
    "a folder": _folder,
    "a dangling link": _dangling,
}


@pytest.mark.slow
def test_whatever_became_of_the_archive_the_site_comes_out(
    ready: Studio, expected: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """Corrupt, truncated, foreign, newer, empty, replaced: the texts and the ledger are untouched, the site
    is the one it should be, there is no traceback, and the next build has nothing to do."""
    sites = []
    for kind, spoil in KINDS.items():
        site = tmp_path / kind
        shutil.copytree(ready.root, site)
        spoil(site / ".sitrep" / "archive.sqlite")
        sites.append((site, 0))
    for ended in run_faulty("kill", THEN, sites):
        kind = ended.site.name
        assert "Traceback" not in ended.told, f"{kind}\n{ended.told}"
        assert ended.code == 0, f"{kind}\n{ended.told}"
        found = {name: tree(ended.site / name) for name in expected}
        assert found == expected, kind
        assert (ended.site / "config.yaml").exists()
        assert Studio(ended.site, now=THEN).publish().written == 0, kind


def test_the_reason_for_a_rebuild_is_told(ready: Studio, tmp_path: Path) -> None:
    """A person learns why everything is made again."""
    shutil.copytree(ready.root, tmp_path / "site")
    studio = Studio(tmp_path / "site", now=THEN)
    _newer(studio.folders.archive)
    (note,) = studio.publish().notes
    assert "another version" in note


# -- two at once ------------------------------------------------------------------------------------


def test_two_programs_do_not_meet(ready: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second says which process is at work, exits with 2, and changes nothing."""
    shutil.copytree(ready.root, tmp_path / "site")
    studio = Studio(tmp_path / "site", now=THEN)
    before = {name: tree(studio.root / name) for name in ("output", "ledger", "feeds")}
    with locked(studio.folders.work):
        assert main(["build", "--site", str(studio.root)]) == 2
    told = capsys.readouterr().err
    assert f"process {os.getpid()}" in told
    assert "hint: " in told
    assert {name: tree(studio.root / name) for name in before} == before
    assert main(["build", "--site", str(studio.root)]) == 0


def test_a_lock_left_behind_is_no_lock(ready: Studio, tmp_path: Path) -> None:
    """A lock file whose holder died does not keep anybody out."""
    shutil.copytree(ready.root, tmp_path / "site")
    (tmp_path / "site" / ".sitrep" / "lock").write_text("1\n")
    assert main(["build", "--site", str(tmp_path / "site")]) == 0


# -- work shared among processes --------------------------------------------------------------------


@pytest.fixture
def many(ready: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A site whose texts and pages are shared among two processes, however few they are."""
    monkeypatch.setattr(read_files, "MANY", 2)
    monkeypatch.setattr(write_site, "MANY", 2)
    shutil.copytree(ready.root, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / ".sitrep")
    return Studio(tmp_path / "site", now=THEN)


@pytest.mark.slow
def test_shared_work_gives_the_same_bytes(many: Studio, expected: dict[str, dict[str, bytes]]) -> None:
    """Two processes write what one would have written."""
    shutil.rmtree(many.folders.output)
    many.publish(processes=2)
    assert many.tree() == expected["output"]


def test_a_fault_in_a_helper_is_told_whole(many: Studio) -> None:
    """A bad template met by another process is named with file and line all the same."""
    many.folders.templates.mkdir()
    (many.folders.templates / "update.html").write_text("\n{{ nothing.here }}\n")
    with pytest.raises(TemplateError) as caught:
        many.publish(processes=2)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("templates/update.html", 2)


@shares_work
def test_a_helper_that_is_ended_from_outside_hangs_nothing(many: Studio) -> None:
    """The publish ends with what happened and what to do, and the next one does what is left."""
    with pytest.raises(SiteError, match="ended from outside"), process_pool(2) as pool:
        list(pool.map(os._exit, [9] * 4))
    assert many.publish(processes=2).exit_code == 0


@shares_work
def test_helpers_end_with_the_program(many: Studio) -> None:
    """Killed outright in the middle of its work, it leaves nobody behind who writes or holds the lock."""
    script = (
        "import os, sys, time\n"
        "from sitrep.publish.process_pool import process_pool\n"
        "from sitrep.site.lock import locked\n"
        "from pathlib import Path\n"
        "with locked(Path(sys.argv[1])), process_pool(2) as pool:\n"
        "    waiting = pool.map(time.sleep, [60] * 4)\n"
        "    print('at work', flush=True)\n"
        "    list(waiting)\n"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(many.folders.work)],
        stdout=subprocess.PIPE, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert started.stdout
    with started.stdout:
        assert started.stdout.readline() == b"at work\n"
        started.send_signal(signal.SIGKILL)
        started.wait()
        # Every helper has the pipe as well: it ends when the last of them does.
        assert started.stdout.read() == b""
    with locked(many.folders.work):
        pass


def test_where_none_may_help_the_work_is_done_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that lets no processes work together (no /dev/shm) has the same work done in this one."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pools, "ProcessPoolExecutor", refuse)
    with process_pool(2, 40) as pool:
        assert list(pool.map(partial(with_own, operator.add), [1, 2], chunksize=50)) == [41, 42]
        assert pool.submit(abs, -1).result() == 1


def test_a_process_that_stays_up_outlives_a_fault_of_the_disk(
    ready: Studio, expected: dict[str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resident engine whose write failed goes on from there with its next publish."""
    shutil.copytree(ready.root, tmp_path / "site")
    studio = Studio(tmp_path / "site", now=THEN)
    site = open_site(studio.folders, processes=1)
    real, calls = os.replace, iter(range(1000))

    def replace(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        folder = str(Path(f"/proc/self/fd/{dst_dir_fd}").readlink())
        if "/output" in folder and next(calls) in (0, 5, 9):
            raise OSError(28, "No space left on device", str(target))
        real(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        for _ in range(3):
            with pytest.raises(SiteError):
                publish(site, now=studio.now)
            site_in(studio.folders.output).check()
        publish(site, now=studio.now)
    site.close()
    assert studio.tree() == expected["output"]


def test_room_for_many_writes_is_given_back(tmp_path: Path) -> None:
    """After many writes an archive holds no more of its file in memory than before, also where one failed."""
    archive = Archive(tmp_path / "archive.sqlite")
    held = [archive._run("PRAGMA cache_size").fetchone()[0]]
    with suppress(KeyError), archive.roomy(much=True):
        held.append(archive._run("PRAGMA cache_size").fetchone()[0])
        raise KeyError
    assert held[1] < held[0] == archive._run("PRAGMA cache_size").fetchone()[0]
    archive.close()
