"""Changing the look: colours and fonts by config, one block of a page, an own style, a whole file.

The tables of docs/theming.md are written by ``python -m tests.pages.test_theming``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta, nodes

from sitrep.base.errors import ConfigError, SiteError, TemplateError
from sitrep.base.values import replace
from sitrep.config.values import ThemeLook
from sitrep.pages import templates
from sitrep.pages.pages import Pages
from sitrep.pages.theme_colours import GROUNDS, LEAST_CONTRAST, LINES, TEXTS, contrast, palette, styled
from sitrep.verbs.theme import eject, files_of_theme, listed
from tests.pages.samples import sample_archive, site_config

ROOT = Path(__file__).parents[2]
THEME, DOCUMENT = ROOT / "templates", ROOT / "docs" / "theming.md"
STYLE = (THEME / "style.css").read_text(encoding="utf-8")
MARK = "<!-- made by: python -m tests.pages.test_theming -->\n"


def tables() -> str:
    """What the document lists: templates with their blocks and variables, then the style's variables."""
    rows = ["| file | blocks | variables |", "| --- | --- | --- |"]
    environment = Environment(autoescape=True)
    for file in sorted(THEME.glob("*.html")):
        tree = environment.parse(file.read_text(encoding="utf-8"))
        blocks = sorted(block.name for block in tree.find_all(nodes.Block))
        names = sorted(meta.find_undeclared_variables(tree))
        rows.append(f"| {file.name} | {' '.join(blocks)} | {' '.join(names)} |")
    variables = sorted(set(re.findall(r"--([a-z]+):", STYLE)) - {"f"})
    named = " ".join(f"`--{name}`" for name in variables)
    return "\n".join(("", "## Templates", "", *rows, "", "## Variables of the style", "", named, ""))


def test_the_document_lists_every_template_block_and_variable() -> None:
    """What docs/theming.md says can be changed is what there is."""
    assert DOCUMENT.read_text(encoding="utf-8").partition(MARK)[2] == tables()


COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@given(st.sampled_from(["light", "dark"]), st.sampled_from(TEXTS), COLOURS)
def test_a_text_that_cannot_be_read_is_refused_with_its_pair(scheme: str, text: str, colour: str) -> None:
    """Any colour of a text is taken exactly if it has the least contrast with each ground."""
    look = replace(ThemeLook(), **{scheme: {text: colour}})
    grounds = palette(STYLE, scheme)
    weak = [ground for ground in GROUNDS if contrast(colour, grounds[ground]) < LEAST_CONTRAST]
    if not weak:
        assert f"--{text}:{colour}" in styled(STYLE, look)
        return
    with pytest.raises(ConfigError) as fault:
        styled(STYLE, look)
    told = fault.value.problems
    assert all(f"{text} {colour} on {g}" in p.fact for g, p in zip(weak, told, strict=True))


@pytest.mark.parametrize(
    "look",
    [
        ThemeLook(light={"inck": "#000000"}), ThemeLook(light={"ink": "black"}),
        ThemeLook(dark={"ink": "#fff"}),
        ThemeLook(serif="x;}body{display:none"), ThemeLook(measure="wide"), ThemeLook(sans="</style>"),
    ],
)  # fmt: skip
def test_what_is_no_colour_font_or_measure_is_refused(look: ThemeLook) -> None:
    """Nothing else gets into the style of the pages, and nothing at all is made before that is known."""
    with pytest.raises(ConfigError):
        styled(STYLE, look)
    with pytest.raises(ConfigError):
        Pages(site_config(look=look), [])


def test_every_colour_of_the_theme_may_be_set() -> None:
    """The names a site may use are those the style sheet has, in both schemes."""
    for scheme in ("light", "dark"):
        assert set(palette(STYLE, scheme)) == {*TEXTS, *GROUNDS, *LINES}


def page_with(folder: Path, look: ThemeLook | None = None) -> str:
    archive = sample_archive()
    config = site_config(look=look) if look else site_config()
    made = Pages(config, [folder]).update(archive, "2024-12-06") or b""
    archive.close()
    return made.decode()


