"""A page carries the rules that it can use, and no others."""

from __future__ import annotations

import re
from itertools import compress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.pages.page_style import STYLE, STYLE_HASH, PageStyle, source_hash
from sitrep.pages.templates import minified

SHEET = minified((Path(__file__).parents[2] / "templates" / "style.css").read_text(encoding="utf-8"))
TAGS, CLASSES = ("p", "em", "main"), ("a", "b-1", "c_d")
NAMES = st.frozensets(st.sampled_from((*TAGS, *(f".{name}" for name in CLASSES))))


def cut(css: str, body: str) -> str:
    """What of a sheet stands in a page with that body."""
    page = PageStyle(css).put_into(f"<style>{STYLE}</style><i>{STYLE_HASH}</i>{body}")
    kept = page[len("<style>") : page.index("</style>")]
    assert page == f"<style>{kept}</style><i>{source_hash(kept)}</i>{body}"
    return kept


def body_of(names: frozenset[str]) -> str:
    """A page's body with these elements and classes."""
    classes = " ".join(name[1:] for name in names if name.startswith("."))
    tags = "".join(f"<{name}>" for name in names if not name.startswith("."))
    return f'<i class="{classes}">{tags}'


SELECTOR = st.tuples(st.sampled_from(("", *TAGS)), st.lists(st.sampled_from(CLASSES), max_size=2)).map(
    lambda parts: (frozenset({parts[0], *(f".{name}" for name in parts[1])} - {""}),
                   parts[0] + "".join(f".{name}" for name in parts[1]) or "*")
)  # fmt: skip
EXTRA = st.sampled_from(("", ":hover", "::after", ":not(.gone)", ":is(.gone,q)", "[title='.gone {']"))
CHAIN = st.lists(st.tuples(SELECTOR, EXTRA, st.sampled_from((" ", ">", "~", "+"))), min_size=1, max_size=3)


@given(st.lists(st.lists(CHAIN, min_size=1, max_size=3), min_size=1, max_size=6), NAMES, st.booleans())
def test_a_rule_stays_where_a_selector_of_it_can_match(
    rules: list[list[list[tuple[tuple[frozenset[str], str], str, str]]]], names: frozenset[str], wide: bool
) -> None:
    """Of any sheet a page keeps exactly the selectors that name nothing which it lacks, with their rules."""
    wanted, css = "", ""
    for number, rule in enumerate(rules):
        chains = ["".join(join + said + extra for (_, said), extra, join in chain)[1:] for chain in rule]
        block = f"{{order:{number};content:'}}'}}"
        css += ",".join(chains) + block
        fit = [all(needs <= names for (needs, _), _, _ in chain) for chain in rule]
        if any(fit):
            wanted += ",".join(compress(chains, fit)) + block
    if wide:
        css, wanted = f"@media print{{{css}}}", f"@media print{{{wanted}}}" if wanted else ""
    assert cut(css, body_of(names)) == wanted


def test_a_page_with_everything_keeps_the_whole_theme() -> None:
    """No rule of the theme is lost where every class and element of it is there."""
    classes = " ".join(re.findall(r"\.([a-zA-Z][\w-]*)", SHEET))
    tags = "".join(f"<{tag}>" for tag in set(re.findall(r"[a-z][a-z0-9]*", SHEET)))
    ids = "".join(f'<i id="{name}">' for name in re.findall(r"#([a-z]\w*)", SHEET))
    marked = '<i dir="rtl"><i dir="ltr"><i lang="ar-SY"><i lang="ckb"><i hidden><i aria-current="page">'
    assert cut(SHEET, f'<i class="{classes}">{tags}{ids}{marked}') == SHEET


@pytest.mark.parametrize(
    ("selector", "body"),
    [("#a", "<p id=a>"), ("q:has(#a:checked) p", '<q><p><i id="a">'), ("[dir=rtl] p", "<p dir='rtl'>"),
     ("p:lang(ar)", '<p lang="ar-SY">'), ("p:lang(ar)", "<p lang=ar>"), ("p[hidden]", "<p hidden>"),
     ("p[hidden]", "<p><script>q.hidden=true</script>")],
)  # fmt: skip
def test_ids_languages_and_directions_are_needed_too(selector: str, body: str) -> None:
    """A rule for one of these stands in pages that have it; what a selector excludes is no need."""
    sheet = selector + "{a:b}p:not([dir=rtl]):not(#a){c:d}"
    assert cut(sheet, body) == sheet
    assert cut(sheet, "<q><p>") == "p:not([dir=rtl]):not(#a){c:d}"


def test_values_that_no_rule_of_the_page_uses_are_left_out() -> None:
    """A custom property stands in a page that uses it, be it in its markup, and in no other."""
    sheet = ':root{--a:#123;--b:"A;} B",serif;--c:calc(1px + 2px)}.x{color:var(--a)}.y{font:1px var(--b)}'
    assert cut(sheet, "<p>") == ":root{}"
    assert cut(sheet, "<p class=x>") == ":root{--a:#123;}.x{color:var(--a)}"
    assert cut(sheet, "<p class=y>").startswith(':root{--b:"A;} B",serif;}.y')
    assert cut(sheet + ".z{top:var(--c)}", '<path fill="var(--c)">') == ":root{--c:calc(1px + 2px)}"


@pytest.mark.parametrize(
    "sheet", ["a{b:c}}.x{d:e}", ".x{", "@layer t;@font-face{font-family:x}", r".x\:y{a:b}"]
)
def test_what_is_not_understood_is_kept(sheet: str) -> None:
    """Rules that cannot be told apart, or named in another way, stand in every page."""
    assert cut(sheet, "<p>")[-6:] == sheet[-6:]


@pytest.mark.parametrize("body", ["<p class='x y'>", "<p class=x>", '<script>l.className="x"</script>'])
def test_a_class_is_found_however_it_is_written(body: str) -> None:
    """Quoted in either way, bare, or given by a script."""
    assert cut(".x{a:b}.z{c:d}", body) == ".x{a:b}"
