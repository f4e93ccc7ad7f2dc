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
        ("opinion", "Analysis", "Northern front", "feeds: {archive_formats: [atom, rss, json]}\n"),
        pytest.param(
            *("", "Northern front", "Analysis"),
            "feeds: {opinion: false, archive_formats: [atom, rss, json]}\n",
            marks=pytest.mark.slow,
        ),
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


def test_what_a_feed_never_showed_is_not_withdrawn_from_it(tmp_path: Path) -> None:
    """Opinion that was left out of the feed of everything is told as withdrawn in its own feed alone."""
    studio = Studio(
        tmp_path / "site", config=CONFIG + "feeds: {opinion: false, archive_formats: [atom, rss, json]}\n"
    )
    studio.drop("said.txt", text("30-05-2025", "Northern front"))
    studio.drop("thought.txt", text("31-05-2025", "Analysis"))
    studio.publish()
    studio.take("thought.txt")
    studio.later(days=1)
    studio.publish(confirm=True)
    site = site_in(studio.folders.output)
    assert site.ids() == ["2025-05-30"]
    assert site.entry("2025-05-31/opinion", "opinion/feed.json")["title"].startswith("Withdrawn: ")


BOTH = text("31-05-2025", "Northern front") + "\n# Analysis\n\n- It will rain.\n- It will not matter much.\n"


def test_opinion_that_was_taken_back_is_told_so(tmp_path: Path) -> None:
    """Part of it: the entry says so and is newer. All of it: it stays as withdrawn, also for a clone."""
    studio = Studio(tmp_path / "site")
    studio.drop("one.txt", BOTH)
    studio.publish()
    entry = site_in(studio.folders.output).entry("2025-05-31/opinion", "opinion/feed.json")
    assert "rain" in entry["content_html"]

    studio.later(hours=3)
    studio.drop("one.txt", BOTH.replace("- It will rain.\n", ""))
    studio.publish()
    less = site_in(studio.folders.output).entry("2025-05-31/opinion", "opinion/feed.json")
    assert less["date_modified"] > entry["date_modified"]
    assert "rain" not in less["content_html"]
    assert "taken back" in less["content_html"] or "ithdrawn" in less["content_html"]

    studio.later(hours=3)
    studio.drop("one.txt", text("31-05-2025", "Northern front"))
    studio.publish()
    site = site_in(studio.folders.output)
    none = site.entry("2025-05-31/opinion", "opinion/feed.json")
    assert none["title"].startswith("Withdrawn: ")
    assert none["date_published"] == entry["date_published"]
    assert "matter" not in none["content_html"]
    assert b"deleted-entry" in site.files["opinion/feed.xml"]
    clone = studio.clone(tmp_path / "clone")
    clone.publish()
    assert clone.tree() == studio.tree()
