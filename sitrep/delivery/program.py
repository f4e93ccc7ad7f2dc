"""A command -> a child process that asks nothing, gets its secrets by its environment, and ends in time."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE

from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError

LONGEST = 3_600.0
"""Seconds after which a program is ended."""


def run(
    command: Sequence[str],
    credentials: Credentials,
    *,
    given: bytes = b"",
    folder: Path | None = None,
    more: Mapping[str, str] | None = None,
    longest: float = LONGEST,
) -> bytes:
    """What it printed. Without a shell; ``given`` is its standard input, ``more`` joins its environment.

    Raises DeliveryError if it is not there or does not end, CalledProcessError with all it said if it fails.
    """
    process = _started(command, {**credentials.environment(), **(more or {})}, folder)
    try:
        said, complained = process.communicate(given, longest)
    except subprocess.TimeoutExpired:
        raise DeliveryError(f"{command[0]} did not end within {longest:,.0f} seconds") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [command[0]], said, complained)
    return said


def _started(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None
) -> subprocess.Popen[bytes]:
    try:
        # A group of its own: what it starts ends with it, and Ctrl-C does not cut it off half way.
        return subprocess.Popen(
            command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=folder, env=environment, start_new_session=True
        )
    except OSError as fault:
        why = (fault.strerror or "").lower()
        if isinstance(fault, FileNotFoundError) and os.sep not in command[0]:
            why = "it is not installed"
        elif isinstance(fault, PermissionError):
            why = f"it may not be run; chmod +x {command[0]}"
        raise DeliveryError(f"{command[0]} cannot be started: {why}") from fault
