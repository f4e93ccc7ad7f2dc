"""What stands before a colon or alone on a line -> whether it is a name, as chats name their people."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from sitrep.base.languages.month_names import month_names, weekday_names
from sitrep.base.patterns import lazy_pattern
from sitrep.base.remember import for_the_latest
from sitrep.base.shipped import has_line, shipped_text
from sitrep.base.values import fields
from sitrep.config.values import Config
from sitrep.lexicon.load import lexicons_of
from sitrep.lexicon.word_cuts import is_unspaced
from sitrep.reading.dates.message_stamps import names_sender
from sitrep.reading.words import words_of
from sitrep.text.spelling import fold

_BESIDE = lazy_pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = lazy_pattern(
    r"[^\w\s'’ʼ.·\u0300-\u036f\u064b-\u0652\u0900-\u0d63\u0f71-\u109d\u200c\u200d-]|\d|_(?!\w)"
)
_SAID = words_of("senders")
_KUNYA = frozenset(map(fold, _SAID["parents"].split()))
"""Mother and father of somebody: Abu Yazan."""
_TITLES = frozenset(map(fold, _SAID["titles"].split()))
_PARTICLES = frozenset(map(fold, _SAID["particles"].split())) | _KUNYA
_HANDLE = lazy_pattern(r"[a-z]+[._][a-z._]*")
_PARTS = lazy_pattern(r"[._]")
_MOST_WORDS = 4
_LONGEST_NAME = 100
_LONGEST_RUN = 4
"""Letters of a whole name in scripts without blanks."""

Known = Callable[[], Collection[str]]
"""Folded names that a site knows, reckoned only where a line may name a person."""


@cache
def _given() -> str:
    return shipped_text("reading/senders/given_names.txt").split("\n", 2)[2]


def _is_given(name: str) -> bool:
    return has_line(_given(), name)


def bare_name(label: str) -> str:
    """What is written of a name: without titles, emoji, signs, and what stands in brackets."""
    label = label.replace("’s ", "'s ").partition("'s ")[0]
    words = _SIGNS.sub(" ", _BESIDE.sub(" ", label)).split()
    while len(words) > 1 and fold(words[0]) in _TITLES:
        del words[0]
    return " ".join(words).strip(" .-'’")


def is_person(name: str, known: Known) -> bool:
    """True for a given name with perhaps more names behind it, or for the mother or father of somebody. Not
    for what holds a text back nor for what the site knows (``known``); what costs least is asked first."""
    return seems_person(name) and names_sender(name) and fold(name) not in known()


def seems_person(name: str) -> bool:
    """The same as far as the name alone tells: quickly, for many of them."""
    words = name.split()
    if len(name) > _LONGEST_NAME or not 0 < len(words) <= _MOST_WORDS:
        return False
    first = fold(_PARTS.split(words[0])[0] if len(words) == 1 else words[0])
    if len(words) == 1 and _is_run(name):
        return name not in _SAID["none"].split()
    if len(words) > 1 and is_unspaced(name):
        return False
    if _HANDLE.fullmatch(name):
        return _is_given(first)
    if len(words) > 1 and not all(not word[0].islower() or _joins(word) for word in words):
        return False
    return _is_given(first) or (first in _KUNYA and len(words) > 1)


def is_one_name(name: str) -> bool:
    """True for a name as friends use it: one word that is no handle, or the mother or father of somebody."""
    words = name.split()
    return (len(words) == 1 and not _HANDLE.fullmatch(name)) or (len(words) == 2 and fold(words[0]) in _KUNYA)


def _joins(word: str) -> bool:
    return fold(word.partition("-")[0]) in _PARTICLES


def _is_run(name: str) -> bool:
    """True for a family name and a given name in one: 李娜."""
    if name.isascii() or len(name) > _LONGEST_RUN:
        return False
    return any(_is_given(fold(name[:at]) + "-") and _is_given(fold(name[at:])) for at in range(1, len(name)))


def _known_to(config: Config, lang: str | None) -> frozenset[str]:
    named = [
        name
        for front in config.fronts
        for name in (
            front.id, front.name, front.short, *front.headings, *front.actors, *front.words,
            *(name for place in front.places for name in (place.name, *place.aliases)),
        )
    ]  # fmt: skip
    own = lang or config.site.language
    named += (
        name for code in (own, "en") for names in (weekday_names(code), month_names(code)) for name in names
    )
    for lexicon in lexicons_of(config, own):
        lists = (getattr(lexicon, field.name) for field in fields(lexicon))
        named += (phrase for phrases in lists if isinstance(phrases, tuple) for phrase in phrases)
    return frozenset(map(fold, named))


known_to = for_the_latest(_known_to)
"""Folded names of what a site sorts by (places, actors, fronts, headings), and the words and
days of its languages."""
