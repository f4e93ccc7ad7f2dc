"""Law 7: what one drop costs does not grow with the archive. Counted, never timed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.corpus import update_text
from sitrep.archive.updates import UpdateIndex
from sitrep.base.nouns import Severity, Update
from sitrep.inbox.deletion_guard import BelievedGone
from sitrep.inbox.scan import Look, glance
from sitrep.publish.drafts import Drafts
from sitrep.publish.open_site import OpenSite, open_site
from sitrep.publish.outcome import Outcome
from sitrep.publish.output_writer import Writer
from sitrep.publish.read_files import ReadFile, State
from sitrep.publish.spine import publish
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import Studio

NEWEST = dt.date(2025, 6, 1)
NOW = dt.datetime(2026, 1, 10, 12, 0, tzinfo=dt.UTC)
PER_MONTH = 10
MONTHS = (10, 100)
"""Of the two sites that are compared."""


@dataclass(frozen=True)
class Cost:
    """What one publish did."""

    written: int
    removed: int
    bytes: int
    bodies: int
    """Updates decoded from the archive."""
    steps: int
    """Instructions of SQLite's machine, in hundreds: rows gone through, found or not."""
    files: tuple[str, ...]


def months_back(count: int) -> dt.date:
    """The first day of the month that lies so far before the newest."""
    total = NEWEST.year * 12 + NEWEST.month - 1 - count
    return dt.date(total // 12, total % 12 + 1, 1)


def text(number: int, day: dt.date) -> str:
    """An update of the usual size, with links that lead out of the site."""
    return update_text(number, day).replace("example.org/long", "example.net/long")


class Press:
    """A site with so many months of updates, all alike, and stays open."""

    def __init__(self, root: Path, months: int) -> None:
        self.studio = Studio(root, now=NOW)
        for back in range(months):
            for number in range(PER_MONTH):
                day = months_back(back) + dt.timedelta(days=number)
                # The same words in the same place of every month: their sizes are no part of the question.
                self.studio.drop(f"{day.isoformat()}.txt", text(number + 100 * (back % 3), day))
        self.site = open_site(self.studio.folders, processes=2)
        publish(self.site, now=self.studio.now)
        self.publish("warm.txt", text(90, NEWEST + dt.timedelta(days=PER_MONTH)))

    def publish(self, *drops: str) -> Outcome:
        """Drop files (name, text, name, text ...) and publish them as a watcher would."""
        pairs = dict(zip(drops[::2], drops[1::2], strict=True))
        for name, content in pairs.items():
            self.studio.drop(name, content)
        found = tuple(one for name in pairs if (one := glance(self.studio.folders.feeds, name)))
        self.studio.later(minutes=1)
        return publish(self.site, Look(found=found), now=self.studio.now)


@contextmanager
def counted(site: OpenSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts what the archive is asked and which files are written."""
    counts: Counter[str] = Counter()
    known, write = UpdateIndex._known, Writer.write

    def known_counted(self: UpdateIndex, said: str, values: tuple[object, ...]) -> Iterator[Update]:
        for one in known(self, said, values):
            counts["bodies"] += 1
            yield one

    def write_counted(self: Writer, place: str, content: bytes) -> None:
        counts[f"file {place}"] += 1
        write(self, place, content)

    def tick() -> int:
        counts["steps"] += 1
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(UpdateIndex, "_known", known_counted)
        patched.setattr(Writer, "write", write_counted)
        site.archive._db.set_progress_handler(tick, 100)
        yield counts
        site.archive._db.set_progress_handler(None, 0)


def cost(press: Press, monkeypatch: pytest.MonkeyPatch, *drops: str) -> Cost:
    """What publishing these drops costs."""
    with counted(press.site, monkeypatch) as counts:
        outcome = press.publish(*drops)
    assert outcome.published
    written = [name for name in counts if name.startswith("file ")]
    assert all(counts[name] == 1 for name in written)
    # Claims are numbered over the whole site; what they are called is no part of the question.
    files = tuple(sorted(re.sub(r"claims/[^/]+", "claims/-", name[5:]) for name in written))
    return Cost(outcome.written, outcome.removed, outcome.bytes, counts["bodies"], counts["steps"], files)


@pytest.fixture(scope="module")
def presses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Press, Press]]:
    """A young site (100 updates in 10 months) and one ten times as old."""
    presses = tuple(Press(tmp_path_factory.mktemp("cost") / f"{n}-months", n) for n in MONTHS)
    yield presses[0], presses[1]
    for press in presses:
        press.site.close()


LATE = months_back(1) + dt.timedelta(days=6)
STEPS = {
    "a drop": ("new.txt", text(500, NEWEST + dt.timedelta(days=PER_MONTH + 1))),
    "an edit": (f"{LATE.isoformat()}.txt", text(106, LATE).replace("The road stayed closed", "It was shut")),
    "a late text": ("late.txt", update((LATE + dt.timedelta(days=1)).isoformat(), BRIDGE, CONVOY, SCHOOL)),
    "the first of a month": ("july.txt", text(800, dt.date(2025, 7, 2))),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.slow
def test_a_step_costs_the_same_at_any_age(
    presses: tuple[Press, Press], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The same files and bytes, within what a window ends between two updates; as much asked and decoded."""
    young, old = (cost(press, monkeypatch, *STEPS[step]) for press in presses)
    assert old.files == young.files
    assert (old.written, old.removed) == (young.written, young.removed)
    assert old.written <= (36 if step == "a drop" else 80)
    assert abs(old.bytes - young.bytes) <= 0.05 * young.bytes
    assert old.bodies <= 1.1 * young.bodies + 5
    assert old.steps <= 1.3 * young.steps + 20


@pytest.mark.slow
def test_a_burst_writes_each_feed_once(presses: tuple[Press, Press], monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred files at once: one version of every feed and page, at any age of the site."""
    drops: list[str] = []
    for number in range(100):
        day = dt.date(2025, 8, 1) + dt.timedelta(days=number)
        drops += [f"burst-{number}.txt", text(900 + number, day)]
    young, old = (cost(press, monkeypatch, *drops) for press in presses)
    assert old.files == young.files
    assert len([name for name in old.files if name.endswith(("feed.xml", "rss.xml", "feed.json"))]) <= 3 * 8


@pytest.mark.slow
def test_a_quiet_look_costs_nothing(presses: tuple[Press, Press], monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that finds a file as it was writes nothing and decodes no update."""
    for press in presses:
        found = glance(press.studio.folders.feeds, f"{LATE.isoformat()}.txt")
        assert found
        with counted(press.site, monkeypatch) as counts:
            outcome = publish(press.site, Look(found=(found,)), now=press.studio.now)
        assert (outcome.written, counts["bodies"]) == (0, 0)


@pytest.mark.slow
def test_the_hundredth_edit_of_a_text_costs_what_the_tenth_costs(tmp_path: Path) -> None:
    """Each adds as much to the ledger and touches as many files; what is written grows with the log alone."""
    studio, cost = Studio(tmp_path), {}
    for edit in range(101):
        studio.later(minutes=20)
        studio.drop("a.txt", update("2025-06-01", BRIDGE, f"Convoy {edit + 100} has come to Elm.", SCHOOL))
        before = sum(path.stat().st_size for path in studio.folders.ledger.rglob("*.*"))
        outcome = studio.publish(processes=1)
        after = sum(path.stat().st_size for path in studio.folders.ledger.rglob("*.*"))
        cost[edit] = outcome.written, outcome.bytes, after - before
    (files, small, line), (more_files, large, last_line) = cost[10], cost[100]
    assert more_files <= files + 1
    assert last_line <= line + 8
    assert large - small < 90 * 10_000


class Said:
    """What settling has to say of a file; counts how often somebody asks of which."""

    severity = Severity.WARNING
    asked = 0

    def __init__(self, of: str) -> None:
        self._of = of

    @property
    def path(self) -> str:
        Said.asked += 1
        return self._of


def test_what_settling_says_of_many_files_is_gone_through_once() -> None:
    """A first build of a hundred thousand files has as much to say, of one file each."""
    names = [f"{number}.txt" for number in range(60)]
    files = tuple(ReadFile(path=name, stat="", digest="", state=State.PUBLISHED) for name in names)
    nothing = BelievedGone(gone=frozenset(), kept_back=frozenset())
    drafts = Drafts(files=files, fresh=files, deletions=nothing, records={})
    told = drafts.with_problems(Said(name) for name in names)  # type: ignore[misc]
    assert [[problem.path for problem in file.problems] for file in told.files] == [[name] for name in names]
    assert Said.asked == 2 * len(names)


def test_the_several_updates_of_a_day_of_a_large_measured_archive_are_no_copies(tmp_path: Path) -> None:
    """Else what a hundred thousand updates cost would be what it costs to refuse a third of them."""
    studio = Studio(root=tmp_path)
    texts = {f"{NEWEST}-{before + 1}.txt": update_text(before, NEWEST, before) for before in range(5)}
    for name, words in texts.items():
        studio.drop(name, words)
    assert len(studio.publish().published) == len(texts)
