"""Markdown of one item: safe, complete, quick, and the literal path gives the same bytes."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import ParagraphProcessor

from sitrep.text import markdown
from sitrep.text.markdown import prose, to_html, to_text

PROSE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("abcXYZ 019 .,;:!?'\"()–—•…’“”%/#=+-&{}@^$\n\u00a0\u202f\u3000éşЖعק中🖤")),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=120,
)
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a]( vbscript:msgbox)",
    "[a](<javascript:alert(1)>)", "![a](javascript:alert(1))", '[a](http://x.example" onmouseover="alert(1))',
    '[a](http://x.example "t\\" onclick=\\"alert(1)")', "<a href='javascript:1'>x</a>", "`<script>`",
    "```\n</code></pre><script>alert(1)</script>\n```", '<https://x.example/"onclick=alert(1)>',
    "&#x3C;script&#x3E;alert(1)&#x3C;/script&#x3E;", "[^1] x\n\n[^1]: <script>alert(1)</script>",
    "|<script>|b|\n|-|-|\n|<img onerror=1>|2|", "<style>*{display:none}</style>", "<iframe src=//x.example>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "</p></article><form action=//x.example><input>", "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
)  # fmt: skip
TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "hr", "li", "ol", "p", "pre", "strong", "sup", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"href", "rel", "title", "class", "id", "start"}


class Tags(HTMLParser):
    """Collects what a browser would make elements of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@given(PROSE)
def test_text_without_markup_gives_the_same_bytes_on_both_paths(text: str) -> None:
    """The literal path is only a short cut: Python-Markdown and nh3 would give the very same bytes."""
    if markdown._is_literal(text):
        assert to_html(text) == markdown.html_of(text, 0)


LINKED = st.lists(
    st.sampled_from((
        *("[the mill](https://a.example/x_y)", "[two words](http://b-c.example)", "[a](https://a.bc)"),
        *("[a: b](https://a.bc/d?e=f#g)", "[x](https://a.example/%2)", "![p](https://a.example/c.jpg)"),
        *("[n](https://1.2.3.4.5)", "[w_w](http://a.bc)", "[a](https://xn--a.example)", "[ a](https://a.bc)"),
        *('[a](https://a.example "t")', "https://d.example", "word", "3.", "\n\n", "\n", "\xa0"),
        *"[]()!- 9*&:",
    )),
    max_size=9,
).map("".join)  # fmt: skip


@given(LINKED)
def test_a_plain_link_gives_the_same_bytes_on_both_paths(text: str) -> None:
    """Prose with ordinary links needs no Markdown either, and looks as if it had been through it."""
    if "](http" in text and markdown._is_literal(markdown._PLAIN_LINK.sub(r"\1", text)):
        assert to_html(text) == markdown.html_of(text, 0)


@pytest.mark.parametrize("text", ["- a\n\n- planted", "- a\n    - planted", "1. planted\n2. b", "> planted"])
def test_a_text_at_which_the_library_fails_spoils_no_other(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However deep inside a list or a quotation it fails, what comes after is as if it had not been there."""
    real = ParagraphProcessor.run

    def failing(self: ParagraphProcessor, parent: Element, blocks: list[str]) -> None:
        if "planted" in blocks[0]:
            raise RecursionError
        real(self, parent, blocks)

    before = markdown.html_of("*b*\n\nc", 0)
    with monkeypatch.context() as patch:
        patch.setattr(ParagraphProcessor, "run", failing)
        with pytest.raises(RecursionError):
            markdown.html_of(text, 0)
    assert markdown.html_of("*b*\n\nc", 0) == before


def test_an_ordinary_link_needs_no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and an address in an item are written without the library."""
    monkeypatch.setattr(markdown, "_converted", None)
    html = to_html("Open again, says [the mill, today](https://mill.example/news/4_b).")
    assert '<a href="https://mill.example/news/4_b" rel="noopener noreferrer">the mill, today</a>.' in html


def test_prose_with_paragraphs_takes_the_literal_path() -> None:
    """Dashes, quotes, numbers, hashes and several paragraphs need no Markdown."""
    text = "About 3.5 km – “near” Hama; 40% (or more) & rising #now\nand on\n\nThe next paragraph: at 12.30."
    assert markdown._is_literal(text)
    assert to_html(text).count("<p>") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_an_element(text: str) -> None:
    """Raw HTML is shown, never run; no script, image, style, form, frame or handler comes out."""
    for tag, attributes in Tags(to_html(text)).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        href = attributes.get("href") or ""
        assert not href or href.startswith(("http://", "https://", "mailto:", "#fn"))


@given(st.text(max_size=200) | st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join))
def test_any_text_gives_only_known_elements_and_attributes(text: str) -> None:
    """Whatever is written, what comes out holds only what the page's style knows."""
    for tag, attributes in Tags(to_html(text)).found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES


