"""What is particular to JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import feeds_of
from tests.feeds import samples
from tests.feeds.parsed import feed, schema

CONFIG = samples.config()
ARCHIVE = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-11-28", 8)))


def values(name: str) -> dict[str, Any]:
    """A current feed."""
    made: dict[str, Any] = json.loads(FeedDocuments(CONFIG).current(ARCHIVE, feed(CONFIG, name), "json"))
    return made


@pytest.mark.parametrize("name", [one.id for one in feeds_of(CONFIG)])
def test_every_feed_keeps_to_its_schema(name: str) -> None:
    """docs/jsonfeed.schema.json describes every feed."""
    schema("jsonfeed").validate(values(name))


@pytest.mark.parametrize("member", ["version", "title", "items", "feed_url"])
def test_the_schema_refuses_what_is_wrong(member: str) -> None:
    """The schema is not one that takes anything."""
    made = values("western")
    del made[member]
    with pytest.raises(jsonschema.ValidationError):
        schema("jsonfeed").validate(made)


def test_the_head() -> None:
    """Its addresses, authors, language and hub. Older entries stand in Atom: it has no next document."""
    made = values("western")
    assert made["feed_url"] == "https://example.org/western/feed.json"
    assert made["home_page_url"] == "https://example.org/western/"
    assert "next_url" not in made
    assert made["authors"] == [{"name": "The notes collective"}]
    assert made["language"] == "en"
    assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]


def test_an_item_carries_what_the_format_has_no_word_for() -> None:
    """Front, certainty, who said it and where, for programs."""
    items = {item["id"].rpartition("/")[2]: item["_sitrep"] for item in values("items")["items"][:5]}
    assert items["1"] == {
        "fronts": ["western"],
        "certainty": "said",
        "places": ["Homs", "Hama"],
        "points": [[34.73, 36.71], [35.13, 36.75]],
    }
    assert items["3"] == {"fronts": ["eastern"], "certainty": "statement", "by": "The council"}


def test_titles_are_text() -> None:
    """No character of a title is escaped as HTML."""
    one = samples.update("2024-12-06", [samples.item(1, "Silos & station")])
    made = json.loads(FeedDocuments(CONFIG).current(samples.archive(one), feed(CONFIG, "items"), "json"))
    assert made["items"][0]["title"] == "Western front: Silos & station"
