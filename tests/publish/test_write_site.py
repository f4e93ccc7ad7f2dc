"""Everything written anew: the same bytes by one process as by several, and never all of it in memory."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from sitrep.base.nouns import Item, Revision, Section, Update
from sitrep.publish import write_site
from sitrep.publish.output_writer import Writer
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import Artifact
from sitrep.site.before_and_after import touch
from tests.publishing import Studio


def month_of_updates(root: Path) -> Studio:
    studio = Studio(root)
    for day in range(1, 29):
        studio.drop(f"2025-05-{day:02d}.txt", f"Update 2025-05-{day:02d}\n\n- Day {day} at Alder.\n")
    return studio


def test_one_process_writes_what_several_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large publish has the same files, byte for byte, however many processes share it."""
    monkeypatch.setattr(write_site, "MANY", 10)
    trees = []
    for processes in (1, 2):
        studio = month_of_updates(tmp_path / str(processes))
        studio.publish(processes=processes)
        trees.append(studio.tree())
    assert trees[0] == trees[1]


def test_what_is_made_is_written_and_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large publish by one process, only feeds and indexes are ever made before they are written."""
    monkeypatch.setattr(write_site, "MANY", 10)
    waiting: set[str] = set()
    most = made = 0
    render, write = Renderer.render, Writer.write

    def rendered(self: Renderer, artifact: Artifact, archive: object) -> bytes | None:
        nonlocal most, made
        content = render(self, artifact, archive)  # type: ignore[arg-type]
        made += 1
        if content:
            waiting.add(artifact.place)
        most = max(most, len(waiting))
        return content

    def written(self: Writer, place: str, content: bytes) -> None:
        waiting.discard(place)
        write(self, place, content)

    monkeypatch.setattr(Renderer, "render", rendered)
    monkeypatch.setattr(Writer, "write", written)
    month_of_updates(tmp_path).publish(processes=1)
    assert not waiting
    assert made > 110
    assert most < 50


def test_a_correction_touches_only_the_month_in_which_it_was_made() -> None:
    """What was put right in earlier months stands on their pages as it did; they are not made again."""
    moments = [dt.datetime(2025, month, 3, 9, tzinfo=dt.UTC) for month in (5, 6, 7)]
    states = [_corrected(*moments[:count]) for count in range(4)]
    told = [sorted(touch(*pair).change_months) for pair in pairwise(states)]
    assert told == [["2025-05"], ["2025-06"], ["2025-07"]]
    assert touch(states[3], states[3]).change_months == frozenset()
    assert touch(states[3], None).change_months == {"2025-05", "2025-06", "2025-07"}


def _corrected(*moments: dt.datetime) -> Update:
    """An update of one item that was put right at these moments."""
    revisions = tuple(Revision(at=at, before="before", after="after", correction=True) for at in moments)
    item = Item(text="The bridge is open.", line=3, front="western", number=1, revisions=revisions)
    sections = (Section(heading="West", line=2, items=(item,)),)
    return Update(date=dt.date(2025, 5, 1), line=1, key="2025-05-01", sections=sections)
