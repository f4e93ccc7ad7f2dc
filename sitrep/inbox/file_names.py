"""A path of the drop folder -> what it means by its name alone, before anything is read.

Editors, browsers and sync programs leave files of their own beside the writer's; the patterns below are
theirs. A pattern is as narrow as its program allows: these writers write about conflicts and drafts.
"""

from __future__ import annotations

import os
import re
from enum import StrEnum

from sitrep.base.nouns import Problem, Severity

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
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
    PARTIAL = "partial"
    HIDDEN = "hidden"
    OTHER = "other"


QUIET = frozenset({Sort.RECEIPT, Sort.PARTIAL, Sort.HIDDEN})
"""Names that nobody waits for: they are never read, and their coming and going starts nothing."""

_UNDER_WAY = re.compile(
    r""" .*~ | \#.*\# | ~\$.* | ~syncthing~.* | .*\.sb-[0-9a-f]{6,}-\w+
    | .*\. (?: sw[a-z] | te?mp | part | partial | filepart | crdownload | opdownload | download | aria2
             | bak | orig | kate-swp | lock ) """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
).fullmatch

_CONFLICT = re.compile(
    r""" \.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?   # Syncthing
    | [ ]?\([^()]*conflicted[ ]copy[^()]*\)             # Nextcloud, Dropbox
    | [_.]conflict-\d{8}-\d{6}                          # ownCloud
    | \.conflict(?=\.[^.]+$)                            # Resilio """,
    re.IGNORECASE | re.VERBOSE,
)

_PLAIN = re.compile(r"[\w ,–-]+\.(?:txt|md)").fullmatch

FORGET = ".forget"
_RECEIPTS = (ERROR, NOTE, PREVIEW)

_DOCUMENTS = frozenset(
    {".doc", ".docx", ".odt", ".rtf", ".pdf", ".pages", ".wpd", ".html", ".htm", ".eml", ".epub", ".rst"}
)


def sort_of(path: str) -> Sort:
    """What a path inside feeds/ means."""
    *folders, name = path.split("/")
    return sort_in(name, hidden=any(map(_hides, folders)), draft=any(map(_drafts, folders)))


def sort_in(name: str, *, hidden: bool = False, draft: bool = False) -> Sort:
    """What a name means inside a folder that is itself hidden, or holds drafts."""
    if hidden or name[0] == ".":
        return Sort.HIDDEN
    if "_" in name or not _PLAIN(name):
        lowered = name.lower()
        if _CONFLICT.search(name):
            return Sort.CONFLICT
        if lowered.endswith(_RECEIPTS):
            return Sort.RECEIPT
        if lowered.endswith(FORGET):
            return Sort.REQUEST
        if _UNDER_WAY(name):
            return Sort.PARTIAL
        suffix = os.path.splitext(lowered)[1]
        if suffix not in TEXT_SUFFIXES:
            return Sort.PICTURE if suffix in PICTURE_SUFFIXES and not draft else Sort.OTHER
    return Sort.DRAFT if draft or name[0] == "_" else Sort.TEXT


def is_hidden(folder: str) -> bool:
    """True if nothing in a folder of this name is looked at."""
    return _hides(folder)


def holds_drafts(folder: str) -> bool:
    """True if everything in a folder of this name is a draft."""
    return _drafts(folder)


def _hides(folder: str) -> bool:
    return folder.startswith(".")


def _drafts(folder: str) -> bool:
    return folder.startswith("_") or folder.lower() == "drafts"


def original_of(path: str) -> str:
    """The file that a conflict copy is a copy of: its path without the mark of the sync program."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + _CONFLICT.sub("", name, count=1)


def subject_of(receipt: str) -> str:
    """The file that a receipt or preview is about, by its name."""
    tails = (*_RECEIPTS, FORGET)
    return next((receipt[: -len(tail)] for tail in tails if receipt.lower().endswith(tail)), receipt)


def remark_on(path: str, sort: Sort) -> Problem | None:
    """What a writer must know of a file that is set aside for its name, or None if it is no surprise."""
    name = path.rpartition("/")[2]
    if sort is Sort.CONFLICT:
        return _two_people(path, original_of(path).rpartition("/")[2])
    if sort is not Sort.OTHER or os.path.splitext(name.lower())[1] not in _DOCUMENTS:
        return None
    return Problem(
        path=path,
        severity=Severity.WARNING,
        fact=f"only plain text is published, and {name} is another kind of document",
        remedy="save it as plain text, with a name that ends in .txt or .md, and drop that",
    )


def _two_people(path: str, original: str) -> Problem:
    copy = path.rpartition("/")[2]
    return Problem(
        path=path,
        fact=f"the file {copy} holds another version of {original}: both were changed at the same time",
        remedy=f"open the two, bring what is missing into {original}, then delete {copy}",
    )


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Text on one line that cannot steer a terminal or turn its neighbours round: such signs written out."""
    return _UNPRINTABLE.sub(lambda sign: repr(sign[0])[1:-1], text)
