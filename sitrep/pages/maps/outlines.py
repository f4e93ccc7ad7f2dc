"""Countries -> their outline with sea, neighbours and borders as SVG, and the numbers that put a place on it.

Drawn from ``outlines.json`` (Natural Earth, made by ``tools/make_outlines.py``): equirectangular with the
cosine of the middle latitude, whole pixels. Small islands far from a country's mainland are not on it.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from sitrep.base.countries import country_names
from sitrep.base.shipped import shipped_json
from sitrep.base.values import Struct
from sitrep.pages.maps.geometry import WIDTH, Box, Pixel, Point, clipped, path, room, runs, whole

Ring = tuple[Box, list[int]]
"""Its box, and the lines around it; ``~n`` is line n backwards."""
_Key = tuple[int, int]
"""A line of the file, and by how many degrees of longitude it is moved."""

TALLEST, MARGIN = 420, 14
_AROUND = 6.0
"""How far beyond the map lines are still drawn, in pixels."""
_STEP = 2.0
"""Points of a line are at least so many pixels apart."""
_SMALLEST = 4.0
"""Islands smaller than so many pixels across are left out."""
_LETTER = 6.5
_NEAR = 0.35
"""Islands belong to a country's map where they are no farther off than this part of what is on it."""
_PART, _ATOLL = 0.08, 2.0
"""So do those as large as this part of the largest, no farther than it is wide; if that is no wider than so
many degrees, wherever they lie."""


class Outline(Struct, frozen=True, kw_only=True):
    """Countries drawn once, and the numbers that put a place on the drawing."""

    width: int
    height: int
    west: float
    north: float
    x: float
    """Pixels a degree of longitude, and of latitude."""
    y: float
    around: str
    """What lies around them, as SVG."""
    own: str
    labels: tuple[tuple[str, int, int], ...]
    """Names of what lies around, and where they stand."""
    credit: str

    @property
    def drawing(self) -> str:
        """All of it."""
        return self.around + self.own

    def spot(self, at: Point, margin: int) -> Point | None:
        """Where a latitude and longitude stand, in pixels; None nearer to the edge than ``margin``."""
        lat, lon = at
        x, y = _eastward(lon, self.west) * self.x, (self.north - lat) * self.y
        seen = margin <= x <= self.width - margin and margin <= y <= self.height - margin
        return (x, y) if seen else None


class World(NamedTuple):
    """The file of outlines."""

    credit: str
    countries: dict[str, list[Ring]]
    rivers: dict[str, list[int]]
    lines: list[list[int]]
    unit: float


def world() -> World:
    """The shipped outlines: 130,000 numbers, which are let go as soon as a map is drawn."""
    made: dict[str, Any] = shipped_json("pages/maps/outlines.json")
    return World(made["credit"], made["countries"], made["rivers"], made["lines"], made["unit"])


@functools.cache
def outline_of(codes: tuple[str, ...], lang: str) -> Outline | None:
    """The map of one or several countries, the names of their neighbours in that language.

    None where none of them has an outline.
    """
    known = world()
    rings = [known.countries[code] for code in codes if code in known.countries]
    boxes = [box for of in rings if (box := mainland(of, known.unit))]
    if not boxes:
        return None
    frame = _framed(_together(boxes))
    draw = _Drawing(known, frame, frozenset(codes), lang)
    around, own = draw.svg()
    return Outline(
        width=WIDTH, height=frame.height, west=frame.west, north=frame.north, x=frame.x, y=frame.y,
        around=around, own=own, labels=tuple(draw.labels), credit=known.credit,
    )  # fmt: skip


def mainland(rings: Sequence[Ring], unit: float) -> Box | None:
    """The box, in degrees, of a country's largest parts and of the islands not far from them.

    East of the 180th meridian longitudes go on beyond 180. None without any ring.
    """
    boxes: list[Box] = [(w / unit, s / unit, e / unit, n / unit) for (w, s, e, n), _ in rings]
    if not boxes:
        return None
    largest = max(boxes, key=_area)
    left = [box for box in boxes if box != largest]
    # Malaysia is not Borneo alone, nor Kiribati one atoll; but Guiana is not on the map of France.
    across = max(largest[2] - largest[0], largest[3] - largest[1])
    reach = across if across > _ATOLL else 360.0
    large = [box for box in left if _area(box) >= _PART * _area(largest)]
    whole = _together(
        [largest, *(box for box in large if any(_apart(largest, moved) <= reach for moved in _turns(box)))]
    )
    while True:
        reach = _NEAR * max(whole[2] - whole[0], whole[3] - whole[1])
        near = [moved for box in left for moved in _turns(box) if _apart(whole, moved) <= reach]
        left = [box for box in left if not any(_apart(whole, moved) <= reach for moved in _turns(box))]
        if not near:
            return whole
        whole = _around([whole, *near])


def _area(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _turns(box: Sequence[float]) -> Iterator[Box]:
    for turn in (0, 360, -360):
        yield box[0] + turn, box[1], box[2] + turn, box[3]


def _apart(a: Sequence[float], b: Sequence[float]) -> float:
    return max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3], 0.0)


