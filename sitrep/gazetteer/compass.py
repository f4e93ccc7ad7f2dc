"""Regions with their towns -> those of the north, east, south, west and centre of a country."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence

from sitrep.gazetteer.towns import Town


def by_compass(regions: Mapping[str, Sequence[Town]]) -> dict[str, tuple[str, ...]]:
    """The names of the regions, each given with its towns, by the side of the country where they lie."""
    spots = {name: middle(towns) for name, towns in regions.items()}
    start = next(iter(spots.values()))[1]
    spots = {name: (lat, _beside(lon, start)) for name, (lat, lon) in spots.items()}
    lat = sum(a for a, _ in spots.values()) / len(spots)
    lon = sum(b for _, b in spots.values()) / len(spots)
    squeeze = math.cos(math.radians(lat))
    away = {name: ((a - lat), (b - lon) * squeeze) for name, (a, b) in spots.items()}
    reach = sorted(math.hypot(*d) for d in away.values())[len(away) // 2]
    sides: dict[str, list[str]] = {side: [] for side in ("North", "East", "South", "West", "Centre")}
    for name, (up, right) in away.items():
        if math.hypot(up, right) < reach / 2:
            side = "Centre"
        elif abs(up) > abs(right):
            side = "North" if up > 0 else "South"
        else:
            side = "East" if right > 0 else "West"
        sides[side].append(name)
    return {side: tuple(names) for side, names in sides.items() if names}


def middle(towns: Sequence[Town]) -> tuple[float, float]:
    """Where most of the people of these towns live, in degrees."""
    weights = [t.people for t in towns] if any(t.people for t in towns) else [1] * len(towns)
    lons = [_beside(t.at[1], towns[0].at[1]) for t in towns]
    lat = sum(t.at[0] * weight for t, weight in zip(towns, weights, strict=True))
    return lat / sum(weights), sum(map(operator.mul, lons, weights)) / sum(weights)


def _beside(lon: float, other: float) -> float:
    """The longitude on the side of the 180th meridian where the other is: Chatham is east of Auckland."""
    return other + (lon - other + 180) % 360 - 180
