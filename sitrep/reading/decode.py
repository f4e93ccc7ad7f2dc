"""Turns the bytes of a dropped file into a source: decoded, normalised, without what no page can show."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata

from sitrep.base.nouns import Problem, Severity, Source
from sitrep.base.values import Struct

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates reorder text beyond themselves, and one left open reorders what follows;
# the plain marks (U+200E, U+200F, U+061C) act only where they stand and are kept. U+FEFF is the mark of a
# file that was appended to another. The breaks are those that some programs type for a new line.
_REMOVED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_TRANSLATED = _REMOVED | dict.fromkeys([0x85, 0x2028, 0x2029], "\n")
_TOUCHED = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x85\u2028\u2029]")
_UNSEEN_LINE = re.compile("^[ \t\xa0]*[\u200b-\u200f\u2060][ \t\xa0\u200b-\u200f\u2060]*$", re.MULTILINE)

_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_UNSEEN = " \t\n\r\x0b\x0c\xa0\u200b\u200c\u200d\u200e\u200f\u2060"

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a packed document (.docx, .odt or .zip)"),
    (b"{\\rtf", "a formatted text (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a packed file (gzip)"),
)
_LEGACY = {
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Western)",
    "cp1256": "Windows-1256 (Arabic)",
}
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")


class Decoded(Struct, frozen=True, kw_only=True):
    """A source, and what the writer should know about how its bytes were read (never an ERROR)."""

    source: Source
    problems: tuple[Problem, ...] = ()


def decode(path: str, content: bytes, *, limit: int) -> Decoded | Problem:
    """The file's text, or why there is none: larger than ``limit`` bytes, binary, or empty.

    UTF-8 with or without BOM, UTF-16 and UTF-32 with BOM; else Windows-1256, -1251 or -1252, whichever the
    bytes look like, with a warning. Lines end in ``\\n``, characters are composed (NFC), those that XML
    forbids become U+FFFD, and those that reorder text across their surroundings are taken out.
    """
    if len(content) > limit:
        return Problem(
            path=path,
            fact=f"the file is larger ({len(content):,} bytes) than the limit of {limit:,} bytes",
            remedy="split it into several files, or raise limits: source_bytes: in config.yaml",
        )
    if problem := _binary(path, content):
        return problem
    text, warning = _text_of(content)
    text = _cleaned(text, content)
    if not text.strip(_UNSEEN):
        return Problem(
            path=path, line=1, fact="the file is empty", remedy="write the update into it, or delete the file"
        )
    source = Source(path=path, digest=hashlib.sha256(content).hexdigest(), text=text)
    if warning is None:
        return Decoded(source=source)
    line, fact, remedy = warning
    problem = Problem(path=path, line=line, fact=fact, remedy=remedy, severity=Severity.WARNING)
    return Decoded(source=source, problems=(problem,))


def _binary(path: str, content: bytes) -> Problem | None:
    kind = next((name for magic, name in _FORMATS if content.startswith(magic)), None)
    if kind is None and b"\0" in content and not content.startswith(tuple(bom for bom, _ in _BOMS)):
        kind = "a binary file"
    if kind is None:
        return None
    return Problem(
        path=path,
        fact=f"this is {kind}, not a text",
        remedy="save the update as plain text (UTF-8) and drop that file",
    )


_Warning = tuple[int | None, str, str]


def _text_of(content: bytes) -> tuple[str, _Warning | None]:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as fault:
        text = content.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if encoding != "utf-8" or sum(map("\x7f".__lt__, text)) > 4 * broken:
            line = content.count(b"\n", 0, fault.start) + 1
            fact = f"{broken} character(s) are broken and shown as \ufffd"
            return text, (line, fact, "save the file again as UTF-8 and look at this line")
    guess = _legacy(content)
    fact = f"the file is not UTF-8; it was read as {_LEGACY[guess]}"
    return content.decode(guess, "replace"), (None, fact, "save it as UTF-8 if letters look wrong")


def _legacy(content: bytes) -> str:
    """Letters beyond ASCII stand in runs in Arabic and Cyrillic words, singly in Western ones; Cyrillic
    small letters fill the range from 0xE0, Arabic ones stand on both sides of it."""
    runs = b"".join(_HIGH_RUN.findall(content))
    high = sum(byte > 0x7F for byte in content)
    if 2 * len(runs) < high:
        return "cp1252"
    letters = [byte for byte in runs if byte >= 0xC0]
    return "cp1251" if sum(byte >= 0xE0 for byte in letters) > 0.75 * len(letters) else "cp1256"


def _cleaned(text: str, content: bytes) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        if _TOUCHED.search(text):
            text = _UNSEEN_LINE.sub("", text.translate(_TRANSLATED))
        text = unicodedata.normalize("NFC", text)
    # Bytes tell sooner than characters whether there is anything to look for.
    if b"\xef\xbf" in content or len(content.translate(None, _CONTROLS)) < len(content):
        text = _FORBIDDEN.sub("\ufffd", text)
    return text
