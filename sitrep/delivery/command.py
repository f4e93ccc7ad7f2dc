"""A shipment -> a command of the operator's, which is told what has changed and does what it likes with it.

It runs in the site's folder, without a shell. ``SITEGEN_OUTPUT`` names the folder of the whole site,
``SITEGEN_CHANGED`` one that holds only what is to be sent, and its standard input has one line for each file
in an order that breaks no link: ``put`` or ``remove``, a tab, the file's place.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from sitrep.delivery.credentials import Credentials
from sitrep.delivery.faults import DeliveryError
from sitrep.delivery.order import Shipment
from sitrep.delivery.program import run


def deliver(
    shipped: Shipment,
    files: Path,
    command: Sequence[str],
    credentials: Credentials,
    *,
    site: Path,
    output: Path,
) -> Iterator[tuple[str, ...]]:
    """Run it; yields every place once it has ended well. Raises DeliveryError."""
    lines = [f"put\t{place}\n" for place in shipped.sent]
    lines += [f"remove\t{place}\n" for place in shipped.removed]
    folders = {"SITEGEN_OUTPUT": str(output), "SITEGEN_CHANGED": str(files)}
    try:
        run(command, credentials, given="".join(lines).encode(), folder=site, more=folders)
    except subprocess.CalledProcessError as fault:
        said = (fault.stderr or fault.stdout).decode("utf-8", "replace").strip().splitlines()
        why = f"{command[0]} ended with {fault.returncode}{': ' + said[-1] if said else ''}"
        raise DeliveryError(credentials.masked(why)[:200]) from None
    yield (*shipped.sent, *shipped.removed)
