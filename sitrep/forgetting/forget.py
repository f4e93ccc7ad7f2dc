"""What must be forgotten -> gone from feeds/, ledger, archive, output and caches; then a search for it.

For people in danger. Only ids stay, so that none is given again. The order: the drop folder first (else
it would be published again), then the ledger, then a publish, then the archive is written anew.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.disk import disk_faults, read_file, remove_file, replace_file
from sitrep.base.errors import LedgerError
from sitrep.base.nouns import Problem, Role
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.claims.claim_keys import KeyBook
from sitrep.claims.steps import LATER
from sitrep.config.values import Config
from sitrep.delivery.held import scrub
from sitrep.forgetting.left_behind import left_behind, out_of_reach
from sitrep.forgetting.trace_words import Remnant
from sitrep.ledger.ledger import Ledger
from sitrep.ledger.standing import forget_places
from sitrep.pictures.cache import PictureCache
from sitrep.publish.rehearsal import Rehearsal, rehearse
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.site.addresses import claim_page
from sitrep.site.folders import Folders

_TARGET = lazy_pattern(
    r"(?:https?://\S*?/|/)?(?P<key>\d{4}-\d{2}-\d{2}(?:-[1-9]\d{0,2})?)"
    r"(?:(?:/index\.html|/)?(?:[/#_ ]+i?|#?i)(?P<item>\d{1,4}))?/?\s*",
)
_TELLING = frozenset({Role.ITEM, Role.LEDE, Role.OUTRO, Role.BOILERPLATE, Role.DROPPED})
"""Lines that say something of their own."""
MANY = 3
"""Updates that are forgotten at once without a question."""
CONFIRMED = "confirm-forgetting"
"""File of the work folder with the ids that a person has said are meant."""
_LINE_END = re.compile(rb"(\r\n|\r|\n)")


class ForgetTarget(Struct, frozen=True):
    """An update, or one item of it."""

    key: str
    item: int | None = None

    def __str__(self) -> str:
        return self.key if self.item is None else f"{self.key}/{self.item}"


class Forgotten(Struct, frozen=True, kw_only=True):
    """What was done, and what is left."""

    targets: tuple[ForgetTarget, ...]
    cut: tuple[str, ...]
    """Files of feeds/ that were cut or deleted, in words."""
    left: tuple[Remnant, ...]
    """Files that still hold some of the words; empty if all is well."""
    beyond: tuple[str, ...]
    """What this program cannot reach, in words."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A message for every file that still holds something."""
        remedy = "delete them there by hand, then run the same command again"
        return tuple(
            Problem(path=remnant.path, fact=f"it {remnant.why} of what was forgotten", remedy=remedy)
            for remnant in self.left
        )


def target_of(text: str) -> ForgetTarget | None:
    """The update or item a person names: ``2024-12-06``, ``2024-12-06/3``, ``2024-12-06#i3``, an address."""
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        return None
    return ForgetTarget(found["key"], int(found["item"]) if found["item"] else None)


class ForgetContext(Struct, frozen=True, kw_only=True):
    """What forgetting works with. The caller holds the site's lock."""

    folders: Folders
    config: Config
    archive: Archive
    publish: Callable[[], object]
    """Brings output/ up to what feeds/ and ledger/ say now."""
    show_status: Callable[[], object]
    """Writes the status page anew."""
    now: dt.datetime


