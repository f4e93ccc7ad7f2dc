"""reStructuredText, Org, AsciiDoc and MediaWiki are read as what they mean, line for line."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given

from sitrep.reading.markup.other_markup import as_markdown
from tests.lanes import one_fast
from tests.reading.dialect import TEXT, read

RST = """The bridge
##########

:date: 2024-12-07
:author: Newsroom

Coast
~~~~~

.. image:: https://x.example/p.png
   :alt: The pier

* The `mill report <https://x.example/r>`_ is out, see :ref:`the list <l>` and mill_.
* Type ``make_``.

.. _mill: https://x.example/m
"""
NIKOLA = """.. title: The bridge
.. date: 2024-12-07 10:00:00 UTC
.. author: Newsroom

Coast
^^^^^

* The `mill report <https://x.example/r>`__ is out.
"""
ORG = """#+TITLE: The bridge
#+DATE: <2024-12-07 Sat>
#+AUTHOR: Newsroom
#+OPTIONS: toc:nil

* Coast :news:
:PROPERTIES:
:ID: 3
:END:
- The [[https://x.example/r][mill report]] is out.
"""
ADOC = """= The bridge
Newsroom <desk@x.example>
2024-12-07
:toc:

== Coast

* The https://x.example/r[mill report] is *out*, see <<list,the list>>.

[source,sh]
----
== no heading
----
"""
WIKI = """Update 07-12-2024

== Coast ==
{{Infobox|a=b}}
* The '''bridge''' at [[Sandhaven|the haven]]: [https://x.example/r mill report] is out.<ref name="a"/>
# Another one.
[[Category:Floods]]
"""
MARKS = re.compile(
    r"\.\. |`_|~~~|\^\^\^|:ref:|#\+|:END:|\]\[|<<|\[source|^= |'''|\{\{|\[\[|:toc:|desk@", re.M
)


@pytest.mark.parametrize("text", [RST, NIKOLA, ORG, ADOC, WIKI])
def test_no_mark_is_left_and_the_day_is_found(text: str) -> None:
    """Header, headings, lists and links of each language; its marks are on no page, no word of it is lost."""
    (update,) = read(text).updates
    assert update.date.isoformat() == "2024-12-07"
    if text is not WIKI:
        assert (update.title, update.author) == ("The bridge", "Newsroom")
    assert [section.heading for section in update.sections] == ["Coast"]
    items = "\n".join(item.text for item in update.items)
    assert "[mill report](https://x.example/r) is " in items
    assert not MARKS.search(items)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (".. title: A\n.. date: 2024-12-07\n.. status: draft\n\nOne.\n", "status"),
        ("A\n#\n\n:date: 2024-12-07\n:status: draft\n\nOne.\n", "status"),
        ("#+TITLE: A\n#+DATE: 2024-12-07\n#+hugo_draft: true\n\nOne.\n", "draft"),
        ("= A\n2024-12-07\n:page-draft: true\n\nOne.\n", "draft"),
    ],
)
def test_a_draft_in_any_language_waits(text: str, held: str) -> None:
    """What holds a text back in the header of its own language holds it back here."""
    reading = read(text)
    assert all(update.draft for update in reading.updates), held


@given(TEXT)
def test_a_text_in_our_own_words_stays_as_it_is(text: str) -> None:
    """What the writers of updates type is in none of these languages."""
    assert as_markdown(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "# Heading\n\n[[Page|text]] https://x.example[^1]\n",
        "#tag #other\n\n= 3\n",
        "```\n.. image:: x\n```\n\na :: b",
        "Seen ([A](https://e.example/1),[B](https://e.example/2)) by them",
    ],
)
def test_markdown_stays_markdown(text: str) -> None:
    """Signs that Markdown has too prove nothing."""
    assert as_markdown(text).split("\n")[0] == text.split("\n")[0]


@pytest.mark.parametrize(
    "part", one_fast("[[", "`a ", "link:", "https://", "''", ".. a\n", "* ", "<<a,", "{{", "= a\n", "\n#+")
)
@pytest.mark.parametrize("start", one_fast("#+TITLE: a\n", "", ".. title: a\n", "= a\n:b:\n", "'''a'''\n"))
def test_no_run_of_marks_takes_long(part: str, start: str) -> None:
    """A bomb of 100 kB keeps its number of lines and is done within a second."""
    text = start + part * min(15_000, 100_000 // len(part))
    started = time.process_time()
    assert as_markdown(text).count("\n") == text.count("\n")
    assert time.process_time() - started < 1


def test_confluence_becomes_markdown() -> None:
    """Headings, lists, rows, links, colours and boxes of Confluence are as Markdown has them, or go."""
    made = as_markdown(
        "h2. Coast\n{panel:title=Roads}\nThe *lower* road.\n{panel}\n** one lane\n||Place||Families||\n"
        "|Quay|41|\n"
        "{color:red}No diesel{color}: [list|https://example.org/l] !a.png|width=3!"
    )
    lines = [line for line in made.split("\n") if not line.startswith("{%")]
    assert lines == [
        "## Coast", "The **lower** road.", "    * one lane", "* Place – Families", "* Quay – 41",
        "No diesel: [list](https://example.org/l) ![](a.png)",
    ]  # fmt: skip


def test_tables_and_boxes_of_a_wiki() -> None:
    """A table becomes one of Markdown in as many lines; a template over several lines goes as a whole."""
    wiki = "{{Infobox\n| date = 1 May 2020\n}}\n== Coast ==\n{| class=x\n|+ Families\n! Place !! Count\n|-\n"
    made = as_markdown(wiki + "| Quay || style=a | 41\n|}\n").split("\n")
    assert [line for line in made if line and not line.startswith("{%")] == [
        "== Coast ==", "Families", "| Place | Count |", "| --- | --- |", "| Quay | 41 |",
    ]  # fmt: skip
    assert len(made) == len((wiki + "| Quay || style=a | 41\n|}\n").split("\n"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "====== 6 May ======\n  * It //is// **so**.\\\\\n{{ :a.png?200 |Map}}\n"
            "[[mill|the mill]] ((noted))\n~~NOTOC~~",
            ["# 6 May", "  * It *is* **so**.", "![Map](<:a.png>)", "the mill (noted)"],
        ),
        (
            "[b]6 May[/b]\n[size=150]Coast[/size]\n[list]\n[*]It [i]is[/i] [color=red]so[/color].\n[/list]\n"
            "[url=https://e.example/]there[/url]",
            ["**6 May**", "## Coast", "* It *is* so.", "[there](https://e.example/)"],
        ),
        (
            'h2. Coast\n\np(note). See "the mill":https://e.example/m.\n\nbq. It is so.\n** one lane',
            ["## Coast", "See [the mill](https://e.example/m).", "> It is so.", "    * one lane"],
        ),
    ],
)
def test_wikis_boards_and_textile_become_markdown(text: str, lines: list[str]) -> None:
    """DokuWiki, BBCode of boards and Textile have their signs replaced, line for line."""
    made = as_markdown(text).split("\n")
    assert [line.rstrip() for line in made if line and not line.startswith("{%")] == lines
    assert len(made) == len(text.split("\n"))
