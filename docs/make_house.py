"""The imports of the package -> the diagram of its rooms in docs/README.md.

    python -m docs.make_house

writes it anew. An arrow leads from a room to one that it uses; where it uses a room only by way of another,
there is none.
"""

from __future__ import annotations

import ast
import re
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


def imports_of(name: str, modules: dict[str, Path]) -> set[str]:
    """Those of the modules that one of them imports, also within functions; not for types alone."""
    tree = parsed(modules[name])
    for_types = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for node in ast.walk(branch)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & modules.keys()) or {node.module}
    return (found & modules.keys()) - {name}


def diagram(package: Path) -> str:
    """The rooms as a Mermaid flowchart, those that use others first."""
    uses: dict[str, set[str]] = {}
    modules = modules_of(package)
    for name in modules:
        uses.setdefault(_room(name), set()).update(_room(other) for other in imports_of(name, modules))
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
