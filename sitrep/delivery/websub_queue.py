"""What hubs are to be told -> announcements, made in a thread of their own, so that no publish waits for one.

Publishing only takes note of how feeds stand. The thread tells the hubs, tries again what failed, and
says on the log when a hub does not answer, when it does again, and what was given up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.disk import reason_of
from sitrep.config.values import Config
from sitrep.delivery.websub import (
    TRIES,
    Announcement,
    Fault,
    Known,
    failed,
    may_tell,
    noted,
    post,
    read,
    standing,
    taken,
    write,
)
from sitrep.delivery.worker import Worker


class Hubs(Worker[Announcement]):
    """The hubs of one site. ``note`` and ``finish`` belong to the thread that publishes."""

    def __init__(
        self,
        file: Path,
        say: Callable[[str], None],
        *,
        may: Callable[[], bool] = lambda: True,
        tell: Callable[[str, str], Fault | None] = post,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``file``: where it is kept between runs. ``say``: takes a line for
        whoever looks after the site. ``may``: whether readers can fetch what stands here.
        ``tell`` and ``clock`` (seconds since 1970): for tests."""
        super().__init__("hubs", clock, may=may)
        self._file, self._say, self._tell = file, say, tell
        self._known: Known = read(file)
        self._failing: set[str] = set()
        self._warned = self._unkept = False

    def note(self, archive: Archive, config: Config) -> None:
        """Take note of how the feeds stand; what has changed is told as soon as the thread gets to it."""
        own = dict.fromkeys(config.feeds.hubs)
        hubs = [hub for hub in own if may_tell(config.site.base_url, hub)]
        if len(hubs) < len(own) and not self._warned:
            self._warned = True
            self._say("hubs are not told of feeds that only this machine or network can reach")
        with self._change:
            now = noted(self._known, hubs, standing(archive, config) if hubs else {})
            if now != self._known:
                self._known = now
                self._keep()
                self._change.notify_all()

    def finish(self, seconds: float) -> None:
        """Wait until nothing is due any more, so many seconds at most; says what is left for the next run."""
        self.idle(seconds)
        with self._change:
            left = sum(announcement.waits for announcement in self._known.values())
        if left:
            self._say(f"{left} announcement{'s' if left > 1 else ''} to hubs left for the next run")

    # -- in the thread -----------------------------------------------------------------------------

    def _jobs(self) -> Iterable[tuple[float, Announcement]]:
        """What has failed least comes first, so that no hub holds up another."""
        now = self._clock()
        waiting = (announcement for announcement in self._known.values() if announcement.waits)
        ordered = sorted(waiting, key=attrgetter("tries", "at", "hub", "topic"))
        return ((announcement.next_try(now), announcement) for announcement in ordered)

    def _do(self, job: Announcement) -> None:
        fault = self._tell(job.hub, job.topic)
        with self._change:
            said = self._settle(job, fault)
            self._keep()
        for line in said:
            self._say(line)

    def _settle(self, told: Announcement, fault: Fault | None) -> list[str]:
        """Record what came of it; returns what there is to say about the hub."""
        hub, now = told.hub, self._clock()
        known = self._known.get((hub, told.topic))
        if fault is None:
            if known:
                self._known[hub, told.topic] = taken(known, told.wanted)
            said = [f"{hub} takes announcements again"] if hub in self._failing else []
            self._failing.discard(hub)
            return said
        # Who cannot be reached at all is not asked for the next topic right away.
        after = [
            failed(announcement, fault.text, now)
            for announcement in self._known.values()
            if announcement.hub == hub and announcement.is_due(now)
            if not fault.reached or announcement.topic == told.topic
        ]
        self._known |= {(hub, announcement.topic): announcement for announcement in after}
        return self._complaints(hub, fault, sum(announcement.given_up for announcement in after))

    def _complaints(self, hub: str, fault: Fault, given_up: int) -> list[str]:
        new = hub not in self._failing
        self._failing.add(hub)
        if given_up:
            feeds = f"{given_up} changed feed{'s' if given_up > 1 else ''}"
            return [f"{hub} was not told of {feeds}, given up after {TRIES} tries: {fault.text}"]
        return [f"{hub} could not be told of changed feeds: {fault.text}; trying again"] if new else []

    def _keep(self) -> None:
        try:
            write(self._file, self._known)
        except OSError as fault:
            if not self._unkept:
                self._unkept = True
                self._say(f"what hubs were told cannot be kept for the next run: {reason_of(fault)}")
