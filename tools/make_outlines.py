"""The countries of Natural Earth (TopoJSON of npm's world-atlas) -> sitrep/pages/maps/outlines.json.

Run once for a new edition of the borders, not when a site is built:

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/make_outlines.py package/countries-10m.json > sitrep/pages/maps/outlines.json

The file keeps the topology: a border between two countries is one line that both use. Each line is as fine
as the smallest map needs on which it may be seen, at 360 pixels across. Units are thousandths of a degree,
latitude upwards; the first point of a line is absolute, the others are steps from the one before.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sitrep.base.countries import countries
from sitrep.pages.maps.outlines import mainland

Point = tuple[float, float]
Box = tuple[float, float, float, float]

PIXELS = 360
TOLERANCE = 1.0
"""How far a line may stray, in pixels."""
SMALLEST_MAP = 0.25
"""Degrees; a country smaller than that is not drawn finer."""
AROUND = 0.1
"""How much of the surroundings a map shows, as a part of its own size."""
SMALLEST = 3
"""Islands of a country that would be smaller than so many pixels across on its map are left out."""
PIECE = 80
"""Longer lines are cut, so that each piece can be as coarse as its own surroundings allow."""
UNIT = 1000

# Natural Earth gives a few countries no number of ISO 3166; these have a code by use.
UNNUMBERED = {"Kosovo": "XK"}
# Natural Earth draws who is in control. A map of a country shows what the United Nations count as its
# territory; the first entry is a ring of another country, by a point that it is the nearest to.
PART_OF = {
    "Somaliland": "SO", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Dhekelia": "CY",
    "Akrotiri": "CY", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU",
}  # fmt: skip
MOVED = (("RU", (34.3, 45.3), "UA"),)
# Rivers are not part of world-atlas; this one runs through the towns on its banks, in order.
RIVERS = {
    "SY": [
        (38.01, 36.83), (38.10, 36.62), (38.18, 36.38), (38.05, 36.08), (38.27, 35.90), (38.56, 35.85),
        (39.01, 35.93), (39.30, 35.86), (39.62, 35.74), (39.82, 35.62), (40.14, 35.34), (40.45, 35.02),
        (40.57, 34.90), (40.83, 34.69), (40.93, 34.45),
    ],
}  # fmt: skip


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON file, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(unbroken(points))
    return arcs


def unbroken(points: Iterable[Point]) -> list[Point]:
    """The line without the leap from 180 degrees to -180: it goes on beyond."""
    whole: list[Point] = []
    for x, y in points:
        turn = 360 * round((whole[-1][0] - x) / 360) if whole else 0
        whole.append((x + turn, y))
    return whole


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a country, each a list of arcs; ``~n`` is arc n backwards. Holes are rings as well."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _around(ring: list[int], pieces: list[list[Point]]) -> Box:
    return box_of(unbroken(p for n in ring for p in (pieces[n] if n >= 0 else reversed(pieces[~n]))))


def box_of(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meets(a: Box, b: Box) -> bool:
    turns = (-360, 0, 360)
    return a[1] <= b[3] and b[1] <= a[3] and any(a[0] <= b[2] + t and b[0] + t <= a[2] for t in turns)


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker, with degrees of longitude as short as they are there; the ends stay."""
    squeeze = math.cos(math.radians(points[0][1]))
    kept = {0, len(points) - 1}
    open_ = [(0, len(points) - 1)]
    while open_:
        start, end = open_.pop()
        (ax, ay), (bx, by) = points[start], points[end]
        length = math.hypot((bx - ax) * squeeze, by - ay)
        worst, at = tolerance, 0
        for i in range(start + 1, end):
            x, y = points[i]
            dx, dy = (x - ax) * squeeze, y - ay
            away = abs((bx - ax) * squeeze * dy - (by - ay) * dx) / length if length else math.hypot(dx, dy)
            if away > worst:
                worst, at = away, i
        if at:
            kept.add(at)
            open_ += [(start, at), (at, end)]
    return [points[i] for i in sorted(kept)]


def scale_of(rings: list[tuple[Box, list[int]]]) -> tuple[Box, float]:
    """What is seen on the map of a country, in degrees, and the degrees a pixel."""
    x0, y0, x1, y1 = mainland(rings, 1) or (0.0, 0.0, 0.0, 0.0)
    wide = max((x1 - x0) * math.cos(math.radians((y0 + y1) / 2)), y1 - y0, SMALLEST_MAP)
    return _grown((x0, y0, x1, y1), wide * AROUND), wide / PIXELS


