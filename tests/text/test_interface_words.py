"""The words of the pages in every language that comes along: whole, counted right, and never in the way."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path

import pytest

from sitrep.base.claim import ClaimState
from sitrep.base.errors import ConfigError
from sitrep.config.values import Config, Front, Site
from sitrep.text.interface_words import Wording, check_words, wording, words_of

FOLDER = Path(__file__).parents[2] / "sitrep" / "text" / "interface"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))
ALWAYS_SEEN = (
    "reported", "statement", "rumor", "unconfirmed", "opinion", "opinion_caption", "latest", "archive",
    "follow", "search", "update_of", "key_points", "rumors_panel", "all_rumors", "withdrawn_note",
    "state_refuted", "since",
)  # fmt: skip


def said(lang: str) -> dict[str, object]:
    made: dict[str, object] = json.loads((FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return made


def texts(value: object) -> list[str]:
    return list(value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value])


def test_every_word_that_is_shown_is_there() -> None:
    """What templates and code ask for by name stands in the English file, and nothing stands there unused."""
    root = FOLDER.parents[2]
    sources = [*root.glob("templates/*.html"), *(root / "sitrep").rglob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    asked = set(re.findall(r"(?:\b(?:w|words|wording|_words|said)|wording\(\w+\))\.([a-z_]+)\b(?!\()", code))
    asked |= set(re.findall(r"\.count\(\"([a-z_]+)\"", code)) | {"again_days", "open_days"}
    asked |= set(re.findall(r"\(\"(\w+_count_\w+)\",", code))
    asked |= {f"state_{one.name.lower()}" for one in ClaimState}
    known = set(said("en"))
    assert known <= asked
    for file in root.glob("templates/*.html"):
        assert set(re.findall(r"\bw\.([a-z_]+)\b", file.read_text(encoding="utf-8"))) <= known | {"count"}


def test_the_languages_of_readers_come_along() -> None:
    """Beside English: Arabic, Kurdish in both letters, Turkish, Persian, Ukrainian, Russian and others."""
    assert {"ar", "ku", "ckb", "tr", "fa", "uk", "ru", "de", "fr", "es", "pt", "zh", "id", "sw"} <= set(
        LANGUAGES
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_known_words_with_the_same_blanks(lang: str) -> None:
    """No word that no page shows; as many places to fill in as the English has; hedges are never left out."""
    words, usual = said(lang), said("en")
    words.pop("_review", None)
    assert set(words) <= set(usual)
    assert set(ALWAYS_SEEN) <= set(words)
    for name, value in words.items():
        assert type(value) is type(usual[name]), name
        forms, english = texts(value), texts(usual[name])
        blanks = max(text.count("{}") for text in english)
        assert all(form.strip() and form.count("{}") <= blanks for form in forms), name
        assert any(form.count("{}") == blanks for form in forms), name


@pytest.mark.parametrize(
    ("lang", "n", "counted"),
    [
        ("en", 1, "1 item"), ("en", 5, "5 items"), ("ru", 1, "1 сообщение"), ("ru", 3, "3 сообщения"),
        ("ru", 11, "11 сообщений"), ("ru", 21, "21 сообщение"), ("uk", 2, "2 повідомлення"),
        ("uk", 5, "5 повідомлень"),
        ("uk", 21, "21 повідомлення"), ("uk", 11, "11 повідомлень"), ("pl", 1, "1 wiadomość"),
        ("pl", 3, "3 wiadomości"), ("pl", 5, "5 wiadomości"), ("pl", 22, "22 wiadomości"),
        ("ar", 0, "0 خبر"), ("ar", 1, "خبر واحد"), ("ar", 2, "خبران"), ("ar", 3, "3 أخبار"),
        ("ar", 11, "11 خبراً"), ("ar", 100, "100 خبر"), ("ar", 103, "103 أخبار"),
        ("tr", 4, "4 haber"), ("ku", 2, "2 nûçe"), ("fa", 7, "7 خبر"), ("ckb", 1, "1 هەواڵ"),
    ],
)  # fmt: skip
def test_things_are_counted_as_the_language_counts(lang: str, n: int, counted: str) -> None:
    """By CLDR's plural rules where a language has more than two forms."""
    assert wording(lang).count("items", n) == counted


@pytest.mark.parametrize(
    ("lang", "n", "counted"),
    [
        ("pl", 1, "1 dzień"), ("pl", 2, "2 dni"), ("pl", 5, "5 dni"), ("uk", 1, "1 день"),
        ("uk", 2, "2 дні"), ("uk", 5, "5 днів"), ("uk", 12, "12 днів"),
        ("ar", 2, "يومين"), ("ar", 5, "5 أيام"),
    ],
)  # fmt: skip
def test_days_are_counted_as_the_language_counts(lang: str, n: int, counted: str) -> None:
    """One, few and many days have forms of their own."""
    assert wording(lang).count("on_days", n) == counted


def config(**words: dict[str, object]) -> Config:
    return Config(site=Site(title="Notes"), fronts=(Front(id="a", name="A"),), words=words)  # type: ignore[arg-type]


def test_a_site_has_its_own_words() -> None:
    """``words:`` puts others in their place in one language; the rest stays."""
    own = config(en={"rumors": "Hearsay", "items": {"one": "{} entry", "other": "{} entries"}})
    check_words(own)
    words = words_of(own, "en-GB")
    assert (words.rumors, words.count("items", 2), words.latest) == ("Hearsay", "2 entries", "Latest")
    assert words_of(own, "de").rumors == wording("de").rumors


@pytest.mark.parametrize(
    "wrong",
    [{"rumours": "Talk"}, {"rumor": " "}, {"unconfirmed": "Maybe"}, {"items": "items"}, {"latest": "{} {}"},
     {"items": {"one": "{}"}}, {"key_said": "x"}, {"latest": "{0.__class__}"}],
)  # fmt: skip
def test_words_that_would_lose_something_are_refused(wrong: dict[str, object]) -> None:
    """A name that no page knows, an empty text, one without what it is to tell, another form."""
    with pytest.raises(ConfigError):
        check_words(config(en=wrong))


def test_a_program_that_stays_keeps_no_words_of_its_items() -> None:
    """However often the words of a site are asked for, and handed on, nothing more is remembered."""
    config = Config(site=Site(title="S"), fronts=(Front(id="general", name="All", kind="general"),))
    wording(words_of(config, "en"))
    gc.collect()
    before = sum(isinstance(one, Wording) for one in gc.get_objects())
    for _ in range(20):
        wording(words_of(config, "en"))
    assert sum(isinstance(one, Wording) for one in gc.get_objects()) == before
