"""How an update ends: greetings are no news, and news that begins like a greeting is no greeting."""

from __future__ import annotations

from functools import cache

import pytest

from sitrep.base.nouns import Role
from sitrep.base.values import replace
from sitrep.config.load import shipped_lexicon
from sitrep.config.values import Config
from tests.lanes import slow
from tests.reading.dialect import CONFIG, read

FEW = ("ar", "en", "uk", "zh")
OTHERS = ("de", "es", "fa", "fr", "he", "it", "ku", "pl", "pt", "ru", "sw", "tr")
CLOSING = (Role.SIGNOFF, Role.OUTRO)
ABOVE = "Update 2024-12-07\n\n- One at Alder.\n- Two at Birch.\n- Three at Cedar.\n\n"


@cache
def site(lang: str) -> Config:
    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    return replace(CONFIG, languages={**CONFIG.languages, lang: lexicon})


def role_of_last_line(lang: str, line: str) -> Role:
    return read(f"{ABOVE}{line}\n", conf=site(lang)).lines[-1].role


def greetings(lang: str) -> tuple[str, ...]:
    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    return tuple(phrase for phrase in lexicon.signoffs if " " in phrase or phrase[:1] > "\u2fff")


@pytest.mark.parametrize("lang", [*FEW, *slow(OTHERS)])
def test_a_greeting_is_no_item(lang: str) -> None:
    """Every greeting of the lexicon that stands alone below the last item closes the update."""
    taken = {phrase: role_of_last_line(lang, phrase) for phrase in greetings(lang)}
    assert {phrase: role for phrase, role in taken.items() if role not in CLOSING} == {}


@pytest.mark.parametrize("lang", [*FEW, *slow(OTHERS)])
def test_news_that_begins_like_a_greeting_is_none(lang: str) -> None:
    """A whole sentence that merely opens with such words closes nothing."""
    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    news = {f"{phrase} qqq 桥已经关闭直到星期五晚上 www eee ttt yyy." for phrase in greetings(lang)
            if not any(phrase.startswith(outro) for outro in lexicon.outros)}  # fmt: skip
    assert {text for text in news if role_of_last_line(lang, text) in CLOSING} == set()


@pytest.mark.parametrize(
    "line", ["Sources: our own people, the Red Cross", "Quellen: das Rote Kreuz", "Джерела: свої люди"]
)
@pytest.mark.parametrize("below", ["", "\n- Four at Damson.\n"])
def test_sources_belong_to_what_they_are_the_sources_of(line: str, below: str) -> None:
    """A line of sources is neither an item of its own nor a heading, whether bullets follow or not."""
    (update,) = read(f"{ABOVE}{line}\n{below}").updates
    assert [item.text for item in update.items][2] == f"Three at Cedar. {line}"
    assert len(update.items) == 3 + bool(below)
