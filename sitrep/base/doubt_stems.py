"""The kinds of words that make doubt together: ``sitrep.lexicon.doubt`` has the rules."""

from __future__ import annotations

from enum import StrEnum


class Stem(StrEnum):
    """What a word can add to a mark of doubt that several words make (sitrep.lexicon.doubt)."""

    NOT = "not"
    """Not, nobody, without, awaiting."""
    CHECK = "check"
    """Confirm, verify, confirmation."""
    OPEN = "open"
    """What takes a confirmation back after it: is pending, is lacking, and "not" where that stands last."""
    UNCHECKED = "unchecked"
    """Doubt by itself: unverified, unconfirmed."""
    SOURCE = "source"
    """Report, account, claim, video, document, figures."""
    SOFT = "soft"
    """What makes one doubtful, before or after it: leaked, conflicting, unnamed, differ."""
    DETAIL = "detail"
    """Number, fate, cause."""
    UNKNOWN = "unknown"
    FOLK = "folk"
    """Some, residents, neighbours."""
    TELL = "tell"
    """Tell of, speak of, claim to have seen."""
    TALK = "talk"
    """Rumor, word, gossip."""
    SPREAD = "spread"
    MAY = "may"
    """The conditional of hearsay, with what is said to be done after it: seraient + touchés."""
    DONE = "done"
    UNNAMED = "unnamed"
    PERSON = "person"
    """Officer, official, doctor: with the one before no source that can be asked."""
    ALLEGED = "alleged"
    """With a crime beside it no doubt of the author: alleged fraud."""
    CRIME = "crime"
