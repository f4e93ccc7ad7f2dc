"""Whatever comes, each file is published in the end, and nothing more often than something changes."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.say import instant_text
from sitrep.inbox import watch
from sitrep.inbox.finished import Pace
from sitrep.inbox.scan import Found, Look, glance
from sitrep.inbox.wakeups import WakeUps
from sitrep.inbox.write_leases import Writing
from sitrep.publish.outcome import Outcome
from sitrep.report.log import Log
from sitrep.service import service as serving
from sitrep.service.publisher import Publisher
from sitrep.service.service import Service
from sitrep.site.folders import Folders
from tests.publishing import NOON

PACE = Pace(settle=2.0, rescan=30.0, grace=20.0, tick=5.0)
NAMES = "abc"
QUIET = 250.0
"""Seconds after which everything must be out once nothing hinders it."""
WAITS = (0.0, 1.0, 4.0, 45.0, 130.0)


@dataclass
class Desk:
    """A folder, a clock, what hinders publishing, and a publisher that does as it is told."""

    root: Path
    now: float = 1_000.0
    broken: bool = False
    put_off: set[str] = field(default_factory=set)
    """Files that a publish finds unfinished."""
    busy: set[str] = field(default_factory=set)
    """Files that somebody has open."""
    known: dict[str, str] = field(default_factory=dict)
    online: dict[str, str] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)
    looks: list[tuple[float, bool]] = field(default_factory=list)
    """When something was published, and whether that was the whole folder."""
    calm: int = 0
    """How many of these there were when everything should have been out."""
    script: Iterator[tuple[float, Callable[[], None]]] = field(default_factory=lambda: iter(()))
    next: tuple[float, Callable[[], None]] | None = None
    is_lost = False

    # -- what the service asks of a publisher ------------------------------------------------------

    @property
    def archive(self) -> Desk:
        return self

    def marks(self) -> dict[str, str]:
        return dict(self.known)

    def next_due(self) -> str | None:
        return min((instant_text(self.instant(at)) for at in self.held.values()), default=None)

    def sources_due(self, instant: str) -> tuple[str, ...]:
        return tuple(path for path, at in self.held.items() if instant_text(self.instant(at)) <= instant)

    def publish(self, look: Look, *, confirm_deletions: bool, more: object) -> Outcome:
        self.looks.append((self.now, look.whole))
        if self.broken:
            raise SiteError(Problem(path="output", fact="the disk is full", remedy="make room"))
        due = self.sources_due(instant_text(self.instant(self.now)))
        seen = {found.path: found for found in look.found if found.path.endswith(".txt")}
        for path in due:
            if path not in seen and path not in look.unsettled and (found := glance(self.feeds, path)):
                seen[path] = found
        fresh = {path for path, found in seen.items() if self.known.get(path) != found.stat or path in due}
        for path in fresh - self.put_off:
            self._read(seen[path])
        for path in [*self.known] if look.whole else ():
            if path not in seen and path not in look.unsettled:
                for notes in (self.known, self.online, self.held):
                    notes.pop(path, None)  # type: ignore[attr-defined]
        return Outcome(
            at=NOON, whole=look.whole, unfinished=tuple(sorted(fresh & self.put_off)), written=len(fresh)
        )

    def _read(self, found: Found) -> None:
        text = (self.feeds / found.path).read_text()
        self.known[found.path] = found.stat
        self.held.pop(found.path, None)
        _, _, until = text.partition(" until ")
        if until and self.now < float(until):
            self.held[found.path] = float(until)
        else:
            self.online[found.path] = text

    def nothing(self) -> None:
        """What the service asks for beside publishing."""

    in_one_process = warm = reload = rebuild = write_status_page = tell_outlets = nothing

    # -- what people do ----------------------------------------------------------------------------

    @property
    def feeds(self) -> Path:
        return self.root / "feeds"

    def instant(self, at: float) -> dt.datetime:
        return NOON + dt.timedelta(seconds=at)

    def save(self, name: str, text: str) -> None:
        (self.feeds / f"{name}.txt").write_text(text)

    def take(self, name: str) -> None:
        (self.feeds / f"{name}.txt").unlink(missing_ok=True)

    def away(self) -> None:
        if self.feeds.exists():
            self.feeds.rename(self.root / "away")
        else:
            (self.root / "away").rename(self.feeds)

    def lift(self) -> None:
        self.broken = False
        self.put_off.clear()
        self.busy.clear()
        if not self.feeds.exists():
            self.away()

    def there(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in self.feeds.glob("*.txt")}


class Hints(WakeUps):
    """Waits by moving the clock of a desk, and lets people do what they do meanwhile."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def hear(self, patience: float) -> set[str]:
        desk, end = self.desk, self.desk.now + max(patience, 0.001)
        while not self.more and not self.stopped:
            if desk.next is None or desk.next[0] > end:
                desk.now = end
                break
            desk.now = max(desk.now, desk.next[0])
            desk.next[1]()
            desk.next = next(desk.script, None)
        heard = set()
        while self.more:
            heard.add(self._hints.get())
        return heard


