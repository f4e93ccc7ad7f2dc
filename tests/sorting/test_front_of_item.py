"""The author's heading decides the front; else the item does, by where, by who, by what; else general."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Certainty
from sitrep.sorting.sort_items import sort_items
from tests.sorting.bench import rules_from, rules_of, section, sort, update_of

ITEM = "Nothing in this sentence belongs anywhere."

DECIDING = {
    "western": [
        "Western front", "WESTERN FRONT", "Western fronts", "The western front today", "West", "Hama falls",
        "HTS at the gates of Homs", "Northwest Syria", "Idlib and Latakia", "Coast",
    ],
    "eastern": [
        "Eastern front", "Semalka is open again", "Deir ez-Zor", "News from Kobane and Raqqa", "Rojava",
        "North-East Syria", "SDF in Manbij",
    ],
    "southern": [
        "Southern fronts", "Daraa, Sweida and Quneitra", "South", "Southern Syria", "Around Damascus",
    ],
    "international": [
        "International", "Some words on international forces", "Russian and Turkish moves", "Israel", "UN",
        "Diplomacy", "Turkey and Iran",
    ],
    "rumors": ["Rumors", "Rumours", "Some rumors of the day", "Unconfirmed"],
    "general": [
        "Evaluation", "Early evaluations", "Our analysis", "What this means", "General", "Opinion: Idlib",
    ],
}  # fmt: skip

LEAVING_OPEN = [
    "Manbij, Afrin and Turkish moves", "Tabqa, Aleppo", "Western and eastern fronts", "Politics", "Media",
    "ISIS comes back", "General overview of the day", "Israeli strikes on Damascus and Homs", "Bread",
    "The general commander speaks", "Western media", "Northern front",
]  # fmt: skip

BY_ITSELF = [
    ("eastern", "Shells fell on villages in the southern Manbij canton."),
    ("eastern", "Turkish drone strike on a car between Qamishli and Amuda."),
    ("eastern", "US forces brought trucks from Iraqi Kurdistan to their bases in Shaddadi."),
    ("eastern", "SNA attacked near Ain Issa with Turkish support."),
    ("eastern", "A border crossing with Iraq, Albukamal, was taken."),
    ("eastern", "The militias threaten the western parts of DAANES."),
    ("eastern", "SDF fighters repelled an attack in the night."),
    ("eastern", "Cells are active again in the desert."),
    ("western", "Russian warplanes bombed Jabal al-Zawiya, south of Idlib."),
    ("western", "People flee from Homs towards Damascus."),
    ("western", "Fighters entered Hama. Families left for Damascus and Sweida."),
    ("western", "Aleppo: the airport is closed."),
    ("western", "HTS opened the prisons."),
    ("southern", "Men armed by US in al-Tanf are on the move."),
    ("southern", "Protests went on in Suwayda for the third week."),
    ("southern", "Israeli troops entered the buffer zone in the Golan Heights."),
    ("southern", "A former rebel was shot in Jasim in northern Daraa."),
    ("international", "Russia takes its ships away from Tartus."),
    ("international", "Erdogan and Putin spoke about Idlib in Sochi."),
    ("international", "The UN Security Council will meet about the situation."),
    ("international", "Iraq closes its border with the country."),
    ("international", "Groups in several countries marched to support Rojava."),
    ("international", "Ankara announced that an operation against Kobane is near."),
    ("rumors", "There are rumors that the president left Damascus."),
    ("general", "The pound lost a third of its worth."),
    ("general", "Fighting was heard in Idlib, Daraa and Deir Ezzor."),
    ("general", "Tanks of the rusian made kind were left behind."),
    ("general", "Prices rose all over the country."),
]


@pytest.mark.parametrize(("front", "heading"), [(f, h) for f, all_ in DECIDING.items() for h in all_])
def test_a_heading_that_names_one_front_decides(front: str, heading: str) -> None:
    """Named literally, by a place, by an outside power, or as evaluation: the heading settles its items."""
    item = sort("Shots were heard in Aleppo and in Raqqa.", heading)
    assert item.front == front
    assert item.reason.startswith(f'heading "{heading}" (line 3)')


@pytest.mark.parametrize("heading", LEAVING_OPEN)
def test_a_heading_that_names_none_or_several_leaves_it_to_the_item(heading: str) -> None:
    """Under a theme, several fronts or a mere compass word each item decides for itself."""
    assert sort("Shots were heard in Raqqa.", heading).front == "eastern"
    assert sort("Shots were heard in Daraa.", heading).front == "southern"


@pytest.mark.parametrize(("front", "text"), BY_ITSELF)
def test_an_item_decides_for_itself(front: str, text: str) -> None:
    """Where it happens outweighs who acts, which outweighs destinations; glosses do not count."""
    item = sort(text)
    assert item.front == front, item.reason


def test_the_reason_is_in_words() -> None:
    """A writer sees what decided: the heading and its line, the places, the actors, or that nothing did."""
    assert sort(ITEM, "Eastern front").reason == 'heading "Eastern front" (line 3)'
    assert sort("Shots in Manbij and Kobane.").reason == "places: Manbij, Kobane"
    assert sort("SDF repelled an attack.").reason == "actors: SDF"
    assert sort(ITEM).reason == "no front named: general"
    assert sort("[front: western] Shots in Manbij.").reason == "written in the item: [western]"
    assert sort("Shots in Homs, Daraa and Raqqa.").reason == "several fronts alike: Homs, Daraa, Raqqa"


@pytest.mark.parametrize("name", ["eastern", "Eastern front", "EAST", "east"])
def test_the_author_can_write_the_front(name: str) -> None:
    """A front in brackets, by id, name or short name, outweighs heading and places."""
    item = sort(f"[front: {name}] Shots in Homs.", "Western front")
    assert (item.front, item.text) == ("eastern", "Shots in Homs.")


def test_a_rumor_is_filed_under_its_place_where_the_heading_says_so() -> None:
    """Under the heading of a front a rumor stays there, and keeps its label."""
    item = sort("There are rumors of a retreat.", "Western front")
    assert (item.front, item.certainty) == ("western", Certainty.RUMOR)


def test_a_rumor_told_on_the_way_does_not_move_the_item() -> None:
    """Only an item whose first sentence is the rumor goes to the rumors."""
    assert sort("Fighters reached Homs. There are rumors of a strike.").front == "western"


def test_a_heading_below_another_refines_it() -> None:
    """Under a front, themes and places inherit it; only another front's name replaces it."""
    update = sort_items(
        update_of(
            section("Eastern front", ITEM, level=1, line=1),
            section("Displaced people", ITEM, level=2, line=10),
            section("Aleppo road", ITEM, level=2, line=20),
            section("Southern front", ITEM, level=2, line=30),
            section("Bread", ITEM, level=1, line=40),
        ),
        rules_of(),
    )
    assert [i.front for i in update.items] == ["eastern", "eastern", "eastern", "southern", "general"]


