"""Everything written anew: the same bytes by one process as by several, and never all of it in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.publish import write_site
from sitrep.publish.output_writer import Writer
from sitrep.publish.render import Renderer
from sitrep.site.artifacts import Artifact
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
