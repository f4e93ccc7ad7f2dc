"""What an import finds and makes: frozen values that its report is written from."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sitrep.base.nouns import Update
from sitrep.base.values import Struct


class Details(Struct, frozen=True, kw_only=True):
    """What is known of a text beside its words; what is None is looked for in the text itself."""

    title: str | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    author: str | None = None
    lang: str | None = None
    source: str | None = None
    """Who published it first: a name."""
    address: str | None = None
    """Where it was first published: an address of the web."""
    licence: str | None = None
    draft: bool = False
    publish: str | None = None
    """When it is to come out, as front matter says it."""

    def over(self, other: Details) -> Details:
        """These details, and the other's where these are silent."""
        mine = {name: getattr(self, name) for name in self.__struct_fields__}
        rest = {name: getattr(other, name) for name in self.__struct_fields__}
        return Details(
            **{name: rest[name] if value in (None, False) else value for name, value in mine.items()}
        )


class Removed(Struct, frozen=True, kw_only=True):
    """A line that was no part of what was written."""

    text: str
    reason: str


class Drop(Struct, frozen=True, kw_only=True):
    """A text as it goes into feeds/."""

    name: str
    """Path below the folder it goes to."""
    text: str
    origin: str
    """Where it was found, as a person would say."""
    dates: tuple[dt.date, ...] = ()
    """The days of its updates."""
    items: int = 0
    draft: bool = False
    removed: tuple[Removed, ...] = ()
    odd: tuple[str, ...] = ()
    """Constructs of another program that were not understood and taken out, once for each time."""


class LeftOut(Struct, frozen=True, kw_only=True):
    """A text that was not taken over, and why."""

    origin: str
    reason: str
    remedy: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """Everything one import found."""

    kind: str
    """``web page``, ``file``, ``WordPress export``, ``Jekyll folder``."""
    drops: tuple[Drop, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def odd(self) -> Counter[str]:
        """How often each construct was not understood."""
        return Counter(name for drop in self.drops for name in drop.odd)


def days_of(updates: tuple[Update, ...]) -> tuple[dt.date, ...]:
    """The days of updates, oldest first, each once."""
    return tuple(sorted({update.date for update in updates}))
