"""The plain-text twin: 72 columns, the author's order, labels and addresses in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.values import replace
from sitrep.pages import plain_text
from sitrep.pages.plain_text import WIDTH, render, wrapped
from tests.pages.samples import fifth, site_config, sixth, third, withdrawn

CONFIG = site_config()


def test_every_item_stands_in_order_with_reference_and_label() -> None:
    """A reader of the twin loses no word of an item and sees each hedge before it."""
    words = " ".join(render(sixth(), CONFIG).split())
    positions = [words.index(item.text) for item in sixth().items]
    assert positions == sorted(positions)
    assert "W6-3 Reported: The advance is entering" in words
    assert "E6-5 Statement: SNA: SNA has announced" in words
    assert "R6-1 Rumor, not confirmed: A coup" in words
    assert "Early evaluation ---------------- (Our view, not a report) G6-1 Nobody" in words


def test_no_line_is_wider_than_72_columns() -> None:
    """Only a single word that is longer by itself may stand out."""
    for update in (sixth(), fifth(), third(), withdrawn()):
        assert all(len(line) <= WIDTH for line in render(update, CONFIG).split("\n"))


@given(st.text(), st.integers(0, 8))
def test_wrapping_keeps_every_word_and_the_width(text: str, depth: int) -> None:
    """Filling a paragraph changes nothing but the white space between its words."""
    filled = wrapped(text, "  " * depth)
    assert filled.split() == text.split()
    assert all(len(line) <= WIDTH or len(line.split()) == 1 for line in filled.split("\n"))


def test_front_matter_and_passages_have_their_place() -> None:
    """Title, date, summary, caution, key points, and at the end greetings, corrections and the address."""
    update = replace(sixth(), summary="In short.", key_points=("One *thing*.", "Another."))
    text = render(update, CONFIG)
    positions = [
        text.index(words)
        for words in (
            "The army is coming apart on every front\n====",
            "Friday 6 December 2024", "In short.", "Soldiers are",
            "We are no intelligence", "* One thing.\n* Another.", "Western front\n----", "With greetings",
            "E6-3: Corrected 7 Dec, 10:15 Damascus time. The name", "https://notes.example/2024-12-06/",
        )
    ]  # fmt: skip
    assert positions == sorted(positions)


def test_a_front_is_named_where_the_heading_does_not() -> None:
    """Items under a heading of the author's own say which front they were sorted into."""
    assert "E5-1 [Eastern front] Reported: SDF repelled" in render(fifth(), CONFIG)
    assert "W6-1 The advance" in render(sixth(), CONFIG)


def test_links_are_written_out_and_nested_items_indented() -> None:
    """An address can be typed from paper; a nested bullet is set in."""
    text = render(third(), CONFIG)
    assert "https://drones.example/report" in text
    assert "\n  W3-3 [Western front] There were light clashes" in text


def test_a_withdrawn_update_has_no_word_left() -> None:
    """The twin says when and why, and nothing of what was said."""
    text = render(withdrawn(), CONFIG)
    assert "Withdrawn on 4 Dec, 12:00 Damascus time." in text
    assert "Why: It put people at risk." in text
    assert "nobody may read again" not in text


def test_the_site_s_caution_stands_where_the_author_has_none() -> None:
    """Every update carries a caution, its own or the site's."""
    assert "We are no intelligence service. Some of what is here" in " ".join(render(fifth(), CONFIG).split())
    assert plain_text.render(sixth(), CONFIG).count("no intelligence service") == 1
