"""Status: every file in exactly one state with its reason, on the terminal, as JSON and on a page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from sitrep.base.errors import SiteError
from sitrep.base.values import replace
from sitrep.cli import main
from sitrep.inbox.scan import GONE, scan
from sitrep.inbox.survey import State
from sitrep.report.log import Log
from sitrep.report.look import look
from sitrep.report.status import tell_status
from sitrep.service.publisher import Publisher
from sitrep.site.folders import folders_of
from tests.publishing import CONFIG, NOON, Studio

ROOT = Path(__file__).parents[2]
TEXT = "Update 31-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"
HELD = "---\npublish: 2025-06-03 06:00\n---\nUpdate 01-06-2025\n\n- Soon at Elm.\n"
STATES = {
    "a.txt": State.PUBLISHED,
    "two.md": State.PUBLISHED,
    "held.txt": State.HELD,
    "future.txt": State.HELD,
    "_draft.txt": State.DRAFT,
    "drafts/b.txt": State.DRAFT,
    "draft.txt": State.DRAFT,
    "note.txt": State.REFUSED,
    "a.sync-conflict-20250531-120000-ABCDEFG.txt": State.CONFLICT,
    "photo.jpg": State.IGNORED,
    "letter.docx": State.IGNORED,
    ".hidden.txt": State.IGNORED,
    "a.txt~": State.IGNORED,
    "strange": State.IGNORED,
}


def a_bit_of_everything(root: Path) -> Studio:
    studio = Studio(root)
    for name in STATES:
        studio.drop(name, "x\n")
    studio.drop("a.txt", TEXT)
    studio.drop("two.md", TEXT.replace("31-05", "30-05"))
    studio.drop("held.txt", HELD)
    studio.drop("future.txt", "Update 20-06-2025\n\n- Soon at Birch.\n")
    studio.drop("draft.txt", f"---\ndraft: true\n---\n{TEXT}")
    return studio


def publish(studio: Studio) -> Publisher:
    publisher = Publisher(studio.folders, lambda: studio.now, Log(StringIO()), processes=1)
    publisher.publish()
    return publisher


def test_every_file_is_in_exactly_one_state_with_a_reason(tmp_path: Path) -> None:
    """Whatever lies in feeds/ is named once, in its state; only what is out needs no reason."""
    studio = a_bit_of_everything(tmp_path)
    publish(studio).close()
    status, _ = look(studio.folders, NOON)
    assert [one.path for one in status.files] == [one.path for one in scan(studio.folders.feeds)]
    states = {one.path: one.state for one in status.files if one.path in STATES}
    assert states == STATES
    assert all(one.reason for one in status.files if one.state is not State.PUBLISHED)
    rest = {one.path: one.state for one in status.files if one.path not in STATES}
    assert all(".error.txt" in path or ".note.txt" in path or ".preview.html" in path for path in rest)
    assert set(rest.values()) == {State.IGNORED}


def test_what_has_not_been_looked_into_says_so(tmp_path: Path) -> None:
    """Before the first publish everything is held as new; an edit since the last publish is told as such."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    (one,) = look(studio.folders, NOON)[0].files
    assert (one.state, one.reason) == (State.HELD, "new: it has not been looked into yet")
    publish(studio).close()
    studio.drop("a.txt", TEXT + "- And more.\n")
    (one,) = look(studio.folders, NOON)[0].files
    assert (one.state, one.updates) == (State.PUBLISHED, ("2025-05-31",))
    assert "changed since" in one.reason


