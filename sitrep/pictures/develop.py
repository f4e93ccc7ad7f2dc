"""Pictures that a text names -> published ones: found beside it, drawn anew once, kept by their bytes.

A text names a file, no more: it is looked for in the text's own folder and below, links are not followed,
and what is no picture, or cannot be cleaned, stays where it is while the text is published without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from sitrep.archive.archive import Archive
from sitrep.archive.pictures import NamedPicture, folded
from sitrep.base.disk import folder_of
from sitrep.base.nouns import Item, Picture, Problem, Severity, Update
from sitrep.base.values import Struct, field, replace
from sitrep.inbox.file_names import Sort, sort_of
from sitrep.inbox.scan import Found, glance, read_bytes, shown
from sitrep.pictures.cache import PictureCache, sound
from sitrep.pictures.image_formats import Unfit
from sitrep.site import addresses as at
from sitrep.site.folders import Folders

LARGEST = 20_000_000
"""Bytes of a picture that is opened."""
MOST = 100
"""Different pictures of one file that are published."""

_PUBLISHED = ("place", "type", "length", "width", "height")
"""What is known of a picture that is published."""
_OUTSIDE = "lies outside the folder of this text", "copy it beside the text and name it alone"
_BESIDE = "drop it beside the text under this very name; until then the text is out without it"


class Developed(Struct, frozen=True, kw_only=True):
    """The updates of one file with their pictures, as far as these may be published."""

    updates: tuple[Update, ...]
    named: tuple[NamedPicture, ...] = ()
    problems: tuple[Problem, ...] = ()


class PictureDeveloper(Struct, frozen=True, kw_only=True):
    """Where pictures are made. May be used in several processes at once."""

    feeds: Path
    kept: PictureCache | None = None
    """Where they are kept; None makes them only to see whether they can be made."""
    known: Mapping[tuple[str, str], NamedPicture] = field(default_factory=dict)
    """What was made before, by the text and the folded path of the picture."""

    def develop(self, found: Found, updates: Iterable[Update]) -> Developed:
        """Find and make the pictures that the updates of one file name."""
        bench = _Bench(self, found)
        done = tuple(bench.of_update(update) for update in updates)
        return Developed(updates=done, named=tuple(bench.named.values()), problems=tuple(bench.problems))

    def make(self, found: Found, named: NamedPicture) -> NamedPicture | tuple[str, str]:
        """What is published of a file that is there, or why nothing is: fact and remedy."""
        from sitrep.pictures import clean_image, drawn_apart

        recipe = clean_image.recipe()
        known = self.known.get((named.source, named.name))
        same = known and known.place and (known.stat, known.recipe) == (found.stat, recipe)
        if known and same and self.kept and self.kept.has(known.place):
            return known
        if not found.regular:
            return "is a link or no ordinary file, which is not followed", "copy the file itself there"
        if found.size > LARGEST:
            fact = f"is larger ({found.size:,} bytes) than {LARGEST // 1_000_000} MB"
            return fact, "save it smaller, for example 1,000 pixels wide"
        content = read_bytes(self.feeds, found, LARGEST)
        if isinstance(content, Problem):
            return f"is not published: {content.fact}", content.remedy
        made = drawn_apart.drawn(content)
        if isinstance(made, Unfit):
            return made.fact, made.remedy
        place = at.media(made.name)
        if self.kept:
            self.kept.keep(place, made.content)
        return replace(
            named,
            stat=found.stat,
            recipe=recipe,
            place=place,
            type=made.type,
            length=len(made.content),
            width=made.width,
            height=made.height,
        )


class _Bench:
    """One text at work: what it has named so far, so that a picture named twice is made once."""

    def __init__(self, room: PictureDeveloper, found: Found) -> None:
        self._room = room
        self._text = found
        self._seen: dict[str, tuple[NamedPicture | None, tuple[str, str] | None]] = {}
        self.named: dict[str, NamedPicture] = {}
        self.problems: list[Problem] = []

    def of_update(self, update: Update) -> Update:
        """An update whose pictures know where they are published."""
        return update.with_items(tuple(map(self._of_item, update.items))) if update.pictures else update

    def _of_item(self, item: Item) -> Item:
        if not item.pictures:
            return item
        pictures = tuple(self._of_picture(picture, item.line) for picture in item.pictures)
        return replace(item, pictures=pictures)

    def _of_picture(self, picture: Picture, line: int) -> Picture:
        if picture.file not in self._seen:
            self._seen[picture.file] = self._look_for(picture.file)
        named, refusal = self._seen[picture.file]
        if refusal:
            self._tell(line, Severity.WARNING, f"the picture {picture.file} {refusal[0]}", refusal[1])
        if named is None:
            return picture
        if not picture.alt:
            fact = f"the picture {picture.file} has no description, for those who cannot see it"
            remedy = f"write after it what it shows: {picture.file}: a queue at the mill"
            self._tell(line, Severity.NOTE, fact, remedy)
        return replace(picture, **{name: getattr(named, name) for name in _PUBLISHED})

    def _look_for(self, file: str) -> tuple[NamedPicture | None, tuple[str, str] | None]:
        if len(self._seen) >= MOST:
            return None, (f"is one too many: {MOST} are published of one file", "split the text into files")
        folder = os.path.dirname(self._text.real or self._text.path)
        # A link in Markdown may write a blank as %20; a name may have a % of its own.
        for name in dict.fromkeys((file, unquote(file, errors="surrogateescape"))):
            path = _inside(folder, name)
            if path is None:
                return None, _OUTSIDE
            if sort_of(shown(path)) is not Sort.PICTURE:
                return None, _by_name(path)
            if found := self._find(path):
                return self._make(path, found)
        return None, ("is not there", _BESIDE)

    def _find(self, path: str) -> Found | None:
        """The file of that path; that a text names it is noted whether it is there or not."""
        from sitrep.pictures.clean_image import recipe

        named = NamedPicture(source=self._text.path, file=shown(path), recipe=recipe())
        self.named[named.name] = named
        return glance(self._room.feeds, path) or _by_other_spelling(self._room.feeds, path)

    def _make(self, path: str, found: Found) -> tuple[NamedPicture | None, tuple[str, str] | None]:
        name = folded(shown(path))
        made = self._room.make(found, self.named[name])
        if not isinstance(made, NamedPicture):
            return None, made
        self.named[name] = made
        return made, None

    def _tell(self, line: int, severity: Severity, fact: str, remedy: str) -> None:
        self.problems.append(
            Problem(path=self._text.path, line=line, severity=severity, fact=fact, remedy=remedy)
        )


def restore(place: str, archive: Archive, folders: Folders) -> bytes | None:
    """The bytes of a published picture: kept, or still online, or made once more; None if all that fails."""
    kept = PictureCache(folders.media)
    content = kept.read(place) or sound(place, folders.output / place)
    if content is None and (origin := archive.pictures.origin(place)):
        found = glance(folders.feeds, origin.file)
        if found:
            PictureDeveloper(feeds=folders.feeds, kept=kept).make(found, replace(origin, place=""))
        content = kept.read(place)
    return content


def _inside(folder: str, file: str) -> str | None:
    """Path of a file by the name a text gives it, or None if that leads out of the text's folder."""
    parts = [part for part in file.split("/") if part != "."]
    if any(part in ("", "..") or "\0" in part for part in parts):
        return None
    return "/".join((folder, *parts) if folder else parts)


def _by_name(path: str) -> tuple[str, str]:
    """Why a file is not even looked at."""
    if path.lower().endswith(".svg"):
        return "is a drawing in SVG, which can hold programs", "save it as a PNG picture and drop that"
    if sort_of(path) not in (Sort.OTHER, Sort.TEXT, Sort.DRAFT):
        return "has a name of the kind that is never published", "give it an ordinary name, and name that"
    return (
        "is no picture of a kind that is published, or lies among drafts",
        "save it as JPEG beside the text",
    )


def _by_other_spelling(feeds: Path, path: str) -> Found | None:
    """The one file there whose name differs in case, or in how accents are written."""
    try:
        with folder_of(feeds, path) as (folder, name):
            wanted = folded(shown(name))
            near = sorted(name for name in os.listdir(folder) if folded(shown(name)) == wanted)
    except (OSError, ValueError):
        return None
    return glance(feeds, os.path.join(os.path.dirname(path), near[0])) if near else None
