"""Real servers on this machine, started by the tests that deliver to them and stopped after them."""

from __future__ import annotations

import getpass
import importlib.util
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 30.0
"""Seconds that a server has until it listens."""


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started(command: list[str], port: int, folder: Path, **more: str) -> Iterator[None]:
    """A server that listens at a port of this machine, until the end of the block."""
    log = (folder / "server.log").open("wb")
    environment = {**os.environ, **more}
    process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    try:
        last = time.monotonic() + PATIENCE
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > last:
                pytest.fail(f"{command[0]} does not listen: {(folder / 'server.log').read_text()[-500:]}")
            time.sleep(0.02)  # there is nothing that tells when a foreign program listens
        yield
    finally:
        process.kill()
        process.wait(PATIENCE)
        log.close()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def rsync_daemon(folder: Path, *, password: str | None = None) -> Iterator[tuple[str, Path]]:
    """``rsync://`` address of a module and the folder behind it; with a password for the user ``press``."""
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    port, root = free_port(), folder / "module"
    root.mkdir(parents=True)
    config = folder / "rsyncd.conf"
    secrets = folder / "rsyncd.secrets"
    lines = ["use chroot = no", "log file = /dev/stderr", "[site]", f"path = {root}", "read only = no"]
    if os.getuid() == 0:
        lines += ["uid = 0", "gid = 0"]
    if password:
        secrets.write_text(f"press:{password}\n", encoding="utf-8")
        secrets.chmod(0o600)
        lines += ["auth users = press", f"secrets file = {secrets}"]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = ["rsync", "--daemon", "--no-detach", f"--port={port}", "--address=127.0.0.1"]
    with started([*command, f"--config={config}"], port, folder):
        user = "press@" if password else ""
        yield f"rsync://{user}127.0.0.1:{port}/site/", root


@contextmanager
def ssh_server(folder: Path) -> Iterator[tuple[str, str]]:
    """``user@host`` and an ssh command that reaches it with a key of its own; the host's key is known."""
    server = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(server).exists() or shutil.which("rsync") is None:
        pytest.skip("sshd or rsync is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    for name in ("host", "own"):
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(key, check=True)
    (folder / "authorized").write_text((folder / "own.pub").read_text(), encoding="utf-8")
    known = (folder / "host.pub").read_text(encoding="utf-8").split()[:2]
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(known)}\n", encoding="utf-8")
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nStrictModes no\nUsePAM no\n"
        f"AuthorizedKeysFile {folder}/authorized\nPidFile none\nPasswordAuthentication no\n"
        "PermitRootLogin yes\n",
        encoding="utf-8",
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    with started([server, "-D", "-e", "-f", str(config)], port, folder):
        options = (
            f"-p {port} -i {folder}/own -o IdentitiesOnly=yes -o UserKnownHostsFile={folder}/known_hosts"
        )
        yield f"{getpass.getuser()}@127.0.0.1", options


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Address of a server that speaks S3, in memory; it lives in an environment of its own."""
    own = Path(__file__).parents[2] / ".venv-servers" / "bin" / "moto_server"
    server = str(own) if own.exists() else shutil.which("moto_server")
    if server is None or importlib.util.find_spec("obstore") is None:
        pytest.skip("moto_server or obstore is not installed (make servers)")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    with started([server, "-H", "127.0.0.1", "-p", str(port)], port, folder):
        yield f"http://127.0.0.1:{port}"
