# ruff: noqa: PTH100, PTH115, PTH118
"""One verb on a machine that fails: its n-th changing call is refused, or is its last. A reader looks on
between every two of them.

Run as ``python -m tests.faulty KIND INSTANT VERB SITE CALL [SITE CALL ...]``, VERB with its arguments as
JSON: it is done to every site in a fork of this process, which has done it to a copy before, so that imports
and word lists are paid for once. A line of JSON tells how each ended. CALL 0 lets everything succeed and
tells how many changing calls there were.
"""

from __future__ import annotations

import builtins
import datetime as dt
import errno
import hashlib
import io
import json
import os
import pkgutil
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.parsers import expat

import sitrep
from sitrep.base.disk import TEMPORARY
from tests.other_machine import ROOT, environment

KINDS = {
    "kill": 0,
    "full": errno.ENOSPC,
    "broken": errno.EIO,
    "read-only": errno.EROFS,
    "denied": errno.EACCES,
}
PASSING = frozenset({"broken"})
"""Faults that hit one call only; the others stay."""
PIECE, PIECES = map(int, os.environ.get("SITEGEN_FAULTS", "0/0").split("/"))
"""Which part of all calls (``make faults``): ``3/20`` is every twentieth from the third, ``1/1`` is each."""
EVERYWHERE = PIECES > 0
"""A large site, and every call of it."""
_CHANGING_SQL = ("INSERT", "DELETE", "UPDATE", "COMMIT", "CREATE", "BEGIN;")


@dataclass(frozen=True)
class Ended:
    """How a verb ended."""

    site: Path
    call: int
    name: str
    """The call that failed, or the last one."""
    calls: int
    signal: int
    code: int
    told: str
    looks: int
    """How often a reader came meanwhile: before each of the calls."""
    torn: str
    """What that reader found missing, or not whole."""


def picked(calls: int, most: int) -> list[int]:
    """Numbers of the calls to fail: the first and last ones, where ledger and archive are at stake, and some
    between; or this piece of them all."""
    if EVERYWHERE:
        return list(range(PIECE, calls + 1, PIECES))
    edge = most // 3
    step = max(1, (calls - 2 * edge) // (most - 2 * edge))
    return sorted(
        {*range(1, edge + 1), *range(edge + 1, calls, step), *range(max(1, calls - edge), calls + 1)}
    )


def run_faulty(
    kind: str, now: dt.datetime, sites: list[tuple[Path, int]], verb: Sequence[str] = ("build",)
) -> list[Ended]:
    """Do it to every site with a fault at the given call, in processes of their own."""
    pairs = [text for site, call in sites for text in (str(site), str(call))]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faulty", kind, now.isoformat(), json.dumps(verb), *pairs],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        timeout=max(300, 20 * len(sites)),
    )
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    ended = [Ended(**{**one, "site": Path(one["site"])}) for one in told]
    looks, torn = sum(one.looks for one in ended), sum(bool(one.torn) for one in ended)
    print(f"{verb[0]}, {kind}: {len(ended)} runs, a reader looked {looks} times, {torn} torn")
    return ended


def state(site: Path) -> str:
    """Digest of all bytes of a site, as the next run finds them: from two equal ones it goes on alike.

    What is not finished has any name, a lock names any process; an archive is looked at as it opens.
    """
    told = hashlib.sha256()
    for path, content in sorted(
        (_UNFINISHED.sub(TEMPORARY, path.relative_to(site).as_posix()), _settled(path))
        for path in site.rglob("*")
        if path.is_file() and path.name != "lock" and not path.name.endswith(_BESIDE)
    ):
        told.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return told.hexdigest()


