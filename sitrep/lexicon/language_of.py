"""Finds the language of a text: by its script, its letters, and the small words every text is full of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import remembering
from sitrep.base.shipped import shipped_json
from sitrep.base.signs import PAUSES, STOPS

_PLAINLY = 0.22
"""Where so many words are small words of the usual language nothing else need be tried."""
_SHORT = 1_000
"""In a shorter text every word counts, those before a full stop too."""
_APART, _ENOUGH = 14, 100
"""A small word is met every so many words, as long as the text has no more than so many."""
LONGEST = 40_000
"""Letters that are looked at: a longer text says no more."""

_TOLD = shipped_json("lexicon/function_words.json")
FUNCTION_WORDS: Mapping[str, str] = _TOLD["words"]
"""By language, apart by blanks: small words and, where those are few, words of most bulletins."""
_LETTERS: Mapping[str, str] = _TOLD["letters"]
"""Letters that a language has and others of its script have not."""
_ALPHABETS: Mapping[str, str] = _TOLD["alphabets"]
"""Letters beyond a to z that words of a language may have, names and words from elsewhere not counted."""
_CLOSED_ENDED: Sequence[str] = _TOLD["closed_ended"]
"""Languages few of whose words end in a, i, o or u."""

_SCRIPTS: Sequence[tuple[int, str]] = sorted(
    (int(start, 16), script) for script, said in _TOLD["scripts"].items() for start in said.split()
)
"""By first code point: the script, the language where it says it all, or "" for signs."""
_STARTS = [start for start, _ in _SCRIPTS]
_AMONG = {script: tuple(languages.split()) for script, languages in _TOLD["among"].items()}
"""The languages of a script among which words and letters decide."""
_OTHER_LETTERS = lazy_pattern("[\u0370-\u1dff\u1f00-\u1fff\u2d30-\u2ddf\u3041-\ud7af\uf900-\ufaff"
                              "\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00020000-\U0003ffff]+")  # fmt: skip
_KANA = lazy_pattern("[\u3041-\u30ff]")
_LATIN_LETTERS = lazy_pattern("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_ACCENTED = lazy_pattern("[\u00c0-\u024f\u1e00-\u1eff]")
_SMALL_WORDS = lazy_pattern(r"(?<![^\W_])[^\W\d_]{2,}")
_STRANGE = 12
"""One word in so many with letters of another language may be quoted."""
_OPEN_ENDED = 3
_EDGES = f"{STOPS}{PAUSES}:()[]\"'«»„“”‘’–—-*_#>"


class Guess(NamedTuple):
    """The language of a text as far as it shows."""

    lang: str | None
    """None where nothing tells."""
    sure: bool = False
    """Enough speaks for it and little for another; without a language, enough speaks against those known."""


@remembering
def language_of(text: str, usual: str = "en") -> Guess:
    """The language of a text; ``usual`` is the one expected, which a doubtful text is given to. A text of
    names alone tells nothing. ``usual`` with its region is returned where its language is found."""
    text = text[:LONGEST]
    script = "latin" if text.isascii() else _script(text)
    base = usual.partition("-")[0]
    if script == "latin":
        found = _by_words(text.lower(), script, base)
        if found.lang and _is_strange(text, found):
            found = Guess(None, True)
    elif script in _AMONG:
        found = _by_words(text, script, base)
    elif script in ("han", "kana"):
        found = Guess(base if base in ("yue", "wuu", "zh", "ja") and (base == "ja") == (script == "kana") else
                      "ja" if script == "kana" else "zh", True)  # fmt: skip
    else:
        found = Guess(script or None, bool(script))
    return found._replace(lang=usual) if found.lang == base else found


def _is_strange(text: str, found: Guess) -> bool:
    """True if the words of a text are not those of the language that its small words seem to be of: some
    have letters that it has not, or, where no small word tells, too many end in a, i, o, u."""
    letters = None if text.isascii() else _ALPHABETS.get(found.lang or "")
    closed = not found.sure and found.lang in _CLOSED_ENDED
    if letters is None and not closed:
        return False
    own = {word for word in _SMALL_WORDS.findall(text) if word.islower()}
    if letters is not None:
        other = sum(any(sign not in letters for sign in _ACCENTED.findall(word)) for word in own)
        if other and _STRANGE * other > len(own):
            return True
    ends = sum(word[-1] in "aiou" for word in own) if closed else 0
    return ends > 1 and _OPEN_ENDED * ends >= len(own)


def language_of_passage(text: str, around: str) -> str | None:
    """The language of a passage that is surely another than the text around it is in, else None. A passage in
    another script is another language's even where it is short."""
    base = around.partition("-")[0]
    own = _SCRIPT_OF_LANGUAGE.get(base, base)
    script = "latin" if text.isascii() else _script(text)
    if script == own or (own in ("han", "kana") and script in ("han", "kana")):
        guess = language_of(text, around)
        return guess.lang if guess.sure and guess.lang != around else None
    return language_of(text, "en").lang


