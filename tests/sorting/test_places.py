"""Places are found however they are spelt, and play the part the sentence gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.lexicon.compiled_phrases import AT, BARE, GLOSS, OUT_OF, TOWARD
from sitrep.sorting.place_roles import roles_of_names
from sitrep.sorting.places import scan
from sitrep.text.spelling import fold, key, words_of
from tests.sorting.bench import rules_from, rules_of, sort

SPELLINGS = {
    "Sheikh Maqsoud": [
        "Sheikh Maqsood", "Sheik Mehksoud", "Sheik Makhsud", "Sheik Mahksud", "Sheik Mehksud", "Şêx Meqsûd",
        "sheikh maqsoud", "Sheikh-Maqsoud", "Shaykh Maqsud",
    ],
    "Deir ez-Zor": [
        "Deir Ezzor", "Deir ezzor", "Deir-Ez-Zor", "Dair Al-Zor", "Deir ez Zor", "Deir al-Zour", "Deirezzor",
        "Dêrazor", "DEIR EZ-ZOR", "Deir Ez’Zor",
    ],
    "Shehba": ["Şehba", "Shehbaa", "Shehba"],
    "Tal Rifat": ["Til Rifat", "Tal Rifaat", "Tel Rifaat", "Tell Rifat", "Tal Rif'at", "Til-Rifat"],
    "Qamishli": ["Qamishlo", "Kamishli", "Al-Qamishli", "Qamişlo"],
    "Kobane": ["Kobani", "Kobanê", "Ain al-Arab", "Ayn al-Arab"],
    "Manbij": ["Minbij", "Membij", "Münbiç"],
    "Sweida": ["Suwayda", "As-Suwayda", "as-Suwaida", "Suweida"],
    "Afrin": ["Efrîn", "Efrin", "Afrîn"],
    "Serekaniye": ["Ras al-Ain", "Ras al-Ayn", "Serêkaniyê"],
    "Tal Abyad": ["Gire Spi", "Girê Spî", "Tell Abyad", "Tel Abiad"],
    "Hasakah": ["Heseke", "Hesekê", "al-Hasaka", "Al-Hassakah", "Hassake"],
    "Abu Kamal": ["Abu Kemal", "Abu-Kemal", "Albukamal", "Al-Bukamal", "Abukamal"],
    "Hajin": ["Hadjin", "Hadzhin"],
    "al-Tanf": ["Al-Tanf", "Tanf", "at-Tanf"],
    "Raqqa": ["Raqqah", "Rakka", "ar-Raqqa"],
    "Latakia": ["Lattakia", "latakia"],
    "Daraa": ["Dara'a", "Dar’a", "Deraa"],
    "Turkey": ["Türkiye", "Turky", "Turkey’s"],
    "United States": ["U.S.", "US", "USA"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "spelling"), [(n, s) for n, all_ in SPELLINGS.items() for s in all_])
def test_a_place_is_found_in_every_usual_spelling(name: str, spelling: str) -> None:
    """Spellings that writers use for one place all lead to its one name."""
    assert sort(f"We passed through {spelling}, where all was quiet.").places == (name,)


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("Damscus", "Damascus"), ("Quneitera", "Quneitra"), ("Palmrya", "Palmyra"), ("Semalke", "Semalka"),
        ("Manibj", "Manbij"), ("Jarabluz", "Jarablus"),
    ],
)  # fmt: skip
def test_one_slip_of_the_pen_is_forgiven(slip: str, name: str) -> None:
    """A capitalised word one slip away from exactly one place is that place."""
    assert sort(f"Shells fell on {slip} in the morning.").places == (name,)


@given(
    st.lists(st.sampled_from(["Alder-Ville", "Alderville", "(Alder-Ville,", "Alder-", "said", "x-y", "ü"]))
)
def test_words_stand_in_the_text_as_they_are_typed(pieces: list[str]) -> None:
    """Each word of a scan is found in its text, in order, also a place with a hyphen too many."""
    seen = scan(" ".join(pieces), rules_from("fronts: [{name: A, places: [Alderville]}]").lexicon("en"))
    at = 0
    for word in seen.words:
        at = seen.text.index(word.token, at) + len(word.token)
    assert len(seen.mentions) == sum("Alder-Ville" in p or p == "Alderville" for p in pieces)


def test_who_speaks_is_found_beside_a_place_with_a_hyphen() -> None:
    """The speaker's name is read from the text as it is typed."""
    rules = rules_from("fronts: [{name: A, places: [Alderville]}]")
    assert sort("The mayor of Alder-Ville said the bridge is gone.", rules=rules).by == "mayor of Alder-Ville"


