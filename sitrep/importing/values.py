"""What an import finds and makes: frozen values that its report is written from."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem, Reading, Severity, Update
from sitrep.base.values import Struct, replace

NO_DATE = "no date found"
GIVE_DATE = "give one: --date 2024-12-07"


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
        silent = {name for name in self.__struct_fields__ if getattr(self, name) in (None, False)}
        return replace(self, **{name: getattr(other, name) for name in silent})


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


class ImportFindings(Struct, frozen=True, kw_only=True):
    """Everything one import found."""

    kind: str
    """``web page``, ``file``, ``WordPress export``, ``Jekyll folder``."""
    drops: tuple[Drop, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def odd(self) -> Counter[str]:
        """How often each construct was not understood."""
        return Counter(name for drop in self.drops for name in drop.odd)


def not_installed(origin: str, what: str, fault: ImportError) -> SiteError:
    """That reading something needs a library which is not there."""
    fact = f"reading {what} needs a library that is not installed: {fault.name}"
    remedy = "install the extra: pip install 'sitrep-feed[import]'"
    return SiteError(Problem(path=origin, fact=fact, remedy=remedy))


def left_out(reading: Reading, origin: str) -> LeftOut:
    """Why a text that gives no updates was not taken over."""
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    fact = errors[0].fact if errors else NO_DATE
    return LeftOut(origin=origin, reason=fact, remedy=GIVE_DATE if fact.startswith(NO_DATE) else "")


def days_of(updates: tuple[Update, ...]) -> tuple[dt.date, ...]:
    """The days of updates, oldest first, each once."""
    return tuple(sorted({update.date for update in updates}))
