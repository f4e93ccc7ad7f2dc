"""What is in output/ and .sitrep/ can be lost, whole or in part: the next publish makes it again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sitrep.publish.open_site import open_site
from sitrep.publish.spine import publish
from tests.lanes import one_fast
from tests.publish.samples import SCHOOL, seen, six_days, update
from tests.publishing import CONFIG, Studio, tree

pytestmark = pytest.mark.usefixtures("whole")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A site with six updates, published."""
    return six_days(tmp_path / "site")


@pytest.mark.slow
def test_output_can_be_deleted(studio: Studio) -> None:
    """The next publish makes the same bytes again."""
    before = studio.tree()
    shutil.rmtree(studio.folders.output)
    studio.later(days=9)
    studio.publish()
    assert studio.tree() == before


@pytest.mark.slow
def test_the_archive_can_be_deleted(studio: Studio) -> None:
    """Without .sitrep/ everything is read again, and not one byte of output/ or ledger/ changes."""
    before, ledger = studio.tree(), tree(studio.folders.ledger)
    mtimes = {path: path.stat().st_mtime_ns for path in studio.folders.output.rglob("*") if path.is_file()}
    shutil.rmtree(studio.folders.work)
    studio.later(days=9)
    outcome = studio.publish()
    assert outcome.written == 0
    assert (studio.tree(), tree(studio.folders.ledger)) == (before, ledger)
    assert {path: path.stat().st_mtime_ns for path in mtimes} == mtimes


def test_both_can_be_deleted(studio: Studio) -> None:
    """The ledger and the texts are enough."""
    before = studio.tree()
    shutil.rmtree(studio.folders.work)
    shutil.rmtree(studio.folders.output)
    studio.later(days=400)
    studio.publish()
    assert studio.tree() == before


def test_files_lost_in_an_unclean_stop_are_mended(studio: Studio) -> None:
    """A file of output/ that is gone or cut off after a crash is made again at the next start."""
    before = studio.tree()
    site = open_site(studio.folders, processes=1)
    studio.drop("new.txt", update("2025-06-01", SCHOOL))
    publish(site, now=studio.now)
    site.archive.close()  # as a kill would: nobody has said goodbye
    (studio.folders.output / "feed.xml").write_bytes(b"")
    (studio.folders.output / "2025-05-26" / "index.html").unlink()
    (studio.folders.output / "items" / "rss.xml").write_bytes(b"<rss")
    shutil.rmtree(studio.folders.output / "north")
    studio.publish()
    assert set(before) < set(studio.tree())
    seen(studio).check()


def test_a_leftover_temporary_file_goes(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed writer left under its temporary name is cleaned up at the next start."""
    real, calls = os.replace, iter(range(100))

    def replace(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        folder = str(Path(f"/proc/self/fd/{dst_dir_fd}").readlink())
        if "/output" in folder and next(calls) == 3:
            raise KeyboardInterrupt
        real(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    studio.drop("new.txt", update("2025-06-01", SCHOOL))
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            studio.publish()
    assert len(list(studio.folders.output.rglob(".sitrep-*"))) == 1
    studio.take("new.txt")
    studio.publish()
    assert not list(studio.folders.output.rglob(".sitrep-*"))


@pytest.mark.parametrize("lost", one_fast(True, False))
def test_nothing_stale_stays_when_the_archive_was_lost(studio: Studio, *, lost: bool) -> None:
    """Pages of an earlier site go although nothing tells of them; files of somebody else stay."""
    studio.drop("south.txt", update("2025-04-01", SCHOOL, heading="Southern front"))
    studio.publish()
    start, end = CONFIG.index("  - id: south"), CONFIG.index("  - {id: rumors")
    studio.configure(CONFIG[start:end], "")
    (studio.folders.ledger / "fronts").unlink()
    foreign = {"CNAME": b"example.org\n", "south/index.html": b"<p>mine</p>", "2025-06-07.txt": b"mine\n"}
    shutil.rmtree(studio.folders.output / "south")
    for place, content in foreign.items():
        (studio.folders.output / place).parent.mkdir(exist_ok=True)
        (studio.folders.output / place).write_bytes(content)
    if lost:
        shutil.rmtree(studio.folders.work)
    else:
        studio.folders.archive.write_bytes(b"no archive at all")
    (studio.folders.feeds / "south.txt").unlink()
    (studio.folders.ledger / "2025-04.jsonl").unlink()
    studio.publish()
    found = studio.tree()
    assert {place: found.get(place) for place in foreign} == foreign
    assert not [place for place in found if "2025-04" in place]
    for place in foreign:
        (studio.folders.output / place).unlink()
