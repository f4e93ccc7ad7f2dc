"""Turns the header of a text (YAML, TOML or ``Key: value`` lines) into what it says of the update."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sitrep.config import Config
from sitrep.model import Problem, Severity, Source
from sitrep.reading.datelines import impossible_date
from sitrep.reading.dates import Dated, dated
from sitrep.reading.vocabulary import fold
from sitrep.reading.zones import tzinfo_of

KEYS = (
    "title", "date", "lang", "author", "summary", "key", "draft", "publish", "correction", "withdraw",
)  # fmt: skip
_ALIASES = {
    "headline": "title", "language": "lang", "locale": "lang", "authors": "author", "by": "author",
    "byline": "author", "description": "summary", "subtitle": "summary", "excerpt": "summary",
    "keys": "key", "key_points": "key", "key points": "key", "highlights": "key", "publish_at": "publish",
    "publishdate": "publish", "publish_date": "publish", "embargo": "publish", "withdrawn": "withdraw",
    "published": "published", "status": "status", "corrections": "correction", "time": "time",
}  # fmt: skip
_FOREIGN = frozenset((
    "layout", "slug", "tag", "tags", "category", "categories", "permalink", "url", "alias", "aliases", "type",
    "template", "weight", "image", "images", "cover", "thumbnail", "featured", "toc", "math", "comments",
    "uuid", "guid", "series", "keywords", "modified", "updated", "lastmod", "last_modified_at", "expirydate",
    "sitemap", "menu", "order", "parent", "redirect_from", "source", "link", "license", "version", "format",
    "outputs", "cascade", "params", "extra", "taxonomies", "email", "copyright", "header", "classes", "id",
    "eleventynavigation", "pin", "sticky", "name", "topic", "topics", "created", "save_as", "lead", "hero",
))  # fmt: skip
_LINE = re.compile(r"([A-Za-z][\w -]{0,30}?)\s*:(?:\s+(.*)|$)")
_SIMPLE = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+([^\s\[\]{}&*!|>'\"%@`#,?:-][^#]*?))?[ \t]*$")
_LONGEST_SIMPLE = 1000
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TRUE, _FALSE = frozenset(("true", "yes", "on", "1")), frozenset(("false", "no", "off", "0", ""))


@dataclass(slots=True, kw_only=True)
class Header:
    """What stands in the header; ``body`` is the number of lines it takes."""

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
    date_line: int | None = None
    problems: list[Problem] = field(default_factory=list)


_Entry = tuple[str, Any, int]
"""Key, value and line."""


def read_header(source: Source, lines: Sequence[str], config: Config) -> Header:
    """The header of a source, empty if it has none. Faults that could publish what should wait are errors."""
    header = Header()
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start == len(lines):
        return header
    first = lines[start].rstrip()
    entries: list[_Entry]
    if first in ("---", "+++"):
        end = _end_of_fenced(lines, start + 1, first)
        if end is None:
            return header
        header.body = end + 1
        read = _yaml if first == "---" else _toml
        entries = read(source, lines[start + 1 : end], start + 2, header)
    else:
        entries, header.body = _key_lines(lines, start)
    if entries:
        _Filler(source, config, header).fill(entries)
    return header


def _end_of_fenced(lines: Sequence[str], start: int, fence: str) -> int | None:
    """The closing line; None where the first one is only a rule above the text."""
    ends = ("---", "...") if fence == "---" else ("+++",)
    for position in range(start, min(len(lines), start + 200)):
        if lines[position].rstrip() in ends:
            block = [line for line in lines[start:position] if line.strip()]
            is_header = not block or _LINE.match(block[0]) or block[0].lstrip().startswith(("#", "{", '"'))
            return position if is_header or (fence == "+++") else None
    return None


def _yaml(source: Source, lines: Sequence[str], first: int, header: Header) -> list[_Entry]:
    simple = _simple_yaml(lines, first)
    if simple is not None:
        return simple
    from sitrep.yamltext import YamlError, load

    try:
        document = load("\n".join(lines), source.path, first)
    except YamlError as fault:
        header.problems += fault.problems
        return []
    if document.value is None:
        return []
    if not isinstance(document.value, dict):
        header.problems.append(
            _fault(source, first, "the front matter is no list of keys", "write key: text")
        )
        return []
    return [(key, value, document.line(key)) for key, value in document.value.items()]


def _simple_yaml(lines: Sequence[str], first: int) -> list[_Entry] | None:
    """Lines of plain ``key: text``, which need no YAML parser; None if there is anything else."""
    entries: list[_Entry] = []
    seen = set()
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        if len(line) > _LONGEST_SIMPLE:
            return None
        m = _SIMPLE.match(line)
        if m is None or m[1] in seen or (m[2] and (": " in m[2] or m[2][-1] == ":")) or "\t" in line:
            return None
        seen.add(m[1])
        entries.append((m[1], None if m[2] in ("null", "~", "Null", "NULL", None) else m[2], number))
    return entries


def _toml(source: Source, lines: Sequence[str], first: int, header: Header) -> list[_Entry]:
    import tomllib

    try:
        values = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        found = re.search(r"line (\d+)", str(fault))
        line = first + int(found[1]) - 1 if found else first
        header.problems.append(
            _fault(source, line, "the front matter is not valid TOML", "correct it, or remove it")
        )
        return []
    places = {
        m[1]: n for n, x in enumerate(lines, first) if (m := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", x))
    }
    return [(key, _as_text(value), places.get(key, first)) for key, value in values.items()]


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, dict) else str(value)


def _key_lines(lines: Sequence[str], start: int) -> tuple[list[_Entry], int]:
    """Header lines without fences (Pelican, MultiMarkdown, a mail): up to the first line that is none.

    A line with an unknown key belongs to the header if a known one follows in the same block.
    """
    entries: list[_Entry] = []
    taken, known = start, 0
    for position in range(start, min(len(lines), start + 60)):
        line = lines[position]
        if entries and line[:1] in (" ", "\t") and line.strip():
            key, value, number = entries[-1]
            entries[-1] = (key, f"{value or ''} {line.strip()}".strip(), number)
        else:
            m = _LINE.match(line)
            if m is None or not (entries or _is_key(m[1], opening=True)):
                break
            entries.append((m[1], (m[2] or "").strip() or None, position + 1))
        if _is_key(entries[-1][0], opening=len(entries) == 1):
            taken, known = position + 1, len(entries)
    return (entries[:known], taken) if known else ([], 0)


def _is_key(name: str, *, opening: bool) -> bool:
    folded = name.strip().lower()
    if folded in (
        "by",
        "time",
        "source",
        "link",
        "order",
        "id",
        "key",
        "status",
        "type",
        "published",
        "updated",
    ):
        return not opening
    if folded in KEYS or folded in _ALIASES:
        return folded not in ("correction", "corrections", "highlights", "summary") or not opening
    if folded in _FOREIGN:
        return folded in ("layout", "slug", "tags", "category", "categories", "permalink") or not opening
    return not opening and bool(difflib.get_close_matches(folded, KEYS, 1, 0.8))


def _fault(source: Source, line: int, fact: str, remedy: str) -> Problem:
    return Problem(path=source.path, line=line, fact=fact, remedy=remedy)


class _Filler:
    """Takes the entries one by one into a header."""

    def __init__(self, source: Source, config: Config, header: Header) -> None:
        self._source = source
        self._config = config
        self._header = header
        self._foreign: list[_Entry] = []
        self._takers: Mapping[str, Callable[[_Entry], None]] = {
            "title": self._title,
            "date": self._date,
            "time": self._time,
            "lang": self._lang,
            "author": self._author,
            "summary": self._summary,
            "key": self._key,
            "draft": self._draft,
            "published": self._published,
            "status": self._status,
            "publish": self._publish,
            "correction": self._correction,
            "withdraw": self._withdraw,
        }

    def fill(self, entries: Sequence[_Entry]) -> None:
        """Take all entries, and say what was not understood."""
        for entry in entries:
            name = entry[0].strip().lower()
            name = name if name in KEYS else _ALIASES.get(name, name)
            if name in self._takers:
                self._takers[name](entry)
            elif name in _FOREIGN:
                self._foreign.append(entry)
            else:
                self._unknown(entry, name)
        if self._foreign:
            names = ", ".join(entry[0] for entry in self._foreign)
            self._note(self._foreign[0][2], f"not used here: {names}", "nothing to do", Severity.NOTE)

    def _note(self, line: int, fact: str, remedy: str, severity: Severity) -> None:
        self._header.problems.append(
            Problem(path=self._source.path, line=line, fact=fact, remedy=remedy, severity=severity)
        )

    def _unknown(self, entry: _Entry, name: str) -> None:
        near = difflib.get_close_matches(name, (*KEYS, *_ALIASES), 1, 0.6)
        remedy = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(KEYS)}"
        self._note(entry[2], f'unknown key "{entry[0]}" in the front matter', remedy, Severity.WARNING)

    def _one(self, entry: _Entry) -> str | None:
        """The value as one text; a list is joined with commas."""
        value = entry[1]
        if isinstance(value, list):
            value = ", ".join(str(v) for v in value if isinstance(v, str))
        if isinstance(value, dict):
            self._note(
                entry[2], f'"{entry[0]}" should be a text', f"write {entry[0]}: text", Severity.WARNING
            )
            return None
        return " ".join(value.split()) or None if isinstance(value, str) else None

    def _title(self, entry: _Entry) -> None:
        self._header.title = self._one(entry)

    def _author(self, entry: _Entry) -> None:
        self._header.author = self._one(entry)

    def _summary(self, entry: _Entry) -> None:
        self._header.summary = self._one(entry)

    def _correction(self, entry: _Entry) -> None:
        self._header.correction = self._one(entry)

    def _lang(self, entry: _Entry) -> None:
        value = self._one(entry)
        if value and _LANG.fullmatch(value):
            self._header.lang = value.replace("_", "-")
        elif value:
            self._note(
                entry[2], f'"{value}" is no language code', "write for example lang: en", Severity.WARNING
            )

    def _key(self, entry: _Entry) -> None:
        value = entry[1]
        points = (
            value if isinstance(value, list) else (value or "").split("\n") if isinstance(value, str) else []
        )
        texts = (" ".join(p.split()).lstrip("-–•! ") for p in points if isinstance(p, str))
        self._header.key_points += tuple(t for t in texts if t)

    def _when(self, entry: _Entry) -> Dated | None:
        value = self._one(entry)
        if value is None:
            return None
        languages = ("en", self._config.site.language)
        when = dated(fold(value), order=self._config.dates.order, languages=languages)
        if when.date is not None:
            return when
        if when.impossible:
            wrong = impossible_date(when.impossible, self._config.dates.order)
            self._header.problems.append(_fault(self._source, entry[2], wrong.fact, wrong.remedy))
        else:
            remedy = f"write for example {entry[0]}: 2024-12-07"
            self._header.problems.append(
                _fault(self._source, entry[2], f'"{entry[0]}" is not a date: {value[:60]}', remedy)
            )
        return None

    def _date(self, entry: _Entry) -> None:
        when = self._when(entry)
        if when is not None:
            self._header.date, self._header.date_line = when.date, entry[2]
            self._header.time, self._header.zone = (
                when.time or self._header.time,
                when.zone or self._header.zone,
            )

    def _time(self, entry: _Entry) -> None:
        when = dated(fold(self._one(entry) or ""), order="dmy")
        if when.time:
            self._header.time, self._header.zone = when.time, when.zone

    def _publish(self, entry: _Entry) -> None:
        """The instant of an embargo; a bare date is its first moment in the site's zone."""
        when = self._when(entry)
        if when is None or when.date is None:
            return
        try:
            zone = tzinfo_of(when.zone or self._config.site.timezone)
        except ValueError:
            zone = dt.UTC
        local = dt.datetime.combine(when.date, when.time or dt.time(), zone)
        try:
            self._header.publish_at = local.astimezone(dt.UTC)
        except OverflowError:
            self._header.problems.append(
                _fault(self._source, entry[2], "no such time", "write for example publish: 2024-12-07 06:00")
            )

    def _truth(self, entry: _Entry) -> bool | None:
        value = (self._one(entry) or "").lower()
        if value in _TRUE:
            return True
        if value not in _FALSE:
            self._header.problems.append(
                _fault(
                    self._source,
                    entry[2],
                    f'"{entry[0]}" is neither true nor false: {value[:40]}',
                    f"write {entry[0]}: true or {entry[0]}: false",
                )
            )
        return False

    def _draft(self, entry: _Entry) -> None:
        self._header.draft = self._header.draft or bool(self._truth(entry))

    def _published(self, entry: _Entry) -> None:
        """``published: false`` is a draft elsewhere; a date there is of no use here."""
        if (self._one(entry) or "").lower() in ("false", "no"):
            self._header.draft = True
        else:
            self._foreign.append(entry)

    def _status(self, entry: _Entry) -> None:
        if (self._one(entry) or "").lower() in ("draft", "hidden", "private"):
            self._header.draft = True
        else:
            self._foreign.append(entry)

    def _withdraw(self, entry: _Entry) -> None:
        """A reason; a bare yes withdraws without giving one."""
        value = self._one(entry)
        if value is None or value.lower() in _FALSE:
            return
        self._header.withdraw = "" if value.lower() in _TRUE else value
