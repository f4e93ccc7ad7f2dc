"""States of the program -> messages to the service manager that started it (sd_notify(3)), if one did."""

from __future__ import annotations

import contextlib
import os
import socket


def notify(*lines: str) -> None:
    """Send lines such as ``READY=1`` or ``STATUS=...``. Nothing happens where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address or address[0] not in "@/":
        return
    target = f"\0{address[1:]}" if address[0] == "@" else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto("\n".join(line.replace("\n", " ") for line in lines).encode(), target)
