"""A push server, a mailbox and a webhook of this machine: each follower is told what readers are, once."""

from __future__ import annotations

import email
import importlib.util
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer, ThreadingTCPServer

import pytest

from sitrep.archive.archive import Archive
from sitrep.delivery.announce import Announcer
from sitrep.delivery.services import read_services
from sitrep.publish.open_site import read_config
from tests.delivery.sites import LATER, SECOND, site
from tests.publishing import Studio

PATIENCE = 30.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("apprise") is None, reason="apprise is not installed"),
]


class Told:
    """What arrived, by the kind of follower: title and text."""

    def __init__(self) -> None:
        self.push: list[tuple[str, str]] = []
        self.hook: list[tuple[str, str]] = []
        self.mail: list[tuple[str, str]] = []


@contextmanager
def serving(server: TCPServer) -> Iterator[int]:
    """A server that answers until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


def web(told: Told) -> TCPServer:
    """A webhook at ``/hook``, and a push server elsewhere, as ntfy is one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            (told.hook if self.path.startswith("/hook") else told.push).append((got["title"], got["message"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def mailbox(told: Told) -> TCPServer:
    """As much of SMTP (RFC 5321) as takes a mail."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                word = line[:4].upper()
                self.wfile.write(
                    {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
                )
                if word == b"QUIT":
                    break
                if word == b"DATA":
                    lines = iter(self.rfile.readline, b".\r\n")
                    mail = email.message_from_bytes(b"".join(lines), policy=default)
                    body = mail.get_body(("plain",))
                    told.mail.append((str(mail["Subject"]), body.get_content().strip() if body else ""))
                    self.wfile.write(b"250 taken\r\n")

    ThreadingTCPServer.daemon_threads = True
    return ThreadingTCPServer(("127.0.0.1", 0), Handler)


def publish(studio: Studio, announcer: Announcer) -> None:
    """Publish as the program does, and wait until everybody was told."""
    keys = studio.publish().published
    archive = Archive(studio.folders.archive, read_only=True)
    announcer.note(archive, read_config(studio.folders), keys)
    archive.close()
    announcer.begin()
    assert announcer.idle(PATIENCE)


def test_each_follower_is_told_once_and_no_more_than_readers_are(tmp_path: Path) -> None:
    """Of a new update each gets one notice with its hedge and address; none of a draft or an edit."""
    told, studio = Told(), site(tmp_path / "site")
    with serving(web(told)) as port, serving(mailbox(told)) as mail:
        followers = studio.root / "followers.urls"
        followers.write_text(
            f"ntfy://127.0.0.1:{port}/valley\njson://127.0.0.1:{port}/hook\n"
            f"mailto://127.0.0.1:{mail}?from=desk@example.org&to=readers@example.org&smtp=127.0.0.1\n"
        )
        followers.chmod(0o600)
        services = read_services(studio.root, "followers.urls")
        announcer = Announcer(
            studio.folders, lambda _: None, services=lambda _: services, clock=lambda: studio.now.timestamp()
        )
        try:
            publish(studio, announcer)  # what was online before is no news
            studio.drop("_draft.txt", SECOND)
            publish(studio, announcer)
            studio.later(hours=1)
            studio.drop("c.txt", LATER)
            publish(studio, announcer)
            studio.drop("c.txt", LATER.replace("closed", "closed again"))
            publish(studio, announcer)
        finally:
            announcer.end()
            assert announcer.idle(PATIENCE)
    for notices in (told.push, told.hook, told.mail):
        ((title, text),) = notices
        assert title.startswith("Notes from the valley: ")
        assert "Unconfirmed: The bridge at Birch is closed." in text
        assert text.endswith("https://example.org/2025-06-01/")