@given(
    st.lists(
        st.sampled_from(
            ["Homs", "*Hama*", "**x**", "_y_", "`z`", "[w](https://w.example)", "\n\n", "- v", "> u", "1. t"]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_is_lost(parts: list[str]) -> None:
    """Markup may go, the words under it stay, in order, in HTML and in plain text."""
    source = " ".join(parts)
    expected = [c for c in source.replace("https://w.example", "").replace("1.", "") if c.isalpha()]
    assert [c for c in Tags(to_html(source)).words if c.isalpha()] == expected
    assert [c for c in to_text(source) if c.isalpha()] == expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("3. March 2024 was cold", "<p>3. March 2024 was cold</p>"),
        ("#Homs and #Hama today", "<p>#Homs and #Hama today</p>"),
        ("- already bare", "<p>- already bare</p>"),
        ("Title\n===", "<p>Title\n===</p>"),
        ("    four spaces", "<p>four spaces</p>"),
        ("AT&T &copy; R&D", "<p>AT&amp;T © R&amp;D</p>"),
        ("a\u00a0b", "<p>a&nbsp;b</p>"),
        ("two  \nlines", "<p>two<br>\nlines</p>"),
        ("[1]: https://x.example", '<p>[1]: https://x.example</p>'),
        ("2*3*4 snake_case_name", "<p>2<em>3</em>4 snake_case_name</p>"),
    ],
)  # fmt: skip
def test_an_item_is_a_paragraph(text: str, html: str) -> None:
    """No heading, list or code block is made of an item's own first line."""
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "*early**__*late",
        "| a | b |\n|---|---|\n| c | d | overhanging |",
        "*said* here\n\n[r]: https://x.example/ 'nowhere referred to'",
        "<[*mail*](https://x.example/)@x.example>",
    ],
)
def test_what_markdown_would_lose_is_shown_as_it_is_written(text: str) -> None:
    """Where the library drops a word, or puts its own sign in the place of it, the source itself is shown."""
    assert "".join(Tags(to_html(text)).words.split()) == "".join(text.split())


def test_links_leave_no_referrer_and_bare_addresses_are_links() -> None:
    """Every link says noopener and noreferrer; the full stop after an address is not part of it."""
    html = to_html("See https://x.example/a_b_(c)). And [y](//y.example), [z](../private).")
    assert (
        '<a href="https://x.example/a_b_(c)" rel="noopener noreferrer">https://x.example/a_b_(c)</a>).'
        in html
    )
    assert '<a href="https://y.example" rel="noopener noreferrer">y</a>' in html
    assert "private" not in html


def test_an_image_becomes_a_link_with_its_description() -> None:
    """Nothing is loaded from elsewhere: an image is a link a reader may follow."""
    html = to_html("![the bridge](https://x.example/p.jpg)")
    assert html == '<p><a href="https://x.example/p.jpg" rel="noopener noreferrer">the bridge</a></p>'
    assert "the bridge" in to_html("![the bridge](bridge.jpg)")


def test_footnotes_of_two_items_do_not_meet() -> None:
    """The same footnote in two items gives different ids, and each link has its target."""
    text = "Seen[^1] twice.\n\n[^1]: By two people."
    first, second = (Tags(to_html(text, number)).found for number in (1, 2))
    ids = [{a["id"] for _, a in tags if "id" in a} for tags in (first, second)]
    links = [{(a.get("href") or "")[1:] for t, a in tags if t == "a"} for tags in (first, second)]
    assert ids == links
    assert not ids[0] & ids[1]


@given(st.integers(0, 999), st.sampled_from(["1", "b", "note-2", "2"]))
def test_a_footnote_never_becomes_a_digit(number: int, label: str) -> None:
    """In what is short there is no mark, in plain text it stands in brackets behind a blank."""
    text = f"Shelling killed {number}[^{label}] and wounded 3.\n\n[^{label}]: Local *office*."
    assert to_text(text) == f"Shelling killed {number} and wounded 3."
    assert to_text(text, links=True) == f"Shelling killed {number} [1] and wounded 3.\n\n[1] Local office."
    glued = text.replace("] and", "]000 and")
    assert to_text(glued) == f"Shelling killed {number} 000 and wounded 3."
    assert f"killed {number}<sup" in to_html(text)
    assert ">[1]</a></sup>" in to_html(text)


def test_what_is_struck_out_is_no_news() -> None:
    """It is shown struck on pages, between tildes in plain text, and not at all in what is short."""
    text = "~~Homs has *fallen*.~~ Homs has not fallen."
    assert to_html(text) == "<p><del>Homs has <em>fallen</em>.</del> Homs has not fallen.</p>"
    assert to_text(text) == "Homs has not fallen."
    assert to_text(text, links=True) == "~~Homs has fallen.~~ Homs has not fallen."
    assert to_text("~~All of it.~~") == "~~All of it.~~"