def test_a_file_that_is_gone_is_named_with_what_is_still_online(tmp_path: Path) -> None:
    """Until its deletion is believed, status tells which updates a missing file has left online."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    publish(studio).close()
    studio.take("a.txt")
    publish(studio).close()
    status, config = look(studio.folders, NOON)
    assert [(one.path, one.updates) for one in status.missing] == [("a.txt", ("2025-05-31",))]
    assert any("--confirm-deletions" in line for line in tell_status(status, config))


def test_the_terminal_names_what_needs_a_person(tmp_path: Path) -> None:
    """Refused, held, in conflict or a document: each has a line with the reason; the rest is counted."""
    studio = a_bit_of_everything(tmp_path)
    publish(studio).close()
    status, config = look(studio.folders, NOON)
    lines = list(tell_status(status, config))
    told = "\n".join(lines)
    assert any("note.txt" in line and "refused" in line and "no date found" in line for line in lines)
    assert any("held.txt" in line and "until Tuesday 3 June 2025, 06:00" in line for line in lines)
    assert any("letter.docx" in line and "plain text" in line for line in lines)
    assert "2 published" in told
    assert "two.md" not in told
    assert status.exit_code == 1


def test_json_holds_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``status --json`` is one object with every file, its state and its problems."""
    studio = a_bit_of_everything(tmp_path)
    publish(studio).close()
    assert main(["status", "--json", "--site", os.fspath(tmp_path)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["path"]: one["state"] for one in told["files"] if one["path"] in STATES} == STATES
    (refused,) = [one for one in told["files"] if one["state"] == "refused"]
    assert refused["problems"][0]["fact"] == "no date found"
    assert told["updates"] == 2
    assert told["process"] is None
    assert told["last_publish"] == "2025-06-01T09:00:00Z"
    assert told["next_due"] == "2025-06-03T03:00:00Z"


def test_deletions_are_confirmed_by_a_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``status --confirm-deletions`` withdraws what the guard kept back, if no program does it already."""
    studio = Studio(tmp_path)
    for day in range(1, 6):
        studio.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report {day} from Birch.\n")
    publish(studio).close()
    for day in range(1, 5):
        studio.take(f"{day}.txt")
    publish(studio).close()
    assert b"Report 3" in studio.tree()["2025-05-03/index.html"]
    assert main(["status", "--confirm-deletions", "--site", os.fspath(tmp_path)]) == 0
    assert "deletions confirmed" in capsys.readouterr().out
    assert b"Report 3" not in studio.tree()["2025-05-03/index.html"]


def test_a_running_program_is_asked_to_do_it(tmp_path: Path) -> None:
    """While a program watches the site, that one carries the confirmed deletion out."""
    studio = Studio(tmp_path)
    for day in range(1, 6):
        studio.drop(f"{day}.txt", f"Update {day:02d}-05-2025\n\n- Report {day} from Birch.\n")
    publish(studio).close()
    for day in range(1, 5):
        studio.take(f"{day}.txt")
    command = [sys.executable, ROOT / "sitegen.py"]
    running = subprocess.Popen(
        [*command, "watch", "--log", "json", "--site", tmp_path], stdout=subprocess.PIPE, text=True
    )
    with running:
        assert running.stdout
        assert any('"event": "publish"' in line for line in running.stdout)
        asked = subprocess.run(
            [*command, "status", "--confirm-deletions", "--site", tmp_path],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "carried out by the program that watches this site" in asked.stdout
        assert f"process {running.pid}" in asked.stdout
        assert b"Report 3" not in studio.tree()["2025-05-03/index.html"]
        running.terminate()
        assert running.wait(30) == 0


def test_status_of_a_folder_that_is_no_site(tmp_path: Path) -> None:
    """Without a drop folder there is a message with a remedy, not a traceback."""
    with pytest.raises(SiteError, match="cannot be read"):
        look(folders_of(tmp_path / "nowhere"), NOON)


# -- the page --------------------------------------------------------------------------------------


def test_the_page_shows_every_decision_with_its_reason(tmp_path: Path) -> None:
    """What is not out, why and until when; for each item of the latest updates its front and the reason."""
    studio = a_bit_of_everything(tmp_path)
    publisher = publish(studio)
    publisher.write_status_page()
    publisher.close()
    page = (studio.folders.work / "status" / "index.html").read_text("utf-8")
    for words in (
        *("note.txt", "no date found", "held.txt", "Tuesday 3 June 2025, 06:00", "letter.docx"),
        *("The road at Alder is open again.", "heading &#34;Northern front&#34; (line 3)", "2025-05-31"),
        *("2 updates online", "KB", "you: see below"),
    ):
        assert words in page
    every = page.partition("<h2>All files</h2>")[2].partition("</details>")[0]
    assert all(f"<bdi>{name}</bdi>" in every for name in ("note.txt", "held.txt", "letter.docx"))
    saved = re.findall(r"<td class=\"n\">\d{4}-\d\d-\d\d \d\d:\d\d</td>", every)
    assert len(saved) == every.count("<bdi>") > 3
    assert "Soon at Elm" not in page


def test_a_file_of_no_time_does_not_spoil_the_page(tmp_path: Path) -> None:
    """One that cannot be looked at, or was saved in a year that no calendar has, is listed without a time."""
    studio = a_bit_of_everything(tmp_path)
    publisher = publish(studio)
    for path, stat in (("note.txt", "0 unread 13 0"), ("held.txt", f"9 {10**30} 1 0"), ("letter.docx", GONE)):
        record = publisher.archive.sources_at([path])[path]
        publisher.archive.put_source(replace(record, stat=stat))
    publisher.write_status_page()
    publisher.close()
    page = (studio.folders.work / "status" / "index.html").read_text("utf-8")
    assert all(f"<bdi>{name}</bdi>" in page for name in ("note.txt", "held.txt", "letter.docx"))


def test_the_page_is_never_part_of_the_site(tmp_path: Path) -> None:
    """No byte of output/ comes from the status page, and hostile text cannot run on it."""
    studio = Studio(tmp_path, config=CONFIG.replace("Notes from", "<script>alert(1)</script> from"))
    studio.drop("<img src=x onerror=alert(1)>.txt", "no date\n")
    studio.drop("a.txt", TEXT.replace("open", "<script>alert(2)</script> open"))
    publisher = publish(studio)
    publisher.write_status_page()
    publisher.close()
    page = (studio.folders.work / "status" / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page
    assert not any(b"Not published" in content for content in studio.tree().values())
    assert not (studio.folders.output / "_status").exists()


def test_a_status_page_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """If its folder is in the way the log says so, and that is all."""
    studio = Studio(tmp_path)
    said = StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(said), processes=1)
    publisher.publish()
    (studio.folders.work / "status").write_text("in the way")
    publisher.write_status_page()
    publisher.close()
    assert "the status page could not be written" in said.getvalue()
