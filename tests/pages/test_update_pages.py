"""The page of an update: what its author wrote, with its hedges, corrections and neighbours."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from sitrep.archive.archive import Archive
from sitrep.base.nouns import Revision
from sitrep.base.values import replace
from sitrep.config.values import Config
from sitrep.pages.items import _against
from sitrep.pages.pages import Pages
from tests.pages.samples import (
    Parsed,
    fifth,
    sixth,
    third,
)
from tests.pages.test_pages import hostile_update

# -- an update --------------------------------------------------------------------------------------


def test_sections_and_items_stand_in_the_authors_order(pages: Pages, archive: Archive) -> None:
    """Headings and items come in the order of the text, each item once under its sticky anchor."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    headings = [e.text for e in parsed.all("h2") if e.attributes.get("id", "").startswith("h-")]
    assert headings == [section.heading for section in sixth().sections]
    anchors = [e.attributes["id"] for e in parsed.all("article") if "id" in e.attributes]
    assert anchors == [f"i{item.number}" for item in sixth().items]
    words = " ".join(parsed.text.split())
    assert all(item.text in words for item in sixth().items)


def test_a_hedge_is_said_in_words_that_survive_copying(pages: Pages, archive: Archive) -> None:
    """The label is text with a colon right before the item's first word."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    words = {e.attributes["id"]: e.text for e in parsed.all("article") if "id" in e.attributes}
    assert words["i3"].startswith("Reported: The advance")
    assert words["i8"].startswith("Statement: SNA: SNA has")
    assert words["i15"].startswith("Rumor, not confirmed: A coup")
    assert words["i1"].startswith("The advance")


def test_the_first_of_several_sentences_is_bold_but_not_of_a_rumor(pages: Pages, archive: Archive) -> None:
    """Scanning help without rewriting: a lead of a headline's length, never on a rumor or opinion."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    bold = [e.text for e in parsed.all("b")]
    assert "The advance has reached the edge of Homs." in bold
    assert not [words for words in bold if words.startswith(("Assad has left", "Nobody seems", "At least"))]


def test_items_of_several_fronts_under_one_heading_say_whose_they_are(pages: Pages, archive: Archive) -> None:
    """Where a heading is no front's, each item names its front beside its code."""
    parsed = Parsed(pages.update(archive, "2024-12-05") or b"")
    fronts = [e.text.strip() for e in parsed.all("span", class_="fr")]
    assert fronts == ["Eastern", "Western", "International"]


def test_opinion_is_captioned_and_lede_care_and_greetings_are_kept(pages: Pages, archive: Archive) -> None:
    """What is no report says so; what is no item stands at the top and the end."""
    text = Parsed(pages.update(archive, "2024-12-06") or b"").text
    assert "Our view, not a report" in text
    positions = [
        text.index(words)
        for words in (
            "Soldiers are leaving", "The advance", "We are no intelligence", "This is long", "greetings",
        )
    ]  # fmt: skip
    assert positions == sorted(positions)


def test_corrections_are_told_under_the_update_and_on_their_item(pages: Pages, archive: Archive) -> None:
    """What an item first said, when and why it was put right stand in a box; the item says it changed."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    box = next(e for e in parsed.all("aside") if e.attributes.get("id") == "fix").text
    assert "Corrected 7 Dec, 10:15 Damascus time." in box
    assert "Al-Quraya" in box
    assert "The name of the town was wrong." in box
    item = next(e for e in parsed.all("article") if e.attributes.get("id") == "i6")
    assert "corrected 7 Dec" in item.text


def test_an_item_corrected_many_times_does_not_fill_its_page() -> None:
    """Its page tells the first and the latest of its earlier wordings; what is no correction counts not."""
    hours = [dt.datetime(2024, 12, 7, hour, tzinfo=dt.UTC) for hour in range(20)]
    every = tuple(
        Revision(at=at, before=f"{at.hour} carts", after="", correction=at.hour < 17) for at in hours
    )
    item = replace(sixth().items[0], revisions=every)
    assert [fix.at.hour for fix in item.corrections] == [*range(17)]
    assert [fix.at.hour for fix in item.latest_corrections] == [0, *range(8, 17)]


def test_a_withdrawn_item_leaves_its_anchor_and_no_word(pages: Pages, archive: Archive) -> None:
    """A link to an item taken back arrives at a line that says when and why."""
    parsed = Parsed(pages.update(archive, "2024-12-05") or b"")
    line = next(e for e in parsed.all("p") if e.attributes.get("id") == "i9")
    assert "withdrawn on 6 Dec, 13:00 Damascus time" in line.text
    assert "It named a person." in line.text


def test_a_withdrawn_update_says_so_and_nothing_else(pages: Pages, archive: Archive) -> None:
    """Its page stands, gives day and reason, resolves old anchors, and holds none of its words."""
    page = pages.update(archive, "2024-12-02") or b""
    parsed = Parsed(page)
    assert "Withdrawn on 4 Dec, 12:00 Damascus time" in parsed.text
    assert "It put people at risk." in parsed.text
    assert "i1" in parsed.ids
    assert b"nobody may read again" not in page
    assert b"nobody may read again" not in (pages.text(archive, "2024-12-02") or b"")


def test_updates_lead_to_their_neighbours_and_old_ones_say_so(pages: Pages, archive: Archive) -> None:
    """Earlier and later lead on; only the newest asks for news, the others say that there is a newer one."""
    newest, older = (Parsed(pages.update(archive, key) or b"") for key in ("2024-12-06", "2024-12-05"))
    assert newest.all("a", rel="prev")[0].attributes["href"] == "../2024-12-05/index.html"
    assert not newest.all("a", rel="next")
    assert older.all("a", rel="next")[0].attributes["href"] == "../2024-12-06/index.html"
    assert "There is a newer update: 6 December 2024." in older.text
    assert [
        len(page.all("script")) - len(page.all("script", type="application/ld+json"))
        for page in (newest, older)
    ] == [1, 0]


def test_an_update_page_depends_on_nothing_but_itself_and_its_neighbours(pages: Pages) -> None:
    """Other updates come and go without changing a byte of it."""
    few, many = Archive(None), Archive(None)
    for archive in (few, many):
        for update in (sixth(), fifth(), third()):
            archive.put_update(update)
    for day in range(1, 20):
        many.put_update(replace(third(), key=f"2023-05-{day:02}", date=dt.date(2023, 5, day)))
    assert pages.update(few, "2024-12-05") == pages.update(many, "2024-12-05")


def test_an_untitled_update_is_headed_by_a_sentence_of_its_own(pages: Pages, archive: Archive) -> None:
    """Without a title the first thing said is the headline, in the author's words; the date is its label."""
    parsed = Parsed(pages.update(archive, "2024-12-03") or b"")
    assert parsed.all("h1", class_="said")[0].text == "Aleppo is firmly in the hands of HTS."
    assert parsed.all("p", class_="lab")[0].text == "Update of Tuesday 3 December 2024"
    title = parsed.all("title")[0].text
    assert title.startswith("Aleppo is firmly in the hands of HTS. (Update of 3 December 2024)")


