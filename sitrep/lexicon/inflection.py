"""Names as a dictionary has them become the forms in which sentences have them, by a language's endings.

Only what the rules make is the name: a longer word that merely begins with it is another word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

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

    def spelled(self, word: str) -> Iterator[str]:
        """The forms of a name's word (folded)."""
        for first, endings, script in self._groups:
            if _fits_ending(word, first, script):
                stem = word[: len(word) - len(first)]
                yield from (stem + ending for ending in endings)

    def forms(self, word: str) -> frozenset[str]:
        """The same in compared form, the word itself left out."""
        return frozenset(map(key, self.spelled(word))) - {key(word)}

    @cached_property
    def _listed(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """By an ending in a sentence, those that a name with it may be listed with, and of which script."""
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for first, endings, script in self._groups:
            for ending in dict.fromkeys(endings):
                found[ending].append((first, script))
        return found

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._listed), default=0)

    def taken_off(self, form: str) -> Iterator[tuple[str, str, str, str]]:
        """Each way in which a word of a sentence (folded) may end: what is left, its ending, that of the
        listed name, and of which script that is."""
        for size in range(min(self._longest, len(form)) + 1):
            stem, ending = form[: len(form) - size], form[len(form) - size :]
            yield from ((stem, ending, first, script) for first, script in self._listed.get(ending, ()))


def _fits_ending(word: str, first: str, script: str) -> bool:
    shortest = _SHORTEST_OTHER if not word.isascii() else _SHORTEST_STEM if first else _SHORTEST_WHOLE
    return (
        word.endswith(first) and len(word) - len(first) >= shortest and script == script_of(word[:1] or " ")
    )


def _expanded(ending: str, adjectives: Iterable[str]) -> Iterable[str]:
    if not ending.endswith(_ADJECTIVE):
        return ("" if ending == "-" else ending,)
    return (ending[:-1] + adjective for adjective in adjectives)


ListedWords = dict[str, dict[str, tuple[int, tuple[str, ...]]]]
"""Words of names by their compared form: each (folded) with its turn in the list, and with whose it is."""


def listed_words(words: Iterable[tuple[str, str]]) -> ListedWords:
    """Words of names (folded), each with whose it is, as ``Inflected`` wants them."""
    found: ListedWords = {}
    for turn, (word, name) in enumerate(words):
        alike = found.setdefault(key(word), {})
        first, names = alike.get(word, (turn, ()))
        alike[word] = first, names if name in names else (*names, name)
    return found


class Inflected:
    """Tells of which word of a name a word of a sentence is a form.

    Nothing is made beforehand: the towns of one country have a million forms, of which a text has a few.
    """

    def __init__(self, lists: Sequence[ListedWords], endings: Iterable[str]) -> None:
        """``lists``: what is in one of them is looked for in the later ones only if it is no word of it."""
        self._lists, self._endings = lists, Endings(endings)

    def base_of(self, word: str) -> str | None:
        """The compared form of the name's word of which this word (folded) is a form; None of any other.

        None of a form that words of two names share, but where it only adds to one of them: Покровська is of
        Покровськ, of Покровське and of Покров. None of one that is itself a word of a name. Two spellings of
        one name may share a form: either leads to it.
        """
        form = key(word)
        for listed in self._lists:
            if form in listed:
                return None
            if base := self._base_in(listed, word, form):
                return base
        return None

    def forms_of(self, bases: Collection[str]) -> Iterator[str]:
        """The compared forms of these words, which stand in compared form themselves."""
        words = [word for listed in self._lists for base in bases for word in listed.get(base, ())]
        spelled = (form for word in words for form in self._endings.spelled(word))
        return (key(form) for form in spelled if self.base_of(form) in bases)

    def _base_in(self, listed: ListedWords, word: str, form: str) -> str | None:
        found: dict[str, tuple[int, str, tuple[str, ...]]] = {}
        for stem, ending, first, script in self._endings.taken_off(word):
            base = key(stem + first)
            for known, (turn, names) in listed.get(base, {}).items():
                fits = _fits_ending(known, first, script)
                if fits and key(known[: len(known) - len(first)] + ending) == form:
                    found[known] = turn, base, names
        if not found:
            return None
        (_, base, _), *others = sorted(found.values())
        owners = {name for _, names in listed[base].values() for name in names}
        if all(owners.intersection(names) for _, _, names in others):
            return base
        return max((b for _, b, _ in found.values() if form.startswith(b)), key=len, default=None)


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
