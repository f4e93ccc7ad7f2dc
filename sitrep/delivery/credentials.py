"""A file of ``NAME=value`` lines -> what a target needs to be let in, kept out of messages and of argv.

Names are those that the programs know anyway: ``AWS_ACCESS_KEY_ID``, ``RSYNC_PASSWORD``, ``GIT_PASSWORD``.
They are handed on through the environment of one child process or in memory, never on a command line.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitrep.base.disk import read_own
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern

_LINE = lazy_pattern(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")
_SECRET_NAME = lazy_pattern("key|secret|token|passw|credential|sas", re.I)
_IN_ADDRESS = lazy_pattern(r"(?<=://)[^/\s@]+@")
_HIDDEN = "***"


class Credentials:
    """Names and values by which a target knows us. Printing it shows the names alone."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        """``values``: by name; without any a target is reached as anybody, or through an agent."""
        self._values = dict(values or {})

    def __repr__(self) -> str:
        return f"Credentials({', '.join(sorted(self._values))})"

    def get(self, name: str) -> str | None:
        """The value of that name, from the file or else from the program's own environment."""
        return self._values.get(name) or os.environ.get(name)

    def environment(self) -> dict[str, str]:
        """The environment for a child process that shall be let in."""
        return {**os.environ, **self._values}

    @property
    def own(self) -> dict[str, str]:
        """What stands in the file, by name."""
        return dict(self._values)

    def masked(self, text: str) -> str:
        """The text without any of the values and without user names in addresses, on one line."""
        for value in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(value, _HIDDEN)
        return " ".join(_IN_ADDRESS.sub("", text).split())

    def _secrets(self) -> Iterable[str]:
        outer = (value for name, value in os.environ.items() if _SECRET_NAME.search(name))
        return {value for value in (*self._values.values(), *outer) if len(value) >= 4}


def read_credentials(site: Path, name: str | None) -> Credentials:
    """The credentials in a file of the site; none without a name.

    Raises SiteError if the file cannot be read, if others may read it, or at a line that is no NAME=value.
    """
    if name is None:
        return Credentials()
    return Credentials(dict(_entries(name, read_private(site, name))))


def read_private(site: Path, name: str) -> str:
    """The text of a file of the site that nobody else may read. Raises SiteError."""
    path = site / name
    try:
        mode = path.stat().st_mode
        text = read_own(path).decode()
    except (OSError, UnicodeDecodeError) as fault:
        why = (getattr(fault, "strerror", None) or "it is no text").lower()
        raise _fault(
            name, f"it cannot be read: {why}", "make it, or correct its name in config.yaml"
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _fault(name, "other users of this machine may read it", f"run: chmod 600 {name}")
    return text


def _entries(name: str, text: str) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not (bare := line.strip()) or bare.startswith("#"):
            continue
        found = _LINE.fullmatch(bare)
        if found is None:
            raise _fault(name, "this line is no NAME=value", "write it like AWS_REGION=eu-central-1", number)
        yield found[1], found[2].strip().strip("\"'")


def _fault(name: str, fact: str, remedy: str, line: int | None = None) -> SiteError:
    return SiteError(Problem(path=name, line=line, fact=fact, remedy=remedy))
