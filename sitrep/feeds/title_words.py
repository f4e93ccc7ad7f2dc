"""The word lists of a language -> the words by which titles are cut."""

from __future__ import annotations

from functools import lru_cache

from sitrep.config.word_lists import Lexicon
from sitrep.lexicon.inflection import conjugated
from sitrep.text.clause_words import ClauseWords


def clause_words(known: Lexicon | None) -> ClauseWords:
    """The words before which a sentence of a language may end early."""
    if known is None:
        return ClauseWords()
    return ClauseWords(
        openers=known.clause_words,
        joins=known.join_words,
        adjuncts=known.adjunct_words,
        bars=known.adjunct_bars,
        idioms=known.clause_idioms,
        predicates=known.predicates,
        predicate_bars=known.predicate_bars,
        relatives=known.relatives,
        complements=known.complements,
        conditions=known.conditions,
        contrasts=known.contrast_words,
        lead_ins=known.lead_ins,
        lead_in_bars=known.lead_in_bars,
        tellers=_tellers(known.statement_verbs, known.verb_forms),
        sources=_sources(known.statement_nouns, known.place_nouns),
        papers=tuple(noun for noun in known.statement_nouns if " " not in noun),
    )


@lru_cache(maxsize=16)
def _sources(nouns: tuple[str, ...], articles: tuple[str, ...]) -> tuple[str, ...]:
    """What sources follow, whatever their article: "de acuerdo con la *" -> "de acuerdo con"."""
    said = (noun.split()[:-1] for noun in nouns if noun.endswith(" *"))
    return tuple(
        dict.fromkeys(
            " ".join(words[:-1] if words[-1] in articles and words[:-1] else words) for words in said
        )
    )


@lru_cache(maxsize=16)
def _tellers(verbs: tuple[str, ...], forms: tuple[str, ...]) -> tuple[str, ...]:
    """Verbs of saying in all their forms, without those that take another word; of "ont dit" the last."""
    alone = (verb for verb in verbs if " " not in verb)
    return tuple(dict.fromkeys(form.rpartition(" ")[2] for form in conjugated(alone, forms)))
