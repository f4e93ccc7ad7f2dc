"""Feeds that have nothing in some months: the parts on either side of the gap still name each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.inspecting import site_in
from tests.publishing import CONFIG, Studio

GAP = ("01-03-2024", "01-04-2024", "01-05-2024", "01-06-2024")


def text(day: str, heading: str) -> str:
    """An update with one item."""
    return f"Update {day}\n\n# {heading}\n\n- The market at Alder was open on {day}.\n"


def chain(studio: Studio, place: str) -> list[str]:
    """Ids of a feed's entries, the current feed and all of its parts, newest first."""
    site = site_in(studio.folders.output)
    found: list[str] = []
    while place:
        document = json.loads(site.files[place])
        found += [item["id"].split(":", 2)[2] for item in document["items"]]
        place = document.get("next_url", "").removeprefix("https://example.org/")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("feed", "mine", "others", "more"),
    [
        ("opinion", "Analysis", "Northern front", ""),
        ("", "Northern front", "Analysis", "feeds: {opinion: false}\n"),
    ],
    ids=["opinion", "everything without opinion"],
)
def test_months_without_entries_hide_nothing(
    feed: str, mine: str, others: str, more: str, tmp_path: Path
) -> None:
    """A feed's history stays whole where months of other texts lie in between, and is what a clone builds."""
    studio = Studio(tmp_path / "site", config=CONFIG + more)
    place = f"{feed}/feed.json" if feed else "feed.json"
    ids = []
    for number, day in enumerate(("01-01-2024", "01-02-2024", *GAP, "01-07-2024", "01-08-2024")):
        heading = others if day in GAP else mine
        studio.drop(f"{number}.txt", text(day, heading))
        studio.publish()
        if heading == mine:
            ids.insert(0, "-".join(reversed(day.split("-"))) + (f"/{feed}" if feed else ""))
        assert chain(studio, place) == ids
    studio.take("6.txt")
    studio.publish(confirm=True)
    clone = studio.clone(tmp_path / "clone")
    clone.publish(confirm=True)
    assert clone.tree() == studio.tree()
