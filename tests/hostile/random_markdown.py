"""Markdown as nobody writes it: pieces of every kind of markup, whole and broken, one in another."""

from __future__ import annotations

from hypothesis import strategies as st

WORD = "w{}w"
"""A word that is looked for afterwards; its number is its place in the text."""

_AROUND = (
    "{}", "*{}*", "**{}**", "***{}***", "_{}_", "__{}__", "~~{}~~", "`{}`", "``{}``",
    "[{}](https://e.example/a)", "[{}](https://e.example/a 'b')", "[{}](<https://e.example/a b>)",
    "[{}][r]", "[{}]", "![{}](p.jpg)", "![{}](.)", "<b>{}</b>", "<script>{}</script>", "<!--{}-->",
    "<![CDATA[{}]]>", "&lt;{}&gt;", "({})", "\"{}\"", "<i title='{}'>", "[^{}]", "{}[^1]", "| {} |",
    "**{}*", "*{}**", "[{}](javascript:a)", "`{}``", "{{{{ {} }}}}", "<a href=\"{}\">", "<{}@e.example>",
    "<https://e.example/{}>", "https://e.example/{}", "> {}", "- {}",
)  # fmt: skip
_BESIDE = (
    "*", "**", "_", "__", "~~", "`", "```", "[", "]", "(", ")", "![", "](", "<", ">", "&", "&#", "&#8;",
    "&#x1b;", "&#27;[31m", "&#xfffe;", "&#xd800;", "&#8238;", "&#x202E;", "&rlm;", "&nbsp;", "&amp;",
    "&lt;script&gt;", "&#60;script&#62;", "&undefined;", "\\", "\\*", "\\\\", "|", "|-|-|", ":", "\x00",
    "\x02", "\x03", "\x08", "\x1b[2J", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\u2028", "\ufffe",
    "\ufeff", "\u200d", "\u00ad", "\u0301", "\x02wzxhzdk:7777\x03", "\x02klzzwxh:7777\x03", "klzzwxh:7777",
    "]]>", "-->", "{{", "%s", "\ue000title\ue001", "[r]: https://e.example/ 'x'", "[^1]: A note", "[^1]",
    "==", "---", "***", "#", "##", "1.", "2)", "+", "-", "\t", "    ", "  ", "é", "اب", "中", "👩‍👩‍👧",
)  # fmt: skip
_PARTED = ("", " ", "\n", "\n\n", "  \n", "\n    ", "\n> ", "\n- ", "\n  - ", "\n1. ", "\n| ", "\n\n    ")


@st.composite
def markdown(draw: st.DrawFn, most: int = 12) -> tuple[str, tuple[str, ...]]:
    """A text, and the words in it that must not be lost."""
    text, words = "", []
    for place in range(draw(st.integers(1, most))):
        if draw(st.booleans()):
            words.append(WORD.format(place))
            piece = words[-1]
            for around in draw(st.lists(st.sampled_from(_AROUND), max_size=3)):
                piece = around.format(piece)
        else:
            piece = draw(st.sampled_from(_BESIDE))
        text += draw(st.sampled_from(_PARTED)) + piece
    return text, tuple(words)
