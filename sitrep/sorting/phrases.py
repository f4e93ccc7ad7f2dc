"""The names of fronts and the phrases of a language -> what texts are searched for, by its rarest words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sitrep.config.values import Front
from sitrep.config.word_lists import Lexicon
from sitrep.lexicon.compiled_phrases import (
    ACTOR,
    DIPLOMACY,
    EXEMPT,
    LOOK_BACK,
    NATIONAL,
    PLACE,
    REPORTED,
    RUMOR,
    SPEAKS,
    STATEMENT,
    STATES_NOTHING,
    UPHEAVAL,
    WHOLE,
    WORD,
    HeadingName,
    Phrase,
    WordPhrases,
    Words,
)
from sitrep.lexicon.forms import Forms
from sitrep.text.spelling import singular


def phrases_of(
    fronts: Sequence[Front], lexicon: Lexicon, forms: Forms, joins: frozenset[str], nouns: frozenset[str]
) -> list[Phrase]:
    """What speaks for a front or tells how sure an author is, each spelling of a name once."""
    general = next((front.id for front in fronts if front.kind == "general"), None)
    themes = frozenset(front.id for front in fronts if front.kind == "theme")
    names = (phrase for front in fronts for phrase in _names(front, forms, joins, nouns, general))
    return [*_marks(lexicon, forms), *_unambiguous(names, general, themes)]


def _marks(lexicon: Lexicon, forms: Forms) -> Iterator[Phrase]:
    """The phrases that tell how sure an author is."""
    lists = (
        (REPORTED, lexicon.reported), (RUMOR, lexicon.rumor),
        (SPEAKS, lexicon.statement_verbs), (STATEMENT, lexicon.statement_nouns),
    )  # fmt: skip
    for kind, phrases in lists:
        for phrase in phrases:
            head, _, tail = phrase.partition("*") if not phrase.endswith("*") else (phrase, "", "")
            if words := forms.one(head):
                yield Phrase(kind, words, name="*" if phrase.endswith("*") else "", tail=forms.one(tail))
    for kind, phrases in ((EXEMPT, lexicon.not_hedges), (STATES_NOTHING, lexicon.not_statements)):
        for phrase in phrases:
            wide = "**" if "**" in phrase else ""
            head, _, tail = phrase.partition(wide or "*")
            if words := forms.one(head):
                yield Phrase(kind, words, tail=forms.one(tail), name=wide)
    plain = (
        (LOOK_BACK, lexicon.past_words), (DIPLOMACY, lexicon.diplomacy), (WHOLE, lexicon.whole_country),
        (NATIONAL, lexicon.national), (UPHEAVAL, lexicon.upheavals),
    )  # fmt: skip
    for kind, phrases in plain:
        for phrase in phrases:
            if words := forms.one(phrase):
                yield Phrase(kind, words)


# How often a word of so many letters is met, roughly: short words are the common ones.
_FREQUENCY = (300, 300, 300, 150, 60, 20, 5)


def by_rarest_word(phrases: list[Phrase], common: frozenset[str]) -> dict[str, WordPhrases]:
    """The phrases by the word each is looked up by, the rarest of its words."""
    shared = Counter([w for p in phrases for w in p.words])
    alone: dict[str, list[Phrase]] = {}
    longer: dict[str, tuple[dict[str, tuple[Phrase, ...]], dict[str, tuple[Phrase, ...]], list[Phrase]]] = {}
    for phrase in phrases:
        words = phrase.words
        if len(words) == 1 and not phrase.tail:
            alone.setdefault(words[0], []).append(phrase)
            continue
        costs = [shared[w] * _FREQUENCY[min(len(w), 6)] * (20 if w in common else 1) for w in words]
        rarest = costs.index(min(costs))
        after, before, parted = longer.setdefault(words[rarest], ({}, {}, []))
        if rarest:
            phrase = phrase._replace(rarest=rarest)
        if phrase.tail:
            parted.append(phrase)
        else:
            side, beside = (after, rarest + 1) if rarest + 1 < len(words) else (before, rarest - 1)
            side[words[beside]] = (*side.get(words[beside], ()), phrase)
    found = {word: WordPhrases(tuple(group), {}, {}) for word, group in alone.items()}
    for word, (after, before, parted) in longer.items():
        found[word] = WordPhrases(tuple(alone.get(word, ())), after, before, tuple(parted))
    return found


def _names(
    front: Front, forms: Forms, joins: frozenset[str], nouns: frozenset[str], general: str | None
) -> Iterator[Phrase]:
    """Everything in a text that speaks for a front."""
    for place in front.places:
        for spelling in (place.name, *place.aliases):
            for words in forms.spelled(spelling):
                proper = spelling is place.name
                speaks_for = (front.id if front.kind == "theme" else general) if place.capital else None
                yield Phrase(
                    PLACE, words, front.id, place.name, proper, _capital(spelling, words),
                    speaks_for=speaks_for,
                )  # fmt: skip
    for actor in front.actors:
        if words := forms.name(actor):
            yield Phrase(ACTOR, words, front.id, actor, True, _capital(actor, words))
    kind = RUMOR if front.kind == "rumors" else WORD
    for word in front.words:
        if words := forms.one(word):
            yield Phrase(kind, words, front.id, word, True)
    if front.kind in ("geography", "theme"):
        yield from _own_names(front, forms, joins, nouns)


def _own_names(front: Front, forms: Forms, joins: frozenset[str], nouns: frozenset[str]) -> Iterator[Phrase]:
    """The front's name and headings as a text may have them: "Western front", "Kharkiv" of "Kharkiv axis",
    "Lachin" of "Lachin and Kelbajar"."""
    for name in (front.name, *front.headings):
        words = forms.name(name)
        if len(words) > 1:
            yield Phrase(WORD, words, front.id, name, True)
    if front.kind != "geography":
        return
    for is_joint, part in groupby(forms.words(front.name), joins.__contains__):
        own = tuple(word for word in forms.of_name(tuple(part)) if word not in nouns)
        if not is_joint and len(own) == 1 and len(own[0]) > 3:
            yield Phrase(WORD, own, front.id, front.name, False, 1)


def _capital(name: str, words: Words) -> int:
    """The capitals a text must have: all where an acronym may be a word, one where a name is very short."""
    if len(words) > 1 or not words or name == name.swapcase():
        return 0
    if name.isupper() and len(words[0]) <= 3:
        return 2
    return 1 if len(words[0]) <= 3 else 0


def _unambiguous(phrases: Iterable[Phrase], general: str | None, themes: frozenset[str]) -> list[Phrase]:
    """One phrase per spelling: a place's own name beats an alias; places that share one become rivals. Who
    acts on several fronts speaks for none of them, and so for the general one; if a theme is among them, for
    that one where words of speaking follow."""
    kept: dict[tuple[Words, bool], Phrase] = {}
    for phrase in phrases:
        slot = (phrase.words, phrase.kind is RUMOR)
        old = kept.get(slot)
        if old is None or (phrase.kind is PLACE and old.kind is not PLACE):
            kept[slot] = phrase
        elif phrase.kind is PLACE and phrase.proper is not old.proper:
            kept[slot] = phrase if phrase.proper else old
        elif phrase.kind is PLACE and phrase.front != old.front:
            kept[slot] = old._replace(rivals=(*(old.rivals or (old,)), phrase))
        elif phrase.kind is ACTOR is old.kind and phrase.front != old.front:
            abroad = next((f for f in (old.front, phrase.front) if f in themes), old.speaks_for)
            kept[slot] = old._replace(front=general, speaks_for=abroad)
        elif phrase.kind is WORD is old.kind and not (
            phrase.proper or old.proper or phrase.front == old.front
        ):
            # Kivu is neither the front North Kivu nor South Kivu.
            kept[slot] = old._replace(front=None)
    return [phrase for phrase in kept.values() if phrase.front or phrase.kind > WORD]


def heading_names(front: Front, forms: Forms, directions: frozenset[str]) -> Iterator[HeadingName]:
    """How headings name a front: by its name or a longer alias anywhere in them, by short ones alone."""
    for name in (front.name, *front.headings):
        words = tuple(singular(w) for w in forms.name(name))
        if words:
            bare = all(w in directions for w in words)
            alias = len(words) == 1 and name != front.name and front.kind != "rumors"
            yield HeadingName(words, front.id, bare or alias or front.kind == "general")
    for name in (front.short or front.name.split()[0], *front.names):
        if words := tuple(singular(w) for w in forms.name(name)):
            yield HeadingName(words, front.id, True)


def compass(names: Iterable[HeadingName], directions: frozenset[str]) -> dict[str, str]:
    """The fronts called by one direction: "West", and "western" of the Western front."""
    return {
        name.words[0]: name.front
        for name in names
        if name.words[0] in directions and (len(name.words) == 1 or not directions & set(name.words[1:]))
    }
