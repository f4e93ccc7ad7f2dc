"""Headings and scans become fronts, with the reason in words.

The author's heading decides where it names a front; an item under a heading that names none, or
several, decides for itself: first by where things happen, then by who acts, then by the front's own
words. What has no front, and what is of the whole country, goes to the general one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sitrep.reading.places import Mention, Part, Scan, scan
from sitrep.reading.scheme import Scheme, singular
from sitrep.reading.tongue import Kind, Tongue, Words

# Weights of a mention. Their order is what matters: a place where something happens outweighs an outside
# power that acts, which outweighs a place that is only a source, a destination or a topic.
_PLACE = {Part.AT: 3.0, Part.BARE: 2.2, Part.OUT_OF: 1.7, Part.TOWARD: 0.9, Part.GLOSS: 0.3}
_STATE = {Part.AT: 2.4, Part.BARE: 1.0, Part.OUT_OF: 0.7, Part.TOWARD: 0.7, Part.GLOSS: 0.0}
_ACTOR = {Part.AT: 1.0, Part.BARE: 1.0, Part.OUT_OF: 0.8, Part.TOWARD: 0.7, Part.GLOSS: 0.0}
_WORD = {Part.AT: 3.0, Part.BARE: 1.2, Part.OUT_OF: 1.2, Part.TOWARD: 0.7, Part.GLOSS: 0.3}
_ACTS = 2.6
"""An outside power that acts: the first name of the item, near its beginning."""
_SPEAKS = 1.5
"""Added where it does not act but speaks."""
_FIRST_SENTENCE = 1.25
_OPENS = 1.2
_ASIDE = 0.5
_PAST = 0.3
_AGAIN = 0.5
_ACTORS_AT_MOST = 2.0
_HINT = 0.8
_LEAST = 0.25
_BEGINNING = 8
_EVEN = 0.6
"""Three fronts whose weights differ by no more than this share are the whole country."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a heading says of the items under it."""

    front: str | None = None
    """The front of all of them; None: each decides for itself."""
    hint: str | None = None
    """The front of those that name nothing themselves."""
    opinion: bool = False
    literal: bool = False
    """The heading names the front itself, so a heading below it only refines."""
    reason: str = ""


NO_HEADING = Ruling()


def rule(heading: str | None, line: int, scheme: Scheme, tongue: Tongue) -> Ruling:
    """What a heading says: a front by name, the authors' view, one front by what it names, or nothing."""
    if not heading:
        return NO_HEADING
    seen = scan(heading, tongue)
    forms = tuple(singular(w.form) for w in seen.words)
    reason = f'heading "{heading}" (line {line})'
    literal = _named_fronts(forms, tongue)
    if len(literal) == 1:
        return Ruling(front=literal[0], literal=True, reason=reason)
    if literal:
        return Ruling(reason=f"{reason} names several fronts")
    if _has_any(forms, tongue.opinions):
        return Ruling(front=scheme.general, opinion=True, literal=True, reason=f"{reason}: the authors' view")
    return _by_names(seen, forms, reason, scheme, tongue)


def _by_names(seen: Scan, forms: Words, reason: str, scheme: Scheme, tongue: Tongue) -> Ruling:
    """A heading that names places or actors: all of one front, or one to fall back on."""
    names = [m for m in seen.mentions if m.part is not Part.GLOSS and m.phrase.front is not None]
    fronts = tuple(dict.fromkeys(m.phrase.front for m in names))
    places = tuple(dict.fromkeys(m.phrase.front for m in names if m.phrase.kind is not Kind.ACTOR))
    lands = tuple(f for f in places if f not in scheme.themes)
    if _has_any(forms, tuple(tuple(map(singular, t)) for t in tongue.themes)):
        return Ruling(hint=lands[0] if len(lands) == 1 else None)
    if len(fronts) == 1 and (places or fronts[0] in scheme.themes):
        listed = ", ".join(dict.fromkeys(m.phrase.name for m in names))
        return Ruling(front=fronts[0], reason=f"{reason}: {listed}")
    if len(lands) == 1:
        return Ruling(hint=lands[0], reason=reason)
    return Ruling(hint=fronts[0] if len(fronts) == 1 else None, reason=reason)


def _named_fronts(forms: Words, tongue: Tongue) -> tuple[str, ...]:
    """The fronts a heading calls by name; "Western and southern fronts" calls two."""
    found: dict[str, None] = {}
    for name in tongue.headings:
        if forms == name.words or (not name.whole and _has(forms, name.words)):
            found[name.front] = None
    for i, form in enumerate(forms):
        if form in tongue.kinds_of_front:
            found.update(dict.fromkeys(_before_kind(forms, i, tongue)))
    return tuple(found)