def forget(targets: Iterable[ForgetTarget], office: ForgetContext, *, confirmed: bool = False) -> Forgotten:
    """Take the words of updates or items from everything this program has.

    Raises LedgerError if one of them was never published, or if they are so many that it may be a slip and
    nobody has ``confirmed`` them; then nothing is changed.
    """
    ledger = Ledger(office.folders.ledger)
    asked = tuple(dict.fromkeys(_whole_if_alone(target, ledger) for target in targets))
    wanted = tuple(dict.fromkeys(item for target in asked for item in _with_moves(target, ledger)))
    if not confirmed:
        ask_if_many(wanted, ledger)
    words: list[str] = []
    cut: list[str] = []
    sources = [path for target in wanted for path in _sources(office, target)]
    for target in wanted:
        for path in _sources(office, target):
            said, texts = _cut(path, target, office)
            cut += said
            words += texts
    claims = {key for target in wanted for key in _claims_of(target, ledger)}
    for target in wanted:
        words += ledger.forget(target.key, target.item, now=office.now)
    # That these files are gone is meant: the guard against mishaps need not ask about them.
    for path in sources:
        if not path.exists():
            office.archive.drop_source(os.path.relpath(path, office.folders.feeds))
    named = [key for key in sorted(claims) if not _renamed(key, ledger, office.archive)]
    forget_places(office.folders.ledger, map(claim_page, claims.difference(named)))
    office.publish()
    office.archive.scrub()
    scrub(office.folders.work)
    PictureCache(office.folders.media).sweep(frozenset(office.archive.pictures.places()))
    office.show_status()
    beyond = (*out_of_reach(office.folders), *map(_is_named, named))
    left = left_behind(words, office.folders, office.archive, office.config)
    return Forgotten(targets=wanted, cut=tuple(cut), left=left, beyond=beyond)


def _with_moves(target: ForgetTarget, ledger: Ledger) -> Iterator[ForgetTarget]:
    """What is to be forgotten, and the same words wherever they stood before or stand now."""
    yield target
    places = ledger.same_words(target.key, target.item) - {(target.key, target.item)}
    yield from (ForgetTarget(key, item) for key, item in sorted(places, key=repr))


def ask_if_many(targets: Sequence[ForgetTarget], ledger: Ledger) -> None:
    """Raise LedgerError if so much is to be forgotten at once that it may be a slip."""
    whole = [target.key for target in targets if target.item is None]
    items = Counter(target.key for target in targets if target.item is not None)
    emptied = [key for key, count in items.items() if count > MANY and count + 1 >= _standing(key, ledger)]
    if len(whole) + len(emptied) <= MANY and not emptied:
        return
    what = f"{len(whole)} updates" if len(whole) > 1 else "all or nearly all items of an update"
    command = " ".join(map(str, targets))
    raise LedgerError(
        Problem(
            path=str(targets[0]),
            fact=f"this would take {what} away for good, and may be a slip; nothing was done",
            remedy=f"if it is meant, run: sitegen.py forget --confirm {command}",
        )
    )


def _standing(key: str, ledger: Ledger) -> int:
    """How many items of an update there are to forget."""
    kept = ledger.history(key[:7]).get(key)
    return sum(not item.forgotten for item in kept.items) if kept else 0


def _whole_if_alone(target: ForgetTarget, ledger: Ledger) -> ForgetTarget:
    """The whole update, where the item is all that stands in it."""
    if never_was(target, ledger):
        raise LedgerError(
            Problem(
                path=str(target),
                fact="nothing was ever published under this id",
                remedy="look for the id in its permalink: 2024-12-06, or 2024-12-06/3 for its item #i3",
            )
        )
    kept = ledger.history(target.key[:7])[target.key]
    return ForgetTarget(target.key) if kept.order == (target.item,) else target


def never_was(target: ForgetTarget, ledger: Ledger) -> bool:
    """True if nothing was ever published under an id."""
    kept = ledger.history(target.key[:7]).get(target.key)
    numbers = {None, *(item.number for item in kept.items)} if kept else ()
    return target.item not in numbers


def is_confirmed(targets: Iterable[ForgetTarget], folders: Folders) -> bool:
    """True if a person at this machine has said that all of these are meant."""
    try:
        said = read_file(folders.work, CONFIRMED, 1_000_000).decode("ascii", "replace").split()
    except OSError:
        return False
    return {str(target) for target in targets} <= set(said)


def _claims_of(target: ForgetTarget, ledger: Ledger) -> frozenset[str]:
    """Keys of claims that were made of the words of a target."""
    kept = ledger.history(target.key[:7])[target.key]
    return frozenset(
        told.claim
        for told in kept.claims
        if target.item in (None, told.number) and told.named in ("", LATER) and told.claim
    )