_UNFINISHED = re.compile(re.escape(TEMPORARY) + r"[^/]*")
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite lays beside its file."""


def _settled(path: Path) -> bytes:
    beside = [Path(f"{path}{ending}") for ending in _BESIDE]
    if not any(other.exists() and other.stat().st_size for other in beside):
        return path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        copy, *_ = (shutil.copy(one, folder) for one in (path, *beside) if one.exists())
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchall()
        return Path(copy).read_bytes()


class Faults:
    """Counts the changing calls on the files of one site and makes one of them fail."""

    def __init__(self, kind: str, site: Path, call: int, note: int) -> None:
        self.kind, self.site, self.call, self.calls, self._note = kind, os.fspath(site), call, 0, note
        self._output, self._touched, self.torn = site / "output", site, ""
        self._feeds = [path for path in self._output.glob("*.*") if path.stem in ("feed", "rss")]
        self._write = os.pwrite

    def meet(self, name: str, path: object, *, sql: bool = False) -> None:
        """Called before a changing call."""
        if not sql and not str(path).startswith(self.site):
            return
        self.calls += 1
        self.look()
        hit = self.calls == self.call or (self.call and self.calls > self.call and self.kind not in PASSING)
        if self.call == 0 or self.calls <= self.call:
            self._name = f"{name} {'archive' if sql else os.path.relpath(str(path), self.site)}"
        note = json.dumps([min(self.calls, self.call or self.calls), self._name, self.calls, self.torn])
        self._write(self._note, note.ljust(4_000).encode(), 0)
        if not hit:
            self._touched = self._touched if sql else Path(str(path))
            return
        if self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if sql:
            raise sqlite3.OperationalError(
                "disk I/O error" if self.kind == "broken" else "database or disk is full"
            )
        raise OSError(KINDS[self.kind], os.strerror(KINDS[self.kind]), str(path))

    def look(self) -> None:
        """Be a reader: what the last call touched is whole or not there, and the feeds are."""
        if not self.torn and self._output in self._touched.parents:
            self.torn = _torn(self._touched) or next(
                (f"{path.name} is missing" for path in self._feeds if not path.exists()), ""
            )

    def install(self) -> None:
        """Stand before everything that changes a file."""
        for name in ("replace", "rename", "unlink", "remove", "mkdir", "rmdir", "utime", "link", "symlink"):
            setattr(os, name, self._before(name, getattr(os, name)))
        for name in ("fsync", "ftruncate", "write", "pwrite"):
            setattr(os, name, self._before_descriptor(name, getattr(os, name)))
        opened, low = io.open, os.open

        def open_file(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            if set(mode) & set("wax+") and not isinstance(file, int):
                self.meet("open", os.path.abspath(os.fsdecode(file)))
            return opened(file, mode, *more, **named)

        def open_low(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.meet("os.open", self._path(path, named.get("dir_fd")))
            return low(path, flags, *more, **named)

        builtins.open = io.open = open_file
        os.open = open_low
        sqlite3.connect = self._connect(sqlite3.connect)  # type: ignore[assignment]

    def _path(self, path: object, folder: int | None = None) -> str:
        inside = os.readlink(f"/proc/self/fd/{folder}") if folder is not None else ""
        return os.path.abspath(os.path.join(inside, os.fsdecode(path)))  # type: ignore[type-var]

    def _before(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, **named: Any) -> Any:
            folder = named.get("dir_fd", named.get("src_dir_fd"))
            self.meet(name, self._path(path, folder))
            done = real(path, *more, **named)
            if name in ("replace", "rename", "link", "symlink"):
                self._touched = Path(self._path(more[0], named.get("dst_dir_fd", named.get("dir_fd"))))
            return done

        return call

    def _before_descriptor(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(descriptor: int, *more: Any) -> Any:
            self.meet(name, os.readlink(f"/proc/self/fd/{descriptor}"))
            return real(descriptor, *more)

        return call

    def _connect(self, real: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        faults = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:  # type: ignore[override]
                if sql.startswith(_CHANGING_SQL):
                    faults.meet(sql.split("(")[0][:40], "", sql=True)
                return super().execute(sql, *more)

            def executemany(self, sql: str, *more: Any) -> sqlite3.Cursor:  # type: ignore[override]
                faults.meet(sql.split("(")[0][:40], "", sql=True)
                return super().executemany(sql, *more)

            def executescript(self, sql: str) -> sqlite3.Cursor:  # type: ignore[override]
                faults.meet("script", "", sql=True)
                return super().executescript(sql)

        def connect(*arguments: Any, **named: Any) -> sqlite3.Connection:
            return real(*arguments, **named, factory=Connection)

        return connect


def _warm(verb: list[str], now: dt.datetime, site: str) -> None:
    """Do it to a copy, where nothing fails: what is read and compiled then is there for every fork."""
    from sitrep import cli
    from sitrep.verbs import commands, publishing

    commands.now = publishing.now = lambda: now
    os.sched_getaffinity = lambda _: {0}  # one process: its calls come in one order, each time the same
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        copy = shutil.copytree(site, Path(folder) / "copy", symlinks=True)
        with redirect_stderr(io.StringIO()), suppress(SystemExit):
            cli.main([*verb, "--site", str(copy)])


def _do(verb: list[str], faults: Faults, told: int) -> None:
    """In the fork: do it, and leave with the exit code."""
    from sitrep import cli

    os.dup2(told, 1)
    os.dup2(told, 2)
    faults.install()
    code = 70
    try:
        code = cli.main([*verb, "--site", faults.site])
    except SystemExit as left:
        code = int(left.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


_WHOLE: dict[str, Callable[[bytes], object]] = {
    ".xml": lambda content: expat.ParserCreate().Parse(content, True),
    ".json": json.loads,
}


def _torn(path: Path) -> str:
    """What is wrong with a file of the site, at this moment."""
    try:
        if path.name.startswith(TEMPORARY) or not path.is_file():
            return ""
        content = path.read_bytes()
        if whole := _WHOLE.get(path.suffix):
            whole(content)
        elif path.suffix == ".html" and not content.rstrip().endswith(b"</html>"):
            return f"{path.name} is cut off"
    except (ValueError, expat.ExpatError) as fault:
        return f"{path.name} does not parse: {fault}"
    return ""


def _ended(site: Path, call: int, status: int, told: Any, note: Any) -> Ended:
    told.seek(0)
    note.seek(0)
    calls, name, looks, torn = json.loads(note.read() or '[0, "", 0, ""]')
    return Ended(
        site=site,
        call=call,
        name=name,
        calls=calls,
        signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        code=os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1,
        told=told.read().decode("utf-8", "replace"),
        looks=looks,
        torn=torn,
    )


def main() -> None:
    """Do it to every site that was named."""
    for module in pkgutil.walk_packages(sitrep.__path__, "sitrep."):
        with suppress(ImportError):  # of a library that a site may do without
            import_module(module.name)
    kind, now, verb = sys.argv[1], dt.datetime.fromisoformat(sys.argv[2]), json.loads(sys.argv[3])
    _warm(verb, now, sys.argv[4])
    for site, call in zip(sys.argv[4::2], sys.argv[5::2], strict=True):
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as note:
            child = os.fork()
            if child == 0:
                _do(verb, Faults(kind, Path(site), int(call), note.fileno()), told.fileno())
            _, status = os.waitpid(child, 0)
            ended = _ended(Path(site), int(call), status, told, note)
        print(json.dumps({**ended.__dict__, "site": str(ended.site)}), flush=True)


if __name__ == "__main__":
    main()
