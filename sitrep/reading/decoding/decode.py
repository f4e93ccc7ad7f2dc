"""Turns the bytes of a dropped file into a source: decoded, normalised, without what no page can show."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata

from sitrep.base.nouns import Problem, Source, note, warning
from sitrep.base.patterns import lazy_pattern
from sitrep.base.values import Struct
from sitrep.reading.decoding.code_pages import code_page, name_of

_FORBIDDEN = lazy_pattern("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Embeddings, overrides and isolates reorder text beyond themselves, and one left open reorders what follows;
# the plain marks (U+200E, U+200F, U+061C) act only where they stand and are kept. U+FEFF is the mark of a
# file that was appended to another. The breaks are those that some programs type for a new line.
_REMOVED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_TRANSLATED = _REMOVED | dict.fromkeys([0x85, 0x2028, 0x2029], "\n")
_BREAKS = str.maketrans("\x0b\x0c\u2028\u2029", "\n\n\n\n")
_C1 = lazy_pattern("[\x80-\x84\x86-\x9f]")
# What Windows-1252 has where Unicode has controls that nobody types; five of the places are empty there.
_AS_WINDOWS = {n: bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0)}
_TOUCHED = lazy_pattern("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x85\u2028\u2029]")
_UNSEEN_LINE = lazy_pattern("^[ \t\xa0]*[\u200b-\u200f\u2060][ \t\xa0\u200b-\u200f\u2060]*$", re.MULTILINE)

_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D})
_UNSEEN = " \t\n\r\x0b\x0c\xa0\u200b\u200c\u200d\u200e\u200f\u2060"

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FAR_MORE, _SHARE = 8, 12
"""How often one byte of two is nothing, against the other; of so many letters at least one is of ASCII."""
_LOOKED_AT = 4096
"""Bytes, an even number, by which two bytes a letter are told."""
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
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
_NOTES, _HEAD = b"<en-export", 500


class Decoded(Struct, frozen=True, kw_only=True):
    """A source, and what the writer should know about how its bytes were read (never an ERROR)."""

    source: Source
    problems: tuple[Problem, ...] = ()


def decode(path: str, content: bytes, *, limit: int) -> Decoded | Problem:
    """The file's text, or why there is none: larger than ``limit`` bytes, binary, or empty. UTF-8 and UTF-16
    with or without BOM, UTF-32 with BOM; lines that are not are read by the code page whose letters they
    have, with a warning. Lines end in ``\\n`` (vertical tab and form feed are breaks too), characters are
    composed (NFC), those that XML forbids become U+FFFD, C1 controls become what Windows-1252 has in their
    place, and those that reorder text across their surroundings are taken out."""
    if len(content) > limit:
        fact = f"the file is larger ({len(content):,} bytes) than the limit of {limit:,} bytes"
        remedy = "split it into several files, or raise limits: source_bytes: in config.yaml"
        return Problem(path=path, fact=fact, remedy=remedy)
    if kind := _binary(content):
        remedy = "save the update as plain text (UTF-8) and drop that file"
        return Problem(path=path, fact=f"this is {kind}, not a text", remedy=remedy)
    text, strange = _text_of(content)
    text, controls = _cleaned(text, content)
    if not text.strip(_UNSEEN):
        remedy = "write the update into it, or delete the file"
        return Problem(path=path, line=1, fact="the file is empty", remedy=remedy)
    source = Source(path=path, digest=hashlib.sha256(content).hexdigest(), text=text)
    problems = [warning(path, *strange)] if strange else []
    problems += [note(path, *controls)] if controls else []
    return Decoded(source=source, problems=tuple(problems))


def _binary(content: bytes) -> str | None:
    """What is no text: a kind of file, or bytes that are none."""
    kind = next((name for magic, name in _FORMATS if content.startswith(magic)), None)
    if kind is None and _NOTES in content[:_HEAD]:
        kind = "an export of Evernote (.enex)"
    return kind or ("a binary file" if b"\0" in content and _encoding(content) == "utf-8" else None)


_Warning = tuple[int | None, str, str]
_TELLING = 24
"""Of fewer bytes beyond ASCII the page is a guess."""
_SAVE = "save it as UTF-8 if letters look wrong"


def _text_of(content: bytes) -> tuple[str, _Warning | None]:
    encoding = _encoding(content)
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as fault:
        if encoding.startswith("utf-8"):
            return _line_by_line(content)
        text = content.decode(encoding, "replace")
        return text, _broken(text, content.count(b"\n", 0, fault.start) + 1)


def _encoding(content: bytes) -> str:
    """What the first bytes say, or what the bytes of a text of two each are that does not say it."""
    said = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    return said or _two_bytes_each(content) or "utf-8"


def _two_bytes_each(content: bytes) -> str | None:
    """UTF-16 without BOM: of each two bytes one is nothing in every blank, line end and sign of ASCII, the
    other hardly ever; and the letters are letters."""
    for name, high, low in (
        ("utf-16-le", content[1::2], content[::2]),
        ("utf-16-be", content[::2], content[1::2]),
    ):
        nothing = high.count(0)
        if nothing > _FAR_MORE * low.count(0) and nothing * _SHARE > len(high) > _SHARE:
            text = content[:_LOOKED_AT].decode(name, "replace")
            if not any(unicodedata.category(c) in _NO_TEXT for c in text if c not in _UNSEEN):
                return name
    return None


def _broken(text: str, line: int) -> _Warning:
    broken = text.count("\ufffd")
    fact = f"{broken} character(s) are broken and shown as \ufffd"
    return line, fact, "save the file again as UTF-8 and look at this line"


def _line_by_line(content: bytes) -> tuple[str, _Warning | None]:
    """Each line decoded by itself, for two programs may have written one file: those that are UTF-8, those
    that are but for a broken character, and those of an old encoding, which are asked together for theirs."""
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    read = [_as_utf8(line) for line in lines]
    old = [number for number, text in enumerate(read) if text is None]
    strange = b"".join(lines[number] for number in old)
    guess = code_page(strange) if old else ""
    text = "".join(lines[n].decode(guess, "replace") if t is None else t for n, t in enumerate(read))
    if not old:
        return text, _broken(text, next(n for n, t in enumerate(read, 1) if t and "\ufffd" in t))
    told = name_of(guess)
    if sum(map((0x7F).__lt__, strange)) < _TELLING:
        told += ", a guess from few letters"
    if all(line.isascii() for number, line in enumerate(lines) if read[number] is not None):
        return text, (None, f"the file is not UTF-8; it was read as {told}", _SAVE)
    fact = f"lines from here on that are not UTF-8 like the others: {len(old)}; read as {told}"
    return text, (old[0] + 1, fact, _SAVE)


def _as_utf8(line: bytes) -> str | None:
    """The line, if it is UTF-8 with at most a third as many broken characters as whole ones beyond ASCII."""
    text = line.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return None if broken and sum(map("\x7f".__lt__, text)) < 4 * broken else text


def _cleaned(text: str, content: bytes) -> tuple[str, _Warning | None]:
    controls: _Warning | None = None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\x0b" in content or b"\x0c" in content or "\u2028" in text or "\u2029" in text:
        text = text.translate(_BREAKS)
    if not text.isascii():
        if b"\xc2" in content and (first := _C1.search(text)):
            fact = f"{len(_C1.findall(text))} quotation mark(s) or dashes came as control characters; "
            controls = text.count("\n", 0, first.start()) + 1, f"{fact}read as Windows-1252", _SAVE
            text = text.translate(_AS_WINDOWS)
        if _TOUCHED.search(text):
            text = _UNSEEN_LINE.sub("", text.translate(_TRANSLATED))
        text = unicodedata.normalize("NFC", text)
    # Bytes tell sooner than characters whether there is anything to look for.
    if b"\xef\xbf" in content or len(content.translate(None, _CONTROLS)) < len(content):
        text = _FORBIDDEN.sub("\ufffd", text)
    return text, controls
