"""Words that must be gone -> every file that still holds them.

A text is looked for by runs of its words, whatever markup stands between them, and by those of its words
that nothing else on the site uses: a name that is left in a key or an address is found as well.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from sitrep.base.values import Struct
from sitrep.text.similarity import folded_words

_RUN = 8
"""Words in a row that are no coincidence."""
_SENTENCE = re.compile(r"(?<=[.!?…؟۔])\s+|\n+")
_TAG = re.compile(r"<[^<>]{0,400}>")
_LEAST = 4
_TELLING = 5
"""Letters of a word that is looked for by itself."""
_SKIPPED = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__"})
_MARKED_UP = (".html", ".xml", ".opml", ".svg")


class Trace(Struct, frozen=True, kw_only=True):
    """What to look for."""

    runs: frozenset[tuple[str, ...]]
    words: frozenset[str]
    """Words that only the forgotten text used."""


class Remnant(Struct, frozen=True, kw_only=True):
    """A file that still holds some of it; the words themselves are not repeated."""

    path: str
    """Relative to the site."""
    whole: bool
    """True for a run of words, False for a single one."""


def trace_of(texts: Iterable[str], others: str, vocabulary: Set[str]) -> Trace:
    """What to look for to be sure that texts are gone.

    ``others``: the words of everything else, parted by blanks: a short text that stands there as well
    tells nothing. ``vocabulary``: words that are used elsewhere.
    """
    runs: set[tuple[str, ...]] = set()
    words: set[str] = set()
    for text in texts:
        whole = folded_words(text)
        words.update(whole)
        sentences = [folded_words(sentence) for sentence in _SENTENCE.split(text)]
        for said in (whole, *(one for one in sentences if _LEAST <= len(one) < _RUN)):
            if len(said) >= _RUN or f" {' '.join(said)} " not in others:
                runs |= _runs(said)
    alone = {word for word in words if len(word) >= _TELLING and not word.isdecimal()}
    return Trace(runs=frozenset(runs), words=frozenset(alone - vocabulary))


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    length = min(_RUN, len(words))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)} if words else set()


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """All words of some texts, as they are compared."""
    return frozenset(word for text in texts for word in folded_words(text))


def remnants(trace: Trace, folders: Iterable[Path], root: Path, *, alone: Set[Path]) -> Iterator[Remnant]:
    """Files below these folders that hold some of it; in ``alone`` single words are looked for as well."""
    marks = {max(run, key=len) for run in trace.runs}
    for path, inside in _files(folders):
        shown = os.path.relpath(path, root)
        words = trace.words if inside in alone else frozenset()
        try:
            content = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            yield Remnant(path=shown, whole=False)
            continue
        text = f"{shown}\n{content}".casefold()
        if any(mark in text for mark in marks) and _holds(text, trace.runs, path.suffix):
            yield Remnant(path=shown, whole=True)
        elif words and any(word in text for word in words) and not words.isdisjoint(folded_words(text)):
            yield Remnant(path=shown, whole=False)


def _holds(text: str, runs: Set[tuple[str, ...]], suffix: str) -> bool:
    texts = [text]
    if suffix in _MARKED_UP or "<" in text:
        bare = html.unescape(text)
        # Struck and marked words of a correction stand inside tags; without those the run is whole again.
        texts += [bare, _TAG.sub("", bare), _TAG.sub(" ", bare)]
    for one in texts:
        words = folded_words(one.replace("\\n", " "))
        for length in {len(run) for run in runs}:
            if any(tuple(words[i : i + length]) in runs for i in range(len(words) - length + 1)):
                return True
    return False


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
