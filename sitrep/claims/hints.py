"""Fresh updates and open claims -> suggestions: the same rumor again, or one that may have ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitrep.base.claim import Claim
from sitrep.base.languages.written_dates import format_date
from sitrep.base.nouns import Problem, Severity, Update
from sitrep.base.values import replace
from sitrep.claims.suggest_same import Candidate, Suggestion, suggest
from sitrep.identity.remarks import remark
from sitrep.sorting.front_rules import SortingRules
from sitrep.sorting.rumor_sentence import Traits, traits_of_each
from sitrep.text.summaries import one_line

OPEN_CLAIMS = 100
"""Open claims that fresh items are compared with, those last heard of first."""
COMPARED, COMPARED_ITEMS = 40, 400
"""Fresh updates and items of theirs at most; an import of years asks nobody about its rumors."""
_SHOWN = 90
_NAMED = 5


class Comparer:
    """Compares fresh updates with open claims. It remembers what those tell: from drop to drop few change."""

    def __init__(self, rules: SortingRules) -> None:
        self._rules = rules
        self._told: dict[str, tuple[Claim, tuple[Candidate, ...]]] = {}

    def suggestions(self, updates: Iterable[Update], open_claims: Sequence[Claim]) -> tuple[Suggestion, ...]:
        """What items of these updates may be to claims that are open, their own among them."""
        known = self._told
        self._told = {
            claim.key: known[claim.key]
            if claim.key in known and known[claim.key][0] == claim
            else (claim, tuple(_told(claim, self._rules)))
            for claim in open_claims
        }
        told = [made for _, its in self._told.values() for made in its]
        fresh = [made for update in updates for made in _candidates(update, self._rules)]
        return suggest(told, fresh)


def _told(claim: Claim, rules: SortingRules) -> Iterator[Candidate]:
    """A claim as its first and its last item tell it."""
    for step in dict.fromkeys((claim.steps[0], claim.steps[-1])):
        sentences = traits_of_each(step.text, step.lang, rules)
        yield Candidate(
            update=step.there.update,
            item=step.there.item,
            date=step.there.date,
            sentences=tuple(_placed(sentence, step.places) for sentence in sentences),
            text=claim.title,
            claim=claim.key,
            code=step.code,
        )


def _candidates(update: Update, rules: SortingRules) -> Iterator[Candidate]:
    for item in update.items:
        part = item.followed
        if item.opinion or (part is not None and part.began is not None):
            continue
        text = item.hearsay.gist if part and item.hearsay else one_line(item.text)
        sentences = traits_of_each(text, update.lang, rules)
        if part and item.hearsay:
            sentences = tuple(_placed(sentence, item.hearsay.places) for sentence in sentences)
        yield Candidate(
            update=update.key,
            item=item.number,
            date=update.date,
            sentences=sentences,
            text=text,
            claim=part.key if part else None,
            source=update.source,
            line=item.line,
        )


def _placed(traits: Traits, places: tuple[str, ...]) -> Traits:
    """A rumor's sentence, with where it is said to happen if it does not say so itself."""
    return traits if traits.places else replace(traits, places=places)


def said(suggestion: Suggestion) -> str:
    """A suggestion in one line, with its place."""
    fact, remedy = _in_words(suggestion)
    return f"{suggestion.fresh.source}:{suggestion.fresh.line}: {fact}; {remedy}"


def problem_of(suggestion: Suggestion, update: Update) -> Problem:
    """A suggestion as a message to the writer of an update."""
    return remark(
        update, *_in_words(suggestion), Severity.NOTE, line=suggestion.fresh.line, quote=suggestion.fresh.text
    )


def _in_words(suggestion: Suggestion) -> tuple[str, str]:
    """What may be what, and what both name; what to write if it is so."""
    rumor = f"{suggestion.claim} ({_day(suggestion.rumor)}: {_short(suggestion.rumor.text)})"
    both = f"both name {', '.join(suggestion.shared[:_NAMED])}"
    if suggestion.kind == "same":
        fact = f"{suggestion.fresh.claim} ({_day(suggestion.fresh)}) may be the same rumor as {rumor}; {both}"
        return fact, f"if it is, write at its start: [claim: {suggestion.claim}]"
    fact = f"item {suggestion.fresh.item} of {_day(suggestion.fresh)} may settle the rumor {rumor}; {both}"
    return fact, f"if it does, open it with: Confirmed: {suggestion.claim}, or Refuted, or Not borne out"


def _day(candidate: Candidate) -> str:
    return format_date(candidate.date, "en", "day")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rpartition(" ")[0] + "…"
