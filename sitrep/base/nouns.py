"""The nouns: frozen values that every room passes on and none of them changes.

``reading`` makes them from text, ``sorting`` gives items their fronts, ``identity`` fills in what only
history knows (keys, numbers, stamps, revisions), ``pages`` and ``feeds`` turn them into bytes. Text
fields hold what the author wrote, NFC-normalised, without characters that XML forbids; ``Item.text``
and ``Passage.text`` are Markdown source, one paragraph or several parted by a blank line.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple

from sitrep.base.claim import Followed
from sitrep.base.say import printable
from sitrep.base.values import Struct, replace

_TOLD = 10
"""Corrections of an item that its own page tells, and wordings that its file for newsrooms holds."""


class Certainty(StrEnum):
    """How sure the author's own words are. Never added to."""

    SAID = "said"
    REPORTED = "reported"
    STATEMENT = "statement"
    RUMOR = "rumor"


class Role(StrEnum):
    """What became of a line of a source; every non-blank line has exactly one."""

    ITEM = "item"
    HEADING = "heading"
    LEDE = "lede"
    DISCLAIMER = "disclaimer"
    SIGNOFF = "signoff"
    OUTRO = "outro"
    BOILERPLATE = "boilerplate"
    """It comes in every update, as ``boilerplate:`` says: shown on the page, and in no feed."""
    DATELINE = "dateline"
    DROPPED = "dropped"


class Source(Struct, frozen=True, kw_only=True):
    """One file of ``feeds/``, decoded and normalised; its text uses ``\\n`` only."""

    path: str
    """Relative to feeds/, with ``/``, valid UTF-8 (bytes that are not are replaced)."""
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    text: str


class Passage(Struct, frozen=True, kw_only=True):
    """Text of an update that is no item: kept on its page, never sorted."""

    role: Role
    """LEDE, DISCLAIMER, OUTRO, BOILERPLATE or SIGNOFF."""
    text: str
    line: int


class Picture(Struct, frozen=True, kw_only=True):
    """An image an item names; it lies beside the text."""

    file: str
    """Name relative to the source's folder, as the author wrote it."""
    alt: str
    place: str = ""
    """Where it is published, ``media/0123456789abcdef.jpg``; empty if it is not, or not looked for yet."""
    type: str = ""
    """``image/jpeg``; this and what follows is that of the published picture."""
    length: int = 0
    """In bytes."""
    width: int = 0
    height: int = 0
    """In pixels."""


class Revision(Struct, frozen=True, kw_only=True):
    """An earlier wording of an item, and when a later one took its place (UTC)."""

    at: dt.datetime
    before: str
    after: str
    correction: bool = False
    """A reader should know: after the grace time, and more than spelling or punctuation."""
    reason: str | None = None


class Withdrawal(Struct, frozen=True, kw_only=True):
    """An item or update taken back (UTC), or whose words stand elsewhere now."""

    at: dt.datetime
    reason: str | None = None
    to: str = ""
    """Where its words stand now: the key of an update, or of one of its items ``2024-11-26/3``."""
    heir: bool = False
    """What is there has its id: of an update, that one was this one under another date."""
    forgotten: bool = False
    """It was forgotten, for people in danger."""


class Return(Struct, frozen=True, kw_only=True):
    """An item or update that had been taken back was published again (UTC)."""

    gone: dt.datetime
    """When it was taken back."""
    at: dt.datetime
    reason: str | None = None
    """Why it was taken back."""


class WithdrawnItem(Struct, frozen=True, kw_only=True):
    """What is left of an item that was taken back: its number and its last front, no words."""

    number: int
    front: str
    published: dt.datetime
    at: dt.datetime
    reason: str | None = None
    into: int | None = None
    """Number of the item that holds its words now and has an id of its own: it was merged into another."""
    opinion: bool = False
    """It was the authors' own view."""
    to: str = ""
    """Where its words stand now, ``2024-11-26/3``, where that is in another update."""
    origin: str = ""
    """What it first came out as, where that was in another update."""
    forgotten: bool = False
    """It was forgotten, for people in danger."""

    @property
    def moved(self) -> bool:
        """True if its id went to another update with it."""
        return bool(self.to) and self.into is None


OWN_VIEW = "opinion"
"""The id of what authors say of their own view; no front has it."""


class EndedReport(NamedTuple):
    """What an update said on a front until that was put to other fronts, or taken back in part."""

    front: str
    """Or the authors' own view."""
    at: dt.datetime
    """When (UTC)."""
    to: str
    """The front on which the first of its items stands since then."""


class Hearsay(Struct, frozen=True, kw_only=True):
    """What makes an item a rumor, in the author's words."""

    gist: str
    """The sentence that tells it, as plain text."""
    slug: str
    """Words its claim may be called by: ``coup-damascus``."""
    places: tuple[str, ...] = ()
    """Where it is said to happen, by that sentence or else by the nearest one before it."""