def test_what_a_heading_names_is_a_last_resort() -> None:
    """An item that names nothing under a heading with one place and an outside power goes to the place."""
    assert sort(ITEM, "Israeli strikes on Damascus").front == "southern"
    assert sort(ITEM, "Solidarity with Rojava").front == "eastern"
    assert sort("Marches were held in Berlin.", "Solidarity with Rojava").front == "international"


def test_an_editors_note_is_the_authors_view_anywhere() -> None:
    """A note of the editors is opinion and general, even under the heading of a front."""
    item = sort("Editor's note: we doubt this war can be won.", "Eastern front")
    assert (item.front, item.opinion) == ("general", True)


FRONTS = (
    "fronts: [{id: a, name: Alder side, places: [Alder, Birch]},"
    " {id: b, name: Beech side, places: [Beech]}]\n"
)


def test_a_site_without_rumors_and_general_fronts_still_sorts_everything() -> None:
    """Whatever the configuration leaves out, each item has a front of that configuration."""
    rules = rules_from(FRONTS)
    for text in ("Shots in Birch.", "There are rumors of shots.", "Nothing.", "Alder, Birch and Beech."):
        assert sort(text, rules=rules).front in rules.fronts


def test_a_spelling_of_two_places_names_neither() -> None:
    """A name that two fronts claim, each in its own transliteration, decides nothing."""
    rules = rules_from(
        "fronts: [{id: a, name: Alder side, places: [{name: Alder, aliases: [Aqqar]}]},"
        " {id: b, name: Beech side, places: [{name: Beech, aliases: [Akkar]}]}]\n"
    )
    item = sort("Fire at Aqqar.", rules=rules)
    assert (item.places, item.front) == ((), "general")


def test_sorting_is_a_function() -> None:
    """The same item sorts alike, whatever was sorted before it and however often."""
    texts = [t for _, t in BY_ITSELF]
    once = [sort(t, rules=rules_of()).front for t in texts]
    assert [sort(t, rules=rules_of()).front for t in reversed(texts)] == once[::-1]


PIECES = (
    *[
        "Aleppo",
        "Homs",
        "Raqqa",
        "in",
        "towards",
        "Turkey",
        "the",
        "north",
        ",",
        "and",
        "SDF",
        "(",
        ")",
        "reports",
        "of",
        "rumors",
        "announced",
        ".",
        ":",
        "2018",
    ],
    "\n",
)
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25)


@given(WORDS, st.sampled_from([None, "Aleppo", "Bread", "Eastern front", "Rumors", "Analysis"]))
def test_every_item_gets_one_front_and_a_reason(words: list[str], heading: str | None) -> None:
    """Nothing that can be written is left without a front, a reason and a certainty that fits its speaker."""
    item = sort(" ".join(words), heading)
    assert item.front in rules_of().fronts
    assert item.reason
    # A rumor may be stated by somebody too.
    assert item.by is None or item.certainty in (Certainty.STATEMENT, Certainty.RUMOR)
    assert item.by is not None or item.certainty is not Certainty.STATEMENT


