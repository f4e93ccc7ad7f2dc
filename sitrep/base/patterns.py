"""Regular expressions that are compiled when a text first needs them.

Most are for one kind of text: mail, an export of a chat, a date in other letters. A new process would compile
all of them for texts that have none of that (``python -X importtime``).
"""

from __future__ import annotations

import re
from typing import Any, cast

_DONE = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "pattern", "flags")


class _Later:
    """Stands for a pattern; with its first use it has what the compiled one has."""

    def __init__(self, said: str, flags: int) -> None:
        self._said, self._flags = said, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _DONE:
            raise AttributeError(name)
        compiled = re.compile(self._said, self._flags)
        self.__dict__.update((known, getattr(compiled, known)) for known in _DONE)
        return getattr(compiled, name)


def lazy_pattern(said: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, but its errors come with the first use: tests compile all of them."""
    return cast("re.Pattern[str]", _Later(said, flags))
