"""What was seen -> drafts: what the files say that are new, changed or due, and their rivals."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from zoneinfo import ZoneInfo

from sitrep.archive.archive import Archive
from sitrep.archive.sources import SourceRecord
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.base.progress import progress
from sitrep.base.spool import Spool, Spooled, content_of
from sitrep.base.values import Struct, decoder, replace
from sitrep.identity.first_published import is_recent
from sitrep.inbox.deletion_guard import BelievedGone
from sitrep.inbox.file_names import Sort
from sitrep.inbox.scan import Found, glance
from sitrep.inbox.survey import State
from sitrep.ledger.forgotten import forgotten_marks
from sitrep.pictures.cache import PictureCache
from sitrep.pictures.develop import PictureDeveloper
from sitrep.publish.absences import believe
from sitrep.publish.open_site import OpenSite
from sitrep.publish.proof import proved
from sitrep.publish.read_files import MANY, ReadFile, ReadingContext, read_file, read_files
from sitrep.publish.see import Seen
from sitrep.publish.sources import says_the_same
from sitrep.publish.undated_files import Memory, days_by_path, days_by_words
from sitrep.reading.remarks import told_once
from sitrep.reading.repeated_items import LOOKED_AT, remark_on_repeats

_update = decoder(Update)


class Drafts(Struct, frozen=True, kw_only=True):
    """What a publish has read."""

    files: tuple[ReadFile, ...]
    """Every file that was read, rivals last."""
    fresh: tuple[ReadFile, ...]
    """Those that say something else than before, and the rivals: what is to be settled."""
    deletions: BelievedGone
    records: Mapping[str, SourceRecord]
    """What the archive knew of these files before, by path."""
    unfinished: frozenset[str] = frozenset()
    """Paths of files that somebody was writing to when they were read, or that came first of many; they count
    as not looked at."""

    def with_problems(self, problems: Iterable[Problem]) -> Drafts:
        """The same, with what settling had to say of each file; a refused double is not out."""
        told = defaultdict[str, list[Problem]](list)
        for problem in problems:
            told[problem.path].append(problem)
        files = (_with_problems(file, told[file.path]) if file.path in told else file for file in self.files)
        return replace(self, files=tuple(files))

    def only(self, file: ReadFile) -> Drafts:
        """The same as if this had been the only file to be read."""
        fresh = tuple(one for one in self.fresh if one.path == file.path)
        return replace(self, files=(file,), fresh=fresh)

    def with_refused(self, refused: Mapping[str, ReadFile]) -> Drafts:
        """The same, with these files, by path, in the place of what they said."""
        files, fresh = ([refused.get(file.path, file) for file in some] for some in (self.files, self.fresh))
        return replace(self, files=tuple(files), fresh=tuple(fresh))


def read(site: OpenSite, seen: Seen) -> Drafts:
    """Read what is to be read, and then believe only deletions that no file read explains.

    Texts of older dates wait while more files come: whether they are late news or an import is told by their
    number.
    """
    read = _read(site, seen, seen.survey.to_read, seen.survey.vanished)
    if seen.more() and not seen.survey.vanished:
        read = tuple(_kept_for_later(file, site, seen) for file in read)
    files = tuple(file for file in read if file.state is not State.UNFINISHED)
    unfinished = frozenset(file.path for file in read) - {file.path for file in files}
    files = proved(site, files, seen.now)
    if seen.watched:
        files = _as_they_are(site, files, seen.survey.to_read)
    files = _told_once(site, _with_repeats(site, files))
    deletions = believe(
        site.archive,
        seen.look,
        seen.survey,
        seen.records,
        (file.digest for file in files),
        confirmed=seen.confirmed,
        unread=any(f.state is State.REFUSED and f.path not in seen.records for f in files),
    )
    drafts = Drafts(
        files=files, fresh=files, deletions=deletions, records=seen.records, unfinished=unfinished
    )
    return drafts if site.read_all else _with_rivals(site, seen, drafts)


def _with_rivals(site: OpenSite, seen: Seen, drafts: Drafts) -> Drafts:
    """The same with the rivals of its files, and of all these only what says something else as fresh."""
    files, gone = drafts.files, drafts.deletions.gone
    rivals = _rivals(site, seen, files, gone)
    fresh = tuple(
        file
        for file in files
        if file.path in seen.renewed or not says_the_same(file, seen.records.get(file.path))
    )
    touched = _days(site, {file.path for file in (*fresh, *rivals)} | gone, (*fresh, *rivals))
    beside = site.archive.spares(touched)
    fresh += tuple(file for file in files if file.path in beside and file not in fresh)
    records = {**seen.records, **site.archive.sources_at(file.path for file in rivals)}
    return replace(drafts, files=files + rivals, fresh=fresh + rivals, records=records)


def _kept_for_later(file: ReadFile, site: OpenSite, seen: Seen) -> ReadFile:
    """A new file of older texts alone counts as not finished."""
    zone = ZoneInfo(site.config.site.timezone)
    days = {day for day, _ in file.updates}
    if not days or file.path in seen.records or not site.ledger.months():
        return file
    if any(is_recent(dt.date.fromisoformat(day), seen.now, zone) for day in days):
        return file
    known = {key[:10] for month in {day[:7] for day in days} for key in site.ledger.history(month)}
    return file if days & known else replace(file, state=State.UNFINISHED)


def _read(
    site: OpenSite, seen: Seen, found: tuple[Found, ...], vanished: tuple[str, ...]
) -> tuple[ReadFile, ...]:
    """What these files say, in their order. A text without a date may be one of a file that has vanished."""
    tools = site.tools
    context = ReadingContext(
        feeds=site.folders.feeds,
        rules=tools.rules,
        now=seen.now,
        known=_out_already(site, seen.now),
        arrivals=_arrivals(site, found),
        forgotten=forgotten_marks(site.folders.ledger),
        developer=_developer(site, found),
    )
    files = read_files(found, context, processes=site.processes)
    if len(found) >= MANY:
        spool = Spool(site.folders.work)
        files = (_spooled(file, spool) for file in files)
    read = tuple(progress(files, len(found), "Reading"))
    if not any(file.undated for file in read):
        return read
    memory = Memory(archive=site.archive, ledger=site.ledger, vanished=vanished, months=seen.outside)
    return _as_they_came(read, found, context, memory)


def _with_repeats(site: OpenSite, files: tuple[ReadFile, ...]) -> tuple[ReadFile, ...]:
    """The same; the file of the newest update is told which of its lines come in each of the last ones.

    Only the newest few are looked at, however many there are.
    """
    said = [(day, file.path, content) for file in files for day, content in file.updates]
    said.sort(key=itemgetter(0, 1))
    if not said:
        return files
    here = {file.path for file in files}
    fresh = [_update(content_of(content)) for _, _, content in said[-LOOKED_AT:]]
    known = [update for update in site.archive.latest(2 * LOOKED_AT) if update.source not in here]
    newest = sorted([*fresh, *known], key=attrgetter("date"))
    path = newest[-1].source
    told = tuple(remark_on_repeats(newest, path)) if path in here else ()
    return tuple(
        replace(file, problems=(*file.problems, *told)) if told and file.path == path else file
        for file in files
    )


def _told_once(site: OpenSite, files: tuple[ReadFile, ...]) -> tuple[ReadFile, ...]:
    """The same, each with what its folder has not been told yet."""
    told: dict[str, dict[str, str]] = {}
    return tuple(_untold(file, told, site.archive) for file in files)


def _untold(file: ReadFile, told: dict[str, dict[str, str]], archive: Archive) -> ReadFile:
    if not any(problem.topics for problem in file.problems):
        return file
    folder = posixpath.dirname(file.path)
    if folder not in told:
        told[folder] = archive.told(folder)
    return replace(file, problems=told_once(file.problems, file.path, told[folder]))


def _arrivals(site: OpenSite, found: tuple[Found, ...]) -> dict[str, dt.date]:
    """The days that files keep which give none."""
    if site.config.dates.undated != "arrival":
        return {}
    return days_by_path((file.path for file in found), site.archive)


def _as_they_came(
    files: tuple[ReadFile, ...], found: tuple[Found, ...], context: ReadingContext, memory: Memory
) -> tuple[ReadFile, ...]:
    """The same readings; of texts without a date that came in on another day, as of that day."""
    days = days_by_words(files, context.arrivals, memory)
    context = replace(context, arrivals={**context.arrivals, **days})
    places = {file.path: file for file in found}
    return tuple(read_file(places[file.path], context) if file.path in days else file for file in files)


def _developer(site: OpenSite, found: tuple[Found, ...]) -> PictureDeveloper:
    """Where their pictures are made, knowing those that were made before."""
    known = site.archive.pictures.named_by(file.path for file in found)
    return PictureDeveloper(
        feeds=site.folders.feeds,
        kept=PictureCache(site.folders.media),
        known={(named_picture.source, named_picture.name): named_picture for named_picture in known},
    )


def _out_already(site: OpenSite, now: dt.datetime) -> frozenset[str]:
    """Dates from this month on of updates that are out: a clock that went back takes nothing back."""
    this_month = f"{now:%Y-%m}"
    return frozenset(
        known.key[:10]
        for month in site.ledger.months()
        if month >= this_month
        for known in site.ledger.history(month).values()
        if not known.withdrawn
    )


def _as_they_are(site: OpenSite, files: tuple[ReadFile, ...], found: Iterable[Found]) -> tuple[ReadFile, ...]:
    """What was read, without refusals of files written to meanwhile: whoever watches looks again."""
    feeds, real = site.folders.feeds, {file.path: file.real or file.path for file in found}
    return tuple(
        file
        for file in files
        if file.state is not State.REFUSED
        or ((now := glance(feeds, real[file.path])) is not None and now.stat == file.stat)
    )


def _rivals(
    site: OpenSite, seen: Seen, files: tuple[ReadFile, ...], gone: frozenset[str]
) -> tuple[ReadFile, ...]:
    """Files whose text was left out because another one says it, where that other one has changed."""
    archive, feeds = site.archive, site.folders.feeds
    found: tuple[ReadFile, ...] = ()
    while True:
        looked_at = {file.path for file in (*files, *found)} | gone
        days = _days(site, looked_at, (*files, *found))
        glances = (glance(feeds, path) for path in sorted(archive.spares(days) - looked_at))
        more = tuple(known for known in glances if known and known.sort is Sort.TEXT)
        if not more:
            return tuple(file for file in found if file.state is not State.UNFINISHED)
        found += _read(site, seen, more, tuple(gone))


def _days(site: OpenSite, paths: Iterable[str], files: Iterable[ReadFile]) -> set[str]:
    """The dates of what files say now, and of what those at these paths said before."""
    days = {key[:10] for path in paths for key in site.archive.keys_of(path)}
    return days | {day for file in files for day, _ in file.updates}


def _spooled(file: ReadFile, spool: Spool) -> ReadFile:
    """The same file; what it says is laid away."""
    laid = ((day, said if isinstance(said, Spooled) else spool.put(said)) for day, said in file.updates)
    return replace(file, updates=tuple(laid))


def _with_problems(file: ReadFile, problems: Sequence[Problem]) -> ReadFile:
    refused = any(problem.severity is Severity.ERROR for problem in problems)
    return replace(file, problems=(*file.problems, *problems), state=State.REFUSED if refused else file.state)
