"""Saved figures -> an SVG of what each step costs against the size of the archive, both axes logarithmic.

Run as ``python -m bench.plot docs/benchmark.json docs/benchmark.svg``.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 64, 250, 24, 44
COLOURS = ("#1f4e8c", "#8a3d00", "#1e5b32", "#5b2a86", "#444444", "#9b1c1c", "#00666b", "#7a5c00")

Series = dict[str, dict[int, float]]


def series_of(figures: dict[str, dict[str, dict[str, dict[str, float]]]]) -> Series:
    """Wall seconds of each step by size; Hugo's steps are told apart by name."""
    found: Series = {}
    for who, sizes in figures.items():
        for count, costs in sizes.items():
            for step, cost in costs.items():
                name = step if who == "ours" else f"{who}: {step}"
                found.setdefault(name, {})[int(count)] = max(cost["wall"], 1e-4)
    return found


def plot(series: Series) -> str:
    """The picture. Steps of a peer are dashed."""
    counts = sorted({count for points in series.values() for count in points})
    walls = [wall for points in series.values() for wall in points.values()]
    low, high = math.floor(math.log10(min(walls))), math.ceil(math.log10(max(walls)))
    span = math.log10(counts[-1] / counts[0]) or 1

    def x(count: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(count / counts[0]) / span

    def y(wall: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - math.log10(wall)) / (high - low)

    parts = [
        _text(LEFT - 8, y(10.0**power) + 4, _seconds(10.0**power), "end") for power in range(low, high + 1)
    ]
    parts += [
        f'<path d="M{LEFT} {y(10.0**power):.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        for power in range(low, high + 1)
    ]
    parts += [_text(x(count), HEIGHT - 22, f"{count:,}", "middle") for count in counts]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, "updates in the archive", "middle"))
    ends = _apart(sorted(((y(points[max(points)]), name) for name, points in series.items())))
    for place, (name, points) in enumerate(series.items()):
        colour, dash = COLOURS[place % len(COLOURS)], ' stroke-dasharray="5 3"' if ":" in name else ""
        line = " ".join(f"{x(count):.1f},{y(wall):.1f}" for count, wall in sorted(points.items()))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts.append(_text(WIDTH - RIGHT + 8, ends[name] + 4, name, "start", colour))
    style = 'font-family="system-ui,sans-serif" font-size="12"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {style}>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _apart(ends: list[tuple[float, str]]) -> dict[str, float]:
    """Heights of the labels, moved down so that none covers another."""
    placed: dict[str, float] = {}
    lowest = 0.0
    for height, name in ends:
        lowest = max(height, lowest + 15)
        placed[name] = lowest
    return placed


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _seconds(wall: float) -> str:
    return f"{wall:g} s" if wall >= 1 else f"{wall * 1000:g} ms"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    target.write_text(plot(series_of(json.loads(source.read_text(encoding="utf-8")))), encoding="utf-8")
