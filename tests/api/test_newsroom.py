"""JSON for newsrooms, against its schema."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from sitrep.api import newsroom
from sitrep.base.nouns import Revision, Withdrawal, WithdrawnItem
from sitrep.base.values import replace
from tests.feeds import samples
from tests.feeds.parsed import schema
from tests.feeds.test_hostile import HOSTILE, Lenient, config_of, update_of

CONFIG = samples.config()
LATER = samples.at("2024-12-07")
ONE = samples.ordinary("2024-12-06")


def update(one: samples.Update) -> dict[str, Any]:
    """The file of an update, after the schema has taken it."""
    made: dict[str, Any] = json.loads(newsroom.Api(CONFIG).update(samples.archive(one), one.key) or b"")
    schema("api").validate(made)
    return made


def test_an_update_with_everything_in_it() -> None:
    """Ids, front, certainty, places with coordinates, text and markup of each item."""
    made = update(ONE)
    assert made["id"] == "tag:example.org,2024:2024-12-06"
    assert made["url"] == "https://example.org/2024-12-06/"
    assert made["published"] == "2024-12-06T20:40:00Z"
    assert [passage["role"] for passage in made["passages"]] == ["lede", "signoff"]
    first = made["items"][0]
    assert first["id"] == "tag:example.org,2024:2024-12-06/1"
    assert first["url"] == "https://example.org/2024-12-06/#i1"
    assert first["places"] == [
        {"name": "Homs", "latitude": 34.73, "longitude": 36.71},
        {"name": "Hama", "latitude": 35.13, "longitude": 36.75},
    ]
    assert made["items"][1]["text"] == "Shelling was heard near the grain silos & the station."
    assert made["items"][1]["html"].startswith("<p>Shelling was heard <em>near</em> the grain silos &amp;")
    assert [item["label"] for item in made["items"]][1:4] == [
        "Reported", "Statement: The council", "Rumor, not confirmed",
    ]  # fmt: skip


def test_a_place_without_coordinates_has_none() -> None:
    """A name is kept where nobody has said where it lies."""
    made = update(samples.update("2024-12-06", [samples.item(1, "Quiet.", places=("Nowhere",))]))
    assert made["items"][0]["places"] == [{"name": "Nowhere", "latitude": None, "longitude": None}]


def test_revisions_are_told() -> None:
    """Every earlier wording, when it was replaced, and whether that was a correction."""
    first, *rest = ONE.items
    fix = Revision(at=LATER, before="*Old*.", after=first.text, correction=True, reason="We misread.")
    made = update(ONE.with_items((replace(first, revisions=(fix,)), *rest)))
    assert made["items"][0]["revisions"] == [
        {
            "at": "2024-12-07T20:40:00Z",
            "before": "Old.",
            "after": first.text,
            "correction": True,
            "reason": "We misread.",
        }
    ]


def test_of_very_many_revisions_the_first_and_the_latest_are_told() -> None:
    """An item edited a thousand times: what was said first and what lately, and how many lie between."""
    first, *rest = ONE.items
    edits = tuple(
        Revision(at=LATER + dt.timedelta(hours=n), before=f"Word {n}.", after=f"Word {n + 1}.")
        for n in range(1000)
    )
    told = update(ONE.with_items((replace(first, revisions=edits), *rest)))["items"][0]
    assert told["revisions_left_out"] == 990
    assert [one["before"] for one in told["revisions"]] == [
        "Word 0.",
        *(f"Word {n}." for n in range(991, 1000)),
    ]


def test_a_withdrawn_update_has_no_words() -> None:
    """What is left is its head, when and why."""
    gone = WithdrawnItem(number=9, front="western", published=samples.at("2024-12-06"), at=LATER)
    made = update(replace(ONE, withdrawn=Withdrawal(at=LATER, reason="Wrong."), withdrawn_items=(gone,)))
    assert made["withdrawn"] == {"at": "2024-12-07T20:40:00Z", "reason": "Wrong.", "now_at": None}
    assert made["title"] is None
    assert [one["number"] for one in made["withdrawn_items"]] == [9]
    assert "Homs" not in json.dumps(made)


def test_what_never_was_has_no_file() -> None:
    """An unknown key and a month without updates give None."""
    archive = samples.archive(ONE)
    assert newsroom.Api(CONFIG).update(archive, "2024-12-05") is None
    assert newsroom.Api(CONFIG).month(archive, "2024-11") is None


def test_the_index_of_a_month() -> None:
    """Its updates oldest first, each with the address of its file, and the months beside it."""
    archive = samples.archive(*map(samples.ordinary, samples.days("2024-11-30", 3)))
    made = json.loads(newsroom.Api(CONFIG).month(archive, "2024-12") or b"")
    schema("api").validate(made)
    assert [one["key"] for one in made["updates"]] == ["2024-12-01", "2024-12-02"]
    assert made["updates"][0]["api"] == "https://example.org/api/updates/2024-12-01.json"
    assert made["older"] == "https://example.org/api/months/2024-11.json"
    assert made["newer"] is None


def test_the_index_names_what_there_is() -> None:
    """Fronts, feeds and months by year, and how the addresses of updates and months are made."""
    archive = samples.archive(
        *map(samples.ordinary, ("2023-12-30", "2024-11-30", "2024-12-01", "2024-12-02"))
    )
    made = json.loads(newsroom.Api(CONFIG).index(archive))
    schema("api").validate(made)
    assert made["years"] == [
        {"year": "2023", "months": ["2023-12"]},
        {"year": "2024", "months": ["2024-11", "2024-12"]},
    ]
    assert made["update"].replace("{key}", "2024-12-01") == update(ONE)["url"].replace(
        "2024-12-06/", "api/updates/2024-12-01.json"
    )
    assert made["month"] == "https://example.org/api/months/{month}.json"
    assert made["license"] == CONFIG.site.license
    assert made["fronts"][2] == {
        "id": "rumors", "kind": "rumors", "name": "Rumors", "url": "https://example.org/rumors/",
    }  # fmt: skip
    assert made["feeds"][1] == {
        "id": "tag:example.org,2024:western",
        "name": "Western front",
        "atom": "https://example.org/western/feed.xml",
        "rss": "https://example.org/western/rss.xml",
        "json": "https://example.org/western/feed.json",
    }


def test_the_index_stays_as_it_is_while_no_month_is_new() -> None:
    """One more update in a known month changes no byte; a site without updates has an index, too."""
    archive = samples.archive(ONE)
    before = newsroom.Api(CONFIG).index(archive)
    archive.put_update(samples.ordinary("2024-12-07"))
    assert newsroom.Api(CONFIG).index(archive) == before
    schema("api").validate(json.loads(newsroom.Api(CONFIG).index(samples.archive())))


def test_the_schema_goes_with_the_site() -> None:
    """The address that the index gives leads to the schema these tests hold it against."""
    assert json.loads(newsroom.schema()) == schema("api").schema


@pytest.mark.parametrize("text", HOSTILE)
def test_the_index_holds_any_name(text: str) -> None:
    """Whatever fronts and site are called, the index is valid."""
    schema("api").validate(json.loads(newsroom.Api(config_of(text)).index(samples.archive(ONE))))


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_valid_json(text: str) -> None:
    """Hostile text in every field comes out as the schema has it."""
    schema("api").validate(
        json.loads(newsroom.Api(CONFIG).update(Lenient(update_of(text)), "2024-12-06") or b"")
    )
