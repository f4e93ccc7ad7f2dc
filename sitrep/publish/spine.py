"""One publish, from the drop folder to the site: see, read, settle, record, write.

The order makes every step repeatable: the ledger first (fsynced, it cannot be derived), then the archive
in one transaction with a note of what is still to be written, then output/, then the note is cleared. A
program killed anywhere in between finishes the job at its next start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from sitrep.base.disk import disk_faults
from sitrep.base.errors import SiteError
from sitrep.inbox.scan import Look
from sitrep.ledger.standing import (
    ended_fronts,
    keep_authority,
    keep_fronts,
    known_fronts,
    lost_fronts,
    other_authority,
)
from sitrep.publish.open_site import OpenSite
from sitrep.publish.outcome import Outcome, outcome_of
from sitrep.publish.see import More, Seen, nothing_more, see
from sitrep.publish.sources import note_sources
from sitrep.site.told_fronts import ends_of, told_fronts

if TYPE_CHECKING:
    from sitrep.publish.drafts import Drafts
    from sitrep.publish.record import Recorded
    from sitrep.publish.write_output import Written


def publish(
    site: OpenSite,
    look: Look | None = None,
    *,
    now: dt.datetime,
    confirmed: bool = False,
    more: More = nothing_more,
) -> Outcome:
    """Bring output/ up to what feeds/, ledger/, config and templates say now.

    ``look``: what a watcher has seen of feeds/; without it the whole folder is looked at. Held texts
    whose time has come are published in any case. ``confirmed``: a person said that deletions are meant.
    ``more``: whether further files come at this moment.

    Raises SiteError if the folder cannot be read or the disk not be written, TemplateError if a page
    fails, ArchiveError if the archive is damaged or cannot be written; what is online stays whole, and
    the next publish goes on from there.
    """
    _check_standing(site)
    with site.archive.trouble():
        seen = see(site, look, now=now, confirmed=confirmed, more=more)
        if seen.quiet:
            note_sources(site.archive, seen, (), seen.deletions)
            return outcome_of(site, seen)
        # Imported on use: a start that finds nothing to do needs none of it.
        from sitrep.publish.drafts import read
        from sitrep.publish.second_try import tried
        from sitrep.publish.write_site import note_kept

        note_kept(site)
        drafts, (recorded, written) = tried(site, seen, read(site, seen), partial(_carry_out, site, seen))
        drafts = drafts.with_problems(recorded.problems)
        outcome = outcome_of(site, seen, drafts, recorded, written)
        site.remember()
        return outcome


def _carry_out(
    site: OpenSite, seen: Seen, drafts: Drafts, ready: Callable[[], None]
) -> tuple[Recorded, Written]:
    from sitrep.publish.record import record
    from sitrep.publish.write_site import write

    recorded = record(site, seen, drafts)
    _keep_standing(site, seen.now)
    files = drafts.with_problems(recorded.problems).files
    note_sources(site.archive, seen, files, drafts.deletions)
    return recorded, write(site, recorded.artifacts, restyled=recorded.restyled, ready=ready)


def _check_standing(site: OpenSite) -> None:
    """Raise SiteError where the configuration has another authority, or lacks fronts that are known."""
    ledger, config, name = site.folders.ledger, site.config, site.folders.config.name
    if wrong := other_authority(ledger, config.site.authority, name):
        raise SiteError(wrong)
    if lost := lost_fronts(ledger, config.fronts, config.ended, name):
        raise SiteError(*lost)


def _keep_standing(site: OpenSite, now: dt.datetime) -> None:
    """Keep the authority and the fronts that readers know from now on, with those that have ended."""
    ledger, archive, config = site.folders.ledger, site.archive, site.config
    known = known_fronts(ledger)
    ends = ends_of(archive, config, known, ended_fronts(ledger), now)
    with disk_faults(ledger.name, "it could not be written", "allow writing there"):
        keep_authority(ledger, config.site.authority)
        keep_fronts(ledger, told_fronts(archive, config, known), ends)
    archive.put_ended_fronts(ends)
