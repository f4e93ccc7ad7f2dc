"""Cases of one guarantee: the first is tried in both lanes, the others in the slow one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def slow(cases: Iterable[Any]) -> list[Any]:
    """Cases that wait for the slow lane; a tuple is the values of several parameters."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for case in cases
    ]


def one_fast(first: Any, *others: Any) -> list[Any]:
    """The cases of a guarantee that each proves alone."""
    return [first, *slow(others)]
