"""A path a person names -> everything that can be imported from it, and what cannot, with the reason."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from sitrep.base.disk import read_own, reason_of
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.importing.article import FEWEST_WORDS, article, words
from sitrep.importing.site_folder import generator_of, texts
from sitrep.importing.telegram import chat, is_json, is_page_of_chat, page_of_chat
from sitrep.importing.values import Details, Drop, ImportFindings, LeftOut
from sitrep.importing.web_page import is_page, page
from sitrep.importing.wordpress import is_export, posts
from sitrep.reading.decoding.decode import decode

_LARGEST = 500_000_000
_LARGEST_PAGE = 20_000_000


def read(path: Path, given: Details, config: Config) -> ImportFindings:
    """What lies at a path. ``given`` is what the person says of it, and counts before all else. Raises
    SiteError if the path cannot be read at all, or an export is broken."""
    if path.is_dir():
        found = tuple(texts(path, config))
        name = generator_of(path)
        return _found(f"{name} folder" if name else "folder", found)
    content = _content(path)
    if is_export(content):
        return _found("WordPress export", tuple(_posts(content, path, given, config)))
    if is_json(content):
        return _found("chat of Telegram", (_chat(chat(content, path.name), path.name, given, config),))
    decoded = decode(path.name, content, limit=_LARGEST_PAGE)
    if isinstance(decoded, Problem):
        raise SiteError(decoded)
    text = decoded.source.text
    if is_page_of_chat(text):
        told = page_of_chat(text, path.name)
        return _found("chat of Telegram", (_chat(told, path.name, given, config),))
    if is_page(text):
        return _found("web page", (_page(text, path.name, given, config),))
    return _found("file", (article(text, given, config, path.name),))


def _content(path: Path) -> bytes:
    try:
        return read_own(path, _LARGEST)
    except OSError as fault:
        fact = f"it cannot be read: {reason_of(fault)}"
        remedy = "name a file or folder on this machine; save a web page as a file first"
        remedy = "import it in parts" if fault.errno == errno.EFBIG else remedy
    raise SiteError(Problem(path=str(path), fact=fact, remedy=remedy))


def _found(kind: str, found: tuple[Drop | LeftOut, ...]) -> ImportFindings:
    return ImportFindings(
        kind=kind,
        drops=tuple(_named(drop for drop in found if isinstance(drop, Drop))),
        left_out=tuple(left_out for left_out in found if isinstance(left_out, LeftOut)),
    )


def _named(drops: Iterator[Drop]) -> Iterator[Drop]:
    """Each under a name of its own."""
    taken: set[str] = set()
    for drop in drops:
        stem, number = drop.name.removesuffix(".txt"), 1
        while (name := f"{stem}.txt" if number == 1 else f"{stem}-{number}.txt") in taken:
            number += 1
        taken.add(name)
        yield replace(drop, name=name)


def _page(html: str, origin: str, given: Details, config: Config) -> Drop | LeftOut:
    found = page(html, origin)
    if found is None or max(map(words, found[0].splitlines()), default=0) < FEWEST_WORDS:
        reason = "no article was found in the page"
        return LeftOut(origin=origin, reason=reason, remedy="paste its text instead")
    text, details = found
    return article(text, given.over(details), config, origin)


def _chat(text: str | LeftOut, origin: str, given: Details, config: Config) -> Drop | LeftOut:
    return text if isinstance(text, LeftOut) else article(text, replace(given, date=None), config, origin)


def _posts(content: bytes, path: Path, given: Details, config: Config) -> Iterator[Drop | LeftOut]:
    for post in posts(content, path.name):
        if isinstance(post, LeftOut):
            yield post
            continue
        where, text, details, odd = post
        made = article(text, replace(details, source=given.source, licence=given.licence), config, where)
        if isinstance(made, Drop):
            made = replace(made, odd=odd, name=f"drafts/{made.name}" if made.draft else made.name)
        yield made
