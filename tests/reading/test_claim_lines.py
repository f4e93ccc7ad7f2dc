"""What an item says of a claim is understood in the forms a tired person types, and in no others."""

from __future__ import annotations

import datetime as dt

import hypothesis.strategies as st
import pytest
from hypothesis import given

from sitrep.base.nouns import Certainty, Item, Source
from sitrep.config.load import load_config
from sitrep.reading.claim_lines import claim_words, said_of_claim, slug
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import read
from sitrep.text.spelling import fold
from tests.publishing import CONFIG

DAY = dt.date(2024, 12, 9)
SITE = load_config(CONFIG, "config.yaml")
WORDS = claim_words(SITE, None)


@pytest.mark.parametrize(
    ("line", "claim", "state"),
    [
        ("Confirmed: coup-damascus", "coup-damascus", "confirmed"),
        ("confirmed : Coup-Damascus. Two stations say so.", "coup-damascus", "confirmed"),
        ("**Confirmed:** coup-damascus, says the radio.", "coup-damascus", "confirmed"),
        ("Refuted: R1 of 6 Dec. The square is calm.", "2024-12-06/R1", "refuted"),
        ("Refuted: r1 of 6 December 2024", "2024-12-06/R1", "refuted"),
        ("Denied: R12 of 06-12-24", "2024-12-06/R12", "refuted"),
        ("False: R1, 6.12.", "2024-12-06/R1", "refuted"),
        ("Not borne out: R1 from 30 December", "2023-12-30/R1", "not borne out"),
        ("Refuted: R6-1. The square is calm.", "2024-12-06/R1", "refuted"),
        ("R6b-12: denied by the council", "2024-12-06-2/R12", "refuted"),
        ("Refuted: r30-2", "2024-11-30/R2", "refuted"),
        ("Superseded: 2024-12-06/14", "2024-12-06/14", "superseded"),
        ("Confirmed: 2024-12-06-2/R3", "2024-12-06-2/R3", "confirmed"),
        ("R1 of 6 Dec: denied by the council", "2024-12-06/R1", "refuted"),
        ("R1 of 6 Dec: not borne out", "2024-12-06/R1", "not borne out"),
        ("coup-damascus: confirmed by both sides", "coup-damascus", "confirmed"),
        ("Again: coup-damascus. More people say so.", "coup-damascus", "again reported"),
    ],
)
def test_a_line_that_settles_a_rumor_is_understood(line: str, claim: str, state: str) -> None:
    """State first or claim first, by key, by code and date, or by number."""
    said = said_of_claim(line, DAY, WORDS)
    assert said is not None
    assert (said.claim, said.state) == (claim, state)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Confirmed: coup-damascus", "Confirmed: coup damascus"),
        ("**Refuted: coup-damascus.** The square is calm.", "Refuted. The square is calm."),
        ("**Refuted:** coup-damascus, the radio says.", "Refuted. The radio says."),
        ("Refuted: R1 of 6 Dec", "Refuted: R1 of 6 Dec"),
        ("Refuted: R6-1. The square is calm.", "Refuted. The square is calm."),
        ("Superseded: 2024-12-06/14: The square is calm.", "Superseded. The square is calm."),
        ("coup-damascus: denied by the council. All is calm.", "Denied by the council. All is calm."),
        ("coup-damascus: refuted", "Refuted"),
    ],
)
def test_readers_get_words_and_no_key(line: str, shown: str) -> None:
    """What an item says of a claim is shown without what that is called within the program."""
    said = said_of_claim(line, DAY, WORDS)
    assert said is not None
    assert said.words == shown


def test_plain_news_that_looks_like_a_key_stays_whole() -> None:
    """As long as no claim has that name, nothing is taken out of an item."""
    text = "Update 06-12-2024\n\n# Rumors\n\n- Confirmed: anti-tank missiles came to the port.\n"
    source = Source(path="a.txt", digest="", text=text)
    item = read(source, compile_rules(SITE)).updates[0].items[0]
    assert item.words == item.text == item.outcome
    assert not item.gist


