"""Drafts -> ledger and archive, and which artifacts that touches.

The ledger is written before the archive is committed: a program killed in between finds its own events
at the next start and settles to the same end.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sitrep.archive.archive import Archive
from sitrep.archive.editions import editions_of
from sitrep.archive.notes import Note
from sitrep.base.nouns import Problem, Update
from sitrep.base.say import instant_text
from sitrep.base.spool import Spooled
from sitrep.base.values import Struct, decode, encode, field, replace
from sitrep.claims.claim_keys import KeyBook
from sitrep.claims.follow_claims import Claimed, Put, follow_claims
from sitrep.claims.hints import COMPARED, COMPARED_ITEMS, OPEN_CLAIMS, problem_of
from sitrep.config.editions import edition_of
from sitrep.identity.first_published import AT_ONCE, LATE_AT_ONCE
from sitrep.inbox.deletion_guard import guard
from sitrep.inbox.survey import State
from sitrep.ledger.known import Told
from sitrep.ledger.ledger import Ledger
from sitrep.publish.absences import kept_back
from sitrep.publish.drafts import Drafts
from sitrep.publish.moved_words import WrittenMoves, carry
from sitrep.publish.open_site import OpenSite
from sitrep.publish.read_files import ReadFile
from sitrep.publish.recover import note_pending
from sitrep.publish.see import Seen
from sitrep.publish.settle_month import SettledMonth, Settler, Task, together, without_lines
from sitrep.site.artifacts import Artifact, claim_artifact
from sitrep.site.before_and_after import Touch, touch
from sitrep.site.calendar import calendar
from sitrep.site.plan import edition_artifacts, in_edition, in_every_language, plan

WHOLE = 300
"""Days from which on the whole site is gone through instead of a plan for each update."""


class Recorded(Struct, frozen=True, kw_only=True):
    """What a publish has put into ledger and archive, and what of output/ that touches."""

    artifacts: frozenset[Artifact] | None = frozenset()
    """None: everything."""
    restyled: bool = False
    """Nothing but the theme has changed since everything was written."""
    published: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Portion(Struct, frozen=True, kw_only=True):
    """What is settled and recorded together, and which updates no file holds, as far as is known by then."""

    settled: SettledMonth
    gone: tuple[str, ...] = ()
    """Keys of updates that are withdrawn."""
    doubtful: tuple[str, ...] = ()
    """Keys of updates that are kept back until somebody confirms that they are gone."""
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    """By key, the claims of items that came from another update."""


class _Done(Struct, frozen=True, kw_only=True):
    """What became of a portion."""

    artifacts: frozenset[Artifact] | None
    """None where the whole site is made."""
    published: tuple[str, ...]
    gone: tuple[str, ...]
    problems: tuple[Problem, ...]
    days: tuple[str, ...]
    back: tuple[str, ...]
    """Keys of updates that are kept back."""


def record(site: OpenSite, seen: Seen, drafts: Drafts) -> Recorded:
    """Settle what was read, follow the claims, and put the result into ledger and archive.

    Where everything is to be made again anyway, or much has changed, nothing is planned and no month is
    held in memory longer than needed.
    """
    site.ledger.forget_again(seen.outside, now=seen.now)
    with site.archive.transaction():
        _follow_renamed(site.archive, seen, drafts)
    task = task_of(site, seen, drafts)
    if not task.months() and not site.render_all:
        return Recorded()
    whole = site.render_all or len(task.days) > WHOLE
    archive, unwritten = site.archive, site.unwritten
    settler = Settler(task, site.config, site.ledger, archive, seen.now)
    keys = KeyBook(archive, site.ledger if whole else None)
    with archive.roomy(much=whole), archive.transaction():
        portions = _portions(settler, archive, whole=whole)
        done = [_done(site, portion, keys, seen.now, whole=whole) for portion in portions]
        artifacts = done[-1].artifacts
        published = tuple(key for each in done for key in each.published)
        hints = _hints(site, published)
        settled = {day for each in done for day in each.days}
        back = {key for each in done for key in each.back}
        back |= {key for key in task.kept_back if key[:10] not in settled}
        archive.set_meta(Note.KEPT_BACK, encode(sorted(back)))
        note_pending(archive, None if artifacts is None or unwritten is None else artifacts | unwritten)
        _note_settled(site, seen, settler)
    return Recorded(
        artifacts=artifacts,
        restyled=not (task.months() or site.read_all),
        published=published,
        withdrawn=tuple(key for each in done for key in each.gone),
        problems=(*(problem for each in done for problem in each.problems), *hints),
    )


def _done(site: OpenSite, portion: _Portion, keys: KeyBook, now: dt.datetime, *, whole: bool) -> _Done:
    """Follow the claims of a portion, and put both into ledger and archive."""
    settled = portion.settled
    claimed = follow_claims(settled.puts, site.archive, site.ledger, site.config, now, keys, portion.told)
    artifacts = None if whole else _plan_and_put(site, portion, claimed)
    if whole:
        _put(site, portion, claimed)
    return _Done(
        artifacts=artifacts,
        published=tuple(_published(claimed.puts)),
        gone=portion.gone,
        problems=(*settled.problems, *claimed.problems),
        days=tuple(day for day, _ in settled.spares),
        back=(*settled.kept_back, *portion.doubtful),
    )


def _note_settled(site: OpenSite, seen: Seen, settler: Settler) -> None:
    """Remember what has come, and how the ledger stands with it."""
    archive = site.archive
    if settler.came or archive.meta(Note.CAME):
        archive.set_meta(Note.CAME, encode(settler.came))
    if seen.watched and settler.older:
        _note_older(archive, settler.older, seen.now)
    note_ledger(archive, site.ledger)


def note_ledger(archive: Archive, ledger: Ledger) -> None:
    """Remember how the ledger stands, so that a change from outside shows, and a loss."""
    then = decode(archive.meta(Note.TIPS) or b"{}", dict[str, tuple[str, ...]])
    archive.set_meta(Note.LEDGER, encode(ledger.seen()))
    archive.set_meta(Note.TIPS, encode(then | ledger.tips()))


def _follow_renamed(archive: Archive, seen: Seen, drafts: Drafts) -> None:
    """A file under a new name that is not published as it is now has still said what it said before."""
    waiting = (State.REFUSED, State.HELD, State.DRAFT)
    names = {file.digest: file.path for file in drafts.files if file.state in waiting and file.digest}
    for path in drafts.deletions.gone:
        record = seen.records.get(path)
        if record and (name := names.get(record.digest)):
            for key in archive.keys_of(path):
                if update := archive.update(key):
                    archive.put_update(replace(update, source=name))


def task_of(site: OpenSite, seen: Seen, drafts: Drafts) -> Task:
    """What has to be settled: what the fresh files say, and the days they bear on."""
    archive = site.archive
    updates: defaultdict[str, list[bytes | Spooled]] = defaultdict(list)
    read = [file for file in drafts.fresh if file.state is not State.REFUSED]
    for file in read:
        for day, update in file.updates:
            updates[day].append(update)
    reread = {file.path for file in read} | drafts.deletions.gone
    days = {key[:10] for path in reread for key in archive.keys_of(path)}
    days |= {day for path in reread for day in archive.spare_days(path)}
    doubtful = kept_back(archive)
    # What may be missing by a mishap may have come under another date.
    unsure = (*doubtful, *(key for path in drafts.deletions.kept_back for key in archive.keys_of(path)))
    again = {key[:10] for key in unsure} if seen.confirmed or updates else set()
    if site.read_all:
        again |= {key[:10] for key in archive.update_keys()}
    return Task(
        fresh={day: tuple(found) for day, found in updates.items()},
        days=frozenset({*days, *updates, *again}),
        reread=frozenset(reread),
        gone=drafts.deletions.gone,
        doubted=drafts.deletions.kept_back,
        kept_back=frozenset(doubtful),
        confirmed=seen.confirmed,
        held=frozenset((file.path, day) for file in read for day in _days_held(file, archive)),
        oldest_first=frozenset(file.path for file in read if file.oldest_first),
        whole_months=seen.outside,
        lately=len(_older(archive, seen.now)) if seen.watched else 0,
    )


def _days_held(file: ReadFile, archive: Archive) -> Iterator[str]:
    """Days whose updates stay as they are out: of texts that wait, and those that these said before.

    A text that has got a date to come by mistake takes back nothing.
    """
    yield from file.waiting
    said = {day for day, _ in file.updates}
    for key in archive.keys_of(file.path) if file.waiting_items else ():
        update = archive.update(key)
        items = [item.text for item in update.items] if update and key[:10] not in said else []
        if items and 2 * sum(text in file.waiting_items for text in items) >= len(items):
            yield key[:10]


def _older(archive: Archive, now: dt.datetime) -> list[str]:
    """When older texts came of late, an instant for each, and no more of them than tell an import."""
    since = instant_text(now - AT_ONCE)
    return [at for at in decode(archive.meta(Note.OLDER) or b"[]", list[str]) if at > since]


def _note_older(archive: Archive, count: int, now: dt.datetime) -> None:
    came = [*_older(archive, now), *[instant_text(now)] * min(count, LATE_AT_ONCE + 1)]
    archive.set_meta(Note.OLDER, encode(came[-LATE_AT_ONCE - 1 :]))


def _portions(settler: Settler, archive: Archive, *, whole: bool) -> Iterator[_Portion]:
    """What is settled, in portions that are recorded one after the other; what was taken back comes last.

    A portion is a month where the whole site is gone through, else it is everything at once.
    """
    months: list[SettledMonth] = []
    missing: list[str] = []
    written = WrittenMoves(settler)
    for month in settler.task.months():
        found = settler.month(month)
        missing += found.missing
        if whole:
            written.note(month, found)
            yield _Portion(settled=found)
        else:
            months.append(found)

    def believed(moved: Collection[str]) -> frozenset[str]:
        left = (key for key in missing if key not in moved)
        return frozenset(_believe(archive, left, settler.task)[0])

    carried = written.carried(missing, believed) if whole else carry(months, missing, settler, believed)
    left = [key for key in missing if key not in carried.moved]
    gone, doubtful = _believe(archive, left, settler.task)
    withdrawn = settler.withdraw(key for key in gone if key not in carried.parted)
    settled = together([*map(carried.instead_of, months), carried.month, withdrawn])
    yield _Portion(settled=settled, gone=gone, doubtful=doubtful, told=carried.told)


def _put(site: OpenSite, portion: _Portion, claimed: Claimed) -> None:
    """The ledger first, then the archive, inside the caller's transaction."""
    site.ledger.append((*portion.settled.events, *claimed.events))
    claimed.write(site.archive)
    for day, paths in portion.settled.spares:
        site.archive.set_spares(day, paths)


