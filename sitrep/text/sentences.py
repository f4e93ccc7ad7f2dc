"""Plain text -> its first sentence, or as much of it as fits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from sitrep.base.values import Struct, replace

_STOP = re.compile(r"[.!?…؟。！？۔।॥။።։][.!?…\"'”’»)\]。！？]{0,8}(?:(?<=[。！？။])|\s+(?![a-zß-öø-ÿ]))")
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "adm", "sen",
    "rep", "gov", "pres", "rev", "hon", "jr", "sr", "st", "mt", "ft", "mme", "mlle", "inc", "ltd",
    "co", "corp", "vs", "approx", "ca", "cf", "eg", "ie", "al", "dept", "ed", "est", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "bzw", "usw", "hr", "fr",
    "abs", "nr",
))  # fmt: skip
_BEFORE_NUMBERS = frozenset(("no", "nos", "art", "p", "pp", "fig", "vol", "ch", "sec", "km", "para"))


@lru_cache(maxsize=512)
def first_sentence(text: str) -> str:
    """The first sentence of plain text, or all of it; ``Gen. Hulusi``, ``U.S.`` and ``3. March`` end none."""
    for stop in _STOP.finditer(text):
        at = stop.start()
        if text[at] != "." or text[at + 1 : at + 2] == "." or not _abbreviates(text, at, stop.end()):
            return text[: stop.end()].rstrip()
    return text


def _abbreviates(text: str, at: int, then: int) -> bool:
    """True if the full stop at ``at`` ends an abbreviation, an initial or a day's number."""
    word = text[text.rfind(" ", max(0, at - 24), at) + 1 : at].lstrip("(\"'“‘«[").lower()
    if len(word) == 1 or word in _TITLES or (word.isdigit() and len(word) < 3):
        return word.isalnum()
    if word in _BEFORE_NUMBERS:
        return text[then : then + 1].isdigit()
    return "." in word and all(len(part) == 1 for part in word.split("."))


def shortened(text: str, limit: int) -> str:
    """Plain text cut within ``limit`` characters, with an ellipsis where something is left out.

    Cut at a word if there is one in the second half, else between any two characters that a reader
    sees as two; never down to the ellipsis alone.
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    if len(at_word) < limit // 2:
        at_word = re.sub(_JOINED, r"\1\2", cut)
    return (at_word.rstrip(" ,;:–—-") or cut) + "…"


class ClauseWords(Struct, frozen=True):
    """Words of a language before which a sentence may end early without saying something else."""

    openers: tuple[str, ...] = ()
    """They open a clause that tells when, why or of whom: while, because, which."""
    joins: tuple[str, ...] = ()
    """and, or"""
    adjuncts: tuple[str, ...] = ()
    """They open a place, time or aim at the end of a sentence: in, from, for."""
    bars: tuple[str, ...] = ()
    """After them it does not end before an adjunct: not, that."""
    idioms: tuple[str, ...] = ()
    """Inside them it does not end: back and forth."""
    predicates: tuple[str, ...] = ()
    """Verbs, or how they end: is, -ieron, --ed. A sentence that ends early has one before."""
    predicate_bars: tuple[str, ...] = ()
    """Words with such an ending that are none."""
    relatives: tuple[str, ...] = ()
    """Words whose clause has a verb of its own: that, which; with a leading comma only after one: ,die."""
    complements: tuple[str, ...] = ()
    """What they open belongs to what stands before: that, whether, without."""
    conditions: tuple[str, ...] = ()
    """What they open may not be left out: if, unless, provided."""
    tellers: tuple[str, ...] = ()
    """Verbs that what is said follows, with ``that`` or without: said, warned."""
    sources: tuple[str, ...] = ()
    """What a source follows: according to."""


_NO_WORDS = ClauseWords()
_STRONG = re.compile(r"[;:؛；：](?=\s)|(?<=\s)[–—-](?=\s)|[；：—]")
_QUOTED = re.compile(r"[\"”“»](?=\s+[^\W\d_])")
_COMMA = re.compile(r"[,،、](?=\s)|[、，]")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("„", "“"), ("「", "」"), ("（", "）"), ("[", "]"))
_SIGNS = re.compile(f"[{re.escape(''.join(map(''.join, _PAIRS)))}]")
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]")
_TOKEN = re.compile(r"(?:[^\W\d_]{1,2}['’](?=[^\W\d_]{2}))?([^\W\d_]+(?:['’][^\W\d_]+)*)")
_STOPS = re.compile(r"[.,;:!?]")
_EARLY = 2
"""Words after ``and`` among which one that ends like a verb may be a participle."""
_ASIDE_WORDS = 2
"""So few words between two commas are an aside or one of a list: nothing ends after them."""
_SENTENCE = 40
"""After so many characters ``and`` mostly joins clauses, and a verb was mostly there; after fewer not."""
_LISTED = 3
"""Commas with so few words between them part a list, not clauses."""


def clause(
    text: str, limit: int, least: int, words: ClauseWords = _NO_WORDS, *, adjuncts: bool = True
) -> str | None:
    """Plain text within ``limit`` characters to the end of a sentence or clause; None if there is none.

    A clause has at least ``least`` characters. It ends at a colon or dash, else at a comma that is not of a
    list, else before one of the words, of ``adjuncts`` only if they are wanted; never inside brackets, nor
    before what an opening clause leads to. Where only that helps, what stands in brackets is left out.
    """
    text = text[: 4 * limit]
    sentence = first_sentence(text[: limit + 8])
    if 12 <= len(sentence) <= limit:
        return sentence
    if len(text) <= limit:
        return text
    end = next(_ends(text, limit, least, words, adjuncts=adjuncts), None)
    if end is not None:
        return text[:end].rstrip(" ,،、;:–—-")
    bare = _BRACKETED.sub("", text)
    return clause(bare, limit, least, words, adjuncts=adjuncts) if bare != text else None


def _ends(text: str, limit: int, least: int, words: ClauseWords, *, adjuncts: bool) -> Iterator[int]:
    """Where a text may end: the last place of each kind, the best kind first."""
    openers, joins, places, bars = map(_before, (words.openers, words.joins, words.adjuncts, words.bars))
    complements, conditions = _before(words.complements), _before(words.conditions)
    strong = max((end.end() for end in _STRONG.finditer(text, 0, limit)), default=0)
    least = max(least, _opening(text, openers), _opening(text, conditions))
    sentence = first_sentence(text)
    says = _says(sentence, replace(words, relatives=()))
    last_if = max((found.start() for found in conditions.finditer(sentence)), default=-1)
    held = [found.span() for found in _phrases(words.idioms).finditer(text)]
    signs, left_open = tuple(zip(*_left_open(text), strict=True)) or ((), ())
    weak = (openers, joins, places) if adjuncts else (openers, joins)
    for kind in (_STRONG, _COMMA, *weak):
        enough = max(least, _SENTENCE) if kind in (joins, places) else least
        # Not cut at the limit for the search: what opens with a word is known by the whole word.
        ahead = takewhile(lambda end: end <= limit, (end.start() for end in kind.finditer(text)))
        found = [end for end in ahead if end >= enough]
        # From the back: only the last one is wanted, and each costs a look at all before it.
        for end in reversed(found):
            sign = bisect_left(signs, end)
            if sign and left_open[sign - 1]:
                continue
            if end <= last_if or (last_if > 0 and kind in weak) or strong < end < strong + _SENTENCE:
                continue
            if complements.match(text, end + (kind not in weak)) or any(a < end < b for a, b in held):
                continue
            if not _is_told(text, end, words, joined=kind is joins, adjunct=kind is places, says=says):
                continue
            listed = kind in (_COMMA, joins) and _in_list(text, end, joins)
            if not listed and not (kind is places and _barred(text[:end], bars)):
                yield end
                break


def _is_told(text: str, end: int, words: ClauseWords, *, joined: bool, adjunct: bool, says: bool) -> bool:
    """True if what stands before ``end`` says something by itself; ``says``: the sentence has a verb."""
    last = text[:end].rpartition(" ")[2].casefold()
    if text[end] not in ";:؛؛" and last in _leading(words):
        return False
    if not says or text[end] in ";؛；":
        return True
    if not _says(text[:end], words) or (adjunct and _is_finite(last, words)):
        return False
    inner = _COMMA.split(text[:end])[-1]
    if not _says(inner, words) and _opens_clause(_TOKEN.findall(inner.casefold())[:1], words):
        return False
    return not joined or _says(_own_words(text[end:], words), words)


def source_at_end(sentence: str, words: ClauseWords) -> str:
    """What a sentence says of its source at its end, empty if nothing: ``local councils estimate``.

    It follows the last comma, dash or quote and has a verb of saying, or it opens with ``according to``.
    """
    found = [source.start() for source in _phrases(words.sources).finditer(sentence)]
    parted = [part.end() for sign in (_COMMA, _STRONG, _QUOTED) for part in sign.finditer(sentence)]
    last = max(parted, default=0)
    if found and max(found) >= last:
        return sentence[max(found) :]
    said = _TOKEN.findall(sentence[last:].casefold())
    opens = {*words.joins, *words.openers, *words.complements, *words.conditions}
    if last and said and said[0] not in opens and not frozenset(words.tellers).isdisjoint(said):
        return sentence[last:].strip()
    return ""


@lru_cache(maxsize=16)
def _leading(words: ClauseWords) -> frozenset[str]:
    """Words that lead on to something: what ends with one says half a thing."""
    lists = (words.tellers, words.joins, words.openers, words.complements, words.conditions, words.adjuncts)
    return frozenset(word.casefold() for listed in lists for word in listed)


def _opens_clause(first: list[str], words: ClauseWords) -> bool:
    """True of the word that a clause within a sentence begins with: that, which."""
    return any(word in words.complements or {word, f",{word}"} & {*words.relatives} for word in first)


def _is_finite(word: str, words: ClauseWords) -> bool:
    """True of a verb that is no participle: took, but not stationed."""
    known, ends, participles = _verbs(words.predicates)
    ending = word.endswith(ends) and not word.endswith(participles)
    return word in known or (ending and word not in words.predicate_bars)


def _own_words(text: str, words: ClauseWords) -> str:
    """What follows ``and`` as far as it may tell: without "captured" of "and captured soldiers"."""
    rest = _STOPS.split(text)[0].split()[1:]
    ends = _verbs(words.predicates)[2]
    return " ".join(
        word
        for place, word in enumerate(rest)
        # A participle, mostly, where no short word follows: captured soldiers, but captured the town.
        if not (place < _EARLY and word.endswith(ends) and len("".join(rest[place + 1 : place + 2])) > 3)
    )


def _says(text: str, words: ClauseWords) -> bool:
    """True if it has a verb that is not a relative clause's, as far as the words of the language tell."""
    known, ends, _ = _verbs(words.predicates)
    found = 0
    for place, part in enumerate(_COMMA.split(text)):
        written = _TOKEN.findall(part)
        tokens = [token.casefold() for token in written]
        if place and _opens_clause(tokens[:1], words):
            continue
        for at, token in enumerate(tokens):
            ending = token.endswith(ends) and token not in words.predicate_bars
            # A name, or a noun of German, is no verb; nor is "led" of ", led by", or "held by".
            named = at and written[at][0].isupper()
            ending = ending and not named and (at or not place) and tokens[at + 1 : at + 2] != ["by"]
            held = place and tokens[at + 1 : at + 2] == ["by"]
            if (token in known and not held) or ending:
                found += 1
            elif at and token in words.relatives:
                found -= 1
    return found > 0


