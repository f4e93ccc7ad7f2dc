"""The theme's style sheet and the look of config.yaml -> the style of every page, if that can be read.

Colours are checked before anything is published: text a reader with weak eyes, an old screen or bright
sun cannot read is a fault of the site, not of the reader.
"""

from __future__ import annotations

import re

from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Problem
from sitrep.base.patterns import lazy_pattern
from sitrep.config.values import ThemeLook

LEAST_CONTRAST = 7.0
"""Of every text with what is behind it (WCAG 2.2, level AAA)."""
GROUNDS = ("paper", "panel", "mark")
HUES = ("blue", "brown", "green", "violet", "grey", "red", "teal", "ochre")
TEXTS = ("ink", "soft", "link", *HUES)
LINES = ("hair", "thin", "sea")
"""Colours of lines and water, which carry no text."""

_COLOUR = lazy_pattern(r"#[0-9a-fA-F]{6}")
_FONT = lazy_pattern(r"[\w \-.,'\"]+")
_MEASURE = lazy_pattern(r"\d{1,3}(?:\.\d+)?(?:rem|em|ch)")


def styled(css: str, look: ThemeLook) -> str:
    """The style sheet with the site's own colours, fonts and measure after it.

    Raises ConfigError with every value that is none and every pair of colours that cannot be read.
    """
    faults = [*_malformed(look), *_weak(css, look)]
    if faults:
        raise ConfigError(*faults)
    light = [f"--{name}:{value}" for name, value in look.light.items()]
    light += [f"--{name}:{said}" for name in ("serif", "sans", "measure") if (said := getattr(look, name))]
    dark = ";".join(f"--{name}:{value}" for name, value in look.dark.items())
    own = f":root{{{';'.join(light)}}}" if light else ""
    return css + own + (f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}" if dark else "")


def palette(css: str, scheme: str) -> dict[str, str]:
    """The colours that a style sheet sets for ``light`` or ``dark``."""
    light, _, rest = css.partition("prefers-color-scheme:dark")
    part = light if scheme == "light" else rest.partition("}}")[0]
    return dict(re.findall(r"--([a-z]+):\s*(#[0-9a-fA-F]{6})", part))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _malformed(look: ThemeLook) -> list[Problem]:
    known = (*TEXTS, *GROUNDS, *LINES)
    faults = []
    for scheme, colours in (("light", look.light), ("dark", look.dark)):
        for name, value in colours.items():
            if name not in known:
                faults.append(_fault(f'look: {scheme} has no colour "{name}"', f"use {', '.join(known)}"))
            elif not _COLOUR.fullmatch(value):
                fact = f'look: {scheme}: {name} is "{value}", which is no colour'
                faults.append(_fault(fact, 'write it with six digits in quotes, as "#1a1917"'))
    for name, form, example in (
        ("serif", _FONT, "Charter, Georgia, serif"),
        ("sans", _FONT, "system-ui, sans-serif"),
        ("measure", _MEASURE, "40rem"),
    ):
        said = getattr(look, name)
        if said and not form.fullmatch(said):
            faults.append(_fault(f'look: {name} is "{said}"', f"write it as {example}"))
    return faults


def _weak(css: str, look: ThemeLook) -> list[Problem]:
    faults = []
    for scheme, own in (("light", look.light), ("dark", look.dark)):
        if not own:
            continue
        colours = {**palette(css, scheme), **{n: v for n, v in own.items() if _COLOUR.fullmatch(v)}}
        for text in TEXTS:
            for ground in GROUNDS:
                if text not in colours or ground not in colours or not {text, ground} & own.keys():
                    continue
                ratio = contrast(colours[text], colours[ground])
                if ratio < LEAST_CONTRAST:
                    fact = (
                        f"look: {scheme}: {text} {colours[text]} on {ground} {colours[ground]} has a contrast"
                        f" of {ratio:.1f} to 1"
                    )
                    faults.append(_fault(fact, f"it must be {LEAST_CONTRAST:g} or more: {_way(scheme)}"))
    return faults


def _way(scheme: str) -> str:
    return "make the text darker" if scheme == "light" else "make the text lighter"


def _fault(fact: str, remedy: str) -> Problem:
    return Problem(path="config.yaml", fact=fact, remedy=remedy)
