"""What programs for notes, newsletters and chats leave in a text is not shown, and no words are lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Source
from sitrep.config.load import load_config
from sitrep.reading.markup.note_marks import without_note_marks
from sitrep.reading.parse import parse

CONFIG = load_config("site: {title: Valley, language: en}\nfronts: [North]\n")
NOTE = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def shown(*lines: str) -> list[str]:
    """The items of an update with these lines below its date."""
    text = "\n".join(("Update 06-12-2024", "", "North", "- The dam holds.", *lines))
    (update,) = parse(Source(path="a.md", digest="0" * 64, text=text), CONFIG).updates
    return [item.text for item in update.items]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Water falls %%ask Mara%% slowly", "Water falls  slowly"),
        ("- Power is ==back== again ^a1b2c3", "Power is **back** again"),
        ("- ::Road closed:: at Alder", "**Road closed** at Alder"),
        ("- ~Old~ news", "~~Old~~ news"),
        ("- ++New++ shelter", "New shelter"),
        ("- H~2~S, 10^3^ litres", "H₂S, 10³ litres"),
        ("- Open || by way of Alder ||", "Open  by way of Alder"),
        ("- Open <:ok:123456789012345678> <@!123456789012345678>", "Open"),
        ("- Insulin <https://e.example/a|needed>", "Insulin [needed](https://e.example/a)"),
        ("- Pass :warning: closed", "Pass ⚠️ closed"),
        (f"- See [notes](:/{NOTE})", "See notes"),
        ("- Oil \ufffc", "Oil"),
        ("- [x] Wells tested", "☑ Wells tested"),
        ("- [ ] Wells tested", "☐ Wells tested"),
        ("- Read `a == b ==c==` there", "Read `a == b ==c==` there"),
        (
            "- ~5 km to ~8 km, C++ and D++, a::b, 50 %% of it",
            "~5 km to ~8 km, C++ and D++, a::b, 50 %% of it",
        ),
    ],
)
def test_no_mark_of_a_program_for_notes_is_shown(line: str, expected: str) -> None:
    """Highlights, comments, boxes and codes become Markdown or go; code and what only looks so stay."""
    assert shown(line)[-1].rstrip() == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("%%", "ask Mara", "%%"),
        (f"id: {NOTE}", "latitude: 51.1", "longitude: 7.2", "type_: 1"),
        ("[Subscribe now](%%checkout_url%%)",),
        ("![][image1]", "", "[image1]: <data:image/png;base64,iVBORw0KGgo=>"),
        (":::", "[TOC]"),
        ("Show this thread", "12 Retweets 3 Quotes 40 Likes"),
    ],
)
def test_what_a_program_keeps_for_itself_is_left_out(lines: tuple[str, ...]) -> None:
    """Comments, where a note was written, buttons and pictures in letters are published nowhere."""
    assert shown("", *lines) == ["The dam holds."]


def test_remarks_of_readers_below_a_document_are_left_out() -> None:
    """Where a text has their letter; a bracketed letter alone is the author's."""
    assert shown("- 12 houses burned.[a]", "", "[a]is this the number Mara gave?")[-1] == "12 houses burned."
    assert "[a]" in shown("- 12 houses burned.[a]")[-1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["ann.k", "Bo Li", "desk"]), st.integers(0, 23)), min_size=2, max_size=5
    )
)
def test_nobody_who_wrote_in_a_copied_channel_is_named(posts: list[tuple[str, int]]) -> None:
    """Name and clock above each post go, and so do reactions."""
    lines = [line for who, hour in posts for line in (f"{who}  {hour}:14", "Road open.", ":eyes: 2")]
    text = " ".join(shown("", *lines))
    assert "Road open." in text
    assert not any(who in text for who, _ in posts)
    assert "eyes" not in text


