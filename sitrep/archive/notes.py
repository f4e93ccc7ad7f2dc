"""What the program notes in the archive about itself: one name for each note."""

from __future__ import annotations

from enum import StrEnum


class Note(StrEnum):
    """A note of ``Archive.meta`` and ``Archive.set_meta``, by what it tells."""

    SCHEMA = "schema"
    """Which tables the archive has."""
    PROGRAM = "program"
    """The program that made the archive: another one makes it anew."""
    THEME = "theme"
    """The templates by which every page was made."""
    CONFIG = "config"
    """The fingerprint of everything the configuration is made from, and the checked configuration."""
    LEXICON = "lexicon"
    """The compiled word lists of the site's language, for the next start."""
    LEDGER = "ledger"
    """The months of the ledger as last seen."""
    TIPS = "tips"
    """The last records of every month of the ledger as last seen."""
    KEPT_BACK = "kept-back"
    """Keys of updates that no file holds, and whose deletion nobody has confirmed."""
    DOUBTED = "doubted"
    """Paths of files that are not there, and whose deletion nobody has confirmed."""
    PENDING = "pending"
    """Artifacts that are still to be written."""
    SESSION = "session"
    """Whether the program that wrote last has stopped cleanly."""
    OUTPUT = "output"
    """Which folder output/ was."""
    SEALED = "sealed"
    """Whether the sums of output/ are those of what stands there."""
    EDITIONS = "editions"
    """Languages into which something was translated."""
    OLDER = "older"
    """When the last older texts came while somebody watched: many, one after the other, are an import."""
    LEFT = "left"
    """Files that hold words of what was forgotten, and the digests of their bytes."""
    LAST = "last-publish"
    """When something was last written (RFC 3339, UTC)."""
