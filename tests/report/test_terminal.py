"""What the terminal says: one line a file, its reasons, and nothing that could steer the terminal."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from sitrep.base.nouns import Problem, Severity
from sitrep.config.load import load_config
from sitrep.inbox.survey import State
from sitrep.publish.outcome import FileOutcome, Outcome
from sitrep.report.log import Form, Log
from sitrep.report.terminal import tell_outcome
from sitrep.service.publisher import Publisher
from tests.publishing import CONFIG, NOON, Studio

TEXT = """\
Update 31-05-2025

# Northern front

- The road at Alder is open again.
- Reportedly the school at Birch was hit.

# What else

- There are rumors of a truce at Elm.
"""
SITE = load_config(CONFIG, "config.yaml")


def published(studio: Studio, form: Form = "plain") -> str:
    said = StringIO()
    publisher = Publisher(studio.folders, lambda: studio.now, Log(said, form), processes=1)
    try:
        publisher.publish()
    finally:
        publisher.close()
    return said.getvalue()


def test_a_new_file_is_told_with_what_was_made_of_it(tmp_path: Path) -> None:
    """Time, name, state, address; then date and line, items by front, headings, hedges, and page size."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    said = published(studio)
    first = said.splitlines()[0].split()
    assert first[:4] == ["12:00:00", "a.txt", "published", "/2025-05-31/"]
    assert "date 31 May 2025 (line 1) · 3 items: Northern 2, Rumors 1" in said
    assert '"What else" -> Rumors · 1 reported, 1 rumor' in said
    assert "KB compressed" in said


def test_an_edit_is_told_by_what_it_changed(tmp_path: Path) -> None:
    """How many items are other ones, new or gone, which, and that links are kept."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    published(studio)
    studio.later(minutes=30)
    edited = TEXT.replace("open again", "closed again").replace(
        "- Reportedly", "- The mill burnt.\n- Reportedly"
    )
    studio.drop("a.txt", edited)
    assert "1 item changed (1), 1 item added, 2 unchanged · links kept" in published(studio)


def test_an_edit_names_the_updates_that_it_changed(tmp_path: Path) -> None:
    """Of a file that holds several updates only those that are not what they were."""
    studio = Studio(tmp_path)
    before = "\n\nUpdate 30-05-2025\n\n- The ferry at Birch runs.\n"
    studio.drop("a.txt", TEXT + before)
    assert published(studio).splitlines()[0].split()[3:5] == ["/2025-05-30/,", "/2025-05-31/"]
    studio.later(hours=1)
    studio.drop("a.txt", TEXT.replace("open again", "closed") + before)
    first = published(studio).splitlines()[0].split()
    assert first[2:4] == ["updated", "/2025-05-31/"]
    assert "/2025-05-30/" not in first


def test_a_save_tells_only_what_is_new(tmp_path: Path) -> None:
    """What was told of a file is counted at its next save, wherever it stands; the receipt keeps all."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", f"{TEXT}\n![School](gone.jpg)\n")
    assert "gone.jpg" in published(studio)
    edited = TEXT.replace("- The road", "- The mill burnt.\n\n![Mill](lost.jpg)\n\n- The road")
    studio.drop("a.txt", f"{edited}\n![School](gone.jpg)\n")
    said = published(studio)
    assert "gone.jpg" not in said
    assert "lost.jpg" in said
    assert "remarks as before" in said
    receipt = (studio.folders.feeds / "a.txt.note.txt").read_text()
    assert "gone.jpg" in receipt
    assert "lost.jpg" in receipt


def test_a_refusal_is_one_line_with_the_way_to_its_receipt(tmp_path: Path) -> None:
    """What is wrong, in which line, and where the receipt lies; the remedy below."""
    studio = Studio(tmp_path)
    studio.drop("note.txt", "no date\n")
    said = published(studio)
    assert "12:00:00  note.txt  NOT published  line 1: no date found -> note.txt.error.txt" in said
    assert "hint: write one as the first line" in said


def test_nothing_is_said_of_what_did_not_change(tmp_path: Path) -> None:
    """A publish that finds nothing new is silent."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    published(studio)
    assert published(studio) == ""


def test_many_files_are_counted(tmp_path: Path) -> None:
    """A hundred files that are well are one line; the one that is not has its own."""
    files = [
        FileOutcome(path=f"{number}.txt", state=State.PUBLISHED, updates=("2025-05-31",))
        for number in range(100)
    ]
    wrong = Problem(path="x.txt", fact="no date found", remedy="write one")
    outcome = Outcome(
        at=NOON, files=(*files, FileOutcome(path="x.txt", state=State.REFUSED, problems=(wrong,)))
    )
    said = list(tell_outcome(outcome, SITE))
    assert len(said) == 3
    assert "100 files published" in said[0]
    assert "x.txt" in said[1]


def test_a_name_cannot_steer_the_terminal() -> None:
    """Control characters and turned-round text in names and messages are written out."""
    evil = "a\x1b[2J\n\u202etxt.exe"
    wrong = Problem(path=evil, fact="x\x07y", remedy="z", severity=Severity.WARNING, quote="\x1b]0;title\x07")
    outcome = Outcome(at=NOON, files=(FileOutcome(path=evil, state=State.PUBLISHED, problems=(wrong,)),))
    said = "".join(tell_outcome(outcome, SITE))
    assert not set(said) & set("\x1b\x07\n\u202e")
    assert "\\x1b[2J\\n\\u202e" in said


def test_for_machines_each_line_is_an_object(tmp_path: Path) -> None:
    """With JSON lines every file and every publish is one object with its time."""
    studio = Studio(tmp_path)
    studio.drop("a.txt", TEXT)
    studio.drop("note.txt", "no date\n")
    told = [json.loads(line) for line in published(studio, "json").splitlines()]
    files = {one["path"]: one["state"] for one in told if one["event"] == "file"}
    assert files == {"a.txt": "published", "note.txt": "refused"}
    (publish,) = [one for one in told if one["event"] == "publish"]
    assert (publish["updates"], publish["published"]) == (1, ["2025-05-31"])
    assert all("time" in one for one in told)


class Closed(StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_log_that_cannot_be_written_stops_nothing(form: Form) -> None:
    """A full disk under the log, or a terminal that was closed, is no reason to stop publishing."""
    log = Log(Closed(), form)
    log.notice("hello")
    log.problems([Problem(path="a", fact="b", remedy="c")])
    log.outcome(Outcome(at=NOON), SITE, {}, 0.1, standing=True)
