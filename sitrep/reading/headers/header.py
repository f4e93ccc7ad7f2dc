"""Turns the keys and values of a header into what they say of the update."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping, Sequence

from sitrep.base.nouns import Problem, Severity, Source, note, warning
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, field, replace
from sitrep.config.values import Config
from sitrep.lexicon.language_of import language_of
from sitrep.lexicon.phrases import fold
from sitrep.lexicon.waiting.keys import truth_of
from sitrep.reading.dates.datelines import impossible_date
from sitrep.reading.dates.dates import Dated, dated
from sitrep.reading.dates.zones import tzinfo_of
from sitrep.reading.headers.held_entries import Entry, PublishingEntry, doubt_inside, one_text, said_of
from sitrep.reading.markup.foreign_marks import without_marks
from sitrep.reading.words import words_of

KEYS = (
    "title", "date", "lang", "author", "summary", "key", "draft", "publish", "correction", "withdraw",
    "translates", "chat",
)  # fmt: skip
_SAID = words_of("header")
ALIASES = {alias: key for key, aliases in _SAID["aliases"].items() for alias in aliases.split()}
"""Other names of these keys, as ``key_name`` has them; so are all that follow."""
FOREIGN = frozenset(_SAID["foreign"].split())
"""Keys that other programs write for themselves: nobody need hear of them."""
DATES = tuple(_SAID["dates"].split())
"""Keys of other programs that tell the day where ``date`` is missing, the surest first."""
_TEXTS = frozenset(("title", "author", "summary", "correction"))
_LETTERS = lazy_pattern(r"[\W_]+")
_COUNTED = lazy_pattern(r"1\d{9}(?:\d{3})?")
_UPDATE_KEY = lazy_pattern(r"\d{4}-\d\d-\d\d(?:-[1-9]\d{0,2})?")
_LANG = lazy_pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def key_name(key: str) -> str:
    """A key as it is looked up: ``Report date``, ``report_date`` and ``reportDate`` are one."""
    return _LETTERS.sub("", key).lower()


class Header(Struct, kw_only=True):
    """What stands above the text; ``body`` is the number of lines it takes."""

    body: int = 0
    date: dt.date | None = None
    time: dt.time | None = None
    zone: str | None = None
    title: str | None = None
    lang: str | None = None
    author: str | None = None
    summary: str | None = None
    key_points: tuple[str, ...] = ()
    draft: bool = False
    publish_at: dt.datetime | None = None
    correction: str | None = None
    withdraw: str | None = None
    translates: str = ""
    """Key of the update that this is a translation of."""
    chat: bool | None = None
    """Whether names before words are those of senders, which go; None where the writer has not said."""
    date_line: int | None = None
    problems: list[Problem] = field(default_factory=list)


def fault(source: Source, line: int, fact: str, remedy: str) -> Problem:
    return Problem(path=source.path, line=line, fact=fact, remedy=remedy)


class Filler:
    """Takes the entries of a header one by one. Faults that could publish what should wait are errors."""

    def __init__(self, source: Source, config: Config, header: Header) -> None:
        self._source = source
        self._config = config
        self._header = header
        self._unused: list[Entry] = []
        self._near: list[str] = []
        self._dates: dict[str, Entry] = {}
        self._takers: Mapping[str, Callable[[Entry], None]] = {
            "date": self._date, "time": self._time, "lang": self._lang, "key": self._key,
            "translates": self._translates, "chat": self._chat,
        }  # fmt: skip

    def fill(self, entries: Sequence[Entry]) -> None:
        """Take all entries, and say what was not understood."""
        for entry in entries:
            name = key_name(entry[0])
            name = ALIASES.get(name, name)
            if name in DATES:
                self._dates.setdefault(name, entry)
            if name in _TEXTS:
                setattr(self._header, name, self._one(entry))
            elif name in self._takers:
                self._takers[name](entry)
            elif name in FOREIGN:
                pass
            elif said := said_of(entry[0], entry[1], self._config):
                self._hold(entry[2], said)
                continue
            elif name not in DATES:
                self._near += difflib.get_close_matches(name, (*KEYS, *ALIASES), 1, 0.7)
                self._unused.append(entry)
            if doubt := doubt_inside(entry):
                self._fault(*doubt)
        if self._header.date is None and self._header.translates:
            self._header.date = dt.date.fromisoformat(self._header.translates[:10])
        if self._header.date is None:
            self._other_date()
        if self._unused:
            self._tell_unused()

    def _other_date(self) -> None:
        """The day by another key than ``date``, if its value is one."""
        for name in DATES:
            entry = self._dates.get(name)
            if entry and (value := one_text(entry[1])) and self._dated(value).date is not None:
                self._date(entry)
                return

    def _tell_unused(self) -> None:
        """All keys that are not used, in one message."""
        names = ", ".join(entry[0] for entry in self._unused)
        told = note(
            self._source.path,
            self._unused[0][2],
            f"not used here: {names}",
            f"did you mean {', '.join(self._near)}?" if self._near else "nothing to do",
            *(f"key {entry[0]}" for entry in self._unused),
        )
        severity = Severity.WARNING if self._near else Severity.NOTE
        self._header.problems.append(replace(told, severity=severity))

    def _hold(self, line: int, said: PublishingEntry) -> None:
        header = self._header
        if said.fault:
            self._fault(line, *said.fault)
            return
        header.draft = header.draft or said.draft
        if said.publish_at:
            # Of two moments the later counts: neither line may be the one that was forgotten.
            header.publish_at = max(header.publish_at or said.publish_at, said.publish_at)
        header.withdraw = said.withdraw if said.withdraw is not None else header.withdraw

    def _fault(self, line: int, fact: str, remedy: str) -> None:
        self._header.problems.append(fault(self._source, line, fact, remedy))

    def _warn(self, line: int, fact: str, remedy: str) -> None:
        self._header.problems.append(warning(self._source.path, line, fact, remedy))

    def _one(self, entry: Entry) -> str | None:
        if isinstance(entry[1], dict):
            self._warn(entry[2], f'"{entry[0]}" should be a text', f"write {entry[0]}: text")
            return None
        said = one_text(entry[1])
        return " ".join(without_marks(said).text.split()) or None if said else None

    def _lang(self, entry: Entry) -> None:
        value = self._one(entry)
        if value and _LANG.fullmatch(value):
            self._header.lang = value.replace("_", "-")
        elif value:
            self._warn(entry[2], f'"{value}" is no language code', "write for example lang: en")

    def _translates(self, entry: Entry) -> None:
        """The key of an update, or the day of the only one there is."""
        value = self._one(entry) or ""
        day, rest = (value[:10], value[10:]) if _UPDATE_KEY.fullmatch(value) else (value, "")
        when = self._dated(day)
        if when.date is not None:
            self._header.translates = f"{when.date}{rest}"
            return
        fact = f'"{value[:60]}" names no update that this could be a translation of'
        remedy = f"write the date of the original, for example {entry[0]}: 2024-12-06"
        self._fault(entry[2], fact, remedy)

    def _chat(self, entry: Entry) -> None:
        self._header.chat = truth_of(self._one(entry) or "")
        if self._header.chat is None:
            fact = f'"{entry[0]}" says neither yes nor no'
            remedy = (
                "write chat: yes to leave out who sent each line, or chat: no to publish all as it stands"
            )
            self._fault(entry[2], fact, remedy)

    def _key(self, entry: Entry) -> None:
        value = entry[1].split("\n") if isinstance(entry[1], str) else entry[1]
        points = value if isinstance(value, list) else []
        texts = (" ".join(p.split()).lstrip("-–•! ") for p in points if isinstance(p, str))
        self._header.key_points += tuple(t for t in texts if t)

    def _dated(self, value: str) -> Dated:
        """A date as English, the site's language or else the text's or its own writes it, or as a program
        counts it, in seconds or milliseconds since 1970."""
        if _COUNTED.fullmatch(value):
            at = dt.datetime.fromtimestamp(int(value[:10]), tzinfo_of(self._config.site.timezone))
            value = f"{at:%Y-%m-%d %H:%M}"
        order, usual = self._config.dates.order, ("en", self._config.site.language)
        when = dated(fold(value), order=order, languages=usual)
        if when.date is None and when.impossible is None:
            lang = self._header.lang or language_of(self._source.text, usual[1]).lang
            own = [tag for tag in (lang, language_of(value, usual[1]).lang) if tag and tag not in usual]
            if own:
                return dated(fold(value), order=order, languages=(*usual, *own))
        return when

    def _when(self, entry: Entry) -> Dated | None:
        value = self._one(entry)
        if value is None:
            return None
        when = self._dated(value)
        if when.date is not None:
            return when
        if when.impossible:
            self._fault(entry[2], *impossible_date(when.impossible, self._config.dates.order))
        else:
            fact = f'"{entry[0]}" is not a date: {value[:60]}'
            self._fault(entry[2], fact, f"write for example {entry[0]}: 2024-12-07")
        return None

    def _date(self, entry: Entry) -> None:
        header, when = self._header, self._when(entry)
        if when is not None:
            header.date, header.date_line = when.date, entry[2]
            header.time, header.zone = when.time or header.time, when.zone or header.zone

    def _time(self, entry: Entry) -> None:
        when = dated(fold(self._one(entry) or ""), order="dmy")
        if when.time:
            self._header.time, self._header.zone = when.time, when.zone