@lru_cache(maxsize=16)
def _verbs(predicates: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Verbs, how others end, and how those end that may be participles too."""
    ends = [word for word in predicates if word.startswith("-")]
    participles = tuple(word[2:] for word in ends if word.startswith("--"))
    return frozenset(predicates), tuple(word.lstrip("-") for word in ends), participles


@lru_cache(maxsize=16)
def _phrases(said: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(_pattern, said))
    return re.compile(rf"(?i)\b(?:{listed})\b" if said else r"(?!)")


def _barred(text: str, bars: re.Pattern[str]) -> bool:
    return bool(bars.search(f" {text} "))


@lru_cache(maxsize=64)
def _before(words: tuple[str, ...]) -> re.Pattern[str]:
    """The blank before one of the words; nothing if there are none."""
    said = "|".join(map(_pattern, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?i)\s+(?=(?:{said})\s)" if said else r"(?!)")


def _pattern(phrase: str) -> str:
    """A phrase, with ``*`` for words between two signs."""
    return re.escape(phrase).replace(r"\*", r"[^,;:.]{1,80}?")


def _opening(text: str, openers: re.Pattern[str]) -> int:
    """Where the clause ends that a text opens with, if it does: what is said comes after it."""
    if not openers.match(f" {text[:40]}"):
        return 0
    comma = _COMMA.search(text)
    return comma.end() if comma else len(text)


def _in_list(text: str, at: int, joins: re.Pattern[str]) -> bool:
    """True of a comma or ``and`` that has another one, few words away, on either side."""
    before = text[max(text.rfind(sign, 0, at) for sign in ",،、，") + 1 : at]
    few = _ASIDE_WORDS if text[at : at + 1].strip() else _LISTED
    if len(before) < at and text[at] != "，" and len(before.split()) <= few:
        return True
    rest = text[at + 1 :]
    comma = _COMMA.search(rest)
    # What joins after that comma cannot come first, so nothing beyond it is looked at.
    join = joins.search(rest, 0, (comma and comma.start()) or len(rest))
    ends = [end.start() for end in (comma, join) if end and end.start()]
    return bool(ends) and len(rest[: min(ends)].split()) <= _LISTED


def _left_open(text: str) -> Iterator[tuple[int, bool]]:
    """Where brackets and quotes stand, the first one first; True where something is open right after it."""
    left = [0] * len(_PAIRS)
    for found in _SIGNS.finditer(text):
        for place, (opening, closing) in enumerate(_PAIRS):
            left[place] += (found[0] == opening) - (found[0] == closing)
        yield found.start(), max(left) > 0


# Signs that belong to the character before or after them: joiners, variation selectors, accents; the
# first half of a flag. Few texts need it: compiled when the first one does.
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_JOINED = f"()(?:.?[\u200d\ufe00-\ufe0f\u0300-\u036f])+$|(?<!{_FLAG})((?:{_FLAG}{{2}})*){_FLAG}$"
