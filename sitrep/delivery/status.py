"""What targets hold -> how each stands, for people and for scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sitrep.base.say import instant_text
from sitrep.base.values import Struct
from sitrep.config.delivery import Target
from sitrep.delivery.held import Held, folder_of
from sitrep.site.folders import Folders


class TargetStatus(Struct, frozen=True, kw_only=True):
    """One place the site is copied to."""

    name: str
    done: str
    """When it last held everything (RFC 3339, UTC); empty if never."""
    waiting: int = 0
    """Files that it does not hold as they are, when it was last tried."""
    tries: int = 0
    """How often it has failed since."""
    next_try: str = ""
    """When it is tried next (RFC 3339, UTC); empty if it is well."""
    fault: str = ""
    """Why it failed; empty if it did not."""


def status_of_targets(targets: Iterable[Target], folders: Folders) -> tuple[TargetStatus, ...]:
    """How each target of the configuration stands, in its order."""
    targets = tuple(targets)
    if not targets or not folder_of(folders.work).exists():
        return tuple(TargetStatus(name=target.name, done="") for target in targets)
    held = Held(folders.work)
    return tuple(_status(held, target.name) for target in targets)


def _status(held: Held, name: str) -> TargetStatus:
    state = held.state(name)
    return TargetStatus(
        name=name,
        done=_instant(state.done),
        waiting=state.waiting,
        tries=state.tries,
        next_try=_instant(state.next_try) if state.fault else "",
        fault=state.fault,
    )


def _instant(seconds: float) -> str:
    return instant_text(dt.datetime.fromtimestamp(int(seconds), dt.UTC)) if seconds else ""
