"""The text of a rumor -> the sentence that tells it, what it may be called, and what tells it from others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitrep.base.nouns import Hearsay
from sitrep.base.patterns import lazy_pattern
from sitrep.base.signs import LETTERS
from sitrep.base.values import Struct
from sitrep.lexicon.compiled import CompiledLexicon, Word
from sitrep.lexicon.compiled_phrases import ACTOR, PLACE, REPORTED, RUMOR
from sitrep.reading.claim_lines import ClaimWords, claim_words, slug
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.places import Scan, scan
from sitrep.text.sentences import PARTED
from sitrep.text.spelling import fold, singular

_LETTERS = lazy_pattern(LETTERS)
_ENOUGH_WORDS = 4
_SHORTEST = 3
_SILENT, _EVENT, _TELLS = range(3)
"""What a word is to a rumor: nothing, the name of what happened, or what tells it from another rumor."""


class Traits(Struct, frozen=True, kw_only=True):
    """What a sentence is about, in compared form."""

    events: tuple[str, ...]
    """Words for what happened: coup, ceasefire; in order of mention, as are the rest."""
    places: tuple[str, ...]
    actors: tuple[str, ...]
    words: tuple[str, ...]
    """Its other words that are not common."""


class _Sentence(NamedTuple):
    text: str
    seen: Scan
    traits: Traits

    @property
    def hedged(self) -> bool:
        return any(mark.phrase.kind in (REPORTED, RUMOR) for mark in self.seen.marks)


def hearsay_in(text: str, places: Iterable[str], lang: str | None, rules: SortingRules) -> Hearsay:
    """What a rumor says and may be called. ``text`` is plain; ``places`` are those the whole item names."""
    sentences = _sentences(text, lang, rules)
    told = max(sentences, key=_telling, default=None)
    if told is None:
        return Hearsay(gist=text, slug="")
    before = sentences[: sentences.index(told)][::-1]
    there = next((s.traits.places for s in (told, *before) if s.traits.places), tuple(places))
    return Hearsay(gist=" ".join(told.text.split()), slug=_slug(told.traits, there), places=there)


def traits_of_each(text: str, lang: str | None, rules: SortingRules) -> tuple[Traits, ...]:
    """What each sentence of a plain text is about."""
    return tuple(sentence.traits for sentence in _sentences(text, lang, rules))


def _telling(sentence: _Sentence) -> int:
    """How likely it is that this sentence tells the rumor; of equals the first is taken."""
    about = sentence.traits
    weight = 4 * sentence.hedged + 3 * bool(about.events) + 2 * bool(about.places) + bool(about.actors)
    return weight + (len(sentence.seen.words) >= _ENOUGH_WORDS)


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


def _sentences(text: str, lang: str | None, rules: SortingRules) -> list[_Sentence]:
    lexicon, lists = rules.lexicon(lang), claim_words(rules.config, lang)
    scans = [(said, scan(said, lexicon)) for said in PARTED.split(text) if said.strip()]
    return [_Sentence(said, seen, _traits(seen, lists)) for said, seen in scans]


def _traits(seen: Scan, lists: ClaimWords) -> Traits:
    taken = {
        place
        for mention in (*seen.mentions, *seen.marks)
        if mention.phrase.kind in (PLACE, ACTOR, REPORTED, RUMOR)
        for place in range(mention.start, mention.end)
    }
    known = lists.forms
    forms = [known.get(word.token) or _met(word, seen.lexicon, lists) for word in seen.words]
    told = [form for at, (form, kind) in enumerate(forms) if kind == _TELLS and at not in taken]
    names = [m.phrase for m in seen.mentions]
    return Traits(
        events=tuple(dict.fromkeys([form for form, kind in forms if kind == _EVENT])),
        places=seen.places,
        actors=tuple(dict.fromkeys([p.name for p in names if p.kind is ACTOR])),
        words=tuple(dict.fromkeys(told)),
    )


def _met(word: Word, lexicon: CompiledLexicon, lists: ClaimWords) -> tuple[str, int]:
    """A word met for the first time as it is compared, and what it is; remembered."""
    form = singular(fold(word.token))
    kind = _EVENT if form in lists.events else _TELLS if _tells(form, word, lexicon, lists) else _SILENT
    lists.forms[word.token] = form, kind
    return form, kind


def _tells(form: str, word: Word, lexicon: CompiledLexicon, lists: ClaimWords) -> bool:
    """True if a word tells one rumor from another."""
    return (
        len(form) >= _SHORTEST
        and _LETTERS.fullmatch(form) is not None
        and form not in lists.common
        and word.form not in lexicon.nouns
        and word.form not in lexicon.not_names
        and word.form not in lexicon.grammar
    )
