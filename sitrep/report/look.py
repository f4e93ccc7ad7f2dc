"""A site's folders -> how it stands, read without disturbing a program that works on it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import closing

from sitrep.archive.archive import Archive
from sitrep.archive.notes import Note
from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.errors import ArchiveError
from sitrep.base.values import decode, replace
from sitrep.config.values import Config
from sitrep.delivery.status import status_of_targets
from sitrep.delivery.websub import status_of_hubs
from sitrep.inbox.scan import scan
from sitrep.publish.open_site import read_config
from sitrep.report.status import Status, status_of
from sitrep.site.folders import Folders
from sitrep.site.lock import holder

_PATIENCE = 30.0


def look(folders: Folders, now: dt.datetime) -> tuple[Status, Config]:
    """How the site stands, and its configuration. Raises SiteError if feeds/ cannot be read."""
    remedy = "bring it back (is its drive mounted?), or name another site with --site"
    with disk_faults("feeds", "the drop folder cannot be read", remedy):
        found = tuple(scan(folders.feeds))
    with closing(_archive(folders)) as archive:
        kept = archive.meta(Note.CONFIG)
        config = decode(kept[32:], Config) if kept else read_config(folders)
        status = status_of(found, archive, config, now, holder(folders.work))
        targets = status_of_targets(config.deploy, folders)
        return replace(status, hubs=status_of_hubs(folders.websub), targets=targets), config


def _archive(folders: Folders) -> Archive:
    """The site's archive for reading; an empty one before the first publish."""
    if folders.archive.exists():
        try:
            return Archive(folders.archive, read_only=True)
        except ArchiveError:
            return Archive(None)
    return Archive(None)


def confirm(folders: Folders, publish: Callable[[], object]) -> str:
    """Have what is gone withdrawn: by the program that watches the site, or by ``publish``; says by whom."""
    if holder(folders.work) is None:
        publish()
        return "deletions confirmed"
    note = folders.confirm
    replace_file(note.parent, note.name, b"")
    end = time.monotonic() + _PATIENCE
    while note.exists():
        if time.monotonic() > end:
            return "deletions confirmed; the program that watches this site has not taken it up yet"
        time.sleep(0.05)
    return "deletions confirmed, and carried out by the program that watches this site"
