"""An update and the files that translate it -> the update with its translations, tied item by item.

A translation is no update: it has the items, ids, fronts and hedges of its original, in other words. What the
ledger keeps of it is when it came out, and of each item a digest of the translated words and since when they
are so; an original that was changed later makes it outdated.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from sitrep.base.languages.language_names import language_name
from sitrep.base.nouns import Item, Problem, Section, Severity, Update
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, replace
from sitrep.identity.item_ids import taken_back
from sitrep.identity.remarks import remark
from sitrep.identity.revisions import head_digest
from sitrep.ledger.events import TRANSLATED, Event, Tie
from sitrep.ledger.known import KnownTranslation, KnownUpdate

_ENDING = lazy_pattern(r"\.[^./]*$")
_MOST_SECTIONS = 60
_KEY = lazy_pattern(r"\d{4}-\d\d-\d\d(?:-[1-9]\d*)?")


class Translated(Struct, frozen=True, kw_only=True):
    """An update with its translations, what the ledger must learn, and what the writers should know."""

    update: Update
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_translation(update: Update, day: Iterable[Update]) -> bool:
    """True if an update of a day is a translation of another one of these."""
    if not update.translates.startswith("~"):
        return bool(update.translates)
    return any(_stem(draft) == update.translates[1:] for draft in day if not draft.translates)


def original_of(translation: Update, day: Sequence[Update]) -> Update | None:
    """The update of a day that is translated: by the name of its file, its key, or the only one there is."""
    named = translation.translates.lstrip("~")
    key = named.rpartition("/")[2]
    by_key = next((update for update in day if update.key == key), None)
    by_name = next(
        (update for update in day if _stem(update) == named and update.source != translation.source), None
    )
    live = [update for update in day if not update.withdrawn]
    only = live[0] if len(live) == 1 and not (_KEY.fullmatch(key) and key[11:]) else None
    return by_name or by_key or only


def _stem(update: Update) -> str:
    return _ENDING.sub("", update.source)


def without_original(translation: Update, day: Sequence[Update]) -> Problem:
    """What its writer is told where nothing is there to be translated."""
    date = translation.date.isoformat()
    fact = f"it translates an update of {date}, and none is published"
    remedy = f"drop the original; this file then comes out with it. A text of its own is named {date}.md"
    if sum(not update.withdrawn for update in day) > 1:
        keys = ", ".join(sorted(update.key for update in day if not update.withdrawn))
        fact = f"it translates an update of {date}, and there are several: {keys}"
        remedy = f"say which one at the top of the file: ---, translates: {date}-2, ---"
    return remark(translation, fact, remedy, Severity.ERROR)


def translate(
    update: Update, found: Sequence[Update], kept: KnownUpdate | None, now: dt.datetime
) -> Translated:
    """The update with these translations of it. ``kept``: what the ledger knew of it before this publish.

    Those that came out before and are not among them are taken back.
    """
    if update.withdrawn:
        fact = f"the update {update.key} was taken back, and its translation with it"
        told = (remark(draft, fact, "nothing to do if that is meant", Severity.NOTE) for draft in found)
        return Translated(update=update, problems=tuple(told))
    known = {translation.lang: translation for translation in kept.translations} if kept else {}
    events: list[Event] = []
    problems: list[Problem] = []
    done: dict[str, Update] = {}
    for draft in found:
        lang = draft.lang or ""
        if lang in done:
            fact = f"another file translates {update.key} into {language_name(lang)} too: {done[lang].source}"
            problems.append(remark(draft, fact, "delete one of the two", Severity.ERROR))
        elif draft.withdraw is None:
            tied = _translation(update, draft, known.get(lang), None if kept is None else now)
            problems += tied.problems
            events += tied.events
            if tied.update.sections:
                done[lang] = tied.update
    for lang in sorted(known.keys() - done.keys()):
        was = known[lang]
        if was.gone is None:
            events.append(Event(at=now, update=update.key, event=TRANSLATED, lang=lang))
        done[lang] = taken_back(replace(was, gone=was.gone or now), update.date, now)
    ordered = tuple(done[lang] for lang in sorted(done))
    return Translated(
        update=replace(update, translations=ordered), events=tuple(events), problems=tuple(problems)
    )


def _translation(
    update: Update, draft: Update, known: KnownTranslation | None, now: dt.datetime | None
) -> Translated:
    """One translation, with the sections of the original. ``now`` None: both come out together."""
    numbers = {id(theirs): mine.number for mine, theirs in _matched(update, draft, known)}
    shown = {numbers[id(item)]: item for item in draft.items if id(item) in numbers}
    # With less than half of it in its place it is hardly a translation of this text.
    if 2 * len(shown) < len(draft.items) or not shown:
        fact = f"it cannot be matched with {update.key}: that has other sections and items"
        remedy = "give it the headings and bullets of the original, in the same order"
        told = remark(draft, fact, remedy, Severity.ERROR)
        return Translated(update=replace(draft, sections=()), problems=(told,))
    at = now or update.published or dt.datetime.combine(update.date, dt.time(12), dt.UTC)
    digests = {0: head_digest(draft), **{number: digest_of(shown[number]) for number in sorted(shown)}}
    since, fresh = _stamps(digests, known, at)
    event = Event(
        at=at,
        update=update.key,
        event=TRANSLATED,
        lang=draft.lang or "",
        published=None if known else at,
        ties=tuple(Tie(number, digests[number]) for number in fresh),
    )
    published = known.published if known else at
    done = replace(
        draft,
        sections=_parallel(update, draft, shown, since, published),
        key=update.key,
        published=published,
        updated=max(since.values()),
        translates="",
    )
    problems = tuple(_remarks(update, done, draft))
    return Translated(update=done, events=(event,) if fresh else (), problems=problems)


def _stamps(
    digests: Mapping[int, str], known: KnownTranslation | None, at: dt.datetime
) -> tuple[dict[int, dt.datetime], list[int]]:
    """Since when the words of each number are as they are, and which are new or other than they were."""
    before = {number: (digest, since) for number, digest, since in known.ties} if known else {}
    back = known is None or known.gone is not None
    fresh = [number for number, digest in digests.items() if back or before.get(number, ("",))[0] != digest]
    return {number: at if number in fresh else before[number][1] for number in digests}, fresh


def _parallel(
    update: Update,
    draft: Update,
    shown: Mapping[int, Item],
    since: Mapping[int, dt.datetime],
    published: dt.datetime,
) -> tuple[Section, ...]:
    """The sections of the original with the translated heading and items of each."""
    headings = _headings(update, draft, shown)
    return tuple(
        Section(
            heading=headings.get(place),
            line=section.line,
            level=section.level,
            items=tuple(
                replace(
                    shown[item.number], number=item.number, published=published, updated=since[item.number]
                )
                for item in section.items
                if item.number in shown
            ),
        )
        for place, section in enumerate(update.sections)
    )


def digest_of(item: Item) -> str:
    """12 hexadecimal digits for the words of an item, by which they are known again."""
    return blake2b(" ".join(item.text.split()).encode(), digest_size=6).hexdigest()


# -- which item is which ------------------------------------------------------------------------------


def _matched(update: Update, draft: Update, known: KnownTranslation | None) -> Iterator[tuple[Item, Item]]:
    """Items of the original, each with the one that translates it.

    By order, where a section has as many as its original; else by what was matched before, and what is then
    left by order where it is as many. Words that belonged to an item that is gone are never given to another.
    """
    by_digest = {digest: number for number, digest, _ in known.ties} if known else {}
    standing = {item.number for item in update.items}
    for mine, theirs in _section_pairs(update, draft):
        there = [item for item in theirs if by_digest.get(digest_of(item), 0) in standing | {0}]
        if len(there) == len(mine):
            yield from zip(mine, there, strict=True)
            continue
        by_number = defaultdict[int, list[Item]](list)
        for item in there:
            by_number[by_digest.get(digest_of(item), 0)].append(item)
        sure = {item.number: by_number[item.number][0] for item in mine if by_number.get(item.number)}
        yield from ((item, sure[item.number]) for item in mine if item.number in sure)
        left = [item for item in mine if item.number not in sure]
        if len(left) == len(by_number[0]):
            yield from zip(left, by_number[0], strict=True)


def _section_pairs(update: Update, draft: Update) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """The items of each section beside those of the section that translates it.

    By ``_places``; else by the front they stand in; as a whole, where that tells nothing.
    """
    mine = [section.items for section in update.sections if section.items]
    theirs = [section.items for section in draft.sections if section.items]
    if places := _places(mine, theirs):
        yield from ((mine[here], theirs[there]) for here, there in places)
        return
    here, there = _by_front(mine), _by_front(theirs)
    if len(update.items) == len(draft.items) or not here.keys() & there.keys():
        yield update.items, draft.items
        return
    yield from ((here[front], there[front]) for front in here if front in there)


def _places(mine: Sequence[Sequence[Item]], theirs: Sequence[Sequence[Item]]) -> list[tuple[int, int]]:
    """Which section is which: by order, where there are as many.

    Where one side has one or two more (a caution that only one language's words show to be one), those are
    left out without which most sections have as many items as their original; nothing if that is not clear.
    """
    few, many = sorted((mine, theirs), key=len)
    extra = len(many) - len(few)
    if extra > 2 or len(many) > _MOST_SECTIONS:
        return []
    ways = [
        [at for at in range(len(many)) if at not in left] for left in combinations(range(len(many)), extra)
    ]
    fits = [sum(len(few[here]) == len(many[there]) for here, there in enumerate(way)) for way in ways]
    best = max(fits)
    if extra and (2 * best < len(few) or fits.count(best) > 1):
        return []
    way = ways[fits.index(best)]
    return [(here, there) if few is mine else (there, here) for here, there in enumerate(way)]


def _by_front(sections: Sequence[Sequence[Item]]) -> dict[str, Sequence[Item]]:
    """Sections by the front of their first item, those that share one left out."""
    found = defaultdict[str, list[Sequence[Item]]](list)
    for items in sections:
        found[items[0].front].append(items)
    return {front: those[0] for front, those in found.items() if len(those) == 1}


def _headings(update: Update, draft: Update, shown: Mapping[int, Item]) -> dict[int, str | None]:
    """The translated heading of each section: that of the words which are shown in it and in no other.

    A section whose words all stand in several ("no news today") has the first of these that is left.
    """
    places_of = defaultdict[str, set[int]](set)
    for place, section in enumerate(update.sections):
        for item in section.items:
            if item.number in shown:
                places_of[shown[item.number].text].add(place)
    found: dict[int, str | None] = {}
    repeated: list[tuple[str | None, set[int]]] = []
    for section in draft.sections:
        stands = [places_of[item.text] for item in section.items if item.text in places_of]
        sure = {place for places in stands if len(places) == 1 for place in places}
        if len(sure) == 1:
            found.setdefault(sure.pop(), section.heading)
        elif stands and not sure:
            repeated.append((section.heading, set.intersection(*stands)))
    for heading, places in repeated:
        if left := places - found.keys():
            found[min(left)] = heading
    return found


# -- what the translator should know ------------------------------------------------------------------


def outdated_since(original: Item, translated: Item) -> dt.datetime | None:
    """When an original item was given other words than those that were translated (UTC)."""
    later = [
        revision.at
        for revision in original.revisions
        if translated.updated and revision.at > translated.updated
    ]
    return min(later, default=None)


def _remarks(update: Update, done: Update, read: Update) -> Iterator[Problem]:
    translated = {item.number: item for item in done.items}
    missing = [item for item in update.items if item.number not in translated]
    if missing:
        fact = f"{len(missing)} of {len(update.items)} items of {update.key} are not translated here"
        if len(read.items) > len(done.items):
            fact += f", and {len(read.items) - len(done.items)} that stand here match none of it"
        remedy = "give each section as many items as the original has; until then its own words stand there"
        yield remark(read, fact, remedy, Severity.WARNING, quote=missing[0].text[:80])
    for item in update.items:
        mine = translated.get(item.number)
        if mine and outdated_since(item, mine):
            fact = (
                f"the original of this was changed after it had been translated: {update.key}/{item.number}"
            )
            remedy = "translate it anew"
            yield remark(read, fact, remedy, Severity.WARNING, line=mine.line, quote=item.text[:80])
