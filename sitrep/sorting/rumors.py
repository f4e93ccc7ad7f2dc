"""Sorted items -> the same items, knowing which claim they speak of and what they tell."""

from __future__ import annotations

from sitrep.base.claim import ClaimState
from sitrep.base.nouns import Certainty, Item, Naming, Update
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import replace
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.reading.claim_lines import (
    ClaimWords,
    NamedClaim,
    bracketed_end,
    claim_words,
    in_brackets,
    said_of_claim,
    slug,
)
from sitrep.sorting.certainty import judge
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.places import scan
from sitrep.sorting.rumor_sentence import hearsay_in
from sitrep.text.interface_words import words_of
from sitrep.text.markdown import without_names_of_links
from sitrep.text.summaries import state_name

_LINK = lazy_pattern(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = lazy_pattern(r"[*`]|(?<!\w)_+|_+(?!\w)")


def with_claims(update: Update, rules: SortingRules) -> Update:
    """The update with ``claim``, ``claim_state`` and ``hearsay`` on the items that are about rumors. An item
    that settles a rumor is no rumor itself, wherever it stands."""
    items = update.items
    if not any(_concerned(item, rules) for item in items):
        return update
    words = claim_words(rules.config, update.lang)
    return update.with_items(tuple(_with_claim(item, update, words, rules) for item in items))


def _concerned(item: Item, rules: SortingRules) -> bool:
    return bool(
        item.claim
        or item.certainty is Certainty.RUMOR
        or ":" in item.text[:100]
        or item.text[-1:] == "]"
        or item.front == rules.rumors
    )


def _with_claim(item: Item, update: Update, words: ClaimWords, rules: SortingRules) -> Item:
    text, said = _said(item, update, words, rules)
    is_rumor = item.certainty is Certainty.RUMOR or (item.front == rules.rumors and not item.opinion)
    if said is None:
        told = hearsay_in(_plain(text), item.places, update.lang, rules) if is_rumor else None
        return replace(item, text=text, hearsay=told) if told else item
    closes = said.state in _CLOSING
    told = hearsay_in(_plain(said.rest), item.places, update.lang, rules)
    certainty, by = item.certainty, item.by
    if closes and (certainty is Certainty.RUMOR or (by and slug(by) == said.claim)):
        certainty, by = _firm(said.rest, rules.lexicon(update.lang))
    return replace(
        item,
        text=text,
        certainty=certainty,
        by=by,
        claim=said.claim,
        claim_state=said.state,
        naming=Naming(words=said.words, rest=said.rest) if said.words else None,
        hearsay=replace(told, slug="") if closes else told,
    )


def _firm(text: str, lexicon: CompiledLexicon) -> tuple[Certainty, str | None]:
    """How sure an item is that settles a rumor, by what it says besides."""
    judged = judge(scan(text, lexicon))
    return (
        (Certainty.REPORTED, None) if judged.certainty is Certainty.RUMOR else (judged.certainty, judged.by)
    )


_CLOSING = frozenset(state.value for state in ClaimState if state.closes)


def _said(
    item: Item, update: Update, words: ClaimWords, rules: SortingRules
) -> tuple[str, NamedClaim | None]:
    """The item's text without brackets about a claim, and what they or its first words say of it."""
    text = item.text
    if item.claim:
        state = f", {item.claim_state}" if item.claim_state else ""
        said = in_brackets(item.claim + state, update.date, words)
        if said and text[:1] == "[" and text[-1:] == "]":
            # Nothing but the brackets: readers get them as a sentence.
            state = said.state or ClaimState.AGAIN.value
            if state in set(ClaimState):
                state = state_name(
                    ClaimState(state), words_of(rules.config, update.lang or rules.config.site.language)
                )
            text = f"{state.capitalize()}: {said.claim}"
            return text, said._replace(words=text.replace("-", " ") if "/" not in said.claim else text)
        return text, said and said._replace(rest=text)
    if ended := bracketed_end(text, update.date, words):
        return ended[0], ended[1]._replace(rest=ended[0])
    return text, said_of_claim(text, update.date, words)


def _plain(text: str) -> str:
    if "][" in text:
        text = without_names_of_links(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return _EMPHASIS.sub("", text) if "*" in text or "_" in text or "`" in text else text
