"""A path of the drop folder -> what it means by its name alone, before anything is read.

Editors, browsers and sync programs leave files of their own beside the writer's; the patterns below are
theirs. A pattern is as narrow as its program allows: these writers write about conflicts and drafts.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum
from functools import lru_cache

from sitrep.base.nouns import Problem, Severity
from sitrep.base.patterns import lazy_pattern
from sitrep.inbox.program_names import (
    is_backup_folder,
    is_conflict,
    is_old_version,
    is_side_file,
    is_side_folder,
    is_under_way,
    without_conflict,
)

TEXT_SUFFIXES = frozenset(
    {".txt", ".md", ".markdown", ".text", ".rst", ".org", ".adoc", ".asciidoc", ".wiki", ".mediawiki"}
)
PICTURE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".avif", ".heic", ".heif"}
)
ERROR, NOTE, PREVIEW = ".error.txt", ".note.txt", ".preview.html"
"""What the program lays beside a writer's file: NAME.error.txt, NAME.note.txt, NAME.preview.html."""


class Sort(StrEnum):
    """What a name in the drop folder means."""

    TEXT = "text"
    DRAFT = "draft"
    CONFLICT = "conflict"
    PICTURE = "picture"
    """Published if a text names it, and then not as it is."""
    RECEIPT = "receipt"
    REQUEST = "request"
    """NAME.forget: what NAME says is to be forgotten."""
    ANSWER = "answer"
    """A file whose name says that deletions are meant."""
    PARTIAL = "partial"
    HIDDEN = "hidden"
    UNREADABLE = "unreadable"
    """A folder or file that is there and cannot be looked at."""
    OTHER = "other"


QUIET = frozenset({Sort.RECEIPT, Sort.PARTIAL, Sort.HIDDEN})
"""Names that nobody waits for: they are never read, and their coming and going starts nothing."""

_PLAIN = lazy_pattern(r"[\w ,–-]+\.(?:txt|md)")

_MACHINES = ("-DESKTOP-", "-LAPTOP-", "-WIN-", "-PC-")
"""What may be the name of a computer in a conflict copy; anything else that matters has an odd sign."""

FORGET = ".forget"
_RECEIPTS = (ERROR, NOTE, PREVIEW)

ANSWER = "deletions.yes"
"""The name of the file by which a person says in feeds/ that deletions are meant."""
_ANSWER = lazy_pattern(
    r"(?:deletions?|delete)[ ._-]*(?:\.error)?[ ._-]*yes(?:\.(?:txt|md|text))?", re.IGNORECASE
)
_DIGITS = lazy_pattern(r"\d+")


def sort_of(path: str) -> Sort:
    """What a path inside feeds/ means."""
    *folders, name = path.split("/")
    return sort_in(name, hidden=any(map(is_hidden, folders)), draft=any(map(holds_drafts, folders)))


def sort_in(name: str, *, hidden: bool = False, draft: bool = False) -> Sort:
    """What a name means inside a folder that is itself hidden, or holds drafts."""
    if hidden or is_side_file(name):
        return Sort.HIDDEN
    if _ANSWER.fullmatch(name):
        return Sort.ANSWER
    if "_" in name or not _PLAIN.fullmatch(name) or any(mark in name for mark in _MACHINES):
        lowered = name.lower()
        # A conflict copy of a receipt is one too, or receipts on receipts would never end.
        if lowered.endswith(_RECEIPTS) or without_conflict(lowered).endswith(_RECEIPTS):
            return Sort.RECEIPT
        if is_conflict(name):
            return Sort.CONFLICT
        if lowered.endswith(FORGET):
            return Sort.REQUEST
        if is_under_way(name):
            return Sort.PARTIAL
        suffix = os.path.splitext(lowered)[1]
        if suffix not in TEXT_SUFFIXES:
            return Sort.PICTURE if suffix in PICTURE_SUFFIXES and not draft else Sort.OTHER
    return Sort.DRAFT if draft or name[0] == "_" or _says_draft(name) else Sort.TEXT


def is_hidden(folder: str) -> bool:
    """True if nothing in a folder of this name is looked at."""
    return is_side_folder(folder)


def holds_drafts(folder: str) -> bool:
    """True if everything in a folder of this name is a draft, or an old copy that nobody means to publish.

    What stands in ``_posts`` is published by Jekyll, from which such a folder comes.
    """
    return (
        (folder[0] == "_" and folder != "_posts")
        or is_backup_folder(folder)
        or _folder_means_draft(_DIGITS.sub("0", folder))
    )


def _says_draft(name: str) -> bool:
    stem = name.rpartition(".")[0]
    return not stem.replace("-", "").isdigit() and _means_draft(_DIGITS.sub("0", stem))


@lru_cache(maxsize=1_000)
def _folder_means_draft(name: str) -> bool:
    from sitrep.lexicon.waiting.unfinished import is_waiting_folder

    return is_waiting_folder(name) or _means_draft(name)


@lru_cache(maxsize=10_000)
def _means_draft(name: str) -> bool:
    """True if a name without its numbers says draft in any language, and else only update, text or the like;
    or ends in such a word (``peace talks DRAFT``)."""
    from sitrep.lexicon.waiting.orders import order_to_wait
    from sitrep.lexicon.waiting.phrases import is_held_name, is_plainly_held, sets_draft_apart

    # With a capital, which sentences begin with: a word in small letters is nobody's name then.
    order = order_to_wait(f"{name[:1].upper()}{name[1:]}".replace("_", " "), last=True)
    return is_plainly_held(name) or sets_draft_apart(name) or is_held_name(name) or order is not None


def original_of(path: str) -> str:
    """The file that a conflict copy is a copy of: its path without the mark of the sync program."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + without_conflict(name)


def subject_of(receipt: str) -> str:
    """The file that a receipt or preview is about, by its name."""
    tails = (*_RECEIPTS, FORGET)
    return next((receipt[: -len(tail)] for tail in tails if receipt.lower().endswith(tail)), receipt)


def remark_on(path: str, sort: Sort) -> Problem | None:
    """What a writer must know of a file that is set aside for its name, or None if it is no surprise."""
    name = path.rpartition("/")[2]
    if sort is Sort.CONFLICT:
        return _two_people(path, original_of(path).rpartition("/")[2])
    if sort is Sort.UNREADABLE:
        fact = f"{path} is there and cannot be read; what was published from it stays as it is"
        remedy = "give the program the right to read it, or bring its drive back"
        return Problem(path=path, fact=fact, remedy=remedy)
    ending = os.path.splitext(name.lower())[1]
    if sort is not Sort.OTHER or ending in PICTURE_SUFFIXES:
        return None
    kind = f"a name that ends in {ending}" if ending else "a name without an ending"
    return Problem(
        path=path,
        severity=Severity.WARNING,
        fact=f"only plain text is published, and {name} has {kind}",
        remedy="save it as plain text, with a name that ends in .txt or .md, and drop that",
    )


def _two_people(path: str, original: str) -> Problem:
    copy = path.rpartition("/")[2]
    if is_old_version(copy):
        return Problem(
            path=path,
            fact=f"this is an older version of {original}, as a sync program keeps it",
            remedy=f"to bring it back, copy its text into {original}; then delete {copy}",
        )
    return Problem(
        path=path,
        fact=f"this is another version of {original}: both were changed at the same time",
        remedy=f"open the two, bring what is missing into {original}, then delete {copy}",
    )
