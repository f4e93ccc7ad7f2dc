"""What word processors, scans, chats and mails in HTML leave in a text is taken out; what was typed stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.reading.markup.of_programs import without_marks_of_programs
from tests.reading.dialect import read

NEWS = "The road to Hama is open again."


def said(text: str) -> list[str]:
    """The headings and items of a text, in order."""
    reading = read(text)
    assert not reading.refused, reading.problems
    return [
        part
        for update in reading.updates
        for section in update.sections
        for part in (*filter(None, [section.heading]), *(item.text for item in section.items))
    ]


@pytest.mark.parametrize("leader", ["\t", " ........ ", "…………"])
def test_a_table_of_contents_names_the_headings_and_goes(leader: str) -> None:
    """Its titles are headings below, though nothing else marks them."""
    contents = f"Contents\nOverview{leader}1\nHama{leader}2\n"
    text = f"Update 06-12-2024\n\n{contents}\nOverview\nAll calm.\n\nHama\n{NEWS}\n"
    assert said(text) == ["Overview", "All calm.", "Hama", NEWS]


def test_a_table_of_figures_is_none_of_contents() -> None:
    """Towns with numbers behind a tab stay, as no line is called like one of them."""
    assert "14" in " ".join(said(f"Update 06-12-2024\n\n{NEWS}\n\nAleppo\t14\nHama\t6\n"))


@pytest.mark.parametrize(
    "left",
    [
        'TOC \\o "1-3" \\h \\z \\u',
        'HYPERLINK \\l "_Toc160012345" Hama PAGEREF _Toc160012345 \\h 2',
        "Error! Reference source not found.",
        "Fehler! Verweisquelle konnte nicht gefunden werden.",
        "Commented [AB1]: who says so?",
        "Formatted: Font: 12 pt",
    ],
)
def test_lines_of_word_processors_are_left_out(left: str) -> None:
    """No reader sees a field, a remark at the margin, or what a field failed to find."""
    assert said(f"Update 06-12-2024\n\n{NEWS}\n\n{left}\n") == [NEWS]


@pytest.mark.parametrize(
    "field", ["SEQ Table \\* ARABIC ", "REF _Ref1234567 \\h ", "{ SEQ Table \\* ARABIC }"]
)
def test_fields_inside_a_line_leave_what_they_show(field: str) -> None:
    """The number behind a field is its result."""
    assert said(f"Update 06-12-2024\n\n– See {field}1 for the wounded.\n") == ["See 1 for the wounded."]


@pytest.mark.parametrize("sign", ["-", "¬", "\u00ad"])
def test_words_broken_at_the_ends_of_lines_are_whole(sign: str) -> None:
    """A hyphen that belongs to a word stays."""
    broken = f"The sta{sign}\ntion and the hos{sign}\npital near the Syrian-\nTurkish border."
    text = f"Update 06-12-2024\n\n{broken}\n"
    assert said(text) == ["The station and the hospital near the Syrian-Turkish border."]


@pytest.mark.parametrize("foot", ["Desk | page {} of 3", "- {} -", "Flash {}/3"])
def test_heads_and_feet_of_pages_are_left_out(foot: str) -> None:
    """What comes again with each page is no news; the first head dates the text."""
    pages = "".join(
        f"Daily flash\n6 December 2024\n\nShop {n} is open.\n\n{foot.format(n)}\n\n" for n in (1, 2, 3)
    )
    assert said(pages) == ["Shop 1 is open.", "Shop 2 is open.", "Shop 3 is open."]


def test_bare_numbers_of_pages_are_left_out_and_figures_stay() -> None:
    """Counted from page to page they are nobody's news; a number that is not counted on is one."""
    pages = f"Update 06-12-2024\n\n{NEWS}\n\n{{}}\n\nDiesel is dearer today.\n\n{{}}\n"
    assert said(pages.format(3, 4)) == [NEWS, "Diesel is dearer today."]
    assert "7" in " ".join(said(pages.format(3, 7)))


