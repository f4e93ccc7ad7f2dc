"""The same site on another machine: a publish in a process of its own, under another user, zone and clock.

Run as ``python -m tests.other_machine SITE INSTANT PROCESSES``.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _may_share() -> bool:
    try:
        get_context("fork").Lock()
    except (OSError, ImportError):
        return False
    return True


shares_work = pytest.mark.skipif(not _may_share(), reason="this user's processes cannot work together here")
"""A test of helpers: of processes that are forked for a share of the work."""


def environment(**changes: str) -> dict[str, str]:
    """The environment of this process as far as a Python program needs it, with changes."""
    kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV", "SYSTEMROOT") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | changes


def publish_elsewhere(
    root: Path,
    now: dt.datetime,
    *,
    processes: int = 1,
    umask: int = 0o022,
    cwd: Path | None = None,
    **variables: str,
) -> None:
    """Publish the site at ``root`` in another process; ``variables`` are added to its environment."""
    subprocess.run(
        [sys.executable, "-m", "tests.other_machine", str(root), now.isoformat(), str(processes)],
        check=True,
        env=environment(**variables),
        umask=umask,
        cwd=cwd or ROOT,
        timeout=120,
    )


def main() -> None:
    """Publish once, at the given instant."""

    from sitrep.publish.open_site import open_site
    from sitrep.publish.spine import publish
    from sitrep.site.folders import folders_of

    root, now, processes = Path(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
    site = open_site(folders_of(root), processes=processes)
    publish(site, now=now)
    site.close()


if __name__ == "__main__":
    main()
