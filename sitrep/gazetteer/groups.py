"""Fronts with their regions -> the same with the armed groups that are known to stand in one of them only."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sitrep.base.values import replace
from sitrep.gazetteer.one_front_each import Area
from sitrep.gazetteer.regions import groups


def with_groups(areas: Sequence[Area], regions: Sequence[Collection[str]]) -> list[Area]:
    """The fronts, each with the groups of its regions (codes) as actors; a group of two fronts is of none."""
    found: list[tuple[str, ...]] = [()] * len(areas)
    for names, codes in groups():
        homes = [n for n, own in enumerate(regions) if not codes.isdisjoint(own)]
        if len(homes) == 1:
            found[homes[0]] += names
    return [replace(area, actors=own) for area, own in zip(areas, found, strict=True)]
