"""What the parts of a configuration have in common: no unknown keys, and bounds that pydantic enforces.

Parts are Structs, which a start pays a fortieth of a dataclass for (docs/decisions/0006). Pydantic, which
checks them only when a text is read, is shown a dataclass with the same fields.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sitrep.base.values import NODEFAULT, Struct, asdict, fields


class Bound:
    """What a value must keep to, by pydantic's names for it: ``ge``, ``le``, ``min_length``.

    In place of ``annotated_types``, whose import costs every start as much as all of this module.
    """

    def __init__(self, **limits: float) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, kind: Any, schema_of: Callable[[Any], Any]) -> dict[str, Any]:
        """The schema of the bare type, with the limits."""
        return {**schema_of(kind), **self._limits}


class ConfigPart(Struct, frozen=True, kw_only=True):
    """Keys that stand together in config.yaml, with their types and what each is where it is not given."""

    @classmethod
    def __get_pydantic_core_schema__(cls, kind: Any, schema_of: Any) -> dict[str, Any]:
        """The schema of a dataclass alike, whose instances become parts."""
        schema = schema_of.generate_schema(_alike(cls))

        def made(checked: Any) -> ConfigPart:
            return cls(**{name: getattr(checked, name) for name in cls.__struct_fields__})

        return {
            "type": "function-after", "function": {"type": "no-info", "function": made}, "schema": schema,
            "serialization": {"type": "function-plain", "function": asdict},
        }  # fmt: skip


@cache
def _alike(part: type[ConfigPart]) -> type[Any]:
    import dataclasses

    def usual(of: Any) -> Any:
        if of.default_factory is not NODEFAULT:
            return dataclasses.field(default_factory=of.default_factory)
        return dataclasses.field() if of.default is NODEFAULT else dataclasses.field(default=of.default)

    members = [(known.name, known.type, usual(known)) for known in fields(part)]
    said = {"__doc__": part.__doc__, "__pydantic_config__": {"extra": "forbid"}}
    return dataclasses.make_dataclass(part.__name__, members, kw_only=True, namespace=said)
