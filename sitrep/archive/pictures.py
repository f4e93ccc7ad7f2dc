"""The pictures of the archive: which files texts name, what was made of them, and which updates show them."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable

from sitrep.base.nouns import Update
from sitrep.base.values import Struct

Run = Callable[..., sqlite3.Cursor]


class NamedPicture(Struct, frozen=True, kw_only=True):
    """A file that a text names as a picture, and what was made of it."""

    source: str
    """Path of the text, relative to feeds/."""
    file: str
    """Path of the picture, relative to feeds/, whether or not it is there."""
    stat: str = ""
    """As of ``SourceRecord``; empty if there was no such file."""
    recipe: str = ""
    """How it was made; another recipe may give other bytes."""
    place: str = ""
    """Where it is published; empty if it is not."""
    type: str = ""
    length: int = 0
    width: int = 0
    height: int = 0

    @property
    def name(self) -> str:
        """The path as it is looked up: names that differ in case or in how accents are written are one."""
        return folded(self.file)


def folded(path: str) -> str:
    """The form in which paths of pictures are compared: a phone writes photo.JPG, its owner photo.jpg."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


class PictureIndex:
    """Queries about pictures; on a site without any, none reaches the database. Part of the archive."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._names_any: bool | None = None
        self._shows_any: bool | None = None

    # -- files that texts name ------------------------------------------------------------------

    def named_by(self, sources: Iterable[str]) -> tuple[NamedPicture, ...]:
        """The pictures that these texts name."""
        if not self.names_any:
            return ()
        rows = (self._run(f"{_SELECT} WHERE source = ? ORDER BY name", (source,)) for source in sources)
        return tuple(_named(*row) for found in rows for row in found)

    def naming(self, files: Iterable[str]) -> frozenset[str]:
        """Paths of the texts that name any of these files."""
        if not self.names_any:
            return frozenset()
        sql = "SELECT source FROM pictures WHERE name = ?"
        return frozenset(source for file in files for (source,) in self._run(sql, (folded(file),)))

    def made_otherwise(self, recipe: str) -> frozenset[str]:
        """Paths of the texts with pictures that were made by another recipe."""
        if not self.names_any:
            return frozenset()
        rows = self._run("SELECT DISTINCT source FROM pictures WHERE recipe <> ?", (recipe,))
        return frozenset(source for (source,) in rows)

    def origin(self, place: str) -> NamedPicture | None:
        """A file that a published picture was made of."""
        row = self._run(f"{_SELECT} WHERE place = ? LIMIT 1", (place,)).fetchone()
        return _named(*row) if row else None

    def set_named(self, source: str, pictures: Iterable[NamedPicture]) -> None:
        """Record which pictures a text names, in place of those it named before."""
        pictures = tuple(pictures)
        if not pictures and not self.names_any:
            return
        self._run("DELETE FROM pictures WHERE source = ?", (source,))
        for picture in pictures:
            self._names_any = True
            self._run(
                "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(source, picture.name, picture.file, picture.stat, picture.recipe),
                    *(picture.place, picture.type, picture.length, picture.width, picture.height),
                ),
            )

    @property
    def names_any(self) -> bool:
        """True if any text names a picture, or did."""
        if self._names_any is None:
            self._names_any = bool(self._run("SELECT 1 FROM pictures LIMIT 1").fetchone())
        return self._names_any

    # -- pictures that updates show -------------------------------------------------------------

    def places(self) -> tuple[str, ...]:
        """Where the pictures of all live updates stand, in alphabetical order."""
        return tuple(place for (place,) in self._run("SELECT DISTINCT place FROM media ORDER BY place"))

    def shows(self, place: str) -> bool:
        """True if a live update shows the picture at this place."""
        return bool(self._run("SELECT 1 FROM media WHERE place = ? LIMIT 1", (place,)).fetchone())

    def put_update(self, update: Update) -> None:
        """Record which pictures an update shows, besides those that are known of it."""
        for picture in update.pictures:
            if picture.place:
                self._shows_any = True
                self._run("INSERT OR IGNORE INTO media VALUES (?, ?)", (picture.place, update.key))

    def drop_update(self, key: str) -> None:
        """Forget which pictures an update shows."""
        if self._shows_something():
            self._run("DELETE FROM media WHERE key = ?", (key,))

    def _shows_something(self) -> bool:
        if self._shows_any is None:
            self._shows_any = bool(self._run("SELECT 1 FROM media LIMIT 1").fetchone())
        return self._shows_any


_SELECT = "SELECT source, file, stat, recipe, place, type, length, width, height FROM pictures"


def _named(
    source: str,
    file: str,
    stat: str,
    recipe: str,
    place: str,
    kind: str,
    length: int,
    width: int,
    height: int,
) -> NamedPicture:
    return NamedPicture(
        source=source,
        file=file,
        stat=stat,
        recipe=recipe,
        place=place,
        type=kind,
        length=length,
        width=width,
        height=height,
    )
