"""Turns HTML and the marks of site generators in a line into Markdown: what has a sign there gets it, the
rest is left out, so that no reader sees a tag.

Code in backticks is let alone; what is no tag ("a < b", "<address@host>") stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.base.shipped import shipped_rows

_NAME = r"[A-Za-z][A-Za-z0-9]{0,24}(?::[A-Za-z][A-Za-z0-9]{0,15})?(?:-[A-Za-z0-9]{1,24}){0,3}"
_ATTRIBUTES = r"(?:\s{1,9}[\w:@.-]{1,60}(?:\s?=\s?(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]{1,300}))?){0,40}"
_FOUND = lazy_pattern(
    r"(?P<code>(?P<ticks>`{1,3})(?!`)[^`]*(?P=ticks))"
    rf"|<(?P<close>/?)(?P<name>{_NAME})(?P<attributes>{_ATTRIBUTES})\s{{0,9}}(?P<alone>/?)>"
    r"|(?P<template>\{%[^{}]{0,400}%\}|\{\{[<%][^{}]{0,400}[>%]\}\}"
    r"|\{\{-?\s?(?:(?P<variable>[A-Z]\w{0,20})|[a-z_\"'][^{}\n]{0,400})\s?\}\}|\{:[^{}]{0,200}\})"
    r"|\[!\[(?P<alt>[^\[\]]{0,300})\]\((?P<picture><[^<>]{0,500}>|[^()\s]{1,500})[^()\n]{0,200}\)\]"
    r"\((?P<to><[^<>]{0,500}>|[^()\s]{1,500})[^()\n]{0,200}\)"
    r"|(?<!!)\[\[(?:[^\[\]|\n]{1,200}\|)?(?P<page>[^\[\]|\n]{1,200})\]\](?![(\[])"
    r"|(?<!!)\[\s?\]\((?P<wordless>https?://[^()\s]{1,500})\)"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});)"
)
_ATTRIBUTE = lazy_pattern(r"([\w:@.-]+)\s?=\s?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))")
_HEADING_ID = lazy_pattern(r"^(#{1,6} .*?\S|.*?\S(?=\s*\{#))\s*\{[:#.][^{}\s]{0,120}[^{}]{0,60}\}\s*$")
_PICTURE = lazy_pattern(r"!\[([^\[\]]{0,300})\]\(([^()\n]{1,500})\)")
_LEADS_NOWHERE = lazy_pattern(r"(?<!!)\[([^\[\]\n]{1,300})\]\(\s*\)")
"""A link whose address a generator would have put in."""
_TABLE = shipped_rows("reading/markup/html_elements.tsv")
_ELEMENTS = [(kind, names.split(), "".join(sign)) for kind, names, *sign in _TABLE]
_PAIRS = {name: sign for kind, names, sign in _ELEMENTS if kind == "pair" for name in names}
_INLINE, _BLOCKS, _LOST = (frozenset(names) for kind, names, _ in _ELEMENTS if kind != "pair")
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_HIGH = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SIGNS = frozenset("\\`*_{}[]<>()#+-.!|~&\"'=:/")
"""What an entity stands for so that it is no mark: it stays one."""


class Plain(NamedTuple):
    """A line without foreign marks."""

    text: str
    lost: tuple[str, ...] = ()
    """Names of the elements whose content is not shown."""
    template: bool = False
    """There was a mark of a site generator."""


def has_marks(text: str) -> bool:
    """True if there may be anything to take out of a text."""
    return "<" in text or "{" in text or "&" in text or "[![" in text or "[](" in text or "[[" in text


def without_marks(line: str) -> Plain:
    """The line with Markdown in place of HTML and entities, and without marks of templates. Linear time."""
    if "{" in line:
        line = _HEADING_ID.sub(r"\1", line)
    made = _Line()
    at, end = 0, len(line.rstrip())
    for found in _FOUND.finditer(line):
        made.put(line[at : found.start()])
        at = found.end()
        if found["name"]:
            made.take_tag(found, at >= end)
        elif found["template"]:
            made.template = True
            made.put(found["variable"] or (" " if made.parts(line[at : at + 1]) else ""))
        elif found["picture"]:
            made.put(_linked_picture(found["alt"].strip(), found["picture"], found["to"]))
        elif bare := found["wordless"] or found["page"]:
            page, _, part = bare.partition("#") if found["page"] else (bare, "", "")
            made.put(page or part)
        elif found["entity"]:
            made.put(_letter(found["entity"]))
        else:
            made.put(found[0])
    if not at:
        return Plain(line)
    made.put(line[at:])
    text = "".join(made.pieces).rstrip()
    return Plain(_LEADS_NOWHERE.sub(r"\1", text) if made.template else text, tuple(made.lost), made.template)


@lru_cache(maxsize=1024)
def _letter(entity: str) -> str:
    char = unescape(entity)
    if char in _SIGNS or char == entity:
        return entity
    if char.isspace():
        return char if char in "\u00a0\u2002\u2003\u2009\u202f" else " "
    return "" if not char.isprintable() and char not in "\u200c\u200d\u200e\u200f\u00ad" else char


class _Line:
    """A line being put together."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lost: list[str] = []
        self.template = False
        self._open: dict[str, tuple[int, str]] = {}
        self._last = ""

    def put(self, piece: str) -> None:
        """Add a piece at its end."""
        self.pieces.append(piece)
        self._last = piece or self._last

    def parts(self, letter: str) -> bool:
        """True if a mark that goes stood between a sentence and this letter of the next one."""
        return letter.isalpha() and self._last[-1:] in (".", "!", "?")

    def take_tag(self, found: re.Match[str], last: bool) -> None:
        """Put what a tag stands for in its place; ``last``: nothing follows it."""
        name, closing = found["name"].lower(), bool(found["close"])
        if name in _PAIRS:
            self._pair(name, closing, found["attributes"])
        elif name in _HEADINGS or name == "li":
            opens = not closing and not "".join(self.pieces[-3:]).strip()
            self.put((_HEADINGS.get(name) or "- ") if opens else "" if last else " ")
        elif name == "img":
            self.put(_picture(found["attributes"]))
        elif name == "hr":
            self.put("***" if last and not "".join(self.pieces).strip() else " ")
        elif name in _BLOCKS:
            self.put("" if last or not self._ends_in_word() else " ")
        elif ":" in name:
            pass  # Of an office program: <o:p>.
        elif name in _LOST or (name not in _INLINE and "-" in name):
            self.lost += () if closing else (name,)
        elif closing and name not in _INLINE:
            self.lost.append(name)
        elif name not in _INLINE and not (found["alone"] or "=" in found["attributes"]):
            self.put(found[0])

    def _ends_in_word(self) -> bool:
        return bool(self._last.strip()) and not self._last[-1].isspace()

    def _pair(self, name: str, closing: bool, attributes: str) -> None:
        if not closing:
            self._open[name] = (len(self.pieces), attributes)
            return
        if name not in self._open:
            return
        start, given = self._open.pop(name)
        inner = "".join(self.pieces[start:])
        words = inner.strip()
        if words:
            before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
            inner = f"{before}{_marked(name, words, given)}{after}"
        del self.pieces[start:]
        self.put(inner)


