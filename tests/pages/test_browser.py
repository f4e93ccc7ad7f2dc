"""Pages in a real browser: nothing overflows, is fetched or blocked, and all works without script."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitrep.pages.pages import Pages
from sitrep.site import addresses as at
from tests.lanes import one_fast
from tests.pages.samples import long_words, sample_archive, site_config, whole_site
from tests.pages.test_light_pages import pages_of, varied

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

ARGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
UPDATE = at.update_page("2024-12-06")
LONG_WORDS = at.update_page("2023-12-01")
EVERY_KIND = (
    at.HOME, UPDATE, at.update_page("2024-12-05"), at.update_page("2024-12-02"), at.update_page("2024-11-30"),
    "western/index.html", "western/2024-11/index.html", "rumors/index.html", at.ARCHIVE, "2024/index.html",
    "2024/11/index.html", at.FOLLOW, at.ABOUT, at.CORRECTIONS, at.SEARCH, at.NOT_FOUND,
)  # fmt: skip


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word on the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config, root = site_config(), tmp_path_factory.mktemp("site")
    archive = sample_archive()
    archive.put_update(long_words())
    pages = Pages(config, [])
    made = whole_site(pages, archive, config)
    made[at.FAVICON] = pages.asset(at.FAVICON)
    made[at.LATEST] = json.dumps({"id": "2024-12-06", "n": 19, "t": ""}).encode()
    items = [["2024-12-06", 1, "western", "", "The advance has reached Homs."],
             ["2024-12-05", 2, "western", "Reported", "Café près d’Alep.", ["Alep"]],
             ["2024-12-04", 3, "eastern", "", f"Rockets hit Raqqah. {'Nobody knew. ' * 30}{AMERICAN}"],
             ["2024-11-30", 4, "eastern", "", "انسحب الجنود من الرقة."]]  # fmt: skip
    places = {"Alep": "Alep Haleb حلب"}
    for third, found in (("2024-12-1", items[:3]), ("2024-11-3", items[3:])):
        said = json.dumps({"items": found, "places": places})
        made[at.search_index(third)] = f"listed({said})".encode()
    for place, content in made.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_bytes(content)
    archive.close()
    return root


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browsers() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        yield started.chromium


@pytest.fixture(scope="module")
def browser(browsers: Any) -> Iterator[Any]:
    chromium = browsers.launch(executable_path=CHROMIUM, args=list(ARGS))
    yield chromium
    chromium.close()


def watched(context: Any) -> tuple[Any, list[str], list[str]]:
    """A page with the addresses it asked for and what its console said."""
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    return page, asked, said


def too_wide(page: Any, address: str, width: int) -> list[str]:
    """The pages that are wider than their window, in the fonts of this machine and in wider letters.

    Which fonts a phone has is not known here; letters set apart stand for wide ones on every machine.
    """
    found = []
    for place in (*EVERY_KIND, LONG_WORDS):
        page.goto(address + place)
        for font in FONTS:
            page.evaluate(SET_STYLE, font)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{place}: {wide} px in {width} with {font or 'its own fonts'}")
        page.evaluate(LONG_NAMES)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{place}: fronts with a name of one long word")
    return found


SET_STYLE = "css => {const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]}"
LONG_NAMES = "document.querySelectorAll('.chips b').forEach(b => b.textContent = 'Verkehr'.repeat(9))"
FONTS = ("", "*{font-family:'DejaVu Sans',Verdana,monospace!important}", "*{letter-spacing:.12em!important}")


@pytest.mark.parametrize("width", one_fast(320, 360, 1200))
def test_pages_fit_their_window_and_ask_nothing_from_elsewhere(
    browser: Any, address: str, width: int
) -> None:
    """No page scrolls sideways, whatever the font and the words; with scripts on it fetches itself and its
    icon; the console has no violation of its rules and no error."""
    context = browser.new_context(viewport={"width": width, "height": 700})
    page, asked, said = watched(context)
    assert too_wide(page, address, width) == []
    assert all(url.startswith(address) for url in asked)
    assert {url for url in asked if not url.endswith((".html", ".svg"))} == set()
    assert said == []
    context.close()


@pytest.mark.slow
def test_no_page_is_wider_with_a_doubled_font(browsers: Any, address: str) -> None:
    """A reader who doubles the browser's font on a 360-pixel phone still scrolls one way only."""
    large = browsers.launch(executable_path=CHROMIUM, args=[*ARGS, "--blink-settings=defaultFontSize=32"])
    page = large.new_page(viewport={"width": 360, "height": 700})
    page.goto(address)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    assert too_wide(page, address, 360) == []
    large.close()


