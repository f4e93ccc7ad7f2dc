"""Publishes -> deliveries, one thread for each target, so that no publish and no target waits for another.

A target that fails is tried again, less and less often, for ever; a new publish tries at once. The log
hears when a target begins to fail and when it holds everything again, and nothing in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from sitrep.base.errors import SitrepError
from sitrep.config.delivery import Target
from sitrep.delivery.deploy import Delivered, deploy, outstanding
from sitrep.delivery.faults import DeliveryError
from sitrep.delivery.held import Held
from sitrep.delivery.worker import REST, Worker
from sitrep.site.folders import Folders

FIRST_WAIT, LONGEST_WAIT = 15.0, 3_600.0
"""Seconds after the first failure, doubled after each further one, and where that ends."""

LASTING = 3
"""Failures in a row after which a target's fault is no hiccup any more."""

Say = Callable[[str], None]
Deliver = Callable[[Target, Folders, Held], Delivered]


def wait_after(tries: int) -> float:
    """Seconds until a target that has failed so often in a row is tried again."""
    return min(FIRST_WAIT * 2.0 ** min(tries, 20), LONGEST_WAIT)


class Deployer(Worker[Target]):
    """Keeps one target up to date."""

    def __init__(
        self,
        target: Target,
        folders: Folders,
        held: Held,
        say: Say,
        *,
        rested: Callable[[], None] = lambda: None,
        deliver: Deliver = deploy,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``rested`` is called after each try. ``deliver`` and ``clock`` (seconds since 1970): for tests."""
        super().__init__(f"deploy {target.name}", clock, rested=rested)
        self.target, self._folders, self._held, self._say = target, folders, held, say
        self._deliver = deliver
        self._next_try: float | None = 0.0
        """When to deliver (seconds since 1970); None while it holds everything."""
        state = held.state(target.name)
        self._failing = bool(state.fault)
        self.fault = state.fault if state.tries >= LASTING else ""
        """Why it has not been up to date for a while; empty if it is, or if that may pass by itself."""

    def note(self) -> None:
        """The site has changed: deliver now, however often that has failed."""
        with self._change:
            self._next_try = 0.0
            self._change.notify_all()

    def stands(self) -> bool | None:
        """Whether it holds everything, once that was tried; None until then."""
        with self._change:
            if self._busy or self._due():
                return None
            return self._next_try is None

    def _jobs(self) -> Iterable[tuple[float, Target]]:
        return () if self._next_try is None else ((self._next_try, self.target),)

    def _do(self, job: Target) -> None:
        with self._change:
            self._next_try = None
        self._try()

    def _try(self) -> None:
        name = self.target.name
        try:
            sent = self._deliver(self.target, self._folders, self._held)
        except (DeliveryError, SitrepError) as fault:
            self._failed(_reason(fault))
        except Exception as fault:  # whatever it is, the site goes on and it is tried again
            self._failed(f"unexpected: {type(fault).__name__}")
        else:
            self.fault = ""
            self._held.succeeded(name, self._clock())
            if self._failing:
                self._failing = False
                self._say(f"{name} is up to date again ({sent.sent} files sent)")

    def _failed(self, text: str) -> None:
        later = self._clock() + REST
        try:
            later = note_failure(self.target, self._folders, self._held, text, self._clock())
            self.fault = text if self._held.state(self.target.name).tries >= LASTING else ""
        finally:
            with self._change:
                # A publish that came meanwhile is not put off by it.
                self._next_try = later if self._next_try is None else self._next_try
        if not self._failing:
            self._failing = True
            self._say(f"{self.target.name} is not up to date: {text}; it is tried again")


class Deployers:
    """All targets of a site."""

    def __init__(self, folders: Folders, say: Say, rested: Callable[[], None] = lambda: None) -> None:
        """``rested`` is called, in the thread of a target, after each try to bring it up to date."""
        self._folders, self._say, self._rested = folders, say, rested
        self._held = Held(folders.work)
        self._deployers: dict[Target, Deployer] = {}
        self._targets: tuple[Target, ...] = ()
        self._begun = self._went = False

    def reached(self) -> bool:
        """True if a target holds what was published, and none is still being brought up to date."""
        if self._went or not self._begun:
            return self._went or not self._targets
        workers = map(self._deployers.get, self._targets)
        stands = [worker.stands() if worker else None for worker in workers]
        return None not in stands and (True in stands or not stands)

    def note(self, targets: tuple[Target, ...], *, changed: bool = True) -> None:
        """These are the targets now; if the site has changed, bring them up to date in the background."""
        self._targets = targets
        for target in self._deployers.keys() - set(targets):
            self._deployers.pop(target).end()
        if self._begun:
            self._begin_new()
        if changed:
            for deployer in self._deployers.values():
                deployer.note()

    def begin(self) -> None:
        """Start delivering; each target is brought up to date at once."""
        self._begun = True
        self._begin_new()

    def _begin_new(self) -> None:
        for target in self._targets:
            if target not in self._deployers:
                self._deployers[target] = Deployer(
                    target, self._folders, self._held, self._say, rested=self._rested
                )
                self._deployers[target].begin()

    def run_once(self, targets: tuple[Target, ...], *, everything: bool = False) -> bool:
        """Bring every target up to date here and now, and say how each went; True if all went well."""
        went = [
            deploy_once(target, self._folders, self._held, self._say, everything=everything)
            for target in targets
        ]
        self._went = any(went)
        return all(went)

    def faults(self) -> tuple[tuple[str, str], ...]:
        """Targets that have not been up to date for a while, by name, and why."""
        return tuple(
            (target.name, deployer.fault) for target, deployer in self._deployers.items() if deployer.fault
        )

    def idle(self, name: str, seconds: float) -> bool:
        """Wait until the target of that name has nothing to do, so many seconds at most; True if so."""
        return all(
            deployer.idle(seconds) for target, deployer in self._deployers.items() if target.name == name
        )

    def end(self) -> None:
        """Begin nothing more."""
        for deployer in self._deployers.values():
            deployer.end()


def deploy_once(
    target: Target,
    folders: Folders,
    held: Held,
    say: Say,
    *,
    everything: bool = False,
    clock: Callable[[], float] = time.time,
) -> bool:
    """Bring one target up to date and say how it went; True if it holds everything now."""
    try:
        sent = deploy(target, folders, held, everything=everything)
    except (DeliveryError, SitrepError) as fault:
        why = _reason(fault)
    else:
        held.succeeded(target.name, clock())
        if sent.sent or sent.removed:
            removed = f", {sent.removed:,} removed" if sent.removed else ""
            say(f"{target.name}: {sent.sent:,} files sent ({sent.bytes / 1000:,.0f} KB){removed}")
        else:
            say(f"{target.name}: up to date")
        return True
    note_failure(target, folders, held, why, clock())
    say(f"{target.name}: not up to date: {why}")
    return False


def _reason(fault: DeliveryError | SitrepError) -> str:
    return fault.text if isinstance(fault, DeliveryError) else fault.on_one_line


def note_failure(target: Target, folders: Folders, held: Held, fault: str, now: float) -> float:
    """Record that a target did not take everything; returns when it is to be tried again."""
    try:
        waiting = outstanding(target, folders, held).size
    except SitrepError:  # the archive is being made anew; nobody can tell
        waiting = 0
    later = now + wait_after(held.state(target.name).tries)
    held.failed(target.name, fault, later, waiting)
    return later
