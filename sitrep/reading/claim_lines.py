"""What an item says of a claim -> the claim it names and what it makes of it.

``Confirmed: coup-damascus``, ``Refuted: R6-1``, ``R1 of 6 Dec: denied by ...``,
``[claim: coup-damascus, refuted]``. Whether there is such a claim is not known here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

from sitrep.base.claim import ClaimState
from sitrep.base.folding import folded
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import for_the_latest
from sitrep.base.signs import IN_WORDS, WORD
from sitrep.base.values import Struct, field
from sitrep.config.values import Config
from sitrep.config.word_lists import Lexicon
from sitrep.lexicon.load import lexicons_of
from sitrep.lexicon.phrases import Phrases, fold
from sitrep.reading.dates.dates import DATE, dated
from sitrep.text.spelling import fold as plain
from sitrep.text.spelling import singular

LONGEST_KEY = 48
_ID = r"(?P<id>\d{4}-\d{2}-\d{2}(?:-[1-9]\d{0,2})?/[^\W\d_]{0,3}\d{1,3})"
_CODE = r"(?P<code>[^\W\d_]{1,3}\d{1,3})"
_CITED = r"(?P<cited>[^\W\d_]{1,3})(?P<on>[12]?\d|3[01])(?P<nth>[b-z]?)-(?P<number>[1-9]\d{0,2})"
"""What stands beside an item on its page: R6-1, or R6b-1 of a day's second update."""
KEY = rf"{WORD}(?:-{WORD})+"
_KEY = rf"(?P<key>{KEY})"
_REFERENCE = rf"(?:{_ID}|{_CITED}|{_CODE}|{_KEY})(?![\w{IN_WORDS}-])"
_STATE_FIRST = lazy_pattern(rf"[\s*_]*(?P<said>[^\W\d_][^:*_\n]{{1,40}}?)[*_]*\s?:[\s*_]*{_REFERENCE}")
_CLAIM_FIRST = lazy_pattern(
    rf"[\s*_]*{_REFERENCE}(?P<date>[^:\n]{{0,40}}):[\s*_]*(?P<said>[^\W\d_][^\n]{{1,60}})"
)
_IN_BRACKETS = lazy_pattern(r"\[\s*claim\s*:", re.I)
_BRACKETED = lazy_pattern(r"\s*\[\s*claim\s*:\s*([^\[\]\n]{1,80}?)\s*\](?!\()\s*$", re.I)
_APOSTROPHES = lazy_pattern("['’ʼ`]")
_NO_LETTER = lazy_pattern(rf"[^\w{IN_WORDS}]+|_+")
_SHORT_DATE = lazy_pattern(r"(\d{1,2})[./](\d{1,2})\.?")
_TOKEN = lazy_pattern(r"[^\s,(*]\S*")
_WORDS_OF_A_DATE = 4
_STATES = {
    "confirmed": ClaimState.CONFIRMED,
    "refuted": ClaimState.REFUTED,
    "not_borne_out": ClaimState.NOT_BORNE_OUT,
    "superseded": ClaimState.SUPERSEDED,
    "heard_again": ClaimState.AGAIN,
}


class NamedClaim(NamedTuple):
    """The claim an item names, and what it says became of it."""

    claim: str
    """A key (``coup-damascus``), or an item by its code (``2024-12-06/R1``) or number (``2024-12-06/14``)."""
    state: str | None
    """A ClaimState; or words that are none, as the author wrote them; None where nothing is said."""
    rest: str = ""
    """The text without all this; empty where nothing else stands in it."""
    words: str = ""
    """What readers see of the text, if it opens with all this: no key."""


