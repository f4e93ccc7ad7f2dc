"""The picture beside a shared link: whole headlines, joined letters, the same bytes, drawn once."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.errors import ConfigError
from sitrep.base.values import replace
from sitrep.cards import card, lettering
from sitrep.site import addresses as at
from tests.pages.samples import sample_archive, site_config, sixth
from tests.publishing import CONFIG, Studio

pytest.importorskip("uharfbuzz")
pytest.importorskip("bidi")

WITH_CARDS = CONFIG + "cards: true\n"
TEXT = "Update 2025-05-01\n\n{}\n\n- Water at Alder.\n- {}.\n"
MOST = 20_000
"""Bytes of a card."""


def drawn(title: str, lang: str = "en") -> bytes:
    return card._of_update(replace(sixth(), title=title, lang=lang), site_config())


def glyphs(text: str, rtl: bool = True) -> list[int]:
    line = lettering.shape(text, rtl, "ar")
    assert line is not None
    return [glyph.number for glyph in line.glyphs]


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=300), st.booleans())
def test_a_headline_is_whole_or_absent(text: str, rtl: bool) -> None:
    """Every word is drawn, within the card and above its foot; or none is, where that cannot be."""
    lines = list(card._headline(text, rtl, "en"))
    em = lettering.units_per_em()
    for one in lines:
        assert card._BOTTOM * 0.9 <= one.y <= card._TOP
        assert one.x >= -1
        assert one.x + one.line.width * one.size / em <= card.WIDTH + 1
    words = lettering.readable(text).split()
    known = [lettering.shape(word, rtl, "en") for word in words]
    if lines:
        assert all(known)
        assert len({one.size for one in lines}) == 1


def test_letters_of_arabic_scripts_are_joined_and_ordered() -> None:
    """A word is not its letters one after the other; numbers and Latin names run their own way."""
    assert glyphs("بيت") != [number for letter in reversed("بيت") for number in glyphs(letter)]
    assert [run for run, _ in lettering._visual_runs("ابج HTS 12", rtl=True)] == ["HTS 12", "ابج "]


@pytest.mark.parametrize(
    "text", ["ڕۆژئاوا ڵ ێ ە ڤ", "Şengal, Êzidî", "Київ ґ є ї", "שלום", "Երևան", "თბილისი", "پیام گچژ"]
)
def test_the_font_has_the_letters_of_the_languages_that_sites_use(text: str) -> None:
    """Kurdish in both alphabets, Ukrainian, Hebrew, Armenian, Georgian, Persian."""
    assert lettering.shape(text, False, "en") is not None


def test_a_script_without_letters_leaves_date_and_signs() -> None:
    """No boxes: the card is that of an empty headline. A picture among words is left out alone."""
    assert drawn("မြန်မာ") == drawn("中文標題")
    assert drawn("Bridge shelled 😅") == drawn("Bridge shelled") != drawn("中文標題")


def test_a_card_is_a_small_png_of_the_wanted_size() -> None:
    """1200 by 630, indexed colours, no text and no time in it."""
    for title in ("Short", "A long headline that goes on " * 9):
        made = drawn(title)
        assert made[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">IIBB", made[16:26]) == (1_200, 630, 8, 3)
        assert not re.search(rb"tEXt|iTXt|zTXt|tIME|eXIf", made)
        assert len(made) < MOST


def test_cards_have_the_colours_of_the_style_sheet() -> None:
    """A front has one hue on its page and on the card."""
    style = (Path(__file__).parents[2] / "templates" / "style.css").read_text(encoding="utf-8")
    light = style[: style.index("prefers-color-scheme:dark")]
    found = {name: re.search(rf"--{name}:(#\w+)", light)[1] for name in card.COLOURS}  # type: ignore[index]
    assert found == card.COLOURS


def test_the_words_of_a_withdrawn_update_are_on_no_card() -> None:
    """Its card goes away; the site's stays."""
    archive, config = sample_archive(), site_config(cards=True)
    keys = [key for key in archive.update_keys() if archive.update(key).withdrawn]  # type: ignore[union-attr]
    assert keys
    assert [card.make(archive, config, key) for key in keys] == [None] * len(keys)
    assert card.make(archive, config) is not None


def test_a_site_with_cards_names_them_and_keeps_them(tmp_path: Path) -> None:
    """One for the site, one for an update; an edit that it does not show does not write it again."""
    studio = Studio(tmp_path, config=WITH_CARDS)
    studio.drop("2025-05-01.txt", TEXT.format("Alder holds", "Roads open"))
    studio.publish()
    card_at = at.update_card("2025-05-01")
    tree = studio.tree()
    assert {place for place in tree if place.endswith("card.png")} == {at.CARD, card_at}
    assert b'og:image" content="https://example.org/2025-05-01/card.png"' in tree["2025-05-01/index.html"]
    assert b'og:image" content="https://example.org/card.png"' in tree["index.html"]
    before = (studio.folders.output / card_at).stat()
    studio.drop(
        "2025-05-01.txt", "Update 2025-05-01\n\nAlder holds\n\n- Water at Alder.\n- Two roads open.\n"
    )
    studio.publish()
    assert (studio.folders.output / card_at).stat() == before
    studio.drop(
        "2025-05-01.txt", "Update 2025-05-01\n\nAlder falls\n\n- Water at Alder.\n- Two roads open.\n"
    )
    studio.publish()
    assert studio.tree()[card_at] != tree[card_at]


def test_a_site_without_cards_draws_none(tmp_path: Path) -> None:
    """They are asked for, or they are not there."""
    studio = Studio(tmp_path)
    studio.drop("2025-05-01.txt", "Update 2025-05-01\n\n- Water at Alder.\n")
    studio.publish()
    assert not [place for place in studio.tree() if place.endswith("card.png")]


def test_missing_libraries_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a site shows does not depend on what is installed: it says what to install."""
    monkeypatch.setattr(lettering, "is_there", lambda: False)
    with pytest.raises(ConfigError, match="cards"):
        Studio(tmp_path, config=WITH_CARDS).publish()