def test_a_sentence_of_the_lede_that_is_the_headline_is_not_said_twice(pages: Pages) -> None:
    """The page of an update without a title goes on under it with what the lede says next."""
    archive = Archive(None)
    archive.put_update(replace(sixth(), title=None, summary=None))
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    said = parsed.all("h1")[0].text
    assert said.startswith("Soldiers are leaving")
    assert parsed.all("main")[0].text.count(said) == 1


def test_the_second_update_of_a_day_tells_itself_apart(pages: Pages) -> None:
    """Two updates of one date have different titles."""
    archive = Archive(None)
    for key in ("2024-12-03", "2024-12-03-2"):
        archive.put_update(replace(third(), key=key))
    titles = {Parsed(pages.update(archive, key) or b"").all("title")[0].text for key in archive.update_keys()}
    assert len(titles) == 2


def test_a_text_written_from_right_to_left_is_marked_as_such(pages: Pages, archive: Archive) -> None:
    """An Arabic update has an Arabic page, right to left; on an English page its items turn by themselves."""
    parsed = Parsed(pages.update(archive, "2024-11-30") or b"")
    assert parsed.all("html")[0].attributes == {"lang": "ar", "dir": "rtl"}
    english = Parsed(pages.front(archive, "western"))
    assert "dir" not in english.all("html")[0].attributes
    assert english.all("div", dir="rtl")


@pytest.mark.parametrize(
    ("text", "rtl", "way"),
    [
        ("UNHCR: أعيد فتح الجسر اليوم.", False, "rtl"), ("UNHCR: أعيد فتح الجسر اليوم.", True, ""),
        ("بانياس (Baniyas) was shelled again.", False, ""), ("12:30 The road is open.", True, "ltr"),
        ("Мост открыт.", False, ""), ("12 %", True, ""),
    ],
)  # fmt: skip
def test_most_letters_say_which_way_an_item_runs(text: str, rtl: bool, way: str) -> None:
    """Not the first one, which a browser goes by; where they run as the page does, nothing is said."""
    assert _against(text, rtl) == way


def test_the_map_shows_named_places_and_rumors_only_as_rings(pages: Pages, archive: Archive) -> None:
    """Places with coordinates are drawn in their front's colour, a place of rumors as a dotted ring."""
    parsed = Parsed(pages.update(archive, "2024-12-06") or b"")
    drawn = {
        e.text: e for e in parsed.all("a") if e.attributes.get("class") in {"blue", "brown", "green", "grey"}
    }
    assert {"Homs", "Raqqa", "Palmyra", "Damascus"} <= set(drawn)
    marks = [e.attributes["href"] for e in parsed.all("use")]
    assert marks.count("#m-rumor") == 1
    assert not Parsed(pages.update(archive, "2024-11-30") or b"").all("a", class_="grey")


def test_structured_data_keeps_every_hedge_and_can_be_left_out(config: Config) -> None:
    """A page carries LiveBlogPosting: items open with their label, and nothing can leave it."""
    archive = Archive(None)
    for update in (sixth(), hostile_update()):
        archive.put_update(update)
    pages = Pages(config, [])
    element = Parsed(pages.update(archive, "2024-12-06") or b"").all("script", type="application/ld+json")[0]
    posting = json.loads(element.text)
    assert posting["@type"] == "LiveBlogPosting"
    told = posting["liveBlogUpdate"]
    assert [item["url"].rpartition("#")[2] for item in told] == [f"i{item.number}" for item in sixth().items]
    assert told[14]["headline"].startswith("Rumor, not confirmed: A coup")
    assert posting["liveBlogUpdate"][5]["correction"][0]["text"] == "The name of the town was wrong."
    hostile = Parsed(pages.update(archive, "2024-12-09") or b"")
    assert not hostile.all("canary")
    assert "<canary onx" in json.loads(hostile.all("script", type="application/ld+json")[0].text)["headline"]
    without = Pages(replace(config, seo=False), [])
    assert b"ld+json" not in (without.update(archive, "2024-12-06") or b"")
