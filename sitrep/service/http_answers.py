"""A file of output/ and what a browser asked -> the answer: type, validators, 304, compression."""

from __future__ import annotations

import base64
import email.utils
import gzip
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from sitrep.base.disk import folder_of
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.site.media_types import TYPES

_PACKED = frozenset({"html", "xml", "opml", "json", "txt", "css", "js", "svg"})
_FEED = lazy_pattern(r"(?:.*/)?feed(?:-[\w-]+)?\.json")

_SCRIPT = """\
(e=>{new EventSource("/_events").onmessage=()=>fetch(location.pathname,{method:"HEAD",cache:"no-store"})\
.then(r=>r.headers.get("etag")!==e&&location.reload())})(document.currentScript.dataset.etag)"""
_SCRIPT_HASH = "'sha256-" + base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode() + "'"

HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class ServedFile(Struct, frozen=True):
    """One file of output/ at one moment."""

    content: bytes
    etag: str
    modified: float


def place_of(path: str) -> str | None:
    """The file that a request's path (decoded) stands for; None for what is never given out."""
    place = path.removeprefix("/")
    if place == "" or place.endswith("/"):
        place += "index.html"
    parts = place.split("/")
    if parts[0] == ".well-known":
        del parts[0]
    if "\\" in place or "\0" in place or any(not part or part.startswith(".") for part in parts):
        return None
    return place


def read_file(root: Path, place: str) -> ServedFile | None:
    """A regular file below ``root``, reached without following a link; None if there is none."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        with folder_of(root, place) as (folder, name):
            descriptor = os.open(name, flags, dir_fd=folder)
    except (OSError, ValueError):
        return None
    seen = os.fstat(descriptor)
    if not stat.S_ISREG(seen.st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as opened:
        content = opened.read()
    return ServedFile(content, f"{seen.st_mtime_ns:x}-{len(content):x}", seen.st_mtime)


def is_folder(root: Path, place: str) -> bool:
    """True if a folder with a page stands there: its address wants a slash at the end."""
    return read_file(root, f"{place}/index.html") is not None


def type_of(place: str) -> str:
    """The media type of a file, by its name."""
    if _FEED.fullmatch(place):
        return "application/feed+json"
    return TYPES.get(place.rpartition(".")[2], "application/octet-stream")


def is_known(sent: ServedFile, etag: str, headers: Mapping[str, str]) -> bool:
    """True if the asker has this very version already (RFC 9110, 13.1)."""
    wanted = headers.get("if-none-match")
    if wanted is not None:
        tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        return "*" in tags or etag in tags
    try:
        since = email.utils.parsedate_to_datetime(headers.get("if-modified-since", ""))
        return int(sent.modified) <= since.timestamp()
    except (TypeError, ValueError, OverflowError):
        return False


def with_reload(page: bytes, etag: str) -> bytes:
    """The page with the script that loads it anew after a publish, and a policy that lets it run."""
    text = page.decode("utf-8", "replace")
    if "script-src '" in text:
        text = text.replace("script-src '", f"script-src {_SCRIPT_HASH} '", 1)
    else:
        policy = f"default-src 'none'; script-src {_SCRIPT_HASH}; connect-src 'self'"
        text = text.replace("default-src 'none'", policy, 1)
    script = f'<script data-etag="{etag.replace(chr(34), "&quot;")}">{_SCRIPT}</script>\n'
    return text.replace("</body>", f"{script}</body>", 1).encode()


def answer(
    sent: ServedFile, place: str, asked: Mapping[str, str], *, live: bool = False, code: int = 200
) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers for a file; ``live`` adds the script that loads a page anew."""
    content, etag = sent.content, sent.etag
    ending = place.rpartition(".")[2]
    if live and ending == "html":
        etag = f"{etag}-live"
        content = with_reload(content, f'"{etag}"')
    headers = {
        **HEADERS,
        "Content-Type": type_of(place),
        "Last-Modified": email.utils.formatdate(sent.modified, usegmt=True),
    }
    if ending in _PACKED:
        headers["Vary"] = "Accept-Encoding"
        if len(content) > 1_000 and _takes_gzip(asked.get("accept-encoding", "")):
            etag = f"{etag}-gz"
            headers["Content-Encoding"] = "gzip"
    headers["ETag"] = f'"{etag}"'
    if code == 200 and is_known(sent, headers["ETag"], asked):
        kept = ("Cache-Control", "ETag", "Vary", "Last-Modified")
        return 304, b"", {name: value for name, value in headers.items() if name in kept}
    return code, gzip.compress(content, 6) if "Content-Encoding" in headers else content, headers


def _takes_gzip(accepted: str) -> bool:
    return bool(re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accepted))
