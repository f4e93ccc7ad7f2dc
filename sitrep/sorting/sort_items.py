"""A source becomes updates whose items know their front, certainty, places and the reason in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sitrep.base.nouns import Certainty, Item, Problem, Reading, Section, Source, Update, note, warning
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct, replace
from sitrep.lexicon.compiled import CompiledLexicon
from sitrep.lexicon.language_of import language_of_passage
from sitrep.reading.claim_lines import KEY
from sitrep.sorting.certainty import PLAIN, judge
from sitrep.sorting.front_of_heading import NO_HEADING, Ruling, rule, under
from sitrep.sorting.front_of_item import UNSORTED, choose
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.places import scan
from sitrep.sorting.rumors import with_claims
from sitrep.text.spelling import singular, words_of

_CLAIM_WITHOUT_COLON = lazy_pattern(rf"claim\s+({KEY})")
_OVERRIDE = lazy_pattern(
    r"\s*(\*{0,2})[\[［【]\s*([^\[\]［］【】:\n]{1,80}?)\s*(?::\s*([^\[\]［］【】\n]{0,80}?))?\s*[\]］】](?!\()"
    r"\1\s*(?:[:–—-](?=\s)\s*)?"
)
_SENT = lazy_pattern(r"(?:\s*\[[^\[\]]*\])*?\s*\[\s*front\s*:\s*([^\[\]\n]{1,80}?)\s*\](?!\()", re.I)
_BRACKETED = lazy_pattern(r"\s*\[\s*([^\[\]:\n]{3,80}?)\s*\](?!\()")
_ALIKE = 0.85
"""Likeness of two words of which one is a slip of the other: eastren, eastern."""
_OPENS_BRACKET = ("[", " ", "*", "［", "【")


def read(source: Source, rules: SortingRules, *, arrival: dt.date | None = None) -> Reading:
    """Everything a source says, sorted. ``arrival`` dates a source without a date, where config allows it."""
    from sitrep.reading.parse import parse

    reading = parse(source, rules.config) if arrival is None else parse(source, rules.config, arrival=arrival)
    updates = tuple(with_claims(sort_items(u, rules), rules) for u in reading.updates)
    problems = [p for before in reading.updates for p in _misnamed(before, rules)]
    problems += _unsorted(source.path, updates, rules)
    return replace(reading, updates=updates, problems=(*reading.problems, *problems))


def sort_items(update: Update, rules: SortingRules) -> Update:
    """The update with front, certainty, speaker, places and reason filled in on every item. What the author
    wrote in brackets at the start of an item, ``[rumor]`` or ``[eastern]``, outweighs everything, and is
    taken out of its text."""
    lang = update.lang or rules.config.site.language
    lexicon = rules.lexicon(lang)
    items: list[Item] = []
    open_rulings: list[tuple[int, Ruling]] = []
    for section in update.sections:
        ruling = _ruling(section, open_rulings, rules, lexicon)
        for item in section.items:
            # A passage in another language has its own words of doubt.
            other = language_of_passage(item.text, lang)
            own = rules.lexicon(other) if other else lexicon
            foreign = other or lang
            spoken = "" if foreign == rules.config.site.language else foreign
            items.append(_sort(item, ruling, update.date.year, rules, own, spoken))
    return update.with_items(tuple(items))


def _ruling(
    section: Section, above: list[tuple[int, Ruling]], rules: SortingRules, lexicon: CompiledLexicon
) -> Ruling:
    """The ruling of a section's heading, under the headings of a higher level that are still open."""
    own = rule(section.heading, section.line, rules, lexicon)
    if section.heading is None:
        return above[-1][1] if above and section.level > above[-1][0] else NO_HEADING
    while above and above[-1][0] >= section.level:
        above.pop()
    if above:
        own = under(above[-1][1], own)
    above.append((section.level, own))
    return own


class _Overrides(Struct, frozen=True):
    """What the author wrote in brackets at the start of an item."""

    text: str = ""
    front: str | None = None
    certainty: Certainty | None = None
    by: str | None = None
    claim: str | None = None
    claim_state: str | None = None


_NOTHING = _Overrides()


def _sort(
    item: Item, ruling: Ruling, year: int, rules: SortingRules, lexicon: CompiledLexicon, lang: str
) -> Item:
    said = _overrides(item.text, rules, lexicon) if item.text.startswith(_OPENS_BRACKET) else _NOTHING
    text = said.text or item.text
    seen = scan(text, lexicon, ruling.front or ruling.hint)
    own_view = ruling.opinion or _opens_with_opinion(text, lexicon)
    judged = PLAIN if own_view else judge(seen)
    sure = judged
    if said.certainty is not None:
        sure = replace(judged, certainty=said.certainty, rumor_leads=said.certainty is Certainty.RUMOR)
    front, reason = choose(seen, ruling, year, sure, rules)
    if own_view and not ruling.opinion:
        front, reason = rules.general, "the authors' view"
    if said.front is not None:
        front, reason = said.front, f"written in the item: [{said.front}]"
    certainty, by = said.certainty or judged.certainty, said.by if said.certainty else judged.by
    # A site that has no other front to put things in says nothing of them by putting them there.
    if front == rules.rumors != rules.general and said.certainty is not Certainty.SAID and not own_view:
        certainty = Certainty.RUMOR
    if said.certainty is None and judged.mark and certainty is judged.certainty:
        reason = f'{reason}; {certainty}: "{judged.mark}"'
    return replace(
        item, text=text, front=front, certainty=certainty, by=by, places=seen.places, reason=reason,
        opinion=own_view, lang=lang, claim=said.claim or item.claim,
        claim_state=said.claim_state or item.claim_state,
    )  # fmt: skip


