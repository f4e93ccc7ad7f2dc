"""DejaVu Sans Condensed Bold -> sitrep/cards/card-font.ttf, cut to the scripts that cards are written in.

Usage: python tools/make_card_font.py DejaVuSansCondensed-Bold.ttf (2.37, from dejavu-fonts.github.io).
It needs fonttools, which nothing else does. The same font gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]

TO = Path(__file__).parents[1] / "sitrep" / "cards" / "card-font.ttf"
SCRIPTS = (
    "0020-007E,00A0-024F,0259,02BB-02BC,0300-0303,0309,0323,1E00-1EFF",  # Latin
    "0370-03FF,0400-052F,0531-058F,10D0-10FF",  # Greek, Cyrillic, Armenian, Georgian
    "05D0-05EA,0600-06FF,0750-077F,FB50-FDFF,FE70-FEFF",  # Hebrew, Arabic with Kurdish and Persian
    "200C-200F,2010-2027,2030-203A,20A0-20BF",  # punctuation, joiners, money
    "2261,2295,25B2,25B6,25BC,25C0,25CC,25CF",  # the signs of fronts
)


def main(source: str) -> None:
    """Write the font anew."""
    options = ["--layout-features=*", "--no-hinting", "--notdef-outline", "--no-recommended-glyphs"]
    names = [f"--unicodes={','.join(f'U+{part}' for run in SCRIPTS for part in run.split(','))}"]
    subset.main([source, *options, *names, f"--output-file={TO}"])


if __name__ == "__main__":
    main(*sys.argv[1:])
