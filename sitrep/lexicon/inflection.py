"""Names as a dictionary has them become the forms in which sentences have them, by a language's endings.

Only what the rules make is the name: a longer word that merely begins with it is another word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitrep.lexicon.language_of import script_of
from sitrep.text.spelling import fold, key

_ADJECTIVE = "~"
_SHORTEST_STEM, _SHORTEST_OTHER = 3, 2
"""Letters that stay, in Latin letters and in others: в Оше."""
_SHORTEST_WHOLE = 5
"""A name in Latin letters that takes an ending as it is: Hama with an s would be Hamas."""


class Endings:
    """The endings of one language. Each line begins with the ending of the name as it is listed ("-" for
    none) and goes on with those in its place, "-" again for none: "ка ки ці ку", "и - ам". One with ``~``
    takes those of the line that begins so."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._groups: list[tuple[str, tuple[str, ...], str]] = []
        adjectives: list[str] = []
        for line in lines:
            first, *others = line.split()
            if first == _ADJECTIVE:
                adjectives = others
                continue
            endings = tuple([fold(e) for o in others for e in _expanded(o, adjectives)])
            first = "" if first == "-" else fold(first)
            if letters := max(endings, default="") or first:
                self._groups.append((first, endings, script_of(letters[0])))

    def forms(self, word: str) -> frozenset[str]:
        """The compared forms of a name's word (folded), itself left out."""
        found: set[str] = set()
        own = script_of(word[:1] or " ")
        for first, endings, script in self._groups:
            stem = word[: len(word) - len(first)]
            if script == own and word.endswith(first) and len(stem) >= _shortest(word, first):
                found.update([key(stem + ending) for ending in endings])
        return frozenset(found - {key(word)})


def _shortest(word: str, first: str) -> int:
    if not word.isascii():
        return _SHORTEST_OTHER
    return _SHORTEST_STEM if first else _SHORTEST_WHOLE


def _expanded(ending: str, adjectives: Iterable[str]) -> Iterable[str]:
    if not ending.endswith(_ADJECTIVE):
        return ("" if ending == "-" else ending,)
    return (ending[:-1] + adjective for adjective in adjectives)


def inflected(words: Iterable[tuple[str, str]], lines: Iterable[str]) -> Mapping[str, str]:
    """Every form of the names' words (folded, each with whose it is) to the compared form of its word. A form
    that words of two names share is left out, but where it only adds to one of them: Покровська is of
    Покровськ, of Покровське and of Покров. So is one that is itself one of the words. Two spellings of one
    name may share a form: either leads to it."""
    endings = Endings(lines)
    bases: dict[str, set[str]] = {}
    for word, name in words:
        bases.setdefault(word, set()).add(name)
    compared = {word: key(word) for word in bases}
    owners: dict[str, set[str]] = {}
    made: dict[str, list[str]] = {}
    for word, names in bases.items():
        owners.setdefault(compared[word], set()).update(names)
        for form in endings.forms(word):
            made.setdefault(form, []).append(word)
    found: dict[str, str] = {}
    for form, (first, *others) in made.items():
        if form in owners:
            continue
        base = compared[first]
        if not all(bases[word] & owners[base] for word in others):
            known = (compared[word] for word in (first, *others))
            base = max(filter(form.startswith, known), key=len, default="")
        if base:
            found[form] = base
    return found


def conjugated(phrases: Iterable[str], lines: Sequence[str]) -> Iterator[str]:
    """The phrases, and in place of one that ends in ``~`` every form of the verb before it. Each line has the
    form that is listed and then those that it stands for, ``*`` for the stem and ``_`` for a blank: "*ar *a
    *an ha_*ado". Of the lines that fit, the one with the longest ending counts; where none does, the phrase
    stays as it is. What follows the verb, "condenar~ * años", goes with every form."""
    patterns = sorted((line.split() for line in lines), key=lambda line: -len(line[0]))
    for phrase in phrases:
        verb, marked, rest = phrase.partition("~")
        ahead, blank, last = verb.rpartition(" ")
        forms = next((list(_of_stem(last, *p)) for p in patterns if _fits(last, p[0])), [last])
        for form in forms if marked else (last,):
            yield f"{ahead}{blank}{form}{rest}"


def _fits(word: str, pattern: str) -> bool:
    begin, _, end = pattern.partition("*")
    return len(word) >= len(pattern) and word.startswith(begin) and word.endswith(end)


def _of_stem(word: str, listed: str, *forms: str) -> Iterator[str]:
    begin, _, end = listed.partition("*")
    stem = word[len(begin) : len(word) - len(end)]
    return (form.replace("_", " ").replace("*", stem) for form in (listed, *forms))
