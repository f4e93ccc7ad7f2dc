"""The words of the pages in every language that comes along: whole, counted right, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitrep.text.interface_words import ENGLISH, Wording, wording

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


def test_the_languages_of_readers_come_along() -> None:
    """Beside English: Arabic, Kurdish in both letters, Turkish, Persian, Ukrainian, Russian and others."""
    assert {"ar", "ku", "ckb", "tr", "fa", "uk", "ru", "de", "fr", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_known_words_with_the_same_blanks(lang: str) -> None:
    """No word that no page shows; as many places to fill in as the English has; hedges are never left out."""
    words = said(lang)
    words.pop("_review", None)
    assert set(words) <= set(Wording.__annotations__)
    assert set(ALWAYS_SEEN) <= set(words)
    for name, value in words.items():
        english = getattr(ENGLISH, name)
        forms = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        blanks = max(text.count("{}") for text in ([english] if isinstance(english, str) else english))
        assert all(form.strip() and form.count("{}") <= blanks for form in forms), name
        assert any(form.count("{}") == blanks for form in forms), name


@pytest.mark.parametrize(
    ("lang", "n", "counted"),
    [
        ("en", 1, "1 item"), ("en", 5, "5 items"), ("ru", 1, "1 сообщение"), ("ru", 3, "3 сообщения"),
        ("ru", 11, "11 сообщений"), ("ru", 21, "21 сообщение"), ("uk", 2, "2 повідомлення"),
        ("uk", 5, "5 повідомлень"),
        ("tr", 4, "4 haber"), ("ku", 2, "2 nûçe"), ("fa", 7, "7 خبر"), ("ckb", 1, "1 هەواڵ"),
    ],
)  # fmt: skip
def test_things_are_counted_as_the_language_counts(lang: str, n: int, counted: str) -> None:
    """By CLDR's plural rules where a language has more than two forms."""
    words = wording(lang)
    assert words.count(words.items, n) == counted
