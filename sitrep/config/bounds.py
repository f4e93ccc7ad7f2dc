"""What every class of a configuration has: no unknown keys, and bounds that pydantic enforces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FORBID: dict[str, str] = {"extra": "forbid"}


class Bound:
    """What a value must keep to, by pydantic's names for it: ``ge``, ``le``, ``min_length``.

    In place of ``annotated_types``, whose import costs every start as much as all of this module.
    """

    def __init__(self, **limits: float) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, kind: Any, schema_of: Callable[[Any], Any]) -> dict[str, Any]:
        """The schema of the bare type, with the limits."""
        return {**schema_of(kind), **self._limits}
