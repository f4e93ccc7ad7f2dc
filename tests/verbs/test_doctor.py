"""The doctor: what a site needs is looked at piece by piece, and what a trial may have is told in public."""

from __future__ import annotations

import datetime as dt
import io
import json
from argparse import Namespace
from pathlib import Path

import pytest

from sitrep.cli import main
from sitrep.config.load import load_config
from sitrep.config.placeholders import is_loopback, placeholders
from sitrep.report.log import Log
from sitrep.verbs.doctor import Check, examine
from sitrep.verbs.publishing import _keep_publishing
from tests.publishing import CONFIG, NOON, Studio, published

OWN = CONFIG.replace("authority: example.org,2024", "authority: valley-notes.info,2024")
TRIAL = CONFIG.replace("https://example.org/", "http://127.0.0.1:8000/")
NOTE = "Update 01-06-2025\n\n# Northern front\n\n- The ferry at Alder runs again.\n"


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A published site with an address and an authority of its own."""
    return published(tmp_path / "site", {"note.txt": NOTE}, config=OWN)


def checks(studio: Studio) -> dict[str, Check]:
    """What the doctor finds, by name."""
    return {one.name: one for one in examine(studio.folders, today=NOON.date())}


def wrong(studio: Studio) -> set[str]:
    """Names of what is not well; each says what to do."""
    found = {name: one for name, one in checks(studio).items() if not one.well}
    assert all(problem.fact and problem.remedy for one in found.values() for problem in one.problems)
    return set(found)


def configure(studio: Studio, old: str, new: str) -> None:
    """Change the configuration."""
    assert old in OWN
    studio.folders.config.write_text(OWN.replace(old, new), encoding="utf-8")


def test_a_sound_site_is_well(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wrong with a site that was published, and looking changes nothing of it."""
    before = studio.tree()
    assert main(["doctor", "--site", str(studio.root)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert all(line.startswith("  ok") for line in told)
    assert len(told) == len(checks(studio)) == 17
    assert studio.tree() == before


def test_scripts_are_told_the_same(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON each check has its name, whether it is well, and its problems with remedies."""
    configure(studio, "https://example.org/", "http://localhost:8000/")
    assert main(["doctor", "--json", "--site", str(studio.root)]) == 1
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert [name for name, one in told.items() if not one["well"]] == ["base_url"]
    assert "base_url" in told["base_url"]["problems"][0]["remedy"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("https://example.org/", "http://127.0.0.1:8000/", "base_url"),
        ("valley-notes.info,2024", "example.org,2026", "authority"),
        ("valley-notes.info,2024", "other-notes.info,2024", "authority"),
        ("Asia/Damascus", "Asia/Nowhere", "config"),
        ("  timezone:", "  language: tlh\n  timezone:", "language"),
        ("fronts:", "map: Atlantis\nfronts:", "config"),
        ("fronts:", "fronst:", "config"),
    ],
)
def test_what_is_configured_wrong_is_found(studio: Studio, old: str, new: str, name: str) -> None:
    """A value that does not do has its own line, and no other check is spoilt by it."""
    configure(studio, old, new)
    assert wrong(studio) == {name}


def test_what_is_missing_is_found(tmp_path: Path) -> None:
    """A site that was never published lacks what the first publish makes, and nothing else."""
    assert wrong(Studio(tmp_path / "site", config=OWN)) == {"output", "ledger", "archive"}


def test_a_folder_inside_another_is_found(studio: Studio) -> None:
    """Folders must lie apart, by their real paths."""
    studio.folders.templates.symlink_to(studio.folders.feeds)
    assert wrong(studio) == {"apart"}


def test_a_file_in_place_of_a_folder_is_found(studio: Studio) -> None:
    """What is no folder is no folder of templates."""
    studio.folders.templates.write_text("")
    assert wrong(studio) == {"templates"}


@pytest.mark.parametrize(("place", "mode"), [("index.html", 0o640), ("2025-06-01", 0o744), ("", 0o750)])
def test_what_a_web_server_cannot_read_is_found(studio: Studio, place: str, mode: int) -> None:
    """A file or folder of output/ that is closed to others is named."""
    (studio.folders.output / place).chmod(mode)
    assert wrong(studio) == {"readable"}
    assert f"output/{place}".rstrip("/") == checks(studio)["readable"].problems[0].path


def test_a_dangling_link_is_found(studio: Studio) -> None:
    """A link in output/ that leads nowhere is named; one that leads somewhere is nobody's business."""
    (studio.folders.output / "there").symlink_to("index.html")
    assert wrong(studio) == set()
    (studio.folders.output / "gone").symlink_to("nowhere")
    assert checks(studio)["links"].problems[0].path == "output/gone"


def test_a_damaged_ledger_and_archive_are_found(studio: Studio) -> None:
    """Damage of either is told and leaves the other checks as they are."""
    (month,) = studio.folders.ledger.glob("*.jsonl")
    month.write_bytes(b"no record\n" + month.read_bytes())
    assert wrong(studio) == {"ledger"}
    studio.folders.archive.write_bytes(b"no archive" * 1000)
    assert wrong(studio) == {"ledger", "archive", "leftovers"}


def test_the_remedy_of_leftovers_works(studio: Studio) -> None:
    """A page that an earlier publish left is found, and deleting it makes the site well."""
    page = studio.folders.output / "2024-01-01" / "index.html"
    page.parent.mkdir()
    page.parent.chmod(0o755)  # whatever the umask: that everybody may read it is another matter
    old = (studio.folders.output / "2025-06-01" / "index.html").read_text(encoding="utf-8")
    page.write_text(old.replace("2025-06-01", "2024-01-01"), encoding="utf-8")
    page.chmod(0o644)
    assert checks(studio)["leftovers"].problems[0].path == "output/2024-01-01/index.html"
    page.unlink()
    assert wrong(studio) == set()


@pytest.mark.parametrize("json_wanted", [False, True])
def test_a_public_build_tells_of_a_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, json_wanted: bool
) -> None:
    """Each placeholder is told once, with its remedy, and neither exit code nor JSON is another one."""
    studio = Studio(tmp_path / "site", config=TRIAL)
    studio.drop("note.txt", NOTE)
    assert main(["build", "--site", str(studio.root), *(["--json"] if json_wanted else [])]) == 0
    out, err = capsys.readouterr()
    assert json_wanted is ("site.base_url is" in err) is ("site.authority is" in err)
    assert (out + err).count("site.base_url is") == (out + err).count("site.authority is") == 1
    if json_wanted:
        assert json.loads(out)["updates"] == 1


def test_the_remedy_of_the_authority_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another authority stops the build, said once; without ledger/authority the site goes on."""
    studio = Studio(tmp_path / "site")
    studio.drop("note.txt", NOTE)
    studio.publish()
    studio.folders.config.write_text(OWN, encoding="utf-8")
    assert main(["build", "--site", str(studio.root)]) == 2
    assert "".join(capsys.readouterr()).count("everything published so far has ids of") == 1
    (studio.folders.ledger / "authority").unlink()
    studio.publish()
    assert b"valley-notes.info,2024" in studio.tree()["feed.xml"]
    assert wrong(studio) == set()


@pytest.mark.parametrize(
    ("verb", "host", "told"), [("watch", None, 2), ("run", "127.0.0.1", 0), ("run", "0.0.0.0", 2)]
)
def test_only_what_others_see_tells_of_a_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, host: str | None, told: int
) -> None:
    """A watcher tells it, and so does ``run`` unless it serves this machine alone."""
    monkeypatch.setattr("sitrep.service.service.Service.run", lambda *_: None)
    studio, said = Studio(tmp_path / "site", config=TRIAL), io.StringIO()
    options = Namespace(verb=verb, host=host, base_url=None)
    _keep_publishing(options, studio.folders, Log(said), None)
    assert said.getvalue().count("config.yaml: site.") == told


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8000/", True), ("http://localhost/", True), ("http://LOCALHOST./", True),
        ("http://[::1]:8000/", True), ("http://127.8.0.9/", True), ("http://site.localhost/", True),
        ("http://0.0.0.0:8000/", True), ("https://localhost.example.net/", False),
        ("http://192.168.1.4/", False), ("http://[broken/", False), ("https://127.example.net/", False),
    ],
)  # fmt: skip
def test_an_address_at_this_machine_is_one(address: str, here: bool) -> None:
    """Every form of it is known, and no name is taken for one by its beginning."""
    config = load_config(OWN, base_url=address)
    assert len(placeholders(config, "config.yaml")) == here


def test_serving_everywhere_is_not_serving_here() -> None:
    """The address of all interfaces is met by others, so it is no loopback."""
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")


def test_a_front_that_is_gone_is_told_with_its_remedies(studio: Studio) -> None:
    """What stops a publish is told before one is tried; said to have ended, the front is well."""
    configure(studio, "  - id: north\n    name: Northern front", "  - id: hills\n    name: The hills")
    assert wrong(studio) == {"fronts"}
    (problem,) = checks(studio)["fronts"].problems
    assert "formerly: [north]" in problem.remedy
    text = studio.folders.config.read_text(encoding="utf-8")
    studio.folders.config.write_text(f"{text}ended: [north]\n", encoding="utf-8")
    assert wrong(studio) == set()


def test_a_contact_that_ends_is_told(studio: Studio) -> None:
    """A month before security.txt expires, and after; what is advised is enough, and needs no update."""
    ways = "site:\n  contact: desk@example.org\n"
    configure(studio, "site:\n", ways)
    studio.publish()
    soon, late = dt.date(2026, 12, 1), dt.date(2027, 2, 1)
    for today, said in ((soon, "expires on 2026-12-31"), (late, "has expired on")):
        found = {one.name: one for one in examine(studio.folders, today=today)}
        assert said in found["contact"].problems[0].fact
        assert "contact_until: " in found["contact"].problems[0].remedy
    assert checks(studio)["contact"].well
    configure(studio, "site:\n", f"{ways}  contact_until: 2028-12-31\n")
    studio.publish()
    found = {one.name: one for one in examine(studio.folders, today=late)}
    assert found["contact"].well
