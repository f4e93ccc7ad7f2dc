"""Deliveries in the background: at once, again after a fault, never in anybody's way."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.config.delivery import Target
from sitrep.delivery import worker
from sitrep.delivery.background import LONGEST_WAIT, Deployer, Deployers, wait_after
from sitrep.delivery.deploy import Delivered
from sitrep.delivery.faults import DeliveryError
from sitrep.delivery.held import Held
from sitrep.site.folders import Folders
from tests.delivery.sites import SECOND, holds, site
from tests.delivery.test_websub import FIRST, PATIENCE, config_with, current_feeds, hub
from tests.delivery.test_websub import SECOND as NEXT
from tests.publishing import Studio
from tests.service.newsroom import running

TARGET = Target(name="web", folder="../public")


@dataclass
class Road:
    """A way to a target that is open or not, and a clock."""

    open: bool = True
    now: float = 1_000_000.0
    tries: int = 0
    said: list[str] = field(default_factory=list)

    def deliver(self, target: Target, folders: Folders, held: Held) -> Delivered:
        self.tries += 1
        if not self.open:
            raise DeliveryError("it does not answer")
        return Delivered(sent=3)


@contextmanager
def deployer(studio: Studio, road: Road) -> Iterator[Deployer]:
    held = Held(studio.folders.work)
    one = Deployer(
        TARGET, studio.folders, held, road.said.append, deliver=road.deliver, clock=lambda: road.now
    )
    one.begin()
    try:
        assert one.idle(PATIENCE)
        yield one
    finally:
        one.end()


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return site(tmp_path / "site")


def test_a_fault_is_told_once_and_tried_again(studio: Studio) -> None:
    """The log hears that a target fails and that it is well again; between them it is tried when due."""
    road, held = Road(open=False), Held(studio.folders.work)
    with deployer(studio, road) as one:
        assert held.state("web").fault == "it does not answer"
        for _ in range(3):
            road.now = held.state("web").next_try
            one.look()
            assert one.idle(PATIENCE)
        assert (road.tries, held.state("web").tries) == (4, 4)
        assert one.fault == "it does not answer"
        road.open, road.now = True, held.state("web").next_try
        one.look()
        assert one.idle(PATIENCE)
        assert one.fault == ""
    assert road.said == [
        "web is not up to date: it does not answer; it is tried again",
        "web is up to date again (3 files sent)",
    ]
    assert held.state("web").fault == ""
    assert held.state("web").done == road.now


def test_a_publish_tries_at_once(studio: Studio) -> None:
    """A new publish does not wait until a target that failed is due again."""
    road = Road(open=False)
    with deployer(studio, road) as one:
        one.note()
        assert one.idle(PATIENCE)
    assert road.tries == 2


@given(tries=st.integers(0, 10_000))
def test_waits_grow_and_end(tries: int) -> None:
    """Each wait is as long as the one before or longer, and none is longer than an hour."""
    assert 0 < wait_after(tries) <= wait_after(tries + 1) <= LONGEST_WAIT


def test_a_publish_during_a_failing_delivery_is_not_put_off(studio: Studio) -> None:
    """What is published while a delivery fails is tried at once, not after the wait for that one."""
    road = Road()
    with deployer(studio, road) as one:
        road.open, deliver = False, road.deliver

        def slow(*given: object) -> Delivered:
            one._deliver = deliver
            one.note()
            return deliver(*given)  # type: ignore[arg-type]

        one._deliver = slow
        one.note()
        assert one.idle(PATIENCE)
        assert road.tries == 3


def test_a_record_that_cannot_be_kept_ends_no_deliveries(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that takes no note of a delivery costs that note: the next publish is delivered."""
    road = Road()
    with deployer(studio, road) as one:
        succeeded = Held.succeeded

        def full(*_: object) -> None:
            monkeypatch.setattr(Held, "succeeded", succeeded)
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(Held, "succeeded", full)
        monkeypatch.setattr(worker, "REST", 0.01)
        one.note()
        assert one.idle(PATIENCE)
        one.note()
        assert one.idle(PATIENCE)
        assert road.tries == 3


def test_one_target_does_not_hold_up_another(studio: Studio, tmp_path: Path) -> None:
    """While one target hangs, another gets everything."""
    hang, came = tmp_path / "hang", threading.Event()
    script = f"import pathlib, time\nwhile not pathlib.Path({str(hang)!r}).exists(): time.sleep(0.01)"
    slow = Target(name="slow", command=("python3", "-c", script))
    deployers = Deployers(studio.folders, lambda _: came.set())
    deployers.begin()
    try:
        deployers.note((slow, TARGET))
        assert deployers.idle("web", PATIENCE)
        assert holds(studio, tmp_path / "public")
        studio.later(hours=1)
        studio.drop("b.txt", SECOND)
        studio.publish()
        deployers.note((slow, TARGET))
        assert deployers.idle("web", PATIENCE)
        assert holds(studio, tmp_path / "public")
    finally:
        hang.touch()
        deployers.idle("slow", PATIENCE)
        deployers.end()
    assert not came.is_set()


def test_nobody_is_told_of_what_readers_cannot_fetch(tmp_path: Path) -> None:
    """A hub hears of a feed when a target has it, not before: also where the target has failed at first."""
    goal, had = tmp_path / "web", []
    goal.write_text("in the way", encoding="utf-8")
    with hub() as mine:
        mine.asked = lambda topic: had.append((goal / topic.removeprefix("https://example.org/")).exists())
        config = config_with(mine.address) + "deploy: [{name: web, folder: ../web}]\n"
        with running(tmp_path / "site", config=config) as room:
            room.wait("web is not up to date")
            room.drop("one.txt", FIRST)
            room.wait("one.txt", "published")
            goal.unlink()
            room.drop("two.txt", NEXT)
            awaited = set(current_feeds(room.studio))
            while awaited:
                awaited.discard(mine.arriving.get(timeout=PATIENCE))
    assert all(had)


@pytest.mark.parametrize(("names", "reached"), [(["web"], True), (["away"], False), (["web", "away"], True)])
def test_a_mirror_that_is_away_keeps_nobody_waiting(
    studio: Studio, tmp_path: Path, names: list[str], reached: bool
) -> None:
    """Readers can be told as soon as every target was tried and one of them holds the site."""
    (tmp_path / "away").write_text("in the way", encoding="utf-8")
    deployers = Deployers(studio.folders, list[str]().append)
    deployers.note(tuple(Target(name=name, folder=f"../{name}") for name in names))
    assert not deployers.reached()
    deployers.begin()
    assert all(deployers.idle(name, PATIENCE) for name in names)
    assert deployers.reached() is reached
    deployers.end()


def test_a_target_that_left_the_configuration_is_let_go(studio: Studio, tmp_path: Path) -> None:
    """After a target was taken out of config.yaml nothing is sent there any more."""
    deployers = Deployers(studio.folders, lambda _: None)
    deployers.begin()
    deployers.note((TARGET,))
    assert deployers.idle("web", PATIENCE)
    deployers.note(())
    assert deployers.idle("web", PATIENCE)
    deployers.end()
    assert holds(studio, tmp_path / "public")
