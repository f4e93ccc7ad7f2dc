"""Bytes from a pipe, a mail or a file -> a new file in feeds/, dated by its arrival if it has no date."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.parser
import email.policy
import os
import re
import sys
from email.message import EmailMessage, MIMEPart
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from sitrep.base.disk import add_file, disk_faults, make_folder, read_file
from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem, Source
from sitrep.config.values import Config

_MAIL_ONLY = re.compile(
    rb"^(?:Received|Message-ID|Return-Path|MIME-Version|Delivered-To|DKIM-Signature|Resent-From|Resent-To):"
    rb"|^(?:From|Sender|Reply-To):[^\n]*@|\AFrom:.*\n(?:.*\n){0,20}?(?:To|Subject):",
    re.I | re.M,
)
_HEAD = re.compile(rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_PART, _MOST_PARTS = re.compile(rb"^content-type:", re.I | re.M), 100
_LONGEST_HEAD = 64_000
"""Bytes of a mail's head, at most: some have a page of stations, none has a book."""


def add(content: bytes, feeds: Path, config: Config, now: dt.datetime) -> Path:
    """Write a text into feeds/ under a name of its own; returns where it stands.

    A text without a date is named after the moment of its arrival in the site's zone, which dates it.
    Nothing is ever overwritten. Raises SiteError if there is no text or feeds/ takes none.
    """
    text = text_of(content, config)
    if not text.strip():
        raise SiteError(
            Problem(path="-", fact="there is no text to add", remedy="give a file, or pipe a text in")
        )
    local = now.astimezone(ZoneInfo(config.site.timezone))
    dated = _dated(text.decode("utf-8", "replace"), config)
    name = f"added-{_letters(text)}.txt" if dated else f"{local:%Y-%m-%d %H-%M-%S}.txt"
    remedy = "make room or allow writing there, and add it again"
    with disk_faults("feeds", "the text could not be added", remedy):
        make_folder(feeds, "")
        return feeds / _put(feeds, name, text)


def text_of(content: bytes, config: Config) -> bytes:
    """The text itself: of a mail its plain part, under the subject where only that holds the date."""
    head = _head_of(content)
    if head is None:
        return content
    if len(head) > _LONGEST_HEAD:
        raise _unreadable("its head is too long", "send it anew, not as one that was passed on many times")
    if len(_PART.findall(content)) > _MOST_PARTS:
        raise _unreadable("it has too many parts", _AS_PLAIN)
    try:
        message = email.parser.BytesParser(policy=email.policy.default).parsebytes(content)
        part = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
        body = None if part is None else _content_of(part)
        subject = " ".join(str(message.get("Subject", "")).split())
    except Exception as fault:  # parts within parts within parts, character sets that do not exist
        raise _unreadable(f"it is put together wrongly ({type(fault).__name__})", _AS_PLAIN) from fault
    if body is None:
        raise _unreadable("it holds no plain text", _AS_PLAIN)
    body = body.replace("\r\n", "\n").partition("\n-- \n")[0].strip() + "\n"
    if not _dated(body, config) and _dated(f"{subject}\n\n- x\n", config):
        body = f"{subject}\n\n{body}"
    return body.encode("utf-8", "replace")


def _content_of(part: MIMEPart) -> str:
    """Its words; where a program has not said how they are written, they are UTF-8 as everywhere."""
    if part.get_content_charset() is None:
        written = part.get_payload(decode=True)
        return written.decode("utf-8", "replace") if isinstance(written, bytes) else str(written)
    return str(part.get_content())


_AS_PLAIN = "send it as plain text, not HTML, or add the text itself"


def _head_of(content: bytes) -> bytes | None:
    """The head of a mail, however long; None for what is no mail."""
    head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"
    return head if _HEAD.fullmatch(head) and _MAIL_ONLY.search(head) else None


def _unreadable(why: str, remedy: str) -> SiteError:
    return SiteError(Problem(path="-", fact=f"the mail cannot be added: {why}", remedy=remedy))


def _dated(text: str, config: Config) -> bool:
    from sitrep.reading.parse import parse

    return bool(parse(Source(path="mail.txt", digest="", text=text), config).updates)


def _letters(text: bytes) -> str:
    """A name for a text by what it says, of letters alone: digits might be taken for a date."""
    return blake2b(text, digest_size=4).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))


def _put(feeds: Path, name: str, text: bytes) -> str:
    """The name under which the text stands in feeds/ now; nothing is ever overwritten."""
    stem, ending = os.path.splitext(name)
    for number in range(1, 1_000):
        free = name if number == 1 else f"{stem} ({number}){ending}"
        with contextlib.suppress(FileExistsError):
            add_file(feeds, free, text)
            return free
        with contextlib.suppress(OSError):
            if read_file(feeds, free, len(text) + 1) == text:  # a mail that is delivered twice is one text
                return free
    raise FileExistsError(17, "a thousand files of that name are there already")


def read_text(name: str, limit: int) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises SiteError for more than ``limit``."""
    with disk_faults(name, "it cannot be read", "check the name, or pipe the text in"):
        if name == "-":
            content = sys.stdin.buffer.read(limit + 1)
        else:
            with open(name, "rb") as opened:
                content = opened.read(limit + 1)
    if len(content) > limit:
        raise SiteError(
            Problem(
                path=name,
                fact=f"the text is larger than the limit of {limit:,} bytes",
                remedy="split it into several, or raise limits: source_bytes: in config.yaml",
            )
        )
    return content
