"""Sorted items -> the same items, knowing which claim they speak of and what they tell."""

from __future__ import annotations

import re

from sitrep.model import Certainty, ClaimState, Item, Update
from sitrep.reading.certainty import judge
from sitrep.reading.claimlines import (
    ClaimWords,
    Said,
    bracketed_end,
    claim_words,
    in_brackets,
    said_of_claim,
    slug,
)
from sitrep.reading.hearsay import hear
from sitrep.reading.places import scan
from sitrep.reading.scheme import Scheme
from sitrep.reading.tongue import Tongue
from sitrep.values import replace

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")


def with_claims(update: Update, scheme: Scheme) -> Update:
    """The update with ``claim``, ``claim_state`` and ``hearsay`` on the items that are about rumors.

    An item that settles a rumor is no rumor itself, wherever it stands.
    """
    items = update.items
    if not any(_concerned(item, scheme) for item in items):
        return update
    words = claim_words(scheme.config, update.lang)
    return update.with_items(tuple(_with_claim(item, update, words, scheme) for item in items))


def _concerned(item: Item, scheme: Scheme) -> bool:
    return bool(
        item.claim
        or item.certainty is Certainty.RUMOR
        or ":" in item.text[:100]
        or item.text[-1:] == "]"
        or item.front == scheme.rumors
    )


def _with_claim(item: Item, update: Update, words: ClaimWords, scheme: Scheme) -> Item:
    text, said = _said(item, update, words)
    is_rumor = item.certainty is Certainty.RUMOR or (item.front == scheme.rumors and not item.opinion)
    if said is None:
        told = hear(_plain(text), item.places, update.lang, scheme) if is_rumor else None
        return replace(item, text=text, hearsay=told) if told else item
    closes = said.state in _CLOSING
    told = hear(_plain(said.rest), item.places, update.lang, scheme)
    certainty, by = item.certainty, item.by
    if closes and (certainty is Certainty.RUMOR or (by and slug(by) == said.claim)):
        certainty, by = _firm(said.rest, scheme.tongue(update.lang))
    return replace(
        item,
        text=text,
        certainty=certainty,
        by=by,
        claim=said.claim,
        claim_state=said.state,
        hearsay=replace(told, slug="") if closes else told,
    )


def _firm(text: str, tongue: Tongue) -> tuple[Certainty, str | None]:
    """How sure an item is that settles a rumor, by what it says besides."""
    judged = judge(scan(text, tongue), tongue)
    return (
        (Certainty.REPORTED, None) if judged.certainty is Certainty.RUMOR else (judged.certainty, judged.by)
    )


_CLOSING = frozenset(state.value for state in ClaimState if state.closes)


def _said(item: Item, update: Update, words: ClaimWords) -> tuple[str, Said | None]:
    """The item's text without brackets about a claim, and what they or its first words say of it."""
    text = item.text
    if item.claim:
        state = f", {item.claim_state}" if item.claim_state else ""
        said = in_brackets(item.claim + state, update.date, words)
        if said and text[:1] == "[" and text[-1:] == "]":
            # Nothing but the brackets: readers get them as a sentence.
            return f"{(said.state or ClaimState.AGAIN).capitalize()}: {said.claim}", said
        return text, said and said._replace(rest=text)
    if ended := bracketed_end(text, update.date, words):
        return ended[0], ended[1]._replace(rest=ended[0])
    return text, said_of_claim(text, update.date, words)


def _plain(text: str) -> str:
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return _EMPHASIS.sub("", text) if "*" in text or "_" in text or "`" in text else text
