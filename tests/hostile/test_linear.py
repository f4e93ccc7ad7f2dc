"""No text takes more than linear time: each kind of it is read, sorted and shown at two lengths."""

from __future__ import annotations

import time

import pytest

from tests.hostile.showing import rules as sorting_rules
from tests.hostile.showing import show

pytestmark = pytest.mark.slow

UNITS = (
    " ", "\t", "a", "a ", "A", "1", "1 ", "1.", "01-12-", "-", "- ", "–", "*", "* ", "**a", "_", "_a",
    "#", "# ", ">", "> ", "<", "<a ", "</", "<!--", "<![CDATA[", "&", "&#", "&amp;", "[", "![](", "[a](",
    "[^1]", "](", "(", "((", ")", '"', "'", "“", ":", "a:", "a.", ".", "a@", "http://", "https://a.b/",
    "www.", "|", "|-", "`", "``a", "~~", "~~a", "+", "=", "--", "\\", "é", "ا", "\u200f", "12:30 ",
    "5 pm ", "6 December 2024 ", "Dec ", "Update ", "reportedly it is unclear whether ", "according to ",
    "there are rumors ", "Alder ", "Al", "said, ", "the SDF and ", "R1 of 6 Dec ", "Confirmed: ",
    "correction: ", "Disclaimer ", "Source: ", "[eastern]", "🔴", "a\u00ad", "\u0301", "a/", "../", "{{",
    "%", "$", "x=1 ",
)  # fmt: skip
LINES = (
    "\n", "\n\n", "a\n", "- a\n", "- a\n\n", "  - a\n", "# a\n", "a\n===\n", "| a |\n", "> a\n", "a:\n",
    "a: b\n", "12:30 A: b\n", "[1.12.24, 12:30] A: b\n", "1. a\n", "---\n", "```\n", "<div>\n",
    "[^1]: a\n", "[a]: b\n", "![a](b.jpg)\n", "Update 01-12-2024\n", "Reportedly a.\n", "Best regards\n",
    "-- \n", "Source: a\n", "#a\n", "*a*\n", "**a**\n",
)  # fmt: skip
OPENED = (
    ("a|b\n", "|-"), ("a|b\n|-|-|\n", "|c"), ("a[^1]\n\n[^1]: ", "b "), ("```\n", "a"), ("<!--", "- "),
    ("*", "a "), ("[a](", "("), ("[a](b ", "'c"), ("<a ", 'b="c" '), ("&", "a"), ("&#", "1"),
    ("https://", "a."), ("a@", "b."), ("> ", "- "), ("**a", "*b*"), ("_a", " _b"), ("`", "a``"),
    ("~~", "a ~"), ("There are rumors ", "that "), ("The council says ", "that the council says "),
    ("On ", "6 December 2024, "), ("“", "a "), ("(", "a "),
)  # fmt: skip
"""What opens something that is not closed, and what follows it."""
LONG = 20_000
MOST = 2.6
"""Times as long for a text twice as long; 2.3 and what a busy machine adds."""
FREE = 0.06
"""Seconds that prove nothing."""


def seconds(unit: str, length: int, before: str = "Start ") -> float:
    """What it costs to read, sort and show so much of it on pages and in feeds: seconds of this process."""
    text = f"Update 06-12-2024\n\n# Northern front\n\n- {before}{unit * (length // len(unit))} end *now*\n"
    began = time.process_time()
    show(text.encode(), most=200)
    return time.process_time() - began


KINDS = [*(("Start ", unit) for unit in (*UNITS, *LINES)), *OPENED]


@pytest.mark.parametrize(("before", "unit"), KINDS, ids=repr)
def test_twice_as_long_takes_twice_as_long(before: str, unit: str) -> None:
    """20 KB of it cost at most a little more than twice what 10 KB cost.

    A shorter text may be read in another way, as a list of one item; what is worse than linear shows here.
    """
    sorting_rules()
    for _ in range(3):
        half, whole = (seconds(unit, length, before) for length in (LONG // 2, LONG))
        if whole <= MOST * half + FREE:
            return
    pytest.fail(f"{unit!r}: {half} and {whole}")


def nested(depth: int) -> float:
    """What a list in a list in a list costs, for each byte of it: seconds of this process."""
    text = "".join(f"{' ' * (2 * level)}- level {level}\n" for level in range(depth))
    began = time.process_time()
    show(f"Update 06-12-2024\n\n# Northern front\n\n{text}".encode())
    return (time.process_time() - began) / len(text)


def test_a_list_in_a_list_costs_what_its_bytes_cost() -> None:
    """A byte of a list four hundred deep, most of it blanks, costs little more than one of a shallow one."""
    nested(20)
    assert nested(400) <= MOST * nested(80)