class Naming(Struct, frozen=True, kw_only=True):
    """What an item says that opens with a claim's name: ``Refuted: coup-damascus. They were at work.``"""

    words: str
    """The same without the claim's key: ``Refuted. They were at work.``"""
    rest: str
    """What it says besides what became of the claim; nothing if that is all."""


class Item(Struct, frozen=True, kw_only=True):
    """The smallest thing that is sorted, linked and syndicated: one bullet or paragraph."""

    text: str
    line: int
    """First line in the source, counted from 1."""
    front: str
    """Id of a configured front."""
    certainty: Certainty = Certainty.SAID
    by: str | None = None
    """Who made the statement, in the author's words; with Certainty.STATEMENT, and with a rumor stated so."""
    places: tuple[str, ...] = ()
    """Canonical names of configured places the text names, in order of mention."""
    reason: str = ""
    """Why this front, in words a writer understands."""
    opinion: bool = False
    """The authors' own view (evaluation, analysis), not a report."""
    depth: int = 0
    """Nesting: 0 for a top-level bullet or paragraph."""
    pictures: tuple[Picture, ...] = ()
    claim: str | None = None
    """The claim the author names: its key, ``[claim: KEY]``, or an item that tells it, ``2024-12-06/R1``."""
    claim_state: str | None = None
    """What the author says became of it, ``[claim: KEY, refuted]``; None where only the key is given."""
    naming: Naming | None = None
    """Only where its text opens with the name of a claim."""
    hearsay: Hearsay | None = None
    """Only with a rumor."""
    followed: Followed | None = None
    """Only with items of a claim; known once the ledger has seen them."""
    number: int = 0
    """Sticky number within its update, from 1; 0 until the ledger has seen the item."""
    origin: str = ""
    """What it first came out as, ``2024-12-05/3``, where that was in another update: its id for ever."""
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    revisions: tuple[Revision, ...] = ()
    returns: tuple[Return, ...] = ()
    """Oldest first."""
    lang: str = ""
    """Language of its words where that is not the site's."""
    untranslated: bool = False
    """In a translation: it stands in the words of the original."""
    outdated: dt.datetime | None = None
    """In a translation: when the words of the original became other ones than were translated (UTC)."""

    @property
    def words(self) -> str:
        """Its text as readers see it: the key of a claim is none of their business."""
        return self.naming.words if self.naming and self._claim_is_known else self.text

    @property
    def outcome(self) -> str:
        """What it says of its claim besides what became of that."""
        return self.naming.rest if self.naming and self._claim_is_known else self.text

    @property
    def gist(self) -> str:
        """The sentence that tells its rumor, or what it says of one; empty if it does neither."""
        return self.hearsay.gist if self.hearsay and self._claim_is_known else ""

    @property
    def _claim_is_known(self) -> bool:
        """False of ``Confirmed: anti-tank missiles came``, as long as no claim has that name."""
        claim = self.claim
        return not claim or bool(self.followed and ("/" in claim or claim == self.followed.key))

    @property
    def corrections(self) -> tuple[Revision, ...]:
        """What was put right that a reader should know of, oldest first."""
        return tuple(revision for revision in self.revisions if revision.correction)

    @property
    def latest_corrections(self) -> tuple[Revision, ...]:
        """Those that its own page tells: the first and the latest ones. The pages of corrections have all."""
        return _first_and_latest(self.corrections)

    @property
    def latest_revisions(self) -> tuple[Revision, ...]:
        """Those that its file for newsrooms holds, so that it does not grow with each edit for ever."""
        return _first_and_latest(self.revisions)


def _first_and_latest(told: tuple[Revision, ...]) -> tuple[Revision, ...]:
    return told if len(told) <= _TOLD else (told[0], *told[1 - _TOLD :])


class Section(Struct, frozen=True, kw_only=True):
    """A heading (or none) with the items that follow it, in the author's order."""

    heading: str | None
    line: int
    level: int = 1
    items: tuple[Item, ...] = ()


