"""The house: no circle of imports, input and output only at the edges, one picture of it that is true."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.make_house import diagram, imports_in, parsed

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sitrep"
MOST_FILES = 25

EDGES = {"inbox", "pictures", "publish", "forgetting", "delivery", "importing", "report", "service", "verbs"}
"""Packages that may touch disk, network and processes."""
DOORS = {
    "base/deadline.py", "base/disk.py", "base/spool.py", "archive/database.py", "archive/claims.py",
    "archive/pictures.py", "importing/read.py", "importing/site_folder.py", "importing/write.py",
    "ledger/folder.py", "ledger/ledger.py", "ledger/standing.py", "site/folders.py", "site/lock.py",
}  # fmt: skip
"""Modules of other packages that do."""
SHIPPED = {
    "api/newsroom.py", "base/shipped.py", "cards/lettering.py", "config/load.py", "gazetteer/towns.py",
    "pages/layout.py", "pages/maps/map.py", "pages/templates.py", "text/interface_words.py",
}  # fmt: skip
"""Modules that read what the package ships, or the theme, and nothing of a site."""

OUTSIDE = {
    "fcntl", "http", "mmap", "multiprocessing", "os", "select", "shutil", "signal", "socket", "sqlite3",
    "subprocess", "tempfile", "urllib",
}  # fmt: skip
TOUCHES = {
    "glob", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text", "rename", "rglob",
    "rmdir", "stat", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
PURE = {"urllib.parse", "http.HTTPStatus"}


def touched(tree: ast.Module) -> Iterator[str]:
    """What a module has to do with the world outside its own memory."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] in OUTSIDE)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OUTSIDE:
            yield from ({node.module} - PURE)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from ({f".{node.func.attr}()"} if node.func.attr in TOUCHES else ())
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield "open()"


def test_only_the_edges_touch_the_world() -> None:
    """Disk, network, processes and signals are met in edge packages and named modules only."""
    strays = {}
    for file in PACKAGE.rglob("*.py"):
        place = file.relative_to(PACKAGE)
        if place.parts[0] in EDGES or place.as_posix() in DOORS | SHIPPED:
            continue
        found = sorted(set(touched(parsed(file))))
        if found:
            strays[place.as_posix()] = found
    assert strays == {}


def test_there_is_no_circle() -> None:
    """No module imports itself by way of others, imports within functions counted."""
    graph = imports_in(PACKAGE)
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*above, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize(
    "folder", sorted({file.parent for file in PACKAGE.rglob("*.py")}), ids=lambda f: f.name
)
def test_no_room_is_crowded(folder: Path) -> None:
    """A folder holds so many modules at most that one can look through them, and says what it is for."""
    modules = [file for file in folder.glob("*.py") if file.name != "__init__.py"]
    assert len(modules) <= MOST_FILES
    init = folder / "__init__.py"
    assert ast.get_docstring(parsed(init))


def test_a_class_has_one_meaning() -> None:
    """No two modules give one name to different things."""
    homes: dict[str, list[str]] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(file.relative_to(PACKAGE).as_posix())
    assert not {name: files for name, files in homes.items() if len(files) > 1}


def test_every_package_has_its_floor() -> None:
    """The floors of pyproject.toml name every package once."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    named = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    there = {f"sitrep.{file.parent.name}" for file in PACKAGE.glob("*/__init__.py")} | {"sitrep.cli"}
    assert sorted(named) == sorted(there)


def test_the_picture_of_the_house_is_true() -> None:
    """The diagram in docs/README.md is what the imports are now (``make house`` draws it)."""
    assert diagram(PACKAGE) in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
