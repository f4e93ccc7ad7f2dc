"""Reads a mail that was saved as its program keeps it (RFC 5322): the words of its plain part, below the
lines of its head that tell who wrote what and when, as such a mail looks when it is copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitrep.base.patterns import lazy_pattern
from sitrep.reading.headers.held_back import held_key

if TYPE_CHECKING:
    from email.message import MIMEPart

_HEAD = lazy_pattern(r"(?:From [^\n]*\n)?(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n){0,99}){3,200}\n")
_CODED = lazy_pattern(
    r"^content-(?:transfer-encoding:\s*(?:quoted-printable|base64)|type:\s*multipart)",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_ABOVE = 2
"""Lines that tell who wrote, where a program has broken them."""
_KEPT = ("from", "to", "subject", "date")
_AS_IT_IS = ("7bit", "8bit", "binary", "")


def with_words_of_mail(text: str) -> str:
    """The text, where it is a mail in parts or in a code, as a person would copy it; any other as it is."""
    if ":" not in text[:62] or not (head := _HEAD.match(text)) or not _CODED.search(head[0]):
        return text
    # Imported on use: hardly a text is a mail.
    import email.policy
    from email.message import EmailMessage

    try:
        message = email.message_from_bytes(text.encode(), policy=email.policy.default)
        part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        body = part and _words(part)
        lines = [(key, f"{key}: {' '.join(str(value).split())}") for key, value in message.items()]
        told = [line for key, line in lines if key.lower() in _KEPT or held_key(line)]
    except Exception:  # Of what is put together wrongly the library raises anything.
        return text
    return "\n".join((*told, "", body)) if body else text


def without_quotation(text: str) -> str:
    """The text of a mail that only passes on another one, all of it quoted below who wrote: not quoted."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    above = next((at for at, line in enumerate(filled) if line[0] == ">"), 0)
    passed = 0 < above <= _MOST_ABOVE and filled[above - 1].rstrip()[-1] in ":："
    if not passed or not all(line[0] == ">" for line in filled[above:]):
        return text
    return "\n".join(line[1:].removeprefix(" ") if line[:1] == ">" else line for line in lines)


def _words(part: MIMEPart) -> str:
    said = part.get_payload(decode=True)
    if not isinstance(said, bytes):
        return ""
    as_it_is = str(part["content-transfer-encoding"] or "").lower() in _AS_IT_IS
    charset = "utf-8" if as_it_is else part.get_content_charset("utf-8")
    return said.decode(charset, "replace").replace("\r\n", "\n")