def made(topology: dict[str, Any]) -> dict[str, Any]:
    """The file's content."""
    pieces, parts_of = pieces_of_countries(topology)
    for owner, (x, y), code in MOVED:
        boxes = {n: _around(ring, pieces) for n, ring in enumerate(parts_of[owner])}
        nearest = min(
            boxes,
            key=lambda n: abs(boxes[n][0] + boxes[n][2] - 2 * x) + abs(boxes[n][1] + boxes[n][3] - 2 * y),
        )
        parts_of[code].append(parts_of[owner].pop(nearest))
    rings = {
        code: [(_around(ring, pieces), ring) for ring in dissolved(of, pieces)]
        for code, of in parts_of.items()
    }
    windows = {code: scale_of(of) for code, of in rings.items()}
    used: dict[int, int] = {}
    countries = {code: _shown(rings[code], windows[code][1], used) for code in sorted(rings)}
    lines = []
    for part in used:
        box = box_of(pieces[part])
        finest = min((scale for window, scale in windows.values() if meets(window, box)), default=1.0)
        lines.append(_steps(simplified(pieces[part], TOLERANCE * finest)))
    return {
        "credit": "Natural Earth",
        "unit": UNIT,
        "countries": countries,
        "rivers": {name: _steps(points) for name, points in RIVERS.items()},
        "lines": lines,
    }


def pieces_of_countries(topology: dict[str, Any]) -> tuple[list[list[Point]], dict[str, list[list[int]]]]:
    """Every arc in pieces, and the rings of each country as numbers of pieces, ``~number`` if backwards."""
    pieces: list[list[Point]] = []
    pieces_of: list[range] = []
    for arc in arcs_of(topology):
        first = len(pieces)
        starts = range(0, max(len(arc) - 1, 1), PIECE)
        pieces += [arc[s : s + PIECE + 1] for s in starts]
        pieces_of.append(range(first, len(pieces)))
    parts_of: dict[str, list[list[int]]] = {}
    for code, geometry in _coded(topology["objects"]["countries"]["geometries"]):
        for ring in rings_of(geometry):
            parts = (list(pieces_of[n]) if n >= 0 else [~p for p in reversed(pieces_of[~n])] for n in ring)
            parts_of.setdefault(code, []).append([part for some in parts for part in some])
    return pieces, parts_of


def _shown(rings: list[tuple[Box, list[int]]], scale: float, used: dict[int, int]) -> list[list[Any]]:
    """Box and numbered parts of each ring that is large enough to be seen, the largest first."""
    least = SMALLEST * scale
    kept = [r for r in rings if max(r[0][2] - r[0][0], r[0][3] - r[0][1]) >= least]
    kept.sort(key=lambda r: -(r[0][2] - r[0][0]) * (r[0][3] - r[0][1]))
    return [
        [[round(v * UNIT) for v in box], [_numbered(used, part) for part in parts]] for box, parts in kept
    ]


def dissolved(rings: list[list[int]], pieces: list[list[Point]]) -> Iterator[list[int]]:
    """The rings of a country without the lines between its own parts."""
    parts = {part for ring in rings for part in ring}
    outer = dict.fromkeys(part for ring in rings for part in ring if ~part not in parts)
    leaving: dict[Point, list[int]] = {}
    for part in outer:
        leaving.setdefault(_end(pieces, ~part), []).append(part)
    while outer:
        ring = [next(iter(outer))]
        while following := [
            p for p in leaving.get(_end(pieces, ring[-1]), ()) if p in outer and p != ring[0]
        ]:
            del outer[ring[-1]]
            ring.append(following[0])
            leaving[_end(pieces, ~ring[-1])].remove(ring[-1])
            if _end(pieces, ring[-1]) == _end(pieces, ~ring[0]):
                break
        outer.pop(ring[-1])
        leaving[_end(pieces, ~ring[0])].remove(ring[0])
        yield ring


def _end(pieces: list[list[Point]], part: int) -> Point:
    """Where a line ends; the meridians of 180 and -180 degrees are one."""
    x, y = pieces[part][-1] if part >= 0 else pieces[~part][0]
    return round(x % 360, 6), round(y, 6)


def _coded(geometries: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    by_number = {country.number: country.code for country in countries()}
    for geometry in geometries:
        name = geometry["properties"]["name"]
        code = by_number.get(geometry.get("id", "")) or UNNUMBERED.get(name) or PART_OF.get(name)
        # What belongs to no country of the list is land all the same: it stands under a name of its own.
        yield code or name, geometry


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _numbered(used: dict[int, int], part: int) -> int:
    number = used.setdefault(part if part >= 0 else ~part, len(used))
    return number if part >= 0 else ~number


def _steps(points: list[Point]) -> list[int]:
    steps: list[int] = []
    lx = ly = 0
    for x, y in points:
        wx, wy = round(x * UNIT), round(y * UNIT)
        if steps and (wx, wy) == (lx, ly):
            continue
        steps += [wx - lx, wy - ly]
        lx, ly = wx, wy
    return steps


if __name__ == "__main__":
    content = made(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    parts = [
        f'"unit": {UNIT}',
        f'"credit": {json.dumps(content["credit"])}',
        '"countries": {\n'
        + ",\n".join(
            f"{json.dumps(c)}: {json.dumps(r, separators=(',', ':'))}"
            for c, r in content["countries"].items()
        )
        + "\n}",
        '"rivers": ' + json.dumps(content["rivers"], separators=(",", ":")),
        '"lines": [\n'
        + ",\n".join(json.dumps(line, separators=(",", ":")) for line in content["lines"])
        + "\n]",
    ]
    sys.stdout.write("{" + ",\n".join(parts) + "}\n")