@given(st.text("a=~:|%+^[]<>{}`\n \t/#@!-", max_size=200))
def test_lines_keep_their_numbers(text: str) -> None:
    """Whatever stands in a text, as many lines come out, and a second look changes nothing in plain ones."""
    assert without_note_marks(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("left", "seen"),
    [
        ("Created by: Ann\nCreated time: 6 Dec 2024\nTags: flood", ""),
        ("Owner: Ann Lee\nReviewed by: Bo\nTags: flood", ""),
        ("Owner: Ann Lee\nDate: 6 December 2024", "Date: 6 December 2024"),
        (
            "- Roads {--are--}{++were++} shut{>>ask Ann<<}, {~~ten~>two~~} of {==them==}.",
            "- Roads were shut, two of them.",
        ),
        (
            "- ![A mill](m.png){width=50%} See [it](https://a.example/){target=_blank} [in red]{.mark}.",
            "- ![A mill](m.png) See [it](https://a.example/) in red.",
        ),
        ("- [~alee] The bridge holds.", "- The bridge holds."),
        ("- The bridge holds. ^note-a1", "- The bridge holds."),
        ("- %% ask Ann %%Diesel is short.", "- Diesel is short."),
        ("```dataview\nTABLE file.mtime\n```", ""),
        ("PAGE   \\* MERGEFORMAT 2", ""),
        ('HYPERLINK "https://example.org/list" The list', "[The list](https://example.org/list)"),
        ("It is open<https://example.org/a>.", "It is open <https://example.org/a>."),
        ("Page 2 of 3", ""),
        ("Published using Google Docs\nReport abuse\nLearn more", ""),
        ("[image: map.png]", ""),
        ("* TOC", ""),
        (
            "Created: 2024-12-06 09:12\nAuthor: Ann\nLatitude: 34.1\nLongitude: 36.7",
            "Created: 2024-12-06 09:12",
        ),
        ("\\* 4 \\- 5 are open\\!", "\\* 4 - 5 are open!"),
        ('[caption id="a" width="300"]The map[/caption]', "The map"),
        ("*North\n\t*Water is back", "* North\n\t* Water is back"),
        ("*North* is a word", "*North* is a word"),
        (
            "- ## East\n\t- The ferry stops.\n\t  id:: 65a1b2c3-0000-4000-8000-000000000000",
            "## East\n- The ferry stops.",
        ),
        ("[[2024-12-05]] <- -> [[2024-12-07|next]]", ""),
        ("Friday, 6 December 2024\n09:12", "Friday, 6 December 2024"),
        ("Opening hours:\n09:12", "Opening hours:\n09:12"),
        ("Title: Water\nDate: 2024-12-06\nModified: 2024-12-07\nSlug: water",) * 2,
        ("— 4 —", ""),
        ("Screen clipping taken: 06/12/2024 08:15", ""),
        ("###### tags: `flood`", ""),
        (
            "[a](https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&usg=x)",
            "[a](https://example.org/a?b=1)",
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=ann%40example.org",
            "https://example.org/a",
        ),
    ],
)
def test_what_office_and_note_programs_leave_is_no_text(left: str, seen: str) -> None:
    """Fields, numbers of pages, queries and roundabout links go; what is said and where it leads stays."""
    made = without_note_marks(left)
    assert "\n".join(line for line in made.split("\n") if not line.startswith("{%")).strip() == seen


def test_a_property_that_holds_a_page_back_is_left_to_be_seen() -> None:
    """Among the fields of a page a draft's is still one."""
    assert "Status: Draft" in without_note_marks("Created by: Ann\nStatus: Draft").split("\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- The [council][topic council] met", "The council met"),
        ("- New [BIP375][] and ![map][]", "New BIP375 and map"),
        ("- See [it][src], [this][one] and `[a][b]`", "See [it][src], this and `[a][b]`"),
        ("- **<!--a-b-->****Open** {% a %}<!-- x -->{%\nenda %}", "**Open**"),
        ("- Told by two[3][4], x[i][j] [5][6]", "Told by two[3][4], x[i][j] [5][6]"),
    ],
)
def test_names_of_links_that_lead_nowhere_go(line: str, expected: str) -> None:
    """Where a generator brings the address in, the words stay; figures in brackets may be notes."""
    (_, item) = shown(line, "", "[src]: https://e.example/")
    assert item.partition("\n")[0] == expected


@pytest.mark.parametrize(
    "left",
    [
        f"id: {NOTE}\nparent_id: {NOTE}\nis_conflict: 0\nis_todo: 0\norder: 0\ntype_: 1",
        "Tags:\n  daily\n  north",
        "Welcome to Etherpad!\n\nGet involved with Etherpad at https://etherpad.org",
        "<!channel>",
    ],
)
def test_what_a_program_adds_to_a_note_is_not_shown(left: str) -> None:
    """Fields of Joplin, tags of Simplenote, the greeting of a pad, a call to a channel."""
    assert shown("", left) == ["The dam holds."]


@pytest.mark.parametrize(
    "head",
    [
        "# Update 6 December\n\nCreated time: December 6, 2024 7:15 PM\nTags: daily",
        "# 12月6日更新\n\n创建时间: 2024年12月6日 19:15\n标签: 每日",
    ],
)
def test_when_a_note_was_made_gives_its_title_the_year(head: str) -> None:
    """A title without one is of the year in which the program says that this day was."""
    text = f"{head}\n\n- The dam holds.\n- 大坝没有问题。\n"
    (update,) = parse(Source(path="a.md", digest="0" * 64, text=text), CONFIG).updates
    assert (str(update.date), update.title, update.items[0].text) == ("2024-12-06", None, "The dam holds.")
    other = text.replace("December 6, ", "December 7, ").replace("年12月6日", "年12月7日")
    assert not parse(Source(path="a.md", digest="0" * 64, text=other), CONFIG).updates