def _before_kind(forms: Words, i: int, tongue: Tongue) -> Iterable[str]:
    """The fronts whose first words stand in a row before the word "fronts"."""
    first = {n.words[0]: n.front for n in tongue.headings if len(n.words) == 2 and n.words[1] == forms[i]}
    for form in reversed(forms[:i]):
        if form in first:
            yield first[form]
        elif form[:1].isalnum() and form not in tongue.joins:
            return


def _has(forms: Words, words: Words) -> bool:
    return any(forms[i : i + len(words)] == words for i in range(len(forms) - len(words) + 1))


def _has_any(forms: Words, phrases: Iterable[Words]) -> bool:
    return any(_has(forms, tuple(map(singular, p))) for p in phrases)


def under(parent: Ruling, own: Ruling) -> Ruling:
    """The ruling of a heading below another: what it leaves open comes from above, what is literal stays."""
    if parent.literal and not own.literal:
        return parent
    if own.front is None and own.hint is None and parent is not NO_HEADING:
        return replace(parent, front=parent.front if not own.reason.endswith("several fronts") else None)
    return own


def choose(seen: Scan, ruling: Ruling, rumor_leads: bool, speaks: bool, scheme: Scheme) -> tuple[str, str]:
    """The front of an item and the reason in words."""
    if ruling.front is not None:
        return ruling.front, ruling.reason
    if rumor_leads and scheme.rumors is not None:
        return scheme.rumors, "the first sentence is a rumor"
    weights = _weights(seen, speaks, scheme)
    lands = sorted(
        (w for f, w in weights.items() if f not in scheme.themes and f != scheme.general), reverse=True
    )
    if len(lands) >= 3 and lands[2] >= _EVEN * max(weights.values()):
        return scheme.general, "several fronts alike: " + ", ".join(_places(seen.mentions, None))
    if ruling.hint is not None:
        weights[ruling.hint] = weights.get(ruling.hint, 0.0) + _HINT
    best = max(weights, key=lambda f: weights[f], default=None)
    if best is None or weights[best] < _LEAST:
        return scheme.general, "no front named: general"
    return best, _reason(seen.mentions, best) or f"{ruling.reason}, and nothing else named"


def _weights(seen: Scan, speaks: bool, scheme: Scheme) -> dict[str, float]:
    """How much the item says of each front, in order of first mention."""
    weights: dict[str, float] = {}
    actors: dict[str, float] = {}
    met: set[str] = set()
    for n, mention in enumerate(seen.mentions):
        front, kind = mention.phrase.front, mention.phrase.kind
        if front is None:
            continue
        weight = _weight(mention, n == 0, speaks, seen, front in scheme.themes)
        if mention.phrase.name in met:
            weight *= _AGAIN
        met.add(mention.phrase.name)
        if kind is Kind.ACTOR and front not in scheme.themes:
            weight = min(weight, _ACTORS_AT_MOST - actors.get(front, 0.0))
            actors[front] = actors.get(front, 0.0) + weight
        weights[front] = weights.get(front, 0.0) + weight
    return weights


def _weight(mention: Mention, first: bool, speaks: bool, seen: Scan, theme: bool) -> float:
    kind, part = mention.phrase.kind, mention.part
    leads = mention.start < seen.lead
    opens = first and leads and mention.start <= _BEGINNING
    if theme and kind is not Kind.WORD and opens and part is Part.BARE and not mention.aside:
        return _ACTS + (_SPEAKS if speaks else 0.0)
    table = _WORD if kind is Kind.WORD else _ACTOR if kind is Kind.ACTOR else _STATE if theme else _PLACE
    weight = table[part]
    if leads:
        weight *= _FIRST_SENTENCE
    if opens and part in (Part.BARE, Part.AT):
        weight *= _OPENS
    if mention.aside:
        weight *= _ASIDE
    if mention.past:
        weight *= _PAST
    return weight


def _places(mentions: Iterable[Mention], front: str | None) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            m.phrase.name for m in mentions if m.phrase.kind is Kind.PLACE and front in (None, m.phrase.front)
        )
    )


def _reason(mentions: Iterable[Mention], front: str) -> str:
    """What in the item speaks for its front: "places: Manbij, Kobane; actors: SDF"."""
    parts = []
    for kind, label in ((Kind.PLACE, "places"), (Kind.ACTOR, "actors"), (Kind.WORD, "words")):
        names = dict.fromkeys(
            m.phrase.name
            for m in mentions
            if m.phrase.front == front and m.phrase.kind is kind and m.part is not Part.GLOSS
        )
        if names:
            parts.append(f"{label}: {', '.join(names)}")
    return "; ".join(parts)
