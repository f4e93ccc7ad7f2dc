"""Text with the constructs of another program -> text without them, and their names.

A short code or an include shows readers nothing but itself; what it would have shown is not in the text.
It is taken out and reported, never passed on.
"""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_ENCLOSING = lazy_pattern(r"\[(caption|wp_caption)\b[^\]]*\](.*?)\[/\1\]", re.S)
_SHORT_CODES = (
    "gallery|audio|video|playlist|embed|contact-form-7|contact-form|gravityform|youtube|vimeo|twitter|tweet"
    "|instagram|soundcloud|ads|adsense|sitemap|archives|subscribe2|social|sharing|toc|table|slideshow|map|wpforms"
)
_PATTERNS = (
    ("Hugo short code", lazy_pattern(r"\{\{([<%])\s*/?\s*([\w./-]+).*?[>%]\}\}", re.S)),
    ("Liquid tag", lazy_pattern(r"\{%-?\s*()(\w+).*?-?%\}", re.S)),
    ("template expression", lazy_pattern(r"\{\{-?\s*()([\w.]+)[^{}]*\}\}")),
    ("short code", lazy_pattern(rf"\[/?()({_SHORT_CODES})\b[^\]\n]*\]")),
)


def cleared(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, and for each construct that was taken out its kind and name: ``Liquid tag include``."""
    text = _ENCLOSING.sub(lambda found: found[2], text)
    odd: list[str] = []
    for kind, pattern in _PATTERNS:

        def out(found: re.Match[str], kind: str = kind) -> str:
            odd.append(f"{kind} {found[2]}")
            return ""

        text = pattern.sub(out, text)
    return text, tuple(odd)
