"""Names as sentences have them, and the longer words that are other words."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.config.load import load_config, shipped_lexicon
from sitrep.lexicon.inflection import Endings, Inflected, conjugated, listed_words
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.places import scan
from sitrep.text.spelling import by_first_letter, compared, fold, nearest
from tests.lanes import slow
from tests.lexicon.sentences import LANGUAGES


@functools.cache
def site(lang: str, *places: str) -> SortingRules:
    names = ", ".join(f'"{place}"' for place in places)
    return compile_rules(
        load_config(
            f"site: {{title: X, language: {lang}}}\nfronts:\n  - {{id: a, name: Alpha, places: [{names}]}}"
        )
    )


def places(text: str, rules: SortingRules, lang: str) -> tuple[str, ...]:
    return scan(text, rules.lexicon(lang)).places


@pytest.mark.parametrize(
    ("lang", "place", "texts"),
    [
        ("uk", "Вільшанка", ["У Вільшанці немає світла", "До Вільшанки", "На Вільшанському напрямку"]),
        ("uk", "Суми", ["у Сумах тихо", "із Сум", "Сумська область"]),
        ("ru", "Ольховка", ["в Ольховке", "под Ольховкой", "Ольховский район"]),
        ("pl", "Wierzbica", ["w Wierzbicy"]),
        ("pl", "Kraków", ["w Krakowie", "z Krakowa", "krakowskie"]),
        ("ku", "Darik", ["Li Darikê av nîne", "Ji Darikê hatin"]),
        ("de", "Hamburg", ["Hamburgs Hafen", "der Hamburger Hafen", "die Hamburgische Zeitung"]),
        ("tr", "Halep", ["Halepte su yok", "Halep'te su yok", "Halepten gelenler"]),
        ("ko", "버들골", ["버들골에서 다리가", "버들골은", "버들골시"]),
        ("he", "אורנים", ["באורנים אין מים", "ומאורנים", "לאורנים"]),
        ("ar", "الميناء", ["في الميناء", "والميناء", "للميناء", "بالميناء"]),
        ("zh", "柳镇", ["柳镇新增两例。", "据称柳镇的桥断了。", "昨天，柳镇停电。"]),
        ("ja", "柳町", ["柳町で停電。", "昨日は柳町も。"]),
        ("th", "บางรัก", ["น้ำท่วมบางรักวันนี้"]),
        ("my", "မန္တလေး", ["ယနေ့မန္တလေးမြို့တွင်"]),
        ("fr", "Idlib", ["près d'Idlib", "l’Idlib"]),
        ("en", "Sandhaven", ["in Sand\u00adhaven", "in Sand\u200bhaven", "\u200fSandhaven\u200f is quiet"]),
        *slow(
            [
                ("uk", "Яворів", ["Під Яворовом", "В Явореві", "Яворівська громада", "до Яворова"]),
                ("uk", "Верхня Руда", ["у Верхній Руді", "до Верхньої Руди"]),
                ("ru", "Каменск", ["в Каменске", "из Каменска", "Каменская больница"]),
                ("pl", "Olszanka", ["w Olszance", "do Olszanki"]),
                ("de", "Bremen", ["der Bremer Hafen"]),
                ("ja", "パリ", ["昨日パリで停電。"]),
            ]
        ),
    ],
)
def test_places_are_found_as_people_write_them(lang: str, place: str, texts: list[str]) -> None:
    """Case endings, adjectives, particles, articles, runs without blanks and hidden signs hide no place."""
    rules = site(lang, place)
    assert [text for text in texts if places(text, rules, lang) != (place,)] == []


@pytest.mark.parametrize(
    ("lang", "place", "texts"),
    [
        ("de", "Hama", ["die Hamas", "Hamam", "ein Hamster"]),
        ("de", "Essen", ["Essensausgabe"]),
        ("uk", "Суми", ["Сумніви"]),
        ("ru", "Каменск", ["каменистый берег", "Каменщик"]),
        ("pl", "Kraków", ["krakers", "Krakersy"]),
        ("tr", "Halep", ["Haleplioğlu"]),
        ("ku", "Darik", ["darikan", "Darikbaz"]),
        ("ja", "パリ", ["パリティ検査", "スパリゾート", "バリ島"]),
        ("ko", "버들", ["버들치가"]),
        ("ar", "حماة", ["محامي", "حماس"]),
        ("he", "לוד", ["לודר", "גלודה"]),
        ("th", "นา", ["น้ำ"]),
        ("zh", "柳镇", ["柳州镇", "镇柳"]),
        ("fr", "Dan", ["dans la ville", "l'danse"]),
    ],
)
def test_a_longer_word_is_another_word(lang: str, place: str, texts: list[str]) -> None:
    """A word that has nothing to do with a place but begins like it is not the place."""
    rules = site(lang, place)
    assert [text for text in texts if places(text, rules, lang)] == []


_STEMS = {
    "uk": "Вільшанка",
    "ru": "Ольховка",
    "pl": "Olszanka",
    "ku": "Darik",
    "de": "Hamburg",
    "tr": "Halep",
}
_ALPHABETS = {"uk": "абвгдежзиклмнопрстуфхц", "ru": "абвгдежзиклмнопрстуфхц"}


@given(st.data(), st.sampled_from(sorted(_STEMS)))
def test_only_the_endings_of_the_language_are_taken(data: st.DataObject, lang: str) -> None:
    """A name with letters behind it that no rule gives is not found, but for one slip of the pen."""
    place = _STEMS[lang]
    tail = data.draw(st.text(_ALPHABETS.get(lang, "abcdefghijklmnoprstuvz"), min_size=2, max_size=6))
    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    allowed = Endings(lexicon.endings).forms(fold(place))
    word = place + tail
    found = places(f"У {word}, x", site(lang, place), lang)
    slip = nearest(compared(word), by_first_letter([compared(place)]))
    assert not found or slip or compared(word) in allowed | {compared(place)}


@given(st.data(), st.sampled_from(sorted(_STEMS)))
def test_every_form_of_a_name_leads_to_it(data: st.DataObject, lang: str) -> None:
    """What the endings make of a name is found again, though nothing of it is made beforehand."""
    lexicon = shipped_lexicon(lang)
    assert lexicon is not None
    word = fold(_STEMS[lang] + data.draw(st.text(_ALPHABETS.get(lang, "abcdefghijklmnoprstuvz"), max_size=3)))
    inflected = Inflected([listed_words([(word, word)])], lexicon.endings)
    forms = [form for form in Endings(lexicon.endings).spelled(word) if compared(form) != compared(word)]
    assert {inflected.base_of(form) for form in forms} <= {compared(word)}


def test_a_form_that_two_places_share_is_neither() -> None:
    """Where an ending makes two names alike the form is left alone: a wrong place is worse than none."""
    lines = ("ка ку", "ок ку ком")
    a, b = ("ольшанка", "A"), ("ольшанок", "B")
    both = Inflected([listed_words((a, b))], lines)
    assert both.base_of("ольшанком") == "ольшанок"
    assert both.base_of("ольшанку") is None
    assert Inflected([listed_words((a, ("ольшанку", "B")))], lines).base_of("ольшанку") is None


def test_a_form_that_only_adds_to_one_of_two_names_is_its_own() -> None:
    """Покровська is the town Покровськ in the genitive, though Покров and Покровське can end so as well."""
    words = (("покров", "A"), ("покровськ", "B"), ("покровське", "C"))
    found = Inflected([listed_words(words)], ("- а ська", "е а"))
    assert found.base_of("покровська") == "покровськ"


def test_a_form_that_two_spellings_of_one_place_share_leads_to_it() -> None:
    """Львові is of Львів and of its other spelling Львов: both are the same town."""
    lines = ("ів ові", "- ові")
    words = listed_words((("львів", "Львів"), ("львов", "Львів"), ("самбір", "Самбір")))
    assert Inflected([words], lines).base_of("львові") == "львів"


def test_a_verb_is_listed_once_for_all_its_forms() -> None:
    """The line with the longest fitting ending counts; what stands around the verb goes with every form."""
    lines = ("*r *n", "*ar *a *an ha_*ado")
    assert [*conjugated(["anunciar~ a", "dijo"], lines)] == [
        "anunciar a", "anuncia a", "anuncian a", "ha anunciado a", "dijo"
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verb_listed_for_its_forms_has_some(lang: str) -> None:
    """No shipped verb with a ``~`` is left as it stands for want of a line that fits it."""
    words = shipped_lexicon(lang)
    assert words is not None
    for verb in (v for v in (*words.statement_verbs, *words.not_statements) if "~" in v):
        assert len([*conjugated([verb], words.verb_forms)]) > 1, verb
