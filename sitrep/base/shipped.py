"""What the package ships beside its modules: tables and lists of words, read where they are first needed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1]


def shipped_text(name: str) -> str:
    """A file by its place in the package: ``base/countries.tsv``; unpacked where its name ends in .gz."""
    data = (_PACKAGE / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode()


def shipped_json(name: str) -> Any:
    """What a file of JSON holds."""
    return json.loads(shipped_text(name))


def shipped_rows(name: str) -> Iterator[list[str]]:
    """The lines of a table, each in its columns; those that begin with # are remarks."""
    return (line.split("\t") for line in shipped_text(name).split("\n") if line and line[0] != "#")


def has_line(lines: str, line: str) -> bool:
    """True if it is one of these lines, which stand in the order of their signs.

    They are searched by halves as the one text that they are: a set of strings takes ten times its size.
    """
    begin, end = 0, len(lines)
    while begin < end:
        start = max(begin, lines.rfind("\n", begin, (begin + end) // 2) + 1)
        stop = lines.find("\n", start, end)
        found = lines[start : end if stop < 0 else stop]
        if found == line:
            return True
        begin, end = (start + len(found) + 1, end) if found < line else (begin, start)
    return False
