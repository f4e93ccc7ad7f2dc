"""The theme's style and scripts: contrast, weight, and no request to anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitrep.config.values import Hue, Mark
from sitrep.pages.templates import Templates, minified

THEME = Path(__file__).parents[2] / "templates"
STYLE = (THEME / "style.css").read_text(encoding="utf-8")


def colours(scheme: str) -> dict[str, str]:
    """The custom properties of a colour scheme that are colours."""
    dark = STYLE.index("prefers-color-scheme:dark")
    light, rest = STYLE[:dark], STYLE[dark : STYLE.index("}}", dark)]
    found = re.findall(r"--([a-z]+):(#[0-9a-f]{6})", light if scheme == "light" else rest)
    return dict(found)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_a_contrast_of_seven(scheme: str) -> None:
    """Ink, soft ink, links and all eight hues, on paper, panel and the highlight of a target (AAA)."""
    palette = colours(scheme)
    hues = list(Hue.__args__)  # type: ignore[attr-defined]
    assert set(hues) <= set(palette)
    weak = {
        (text, ground): round(contrast(palette[text], palette[ground]), 2)
        for text in ("ink", "soft", "link", *hues)
        for ground in ("paper", "panel", "mark")
        if contrast(palette[text], palette[ground]) < 7
    }
    assert not weak


def test_a_scheme_forgets_no_colour() -> None:
    """Dark sets every colour that light sets."""
    assert set(colours("light")) == set(colours("dark"))


def test_every_mark_and_hue_of_the_configuration_is_drawn() -> None:
    """A front may have any mark and hue the configuration offers."""
    for hue in Hue.__args__:  # type: ignore[attr-defined]
        assert f".{hue}{{--f:var(--{hue})}}" in STYLE
    for mark in Mark.__args__:  # type: ignore[attr-defined]
        assert re.search(rf"\.m\.{mark}\b", STYLE), mark


def test_the_theme_loads_nothing() -> None:
    """No import, font or picture in the style; scripts fetch only beside the page."""
    assert not re.search(r"url\(|@import|@font-face", STYLE)
    for script in THEME.glob("*.js"):
        assert not re.search(r"https?:|//[a-z]+\.|innerHTML|eval|cookie|localStorage", script.read_text())


def test_the_optional_script_is_small() -> None:
    """What asks for news weighs half a kilobyte."""
    text = (THEME / "banner.js").read_text(encoding="utf-8")
    assert len("".join(line for line in text.splitlines() if not line.startswith("//"))) <= 512


def test_compass_marks_never_mirror() -> None:
    """West points left in every language: directions are physical, all else is logical."""
    assert "border-right:.74em solid" in STYLE
    physical = re.findall(r"(?:margin|padding)-(?:left|right):", STYLE)
    assert physical == ["margin-left:"] or set(physical) == {"margin-left:"}
    assert STYLE.count("margin-left:") == 1  # centres the arrow of a mark


def test_a_style_sheet_is_minified_without_harm() -> None:
    """Comments and idle spaces go; spaces inside values and selectors stay."""
    css = (
        "/* a */\n.a  .b , .c { margin: 0 auto ; width:calc(50% - .2rem) }\n@media (x) and (y) { p { a:b; } }"
    )
    assert minified(css) == ".a .b ,.c{margin: 0 auto;width:calc(50% - .2rem)}@media (x) and (y){p{a:b}}"


def test_a_template_that_cannot_be_kept_is_used_all_the_same(tmp_path: Path) -> None:
    """Compiled templates are kept to save time: on a full disk pages come out as ever."""
    (tmp_path / "t.html").write_text("{{ word }} comes", encoding="utf-8")
    nowhere = tmp_path / "gone"
    assert Templates([tmp_path], cache=nowhere).render("t.html", word="Help") == "Help comes"