class ClaimWords(Struct, frozen=True, kw_only=True):
    """The words of one language by which items speak of claims, folded."""

    states: dict[str, ClaimState]
    longest: int
    """Words of the longest phrase among the states."""
    of: frozenset[str]
    order: Literal["dmy", "mdy"]
    languages: tuple[str, ...]
    events: frozenset[str]
    """Words for what happened, singular."""
    common: frozenset[str]
    """Words that tell nothing apart."""
    forms: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What words met before are, filled by ``hearsay``; a site has a few thousand."""

    def state(self, said: str) -> ClaimState | None:
        """The state a phrase names."""
        return self.states.get(fold(said))

    def opening(self, said: str) -> ClaimState | None:
        """The state that a sentence opens with: ``denied by SDF``."""
        words = fold(said).split()
        for length in range(min(self.longest, len(words)), 0, -1):
            phrase = " ".join(words[:length]).rstrip(".,;:!*_")
            if phrase in self.states:
                return self.states[phrase]
        return None


@for_the_latest
def claim_words(config: Config, lang: str | None) -> ClaimWords:
    """The words of a language, of its base language, of the site's and of English."""
    return _compile(config, lang or config.site.language)


def _compile(config: Config, lang: str) -> ClaimWords:
    lexicons = lexicons_of(config, lang)
    states = {fold(state.value): state for state in _STATES.values()}
    for name, state in _STATES.items():
        for phrase in _all(lexicons, name):
            states.setdefault(fold(phrase), state)
    return ClaimWords(
        states=states,
        longest=max(len(phrase.split()) for phrase in states),
        of=frozenset(fold(word) for word in _all(lexicons, "of_words")),
        order=config.dates.order,
        languages=tuple(dict.fromkeys(("en", config.site.language, lang, *config.languages))),
        events=frozenset(singular(plain(word)) for word in _all(lexicons, "events")),
        common=frozenset(
            form for word in _all(lexicons, "common") for form in (plain(word), singular(plain(word)))
        ),
    )


def _all(lexicons: Iterable[Lexicon], name: str) -> Iterable[str]:
    return (phrase for lexicon in lexicons for phrase in getattr(lexicon, name))


def said_of_claim(text: str, day: dt.date, words: ClaimWords) -> NamedClaim | None:
    """What the opening words of an item, written on ``day``, say of a claim; None if they name none. A date
    without its year is the last such day that is not after ``day``."""
    if ":" not in text[:100]:
        return None
    found = _STATE_FIRST.match(text)
    if found and (state := words.state(found["said"])):
        after = text[found.end() :]
        claim, length = _claim(found, after, day, words)
        if claim:
            rest = _rest(after[length:], words)
            # Behind a colon what refutes a rumor would be read as the rumor that is refuted.
            told = f". {rest[:1].upper()}{rest[1:]}" if rest else f": {_name(found, after[:length])}"
            return NamedClaim(claim, state.value, rest, f"{found['said']}{told}")
    found = _CLAIM_FIRST.match(text)
    if found and (state := words.opening(found["said"])):
        # "Deir-ez-Zor: false alarm" names no claim: there a key must stand alone, as the receipt shows it.
        named = found["code"] or found["cited"] or (found["key"] or "").islower() or found["id"]
        claim, length = _claim(found, found["date"], day, words) if named else (None, 0)
        if claim and not found["date"][length:].strip(" *_)"):
            told, rest = text[found.start("said") :].strip(), _rest(text[found.start("said") :], words)
            return NamedClaim(claim, state.value, rest, rest or f"{told[:1].upper()}{told[1:]}")
    return None


def speaks_of_claim(text: str, settling: Phrases) -> bool:
    """True if a paragraph opens with the name of a claim and what became of it, or the other way round."""
    if _IN_BRACKETS.match(text):
        return True
    found = _STATE_FIRST.match(text)
    if found and settling.opens(found["said"]):
        return True
    found = _CLAIM_FIRST.match(text)
    return bool(found and not (found["key"] and not found["key"].islower()) and settling.opens(found["said"]))


