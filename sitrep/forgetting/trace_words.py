"""Words that must be gone -> every file that still holds them.

A text is looked for by runs of its words, whatever markup stands between them. A run that a text which stays
uses as well tells nothing. Names are looked for by themselves where a file is named after them.
"""

from __future__ import annotations

import html
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.inbox.scan import shown
from sitrep.text.sentences import PARTED
from sitrep.text.similarity import folded_words

_RUN = 8
"""Words in a row that are no coincidence."""
_TAG = lazy_pattern(r"<[^<>]{0,400}>")
_LEAST = 4
"""Words of a sentence that is looked for by itself; a whole text may be shorter."""
_NAME = 5
"""Letters of a word that is looked for in the names of files."""
_AT_ONCE, _OVERLAP, _LARGEST = 100_000, 20_000, 1_000_000_000
"""Bytes of a file that are searched at once, that are searched twice, and beyond which it is not searched. Of
a large file, the archive first of all, only the parts that hold each word of a run are cut into words."""
_SKIPPED = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__"})
_MARKED_UP = (".html", ".xml", ".opml", ".svg")

Runs = Set[tuple[str, ...]]


class Trace(Struct, frozen=True, kw_only=True):
    """What to look for."""

    runs: Runs
    names: frozenset[str]
    """Words that only the forgotten text used."""


class Remnant(Struct, frozen=True):
    """A file that still holds some of it; the words themselves are not repeated."""

    path: str
    """Relative to the site."""
    why: str


def trace_of(texts: Iterable[str], others: Iterable[str]) -> Trace:
    """What to look for to be sure that texts are gone. ``others``: everything that stays."""
    runs: set[tuple[str, ...]] = set()
    words: set[str] = set()
    for text in texts:
        whole = folded_words(text)
        words.update(whole)
        sentences = [folded_words(sentence) for sentence in PARTED.split(text)]
        for said in (whole, *(sentence for sentence in sentences if _LEAST <= len(sentence) < _RUN)):
            length = min(_RUN, len(said))
            if length > 1:
                runs.update(tuple(said[i : i + length]) for i in range(len(said) - length + 1))
    names = {word for word in words if len(word) >= _NAME and not word.isdecimal()}
    lengths = _lengths(runs)
    for other in others:
        said = folded_words(other)
        names.difference_update(said)
        runs.difference_update(set(_held(said, runs, lengths)))
    return Trace(runs=frozenset(runs), names=frozenset(names))


def _lengths(runs: Runs) -> dict[str, set[int]]:
    """How long the runs are that begin with a word."""
    lengths: dict[str, set[int]] = {}
    for run in runs:
        lengths.setdefault(run[0], set()).add(len(run))
    return lengths


def _held(words: list[str], runs: Runs, lengths: Mapping[str, Set[int]]) -> Iterator[tuple[str, ...]]:
    """The runs that these words hold. ``lengths``: what ``_lengths`` says of the runs."""
    if lengths.keys().isdisjoint(words):
        return
    for begin, word in enumerate(words):
        for length in lengths.get(word, ()):
            if (run := tuple(words[begin : begin + length])) in runs:
                yield run


def remnants(
    trace: Trace, folders: Iterable[Path], root: Path, *, named: Set[Path] = frozenset()
) -> Iterator[Remnant]:
    """Files below these folders that hold some of it; below ``named`` their names are looked at as well."""
    marks, lengths = {max(run, key=len) for run in trace.runs}, _lengths(trace.runs)
    for path, folder in _files(folders):
        name = shown(os.path.relpath(path, root))
        if folder in named and not trace.names.isdisjoint(folded_words(os.path.relpath(path, folder))):
            yield Remnant(name, "is named after words")
            continue
        try:
            with open_at_once(path) as opened:
                if os.fstat(opened.fileno()).st_size > _LARGEST:
                    yield Remnant(name, "is too large to be searched for words")
                elif any(_holds(part, trace.runs, lengths, marks, path.suffix) for part in _parts(opened)):
                    yield Remnant(name, "still holds words")
        except OSError:
            yield Remnant(name, "cannot be searched for words")


def open_at_once(path: Path) -> BufferedReader:
    """A file to read, and no link; a pipe that was laid in its place meanwhile is not waited for."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags), "rb")


def _parts(opened: BinaryIO) -> Iterator[str]:
    """A file in parts that overlap, so that no run is lost between two of them."""
    before = b""
    while part := opened.read(_AT_ONCE):
        yield (before + part).decode("utf-8", "replace")
        before = part[-_OVERLAP:]


def _holds(content: str, runs: Runs, lengths: Mapping[str, Set[int]], marks: Set[str], suffix: str) -> bool:
    text = content.casefold()
    if not any(mark in text for mark in marks):
        return False
    texts = [text]
    if suffix in _MARKED_UP or "<" in text:
        bare = html.unescape(text)
        # Struck and marked words of a correction stand inside tags; without those the run is whole again.
        texts += [bare, _TAG.sub("", bare), _TAG.sub(" ", bare)]
    forms = (
        unicodedata.normalize("NFC", form.replace("\\n", " ").casefold()) for form in dict.fromkeys(texts)
    )
    return any(any(_held(folded_words(form), runs, lengths)) for form in forms if _may_hold(form, runs))


def _may_hold(text: str, runs: Runs) -> bool:
    """False where some word of every run is missing: that is told without cutting the text into words."""
    return any(all(word in text for word in run) for run in runs)


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Every regular file below some folders, each once, and the folder it was found in."""
    seen: set[Path] = set()
    for folder in folders:
        if folder.is_file() and folder not in seen:
            seen.add(folder)
            yield folder, folder.parent
        for here, inner, names in os.walk(folder):
            inner[:] = sorted(name for name in inner if name not in _SKIPPED)
            for name in sorted(names):
                path = Path(here, name)
                if path not in seen and path.is_file() and not path.is_symlink():
                    seen.add(path)
                    yield path, folder
