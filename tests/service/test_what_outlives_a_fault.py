"""What a publish that failed had begun is ended by the next: answers, requests, receipts, and who is told."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sitrep.base.errors import SiteError, SitrepError
from sitrep.base.nouns import Problem
from sitrep.forgetting import forget
from sitrep.publish import spine
from sitrep.report.files_beside import MARK
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.publishing import Studio

FULL = SiteError(Problem(path="output", fact="the disk is full", remedy="make room"))


@contextlib.contextmanager
def opened(studio: Studio) -> Iterator[Publisher]:
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()), processes=1)
    try:
        yield publisher
    finally:
        publisher.close()


def studio_of(root: Path, days: Iterable[int] = (1,)) -> Studio:
    studio = Studio(root)
    for day in days:
        studio.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report number {day} from Birch.\n")
    return studio


def failing_once(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, after: bool = False) -> None:
    """The next call fails, before or after it has done its work."""
    real = getattr(owner, name)

    def fail(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(owner, name, real)
        if after:
            real(*given, **named)
        raise FULL

    monkeypatch.setattr(owner, name, fail)


def test_receipts_of_an_earlier_run_go_with_their_cause(tmp_path: Path) -> None:
    """What a program that was stopped has said of the site goes with the first look of the next one."""
    studio = studio_of(tmp_path)
    for name in ("config.yaml", "templates", "output", "signature", "deletions"):
        studio.drop(f"{name}.error.txt", f"{MARK}\n")
    with opened(studio) as publisher:
        publisher.publish()
    assert not list(studio.folders.feeds.glob("*.error.txt"))


def test_an_answer_outlives_a_publish_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who said that deletions are meant need not say it again, because the disk was full at that moment."""
    studio = studio_of(tmp_path, range(1, 8))
    with opened(studio) as publisher:
        publisher.publish()
        for day in range(1, 6):
            studio.take(f"{day}.txt")
        assert len(publisher.publish().kept_back) == 5
        studio.drop("deletions.yes", "")
        whole = publisher._publish_at_once
        failing_once(monkeypatch, publisher, "_publish_at_once")
        with pytest.raises(SitrepError):
            publisher.publish()
        assert publisher._publish_at_once == whole
        outcome = publisher.publish()
    assert (outcome.updates, outcome.kept_back) == (2, ())


def test_a_request_that_was_hindered_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting that met a full disk is not done, is known to be so, and is done by the next look."""
    studio = studio_of(tmp_path, (1, 2))
    with opened(studio) as publisher:
        publisher.publish()
        studio.drop("2025-05-01.forget", "")
        failing_once(monkeypatch, forget, "forget")
        assert publisher.publish().unfinished == ("2025-05-01.forget",)
        assert (studio.folders.feeds / "2025-05-01.forget.error.txt").exists()
        assert publisher.publish().unfinished == ()
    assert not (studio.folders.feeds / "2025-05-01.forget.error.txt").exists()
    assert b"number 1" not in b"".join(studio.tree().values())


def test_what_a_failed_publish_has_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Targets and followers hear of what stood already when a publish failed with the next one."""
    studio, told = studio_of(tmp_path), []
    with opened(studio) as publisher:
        publisher.publish()
        monkeypatch.setattr(publisher._outlets, "note", lambda *_, changed: told.append(changed))
        studio.drop("2.txt", "Update 02-05-2025\n\n- The mill grinds again.\n")
        failing_once(monkeypatch, spine, "outcome_of", after=True)
        with pytest.raises(SitrepError):
            publisher.publish()
        assert not publisher.publish().written
        publisher.publish()
    assert told == [True, False]
