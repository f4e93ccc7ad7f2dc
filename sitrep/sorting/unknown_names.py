"""Texts become the names in them that no front knows, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import AT
from sitrep.sorting.places import Scan, scan

_LONGEST = 4
"""Words of one name; more capitals in a row are a title."""
_SHORTEST = 2


def unknown_names(texts: Iterable[str], lexicon: CompiledLexicon, common: frozenset[str]) -> Counter[str]:
    """How often each name that is in no list stands in the texts, as it is written there. A name is what has
    a capital inside a sentence; a word that opens one counts only if it has one elsewhere too. In scripts
    without capitals it is any word that no list of the language has. ``common`` are words, in compared form,
    that are no names."""
    found: Counter[str] = Counter()
    openings: Counter[str] = Counter()
    for text in texts:
        seen = scan(text, lexicon)
        known = _known(seen)
        for start, run in _runs(seen.words, known, lexicon, common):
            name = " ".join(word.token for word in run)
            if len(name) <= _SHORTEST:
                continue
            opens = start == 0 or seen.words[start - 1].stop == 2
            (openings if opens and len(run) == 1 else found)[name] += 1
    for name, count in openings.items():
        if name in found:
            found[name] += count
    return found


def unlisted_place(seen: Scan) -> str:
    """A name of no list, in the first sentence, behind the word for where ("In Tawila", "at the Krakovets
    crossing") or before a colon with a word for a kind of place ("Zamzam camp: ..."); empty if none is."""
    words, lexicon = seen.words[: seen.lead], seen.lexicon
    known = _known(seen)
    for at, name in enumerate(words):
        if not name.capital or at in known or name.form in lexicon.days or name.token.isupper():
            continue
        before = at - 1
        while before > 0 and _is_between(words[before], lexicon):
            before -= 1
        where = before >= 0 and any(part is AT for _, part in words[before].gives)
        after = words[at + 1 : at + 3]
        label = at == 0 and len(after) == 2 and after[0].form in lexicon.nouns and after[1].token == ":"
        if where or label:
            return name.token if _may_be_name(name, lexicon, frozenset()) else ""
    return ""


def _is_between(word: Word, lexicon: CompiledLexicon) -> bool:
    """It may stand between "at" and a name: "the camp of"; in the north of something is no single place."""
    return word.filler and not word.gives and word.form not in lexicon.directions


def _known(seen: Scan) -> set[int]:
    """The words of names and marks of the lists."""
    return {i for m in (*seen.mentions, *seen.marks) for i in range(m.start, m.end)}


def _runs(
    words: Sequence[Word], known: set[int], lexicon: CompiledLexicon, common: frozenset[str]
) -> Iterator[tuple[int, list[Word]]]:
    """The stretches of words that may be a name, each with where it begins; no person behind a title. A small
    word with a capital inside a sentence belongs to the name that follows: El Alto, Del Castillo."""
    named = [i not in known and _may_be_name(word, lexicon, common) for i, word in enumerate(words)]
    for i in range(len(words) - 2, 0, -1):
        small = words[i].capital and (words[i].gives or words[i].form in lexicon.articles)
        named[i] = named[i] or bool(small and named[i + 1] and not words[i - 1].stop and i not in known)
    for is_name, group in groupby(range(len(words)), named.__getitem__):
        run = list(group)
        titled = run[0] > 0 and lexicon.is_official(words[run[0] - 1].form)
        if is_name and len(run) <= _LONGEST and not titled:
            yield run[0], [words[i] for i in run]


def _may_be_name(word: Word, lexicon: CompiledLexicon, common: frozenset[str]) -> bool:
    if word.stop or word.filler or word.gives or len(word.token) < _SHORTEST or not word.token[0].isalpha():
        return False
    if word.form in lexicon.not_names or word.form in lexicon.directions or word.form in common:
        return False
    # A script without capitals: its letters have no other case.
    return word.capital or (word.token.lower() == word.token.upper() and len(word.token) > _SHORTEST + 1)
