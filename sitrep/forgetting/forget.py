"""What must be forgotten -> gone from feeds/, ledger, archive, output and caches; then a search for it.

For people in danger. Only ids stay, so that none is given again. The order: the drop folder first (else
it would be published again), then the ledger, then a publish, then the archive is written anew.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sitrep.archive.archive import Archive
from sitrep.base.disk import disk_faults, replace_file
from sitrep.base.errors import LedgerError
from sitrep.base.nouns import Problem, Role
from sitrep.base.values import Struct
from sitrep.claims.sheets import KeyBook
from sitrep.claims.steps import LATER
from sitrep.config.values import Config
from sitrep.forgetting.trace_words import Remnant, remnants, trace_of, vocabulary_of
from sitrep.inbox.file_names import TEXT_SUFFIXES
from sitrep.ledger.ledger import Ledger
from sitrep.pictures.cache import PictureCache
from sitrep.publish.rehearsal import Rehearsal, rehearse
from sitrep.reading.decode import Decoded, decode
from sitrep.site.folders import Folders
from sitrep.text.similarity import folded_words

_TARGET = re.compile(
    r"(?:https?://\S*?/|/)?(?P<key>\d{4}-\d{2}-\d{2}(?:-[1-9]\d{0,2})?)"
    r"(?:(?:/index\.html|/)?(?:[/#_ ]+i?|#?i)(?P<item>\d{1,4}))?/?\s*",
)
_LINE_END = re.compile(rb"(\r\n|\r|\n)")


class Target(Struct, frozen=True):
    """An update, or one item of it."""

    key: str
    item: int | None = None

    def __str__(self) -> str:
        return self.key if self.item is None else f"{self.key}/{self.item}"


class Forgotten(Struct, frozen=True, kw_only=True):
    """What was done, and what is left."""

    targets: tuple[Target, ...]
    cut: tuple[str, ...]
    """Files of feeds/ that were cut or deleted, in words."""
    left: tuple[Remnant, ...]
    """Files that still hold some of the words; empty if all is well."""
    beyond: tuple[str, ...]
    """What this program cannot reach, in words."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A message for every file that still holds something."""
        return tuple(
            Problem(
                path=one.path,
                fact="it still holds "
                + ("words" if one.whole else "a telling word")
                + " of what was forgotten",
                remedy="delete them there by hand, then run the same command again",
            )
            for one in self.left
        )


def target_of(text: str) -> Target | None:
    """The update or item a person names: ``2024-12-06``, ``2024-12-06/3``, ``2024-12-06#i3``, an address."""
    found = _TARGET.fullmatch(text.strip())
    if found is None:
        return None
    return Target(found["key"], int(found["item"]) if found["item"] else None)


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


def forget(targets: Iterable[Target], office: ForgetContext) -> Forgotten:
    """Take the words of updates or items from everything this program has.

    Raises LedgerError if one of them was never published, before anything is changed.
    """
    ledger = Ledger(office.folders.ledger)
    wanted = tuple(dict.fromkeys(_whole_if_alone(target, ledger) for target in targets))
    words: list[str] = []
    cut: list[str] = []
    for target in wanted:
        for path in _sources(office, target):
            said, texts = _cut(path, target, office)
            cut += said
            words += texts
    claims = {key for target in wanted for key in _claims_of(target, ledger)}
    for target in wanted:
        words += ledger.forget(target.key, target.item, now=office.now)
    named = [key for key in sorted(claims) if not _renamed(key, ledger, office.archive)]
    office.publish()
    office.archive.scrub()
    PictureCache(office.folders.media).sweep(frozenset(office.archive.pictures.places()))
    office.show_status()
    left = tuple(_left(words, office))
    beyond = (*_beyond(office.folders), *map(_is_named, named))
    return Forgotten(targets=wanted, cut=tuple(cut), left=left, beyond=beyond)


def _whole_if_alone(target: Target, ledger: Ledger) -> Target:
    """The whole update, where the item is all that stands in it."""
    kept = ledger.history(target.key[:7]).get(target.key)
    numbers = {item.number for item in kept.items} if kept else set()
    if kept is None or (target.item is not None and target.item not in numbers):
        raise LedgerError(
            Problem(
                path=str(target),
                fact="nothing was ever published under this id",
                remedy="look for the id in its permalink: 2024-12-06, or 2024-12-06/3 for its item #i3",
            )
        )
    return Target(target.key) if kept.order == (target.item,) else target


