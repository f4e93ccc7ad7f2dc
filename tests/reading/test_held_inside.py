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
    "line",
    [
        "# Not for publication", "**Do not publish**", "## Internal notes", "# Notes for us", "# Internal",
        "- Do not publish this.", "NOT FOR PUBLICATION", "# Nicht veröffentlichen", "# Notas internas",
        "- لا تنشر", "# 内部", "- HOLD until Monday: the convoy leaves.",
        "- (don't use yet) The convoy leaves.",
        "## Convoy (embargoed until 18:00 on 24 December)", "=== END OF PUBLIC PART ===",
        "09:41 – Do not publish.", "- Do not publish! The convoy leaves.",
        "- The convoy leaves. Do not publish.",
        "- No publicar. El convoy sale.", "- प्रकाशित न करें। काफिला निकला।", "- কাফেলা ছাড়ল। প্রকাশ করবেন না।",
        "- अभी न छापें: काफिला निकला।", "- ห้ามเผยแพร่",
    ],
)  # fmt: skip
def test_a_heading_or_an_item_that_orders_to_wait_does(line: str) -> None:
    """Far below the date, too, what stands there is for the desk."""
    news = "- The mill burns.\n" * 9
    assert waits(
        read(f"Update 05-12-2024\n\n{news}\n{line}\n\n- He is a cousin.\n- Calm.\n- Calm too.\n- Yes.\n")
    )


@pytest.mark.parametrize(
    "line",
    [
        "# Private clinics",
        "# Northern front",
        "- Do not publish names of the wounded.",
        "- People are told to stay in. Do not wait at the bridge.",
        "- The paper will not publish. It has no ink.",
        "# Notes",
        "# Part I",
    ],
)
def test_headings_and_advice_hold_nothing_back(line: str) -> None:
    """Who speaks to the readers, or names what follows, keeps nothing from them."""
    news = "- The mill burns.\n" * 9
    assert not waits(
        read(f"Update 05-12-2024\n\n{news}\n{line}\n\n- Two came.\n- Calm.\n- Calm too.\n- Yes.\n")
    )


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
