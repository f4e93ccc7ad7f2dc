"""In which language a source is read: as it says, as its name says, as its words tell."""

from __future__ import annotations

import pytest

from sitrep.base.nouns import Certainty, Reading, Severity, Source
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import read
from tests.reading.dialect import CONFIG

RULES = compile_rules(CONFIG)
DUTCH = "2024-12-08\n\n- De brug is gisteren niet open en het water staat in de stad.\n"


def reading(text: str, path: str = "note.txt") -> Reading:
    return read(Source(path=path, digest="", text=text), RULES)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Actualización 08-12-2024\n\n– Al parecer el puente cedió anoche en la ciudad.", "es"),
        ("تحديث ٧ كانون الأول ٢٠٢٤\n\n– أنباء عن انهيار الجسر.", "ar"),
        ("Зведення 07.12.2024\n\n– Нібито міст обвалився.", "uk"),
        ("07.12.2024\n\n– Angeblich ist die Brücke nicht mehr offen.", "de"),
    ],
)
def test_doubt_is_heard_in_a_language_nobody_told(text: str, lang: str) -> None:
    """On an English site a text of another language is read in it: its doubt is never said plainly."""
    (update,) = reading(text).updates
    assert update.lang == lang
    assert [item.certainty for item in update.items] == [Certainty.REPORTED]


def test_a_passage_in_another_script_keeps_its_doubt() -> None:
    """An Arabic item of an English update is hedged by its own words."""
    (update,) = reading("Update 07-12-2024\n\n- The bridge is closed.\n- أنباء عن انهيار الجسر.").updates
    assert update.lang is None
    assert [item.certainty for item in update.items] == [Certainty.SAID, Certainty.REPORTED]


def test_what_is_written_wins() -> None:
    """``lang:`` beats the file name, which beats the words; the site's own language is not repeated."""
    spanish = "Actualización 08-12-2024\n\n– El puente de la ciudad está cerrado y no hay agua."
    assert reading(f"---\nlang: pt\n---\n{spanish}", "note.fr.md").updates[0].lang == "pt"
    assert reading(spanish, "note.fr.md").updates[0].lang == "fr"
    assert reading(spanish).updates[0].lang == "es"
    assert reading("Update 08-12-2024\n\n- The bridge is closed.").updates[0].lang is None
    assert reading("Update 08-12-2024\n\n- The bridge is closed.", "note.v2.md").updates[0].lang is None


def test_doubt_about_the_language_is_told() -> None:
    """A text that only may be in another language is read in it, with a note."""
    found = reading("2024-12-08\n\n- Hay fuego en Sandhaven.")
    notes = [p.fact for p in found.problems if p.severity is Severity.NOTE]
    assert "this reads like Spanish, and was read so" in notes


def test_a_language_without_words_of_doubt_is_told() -> None:
    """Where nothing can be marked as reported the writer is told so, with what to do."""
    found = reading(DUTCH)
    assert found.updates[0].lang == "nl"
    assert "no words of doubt are known for nl: nothing is marked as reported" in [
        p.fact for p in found.problems
    ]
