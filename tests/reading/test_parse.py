"""What the corpus cannot say: dates of arrival, order of lines, growth, and the model text itself."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sitrep.base.nouns import Reading, Role, Severity, Source
from sitrep.config.values import Config
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.reading.parse import parse
from tests.reading.dialect import CONFIG, config, read

SHARED = Path(__file__).parents[2].parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
GOLD = SHARED / "gold" / "sorting-4-5-6-december.json"
needs_seeds = pytest.mark.skipif(not SEEDS, reason="the model texts are not beside this checkout")


def seed(number: int, conf: Config = CONFIG, name: str | None = None) -> Reading:
    path = SEEDS[number]
    decoded = decode(name or path.name, path.read_bytes(), limit=512_000)
    assert isinstance(decoded, Decoded)
    return parse(decoded.source, conf)


def test_a_text_without_date_takes_the_day_of_arrival_where_the_config_says_so() -> None:
    """``undated: arrival`` dates it with a warning; otherwise arrival changes nothing."""
    source = Source(path="a.txt", digest="", text="– one\n")
    day = dt.date(2024, 12, 7)
    dated = parse(source, config(undated="arrival"), arrival=day)
    assert [u.date for u in dated.updates] == [day]
    assert [p.severity for p in dated.problems] == [Severity.WARNING]
    assert parse(source, CONFIG, arrival=day).refused


def test_a_refused_text_has_no_updates_and_tells_where_and_what_to_do() -> None:
    """The message names file, line, fact and remedy; every line is accounted for."""
    reading = read("Buses left at noon.\n\nRain.\n", "note.txt")
    assert not reading.updates
    assert str(reading.problems[0]).split("\n") == [
        "note.txt:1: no date found",
        "  hint: write one as the first line, for example: Update 07-12-2024",
    ]
    assert [line.number for line in reading.lines] == [1, 3]


def test_two_items_on_one_line_are_told_once() -> None:
    """The line is reported with the first of its items; both items name it."""
    reading = read("Update 06-12-2024\n\n– One is quiet. – Two is not.\n– Three.\n")
    assert [(line.number, line.item) for line in reading.lines if line.role is Role.ITEM] == [(3, 0), (4, 2)]
    assert [item.line for item in reading.updates[0].items] == [3, 3, 4]


def test_an_item_spread_over_lines_is_told_on_each() -> None:
    """Every line of a wrapped item, with the end of one and the beginning of the next on one line."""
    text = "Update 06-12-2024\n\n– The border is closed and\nthe radio is silent. – They\nsay little.\n"
    reading = read(text)
    assert [item.line for item in reading.updates[0].items] == [3, 4]
    assert [(line.number, line.item) for line in reading.lines if line.item is not None] == [
        (3, 0), (4, 0), (5, 1),
    ]  # fmt: skip


def test_reading_is_a_function_of_the_text() -> None:
    """The same text gives the same reading, whatever was read in between."""
    text = "Update 06-12-2024\n\n# Western front\n\n– one\n"
    before = read(text)
    read("Update 05-12-2024\n\n– other\n", conf=config("mdy"))
    assert read(text) == before


def test_items_carry_no_front_yet() -> None:
    """Sorting is another room's work: front and reason are empty."""
    reading = read("Update 06-12-2024\n\n– [rumor] It is said that the pass will close.\n")
    (item,) = reading.updates[0].items
    assert (item.front, item.reason) == ("", "")
    assert item.text.startswith("[rumor] ")


