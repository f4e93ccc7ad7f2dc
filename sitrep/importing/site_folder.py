"""The folder of another generator (Jekyll, Hugo, cState, Zola, Pelican, Eleventy) -> its dated texts; what is
left out is named."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sitrep.base.nouns import Problem, Source
from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import Config
from sitrep.importing.article import article, slug
from sitrep.importing.constructs import cleared
from sitrep.importing.html_markdown import markdown_of
from sitrep.importing.values import Details, Drop, LeftOut, days_of, left_out
from sitrep.importing.web_page import is_page, page
from sitrep.reading.decoding.decode import decode
from sitrep.reading.parse import parse

_GENERATORS = (
    ("Jekyll", ("_config.yml", "_posts")),
    ("cState", ("content/issues", "themes/cstate")),
    ("Hugo", ("hugo.toml", "hugo.yaml", "hugo.json", "archetypes")),
    ("Zola", ("config.toml", "zola.toml")),
    ("Pelican", ("pelicanconf.py", "publishconf.py")),
    ("Eleventy", (".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs")),
)
_PASSED = frozenset((
    "_site", "node_modules", "public", "themes", "layouts", "_includes", "_layouts", "_sass", "vendor",
    "output", "static", "assets", "archetypes", "resources", "__pycache__",
))  # fmt: skip
"""Folders that hold no texts but what is made of them, or what makes them."""
_TEXTS = frozenset((
    ".md", ".markdown", ".mkd", ".txt", ".text", ".html", ".htm", ".rst", ".adoc", ".asciidoc", ".org",
    ".textile", ".wiki",
))  # fmt: skip
_FOREIGN = {
    ".njk": "a template (Nunjucks)", ".liquid": "a template (Liquid)", ".ipynb": "a notebook",
}  # fmt: skip
_FENCED = lazy_pattern(r"\A(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*(?:\n|\Z)", re.S)
_MOST = 20_000


def generator_of(root: Path) -> str:
    """The name of the program a folder belongs to; empty if none is known."""
    return next((name for name, marks in _GENERATORS if any((root / mark).exists() for mark in marks)), "")


def texts(root: Path, config: Config) -> Iterator[Drop | LeftOut]:
    """Every text below a folder, in order of path: a drop if it has a date, or left out with the reason."""
    for number, place in enumerate(_files(root)):
        suffix = PurePosixPath(place).suffix.lower()
        if number >= _MOST:
            yield LeftOut(origin=place, reason=f"there are more than {_MOST:,} files")
        elif suffix in _FOREIGN:
            yield LeftOut(origin=place, reason=f"it is {_FOREIGN[suffix]}")
        elif suffix in _TEXTS:
            yield _text(root / place, place, config)
        else:
            yield LeftOut(origin=place, reason=f"it is no text ({suffix or 'without an ending'})")


def _files(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED)
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name).relative_to(root).as_posix()


def _text(path: Path, place: str, config: Config) -> Drop | LeftOut:
    try:
        if not path.is_file() or path.is_symlink():
            return LeftOut(origin=place, reason="it is no regular file")
        content = path.read_bytes()
    except OSError as fault:
        return LeftOut(origin=place, reason=f"it cannot be read: {(fault.strerror or str(fault)).lower()}")
    decoded = decode(place, content, limit=config.limits.source_bytes)
    if isinstance(decoded, Problem):
        return LeftOut(origin=place, reason=decoded.fact, remedy=decoded.remedy)
    text = decoded.source.text
    draft = any(part in ("_drafts", "drafts") for part in place.split("/")[:-1])
    if is_page(text):
        found = page(text, place)
        if found is None:
            return LeftOut(origin=place, reason="no article was found in the page")
        return article(found[0], Details(draft=draft).over(found[1]), config, place)
    return _marked_up(text, place, draft, config)


def _marked_up(text: str, place: str, draft: bool, config: Config) -> Drop | LeftOut:
    """A text that is one of our own kind but for what another program understands in it."""
    head, body = _parted(text)
    body, odd = cleared(body)
    if place.lower().endswith((".html", ".htm")):
        body = markdown_of(body, place) + "\n"
    text = head + body
    reading = parse(Source(path=_dated_name(place), digest="", text=text), config)
    if not reading.updates:
        if draft and head and body.strip():
            return Drop(name=f"drafts/{slug(place)}.txt", text=text, origin=place, draft=True, odd=odd)
        return left_out(reading, place)
    dates = days_of(reading.updates)
    draft = draft or any(update.draft for update in reading.updates)
    name = f"{dates[0]}-{slug(_stem(place))}.txt"
    return Drop(
        name=f"drafts/{name}" if draft else name,
        text=text,
        origin=place,
        dates=dates,
        items=sum(len(update.items) for update in reading.updates),
        draft=draft,
        odd=odd,
    )


def _parted(text: str) -> tuple[str, str]:
    """Front matter and body; front matter that is JSON becomes lines of ours."""
    if found := _FENCED.match(text):
        return found[0], text[found.end() :]
    start = text.removeprefix("---json\n").lstrip() if text.startswith("---json\n") else text
    if start.startswith("{"):
        try:
            values, end = json.JSONDecoder().raw_decode(start)
        except (ValueError, RecursionError):
            return "", text
        if isinstance(values, dict):
            lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
            body = start[end:].lstrip().removeprefix("---").lstrip("\n")
            return f"---\n{''.join(lines)}---\n", body
    return "", text


_DATED = lazy_pattern(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")


def _dated_name(place: str) -> str:
    """The name by which a text may be dated: that of the file, or of its folder (a page bundle)."""
    name = PurePosixPath(place)
    return name.parent.name + name.suffix if name.stem == "index" and name.parent.name else name.name


def _stem(place: str) -> str:
    return _DATED.sub("", PurePosixPath(_dated_name(place)).stem) or "text"
