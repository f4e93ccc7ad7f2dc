"""The commands as a person or a script runs them: answers, exit codes, and never a traceback."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from sitrep.cli import main
from tests.inspecting import site_in
from tests.other_machine import ROOT, environment
from tests.publish.samples import BRIDGE, CONVOY, SCHOOL, update
from tests.publishing import CONFIG, Studio

NOTE = f"""\
Update 2025-05-31

A quiet day in the valley.

# Northern front

– {BRIDGE}
– Reportedly {CONVOY[0].lower()}{CONVOY[1:]}

# Rumors

– {SCHOOL}

Stay safe!
"""


Ran = subprocess.CompletedProcess[str]


def sitegen(site: Path, *arguments: str, cwd: Path | None = None) -> Ran:
    """Run the command; whatever happens, there is no traceback."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd or site), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    assert "Traceback" not in err.getvalue() + out.getvalue(), err.getvalue()
    return Ran(arguments, code, out.getvalue(), err.getvalue())


def process(site: Path, command: list[str], **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own; whatever happens, there is no traceback."""
    ran = subprocess.run(
        command, capture_output=True, cwd=site, env=environment(HOME=str(site), **variables), timeout=60
    )
    assert b"Traceback" not in ran.stderr + ran.stdout, ran.stderr
    return ran


SITEGEN = [sys.executable, str(ROOT / "sitegen.py")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a configuration and an empty drop folder."""
    return Studio(tmp_path / "site").root


def drop(site: Path, name: str, text: str) -> Path:
    path = site / "feeds" / name
    path.write_text(text, encoding="utf-8")
    return path


# -- build ------------------------------------------------------------------------------------------


def test_build_publishes_and_says_where_to_look(site: Path) -> None:
    """Exit code 0, a line for the file, a line for the site, and the place of the home page."""
    drop(site, "note.txt", NOTE)
    ran = sitegen(site, "build")
    assert ran.returncode == 0, ran.stderr
    assert "note.txt" in ran.stdout
    assert "/2025-05-31/" in ran.stdout
    assert str(site / "output" / "index.html") in ran.stdout
    site_in(site / "output").check()


def test_build_again_has_nothing_to_write(site: Path) -> None:
    """The second build says so and exits with 0."""
    drop(site, "note.txt", NOTE)
    sitegen(site, "build")
    ran = sitegen(site, "build", "--json")
    answer = json.loads(ran.stdout)
    assert (ran.returncode, answer["written"], answer["removed"], answer["updates"]) == (0, 0, 0, 1)


def test_build_with_a_bad_file_exits_with_1(site: Path) -> None:
    """Published with problems: file, line, fact and remedy stand in the answer."""
    drop(site, "note.txt", NOTE)
    drop(site, "bad.txt", "Update 31-02-2025\n\n– The road is open.\n")
    ran = sitegen(site, "build")
    assert ran.returncode == 1
    assert "bad.txt" in ran.stdout
    assert "31-02-2025" in ran.stdout
    assert "hint" in ran.stdout


def test_build_of_nothing_but_refused_files_exits_with_2(site: Path) -> None:
    """Nothing published."""
    drop(site, "bad.txt", "No date anywhere.\n")
    assert sitegen(site, "build").returncode == 2


def test_build_with_a_broken_configuration_exits_with_2(site: Path) -> None:
    """Every fault of config.yaml at once, on standard error, each with its line; nothing is written."""
    (site / "config.yaml").write_text(CONFIG.replace("title:", "titel:") + "feeds: {days: no}\n")
    ran = sitegen(site, "build")
    assert ran.returncode == 2
    assert len(re.findall(r"^config\.yaml:\d+: ", ran.stderr, re.MULTILINE)) >= 2
    assert not (site / "output").exists()


def test_build_takes_folders_and_address_from_the_command_line(site: Path, tmp_path: Path) -> None:
    """--site, --feeds, --output, --config and --base-url, run from another folder."""
    for name in ("texts", "conf", "elsewhere"):
        (tmp_path / name).mkdir()
    (site / "config.yaml").rename(tmp_path / "conf" / "our.yaml")
    drop(site, "note.txt", NOTE).rename(tmp_path / "texts" / "note.txt")
    ran = sitegen(
        site, "build", "--site", str(site), "--feeds", "texts", "--output", "elsewhere/public",
        "--config", "conf/our.yaml", "--base-url", "https://valley.example.net/news", cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    built = site_in(tmp_path / "elsewhere" / "public", "https://valley.example.net/news/")
    built.check()
    assert built.items()[0]["url"] == "https://valley.example.net/news/2025-05-31/"
    assert not (site / "output").exists()
    assert (site / "ledger" / "2025-05.jsonl").exists()


def test_build_without_a_site_says_what_is_missing(tmp_path: Path) -> None:
    """In an empty folder the answer names the missing configuration and how to get one."""
    ran = sitegen(tmp_path, "build")
    assert ran.returncode == 2
    assert "config.yaml" in ran.stderr
    assert "hint" in ran.stderr
    assert not (tmp_path / "output").exists()


# -- check and explain ------------------------------------------------------------------------------


def test_check_publishes_nothing(site: Path) -> None:
    """It says what would become of each file, and leaves no trace."""
    note = drop(site, "note.txt", NOTE)
    before = sorted(path for path in site.rglob("*"))
    ran = sitegen(site, "check", str(note))
    assert ran.returncode == 0
    assert "/2025-05-31/" in ran.stdout
    assert sorted(path for path in site.rglob("*")) == before


@pytest.mark.parametrize(("good", "code"), [(True, 1), (False, 2)])
def test_check_exits_as_build_would(site: Path, *, good: bool, code: int) -> None:
    """1 if some of the files would be refused, 2 if all."""
    files = [str(drop(site, "bad.txt", "No date anywhere.\n"))]
    files += [str(drop(site, "note.txt", NOTE))] if good else []
    ran = sitegen(site, "check", *files)
    assert ran.returncode == code
    assert "no date found" in ran.stdout
    told = json.loads(sitegen(site, "check", "--json", *files).stdout)
    assert [len(one["updates"]) for one in told] == ([0, 1] if good else [0])
    assert told[0]["problems"][0]["remedy"]


def test_explain_json_has_an_object_for_every_line(site: Path) -> None:
    """The keys that scripts rely on, in the order of the file; every non-blank line is told of."""
    note = drop(site, "note.txt", NOTE)
    ran = sitegen(site, "explain", "--json", str(note))
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    keys = {"update", "role", "item", "line", "front", "certainty", "by", "places", "reason", "text"}
    assert all(set(one) == keys for one in told)
    lines = [number for number, line in enumerate(NOTE.splitlines(), 1) if line.strip()]
    assert [one["line"] for one in told] == lines
    assert [one["role"] for one in told] == [
        "dateline", "lede", "heading", "item", "item", "heading", "item", "signoff",
    ]  # fmt: skip
    items = [one for one in told if one["role"] == "item"]
    assert [(one["item"], one["front"], one["certainty"]) for one in items] == [
        (1, "north", "said"), (2, "north", "reported"), (3, "rumors", "rumor"),
    ]  # fmt: skip
    assert items[0] == {
        "update": "2025-05-31", "role": "item", "item": 1, "line": 7, "front": "north", "certainty": "said",
        "by": None, "places": ["Alder"], "reason": items[0]["reason"], "text": BRIDGE,
    }  # fmt: skip
    assert "Northern front" in items[0]["reason"]
    assert all(one["item"] is one["front"] is one["certainty"] is one["by"] is None and one["places"] == []
               for one in told if one["role"] != "item")  # fmt: skip


def test_explain_tells_a_person_line_by_line(site: Path) -> None:
    """Line, front, certainty and the reason in words."""
    ran = sitegen(site, "explain", str(drop(site, "note.txt", NOTE)))
    assert ran.returncode == 0
    assert re.search(r"^ +7 +north +", ran.stdout, re.MULTILINE)
    assert 'heading "Northern front" (line 5)' in ran.stdout


def test_explain_of_a_refused_file_exits_with_2(site: Path) -> None:
    """The fault goes to standard error, so that the JSON stays whole."""
    ran = sitegen(site, "explain", "--json", str(drop(site, "bad.txt", "No date anywhere.\n")))
    assert ran.returncode == 2
    assert "no date found" in ran.stderr
    assert all(one["role"] for one in json.loads(ran.stdout))


@pytest.mark.parametrize("verb", ["check", "explain", "add"])
@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        (".", "site/feeds/in/note.txt --site site"),
        (".", "feeds/in/note.txt --site site"),
        (".", "in/note.txt --site site"),
        ("site", "in/note.txt"),
        ("site/feeds", "in/note.txt"),
        ("site/feeds/in", "note.txt"),
        ("site/feeds/in", "../in/note.txt"),
    ],
)
def test_a_file_may_be_named_from_where_one_stands(site: Path, verb: str, stands: str, typed: str) -> None:
    """As the shell completes it, as messages name it, and standing in feeds/ itself, whose site is meant."""
    (site / "feeds" / "in").mkdir()
    drop(site, "in/note.txt", NOTE)
    ran = sitegen(site, verb, *typed.split(), cwd=site.parent / stands)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("verb", ["check", "explain"])
