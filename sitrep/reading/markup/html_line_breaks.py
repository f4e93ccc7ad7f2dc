"""Breaks the lines of a mail or page in HTML where it breaks them, so that each is read by itself."""

from __future__ import annotations

import re

from sitrep.base.patterns import lazy_pattern

_OPENS = lazy_pattern(
    r"(?:[A-Z][\w-]{1,40}: .*\n|\s)*<(?:!doctype|html|head|meta|body|div|p|table|span)\b", re.IGNORECASE
)
_BREAK = lazy_pattern(
    r"(?P<line><br\b[^<>]{0,200}>)(?=[^\n])|(?P<block></(?:p|div|li|h[1-6]|tr|ul|ol)\s?>)\n?", re.IGNORECASE
)
_QUOTED = lazy_pattern(r"<blockquote\b[^<>]{0,200}(?:cite|gmail_quote)[^<>]{0,200}>", re.IGNORECASE)
_END_OF_QUOTED = "</blockquote>"
_LEFT_OUT = lazy_pattern(
    r"<div\b[^<>]{0,200}(?:gmail|moz|ms-outlook|[\"'])[_-]?signature[^<>]{0,200}>(?:(?!</?div)[\s\S]){0,2000}</div>"
    r"|<!\[(?:if[^\]]{0,80}|endif)\]>|<!doctype\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_TITLE = lazy_pattern(r"<title\b[^<>]{0,200}>([^<>]{0,300})</title\s?>", re.IGNORECASE)
"""Of a page; it is shown where the page has no heading of its own."""


def with_broken_lines(text: str) -> str:
    """A text that is HTML with its breaks as ends of lines, without the mail that it answers; any other as
    it is."""
    if "<" not in text or not _OPENS.match(text):
        return text
    if "=3D" in text:  # Quoted-printable that nobody undid (RFC 2045, 6.7).
        text = text.replace("=\n", "").replace("=3D", "=").replace("=20", " ")
    quoted, end = _QUOTED.search(text), text.rfind(_END_OF_QUOTED)
    if quoted and quoted.start() < end:
        text = text[: quoted.start()] + text[end + len(_END_OF_QUOTED) :]
    text = _TITLE.sub("" if "<h1" in text.lower() else r"\1\n\n", _LEFT_OUT.sub("", text))
    return _BREAK.sub(lambda found: f"{found[0]}\n" if found["line"] else f"{found['block']}\n\n", text)
