"""Pictures drawn by a process that may be killed: a decoder in C meets bytes that somebody made for it.

The process ends itself by timers and limits of the system, which need no help of Python: too much work, too
long a wait, too much memory. It may write no file, and answers with plain values, never with objects. It is
started for the first picture, serves a number of them and ends when nothing has come for a while, or with the
program that started it (docs/decisions/0011).
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from typing import IO

from sitrep.base.values import Damaged, Struct, decode, encode
from sitrep.pictures.clean_image import Made, make, refused
from sitrep.pictures.image_formats import DAMAGED, Unfit

SECONDS = 4.0
"""Of processor time for one picture: the largest that are taken need 1.3 here, and machines differ."""
WAIT = 10.0
"""Seconds for one picture, asleep or at work."""
MEMORY = 225_000_000
"""Bytes of memory, 25 million of them for the program; the largest pictures need 130 million."""
MOST = 100
"""Pictures that one process draws."""
IDLE = 60.0
"""Seconds without a picture after which it ends."""

_LENGTH = struct.Struct("!I")
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from sitrep.pictures.drawn_apart import serve; serve()"
_TOO_MUCH = "save it smaller, for example 1,000 pixels wide, as JPEG"


def drawn(content: bytes) -> Made | Unfit:
    """The picture to publish for an image, or why there is none. Never raises, whatever the bytes do."""
    return refused(content) or _room.draw(content)


class Room:
    """A process that draws, started when there is something to draw. For any thread, one at a time."""

    def __init__(self, code: str = _CODE) -> None:
        self._code, self._turn = code, threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner, self._asked, self._last = 0, 0, 0.0

    def draw(self, content: bytes) -> Made | Unfit:
        """What the process makes of it, or why it could not."""
        with self._turn:
            try:
                process = self._ready()
                assert process.stdin
                assert process.stdout
                _send(process.stdin, content)
                answer = decode(_received(process.stdout), _Answer)
            except (OSError, EOFError, Damaged):
                return _why(self.close())
            self._asked, self._last = self._asked + 1, time.monotonic()
            return answer.made or answer.unfit

    def close(self) -> int | None:
        """End the process, if there is one; how it ended."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return None
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return process.wait()

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process; another one where it has served long, may have ended, or belongs to who forked us."""
        rested = time.monotonic() - self._last > IDLE / 2
        if self._owner != os.getpid() or self._asked >= MOST or rested:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", self._code, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # It gets none of the site's secrets, and finds its libraries.
                env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
            )
            self._owner, self._asked = os.getpid(), 0
        return self._process


_room = Room()
"""That of this process."""


def _why(ended: int | None) -> Unfit:
    """What the writer is told where the process gave no answer."""
    if ended in (-signal.SIGPROF, -signal.SIGALRM):
        return Unfit("takes too long to read", _TOO_MUCH)
    return DAMAGED


# -- in the process itself -------------------------------------------------------------------------


def serve() -> None:
    """Answer until nothing more is asked."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    _confine()
    while True:
        _within(IDLE)
        try:
            content = _received(given)
        except EOFError:
            return
        _within(WAIT, SECONDS)
        done = make(content)
        _send(answers, encode(_Answer(unfit=done) if isinstance(done, Unfit) else _Answer(made=done)))


def _confine() -> None:
    import resource

    _within(WAIT)
    for signal_number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(signal_number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who pressed Ctrl-C ended the program; this ends with it
    limits = ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))
    for limit, most in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _within(wait: float, work: float = 0.0) -> None:
    """End the process after so many seconds, or so many of work."""
    signal.setitimer(signal.ITIMER_REAL, wait)
    signal.setitimer(signal.ITIMER_PROF, work)


# -- between the two -------------------------------------------------------------------------------


class _Answer(Struct, frozen=True, kw_only=True):
    made: Made | None = None
    unfit: Unfit = DAMAGED


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    """What the other side has sent. Raises EOFError where it has ended."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
