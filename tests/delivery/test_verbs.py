"""Deploying as a person does it: by ``build``, by ``deploy``, by a program that watches; ``status`` tells."""

from __future__ import annotations

import json
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Problem
from sitrep.cli import main
from sitrep.delivery.outlets import Outlets
from sitrep.publish.open_site import read_config
from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.delivery.sites import FIRST, SECOND, holds
from tests.publishing import CONFIG, Studio

WEB = "deploy:\n  - {name: web, folder: ../public}\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    studio = Studio(tmp_path / "site", config=CONFIG + WEB)
    studio.drop("a.txt", FIRST)
    return studio


def sitegen(studio: Studio, *words: str) -> int:
    return main([words[0], "--site", str(studio.root), *words[1:]])


def test_a_build_brings_the_site_out(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One publish brings every target up to date and says so; ``status`` tells since when."""
    assert sitegen(studio, "build") == 0
    assert holds(studio, tmp_path / "public")
    assert f"web: {len(studio.tree())} files sent" in capsys.readouterr().out
    assert sitegen(studio, "status") == 0
    assert "target web  held everything" in capsys.readouterr().out


def test_a_dry_run_sends_nothing(studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``deploy --dry-run`` lists what would be sent in its order, in words or in JSON, and sends nothing."""
    sitegen(studio, "build")
    whole = len(studio.tree())
    (tmp_path / "public" / "index.html").unlink()
    capsys.readouterr()
    assert sitegen(studio, "deploy", "--dry-run") == 0
    assert capsys.readouterr().out == "  web: up to date\n"
    assert sitegen(studio, "deploy", "--dry-run", "--all", "--json") == 0
    steps = json.loads(capsys.readouterr().out)["web"]["steps"]
    assert sum(map(len, steps)) == whole
    assert not (tmp_path / "public" / "index.html").exists()
    assert sitegen(studio, "deploy", "--all") == 0
    assert holds(studio, tmp_path / "public")


def test_keys_that_others_may_read_are_told_with_what_to_type(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A delivery that cannot begin names the file that is in its way, and the remedy."""
    (studio.root / "keys").write_text("A=1\n")
    (studio.root / "keys").chmod(0o644)
    with (studio.root / "config.yaml").open("a") as config:
        config.write("  - {name: far, rsync: 'rsync://127.0.0.1:1/site/', credentials: keys}\n")
    assert sitegen(studio, "deploy", "far") == 1
    assert "far: not up to date: keys: other users of this machine may read it; run: chmod 600 keys" in (
        capsys.readouterr().out
    )


def test_a_target_that_fails_is_told(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A publish succeeds whatever becomes of a target; that, and when it is tried again, is told."""
    (tmp_path / "public").write_text("a file, not a folder")
    assert sitegen(studio, "build") == 0
    assert "web: not up to date" in capsys.readouterr().out
    assert sitegen(studio, "deploy") == 1
    capsys.readouterr()
    assert sitegen(studio, "status") == 1
    told = capsys.readouterr().out
    assert "files behind, nothing was sent there yet" in told
    assert "next try" in told


def test_wrong_names_are_told(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """A target that is not configured, and a site without any, are each told with what to write."""
    assert sitegen(studio, "deploy", "webb") == 2
    assert "the targets are: web" in capsys.readouterr().err
    studio.folders.config.write_text(CONFIG, encoding="utf-8")
    assert sitegen(studio, "deploy") == 2
    assert "add deploy:" in capsys.readouterr().err


def test_nothing_published_is_told(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first publish there is nothing to bring anywhere."""
    assert sitegen(studio, "deploy") == 1
    assert "there is no site in it" in capsys.readouterr().out


def test_a_running_program_brings_each_drop_out(studio: Studio, tmp_path: Path) -> None:
    """While the program runs, a target follows each publish in the background; no publish waits for it."""
    outlets = Outlets(studio.folders, lambda _: None)
    config = read_config(studio.folders)
    studio.publish()
    try:
        outlets.begin()
        with closing(Archive(studio.folders.archive, read_only=True)) as archive:
            outlets.note(archive, config, (), changed=True)
        assert outlets.idle("web", 20)
        assert holds(studio, tmp_path / "public")
        studio.later(hours=1)
        studio.drop("b.txt", SECOND)
        studio.publish()
        with closing(Archive(studio.folders.archive, read_only=True)) as archive:
            outlets.note(archive, config, ("2025-05-31",), changed=True)
        assert outlets.idle("web", 20)
        assert holds(studio, tmp_path / "public")
    finally:
        outlets.end()


def test_writers_are_told_in_feeds(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target without news for a while is told beside the texts, and no more when it has them."""
    publisher = Publisher(studio.folders, lambda: studio.now, Log(StringIO()), processes=1)
    note = studio.folders.feeds / "deploy.error.txt"
    problem = Problem(path="deploy", fact="the target web does not get new updates", remedy="tell somebody")
    try:
        monkeypatch.setattr(Outlets, "problems", lambda _: (problem,))
        publisher.tell_outlets()
        assert "The target web does not get new updates" in note.read_text(encoding="utf-8")
        monkeypatch.setattr(Outlets, "problems", lambda _: ())
        publisher.tell_outlets()
        assert not note.exists()
    finally:
        publisher.close()
