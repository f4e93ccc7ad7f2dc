"""The demo and an example -> docs/home.png and docs/look.webp, as a browser shows them.

``python -m docs.make_look``; needs Chromium, playwright and Pillow.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
DEMO, ARABIC = HERE.parent, HERE.parent / "examples" / "sudan-2024"
LARGE, PHONE = (1200, 900, 600), (360, 720, 236)
"""Width and height of a screen, and the width at which the sheet shows it."""
UPDATE = "2024-12-06/index"
SHEET = (
    (LARGE, DEMO, ("index", f"{UPDATE}*", "western/index", "rumors/index")),
    (LARGE, DEMO, ("archive/index*", "places/homs/index", "since/index", "follow/index")),
    (PHONE, DEMO, ("index", UPDATE, "western/index*", "rumors/index", "archive/index",
                   "about/index", "search/index*", "corrections/index", "404", "offline")),
    (PHONE, DEMO, ("2024-12-01/index", "2024-12-02/index*", "general/index", "rumors/2024-12/index",
                   "international/index", "places/aleppo/index*", "places/index", "2024/index*",
                   "2024/12/index", "since/2024-12/index*")),
    (LARGE, ARABIC, ("index", "2024-11-20/index*", "lkhrtwm/index", "rumors/index")),
)  # fmt: skip
"""Rows of pages; those with a star in the dark."""
GAP = 12


def main() -> None:
    """Publish both into a temporary folder and take the pictures."""
    rows = []
    with tempfile.TemporaryDirectory() as made, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        sites = {source: _published(source, Path(made) / source.name) for source in (DEMO, ARABIC)}
        for (width, height, shown), source, pages in SHEET:
            row = []
            for page in pages:
                dark = page.endswith("*")
                picture = _shot(browser, sites[source] / f"{page.rstrip('*')}.html", (width, height), dark)
                row.append(picture.resize((shown, shown * height // width), Image.Resampling.LANCZOS))
            rows.append(row)
        home = _shot(browser, sites[DEMO] / "index.html", (1200, 1000), dark=False)
        browser.close()
    home.resize((1000, 833), Image.Resampling.LANCZOS).quantize(64).save(HERE / "home.png", optimize=True)
    _joined(rows).save(HERE / "look.webp", quality=60, method=6)


def _published(source: Path, site: Path) -> Path:
    shutil.copytree(source / "feeds", site / "feeds")
    shutil.copy(source / "config.yaml", site)
    subprocess.run([sys.executable, "sitegen.py", "build", "--site", str(site)], cwd=HERE.parent, check=False)
    return site / "output"


def _shot(browser: Any, page: Path, size: tuple[int, int], dark: bool) -> Image.Image:
    window = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    window.goto(page.as_uri())
    picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
    window.close()
    return picture


def _joined(rows: list[list[Image.Image]]) -> Image.Image:
    wide = max(sum(picture.width + GAP for picture in row) for row in rows) + GAP
    sheet = Image.new("RGB", (wide, sum(row[0].height + GAP for row in rows) + GAP), "#c9c5ba")
    top = GAP
    for row in rows:
        left = GAP
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width + GAP
        top += row[0].height + GAP
    return sheet


if __name__ == "__main__":
    main()
