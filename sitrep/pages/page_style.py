"""The style sheet of a site -> the rules that one page can use, and the policy that allows exactly these.

Every page carries its own style, so that it is one request and can be saved, mirrored or mailed by itself.
Most pages need a third of the sheet; the rest would be three quarters of the weight of a small one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct

STYLE, STYLE_HASH = "\x02style\x02", "\x02style-hash\x02"
"""Stand in a page where its style and the hash of that are put: no text has such characters."""

_CLASSES = lazy_pattern(r"""class=("[^"]*"|'[^']*'|[^\s"'>]+)""")
"""Begins with letters, so that it is found fast; ``data-class=`` keeps a rule more, which is no harm."""
_TAGS = lazy_pattern(r"<([a-zA-Z][a-zA-Z0-9]*)")
_SCRIPTS = lazy_pattern(r"<script>(.*?)</script>", re.S)
_WORDS = lazy_pattern(r"[\w-]+")
_PART = lazy_pattern(r"""(?P<open>\{)|(?P<close>\})|;|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_OPTIONAL = lazy_pattern(r"""\[(?:"[^"]*"|'[^']*'|[^\]"'])*\]|::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?""")
"""Parts of a selector that need no class or element, or not all they name: ``[lang=ar]``, ``:not(.a)``."""
_HAS = lazy_pattern(r":has\(([^(),]*)\)")
"""Needs what it names, all of it: it holds no list."""
_NAMES = lazy_pattern(r"([.#][\w-]+)|(?:^|[\s>+~])([a-zA-Z][\w-]*)")
_MARKED = lazy_pattern(r"\[dir=\w+\]|:lang\(\w+\)|\[[\w-]+\]")
_NOT = lazy_pattern(r":not\([^()]*\)")
_MARKS = tuple(lazy_pattern(rf"""({mark})=(?<=\s{mark}=)["']?([\w-]+)""") for mark in ("id", "dir", "lang"))
"""One for each, for what begins with letters is found fast: a page has ten thousand blanks."""
_IMPLIED = frozenset({"html", "head", "body", "tbody"})
"""Elements that a page has whether or not they are written."""
_APART = lazy_pattern(r"""(?:[^,(\["']|\((?:[^()]|\([^()]*\))*\)|\[(?:"[^"]*"|'[^']*'|[^\]"'])*\])+""")
"""One selector of a list."""
_USED = lazy_pattern(r"var\(\s*(--[\w-]+)")
_DEFINED = lazy_pattern(r"""(?<=[{;])(--[\w-]+):(?:[^;{}"'()]|"[^"]*"|'[^']*'|\([^()]*\))*(?:;|(?=\}))""")
_VARIANTS = 64


class _Rule(Struct, frozen=True):
    """A rule, or a group of them under a condition."""

    text: str
    """What stands before its braces in a group, after its selectors in a rule with such, else all of it."""
    selectors: tuple[tuple[str, frozenset[str]], ...] = ()
    """Each with the names of which a page must have all; none of a rule that is always kept."""
    group: tuple[_Rule, ...] = ()


class PageStyle:
    """The style sheet of a site, ready to be cut to a page."""

    def __init__(self, css: str) -> None:
        """``css``: minified. A sheet that is not understood is kept whole."""
        self._rules = tuple(_rules(css))
        self._known = frozenset((*_needed(self._rules), *_USED.findall(css)))
        self._attributes = [name for name in self._known if re.fullmatch(r"\[[\w-]+\]", name)]
        self._cut = lru_cache(_VARIANTS)(self._cut_to)

    def put_into(self, page: str) -> str:
        """The page with its style and the hash of that in their places."""
        marked = (name for name in self._attributes if name[1:-1] in page)
        css, digest = self._cut(self._known.intersection(_names_in(page)).union(marked))
        return page.replace(STYLE, css, 1).replace(STYLE_HASH, digest, 1)

    def _cut_to(self, names: frozenset[str]) -> tuple[str, str]:
        css = "".join(_kept(self._rules, names))
        used = names.union(_USED.findall(css))
        css = _DEFINED.sub(lambda found: found[0] if found[1] in used else "", css)
        return css, source_hash(css)


def source_hash(text: str) -> str:
    """An inline style or script as a content security policy allows it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _names_in(page: str) -> Iterator[str]:
    """Classes, elements, ids, languages and directions of a page, and all words of its scripts, which may
    make some of the first three."""
    yield from chain.from_iterable(map(_classes, set(_CLASSES.findall(page))))
    yield from map(str.lower, set(_TAGS.findall(page)))
    for mark in _MARKS:
        yield from chain.from_iterable(map(_marks, set(mark.findall(page))))
    if "var(" in page:
        yield from _USED.findall(page)
    yield from chain.from_iterable(map(_words, _SCRIPTS.findall(page)))


@lru_cache(64)
def _words(script: str) -> frozenset[str]:
    """The words of a script, as an element and as a class is named; pages have few different ones."""
    return frozenset(name for word in _WORDS.findall(script) for name in (word, f".{word}", f"#{word}"))


def _marks(mark: tuple[str, str]) -> tuple[str, ...]:
    """An attribute as selectors name it: ``#main``, ``[dir=rtl]``; ``ar-SY`` is ``:lang(ar)`` as well."""
    name, value = mark
    if name == "lang":
        return f":lang({value})", f":lang({value.partition('-')[0]})"
    return (f"#{value}" if name == "id" else f"[dir={value}]",)


@lru_cache(1024)
def _classes(value: str) -> tuple[str, ...]:
    """The classes that a value of the attribute names, as selectors do; pages have few different ones."""
    return tuple(f".{name}" for name in value.strip("\"'").split())


def _rules(css: str) -> Iterator[_Rule]:
    """The rules of a sheet; what cannot be told apart is one rule that is always kept."""
    begin = body = depth = 0
    for part in _PART.finditer(css):
        if part["open"]:
            body = body if depth else part.end()
            depth += 1
        elif part["close"]:
            depth -= 1
        if depth < 0:
            break
        if depth == 0 and part[0] in "};":
            whole = css[begin : part.end()]
            yield _rule(css[begin : body - 1], css[body - 1 : part.end()]) if part["close"] else _Rule(whole)
            begin = part.end()
    if css[begin:].strip():
        yield _Rule(css[begin:])


def _rule(before: str, block: str) -> _Rule:
    """``block``: the rule's braces with what is in them."""
    if before.startswith(("@media", "@supports")):
        return _Rule(before, group=tuple(_rules(block[1:-1])))
    selectors = _APART.findall(before)
    if before.startswith("@") or "\\" in before or not before or ",".join(selectors) != before:
        return _Rule(before + block)
    return _Rule(block, tuple((selector, _needs(selector)) for selector in selectors))


def _needs(selector: str) -> frozenset[str]:
    selector = _HAS.sub(r" \1", _NOT.sub("", selector))
    named = _NAMES.findall(_OPTIONAL.sub("", selector).strip())
    return frozenset((*(name or tag.lower() for name, tag in named), *_MARKED.findall(selector))) - _IMPLIED


def _needed(rules: Sequence[_Rule]) -> Iterator[str]:
    for rule in rules:
        yield from (name for _, names in rule.selectors for name in names)
        yield from _needed(rule.group)


def _kept(rules: Sequence[_Rule], names: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.group:
            inside = "".join(_kept(rule.group, names))
            if inside:
                yield f"{rule.text}{{{inside}}}"
        elif not rule.selectors:
            yield rule.text
        elif kept := [selector for selector, needs in rule.selectors if needs <= names]:
            yield ",".join(kept) + rule.text
