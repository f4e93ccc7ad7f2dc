"""The countries of Natural Earth (TopoJSON) -> the outline of one of them, for sitrep/rendering/outlines/.

Run once for a new country, not when a site is built:

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python docs/make_outline.py package/countries-50m.json Syria > sitrep/rendering/outlines/syria.json

Equirectangular with the cosine of the middle latitude, clipped to the country's box, simplified by
Douglas-Peucker, whole pixels. Places are put on it by the numbers under ``projection``.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
WIDTH, MARGIN, TOLERANCE = 360, 14, 0.6
# Rivers are not part of world-atlas; this one runs through the towns on its banks, in order.
RIVERS = {
    "Syria": [
        (38.01, 36.83), (38.10, 36.62), (38.18, 36.38), (38.05, 36.08), (38.27, 35.90), (38.56, 35.85),
        (39.01, 35.93), (39.30, 35.86), (39.62, 35.74), (39.82, 35.62), (40.14, 35.34), (40.45, 35.02),
        (40.57, 34.90), (40.83, 34.69), (40.93, 34.45),
    ],
}  # fmt: skip


class World:
    """The arcs and countries of a TopoJSON file, in degrees."""

    def __init__(self, text: str) -> None:
        topology = json.loads(text)
        (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs: list[list[Point]] = []
        for arc in topology["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            self.arcs.append(points)
        self.countries = {g["properties"]["name"]: g for g in topology["objects"]["countries"]["geometries"]}
        self.land = topology["objects"]["land"]["geometries"][0]

    def rings(self, geometry: dict[str, Any]) -> list[list[Point]]:
        return [self._ring(ring) for polygon in self._polygons(geometry) for ring in polygon]

    def _ring(self, ring: list[int]) -> list[Point]:
        points: list[Point] = []
        for index in ring:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            points += arc[1 if points else 0 :]
        return points

    def shared_arcs(self, without: str) -> list[list[Point]]:
        """Borders between two countries, those of ``without`` left out."""
        uses = Counter(index for g in self.countries.values() for index in self._indices(g))
        own = set(self._indices(self.countries[without]))
        return [self.arcs[index] for index, count in uses.items() if count > 1 and index not in own]

    def _indices(self, geometry: dict[str, Any]) -> set[int]:
        return {
            index if index >= 0 else ~index
            for polygon in self._polygons(geometry)
            for ring in polygon
            for index in ring
        }

    @staticmethod
    def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
        return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def simplified(points: list[Point]) -> list[Point]:
    """Douglas-Peucker."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def distance(p: Point) -> float:
        if not length:
            return math.hypot(p[0] - ax, p[1] - ay)
        return abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[far]) < TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: far + 1])[:-1] + simplified(points[far:])


def clipped(points: list[Point], width: float, height: float) -> list[Point]:
    """Sutherland-Hodgman: a polygon cut to the box, a little wider than what is seen."""
    edge = 4.0
    points = points[:-1] if points[0] == points[-1] else points
    for axis, bound, sign in ((0, -edge, 1), (0, width + edge, -1), (1, -edge, 1), (1, height + edge, -1)):
        kept: list[Point] = []
        for here, there in zip(points, points[1:] + points[:1], strict=True):
            inside, next_inside = (sign * (p[axis] - bound) >= 0 for p in (here, there))
            if inside:
                kept.append(here)
            if inside != next_inside:
                t = (bound - here[axis]) / (there[axis] - here[axis])
                kept.append((here[0] + t * (there[0] - here[0]), here[1] + t * (there[1] - here[1])))
        points = kept
    return points


def runs_inside(points: list[Point], width: float, height: float) -> list[list[Point]]:
    """The parts of a line that are seen."""
    runs: list[list[Point]] = [[]]
    for x, y in points:
        if -20 <= x <= width + 20 and -20 <= y <= height + 20:
            runs[-1].append((x, y))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def path(points: list[Point], closed: bool) -> str:
    if closed and points[0] != points[-1]:
        points = [*points, points[0]]
    whole = [(round(x), round(y)) for x, y in simplified(points)]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole)]
    steps = [step for step in steps if step != (0, 0)]
    if closed and steps:
        steps.pop()
    line = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{line}{'z' if closed else ''}" if steps else ""


def inmost(ring: list[Point], width: float, height: float) -> tuple[float, Point]:
    """The point of a polygon farthest from its edge, where a name fits, and that distance."""
    best = (0.0, (0.0, 0.0))
    edges = list(zip(ring, ring[1:] + ring[:1], strict=True))
    for x in range(30, round(width) - 30, 6):
        for y in range(14, round(height) - 6, 4):
            crossings = sum(
                (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
                for (ax, ay), (bx, by) in edges
            )
            if crossings % 2:
                near = min(min(math.hypot((ax - x) / 3, ay - y) for ax, ay in ring), x / 3, (width - x) / 3)
                best = max(best, (near, (float(x), float(y))))
    return best


def outline(world: World, name: str) -> dict[str, Any]:
    rings = world.rings(world.countries[name])
    lon = [x for ring in rings for x, _ in ring]
    lat = [y for ring in rings for _, y in ring]
    squeeze = math.cos(math.radians((min(lat) + max(lat)) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((max(lon) - min(lon)) * squeeze)
    height = round((max(lat) - min(lat)) * scale + 2 * MARGIN)
    west, north = min(lon) - MARGIN / scale / squeeze, max(lat) + MARGIN / scale

    def put(points: list[Point]) -> list[Point]:
        return [((x - west) * scale * squeeze, (north - y) * scale) for x, y in points]

    labels = []
    for other, geometry in world.countries.items():
        parts = [clipped(put(ring), WIDTH, height) for ring in world.rings(geometry)] if other != name else []
        room, (x, y) = max(
            (inmost(part, WIDTH, height) for part in parts if len(part) > 2), default=(0, (0, 0))
        )
        if room > 9:
            labels.append([other, round(x), round(y)])
    land = (
        path(cut, True)
        for ring in world.rings(world.land)
        if len(cut := clipped(put(ring), WIDTH, height)) > 2
    )
    borders = (
        path(run, False) for arc in world.shared_arcs(name) for run in runs_inside(put(arc), WIDTH, height)
    )
    return {
        "name": name,
        "credit": "Outline: Natural Earth",
        "width": WIDTH,
        "height": height,
        "projection": {
            "west": round(west, 4),
            "north": round(north, 4),
            "x": round(scale * squeeze, 4),
            "y": round(scale, 4),
        },
        "land": "".join(land),
        "country": "".join(path(put(ring), True) for ring in rings),
        "borders": "".join(borders),
        "river": path(put(RIVERS[name]), False) if name in RIVERS else "",
        "labels": labels,
    }


if __name__ == "__main__":
    file, country = sys.argv[1:]
    made = outline(World(Path(file).read_text(encoding="utf-8")), country)
    json.dump(made, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