def test_a_link_may_begin_with_a_blank() -> None:
    """A blank before its words costs it nothing."""
    assert "<a href=" in to_html("[ The mill](https://x.example/)")


def test_a_telephone_number_is_shown() -> None:
    """A link to a number leads nowhere on paper or by voice: the number stands beside its words."""
    assert to_text("Call [the hotline](tel:+963000000).") == "Call the hotline (+963000000)."
    assert to_html("[+963 000 000](tel:+963000000)") == "<p>+963 000 000</p>"


def test_plain_text_keeps_the_address_of_a_link() -> None:
    """In plain text a link's address follows its words; a bare address stands once."""
    text = "Read [the report](https://x.example/r) at https://y.example/s & more"
    assert to_text(text, links=True) == "Read the report <https://x.example/r> at https://y.example/s & more"
    assert to_text(text) == "Read the report at https://y.example/s & more"


@pytest.mark.parametrize(
    "part",
    ["[", "[a](", "![](", "<![CDATA[", "`", "*a ", "**a ", "_a_ ", "> ", "<a ", "&#91;", "\\", "~~~\n",
     "|a|b|\n|-|-|\n", "- a\n", "    - a\n", "[^1]", "***a*b**c ", "https://", "<http://", "a  \n", "\n\n"],
)  # fmt: skip
@pytest.mark.slow
@pytest.mark.parametrize("size", [19_000, 60_000])
def test_no_run_of_markup_takes_long(part: str, size: int) -> None:
    """A bomb of 60 kB, and one of the size the converter takes whole, are each done within a second."""
    started = time.process_time()
    to_html((part * size)[:size])
    assert time.process_time() - started < 1


def test_a_bomb_still_shows_what_was_written() -> None:
    """What is too much to convert comes out as text, whole."""
    assert Tags(to_html("[" * 5_000)).words == "[" * 5_000
    assert Tags(to_html("> " * 40 + "deep")).words.endswith("deep")


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_long_text_keeps_its_markup(between: str) -> None:
    """What is too long to be converted at once is converted piece by piece, and no word is lost."""
    code = "```\n" + "\n".join(f"# line {n} <b>" for n in range(500)) + "\n```"
    text = between.join(f"**\\<nick{n}>** said [so](https://x.example/{n})." for n in range(450))
    html = to_html(f"{text}\n\n{code}\n\nThe *end*.")
    assert html.count("<strong>&lt;nick") == html.count('">so</a>') == 450
    assert html.count("<pre><code># line 0 &lt;b&gt;\n") == 1
    assert html.endswith("<p>The <em>end</em>.</p>")
    assert "# line 499 <b>" in to_text(f"{text}\n\n{code}")


def test_brackets_in_brackets_are_shown_as_written() -> None:
    """The library would look through all of them for the end of each; a hundred links are links."""
    deep = "[(" * 60 + "x" + ")]" * 60
    assert to_html(f"*a* {deep}").count("[(") == 60
    assert to_html(f"*a* {deep}").startswith("<p>*a*")
    assert to_html("*a* " + "[there](https://x.example/) " * 100).count('">there</a>') == 100


@given(label=st.from_regex(r"[a-z]{2,9}( [a-z0-9]{2,9}){0,2}", fullmatch=True))
def test_names_of_links_and_codes_are_no_lost_words(label: str) -> None:
    """A link by name and code in a language are markup, not shown as written: readers need no such name."""
    link = f"**New:** [told][{label}] so.\n\n[{label.upper()}]: https://x.example/"
    alone = f"*New* [{label.upper()}][] so.\n\n[{label}]: https://x.example/"
    assert f">{label.upper()}</a> so." in to_html(alone)
    assert "<strong>New:</strong>" in to_html(link.replace("] so.", "]: so."))
    coded = f"**New:** [the `{label}` flag][] and [it][the `{label}` flag].\n\n[the `{label}` flag]: https://x.example/f"
    assert to_html(coded).count('<a href="https://x.example/f"') == 2
    assert prose(link) == "**New:** told so."
    assert to_html(link).startswith('<p><strong>New:</strong> <a href="https://x.example/"')
    assert to_html("Like *so*:\n\n```python\nf(<a>)\n```").endswith("<pre><code>f(&lt;a&gt;)\n</code></pre>")


def test_a_definition_of_nothing_is_shown() -> None:
    """Words in brackets that no link uses are words."""
    assert "Killed" in to_html("*Two* houses.\n\n[Killed]: https://x.example/houses")