@pytest.mark.parametrize(
    "line",
    [
        "Denied: M4 highway is open again.", "Confirmed: the bridge at Alder is down.",
        "Deir-ez-Zor: false alarm in the city.", "The army: confirmed that it left.",
        "It was confirmed that R1 of 6 Dec is false.", "Update: coup-damascus",
        "A coup-damascus: nothing of this kind.", "R1 of 6 Dec: people left the town.",
    ],
)  # fmt: skip
def test_other_lines_are_left_alone(line: str) -> None:
    """A road number, a town with hyphens and plain news name no claim."""
    assert said_of_claim(line, DAY, WORDS) is None


def test_a_key_can_be_typed_on_any_keyboard() -> None:
    """Case, accents, apostrophes and signs fall away; other scripts stay."""
    assert slug("Şehba’s Côup – 2!") == "sehbas-coup-2"
    assert slug("انقلاب دمشق") == "انقلاب-دمشق"
    assert slug("…") == ""
    assert len(slug("very " * 30)) <= 48


WRITTEN = ["युद्धविराम", "दिल्ली", "যুদ্ধবিরতি", "တိုက်ပွဲ", "ကွတ်ခိုင်", "ஜாஃப்னா", "ปิดถนน", "バガン", "هدنة", "ceasefire"]


@given(words=st.lists(st.sampled_from(WRITTEN), min_size=2, max_size=2, unique=True))
def test_a_key_has_whole_words_and_is_understood_when_typed_back(words: list[str]) -> None:
    """In every script, also where vowels are signs that hang on letters."""
    key = slug(" ".join(words))
    assert [fold(word) for word in key.split("-")] == [fold(word) for word in words]
    said = said_of_claim(f"Confirmed: {key}. Two stations say so.", DAY, WORDS)
    assert said is not None
    assert said.claim == key


def _items(text: str) -> tuple[Item, ...]:
    source = Source(path="note.txt", digest="", text=f"Update 09-12-2024\n\n{text}")
    return read(source, compile_rules(SITE)).updates[0].items


def test_an_item_that_settles_a_rumor_is_no_rumor() -> None:
    """Under the heading of rumors it is said plainly, with what it says besides as its gist."""
    (item,) = _items("# Rumors\n\n– Refuted: R1 of 6 Dec. The square is calm, says the radio.\n")
    assert (item.certainty, item.claim, item.claim_state) == (Certainty.SAID, "2024-12-06/R1", "refuted")
    assert item.text.startswith("Refuted: R1 of 6 Dec.")
    assert item.hearsay is not None
    assert item.hearsay.gist == "The square is calm, says the radio."


def test_brackets_name_a_claim_at_either_end_of_an_item() -> None:
    """They are taken out of the text; an item of nothing else becomes a sentence."""
    first, second, third = _items(
        "# Rumors\n\n– [claim: coup] They left.\n– They left. [claim: coup, denied]\n"
        "– [claim: coup, refuted]\n"
    )
    assert (first.text, first.claim, first.claim_state) == ("They left.", "coup", None)
    assert (second.text, second.claim, second.claim_state) == ("They left.", "coup", "refuted")
    assert (third.text, third.claim, third.claim_state) == ("Refuted: coup", "coup", "refuted")


@pytest.mark.parametrize(
    "line", ["Confirmed: coup-damascus", "R1 of 6 Dec: denied by the council", "[claim: coup-x, refuted]"]
)
def test_a_claim_line_is_an_item_wherever_it_stands(line: str) -> None:
    """On top of an update it is neither its title nor the dateline of another."""
    items = _items(f"{line}\n\n# Northern front\n\n– The road to Alder is open.\n")
    assert [item.claim is not None for item in items] == [True, False]


def test_a_rumor_is_named_after_what_happened_and_where() -> None:
    """By the sentence that tells it, also where the sentence before it names the place."""
    (item,) = _items(
        "# Rumors\n\n– There are clashes in Alder. There are rumors of a coup taking place there.\n"
    )
    assert item.hearsay is not None
    assert item.hearsay.slug == "coup-alder"
    assert item.hearsay.gist == "There are rumors of a coup taking place there."
