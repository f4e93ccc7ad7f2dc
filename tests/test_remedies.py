"""Remedies: every command that a message names is one that works when it is typed."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitrep.cli import main
from sitrep.verbs.grammar import build_parser
from sitrep.verbs.guides import ELSEWHERE, GUIDES, guide
from tests.publishing import Studio

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"\b(?:python )?sitegen\.py((?: [\w{}/=\"',.-]+)+)")
"""A command in a text: up to a sign that no command has, or two blanks."""
SAMPLE = {"key": "2025-06-01", "number": "1"}


def literals() -> Iterator[tuple[str, str]]:
    """Every text of the program, values that are filled in as samples, with where it stands."""
    for file in sorted((ROOT / "sitrep").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "sitegen" not in source:
            continue
        nodes = list(ast.walk(ast.parse(source)))
        inside = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            if isinstance(node, ast.JoinedStr):
                yield file.name, "".join(_filled(part) for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                yield file.name, node.value


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    name = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""
    return SAMPLE.get(name, "2025-06-01")


def commands_in(text: str) -> list[list[str]]:
    """The arguments of each command that a text names."""
    return [shlex.split(found[1]) for found in COMMAND.finditer(text)]


def test_commands_in_messages_are_understood() -> None:
    """The command line takes each as it stands; the search finds what messages are known to name."""
    named = {tuple(words): place for place, text in literals() for words in commands_in(text)}
    assert {words[0] for words in named} >= {"build", "init", "ledger", "status"}
    parser = build_parser()
    for words, place in named.items():
        try:
            parser.parse_args(words)
        except SystemExit:
            pytest.fail(f"{place}: {' '.join(words)}")


def test_no_message_names_a_document_that_is_not_there() -> None:
    """What is installed has no docs/: messages name the verb that prints a guide, and it has each of them."""
    for file in sorted((ROOT / "sitrep").rglob("*.py")):
        if not re.search(r"docs/\w", source := file.read_text(encoding="utf-8")):
            continue
        tree = ast.parse(source)
        remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        said = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in remarks)
        assert not [node.value for node in said if re.search(r"docs/\w", str(node.value))], file.name
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for name in GUIDES:
        place = ELSEWHERE.get(name, f"{name}.md")
        assert packed[f"docs/{place}"] == f"sitrep/guides/{place}"
        assert guide(name).startswith("# ")


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = Studio(tmp_path)
    for day in range(1, 6):
        made.drop(
            f"{day}.txt", f"Update 0{day}-05-2025\n\n- Day {day} at Alder: the bakery number {day} opened.\n"
        )
    made.publish()
    return made


def typed(said: str, site: Path, verb: str) -> int:
    """Type the command of that verb that was said, in the site's folder."""
    words = next(words for words in commands_in(said) if words[0] == verb)
    return main([*words, "--site", str(site)])


@pytest.mark.slow
def test_the_remedy_of_a_missing_config(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is configured the message leads to a site that publishes."""
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    (asked,) = {tuple(words) for words in commands_in(capsys.readouterr().err) if words[0] == "init"}
    main(list(asked))
    told = capsys.readouterr()
    if not (tmp_path / "config.yaml").exists():
        words = next(words for words in commands_in(told.err + told.out) if words[0] == "init")
        assert main(words) == 0
    assert main(["build"]) == 0


def test_the_remedy_of_many_deletions(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """Deletions that wait for a person are carried out by the command that the message names."""
    for day in range(2, 6):
        studio.take(f"{day}.txt")
    main(["build", "--site", str(studio.root)])
    said = capsys.readouterr().out
    assert typed(said, studio.root, "status") in (0, 1)
    assert "Withdrawn" in (studio.folders.output / "2025-05-03" / "index.html").read_text("utf-8")


def test_what_a_publish_says_names_the_program_as_it_was_called(
    studio: Studio, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the lines of a publish a command is told as it was typed, for the site that was named."""
    monkeypatch.setenv("PATH", str(studio.root))  # where a sitegen may be installed
    for day in range(2, 6):
        studio.take(f"{day}.txt")
    monkeypatch.setattr("sys.argv", ["./sitegen", "build", "--site", str(studio.root)])
    main(["build", "--site", str(studio.root)])
    site = shlex.quote(str(studio.root))
    assert f"./sitegen --site {site} status --confirm-deletions" in capsys.readouterr().out


def test_the_remedy_of_a_broken_ledger(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger that was damaged is mended by the command that the message names."""
    month = studio.folders.ledger / "2025-05.jsonl"
    lines = month.read_bytes().splitlines(keepends=True)
    month.write_bytes(b"".join((*lines[:2], b"<<<<<<< here\n", *lines[2:])))
    studio.drop("6.txt", "Update 06-05-2025\n\n- Day 6 at Alder.\n")
    assert main(["build", "--site", str(studio.root)]) == 2
    assert typed(capsys.readouterr().err, studio.root, "ledger") == 0
    assert main(["build", "--site", str(studio.root)]) == 0


def test_the_remedy_of_a_site_that_is_not_what_its_texts_say(
    studio: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that was deleted stands again after the command that is named."""
    page = studio.folders.output / "2025-05-03" / "index.html"
    page.unlink()
    assert main(["verify", "--site", str(studio.root)]) == 1
    said = capsys.readouterr().out
    assert "sitegen.py build" in said
    if typed(said, studio.root, "build") or not page.exists():
        # The message goes on: if it stays, delete .sitrep/ first.
        shutil.rmtree(studio.folders.work)
        typed(said, studio.root, "build")
    assert page.exists()
