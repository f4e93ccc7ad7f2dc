"""The phrases of a lexicon in the form in which they are compared, and what each of them is."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

Words = tuple[str, ...]


class PhraseKind(IntEnum):
    """What a phrase of the scheme is."""

    PLACE = 0
    ACTOR = 1
    WORD = 2
    REPORTED = 3
    RUMOR = 4
    SPEAKS = 5
    STATEMENT = 6
    EXEMPT = 7
    """It contains a mark and hedges nothing."""
    STATES_NOTHING = 8
    """It contains a word of statements and states nothing."""
    LOOK_BACK = 9
    """What it opens is past."""
    DIPLOMACY = 10
    WHOLE = 11
    """All of the country is meant."""
    NATIONAL = 12
    """A body or matter of a whole country."""
    UPHEAVAL = 13
    """News so large that, unconfirmed, it is a rumor."""


class Part(IntEnum):
    """What a name is to the sentence it stands in."""

    BARE = 0
    AT = 1
    """Where it happens."""
    OUT_OF = 2
    """Where it comes from."""
    TOWARD = 3
    """Where it is heading, or what it is about."""
    GLOSS = 4
    """It explains an actor."""


# Bound once: in Python 3.11 reading a member off its class costs ten times a global.
(
    PLACE, ACTOR, WORD, REPORTED, RUMOR, SPEAKS, STATEMENT, EXEMPT, STATES_NOTHING, LOOK_BACK, DIPLOMACY,
    WHOLE, NATIONAL, UPHEAVAL,
) = PhraseKind  # fmt: skip
BARE, AT, OUT_OF, TOWARD, GLOSS = Part


class Phrase(NamedTuple):
    """A configured name or phrase in compared form."""

    kind: PhraseKind
    words: tuple[str, ...]
    front: str | None = None
    name: str = ""
    proper: bool = False
    """It is the place's own name, not an alias."""
    capital: int = 0
    """1: must begin with a capital in the text; 2: must be all capitals (US is not us)."""
    tail: tuple[str, ...] = ()
    """Words that must follow in the same sentence, after a few others."""
    rarest: int = 0
    """Index of the word it is looked up by: the rarest."""
    rivals: tuple[Phrase, ...] = ()
    """Places of several fronts that are spelled alike, itself among them."""
    speaks_for: str | None = None
    """The front of the government that a capital, or a party of elsewhere, stands for where it speaks."""


class WordPhrases(NamedTuple):
    """The phrases that are looked up by one word."""

    alone: tuple[Phrase, ...] = ()
    """Of that word only."""
    after: dict[str, tuple[Phrase, ...]] = {}  # noqa: RUF012 - never changed
    """Those that go on after it, by the next word."""
    before: dict[str, tuple[Phrase, ...]] = {}  # noqa: RUF012
    """Those that end with it, by the word before."""
    parted: tuple[Phrase, ...] = ()
    """Those with a tail after a gap."""


class HeadingName(NamedTuple):
    """One way a heading names a front."""

    words: Words
    front: str
    whole: bool
    """It must be the whole heading; otherwise it may stand anywhere in it."""