class Update(Struct, frozen=True, kw_only=True):
    """One dated text, the unit writers think in."""

    date: dt.date
    line: int
    """The dateline's line, or 1 where the date stands in front matter or the file name."""
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...] = ()
    time: dt.time | None = None
    """Wall-clock time the author gave, in ``zone`` or else in the site's zone."""
    zone: str | None = None
    title: str | None = None
    """Headline in the author's words: front matter, or a subtitle under the dateline."""
    lang: str | None = None
    author: str | None = None
    summary: str | None = None
    key_points: tuple[str, ...] = ()
    correction: str | None = None
    """The author's note on what was put right."""
    withdraw: str | None = None
    """The author's reason for taking the whole update back."""
    draft: bool = False
    publish_at: dt.datetime | None = None
    """Embargo: not before this instant (UTC)."""
    source: str = ""
    """Path of the source it came from; never shown to readers."""
    key: str = ""
    """``2024-12-06``, the second that day ``2024-12-06-2``; empty until the ledger has seen it."""
    origin: str = ""
    """The key it first came out under, where that was of another date: its id for ever."""
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    exact: bool = False
    """``published`` is a moment given or seen, not the noon that stands for a bare date."""
    withdrawn: Withdrawal | None = None
    withdrawn_items: tuple[WithdrawnItem, ...] = ()
    left: tuple[EndedReport, ...] = ()
    """Fronts on which it says nothing any more, because its items were put to others."""
    returns: tuple[Return, ...] = ()
    """Oldest first."""
    translates: str = ""
    """What it is a translation of: a key, or the path of the original without its ending."""
    translations: tuple[Update, ...] = ()
    """Its translations, one a language in order of language; their items have the numbers of its own, their
    sections are parallel to its own. One that was taken back has no words."""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the author's order."""
        return tuple(chain.from_iterable([section.items for section in self.sections]))

    def with_items(self, items: tuple[Item, ...]) -> Update:
        """The same update with its items replaced one for one, in the same order."""
        rest = iter(items)
        sections = tuple(replace(s, items=tuple(islice(rest, len(s.items)))) for s in self.sections)
        return replace(self, sections=sections)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures its items name, in the author's order, then those of its translations."""
        own = tuple(
            picture
            for section in self.sections
            for item in section.items
            if item.pictures
            for picture in item.pictures
        )
        return own + tuple(picture for translation in self.translations for picture in translation.pictures)

    @property
    def fronts(self) -> tuple[str, ...]:
        """Ids of the fronts its items stand in, in order of first appearance."""
        return tuple(dict.fromkeys(item.front for item in self.items))

    @property
    def month(self) -> str:
        """``2024-12``."""
        return self.date.isoformat()[:7]

    def passages_of(self, *roles: Role) -> tuple[Passage, ...]:
        """Its passages of one role, in the author's order, then those of the next."""
        return tuple(p for role in roles for p in self.passages if p.role is role)


PLACE = "@"
"""Before the name of a place, where what is said of it is asked for as that of a front is."""


class Report(Struct, frozen=True, kw_only=True):
    """What one update says on one front, or of one place (``@Homs``)."""

    update: Update
    front: str

    @property
    def items(self) -> tuple[Item, ...]:
        """The update's items of this front, or that name this place, in the author's order."""
        if self.front.startswith(PLACE):
            name = self.front[len(PLACE) :]
            return tuple([item for item in self.update.items if name in item.places])
        return tuple([item for item in self.update.items if item.front == self.front])


class Line(Struct, frozen=True, kw_only=True):
    """The fate of one non-blank line of a source."""

    number: int
    role: Role
    text: str
    update: int | None = None
    """Index into ``Reading.updates``; None for lines of no update."""
    item: int | None = None
    """Index into that update's ``items``, for role ITEM."""
    reason: str = ""


class Severity(StrEnum):
    """ERROR: not published. WARNING: published, the writer should look. NOTE: for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(Struct, frozen=True, kw_only=True):
    """One message to a person: place, fact, remedy.

    Printed as ``{path}:{line}: {fact}`` and ``  hint: {remedy}``.
    """

    path: str
    fact: str
    remedy: str
    line: int | None = None
    severity: Severity = Severity.ERROR
    quote: str | None = None
    topics: tuple[str, ...] = ()
    """What it tells of, where that is told to the writers of a folder once."""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        lines = [f"{place}: {self.fact}"]
        if self.quote:
            lines.append(f"  > {self.quote}")
        if self.remedy:
            lines.append(f"  hint: {self.remedy}")
        return "\n".join(map(printable, lines))


def warning(path: str, line: int | None, fact: str, remedy: str, quote: str | None = None) -> Problem:
    """A problem with which a text is published all the same; the writer should look."""
    return Problem(path=path, line=line, fact=fact, remedy=remedy, severity=Severity.WARNING, quote=quote)


def note(path: str, line: int | None, fact: str, remedy: str, *topics: str) -> Problem:
    """A problem for information; ``topics`` are told to the writers of a folder once."""
    return Problem(path=path, line=line, fact=fact, remedy=remedy, severity=Severity.NOTE, topics=topics)


class Reading(Struct, frozen=True, kw_only=True):
    """Everything one source says: its updates, the fate of every line, and what the writer must know.

    With a problem of severity ERROR there are no updates: the source is refused as a whole, and
    its last good version stays online.
    """

    updates: tuple[Update, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """True if the source cannot be published as it is."""
        return any(p.severity is Severity.ERROR for p in self.problems)
