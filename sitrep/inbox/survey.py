"""A look at the drop folder against what the archive knows -> which files must be looked into."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from enum import StrEnum

from sitrep.base.values import Struct
from sitrep.inbox.file_names import QUIET, Sort
from sitrep.inbox.scan import Found, Look, hidden_by


class State(StrEnum):
    """What became of a file of feeds/; each file is in exactly one."""

    PUBLISHED = "published"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    """It takes back what it said; told once, then it is unchanged."""
    MOVED = "moved"
    """The same bytes under a new name; told once."""
    HELD = "held"
    DRAFT = "draft"
    REFUSED = "refused"
    CONFLICT = "conflict"
    IGNORED = "ignored"
    UNFINISHED = "unfinished"
    """Somebody is writing to it; nothing was concluded, and it is read as soon as that ends."""


class Survey(Struct, frozen=True, kw_only=True):
    """What a look at the folder found, before any file is opened."""

    to_read: tuple[Found, ...] = ()
    """Texts that are new, were written to, or whose time has come."""
    set_aside: tuple[Found, ...] = ()
    """Files that are no texts to publish (drafts, conflict copies, ignored ones), new or changed."""
    vanished: tuple[str, ...] = ()
    """Paths that were there and are not any more."""


def survey(look: Look, known: Mapping[str, str], due: Container[str] = (), *, again: bool = False) -> Survey:
    """Compare a look with what the files it is about (all, if it is at the whole folder) looked like before.

    ``known``: their stats by path. ``due``: paths of held texts whose time has come. ``again`` has every
    file looked into, changed or not.
    """
    to_read: list[Found] = []
    set_aside: list[Found] = []
    for found in look.found:
        as_before = known.get(found.path) == found.stat and not again and found.path not in due
        if as_before or found.sort in QUIET:
            continue
        (to_read if found.sort is Sort.TEXT else set_aside).append(found)
    return Survey(
        to_read=tuple(to_read),
        set_aside=tuple(set_aside),
        vanished=_vanished(look, known) if look.whole else (),
    )


def _vanished(look: Look, known: Iterable[str]) -> tuple[str, ...]:
    there, hidden = {found.path for found in look.found} | look.unsettled, hidden_by(look.found)
    return tuple(path for path in known if path not in there and not hidden(path))


def state_of(sort: Sort) -> State:
    """The state of a file that is set aside by its name."""
    return _STATES.get(sort, State.IGNORED)


_STATES = {Sort.DRAFT: State.DRAFT, Sort.CONFLICT: State.CONFLICT, Sort.UNREADABLE: State.REFUSED}
