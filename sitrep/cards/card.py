"""The site, or an update -> the picture that stands beside a link to it in a chat: a PNG of few colours.

It shows the site's name, the date, the headline with its hedge, and the signs of the fronts. A headline is
shown whole or not at all: words that are cut off may be those that hedge. Nothing but the configuration and
the headline bears on it, so it is drawn once.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

from sitrep.archive.archive import Archive
from sitrep.base.errors import ConfigError
from sitrep.base.languages.direction import direction
from sitrep.base.nouns import Problem, Update
from sitrep.base.values import Struct
from sitrep.cards import lettering
from sitrep.cards.lettering import GlyphLine, Placed
from sitrep.config.values import Config, Front
from sitrep.text.summaries import format_date, language, opening

WIDTH, HEIGHT = 1_200, 630
"""The size that services ask for (Open Graph: 1.91 to 1)."""
COLOURS = {
    "paper": "#fbfaf7", "ink": "#1a1917", "soft": "#4a4842",
    "blue": "#17487c", "brown": "#7b3a04", "green": "#1c5634", "violet": "#5a2a83",
    "grey": "#4d4b45", "red": "#861a1a", "teal": "#084f54", "ochre": "#5c4500",
}  # fmt: skip
"""Those of the style sheet in daylight; the look of a site goes before them."""
_MARKS = {"west": "◀", "east": "▶", "south": "▼", "north": "▲", "globe": "⊕", "rumor": "◌", "lines": "≡"}
_RING = "●"
_EDGE = 64
_SIZES = (78, 68, 60, 52, 46, 40, 35, 31)
"""Pixels of an em of a headline; the first in which it fits."""
_TOP, _BOTTOM = 448, 132
"""Between these heights, from below, stands the headline."""
_LEVELS = 3
"""Shades of a colour at the edges of its letters."""


class _Layer(Struct, frozen=True, kw_only=True):
    """Lines in one colour."""

    colour: str
    lines: tuple[Placed, ...]


def check_installed() -> None:
    """Raise ConfigError if what letters are drawn with is not installed."""
    if not lettering.is_there():
        fact = "cards: true needs libraries that are missing"
        remedy = "install the extra: pip install 'sitrep-feed[cards]'; or write cards: false"
        raise ConfigError(Problem(path="config.yaml", fact=fact, remedy=remedy))


def make(archive: Archive, config: Config, key: str = "") -> bytes | None:
    """The card of an update, or of the site where ``key`` is empty; None if the update is gone."""
    if not key:
        return _drawn(config, config.site.title, "", config.fronts, config.site.language)
    update = archive.update(key)
    if update is None or update.withdrawn:
        return None
    return _of_update(update, config)


def _of_update(update: Update, config: Config) -> bytes:
    lang = language(update, config)
    day = format_date(update.date, lang, "full")
    fronts = [front for front in config.fronts if front.id in update.fronts]
    return _drawn(config, opening(update, config).headline, day, fronts, lang)


def _drawn(config: Config, headline: str, day: str, fronts: Sequence[Front], lang: str) -> bytes:
    rtl = direction(lang) == "rtl"
    ink: list[Placed] = list(_headline(headline, rtl, lang))
    soft: list[Placed] = []
    if day:
        ink += _in_corner(config.site.title, HEIGHT - 88, 36, rtl, lang)
        soft += _in_corner(day, HEIGHT - 140, 30, rtl, lang)
    layers = [
        _Layer(colour="ink", lines=tuple(ink)),
        _Layer(colour="soft", lines=tuple(soft)),
        *_signs(fronts, rtl, lang),
    ]
    return _png([layer for layer in layers if layer.lines], {**COLOURS, **config.look.light})


# -- words ------------------------------------------------------------------------------------------


def _headline(text: str, rtl: bool, lang: str) -> Iterator[Placed]:
    """The lines of the headline in the largest size in which all of it fits; nothing if there is none."""
    words = lettering.readable(text).split()
    shaped = [lettering.shape(word, rtl, lang) for word in words]
    space = lettering.shape(" ", rtl, lang)
    if space is None or not all(shaped):
        return
    widths = [line.width for line in shaped if line]
    leading = 1.5 if rtl else 1.22
    for size in _SIZES:
        room = (WIDTH - 2 * _EDGE) * lettering.units_per_em() / size
        breaks = list(_broken(widths, space.width, room))
        if max(widths, default=0) > room or len(breaks) * size * leading > _TOP - _BOTTOM:
            continue
        for number, (start, end) in enumerate(breaks):
            if line := lettering.shape(" ".join(words[start:end]), rtl, lang):
                yield _placed(line, _TOP - size * (0.85 + number * leading), size, rtl)
        return


def _broken(widths: Sequence[int], space: int, room: float) -> Iterator[tuple[int, int]]:
    """The first and the last word (exclusive) of each line."""
    start, filled = 0, 0
    for number, width in enumerate(widths):
        if number > start and filled + space + width > room:
            yield start, number
            start, filled = number, width
        else:
            filled += width + (space if number > start else 0)
    if widths:
        yield start, len(widths)


def _placed(line: GlyphLine, y: float, size: float, rtl: bool) -> Placed:
    wide = line.width * size / lettering.units_per_em()
    return Placed(line=line, x=WIDTH - _EDGE - wide if rtl else _EDGE, y=y, size=size)


def _in_corner(text: str, y: float, size: float, rtl: bool, lang: str) -> Iterator[Placed]:
    """One line, if it can be written and is not too long."""
    line = lettering.shape(lettering.readable(text), rtl, lang)
    if line and line.width * size / lettering.units_per_em() <= WIDTH - 2 * _EDGE:
        yield _placed(line, y, size, rtl)


def _signs(fronts: Sequence[Front], rtl: bool, lang: str) -> Iterator[_Layer]:
    """The signs of the fronts along the foot, with their names as long as all of them fit."""
    named = [f"{_MARKS.get(front.mark, _RING)} {lettering.readable(front.name)}" for front in fronts]
    alone = [_MARKS.get(front.mark, _RING) for front in fronts]
    for texts, gap, size in ((named, 1.2, 30), (alone, 0.4, 48)):
        lines = [lettering.shape(text, rtl, lang) for text in texts]
        known = [line for line in lines if line]
        em = lettering.units_per_em()
        gaps = int(gap * em)
        if len(known) < len(lines) or (sum(line.width + gaps for line in known) * size) > (WIDTH - 100) * em:
            continue
        pen: float = _EDGE
        for front, line in zip(fronts, known, strict=True):
            wide = line.width * size / em
            x = WIDTH - pen - wide if rtl else pen
            hue = "grey" if front.hue == "auto" else front.hue
            yield _Layer(colour=hue, lines=(Placed(line=line, x=x, y=_EDGE - 4, size=size),))
            pen += wide + gaps * size / em
        return


# -- pixels -----------------------------------------------------------------------------------------


def _png(layers: Iterable[_Layer], colours: dict[str, str]) -> bytes:
    """A PNG (ISO 15948) of indexed colours; layers do not overlap."""
    paper = _rgb(colours["paper"])
    palette, pixels = bytearray(paper), 0
    for layer in layers:
        first = len(palette) // 3
        steps = [round(shade * _LEVELS / 255) for shade in range(256)]
        to_index = bytes(first + step - 1 if step else 0 for step in steps)
        covered = lettering.coverage(layer.lines, WIDTH, HEIGHT).translate(to_index)
        pixels |= int.from_bytes(covered, "big")
        colour = _rgb(colours[layer.colour])
        for step in range(1, _LEVELS + 1):
            mixed = zip(paper, colour, strict=True)
            palette += bytes((p * (_LEVELS - step) + c * step) // _LEVELS for p, c in mixed)
    flat = pixels.to_bytes(WIDTH * HEIGHT, "big")
    rows = b"".join(b"\0" + flat[at : at + WIDTH] for at in range(0, len(flat), WIDTH))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", bytes(palette)), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
