"""Finds the header of a text (YAML, TOML, JSON or ``Key: value`` lines) and reads its keys and values."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from typing import Any

from sitrep.base.nouns import Source
from sitrep.base.patterns import lazy_pattern
from sitrep.base.say import without_controls
from sitrep.config.values import Config
from sitrep.lexicon.phrases import fold
from sitrep.lexicon.waiting.keys import meaning_of
from sitrep.reading.headers.header import ALIASES, DATES, FOREIGN, KEYS, Filler, Header, fault, key_name
from sitrep.reading.headers.header_lines import KEY_LINE, is_fence
from sitrep.reading.headers.held_back import held_key, is_header_like
from sitrep.reading.headers.held_entries import Entry, says_open
from sitrep.reading.rows import ends_sentence

_LINE = lazy_pattern(r"([^\W\d_][\w -]{0,30}?)\s*:(?:\s+(.*)|$)")
_SIMPLE = lazy_pattern(r"([A-Za-z_][\w-]*):(?:[ \t]+([^\s\[\]{}&*!|>'\"%@`#,?:-][^#]*?))?[ \t]*$")
_BRACED = lazy_pattern(r"---\s?(?:js|json|javascript)")
_LONGEST_SIMPLE = 1000
_LONGEST_HEADER = 200
_LONGEST_VALUE = 6
_QUOTES = "\"'“”„‟‘’«»"


def read_header(source: Source, lines: Sequence[str], config: Config) -> Header:
    """The header of a source, empty if it has none. Faults that could publish what should wait are errors."""
    header = Header()
    start = _first(lines, 0)
    if start == len(lines):
        return header
    first = lines[start].rstrip()
    entries: list[Entry] = []
    if (end := _end_of_braces(lines, start)) is not None:
        header.body = end + 1
        begin = start + (first != "{")
        # What JSON and a JavaScript object say, YAML understands as well.
        entries = _yaml(source, [*lines[begin:end], lines[end].replace("---", "")], begin + 1, header)
    elif first in ("---", "+++") and (end := _end_of_fenced(lines, start + 1, first)) is not None:
        header.body = end + 1
        read = _yaml if first == "---" else _toml
        # YAML and TOML can write a character as a number (\\x1b): only here is it one.
        found = read(source, lines[start + 1 : end], start + 2, header)
        entries = [(without_controls(key), _clean(value), line) for key, value, line in found]
        _check_lines(source, lines, start + 1, end, entries, header)
    elif is_fence(first):
        entries, header.body = _loosely_fenced(lines, start + 1)
    else:
        entries, header.body = _key_lines(lines, start, config)
    if entries:
        Filler(source, config, header).fill(entries)
    if header.body and (second := _second_header(lines, header.body)) is not None:
        fact = "a second header begins here, below the first one"
        header.problems.append(fault(source, second, fact, "bring both into one, between two lines ---"))
    return header


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return without_controls(value) if isinstance(value, str) else value


def _first(lines: Sequence[str], start: int) -> int:
    """Index of the first line that is not blank; the number of lines if there is none."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start


def _end_of_fenced(lines: Sequence[str], start: int, fence: str) -> int | None:
    """The closing line; None where the first one is only a rule above the text."""
    for position in range(start, min(len(lines), start + _LONGEST_HEADER)):
        line = lines[position].rstrip()
        if line == fence or (fence == "---" and line == "...") or is_fence(line):
            block = [line for line in lines[start:position] if line.strip()]
            is_header = not block or _LINE.match(block[0]) or block[0].lstrip().startswith(("#", "{", '"'))
            return position if is_header or (fence == "+++") else None
    return None


def _end_of_braces(lines: Sequence[str], start: int) -> int | None:
    """The last line of a header in braces, as Hugo has it, or Eleventy between ``---js`` and ``---``."""
    fenced = _BRACED.fullmatch(lines[start].rstrip()) is not None
    opening = _first(lines, start + 1) if fenced else start
    said = lines[opening].strip() if opening < len(lines) else ""
    if not said.startswith("{") or (not fenced and said != "{"):
        return None
    last = "---" if fenced else "}"
    ends = range(opening + 1, min(len(lines), opening + _LONGEST_HEADER))
    return next((n for n in ends if lines[n].rstrip() == last), None)


def _loosely_fenced(lines: Sequence[str], start: int) -> tuple[list[Entry], int]:
    """A header between lines of dashes such as phones make of ``---``; none if other lines stand there."""
    entries: list[Entry] = []
    for position in range(start, min(len(lines), start + _LONGEST_HEADER)):
        line = lines[position]
        if not line.strip():
            continue
        if is_fence(line):
            return (entries, position + 1) if any(_is_known(key) for key, _, _ in entries) else ([], 0)
        found = KEY_LINE.match(line)
        if found is None:
            return [], 0
        entries.append((found[1].strip(), found[2].strip().strip(_QUOTES).strip() or None, position + 1))
    return [], 0