def _around(boxes: Iterable[Sequence[float]]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _together(boxes: Sequence[Box]) -> Box:
    """The box of several countries; the shorter way around the world."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole = min((_around([whole, moved]) for moved in _turns(box)), key=lambda b: b[2] - b[0])
    return whole


class _MapFrame(NamedTuple):
    """What part of the world is seen, and how large."""

    west: float
    north: float
    x: float
    y: float
    height: int


def _framed(box: Box) -> _MapFrame:
    west, south, east, north = box
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.1)
    wide, tall = max((east - west) * squeeze, 1e-3), max(north - south, 1e-3)
    y = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    height = max(round(tall * y + 2 * MARGIN), 120)
    x = y * squeeze
    middle, centre = (west + east) / 2, (south + north) / 2
    return _MapFrame(
        round(middle - WIDTH / 2 / x, 4), round(centre + height / 2 / y, 4), round(x, 4), round(y, 4), height
    )


class _Drawing:
    """One map being drawn: the rings and lines of the world that are seen on it, in pixels."""

    def __init__(self, known: World, frame: _MapFrame, own: frozenset[str], lang: str) -> None:
        self._world, self._frame, self._own, self._names = known, frame, own, country_names(lang)
        degrees = _AROUND / frame.x
        south = frame.north - frame.height / frame.y
        self._seen = (frame.west - degrees, south - degrees, frame.west + WIDTH / frame.x + degrees,
                      frame.north + degrees)  # fmt: skip
        self._cut = (-_AROUND, -_AROUND, WIDTH + _AROUND, frame.height + _AROUND)
        self._lines: dict[_Key, list[Point]] = {}
        self.labels: list[tuple[str, int, int]] = []
        """Names of the neighbours, filled while the drawing is made."""

    def svg(self) -> tuple[str, str]:
        """What lies around the countries, and they themselves upon it."""
        own: list[str] = []
        land: list[str] = []
        uses: Counter[_Key] = Counter()
        mine: set[_Key] = set()
        for code, rings in self._world.countries.items():
            parts: list[list[Pixel]] = []
            for turn, line in self._rings(rings):
                points, keys = self._ring(line, turn)
                uses.update(keys)
                if code in self._own:
                    mine.update(keys)
                if len(cut := whole(clipped(points, self._cut))) > 2:
                    parts.append(cut)
            (own if code in self._own else land).extend(path(cut) + "z" for cut in parts)
            if parts and code not in self._own and (label := self._label(code, parts)):
                self.labels.append(label)
        borders = (key for key, count in uses.items() if count > 1 and key not in mine)
        inner = (key for key, count in uses.items() if count > 1 and key in mine and len(self._own) > 1)
        rivers = "".join(
            self._open(self._points(steps)) for code, steps in self._world.rivers.items() if code in self._own
        )
        return (
            _paths(("land", "".join(land)), ("border", self._drawn(borders))),
            _paths(("country", "".join(own)), ("border", self._drawn(inner)), ("river", rivers)),
        )

    def _drawn(self, keys: Iterable[_Key]) -> str:
        return "".join(self._open(self._lines[key]) for key in keys)

    def _rings(self, rings: Iterable[Ring]) -> Iterator[tuple[int, list[int]]]:
        """The rings that are seen, with how many degrees they are moved for it."""
        unit = self._world.unit
        for n, (box, line) in enumerate(rings):
            across = max((box[2] - box[0]) * self._frame.x, (box[3] - box[1]) * self._frame.y) / unit
            if n and across < _SMALLEST:
                continue
            for turn in (0, 360, -360):
                degrees = (box[0] / unit + turn, box[1] / unit, box[2] / unit + turn, box[3] / unit)
                if _apart(self._seen, degrees) == 0:
                    yield turn, line

    def _ring(self, line: Iterable[int], turn: int) -> tuple[list[Point], list[_Key]]:
        """The points of a ring, and the lines it is made of; over the 180th meridian it goes on."""
        points: list[Point] = []
        keys: list[_Key] = []
        round_ = 360 * self._frame.x
        for part in line:
            number = part if part >= 0 else ~part
            found = self._line((number, turn))
            first = found[0 if part >= 0 else -1][0]
            if points and (leap := round((points[-1][0] - first) / round_)):
                turn += 360 * leap
                found = self._line((number, turn))
            points += found if part >= 0 else reversed(found)
            keys.append((number, turn))
        return points, keys

    def _line(self, key: _Key) -> list[Point]:
        found = self._lines.get(key)
        if found is None:
            number, turn = key
            found = self._lines[key] = self._points(self._world.lines[number], turn)
        return found

    def _points(self, steps: Sequence[int], turn: int = 0) -> list[Point]:
        """A line of the file in pixels."""
        west, north, wide, tall, _ = self._frame
        wide, tall = wide / self._world.unit, tall / self._world.unit
        x0, y0 = (turn - west) * self._frame.x, north * self._frame.y
        xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
        points = [(x0 + x * wide, y0 - y * tall) for x, y in zip(xs, ys, strict=True)]
        kept = points[:1]
        for point in points[1:-1]:
            if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _STEP:
                kept.append(point)
        return [*kept, points[-1]]

    def _open(self, points: list[Point]) -> str:
        return "".join(path(whole(run)) for run in runs(points, self._cut))

    def _label(self, code: str, parts: list[list[Pixel]]) -> tuple[str, int, int] | None:
        """The country's name where it has room for it; the longest stretch of its land that is seen."""
        name = self._names.get(code, "")
        wide = len(name) * _LETTER + 6
        wide_ones = [p for p in parts if max(x for x, _ in p) - min(x for x, _ in p) >= wide]
        found = max((room(part, self._frame.height) for part in wide_ones), default=(0.0, 0.0, 0.0))
        if not name or found[0] < wide:
            return None
        return name, round(found[1]), round(found[2])


def _paths(*drawn: tuple[str, str]) -> str:
    return "".join(f'<path class="{kind}" d="{path}"/>' for kind, path in drawn if path)


def _eastward(lon: float, west: float) -> float:
    """Degrees from the western edge, going on over the 180th meridian."""
    return lon - west if -180 <= lon - west <= 180 else (lon - west) % 360