def script_of(letter: str) -> str:
    """The script of a letter: its name where several languages share it, else the language; "" for a sign."""
    return _SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1]


def _script(text: str) -> str:
    """The script most of the text is in. A sign of Chinese counts as three letters."""
    runs = _OTHER_LETTERS.findall(text)
    if not runs:
        return "latin"
    weights: Counter[str] = Counter()
    for run in runs:
        if script := script_of(run[0]):
            weights[script] += len(run) * (3 if script in ("han", "kana", "ko") else 1)
    if weights["han"] and 8 * len(_KANA.findall(text)) > weights["han"] / 3:
        weights["kana"] += weights.pop("han", 0)
    script, weight = max(weights.items(), key=lambda each: each[1], default=("latin", 0))
    if 8 * weight < len(text):
        return "latin"
    return "latin" if weight < sum(map(len, _LATIN_LETTERS.findall(text))) else script


def _table(languages: tuple[str, ...], lists: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    """Each word or letter with those of the languages that have it."""
    table: dict[str, tuple[str, ...]] = {}
    for lang in languages:
        for word in dict.fromkeys(lists.get(lang, ())):
            table[word] = (*table.get(word, ()), lang)
    return table


_LISTS = {lang: words.split() for lang, words in FUNCTION_WORDS.items()}
_USUAL = {lang: frozenset(words) for lang, words in _LISTS.items()}
_OTHERS = {lang for group in _AMONG.values() for lang in group} | {"bn"}
_GROUPS = {**_AMONG, "latin": tuple(lang for lang in FUNCTION_WORDS if lang not in _OTHERS)}
_SCRIPT_OF_LANGUAGE = {lang: script for script, languages in _GROUPS.items() for lang in languages}
_SCRIPT_OF_LANGUAGE |= {"zh": "han", "ja": "kana", "prs": "arabic", "kk": "cyrillic", "mk": "cyrillic"}
_TABLES = {
    script: (_table(languages, _LISTS), _table(languages, _LETTERS)) for script, languages in _GROUPS.items()
}


def _by_words(text: str, script: str, usual: str) -> Guess:
    # A line that comes again tells nothing new.
    parts = [part for line in dict.fromkeys(text.split("\n")) for part in line.split()]
    own = _USUAL.get(usual)
    if own and usual in _GROUPS[script] and sum(map(own.__contains__, parts)) > _PLAINLY * len(parts):
        return Guess(usual, True)
    counts = Counter([part.strip(_EDGES) for part in parts] if len(text) < _SHORT else parts)
    words, letters = _TABLES[script]
    scores: dict[str, float] = dict.fromkeys(_GROUPS[script], 0.0)
    kinds = dict.fromkeys(scores, 0)
    for word in filter(words.__contains__, counts):
        languages = words[word]
        # A word of several languages tells less; one that comes again, little more.
        weight = (1 + min(counts[word], 4) / 4) / len(languages)
        for lang in languages:
            scores[lang] += weight
            kinds[lang] += 1
    if not text.isascii():
        for letter in sorted(letters.keys() & set(text)):
            languages = letters[letter]
            for lang in languages:
                scores[lang] += 2 if len(languages) == 1 else 1 / len(languages)
                kinds[lang] += 1
    return _decided(scores, kinds, usual, script, len(parts))


def _decided(scores: dict[str, float], kinds: dict[str, int], usual: str, script: str, length: int) -> Guess:
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    lang, other = ranked[0], ranked[1]
    best, second = scores[lang], scores[other]
    if usual in scores and scores[usual] >= 0.8 * best:
        # Where nothing tells, a text in the usual script is in the usual language.
        return Guess(usual, best > 0)
    if script != "latin":
        return Guess(lang, best >= 1.3 * second)
    if best < 1 or (kinds[lang] < 2 and scores.get(usual)):
        return Guess(None)
    # Small words are met all the time: one among many others is a name, or a word of another language.
    if kinds[lang] * _APART < min(length, _ENOUGH):
        return Guess(None)
    return Guess(lang, kinds[lang] >= 3 and best >= 1.5 * second)
