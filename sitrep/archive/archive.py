"""The archive: an SQLite index of everything published, cheap to query, free to delete.

It holds each update as the ledger has stamped it, which fronts it reports on, the sources it came
from, and a digest of every artifact of output/. Nothing in it cannot be made again from feeds/ and
ledger/. Positions (``2024-12-06-0002``) order updates by date, then by the ordinal of the key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from sitrep.archive import claims, pictures
from sitrep.archive.database import Cursor, is_damaged, salvaged
from sitrep.archive.editions import in_language, table_names
from sitrep.archive.feed_shares import ITEMS, OPINION, UPDATES, shares
from sitrep.archive.news import Gone, NewsIndex, instant_text
from sitrep.archive.notes import Note
from sitrep.archive.schema import OF_UPDATES
from sitrep.archive.sources import SourceIndex, SourceRecord
from sitrep.archive.updates import log_of, position_of
from sitrep.base.changes import changes_of
from sitrep.base.nouns import OWN_VIEW, Severity, Update
from sitrep.base.values import decode, encode, replace
from sitrep.ledger.standing import EndedFront

__all__ = ["Archive", "Gone", "SourceRecord", "is_damaged", "position_of", "salvaged"]


def _instant(end: tuple[str, dt.datetime]) -> dt.datetime:
    return end[1]


def _gone(update: Update) -> Iterator[tuple[str, dt.datetime, int]]:
    """Feed, instant and number (0: the whole) of everything of an update that was taken back."""
    left = {report.front: report.at for report in update.left}
    views = [gone.at for gone in update.withdrawn_items if gone.opinion]
    views += [left.pop(OWN_VIEW)] if OWN_VIEW in left else []
    ends = sorted([*left.items(), *((gone.front, gone.at) for gone in update.withdrawn_items)], key=_instant)
    last = dict(ends)
    yield from ((ITEMS, gone.at, gone.number) for gone in update.withdrawn_items if not gone.moved)
    if update.withdrawn is None:
        yield from ((front, at, 0) for front, at in last.items() if front not in update.fronts)
        if views and not any(item.opinion for item in update.items):
            yield OPINION, max(views), 0
        return
    at = update.withdrawn.at
    whole = {UPDATES, *update.fronts, *last}
    whole |= {OPINION} if views or any(item.opinion for item in update.items) else set()
    yield from ((feed, at, 0) for feed in sorted(whole))
    yield from ((ITEMS, at, item.number) for item in update.items)


class Archive(NewsIndex, SourceIndex):
    """The index of one site.

    Raises ArchiveError from any method if the file is damaged or no archive of this version.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open or make the archive at ``path``; None keeps it in memory."""
        self._changes = 0
        self.claims = claims.ClaimIndex(self._run, self._run_many)
        self.pictures = pictures.PictureIndex(self._run)
        super().__init__(path, read_only=read_only)

    def put_update(self, update: Update) -> None:
        """Record an update under its key, in place of an earlier state of it, and what its editions show."""
        self.drop_update(update.key)
        self._put(update)
        if update.withdrawn is None:
            self.pictures.put_update(update)
        self.add_languages(translation.lang or "" for translation in update.translations)
        for translation in update.translations:
            self.edition(translation.lang or "").put_update(in_language(update, translation))

    def _put(self, update: Update) -> None:
        position, live, body = position_of(update.key), update.withdrawn is None, encode(update)
        log = log_of(update)
        digest = blake2b(body, digest_size=16).digest()
        self._run(
            "INSERT INTO updates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                update.key,
                position,
                update.month,
                update.source,
                live,
                digest,
                body,
                instant_text(update.published),
            ),
        )
        if live:
            self._run_many(
                "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (share.feed, position, update.key, *share[1:4], log, share.packed, share.prints)
                    for share in shares(update)
                ],
            )
        if not live or update.withdrawn_items or update.left:
            self._run_many(
                "INSERT OR IGNORE INTO gone VALUES (?, ?, ?, ?)",
                [(feed, at.isoformat(), update.key, number) for feed, at, number in _gone(update)],
            )
        dated = ((change.at.isoformat(), change) for change in changes_of(update))
        self._run_many(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?)",
            [(at, update.key, change.item or 0, at[:7], encode(change)) for at, change in dated],
        )

    def drop_update(self, key: str) -> None:
        """Forget what the archive holds under a key."""
        self._changes += 1
        if self._drop(key):
            self.pictures.drop_update(key)
            for lang in self.languages():
                self.edition(lang).drop_update(key)

    def _drop(self, key: str) -> bool:
        found = self._run("DELETE FROM updates WHERE key = ?", (key,)).rowcount > 0
        for table in ("reports", "changes", "gone") if found else ():
            self._run(f"DELETE FROM {table} WHERE key = ?", (key,))
        return found

    # -- editions in other languages ------------------------------------------------------------

    def languages(self) -> tuple[str, ...]:
        """The languages of which there is, or was, a translation, in alphabetical order."""
        return tuple(decode(self.meta(Note.EDITIONS) or b"[]", list[str]))

    def add_languages(self, languages: Iterable[str]) -> None:
        """Make room for editions in these languages."""
        known = self.languages()
        fresh = sorted({*languages} - {*known})
        for lang in fresh:
            for statement in OF_UPDATES:
                self._run(table_names(statement, lang))
        if fresh:
            self.set_meta(Note.EDITIONS, encode(sorted((*known, *fresh))))

    def edition(self, lang: str) -> Archive:
        """The index of what stands in a language: the updates that are translated into it."""
        return Edition(self, lang) if lang else self

    def languages_where(self, shown: Callable[[Archive], object]) -> tuple[str, ...]:
        """The editions of which that is true, also of the original (empty), which is the first."""
        whole, languages = self.original, self.languages()
        return tuple(lang for lang in ("", *languages) if shown(whole.edition(lang))) if languages else ()

    @property
    def original(self) -> Archive:
        """The archive of the site as its authors wrote it; of that, itself."""
        return self

    def ended_fronts(self) -> tuple[EndedFront, ...]:
        """The fronts that are given up, as last put."""
        return decode(self.meta(Note.ENDED) or b"[]", tuple[EndedFront, ...])

    def put_ended_fronts(self, ended: Sequence[EndedFront]) -> None:
        """Keep which fronts are given up."""
        if ended != self.ended_fronts():
            self._changes += 1
            self.set_meta(Note.ENDED, encode(ended))

    def kept_places(self) -> frozenset[str]:
        """Places that readers may have from another version or configuration, as last put."""
        return frozenset(decode(self.meta(Note.KEPT) or b"[]", list[str]))

    def put_kept_places(self, places: Iterable[str]) -> None:
        """Keep which places are kept for readers."""
        self._changes += 1
        self.set_meta(Note.KEPT, encode(sorted(places)))

    def revision(self) -> tuple[int, int]:
        """Changes whenever an update may have changed, also through another connection."""
        return self._changes, self._run("PRAGMA data_version").fetchone()[0]

    def drop_source(self, path: str) -> None:
        """Forget a file."""
        self._run("DELETE FROM sources WHERE path = ?", (path,))
        self._run("DELETE FROM spares WHERE path = ?", (path,))
        self._run("DELETE FROM told WHERE path = ?", (path,))
        self.pictures.set_named(path, ())

    def scrub(self) -> None:
        """Write the file anew, so that no word of what was deleted is left in it or beside it.

        Finished entries, and notes on files that may quote others, are let go as well.
        """
        for source in self.sources().values():
            kept = tuple(problem for problem in source.problems if problem.severity is Severity.ERROR)
            if kept != source.problems:
                self.put_source(replace(source, problems=kept))
        self._run("DELETE FROM fragments")
        self._run("PRAGMA secure_delete = ON")
        self._run("VACUUM")
        self._run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- what was written -----------------------------------------------------------------------

    def artifact(self, path: str) -> bytes | None:
        """Digest of an artifact as last written, or None."""
        row = self._run("SELECT digest FROM artifacts WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def artifacts(self) -> dict[str, bytes]:
        """Digest of every artifact by path."""
        return dict(self._run("SELECT path, digest FROM artifacts").fetchall())

    def put_artifacts(self, digests: Iterable[tuple[str, bytes]]) -> None:
        """Record digests of artifacts just written."""
        self._run_many("INSERT OR REPLACE INTO artifacts VALUES (?, ?)", digests)

    def drop_artifact(self, path: str) -> None:
        """Forget an artifact that was removed."""
        self._run("DELETE FROM artifacts WHERE path = ?", (path,))

    def fragment(self, name: str, stamp: bytes) -> bytes | None:
        """A finished piece of a feed, if one was kept under that name for that stamp."""
        row = self._run("SELECT body FROM fragments WHERE name = ? AND stamp = ?", (name, stamp)).fetchone()
        return row[0] if row else None

    def put_fragments(self, fragments: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep finished pieces of feeds: name, stamp and bytes of each."""
        self._run_many("INSERT OR REPLACE INTO fragments VALUES (?, ?, ?)", fragments)


class Edition(Archive):
    """What of the archive stands in another language. It has tables of its own for updates, no file."""

    def __init__(self, original: Archive, lang: str) -> None:
        """``lang`` must be one of ``original.languages()`` when the first question is asked."""
        self._original, self._lang = original, lang
        self.claims, self.pictures = original.claims, original.pictures

    @property
    def original(self) -> Archive:
        """The archive of the site as its authors wrote it."""
        return self._original

    def put_update(self, update: Update) -> None:
        """Record what the edition shows of an update."""
        self._drop(update.key)
        self._put(update)

    def drop_update(self, key: str) -> None:
        """Forget what the edition shows of an update."""
        self._drop(key)

    def revision(self) -> tuple[int, int]:
        """That of the whole archive."""
        return self._original.revision()

    def ended_fronts(self) -> tuple[EndedFront, ...]:
        """Those of the whole archive."""
        return self._original.ended_fronts()

    def kept_places(self) -> frozenset[str]:
        """Those of the whole archive."""
        return self._original.kept_places()

    def _run(self, sql: str, values: tuple[object, ...] = ()) -> Cursor:
        return self._original._run(table_names(sql, self._lang), values)

    def _run_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._original._run_many(table_names(sql, self._lang), rows)
