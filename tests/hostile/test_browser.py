"""Hostile texts in a real browser: on no page of the site, preview or status does anything run or load."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitrep.report.log import Log
from sitrep.service.publisher import Publisher
from tests.hostile.judging import only_leads_on
from tests.hostile.payloads import HEADS, PAYLOADS, PLACES
from tests.publishing import NOON, Studio

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

MOST_PAGES = 200
RAN = """
window.__ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = () => window.__ran.push(name);
document.addEventListener('securitypolicyviolation', e => window.__ran.push(e.violatedDirective));
"""
"""Counts what runs and what the page's own policy has to stop; set before anything of the page."""


def text_of(day: dt.date, payload: str) -> str:
    """An update with a payload in its head, in a heading and in every place of an item."""
    head = "".join(f"{key}: {json.dumps(payload)}\n" for key in HEADS)
    items = "".join(f"- Mark. {place.format(payload)}\n\n" for place in PLACES.values())
    top = f"---\n{head}---\nUpdate {day:%d-%m-%Y}\n\n# Northern front"
    return f"{top}\n\n{items}# {payload[:80]}\n\n- Under it.\n"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Each payload published in one file, previewed and refused in others; the status page is written."""
    studio = Studio(tmp_path_factory.mktemp("browser") / "site")
    for back, (name, payload) in enumerate(PAYLOADS.items(), 1):
        day = NOON.date() - dt.timedelta(days=back)
        said = re.sub("[/\0\ud800-\udfff]", "_", payload)[:60]
        studio.drop(f"{name}.txt", text_of(day, payload))
        studio.drop(f"_{name} {said}.txt", text_of(day, payload))
        studio.drop(f"{name} {said}.md", f"No date, but {payload}\n")
    publisher = Publisher(studio.folders, lambda: studio.now, Log(io.StringIO()))
    publisher.publish()
    publisher.write_status_page()
    publisher.close()
    return studio


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


def looked_at(browser: Any, pages: list[Path], site: Path) -> list[str]:
    """What ran, was stopped or was asked for outside the site on these pages, one line each."""
    context = browser.new_context()
    context.add_init_script(RAN)
    page = context.new_page()
    found: list[str] = []
    own = site.as_uri()
    # The page for unknown addresses names its icon from the root: where the site is served, it is its own.
    known = (own, "file:///favicon.")
    page.on("request", lambda asked: found.append(asked.url) if not asked.url.startswith(known) else None)
    page.on("dialog", lambda dialog: (found.append("a dialog"), dialog.dismiss()))
    page.on("pageerror", lambda fault: found.append(f"a script failed: {fault}"))
    for path in pages:
        page.goto(path.as_uri())
        page.keyboard.press("Tab")
        found += [f"{path.name}: {ran}" for ran in page.evaluate("window.__ran")]
        found += [f"{path.name} became {page.url}"] if page.url != path.as_uri() else []
    context.close()
    return found


def test_nothing_runs_on_a_page_of_the_site(browser: Any, studio: Studio) -> None:
    """No page of an update, front, rumor, month or list runs, loads or goes anywhere by itself."""
    found = sorted(studio.folders.output.rglob("*.html"))
    pages = [page for page in found if not only_leads_on(page.read_text(encoding="utf-8"))]
    assert len(pages) > len(PAYLOADS)
    assert looked_at(browser, pages[:: max(1, len(pages) // MOST_PAGES)], studio.folders.output) == []


def test_nothing_runs_in_a_preview_or_the_status(browser: Any, studio: Studio) -> None:
    """What a writer opens beside a draft, and what an operator sees, is as harmless as the site."""
    pages = sorted(studio.folders.feeds.rglob("*.preview.html"))
    assert len(pages) > len(PAYLOADS) // 2
    status = sorted((studio.folders.work / "status").rglob("*.html"))
    assert status
    assert looked_at(browser, pages, studio.folders.feeds) == []
    assert looked_at(browser, status, studio.folders.work / "status") == []
