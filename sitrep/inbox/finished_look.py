"""The drop folder, for a program that looks once -> what is finished in it, and what is not in time."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from sitrep.inbox.file_names import Sort
from sitrep.inbox.scan import Found, Look, is_written, scan
from sitrep.inbox.write_leases import Writing, is_local

LONGEST = 10.0
"""Seconds that a program which looks once waits for those who are writing."""
AGAIN = 0.1
"""Seconds between two looks at the same."""


def finished_look(feeds: Path, known: Mapping[str, str], settle: float, longest: float) -> Look:
    """A look at the whole folder once nobody writes to a text of it; after ``longest`` seconds the texts
    that somebody still writes to are ``unsettled``.

    ``known``: path and stat of files that were finished before. ``settle``: seconds of silence that count
    as finished where the system cannot tell. Raises OSError if the folder cannot be read.
    """
    end, local = time.monotonic() + longest, is_local(feeds)
    while True:
        found = tuple(scan(feeds))
        fresh = (file for file in found if file.sort is Sort.TEXT and known.get(file.path) != file.stat)
        written = frozenset(
            file.path for file in fresh if file.regular and _is_written(feeds, file, settle, local=local)
        )
        if not written or time.monotonic() >= end:
            return Look(
                found=tuple(file for file in found if file.path not in written), whole=True, unsettled=written
            )
        time.sleep(AGAIN)


def _is_written(feeds: Path, found: Found, settle: float, *, local: bool) -> bool:
    answer = is_written(feeds, found) if local else Writing.UNKNOWN
    if answer is Writing.UNKNOWN:
        return abs(time.time() - found.mtime) < settle
    return answer is Writing.YES