def calls_of(text: str) -> int:
    """How many Python functions are called while a text is read."""
    count = 0

    def tell(frame: Any, event: str, arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    source = Source(path="a.txt", digest="", text=text)
    parse(source, CONFIG)
    sys.setprofile(tell)
    try:
        parse(source, CONFIG)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "– a b c.\n", "Update 06-12-2024\n\n", "Update 06-12-2024\nx\n", "Abc\n\n", "Ab:\nCd ef.\n", "# A\n",
        "https://a.b\n\n", "[^1]: x\n", "– a [^1]\n", "• Ab.\n\nPara here.\n\n", "a.png\n", "> a\n",
        "|a|b|\n", "– a. – B ", "Stay safe\n\n", "Anyway, bye.\n\n", "Published 5-12-2024\n", "![a](",
        "```\n",
        "<!-- a -->\n", "1. a\n", "**a**\n", "! a\n", "– Who?\n– Me, of course.\n", "1 may\n", "(", "* ",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Eight times the text takes at most nine times the work, for texts made to be tedious."""
    small, large = (f"Update 06-12-2024\n\n{unit * n}" for n in (200, 1600))
    assert calls_of(large) <= 9 * calls_of(small) + 2000


@needs_seeds
def test_the_model_text_is_six_updates_with_73_items() -> None:
    """Days, numbers of items, and the line with two bullets parted."""
    reading = seed(4)
    assert [(u.date.isoformat(), len(u.items)) for u in reading.updates] == [
        ("2024-12-06", 19), ("2024-12-05", 9), ("2024-12-04", 9), ("2024-12-03", 9), ("2024-12-02", 14),
        ("2024-12-01", 13),
    ]  # fmt: skip
    lines = Counter(item.line for update in reading.updates for item in update.items)
    assert [line for line, count in lines.items() if count > 1] == [217]
    assert [(p.line, p.severity) for p in reading.problems] == [(3, Severity.NOTE), (100, Severity.WARNING)]


@needs_seeds
def test_the_model_text_s_lines_have_the_roles_an_editor_gave_them() -> None:
    """Items, intros, disclaimers, farewells and headings of the three days that were filed by hand."""
    reading = seed(4)
    roles = {line.number: line.role for line in reading.lines}
    wanted: dict[int, Role] = {}
    names = {"item": Role.ITEM, "intro": Role.LEDE, "outro": Role.OUTRO} | {r.value: r for r in Role}
    for update in json.loads(GOLD.read_text(encoding="utf-8"))["updates"]:
        parts = [*update["intro"], *update["outro"], *(i for s in update["sections"] for i in s["items"])]
        wanted |= {part["line"]: names[part["role"]] for part in parts}
        wanted |= {section["line"]: Role.HEADING for section in update["sections"]}
        wanted |= dict.fromkeys(update["title_lines"], Role.DATELINE)
    assert {line: roles[line] for line in wanted} == wanted


@needs_seeds
def test_the_model_text_s_other_days_have_their_roles() -> None:
    """Subtitles, farewells and the title above all of the days that were not filed by hand."""
    roles = {line.number: (line.role, line.reason) for line in seed(4).lines}
    assert roles[1] == (Role.DROPPED, "document title")
    assert roles[125] == roles[151] == (Role.LEDE, "title")
    assert roles[153][0] is Role.DISCLAIMER
    assert {roles[n][0] for n in (142, 144, 221)} == {Role.OUTRO}
    assert {roles[n][0] for n in (146, 189, 223)} == {Role.SIGNOFF}
    assert {roles[n][0] for n in (194, 196)} == {Role.LEDE}


@needs_seeds
@pytest.mark.parametrize("number", range(4))
def test_an_article_without_date_is_refused_and_read_once_it_has_one(number: int) -> None:
    """No date is invented; with one in the file name, title and paragraphs are found."""
    refused = seed(number)
    assert [p.fact for p in refused.problems] == ["no date found"]
    (update,) = seed(number, name="2021-02-20.txt").updates
    assert update.title
    assert len(update.items) >= 9
    assert all(len(item.text) > 30 for item in update.items)


@needs_seeds
def test_articles_lose_what_a_page_left_behind() -> None:
    """Rubrics, share notices, addresses and bylines are dropped by name; the byline is the author."""
    reading = seed(3, name="2021-02-20.txt")
    dropped = {line.number for line in reading.lines if line.role is Role.DROPPED}
    assert dropped == {3, 5, 31, 34, 36, 40}
    assert reading.updates[0].author == "South Front"


def test_hours_as_in_the_united_states_tell_that_months_stand_first() -> None:
    """What programs write there is read so, with a note; written small, the site's order counts."""
    told = read("12/6/2024, 5:41:22 PM\n\n- The bridge is closed.\n")
    assert [update.date.isoformat() for update in told.updates] == ["2024-12-06"]
    assert "month first" in told.problems[0].fact
    small = read("6/12/2024, 5:41 pm\n\n- The bridge is closed.\n")
    assert [update.date.isoformat() for update in small.updates] == ["2024-12-06"]


def test_the_name_of_a_month_tells_the_language() -> None:
    """A short text is of the language that alone calls a month as its head does."""
    told = read("Ijumaa, 6 Desemba 2024\n\n- Daraja la bondeni limefungwa.\n")
    assert [(update.date.isoformat(), update.lang) for update in told.updates] == [("2024-12-06", "sw")]


def test_a_number_written_with_a_small_o_forbids_nothing() -> None:
    """What stands for "number" in Spanish and Portuguese is no "no"."""
    for number in ("n.º 12", "Nº 12"):
        assert not read(f"Parte {number} - 6 de diciembre de 2024\n\n- El puente está cerrado.\n").refused
