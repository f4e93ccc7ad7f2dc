"""Bytes that are not UTF-8 -> the 8-bit code page they were most likely written in, told by their letters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sitrep.base.shipped import shipped_json

_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_SIGNS = frozenset("“”‘’‚„‹›«»–—…•·§°€£©®™´\xa0\xad\u200e\u200f،؛؟")
"""Signs of any language, which tell nothing."""
_ENOUGH = 0.16
"""A text of such letters has at least this share of the common ones; chance gives a tenth of that."""


@cache
def _letters() -> dict[str, Any]:
    """By page, the letters beyond ASCII of the languages that are written in it. Under ``latin`` all of them;
    where two pages fit alike, the earlier is taken. Under ``scripts``, where whole words lie beyond ASCII,
    those that make up two thirds of a text, and the rest. Under ``double``, of two bytes a letter, those that
    make up a third and more."""
    return dict[str, Any](shipped_json("reading/decoding/code_pages.json"))


def name_of(page: str) -> str:
    """What a page is called: Windows-1252 (Western)."""
    return str(_letters()["called"][page])


def code_page(content: bytes) -> str:
    """The page, as Python calls it. Letters beyond ASCII stand in runs in Arabic, Cyrillic, Greek and Hebrew
    words, singly in Latin ones."""
    double, share = _double(content)
    if share >= _ENOUGH:
        return double
    high = sum(byte > 0x7F for byte in content)
    runs = b" ".join(_HIGH_RUN.findall(content))
    if 3 * len(runs) < 2 * high:
        pages = ((page, letters) for page, *alphabets in _letters()["latin"] for letters in alphabets)
        fits = [(_share(content, page, letters), str(page)) for page, letters in pages]
    else:
        fits = [(_share(runs, page, often) + _share(runs, page, often + rest), page)
                for page, often, rest in _letters()["scripts"]]  # fmt: skip
    return max(fits, key=lambda fit: fit[0])[1]


def _double(content: bytes) -> tuple[str, float]:
    """The page of two bytes a letter that fits best, and how much of what is beyond ASCII is common in it."""
    fits = [("", 0.0)]
    for page, letters in _letters()["double"]:
        try:
            content.decode(page)
        except UnicodeDecodeError:
            continue
        fits.append((page, _share(content, page, letters)))
    return max(fits, key=lambda fit: fit[1])


def _share(content: bytes, page: str, letters: str) -> float:
    """Which share of what is beyond ASCII are these letters, if the bytes are of that page. A capital after a
    small letter counts against the page: nobody writes so."""
    text = content.decode(page, "replace")
    small = text.lower() if len(text.lower()) == len(text) else text
    beyond = fitting = 0
    before = " "
    for char, low in zip(text, small, strict=True):
        if char > "\x7f" and char not in _SIGNS:
            beyond += 1
            fitting += low in letters and not (char != low and before.islower())
        before = char
    return fitting / beyond if beyond else 0.0