def test_a_slip_is_forgiven_in_a_word_that_longer_names_have_too() -> None:
    """Where only "Alderon Junction" has the word, Alderon alone is a slip of Alderton."""
    rules = rules_from("fronts: [{name: A, places: [Alderton]}, {name: B, places: [Alderon Junction]}]")
    assert sort("Shells fell on Alderon again.", rules=rules).places == ("Alderton",)
    assert sort("Shells fell on Alderon Junction again.", rules=rules).places == ("Alderon Junction",)


def test_a_common_word_is_no_slip() -> None:
    """A word that the language has is meant, however near a place is called: Islamic, beside Islamin."""
    rules = rules_from("fronts: [{name: A, places: [Islamin]}]")
    assert sort("The Islamic State attacked again.", rules=rules).places == ()
    assert sort("Shells fell on Islaminn again.", rules=rules).places == ("Islamin",)


def test_a_place_in_the_name_of_somebody_with_a_title_is_none() -> None:
    """Whichever part of the name it is: President Hassan Alder, Prime Minister Alder Ahmed."""
    rules = rules_from("fronts: [{name: A, places: [Alder]}]")
    assert sort("President Hassan Alder dismissed two ministers.", rules=rules).places == ()
    assert sort("Prime Minister Alder Ahmed dismissed two ministers.", rules=rules).places == ()
    assert sort("The president visited Alder.", rules=rules).places == ("Alder",)


@pytest.mark.parametrize(
    "text",
    [
        "They asked us to stay at home.", "He was lost without Bashar at his side.",
        "We spoke with Jasmin Humas about it.", "Who is going to help?",
        "Families had bread and salt to share.", "Homes were burnt and a dozen houses looted.",
        "The band played in the halls.", "Mansur Darayan, a baker, told his story.",
        "Read more at https://example.org/aleppo/homs and [here](https://example.org/daraa).",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    """Ordinary words, pronouns, people's names and addresses of links name no place."""
    assert sort(text).places == ()


def test_the_longer_name_wins() -> None:
    """A name inside another is not met on its own: al-Bab is not in Bab al-Hawa."""
    assert sort("Trucks crossed at Bab al-Hawa.").places == ("Bab al-Hawa",)
    assert sort("Fighters of Maghawir al-Thawra left.").places == ()
    assert sort("Al-Bab was shelled.").places == ("al-Bab",)


def test_places_stand_once_in_order_of_mention() -> None:
    """An item's places are listed in the order in which the text names them, each once."""
    assert sort("From Homs to Hama, and from Hama to Aleppo.").places == ("Homs", "Hama", "Aleppo")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Clashes continue in Manbij.", AT),
        ("Clashes continue on the outskirts of the city of Manbij.", AT),
        ("Fighters are moving towards Manbij.", TOWARD),
        ("Fighters are moving towards the southern suburbs of Manbij.", TOWARD),
        ("People flee from Manbij.", OUT_OF),
        ("A village 50 km south from Manbij burns.", AT),
        ("Manbij is quiet.", BARE),
        ("People were trained by Turkey.", GLOSS),
        ("The Turkey-backed groups advance.", GLOSS),
        ("Attacks on Manbij continue.", AT),
        ("Clashes in the southern Manbij canton continue.", AT),
    ],
)
def test_the_words_before_a_name_give_it_its_part(text: str, part: int) -> None:
    """Where it happens, where it comes from, where it is heading, or an explanation of somebody."""
    lexicon = rules_of().lexicon("en")
    assert [p.part for p in roles_of_names(scan(text, lexicon)) if p.phrase.name in ("Manbij", "Turkey")] == [
        part
    ]


def test_joined_names_share_a_part() -> None:
    """Of "in Quneitra, Nawa and Sweida" all three are where it happens."""
    lexicon = rules_of().lexicon("en")
    played = roles_of_names(scan("Markets in Quneitra, Nawa and Sweida are closed.", lexicon))
    assert [p.part for p in played] == [AT, AT, AT]


def test_a_look_back_is_told_from_the_present() -> None:
    """Another year beside a name, or "since", marks what is past; this year does not."""
    lexicon = rules_of().lexicon("en")

    def past(text: str) -> list[bool]:
        return [p.past for p in roles_of_names(scan(text, lexicon), 2024)]

    assert past("As in 2018 in Afrin, people fear the worst in Manbij.") == [True, False]
    assert past("Since the siege of Afrin nothing is safe.") == [True]
    assert past("In December 2024 in Homs.") == [False]


