"""A configuration becomes sorting rules: the names of fronts and the phrases of languages, ready to match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sitrep.base.languages import month_names, weekday_names
from sitrep.base.values import Struct, field
from sitrep.config.values import Config, Front
from sitrep.config.word_lists import Lexicon
from sitrep.lexicon.compiled import (
    ACTOR,
    AT,
    DIPLOMACY,
    EXEMPT,
    GLOSS,
    LOOK_BACK,
    NATIONAL,
    OUT_OF,
    PLACE,
    REPORTED,
    RUMOR,
    SPEAKS,
    STATEMENT,
    STATES_NOTHING,
    TOWARD,
    UPHEAVAL,
    WHOLE,
    WORD,
    CompiledLexicon,
    HeadingName,
    Hooks,
    Part,
    Phrase,
    Words,
)
from sitrep.lexicon.forms import Forms
from sitrep.lexicon.inflection import Endings, conjugated, inflected
from sitrep.lexicon.load import lexicons_of, own_lexicon
from sitrep.lexicon.word_cuts import cut_pattern
from sitrep.text.spelling import fold, singular, tokens


class SortingRules(Struct, frozen=True):
    """A configuration made ready for sorting."""

    config: Config
    fronts: dict[str, Front]
    rumors: str | None
    """Id of the front that takes what is unconfirmed."""
    general: str
    """Id of the front that takes what no other has."""
    themes: frozenset[str]
    """Ids of the fronts that are about who acts rather than where."""
    lexicons: dict[str, CompiledLexicon] = field(default_factory=dict)

    def lexicon(self, lang: str | None) -> CompiledLexicon:
        """The matchers of a language, compiled on first use; a text without one reads as the site's."""
        wanted = lang or self.config.site.language
        found = self.lexicons.get(wanted)
        if found is None:
            found = self.lexicons[wanted] = _compile(self.config, wanted)
        return found


_NO_PHRASES = frozenset((
    "replace", "doubt", "endings", "beginnings", "elisions", "word_order", "verb_forms", "plural_nouns",
    "plural_verbs", "at_words", "from_words", "toward_words", "join_words", "not_names", "past_words",
))  # fmt: skip


def compile_rules(config: Config) -> SortingRules:
    """Make a configuration ready for sorting. The caller keeps the result: a language costs milliseconds."""
    rumors = config.front_of_kind("rumors")
    general = config.front_of_kind("general")
    themes = [f.id for f in config.fronts if f.kind == "theme"]
    return SortingRules(
        config=config,
        fronts={f.id: f for f in config.fronts},
        rumors=rumors.id if rumors else None,
        general=general.id if general else (themes or [f.id for f in config.fronts])[-1],
        themes=frozenset(themes),
    )


def _compile(config: Config, lang: str) -> CompiledLexicon:
    lexicon = _lexicon(config, lang)
    general = front.id if (front := config.front_of_kind("general")) else None
    own = own_lexicon(config, lang) or Lexicon()
    cut = _cut(config, lexicon, own)
    forms = Forms(lexicon.spellings, cut)
    directions = forms.each_word(lexicon.directions)
    nouns = forms.each_word(lexicon.place_nouns) | forms.articles | directions
    joins = forms.each_word(lexicon.join_words)
    days = (name for name in (*month_names(lang), *weekday_names(lang)) if len(name) > 3)
    not_names = forms.each_word(lexicon.not_names) | forms.each_word(days)
    officials = _with_endings(forms.all(lexicon.officials), own)
    ends = _with_endings(forms.all(p for p in lexicon.officials if p.startswith("~")), own)
    found = list(_marks(lexicon, forms))
    names_of = (p for front in config.fronts for p in _names(front, forms, joins, nouns, general))
    found += _unambiguous(names_of, general, frozenset(f.id for f in config.fronts if f.kind == "theme"))
    names = [n for front in config.fronts for n in _heading_names(front, forms, directions)]
    grammar = _grammar(lexicon, forms)
    return CompiledLexicon(
        phrases=_hung(found, nouns | not_names | frozenset(grammar)),
        headings=tuple(names),
        kinds_of_front=frozenset(n.words[-1] for n in names if len(n.words) == 2),
        articles=forms.articles,
        parts=forms.parts,
        grammar=grammar,
        gloss_after=forms.each_word(g for g in lexicon.glosses if g.startswith("-")),
        anonymous=_with_endings(forms.all(p for p in lexicon.anonymous if not p.endswith("*")), own),
        unnamed=frozenset(forms.all(p for p in lexicon.anonymous if p.endswith("*"))),
        officials=officials,
        official_ends=tuple(sorted(word for (word,) in ends)),
        plural_nouns=tuple(map(fold, own.plural_nouns)),
        plural_verbs=tuple(map(fold, own.plural_verbs)),
        nouns=nouns,
        joins=joins | {"&"},
        directions=directions,
        not_names=not_names,
        opinions=_singular(forms.all(lexicon.opinion_headings)),
        views=_singular(forms.all(p for p in lexicon.opinion_headings if not p.startswith("="))),
        overviews=_singular(forms.all(lexicon.overview_headings)),
        themes=_singular(forms.all(lexicon.theme_headings)),
        hearsay=_singular(forms.all(lexicon.rumor_headings)),
        compass=_compass(names, directions),
        cut=cut,
        inflected=dict(inflected(_listed_words(config), own.endings)),
        beginnings=tuple((fold(b), fold(i)) for b, _, i in (each.partition(">") for each in own.beginnings)),
        doubt=own.doubt,
        word_order=next(iter(own.word_order), ""),
    )


