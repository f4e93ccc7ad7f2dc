"""Pieces of the site itself that are no ordinary files: refused or made anew, not waited for or followed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from tests.hostile.test_folder import publish
from tests.lanes import one_fast
from tests.publish.samples import BRIDGE, update
from tests.publishing import Studio, published

DAY = "2025-05-30"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def ring(path: Path) -> None:
    path.symlink_to(path.name)


def sparse(path: Path) -> None:
    with path.open("wb") as opened:
        opened.truncate(6_000_000_000)


def link_to_another_archive(path: Path) -> None:
    """Of another program of the same user."""
    path.symlink_to(path.parents[2] / "other.sqlite")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A published site, and beside it a database of somebody else."""
    sqlite3.connect(tmp_path / "other.sqlite").close()
    return published(tmp_path / "site", {"a.txt": update(DAY, BRIDGE)})


@pytest.mark.parametrize("lay", [pipe, ring, link_to_another_archive])
def test_an_archive_that_is_no_file_is_made_anew(studio: Studio, lay: Callable[[Path], None]) -> None:
    """The site comes out as it was, and nothing is written through a link."""
    before = studio.tree()
    studio.folders.archive.unlink()
    lay(studio.folders.archive)
    studio.publish()
    assert studio.tree() == before
    assert not (studio.root.parent / "other.sqlite").read_bytes()
    assert not studio.folders.archive.is_symlink()


@pytest.mark.parametrize("lay", [pipe, ring, sparse, Path.mkdir])
def test_a_ledger_that_is_no_file_stops_with_its_name(studio: Studio, lay: Callable[[Path], None]) -> None:
    """Nothing is published without what it knows; the site stays as it was."""
    (month,) = studio.folders.ledger.glob("*.jsonl")
    month.unlink()
    lay(month)
    before = studio.tree()
    with pytest.raises(SiteError, match=f"ledger/{month.name}"):
        studio.publish()
    assert studio.tree() == before


@pytest.mark.parametrize("name", one_fast("websub.json", "deploy/held.sqlite", "announced.sqlite"))
def test_no_record_of_a_delivery_is_waited_for(studio: Studio, name: str) -> None:
    """A pipe in its place: the next text is published as ever."""
    (studio.folders.work / name).parent.mkdir(exist_ok=True)
    os.mkfifo(studio.folders.work / name)
    studio.drop("b.txt", update("2025-05-31", BRIDGE))
    publish(studio)
    assert "2025-05-31/index.html" in studio.tree()
