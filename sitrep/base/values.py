"""What values are made of, and values -> compact JSON bytes and back. The one door to msgspec.

A value is a frozen ``Struct``: like a frozen dataclass with slots, but a class costs a fortieth at the
start of the program, making one a quarter, and changing a field of one a tenth (docs/decisions/0006).

Bytes: dates and instants are RFC 3339 text (UTC ends in ``Z``), fields come in the order of their class,
members of a dict are sorted: equal values give equal bytes on every machine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct, field, structs
from msgspec.structs import fields

__all__ = [
    "NODEFAULT", "Damaged", "Struct", "asdict", "converted", "decode", "decoder", "encode", "encode_record",
    "field", "fields", "replace",
]  # fmt: skip

T = TypeVar("T")


class Damaged(ValueError):
    """Bytes that ``encode`` did not write as they are."""


_encoder = msgspec.json.Encoder(order="deterministic")


def replace(value: T, **changes: Any) -> T:
    """The value, or the part of a configuration, with other contents in the fields that are named."""
    changed: T
    if isinstance(value, Struct):
        changed = structs.replace(value, **changes)
    else:
        changed = dataclasses.replace(value, **changes)  # type: ignore[type-var]
    return changed


def asdict(value: Struct) -> dict[str, Any]:
    """The fields of a value by name, all the way down, as JSON knows them."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


def encode(value: object) -> bytes:
    """The value as one line of UTF-8 JSON. Raises TypeError for a type that JSON cannot hold."""
    return _encoder.encode(value)


def encode_record(members: Mapping[str, object]) -> bytes:
    """One line of UTF-8 JSON whose members stand in the order given. Raises TypeError as ``encode`` does."""
    return msgspec.json.encode(members)


def decoder(kind: type[T]) -> Callable[[bytes], T]:
    """A function that reads what ``encode`` wrote of that type.

    Members that the type does not know are ignored, missing ones take their default. The function
    raises Damaged, a ValueError, on bytes that are damaged, no UTF-8, nested too deeply or of another shape.
    """
    key: Any = kind
    read: Callable[[bytes], T] = _reader(key)
    return read


def converted(plain: object, kind: type[T]) -> T:
    """Dicts, lists and texts as one value of that type. Raises Damaged where they are of another shape."""
    try:
        return msgspec.convert(plain, kind)
    except msgspec.MsgspecError as error:
        raise Damaged(str(error)) from error


def decode(encoded: bytes, kind: type[T]) -> T:
    """One value of that type, as ``decoder`` reads it."""
    return decoder(kind)(encoded)


@cache
def _reader(kind: Any) -> Callable[[bytes], Any]:
    """One compiled decoder for each type: compiling costs more than decoding."""
    read = msgspec.json.Decoder(kind).decode

    def read_checked(encoded: bytes) -> Any:
        try:
            return read(encoded)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Damaged(str(error)) from error
        except RecursionError as error:
            raise Damaged("nested too deeply") from error

    return read_checked