def in_brackets(value: str, day: dt.date, words: ClaimWords) -> NamedClaim | None:
    """What stands after ``[claim:``: a key or ``R1 of 6 Dec``, and a state after a comma if there is one."""
    named, _, state = value.partition(",")
    state = state.strip()
    found = re.match(_REFERENCE, named.strip())
    coded = found and not found["key"]
    claim = _claim(found, named.strip()[found.end() :], day, words)[0] if found and coded else None
    claim = claim or slug(named)
    if not claim:
        return None
    return NamedClaim(claim, (words.state(state) or words.opening(state) or state.lower()) if state else None)


def bracketed_end(text: str, day: dt.date, words: ClaimWords) -> tuple[str, NamedClaim] | None:
    """The text without ``[claim: ...]`` at its end, and what that says; None if it does not end so."""
    if not text.endswith("]"):
        return None
    found = _BRACKETED.search(text)
    said = in_brackets(found[1], day, words) if found else None
    return (text[: found.start()], said) if found and said and text[: found.start()].strip() else None


def slug(text: str) -> str:
    """Words as a key: lower case, no accents, joined by hyphens; empty if there is no letter in them."""
    plain = unicodedata.normalize("NFC", _APOSTROPHES.sub("", folded(text)))
    joined = _NO_LETTER.sub("-", plain).strip("-")
    if len(joined) > LONGEST_KEY:
        joined = joined[:LONGEST_KEY].rpartition("-")[0] or joined[:LONGEST_KEY]
    return joined if any(c.isalpha() for c in joined) else ""


def _name(found: re.Match[str], date: str) -> str:
    """What a claim is called where nothing else is said of it: the words of its key, or as it was cited."""
    cited = found[0].partition(":")[2].strip(" *_")
    return found["key"].replace("-", " ") if found["key"] else f"{cited}{date}"


def _rest(text: str, words: ClaimWords) -> str:
    rest = text.lstrip(" \t\n.,;:!)*_–—-")
    if words.state(rest.rstrip(" .!*_")) or not any(c.isalpha() for c in rest):
        return ""
    return rest[:1].upper() + rest[1:]


def _claim(found: re.Match[str], after: str, day: dt.date, words: ClaimWords) -> tuple[str | None, int]:
    """The claim meant, and how much of the text after its name belongs to it."""
    if found["key"]:
        return slug(found["key"]), 0
    if found["id"]:
        return found["id"].upper(), 0
    if found["cited"]:
        return _cited(found, day), 0
    when, length = _day(after, day, words)
    return (f"{when.isoformat()}/{found['code'].upper()}" if when else None), length


def _cited(found: re.Match[str], day: dt.date) -> str | None:
    """The item of a reference such as R6-1: of the last day of that number that is not after ``day``."""
    when = day
    for _ in range(62):
        if when.day == int(found["on"]):
            second = f"-{ord(found['nth']) - ord('a') + 1}" if found["nth"] else ""
            return f"{when.isoformat()}{second}/{found['cited'].upper()}{found['number']}"
        when -= dt.timedelta(days=1)
    return None


def _day(text: str, day: dt.date, words: ClaimWords) -> tuple[dt.date | None, int]:
    """The date a text begins with, after "of", and where it ends."""
    tokens = list(_TOKEN.finditer(text[:80]))[: _WORDS_OF_A_DATE + 1]
    if tokens and fold(tokens[0][0]) in words.of:
        tokens = tokens[1:]
    for length in range(min(_WORDS_OF_A_DATE, len(tokens)), 0, -1):
        said = fold(" ".join(token[0] for token in tokens[:length]).rstrip(".,;:!)*_"))
        if short := _SHORT_DATE.fullmatch(said):
            said = "-".join((*short.groups(), str(day.year)))
        found = dated(said, order=words.order, languages=words.languages, year=day.year)
        if found.date and found.rest.strip() == DATE:
            return _not_after(found.date, day), tokens[length - 1].end()
    return None, 0


def _not_after(found: dt.date, day: dt.date) -> dt.date:
    if found <= day:
        return found
    try:
        return found.replace(year=found.year - 1)
    except ValueError:
        return found
