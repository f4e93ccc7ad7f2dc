"""OPML, sitemaps, robots.txt, latest.json, search index, QR codes."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from lxml import etree

from sitrep.api import search_index, sitemap, well_known
from sitrep.base.values import replace
from sitrep.pages import qr
from sitrep.site import addresses as at
from sitrep.site.addresses import contact_of, feeds_of
from sitrep.site.artifacts import month_artifacts
from sitrep.site.search_thirds import third_of
from tests.feeds import samples
from tests.feeds.test_hostile import HOSTILE, config_of

CONFIG = samples.config()
KEYS = samples.days("2024-11-28", 8)
ARCHIVE = samples.archive(*map(samples.ordinary, KEYS))
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(body: bytes | None) -> list[str]:
    """The addresses of a sitemap."""
    return [element.text or "" for element in etree.fromstring(body or b"").iter(f"{SITEMAP}loc")]


def test_opml_has_every_feed_once() -> None:
    """A reader that imports it follows everything, in Atom."""
    outlines = etree.fromstring(well_known.opml(CONFIG)).findall("body/outline")
    assert [one.get("xmlUrl") for one in outlines] == [
        f"https://example.org/{feed.folder}feed.xml" for feed in feeds_of(CONFIG)
    ]
    assert {one.get("type") for one in outlines} == {"rss"}
    western = outlines[1]
    assert western.get("text") == "Notes from the north-east: Western front"
    assert western.get("htmlUrl") == "https://example.org/western/"


def test_feeds_are_named_in_the_language_of_the_site() -> None:
    """What the program itself calls a feed is said in the site's words; fronts keep the names they have."""
    names = [feed.name for feed in feeds_of(samples.config(language="de"))]
    assert names[0] == "Alles"
    assert names[1] == "Western front"
    assert names[-3:] == ["Jede Meldung einzeln", "Korrekturen und Ausgänge", "Meinung"]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_opml_holds_any_name(text: str) -> None:
    """Whatever a front or a site is called, OPML is well-formed."""
    etree.fromstring(well_known.opml(config_of(text)))


def test_the_sitemap_lists_each_page_in_its_month() -> None:
    """The index names the months, a month its pages with their last change."""
    assert locations(sitemap.index(ARCHIVE, CONFIG)) == [
        "https://example.org/sitemap-pages.xml",
        "https://example.org/sitemap-2024-11.xml",
        "https://example.org/sitemap-2024-12.xml",
    ]
    month = sitemap.of_month(ARCHIVE, CONFIG, "2024-11")
    assert locations(month)[-3:] == [f"https://example.org/2024-11-{day}/" for day in (30, 29, 28)]
    assert "https://example.org/western/2024-11/" in locations(month)
    assert b"<lastmod>2024-11-30T20:40:00+00:00</lastmod>" in (month or b"")
    assert sitemap.of_month(ARCHIVE, CONFIG, "2023-01") is None


def test_the_pages_every_site_has_are_listed_as_well() -> None:
    """Home, each front, archive, corrections, follow, about; no time, which any update would move."""
    body = sitemap.pages(CONFIG)
    assert [one.removeprefix("https://example.org/") for one in locations(body)] == [
        "", "western/", "eastern/", "rumors/", "general/", "archive/", "corrections/", "follow/", "about/",
    ]  # fmt: skip
    assert b"lastmod" not in body


def test_a_drop_changes_only_the_sitemap_of_its_month() -> None:
    """The index stays as it is while the month is known."""
    archive = samples.archive(*map(samples.ordinary, KEYS))
    before = sitemap.index(archive, CONFIG), sitemap.of_month(archive, CONFIG, "2024-11")
    archive.put_update(samples.ordinary("2024-12-20"))
    after = sitemap.index(archive, CONFIG), sitemap.of_month(archive, CONFIG, "2024-11")
    assert after == before


def test_robots_may_read_everything() -> None:
    """Nothing is closed, and the sitemap is named."""
    assert well_known.robots(CONFIG) == (
        b"User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
    )


def test_latest_is_small_and_tells_of_news_and_edits() -> None:
    """Key and size of the newest update, and the newest edit; an empty site has an empty one."""
    archive = samples.archive(*map(samples.ordinary, KEYS))
    body = well_known.latest(archive, CONFIG)
    assert len(body) < 80
    assert json.loads(body) == {"id": "2024-12-05", "n": 5, "t": "2024-12-05T20:40Z"}
    archive.put_update(replace(samples.ordinary(KEYS[0]), updated=samples.at("2024-12-09")))
    assert json.loads(well_known.latest(archive, CONFIG))["t"] == "2024-12-09T20:40Z"
    assert json.loads(well_known.latest(samples.archive(), CONFIG)) == {"id": "", "n": 0, "t": ""}


def test_the_search_index_hedges_too() -> None:
    """Each item of a third of a month, with front, label, text on one line, and places in all spellings."""
    call = (search_index.of_third(ARCHIVE, CONFIG, "2024-12-1") or b"").decode()
    assert call.startswith("listed(")
    assert call.endswith(")\n")
    made = json.loads(call[7:-2])
    assert len(made["items"]) == 25
    assert made["items"][3] == [
        "2024-12-05", 4, "rumors", "Rumor, not confirmed", "A minister is said to have left by plane.",
        ["Homs"],
    ]  # fmt: skip
    named = {name for *_, places in made["items"] for name in places}
    assert (
        {name: spelled.split()[0] for name, spelled in made["places"].items()} == {n: n for n in named} != {}
    )
    assert search_index.of_third(ARCHIVE, CONFIG, "2024-12-2") is None


def test_every_day_is_in_a_third_that_the_site_has() -> None:
    """The index of a month is cut into three, by days: what a drop adds to is a third of a month."""
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    thirds = list(dict.fromkeys(map(third_of, days)))
    assert len(thirds) == 36
    places = [a.place for n in range(1, 13) for a in month_artifacts(f"2024-{n:02}")]
    assert [place for place in places if place.startswith("search/")] == list(map(at.search_index, thirds))


def test_a_qr_code_is_drawn_in_black_on_white() -> None:
    """It can be scanned in a dark theme as well, has a name to be read out, and asks for nothing."""
    drawn = qr.svg("https://example.org/western/feed.xml", "Western <front>")
    tree = etree.fromstring(drawn)
    assert tree.findtext("title") == "Western <front>"
    assert "#fff" in drawn
    assert "#000" in drawn
    assert "://" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_an_address_too_long_for_a_code_is_refused() -> None:
    """A fault of the config is named."""
    with pytest.raises(ValueError, match="characters do not fit"):
        qr.svg("https://example.org/" + "x" * 4_000, "x")


@pytest.mark.parametrize(
    ("contact", "said"),
    [("desk@example.org", "mailto:desk@example.org"), ("https://example.org/write", "https://example.org/write"),
     ("tel:+49-30-000000", "tel:+49-30-000000"), ("ask for us at the mill", ""), (None, "")],
)  # fmt: skip
def test_who_finds_a_fault_knows_whom_to_tell(contact: str | None, said: str) -> None:
    """security.txt (RFC 9116) where config gives an address; it expires by the texts, not the clock."""
    config = samples.config(contact=contact)
    assert contact_of(config) == said
    text = well_known.security(ARCHIVE, config).decode()
    assert f"Contact: {said}\nExpires: 2025-12-31T23:59:59Z\n" in text
    assert "Canonical: https://example.org/.well-known/security.txt\n" in text
