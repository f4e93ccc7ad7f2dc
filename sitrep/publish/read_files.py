"""Files of the drop folder -> what each of them says, read in parallel where there are many.

Readings come back encoded: ten thousand updates as values would fill the memory that their bytes do not.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitrep.base.deadline import TooLongError, within
from sitrep.base.errors import SitrepError
from sitrep.base.nouns import Problem, Reading, Source, Update, warning
from sitrep.base.say import instant_text
from sitrep.base.spool import Spooled
from sitrep.base.values import Struct, encode, field, replace
from sitrep.config.values import Config
from sitrep.inbox.scan import Found, read_bytes, unfinished
from sitrep.inbox.survey import State
from sitrep.ledger.forgotten import Marks, brought_back
from sitrep.reading.dates.calendars import ethiopian_day_in
from sitrep.reading.decoding.decode import decode as decode_source
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.sort_items import read

if TYPE_CHECKING:
    from sitrep.archive.pictures import NamedPicture
    from sitrep.pictures.develop import Developed, PictureDeveloper

MANY = 50
"""Files from which on a second process pays for its start."""
SECONDS = 10.0
"""Of processor time for one file; the longest that are taken need 1.5 here, and machines differ."""


class ReadFile(Struct, frozen=True, kw_only=True):
    """One file, read: its state, its updates to publish (encoded), what the writer must know."""

    path: str
    stat: str
    digest: str
    state: State
    updates: tuple[tuple[str, bytes | Spooled], ...] = ()
    """ISO date and encoded Update of each text that may be published now."""
    waiting: tuple[str, ...] = ()
    """ISO dates of updates in it that must not come out now: drafts, and those whose time has not come."""
    waiting_items: frozenset[str] = frozenset()
    """The words of all items of these."""
    withdraws: bool = False
    """All that it says is to take back what it said."""
    oldest_first: bool = False
    undated: bool = False
    """It gives no date; it counts as of the day it came in."""
    until: str = ""
    problems: tuple[Problem, ...] = ()
    pictures: tuple[NamedPicture, ...] = ()
    """Files that the published texts name as pictures, and what was made of them."""


class ReadingContext(Struct, frozen=True, kw_only=True):
    """What a reading depends on besides the file itself."""

    feeds: Path
    rules: SortingRules
    now: dt.datetime
    known: frozenset[str] = frozenset()
    """ISO dates after today that are out already: a clock that went back takes nothing back."""
    arrivals: Mapping[str, dt.date] = field(default_factory=dict)
    """Days of files without a date, by path; those that are not in it came in today."""
    forgotten: Marks = field(default_factory=dict)
    """What must not come out again."""
    developer: PictureDeveloper | None = None
    """Where pictures are made; without it all of them are left out."""

    @property
    def config(self) -> Config:
        """The site's configuration."""
        return self.rules.config

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.config.site.timezone)

    @property
    def today(self) -> dt.date:
        """The date in the site's zone."""
        return self.now.astimezone(self.zone).date()


def read_files(found: Iterable[Found], context: ReadingContext, *, processes: int) -> Iterator[ReadFile]:
    """Read these files; in the order given. One that cannot be read comes back refused, never raises."""
    found = tuple(found)
    if len(found) < MANY or processes < 2:
        yield from (read_file(file, context) for file in found)
        return
    from sitrep.publish.process_pool import process_pool, with_own

    # What reading the first one takes (word lists, patterns) is then made once for all processes.
    yield read_file(found[0], context)
    # Inherited, not sent; and no look for cycles of theirs need go through it.
    gc.freeze()
    with process_pool(processes, context) as pool:
        yield from pool.map(partial(with_own, _read_with), found[1:], chunksize=20)
    gc.unfreeze()


def _read_with(context: ReadingContext, found: Found) -> ReadFile:
    return read_file(found, context)


def read_file(found: Found, context: ReadingContext) -> ReadFile:
    """Read one file of the drop folder. Whatever goes wrong with it costs that file alone."""
    try:
        with within(SECONDS):
            return _read_file(found, context)
    except SitrepError:
        raise
    except TooLongError:
        fact, remedy = (
            "takes too long to read",
            "split it into several files, or take out what is unusual in it",
        )
        return _refused(found, "", Problem(path=found.path, fact=fact, remedy=remedy))
    except Exception as fault:
        return _refused(found, "", unexpected(found.path, fault))


def unexpected(path: str, fault: Exception) -> Problem:
    """What a writer is told where the program itself fails over a file; the log has the rest."""
    import logging

    logging.getLogger("sitrep").debug("%s: unexpected", path, exc_info=fault)
    last = traceback.extract_tb(fault.__traceback__)[-1]
    reference = f"{type(fault).__name__} at {Path(last.filename).stem}:{last.lineno}"
    return Problem(
        path=path,
        fact=f"the program failed over this file ({reference}); that is its fault, not yours",
        remedy="report this line, or take out what is unusual in the file; with --debug the log says more",
    )


