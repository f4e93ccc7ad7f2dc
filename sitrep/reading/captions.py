"""Pictures that a text names, the words below them, and lines that say where an item comes from."""

from __future__ import annotations

import re

from sitrep.base.nouns import Picture
from sitrep.base.patterns import lazy_pattern
from sitrep.reading.blocks import Block, Shape
from sitrep.reading.rows import PICTURE_FILE
from sitrep.reading.words import words_of

_LONGEST_CAPTION = 250
_SAID = words_of("captions")
_CAPTION = lazy_pattern(rf"[*_(]*(?:[▲△▴▵↑⬆☝]|(?:{_SAID['pictures']})\b)", re.IGNORECASE)
_LINK = lazy_pattern(r"[*_(]*!?\[[^\[\]\n]{0,150}\]\(https?://[^()\s]{1,300}\)[*_)]*\.?")
_PICTURE_LINK = lazy_pattern(r"!\[[^\[\]\n]*\]\(")
_URL = lazy_pattern(r"<?https?://\S+>?$")
_SOURCE = lazy_pattern(rf"\(?(?:{_SAID['sources']})\s*[:：]", re.IGNORECASE)
_IMAGE = lazy_pattern(
    r"[ \t]?!\[(?P<alt>[^\]\[\n]{0,500})\]\("
    r"(?P<to><[^<>\n]{0,300}>|(?:[^()\n\"']|\([^()\n]{0,100}\)){0,300}?)"
    r"(?:\s+[\"'](?P<title>[^)\n]{0,300}?)[\"'])?\s*\)"
)
_EMBED = lazy_pattern(r"[ \t]?!\[\[(?P<to>[^\]\[|\n]{1,300})(?:\|(?P<alt>[^\]\[\n]{0,500}))?\]\]")
_LINE = lazy_pattern(rf"(?P<to>{PICTURE_FILE})\s*(?:[:|–—]\s*(?P<alt>\S.*))?", re.IGNORECASE)
_ELSEWHERE = lazy_pattern(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def take_pictures(text: str) -> tuple[str, list[Picture]]:
    """The text without its Markdown images, and the pictures they name. A picture that lies elsewhere on the
    web is no file beside the text: it becomes a link."""
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


def is_source_line(text: str) -> bool:
    """True for a line that only says where the item above it comes from."""
    return bool(_URL.match(text)) or (len(text) <= 200 and bool(_SOURCE.match(text) or _LINK.fullmatch(text)))


def is_caption(block: Block, above: Block | None) -> bool:
    """True for the words below a picture: right below it, or with a sign that points at it."""
    if above is None or len(block.rows) > 1 or len(block.text) > _LONGEST_CAPTION:
        return False
    if above.shape is not Shape.PICTURE and not _PICTURE_LINK.match(above.text):
        return False
    return block.first.number == above.rows[-1].number + 1 or bool(_CAPTION.match(block.text))
