"""YAML text becomes plain values, and every key knows the line it was written on.

The one door to PyYAML. Nothing is guessed: every scalar is the text the author typed, save that an
empty one, ``~`` and ``null`` are None; ``no``, ``0777``, ``12:30`` and ``2024-12-06`` stay text, and who
wants a number or a date converts it. Built from parser events with a stack of our own, so that neither
depth nor aliases can exhaust memory, and no tag can name a Python object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from sitrep.base.errors import SitrepError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, field
from sitrep.config.yaml_faults import explain_syntax

if TYPE_CHECKING:
    import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

MAX_NODES = 100_000
"""Values of one document, each alias counted with everything it stands for."""
MAX_DEPTH = 32
MAX_PROBLEMS = 20

_FORBIDDEN = lazy_pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")  # YAML 1.1 would count them as line ends
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
# "!" alone forbids a guess, and nothing is guessed here: importers of blogs wrote it before every title.
_TEXT_TAGS = frozenset(
    ("!", *("tag:yaml.org,2002:" + t for t in ("str", "int", "float", "bool", "null", "timestamp")))
)
_GROUP_TAGS = frozenset(("!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"))


class YamlError(SitrepError):
    """The text is no YAML that can be used; ``problems`` holds every fault found, in order of lines."""


class _Node(Struct):
    value: Value
    line: int
    weight: int = 1
    inner: dict[str | int, _Node] = field(default_factory=dict)


class Document(Struct, frozen=True, kw_only=True):
    """The value of a text, and where each part of it stands."""

    value: Value
    """Texts, None, lists and dicts; None for an empty document."""
    _root: _Node

    def line(self, *keypath: str | int) -> int:
        """The line of the key (or list entry) at that path; of its nearest known parent if there is none.

        ``line("fronts", 2, "name")``. Counted as ``load`` was told to.
        """
        node = self._root
        for key in keypath:
            child = node.inner.get(key)
            if child is None:
                break
            node = child
        return node.line


class _OpenNode(Struct):
    """A list or mapping that is still being read."""

    node: _Node
    anchor: str | None
    is_map: bool
    key: str | None = None
    key_line: int = 0


class _Stop(Exception):
    """The rest of the text is not worth reading; the last problem says why."""


def load(text: str, path: str, first_line: int = 1) -> Document:
    """Read one YAML document.

    ``path`` names the file in messages; ``first_line`` is the number of the text's first line in it, for
    front matter that does not begin its file. Raises YamlError with all faults found: a duplicate key with
    both lines, a tag, a key that is no text, an unknown alias, too many or too deeply nested values, and
    the first fault of syntax.
    """
    text = _cleaned(text, path, first_line)
    builder = _Builder(text, path, first_line)
    try:
        for event in _events(text):
            builder.take(event)
    except _Stop:
        pass
    except _marked_error() as error:
        builder.problems.append(_syntax_problem(error, builder))
    if builder.problems:
        raise YamlError(*sorted(builder.problems, key=lambda p: p.line or 0))
    root = builder.root or _Node(None, first_line)
    return Document(value=root.value, _root=root)


def _cleaned(text: str, path: str, first_line: int) -> str:
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.translate(_ODD_BREAKS)
    if bad := _FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start())
        raise YamlError(
            Problem(
                path=path,
                line=first_line + line,
                fact=f"a character that no page can show (U+{ord(bad[0]):04X})",
                remedy="delete it and type the text anew",
            )
        )
    return text


def _events(text: str) -> Iterator[Any]:
    import yaml

    # libyaml reads a header ten times faster; where it is missing, PyYAML's own parser gives the same events.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(text, Loader=loader)


def _marked_error() -> type[yaml.MarkedYAMLError]:
    import yaml

    return yaml.MarkedYAMLError


def _syntax_problem(error: yaml.MarkedYAMLError, builder: _Builder) -> Problem:
    said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    mark = error.problem_mark or error.context_mark
    if error.context_mark and re.search("quoted scalar|simple key|flow (sequence|mapping|node)", said):
        mark = error.context_mark  # where it began; the parser noticed lines later
    line = min(mark.line if mark else 0, builder.last_line())
    if "cannot start any token" in said and mark and builder.line_text(line)[mark.column :].startswith("\t"):
        said = "tab"
    return builder.problem(line, *explain_syntax(said))


class _Builder:
    """A value under construction; ``take`` is told every parser event in order."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.root: _Node | None = None
        self.problems: list[Problem] = []
        self._text = text
        self._path = path
        self._first_line = first_line
        self._stack: list[_OpenNode] = []
        self._anchors: dict[str, _Node] = {}
        self._weight = 0

    def take(self, event: Any) -> None:
        """Add what one event says. Raises _Stop where reading on is of no use."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._open(event, is_map=kind == "MappingStartEvent")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._close()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent" and self.root is not None:
            self._refuse(event, "a second document begins here", "remove the line of three dashes")

    def problem(self, line: int, fact: str, remedy: str) -> Problem:
        """A problem at the text's line ``line``, counted from 0."""
        quote = self.line_text(line).strip()[:80] or None
        return Problem(path=self._path, line=self._first_line + line, fact=fact, remedy=remedy, quote=quote)

    def last_line(self) -> int:
        """The number of the last line with anything on it, counted from 0; 0 for an empty text."""
        return self._text.rstrip().count("\n")

    def line_text(self, line: int) -> str:
        """The text's line ``line``, counted from 0; empty after its end."""
        lines = self._text.split("\n", line + 1)
        return lines[line] if line < len(lines) else ""

    def _report(self, event: Any, fact: str, remedy: str) -> None:
        self.problems.append(self.problem(event.start_mark.line, fact, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _refuse(self, event: Any, fact: str, remedy: str) -> None:
        self._report(event, fact, remedy)
        raise _Stop

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        top = self._stack[-1] if self._stack else None
        if event.tag and event.tag not in _TEXT_TAGS:
            self._tagged(event)
        if top and top.is_map and top.key is None:
            self._key(event, top, text)
            return
        plain_null = event.style in (None, "") and event.tag is None and text in _NULLS
        self._place(_Node(None if plain_null else text, self._line(event)), event.anchor, event)

    def _key(self, event: Any, top: _OpenNode, text: str) -> None:
        line = self._line(event)
        if text == "<<" and event.style in (None, ""):
            self._report(event, "merge keys (<<) are not read", "write the keys out")
        elif text in top.node.inner:
            before = top.node.inner[text].line
            fact = f'the key "{text}" stands twice: on line {before} and on line {line}'
            self._report(event, fact, "keep one of the two lines")
        elif not text:
            self._report(event, "a colon without a key before it", "write a key, or put the text in quotes")
        top.key, top.key_line = text, line

    def _open(self, event: Any, *, is_map: bool) -> None:
        if event.tag and event.tag not in _GROUP_TAGS:
            self._tagged(event)
        top = self._stack[-1] if self._stack else None
        if top and top.is_map and top.key is None:
            self._refuse(event, "a key that is no plain text", "put the key, or the whole text, in quotes")
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"values nested more than {MAX_DEPTH} deep", "use fewer brackets or indents")
        self._stack.append(_OpenNode(_Node({} if is_map else [], self._line(event)), event.anchor, is_map))
        self._weigh(1, event)

    def _close(self) -> None:
        frame = self._stack.pop()
        self._attach(frame.node, frame.anchor)

    def _alias(self, event: Any) -> None:
        top = self._stack[-1] if self._stack else None
        if top and top.is_map and top.key is None:
            self._refuse(event, "a key that is no plain text", "put the key in quotes")
        known = self._anchors.get(event.anchor)
        if known is None:
            fact = f"*{event.anchor} repeats a value that is not named anywhere above"
            self._report(event, fact, "if the text begins with a star, put it in quotes")
            known = _Node(None, self._line(event))
        self._place(known, None, event)

    def _place(self, node: _Node, anchor: str | None, event: Any) -> None:
        self._weigh(node.weight, event)
        self._attach(node, anchor)

    def _attach(self, node: _Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.node.weight += node.weight
        if isinstance(top.node.value, list):
            top.node.inner[len(top.node.value)] = node
            top.node.value.append(node.value)
        elif isinstance(top.node.value, dict) and top.key is not None:
            # The line of an entry is the line of its key, wherever its value begins.
            here = _Node(node.value, top.key_line, node.weight, node.inner)
            top.node.inner.setdefault(top.key, here)
            top.node.value.setdefault(top.key, node.value)
            top.key = None

    def _weigh(self, weight: int, event: Any) -> None:
        self._weight += weight
        if self._weight > MAX_NODES:
            self._refuse(event, f"more than {MAX_NODES:,} values, repeated ones counted", "write less")

    def _tagged(self, event: Any) -> None:
        tag = event.tag.removeprefix("tag:yaml.org,2002:")
        self._report(event, f'the YAML tag "{tag}" is not read', "remove it; if it is text, put it in quotes")

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return self._first_line + line
