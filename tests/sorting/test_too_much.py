"""A file may make so much of itself, and no more: bytes out keep to bytes in."""

from __future__ import annotations

import datetime as dt

import pytest

from sitrep.base.nouns import Reading
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.sorting.sort_items import read
from tests.hostile.showing import rules


def reading(text: str) -> Reading:
    decoded = decode("a.txt", text.encode(), limit=10**7)
    assert isinstance(decoded, Decoded)
    return read(decoded.source, rules())


def days(count: int, text: str) -> str:
    first = dt.date(2024, 12, 6)
    return "".join(f"Update {first - dt.timedelta(days=n):%d-%m-%Y}\n\n- {text}\n\n" for n in range(count))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (days(1_501, "a"), "1,501 updates are more than the limit of 1,500"),
        ("Update 06-12-2024\n\n" + "- a\n" * 401, "401 items are more than the limit of 400"),
        (
            "Update 06-12-2024\n\n" + "*a*\n" * 402,
            "401 items, passages and headings are more than the limit of 400",
        ),
        ("a\n" * 20_001, "20,002 lines are more than the limit of 20,000"),
        (days(300, "a"), "300 updates in 7,200 characters would be pages without words"),
    ],
)
def test_too_much_is_refused_and_told(text: str, fact: str) -> None:
    """More lines, updates, items or pages than readers can take are refused whole, with what to do."""
    found = reading(text)
    assert not found.updates
    assert any(problem.fact == fact and problem.remedy for problem in found.problems)


def test_what_each_subscriber_would_get_is_bounded() -> None:
    """However it is done: many links, footnotes, or thousands of tiny items are refused, with what to do."""
    day = "Update 06-12-2024\n\n"
    for text, fact in (
        (day + ("- " + "[a](//a.b)" * 60 + "\n") * 300, "bytes to show are more than the limit of 300,000"),
        (
            day + ("- " + "a[^1]" * 80 + "\n") * 60 + "\n[^1]: b\n",
            "bytes to show are more than the limit of 300,000",
        ),
        (days(40, "a\n- " * 250 + "a"), "on pages and in feeds"),
    ):
        found = reading(text)
        assert not found.updates
        assert any(fact in problem.fact and problem.remedy for problem in found.problems)


def test_a_heading_as_long_as_a_paragraph_is_one() -> None:
    """A heading comes again with each of its items: so its length would be multiplied."""
    words = "The council says much. " * 40
    (update,) = reading(f"Update 06-12-2024\n\n# North\n\n- a\n\n# {words}\n\n- b\n- c\n").updates
    assert max(len(section.heading or "") for section in update.sections) < 300
    assert any(words.strip() in item.text for item in update.items)


ORDINARY = "The bridge is open again, say drivers; the mill grinds on Mondays."


@pytest.mark.parametrize(
    "text", [days(300, ORDINARY), days(100, "a"), "Update 06-12-2024\n\n" + "- a\n" * 400]
)
def test_a_long_file_is_read(text: str) -> None:
    """Months of ordinary texts in one file, or many short items of one day, are no matter."""
    assert reading(text).updates
