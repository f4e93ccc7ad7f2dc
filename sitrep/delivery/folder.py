"""A shipment -> another folder of this machine, or a network drive: each file all or nothing."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from sitrep.delivery.faults import DeliveryError
from sitrep.delivery.order import Shipment

_TEMPORARY = ".sitrep-"


def deliver(shipped: Shipment, files: Path, target: Path) -> Iterator[tuple[str, ...]]:
    """Bring files over; yields places that are done, sent or removed. Raises DeliveryError."""
    try:
        for place in shipped.sent:
            _send(files / place, target / place)
            yield (place,)
        for place in shipped.removed:
            _remove(target, place)
            yield (place,)
    except OSError as fault:
        raise DeliveryError(f"{target} does not take it: {(fault.strerror or str(fault)).lower()}") from fault


def _send(file: Path, goal: Path) -> None:
    temporary = goal.with_name(f"{_TEMPORARY}{goal.name}")
    goal.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(file, temporary)
        shutil.copystat(file, temporary)
        temporary.replace(goal)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _remove(target: Path, place: str) -> None:
    goal = target / place
    with contextlib.suppress(FileNotFoundError):
        goal.unlink()
    folder = goal.parent
    with contextlib.suppress(OSError):  # it is not empty, and that is the end of it
        while folder != target:
            folder.rmdir()
            folder = folder.parent
