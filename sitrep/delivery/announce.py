"""Publishes -> notices of what is new, given to each service once, in a thread of its own.

An update is announced when it first comes out, never when it is edited; a correction is where the
configuration asks for it. Old texts that are brought in, and what was online before announcing was set up,
are not announced at all.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable

from sitrep.archive.archive import Archive
from sitrep.base.errors import SitrepError
from sitrep.config.values import Config
from sitrep.delivery.announced import Announced, Due
from sitrep.delivery.background import wait_after
from sitrep.delivery.notices import (
    Notice,
    corrections_of,
    notice_of,
    notice_of_corrections,
    notice_of_many,
    update_of,
    whole,
)
from sitrep.delivery.services import NoticeService, read_services
from sitrep.delivery.websub import may_tell
from sitrep.delivery.worker import Worker
from sitrep.site.folders import Folders

TRIES = 10
"""How often a service is given the same notice: news of a day ago is none."""
NEWS = 3 * 86_400.0
"""Seconds: what came out longer ago is not announced as new."""
MANY = 3
"""More updates than this at once are told in one notice."""
PUBLIC = "https://example.org/"

Say = Callable[[str], None]
Services = Callable[[Config], tuple[NoticeService, ...]]


def services_of(folders: Folders) -> Services:
    """Reads the services that a configuration names."""

    def read(config: Config) -> tuple[NoticeService, ...]:
        name = config.announce.services
        return read_services(folders.site, name) if name else ()

    return read


class Announcer(Worker[Due]):
    """Announces the updates of one site. ``note`` and ``idle`` belong to the thread that publishes."""

    def __init__(
        self,
        folders: Folders,
        say: Say,
        *,
        may: Callable[[], bool] = lambda: True,
        services: Services | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``may``: whether readers can open what stands here.
        ``services`` and ``clock`` (seconds since 1970): for tests."""
        super().__init__("announce", clock, may=may)
        self._folders, self._say = folders, say
        self._read = services or services_of(folders)
        self._record = Announced(folders.work)
        self._config: Config | None = None
        self._services: dict[str, NoticeService] = {}
        self._said: set[str] = set()

    def note(self, archive: Archive, config: Config, published: Iterable[str]) -> None:
        """These updates are new or changed; what is new is told as soon as the thread gets to it."""
        keys = tuple(published)
        if self._record.fresh:
            self._record.know(archive.update_keys())
            return
        new = self._record.unknown(keys)
        since = dt.datetime.fromtimestamp(self._clock() - NEWS, dt.UTC)
        live = [
            update.key
            for update in whole(map(archive.update, new))
            if update.published and update.published >= since
        ]
        self._record.know(key for key in new if key not in live)
        notices = [(key,) for key in live] if len(live) <= MANY else [tuple(live)]
        if config.announce.corrections:
            edited = whole(archive.update(key) for key in keys if key not in new)
            marks = (self._record.unknown(corrections_of(update, since)) for update in edited)
            notices += [found for found in marks if found]
        # An earlier run may have left something to tell.
        if (notices or self._record.due()) and not self._ready(config) and live:
            self._say(f"not announced: {', '.join(live)}")
        with self._change:
            for notice in notices:
                self._record.queue(self._services, notice)
            self._change.notify_all()

    def _ready(self, config: Config) -> bool:
        """True if there is somebody to tell, and something that a stranger can open."""
        if not may_tell(config.site.base_url, PUBLIC):
            self._once(
                "nothing is announced: only this machine or network knows the address in site.base_url"
            )
            return False
        try:
            services = self._read(config)
        except SitrepError as fault:
            self._once(f"nothing is announced: {fault.on_one_line}")
            return False
        with self._change:
            self._config, self._services = config, {service.id: service for service in services}
        return bool(services)

    def _once(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._say(text)

    # -- in the thread -----------------------------------------------------------------------------

    def _jobs(self) -> Iterable[tuple[float, Due]]:
        return ((due.next_try, due) for due in self._record.due()) if self._config else ()

    def _do(self, due: Due) -> None:
        service, config = self._services.get(due.service), self._config
        try:
            notice = self._notice(due, config) if service and config else None
        except SitrepError:  # the archive is being made anew
            self._record.failed(due, self._clock() + wait_after(due.tries))
            return
        if service is None or notice is None:
            self._record.sent(due)  # the service left the configuration, or the update was taken back
            return
        self._record.sending(due)
        if service.tell(notice):
            self._record.sent(due)
        elif due.tries + 1 >= TRIES:
            self._record.sent(due)
            self._say(f"{service.name} was not told of {', '.join(due.keys)}, given up after {TRIES} tries")
        else:
            self._record.failed(due, self._clock() + wait_after(due.tries))
            self._once(f"{service.name} did not take the notice of {', '.join(due.keys)}; it is tried again")

    def _notice(self, due: Due, config: Config) -> Notice | None:
        """The notice in the words of this moment: a quick correction is in it."""
        archive = Archive(self._folders.archive, read_only=True)
        try:
            updates = whole(map(archive.update, dict.fromkeys(map(update_of, due.keys))))
        finally:
            archive.close()
        if not updates:
            return None
        if update_of(due.keys[0]) != due.keys[0]:
            return notice_of_corrections(updates[0], due.keys, config)
        return notice_of(updates[0], config) if len(updates) == 1 else notice_of_many(updates, config)
