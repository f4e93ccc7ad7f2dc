"""A text becomes a scan: its words, and the configured places, actors, words and marks they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple

from sitrep.base.nouns import Certainty
from sitrep.base.patterns import lazy_pattern
from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import ACTOR, EXEMPT, PLACE, REPORTED, RUMOR, WORD, Phrase
from sitrep.lexicon.doubt import together
from sitrep.text.spelling import without_hidden

_GAP, _WIDE_GAP = 6, 16
_NONE: frozenset[str] = frozenset()
_hit = itemgetter(Word._fields.index("hit"))
_stems = itemgetter(Word._fields.index("stems"))
_TOGETHER = {
    (Certainty.REPORTED, False): Phrase(REPORTED, ()),
    (Certainty.REPORTED, True): Phrase(REPORTED, (), name="told"),
    (Certainty.RUMOR, False): Phrase(RUMOR, ()), (None, False): Phrase(EXEMPT, ()),
}  # fmt: skip
_LINKS = lazy_pattern(r"!?\[([^\[\]\n]{1,300})\](?:\([^()\s]{0,500}\)|\[[^\[\]\n]{0,80}\])")
"""Links, which are read as their words."""
_ORDINAL = lazy_pattern(r"\b(\d\d?)\.(?= ([^\W\d_]{3,}))")
_ADDRESSES = lazy_pattern(r"\]\([^)\s]{0,2000}\)|https?://\S+|www\.\S+")


_LONGEST = 20_000
"""Characters of an item that are looked at: its front and its certainty stand near its beginning."""


class Mention(NamedTuple):
    """A configured phrase met in a text; ``start`` and ``end`` count tokens."""

    phrase: Phrase
    start: int
    end: int


class Scan(NamedTuple):
    """A text cut into words, with every configured phrase found in it."""

    text: str
    """Without addresses of links, which name no place; a new line is ``¶``."""
    words: list[Word]
    mentions: list[Mention]
    """Places, actors and words of fronts, in order; no two overlap."""
    marks: list[Mention]
    """Hedges, rumors and statement words, in order; they may overlap."""
    lead: int
    """Number of words of the first sentence."""
    lexicon: CompiledLexicon
    """What they were looked up in."""

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places, each once, in order of mention."""
        return tuple(dict.fromkeys([m.phrase.name for m in self.mentions if m.phrase.kind is PLACE]))


def scan(text: str, lexicon: CompiledLexicon, front: str | None = None) -> Scan:
    """Find every configured phrase in a text; misspelt places too, where only one can be meant. ``front`` is
    what the heading above speaks of; it helps to tell places apart that are spelled alike."""
    text = text[:_LONGEST]
    if "](" in text or "][" in text:
        text = _LINKS.sub(r"\1", text)
    if "//" in text or "www." in text or "](" in text:
        text = _ADDRESSES.sub(" ", text)
    if "\n" in text or "_" in text:
        text = text.replace("\n", " ¶ ").replace("_", " ")
    text = without_hidden(text)
    # The stop of "am 3. Mai" ends no sentence.
    text = _ORDINAL.sub(lambda m: m[1] if lexicon.form(m[2]) in lexicon.days else m[0], text)
    words = lexicon.words(text)
    names, marks = _met(words, lexicon)
    if made := [
        _mention(_TOGETHER[rule.effect, rule.told], start, end)
        for rule, start, end in together(words, compress(count(), map(_stems, words)))
    ]:
        marks = sorted([*marks, *made], key=_position)
    if len(names) > 1:
        names = _apart(names)
    if any([name.phrase.rivals for name in names]):  # noqa: C419 - a generator costs more than the few names
        names = _settled(names, front)
    lead = next((i for i, word in enumerate(words) if word.stop == 2), len(words))
    return Scan(text, words, names, marks, lead, lexicon)


def _met(words: list[Word], lexicon: CompiledLexicon) -> tuple[list[Mention], list[Mention]]:
    """The names and the marks that stand in the words, in the order of the words they are looked up by."""
    names: list[Mention] = []
    marks: list[Mention] = []
    articles, last = lexicon.articles, len(words) - 1
    typed = any(word.capital for word in words[:2])
    for i in compress(count(), map(_hit, words)):
        word = words[i]
        if word.near is not None and not _is_a_persons(i, words, lexicon):
            names.append(_mention(word.near, i, i + 1))
        if word.phrases is None:
            continue
        alone, after, before, parted = word.phrases
        for phrase in alone:
            if phrase.kind is not PLACE or i == 0 or _is_name(i, words, lexicon, typed=typed):
                (names if phrase.kind <= WORD else marks).append(_mention(phrase, i, i + 1))
        # Here most longer phrases fail: the word beside the rarest is another.
        if after and i < last and ((beside := words[i + 1].form) in after or beside in articles):
            _meet(_beside(after, i, 1, words, articles), i, words, articles, names, marks)
        if before and i and ((beside := words[i - 1].form) in before or beside in articles):
            _meet(_beside(before, i, -1, words, articles), i, words, articles, names, marks)
        if parted:
            _meet(parted, i, words, articles, names, marks)
    return names, marks


