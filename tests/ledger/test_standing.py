"""A publish does not go on with another authority, or with a ledger that knows less than what is online."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from tests.publishing import CONFIG, Studio

TEXT = "Update 2025-05-30\n\n– Alder road is open.\n– Birch was hit {}.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = Studio(tmp_path / "site", config=CONFIG + "corrections: {grace_minutes: 0}\n")
    made.drop("a.txt", TEXT.format("twice"))
    made.publish()
    return made


def test_another_authority_is_refused_with_the_old_one(studio: Studio) -> None:
    """Every id is made with it; changed by mistake, every reader would show everything twice."""
    text = studio.folders.config.read_text()
    studio.folders.config.write_text(text.replace("example.org,2024", "example.net,2026"))
    before = studio.tree()
    with pytest.raises(SiteError, match=r"example\.org,2024"):
        studio.publish()
    same = studio.tree() == before
    assert same
    (studio.folders.ledger / "authority").unlink()
    assert studio.publish().updates == 1


@pytest.mark.parametrize("how", ["old copy", "deleted"])
def test_a_ledger_that_knows_less_is_refused(studio: Studio, tmp_path: Path, how: str) -> None:
    """An old backup, a checkout or a deleted folder stops the publish, names the update, changes nothing."""
    shutil.copytree(studio.folders.ledger, tmp_path / "old")
    studio.later(hours=1)
    studio.drop("a.txt", TEXT.format("three times"))
    studio.publish()
    newer, before = tmp_path / "newer", studio.tree()
    studio.folders.ledger.rename(newer)
    if how == "old copy":
        shutil.copytree(tmp_path / "old", studio.folders.ledger)
    with pytest.raises(SiteError, match="2025-05-30"):
        studio.publish()
    same = studio.tree() == before
    assert same
    shutil.rmtree(studio.folders.ledger, ignore_errors=True)
    newer.rename(studio.folders.ledger)
    assert studio.publish().exit_code == 0
    same = studio.tree() == before
    assert same