def test_a_look_and_an_own_style_stand_in_every_page(tmp_path: Path) -> None:
    """They come after the theme's own rules, and the page's policy knows them."""
    (tmp_path / "extra.css").write_text(".lead { color: inherit }")
    page = page_with(tmp_path, ThemeLook(light={"ink": "#000000"}, measure="38rem"))
    assert ":root{--ink:#000000;--measure:38rem}.lead{color: inherit}</style>" in page


def test_one_block_of_a_page_can_be_written_anew(tmp_path: Path) -> None:
    """A template that extends its own name has everything else from the theme."""
    (tmp_path / "update.html").write_text(
        '{% extends "update.html" %}{% block care %}<p>Call first.</p>{{ super() }}{% endblock %}'
    )
    page = page_with(tmp_path)
    assert "<p>Call first.</p>" in page
    assert page.replace("<p>Call first.</p>", "") == page_with(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "{% extends 'update.html' %}{% block care %}\n{{ nothing }}{% endblock %}",
            "'nothing' is undefined",
        ),
        ("{% if %}", "Expected an expression"),
        ("{% extends 'theme/update.html' %}", 'there is no template "theme/update.html"'),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(tmp_path: Path, text: str, fact: str) -> None:
    """The site stands as it was; the fault names the file the writer has to open."""
    (tmp_path / "update.html").write_text(text)
    with pytest.raises(TemplateError) as fault:
        page_with(tmp_path)
    assert fault.value.problems[0].path == "templates/update.html"
    assert fault.value.problems[0].line in (1, 2)
    assert fault.value.problems[0].fact.startswith(fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "{% for a in range(9**5) %}{% for b in range(9**5) %}{% endfor %}{% endfor %}",
            "a page takes more than",
        ),
        ("{% for a in range(10**12) %}{% endfor %}", "range(0, 1000000000000) is longer than 100,000"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "maximum recursion depth exceeded"),
    ],
)
def test_a_template_that_never_ends_is_broken_off_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, fact: str
) -> None:
    """A loop within a loop, a list as long as memory, a macro that calls itself."""
    monkeypatch.setattr(templates, "SECONDS", 0.2)
    (tmp_path / "update.html").write_text(text)
    with pytest.raises(TemplateError) as fault:
        page_with(tmp_path)
    (problem,) = fault.value.problems
    assert (problem.path, problem.line) == ("templates/update.html", 1)
    assert problem.fact.startswith(fact)


def test_a_template_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever laid it is told so; no text is blamed, and nothing ends in a traceback."""
    (tmp_path / "update.html").write_text("x")

    def refuse(path: str, *_: object, **named: str) -> object:
        if str(tmp_path) in path:
            raise PermissionError(13, "Permission denied", path)
        return Path(path).open(**named)  # type: ignore[call-overload]

    monkeypatch.setattr("jinja2.loaders.open", refuse, raising=False)
    with pytest.raises(TemplateError) as fault:
        page_with(tmp_path)
    (problem,) = fault.value.problems
    assert (problem.path, problem.fact) == ("templates/update.html", "it cannot be read: permission denied")
    assert fault.value.__cause__ is None


def test_a_file_of_the_theme_is_copied_once(tmp_path: Path) -> None:
    """``theme eject`` gives the bytes of the theme, never over a file that is there."""
    own = tmp_path / "templates"
    assert list(listed(own)) == list(files_of_theme())
    said = list(eject(own, ["update.html"]))
    assert (own / "update.html").read_bytes() == (THEME / "update.html").read_bytes()
    assert '  {% extends "update.html" %}' in said
    assert any("yours" in line for line in listed(own))
    for name in ("update.html", "../config.yaml"):
        with pytest.raises(SiteError):
            list(eject(own, [name]))


if __name__ == "__main__":
    written = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0] + MARK + tables()
    DOCUMENT.write_text(written, encoding="utf-8")
