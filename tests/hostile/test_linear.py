"""No text takes more than linear time: each kind of it is read, sorted and shown at lengths that double, to
19 KB, or to as many characters as ``SITEGEN_LINEAR`` says (``make linear``: 500 KB).
"""

from __future__ import annotations

import os
import time
from itertools import pairwise

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
    "%", "$", "x=1 ", "\u0627\u064b", "한", "市", "\U0001f469\u200d", "\ufdfa", "a-", "a'", "’", "«", "„",
    "...", "!?", "\u200b", "1,", "1:1 ", "https://[", "a;", "/", "\u05d0 ", "he said that ",
)  # fmt: skip
LINES = (
    "\n", "\n\n", "a\n", "- a\n", "- a\n\n", "  - a\n", "# a\n", "a\n===\n", "| a |\n", "> a\n", "a:\n",
    "a: b\n", "12:30 A: b\n", "[1.12.24, 12:30] A: b\n", "1. a\n", "---\n", "```\n", "<div>\n",
    "[^1]: a\n", "[a]: b\n", "![a](b.jpg)\n", "Update 01-12-2024\n", "Reportedly a.\n", "Best regards\n",
    "-- \n", "Source: a\n", "#a\n", "*a*\n", "**a**\n", "a\tb\n", "== a ==\n", "* * *\n", "<p>a</p>\n",
    "From: a\n", "> > a\n", "(1) a\n", "a -- b\n", "Lina: a\n", "\\item a\n", "&nbsp;\n", "}\n",
    "09:00,Lina,a\n",
)  # fmt: skip
OPENED = (
    ("a|b\n", "|-"), ("a|b\n|-|-|\n", "|c"), ("a[^1]\n\n[^1]: ", "b "), ("```\n", "a"), ("<!--", "- "),
    ("*", "a "), ("[a](", "("), ("[a](b ", "'c"), ("<a ", 'b="c" '), ("&", "a"), ("&#", "1"),
    ("https://", "a."), ("a@", "b."), ("> ", "- "), ("**a", "*b*"), ("_a", " _b"), ("`", "a``"),
    ("~~", "a ~"), ("There are rumors ", "that "), ("The council says ", "that the council says "),
    ("On ", "6 December 2024, "), ("“", "a "), ("(", "a "),
    ("12:30\n12:31\n", "\n"), ("#+title: x\n", "\n"), ("| a |\n|---|\n", "\n"), ("= a =\n{{a}}\n", "\n"),
    ("<p>a</p>\n", "\n"), ("From: a\n", "\n"), ("\\section{a}\n", "\n"),
)  # fmt: skip
"""What opens something that is not closed, and what follows it."""
LONG = int(os.environ.get("SITEGEN_LINEAR", "19000"))
"""Characters; of so many lines a text is not refused."""
LENGTHS = [LONG >> halved for halved in range(max(1, LONG // 10_000).bit_length(), -1, -1)]
"""The last one is ``LONG``, the first one 10 KB or a little less."""
MOST = 2.3
"""Times as long for a text twice as long."""
FREE = 0.06
"""Seconds that prove nothing."""
ROUNDS = 8
"""A busy machine only ever adds to what a text costs: the least that was seen counts."""


def seconds(unit: str, length: int, before: str = "Start ") -> float:
    """What it costs to read, sort and show so much of it on pages and in feeds: seconds of this process."""
    text = f"Update 06-12-2024\n\n# Northern front\n\n- {before}{unit * (length // len(unit))} end *now*\n"
    began = time.process_time()
    show(text.encode(), most=200)
    return time.process_time() - began


KINDS = [*(("Start ", unit) for unit in (*UNITS, *LINES)), *OPENED]


@pytest.mark.parametrize(("before", "unit"), KINDS, ids=repr)
def test_twice_as_long_takes_twice_as_long(before: str, unit: str) -> None:
    """At every doubling it costs at most a little more than twice as much.

    A shorter text may be read in another way, as a list of one item; what limits refuse counts as bounded.
    """
    sorting_rules()
    least = dict.fromkeys(LENGTHS, float("inf"))
    over = list(pairwise(LENGTHS))
    for _ in range(ROUNDS):
        for length in sorted({length for pair in over for length in pair}):
            least[length] = min(least[length], seconds(unit, length, before))
        over = [(half, whole) for half, whole in over if least[whole] > MOST * least[half] + FREE]
        if not over:
            break
    print("LINEAR", repr((before, unit)), [f"{took:.3f}" for took in least.values()])
    assert not over, least


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
