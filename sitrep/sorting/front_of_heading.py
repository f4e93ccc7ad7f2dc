"""A heading becomes what it says of the items under it: one front, one to fall back on, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.base.values import Struct, replace
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.lexicon.compiled_phrases import ACTOR, GLOSS, PLACE, Words
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.place_roles import roles_of_names
from sitrep.sorting.places import Scan, scan
from sitrep.text.spelling import singular

REMEMBERED_HEADINGS = 5_000


class Ruling(Struct, frozen=True):
    """What a heading says of the items under it."""

    front: str | None = None
    """The front of all of them; None: each decides for itself."""
    hint: str | None = None
    """The front of those that name nothing themselves."""
    opinion: bool = False
    literal: bool = False
    """The heading names the front itself, so a heading below it only refines."""
    several: bool = False
    """It names several fronts, so the heading above does not decide either."""
    why: str = ""
    """What in the heading decides."""
    source: str = ""
    """The heading and its line, for the reason."""


NO_HEADING = Ruling()


def rule(heading: str | None, line: int, rules: SortingRules, lexicon: CompiledLexicon) -> Ruling:
    """What a heading says: a front by name, the authors' view, one front by what it names, or nothing."""
    if not heading:
        return NO_HEADING
    ruling = lexicon.rulings.get(heading)
    if ruling is None:
        if len(lexicon.rulings) > REMEMBERED_HEADINGS:
            lexicon.rulings.clear()
        ruling = lexicon.rulings[heading] = _rule(heading, rules, lexicon)
    return replace(ruling, source=f'heading "{heading}" (line {line})')


def _rule(heading: str, rules: SortingRules, lexicon: CompiledLexicon) -> Ruling:
    seen = scan(heading, lexicon)
    forms = tuple([singular(w.form) for w in seen.words])
    phrases = frozenset(
        forms[i:j] for i in range(len(forms)) for j in range(i + 1, min(i + 6, len(forms) + 1))
    )
    literal = _named_fronts(forms, phrases, lexicon)
    if len(literal) == 1 and not _is_elsewhere(literal[0], forms, seen, rules):
        return Ruling(front=literal[0], literal=True)
    if len(literal) > 1:
        return Ruling(several=True)
    if rules.rumors is not None and phrases & lexicon.hearsay:
        return Ruling(front=rules.rumors, literal=True)
    if phrases & lexicon.views or _bare_words(forms, lexicon) in lexicon.opinions:
        return Ruling(front=rules.general, opinion=True, literal=True, why=": the authors' view")
    if sides := _sides(seen):
        return Ruling(front=next(iter(sides)), literal=True) if len(sides) == 1 else Ruling(several=True)
    return _by_names(seen, bool(phrases & lexicon.themes), rules)


def _bare_words(forms: Words, lexicon: CompiledLexicon) -> Words:
    """A heading without the small words that make nothing else of it: "Our assessment of the day" is more."""
    small = lexicon.not_names | lexicon.articles | {"the", "a", "an", "some"}
    return tuple([form for form in forms if form not in small and form[:1].isalpha()])


def _is_elsewhere(front: str, forms: Words, seen: Scan, rules: SortingRules) -> bool:
    """A theme's name is only one word of a heading that names a place: "International airport of Aleppo"."""
    return (
        front in rules.themes
        and len(forms) > 1
        and any(m.phrase.kind is PLACE and m.phrase.front not in (front, None) for m in seen.mentions)
    )


def _by_names(seen: Scan, theme: bool, rules: SortingRules) -> Ruling:
    """A heading that names places or actors: all of one front, or one to fall back on."""
    names = [(m.phrase.front, m.phrase) for m in roles_of_names(seen) if m.part is not GLOSS]
    fronts = list(dict.fromkeys(front for front, _ in names if front is not None))
    settled = dict.fromkeys(f for f, p in names if f is not None and p.kind is not ACTOR)
    lands = [f for f in settled if f not in rules.themes]
    if theme or (len(fronts) > 1 and len(lands) != 1):
        return Ruling(hint=lands[0] if len(lands) == 1 else None, several=len(fronts) > 1)
    if len(fronts) == 1 and (settled or fronts[0] in rules.themes):
        listed = ", ".join(dict.fromkeys(p.name for _, p in names))
        return Ruling(front=fronts[0], why=f": {listed}")
    return Ruling(hint=next(iter(lands or fronts), None), several=len(fronts) > 1)


def _sides(seen: Scan) -> frozenset[str]:
    """The fronts whose directions are all that a heading says: "In the west", "West & centre"."""
    found: set[str] = set()
    for word in seen.words:
        if word.form in seen.lexicon.compass:
            found.add(seen.lexicon.compass[word.form])
        elif not (word.stop or word.filler or word.gives):
            return frozenset()
    return frozenset(found)


def _named_fronts(forms: Words, phrases: frozenset[Words], lexicon: CompiledLexicon) -> tuple[str, ...]:
    """The fronts a heading calls by name; "Western and southern fronts" calls two."""
    found: dict[str, None] = {}
    for name in lexicon.headings:
        if forms == name.words or (not name.whole and name.words in phrases):
            found[name.front] = None
    for i, form in enumerate(forms):
        if form in lexicon.kinds_of_front:
            found.update(dict.fromkeys(_before_kind(forms, i, lexicon)))
    return tuple(found)


def _before_kind(forms: Words, i: int, lexicon: CompiledLexicon) -> Iterable[str]:
    """The fronts whose first words stand in a row before the word "fronts"."""
    first = {n.words[0]: n.front for n in lexicon.headings if len(n.words) == 2 and n.words[1] == forms[i]}
    for form in reversed(forms[:i]):
        if form in first:
            yield first[form]
        elif form[:1].isalnum() and form not in lexicon.joins:
            return


def under(parent: Ruling, own: Ruling) -> Ruling:
    """The ruling of a heading below another: what it leaves open comes from above, what is literal stays."""
    if parent.literal and not own.literal:
        return parent
    if own.front is None and own.hint is None and not own.several:
        return parent
    return own
