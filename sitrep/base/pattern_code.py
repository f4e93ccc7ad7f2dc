"""A regular expression -> compiled, from the code that an earlier process made of it where that is kept.

To compile the four hundred patterns that a drop needs takes a new process longer than to read its text, and
to take up their code a thirtieth of that. The code is CPython's own and goes by its exact version. Its inner
functions are not promised to stay: where they are others, or what is kept is damaged, ``re.compile`` does.
"""

from __future__ import annotations

import re
import sys
from array import array
from contextlib import suppress
from typing import Any

from sitrep.base.prepared import PREPARED_CACHE
from sitrep.base.values import Struct

_PYTHON = f"{sys.implementation.cache_tag} {sys.hexversion:x} {sys.byteorder}"


_FAULTS = ImportError, AttributeError, TypeError, ValueError, LookupError, OverflowError, RuntimeError
"""What other inner functions and damaged code come to."""


class _Code(Struct, frozen=True):
    """What a pattern compiles to."""

    flags: int
    code: bytes
    groups: int
    """As many as it has."""
    names: dict[str, int]
    """Those that have names."""


def compiled(said: str, flags: int) -> re.Pattern[str]:
    """What ``re.compile`` gives. Raises re.error as it does."""
    with suppress(*_FAULTS):
        kept = PREPARED_CACHE.get(
            f"{_PYTHON} {int(flags)} {said!a}", _Code, lambda: _code_of(said, int(flags))
        )
        return _pattern(said, kept)
    return re.compile(said, flags)


def _code_of(said: str, flags: int) -> _Code:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed: Any = _parser.parse(said, flags)
    code = array("I", map(int, _compiler._code(parsed, flags)))
    state = parsed.state
    return _Code(flags | state.flags, code.tobytes(), state.groups - 1, dict(state.groupdict))


def _pattern(said: str, kept: _Code) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    by_number: list[str | None] = [None] * (kept.groups + 1)
    for name, number in kept.names.items():
        by_number[number] = name
    # It proves the code: what is none is an error, and no harm.
    pattern: re.Pattern[str] = _sre.compile(
        said, kept.flags, array("I", kept.code).tolist(), kept.groups, kept.names, tuple(by_number)
    )
    return pattern
