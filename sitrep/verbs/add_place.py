"""``FRONT=NAME, NAME`` and a config.yaml -> the same config.yaml with these places in that front."""

from __future__ import annotations

import re
from pathlib import Path

from sitrep.base.disk import read_own
from sitrep.base.errors import ConfigError, SiteError
from sitrep.base.folding import fold
from sitrep.base.nouns import Problem
from sitrep.config.load import load_config
from sitrep.config.values import Config, Front
from sitrep.config.yaml import load
from sitrep.gazetteer.config_text import scalar


def add_places(path: Path, asked: str) -> str:
    """Write places into a config file; returns what was done, in words. Every other line stays as it is.

    Raises SiteError if there is no such front, or where the file is written in a way that only a person can
    add to.
    """
    text = read_own(path).decode("utf-8-sig")
    config = load_config(text, path.name)
    name, _, listed = asked.partition("=")
    names = [part.strip() for part in listed.split(",") if part.strip()]
    front = _front(name, config)
    if front is None or not names:
        known = ", ".join(f.short or f.name for f in config.fronts if f.kind in ("geography", "theme"))
        raise SiteError(
            Problem(
                path="--add",
                fact=f'there is no front "{name.strip()}"' if names else f'"{asked}" names no place',
                remedy=f'write it like --add "{known.partition(",")[0]}=Name"; fronts: {known}',
            )
        )
    added = with_places(text, front, config, names)
    try:
        after = load_config(added, path.name).front(front.id)
    except (ConfigError, KeyError) as fault:
        problems = fault.problems if isinstance(fault, ConfigError) else ()
        raise SiteError(*(problems or (_by_hand(path, front, names[0]),))) from fault
    if not set(names) <= {place.name for place in after.places}:
        raise SiteError(_by_hand(path, front, names[0]))
    path.write_text(added, encoding="utf-8", newline="\n")
    return f"added to {front.name} in {path.name}: {', '.join(names)}"


def with_places(text: str, front: Front, config: Config, names: list[str]) -> str:
    """The text with the places at the end of the front's list; unchanged where it has no lines to add to."""
    number = [f.id for f in config.fronts].index(front.id)
    document = load(text, "")
    lines = text.split("\n")
    start = document.line("fronts", number, "name") - 1
    if front.places:
        last = document.line("fronts", number, "places", len(front.places) - 1) - 1
        entry = re.match(r"(\s*)- ", lines[last])
        if entry is None:
            return _in_brackets(lines, last, names)
        indent, at = entry[1], last + 1
        while (
            at < len(lines) and lines[at].strip() and len(lines[at]) - len(lines[at].lstrip()) > len(indent)
        ):
            at += 1
        new = [f"{indent}- {scalar(name)}" for name in names]
    else:
        indent = re.match(r"[\s-]*", lines[start])
        blanks = " " * len(indent[0]) if indent else "    "
        at = start + 1
        new = [f"{blanks}places:", *(f"{blanks}  - {scalar(name)}" for name in names)]
    return "\n".join([*lines[:at], *new, *lines[at:]])


def _in_brackets(lines: list[str], at: int, names: list[str]) -> str:
    """The text with the places added to a list on one line, ``[a, b]``."""
    before, bracket, after = lines[at].rpartition("]")
    if not bracket:
        return "\n".join(lines)
    changed = f"{before}, {', '.join(map(scalar, names))}]{after}"
    return "\n".join([*lines[:at], changed, *lines[at + 1 :]])


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _front(name: str, config: Config) -> Front | None:
    wanted = fold(name)
    return next((f for f in config.fronts if wanted in (fold(f.id), fold(f.name), fold(f.short))), None)


def _by_hand(path: Path, front: Front, name: str) -> Problem:
    return Problem(
        path=path.name,
        fact=f"the places of {front.name} are written in a way that cannot be added to; nothing was written",
        remedy=f"add a line below its places: by hand: - {scalar(name)}",
    )