def _check_lines(
    source: Source, lines: Sequence[str], start: int, end: int, entries: Sequence[Entry], header: Header
) -> None:
    """A line of YAML that was taken for a part of another one must not be one that holds the text back."""
    taken = {number for _, _, number in entries} | {problem.line for problem in header.problems}
    for number in range(start + 1, end + 1):
        line = lines[number - 1]
        if number in taken or line.lstrip().startswith("#"):
            continue
        found = KEY_LINE.match(line)
        if (key := held_key(line)) and not (found and says_open(found[1], found[2].strip(_QUOTES))):
            fact = f'"{key}" stands inside another key, where it is not understood'
            remedy = "begin the line without blanks, with the key, a colon and a blank"
            header.problems.append(fault(source, number, fact, remedy))


def _second_header(lines: Sequence[str], body: int) -> int | None:
    """Number of the line with which another header begins right below the first."""
    start = _first(lines, body)
    if start == len(lines) or not is_fence(lines[start]):
        return None
    return start + 1 if _loosely_fenced(lines, start + 1)[1] else None


def _is_known(key: str) -> bool:
    folded = key_name(key)
    return folded in KEYS or folded in ALIASES or folded in FOREIGN or meaning_of(key) is not None


def _yaml(source: Source, lines: Sequence[str], first: int, header: Header) -> list[Entry]:
    simple = _simple_yaml(lines, first)
    if simple is not None:
        return simple
    from sitrep.config.yaml import YamlError, load

    try:
        document = load("\n".join(lines), source.path, first)
    except YamlError as error:
        header.problems += error.problems
        return []
    if document.value is None:
        return []
    if not isinstance(document.value, dict):
        header.problems.append(fault(source, first, "the front matter is no list of keys", "write key: text"))
        return []
    return [(key, value, document.line(key)) for key, value in document.value.items()]


def _simple_yaml(lines: Sequence[str], first: int) -> list[Entry] | None:
    """Lines of plain ``key: text``, which need no YAML parser; None if there is anything else."""
    entries: list[Entry] = []
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


_DEEPEST = 50
"""Dots in a key, at most."""


def _toml(source: Source, lines: Sequence[str], first: int, header: Header) -> list[Entry]:
    import tomllib

    try:
        if any(line.partition("=")[0].count(".") > _DEEPEST for line in lines):
            raise RecursionError("the library takes a second for twenty thousand keys within keys")
        values = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = first + int(found[1]) - 1 if found else first
        header.problems.append(
            fault(source, line, "the front matter is not valid TOML", "correct it, or remove it")
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


def _key_lines(lines: Sequence[str], start: int, config: Config) -> tuple[list[Entry], int]:
    """Header lines without fences (Pelican, MultiMarkdown, a mail): up to the first line that is none. A line
    with an unknown key belongs to the header if a known one follows in the same block; with two known ones,
    among them the date or the title, the whole block does, unless it tells of a place."""
    entries: list[Entry] = []
    taken, known, position = start, 0, start
    for position in range(start, min(len(lines), start + 60)):
        # What looks as if it held the text back is a line of its own, however it is indented.
        line = lines[position].strip() if held_key(lines[position]) else lines[position]
        if entries and line[:1] in (" ", "\t") and line.strip():
            key, value, number = entries[-1]
            entries[-1] = (key, f"{value or ''} {line.strip()}".strip(), number)
        else:
            m = _LINE.match(line)
            if m is None or not (entries or _is_key(m[1], m[2], opening=True)):
                break
            entries.append((m[1], (m[2] or "").strip() or None, position + 1))
        if _is_key(*entries[-1][:2], opening=len(entries) == 1):
            taken, known = position + 1, len(entries)
    ended = not lines[position].strip() or position + 1 == len(lines)
    if ended and _is_all_header(entries, known, config):
        return entries, position
    return (entries[:known], taken) if known else ([], 0)


def _is_all_header(entries: Sequence[Entry], known: int, config: Config) -> bool:
    """True if lines below the last known key can only be more keys: short values, no name of the config."""
    keys = [key for key, value, _ in entries if _is_key(key, value, opening=False)]
    if len(keys) < 2 or not any(key_name(key) in ("date", "title", *DATES) for key in keys):
        return False
    names = {fold(n) for f in config.fronts for n in (f.id, f.name, f.short, *f.headings)}
    names |= {fold(n) for f in config.fronts for place in f.places for n in (place.name, *place.aliases)}
    return all(
        fold(key) not in names
        and (value or "").count(" ") < _LONGEST_VALUE
        and not ends_sentence(value or "")
        for key, value in ((key, value or "") for key, value, _ in entries[known:])
    )


def _is_key(name: str, value: str | None, *, opening: bool) -> bool:
    folded = key_name(name)
    if folded in ("by", "time", "source", "link", "order", "id", "key", "type", "updated"):
        return not opening
    if folded in KEYS or folded in ALIASES:
        return folded not in ("correction", "corrections", "highlights", "summary") or not opening
    meaning = meaning_of(folded)
    if meaning and meaning.exact:
        return is_header_like(name, value or "", meaning) or (meaning.kind == "status" and not opening)
    if folded in FOREIGN:
        return folded in ("layout", "slug", "tags", "category", "categories", "permalink") or not opening
    return not opening and bool(difflib.get_close_matches(folded, KEYS, 1, 0.8))
