"""Notes of writers to each other in brackets, inside the news: nothing of the text comes out."""

from __future__ import annotations

import pytest

from tests.reading.dialect import read
from tests.reading.holding import waits

NEWS = "Update 05-12-2024\n\n- The mill burns.\n- Twelve people NOTE came to the school NOTE.\n- Calm.\n"


@pytest.mark.parametrize(
    "note",
    [
        "(not for publication, they would be shelled)", "(do not publish: no names)", "(off the record)",
        "[check with the hospital]", "[TO CHECK]", "[TK]", "[TK name]", "[XX]", "[???]", "[ask Lina]",
        "【要確認】", "(nicht veröffentlichen)", "[bitte prüfen]", "[vérifier]", "(no publicar)",
        "[уточнити]", "(не публікувати)", "(لا تنشر)", "[للتحقق]", "[kontrol et]", "[sprawdzić]",
        "(не для публикации)",
    ],
)  # fmt: skip
def test_a_note_inside_holds_the_text_back(note: str) -> None:
    """In the middle of a sentence and at its end, in round and square brackets, in several languages."""
    assert waits(read(NEWS.replace("NOTE", note, 1).replace(" NOTE", "")))
    assert waits(read(NEWS.replace(" NOTE", "", 1).replace("NOTE", note)))


@pytest.mark.parametrize(
    "note",
    [
        "(unconfirmed)", "(to be confirmed)", "[TBC]", "(not verified)", "[checked]", "[sic]", "[1]", "[^1]",
        "(a private clinic)", "(closed until further notice)", "(the draft law)", "[check point 4]", "(XX)",
        "[check the map](https://example.org/)", "[the map][verify docs]", "[...]", "(name withheld)",
        "[Western]", "(names known to the desk)", "[XXX-12]", "(internal)",
    ],
)  # fmt: skip
def test_what_readers_are_told_in_brackets_is_news(note: str) -> None:
    """Doubt, sources, links, fronts and marks of what was left out stay as they are."""
    assert not waits(read(NEWS.replace("NOTE", note, 1).replace(" NOTE", "")))