def test_numbered_paragraphs_are_items_below_their_heading() -> None:
    """As word processors number them, with tabs."""
    text = f"Update 06-12-2024\n\n1.\tHama\n1.1\t{NEWS}\n1.2\tDiesel is dearer.\n2.\tHoms\n2.1\tAll calm.\n"
    assert said(text) == ["Hama", NEWS, "Diesel is dearer.", "Homs", "All calm."]


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("half", ["", " PM"])
def test_a_chat_with_bare_clocks_names_nobody(above: bool, half: str) -> None:
    """Whether the name stands above the clock or below it."""
    told = [
        ("Huda", "8:12", NEWS),
        ("Karim", "8:31", "Diesel is dearer."),
        ("Huda", "9:05", "Shops are shut."),
    ]
    rows = [
        "\n".join((name, clock + half, words) if above else (clock + half, name, words))
        for name, clock, words in told
    ]
    hour = 20 if half else 8
    assert said("6 December 2024\n\n" + "\n👍 2\n\n".join(rows) + "\nRead\n") == [
        f"{hour:02d}:12 – {NEWS}",
        f"{hour:02d}:31 – Diesel is dearer.",
        f"{hour + 1:02d}:05 – Shops are shut.",
    ]


@pytest.mark.parametrize("day", ["06.12.2024", "December 6"])
def test_clocks_may_stand_behind_what_was_said(day: str) -> None:
    """As a browser copies a chat: name and day, words, clock; and whence a message came is left out."""
    chat = f"Ann Example\n{day}\nHama is calm.\n05:41\nAnn Example\nHoms too.\n05:43 edited\n"
    found = said(f"Update 06-12-2024\n\n{chat}Li\nForwarded message\nFrom Another One\n{NEWS}\n07:10\n")
    assert found == ["05:41 – Hama is calm.", "05:43 – Homs too.", f"07:10 – {NEWS}"]


def test_news_hour_by_hour_is_no_chat() -> None:
    """Headlines below clocks are headlines: none of them comes again."""
    text = "6 December 2024\n\n08:12\nMarket Opens\nIt is full.\n\n09:40\nRoads Shut\nSnow fell.\n"
    assert without_marks_of_programs(text) == text


def test_a_mail_in_html_shows_its_paragraphs_and_no_signature() -> None:
    """Breaks part items, and the mail that was answered, names and numbers below a greeting go."""
    html = (
        "<html><body><p>Update 06-12-2024</p><p>{}</p><p>Shops are shut.<br></p>"
        "<p>Kind regards,<br>A. Writer<br>T +963 944 123 456</p>"
        '<blockquote type="cite"><div>send it when you can</div></blockquote></body></html>'
    )
    assert said(html.format(NEWS)) == [NEWS, "Shops are shut."]


@pytest.mark.parametrize("heading", ["", "<h1>Update 06-12-2024</h1>"])
def test_the_head_of_a_page_in_html_is_no_text(heading: str) -> None:
    """Its kind is not shown, and its title only where the page has no heading."""
    head = "<!DOCTYPE html><html><head><title>Update 06-12-2024</title></head>"
    [update] = read(f"{head}<body>{heading}<ul><li>{NEWS}</li></ul></body></html>").updates
    assert (update.title, [item.text for item in update.items]) == (None, [NEWS])


@pytest.mark.parametrize("name", ["Signed, the desk", "— the desk"])
def test_who_signs_is_no_news(name: str) -> None:
    """A few words below paragraphs, behind a dash or a word for signing."""
    assert said(f"Update 06-12-2024\n\n{NEWS}\n\nShops are shut.\n\n{name}\n") == [NEWS, "Shops are shut."]


@given(st.lists(st.text(alphabet="ab-¬\t1.{}\\:<>= \u00ad", max_size=12), max_size=9))
def test_lines_keep_their_numbers(lines: list[str]) -> None:
    """Whatever is taken out, a line stays where it was; only HTML gets more of them."""
    text = "\n".join(lines)
    assert without_marks_of_programs(text).count("\n") == text.count("\n")


def test_a_remark_of_a_reviewer_still_asks_to_wait() -> None:
    """What a program left is not asked whether it holds a text back; what a person wrote beside it is."""
    text = f"Update 06-12-2024\n\n* {NEWS}[a]\n\n[a]Omar: {{}}\n"
    assert said(text.format("nice")) == [NEWS]
    assert read(text.format("do not publish yet")).refused
    assert said(f"Update 06-12-2024\n\n{NEWS}\n\nWrite a comment...\n") == [NEWS]
