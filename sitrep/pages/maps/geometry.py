"""Lines and polygons in pixels -> cut to a box, in whole pixels, as paths of SVG; where a name has room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Pixel = tuple[int, int]
Box = tuple[float, float, float, float]
"""West, south, east, north; or left, top, right, bottom."""

WIDTH = 360
_LABEL_LINE = 14


def clipped(points: list[Point], cut: Box) -> list[Point]:
    """Sutherland-Hodgman: a polygon cut to a box."""
    left, top, right, bottom = cut
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if not any(sign * (p[axis] - bound) < 0 for p in points):
            continue
        kept: list[Point] = []
        for here, there in zip(points, points[1:] + points[:1], strict=True):
            inside, next_inside = sign * (here[axis] - bound) >= 0, sign * (there[axis] - bound) >= 0
            if inside:
                kept.append(here)
            if inside != next_inside:
                t = (bound - here[axis]) / (there[axis] - here[axis])
                kept.append((here[0] + t * (there[0] - here[0]), here[1] + t * (there[1] - here[1])))
        points = kept
    return points


def runs(points: Iterable[Point], cut: Box) -> Iterator[list[Point]]:
    """The parts of a line that are seen."""
    left, top, right, bottom = cut
    run: list[Point] = []
    before: Point | None = None
    for point in points:
        x, y = point
        if left <= x <= right and top <= y <= bottom:
            if not run and before is not None:
                run.append(before)
            run.append(point)
        elif run:
            yield [*run, point]
            run = []
        before = point
    if len(run) > 1:
        yield run


def whole(points: Iterable[Point]) -> list[Pixel]:
    """A line in whole pixels, without the points on straight stretches."""
    whole: list[Pixel] = []
    for x, y in points:
        point = (round(x), round(y))
        if whole and point == whole[-1]:
            continue
        if len(whole) > 1 and _straight(whole[-2], whole[-1], point):
            whole[-1] = point
        else:
            whole.append(point)
    if len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    return whole


def path(whole: Sequence[Pixel]) -> str:
    if len(whole) < 2:
        return ""
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}l{steps.replace(' -', '-')}"


def _straight(a: Pixel, b: Pixel, c: Pixel) -> bool:
    (ax, ay), (bx, by), (cx, cy) = a, b, c
    forward = (bx - ax) * (cx - bx) + (by - ay) * (cy - by) >= 0
    return forward and (bx - ax) * (cy - by) == (by - ay) * (cx - bx)


def room(ring: list[Pixel], height: int) -> tuple[float, float, float]:
    """The longest level stretch of a polygon with room for a line of type: its length, and its middle."""
    lines = [_spans(ring, y) for y in range(4, height, _LABEL_LINE // 2)]
    best = (0.0, 0.0, 0.0)
    for n in range(len(lines) - 2):
        for left, right in _shared(_shared(lines[n], lines[n + 1]), lines[n + 2]):
            best = max(best, (right - left, (left + right) / 2, 4.0 + (n + 1) * (_LABEL_LINE // 2) + 4))
    return best


def _spans(ring: list[Pixel], y: float) -> list[Point]:
    """From where to where a level line is inside a polygon, as far as that is seen."""
    crossings = sorted(
        x0 + (x1 - x0) * (y - y0) / (y1 - y0)
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y0 > y) != (y1 > y)
    )
    return [
        (max(a, 3.0), min(b, WIDTH - 3.0))
        for a, b in zip(crossings[::2], crossings[1::2], strict=True)
        if b > 3 and a < WIDTH - 3
    ]


def _shared(these: list[Point], those: list[Point]) -> list[Point]:
    return [(max(a, c), min(b, d)) for a, b in these for c, d in those if max(a, c) < min(b, d)]
