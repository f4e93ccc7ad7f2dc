"""An output folder of which nothing is known -> the files in it that this program once wrote.

Needed when the archive was lost together with what told of its artifacts. Somebody may have put files
of their own into the folder, so a file counts as ours only by its place and its content together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from sitrep.base.disk import TEMPORARY
from sitrep.base.patterns import lazy_pattern
from sitrep.site.copies import original_of

_KEY, _MONTH = r"\d{4}-\d\d-\d\d(?:-\d+)?", r"\d{4}-\d\d"
_EDITION = r"(?:[a-z]{2,3}(?:-[a-z]+)?/)?"
_SIGNS = tuple(
    (lazy_pattern(place), sign)
    for place, sign in (
        (r".*\.html", b"default-src 'none'"),
        (_EDITION + _KEY + r"\.txt", b"/\n"),
        (rf"(?:[\w-]+/){{0,2}}(?:feed|rss)(?:-{_MONTH}(?:-\d+)?)?\.xml", b">sitrep</generator>"),
        (rf"(?:[\w-]+/){{0,2}}feed(?:-{_MONTH}(?:-\d+)?)?\.json", b'{"_sitrep":'),
        (rf"{_EDITION}sitemap-{_MONTH}\.xml", b"schemas/sitemap/"),
        (rf"{_EDITION}\d{{4}}/\d\d/{_MONTH}\.zip", b"PK"),
        (rf"{_EDITION}search/{_MONTH}(?:-\d)?\.js(?:on)?", b'{"items":[['),
        (rf"api/(?:months/{_MONTH}|updates/{_KEY})\.json", b'"version":'),
        (r"media/[0-9a-f]{16}\.\w+", b""),
    )
)


def leftovers(output: Path, wanted: Collection[str]) -> Iterator[str]:
    """Places below ``output`` of files that this program once wrote and that are not ``wanted``."""
    root = os.fspath(output)
    for folder, _, names in os.walk(root):
        inside = folder[len(root) :].replace(os.sep, "/").lstrip("/")
        for name in names:
            place = f"{inside}/{name}" if inside else name
            if place not in wanted and (name.startswith(TEMPORARY) or _is_ours(output, place)):
                yield place


def _is_ours(output: Path, place: str) -> bool:
    text = original_of(place)
    if text != place:
        # A copy of one of our texts, even if it is not ours, would be handed out in its place.
        return (output / text).exists() and _is_ours(output, text)
    sign = next((sign for matches, sign in _SIGNS if matches.fullmatch(place)), None)
    if sign is None:
        return False
    try:
        content = (output / place).read_bytes()
    except OSError:
        return False
    if place.endswith((".html", ".txt")):
        return sign in content and _names_itself(content, place)
    return sign in content


def _names_itself(content: bytes, place: str) -> bool:
    """True if a page's canonical address, or the last line of a text, is that of this very place."""
    if place.endswith(".txt"):
        return content.endswith(f"/{place.removesuffix('.txt')}/\n".encode())
    found = re.search(rb'<link rel="canonical" href="([^"]*)">', content)
    return bool(found and found[1].endswith(f"/{place.removesuffix('index.html')}".encode()))