def test_a_file_that_is_not_there_is_named(site: Path, verb: str) -> None:
    """Fact and remedy, exit code 2."""
    ran = sitegen(site, verb, "feeds/none.txt")
    assert ran.returncode == 2
    assert "feeds/none.txt: the file cannot be read" in ran.stdout + ran.stderr


# -- new, help, version -----------------------------------------------------------------------------


def test_new_writes_a_skeleton_that_is_a_draft(site: Path) -> None:
    """A dated file with the fronts as headings, not published until it is renamed; never overwritten."""
    ran = sitegen(site, "new", "--date", "2025-06-02")
    assert ran.returncode == 0
    path = site / "feeds" / "_2025-06-02.txt"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Update 2025-06-02\n")
    assert "# Northern front" in text
    again = sitegen(site, "new", "--date", "2025-06-02")
    assert (again.returncode, again.stdout) == (0, ran.stdout)
    path.write_text(f"{text}\nA first word.", encoding="utf-8")
    third = sitegen(site, "new", "--date", "2025-06-02")
    assert third.returncode == 2
    assert "hint" in third.stderr
    assert path.read_text(encoding="utf-8") == f"{text}\nA first word."
    assert json.loads(sitegen(site, "build", "--json").stdout)["updates"] == 0


def test_new_refuses_what_is_no_date(site: Path) -> None:
    """Said in one line, with an example."""
    ran = sitegen(site, "new", "--date", "tomorrow")
    assert ran.returncode == 2
    assert "tomorrow is no date" in ran.stderr


