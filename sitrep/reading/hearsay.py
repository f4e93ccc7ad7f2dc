"""The text of a rumor -> the sentence that tells it, what it may be called, and what tells it from others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitrep.model import Hearsay
from sitrep.reading.claimlines import ClaimWords, claim_words, slug
from sitrep.reading.places import Scan, scan
from sitrep.reading.scheme import Scheme, singular
from sitrep.reading.spelling import fold
from sitrep.reading.tongue import ACTOR, PLACE, REPORTED, RUMOR, Tongue, Word

_END = re.compile(r"(?<=[.!?…؟۔])[\"'”’»)\]]*\s+|\n+")
_ENOUGH_WORDS = 4
_SHORTEST = 3
_SILENT, _EVENT, _TELLS = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a sentence is about, in compared form."""

    events: tuple[str, ...]
    """Words for what happened: coup, ceasefire; in order of mention, as are the rest."""
    places: tuple[str, ...]
    actors: tuple[str, ...]
    words: tuple[str, ...]
    """Its other words that are not common."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    seen: Scan
    traits: Traits

    @property
    def hedged(self) -> bool:
        return any(mark.phrase.kind in (REPORTED, RUMOR) for mark in self.seen.marks)


def hear(text: str, places: Iterable[str], lang: str | None, scheme: Scheme) -> Hearsay:
    """What a rumor says and may be called. ``text`` is plain; ``places`` are those the whole item names."""
    sentences = [_sentence(one, lang, scheme) for one in _END.split(text) if one.strip()]
    told = max(sentences, key=_telling, default=None)
    if told is None:
        return Hearsay(gist=text, slug="")
    before = sentences[: sentences.index(told)][::-1]
    there = next((s.traits.places for s in (told, *before) if s.traits.places), tuple(places))
    return Hearsay(gist=" ".join(told.text.split()), slug=_slug(told.traits, there), places=there)


def traits_of_each(text: str, lang: str | None, scheme: Scheme) -> tuple[Traits, ...]:
    """What each sentence of a plain text is about."""
    return tuple(_sentence(one, lang, scheme).traits for one in _END.split(text) if one.strip())


def _telling(one: _Sentence) -> int:
    """How likely it is that this sentence tells the rumor; of equals the first is taken."""
    about = one.traits
    weight = 4 * one.hedged + 3 * bool(about.events) + 2 * bool(about.places) + bool(about.actors)
    return weight + (len(one.seen.words) >= _ENOUGH_WORDS)


def _slug(about: Traits, places: Iterable[str]) -> str:
    """What happened and where; else who, else the first words that say anything."""
    where = next((part for place in places if (part := slug(place))), "")
    what = [*about.events[:1], *about.words]
    if not what:
        what = list(about.actors)
    if not where:
        where = next((part for name in about.actors if (part := slug(name)) and part not in what), "")
    parts = [part for word in what[: 1 if where else 2] if (part := slug(word))]
    return slug("-".join([*parts, *([where] if where not in parts else [])]))


def _sentence(text: str, lang: str | None, scheme: Scheme) -> _Sentence:
    tongue = scheme.tongue(lang)
    seen = scan(text, tongue)
    return _Sentence(text, seen, _traits(seen, tongue, claim_words(scheme.config, lang)))


def _traits(seen: Scan, tongue: Tongue, lists: ClaimWords) -> Traits:
    taken = {
        place
        for mention in (*seen.mentions, *seen.marks)
        if mention.phrase.kind in (PLACE, ACTOR, REPORTED, RUMOR)
        for place in range(mention.start, mention.end)
    }
    events: dict[str, None] = {}
    words: dict[str, None] = {}
    known = lists.forms
    for at, word in enumerate(seen.words):
        found = known.get(word.token)
        if found is None:
            found = known[word.token] = _form(word, tongue, lists)
        form, kind = found
        if kind == _EVENT:
            events[form] = None
        elif kind == _TELLS and at not in taken:
            words[form] = None
    names = [m.phrase for m in seen.mentions]
    return Traits(
        events=tuple(events),
        places=tuple(dict.fromkeys(p.name for p in names if p.kind is PLACE)),
        actors=tuple(dict.fromkeys(p.name for p in names if p.kind is ACTOR)),
        words=tuple(words),
    )


def _form(word: Word, tongue: Tongue, lists: ClaimWords) -> tuple[str, int]:
    """A word as it is compared, and whether it names an event, tells one rumor from another, or neither."""
    form = singular(fold(word.token))
    if form in lists.events:
        return form, _EVENT
    tells = (
        len(form) >= _SHORTEST
        and form.isalpha()
        and form not in lists.common
        and word.form not in tongue.nouns
        and word.form not in tongue.not_names
        and word.form not in tongue.grammar
    )
    return form, _TELLS if tells else _SILENT
