"""A picture that makes its decoder hang, grow or crash costs its own file a receipt, and nothing else."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed (make setup installs it)")

from sitrep.pictures import drawn_apart  # noqa: E402
from sitrep.pictures.clean_image import make  # noqa: E402
from sitrep.pictures.drawn_apart import Room  # noqa: E402
from sitrep.pictures.image_formats import Unfit  # noqa: E402
from tests.lanes import one_fast  # noqa: E402
from tests.other_machine import environment  # noqa: E402
from tests.publishing import Studio  # noqa: E402

FAULTY = """\
import sys; sys.path[:] = sys.argv[1:]
import os, signal, time
from sitrep.pictures import clean_image, drawn_apart
drawing = clean_image._made
def faulty(content, form):
    fault, path = [*content[8:].split(b"!"), b""][:2]
    if fault == b"sleep":
        drawn_apart._within(0.1)
        time.sleep(60)
    if fault == b"work":
        drawn_apart._within(60, 0.1)
        while True: pass
    if fault == b"memory": bytearray(900_000_000)
    if fault == b"crash": os.kill(os.getpid(), signal.SIGSEGV)
    if fault == b"leave": os._exit(0)
    if fault == b"write": open(path, "wb").write(b"x")
    if fault == b"lie": os.write(1, b"\\0\\0\\0\\2[}"); os._exit(0)
    return drawing(content, form)
clean_image._made = faulty
drawn_apart.serve()
"""
"""A process whose decoder has the fault that a picture names after its signature."""


def png(colour: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, "PNG")
    return written.getvalue()


def hostile(fault: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + fault.encode() + b"!"


@pytest.mark.parametrize(
    ("fault", "fact"),
    one_fast(
        ("sleep", "takes too long"),
        ("work", "takes too long"),
        ("memory", "needs too much memory"),
        ("leave", "is damaged"),
        ("crash", "is damaged"),
        ("lie", "is damaged"),
    ),
)
def test_whatever_a_decoder_does_the_next_picture_is_drawn(fault: str, fact: str) -> None:
    """It sleeps, works without end, grows, crashes or answers nonsense: refused; what follows is as ever."""
    room = Room(FAULTY)
    try:
        assert room.draw(png()) == make(png())
        refused = room.draw(hostile(fault))
        assert isinstance(refused, Unfit)
        assert refused.fact.startswith(fact)
        assert refused.remedy
        assert room.draw(png("blue")) == make(png("blue"))
    finally:
        room.close()


def test_what_draws_can_write_no_file(tmp_path: Path) -> None:
    """Not even where the program may: who takes over a decoder has nothing to leave anything in."""
    room = Room(FAULTY)
    try:
        assert isinstance(room.draw(hostile(f"write!{tmp_path / 'file'}")), Unfit)
    finally:
        room.close()
    assert (tmp_path / "file").read_bytes() == b""


def test_one_process_draws_many_and_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures in a row share a process; after so many, and after a rest, there is a new one."""
    monkeypatch.setattr(drawn_apart, "MOST", 3)
    room, seen = Room(), []
    try:
        for _ in range(5):
            room.draw(png())
            seen.append(room._process.pid)  # type: ignore[union-attr]
        monkeypatch.setattr(drawn_apart, "IDLE", 0)
        room.draw(png())
        seen.append(room._process.pid)  # type: ignore[union-attr]
    finally:
        room.close()
    assert len(set(seen[:3])) == len(set(seen[3:5])) == 1
    assert len(set(seen)) == 3


def test_a_forked_process_draws_by_itself() -> None:
    """It shares no pipe with the one that forked it: answers cannot be mixed up."""
    room = Room()
    try:
        room.draw(png())
        mine = room._process
        child = os.fork()
        if child == 0:
            os._exit(0 if room.draw(png("blue")) == make(png("blue")) and room._process is not mine else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert room.draw(png()) == make(png())
        assert room._process is mine
    finally:
        room.close()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system cannot wait for any process")
def test_it_ends_with_the_program(tmp_path: Path) -> None:
    """Killed outright, the program leaves no process behind that waits for pictures."""
    (tmp_path / "a.png").write_bytes(png())
    code = (
        "import os, signal; from sitrep.pictures.drawn_apart import _room;"
        "_room.draw(open('a.png', 'rb').read());"
        "print(_room._process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    assert gone(int(ran.stdout))


def gone(process: int) -> bool:
    """True as soon as a process has ended; waits for it up to some seconds."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    with os.fdopen(handle) as opened:
        return bool(select.select([opened], [], [], 10.0)[0])


def test_a_killed_picture_costs_its_text_a_remark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is out without it, told on its receipt; the picture beside it and the other text are out."""
    room = Room(FAULTY)
    monkeypatch.setattr(drawn_apart, "_room", room)
    studio = Studio(tmp_path / "site")
    (studio.folders.feeds / "bad.png").write_bytes(hostile("work"))
    (studio.folders.feeds / "good.png").write_bytes(png())
    studio.drop("a.txt", "Update 31-05-2025\n\n- The road is open.\n\n![a](bad.png)\n\n![b](good.png)\n")
    studio.drop("b.txt", "Update 30-05-2025\n\n- The mill is open.\n")
    try:
        outcome = studio.publish()
    finally:
        room.close()
    assert [file.path for file in outcome.files if file.problems] == ["a.txt"]
    assert "bad.png takes too long to read" in str(outcome.files[0].problems)
    feed = studio.tree()["feed.xml"]
    assert b"The road is open" in feed
    assert b"The mill is open" in feed
    assert len([name for name in studio.tree() if name.startswith("media/")]) == 1


def test_a_site_without_pictures_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does one whose picture is seen to be none."""
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    studio = Studio(tmp_path / "site")
    (studio.folders.feeds / "no.png").write_bytes(b"<svg/>")
    studio.drop("a.txt", "Update 31-05-2025\n\n- The road is open.\n\n![a](no.png)\n")
    studio.publish()
    assert b"The road is open" in studio.tree()["feed.xml"]
