"""Another crisis is only another config: nothing of one country is in the code."""

from __future__ import annotations

import pytest

from sitrep.base.nouns import Certainty, Update
from tests.sorting.bench import ROOT, read_text, rules_from, rules_of, sort

MPOX = ROOT / "examples" / "mpox-2024"


def mpox(name: str) -> Update:
    """The one update of a text of the example."""
    text = (MPOX / "feeds" / name).read_text(encoding="utf-8")
    [update] = read_text(text, rules_of("examples/mpox-2024/config.yaml"), name)
    return update


def test_an_epidemic_is_sorted_by_region() -> None:
    """The example's headings name its fronts, and every item stands where its heading says."""
    update = mpox("2024-08-16.txt")
    assert [i.front for i in update.items] == (
        ["south-kivu"] * 3 + ["north-kivu"] + ["neighbours"] * 2 + ["world"] * 2 + ["rumors"]
    )
    assert update.items[2].certainty is Certainty.REPORTED
    assert (update.items[6].certainty, update.items[6].by) == (Certainty.STATEMENT, "WHO")
    assert update.items[0].places == ("Kamituga",)


def test_items_without_headings_decide_for_themselves() -> None:
    """By its places, its actors or its opening rumor each item finds its front."""
    update = mpox("2024-09-06.md")
    fronts = [i.front for i in update.items]
    assert fronts == ["west", "world", "south-kivu", "west", "neighbours", "rumors", "general"]
    assert (update.items[1].certainty, update.items[1].by) == (Certainty.STATEMENT, "Bavarian Nordic")
    assert update.items[3].certainty is Certainty.REPORTED


def test_opinion_is_marked_in_any_crisis() -> None:
    """What stands under "Our view" is the authors' own; the rest is not."""
    update = mpox("update-october.txt")
    assert [i.front for i in update.items] == [
        "north-kivu", "north-kivu", "neighbours", "general", "world", "general",
    ]  # fmt: skip
    assert [i.opinion for i in update.items] == [False] * 5 + [True]


UKRAINE = """
fronts:
  - id: kharkiv
    name: Kharkiv axis
    places: [{name: Kharkiv, aliases: [Харків, Харкова, Харкові, Kharkov]}, Kupiansk, Vovchansk, Izium]
  - id: donetsk
    name: Donetsk axis
    places: [{name: Donetsk, aliases: [Донецьк]}, Pokrovsk, Bakhmut, Avdiivka, Chasiv Yar, Toretsk]
  - {id: south, name: Southern axis, places: [Kherson, Zaporizhzhia, Robotyne, Crimea, Mykolaiv]}
  - {id: kursk, name: Kursk, places: [Sudzha]}
  - id: world
    name: International
    kind: theme
    places: [United States, {name: Russia, aliases: [Moscow]}, Berlin]
    actors: [NATO, Washington, Kremlin, European Union, EU]
languages:
  uk: {}
"""


@pytest.mark.parametrize(
    ("front", "text"),
    [
        ("donetsk", "Russian forces advanced north of Pokrovsk and entered a village near Toretsk."),
        ("donetsk", "Fighting goes on in Chasiv-Yar."),
        ("kharkiv", "In Vovchansk the line did not move; glide bombs hit Kharkiv."),
        ("south", "On the southern axis the day was quiet."),
        ("south", "Drones hit a depot in Crimea."),
        ("kursk", "Troops withdrew from Sudzha."),
        ("world", "NATO will meet on Thursday."),
        ("world", "The Kremlin announced that it rejects the plan."),
        ("general", "Power was cut in many places."),
        ("donetsk", "Zelensky visited troops near Pokrovks."),
    ],
)
def test_a_war_by_axis(front: str, text: str) -> None:
    """Axes instead of compass fronts, given in a few lines, sort as well."""
    assert sort(text, rules=rules_from(UKRAINE)).front == front


OF_ALL = UKRAINE.replace(
    "languages:", "  - {id: general, name: General, kind: general, actors: [Ukraine, Ukrainian]}\nlanguages:"
)