def _renamed(key: str, ledger: Ledger, archive: Archive) -> bool:
    """Give a claim whose key is made of forgotten words another one; False if other items name it so."""
    known = [
        told
        for month in ledger.months()
        for kept in ledger.history(month).values()
        for told in kept.claims
        if told.claim == key
    ]
    if any(told.named == key for told in known):
        return False
    if known:
        ledger.rename_claim(key, KeyBook(archive, ledger).new("rumor"))
    return True


# -- the drop folder --------------------------------------------------------------------------------


def _sources(office: ForgetContext, target: ForgetTarget) -> Iterator[Path]:
    """Files of feeds/ that may hold an update: the one it came from, and every other of its date."""
    feeds = office.folders.feeds
    update = office.archive.update(target.key)
    names = [update.source] if update and update.source else []
    names += sorted(office.archive.spares([target.key[:10]]))
    for name in dict.fromkeys(names):
        if (feeds / name).is_file() and not (feeds / name).is_symlink():
            yield feeds / name


def _cut(path: Path, target: ForgetTarget, office: ForgetContext) -> tuple[list[str], list[str]]:
    """Take an update or item out of its file; returns what was done, and the lines that went."""
    rehearsal = rehearse(path, office.config, office.folders.ledger, office.now, office.archive)
    shown = os.path.relpath(path, office.folders.feeds)
    lines = _lines_of(rehearsal, target)
    if not lines:
        return [], []
    reading = rehearsal.reading
    gone = [line.text for line in reading.lines if line.number in lines and line.role in _TELLING]
    if not any(line.role is Role.ITEM and line.number not in lines for line in reading.lines):
        gone += [line.text for line in reading.lines if line.role in _TELLING]
        with disk_faults(shown, "the file could not be deleted", "delete it by hand, then try again"):
            remove_file(office.folders.feeds, shown)
        return [f"{shown} was deleted from {office.folders.feeds.name}/"], gone
    limit = office.config.limits.source_bytes
    with disk_faults(shown, "the file could not be read", "take the text out of it by hand, then try again"):
        content = _without(read_file(office.folders.feeds, shown, limit), lines, limit)
    replace_text(office.folders.feeds, shown, content)
    count = "1 line was" if len(lines) == 1 else f"{len(lines)} lines were"
    return [f"{count} cut out of {shown}"], gone


def _without(content: bytes, lines: frozenset[int], limit: int) -> bytes:
    """A file's bytes without some of its lines; as UTF-8 where its lines cannot be told from its bytes."""
    decoded = decode("", content, limit=limit)
    text = decoded.source.text.split("\n") if isinstance(decoded, Decoded) else []
    parts = _LINE_END.split(content)
    if len(parts) != 2 * len(text) - 1:
        kept = [line for number, line in enumerate(text, 1) if number not in lines]
        return "\n".join(kept).encode()
    ends = [*parts[1::2], b""]
    pairs = enumerate(zip(parts[::2], ends, strict=True), 1)
    return b"".join(line + end for number, (line, end) in pairs if number not in lines)


def _lines_of(rehearsal: Rehearsal, target: ForgetTarget) -> frozenset[int]:
    """Numbers of the lines that hold a target."""
    place = next((i for i, update in enumerate(rehearsal.updates) if update.key == target.key), None)
    if place is None:
        return frozenset()
    found = {line.number for line in rehearsal.reading.lines if line.update == place}
    if target.item is None:
        return frozenset(found)
    items = rehearsal.updates[place].items
    index = next((i for i, item in enumerate(items) if item.number == target.item), None)
    return frozenset(
        line.number
        for line in rehearsal.reading.lines
        if line.update == place and line.role is Role.ITEM and line.item == index and index is not None
    )


def replace_text(feeds: Path, path: str, content: bytes) -> None:
    """Put new content in the place of a writer's file, with its permissions. Raises SiteError."""
    remedy = "take the text out of it by hand, then run the same command again"
    with disk_faults(path, "the file could not be changed", remedy):
        replace_file(feeds, path, content, durable=True)


def _is_named(key: str) -> str:
    return f"the name of the claim {key}, made of its words, which other items use; change it there"