Act = tuple[str, str, float, bool]
"""What is done, to which file, how long nothing is done after it, and whether the system tells of it."""


def acts(desk: Desk, script: Iterable[Act], hints: Hints) -> Iterator[tuple[float, Callable[[], None]]]:
    at, number = desk.now, itertools.count()

    def act(what: str, name: str, heard: bool) -> None:
        path = f"{name}.txt"
        if what in ("save", "hold") and desk.feeds.exists():
            desk.save(name, f"{next(number)}" + (f" until {desk.now + 50}" if what == "hold" else ""))
        elif what == "take" and desk.feeds.exists():
            desk.take(name)
        elif what in ("busy", "put_off"):
            getattr(desk, what).symmetric_difference_update({path})
        elif what == "broken":
            desk.broken = not desk.broken
        elif what == "away":
            desk.away()
        elif what == "confirm":
            (desk.root / "confirm").touch()
        if heard:
            hints.ring(path)

    for what, name, wait, heard in script:
        yield at, lambda what=what, name=name, heard=heard: act(what, name, heard)  # type: ignore[misc]
        at += wait
    yield at, lambda: None


ACTS = st.tuples(
    st.sampled_from(
        ["save", "save", "save", "hold", "take", "busy", "put_off", "put_off", "broken", "away", "confirm"]
    ),
    st.sampled_from(NAMES),
    st.sampled_from(WAITS),
    st.booleans(),
)


def play(root: Path, script: Iterable[Act]) -> Desk:
    """Let it happen, hinder nothing any more, and see that everything is out and all is quiet."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "feeds").mkdir(parents=True)
    desk = Desk(root)
    clock = SimpleNamespace(monotonic=lambda: desk.now)
    folders = SimpleNamespace(
        feeds=desk.feeds, confirm=root / "confirm", config=root / "config.yaml", templates=root / "templates"
    )
    service = Service(
        cast(Publisher, desk), cast(Folders, folders), lambda: desk.instant(desk.now), Log(io.StringIO())
    )
    service.wakeups = hints = Hints(desk)

    def script_to_the_end() -> Iterator[tuple[float, Callable[[], None]]]:
        yield from acts(desk, script, hints)
        at = desk.now
        yield at + 1, desk.lift
        yield at + QUIET, lambda: setattr(desk, "calm", len(desk.looks))
        yield at + 2 * QUIET, hints.stop

    desk.script = script_to_the_end()
    desk.next = next(desk.script)

    def asked(_: Path, found: Found) -> Writing:
        return Writing.YES if found.path in desk.busy else Writing.NO

    observer: Any = mock.Mock(emitters=[])
    with (
        mock.patch.object(watch, "time", clock),
        mock.patch.object(serving, "time", clock),
        mock.patch.object(watch, "is_written", asked),
        mock.patch.object(watch, "_listen", return_value=observer),
    ):
        service.run(pace=lambda _: PACE)
    return desk


SCRIPTS = st.lists(ACTS, max_size=14)
_CALM = [HealthCheck.function_scoped_fixture]


def comes_out(root: Path, script: list[Act]) -> None:
    """What is there when nothing hinders it any more is online, and nothing else; then all is quiet. While
    something hinders it, it is tried less and less often."""
    desk = play(root / "desk", script)
    assert desk.online == desk.there()
    assert not desk.held
    assert not (desk.root / "confirm").exists()
    assert desk.looks[desk.calm :] == []
    most = 8 + 6 * len(script) + (sum(wait for *_, wait, _ in script) + QUIET) / 30
    assert len(desk.looks) <= most, desk.looks


@given(SCRIPTS)
@settings(max_examples=8, deadline=None, suppress_health_check=_CALM)
@example([("hold", "a", 0.0, True), ("broken", "a", 1.0, False), ("hold", "a", 45.0, False)])
@example([("put_off", "a", 0.0, False), ("save", "a", 0.0, True), ("save", "b", 0.0, True)])
@example([("save", "a", 4.0, True), ("broken", "a", 0.0, False), ("confirm", "a", 130.0, False)])
@example([("hold", "a", 4.0, True), ("put_off", "a", 130.0, False)])
@example([("save", "a", 4.0, True), ("take", "a", 0.0, True), ("confirm", "a", 0.0, False)])
def test_whatever_comes_each_file_is_out_in_the_end(tmp_path: Path, script: list[Act]) -> None:
    """However people, the disk and what the system tells fall together, nothing waits for good."""
    comes_out(tmp_path, script)


@pytest.mark.slow
@given(SCRIPTS)
@settings(max_examples=400, deadline=None, suppress_health_check=_CALM)
def test_of_many_ways_it_may_come_none_leaves_a_file_behind(tmp_path: Path, script: list[Act]) -> None:
    """The same, tried much longer."""
    comes_out(tmp_path, script)