@pytest.mark.parametrize(
    ("front", "text"),
    [
        # Whom and what a power sends is at work where it is; the power itself acts in its own name.
        ("donetsk", "NATO instructors fly to Toretsk to build a range."),
        ("donetsk", "EU trucks for Pokrovsk wait behind a ford."),
        ("world", "NATO trucks have not been paid for."),
        ("world", "NATO asks for talks on Pokrovsk."),
        # Who only tells what happened somewhere; a body that closes a count is no place.
        ("donetsk", "NATO says its office in Toretsk was hit."),
        ("general", "A total of 11,300 people have died, the EU says."),
        ("world", "EU says that 11,300 people have died."),
        ("general", "Across Ukraine 664 people have died, the EU mission counts."),
        # A quarter bears the name of another place; a place of no list is at home all the same.
        ("kharkiv", "Kharkiv was shelled again, three died in the Kherson quarter."),
        ("general", "At the Krakovets crossing lorries wait for the NATO side."),
    ],
)  # fmt: skip
def test_who_sends_and_who_counts_is_not_where_it_happens(front: str, text: str) -> None:
    """Soldiers and trucks of a power, a body behind a number and a quarter's name move no item away."""
    assert sort(text, rules=rules_from(OF_ALL)).front == front


@pytest.mark.parametrize(
    ("front", "heading"),
    [
        ("donetsk", "Donetsk axis"), ("donetsk", "Donetsk and Pokrovsk"), ("south", "Southern axis"),
        ("kharkiv", "On the Kharkiv axis"), ("general", "Assessment"),
    ],
)  # fmt: skip
def test_headings_name_axes(front: str, heading: str) -> None:
    """A heading names a front of any kind by its name or by its places."""
    assert sort("Nothing to report.", heading, rules=rules_from(UKRAINE)).front == front


def test_several_axes_in_one_heading_leave_it_to_the_item() -> None:
    """ "Kharkiv and southern axes" names two fronts, so the item decides."""
    rules = rules_from(UKRAINE)
    for heading in ("Kharkiv and southern axis", "Kharkiv, Kherson"):
        assert sort("Shells fell on Kherson.", heading, rules=rules).front == "south"


def test_other_scripts_are_read() -> None:
    """Places in Cyrillic and Arabic letters are found, in Arabic also with particles written onto them."""
    assert sort("Вибухи у Харкові.", rules=rules_from(UKRAINE), lang="uk").front == "kharkiv"
    arabic = (
        "fronts: [{id: n, name: North, places: [{name: Aleppo, aliases: [حلب]}]},"
        " {id: e, name: East, places: [{name: Raqqa, aliases: [الرقة]}]}]\nlanguages: {ar: {}}\n"
    )
    rules = rules_from(arabic)
    assert sort("قصف عنيف في حلب", rules=rules, lang="ar").places == ("Aleppo",)
    assert sort("اشتباكات بالرقة وحلب", rules=rules, lang="ar").places == ("Raqqa", "Aleppo")


@pytest.mark.parametrize(
    "text",
    [
        "Над Запорізькою областю збито дрон.",
        "На подільському напрямку тихо.",
        "На закарпатському пункті черга.",
    ],
)
def test_a_region_is_found_as_sentences_have_it(text: str) -> None:
    """A region's noun may stand in any case and in small letters; names in -ття and -лля have adjectives."""
    rules = rules_from(
        "fronts:\n- {name: Південь, places: [Запорізька область, Поділля, Закарпаття]}\n"
        "- {name: Схід, places: [Донецька область]}"
    )
    assert sort(text, rules=rules, lang="uk").front == "pivden"


HILLS = """
fronts:
- {name: North Hill, places: [Alder, {name: Vale, capital: true}]}
- {name: South Hill, places: [Brook]}
- {id: world, name: World, kind: theme, places: [Farland], actors: [Farlanders, Red Mole]}
- {id: general, name: General, kind: general, actors: [Blue Army]}
"""


@pytest.mark.parametrize(
    ("front", "text"),
    [
        # Who acts on every front decides only where no place is named.
        ("south-hill", "Blue Army walked into Brook on Sunday."),
        ("general", "Blue Army will rest on Sunday."),
        # A capital that is spoken to is the government; one that is bombed is a place.
        ("world", "The Red Mole calls on Vale to open the prisons."),
        ("north-hill", "Shells fell on Vale."),
        # A word that two fronts have in their names names neither.
        ("general", "On the shore of Lake Hill all is calm."),
        # A body that says or counts tells of the whole; one that does something acts.
        ("general", "Red Mole counts 4,000 dead across the country."),
        ("world", "Red Mole closes its kitchens across the country."),
        # All of the country may be only whence something comes, or where it goes.
        ("world", "Farland took in people from the whole country."),
    ],
)
def test_evidence_counts_in_its_order(front: str, text: str) -> None:
    """What says less of where an item belongs yields to what says more."""
    assert sort(text, rules=rules_from(HILLS)).front == front
