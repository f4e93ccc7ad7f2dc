"""What a heading rules and a scan of an item become its front, with the reason in words.

The author's heading decides where it names a front; an item under a heading that names none, or
several, decides for itself: first by where things happen, then by who acts, then by the front's own
words. What has no front, and what is of the whole country, goes to the general one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from sitrep.base.nouns import Certainty
from sitrep.lexicon.compiled_phrases import (
    ACTOR,
    AT,
    BARE,
    DIPLOMACY,
    GLOSS,
    NATIONAL,
    OUT_OF,
    PLACE,
    SPEAKS,
    TOWARD,
    WHOLE,
    WORD,
    Phrase,
    PhraseKind,
)
from sitrep.sorting.certainty import Judgement
from sitrep.sorting.front_of_heading import Ruling
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.place_roles import NameRole, roles_of_names
from sitrep.sorting.places import Scan
from sitrep.sorting.topic import Topic, is_wild, topic_of
from sitrep.sorting.unknown_names import unlisted_place

# Weights of a mention. Their order is what matters: a place where something happens outweighs an outside
# power that acts, which outweighs a place that is only a source, a destination or a topic.
_PLACE = {AT: 3.0, BARE: 2.2, OUT_OF: 1.7, TOWARD: 0.9, GLOSS: 0.3}
_STATE = {AT: 2.0, BARE: 1.0, OUT_OF: 0.7, TOWARD: 0.7, GLOSS: 0.0}
_ACTOR = {AT: 1.0, BARE: 1.0, OUT_OF: 0.8, TOWARD: 0.7, GLOSS: 0.0}
_WORD = {AT: 3.0, BARE: 1.2, OUT_OF: 1.2, TOWARD: 0.7, GLOSS: 0.3}
_ACTS = 2.6
"""An outside power that acts: the first name of the item, near its beginning."""
_SPEAKS = 1.5
"""Added where it does not act but speaks."""
_FIRST_SENTENCE = 1.25
_OPENS = 1.2
_SOURCE = 0.5
"""Instead, where an item begins with whence something comes: "From Afrin 20 trucks went to Aleppo"."""
_ACTOR_SUBJECT = 2.0
_LABEL = 3.0
"""Instead, where it stands before a colon or dash: "Hama: ..."."""
_ASIDE = 0.5
_PAST = 0.3
_AGAIN = 0.5
_ACTORS_AT_MOST = 2.0
"""For one front, however many are named; of outside powers also those named in passing."""
_CENTRAL = 0.5
"""A government, or "the whole country", yields to what else is named."""
_PASSING = 0.7
"""An outside power that is named beside another."""
_HINT = 0.8
_LEAST = 0.25
_DEALS = 1.5
"""Added for an outside power where the sentence is of talks, sanctions, demands."""
_GOVERNS = 2.2
_VERB_WITHIN = 2
_IN_LIST = 6
_OF_ALL = 0.8
"""A parliament or a currency: less than a place, more than a party named in passing."""
_BEGINNING = 8
_FIRST_WORDS = 2
_EVEN = 0.6
"""Three fronts whose weights differ by no more than this share are the whole country."""

NO_FRONT, _UNLISTED = UNSORTED = "no front named: general", "who is named works at a place of no list"
_LABELS = {PLACE: "places", ACTOR: "actors", WORD: "words"}


def choose(seen: Scan, ruling: Ruling, year: int, judged: Judgement, rules: SortingRules) -> tuple[str, str]:
    """The front of an item and the reason in words, by the order of evidence of docs/sorting.md."""
    if ruling.front is not None:
        return ruling.front, ruling.source + ruling.why
    if rules.rumors is not None and judged.rumor_leads:
        return rules.rumors, "the first sentence is a rumor"
    topic = topic_of(seen, rules.general)
    if rules.rumors is not None and judged.certainty is Certainty.REPORTED and is_wild(seen, topic, ruling):
        return rules.rumors, "so much, and only reported"
    if not topic and (only := _only_front(seen, ruling, rules)) is not None:
        return only, _reason([m.phrase for m in seen.mentions], only)
    names = roles_of_names(seen, year) if seen.mentions else []
    if WHOLE in topic and not (
        names and _is_abroad(names[0], seen.lead, rules) and not _tells_of_all(names[0], seen)
    ):
        return rules.general, f"the whole country: {topic[WHOLE].words}"
    weights = _weights(names, seen, _speaks_itself(names, seen, judged), topic, rules)
    lands = sorted(
        (w for f, w in weights.items() if f not in rules.themes and f != rules.general), reverse=True
    )
    if len(lands) > 1 and names and _is_abroad(names[0], seen.lead, rules):
        return names[0].phrase.front or rules.general, f"{names[0].phrase.name} acts on several fronts"
    if len(lands) >= 3 and (lands[2] >= _EVEN * max(weights.values()) or _is_list(names, rules)):
        return rules.general, f"several fronts alike: {', '.join(seen.places)}"
    if ruling.hint is not None:
        weights[ruling.hint] = weights.get(ruling.hint, 0.0) + _HINT
    best = max(weights, key=weights.__getitem__, default=None)
    if best is None or weights[best] < _LEAST:
        return rules.general, NO_FRONT
    deals = DIPLOMACY in topic or ruling.hint is not None
    bodies = best in rules.themes and not deals and all(n.phrase.kind is ACTOR for n in names)
    if bodies and (place := unlisted_place(seen)):
        return rules.general, f"{_UNLISTED}: {place}"
    if bodies and _only_counts(names[0], seen):
        return rules.general, f"{names[0].phrase.name} counts what happened"
    told = [_as_spoken(n, seen, topic) for n in names if n.part is not GLOSS]
    return best, _reason(told, best) or _why_general(
        best, topic, rules
    ) or f"{ruling.source}, and nothing else named"


def _is_abroad(name: NameRole, lead: int, rules: SortingRules) -> bool:
    """The item begins with an outside power that does something."""
    return name.phrase.front in rules.themes and _acts(name, lead)


def _tells_of_all(name: NameRole, seen: Scan) -> bool:
    """A body says or counts, and does nothing: "WHO counts 4,922 deaths in the three countries"."""
    end = name.start + len(name.phrase.words)
    says = any(m.phrase.kind is SPEAKS and 0 <= m.start - end <= _VERB_WITHIN for m in seen.marks)
    numbers = any(word.token[0].isdecimal() for word in seen.words[end : end + _VERB_WITHIN])
    return name.phrase.kind is ACTOR and (says or numbers)


def _only_counts(name: NameRole, seen: Scan) -> bool:
    """A body closes the sentence as who counted what it begins with: "11,300 people died, the WHO says"."""
    end = name.start + len(name.phrase.words)
    numbers = any(word.token[0].isdecimal() for word in seen.words[:_BEGINNING])
    says = any(
        m.phrase.kind is SPEAKS and 0 <= m.start - end <= _VERB_WITHIN and m.end >= seen.lead
        for m in seen.marks
    )
    return numbers and name.start > _FIRST_WORDS and (says or _is_said_by(name, seen))


def _is_list(names: list[NameRole], rules: SortingRules) -> bool:
    """Places of three and more fronts play one part in one sentence: a list of what was hit, or counted."""
    places = [n for n in names if n.phrase.kind is PLACE and n.phrase.front not in rules.themes]
    return (
        len({n.phrase.front for n in places}) >= 3
        and len({n.part for n in places}) == 1
        and all(b.start - a.start <= _IN_LIST for a, b in pairwise(places))
    )


def _as_spoken(name: NameRole, seen: Scan, topic: Topic) -> Phrase:
    """The name, with the front of its government where a capital or a party speaks, deals or decides."""
    phrase = name.phrase
    # "The UN calls on Kyiv": who is spoken to.
    told = any(m.end == name.start and m.phrase.kind in (SPEAKS, DIPLOMACY) for m in seen.marks)
    if phrase.speaks_for is None or (name.part is AT and NATIONAL not in topic and not told):
        return phrase
    end = name.start + len(phrase.words)
    speaks = [m.start for m in seen.marks if m.phrase.kind in (SPEAKS, DIPLOMACY, NATIONAL)]
    # "Kyiv and Moscow exchanged prisoners": named in one breath with a capital of elsewhere.
    speaks += [m.start for m in seen.mentions if m.phrase.speaks_for and m.phrase.front != phrase.front]
    spoken = name.part is BARE and any(0 <= at - end <= _VERB_WITHIN for at in speaks)
    is_government = (told or spoken) and not name.label
    return phrase._replace(front=phrase.speaks_for) if is_government or name.part is AT else phrase


def _why_general(front: str, topic: Topic, rules: SortingRules) -> str:
    """The reason where no name of the general front decided."""
    return (
        f"of the whole country: {topic[NATIONAL].words}"
        if front == rules.general and NATIONAL in topic
        else ""
    )


def _only_front(seen: Scan, ruling: Ruling, rules: SortingRules) -> str | None:
    """The front on the ground that all names are of, a place among them: there is nothing to weigh."""
    fronts = {m.phrase.front for m in seen.mentions}
    if len(fronts) != 1:
        return None
    front = fronts.pop()
    if front in rules.themes or front == rules.general or ruling.hint not in (None, front):
        return None
    return front if any(m.phrase.kind is PLACE for m in seen.mentions) else None


def _weights(
    names: list[NameRole], seen: Scan, speaks: bool, topic: Topic, rules: SortingRules
) -> dict[str, float]:
    """How much the item says of each front, in order of first mention."""
    weights: dict[str, float] = {}
    actors: dict[str, float] = {}
    met: set[str] = set()
    lead = seen.lead
    deals = DIPLOMACY in topic and _comes_first(topic[DIPLOMACY].start, names, seen, rules)
    # Who acts on every front decides only where no place is named; who tells what happened draws it nowhere.
    placed = (n for n in names if n.phrase.kind is PLACE and n.phrase.front not in rules.themes)
    ground = [n for n in placed if n.part is not GLOSS and not n.past]
    tells = not deals and any(n.part is AT and n.start < lead for n in ground)
    for n, name in enumerate(names):
        theme = name.phrase.front in rules.themes
        front = _as_spoken(name, seen, topic).front
        if front is None:
            continue
        if front == rules.general != name.phrase.front:
            weights[rules.general] = weights.get(rules.general, 0.0) + _GOVERNS
            continue
        acts = theme and n == 0 and _acts(name, lead)
        weight = (
            _ACTS + (_SPEAKS if speaks and not tells else 0.0) if acts else _weight(name, n == 0, lead, theme)
        )
        # Tabqa shelters those who came from Tal Rifaat and from Shahba: two sources are one whence.
        whence = name.part.name + front if name.part in (OUT_OF, TOWARD) else name.phrase.name
        if not met.isdisjoint((name.phrase.name, whence)):
            weight *= _AGAIN
        met |= {name.phrase.name, whence}
        if ground and (front == rules.general or (theme and name.crew)):
            continue
        if front == rules.general:
            weight *= _CENTRAL
        passing = name.phrase.kind is ACTOR or (theme and name.phrase.kind is PLACE and name.part is not AT)
        if passing and not acts:
            weight *= _PASSING if theme else 1.0
            weight = min(weight, _ACTORS_AT_MOST - actors.get(front, 0.0))
            actors[front] = actors.get(front, 0.0) + weight
        if theme and not acts and name.phrase.speaks_for and _is_said_by(name, seen):
            weight += _SPEAKS
        if deals and theme and name.start < lead and name.part is not GLOSS:
            weight += _DEALS
            deals = False
        weights[front] = weights.get(front, 0.0) + weight
    if NATIONAL in topic:
        weights[rules.general] = weights.get(rules.general, 0.0) + _OF_ALL
    return weights


def _is_said_by(name: NameRole, seen: Scan) -> bool:
    """A verb of speaking stands right before the name: "..., says Kigali"."""
    return any(m.phrase.kind is SPEAKS and m.end == name.start for m in seen.marks)


def _speaks_itself(names: list[NameRole], seen: Scan, judged: Judgement) -> bool:
    """The first name makes the statement, if that is known: not "3,000 Sudanese came, says Kufra's mayor"."""
    by = judged.by if names else None
    return judged.certainty is Certainty.STATEMENT and (by is None or seen.words[names[0].start].token in by)


def _comes_first(at: int, names: Iterable[NameRole], seen: Scan, rules: SortingRules) -> bool:
    """A word of diplomacy, or an outside power in its clause, comes before any place of the country."""
    first = next((n.start for n in names if n.phrase.front not in rules.themes), None)
    power = next((n.start for n in names if n.phrase.front in rules.themes), at)
    deals = not any(w.stop for w in seen.words[power:at])
    return first is None or at < first or (power < first and deals)


def _acts(name: NameRole, lead: int) -> bool:
    """The item begins with an outside power that does something."""
    phrase = name.phrase
    return (
        phrase.kind is not WORD
        and name.start < min(lead, _BEGINNING)
        and name.part is BARE
        and not (name.aside or name.crew)
    )


def _weight(name: NameRole, first: bool, lead: int, theme: bool) -> float:
    kind, part = name.phrase.kind, name.part
    opens = first and name.start < min(lead, _BEGINNING)
    table = _WORD if kind is WORD else _ACTOR if kind is ACTOR else _STATE if theme else _PLACE
    weight = table[part]
    if name.start < lead:
        weight *= _FIRST_SENTENCE
    first_word = opens and name.start < _FIRST_WORDS
    if opens and part in (BARE, AT):
        subject = _ACTOR_SUBJECT if kind is ACTOR and first_word else _OPENS
        weight *= _LABEL if name.label else subject
    elif first_word and part is OUT_OF:
        weight *= _SOURCE
    if name.aside:
        weight *= _ASIDE
    if name.past:
        weight *= _PAST
    return weight


def _reason(phrases: Iterable[Phrase], front: str) -> str:
    """What in the item speaks for its front: "places: Manbij, Kobane; actors: SDF"."""
    listed: dict[PhraseKind, dict[str, None]] = {}
    for phrase in phrases:
        if phrase.front == front:
            listed.setdefault(phrase.kind, {})[phrase.name] = None
    return "; ".join([f"{_LABELS[kind]}: {', '.join(listed[kind])}" for kind in sorted(listed)])