@pytest.fixture(scope="module")
def update(browser: Any, address: str) -> Iterator[Any]:
    """The page of an update, for tests that only look."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + UPDATE)
    yield page
    context.close()


def test_no_cookie_and_no_storage_is_used(update: Any) -> None:
    """Nothing is left on the device."""
    assert update.context.cookies() == []
    assert update.evaluate("localStorage.length + sessionStorage.length") == 0


def test_everything_can_be_read_and_reached_without_script(browser: Any, folder: Path) -> None:
    """From a USB stick, without script: home leads to the update, the update to an item and a front."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / at.HOME).as_uri())
    page.click("h1 a")
    assert page.url.endswith("2024-12-06/index.html")
    page.click("text=W6-2")
    assert page.url.endswith("#i2")
    page.click("h2 >> text=Western front")
    assert page.url.endswith("western/index.html")
    page.click("nav >> text=Archive")
    page.click("#y a")
    assert page.locator("h1").inner_text() == "2024"
    context.close()


def test_the_banner_tells_of_a_newer_update(browser: Any, address: str, folder: Path) -> None:
    """A page left open says that there is something new, as a plain link to the home page."""
    context = browser.new_context()
    page, _, said = watched(context)
    page.clock.install()
    page.goto(address + UPDATE)
    page.clock.run_for(130_000)
    assert page.locator(".new a").count() == 0
    (folder / at.LATEST).write_text(json.dumps({"id": "2024-12-07", "n": 1, "t": ""}))
    with page.expect_response("**/latest.json"):
        page.clock.run_for(130_000)
    page.locator(".new a").wait_for()
    assert page.locator(".new a").get_attribute("href") == "../index.html"
    assert said == []
    context.close()


AMERICAN = "Bridges, a coup. Organised rumors at the defense center."
SEARCHED = (
    ("rocket", "Rockets"), ("Rakka", "Raqqah"), ("bridge", "Bridges"), ("رقه", "الرقة"),
    ("ALÈP", "Alep"), ("coups", "coup"), ("cafe Haleb", "Café"), ("حلب cafés", "Café"),
    ("rumours", "rumors"), ("organize", "Organised"), ("defence", "defense"), ("centre", "center"),
)  # fmt: skip


@pytest.mark.parametrize("stick", one_fast(True, False))
def test_the_search_finds_items_by_folded_words(
    browser: Any, address: str, folder: Path, stick: bool
) -> None:
    """In any form and spelling, over the months, with the label of what is hedged and the hit marked: from a
    server and from a stick.
    """
    address = folder.as_uri() + "/" if stick else address
    context = browser.new_context()
    page, asked, said = watched(context)
    page.goto(address + at.SEARCH)
    page.fill("input[type=search]", "CAFE alep")
    page.press("input[type=search]", "Enter")
    hit = page.locator("#hits a")
    hit.wait_for()
    assert hit.inner_text() == "Reported: Café près d’Alep."
    assert hit.get_attribute("href") == "../2024-12-05/index.html#i2"
    for words, marked in SEARCHED:
        page.fill("input[type=search]", words)
        page.press("input[type=search]", "Enter")
        page.locator("#hits mark", has_text=marked).first.wait_for()
        assert page.locator("#hits li").count() == 1, words
        assert len(hit.inner_text()) < 320
    page.fill("input[type=search]", "nowhere")
    page.press("input[type=search]", "Enter")
    page.locator("#said", has_text="Nothing found.").wait_for()
    assert all(url.startswith(address) for url in asked)
    assert [line for line in said if "404" not in line and "FILE_NOT_FOUND" not in line] == []
    context.close()


def test_hedges_stay_apart_in_grey_and_on_paper(update: Any) -> None:
    """The dots of said, reported, statement and rumor differ in shape or line, not only in colour."""
    update.emulate_media(media="print")
    looks = update.evaluate(
        """[1, 3, 8, 15].map(n => {
            const s = getComputedStyle(document.getElementById("i" + n), "::before");
            return [s.borderTopStyle, s.borderTopLeftRadius, s.backgroundImage, s.backgroundColor].join()
        })"""
    )
    assert len(set(looks)) == 4
    assert update.locator("nav.nav").is_hidden()
    update.emulate_media(media="screen")


def test_west_points_left_in_every_language(update: Any, address: str) -> None:
    """The arrow of the western mark stands in the left half, also on a page written from the right."""
    for place in (UPDATE, at.update_page("2024-11-30")):
        if not update.url.endswith(place):
            update.goto(address + place)
        left, right = update.evaluate(
            """(() => {const s = getComputedStyle(document.querySelector(".m.west"), "::after");
                return [parseFloat(s.left), parseFloat(s.right)]})()"""
        )
        assert left < right, place


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_the_address_of_an_item_arrives_at_its_words_or_one_tap_before(
    browser: Any, tmp_path: Path, scripts: bool
) -> None:
    """An item of a later part, from its address on the first page: by script at once, without by a link."""
    update = varied(150, 12)
    for part, page in enumerate(pages_of(update, Pages(site_config(), []))[1], 1):
        place = tmp_path / (at.update_part(update.key, part) if part > 1 else UPDATE)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page)
    shown = browser.new_context(java_script_enabled=scripts).new_page()
    shown.goto(f"{(tmp_path / UPDATE).as_uri()}#i150")
    if not scripts:
        shown.click("#i150")
    shown.wait_for_selector("article#i150")
    assert update.items[-1].text in shown.inner_text("article#i150")
