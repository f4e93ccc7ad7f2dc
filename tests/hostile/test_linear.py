"""No text takes more than linear time: each kind of it is read and rendered at two lengths."""

from __future__ import annotations

import time

import pytest

from sitrep.config.load import load_config
from sitrep.reading.decoding.decode import Decoded, decode
from sitrep.sorting.front_rules import SortingRules, compile_rules
from sitrep.sorting.sort_items import read
from sitrep.text.feed_text import content, title
from sitrep.text.markdown import to_html, to_text
from tests.publishing import CONFIG

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
LONG = 20_000
MOST = 2.6
"""Times as long for a text twice as long; 2.3 and what a busy machine adds."""
FREE = 0.06
"""Seconds that prove nothing."""


@pytest.fixture(scope="module")
def rules() -> SortingRules:
    rules = compile_rules(load_config(CONFIG, "config.yaml"))
    seconds(rules, "- A word.", 100)
    return rules


def seconds(rules: SortingRules, unit: str, length: int) -> float:
    """What it costs to read, sort and render so much of it, in seconds of this process."""
    text = f"Update 06-12-2024\n\n# Northern front\n\n- Start {unit * (length // len(unit))} end *now*\n"
    began = time.process_time()
    decoded = decode("a.txt", text.encode(), limit=10**7)
    assert isinstance(decoded, Decoded)
    for update in read(decoded.source, rules).updates:
        for item in update.items[:200]:
            (
                to_html(item.text),
                to_text(item.text),
                content(item.text, 1, "https://e.example/"),
                title(item.text),
            )
    return time.process_time() - began


@pytest.mark.parametrize("unit", [*UNITS, *LINES], ids=repr)
def test_twice_as_long_takes_twice_as_long(rules: SortingRules, unit: str) -> None:
    """20 KB of it cost at most a little more than twice what 10 KB cost.

    A shorter text may be read in another way, as a list of one item; what is worse than linear shows here.
    """
    for _ in range(3):
        half, whole = (seconds(rules, unit, length) for length in (LONG // 2, LONG))
        if whole <= MOST * half + FREE:
            return
    pytest.fail(f"{unit!r}: {half} and {whole}")
