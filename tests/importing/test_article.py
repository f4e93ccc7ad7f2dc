"""Articles become drops: boilerplate goes and is listed, every item stays, the source is credited."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Role, Source
from sitrep.config.load import load_config
from sitrep.importing.article import article, parse_date, slug
from sitrep.importing.values import Details, Drop, LeftOut
from sitrep.reading.parse import parse

CONFIG = load_config("site: {title: Notes}\nfronts: [{id: north, name: Northern front}]\n")
DAY = parse_date("2017-10-17")

PASTED = """\
Select Page

Fighting reaches the old town

Fighting reaches the old town

By The Editors

People who live there speak of shots from two sides, all night long.

“We hear it from every window,” said one of them on Monday.

Share on Facebook

About The Author
"""


def made(text: str, **details: object) -> Drop:
    found = article(text, Details(**{"date": DAY, **details}), CONFIG, "page.txt")  # type: ignore[arg-type]
    assert isinstance(found, Drop), found
    return found


def read(drop: Drop) -> list[str]:
    """The items of a drop, read as the site would."""
    reading = parse(Source(path=drop.name, digest="", text=drop.text), CONFIG)
    assert [str(problem) for problem in reading.problems] == []
    return [item.text for update in reading.updates for item in update.items]


def test_a_pasted_article_becomes_a_drop() -> None:
    """What the page left behind and the repeated headline are gone and listed; title, author, items stay."""
    drop = made(PASTED, source="Valley Post", licence="CC BY 4.0")
    assert drop.text == (
        "---\ntitle: Fighting reaches the old town\ndate: 2017-10-17\nauthor: The Editors\n---\n\n"
        "People who live there speak of shots from two sides, all night long.\n\n"
        "“We hear it from every window,” said one of them on Monday.\n\n"
        "First published by Valley Post (licence: CC BY 4.0)\n"
    )
    assert [(one.text, one.reason) for one in drop.removed if one.reason == "left over from a page"] == [
        ("Select Page", "left over from a page"),
        ("Share on Facebook", "left over from a page"),
        ("About The Author", "left over from a page"),
    ]
    assert drop.name == "2017-10-17-fighting-reaches-the-old-town.txt"
    assert len(read(drop)) == drop.items == 2


def test_the_credit_is_no_item() -> None:
    """Who published it first is kept on the page and is no piece of news."""
    drop = made(PASTED, address="https://valley.example/old-town")
    reading = parse(Source(path=drop.name, digest="", text=drop.text), CONFIG)
    (update,) = reading.updates
    assert [passage.text for passage in update.passages_of(Role.DISCLAIMER)] == [
        "First published at https://valley.example/old-town"
    ]


def test_a_text_without_a_date_asks_for_one() -> None:
    """Without a date anywhere nothing is made of it, and the remedy says how to give one."""
    found = article(PASTED, Details(), CONFIG, "page.txt")
    assert isinstance(found, LeftOut)
    assert (found.reason, found.remedy) == ("no date found", "give one: --date 2024-12-07")


def test_a_date_in_the_text_is_enough() -> None:
    """A text that says its date needs none given."""
    found = article(f"Update 07-12-2024\n\n{PASTED}", Details(), CONFIG, "page.txt")
    assert isinstance(found, Drop)
    assert [str(day) for day in found.dates] == ["2024-12-07"]


def test_many_dated_updates_stay_as_they_are() -> None:
    """A text with several dated updates is taken over word for word."""
    text = "Update 07-12-2024\n\n- The road is open.\n\nUpdate 08-12-2024\n\n- The road is closed.\n"
    found = article(text, Details(), CONFIG, "chat.txt")
    assert isinstance(found, Drop)
    assert (found.text, len(found.dates)) == (text, 2)


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize("date", [None, DAY])
def test_a_chat_comes_without_its_senders(days: int, date: dt.date | None) -> None:
    """Of a chat exported as text the drop has days and messages; names and numbers stay outside of feeds/."""
    lines = [
        f"0{day}/12/2024, 14:0{n} - {who}: {said}\n"
        for day in range(6, 6 + days)
        for n, (who, said) in enumerate([("Umm Ali", "The road is open."), ("+963 955 123 456", "No water.")])
    ]
    found = article("".join(lines), Details(date=date), CONFIG, "_chat.txt")
    assert isinstance(found, Drop)
    assert not re.search("Umm Ali|955", found.text)
    assert read(found) == days * ["14:00 – The road is open.", "14:01 – No water."]


@pytest.mark.parametrize("left", ["Donate", "Read on", "# Donate now"])
def test_a_few_words_beside_boilerplate_are_no_text(left: str) -> None:
    """What no list knows is still no article, where nothing but leftovers stands around it."""
    found = article(f"Select Page\n\nShare this:\n\n{left}\n", Details(date=DAY), CONFIG, "page.txt")
    assert isinstance(found, LeftOut)


def test_an_article_that_is_all_boilerplate_is_left_out() -> None:
    """Where nothing is left but headings and leftovers, nothing is imported, and that is said."""
    found = article("Select Page\n\nShare\n\nAbout The Author\n", Details(date=DAY), CONFIG, "page.txt")
    assert isinstance(found, LeftOut)


_WORDS = st.sampled_from(
    ["The", "road", "to", "Alder", "is", "open", "again", "said", "people", "on", "Monday"]
)
_LINES = st.one_of(
    st.lists(_WORDS, min_size=6, max_size=14).map(lambda words: " ".join(words).capitalize() + "."),
    st.sampled_from(
        ["Select Page", "Share on Facebook", "", "", "# A heading", "- a point that is long enough."]
    ),
)


@given(lines=st.lists(_LINES, max_size=14))
def test_no_item_is_lost_or_changed(lines: list[str]) -> None:
    """Whatever the text: what the site reads of the drop are the items it would read of the text itself."""
    text = "\n\n".join(lines)
    before = parse(Source(path="2017-10-17.txt", digest="", text=text), CONFIG)
    found = article(text, Details(date=DAY), CONFIG, "page.txt")
    if not isinstance(found, Drop):
        return
    (update,) = before.updates
    after = parse(Source(path=found.name, digest="", text=found.text), CONFIG).updates
    if not after:  # a heading alone has become the title, and waits for its first item
        assert {item.text for item in update.items} <= {"A heading"}
        return
    assert [item.text for item in after[0].items] == [item.text for item in update.items]


@given(st.text(max_size=60))
def test_a_name_is_a_name(text: str) -> None:
    """Whatever the title, the file name is one that every system takes and that holds no date."""
    name = slug(text)
    assert name
    assert "/" not in name
    assert not name.startswith((".", "_", "-"))
    assert name[0] not in "0123456789"


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts (../shared/seeds) are not here")
@pytest.mark.parametrize("number", range(4))
def test_the_seeds_come_in(number: int) -> None:
    """Each seed article, with a date given, becomes a drop whose every item is a whole paragraph."""
    (file,) = SEEDS.glob(f"{number:03}_*.txt")
    drop = made(file.read_text(encoding="utf-8"))
    left = (
        "select page", "about the author", "share buttons", "in-depth report", "media inquiries", "paypal",
    )  # fmt: skip
    assert not any(words in drop.text.lower() for words in left)
    assert len(read(drop)) == drop.items > 5
    if number == 3:
        assert "permission to cross-post" in drop.text
