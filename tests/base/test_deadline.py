"""Work that does not end is broken off, wherever it stands."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.base.deadline import TooLongError, within
from sitrep.inbox.survey import State
from sitrep.publish import read_files
from sitrep.text import markdown, markdown_library
from tests.publishing import Studio


def loop() -> None:
    while True:
        pass


def pattern() -> None:
    re.match(r"(a|a)*b", "a" * 60)


def deaf() -> None:
    """Takes the first errors for its own."""
    for _ in range(3):
        try:
            loop()
        except Exception:
            continue
    loop()


@pytest.mark.parametrize("work", [loop, pattern, deaf])
def test_work_is_broken_off(work: Callable[[], None]) -> None:
    """A loop, a pattern without end, and code that swallows errors; afterwards nothing is left behind."""
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TooLongError), within(0.02):
        work()
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_an_inner_limit_leaves_the_outer_one() -> None:
    """The inner work is broken off by its own, the outer by its own."""

    def work() -> None:
        with contextlib.suppress(TooLongError), within(0.02):
            loop()
        done.append("inner")
        loop()

    done: list[str] = []
    with pytest.raises(TooLongError), within(0.1):
        work()
    assert done == ["inner"]


def test_a_thread_has_no_limit() -> None:
    """Where no signal comes the work is done as if there were none."""
    done = []

    def work() -> None:
        with within(0.001):
            done.append(sum(range(1000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [499500]


def test_a_text_that_takes_too_long_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its writer is told; the file beside it is out."""
    real = read_files.read
    studio = Studio(tmp_path / "site")
    studio.drop("b.txt", "Update 30-05-2025\n\n- The mill is open.\n")
    studio.publish()
    monkeypatch.setattr(read_files, "SECONDS", 0.1)
    monkeypatch.setattr(
        read_files,
        "read",
        lambda source, *_, **__: loop() if source.path == "a.txt" else real(source, *_, **__),
    )
    studio.drop("a.txt", "Update 31-05-2025\n\n- The road is open.\n")
    studio.drop("b.txt", "Update 30-05-2025\n\n- The mill is open again.\n")
    outcome = studio.publish()
    bad = next(file for file in outcome.files if file.path == "a.txt")
    assert bad.state is State.REFUSED
    assert "takes too long" in str(bad.problems)
    assert b"The mill is open again" in studio.tree()["feed.xml"]


def test_markdown_that_takes_too_long_is_shown_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of it is there, and the next text has its markup."""
    monkeypatch.setattr(markdown_library, "SECONDS", 0.02)
    monkeypatch.setattr(markdown_library._own, "render", lambda *_: loop(), raising=False)
    assert "a *road*, [b](https://e.example/)" in markdown.to_html("a *road*, [b](https://e.example/)")
    assert "<em>mill</em>" in markdown.to_html("a *mill*, [b](https://e.example/)")