def _opens_with_opinion(text: str, lexicon: CompiledLexicon) -> bool:
    """ "Editor's note: ..." and "Analysis: ..." are the authors' view wherever they stand."""
    opening, colon, _ = text[:40].partition(":")
    return bool(colon) and tuple(map(singular, words_of(opening))) in lexicon.opinions


def _overrides(text: str, rules: SortingRules, lexicon: CompiledLexicon) -> _Overrides:
    found = _Overrides(text)
    while match := _OVERRIDE.match(found.text):
        applied: _Overrides | None = found
        for word in match[2].split(",") if match[3] is None else (match[2],):
            applied = applied and _apply(applied, word.strip().lower(), match[3] or None, rules, lexicon)
        if applied is None:
            break
        found = replace(applied, text=found.text[match.end() :])
    return found


def _apply(
    found: _Overrides, word: str, value: str | None, rules: SortingRules, lexicon: CompiledLexicon
) -> _Overrides | None:
    """The overrides with one more; None if the brackets are not one of ours."""
    if word in ("said", "reported", "rumor", "rumour") and value is None:
        return replace(found, certainty=Certainty("rumor" if word == "rumour" else word), by=None)
    if word == "statement":
        return replace(found, certainty=Certainty.STATEMENT, by=value)
    if value is None and (bare := _CLAIM_WITHOUT_COLON.fullmatch(word)):
        word, value = "claim", bare[1]
    if word == "claim" and value is not None:
        key, _, state = value.partition(",")
        return replace(found, claim=key.strip(), claim_state=state.strip().lower() or None)
    if word != "front" and value is not None:
        return None
    front = _front(word if value is None else value, rules, lexicon)
    return None if front is None else replace(found, front=front)


def _front(name: str, rules: SortingRules, lexicon: CompiledLexicon) -> str | None:
    """The id of the front an author calls by id, name or short name, or as a heading would: "the east"."""
    wanted = words_of(name)
    for front in rules.fronts.values():
        if wanted in map(words_of, (*front.names, front.name, front.short)):
            return front.id
    heading = rule(name, 0, rules, lexicon)
    if heading.front is None or not heading.literal or heading.opinion:
        return None
    front = rules.fronts[heading.front]
    own = {word for called in (*front.names, front.name, front.short) for word in words_of(called)}
    # "The east" calls a front; "map of the east" is words for readers.
    calls = all(w.filler or w.stop or w.form in own or w.form in lexicon.compass for w in lexicon.words(name))
    return front.id if calls else None


def _misnamed(update: Update, rules: SortingRules) -> Iterator[Problem]:
    """A warning for every item sent to a front that does not exist, or opened with a slip of one's name."""
    lexicon, fronts = rules.lexicon(update.lang), rules.fronts
    called = {name.lower(): f.short or f.name for f in fronts.values() for name in (f.id, f.name, f.short)}
    for item in update.items:
        if "[" not in item.text[:200]:
            continue
        if (match := _SENT.match(item.text)) and _front(match[1], rules, lexicon) is None:
            fact, remedy = f'there is no front "{match[1]}"', f"write one of: {', '.join(fronts)}"
            yield warning(update.source, item.line, fact, remedy)
        elif (match := _BRACKETED.match(item.text)) and _overrides(
            item.text, rules, lexicon
        ).text == item.text:
            for near in get_close_matches(match[1].lower(), called, 1, _ALIKE):
                fact, remedy = f"[{match[1]}] names no front, and is shown", f"did you mean [{called[near]}]?"
                yield warning(update.source, item.line, fact, remedy)


def _unsorted(path: str, updates: Iterable[Update], rules: SortingRules) -> Iterator[Problem]:
    """One note for all items that found no front."""
    lines = [
        item.line
        for update in updates
        for item in update.items
        if item.reason.startswith(UNSORTED) and not update.translates
    ]
    if lines and any(front.kind in ("geography", "theme") for front in rules.fronts.values()):
        general = rules.fronts[rules.general]
        example = next(
            (f.short or f.name for f in rules.fronts.values() if f.kind == "geography"), general.name
        )
        this = (
            f"{len(lines)} items name no front and stand"
            if len(lines) > 1
            else "this names no front and stands"
        )
        remedy = f"to sort one yourself, write [{example}] at its start; "
        remedy += "`python sitegen.py explain --unsorted` lists the names that no front knows"
        yield note(path, lines[0], f"{this} in {general.name}", remedy, "no front")
