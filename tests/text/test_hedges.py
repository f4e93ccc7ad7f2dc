"""Hedges and opinion stay with the words; what stands for an update is a sentence that says the thing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Certainty, Hearsay, Item, Passage, Role, Section, Update
from sitrep.config.values import Config, Front, Site
from sitrep.text.summaries import (
    codes,
    hedge,
    key_points,
    lead_sentence,
    opening,
    point,
    references,
    words_of,
)

CONFIG = Config(
    site=Site(title="Notes"),
    fronts=(
        Front(id="valley", name="Valley", code="V"),
        Front(id="coast", name="Coast", code="C"),
        Front(id="rumors", name="Rumors", kind="rumors", code="R"),
    ),
)


def item(text: str, front: str = "valley", **more: object) -> Item:
    return Item(text=text, line=1, front=front, number=1, **more)  # type: ignore[arg-type]


def update(*items: Item, key: str = "2024-12-06", lede: str = "", **more: object) -> Update:
    passages = (Passage(role=Role.LEDE, text=lede, line=2),) if lede else ()
    return Update(
        date=dt.date.fromisoformat(key[:10]), line=1, key=key, passages=passages,
        sections=(Section(heading=None, line=1, items=items),), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("certainty", "text", "said"),
    [
        (Certainty.REPORTED, "Reportedly the mill was hit.", "Reported: The mill was hit."),
        (Certainty.REPORTED, "Allegedly, the mill was hit.", "Reported: The mill was hit."),
        (Certainty.REPORTED, "Reportedly hit.", "Reportedly hit."),
        (Certainty.REPORTED, "The mill was reportedly hit.", "Reported: The mill was reportedly hit."),
        (Certainty.RUMOR, "Rumor has it that the mill is shut.", "Unconfirmed: The mill is shut."),
        (Certainty.RUMOR, "Unconfirmed: the mill is shut.", "Unconfirmed: the mill is shut."),
        (Certainty.SAID, "Reportedly the mill was hit.", "Reportedly the mill was hit."),
    ],
)
def test_doubt_is_told_once_and_never_lost(certainty: Certainty, text: str, said: str) -> None:
    """What a short text's label says, its first words do not say again; without a label they stay."""
    words = words_of(CONFIG, "en")
    assert point(item(text, certainty=certainty), words) == said


@given(st.sampled_from(Certainty), st.booleans())
def test_only_what_is_plainly_said_as_a_report_has_no_hedge(certainty: Certainty, opinion: bool) -> None:
    """Whatever is unsure or the authors' own view says so in words, and both where it is both."""
    said = hedge(item("The bridge is closed.", certainty=certainty, opinion=opinion), "en")
    assert bool(said) is (opinion or certainty is not Certainty.SAID)
    assert said.startswith("Our view") is opinion


def test_the_point_of_a_rumor_is_the_sentence_that_tells_it() -> None:
    """Not the words that lead up to it; and it opens with Unconfirmed."""
    rumor = item(
        "We also pass on what is only whispered. The ferry is said to have sunk.",
        certainty=Certainty.RUMOR,
        hearsay=Hearsay(gist="The ferry is said to have sunk.", slug="ferry"),
    )
    assert point(rumor, "en") == "Unconfirmed: The ferry is said to have sunk."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("| Town | Water |\n| --- | --- |\n| Ford | none |", ""),
        ("Town | Water\n--- | ---\nFord | none\nMill | some", ""),
        ("https://maps.example/valley/2024?x=1", ""),
        ("<https://maps.example/valley>", ""),
        ("```\nsensor 14: 3.2\n```", ""),
        ("```\nsensor 14: 3.2\n```\n\nThe river rises. Slowly.", "The river rises."),
        ("| Town | Water |\n| --- | --- |\n| Ford | none |\n\nFord has no water.", "Ford has no water."),
        ("The mill is shut | for now. More.", "The mill is shut | for now."),
        ("See https://maps.example/ for the roads.", "See https://maps.example/ for the roads."),
    ],
)
def test_what_stands_for_an_item_is_a_sentence(text: str, said: str) -> None:
    """Never a row of a table, an address by itself or code."""
    assert lead_sentence(item(text)) == said


def test_key_points_pass_over_items_without_a_sentence() -> None:
    """A front whose first item is a table is told by its next one, and not at all if there is none."""
    table = item("| a | b |\n|---|---|\n| 1 | 2 |")
    points = key_points(update(table, item("The dam holds."), item("Boats wait.", "coast")), CONFIG)
    assert [one.text for one in points] == ["The dam holds.", "Boats wait."]
    assert key_points(update(table, item("Boats wait.", "coast")), CONFIG) == ()


@pytest.mark.parametrize(
    ("made", "headline", "deck"),
    [
        (update(item("Boats wait."), title="A long night"), "A long night", ""),
        (update(item("Boats wait."), lede="The dam holds. Roads open."), "The dam holds.", "Roads open."),
        (update(item("Boats wait."), lede="Here it is:"), "Boats wait.", ""),
        (update(item("Boats wait.", certainty=Certainty.REPORTED)), "Reported: Boats wait.", ""),
        (update(item("It will end badly.", opinion=True)), "Our view: It will end badly.", ""),
        (update(item("It fell.", "rumors", certainty=Certainty.RUMOR), item("Boats wait.", "coast"),
                item("The dam holds.")), "Boats wait.", ""),
        (update(), "Update of 6 December 2024", ""),
    ],
)  # fmt: skip
def test_an_update_is_headed_by_its_own_words(made: Update, headline: str, deck: str) -> None:
    """The title, else the lede's first sentence, else its first report with its hedge, else the date."""
    top = opening(made, CONFIG)
    assert (top.headline, top.deck) == (headline, deck)


def test_references_tell_front_day_and_number() -> None:
    """W6-1 is cited by telephone; it differs from that of another day and of the day's second update."""
    items = (item("a"), item("b", "coast"), item("c"))
    assert references(update(*items), CONFIG) == ("V6-1", "C6-1", "V6-2")
    assert references(update(*items, key="2024-12-06-2"), CONFIG) == ("V6b-1", "C6b-1", "V6b-2")
    assert codes(update(*items), CONFIG) == ("V1", "C1", "V2")
