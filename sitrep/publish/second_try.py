"""A publish that fails over a page -> the same without the files that are at fault for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sitrep.base.errors import ArchiveError, EndlessTemplateError, SitrepError, TemplateError
from sitrep.publish.drafts import Drafts
from sitrep.publish.open_site import OpenSite
from sitrep.publish.proof import FEW, culprits
from sitrep.publish.read_files import ReadFile
from sitrep.publish.see import Seen

Done = TypeVar("Done")
Ready = Callable[[], None]
"""Called when all of a small plan is made, or a large one begun: what was recorded is kept from then on."""


def tried(
    site: OpenSite, seen: Seen, drafts: Drafts, carry_out: Callable[[Drafts, Ready], Done]
) -> tuple[Drafts, Done]:
    """Record and write drafts. Where a text among them cannot be shown, ledger and archive are as they were
    before, that file is refused, and the others are recorded and written; returns what was carried out.
    """
    before = _Before(site, drafts)
    try:
        with before.unless_done() as ready:
            return drafts, carry_out(drafts, ready)
    except Exception as fault:
        if not before.is_back or not _is_of_a_page(fault):
            raise

        def attempt(file: ReadFile) -> None:
            before.bring_back()
            site.unwritten = frozenset()  # Only what it touches is to be made.
            with suppress(_Made), site.archive.provisional():
                carry_out(drafts.only(file), _stop)

        refused = culprits(site, drafts.files, seen.now, attempt)
        before.bring_back()
        if not refused:
            raise
    drafts = drafts.with_refused(refused)
    return drafts, carry_out(drafts, lambda: None)


class _Made(Exception):
    """All of an attempt is made, and nothing of it is to be written."""


def _stop() -> None:
    raise _Made


def _is_of_a_page(fault: Exception) -> bool:
    """True where a text may be at fault, and of no other error that is foreseen."""
    if isinstance(fault, EndlessTemplateError):
        return False
    return isinstance(fault, TemplateError) or not isinstance(fault, SitrepError)


class _Before:
    """How ledger and archive stood before a publish.

    Few texts are recorded and made in one transaction. Of many a copy of the archive is kept: some are
    written while others are made, by processes that see only what is committed.
    """

    def __init__(self, site: OpenSite, drafts: Drafts) -> None:
        self._site, self._extents = site, site.ledger.extents()
        self._unwritten, self._in_doubt = site.unwritten, site.in_doubt
        texts = sum(len(file.updates) for file in drafts.fresh)
        self._is_large = texts > FEW or site.render_all or site.unwritten is None
        self._copy = site.folders.work / "before.sqlite"
        self._drop_copy()  # One that a killed program has left may hold what is forgotten now.
        self.is_back = False
        """The archive is again what it was."""

    @contextmanager
    def unless_done(self) -> Iterator[Ready]:
        """Bring the archive back where what is done inside fails over a page."""
        with self._by_copy() if self._is_large else self._by_transaction() as ready:
            yield ready

    @contextmanager
    def _by_transaction(self) -> Iterator[Ready]:
        with self._site.archive.provisional() as keep:
            self.is_back = True

            def ready() -> None:
                self.is_back = False
                keep()

            yield ready

    @contextmanager
    def _by_copy(self) -> Iterator[Ready]:
        copy, copied = self._copy, False
        with suppress(OSError, ArchiveError):  # A full disk costs the second try, and no publish.
            self._site.archive.copy_to(copy)
            copied = True
        try:
            yield lambda: None
        except Exception as fault:
            if copied and _is_of_a_page(fault):
                self._site.archive.take_back(copy)
                self.is_back = True
            raise
        finally:
            self._drop_copy()

    def _drop_copy(self) -> None:
        with suppress(OSError):
            self._copy.unlink(missing_ok=True)

    def bring_back(self) -> None:
        """Bring back the ledger too, and what is known of output/."""
        self._site.ledger.cut_back(self._extents)
        self._site.renew_tools()
        large = self._is_large
        self._site.unwritten, self._site.in_doubt = (
            (None, True) if large else (self._unwritten, self._in_doubt)
        )
