"""Files ``NAME.forget`` in the drop folder -> what they ask for, and the asking done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sitrep.base.errors import SitrepError
from sitrep.base.nouns import Problem
from sitrep.forgetting.forget import ForgetContext, Forgotten, Target, replace_text, target_of
from sitrep.inbox.file_names import TEXT_SUFFIXES, original_of, subject_of
from sitrep.ledger.ledger import Ledger
from sitrep.publish.rehearsal import rehearse


def carry_out(
    request: Path, office: ForgetContext, do: Callable[[tuple[Target, ...]], Forgotten]
) -> tuple[Problem, ...]:
    """Do what a file ``NAME.forget`` asks for, and take the file away; returns what a person must know.

    The file may be the text itself under a new name, so its words go first; the ids take their place
    until everything is done, lest a power cut lose the request.
    """
    shown = os.path.relpath(request, office.folders.feeds)
    targets = targets_of(request, office)
    if not targets:
        remedy = "name the update or item: 2024-12-06.forget, or a line 2024-12-06/3 in a file that ends so"
        fact = "it cannot be told what this asks to be forgotten; nothing was done"
        return (Problem(path=shown, fact=fact, remedy=remedy),)
    replace_text(office.folders.feeds, shown, "".join(f"{target}\n" for target in targets).encode())
    try:
        done = do(targets)
    except SitrepError as fault:
        return fault.problems
    request.unlink(missing_ok=True)
    return done.problems


def targets_of(request: Path, office: ForgetContext) -> tuple[Target, ...]:
    """What a file ``NAME.forget`` asks for; empty if that cannot be told.

    Its lines name updates or items; or its name does; or NAME is a file that was published, and the
    request may be that file itself, renamed.
    """
    stem = subject_of(request.name)
    try:
        content = request.read_bytes()[:4_000_000].decode("utf-8", "replace")
    except OSError:
        content = ""
    named = [target_of(line) for line in content.splitlines() if line.strip()]
    if named and all(named):
        return tuple(target for target in named if target)
    if own := target_of(stem):
        return (own,)
    folder = os.path.relpath(request.parent, office.folders.feeds)
    place = "" if folder == "." else f"{folder}/"
    for name in (stem, *(stem + suffix for suffix in sorted(TEXT_SUFFIXES))):
        if keys := office.archive.keys_of(place + original_of(name)):
            return tuple(Target(key) for key in keys)
    rehearsal = rehearse(request, office.config, office.folders.ledger, office.now)
    ledger = Ledger(office.folders.ledger)
    known = (one.key for one in rehearsal.updates if one.key in ledger.history(one.key[:7]))
    return tuple(Target(key) for key in known)
