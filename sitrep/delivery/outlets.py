"""A publish -> everybody who is to have it: hubs are told, targets get the files, followers a notice.

One object for all that happens after a publish, each part loaded only where it is configured. Where the site
has targets, nobody is told of what stands at none of them: a hub would fetch the old feed, a follower find
no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sitrep.base.nouns import Problem
from sitrep.config.values import Config
from sitrep.site.folders import Folders

if TYPE_CHECKING:
    from sitrep.archive.archive import Archive
    from sitrep.delivery.announce import Announcer
    from sitrep.delivery.background import Deployers
    from sitrep.delivery.websub_queue import Hubs

PATIENCE = 10.0
"""Seconds that a program which publishes once waits for hubs and followers at its end."""


class Outlets:
    """The outlets of one site. All but ``end`` belong to the thread that publishes."""

    def __init__(self, folders: Folders, say: Callable[[str], None]) -> None:
        """``say`` takes a line for whoever looks after the site."""
        self._folders, self._say = folders, say
        self._hubs: Hubs | None = None
        self._deployers: Deployers | None = None
        self._announcer: Announcer | None = None
        self._begun = False

    def note(self, archive: Archive, config: Config, published: Iterable[str], *, changed: bool) -> None:
        """Take note of a publish: which updates are new or changed, and whether any file is.

        Everybody is told in the background once that has begun; no publish waits for it.
        """
        if config.deploy or self._deployers:
            self._deployers_of().note(config.deploy, changed=changed)
        if config.feeds.hubs or self._folders.websub.exists():
            self._hubs_of().note(archive, config)
        if config.announce.services:
            self._announcer_of().note(archive, config, published)
        if self._deployers and not config.deploy:
            self._look()

    def begin(self) -> None:
        """Start the threads. The program is not to be forked any more."""
        self._begun = True
        for outlet in (self._deployers, self._hubs, self._announcer):
            if outlet:
                outlet.begin()

    def finish(self, config: Config) -> None:
        """Bring every target up to date and tell everybody, here and now, for some seconds at most.

        A target that fails is told of, and tried again by the next run.
        """
        if config.deploy:
            self._deployers_of().run_once(config.deploy)
        for outlet in (self._hubs, self._announcer):
            if outlet:
                outlet.begin()
                outlet.look()
        if self._announcer:
            self._announcer.idle(PATIENCE)
        if self._hubs:
            self._hubs.finish(PATIENCE)

    def problems(self) -> tuple[Problem, ...]:
        """What a writer should know: targets whose readers have been without news for a while."""
        faults = self._deployers.faults() if self._deployers else ()
        return tuple(
            Problem(
                path="deploy",
                fact=f"the target {name} does not get new updates: {why}",
                remedy="tell whoever looks after the site; when it is tried next: sitegen.py status",
            )
            for name, why in faults
        )

    def idle(self, target: str, seconds: float) -> bool:
        """Wait until the target of that name has nothing to do, so many seconds at most; True if so."""
        return self._deployers is not None and self._deployers.idle(target, seconds)

    def end(self) -> None:
        """Tell nobody anything more; what is under way is not waited for."""
        for outlet in (self._hubs, self._announcer, self._deployers):
            if outlet:
                outlet.end()

    def _may_tell(self) -> bool:
        """True if what is told of can be fetched: there are no targets, or it stands at one of them."""
        return self._deployers is None or self._deployers.reached()

    def _look(self) -> None:
        """A target was tried: whoever waited for it looks again."""
        for outlet in (self._hubs, self._announcer):
            if outlet:
                outlet.look()

    def _hubs_of(self) -> Hubs:
        if self._hubs is None:
            from sitrep.delivery.websub_queue import Hubs

            self._hubs = Hubs(self._folders.websub, self._say, may=self._may_tell)
            if self._begun:
                self._hubs.begin()
        return self._hubs

    def _announcer_of(self) -> Announcer:
        if self._announcer is None:
            from sitrep.delivery.announce import Announcer

            self._announcer = Announcer(self._folders, self._say, may=self._may_tell)
            if self._begun:
                self._announcer.begin()
        return self._announcer

    def _deployers_of(self) -> Deployers:
        if self._deployers is None:
            from sitrep.delivery.background import Deployers

            self._deployers = Deployers(self._folders, self._say, self._look)
            if self._begun:
                self._deployers.begin()
        return self._deployers
