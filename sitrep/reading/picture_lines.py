"""Takes the pictures out of a text: Markdown images and lines that name a file, with their captions."""

from __future__ import annotations

import re

from sitrep.base.nouns import Picture
from sitrep.base.patterns import lazy_pattern
from sitrep.reading.lines import PICTURE_FILE

_IMAGE = lazy_pattern(
    r"[ \t]?!\[(?P<alt>[^\]\[\n]{0,500})\]\("
    r"(?P<to><[^<>\n]{0,300}>|(?:[^()\n\"']|\([^()\n]{0,100}\)){0,300}?)"
    r"(?:\s+[\"'](?P<title>[^)\n]{0,300}?)[\"'])?\s*\)"
)
_EMBED = lazy_pattern(r"[ \t]?!\[\[(?P<to>[^\]\[|\n]{1,300})(?:\|(?P<alt>[^\]\[\n]{0,500}))?\]\]")
_LINE = lazy_pattern(rf"(?P<to>{PICTURE_FILE})\s*(?:[:|–—]\s*(?P<alt>\S.*))?", re.IGNORECASE)
_ELSEWHERE = lazy_pattern(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def take_pictures(text: str) -> tuple[str, list[Picture]]:
    """The text without its Markdown images, and the pictures they name.

    A picture that lies elsewhere on the web is no file beside the text: it becomes a link.
    """
    if "![" not in text:
        return text, []
    found: list[Picture] = []

    def replaced(m: re.Match[str]) -> str:
        file, alt = m["to"].strip("<> ").replace("\\", "/"), _caption(m)
        if not file:
            return m[0]
        if _ELSEWHERE.match(file):
            # Without words it is its address: a link must have something to click on.
            lead = m[0][: m[0].index("!")]
            return m[0].replace("![", "[", 1) if (m["alt"] or "").strip() else f"{lead}{file}"
        found.append(Picture(file=file, alt=alt))
        return ""

    text = _EMBED.sub(replaced, _IMAGE.sub(replaced, text))
    return text.strip(), found


def _caption(m: re.Match[str]) -> str:
    """The words beside a picture: its alternative text, and its title where that says more."""
    alt, title = (m["alt"] or "").strip(), (m.groupdict().get("title") or "").strip()
    return alt if title in alt else f"{alt} – {title}" if alt else title


def picture_line(text: str) -> Picture | None:
    """The picture a line of the form ``photo.jpg: caption`` names."""
    m = _LINE.fullmatch(text)
    return Picture(file=m["to"].strip(), alt=(m["alt"] or "").strip()) if m else None
