"""What the type check found in a configuration becomes problems with line, fact and remedy in plain words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sitrep.base.nouns import Problem, Severity
from sitrep.base.values import Struct, field, fields
from sitrep.config.delivery import Announce, Target
from sitrep.config.parts import ConfigPart
from sitrep.config.values import Config, Corrections, Dates, Feeds, Front, Limits, Place, Site, Trust, Watch
from sitrep.config.word_lists import Lexicon
from sitrep.config.yaml import Document

Keypath: TypeAlias = tuple[str | int, ...]
Finding: TypeAlias = Mapping[str, Any]
"""One finding of the type check: its ``type``, ``loc``, ``input`` and ``ctx``."""

SECTIONS: Mapping[str, type[ConfigPart]] = {
    "site": Site, "dates": Dates, "limits": Limits, "feeds": Feeds, "corrections": Corrections,
    "watch": Watch, "trust": Trust, "announce": Announce,
}  # fmt: skip

_EXAMPLES = {
    "title": "title: and the name of the site",
    "id": "id: north (lower-case letters, digits and hyphens)",
    "name": "name: and the name readers see",
    "site": "site: and below it, indented, title: and the name of the site",
    "fronts": "fronts: and below it a list, each entry a name, or name: and places:",
}
_AT = "write latitude and longitude in degrees, for example at: [35.13, 36.75]"
_LIST = "write one entry a line, each after a dash"


class Faults(Struct, frozen=True):
    """The problems found so far in one text."""

    path: str
    document: Document
    found: list[Problem] = field(default_factory=list)

    def add(self, keypath: Keypath, fact: str, remedy: str, severity: Severity = Severity.ERROR) -> None:
        """One more problem, at the line of that key."""
        line = self.line(keypath)
        problem = Problem(path=self.path, line=line, fact=fact, remedy=remedy, severity=severity)
        if problem not in self.found:
            self.found.append(problem)

    def line(self, keypath: Keypath) -> int:
        """The line of that key."""
        return self.document.line(*keypath)


def class_at(keypath: Keypath) -> type[ConfigPart] | None:
    """The class whose keys may stand at that place of config.yaml."""
    match keypath:
        case ():
            return Config
        case ("fronts", int()):
            return Front
        case ("deploy", int()):
            return Target
        case ("fronts", int(), "places", int()):
            return Place
        case ("languages", str()):
            return Lexicon
        case (str() as section,):
            return SECTIONS.get(section)
    return None


def name_of(keypath: Keypath, value: Any) -> str:
    """A keypath as a person would say it: ``fronts.western.places.Hama.at``; entries by id or name."""
    words: list[str] = []
    for key in keypath:
        if isinstance(key, str):
            value = value.get(key) if isinstance(value, dict) else None
            words.append(key)
            continue
        value = value[key] if isinstance(value, list) and key < len(value) else None
        label = value.get("id") or value.get("name") if isinstance(value, dict) else None
        words.append(label if isinstance(label, str) and label else f"entry {key + 1}")
    return short(".".join(words))


def short(text: str) -> str:
    """The text, cut where it would fill a screen."""
    return text if len(text) <= 80 else text[:79] + "…"


def choice(written: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """A remedy that names the likeliest of the allowed words, then all of them or ``otherwise``."""
    words = {word.lower(): word for word in sorted(allowed)}
    near = difflib.get_close_matches(written.lower(), words, n=1)
    guess = f"did you mean {words[near[0]]}? " if near else ""
    return guess + (otherwise or f"write one of: {', '.join(words.values())}")


def explain(finding: Finding, raw: Any, faults: Faults, root: type[ConfigPart] = Config) -> None:
    """Add what one finding means to the person who wrote the text; ``raw`` is the value that was checked."""
    keypath: Keypath = tuple(finding["loc"])
    kind, value, context = finding["type"], finding["input"], finding.get("ctx") or {}
    name, last = name_of(keypath, raw), keypath[-1] if keypath else ""
    if value is None or (kind == "too_short" and value):
        return  # an empty entry, or a list whose entries have faults of their own: told elsewhere
    if kind == "missing":
        example = _AT if isinstance(last, int) else f"write {_EXAMPLES.get(last, f'{last}:')}"
        faults.add(keypath[:-1], f"{name} is missing", example)
    elif kind == "unexpected_keyword_argument":
        faults.add(keypath, f'there is no key "{name}"', _known_key(keypath, root))
    elif kind == "literal_error":
        allowed = re.findall("'([^']*)'", context["expected"])
        faults.add(keypath, f"{name} cannot be {_shown(value)}", choice(str(value), allowed))
    elif kind in ("string_too_short", "too_short"):
        faults.add(keypath, f"{name} is empty", f"write {_EXAMPLES.get(str(last), 'a text')}")
    elif kind == "greater_than_equal":
        faults.add(keypath, f"{name} is {_shown(value)}, too little", f"write {context['ge']:g} or more")
    elif kind == "less_than_equal":
        faults.add(keypath, f"{name} is {_shown(value)}, too much", f"write {context['le']:g} or less")
    else:
        faults.add(keypath, *_wrong_kind(kind, name, value, keypath, root))


def _wrong_kind(
    kind: str, name: str, value: Any, keypath: Keypath, root: type[ConfigPart]
) -> tuple[str, str]:
    """Fact and remedy where a value is of another kind than the key wants."""
    shown = _shown(value)
    if "at" in keypath[-2:]:
        return f"{name} is {shown}, not a latitude and a longitude", _AT
    if kind.startswith(("int_", "float_")):
        whole = "a whole number" if kind.startswith("int_") else "a number"
        return f"{name} is {shown}, not {whole}", f"write {whole}{_default(keypath)}"
    if kind.startswith("bool_"):
        return f"{name} is {shown}, neither true nor false", "write true or false"
    if kind == "string_type" and isinstance(value, dict) and isinstance(keypath[-1], int):
        return f"{name} is read as a key with a value", "put the whole text in quotes, for its colon"
    if kind == "string_type":
        return f"{name} is {shown}, not a text", "write one text after the colon, in quotes if need be"
    if kind == "tuple_type":
        return f"{name} is {shown}, not a list", _LIST
    owner = root if not keypath else class_at(keypath)
    keys = owner.__struct_fields__ if owner else ()
    inside = f": {', '.join(keys)}" if keys else ""
    return f"{name} is {shown}, but has keys of its own", f"write its keys below it, indented{inside}"


def _known_key(keypath: Keypath, root: type[ConfigPart]) -> str:
    """The remedy for an unknown key: the nearest that is known there, or the section it belongs to."""
    *above, key = keypath
    owner = root if not above else class_at(tuple(above))
    known = owner.__struct_fields__ if owner else ()
    near = difflib.get_close_matches(str(key).lower(), known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    homes = [name for name, section in SECTIONS.items() if key in section.__struct_fields__]
    if homes and root is Config:
        return f"write it below {homes[0]}:, indented"
    return f"remove it; the keys here are: {', '.join(known)}"


def _default(keypath: Keypath) -> str:
    owner = class_at(keypath[:-1])
    for known in fields(owner) if owner else ():
        if known.name == keypath[-1] and isinstance(known.default, int | float):
            return f", for example {known.name}: {known.default}"
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    return f'"{short(str(value))}"'
