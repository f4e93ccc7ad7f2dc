"""A line of words -> glyphs in their places, and their coverage of a picture. The one door to both libraries.

Letters are joined and ordered as their scripts want it (HarfBuzz; the Unicode bidirectional algorithm) in one
font that is shipped with the program, so that the same words give the same picture on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.machinery import PathFinder
from itertools import groupby
from pathlib import Path

from sitrep.base.values import Struct

FONT = Path(__file__).with_name("card-font.ttf")
"""DejaVu Sans Condensed Bold, cut to the scripts that cards are written in (tools/make_card_font.py)."""


class Glyph(Struct, frozen=True):
    """A glyph of the font and where it starts on its line, in units of the font."""

    number: int
    x: int
    y: int


class GlyphLine(Struct, frozen=True, kw_only=True):
    """Glyphs from left to right."""

    glyphs: tuple[Glyph, ...]
    width: int
    """In units of the font."""


class Placed(Struct, frozen=True, kw_only=True):
    """A line somewhere on a picture: where its baseline starts, in pixels from the lower left corner."""

    line: GlyphLine
    x: float
    y: float
    size: float
    """Pixels of an em."""


@cache
def _font():  # type: ignore[no-untyped-def]
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(FONT.read_bytes())))


def is_there() -> bool:
    """True if what shapes and orders letters is installed."""
    return all(PathFinder.find_spec(library) for library in ("uharfbuzz", "bidi"))


def units_per_em() -> int:
    """Units of the font in an em."""
    return int(_font().face.upem)


def readable(text: str) -> str:
    """The text without signs that the font lacks and no word needs: pictures, marks of direction."""
    return " ".join("".join(sign for sign in text if not _is_idle(sign)).split())


def _is_idle(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in ("Cc", "Cf", "Cs", "Co", "Cn", "Sk") or (
        kind in ("So", "Mn") and _font().get_nominal_glyph(ord(sign)) is None
    )


def shape(text: str, rtl: bool, lang: str) -> GlyphLine | None:
    """One line of text as it is read; None if the font has no glyph for a letter of it. ``rtl``: the line as
    a whole runs from right to left."""
    import uharfbuzz

    font = _font()
    glyphs: list[Glyph] = []
    pen = 0
    for run, level in _visual_runs(text, rtl):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        buffer.language = lang
        uharfbuzz.shape(font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not info.codepoint:
                return None
            glyphs.append(Glyph(info.codepoint, pen + place.x_offset, place.y_offset))
            pen += place.x_advance
    return GlyphLine(glyphs=tuple(glyphs), width=pen)


def _visual_runs(text: str, rtl: bool) -> list[tuple[str, int]]:
    """Pieces of one embedding level from left to right, each in the order in which it is read (UAX 9, L2)."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(rtl), "R" if rtl else "L"
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    runs = [
        ("".join(sign["ch"] for sign in signs), level)
        for level, those in groupby(storage["chars"], key=lambda sign: sign["level"])
        for signs in [list(those)]
    ]
    for lowest in range(max((level for _, level in runs), default=0), 0, -1):
        at = 0
        for deep, those in groupby(list(runs), key=lambda run: run[1] >= lowest):
            count = len(list(those))
            if deep:
                runs[at : at + count] = reversed(runs[at : at + count])
            at += count
    return runs


def coverage(lines: Iterable[Placed], width: int, height: int) -> bytes:
    """How far the lines cover each pixel of a picture, 0 to 255, row by row from the top."""
    import uharfbuzz

    draw, font = uharfbuzz.RasterDraw(), _font()
    for placed in lines:
        scale = placed.size / units_per_em()
        for glyph in placed.line.glyphs:
            x, y = placed.x + glyph.x * scale, placed.y + glyph.y * scale
            draw.transform = (scale, 0, 0, scale, x, y)
            draw.draw_glyph(font, glyph.number)
    draw.extents = uharfbuzz.RasterExtents(0, 0, width, height, width)
    image = draw.render()
    stride, rows = image.extents.stride, image.buffer
    return b"".join(rows[n * stride : n * stride + width] for n in range(height - 1, -1, -1))