def _cut(config: Config, lexicon: Lexicon, own: Lexicon) -> str:
    """What cuts runs of letters: every name and phrase that is known."""
    names = [n for f in config.fronts for n in (f.name, f.short, *f.headings, *f.actors, *f.words)]
    names += [n for f in config.fronts for place in f.places for n in (place.name, *place.aliases)]
    spoken = (*lexicon.statement_verbs, *lexicon.statement_nouns)
    lists = (name for name in Lexicon.__struct_fields__ if name not in _NO_PHRASES)
    phrases = [w for name in lists for w in getattr(lexicon, name)]
    stems = [word.strip("~") for line in own.doubt for word in line.split()[1:]]
    return cut_pattern((*names, *phrases), (*spoken, *stems), own.elisions)


def _with_endings(phrases: tuple[Words, ...], own: Lexicon) -> frozenset[Words]:
    """The phrases, those of one word also as they end in a sentence."""
    endings = Endings(own.endings)
    ended = {(form,) for words in phrases if len(words) == 1 for form in endings.forms(words[0])}
    return frozenset(ended.union(phrases))


def _listed_words(config: Config) -> Iterator[tuple[str, str]]:
    """The words of the names of places, folded, each with whose it is."""
    for front in config.fronts:
        for place in front.places:
            for name in (place.name, *place.aliases):
                words = (fold(token) for token in tokens(name) if token[0].isalpha())
                yield from ((word, place.name) for word in words if word)


def _grammar(lexicon: Lexicon, forms: Forms) -> dict[str, tuple[tuple[Words, Part], ...]]:
    """What stands before a name and gives it its part, by last word; what comes first here beats the rest."""
    lists = (
        (GLOSS, [g for g in lexicon.glosses if not g.startswith("-")]),
        (TOWARD, lexicon.toward_words),
        (AT, lexicon.at_words),
        (OUT_OF, lexicon.from_words),
    )
    grammar: dict[str, list[tuple[Words, Part]]] = {}
    for part, phrases in lists:
        for words in forms.all(phrases):
            grammar.setdefault(words[-1], []).append((words, part))
    return {last: tuple(sorted(group, key=lambda g: -len(g[0]))) for last, group in grammar.items()}


def _singular(phrases: Iterable[Words]) -> frozenset[Words]:
    return frozenset(tuple(map(singular, words)) for words in phrases)


def _lexicon(config: Config, lang: str) -> Lexicon:
    """The word lists of a language, of its base language (ar for ar-SY), of the site's and of English."""
    lists = lexicons_of(config, lang)
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys(w for each in lists for w in getattr(each, name)))
        for name in Lexicon.__struct_fields__
        if name != "replace"
    }
    for name in ("statement_verbs", "not_statements"):
        # Each list by its own language's forms.
        forms = (form for each in lists for form in conjugated(getattr(each, name), each.verb_forms))
        joined[name] = tuple(dict.fromkeys(forms))
    return Lexicon(**joined)


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


def _hung(phrases: list[Phrase], common: frozenset[str]) -> dict[str, Hooks]:
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
        hook = costs.index(min(costs))
        after, before, parted = longer.setdefault(words[hook], ({}, {}, []))
        if hook:
            phrase = phrase._replace(hook=hook)
        if phrase.tail:
            parted.append(phrase)
        else:
            side, beside = (after, hook + 1) if hook + 1 < len(words) else (before, hook - 1)
            side[words[beside]] = (*side.get(words[beside], ()), phrase)
    hung = {word: Hooks(tuple(group), {}, {}) for word, group in alone.items()}
    for word, (after, before, parted) in longer.items():
        hung[word] = Hooks(tuple(alone.get(word, ())), after, before, tuple(parted))
    return hung


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
    """One phrase per spelling: a place's own name beats an alias; places that share one become rivals.

    Who acts on several fronts speaks for none of them, and so for the general one; if a theme is among them,
    for that one where words of speaking follow.
    """
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
    return list(kept.values())


def _heading_names(front: Front, forms: Forms, directions: frozenset[str]) -> Iterator[HeadingName]:
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


def _compass(names: Iterable[HeadingName], directions: frozenset[str]) -> dict[str, str]:
    """The fronts called by one direction: "West", and "western" of the Western front."""
    return {
        name.words[0]: name.front
        for name in names
        if name.words[0] in directions and (len(name.words) == 1 or not directions & set(name.words[1:]))
    }
