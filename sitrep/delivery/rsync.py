"""A shipment -> rsync, over SSH or to a daemon: one run for each step, one for what is removed.

A password goes to it through its environment, a key through the SSH agent or ``~/.ssh/config``; nothing is
asked, and a host whose key has changed is refused.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError, reason
from sitrep.delivery.order import Shipment
from sitrep.delivery.program import run

SSH = (
    "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=15 -o ServerAliveInterval=15"
    " -o ServerAliveCountMax=4"
)
_STILL = 60
"""Seconds without a byte after which rsync gives up."""

_WHY = {
    "host key verification failed": "the host's key is unknown or has changed: look into it, then put the "
    "right key into ~/.ssh/known_hosts",
    "permission denied": "it does not let us in: is the key in its authorized_keys, and in our agent?",
    "auth failed": "it does not let us in: RSYNC_PASSWORD in the credentials file",
}
_CODES = {
    10: "the connection broke off",
    11: "it could not write there: is there room?",
    12: "the connection broke off",
    30: "it does not answer",
    35: "it does not answer",
}
"""What rsync means where it says nothing but its exit code (rsync(1))."""


def deliver(
    shipped: Shipment, files: Path, target: str, credentials: Credentials, *, ssh: str = SSH
) -> Iterator[tuple[str, ...]]:
    """Bring files over; yields the places of each step that is done. Raises DeliveryError."""
    for step in shipped.steps:
        _rsync(files, target, step, credentials, ssh)
        yield step
    if shipped.removed:
        _rsync(files, target, shipped.removed, credentials, ssh, "--delete-missing-args")
        yield shipped.removed


def _rsync(
    files: Path, target: str, places: Iterable[str], credentials: Credentials, ssh: str, *more: str
) -> None:
    over = () if target.startswith("rsync://") or "::" in target else ("--rsh", ssh)
    options = ("--times", "--omit-dir-times", "--chmod=D755,F644", f"--timeout={_STILL}", *over, *more)
    command = ["rsync", *options, "--from0", "--files-from=-", f"{files}/", f"{target.rstrip('/')}/"]
    try:
        run(command, credentials, given="".join(f"{place}\0" for place in places).encode())
    except subprocess.CalledProcessError as fault:
        raise DeliveryError(
            _why(fault.stderr.decode("utf-8", "replace"), fault.returncode, credentials)
        ) from None


def _why(said: str, code: int, credentials: Credentials) -> str:
    folded = said.lower()
    if known := next((text for mark, text in _WHY.items() if mark in folded), reason(said)):
        return known
    if not folded.strip() and code in _CODES:
        return _CODES[code]
    lines = [line for line in said.splitlines() if line.strip()]
    return credentials.masked(f"rsync ended with {code}: {lines[0] if lines else 'it said nothing'}")[:200]
