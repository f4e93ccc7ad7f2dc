"""Words in another language than the page around them say which, in pages and in feeds."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.archive.archive import Archive
from sitrep.base.languages.direction import direction
from sitrep.base.nouns import Certainty, Item, Passage, Role, Section, Update
from sitrep.base.values import replace
from sitrep.feeds.entry_text import EntryPage, whole_text
from sitrep.pages.pages import Pages
from sitrep.sorting.front_rules import compile_rules
from sitrep.sorting.sort_items import sort_items
from tests.lexicon.sentences import LANGUAGES, sentences
from tests.pages.samples import Parsed, site_config

CONFIG = site_config()
SPANISH = "Al parecer el puente de la ciudad cedió anoche y no hay agua."
ARABIC = "هذه رسالة من الميناء إلى كل من يريد أن يعرف ما حدث."


def update(*items: Item, passages: tuple[Passage, ...] = (), lang: str | None = None) -> Update:
    numbered = tuple(
        Item(text=i.text, line=n, front="western", number=n, lang=i.lang, certainty=i.certainty)
        for n, i in enumerate(items, 1)
    )
    stamp = dt.datetime(2024, 12, 6, 20, tzinfo=dt.UTC)
    return Update(
        date=dt.date(2024, 12, 6), line=1, key="2024-12-06", published=stamp, updated=stamp, lang=lang,
        sections=(Section(heading="الجبهة الغربية", line=2, items=numbered),), passages=passages,
    )  # fmt: skip


def shown(one: Update) -> Parsed:
    archive = Archive(None)
    archive.put_update(one)
    return Parsed(Pages(CONFIG, []).update(archive, one.key) or b"")


@given(st.sampled_from([lang for lang in LANGUAGES if lang != "en"]), st.data())
def test_an_item_knows_its_language(lang: str, data: st.DataObject) -> None:
    """In an update of another language an item has that one; an English item in it has the site's."""
    lines = [line for kind in sentences(lang).values() for line in kind]
    first = data.draw(st.integers(0, len(lines) - 4))
    text = " ".join(lines[first : first + 4])
    rules = compile_rules(CONFIG)
    foreign, own = sort_items(
        update(
            Item(text=text, line=1, front="western"),
            Item(text="The pump is not there and it was not found.", line=2, front="western"),
            lang=lang,
        ),
        rules,
    ).items
    assert foreign.lang == lang
    assert own.lang in ("", lang)


@pytest.mark.parametrize(("lang", "text"), [("es", SPANISH), ("ar", ARABIC)])
def test_an_item_in_another_language_says_so(lang: str, text: str) -> None:
    """Its words stand in an element with language and direction, and its label in one of the page's."""
    one = update(
        Item(text=text, line=1, front="western", lang=lang, certainty=Certainty.REPORTED),
        Item(text="The pump works.", line=2, front="western"),
    )
    parsed = shown(one)
    [words] = parsed.all("div", lang=lang)
    assert words.attributes["dir"] == direction(lang)
    assert text in words.text
    assert parsed.all("bdi", lang="en")[0].text == "Reported:"
    feed = whole_text(EntryPage(one, CONFIG, {"western": "West"}), one.items)
    assert f'<div lang="{lang}" dir="{direction(lang)}"><p><b lang="en" dir="ltr">Reported:</b> ' in feed
    assert "<p>The pump works." in feed


def test_a_passage_and_a_heading_say_so_as_well() -> None:
    """The opening, the closing and the heading, in pages and in feeds."""
    one = update(
        Item(text="The pump works.", line=1, front="western"),
        passages=(Passage(role=Role.OUTRO, text=ARABIC, line=9),),
    )
    parsed = shown(one)
    assert parsed.all("h2", lang="ar")[0].attributes["dir"] == "rtl"
    assert ARABIC in parsed.all("div", lang="ar")[0].text
    feed = whole_text(EntryPage(one, CONFIG, {"western": "West"}), one.items)
    assert re.search(r'<h3 lang="ar" dir="rtl">', feed)
    assert f'<div lang="ar" dir="rtl"><p>{ARABIC}' in feed


def test_a_key_point_says_so_as_well() -> None:
    """One in another language has its language and direction, one in the page's has neither."""
    one = replace(
        update(Item(text="The pump works.", line=2, front="western")),
        key_points=("The mill is open.", ARABIC),
    )
    points = [element for element in shown(one).all("span", lang="ar") if ARABIC in element.text]
    assert [element.attributes["dir"] for element in points] == ["rtl"]