def _claims_of(target: Target, ledger: Ledger) -> frozenset[str]:
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


def _sources(office: ForgetContext, target: Target) -> Iterator[Path]:
    """Files of feeds/ that may hold an update: the one it came from, and every other of its date."""
    feeds = office.folders.feeds
    update = office.archive.update(target.key)
    names = [update.source] if update and update.source else []
    names += sorted(office.archive.spares([target.key[:10]]))
    for name in dict.fromkeys(names):
        if (feeds / name).is_file() and not (feeds / name).is_symlink():
            yield feeds / name


def _cut(path: Path, target: Target, office: ForgetContext) -> tuple[list[str], list[str]]:
    """Take an update or item out of its file; returns what was done, and the lines that went."""
    rehearsal = rehearse(path, office.config, office.folders.ledger, office.now)
    shown = os.path.relpath(path, office.folders.feeds)
    lines = _lines_of(rehearsal, target)
    if not lines:
        return [], []
    reading = rehearsal.reading
    gone = [line.text for line in reading.lines if line.number in lines]
    if not any(line.role is Role.ITEM and line.number not in lines for line in reading.lines):
        gone += [line.text for line in reading.lines]
        path.unlink()
        return [f"{shown} was deleted from {office.folders.feeds.name}/"], gone
    content = _without(path.read_bytes(), lines, office.config.limits.source_bytes)
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


def _lines_of(rehearsal: Rehearsal, target: Target) -> frozenset[int]:
    """Numbers of the lines that hold a target."""
    place = next((i for i, one in enumerate(rehearsal.updates) if one.key == target.key), None)
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


# -- what is left -----------------------------------------------------------------------------------


def _left(words: Iterable[str], office: ForgetContext) -> Iterator[Remnant]:
    folders = office.folders
    others = (*_other_texts(folders), *_own_words(folders), repr(office.config))
    joined = f" {' '.join(word for text in others for word in (*folded_words(text), '|'))} "
    trace = trace_of(words, joined, vocabulary_of(others))
    alone = frozenset({folders.feeds, folders.output, folders.ledger, folders.work})
    every = [*sorted(alone), folders.config, *_beside(folders)]
    yield from remnants(trace, every, folders.site, alone=alone)


def _other_texts(folders: Folders) -> Iterator[str]:
    """The texts that stay in the drop folder."""
    for path in sorted(folders.feeds.rglob("*")):
        if path.suffix.lower() in TEXT_SUFFIXES and path.is_file() and not path.is_symlink():
            yield path.read_bytes().decode("utf-8", "replace")


def _own_words(folders: Folders) -> Iterator[str]:
    """What pages and files say of themselves."""
    from sitrep.text.interface_words import wording

    yield str(wording("en"))
    for folder in folders.themes:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.read_bytes().decode("utf-8", "replace")
    with contextlib.suppress(OSError):
        yield folders.config.read_bytes().decode("utf-8", "replace")


def _beside(folders: Folders) -> Iterator[Path]:
    """Everything else in the site's folder: a copy may lie anywhere."""
    known = {folders.feeds, folders.output, folders.ledger, folders.work}
    with contextlib.suppress(OSError):
        for entry in sorted(folders.site.iterdir()):
            if entry not in known and not entry.name.startswith((".git", ".venv", "venv", "node_modules")):
                yield entry


def _beyond(folders: Folders) -> Iterator[str]:
    """What cannot be recalled."""
    yield "copies that feed readers, search engines and readers have fetched already"
    yield "mirrors, and the public site until it is uploaded again"
    if any((folder / ".git").exists() for folder in (folders.site, *folders.site.parents)):
        yield "version control: the history of feeds/ and ledger/ holds the words; rewrite or delete it"
    versions = [folder for folder in (folders.feeds / ".stversions",) if folder.exists()]
    yield from (f"old versions kept by the sync program in {folder.name}/" for folder in versions)
    yield "backups, other machines and phones that hold a copy of these folders"
    yield "the disk itself, until the freed space is written to again"


def _is_named(key: str) -> str:
    return f"the name of the claim {key}, made of its words, which other items use; change it there"