def test_help_reads_well(site: Path) -> None:
    """Every verb has a line of its own, and the exit codes are explained."""
    ran = sitegen(site, "--help")
    assert ran.returncode == 0
    for word in ("build", "check", "explain", "new", "exit codes"):
        assert word in ran.stdout
    for verb in ("build", "check", "explain", "new"):
        told = sitegen(site, verb, "--help")
        assert told.returncode == 0
        assert "--site DIR" in told.stdout


def test_version_is_told(site: Path) -> None:
    """One line."""
    from sitrep import __version__

    assert sitegen(site, "--version").stdout == f"sitegen {__version__}\n"


def test_an_unknown_verb_is_refused(site: Path) -> None:
    """Exit code 2, with the verbs there are."""
    ran = sitegen(site, "biuld")
    assert ran.returncode == 2
    assert "build" in ran.stderr


def test_a_reader_that_stops_reading_is_no_fault(site: Path) -> None:
    """A pipe that is closed early leaves no traceback."""
    note = drop(site, "note.txt", NOTE * 80)
    command = f"'{sys.executable}' '{ROOT / 'sitegen.py'}' explain '{note}' | head -n 1"
    assert b"BrokenPipe" not in process(site, ["bash", "-c", command]).stderr


def test_a_text_that_is_no_unicode_terminal_word_is_told(site: Path) -> None:
    """On a terminal of another time (ASCII) nothing fails: signs it lacks are written out."""
    note = drop(site, "straße 🖤.txt", update("2025-05-31", BRIDGE))
    ran = process(site, [*SITEGEN, "check", note], PYTHONIOENCODING="ascii", LC_ALL="C")
    assert ran.returncode == 0, ran.stderr


def test_no_file_that_is_quoted_steers_the_terminal(site: Path) -> None:
    """A ledger of any bytes is refused with a line of it, and the line is written out."""
    (site / "ledger").mkdir()
    (site / "ledger" / "2025-06.jsonl").write_bytes(bytes(range(256)) + "\u202e\x9b31m".encode())
    ran = sitegen(site, "build")
    assert ran.returncode == 2
    assert "  > \\x00\\x01" in ran.stderr
    assert all(line.isprintable() for line in ran.stderr.splitlines())