def _plan_and_put(site: OpenSite, portion: _Portion, claimed: Claimed) -> frozenset[Artifact]:
    """The same; returns the artifacts that it touches."""
    archive, parts = site.archive, site.tools.renderer
    old = archive.languages()
    changed = [put for put in claimed.puts if not _is_elsewhere(*put)]
    archive.add_languages(
        translation.lang or "" for _, after in changed for translation in after.translations
    )
    scopes = [
        (lang, archive.edition(lang), edition_of(site.config, lang), parts.edition(lang), touches)
        for lang, touches in _touches(changed, archive.languages())
    ]
    then = [calendar(there, touches, config, made) for _, there, config, made, touches in scopes]
    claims = claimed.keys | archive.claims.pages_near(claimed.keys)
    _put(site, portion, claimed)
    claims |= archive.claims.pages_near(claimed.keys)
    translated = any(put.translations for pair in changed for put in pair if put)
    planned: dict[str, frozenset[Artifact]] = {}
    for before, (lang, there, config, made, touches) in zip(then, scopes, strict=True):
        found = plan(touches, before, calendar(there, touches, config, made), there, config)
        # What every edition has, one has from its first translation on.
        new = edition_artifacts(there, config, made) if lang and lang not in old else ()
        planned[lang] = found.union(new)
    everywhere = in_every_language(frozenset().union(*planned.values()), site.config, translated=translated)
    both = frozenset(everywhere if changed else ())
    # A claim that an item has left long ago may still say where the item went.
    pages = filter(lambda artifact: _has_page(artifact, archive), map(claim_artifact, sorted(claims)))
    return frozenset(pages).union(*(in_edition(found | both, lang) for lang, found in planned.items()))