NAMES = st.sampled_from(
    sorted(
        p.name
        for f in rules_of().fronts.values()
        for p in f.places
        if len(max(words_of(p.name), key=len)) > 3
    )
)


@given(NAMES, st.sampled_from([str.upper, str.lower, str.title]))
def test_case_does_not_matter_for_names_of_four_letters_or_more(name: str, change: object) -> None:
    """A place is found in capitals, in small letters and in mixed case."""
    written = change(name)  # type: ignore[operator]
    assert name in sort(f"Much happened in {written} today.").places


@given(NAMES)
def test_hyphens_and_blanks_are_the_same(name: str) -> None:
    """Til-Rifat is Til Rifat, whatever stands between the parts of a name."""
    for written in (name.replace(" ", "-"), name.replace("-", " "), name.replace(" ", "\u00a0")):
        assert name in sort(f"Much happened in {written} today.").places


@pytest.mark.parametrize("typed", ["Man-bij", "Ko-Bane", "Qa-mish-li"])
def test_a_name_of_one_word_may_be_typed_in_parts(typed: str) -> None:
    """A hyphen inside a name does not hide it."""
    assert sort(f"Shelling near {typed}, again.").front == "eastern"


@given(st.text(max_size=200))
def test_any_text_can_be_scanned(text: str) -> None:
    """No text, however odd, makes sorting fail or leaves an item without a front."""
    item = sort(text or ".")
    assert item.front in rules_of().fronts


@given(
    st.text(st.characters(categories=["L", "Nd"]), max_size=20) | st.text("hkqcoua", min_size=5, max_size=9)
)
def test_the_compared_form_is_stable(word: str) -> None:
    """Folding what is folded already changes nothing."""
    assert fold(fold(word)) == fold(word)
    assert key(key(fold(word))) == key(fold(word))


def test_every_place_has_one_front_and_finds_itself() -> None:
    """Each configured place, met alone under no heading, sorts into its own front."""
    for front in rules_of().fronts.values():
        for place in front.places:
            item = sort(f"It happened in {place.name}.")
            assert (item.front, place.name in item.places) == (front.id, True), place.name


def test_every_spelling_listed_finds_its_place() -> None:
    """No alias of the shipped rules is lost to another place or to an ordinary word: under a heading of its
    front it finds its place, and alone too, unless several fronts have such a place; then it finds none."""
    lost = []
    for front in rules_of().fronts.values():
        for place in front.places:
            for alias in place.aliases:
                text = f"It happened in {alias} today."
                alone, headed = sort(text).places, sort(text, heading=front.name).places
                if place.name not in headed or (alone and place.name not in alone):
                    lost.append((place.name, alias, alone, headed))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "heading", "places", "front"),
    [
        ("Shops in Shahba and Salkhad are closed.", None, ("Shahba town", "Salkhad"), "southern"),
        ("Refugees left Shahba for Tal Rifat.", None, ("Shehba", "Tal Rifat"), "western"),
        ("Shahba is without water.", "Sweida", ("Shahba town",), "southern"),
        ("Shahba is without water.", "Afrin and around", ("Shehba",), "western"),
        ("Shahba is without water.", None, (), "general"),
        (
            "Trucks crossed from Rabia to Tal Kocher.",
            "Iraq",
            ("Rabia in Iraq", "Tal Kocher"),
            "international",
        ),
        ("Shelling of Rabia and Kabana.", None, ("Rabia in Latakia", "Kabana"), "western"),
    ],
)
def test_places_spelled_alike_are_told_apart(
    text: str, heading: str | None, places: tuple[str, ...], front: str
) -> None:
    """Of two places with one name the heading tells which is meant, or what else is named; else none is."""
    item = sort(text, heading=heading)
    assert (item.places, item.front) == (places, front)


def test_coordinates_lie_where_the_crisis_is() -> None:
    """Places of the three fronts on the ground lie within the country's bounding box."""
    for front_id in ("western", "eastern", "southern"):
        for place in rules_of().fronts[front_id].places:
            if place.at is not None:
                assert 32.3 <= place.at[0] <= 37.4, place.name
                assert 35.5 <= place.at[1] <= 42.5, place.name


def test_a_word_in_small_letters_is_no_town_where_names_have_capitals() -> None:
    """A brook is no town of that name; behind "in", or where all is in small letters, it is."""
    rules = rules_from("fronts: [{name: North, places: [Brook]}, {name: General, kind: general}]")
    assert sort("The rescuers crossed the brook by boat.", rules=rules).front == "general"
    assert sort("Shelling in brook today.", rules=rules).front == "north"
    assert sort("brook was shelled", rules=rules).front == "north"
