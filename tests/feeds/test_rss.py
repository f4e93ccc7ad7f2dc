"""What is particular to RSS 2.0."""

from __future__ import annotations

import datetime as dt
import email.utils

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from sitrep.base.say import rfc822
from sitrep.feeds.documents import FeedDocuments
from sitrep.site.addresses import feeds_of
from sitrep.text import feed_text
from tests.feeds import samples
from tests.feeds.parsed import NS, feed

CONFIG = samples.config()
ARCHIVE = samples.archive(*(samples.ordinary(key) for key in samples.days("2024-11-28", 8)))


def rss(name: str) -> bytes:
    """A current feed."""
    return FeedDocuments(CONFIG).current(ARCHIVE, feed(CONFIG, name), "rss")


@given(st.datetimes(min_value=dt.datetime(1, 1, 1), timezones=st.just(dt.UTC)))
def test_dates_are_those_of_rfc_822(moment: dt.datetime) -> None:
    """English names, two digits, a year in full, whatever the locale."""
    assert rfc822(moment) == email.utils.format_datetime(moment.replace(microsecond=0))


@pytest.mark.parametrize("name", [one.id for one in feeds_of(CONFIG)])
def test_every_feed_parses(name: str) -> None:
    """feedparser takes every feed without a complaint."""
    parsed = feedparser.parse(rss(name))
    assert not parsed.bozo
    assert parsed.version == "rss20"


def test_the_channel_was_built_when_its_newest_entry_was_updated() -> None:
    """lastBuildDate is no build time."""
    channel = etree.fromstring(rss("updates"))[0]
    assert channel.findtext("lastBuildDate") == "Thu, 05 Dec 2024 20:40:00 +0000"


def test_links_of_the_channel() -> None:
    """Its page as link, then itself, hub, licence and archive as Atom links."""
    channel = etree.fromstring(rss("western"))[0]
    assert channel.findtext("link") == "https://example.org/western/"
    links = [(link.get("rel"), link.get("href")) for link in channel.iterfind("a:link", NS)]
    assert sorted(links) == [
        ("hub", "https://hub.example.org/"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("prev-archive", "https://example.org/western/feed-2024-11.xml"),
        ("self", "https://example.org/western/rss.xml"),
    ]


def test_an_item_says_everything() -> None:
    """A tag: URI that is no link, summary and full text, creator, category, both stamps."""
    item = etree.fromstring(rss("western")).find("channel/item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == ("tag:example.org,2024:2024-12-05/western", "false")
    assert (item.findtext("description") or "").startswith("The road to Homs is open again.")
    assert "<em>near</em>" in (item.findtext("content:encoded", None, NS) or "")
    assert item.findtext("dc:creator", None, NS) == "The notes collective"
    assert item.findtext("category") == "Western front"
    assert item.findtext("pubDate") == "Thu, 05 Dec 2024 20:40:00 +0000"
    assert item.findtext("a:updated", None, NS) == "2024-12-05T20:40:00+00:00"


@pytest.mark.parametrize("text", ["3 < 4 roads are closed", "Flour &amp; salt & <b>oil</b>", "a <b c"])
def test_a_description_is_html_that_says_the_text(text: str) -> None:
    """Readers take it for HTML: what the author wrote in plain text must come out of that."""
    archive = samples.archive(samples.update("2024-12-06", [samples.item(1, text)]))
    item = etree.fromstring(FeedDocuments(CONFIG).current(archive, feed(CONFIG, "western"), "rss")).find(
        "channel/item"
    )
    assert item is not None
    shown = html.fromstring(item.findtext("description") or "")
    assert shown.text_content() == feed_text.one_line(text)
    assert len(list(shown.iter())) == 1


def test_feedparser_tells_the_two_stamps_apart() -> None:
    """A reader that looks at ``updated`` sees the edit, and the first date stays."""
    from sitrep.base.values import replace

    later = samples.at("2024-12-07")
    one = replace(samples.ordinary("2024-12-05"), updated=later)
    body = FeedDocuments(CONFIG).current(samples.archive(one), feed(CONFIG, "updates"), "rss")
    (entry,) = feedparser.parse(body).entries
    assert entry.published_parsed[:3] == (2024, 12, 5)
    assert entry.updated_parsed[:3] == (2024, 12, 7)
