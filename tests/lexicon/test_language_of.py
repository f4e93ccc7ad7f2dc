"""The language of a text, found by its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.lexicon.language_of import language_of, language_of_passage
from tests.lexicon.sentences import LANGUAGES, sentences


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("usual", ["en", "fr", "ar"])
def test_a_text_is_read_in_its_own_language(lang: str, usual: str) -> None:
    """A text of sixty sentences is surely in its language, whichever the site expects."""
    text = "\n".join(line for lines in sentences(lang).values() for line in lines)
    assert language_of(text, usual) == (lang, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_texts_are_told_apart(lang: str) -> None:
    """Of texts of three sentences at least nine in ten are given their language, and none surely another."""
    lines = [line for kind in sentences(lang).values() for line in kind]
    guesses = [language_of("\n".join(lines[i : i + 3]), "en") for i in range(0, len(lines), 3)]
    assert sum(guess.lang == lang for guess in guesses) >= 0.9 * len(guesses)
    assert not [guess for guess in guesses if guess.sure and guess.lang != lang]


@given(st.lists(st.sampled_from([s for kind in sentences("en").values() for s in kind]), min_size=1))
def test_english_stays_english(lines: list[str]) -> None:
    """No choice of English sentences is read as another language."""
    assert language_of("\n".join(lines), "en").lang in ("en", None)


@given(st.text(), st.sampled_from(["en", "ar", "zh-TW"]))
def test_any_text_has_an_answer(text: str, usual: str) -> None:
    """No text makes it fail, and the expected language keeps its region."""
    guess = language_of(text, usual)
    assert guess.lang is None or guess.lang == usual or guess.lang != usual.partition("-")[0]


def test_names_alone_tell_nothing() -> None:
    """A text of names and numbers is left to the site's language."""
    assert language_of("Sandhaven: 3. Port Mirrow: 4", "en").lang in ("en", None)


@given(st.sampled_from([s for kind in sentences("en").values() for s in kind]))
def test_an_english_passage_is_english(line: str) -> None:
    """No English sentence is taken for a passage of another language."""
    assert language_of_passage(line, "en") is None


def test_a_passage_in_another_language_is_told_by_its_words() -> None:
    """A Spanish sentence in an English text is Spanish where enough of its words are."""
    assert language_of_passage("Al parecer el puente de la ciudad cedió anoche y no hay agua.", "en") == "es"
    assert language_of_passage("За словами мешканців, згоріли два будинки і міст.", "ru") == "uk"
    assert language_of_passage("Frente de la Patria", "en") is None


def test_a_passage_in_another_script_has_its_own_language() -> None:
    """An Arabic sentence in an English text is Arabic; an English one in it is left to the text."""
    assert language_of_passage("أنباء عن انهيار الجسر.", "en") == "ar"
    assert language_of_passage("По непроверенным данным, мост разрушен.", "en-GB") == "ru"
    assert language_of_passage("The bridge is closed.", "en") is None
    assert language_of_passage("The bridge is closed.", "ar") == "en"
    assert language_of_passage("“Smart” quotes — and dashes", "en") is None
    assert language_of_passage("橋が落ちた。", "ja") is None


def test_a_word_of_two_languages_decides_nothing() -> None:
    """The word No is said in English too."""
    assert language_of("No meeting minutes taken. See the list").lang in ("en", None)
    assert language_of("No minutes taken.").lang in ("en", None)


@pytest.mark.parametrize(
    "text",
    [
        "Silta suljettu. Kolme loukkaantunutta vietiin sairaalaan.",
        "Három kórház áram nélkül maradt. Vizet osztanak a téren.",
        "Most je zatvorený. Traja zranení sú v nemocnici.",
        "Tilts slēgts. Trīs ievainotie nogādāti slimnīcā.",
        "Mihidy ny tetezana. Mizara rano eo amin'ny kianja.",
        "Ura është mbyllur. Tre të plagosur u dërguan në spital.",
    ],
)
def test_a_language_that_is_not_known_is_taken_for_no_other(text: str) -> None:
    """A short text with letters or endings of another language is in doubt, not English or Spanish."""
    guess = language_of(text, "en")
    assert guess.lang in (None, "hu", "fi", "cs")
    assert guess.lang or guess.sure


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("et", "Sild on täna jälle avatud ja inimesed ootavad vett."),
        ("sl", "Policija je zaprla cesto v mesto."),
        ("ha", "An sake bude gada yau kuma mutane suna jiran ruwa."),
        ("ht", "Lapolis fèmen wout ki ale nan vil la."),
        ("tl", "Sarado pa rin ang kalsada sa hilaga at hindi makadaan ang mga trak."),
    ],
)
def test_a_short_text_is_not_read_in_a_neighbour_of_its_language(lang: str, text: str) -> None:
    """Estonian is no Finnish, Slovene no Croatian, Hausa no Swahili, Haitian Creole no French."""
    assert language_of(text, "en").lang == lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ca", "La carretera de la costa torna a ser oberta i la gent espera l'aigua."),
        ("ca", "Segons l'ajuntament no hi ha ferits, però encara hi ha persones sense aigua."),
        ("ti", "እቲ መንገዲ ናብ ከተማ ሎሚ ተኸፊቱ፣ ሰባት ድማ ማይ ይጽበዩ ኣለዉ።"),
        ("am", "በከተማዋ ያለው መንገድ ዛሬ ተከፍቷል እና ሰዎች ውሃ እየጠበቁ ነው።"),
    ],
)
def test_neighbours_are_told_apart(lang: str, text: str) -> None:
    """Catalan is not French, and not all that is written in the script of Amharic is Amharic."""
    assert language_of(text, "en").lang == lang
