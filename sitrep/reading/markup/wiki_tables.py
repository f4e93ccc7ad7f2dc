"""What a wiki writes over several lines: tables, which become those of Markdown, and templates, which go."""

from __future__ import annotations

import re
from collections.abc import Sequence


def without_templates(lines: Sequence[str]) -> list[str]:
    """Templates over several lines of a wiki, such as an infobox, as marks of a site generator."""
    made, deep = list(lines), 0
    for at, line in enumerate(lines):
        opens = deep > 0 or line.lstrip().startswith("{{")
        deep = max(0, deep + line.count("{{") - line.count("}}")) if opens else 0
        if opens and (deep or line.rstrip().endswith("}}")):
            made[at] = "{% " + re.sub(r"[{}%]", " ", line).strip()[:300] + " %}"
    return made if not deep else list(lines)


def with_tables(lines: Sequence[str]) -> list[str]:
    """Tables of a wiki as Markdown has them, in as many lines."""
    made, start = list(lines), -1
    for at, line in enumerate(lines):
        if line.startswith("{|"):
            start = at
        elif line.startswith("|}") and start >= 0:
            table = _table(lines[start + 1 : at])
            room = at + 1 - start
            if len(table) <= room:
                made[start : at + 1] = [*table, *[""] * (room - len(table))]
            start = -1
    return made


def _table(lines: Sequence[str]) -> list[str]:
    caption, rows = "", [list[str]()]
    for line in lines:
        if line.startswith("|+"):
            caption = line[2:].strip()
        elif line.startswith("|-"):
            rows.append([])
        elif line[:1] in ("|", "!"):
            cells = re.split(r"\|\||!!", line[1:])
            rows[-1] += (re.sub(r"^[^|\[\]{}]*=[^|\[\]{}]*\|", "", cell).strip() for cell in cells)
        elif rows[-1] and line.strip():
            rows[-1][-1] += f" {line.strip()}"
    head, *body = [f"| {' | '.join(row)} |" for row in rows if row] or [""]
    rule = "|" + " --- |" * (head.count("|") - 1)
    return [*([caption, ""] if caption else []), head, rule, *body]
