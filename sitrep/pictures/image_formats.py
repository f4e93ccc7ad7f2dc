"""The first bytes of an image -> its format and size, or why it is none that is published."""

from __future__ import annotations

import re
import struct
from typing import Literal

from sitrep.base.values import Struct

WIDEST = 1_000
"""Pixels of a published picture, at most."""
MOST_PIXELS = {
    "JPEG": 200_000_000, "PNG": 12_500_000, "GIF": 12_500_000, "WEBP": 8_000_000, "AVIF": 12_500_000,
}  # fmt: skip
"""So many that a decoder needs no more than 150 MB; a JPEG is decoded at a quarter or an eighth."""
MOST_IN_LAYERS = 12_500_000
"""Of a progressive JPEG, which must be held whole before it can be made smaller."""
MOST_SCANS = 64
"""Of a progressive JPEG: each one goes over every pixel, and takes a handful of bytes."""
Format = Literal["JPEG", "PNG", "GIF", "WEBP", "AVIF"]


class Unfit(Struct, frozen=True):
    """Why an image is not published, and what its writer can do."""

    fact: str
    """Goes on from the name of the file: ``is damaged``."""
    remedy: str


DAMAGED = Unfit("is damaged, or was not copied to its end", "open it, save it again as JPEG, drop that")


_SVG = re.compile(rb"<\?xml|<!doctype|<svg|<html", re.IGNORECASE)


def format_of(content: bytes) -> Format | Unfit:
    """The format by the bytes themselves; a name may say anything."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        brands = content[8 : min(int.from_bytes(content[:4], "big"), 400)]
        if b"avif" in brands or b"avis" in brands:
            return "AVIF"
        return Unfit(
            "is a HEIC picture or a film, and only JPEG, PNG, WebP, AVIF and GIF can be cleaned",
            "save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)",
        )
    if _SVG.search(content[:4_096]):
        return Unfit(
            "is a drawing in SVG or a web page, which can hold programs",
            "save it as a PNG picture and drop that",
        )
    return Unfit(
        "is no JPEG, PNG, WebP, AVIF or GIF, whatever its name says", "save it as JPEG and drop that"
    )


def too_many(size: tuple[int, int] | None) -> Unfit:
    measured = f" ({size[0]:,} x {size[1]:,})" if size else ""
    return Unfit(f"has too many pixels{measured}", f"save it smaller, for example {WIDEST:,} pixels wide")


def claimed(content: bytes, form: Format) -> tuple[int, int] | None:
    """Width and height as a WebP's head tells them: its decoder asks for memory before Pillow can look."""
    if form != "WEBP":
        return None
    kind, body = content[12:16], content[20:32]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF
