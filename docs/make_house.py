"""The imports of the package -> the diagram of its rooms in docs/README.md.

    python -m docs.make_house

writes it anew. An arrow leads from a room to one that it uses; where it uses a room only by way of another,
there is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

_FENCE = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def modules_of(package: Path) -> dict[str, Path]:
    """The modules of a package by their dotted names."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = file
    return found


@cache
def parsed(file: Path) -> ast.Module:
    """What a module says, read once."""
    return ast.parse(file.read_text(encoding="utf-8"), file)


@cache
def imports_in(package: Path) -> dict[str, set[str]]:
    """What each module of a package imports of the others, also within functions; not for types alone."""
    modules = modules_of(package)
    return {name: set(_imported(parsed(file), modules.keys())) - {name} for name, file in modules.items()}


def _imported(tree: ast.Module, modules: Set[str]) -> Iterator[str]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & modules
            yield from inner or {node.module} & modules
        elif not isinstance(node, ast.expr):
            waiting += ast.iter_child_nodes(node)


def diagram(package: Path) -> str:
    """The rooms as a Mermaid flowchart, those that use others first."""
    uses: dict[str, set[str]] = {}
    for name, others in imports_in(package).items():
        uses.setdefault(_room(name), set()).update(map(_room, others))
    uses = {room: others - {room, ""} for room, others in uses.items() if room}
    lines = [
        f"  {room} --> {other}"
        for room, others in sorted(uses.items())
        for other in sorted(others)
        if not any(other in _all(uses, by_way) for by_way in others - {other})
    ]
    return "\n".join(("```mermaid", "flowchart TD", *lines, "```"))


def _room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def _all(uses: dict[str, set[str]], room: str) -> set[str]:
    found: set[str] = set()
    waiting = [room]
    while waiting:
        for other in uses[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def main() -> None:
    """Write the diagram into docs/README.md."""
    here = Path(__file__).parent
    page = here / "README.md"
    page.write_text(_FENCE.sub(diagram(here.parent / "sitrep"), page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