def _mention(phrase: Phrase, start: int, end: int) -> Mention:
    # What Mention(...) does, at half its cost.
    return tuple.__new__(Mention, (phrase, start, end))


def _meet(
    phrases: Iterable[Phrase],
    i: int,
    words: list[Word],
    articles: frozenset[str],
    names: list[Mention],
    marks: list[Mention],
) -> None:
    """Add those of the phrases looked up by word ``i`` that stand there in full."""
    for phrase in phrases:
        if (span := _span(phrase, i, words, articles)) is not None:
            (names if phrase.kind <= WORD else marks).append(_mention(phrase, *span))


def _beside(
    phrases: dict[str, tuple[Phrase, ...]], i: int, step: int, words: list[Word], articles: frozenset[str]
) -> tuple[Phrase, ...]:
    """The phrases whose next word stands beside word ``i``, perhaps behind an article."""
    tried: tuple[Phrase, ...] = ()
    j = i + step
    while 0 <= j < len(words):
        form = words[j].form
        if form in phrases:
            tried += phrases[form]
        if form not in articles:
            break
        j += step
    return tried


def _span(phrase: Phrase, i: int, words: list[Word], articles: frozenset[str]) -> tuple[int, int] | None:
    """Where the phrase stands if word ``i`` is its rarest one; articles inside a name may come and go."""
    skip = articles if phrase.kind <= ACTOR else _NONE
    start, end = i, i + 1
    for wanted in phrase.words[phrase.rarest + 1 :]:
        while end < len(words) and words[end].form != wanted and words[end].form in skip:
            end += 1
        if end >= len(words) or words[end].form != wanted:
            return None
        end += 1
    for wanted in reversed(phrase.words[: phrase.rarest]):
        start -= 1
        while start >= 0 and words[start].form != wanted and words[start].form in skip:
            start -= 1
        if start < 0 or words[start].form != wanted:
            return None
    if phrase.tail:
        end = _tail(phrase, end, words)
    return (start, end) if end else None


def _tail(phrase: Phrase, end: int, words: list[Word]) -> int:
    """The end of the words that must follow within a few others in the same sentence; 0 if they do not."""
    tail = phrase.tail
    for i in range(end, min(end + (_WIDE_GAP if phrase.name == "**" else _GAP) + 1, len(words))):
        if words[i].stop == 2:
            return 0
        if words[i].form == tail[0] and tuple([w.form for w in words[i : i + len(tail)]]) == tail:
            return i + len(tail)
    return 0


def _is_a_persons(i: int, words: list[Word], lexicon: CompiledLexicon) -> bool:
    """A near spelling beside another unknown capitalised word is more likely part of a person's name."""
    opens = i > 0 and (i == 1 or words[i - 2].stop == 2)
    return _is_unknown(i + 1, words, lexicon) or (not opens and _is_unknown(i - 1, words, lexicon))


def _is_name(i: int, words: list[Word], lexicon: CompiledLexicon, *, typed: bool) -> bool:
    """No person behind a title, and in a text that has capitals no word in small letters, but behind "in": a
    saw is Polish piła."""
    token = words[i].token
    small = typed and token.islower() and lexicon.form(token) == words[i].form
    before = next((word for word in words[i - 1 :: -1] if word.form not in lexicon.articles), None)
    return (not small or bool(before and before.gives)) and not _is_titled(i, words, lexicon)


def _is_titled(i: int, words: list[Word], lexicon: CompiledLexicon) -> bool:
    """A name behind a title and beside an unknown name is a person's: "Prime Minister Abiy Ahmed"."""
    first = i
    while _is_unknown(first - 1, words, lexicon) and not lexicon.is_official(words[first - 1].form):
        first -= 1
    titled = first > 0 and lexicon.is_official(words[first - 1].form)
    return titled and (first < i or _is_unknown(i + 1, words, lexicon))


def _is_unknown(i: int, words: list[Word], lexicon: CompiledLexicon) -> bool:
    """There is a word with a capital that no list has."""
    if not 0 <= i < len(words):
        return False
    word = words[i]
    return word.capital and not (word.phrases or word.form in lexicon.nouns or word.form in lexicon.grammar)


def _apart(names: list[Mention]) -> list[Mention]:
    """The names without overlaps: the longer wins, then the earlier."""
    free = 0
    for _, start, end in names:
        if start < free:
            break
        free = end
    else:
        return names
    kept: list[Mention] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda m: (m.start - m.end, m.start)):
        if taken.isdisjoint(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    return sorted(kept, key=_position)


def _settled(names: list[Mention], front: str | None) -> list[Mention]:
    """The names, those spelled alike as the place meant: of the front above, or of what else is named. Where
    nothing tells, none is: a wrong place is worse than none."""
    beside = Counter(name.phrase.front for name in names if not name.phrase.rivals)
    settled: list[Mention] = []
    for name in names:
        if rivals := name.phrase.rivals:
            meant = max(rivals, key=lambda place: (place.front == front, beside[place.front]))
            if meant.front != front and not beside[meant.front]:
                continue
            name = name._replace(phrase=meant)
        settled.append(name)
    return settled


def _position(mention: Mention) -> int:
    return mention.start