def _touches(puts: Iterable[Put], languages: Iterable[str]) -> Iterator[tuple[str, list[Touch]]]:
    """What has changed in the original (empty), and in the edition of each language."""
    puts = tuple(puts)
    yield "", [touch(before, after) for before, after in puts]
    shown = [(dict(editions_of(before)), dict(editions_of(after))) for before, after in puts]
    for lang in languages:
        pairs = [(before.get(lang), after.get(lang)) for before, after in shown]
        yield lang, [touch(*pair) for pair in pairs if pair[0] != pair[1]]


def _has_page(claim: Artifact, archive: Archive) -> bool:
    """True if a claim has a page now, or had one."""
    known = archive.claims.claim(*claim.subject)
    return (known is not None and known.has_page) or archive.artifact(claim.place) is not None


def _hints(site: OpenSite, published: Sequence[str]) -> tuple[Problem, ...]:
    """What items of these updates may be to open claims; nothing where there are many of them."""
    archive = site.archive
    open_claims = archive.claims.newest("open", OPEN_CLAIMS) if len(published) <= COMPARED else ()
    if not open_claims:
        return ()
    updates = {update.key: update for key in published if (update := archive.update(key))}
    if sum(len(update.items) for update in updates.values()) > COMPARED_ITEMS:
        return ()
    found = site.tools.comparer.suggestions(updates.values(), open_claims)
    return tuple(problem_of(suggestion, updates[suggestion.fresh.update]) for suggestion in found)


def _published(puts: Iterable[Put]) -> Iterator[str]:
    """Keys of updates that readers have not seen as they are now."""
    for before, after in puts:
        moved = before and replace(before, source=after.source)
        if not after.withdrawn and not _is_elsewhere(moved, after):
            yield after.key


def _is_elsewhere(before: Update | None, after: Update) -> bool:
    """True if an update only stands further up or down in its file, which no reader can see."""
    return before is not None and without_lines(before) == without_lines(after)


def _believe(archive: Archive, missing: Iterable[str], task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the updates that no file holds are withdrawn, and which are kept back.

    One whose file was believed gone, is gone. One that was cut out of a file that is still there is
    guarded like a file. One that this archive never showed (a ledger arrived before its texts) is
    never withdrawn by absence alone.
    """
    gone, cut, doubtful = [], [], []
    for key in missing:
        update = archive.update(key)
        if update is not None and update.source in task.gone:
            gone.append(key)
        elif update is None or task.doubts(update):
            doubtful.append(key)
        else:
            cut.append(key)
    believed = guard(cut, archive.live(), confirmed=task.confirmed)
    if task.confirmed:
        return tuple(sorted({*gone, *believed.gone, *doubtful})), ()
    return tuple(sorted({*gone, *believed.gone})), tuple(sorted({*believed.kept_back, *doubtful}))
