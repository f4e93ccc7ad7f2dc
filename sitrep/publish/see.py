"""A look at the drop folder, the archive and the clock -> what this publish has to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from sitrep.archive.archive import SourceRecord
from sitrep.archive.notes import Note
from sitrep.base.disk import disk_faults
from sitrep.base.errors import SiteError
from sitrep.base.say import instant_text
from sitrep.base.values import Struct, decode, replace
from sitrep.inbox.deletion_guard import BelievedGone
from sitrep.inbox.finished_look import AGAIN, LONGEST, finished_look
from sitrep.inbox.scan import Look, glance
from sitrep.inbox.survey import Survey, survey
from sitrep.ledger.standing import knows_less
from sitrep.pictures.renewed import found_again, renewed_texts
from sitrep.publish.absences import believe, kept_back
from sitrep.publish.open_site import OpenSite
from sitrep.publish.recover import is_elsewhere

More = Callable[[], bool]


def nothing_more() -> bool:
    """What somebody says who does not listen."""
    return False


class Seen(Struct, frozen=True, kw_only=True):
    """What a publish found when it began."""

    now: dt.datetime
    """UTC, whole seconds."""
    confirmed: bool
    """A person said that deletions are meant."""
    look: Look
    watched: bool
    """The look was a watcher's, who looks again by itself."""
    survey: Survey
    renewed: frozenset[str]
    """Paths of texts whose pictures came, changed or went."""
    records: Mapping[str, SourceRecord]
    """What the archive knew of the files that are to be read and of those that vanished, by path."""
    deletions: BelievedGone
    outside: frozenset[str]
    """Months of the ledger that somebody else has written to, for example a merge."""
    quiet: bool
    """Nothing has to be read, recorded or written."""
    more: More
    """Whether more files come at this moment, as far as a watcher has heard."""


def see(
    site: OpenSite, look: Look | None, *, now: dt.datetime, confirmed: bool, more: More = nothing_more
) -> Seen:
    """Find out what there is to do. ``look`` None: the whole folder is looked at.

    Held texts whose time has come are among what is to be read in any case. Raises SiteError if the
    folder cannot be read.
    """
    archive, now = site.archive, now.astimezone(dt.UTC).replace(microsecond=0)
    outside = _months_changed_outside(site)
    _refuse_less(site, outside)
    due = archive.sources_due(instant_text(now))
    whole_look, known = _look(site, look, due)
    looked = survey(whole_look, known, frozenset(due), again=site.read_all)
    renewed = frozenset(renewed_texts(whole_look, looked, archive.pictures))
    if renewed:
        again = tuple(found_again(renewed, whole_look, looked, site.folders.feeds))
        looked = replace(looked, to_read=(*looked.to_read, *again))
    records = archive.sources_at((*(found.path for found in looked.to_read), *looked.vanished))
    deletions = believe(archive, whole_look, looked, records, (), confirmed=confirmed)
    wanted = looked.to_read or deletions.gone or outside or (confirmed and kept_back(archive))
    return Seen(
        now=now,
        confirmed=confirmed,
        look=whole_look,
        watched=look is not None,
        survey=looked,
        renewed=renewed,
        records=records,
        deletions=deletions,
        outside=outside,
        more=more,
        quiet=not (wanted or site.render_all or site.in_doubt or is_elsewhere(archive, site.folders)),
    )


def _look(site: OpenSite, look: Look | None, due: Iterable[str]) -> tuple[Look, dict[str, str]]:
    """What there is to see, texts that are due included, and what these files looked like before."""
    archive, feeds = site.archive, site.folders.feeds
    if look is None or (site.read_all and not look.whole):
        look = whole_look(site, watched=look is not None)
    if look.whole:
        return look, archive.marks()
    seen = {found.path for found in look.found} | look.unsettled
    glances = (glance(feeds, path) for path in due if path not in seen)
    look = replace(look, found=(*look.found, *(found for found in glances if found)))
    known = archive.sources_at(found.path for found in look.found)
    return look, {path: record.stat for path, record in known.items()}


def whole_look(site: OpenSite, *, watched: bool) -> Look:
    """What is finished in the whole folder. Who looks once waits for those who are writing; who watches
    looks again, and waits only as long as a file has to be silent. Raises SiteError.
    """
    settle = site.config.watch.settle
    remedy = "bring it back (is its drive mounted?); nothing was changed or withdrawn"
    with disk_faults("feeds", "the drop folder cannot be read", remedy):
        longest = settle + AGAIN if watched else LONGEST
        return finished_look(site.folders.feeds, site.archive.marks(), settle, longest)


def _refuse_less(site: OpenSite, months: Iterable[str]) -> None:
    """Raises SiteError if the ledger was put back to an older state, which would change ids and dates.

    A month in which the last record that was seen still stands lacks nothing: every later one rests on it.
    """
    # Imported on use: a start that finds nothing to do needs none of it.
    from sitrep.claims.restore import lacking

    archive, ledger = site.archive, site.ledger
    seen = decode(archive.meta(Note.TIPS) or b"{}", dict[str, tuple[str, ...]])
    for month in sorted(month for month in months if not ledger.holds(month, seen.get(month, ()))):
        history = ledger.history(month)
        lacks = [
            update.key
            for update in archive.updates_on(month)
            if lacking(history.get(update.key), update, archive.claims.told_by(update.key)).lacks
        ]
        if lacks:
            raise SiteError(knows_less(site.folders.ledger.name, month, lacks))


def _months_changed_outside(site: OpenSite) -> frozenset[str]:
    now = site.ledger.signature()
    then = _seen_months(site)
    return frozenset(month for month in {*now, *then} if now.get(month) != then.get(month))


def _seen_months(site: OpenSite) -> dict[str, tuple[int, int]]:
    return decode(site.archive.meta(Note.LEDGER) or b"{}", dict[str, tuple[int, int]])
