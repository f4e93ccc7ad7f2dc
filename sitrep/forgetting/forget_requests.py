"""Files ``NAME.forget`` in the drop folder -> what they ask for, the asking done, and what to answer.

Anybody who can put a file into the folder can ask. So a request is trusted no further than a text: only an
ordinary file of a text's size is read, and much at once is asked about.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from sitrep.base.disk import NotOrdinaryError, disk_faults, read_file, reason_of, remove_file
from sitrep.base.errors import LedgerError, SiteError, SitrepError
from sitrep.base.nouns import Problem
from sitrep.base.values import Struct
from sitrep.forgetting.forget import (
    CONFIRMED,
    ForgetContext,
    ForgetTarget,
    Forgotten,
    ask_if_many,
    is_confirmed,
    never_was,
    replace_text,
    target_of,
)
from sitrep.inbox.file_names import FORGET, TEXT_SUFFIXES, original_of, subject_of
from sitrep.ledger.ledger import Ledger
from sitrep.publish.rehearsal import rehearse

Forget = Callable[[tuple[ForgetTarget, ...], bool], Forgotten]
"""Forgets targets, which somebody has confirmed or not."""


class Request(Struct, frozen=True, kw_only=True):
    """What a file asks to be forgotten."""

    path: str
    """Relative to feeds/."""
    targets: tuple[ForgetTarget, ...]
    holds_text: bool
    """It says more than ids: it is the text itself, renamed, whose very name may tell too much."""

    @property
    def answer(self) -> str:
        """The path that the answer lies beside, when it is done."""
        folder, slash, _ = self.path.rpartition("/")
        named = f"{folder}{slash}{str(self.targets[0]).replace('/', ' ')}{FORGET}"
        return named if self.holds_text else self.path


class Answer(Struct, frozen=True, kw_only=True):
    """What became of one request."""

    path: str
    """What the answer lies beside, relative to feeds/."""
    problems: tuple[Problem, ...] = ()
    done: Forgotten | None = None
    """What was done; None if nothing was."""
    hindered: bool = False
    """The disk or the site was in the way: asked once more, it may be done."""


def carry_out(requests: Iterable[str], office: ForgetContext, forget: Forget) -> tuple[Answer, ...]:
    """Do what files ``NAME.forget`` ask for, and take away those that are done.

    They are looked at together: who asks for much in many small requests asks for much.
    """
    answers: list[Answer] = []
    asked: list[Request] = []
    for path in requests:
        request = request_at(path, office)
        if isinstance(request, Problem):
            answers.append(Answer(path=path, problems=(request,)))
        else:
            asked.append(request)
    every = tuple(dict.fromkeys(target for request in asked for target in request.targets))
    confirmed = is_confirmed(every, office.folders)
    try:
        if not confirmed:
            ask_if_many(every, Ledger(office.folders.ledger))
    except LedgerError as fault:
        return (*answers, *(Answer(path=request.path, problems=fault.problems) for request in asked))
    answers += [_done(request, office, forget, confirmed=confirmed) for request in asked]
    if asked and confirmed:
        remove_file(office.folders.work, CONFIRMED)
    return tuple(answers)


def _done(request: Request, office: ForgetContext, forget: Forget, *, confirmed: bool) -> Answer:
    """Carry out one request. Its own words go first; ids take their place until everything is done, lest a
    power cut lose the request."""
    feeds, path = office.folders.feeds, request.path
    try:
        if request.holds_text:
            replace_text(feeds, path, "".join(f"{target}\n" for target in request.targets).encode())
        done = forget(request.targets, confirmed)
        with disk_faults(path, "the request could not be taken away", "delete it by hand"):
            remove_file(feeds, path)
    except SitrepError as fault:
        return Answer(path=path, problems=fault.problems, hindered=isinstance(fault, SiteError))
    return Answer(path=request.answer, problems=done.problems, done=done)


def request_at(path: str, office: ForgetContext) -> Request | Problem:
    """What a file ``NAME.forget`` asks for, or why that cannot be told or done.

    Its lines name updates or items; or its name does; or NAME is a file that was published, and the
    request may be that file itself, renamed.
    """
    limit = office.config.limits.source_bytes
    try:
        content = read_file(office.folders.feeds, path, limit + 1)
    except NotOrdinaryError:
        return Problem(path=path, fact="this is not an ordinary file; nothing was done", remedy=_HOW)
    except OSError as fault:
        remedy = "give the program the right to read it, or write a new one"
        return Problem(path=path, fact=f"it cannot be read: {reason_of(fault)}", remedy=remedy)
    if len(content) > limit:
        return Problem(path=path, fact="it is too large for a request; nothing was done", remedy=_HOW)
    lines = [line for line in content.decode("utf-8", "replace").splitlines() if line.strip()]
    named = [target for line in lines if (target := target_of(line))]
    holds_text = len(named) < len(lines)
    targets = _named_by(path, office) if holds_text or not named else tuple(dict.fromkeys(named))
    if not targets:
        fact = "it cannot be told what this asks to be forgotten; nothing was done"
        return Problem(path=path, fact=fact, remedy=_HOW)
    ledger = Ledger(office.folders.ledger)
    if unknown := next((target for target in targets if never_was(target, ledger)), None):
        fact = f"nothing was ever published under the id {unknown}; nothing was done"
        return Problem(path=path, fact=fact, remedy=_WHERE)
    return Request(path=path, targets=targets, holds_text=holds_text)


_HOW = "name the update or item: 2024-12-06.forget, or a line 2024-12-06/3 in a file that ends so"
_WHERE = "look for the id in its permalink: 2024-12-06, or 2024-12-06/3 for its item #i3"


def _named_by(path: str, office: ForgetContext) -> tuple[ForgetTarget, ...]:
    """What the name of a request says, or what was published of the text that it is."""
    request = office.folders.feeds / path
    stem = subject_of(request.name)
    if own := target_of(stem):
        return (own,)
    folder = os.path.relpath(request.parent, office.folders.feeds)
    place = "" if folder == "." else f"{folder}/"
    for name in (stem, *(stem + suffix for suffix in sorted(TEXT_SUFFIXES))):
        if keys := office.archive.keys_of(place + original_of(name)):
            return tuple(ForgetTarget(key) for key in keys)
    rehearsal = rehearse(request, office.config, office.folders.ledger, office.now, office.archive)
    ledger = Ledger(office.folders.ledger)
    known = (update.key for update in rehearsal.updates if update.key in ledger.history(update.key[:7]))
    return tuple(ForgetTarget(key) for key in known)