def _read_file(found: Found, context: ReadingContext) -> ReadFile:
    config = context.config
    content = read_bytes(context.feeds, found, config.limits.source_bytes)
    if isinstance(content, Problem):
        state = State.UNFINISHED if content == unfinished(found.path) else State.REFUSED
        return replace(_refused(found, "", content), state=state)
    decoded = decode_source(found.path, content, limit=config.limits.source_bytes)
    if isinstance(decoded, Problem):
        return _refused(found, hashlib.sha256(content).hexdigest(), decoded)
    reading, undated = _read(decoded.source, context)
    if decoded.problems:
        reading = replace(reading, problems=(*decoded.problems, *reading.problems))
    if reading.refused:
        return _refused(found, decoded.source.digest, *reading.problems)
    if problem := brought_back(found.path, reading.updates, context.forgotten):
        return _refused(found, decoded.source.digest, problem, *reading.problems)
    return _sorted_out(found, decoded.source.digest, reading, context, undated=undated)


def _read(source: Source, context: ReadingContext) -> tuple[Reading, bool]:
    """What a source says, and whether it took the day of its arrival for a date of its own."""
    reading = read(source, context.rules)
    if not reading.refused or context.config.dates.undated != "arrival":
        return reading, False
    day = context.arrivals.get(source.path, context.today)
    dated = read(source, context.rules, arrival=day)
    return dated, not dated.refused


def _refused(found: Found, digest: str, *problems: Problem) -> ReadFile:
    return ReadFile(path=found.path, stat=found.stat, digest=digest, state=State.REFUSED, problems=problems)


def _sorted_out(
    found: Found, digest: str, reading: Reading, context: ReadingContext, *, undated: bool
) -> ReadFile:
    """Part the updates that may come out now from drafts and from those that wait."""
    drafts = [update for update in reading.updates if update.draft]
    finished = [update for update in reading.updates if not update.draft]
    instants = ((update, _waits_until(update, context)) for update in finished)
    waiting = {update.date.isoformat(): instant for update, instant in instants if instant}
    out = tuple(update for update in finished if update.date.isoformat() not in waiting)
    kept_in = [*drafts, *(update for update in finished if update.date.isoformat() in waiting)]
    developed = _with_pictures(found, out, context.developer)
    updates = developed.updates if developed else out
    ready = tuple((update.date.isoformat(), encode(update)) for update in updates)
    state = State.PUBLISHED if ready else State.HELD if waiting else State.DRAFT if drafts else State.REFUSED
    return ReadFile(
        path=found.path,
        stat=found.stat,
        digest=digest,
        state=state,
        updates=ready,
        waiting=(*waiting, *(update.date.isoformat() for update in drafts)),
        waiting_items=frozenset(item.text for update in kept_in for item in update.items),
        withdraws=bool(out) and all(update.withdraw is not None for update in out),
        oldest_first=tells_oldest_first(reading.updates),
        undated=undated,
        until=min(map(instant_text, waiting.values()), default=""),
        problems=(
            *reading.problems,
            *_future(found, reading, waiting),
            *(developed.problems if developed else ()),
        ),
        pictures=developed.named if developed else (),
    )


def _with_pictures(
    found: Found, out: tuple[Update, ...], developer: PictureDeveloper | None
) -> Developed | None:
    """The same updates with their pictures; None, as fast as can be, where there are none."""
    if developer is None or not any(update.pictures for update in out):
        return None
    return developer.develop(found, out)


def _waits_until(update: Update, context: ReadingContext) -> dt.datetime | None:
    """When a text that must not come out yet will, or None."""
    if update.publish_at and update.publish_at > context.now:
        return update.publish_at
    early = update.date > context.today and update.date.isoformat() not in context.known
    if early and not update.publish_at:
        return dt.datetime.combine(update.date, dt.time(), context.zone).astimezone(dt.UTC)
    return None


def _future(found: Found, reading: Reading, waiting: dict[str, dt.datetime]) -> Iterator[Problem]:
    for update in reading.updates:
        if update.date.isoformat() in waiting and not update.publish_at:
            fact = f"the date {update.date:%d-%m-%Y} lies in the future: held until that day"
            remedy = "correct the date, or write publish: and a time in the first lines to say you mean it"
            if (update.lang or "")[:2] == "am" and (other := ethiopian_day_in(update.date)):
                common = f"{other:%d-%m-%Y}"
                fact += f" (the year was read as an Ethiopian one; as a common one it is {common})"
                remedy = f"if {common} is meant, write as the first line: Update {common}"
            yield warning(found.path, update.line, fact, remedy)


def tells_oldest_first(updates: tuple[Update, ...]) -> bool:
    """True if the updates of a file go from older to newer dates; most collectives put the newest on top."""
    return len(updates) > 1 and updates[0].date < updates[-1].date
