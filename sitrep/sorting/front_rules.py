"""A configuration becomes sorting rules: the names of fronts and the phrases of languages, ready to match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.base.values import Struct, field
from sitrep.config.own_words import own_lexicon
from sitrep.config.values import Config, Front, Place
from sitrep.config.word_lists import Lexicon
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.lexicon.compiled_phrases import AT, GLOSS, OUT_OF, TOWARD, HeadingName, Part, Words
from sitrep.lexicon.forms import Forms
from sitrep.lexicon.inflection import Endings, Inflected, ListedWords, conjugated, listed_words
from sitrep.lexicon.load import lexicons_of
from sitrep.lexicon.word_cuts import cut_pattern, is_unspaced
from sitrep.sorting.phrases import by_rarest_word, compass, heading_names, phrases_of
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
    "day_words", "links", "all_over", "crews", "town_parts",
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
    own = own_lexicon(config, lang) or Lexicon()
    cut = _cut(config, lexicon, own)
    forms = Forms(lexicon.spellings, cut)
    directions = forms.each_word(lexicon.directions)
    nouns = forms.each_word(lexicon.place_nouns) | forms.articles | directions
    joins = forms.each_word(lexicon.join_words)
    days = _days(lexicon, forms, lang)
    not_names = forms.each_word(lexicon.not_names) | days
    found = phrases_of(config.fronts, lexicon, forms, joins, nouns)
    names = [n for front in config.fronts for n in heading_names(front, forms, directions)]
    grammar = _grammar(lexicon, forms)
    listed = _listed(config)
    nouns |= set(Inflected(listed, own.endings).forms_of(nouns))
    return CompiledLexicon(
        phrases=by_rarest_word(found, nouns | not_names | frozenset(grammar)),
        articles=forms.articles,
        parts=forms.parts,
        grammar=grammar,
        gloss_after=forms.each_word(g for g in lexicon.glosses if g.startswith("-")),
        nouns=nouns,
        joins=joins | {"&"},
        directions=directions,
        not_names=not_names,
        all_over=frozenset(forms.all(lexicon.all_over)),
        crews=forms.each_word(lexicon.crews),
        town_parts=forms.each_word(lexicon.town_parts),
        common=forms.each_word(lexicon.common),
        days=days,
        cut=cut,
        listed=listed,
        endings=own.endings,
        beginnings=tuple((fold(b), fold(i)) for b, _, i in (each.partition(">") for each in own.beginnings)),
        doubt=own.doubt,
        word_order=next(iter(own.word_order), ""),
        subject_marks=forms.each_word(own.subject_marks),
        links=tuple(fold(end.strip("-")) for end in own.links),
        **_of_headings(lexicon, forms, names),
        **_of_people(lexicon, own, forms),
        compass=compass(names, directions),
    )


def _of_headings(lexicon: Lexicon, forms: Forms, names: list[HeadingName]) -> dict[str, Any]:
    """What headings say, singular."""
    opinions = lexicon.opinion_headings
    return {
        "headings": tuple(names),
        "kinds_of_front": frozenset(n.words[-1] for n in names if len(n.words) == 2),
        "opinions": _singular(forms.all(opinions)),
        "views": _singular(forms.all(p for p in opinions if not p.startswith("="))),
        "themes": _singular(forms.all(lexicon.theme_headings)),
        "hearsay": _singular(forms.all(lexicon.rumor_headings)),
    }


def _of_people(lexicon: Lexicon, own: Lexicon, forms: Forms) -> dict[str, Any]:
    """Who speaks, and who speaks without a name."""
    ends = _with_endings(forms.all(p for p in lexicon.officials if p.startswith("~")), own)
    return {
        "anonymous": _with_endings(forms.all(p for p in lexicon.anonymous if not p.endswith("*")), own),
        "unnamed": frozenset(forms.all(p for p in lexicon.anonymous if p.endswith("*"))),
        "officials": _with_endings(forms.all(lexicon.officials), own),
        "official_ends": tuple(sorted(word for (word,) in ends)),
        "plural_nouns": tuple(map(fold, own.plural_nouns)),
        "plural_verbs": tuple(map(fold, own.plural_verbs)),
    }


def _days(lexicon: Lexicon, forms: Forms, lang: str) -> frozenset[str]:
    """What days and months are called, and words like them; of short names only those that are a sign."""
    names = (*month_names(lang), *weekday_names(lang))
    long = (name for name in names if len(name) > 3 - 2 * is_unspaced(name))
    return forms.each_word(long) | forms.each_word(lexicon.day_words)


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


def _listed(config: Config) -> tuple[ListedWords, ...]:
    """The words of the names of places, and actors in one word."""
    places = (each for front in config.fronts for place in front.places for each in _words_of(place))
    actors = ((fold(a), a) for front in config.fronts for a in front.actors if len(tokens(a)) == 1)
    return listed_words(places), listed_words(actors)


def _words_of(place: Place) -> Iterator[tuple[str, str]]:
    """The words of a place's names, folded, each with whose it is."""
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
