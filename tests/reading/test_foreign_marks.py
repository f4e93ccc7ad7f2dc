"""HTML and marks of site generators become Markdown or nothing; prose stays as it is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.base.nouns import Role
from sitrep.reading.markup.foreign_marks import without_marks
from sitrep.reading.markup.references import without_lost_references
from tests.lanes import one_fast
from tests.reading.dialect import read

ELEMENTS = [
    "b", "i", "em", "strong", "sub", "sup", "p", "div", "a", "font", "h2", "li", "figcaption", "x-note",
]  # fmt: skip
PROSE = st.text(alphabet="abc Şح.,()!?0123", min_size=1, max_size=12).filter(lambda t: bool(t.strip()))
TAG = re.compile(r"</?[a-z][^<>]*>|\{%|\{\{<")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("The ferry runs again.<br>", "The ferry runs again."),
        ("one<br/>two", "one two"),
        ("Read [it]({% post_url 2024-12-05-a %}) now.", "Read it now."),
        ("Buses wait.{{% note %}}Diesel is short.{{% /note %}}", "Buses wait. Diesel is short."),
        ('In <b>Port Mirrow</b> it is <span class="x">clean</span>.', "In **Port Mirrow** it is clean."),
        ("<strong> wide </strong>open, <i>now</i>", " **wide** open, *now*"),
        ("killed 15<sup>1</sup>, CO<sub>2</sub>, the 1<sup>st</sup>", "killed 15¹, CO₂, the 1st"),
        ('<a href="https://example.org/r">report</a>', "[report](https://example.org/r)"),
        ('seen<a href="#fn1"><sup>1</sup></a>', "seen¹"),
        ('<img src="pier one.jpg" alt="The pier">', "![The pier](<pier one.jpg>)"),
        ('<h2 class="x">Coast</h2>', "## Coast"),
        ("  <li>one</li>", "  - one"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<hr />", "***"),
        ("<excerpt/>", ""),
        ("{% include image.html %}", ""),
        ('Power is back. {{< track "2024-12-07 12:00:00" >}}', "Power is back."),
        ("## Coast {#coast}", "## Coast"),
        ("{: .note }", ""),
        ("Snow.&nbsp;The lift &ndash; caf&eacute;", "Snow.\u00a0The lift – café"),
        ("a &lt;b&gt; &amp; &#42;", "a &lt;b&gt; &amp; &#42;"),
        ("x&#8;y&#x202e;z", "xyz"),
        ("a < b, 3<4 > 2", "a < b, 3<4 > 2"),
        ("<https://example.org/x> <who@example.org> <Photo left out>", None),
        ("{{ 7*7 }} `<b>` {x}", None),
        ('{{ song(title="A march", url="/a b.mp3") }}', ""),
        ("One {{ 'x.png' | url }} two", "One  two"),
        ("Qalayê {#castle}", "Qalayê"),
        ("[![Gauge](g.png)](g.png)", "![Gauge](g.png)"),
        ("[![Gauge](g.png)](https://x.example/)", "![Gauge](g.png) [Gauge](https://x.example/)"),
        ("[![](g.png)](https://x.example/a)", "![](g.png) https://x.example/a"),
        ("They found 42</tag> cases", "They found 42 cases"),
        ("On [[Bridges|the bridge]] and [[Coast]]", "On the bridge and Coast"),
        ("See [](https://x.example/a).", "See https://x.example/a."),
    ],
)  # fmt: skip
def test_marks_become_what_they_mean(line: str, text: str | None) -> None:
    """Tags that Markdown has a sign for become it, marks of templates go, what is no mark stays."""
    assert without_marks(line).text == (line if text is None else text)


@given(st.lists(st.tuples(st.sampled_from(ELEMENTS), PROSE, st.booleans(), st.booleans()), max_size=6))
def test_no_tag_is_left_and_no_word_is_lost(parts: list[tuple[str, str, bool, bool]]) -> None:
    """Opened, closed, forgotten or crossed: of any mix of elements only the words stay, in order."""
    line = "".join(
        f"{f'<{name}>' if opened else ''}{words}{f'</{name}>' if closed else ''}"
        for name, words, opened, closed in parts
    )
    text = without_marks(line).text
    assert not TAG.search(text)
    letters = [c for _, words, _, _ in parts for c in words if c.isalpha()]
    assert [c for c in text if c.isalpha()] == letters


@pytest.mark.parametrize(
    "part", ["<b>", "<a href=", "<", "&", "{{", "<b><i>", "</b>", "`", "` ", '<a b="', "{%", "<x y=z"]
)
@pytest.mark.parametrize("size", one_fast(20_000, 200_000))
def test_no_run_of_marks_takes_long(part: str, size: int) -> None:
    """A line of 200 KB of any mark is done within three seconds, one of 20 KB within a tenth of that."""
    started = time.process_time()
    without_marks(part * (size // len(part)))
    assert time.process_time() - started < 3 * size / 200_000


def test_a_script_is_left_out_with_what_it_holds() -> None:
    """Over several lines too; the writer is told once, and a tag without an end hides nothing below it."""
    reading = read("Update 2024-12-06\n\n– One.\n<script>\nvar x\n</script>\n– Two <style>.\n– Three.\n")
    assert [item.text for item in reading.updates[0].items] == ["One.", "Two .", "Three."]
    assert [line.number for line in reading.lines if line.role is Role.DROPPED] == [4, 5, 6]
    assert [p.fact for p in reading.problems] == ["HTML that is not shown: script, style"]


def test_code_is_let_alone() -> None:
    """Nothing is taken out of a fenced block."""
    reading = read("Update 2024-12-06\n\n– One:\n\n  ```\n  <b>x</b> {% y %}\n  <script>1</script>\n  ```\n")
    assert "<b>x</b> {% y %}\n<script>1</script>" in reading.updates[0].items[0].text


def test_a_link_to_a_file_is_told_once() -> None:
    """Its words stay and the writer hears that it leads nowhere."""
    reading = read("Update 2024-12-06\n\n– [One](a.pdf), [two](b/c.pdf).\n– ![Map](map.png)\n")
    assert [(p.line, "a.pdf" in p.fact) for p in reading.problems] == [(3, True)]


def test_a_footnote_without_note_is_told() -> None:
    """A mark that leads nowhere is named; one that has its note is not."""
    reading = read("Update 2024-12-06\n\n– One[^1] and two[^b].\n\n[^1]: Seen.\n")
    assert [(p.line, p.fact) for p in reading.problems] == [(3, "the footnote [^b] has no note")]


def test_a_tag_over_lines_is_a_tag() -> None:
    """A picture whose attributes stand below each other is one; what stands beside it is kept."""
    reading = read(
        'Update 2024-12-06\n\n– One <img\n  alt="The pier"\n  src="https://x.example/p.png"> two.\n– 3 < 4\n'
    )
    assert [item.text for item in reading.updates[0].items] == [
        "One [The pier](https://x.example/p.png) two.",
        "3 < 4",
    ]


def test_a_quotation_without_words_fails_nobody() -> None:
    """A block that holds nothing but signs is nothing, and what stands around it is read."""
    reading = read("Update 2024-12-06\n\n– One.\n\n>\n>\n\n```\n\n```\n\n– Two.\n")
    assert [item.text.split("\n")[0] for item in reading.updates[0].items] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("See [the report][source 4].", "See the report."),
        ("参照[提案][topic dlc]と", "参照提案と"),
        ("ne[coinjoin][topic coinjoin]ový", "necoinjoinový"),
        ("Notes [3][4] and a[i][j].", "Notes [3][4] and a[i][j]."),
        ("[An answer]({{bse}}123) and [a][b].\n\n[b]: {{bse}}77", "An answer and a.\n\n[b]: {{bse}}77"),
        ("[a][b](see c).\n\n[b]: https://x.example/", "[a][b] (see c).\n\n[b]: https://x.example/"),
        ("15[^a]\n\n[^a]:\n    Two doctors.", "15[^a]\n\n\n[^a]: Two doctors."),
    ],
)
def test_links_that_a_generator_would_fill_in_are_words(text: str, seen: str) -> None:
    """Where no address stands in the text the words of a link stay, in scripts without blanks as well; a note
    may begin below its mark."""
    assert without_lost_references(text) == seen


def test_a_heading_has_the_words_of_its_links() -> None:
    """The address of a link by name belongs to items; a heading shows no name."""
    text = "Update 07-12-2024\n\n## Ten were [found][l]\n\n- One.\n\n[l]: https://x.example/\n"
    assert read(text).updates[0].sections[0].heading == "Ten were found"


def test_a_footnote_has_links_of_its_own() -> None:
    """An address that only a note refers to is shown with it, and what stands below it is no part of it."""
    notes = "[^a]: By [a list][l].\n[l]: https://x.example/\n[m]: 77\n"
    text = f"Update 07-12-2024\n\n- Fifteen[^a] died.\n\n{notes}"
    assert read(text).updates[0].items[0].text.endswith("[l]: https://x.example/")