def _marked(name: str, words: str, attributes: str) -> str:
    if name == "sup":
        return words.translate(_HIGH)
    if name == "sub":
        return words.translate(_LOW)
    if name == "a":
        to = _attribute(attributes, "href")
        if picture := _PICTURE.fullmatch(words):
            return _linked_picture(picture[1], picture[2], to)
        leads = to and to[0] != "#" and "{{" not in to and "]" not in words.replace("](", "")
        return f"[{words}]({_target(to)})" if leads else words
    return f"{_PAIRS[name]}{words}{_PAIRS[name]}"


def _picture(attributes: str) -> str:
    source = _attribute(attributes, "src")
    alt = re.sub(r"[\[\]]", "", _attribute(attributes, "alt"))
    return f"![{alt}]({_target(source)})" if source and "{{" not in source else alt


def _linked_picture(alt: str, source: str, to: str) -> str:
    """A picture, and where it leads, unless that is the picture itself or known to templates only."""
    picture = "" if "{{" in source else f"![{alt}]({source})"
    if to == source or "{{" in to or not to.strip("<>").startswith(("http://", "https://")):
        return picture
    return f"{picture} [{alt}]({to})" if alt else f"{picture} {to.strip('<>')}"


def _target(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _attribute(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "").strip()
    return ""
