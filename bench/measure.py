"""A command or a step -> what it cost: wall, CPU, peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one step took. Times in seconds, memory in MB, None where it was not measured."""

    wall: float
    cpu: float
    memory: float | None = None
    files: int | None = None
    bytes: int | None = None


def settings() -> str:
    """The configuration that is measured: that of the demo without cards, whose pictures are an extra."""
    said = (ROOT / "config.yaml").read_text(encoding="utf-8")
    return said.replace("cards: true", "cards: false")


def run(command: Sequence[str], *, cwd: Path = ROOT, alone: bool = False) -> tuple[Cost, str]:
    """Run a command to its end; its cost and what it printed. Raises RuntimeError if it fails.

    ``alone``: on one processor, of which the command knows.
    """
    if alone:
        command = ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]
    started = time.perf_counter()
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, cwd=cwd, env=usual, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        printed = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            assert process.stderr is not None
            raise RuntimeError(f"{' '.join(command)}: {process.stderr.read().decode()[-2000:]}")
    wall = time.perf_counter() - started
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss / 1024), printed


def typical(costs: Iterable[Cost]) -> Cost:
    """Of several times the same step the one in the middle: machines have moods."""
    ordered = sorted(costs, key=lambda cost: cost.wall)
    return ordered[len(ordered) // 2]


def build(site: Path, *, alone: bool = False) -> Cost:
    """One `sitegen.py build` in a new process; ``alone`` on one processor."""
    command = [sys.executable, str(ROOT / "sitegen.py"), "build", "--site", str(site), "--json"]
    cost, printed = run(command, alone=alone)
    outcome: dict[str, Any] = json.loads(printed)
    return Cost(
        wall=cost.wall, cpu=cost.cpu, memory=cost.memory, files=outcome["written"], bytes=outcome["bytes"]
    )


def step(act: Callable[[], Any]) -> Cost:
    """Run something in this process that returns an Outcome."""
    started, before = time.perf_counter(), time.process_time()
    outcome = act()
    return Cost(
        wall=time.perf_counter() - started,
        cpu=time.process_time() - before,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        files=outcome.written + outcome.removed,
        bytes=outcome.bytes,
    )
