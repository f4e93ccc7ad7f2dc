"""What another version or configuration of the program put online stays where it is."""

from __future__ import annotations

import json
import shutil
from xml.etree import ElementTree

import pytest

from tests.publish.samples import BRIDGE, SCHOOL, update
from tests.publishing import CONFIG, Studio

pytestmark = pytest.mark.usefixtures("whole")

RUMOR = "[claim: raid-elm] A raid on Elm is said to be near."
RUMORS_PAGE = "claims/raid-elm/index.html"
ALL_FORMATS = f"{CONFIG}feeds: {{archive_formats: [atom, rss, json], days: 1}}\n"


@pytest.fixture
def older(studio: Studio) -> set[str]:
    """Places of a site that an older program made: archives in three formats, a page for every rumor."""
    studio.folders.config.write_text(ALL_FORMATS, encoding="utf-8")
    studio.drop("april.txt", update("2025-04-30", BRIDGE))
    studio.drop("may.txt", update("2025-05-31", SCHOOL) + update("2025-05-30", RUMOR, heading="Rumors"))
    studio.publish()
    page = studio.folders.output / RUMORS_PAGE
    page.parent.mkdir(parents=True)
    page.write_text(
        'default-src \'none\' <link rel="canonical" href="https://example.org/claims/raid-elm/">',
        encoding="utf-8",
    )
    places = set(studio.tree())
    assert {"feed-2025-04.json", "rss-2025-04.xml", RUMORS_PAGE} <= places
    shutil.rmtree(studio.folders.work)
    studio.folders.config.write_text(CONFIG, encoding="utf-8")
    return places


def test_every_address_stays(studio: Studio, older: set[str]) -> None:
    """Archives lead to the current feed, the page of a rumor tells it; later publishes leave both alone."""
    studio.publish()
    site = studio.tree()
    assert older <= site.keys()
    assert b"A raid on Elm is said to be near" in site[RUMORS_PAGE]
    assert json.loads(site["feed-2025-04.json"])["_sitrep"]["current"] == "https://example.org/feed.json"
    current = ElementTree.fromstring(site["rss-2025-04.xml"]).find("channel/{*}link[@rel='current']")
    assert current is not None
    assert current.get("href") == "https://example.org/rss.xml"
    studio.drop("june.txt", update("2025-06-01", "Confirmed: raid-elm The raid has begun.", heading="Rumors"))
    studio.publish()
    assert older <= studio.tree().keys()
    assert studio.tree()["rss-2025-04.xml"] == site["rss-2025-04.xml"]
    assert b"The raid has begun" in studio.tree()[RUMORS_PAGE]


def test_a_machine_learns_of_them_from_the_ledger(studio: Studio, older: set[str]) -> None:
    """Where the ledger of another machine comes, the next publish makes what that one keeps."""
    studio.publish()
    kept = studio.folders.ledger / "places"
    said = kept.read_bytes()
    kept.unlink()
    studio.drop("june.txt", update("2025-06-01", "Elm is quiet."))
    studio.publish()
    assert RUMORS_PAGE not in studio.tree()
    kept.write_bytes(said)
    studio.drop("later.txt", update("2025-06-02", "Elm is calm."))
    studio.publish()
    assert older <= studio.tree().keys()