def _cases() -> list[tuple[str, str, str]]:
    lines = Path(__file__).with_name("items.txt").read_text(encoding="utf-8").splitlines()
    kept = [line.split(" | ", 2) for line in lines if line and not line.startswith("#")]
    return [(fronts, certainty, text) for fronts, certainty, text in kept]


@pytest.mark.parametrize(("fronts", "certainty", "text"), _cases())
def test_items_of_ten_years(fronts: str, certainty: str, text: str) -> None:
    """Items as they were written at any time of the war stand where a careful editor would file them."""
    item = sort(text)
    assert item.front in fronts.split(","), item.reason
    assert item.certainty == certainty


PARTY = """
fronts:
  - {id: east, name: East and Lakeside, places: [{name: Alderton, capital: true}, Birchfield]}
  - {id: world, name: World, kind: theme, places: [Farcity], actors: [Farland, Farlandic]}
  - {id: general, name: General, kind: general, actors: [Homeland, Farland, Farlandic]}
"""


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("world", "Farland denies having soldiers on the other side."),
        ("world", "The Farlandic cabinet approved the ceasefire."),
        ("general", "Farland fired 120 drones overnight."),
        ("east", "Farland says it has taken Birchfield."),
        ("general", "Alderton rejects talks."),
        ("east", "People in Lakeside wait for water."),
    ],
)
def test_a_party_of_elsewhere_speaks_from_there(front: str, text: str) -> None:
    """Who stands in a theme front and in the general one acts everywhere and speaks for its capital; each
    part of a front's name is that front."""
    item = sort(text, rules=rules_from(PARTY))
    assert (item.front, item.reason.startswith(",")) == (front, False), item.reason


@pytest.mark.parametrize(
    "typed",
    [
        "[east]", "[East]", "[EASTERN]", "[the east]", "[Eastern front]", "[front: East]", "[East]:",
        "[East] -", "**[East]**", "［East］", "【East】", "[East front:]", "[rumor, east]", "[east][rumor]",
    ],
)  # fmt: skip
def test_the_writers_word_sorts_however_it_is_typed(typed: str) -> None:
    """By id, name, short name or as headings call a front, in other brackets, bold, with a sign behind."""
    rules = rules_from("fronts: [{id: east, name: Eastern front, short: East}, {name: West}]")
    item = sort(f"{typed} The bridge is gone.", rules=rules)
    assert (item.front, item.text) == ("east", "The bridge is gone.")
    assert (item.certainty is Certainty.RUMOR) == ("rumor" in typed)


@pytest.mark.parametrize(
    "typed", ["[map of the east]", "[Video: East]", "[Photo]", "[east](https://e.org)", "(East)"]
)
def test_brackets_that_say_more_than_a_front_are_for_readers(typed: str) -> None:
    """Only what calls a front and nothing else is the writer's word; the rest stays in the text."""
    rules = rules_from("fronts: [{id: east, name: Eastern front, short: East}, {name: West}]")
    assert sort(f"{typed} The bridge is gone.", rules=rules).text.startswith(typed)


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("From Manbij 20 trucks left for Idlib.", "western"),
        ("Families fled from Manbij to Idlib.", "eastern"),
        ("Manbij river rose by two metres in Idlib.", "western"),
    ],
)
def test_where_something_happens_outweighs_whence_it_opens(text: str, front: str) -> None:
    """An item that opens with whence something comes is of where it goes, and one that opens with a name that
    is no place here is of where it happens."""
    assert sort(text).front == front


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("Trucks from Idlib went to Blueberg and Manbij.", "western"),
        ("Trucks left for Manbij while Blueberg and Idlib were shelled.", "western"),
        ("More than 300 Iraqis have arrived in Manbij, the town's mayor said.", "eastern"),
        ("Iraq said that 300 of its people have come to Manbij.", "international"),
    ],
)
def test_who_only_stands_beside_decides_nothing(text: str, front: str) -> None:
    """What is joined to an unknown name shares its part, and who is spoken of by others does not speak."""
    assert sort(text).front == front


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("In Tawila, Farlandic doctors treated 1,200 patients.", "general"),
        ("Farlandic ministers met in Tawila for talks.", "world"),
        ("Farlandic trucks stand in Farcity.", "world"),
        ("Farlandic soldiers are still in Birchfield.", "east"),
    ],
)
def test_a_place_of_no_list_is_not_abroad(text: str, front: str) -> None:
    """Who is at work at an unknown place is in the country, though from elsewhere; talks may be anywhere."""
    rules = rules_from(PARTY.replace("Homeland, Farland, Farlandic", "Homeland"))
    assert sort(text, rules=rules).front == front
